//! Sigill in the browser: bindings and effects, no rules (those are `sigill_core`'s).
//!
//! | module | what lives there |
//! |---|---|
//! | [`border`] | the class `Session` as JavaScript sees it |
//! | [`api`] | the types that cross: TypeScript's are generated from these |
//! | [`session`] | what each call does: start here |
//! | [`rim`] | all that a session needs of the world |
//! | `json`, `shapes` | what is read from JSON |
//! | `subtle` | what the browser's own cryptography does faster |
//! | [`trouble`] | why a call failed |
//! | [`backup`] | a backup file, read in the page's throw-away worker |
//! | [`derive`] | a root key from a password, for the page's throw-away worker |

pub mod api;
#[cfg(feature = "full")]
pub mod backup;
pub mod border;
pub mod derive;
mod json;
pub mod rim;
pub mod session;
mod shapes;
mod subtle;
pub mod trouble;
