//! The account in a browser: what somebody can see to without the extension.
//!
//! | module | one idea |
//! |---|---|
//! | [`browser`] | a cookie that only one browser has, and the token in its forms |
//! | [`session`] | a portal session is a device of its own, for 15 minutes |
//! | [`third_party`] | an identity is an account's, or nobody's |
//! | [`hint`] | which device waits, and where its person wants to go |
//! | [`code`] | a mailed code opens one form of one browser |
//! | [`link`] | choosing an account password |
//! | [`forgotten`] | another account password in the place of a forgotten one |
//! | [`lost`] | what was lost comes back, or goes, after seven days |
//! | [`weaken`] | weakenings that begin here, by the machinery that devices use |
//! | [`deletion`] | deleting an account that has no account password |
//! | [`file`] | everything of an account in a file |
//! | [`account`] | what stands on the pages, and what their buttons do |
//! | [`trouble`] | why not |
//!
//! A portal session never starts Reset, ReplaceCloud or Clear: those need a
//! device that holds the vault.

pub(crate) mod account;
pub(crate) mod browser;
pub(crate) mod code;
pub(crate) mod deletion;
pub(crate) mod file;
pub(crate) mod forgotten;
pub(crate) mod hint;
pub(crate) mod link;
pub(crate) mod lost;
pub(crate) mod session;
pub(crate) mod third_party;
pub(crate) mod trouble;
pub(crate) mod weaken;
