//! The service over HTTP: extract, run, reply; no rule lives here.
//!
//! | module | what it answers |
//! |---|---|
//! | [`router`] | every path |
//! | [`extract`] | who speaks, and what they say |
//! | [`accounts`], [`vault`], [`files`], [`operations`], [`timeline`] | `/v1` |
//! | [`factors`] | `/v1/factors`, `/v1/enrolments…`, `/v1/weakenings` |
//! | [`sign_ins`] | `/v1/sign-ins…`, `/v1/portal-hints` |
//! | [`portal`] | `/portal…` |
//! | [`link`] | a link in a mail asks, and its button acts |
//! | [`not_me`], [`keep`], [`stop`] | … cancels an act; keeps an account from being deleted; stops what takes seven days |
//! | [`pages`] | the inbox page of `--dev`, whether all is well |
//! | [`openapi`] | `/v1/openapi.json` |
//! | [`observe`] | logs without secrets, headers on every answer |

pub(crate) mod accounts;
pub(crate) mod extract;
mod factors;
pub(crate) mod files;
pub(crate) mod keep;
mod link;
pub(crate) mod not_me;
pub(crate) mod observe;
pub(crate) mod openapi;
pub(crate) mod operations;
pub(crate) mod pages;
pub(crate) mod portal;
pub(crate) mod router;
pub(crate) mod sign_ins;
pub(crate) mod stop;
pub(crate) mod timeline;
pub(crate) mod vault;
