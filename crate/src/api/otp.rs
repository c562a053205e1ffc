//! One-time codes as they cross the border: the code goes, its key stays.

use serde::Serialize;
use tsify::Tsify;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A one-time code.
#[derive(Serialize, Tsify, Zeroize, ZeroizeOnDrop)]
pub struct OneTimeCode {
    /// As it is typed.
    pub text: String,
    /// As it is read.
    pub shown: String,
}

/// The codes of an item's key.
#[derive(Serialize, Tsify)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Codes {
    /// The clock makes them.
    Clock {
        /// The code of this moment.
        now: OneTimeCode,
        /// The one after it.
        next: OneTimeCode,
        /// For how many seconds a code is good.
        period: u64,
        /// For how many more this one is; at least 1.
        left: u64,
    },
    /// A counter makes them: one comes when it is asked for.
    Counter,
    /// There are none.
    Nothing {
        /// Why the key can't be read: a message key.
        why: String,
    },
}

/// What a text says, as the key of one-time codes.
#[derive(Serialize, Tsify)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum OtpRead {
    /// A key.
    Key {
        /// As it is stored.
        text: String,
        /// Who issued it; empty where it does not say.
        issuer: String,
        /// Whose it is; empty where it does not say.
        account: String,
        /// Whether it stands in an address: any word may be a bare key.
        address: bool,
    },
    /// No key.
    Nothing {
        /// Why: a message key.
        why: String,
    },
}
