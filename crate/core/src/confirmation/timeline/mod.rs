//! What happened in an account, as a chain that nobody can rewrite unseen.
//!
//! ```text
//! entry_hash = SHA-256(encode("sigill/timeline/1", account, previous_hash, seq, at, device?, event,
//!              operation?, digest?))
//! ```
//!
//! The service writes it; devices remember the last hash they saw, put it into
//! the heads that they write, and refuse a history that does not extend it.
//!
//! This shows **rewriting**: an entry that was changed, taken away, put between
//! or moved after a device saw it. It does not show **omission**: what the
//! service never wrote down, or entries at the end that no device has seen yet,
//! are missed by nobody. Network addresses are not part of the chain, so that
//! they can be erased.
//!
//! | module | one idea |
//! |---|---|
//! | [`event`] | the closed set of what can happen |
//! | [`chain`] | an entry, its hash, and whether a history extends what was known |

mod chain;
mod event;

pub use chain::{Broken, Entry, Last, Said, verify};
pub use event::{Act, Change, Event, Step, UnknownEvent, Why};
