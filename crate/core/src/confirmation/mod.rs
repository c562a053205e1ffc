//! Confirming dangerous actions: the same rules in the browser, to show the
//! right page, and in the service, to enforce them.
//!
//! | module | one idea |
//! |---|---|
//! | [`action`] | the closed set of dangerous actions |
//! | [`policy`] | which proofs an action needs, as one total function |
//! | [`operation`] | one dangerous act at the service: prepared, confirmed, executed at most once |
//! | [`journal`] | the same act on the device that asks |
//! | [`code`] | mailed codes: parsed, tagged, compared |
//! | [`factor`] | second factors: phone, authenticator, backup codes |
//! | [`loss`] | what would be lost, shown before the code is sent |
//! | [`receipt`] | the service's signed word that an act was executed |
//! | [`timeline`] | what happened, as a chain that nobody can rewrite unseen |
//! | [`words`] | four words that a person compares |
//! | [`hold`] | what waits after an account password was reset by mail alone |
//! | [`connecting`] | how long connecting can be taken back by the master password alone |
//! | [`wait`] | the ways that take seven days, for whom a proof is lost |
//! | [`weakening`] | what a weakening is about, bound by its hash |
//! | [`grant`] | the only door to destruction |

pub mod action;
pub mod code;
pub mod connecting;
pub mod factor;
pub mod grant;
pub mod hold;
pub mod journal;
pub mod loss;
pub mod operation;
pub mod policy;
pub mod receipt;
pub mod timeline;
pub mod wait;
pub mod weakening;
pub mod words;
