use super::*;
use crate::encode::{DecodeError, Encoder};
use crate::id::Hash;
use crate::site::Rule;
use crate::vault::fixture::{file, item, passkey};
use alloc::string::ToString;
use alloc::vec;

#[test]
fn padding_of_another_length_or_content_is_refused() {
    let padded = item().to_padded();
    assert!(padded.len().is_multiple_of(256));
    assert!(Item::from_padded(&padded).is_ok());

    let mut longer = padded.to_vec();
    longer.resize(padded.len() + 256, 0);
    assert_eq!(
        Item::from_padded(&longer).err(),
        Some(DecodeError::Trailing)
    );

    let mut scribbled = padded.to_vec();
    *scribbled.last_mut().unwrap() = 1;
    assert_eq!(
        Item::from_padded(&scribbled).err(),
        Some(DecodeError::Trailing)
    );

    for end in [0, 3, 4, padded.len() - 1, padded.len() - 256] {
        assert!(Item::from_padded(&padded[..end]).is_err(), "{end} bytes");
    }
}

#[test]
fn an_edit_sends_what_stood_there_to_the_history_newest_first() {
    let mut edited = item();
    edited.set(Field::Password, "battery staple");
    let first = item().revised(edited, 300);
    let mut edited = item();
    edited.set(Field::Password, "third");
    edited.urls = vec![];
    edited.fields = vec![];
    let second = first.revised(edited, 400);

    let history: Vec<_> = second
        .history
        .iter()
        .map(|past| (past.value.as_str(), past.until))
        .collect();
    assert_eq!(
        history,
        [
            ("battery staple", 400),
            ("https://bank.example/", 400),
            ("4821", 400),
            ("correct horse", 300),
        ]
    );
    assert_eq!((second.created_at, second.modified_at), (100, 400));
}

#[test]
fn an_edit_that_changes_nothing_leaves_no_history() {
    assert!(item().revised(item(), 300).history.is_empty());
}

#[test]
fn a_clock_set_back_never_makes_an_edit_older_than_what_it_edits() {
    assert_eq!(item().revised(item(), 50).modified_at, 200);
    assert_eq!(
        item().moved(Shelf::Trashed { since: 50 }, 50).modified_at,
        200
    );
}

#[test]
fn an_item_goes_to_the_trash_and_back_unchanged_and_remembers_it() {
    let since = 300;
    let trashed = item().moved(Shelf::Trashed { since }, since);
    assert_eq!(trashed.shelf.due(), Some(since + 30 * 86_400));
    let back = trashed.moved(Shelf::Active, 400);
    assert_eq!(back.shelf, Shelf::Active);
    assert!(back.values == item().values && back.fields == item().fields);
    let history: Vec<_> = back
        .history
        .iter()
        .map(|past| past.value.as_str())
        .collect();
    assert_eq!(history, ["trashed", "active"]);
}

#[test]
fn the_history_keeps_the_newest_values() {
    let mut current = item();
    for now in 0..=u64::try_from(Item::HISTORY).unwrap() {
        let mut edited = item();
        edited.set(Field::Password, &alloc::format!("password {now}"));
        current = current.revised(edited, 1000 + now);
    }
    assert_eq!(current.history.len(), Item::HISTORY);
    assert!(
        current
            .history
            .iter()
            .all(|past| past.value != "correct horse")
    );
}

#[test]
fn the_history_ends_where_an_item_would_become_too_large_but_never_before_its_newest_value() {
    let long = |letter: &str| letter.repeat(100 << 10);
    let mut current = item().with(Field::Notes, &long("a"));
    for (now, letter) in [(300, "b"), (400, "c"), (500, "d")] {
        current = current.changed(now, |i| i.set(Field::Notes, &long(letter)));
    }
    let firsts: Vec<_> = current
        .history
        .iter()
        .map(|past| &past.value[..1])
        .collect();
    assert_eq!(firsts, ["c", "b"]);

    let huge = "e".repeat(Item::HISTORY_BYTES + 1);
    let huge = item().with(Field::Notes, &huge);
    let edited = huge.changed(300, |i| i.set(Field::Notes, "short"));
    assert_eq!(edited.history.len(), 1);
}

/// A change of one part.
type Change = (Part, fn(&mut Item));

/// Whatever a person can change of an item, each with the part that it is.
fn changes() -> Vec<Change> {
    let mut changes: Vec<Change> = vec![
        (Part::Kind, |i| i.kind = Kind::Note),
        (Part::Name, |i| i.name = "x".into()),
        (Part::Urls, |i| i.urls.clear()),
        (Part::Urls, |i| i.urls[0].rule = Rule::Host),
        (Part::Tags, |i| i.tag("x")),
        (Part::Folder, |i| i.folder.clear()),
        (Part::Shelf, |i| i.shelf = Shelf::Archived { since: 1 }),
        (Part::Passkey, |i| i.passkeys = Sorted::default()),
        (Part::File, |i| i.files = Sorted::default()),
        (
            Part::Custom {
                label: "PIN".into(),
                kind: FieldKind::Hidden,
            },
            |i| i.fields.clear(),
        ),
    ];
    changes.push((Part::Field(Field::Totp), |i| i.set(Field::Totp, "x")));
    changes
}

#[test]
fn every_part_that_changes_leaves_what_stood_there() {
    let mut full = item()
        .tagged("a")
        .in_folder("f")
        .with_passkey(passkey())
        .with_file(file());
    for field in Field::ALL {
        full.set(*field, "before");
    }
    for (part, change) in changes() {
        let edited = full.changed(300, change);
        let parts: Vec<_> = edited.history.iter().map(|past| &past.part).collect();
        assert!(parts == [&part], "{} parts", parts.len());
    }
    for field in Field::ALL {
        let edited = full.changed(300, |i| i.set(*field, "after"));
        let [past] = edited.history.as_slice() else {
            panic!("{field:?}");
        };
        assert!(past.part == Part::Field(*field) && past.value == "before");
    }
}

#[test]
fn a_passkey_that_only_signed_leaves_no_history_and_any_other_change_leaves_it_whole() {
    let before = item().with_passkey(passkey());
    let signed = before.changed(300, |i| {
        i.passkeys.put(passkey().counted(8));
    });
    assert!(signed.history.is_empty());

    let changes: [fn(&mut Passkey); 6] = [
        |p| p.rp.push('x'),
        |p| p.user_handle.push(1),
        |p| p.user_name.push('x'),
        |p| p.display_name.push('x'),
        |p| p.private_key.push(1),
        |p| p.created_at += 1,
    ];
    for change in changes {
        let mut other = passkey();
        change(&mut other);
        let edited = before.changed(300, |i| {
            i.passkeys.put(other);
        });
        let [past] = edited.history.as_slice() else {
            panic!("not one past passkey");
        };
        assert!(past.passkey().is_some_and(|past| past == passkey()));
    }
}

#[test]
fn a_field_emptied_is_not_there() {
    let emptied = item().with(Field::Username, "");
    assert!(emptied.values.find(&Field::Username).is_none());
    assert!(item().tagged("  ").tags.is_empty());
}

#[test]
fn codes_and_keys_are_each_of_one_field_and_one_kind() {
    assert!(Field::ALL.is_sorted_by_key(|field| field.code()));
    for field in Field::ALL {
        assert_eq!(Field::from_code(field.code()), Some(*field));
        assert_eq!(Field::from_key(field.key()), Some(*field));
        assert!(Field::DECLARATION.contains(&alloc::format!("\"{}\"", field.key())));
    }
    for kind in Kind::ALL {
        assert_eq!(Kind::from_code(kind.code()), Some(*kind));
        assert_eq!(Kind::from_key(kind.key()), Some(*kind));
        assert!(kind.fields().contains(&Field::Notes), "{kind:?}");
    }
    for kind in (0..6).filter_map(FieldKind::from_code) {
        assert_eq!(FieldKind::from_code(kind.code()), Some(kind));
    }
}

#[test]
fn a_row_says_what_tells_items_apart_and_no_secret() {
    let card = |number: &str| Item::new(Kind::Card).with(Field::CardNumber, number);
    for (item, detail) in [
        (item(), "åsa@example.com"),
        (card("4242 4242 4242 4243"), "•••• 4243"),
        (card("1234567"), ""),
        (
            Item::new(Kind::Identity).with(Field::Email, "a@b.example"),
            "a@b.example",
        ),
        (Item::new(Kind::WiFi).with(Field::Network, "attic"), "attic"),
        (Item::new(Kind::Passkey).with_passkey(passkey()), "åsa"),
        (Item::new(Kind::Note).with(Field::Notes, "quiet"), ""),
    ] {
        assert_eq!(item.detail(), detail);
    }
    for kind in Kind::ALL {
        let mut full = Item::new(*kind);
        for field in Field::ALL.iter().filter(|field| field.is_secret()) {
            full.set(*field, "0123456789012345");
        }
        let detail = full.detail();
        assert!(!detail.contains("56789"), "{kind:?}: {detail}");
    }
}

#[test]
fn members_out_of_order_twice_or_empty_are_refused() {
    let both = item().tagged("a").tagged("b");
    let bytes = both.to_bytes();
    assert!(Item::from_bytes(&bytes).is_ok_and(|read| read == both));
    let tags = |one: &str, two: &str| {
        let encoder = Encoder::new("l").text(one).text(two).finish();
        encoder[5..].to_vec()
    };
    let put = |other: &[u8]| {
        let from = tags("a", "b");
        let at = bytes.windows(from.len()).position(|w| w == from).unwrap();
        let mut changed = bytes[..at].to_vec();
        changed.extend_from_slice(other);
        changed.extend_from_slice(&bytes[at + from.len()..]);
        Item::from_bytes(&changed).err()
    };
    assert_eq!(put(&tags("a", "b")), None);
    for refused in [tags("b", "a"), tags("a", "a"), tags("", "b")] {
        assert_eq!(put(&refused), Some(DecodeError::Malformed));
    }
}

/// A golden vector: these bytes are what other implementations must write.
#[test]
fn the_encoding_of_a_full_item_stays_as_it_is() {
    let mut full = item()
        .tagged("home")
        .in_folder("Family")
        .with_passkey(passkey())
        .with_file(file());
    full.favourite = true;
    let full = full.moved(Shelf::Trashed { since: 300 }, 300);
    let bytes = full.to_bytes();
    assert!(Item::from_bytes(&bytes).is_ok_and(|read| read == full));
    let golden = "05ed0ce5a5ed84d7caa55b147d95786659aa39aa6d2c271de2f234765ff517df";
    assert_eq!(Hash::of(&bytes).to_string(), golden);
}

/// The same of one whose URLs have rules.
#[test]
fn the_encoding_of_an_item_with_rules_stays_as_it_is() {
    let mut ruled = item();
    for rule in Rule::ALL {
        ruled
            .urls
            .push(Url::from("https://bank.example/in").by(rule));
    }
    let bytes = ruled.to_bytes();
    assert!(Item::from_bytes(&bytes).is_ok_and(|read| read == ruled));
    let golden = "7ec5885d2929dc4a1ad5ab13c6f6fc8c9219b7b7ccf4cabc4993423e36cfd29f";
    assert_eq!(Hash::of(&bytes).to_string(), golden);
}

#[test]
fn a_later_schema_is_for_an_item_that_needs_it() {
    let ruled = item().with_url_by("https://bank.example/in", Rule::Never);
    assert_eq!((item().schema(), ruled.schema()), (2, 3));
    let mut bytes = ruled.to_bytes();
    let rule = u64::to_be_bytes(Rule::Never.code());
    let at = bytes.windows(8).position(|eight| eight == rule).unwrap();
    for (code, refused) in [(3, false), (0, true), (5, true)] {
        bytes[at + 7] = code;
        let read = Item::from_bytes(&bytes);
        assert_eq!(
            read.err() == Some(DecodeError::Malformed),
            refused,
            "{code}"
        );
    }
}

#[test]
fn the_history_remembers_by_which_rule_an_address_was_held() {
    let ruled = item().with_url_by("https://pay.bank.example", Rule::Never);
    let plain = ruled.changed(300, |item| item.urls.truncate(1));
    let [past] = plain.history.as_slice() else {
        panic!("not one past value");
    };
    let urls = past.value.lines().map(Url::from_line).collect::<Vec<_>>();
    assert!(urls == ruled.urls);
    let odd = "https://bank.example/\tmaybe";
    assert!(Url::from_line(odd) == odd.into());
}

#[test]
fn a_bundle_is_read_back_to_the_letter_and_nothing_else_is() {
    let items = [item(), Item::new(Kind::Note).named("n")];
    let bytes = bundle::to_bytes(items.iter());
    assert!(bundle::from_bytes(&bytes).is_ok_and(|read| read == items));
    for end in 0..bytes.len() {
        assert!(bundle::from_bytes(&bytes[..end]).is_err(), "{end} bytes");
    }
    let mut longer = bytes.to_vec();
    longer.push(0);
    assert_eq!(
        bundle::from_bytes(&longer).err(),
        Some(DecodeError::Trailing)
    );
}
