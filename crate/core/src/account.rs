//! Addresses, names and passwords of accounts, parsed at the door.

use alloc::string::String;
use core::fmt;

use crate::wire::{Seconds, SecretText};

#[cfg(test)]
mod tests;

/// An e-mail address that mail servers everywhere take: the dot-atom form of
/// RFC 5321 §4.1.2 in ASCII, at most 254 characters, a domain of two or more
/// labels. Two that differ only in case are equal.
#[derive(Debug, Clone)]
pub struct MailAddress {
    text: String,
    at: usize,
}

/// The text can't be an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailAddressError {
    /// Longer than 254 characters.
    #[error("an address has at most 254 characters")]
    TooLong,
    /// Not one `@` with something on both sides.
    #[error("an address has one @ with something on both sides")]
    NoAt,
    /// What stands before the `@` is more than 64 characters, or holds one that
    /// it may not.
    #[error("what stands before the @ is not a mailbox")]
    Mailbox,
    /// What stands after the `@` is not a domain.
    #[error("what stands after the @ is not a domain")]
    Domain,
}

impl MailAddress {
    const MOST: usize = 254;
    const MOST_MAILBOX: usize = 64;

    /// Parses `text`; blanks around it are dropped, the domain is lower-cased.
    ///
    /// # Errors
    /// See [`MailAddressError`].
    pub fn parse(text: &str) -> Result<Self, MailAddressError> {
        let text = text.trim();
        if text.len() > Self::MOST {
            return Err(MailAddressError::TooLong);
        }
        let (mailbox, domain) = text.rsplit_once('@').ok_or(MailAddressError::NoAt)?;
        if mailbox.is_empty() || domain.is_empty() {
            return Err(MailAddressError::NoAt);
        }
        if mailbox.len() > Self::MOST_MAILBOX || !mailbox.split('.').all(is_atom) {
            return Err(MailAddressError::Mailbox);
        }
        if !is_domain(domain) {
            return Err(MailAddressError::Domain);
        }
        let at = mailbox.len();
        let mut text = String::from(text);
        if let Some(domain) = text.get_mut(at..) {
            domain.make_ascii_lowercase();
        }
        Ok(Self { text, at })
    }

    /// The address, for sending to.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What it is compared and looked up by: all in lower case.
    #[must_use]
    pub fn key(&self) -> String {
        self.text.to_ascii_lowercase()
    }

    /// `a***@example.com`: enough to know which of one's own it is.
    #[must_use]
    pub fn hint(&self) -> String {
        let (mailbox, domain) = self.text.split_at(self.at);
        let first = mailbox.chars().take(1);
        first.chain("***".chars()).chain(domain.chars()).collect()
    }
}

/// Seconds after which a person is asked whether an address is still theirs.
const STILL_YOURS: Seconds = 365 * 24 * 3_600;

/// Whether to ask if an address is still the person's own, who said so then.
#[must_use]
pub const fn is_to_be_asked(confirmed_at: Seconds, now: Seconds) -> bool {
    now > confirmed_at.saturating_add(STILL_YOURS)
}

impl PartialEq for MailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.text.eq_ignore_ascii_case(&other.text)
    }
}

impl Eq for MailAddress {}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// `atext` of RFC 5322 §3.2.3, once or more.
fn is_atom(text: &str) -> bool {
    let is_atext = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    !text.is_empty() && text.chars().all(is_atext)
}

fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let ends_in_a_name = |(_, last): (&str, &str)| last.chars().any(|c| c.is_ascii_alphabetic());
    text.split('.').all(is_label) && text.rsplit_once('.').is_some_and(ends_in_a_name)
}

/// What a person calls a device. It stands in mails, so it can hold nothing
/// that would look like a link or a code there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceName(String);

/// Why a text is not a device's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeviceNameError {
    /// There is none.
    #[error("a device's name has at least one character")]
    Empty,
    /// It is too long.
    #[error("a device's name has at most 40 characters")]
    TooLong,
    /// It holds control characters or such as turn the direction of writing.
    #[error("a device's name has no control characters")]
    Control,
    /// It looks like a link.
    #[error("a device's name is not a link")]
    Link,
    /// It looks like a code.
    #[error("a device's name has no long run of digits")]
    Digits,
}

impl DeviceName {
    const MOST: usize = 40;

    /// Parses `text`; blanks around it are dropped.
    ///
    /// # Errors
    /// See [`DeviceNameError`].
    pub fn parse(text: &str) -> Result<Self, DeviceNameError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(DeviceNameError::Empty);
        }
        if text.chars().count() > Self::MOST {
            return Err(DeviceNameError::TooLong);
        }
        if text.chars().any(is_hidden) {
            return Err(DeviceNameError::Control);
        }
        if text.split_whitespace().any(is_link) {
            return Err(DeviceNameError::Link);
        }
        if has_code(text) {
            return Err(DeviceNameError::Digits);
        }
        Ok(Self(text.into()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Control characters, line and paragraph separators, and those of Unicode's
/// bidirectional algorithm or of no width (UAX #9, U+200B…).
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}

/// Whatever mail programs make a link of: a scheme, an address, or a host.
fn is_link(word: &str) -> bool {
    let is_host = || {
        word.split(['/', ':', '?', '#'])
            .filter_map(|part| part.rsplit_once('.'))
            .any(|(before, after)| {
                let after = after.trim_end_matches(|c: char| !c.is_alphanumeric());
                before.ends_with(char::is_alphanumeric)
                    && after.chars().count() >= 2
                    && after.chars().all(char::is_alphabetic)
            })
    };
    let names_the_web = || {
        let mut windows = word.as_bytes().windows(4);
        windows.any(|window| window.eq_ignore_ascii_case(b"www."))
    };
    word.contains("://") || word.contains('@') || names_the_web() || is_host()
}

/// Six digits in a row, or eight with blanks or dashes between: a code is
/// eight, shown as `4821 7730`.
fn has_code(text: &str) -> bool {
    let longest = |parted: &[char]| {
        let mut longest = 0;
        let mut run = 0;
        for c in text.chars() {
            if c.is_numeric() {
                run += 1;
                longest = run.max(longest);
            } else if !parted.contains(&c) {
                run = 0;
            }
        }
        longest
    };
    longest(&[]) >= 6 || longest(&[' ', '\u{a0}', '-', '.']) >= 8
}

/// The password of an account: 10 to 256 characters. Not the master password.
pub struct AccountPassword(SecretText);

/// Why a text is not the password of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AccountPasswordError {
    /// Too easy to guess.
    #[error("an account password has at least 10 characters")]
    TooShort,
    /// Longer than any that a person types.
    #[error("an account password has at most 256 characters")]
    TooLong,
}

impl AccountPassword {
    /// Takes the password over.
    ///
    /// # Errors
    /// See [`AccountPasswordError`].
    pub fn parse(text: SecretText) -> Result<Self, AccountPasswordError> {
        match text.expose().chars().count() {
            0..10 => Err(AccountPasswordError::TooShort),
            10..=256 => Ok(Self(text)),
            257.. => Err(AccountPasswordError::TooLong),
        }
    }

    /// The password, for the one use it was typed for.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}
