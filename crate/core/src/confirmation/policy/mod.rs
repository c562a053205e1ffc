//! Which proofs an action needs: one total function over what the service
//! knows of an account, run on both sides.
//!
//! `N` not connected · `T` third-party, not linked · `L` has an account
//! password · 2FA = the account's second factor
//!
//! | | sync | 2FA | Reset | ReplaceCloud | Clear this device | Clear everywhere | Weaken | Restore |
//! |---|---|---|---|---|---|---|---|---|
//! | N | – | – | typed phrase | not offered | typed phrase | not offered | not offered | old master password |
//! | T | any | any | refuse | refuse | refuse | refuse | refuse | refuse |
//! | L | on | any | code | code | code | code | password + code (+ text) | code; across epochs password + code (+ text) |
//! | L | off | no | password, this device only | refuse | password | refuse | password + code | password |
//! | L | off | yes | password + text, this device only | refuse | password + text | refuse | password + code + text | password + text |
//!
//! The strict profile adds the text-message code wherever 2FA is on. Turning
//! sync on takes the proofs of the row it leaves, without a mail.
//! A generation that lies on the asking device comes back on that device only.
//!
//! | module | one idea |
//! |---|---|
//! | [`Standing`] | what decides |
//! | [`Proof`], [`Proofs`] | what is asked for |
//! | [`required`], [`Answer`] | the table |
//! | [`passage`] | how one standing becomes another: rule W |

mod passage;
mod proof;
mod standing;
mod table;

pub use passage::{Passage, passage};
pub use proof::{Proof, Proofs};
pub use standing::{Connection, Profile, SecondFactor, Standing, Sync};
pub use table::{Answer, Binding, Reach, Refusal, binding, required};
