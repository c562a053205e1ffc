//! What a person calls for now and then, from a page of its own.
//!
//! | module | what is called |
//! |---|---|
//! | [`keys`] | a new vault, and other ways to open it |
//! | [`account`] | the account: in and out, joined, watched |
//! | [`danger`] | acts that need proofs, and what brings back |
//! | [`files`] | files of entries, part by part |
//! | [`health`] | what is to mend among the logins |
//! | [`transfer`] | many entries at once, in and out |

mod account;
mod danger;
mod files;
mod health;
mod keys;
mod transfer;
