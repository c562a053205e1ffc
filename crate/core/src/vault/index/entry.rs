//! What the index says of one item, where it lies in it.

use super::sketch::{Fixed, Marks};
use crate::id::{Hash, ItemId};
use crate::vault::item::{Kind, Shelf};

/// What the index says of one item.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    pub(super) fixed: &'a Fixed,
    pub(super) folded: &'a str,
    pub(super) shown: &'a str,
}

impl<'a> Entry<'a> {
    /// The item.
    #[must_use]
    pub const fn id(self) -> ItemId {
        self.fixed.id
    }

    /// Hash of the record that it was made of.
    #[must_use]
    pub const fn record(self) -> Hash {
        self.fixed.record
    }

    /// What the item is.
    #[must_use]
    pub const fn kind(self) -> Kind {
        self.fixed.kind
    }

    /// Where it is kept.
    #[must_use]
    pub const fn shelf(self) -> Shelf {
        self.fixed.shelf
    }

    /// What it is or has.
    #[must_use]
    pub const fn marks(self) -> Marks {
        self.fixed.marks
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.shown_part(0)
    }

    /// The second line of its row.
    #[must_use]
    pub fn detail(self) -> &'a str {
        self.shown_part(1)
    }

    /// Host of its first URL.
    #[must_use]
    pub fn host(self) -> &'a str {
        self.shown_part(2)
    }

    /// The folder that it lies in; empty for none.
    #[must_use]
    pub fn folder(self) -> &'a str {
        self.shown_part(3)
    }

    /// Its tags.
    pub fn tags(self) -> impl Iterator<Item = &'a str> {
        let from = self.fixed.shown.iter().sum();
        let tags = self.shown.get(from..).unwrap_or_default().split('\n');
        tags.filter(|tag| !tag.is_empty())
    }

    fn shown_part(self, part: usize) -> &'a str {
        let from: usize = self.fixed.shown.iter().take(part).sum();
        let length = self.fixed.shown.get(part).copied().unwrap_or_default();
        self.shown.get(from..from + length).unwrap_or_default()
    }

    /// Its name, folded.
    pub(in crate::vault) fn folded_name(self) -> &'a str {
        let [name, _] = self.fixed.folded;
        self.folded.get(..name).unwrap_or_default()
    }

    /// Its URLs, folded, a line each.
    pub(crate) fn folded_urls(self) -> &'a str {
        let [name, urls] = self.fixed.folded;
        let rest = self.folded.get(name + 1..).unwrap_or_default();
        rest.get(..urls).unwrap_or_default()
    }

    /// Its place among others.
    pub(super) fn order(self) -> (&'a str, ItemId) {
        (self.folded_name(), self.id())
    }
}
