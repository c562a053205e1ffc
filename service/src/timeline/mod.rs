//! The account's timeline: what happened, chained so that nobody can rewrite
//! it unseen (`sigill_core::confirmation::timeline`).
//!
//! | module | one idea |
//! |---|---|
//! | [`write`] | entries are added in the transaction that they tell of |
//! | [`read`] | who may read, page by page |
//! | [`file`] | an exported timeline, verified without a network |
//!
//! How an operation ends is noted where its row is saved
//! (`store::operations::save_operation`), so that no way to an end is missed.

pub mod file;
pub(crate) mod read;
mod write;

pub(crate) use write::{Note, note, note_operation, refused};
