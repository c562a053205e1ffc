//! Rules of URLs over generated pages and logins.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use sigill_core::offer::suggest::best_fit;
use sigill_core::site::{Place, Rule, Suffixes, fit};
use sigill_core::vault::item::{Item, Kind, Url};

fn suffixes() -> Suffixes {
    let text = include_str!("../../../../extension/data/public-suffixes.txt");
    Suffixes::parse(text.to_owned()).unwrap()
}

/// Of few hosts, ports and paths, so that two often have to do with one another.
fn url() -> impl Strategy<Value = String> {
    let parts = (
        select(vec!["https://", "http://", ""]),
        select(vec![
            "example.com",
            "pay.example.com",
            "google.com",
            "youtube.com",
            "192.0.2.1",
            "router",
        ]),
        select(vec!["", ":8443"]),
        select(vec!["", "/", "/in", "/in/now", "/inner", "/in?x", "/in#x"]),
    );
    parts.prop_map(|(scheme, host, port, path)| [scheme, host, port, path].concat())
}

fn page() -> impl Strategy<Value = String> {
    url().prop_filter("a page has a scheme", |url| url.contains("://"))
}

fn at(page: &str) -> Place {
    Place::parse(page, None).unwrap()
}

fn login(urls: &[(String, Rule)]) -> Item {
    let begun = Item::new(Kind::Login);
    urls.iter()
        .fold(begun, |item, (url, rule)| item.with_url_by(url, *rule))
}

proptest! {
    #[test]
    fn a_stricter_rule_never_offers_more_than_a_weaker_one(page in page(), saved in url()) {
        let (lists, page) = (suffixes(), at(&page));
        let fits = Rule::ALL.map(|rule| fit(&page, &saved, rule, &lists));
        for two in fits.windows(2) {
            prop_assert!(two[1].is_none() || two[0].is_some(), "{saved}: {fits:?}");
        }
        prop_assert_eq!(fits[4], None);
        let cautions: Vec<_> = fits.iter().flatten().map(|fit| fit.caution).collect();
        prop_assert!(cautions.windows(2).all(|two| two[0] == two[1]), "no rule hides a caution");
    }

    #[test]
    fn where_an_address_says_never_no_other_of_its_item_offers_anything(
        page in page(), never in url(), others in vec((url(), select(&Rule::ALL)), 0..4),
    ) {
        let (lists, page) = (suffixes(), at(&page));
        let mut item = login(&others);
        let without = best_fit(&item, &page, &lists);
        item.urls.push(Url::from(never.as_str()).by(Rule::Never));
        let with = best_fit(&item, &page, &lists);
        prop_assert!(with.is_none() || with == without);
        let begins = fit(&page, &never, Rule::StartsWith, &lists).is_some();
        prop_assert!(!begins || with.is_none());
    }
}
