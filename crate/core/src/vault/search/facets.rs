//! What there is to choose from beside the list, and how many of each.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::borrow::Borrow;

use crate::vault::index::sketch::Marks;
use crate::vault::index::{Entry, Index};
use crate::vault::item::{Kind, Shelf};
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
    pub fn of(index: &Index, now: Seconds) -> Self {
        let mut facets = Self::default();
        for entry in index.entries() {
            facets.due += u32::from(entry.shelf().is_due(now));
            match entry.shelf() {
                Shelf::Active => facets.take(entry),
                Shelf::Archived { .. } => facets.archived += 1,
                Shelf::Trashed { .. } => facets.trashed += 1,
            }
        }
        facets
    }

    fn take(&mut self, entry: Entry<'_>) {
        self.all += 1;
        self.favourites += u32::from(entry.marks().holds(Marks::FAVOURITE));
        count(&mut self.kinds, &entry.kind());
        if !entry.folder().is_empty() {
            count(&mut self.folders, entry.folder());
        }
        for tag in entry.tags() {
            count(&mut self.tags, tag);
        }
    }
}

/// One more of it, in order.
fn count<T, Q>(counted: &mut Vec<Counted<T>>, what: &Q)
where
    T: Borrow<Q>,
    Q: Ord + ToOwned<Owned = T> + ?Sized,
{
    match counted.binary_search_by(|known| known.what.borrow().cmp(what)) {
        Ok(at) => counted
            .iter_mut()
            .skip(at)
            .take(1)
            .for_each(|known| known.count += 1),
        Err(at) => counted.insert(
            at,
            Counted {
                what: what.to_owned(),
                count: 1,
            },
        ),
    }
}
