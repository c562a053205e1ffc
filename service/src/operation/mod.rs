//! The rim around the core's judge: load, judge, save, and put what has to
//! leave into the outbox, all in one transaction.
//!
//! | module | one idea |
//! |---|---|
//! | [`facts`] | what the judge is told, from our own rows |
//! | [`ask`] | an operation is prepared |
//! | [`confirm`] | counted, verified, judged |
//! | [`verify`] | what was typed is compared |
//! | [`step`] | the second factor's step, and its text message |
//! | [`effect`] | what a grant allows, carried out |
//! | [`weaken`] | protections that go |
//! | [`watch`] | progress, a new code, cancelling, "this was not me" |

pub(crate) mod ask;
pub(crate) mod confirm;
pub(crate) mod effect;
pub(crate) mod facts;
pub(crate) mod step;
pub(crate) mod verify;
pub(crate) mod watch;
pub(crate) mod weaken;
