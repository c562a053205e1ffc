//! Everything that the service has of an account, as one file: see
//! `docs/ACCOUNT-FILE.md`. Nothing secret is in it, and nothing that opens what
//! is sealed.
//!
//! | module | one idea |
//! |---|---|
//! | [`about`] | what stands at its beginning |
//! | [`write`] | written piece by piece while it is read |

mod about;
mod write;

pub(crate) use write::{Saved, begin};
