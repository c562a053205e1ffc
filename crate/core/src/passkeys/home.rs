//! Where a new passkey is kept.

use crate::site::host;
use crate::vault::item::{Field, Item, Kind, Passkey, Shelf};

/// Whether a passkey of a relying party for a user belongs to an item: a login in
/// sight, of that user, that is used there. `rp` is an RP ID.
#[must_use]
pub fn is_home(item: &Item, rp: &str, user: &str) -> bool {
    let is_there = |url: &str| {
        let rest = host(url).strip_suffix(rp);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let user = user.trim();
    item.kind == Kind::Login
        && item.shelf == Shelf::Active
        && !user.is_empty()
        && item
            .value(Field::Username)
            .trim()
            .eq_ignore_ascii_case(user)
        && item.places().any(is_there)
}

/// An item of its own for a passkey that belongs to no other; `site` is what the site
/// calls itself.
#[must_use]
pub fn home_of(passkey: Passkey, site: &str) -> Item {
    let site = site.trim();
    let name = if site.is_empty() { &passkey.rp } else { site };
    let now = passkey.created_at;
    let mut item = Item::new(Kind::Passkey)
        .named(name)
        .with(Field::Username, &passkey.user_name)
        .with_url(&["https://", &passkey.rp].concat());
    item.created_at = now;
    item.modified_at = now;
    item.with_passkey(passkey)
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    fn login(url: &str, user: &str) -> Item {
        let login = Item::new(Kind::Login).named("One").with_url(url);
        login.with(Field::Username, user)
    }

    #[test]
    fn a_passkey_joins_the_login_of_its_user_at_its_site() {
        for (url, user) in [
            ("https://example.com", "anna"),
            ("https://login.example.com/in?x", "Anna "),
            ("https://www.example.com:8443", "anna"),
        ] {
            assert!(is_home(&login(url, user), "example.com", " anna"), "{url}");
        }
    }

    #[test]
    fn it_joins_no_other() {
        for (url, user) in [
            ("https://notexample.com", "anna"),
            ("https://example.com.evil.example", "anna"),
            ("https://example.org", "anna"),
            ("https://example.com", "bo"),
            ("https://example.com", ""),
            ("", "anna"),
        ] {
            let other = login(url, user);
            assert!(!is_home(&other, "example.com", "anna"), "{url} {user}");
        }
        assert!(!is_home(
            &login("https://example.com", ""),
            "example.com",
            ""
        ));
        let mut kept = login("https://example.com", "anna");
        kept.shelf = Shelf::Trashed { since: 1 };
        assert!(!is_home(&kept, "example.com", "anna"));
        kept.shelf = Shelf::Active;
        kept.kind = Kind::Note;
        assert!(!is_home(&kept, "example.com", "anna"));
    }

    #[test]
    fn an_item_of_its_own_says_whose_it_is() {
        let passkey = || Passkey {
            credential: vec![1],
            rp: "example.com".into(),
            user_handle: vec![2],
            user_name: "anna".into(),
            display_name: "Anna".into(),
            private_key: vec![3],
            counter: 0,
            created_at: 400,
        };
        let item = home_of(passkey(), " Example ");
        assert_eq!((item.kind, item.name.as_str()), (Kind::Passkey, "Example"));
        assert_eq!(item.value(Field::Username), "anna");
        assert!(item.urls == ["https://example.com".into()]);
        assert_eq!((item.created_at, item.modified_at), (400, 400));
        assert!(item.passkeys.holds(&[1]));
        assert_eq!(home_of(passkey(), " ").name, "example.com");
    }
}
