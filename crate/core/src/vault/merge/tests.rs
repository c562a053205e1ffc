use super::*;
use crate::vault::fixture::{LAPTOP, PHONE, item};
use crate::vault::item::FieldKind;
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
    let one = at(300, |i| i.password = "new".into());
    let other = at(400, |i| i.notes = "other".into());
    let Merged { item, conflicts } = merged(&one, &other);
    assert_eq!(
        (item.password.as_str(), item.notes.as_str()),
        ("new", "other")
    );
    assert!(conflicts.is_empty() && item.history.is_empty());
    assert_eq!(item.modified_at, 400);
}

#[test]
fn of_two_changes_of_one_field_the_later_stays_and_the_other_goes_to_the_history() {
    let one = at(300, |i| i.password = "early".into());
    let other = at(400, |i| i.password = "late".into());
    let Merged { item, conflicts } = merged(&one, &other);
    assert_eq!(item.password, "late");
    assert_eq!(pasts(&item), [("early", 400)]);
    assert!(conflicts == [Field::Password]);
}

#[test]
fn in_the_same_second_the_higher_writer_stays() {
    let one = at(300, |i| i.password = "laptop".into());
    let other = at(300, |i| i.password = "phone".into());
    assert!(merged(&one, &other).item.password == "phone");
}

#[test]
fn two_versions_of_one_writer_and_second_merge_alike_in_both_orders() {
    let one = at(300, |i| i.password = "a".into());
    let other = at(300, |i| i.password = "b".into());
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
    let edited = at(400, |i| i.password = "new".into());
    let trashed = at(300, |i| i.trashed_at = Some(300));
    let Merged { item, .. } = merged(&edited, &trashed);
    assert_eq!(
        (item.password.as_str(), item.trashed_at),
        ("new", Some(300))
    );
}

#[test]
fn a_merge_again_with_a_side_that_was_merged_changes_nothing() {
    let one = at(300, |i| i.password = "early".into());
    let other = at(400, |i| i.password = "late".into());
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
    let (parent, edited) = (item(), at(300, |i| i.notes = "new".into()));
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
    let one = at(300, |i| i.password = "one".into());
    let other = at(400, |i| {
        i.password = "other".into();
        i.notes.clear();
    });
    let version = |item, writer| Version { item, writer };
    let item = merge_versions(None, version(&one, LAPTOP), version(&other, PHONE)).item;
    assert_eq!(
        (item.password.as_str(), item.notes.as_str()),
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
    assert_eq!(pasts(&item), [("4821", 400), ("second", 400)]);
    assert_eq!(conflicts.len(), 2);
}
