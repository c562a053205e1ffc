//! Finding entries as one types: one folded buffer an entry, no secrets in it,
//! and what filters ask for.

use alloc::string::String;
use alloc::vec::Vec;

use memchr::memmem::Finder;

use super::item::{Item, Kind, Shelf};
use crate::id::ItemId;
use crate::order::sorted;

mod facets;
mod fold;
mod query;
#[cfg(test)]
mod tests;
mod text;

pub use facets::{Counted, Facets};
pub use fold::fold;
pub use query::{Query, Scope};

use query::Has;

/// All entries, by name.
#[derive(Default)]
pub struct Haystack(Vec<Entry>);

struct Entry {
    id: ItemId,
    /// Everything that is no secret, folded, a line each; the name first.
    text: String,
    /// Where the name ends in it.
    name_end: usize,
    traits: Traits,
}

/// What filters ask for.
struct Traits {
    kind: Kind,
    shelf: Shelf,
    favourite: bool,
    has: Vec<Has>,
    /// Folded.
    folder: String,
    /// Folded.
    tags: Vec<String>,
    /// Folded, a line each.
    urls: String,
}

impl Haystack {
    /// Takes an entry in, in place of an earlier one of that id.
    pub fn put(&mut self, id: ItemId, item: &Item) {
        self.remove(id);
        let entry = Entry::new(id, item);
        let place = self
            .0
            .partition_point(|known| known.order() < entry.order());
        self.0.insert(place, entry);
    }

    /// Takes an entry out.
    pub fn remove(&mut self, id: ItemId) {
        self.0.retain(|entry| entry.id != id);
    }

    /// The entries that a query lets through and in which every word of it
    /// occurs, best first: those whose name begins with the words, then those
    /// in whose name a word begins with them, then those whose name contains
    /// them, then the rest; by name among equals. Without words it finds all.
    #[must_use]
    pub fn find(&self, query: &Query) -> Vec<ItemId> {
        let words: Vec<Finder<'_>> = query.words().map(Finder::new).collect();
        let mut ranks: [Vec<ItemId>; 4] = Default::default();
        for entry in self.0.iter().filter(|entry| query.lets(&entry.traits)) {
            let bucket = entry.rank(&words).and_then(|rank| ranks.get_mut(rank));
            bucket.into_iter().for_each(|bucket| bucket.push(entry.id));
        }
        ranks.concat()
    }
}

impl<'a> FromIterator<(ItemId, &'a Item)> for Haystack {
    fn from_iter<I: IntoIterator<Item = (ItemId, &'a Item)>>(entries: I) -> Self {
        let entries = entries.into_iter();
        let entries = entries.map(|(id, item)| Entry::new(id, item));
        Self(sorted(entries, |a, b| a.order().cmp(&b.order())))
    }
}

impl Entry {
    fn new(id: ItemId, item: &Item) -> Self {
        let mut text = fold(&item.name);
        let name_end = text.len();
        for part in text::searchable(item) {
            text.push('\n');
            fold::fold_into(part, &mut text);
        }
        let traits = Traits::of(item);
        Self {
            id,
            text,
            name_end,
            traits,
        }
    }

    fn name(&self) -> &str {
        self.text.get(..self.name_end).unwrap_or_default()
    }

    fn order(&self) -> (&str, ItemId) {
        (self.name(), self.id)
    }

    /// The worst of its words', `None` where one does not occur.
    fn rank(&self, words: &[Finder<'_>]) -> Option<usize> {
        words.iter().try_fold(0, |worst, word| {
            let place = word.find(self.text.as_bytes())?;
            Some(worst.max(self.rank_at(place, word)))
        })
    }

    /// The rank of a word whose first place in the text is `first`.
    fn rank_at(&self, first: usize, word: &Finder<'_>) -> usize {
        let name = self.name();
        let begins_a_word = |place: usize| {
            let before = name.get(..place).and_then(|text| text.chars().next_back());
            before.is_some_and(|c| !c.is_alphanumeric())
        };
        if first == 0 {
            0
        } else if first + word.needle().len() > name.len() {
            3
        } else if word.find_iter(name.as_bytes()).any(begins_a_word) {
            1
        } else {
            2
        }
    }
}

impl Traits {
    fn of(item: &Item) -> Self {
        Self {
            kind: item.kind,
            shelf: item.shelf,
            favourite: item.favourite,
            has: Has::of(item),
            folder: fold(&item.folder),
            tags: item.tags.iter().map(|tag| fold(tag)).collect(),
            urls: fold(&item.urls.join("\n")),
        }
    }
}
