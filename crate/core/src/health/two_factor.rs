//! Sites that are known to offer a second step: one-time codes by an
//! authenticator of whatever make (RFC 6238), as is publicly documented. What is
//! not on the list may offer them all the same.

use crate::site::{Address, Suffixes};

/// A registrable domain a line, in bytewise order; sites that share its accounts
/// (`site::equivalent`) are meant too.
const SITES: &str = include_str!("two_factor.txt");

/// Whether the site of an address is on the list.
#[must_use]
pub fn is_offered(address: &Address, suffixes: &Suffixes) -> bool {
    let mut names = address.names(suffixes);
    names.any(|name| SITES.lines().any(|site| site == name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::tests::suffixes;

    #[test]
    fn the_list_is_in_order_and_names_registrable_domains_only() {
        assert!(SITES.lines().is_sorted_by(|one, other| one < other));
        let suffixes = suffixes();
        for site in SITES.lines() {
            assert_eq!(suffixes.registrable(site), Some(site));
        }
    }

    #[test]
    fn a_site_is_found_by_any_of_its_names_and_by_no_other() {
        let suffixes = suffixes();
        let is = |url| is_offered(&Address::parse(url).unwrap(), &suffixes);
        for url in [
            "https://github.com/login",
            "gist.github.com",
            "https://www.youtube.com",
        ] {
            assert!(is(url), "{url}");
        }
        for url in [
            "https://github.com.example",
            "https://notgithub.com",
            "https://pages.github.io",
        ] {
            assert!(!is(url), "{url}");
        }
    }
}
