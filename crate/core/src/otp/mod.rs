//! One-time codes: the key that a site hands out, and the codes made of it.
//!
//! | module | one idea |
//! |---|---|
//! | [`secret`] | the bytes that both sides know, base32 (RFC 4648 §6) |
//! | `uri` | a key as text: read however it is written, written one way |
//! | [`code`] | codes by the clock (RFC 6238), by a counter (RFC 4226), Steam's |
//! | [`same`] | a key that was counted on is still the same key |

use alloc::string::String;

use zeroize::Zeroizing;

use crate::wire::Seconds;

pub mod code;
pub mod same;
pub mod secret;
#[cfg(test)]
mod tests;
mod uri;

pub use code::{Code, Current};
pub use secret::Secret;
pub use uri::escaped;

/// The key of one-time codes: what both sides know, and how codes are made of
/// it. All of it counts as a secret: wiped on drop, never printed.
#[derive(PartialEq, Eq)]
pub struct Key {
    secret: Secret,
    issuer: Zeroizing<String>,
    account: Zeroizing<String>,
    algorithm: Algorithm,
    form: Form,
    moving: Moving,
}

/// Of which hash the codes are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// SHA-1, as nearly everywhere.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

/// What a code looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// So many decimal digits: 6 to 10.
    Digits(u32),
    /// Steam's five letters and digits.
    Steam,
}

/// What makes one code another than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moving {
    /// The clock: a code lasts so many seconds, 1 to 3,600.
    Clock(Seconds),
    /// A counter: which comes next.
    Counter(u64),
}

/// Why a text is no key of one-time codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAKey {
    /// Nothing stands there, or not a whole byte of a secret.
    #[error("there is no secret")]
    NoSecret,
    /// More than [`Key::MOST`] bytes of text, or [`Secret::MOST`] of a secret.
    #[error("the text is longer than any key")]
    TooLong,
    /// A character that base32 does not have.
    #[error("a secret has the letters A to Z and the digits 2 to 7")]
    NotBase32,
    /// An address of something else.
    #[error("the address is not one of a key for one-time codes")]
    AnotherAddress,
    /// An address that holds several keys, for moving to another phone.
    #[error("the address holds several keys")]
    Several,
    /// A hash that nobody makes codes of.
    #[error("codes are made of SHA-1, SHA-256 or SHA-512")]
    Algorithm,
    /// A number of digits that codes don't have.
    #[error("codes have 6 to 10 digits")]
    Digits,
    /// A time that codes don't last.
    #[error("codes last 1 to 3,600 seconds")]
    Period,
    /// A counter that is no number.
    #[error("the counter is no number")]
    Counter,
}

impl Algorithm {
    /// Its name in a key URI.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
        }
    }
}

impl NotAKey {
    /// Its name in the keys of texts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoSecret => "otp_no_secret",
            Self::TooLong => "otp_too_long",
            Self::NotBase32 => "otp_not_base32",
            Self::AnotherAddress => "otp_another_address",
            Self::Several => "otp_several",
            Self::Algorithm => "otp_algorithm",
            Self::Digits => "otp_digits",
            Self::Period => "otp_period",
            Self::Counter => "otp_counter",
        }
    }
}

impl Key {
    /// How many bytes of text may be read.
    pub const MOST: usize = 4096;

    /// Reads a key: `otpauth://…` (the key URI format of Google Authenticator,
    /// and Steam's kinds of it), `steam://` and a secret, or a bare secret.
    ///
    /// # Errors
    /// See [`NotAKey`].
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        uri::parse(text.trim())
    }

    /// Whether a text is an address, which nobody writes who means another thing:
    /// any word may be base32.
    #[must_use]
    pub fn is_address(text: &str) -> bool {
        text.contains("://")
    }

    /// The one way in which it is written: base32 alone where that says it all,
    /// else `otpauth://…` without what goes without saying.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        uri::text(self)
    }

    /// As [`Key::to_text`], but `otpauth://…` in any case.
    #[must_use]
    pub fn to_uri(&self) -> Zeroizing<String> {
        uri::uri(self)
    }

    /// The text in the one way in which a key is written; what is none, to the letter.
    #[must_use]
    pub fn tidied(text: &str) -> Zeroizing<String> {
        match Self::parse(text) {
            Ok(key) => key.to_text(),
            Err(_) => Zeroizing::new(text.trim().into()),
        }
    }

    /// What both sides know.
    #[must_use]
    pub const fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Who issued it; empty where nobody said.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Whose it is; empty where nobody said.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.account
    }

    /// Of which hash its codes are made.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// What its codes look like.
    #[must_use]
    pub const fn form(&self) -> Form {
        self.form
    }

    /// What makes one code another than the one before.
    #[must_use]
    pub const fn moving(&self) -> Moving {
        self.moving
    }
}
