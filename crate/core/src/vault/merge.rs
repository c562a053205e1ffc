//! Two versions of an entry become one: three-way, per field, from the common
//! parent. Commutative and idempotent; no value is lost.
//!
//! | parent → one | parent → other | result |
//! |---|---|---|
//! | same | same | that |
//! | changed | same | the change |
//! | changed | changed alike | the change |
//! | changed | changed otherwise | the later one (then the higher writer); the other goes to the history |
//! | changed | erased | the change: whoever erased it had not seen it |
//! | same | erased | erased |
//!
//! Every part of [`Part`]'s table merges for itself; URLs one by one, each with its
//! rule. Tags merge one by one, and so never conflict. The counter of a passkey or of one-time codes takes the
//! maximum, and counts for no change.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cmp::Ordering;

use zeroize::Zeroizing;

use super::item::{Field, Item, Part, Past};
use crate::id::DeviceId;
use crate::otp::same::reconciled;

mod members;
mod settle;
#[cfg(test)]
mod tests;

use settle::{Lost, Three, settle};

/// One version of an entry and who wrote it.
#[derive(Clone, Copy)]
pub struct Version<'a> {
    /// The entry.
    pub item: &'a Item,
    /// The writer of its record.
    pub writer: DeviceId,
}

/// One side of a merge.
#[derive(Clone, Copy)]
pub enum Side<'a> {
    /// The entry lives.
    Living(Version<'a>),
    /// The entry was erased.
    Erased,
}

/// What became of two versions.
pub struct Merged {
    /// The entry.
    pub item: Item,
    /// Parts of which one value had to go to the history.
    pub conflicts: Vec<Part>,
}

/// What became of two sides.
pub enum Outcome {
    /// The entry lives.
    Living(Box<Merged>),
    /// The entry is erased.
    Erased,
}

/// Merges two sides. Without a parent every field counts as empty before.
#[must_use]
pub fn merge(parent: Option<&Item>, one: Side<'_>, other: Side<'_>) -> Outcome {
    match (one, other) {
        (Side::Erased, Side::Erased) => Outcome::Erased,
        (Side::Living(version), Side::Erased) | (Side::Erased, Side::Living(version)) => {
            if parent == Some(version.item) {
                Outcome::Erased
            } else {
                Outcome::Living(Box::new(merge_versions(parent, version, version)))
            }
        }
        (Side::Living(one), Side::Living(other)) => {
            Outcome::Living(Box::new(merge_versions(parent, one, other)))
        }
    }
}

/// Merges two living versions.
#[must_use]
pub fn merge_versions(parent: Option<&Item>, one: Version<'_>, other: Version<'_>) -> Merged {
    let nothing = Item::default();
    let parent = parent.unwrap_or(&nothing);
    let (winner, loser) = if rank(one, other).is_ge() {
        (one.item, other.item)
    } else {
        (other.item, one.item)
    };
    let three = Three {
        parent,
        winner,
        loser,
    };
    let mut lost = Lost::default();
    let mut item = Item::default();
    merge_texts(&mut item, three, &mut lost);
    merge_whole(&mut item, three, &mut lost);
    item.urls = members::urls(three, &mut lost);
    item.tags = members::tags(three);
    item.fields = members::fields(three, &mut lost);
    item.passkeys = members::passkeys(three, &mut lost);
    item.files = members::files(three, &mut lost);
    item.created_at = winner.created_at.min(loser.created_at);
    item.modified_at = winner.modified_at;
    item.batch = *settle(&parent.batch, &winner.batch, &loser.batch).kept();
    let conflicts = lost.parts();
    let kept = [&winner.history, &loser.history];
    let kept = kept.into_iter().flatten().map(Past::copy);
    item.history = kept.chain(lost.into_pasts(winner.modified_at)).collect();
    item.tidy_history();
    Merged { item, conflicts }
}

/// Name, folder and what stands in the fields.
fn merge_texts(item: &mut Item, three: Three<'_>, lost: &mut Lost) {
    item.name = lost.text(Part::Name, three.of(|item| item.name.as_str()));
    item.folder = lost.text(Part::Folder, three.of(|item| item.folder.as_str()));
    for field in Field::ALL {
        let mut texts = three.of(|item| item.value(*field));
        if *field == Field::Totp {
            texts = reconciled(texts, |text| text);
        }
        let text = lost.text(Part::Field(*field), texts);
        item.set(*field, &text);
    }
}

/// What changes as a whole: kind, mark and shelf.
fn merge_whole(item: &mut Item, three: Three<'_>, lost: &mut Lost) {
    let [parent, winner, loser] = three.of(|item| &item.kind);
    let kind = settle(parent, winner, loser);
    if let Some(kind) = kind.lost() {
        lost.push(Part::Kind, kind.key());
    }
    item.kind = *kind.kept();

    let [parent, winner, loser] = three.of(|item| &item.shelf);
    let shelf = settle(parent, winner, loser);
    let other = shelf
        .lost()
        .filter(|other| other.key() != shelf.kept().key());
    if let Some(other) = other {
        lost.push(Part::Shelf, other.key());
    }
    item.shelf = *shelf.kept();

    let [parent, winner, loser] = three.of(|item| &item.favourite);
    item.favourite = *settle(parent, winner, loser).kept();
}

/// Which version wins a conflict: the later, then the higher writer; the
/// content decides between two of one writer and second, so that the order in
/// which they come never does.
fn rank(one: Version<'_>, other: Version<'_>) -> Ordering {
    let when = |version: Version<'_>| (version.item.modified_at, version.writer);
    let content = |version: Version<'_>| Zeroizing::new(version.item.to_bytes());
    let by_content = || content(one).as_slice().cmp(content(other).as_slice());
    when(one).cmp(&when(other)).then_with(by_content)
}
