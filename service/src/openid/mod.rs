//! The service as relying party of OpenID Connect providers.
//!
//! | module | one idea |
//! |---|---|
//! | [`settings`] | which providers the operator named |
//! | [`provider`] | a provider: found by discovery when it is first needed |
//! | [`flow`] | authorization code, PKCE, state, nonce, issuer: begun, and come back |
//! | [`token`] | whether an ID token proves who somebody is |
//!
//! What comes out is a [`flow::Claims`]: issuer and subject, proven; everything
//! else a claim of the provider's.

pub(crate) mod flow;
pub(crate) mod provider;
pub mod settings;
mod token;
