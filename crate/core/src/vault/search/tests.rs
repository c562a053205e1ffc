use super::*;
use crate::id::{Hash, ItemId};
use crate::vault::fixture::passkey;
use crate::vault::index::Sketch;
use crate::vault::item::{CustomField, Field, FieldKind, Item, Kind, Shelf};
use alloc::vec;

fn id(name: u8) -> ItemId {
    ItemId([name; 16])
}

fn sketch(name: u8, item: &Item) -> Sketch {
    Sketch::of(id(name), Hash([name; 32]), item)
}

fn haystack(items: &[Item]) -> Index {
    let sketches = (1..).zip(items).map(|(name, item)| sketch(name, item));
    Index::default().changed(&[], sketches.collect())
}

fn named(names: &[&str]) -> Index {
    let items: Vec<Item> = names.iter().map(|name| login(name)).collect();
    haystack(&items)
}

fn login(name: &str) -> Item {
    Item::new(Kind::Login).named(name)
}

fn find(haystack: &Index, text: &str) -> Vec<ItemId> {
    find_in(haystack, &Scope::All, text)
}

fn find_in(haystack: &Index, scope: &Scope, text: &str) -> Vec<ItemId> {
    let found = haystack.find(&Query::parse(text, scope)).into_iter();
    found
        .map(|position| haystack.at(position).unwrap().id())
        .collect()
}

#[test]
fn the_beginning_of_the_name_comes_first_then_words_then_parts_then_the_rest() {
    let late = login("Aaa").with(Field::Notes, "the bank's own");
    let haystack = named(&["Grebank", "My bank", "Bank"]).changed(&[], vec![sketch(4, &late)]);
    assert_eq!(find(&haystack, "bank"), [id(3), id(2), id(1), id(4)]);
}

#[test]
fn equals_come_by_name_and_all_come_without_a_query() {
    let haystack = named(&["cart", "Aard", "båt"]);
    assert_eq!(find(&haystack, "a"), [id(2), id(3), id(1)]);
    assert_eq!(find(&haystack, "  "), [id(2), id(3), id(1)]);
}

#[test]
fn every_word_must_occur_somewhere() {
    let mail = login("Mail")
        .with(Field::Username, "asa")
        .with_url("https://login.example.com/");
    let haystack = haystack(&[mail]);
    for (query, found) in [
        ("mail asa", true),
        ("ÅSA example", true),
        ("mail bertil", false),
        ("mailasa", false),
    ] {
        assert_eq!(!find(&haystack, query).is_empty(), found, "{query}");
    }
}

#[test]
fn typing_on_finds_what_a_search_anew_finds() {
    let names = ["bank", "Bänkar", "tank", "Bankir i Malmö", "ba nk", "nkab"];
    let typed = [
        "b",
        "ba",
        "ban",
        "bank",
        "bank m",
        "bank mal",
        "bank",
        "tag:a bank",
        "nk",
        "nk a",
        "nk ab",
        "in:trash nk",
        "nk",
        "zzz",
        "zzzz",
        "an",
    ];
    let (one, scope) = (named(&names), Scope::All);
    for text in typed.iter().chain(typed.iter().rev()) {
        let found = find_in(&one, &scope, text);
        assert_eq!(found, find_in(&named(&names), &scope, text), "{text}");
    }
}

#[test]
fn an_entry_put_again_replaces_and_one_removed_is_gone() {
    let haystack = named(&["One", "Two"]).changed(&[id(2)], vec![sketch(2, &login("Zwei"))]);
    assert!(find(&haystack, "two").is_empty());
    assert_eq!(find(&haystack, ""), [id(1), id(2)]);
    assert_eq!(find(&haystack.changed(&[id(1)], vec![]), ""), [id(2)]);
}

#[test]
fn a_word_that_lies_across_two_entries_is_in_neither() {
    let haystack = named(&["Aab", "Abb"]);
    assert_eq!(haystack.folded_text(), "aab\nabb\n");
    assert!(find(&haystack, "\"b\na\"").is_empty());
    assert_eq!(find(&haystack, "ab"), [id(2), id(1)]);
}

#[test]
fn every_part_is_searched_but_secrets() {
    let custom = |kind, label, value| CustomField::new(kind, label, value);
    for field in Field::ALL {
        let item = login("Thing").with(*field, "needle");
        let found = !find(&haystack(&[item]), "needle").is_empty();
        assert_eq!(found, !field.is_secret(), "{field:?}");
    }
    for (item, found) in [
        (login("x").tagged("Needle"), true),
        (login("x").in_folder("Needle"), true),
        (login("x").with_url("https://needle.example"), true),
        (login("x").with_passkey(passkey()), true),
        (
            login("x").with_custom(custom(FieldKind::Text, "a", "needle")),
            true,
        ),
        (
            login("x").with_custom(custom(FieldKind::Url, "a", "needle")),
            true,
        ),
        (
            login("x").with_custom(custom(FieldKind::Hidden, "needle", "a")),
            true,
        ),
        (
            login("x").with_custom(custom(FieldKind::Hidden, "a", "needle")),
            false,
        ),
        (
            login("x").with_custom(custom(FieldKind::Totp, "a", "needle")),
            false,
        ),
    ] {
        let hits = find(&haystack(&[item]), "needle");
        assert_eq!(!hits.is_empty(), found);
    }
}

fn furnished() -> Index {
    let archived = Shelf::Archived { since: 1 };
    let trashed = Shelf::Trashed { since: 1 };
    let mut favourite = login("Mail").tagged("Work").tagged("Två ord");
    favourite.favourite = true;
    haystack(&[
        favourite,
        Item::new(Kind::Card).named("Visa").in_folder("Hem/Bank"),
        login("Shop")
            .with(Field::Totp, "JBSWY3DP")
            .with_url("https://shop.example/"),
        login("Keyed").with_passkey(passkey()),
        login("Old").moved(archived, 1),
        login("Gone").tagged("Work").moved(trashed, 1),
        Item::new(Kind::Custom)
            .named("Own")
            .with_custom(CustomField::new(FieldKind::Totp, "code", "JBSWY3DP"))
            .in_folder("Hemma"),
    ])
}

#[test]
fn filters_let_through_what_they_say() {
    let haystack = furnished();
    for (query, found) in [
        ("tag:work", vec![1]),
        ("TAG:WORK", vec![1]),
        ("tag:\"två ord\"", vec![1]),
        ("tag:wor", vec![]),
        ("kind:card", vec![2]),
        ("kind:ca", vec![2]),
        ("kind:boat", vec![]),
        ("url:shop", vec![3]),
        ("folder:hem", vec![2]),
        ("folder:hem/bank", vec![2]),
        ("has:totp", vec![7, 3]),
        ("has:passkey", vec![4]),
        ("has:file", vec![]),
        ("has:boat", vec![]),
        ("is:favourite", vec![1]),
        ("is:favorite", vec![1]),
        ("in:archive", vec![5]),
        ("in:trash", vec![6]),
        ("in:trash tag:work", vec![6]),
        ("in:space", vec![]),
        ("has:totp shop", vec![3]),
        ("has:totp nothing", vec![]),
    ] {
        let expected: Vec<ItemId> = found.into_iter().map(id).collect();
        assert_eq!(find(&haystack, query), expected, "{query}");
    }
}

#[test]
fn a_word_with_a_colon_is_a_word() {
    let haystack = haystack(&[login("x").with_url("https://shop.example/")]);
    assert_eq!(find(&haystack, "https://shop"), [id(1)]);
}

#[test]
fn a_scope_is_where_one_looks_until_the_text_says_otherwise() {
    let haystack = furnished();
    let look = |scope: &Scope, text| find_in(&haystack, scope, text);
    for (scope, found) in [
        (Scope::Favourites, vec![1]),
        (Scope::Kind(Kind::Card), vec![2]),
        (Scope::Folder("Hem".into()), vec![2]),
        (Scope::Tag("Work".into()), vec![1]),
        (Scope::Archive, vec![5]),
        (Scope::Trash, vec![6]),
    ] {
        let expected: Vec<ItemId> = found.into_iter().map(id).collect();
        assert_eq!(look(&scope, ""), expected, "{scope:?}");
    }
    assert_eq!(look(&Scope::Tag("Work".into()), "in:trash"), [id(6)]);
    assert_eq!(look(&Scope::All, "").len(), 5);
}

#[test]
fn facets_count_what_is_in_sight_by_kind_folder_and_tag() {
    let mut favourite = login("a").tagged("T").tagged("S").in_folder("F");
    favourite.favourite = true;
    let items = [
        favourite,
        login("b").tagged("T"),
        Item::new(Kind::Card).named("c"),
        login("d").tagged("T").moved(Shelf::Trashed { since: 1 }, 1),
        login("e").moved(Shelf::Archived { since: 1 }, 1),
    ];
    let counted = |what: &str, count| Counted {
        what: what.into(),
        count,
    };
    let kind = |what, count| Counted { what, count };
    let expected = Facets {
        all: 3,
        favourites: 1,
        kinds: vec![kind(Kind::Login, 2), kind(Kind::Card, 1)],
        folders: vec![counted("F", 1)],
        tags: vec![counted("S", 1), counted("T", 2)],
        archived: 1,
        trashed: 1,
        due: 0,
    };
    let haystack = haystack(&items);
    assert_eq!(Facets::of(&haystack, 30 * 86_400), expected);
    assert_eq!(Facets::of(&haystack, 30 * 86_400 + 1).due, 1);
}
