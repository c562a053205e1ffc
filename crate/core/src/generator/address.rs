//! An address of one's own for each site: mail to it arrives as always, and tells
//! where it was given away (RFC 5233, sub-addressing).

use alloc::string::String;

use crate::account::{MailAddress, MailAddressError};
use crate::site::host;

/// Why an address takes no tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SubAddressError {
    /// It is none.
    #[error(transparent)]
    Address(#[from] MailAddressError),
    /// Nothing that an address may hold is in the tag.
    #[error("a tag has some letter or digit")]
    Tag,
}

/// What stands before the `@` at most (RFC 5321 §4.5.3.1.1).
const MOST_MAILBOX: usize = 64;

/// `user+detail@domain`: the address with `tag`, or the host of a URL, as its detail.
/// A detail that it has is replaced. What an address can't hold, or a site may refuse
/// (all but `a`…`z`, digits, `.` and `-`), is left out of the tag, and so is what
/// would make the part before the `@` longer than 64 characters.
///
/// # Errors
/// See [`SubAddressError`].
pub fn sub_address(address: &str, tag: &str) -> Result<String, SubAddressError> {
    let address = MailAddress::parse(address)?;
    let (mailbox, domain) = address.as_str().rsplit_once('@').unwrap_or_default();
    let user = match mailbox.split_once('+') {
        Some((user, _)) if !user.is_empty() => user,
        Some(_) | None => mailbox,
    };
    let room = MOST_MAILBOX.saturating_sub(user.len() + 1);
    let detail = detail(tag, room);
    if detail.is_empty() {
        return Err(SubAddressError::Tag);
    }
    let whole = [user, "+", &detail, "@", domain].concat();
    MailAddress::parse(&whole)?;
    Ok(whole)
}

/// Atoms with a full stop between them, of letters, digits and hyphens.
fn detail(tag: &str, room: usize) -> String {
    let mut detail = String::new();
    for letter in host(tag.trim()).chars().map(|c| c.to_ascii_lowercase()) {
        let is_mark = matches!(letter, '.' | '-');
        let after_mark = detail.is_empty() || detail.ends_with(['.', '-']);
        let fits = letter.is_ascii_alphanumeric() || (is_mark && !after_mark);
        if fits && detail.len() < room {
            detail.push(letter);
        }
    }
    let end = detail.trim_end_matches(['.', '-']).len();
    detail.truncate(end);
    detail
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_detail_is_the_tag_or_the_host_of_a_url() {
        for (address, tag, expected) in [
            ("anna@example.com", "shop", "anna+shop@example.com"),
            ("anna@example.com", "Shop One", "anna+shopone@example.com"),
            (
                "anna@example.com",
                "https://www.shop.test:8443/a?b",
                "anna+shop.test@example.com",
            ),
            ("anna+old@example.com", "new", "anna+new@example.com"),
            ("+@example.com", "new", "++new@example.com"),
            ("anna@example.com", "a..b.-c.", "anna+a.b.c@example.com"),
            ("anna@example.com", "Åhléns", "anna+hlns@example.com"),
        ] {
            assert_eq!(sub_address(address, tag).as_deref(), Ok(expected), "{tag}");
        }
    }

    #[test]
    fn no_address_and_no_tag_are_told_apart() {
        let tag = |tag| sub_address("anna@example.com", tag).err();
        assert_eq!(tag(""), Some(SubAddressError::Tag));
        assert_eq!(tag("åäö …"), Some(SubAddressError::Tag));
        let none = SubAddressError::Address(MailAddressError::NoAt);
        assert_eq!(sub_address("anna", "shop"), Err(none));
    }

    #[test]
    fn a_mailbox_without_room_for_a_tag_takes_none() {
        let user = "a".repeat(63);
        let address = [&user, "@example.com"].concat();
        assert_eq!(sub_address(&address, "shop"), Err(SubAddressError::Tag));
        let address = ["a".repeat(60).as_str(), "@example.com"].concat();
        let with = sub_address(&address, "shop").unwrap();
        assert_eq!(with.find('@'), Some(64));
    }

    proptest! {
        #[test]
        fn whatever_the_tag_the_result_is_an_address(tag in ".{0,100}") {
            if let Ok(address) = sub_address("anna@example.com", &tag) {
                prop_assert!(MailAddress::parse(&address).is_ok(), "{}", address);
                prop_assert!(address.starts_with("anna+") && address.ends_with("@example.com"));
            }
        }
    }
}
