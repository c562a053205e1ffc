//! The account service of Sigill: it keeps sealed vaults in step, and asks
//! before anything is destroyed.
//!
//! | room | what lives there |
//! |---|---|
//! | [`config`], [`limits`] | flags and environment; how much is allowed |
//! | [`clock`] | the only place that tells the time |
//! | [`service`] | all of it together |
//! | `account` | sign-up, sign-in, sessions, devices |
//! | `cloud` | a vault's copy: pushes, changes, uploads |
//! | `operation` | dangerous acts: load, judge (in `sigill-core`), save, put into the outbox |
//! | `wait` | what takes seven days, for whoever lost something |
//! | [`timeline`] | what happened in an account, chained |
//! | [`openid`] | providers that people sign in at |
//! | [`restored`] | after a backup of the database was put back |
//! | `portal` | the account in a browser, without the extension |
//! | [`courier`] | mails leave here |
//! | [`tidy`] | what has had its time goes |
//! | `factor` | second factors: enrolled, tried, compared, used |
//! | `mail_link` | what a link in a mail says, and that we said it |
//! | `dpop`, `password`, `secrets` | who speaks, and what is kept outside the database |
//! | `random` | randomness, from the operating system |
//! | [`failure`] | what went wrong becomes an answer |
//! | `store` | the database |
//! | [`http`](crate::router) | extract, run, reply |
//!
//! Rules are in `sigill-core`; the same code runs in the browser.

pub mod clock;
pub mod config;
pub mod courier;
pub mod failure;
pub mod limits;
pub mod openid;
pub mod restored;
pub mod secrets;
pub mod service;
pub mod tidy;
pub mod timeline;

mod account;
mod cloud;
mod dpop;
mod factor;
mod http;
mod mail_link;
mod operation;
mod password;
mod portal;
mod random;
mod store;
mod wait;

pub use http::router::router;
