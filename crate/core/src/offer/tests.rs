use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::suggest::{best_fit, imitated, of_kind, proposed};
use super::*;
use crate::fill::Field as Of;
use crate::id::{Hash, ItemId};
use crate::site::{Address, Caution, Closeness, Place, Rule, Suffixes};
use crate::vault::index::{Index, Sketch};
use crate::vault::item::{Field, Item, Kind, Shelf};

fn suffixes() -> Suffixes {
    let text = include_str!("../../../../extension/data/public-suffixes.txt");
    Suffixes::parse(text.to_string()).unwrap()
}

fn page(url: &str) -> Place {
    Place {
        page: Address::parse(url).unwrap(),
        top: None,
    }
}

fn login(url: &str) -> Item {
    Item::new(Kind::Login)
        .named(url)
        .with_url(url)
        .with(Field::Username, "alice")
        .with(Field::Password, "correct horse")
}

fn index(items: &[Item]) -> Index {
    let sketches = items.iter().zip(0..);
    let sketches = sketches.map(|(item, n)| Sketch::of(ItemId([n; 16]), Hash([n; 32]), item));
    Index::default().changed(&[], sketches.collect())
}

fn slot(kind: &str) -> Slot {
    Slot {
        kind: kind.into(),
        ..Slot::default()
    }
}

fn one(item: &Item, field: Of, slot: Slot) -> Option<String> {
    let texts = texts(item, field, &[slot], 59)?;
    texts.first().map(|text| text.to_string())
}

#[test]
fn the_index_proposes_what_may_be_the_page_s() {
    let items = [
        login("https://example.com/login"),
        login("https://www.example.com"),
        login("https://other.test"),
        login("https://accounts.google.com"),
        login("https://bücher.com"),
        login("https://example.com").moved(Shelf::Trashed { since: 1 }, 1),
        Item::new(Kind::Card).named("example.com"),
    ];
    let index = index(&items);
    let propose = |url: &str| {
        let mut ids = proposed(&index, &Address::parse(url).unwrap(), &suffixes(), 50);
        ids.sort();
        ids.iter().map(|id| id.0[0]).collect::<Vec<_>>()
    };
    assert_eq!(propose("https://login.example.com/"), [0, 1]);
    assert_eq!(propose("https://youtube.com/"), [3]);
    assert_eq!(propose("https://xn--bcher-kva.com/"), [4]);
    assert!(propose("https://nothing.test/").is_empty());
    assert_eq!(
        proposed(
            &index,
            &Address::parse("https://example.com").unwrap(),
            &suffixes(),
            1
        )
        .len(),
        1
    );
    assert_eq!(of_kind(&index, Kind::Card, 50).len(), 1);
}

#[test]
fn what_the_index_proposes_in_vain_its_item_refuses() {
    let place = page("https://example.com/");
    let lists = suffixes();
    for url in [
        "https://evil.test/?example.com",
        "https://example.com.evil.test",
        "https://notexample.com",
    ] {
        let item = login(url);
        assert_eq!(
            proposed(&index(&[login(url)]), &place.page, &lists, 9).len(),
            1,
            "{url}"
        );
        assert_eq!(best_fit(&item, &place, &lists), None, "{url}");
    }
}

#[test]
fn the_closest_of_an_item_s_urls_counts_and_one_without_caution_before_it() {
    let lists = suffixes();
    let item = login("https://www.example.com").with_url("https://example.com/in");
    let fit = best_fit(&item, &page("https://example.com/in/now"), &lists).unwrap();
    assert_eq!(fit.closeness, Closeness::Path);

    let both = login("https://example.com/in").with_url("http://www.example.com");
    let fit = best_fit(&both, &page("http://example.com/in"), &lists).unwrap();
    assert_eq!((fit.caution, fit.closeness), (None, Closeness::Domain));
    let fit = best_fit(
        &login("https://example.com"),
        &page("http://example.com/"),
        &lists,
    )
    .unwrap();
    assert_eq!(fit.caution, Some(Caution::InClear));

    let trashed = login("https://example.com").moved(Shelf::Trashed { since: 1 }, 1);
    assert_eq!(
        best_fit(&trashed, &page("https://example.com/"), &lists),
        None
    );
}

#[test]
fn each_url_of_an_item_counts_by_its_rule() {
    let lists = suffixes();
    let item = login("https://pay.example.com")
        .with_url_by("https://intra.example.net:8443", Rule::Host)
        .with_url_by("https://example.com/admin", Rule::Never);
    for (url, is_offered) in [
        ("https://www.example.com/", true),
        ("https://example.com/", true),
        ("https://example.com/admin", false),
        ("http://example.com/admin/users?all", false),
        ("https://example.com:8443/admin", false),
        ("https://example.com/administer", true),
        ("https://intra.example.net:8443/any", true),
        ("https://intra.example.net/", false),
        ("https://www.example.net:8443/", false),
    ] {
        let fit = best_fit(&item, &page(url), &lists);
        assert_eq!(fit.is_some(), is_offered, "{url}");
    }
    let in_clear = best_fit(&item, &page("http://intra.example.net:8443/"), &lists);
    assert_eq!(in_clear.and_then(|fit| fit.caution), Some(Caution::InClear));
}

#[test]
fn an_item_shows_and_names_none_of_the_places_where_it_never_is() {
    let mut item = login("https://evil.test").with_url("https://www.example.com");
    item.urls[0].rule = Rule::Never;
    assert_eq!(item.host(), "example.com");
    let index = index(&[item]);
    assert!(index.entries().all(|entry| entry.host() == "example.com"));
    let near = Address::parse("https://evil.test.login.test/").unwrap();
    assert_eq!(imitated(&index, &near, &suffixes()), None);
}

#[test]
fn the_login_that_a_page_imitates_is_named() {
    let index = index(&[
        login("https://www.example.com"),
        login("https://other.test"),
    ]);
    let imitated = |url: &str| imitated(&index, &Address::parse(url).unwrap(), &suffixes());
    assert_eq!(
        imitated("https://examp1e.com/").as_deref(),
        Some("example.com")
    );
    assert_eq!(imitated("https://example.com/"), None);
    assert_eq!(imitated("https://unrelated.org/"), None);
}

#[test]
fn a_login_goes_into_its_fields_and_makes_no_new_password() {
    let item = login("https://example.com");
    assert_eq!(
        one(&item, Of::Username, slot("text")).as_deref(),
        Some("alice")
    );
    assert_eq!(
        one(&item, Of::Password, slot("password")).as_deref(),
        Some("correct horse")
    );
    assert_eq!(
        one(&item, Of::CurrentPassword, slot("password")).as_deref(),
        Some("correct horse")
    );
    for field in [
        Of::NewPassword,
        Of::ConfirmPassword,
        Of::OneTimeCode,
        Of::CardNumber,
        Of::City,
    ] {
        assert_eq!(one(&item, field, slot("text")), None, "{field:?}");
    }
    let by_mail = Item::new(Kind::Login).with(Field::Email, "a@example.com");
    assert_eq!(
        one(&by_mail, Of::Username, slot("email")).as_deref(),
        Some("a@example.com")
    );
}

#[test]
fn the_code_of_the_moment_goes_in_whole_or_box_by_box() {
    // RFC 6238, appendix B: SHA-1, 59 s, the last six of its eight digits.
    let item = login("https://example.com").with(Field::Totp, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assert_eq!(
        one(&item, Of::OneTimeCode, slot("text")).as_deref(),
        Some("287082")
    );
    let boxes: Vec<Slot> = (0..6).map(|_| slot("tel")).collect();
    let split = texts(&item, Of::OneTimeCode, &boxes, 59).unwrap();
    let split: Vec<&str> = split.iter().map(|text| text.as_str()).collect();
    assert_eq!(split, ["2", "8", "7", "0", "8", "2"]);
    assert!(texts(&item, Of::OneTimeCode, &boxes[..4], 59).is_none());
    assert_eq!(
        one(&login("https://example.com"), Of::OneTimeCode, slot("text")),
        None
    );
}

#[test]
fn what_does_not_go_in_whole_does_not_go_in() {
    let item = login("https://example.com");
    let short = Slot {
        max_length: Some(8),
        ..slot("password")
    };
    assert_eq!(one(&item, Of::Password, short), None);
}

#[test]
fn a_value_is_split_over_its_boxes_or_left_out() {
    let card = Item::new(Kind::Card)
        .with(Field::CardNumber, "4111111111111111")
        .with(Field::SecurityCode, "123");
    let box_of = |most| Slot {
        max_length: Some(most),
        ..slot("text")
    };
    let split = |field, slots: &[Slot]| {
        let texts = texts(&card, field, slots, 59)?;
        Some(
            texts
                .iter()
                .map(|text| text.to_string())
                .collect::<Vec<_>>(),
        )
    };
    let four: Vec<Slot> = (0..4).map(|_| box_of(4)).collect();
    assert_eq!(
        split(Of::CardNumber, &four),
        Some(vec![
            "4111".into(),
            "1111".into(),
            "1111".into(),
            "1111".into()
        ])
    );
    let three: Vec<Slot> = (0..3).map(|_| slot("text")).collect();
    assert_eq!(
        split(Of::CardCode, &three),
        Some(vec!["1".into(), "2".into(), "3".into()])
    );
    assert_eq!(split(Of::CardNumber, &four[..3]), None);
    let five: Vec<Slot> = (0..5).map(|_| box_of(4)).collect();
    assert_eq!(split(Of::CardNumber, &five), None);
    assert_eq!(split(Of::CardNumber, &[]), None);
}

#[test]
fn a_card_s_month_is_written_as_the_page_writes_it() {
    let card = Item::new(Kind::Card).with(Field::Expiry, "2031-04");
    let expiry = |kind: &str, placeholder: &str, max_length| {
        let slot = Slot {
            placeholder: placeholder.into(),
            max_length,
            ..slot(kind)
        };
        one(&card, Of::CardExpiry, slot).unwrap()
    };
    assert_eq!(expiry("text", "MM/YY", None), "04/31");
    assert_eq!(expiry("text", "MM / YYYY", None), "04/2031");
    assert_eq!(expiry("text", "", Some(4)), "0431");
    assert_eq!(expiry("text", "", Some(5)), "04/31");
    assert_eq!(expiry("month", "", None), "2031-04");
    let year = |placeholder: &str, max_length| {
        let slot = Slot {
            placeholder: placeholder.into(),
            max_length,
            ..slot("text")
        };
        one(&card, Of::CardExpiryYear, slot).unwrap()
    };
    assert_eq!(year("YY", None), "31");
    assert_eq!(year("ÅÅ", None), "31");
    assert_eq!(year("", Some(2)), "31");
    assert_eq!(year("YYYY", None), "2031");
    assert_eq!(year("2030", None), "2031");
    assert_eq!(year("", None), "2031");
}

#[test]
fn a_select_gets_the_choice_that_says_the_value() {
    let card = Item::new(Kind::Card)
        .with(Field::Expiry, "2031-04")
        .with(Field::Country, "sverige");
    let select = |field, choices: &[&str]| {
        let slot = Slot {
            choices: choices.iter().map(|choice| (*choice).into()).collect(),
            ..slot("select")
        };
        one(&card, field, slot)
    };
    let months = ["Month", "01 – January", "04 – April", "14"];
    assert_eq!(
        select(Of::CardExpiryMonth, &months).as_deref(),
        Some("04 – April")
    );
    assert_eq!(
        select(Of::CardExpiryMonth, &["1", "4", "14"]).as_deref(),
        Some("4")
    );
    assert_eq!(
        select(Of::CardExpiryYear, &["30", "31"]).as_deref(),
        Some("31")
    );
    assert_eq!(
        select(Of::CardExpiryYear, &["2030", "2031"]).as_deref(),
        Some("2031")
    );
    assert_eq!(
        select(Of::Country, &["Norge", "Sverige (SE)"]).as_deref(),
        Some("Sverige (SE)")
    );
    assert_eq!(select(Of::Country, &["Norge", "Finland"]), None);
}

#[test]
fn a_day_of_birth_is_written_as_the_page_writes_it() {
    let person = Item::new(Kind::Identity).with(Field::Birthday, "1984-02-29");
    let birth = |kind: &str, placeholder: &str| {
        let slot = Slot {
            placeholder: placeholder.into(),
            ..slot(kind)
        };
        one(&person, Of::BirthDate, slot).unwrap()
    };
    for (placeholder, expected) in [
        ("", "1984-02-29"),
        ("ÅÅÅÅ-MM-DD", "1984-02-29"),
        ("MM/DD/YYYY", "02/29/1984"),
        ("TT.MM.JJJJ", "29.02.1984"),
        ("JJ/MM/AAAA", "29/02/1984"),
        ("dd/mm/aaaa", "29/02/1984"),
        ("pp.kk.vvvv", "29.02.1984"),
        ("when?", "1984-02-29"),
    ] {
        assert_eq!(birth("text", placeholder), expected, "{placeholder}");
    }
    assert_eq!(birth("date", "MM/DD/YYYY"), "1984-02-29");
}

#[test]
fn a_person_goes_into_the_parts_that_a_page_asks_for() {
    let person = Item::new(Kind::Identity)
        .with(Field::FirstName, "Ada")
        .with(Field::MiddleName, "K.")
        .with(Field::LastName, "Lovelace")
        .with(Field::Street, "Main Street 1\nSecond floor");
    let text = |field| one(&person, field, slot("text"));
    assert_eq!(text(Of::Name).as_deref(), Some("Ada K. Lovelace"));
    assert_eq!(text(Of::GivenName).as_deref(), Some("Ada"));
    assert_eq!(text(Of::Street).as_deref(), Some("Main Street 1"));
    assert_eq!(text(Of::Street2).as_deref(), Some("Second floor"));
    assert_eq!(text(Of::Password), None);
}

#[test]
fn a_submitted_form_is_new_another_password_or_known() {
    let bob = || {
        Item::new(Kind::Login)
            .with(Field::Username, "bob")
            .with(Field::Password, "old")
    };
    let said = |user_name, password, replaced, logins: &[Item]| {
        let submitted = Submitted {
            user_name,
            password,
            replaced,
        };
        saving(&submitted, &logins.iter().collect::<Vec<_>>(), &[])
    };
    let saving = said;
    assert_eq!(saving("bob", "new", None, &[]), Saving::New);
    assert_eq!(saving("carol", "new", None, &[bob()]), Saving::New);
    assert_eq!(
        saving("Bob ", "new", None, &[login("x"), bob()]),
        Saving::Update(1)
    );
    assert_eq!(saving("bob", "old", None, &[bob()]), Saving::Known);
    assert_eq!(saving("", "old", None, &[bob()]), Saving::Known);
    assert_eq!(saving("", "new", None, &[bob()]), Saving::Update(0));
    assert_eq!(saving("", "new", None, &[login("x"), bob()]), Saving::New);
    assert_eq!(
        saving("", "new", Some("old"), &[login("x"), bob()]),
        Saving::Update(1)
    );
}

#[test]
fn what_a_login_says_that_is_barred_from_the_page_is_known_and_never_updated() {
    let barred = login("https://example.com");
    let said = |password| {
        let (user_name, replaced) = ("alice", None);
        saving(
            &Submitted {
                user_name,
                password,
                replaced,
            },
            &[],
            &[&barred],
        )
    };
    assert_eq!(said("correct horse"), Saving::Known);
    assert_eq!(said("another"), Saving::New);
}
