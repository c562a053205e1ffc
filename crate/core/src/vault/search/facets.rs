//! What there is to choose from beside the list, and how many of each.

use alloc::string::String;
use alloc::vec::Vec;

use crate::vault::item::{Item, Kind, Shelf};
use crate::wire::Seconds;

/// How many items there are of whatever a person can look at.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// In sight.
    pub all: u32,
    /// Of those, marked.
    pub favourites: u32,
    /// Of those, by kind; kinds of which there is none are left out.
    pub kinds: Vec<Counted<Kind>>,
    /// Of those, by folder.
    pub folders: Vec<Counted<String>>,
    /// Of those, by tag.
    pub tags: Vec<Counted<String>>,
    /// In the archive.
    pub archived: u32,
    /// In the trash.
    pub trashed: u32,
    /// Of those, long enough there to go.
    pub due: u32,
}

/// Something, and how many items of it there are.
#[derive(Debug, PartialEq, Eq)]
pub struct Counted<T> {
    /// What.
    pub what: T,
    /// How many.
    pub count: u32,
}

impl Facets {
    /// Counts, at `now`.
    #[must_use]
    pub fn of<'a>(items: impl Iterator<Item = &'a Item>, now: Seconds) -> Self {
        let mut facets = Self::default();
        for item in items {
            facets.due += u32::from(item.shelf.is_due(now));
            match item.shelf {
                Shelf::Active => facets.take(item),
                Shelf::Archived { .. } => facets.archived += 1,
                Shelf::Trashed { .. } => facets.trashed += 1,
            }
        }
        facets
    }

    fn take(&mut self, item: &Item) {
        self.all += 1;
        self.favourites += u32::from(item.favourite);
        count(&mut self.kinds, &item.kind);
        if !item.folder.is_empty() {
            count(&mut self.folders, &item.folder);
        }
        for tag in &item.tags {
            count(&mut self.tags, tag);
        }
    }
}

/// One more of it, in order.
fn count<T: Ord + Clone>(counted: &mut Vec<Counted<T>>, what: &T) {
    match counted.binary_search_by(|known| known.what.cmp(what)) {
        Ok(at) => counted
            .iter_mut()
            .skip(at)
            .take(1)
            .for_each(|known| known.count += 1),
        Err(at) => counted.insert(
            at,
            Counted {
                what: what.clone(),
                count: 1,
            },
        ),
    }
}
