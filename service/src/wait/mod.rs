//! The ways that take seven days, for somebody who lost what no other proof can
//! stand for. What they take and how long is the core's: `confirmation::wait`.
//!
//! | module | one idea |
//! |---|---|
//! | [`facts`] | what the account is, so that a change of it is seen |
//! | [`ask`] | one begins, in the transaction that spends its proofs |
//! | [`stop`] | a device or a reader of a mail says no |
//! | [`due`] | what is due is done, whenever the service tidies |
//! | [`step`] | a step is saved, noted, and told to every address |

pub(crate) mod ask;
pub(crate) mod due;
pub(crate) mod facts;
pub(crate) mod step;
pub(crate) mod stop;
