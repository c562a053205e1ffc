//! A dangerous act on the device that asks for it, written down before each
//! step so that a worker that dies anywhere goes on from there.
//!
//! ```text
//! Requested → Asked → Proving → Receipted → Done
//!          ↘       ↘         ↘  Over
//! ```
//! A receipt is believed in phase Proving only: a service can't say "executed"
//! of what the person never confirmed here. The new head's tag leaves in the
//! confirmation only: a service can't publish a head that was never confirmed.
//!
//! No clock has a say: only the service tells when something is too old.
//!
//! | module | one idea |
//! |---|---|
//! | [`Entry`], [`Phase`] | what is written down |
//! | [`Event`], [`Effect`], [`Message`] | what happens, and what is to be done |
//! | [`Entry::step`] | the machine |
//! | [`Entry::to_bytes`], [`Entry::from_bytes`] | how it is written down |

mod entry;
mod event;
mod step;
mod stored;

pub use entry::{Answer, Brings, Entry, EntryError, NewVault, Over, Phase};
pub use event::{Effect, Event, Message, Notice, ReceiptRejected};
