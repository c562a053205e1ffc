//! Parts of which an item has many: URLs, tags, fields of the person's own,
//! passkeys, files.

use alloc::string::String;
use alloc::vec::Vec;

use super::settle::{Lost, Settled, Three, settle, settle_by};
use crate::otp::same::reconciled;
use crate::vault::item::sorted::Keyed;
use crate::vault::item::{CustomField, FieldKind, FileRef, Part, Passkey, Sorted, Url};

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

/// By address, each with its rule.
pub(super) fn urls(three: Three<'_>, lost: &mut Lost) -> Vec<Url> {
    let sides = three.of(|item| &item.urls).map(Vec::as_slice);
    let kept = together(
        sides,
        |url| &url.text,
        |sides| sides,
        |gone, kept| {
            if !kept.contains(&gone) {
                lost.push(Part::Urls, &gone.to_line());
            }
        },
    );
    kept.into_iter().cloned().collect()
}

/// By label.
pub(super) fn fields(three: Three<'_>, lost: &mut Lost) -> Vec<CustomField> {
    let sides = three.of(|item| &item.fields).map(Vec::as_slice);
    let kept = together(
        sides,
        |field| &field.label,
        counted,
        |gone, kept| {
            if kept.iter().all(|field| field.value != gone.value) {
                lost.push(Part::custom(gone), &gone.value);
            }
        },
    );
    kept.into_iter().map(CustomField::copy).collect()
}

/// Those that share a name go together. In the winner's order, then what only the
/// loser has; `gone` hears of each that lost a conflict, and what stays instead.
fn together<'a, T: PartialEq>(
    sides: [&'a [T]; 3],
    name: fn(&T) -> &str,
    weighed: fn([Vec<&'a T>; 3]) -> [Vec<&'a T>; 3],
    mut gone: impl FnMut(&T, &[&T]),
) -> Vec<&'a T> {
    let [parent, winner, loser] = sides;
    if let Settled::Agreed(members) = settle(parent, winner, loser) {
        return members.iter().collect();
    }
    let mut names = Vec::<&str>::new();
    for member in winner.iter().chain(loser) {
        if !names.contains(&name(member)) {
            names.push(name(member));
        }
    }
    let mut members = Vec::new();
    for shared in names {
        let named = |side: &'a [T]| side.iter().filter(|one| name(one) == shared).collect();
        let [before, here, there] = weighed(sides.map(named));
        let settled = settle(&before, &here, &there);
        members.extend(settled.kept());
        if let Settled::Conflict { kept, lost } = settled {
            lost.iter().for_each(|one| gone(one, kept));
        }
    }
    members
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
