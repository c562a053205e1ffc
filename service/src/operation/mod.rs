//! The rim around the core's judge: load, judge, save, and put what has to
//! leave into the outbox, all in one transaction.
//!
//! | module | one idea |
//! |---|---|
//! | [`facts`] | what the judge is told, from our own rows |
//! | [`ask`] | an operation is prepared |
//! | [`confirm`] | counted, verified, judged |
//! | [`effect`] | what a grant allows, carried out |
//! | [`watch`] | progress, a new code, cancelling, "this was not me" |

pub(crate) mod ask;
pub(crate) mod confirm;
pub(crate) mod effect;
pub(crate) mod facts;
pub(crate) mod watch;
