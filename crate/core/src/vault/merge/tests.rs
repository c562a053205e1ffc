use super::*;
use crate::site::Rule;
use crate::vault::fixture::{LAPTOP, PHONE, file, item, passkey};
use crate::vault::item::{CustomField, FieldKind, Kind, Shelf, Url};
use alloc::vec;

fn at(modified_at: u64, change: impl FnOnce(&mut Item)) -> Item {
    let mut changed = item();
    changed.modified_at = modified_at;
    change(&mut changed);
    changed
}

fn merged(one: &Item, other: &Item) -> Merged {
    let one = Version {
        item: one,
        writer: LAPTOP,
    };
    let other = Version {
        item: other,
        writer: PHONE,
    };
    let forwards = merge_versions(Some(&item()), one, other);
    let backwards = merge_versions(Some(&item()), other, one);
    assert!(forwards.item == backwards.item, "the order decided");
    forwards
}

fn pasts(item: &Item) -> Vec<(&str, u64)> {
    item.history
        .iter()
        .map(|past| (past.value.as_str(), past.until))
        .collect()
}

#[test]
fn changes_of_different_fields_both_stay() {
    let one = at(300, |i| i.set(Field::Password, "new"));
    let other = at(400, |i| i.set(Field::Notes, "other"));
    let Merged { item, conflicts } = merged(&one, &other);
    assert_eq!(
        (item.value(Field::Password), item.value(Field::Notes)),
        ("new", "other")
    );
    assert!(conflicts.is_empty() && item.history.is_empty());
    assert_eq!(item.modified_at, 400);
}

#[test]
fn of_two_changes_of_one_field_the_later_stays_and_the_other_goes_to_the_history() {
    let one = at(300, |i| i.set(Field::Password, "early"));
    let other = at(400, |i| i.set(Field::Password, "late"));
    let Merged { item, conflicts } = merged(&one, &other);
    assert_eq!(item.value(Field::Password), "late");
    assert_eq!(pasts(&item), [("early", 400)]);
    assert!(conflicts == [Part::Field(Field::Password)]);
}

#[test]
fn in_the_same_second_the_higher_writer_stays() {
    let one = at(300, |i| i.set(Field::Password, "laptop"));
    let other = at(300, |i| i.set(Field::Password, "phone"));
    assert!(merged(&one, &other).item.value(Field::Password) == "phone");
}

#[test]
fn two_versions_of_one_writer_and_second_merge_alike_in_both_orders() {
    let one = at(300, |i| i.set(Field::Password, "a"));
    let other = at(300, |i| i.set(Field::Password, "b"));
    let by_laptop = |item| Version {
        item,
        writer: LAPTOP,
    };
    let forwards = merge_versions(None, by_laptop(&one), by_laptop(&other));
    let backwards = merge_versions(None, by_laptop(&other), by_laptop(&one));
    assert!(forwards.item == backwards.item);
}

#[test]
fn custom_fields_merge_each_for_itself() {
    let field = |label: &str, value: &str| CustomField {
        label: label.into(),
        value: value.into(),
        kind: FieldKind::Text,
    };
    let one = at(300, |i| i.fields.push(field("Branch", "north")));
    let other = at(400, |i| i.fields = vec![field("Desk", "7")]);
    let Merged { item, conflicts } = merged(&one, &other);
    let labels: Vec<_> = item.fields.iter().map(|f| f.label.as_str()).collect();
    assert_eq!(labels, ["Desk", "Branch"]);
    assert!(conflicts.is_empty());
}

#[test]
fn a_custom_field_taken_away_here_and_changed_there_keeps_its_value_somewhere() {
    let changed = at(300, |i| i.fields[0].value = "9999".into());
    let removed = at(400, |i| i.fields.clear());
    let Merged { item, .. } = merged(&changed, &removed);
    assert!(item.fields.is_empty());
    assert_eq!(pasts(&item), [("9999", 400)]);

    let changed = at(500, |i| i.fields[0].value = "9999".into());
    let Merged { item, .. } = merged(&changed, &removed);
    assert_eq!(item.fields[0].value, "9999");
}

#[test]
fn an_edit_here_and_the_trash_there_are_both_kept() {
    let edited = at(400, |i| i.set(Field::Password, "new"));
    let trashed = at(300, |i| i.shelf = Shelf::Trashed { since: 300 });
    let Merged { item, .. } = merged(&edited, &trashed);
    assert_eq!(
        (item.value(Field::Password), item.shelf),
        ("new", Shelf::Trashed { since: 300 })
    );
}

#[test]
fn a_merge_again_with_a_side_that_was_merged_changes_nothing() {
    let one = at(300, |i| i.set(Field::Password, "early"));
    let other = at(400, |i| i.set(Field::Password, "late"));
    let once = merged(&one, &other).item;
    for side in [&one, &other] {
        let again = merged(&once, side).item;
        assert!(again == once);
    }
}

#[test]
fn erasing_wins_only_over_what_it_had_seen() {
    let version = |item| {
        Side::Living(Version {
            item,
            writer: LAPTOP,
        })
    };
    let (parent, edited) = (item(), at(300, |i| i.set(Field::Notes, "new")));
    let unchanged = merge(Some(&parent), version(&parent), Side::Erased);
    assert!(matches!(unchanged, Outcome::Erased));
    for outcome in [
        merge(Some(&parent), version(&edited), Side::Erased),
        merge(Some(&parent), Side::Erased, version(&edited)),
    ] {
        let Outcome::Living(merged) = outcome else {
            panic!("an edit was lost");
        };
        assert!(merged.item == edited);
    }
    let both = merge(Some(&parent), Side::Erased, Side::Erased);
    assert!(matches!(both, Outcome::Erased));
}

#[test]
fn without_a_common_parent_nothing_is_lost() {
    let one = at(300, |i| i.set(Field::Password, "one"));
    let other = at(400, |i| {
        i.set(Field::Password, "other");
        i.set(Field::Notes, "");
    });
    let version = |item, writer| Version { item, writer };
    let item = merge_versions(None, version(&one, LAPTOP), version(&other, PHONE)).item;
    assert_eq!(
        (item.value(Field::Password), item.value(Field::Notes)),
        ("other", "Call first")
    );
    assert_eq!(pasts(&item), [("one", 400)]);
}

#[test]
fn fields_that_share_a_label_go_together() {
    let field = |value: &str| CustomField {
        label: "PIN".into(),
        value: value.into(),
        kind: FieldKind::Text,
    };
    let one = at(300, |i| i.fields.push(field("second")));
    let other = at(400, |i| i.fields = vec![field("other")]);
    let Merged { item, conflicts } = merged(&one, &other);
    let values: Vec<_> = item.fields.iter().map(|f| f.value.as_str()).collect();
    assert_eq!(values, ["other"]);
    assert_eq!(pasts(&item), [("second", 400), ("4821", 400)]);
    assert_eq!(conflicts.len(), 2);
}

#[test]
fn a_rule_here_and_another_address_there_are_both_kept() {
    let one = at(300, |i| i.urls[0].rule = Rule::Never);
    let other = at(400, |i| i.urls.push("https://b.example".into()));
    let Merged { item, conflicts } = merged(&one, &other);
    let never = Url::from("https://bank.example/").by(Rule::Never);
    assert!(item.urls == [never, "https://b.example".into()]);
    assert!(conflicts.is_empty() && item.history.is_empty());
}

#[test]
fn of_two_rules_for_one_address_the_later_stays_and_the_other_goes_to_the_history() {
    let one = at(300, |i| i.urls[0].rule = Rule::Never);
    let other = at(400, |i| i.urls[0].rule = Rule::Host);
    let Merged { item, conflicts } = merged(&one, &other);
    assert_eq!(item.urls[0].rule, Rule::Host);
    assert_eq!(pasts(&item), [("https://bank.example/\tnever", 400)]);
    assert!(conflicts == [Part::Urls]);
}

#[test]
fn tags_merge_one_by_one() {
    let parent = item().tagged("kept").tagged("dropped");
    let change = |at, change: fn(&mut Item)| {
        let mut changed = parent.copy();
        changed.modified_at = at;
        change(&mut changed);
        changed
    };
    let one = change(300, |i| i.tag("one"));
    let other = change(400, |i| {
        i.tag("other");
        i.tags.take("dropped");
    });
    let version = |item, writer| Version { item, writer };
    let merged = merge_versions(Some(&parent), version(&one, LAPTOP), version(&other, PHONE));
    let tags: Vec<_> = merged.item.tags.iter().map(|tag| tag.as_str()).collect();
    assert_eq!(tags, ["kept", "one", "other"]);
    assert!(merged.conflicts.is_empty());
}

#[test]
fn two_kinds_two_folders_and_two_shelves_keep_the_later_and_remember_the_other() {
    let one = at(300, |i| {
        i.kind = Kind::WiFi;
        i.folder = "Home".into();
        i.shelf = Shelf::Archived { since: 300 };
    });
    let other = at(400, |i| {
        i.kind = Kind::Note;
        i.folder = "Work".into();
        i.shelf = Shelf::Trashed { since: 400 };
    });
    let item = merged(&one, &other).item;
    assert_eq!((item.kind, item.folder.as_str()), (Kind::Note, "Work"));
    assert_eq!(item.shelf, Shelf::Trashed { since: 400 });
    let values: Vec<_> = pasts(&item).into_iter().map(|(value, _)| value).collect();
    assert_eq!(values, ["wifi", "Home", "archived"]);
}

#[test]
fn the_higher_count_of_a_passkey_stays_and_is_no_conflict() {
    let counted = |at_time, counter| {
        at(at_time, |i| {
            i.passkeys.put(passkey().counted(counter));
        })
    };
    let Merged { item, conflicts } = merged(&counted(300, 9), &counted(400, 8));
    assert_eq!(item.passkeys.iter().map(|p| p.counter).max(), Some(9));
    assert!(conflicts.is_empty() && item.history.is_empty());
}

#[test]
fn a_passkey_and_a_file_that_lose_a_conflict_are_whole_in_the_history() {
    let renamed = |at_time, name: &str| {
        let mut key = passkey();
        key.user_name = name.into();
        let mut page = file();
        page.name = name.into();
        at(at_time, |i| {
            i.passkeys.put(key);
            i.files.put(page);
        })
    };
    let item = merged(&renamed(300, "early"), &renamed(400, "late")).item;
    let names = item.passkeys.iter().map(|p| p.user_name.as_str());
    assert_eq!(names.collect::<Vec<_>>(), ["late"]);
    let passkey = item.history.iter().find_map(Past::passkey).unwrap();
    assert_eq!(
        (passkey.user_name.as_str(), passkey.private_key.len()),
        ("early", 32)
    );
    let file = item.history.iter().find_map(Past::file).unwrap();
    assert_eq!(file.name, "early");
}

/// An item whose two keys of one-time codes were counted as far as `counts` say.
fn counting(modified_at: u64, counts: [u64; 2], change: impl FnOnce(&mut Item)) -> Item {
    let key = |at: u64| alloc::format!("otpauth://hotp/?secret=JBSWY3DP&counter={at}");
    at(modified_at, |item| {
        item.set(Field::Totp, &key(counts[0]));
        let field = CustomField::new(FieldKind::Totp, "Code", &key(counts[1]));
        item.fields.push(field);
        change(item);
    })
}

fn counted(parent: Option<&Item>, [one, other]: [&Item; 2]) -> Item {
    let version = |item, writer| Version { item, writer };
    let (one, other) = (version(one, LAPTOP), version(other, PHONE));
    let forwards = merge_versions(parent, one, other).item;
    assert!(
        forwards == merge_versions(parent, other, one).item,
        "the order decided"
    );
    forwards
}

#[test]
fn the_counter_of_one_time_codes_takes_the_maximum_and_counts_for_no_change() {
    let parent = counting(200, [5, 5], |_| {});
    let one = counting(300, [7, 6], |_| {});
    let other = counting(400, [6, 9], |i| i.set(Field::Notes, "other"));
    let expected = counting(400, [7, 9], |i| i.set(Field::Notes, "other"));
    assert!(counted(Some(&parent), [&one, &other]) == expected);
    let unrelated = counted(None, [&one, &other]);
    assert!(unrelated.values == expected.values && unrelated.fields == expected.fields);
    assert_eq!(pasts(&unrelated), [("Call first", 400)]);

    let set = |item: &mut Item| {
        item.set(Field::Totp, "JBSWY3DPEHPK3PXP");
        item.fields[1].value = "JBSWY3DPEHPK3PXP".into();
    };
    let rekeyed = counting(300, [5, 5], set);
    assert!(
        counted(Some(&parent), [&rekeyed, &other])
            == counting(400, [6, 9], |item| {
                set(item);
                item.set(Field::Notes, "other");
            })
    );
}
