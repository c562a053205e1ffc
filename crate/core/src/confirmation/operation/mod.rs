//! One dangerous act at the service: prepared, confirmed, executed at most once.
//!
//! ```text
//! Pending → Executed | Stale | Expired | Burnt | Superseded | Cancelled
//! ```
//!
//! | module | one idea |
//! |---|---|
//! | [`Request`] | what is asked for, and its digest |
//! | [`Operation`] | the row: what is stored, and what any device may read of it |
//! | `prepare` | [`Operation::prepare`]: from a request to a row |
//! | `brought` | the vault that a request brings, and whether it should |
//! | `mail` | the code's mail: made, handed over, refused, sent again |
//! | `text` | the same for the text message |
//! | `judge` | [`Operation::count_try`] (transaction A) and [`Operation::judge`] (transaction B) |
//! | [`Attempt`], [`Judgement`] | what passes between and after them |
//! | [`Refused`] | why not |

mod attempt;
mod brought;
mod judge;
mod mail;
mod prepare;
mod refused;
mod request;
mod row;
mod text;

pub use attempt::{Attempt, Carried, Counted, Finish, HeadTag, Judgement, Verdicts, Vouching};
pub use brought::{Known, anchoring_epoch, may_stand};
pub use mail::LiveCode;
pub use prepare::{Clearance, Facts, Fresh};
pub use refused::Refused;
pub use request::Request;
pub use row::{Asker, CloudHead, Operation, State};
pub use text::{SendText, Text};

use crate::wire::Seconds;

/// Tries that an operation has, all proofs together.
pub const TRIES: u32 = 5;
/// Codes that an operation has.
pub const CODES: u32 = 3;
/// Seconds that an operation lives.
pub const LIFETIME: Seconds = 30 * 60;
/// Seconds that a code lives from its hand-over to the mail server.
pub const CODE_LIFETIME: Seconds = 10 * 60;
/// Seconds between a code and the next.
pub const RESEND_AFTER: Seconds = 60;
