//! What a web page asks of a password manager, as far as it needs no vault: a
//! module of its own, loaded when a page has something to fill, so that nobody
//! waits for it who opens a vault.
//!
//! | module | what it is for |
//! |---|---|
//! | [`forms`] | a page's description in, its forms out |
//! | [`generator`] | passwords, passphrases, user names, addresses |

pub mod forms;
pub mod generator;
