//! The authenticator of passkeys for sites: makes them, and signs by them. Who may ask
//! is `sigill_core::passkeys`'; which passkeys there are is the session's.
//!
//! | module | what it is for |
//! |---|---|
//! | [`ceremony`] | **start here**: what one page asked for, once it was checked |
//! | [`asked`] | a page's words, read within limits |
//! | [`authenticator`] | the data that authenticators sign, and the signature |
//! | [`answer`] | what the page is given |
//! | [`border`] | what JavaScript may call |
//!
//! The background loads this module when a site asks for a passkey. Private keys come in
//! and go out as bytes that are wiped here.

pub mod answer;
pub mod asked;
pub mod authenticator;
pub mod border;
pub mod ceremony;
