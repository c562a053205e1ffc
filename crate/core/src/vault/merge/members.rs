//! Parts of which an item has many: tags, fields of the person's own,
//! passkeys, files.

use alloc::string::String;
use alloc::vec::Vec;

use super::settle::{Lost, Settled, Three, settle, settle_by};
use crate::otp::same::reconciled;
use crate::vault::item::sorted::Keyed;
use crate::vault::item::{CustomField, FieldKind, FileRef, Item, Part, Passkey, Sorted};

/// A tag that either put on it is there, one that either took off is not.
pub(super) fn tags(three: Three<'_>) -> Sorted<String> {
    let [parent, winner, loser] = three.of(|item| &item.tags);
    let all = winner.iter().chain(loser);
    let kept = all.filter(|tag| {
        let in_both = winner.holds(tag) && loser.holds(tag);
        in_both || !parent.holds(tag)
    });
    kept.cloned().collect()
}

/// By label; those that share one go together. In the winner's order, then
/// what only the loser has.
pub(super) fn fields(three: Three<'_>, lost: &mut Lost) -> Vec<CustomField> {
    let [parent, winner, loser] = three.of(|item| &item.fields);
    if let Settled::Agreed(fields) = settle(parent, winner, loser) {
        return fields.iter().map(CustomField::copy).collect();
    }
    let mut labels = Vec::<&str>::new();
    for field in winner.iter().chain(loser) {
        if !labels.contains(&field.label.as_str()) {
            labels.push(&field.label);
        }
    }
    let mut fields = Vec::new();
    for label in labels {
        let all = [three.parent, three.winner, three.loser];
        let [before, here, there] = counted(all.map(|item| labelled(item, label)));
        let settled = settle(&before, &here, &there);
        fields.extend(settled.kept().iter().map(|field| field.copy()));
        if let Settled::Conflict { kept, lost: values } = settled {
            let is_lost = |field: &&&CustomField| kept.iter().all(|k| k.value != field.value);
            for field in values.iter().filter(is_lost) {
                lost.push(Part::custom(field), &field.value);
            }
        }
    }
    fields
}

fn labelled<'a>(item: &'a Item, label: &str) -> Vec<&'a CustomField> {
    let fields = item.fields.iter();
    fields.filter(|field| field.label == label).collect()
}

/// How far a key of one-time codes was counted is no change.
fn counted<'a>(all: [Vec<&'a CustomField>; 3]) -> [Vec<&'a CustomField>; 3] {
    let key = |fields: &Vec<&'a CustomField>| match fields.as_slice() {
        [] => Some(None),
        [field] => (field.kind == FieldKind::Totp).then_some(Some(*field)),
        [_, _, ..] => None,
    };
    let [Some(parent), Some(one), Some(other)] = all.each_ref().map(key) else {
        return all;
    };
    let text = |field: Option<&'a CustomField>| field.map_or("", |field| field.value.as_str());
    reconciled([parent, one, other], text).map(|field| field.into_iter().collect())
}

/// By credential. How often it signed is no change; the higher count stays.
pub(super) fn passkeys(three: Three<'_>, lost: &mut Lost) -> Sorted<Passkey> {
    let all = three.of(|item| &item.passkeys);
    let [_, winner, loser] = all;
    let mut passkeys = Sorted::default();
    for passkey in kept(all, Passkey::is_same, |gone| {
        lost.push(Part::Passkey, &gone.to_text());
    }) {
        let count = |of: &Sorted<Passkey>| of.find(passkey.key()).map_or(0, |known| known.counter);
        passkeys.put(passkey.counted(count(winner).max(count(loser))));
    }
    passkeys
}

/// By id.
pub(super) fn files(three: Three<'_>, lost: &mut Lost) -> Sorted<FileRef> {
    let all = three.of(|item| &item.files);
    let kept = kept(all, PartialEq::eq, |gone| {
        lost.push(Part::File, &gone.to_text());
    });
    kept.into_iter().map(FileRef::copy).collect()
}

/// The members that stay; `gone` hears of each that lost a conflict.
fn kept<'a, T: Keyed>(
    [parent, winner, loser]: [&'a Sorted<T>; 3],
    is_same: fn(&T, &T) -> bool,
    mut gone: impl FnMut(&T),
) -> Vec<&'a T> {
    let same = |one: &Option<&'a T>, other: &Option<&'a T>| match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => is_same(one, other),
        (None, Some(_)) | (Some(_), None) => false,
    };
    let mut members = Vec::new();
    let only_loser = loser.iter().filter(|member| !winner.holds(member.key()));
    for member in winner.iter().chain(only_loser) {
        let key = member.key();
        let [before, here, there] = [parent, winner, loser].map(|side| side.find(key));
        let settled = settle_by(&before, [&here, &there], same);
        members.extend(*settled.kept());
        if let Some(Some(lost)) = settled.lost() {
            gone(lost);
        }
    }
    members
}
