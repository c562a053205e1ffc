//! What lists, search and matching need of all items, sealed as one blob: an
//! open vault shows its list after one decryption, and opens an item when it
//! is asked for.
//!
//! The index proposes, the item decides: what is filled, copied or written is
//! read from the opened item. An index holds no secret, and lives on its device
//! only. What it says of an item counts while the item's record is the one that
//! it was made of: so one that is behind is brought up to date by opening what
//! changed, and one that does not open is built anew (docs/adr/0040).
//!
//! | module | one idea |
//! |---|---|
//! | [`sketch`] | what it says of one item |
//! | [`entry`] | the same, where it lies |
//! | `encoding` | its plaintext |
//! | [`sealed`] | its ciphertext |

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

use zeroize::Zeroizing;

use crate::id::{Hash, ItemId};
use crate::order::sorted;
use crate::vault::search::{Kept, Latest};

mod encoding;
pub mod entry;
pub mod sealed;
pub mod sketch;
#[cfg(test)]
mod tests;

pub use entry::Entry;
pub use sealed::SealedIndex;
pub use sketch::Sketch;

use sketch::Fixed;

/// Sketches of all items, by name. Wiped on drop.
#[derive(Default)]
pub struct Index {
    fixed: Vec<Fixed>,
    /// What a search looks at of every item, apart from the rest: little memory.
    lines: Vec<Line>,
    /// What is searched, of one item after the other: one buffer, so that a
    /// search runs through it as fast as memory is read.
    folded: Zeroizing<String>,
    /// What is shown, of one item after the other.
    shown: Zeroizing<String>,
    /// What the last search found: as one types on, the next one looks there only.
    pub(super) latest: RefCell<Option<Latest>>,
}

/// Where an item's texts lie, and where it is kept.
#[derive(Clone, Copy, Default)]
pub(super) struct Line {
    /// Where its folded text ends in that of all.
    pub(super) folded: usize,
    /// Where its shown text does.
    pub(super) shown: usize,
    /// How long its folded name is.
    pub(super) name: usize,
    pub(super) kept: Kept,
}

impl Index {
    /// The index after a change: `ids` (ascending) are forgotten, `new` are put
    /// in their places.
    #[must_use]
    pub fn changed(self, ids: &[ItemId], new: Vec<Sketch>) -> Self {
        let new = sorted(new, |one, other| {
            one.entry().order().cmp(&other.entry().order())
        });
        let mut new = new.iter().map(Sketch::entry).peekable();
        let mut next = Self::default();
        next.folded.reserve(self.folded.len());
        next.shown.reserve(self.shown.len());
        for entry in self.entries() {
            if ids.binary_search(&entry.id()).is_ok() {
                continue;
            }
            while let Some(earlier) = new.next_if(|new| new.order() < entry.order()) {
                next.push(earlier);
            }
            next.push(entry);
        }
        new.for_each(|entry| next.push(entry));
        next
    }

    fn push(&mut self, entry: Entry<'_>) {
        self.folded.push_str(entry.folded);
        self.shown.push_str(entry.shown);
        self.put(*entry.fixed, (self.folded.len(), self.shown.len()));
    }

    /// The next item, whose texts end there.
    fn put(&mut self, fixed: Fixed, (folded, shown): (usize, usize)) {
        self.lines.push(Line {
            folded,
            shown,
            name: fixed.folded[0],
            kept: Kept::of(fixed.shelf),
        });
        self.fixed.push(fixed);
    }

    /// How many items it knows.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.fixed.len()
    }

    /// Whether it knows none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.fixed.is_empty()
    }

    /// The item at a position that [`Index::find`] named.
    #[must_use]
    pub fn at(&self, position: usize) -> Option<Entry<'_>> {
        let (from, to) = (self.before(position), self.lines.get(position)?);
        Some(Entry {
            fixed: self.fixed.get(position)?,
            folded: self.folded.get(from.folded..to.folded)?,
            shown: self.shown.get(from.shown..to.shown)?,
        })
    }

    /// The line before an item's: its texts begin where those end.
    fn before(&self, position: usize) -> Line {
        let before = position.checked_sub(1).and_then(|at| self.lines.get(at));
        before.copied().unwrap_or_default()
    }

    /// The text of all, folded.
    pub(super) fn folded_text(&self) -> &str {
        &self.folded
    }

    /// What a search looks at of an item, and where its folded text begins.
    pub(super) fn line(&self, position: usize) -> Option<(Line, usize)> {
        let line = *self.lines.get(position)?;
        Some((line, self.before(position).folded))
    }

    /// Which item's folded text holds a place in that of all; it is not before
    /// `position`.
    pub(super) fn holder(&self, position: usize, place: usize) -> usize {
        let later = self.lines.iter().skip(position);
        position + later.take_while(|line| line.folded <= place).count()
    }

    /// All items, by name.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.len()).filter_map(|position| self.at(position))
    }

    /// All items by id, and of which record each sketch was made.
    #[must_use]
    pub fn records(&self) -> Vec<(ItemId, Hash)> {
        let records = self.fixed.iter().map(|fixed| (fixed.id, fixed.record));
        sorted(records, |one, other| one.0.cmp(&other.0))
    }

    /// Names of those of `ids` that it knows, the first `most` of them.
    #[must_use]
    pub fn names_of(&self, ids: impl Iterator<Item = ItemId>, most: usize) -> Vec<String> {
        let ids = sorted(ids, ItemId::cmp);
        let is_among = |entry: &Entry<'_>| ids.binary_search(&entry.id()).is_ok();
        let names = self.entries().filter(is_among).take(most);
        names.map(|entry| entry.name().into()).collect()
    }
}
