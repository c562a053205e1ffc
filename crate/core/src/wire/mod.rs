//! The JSON that the extension and the service exchange: each shape once, used
//! by both sides, so that neither can drift.
//!
//! | module | paths |
//! |---|---|
//! | [`account`] | `/v1/accounts…`, `/v1/sessions…`, `/v1/account`, `/v1/devices/…` |
//! | [`vault`] | `/v1/vault…`, `/v1/uploads…`, `/v1/generations` |
//! | [`file`] | `/v1/files…` |
//! | [`operation`] | `/v1/operations…` |
//! | [`portal`] | `/v1/providers`, `/v1/sign-ins…`, `/v1/portal-hints` |
//! | [`timeline`] | `/v1/timeline…` |
//! | [`factor`] | `/v1/factors`, `/v1/enrolments…` |
//! | [`weakening`] | `/v1/weakenings` |
//! | [`problem`] | every answer that is not a success |
//!
//! Bytes are base64url without padding ([`Bytes`]), names and hashes lower-case
//! hexadecimal, times whole seconds since 1970-01-01 UTC ([`Seconds`]).

pub mod account;
pub mod factor;
pub mod file;
pub mod operation;
pub mod portal;
pub mod problem;
pub mod timeline;
pub mod vault;
pub mod weakening;

mod bytes;

pub use bytes::{Bytes, SecretText};

/// Whole seconds since 1970-01-01 00:00:00 UTC.
pub type Seconds = u64;
