//! Finding items as one types, in the index.

use alloc::vec::Vec;

use memchr::memmem::Finder;

use super::index::{Entry, Index};

mod facets;
mod fold;
mod query;
#[cfg(test)]
mod tests;

pub use facets::{Counted, Facets};
pub use fold::fold;
pub(super) use fold::fold_into;
pub use query::{Query, Scope};

impl Index {
    /// Positions of the items that a query lets through and in which every word
    /// of it occurs, best first: those whose name begins with the words, then
    /// those in whose name a word begins with them, then those whose name
    /// contains them, then the rest; by name among equals. Without words it
    /// finds all.
    #[must_use]
    pub fn find(&self, query: &Query) -> Vec<usize> {
        let words: Vec<Finder<'_>> = query.words().map(Finder::new).collect();
        let mut ranks: [Vec<usize>; 4] = Default::default();
        let mut look = |position: usize, entry: Entry<'_>| {
            let rank = query.lets(entry).then(|| rank(entry, &words)).flatten();
            let bucket = rank.and_then(|rank| ranks.get_mut(rank));
            bucket.into_iter().for_each(|bucket| bucket.push(position));
        };
        match query.longest() {
            Some(needle) => self.holding(&Finder::new(needle), &mut look),
            None => (0..self.len())
                .filter_map(|position| Some((position, self.at(position)?)))
                .for_each(|(position, entry)| look(position, entry)),
        }
        ranks.concat()
    }

    /// Hands over each item in whose text `needle` occurs. One search runs
    /// through the text of all: where it hits, it goes on after that item.
    fn holding(&self, needle: &Finder<'_>, look: &mut impl FnMut(usize, Entry<'_>)) {
        let text = self.folded_text().as_bytes();
        let (mut from, mut position) = (0, 0);
        while let Some(hit) = text.get(from..).and_then(|rest| needle.find(rest)) {
            let hit = from + hit;
            position = self.holder(position, hit);
            let end = self.folded_end(position);
            if hit + needle.needle().len() > end {
                from = hit + 1; // it lies across two items
                continue;
            }
            if let Some(entry) = self.at(position) {
                look(position, entry);
            }
            from = end;
        }
    }
}

/// The worst of its words', `None` where one does not occur.
fn rank(entry: Entry<'_>, words: &[Finder<'_>]) -> Option<usize> {
    words.iter().try_fold(0, |worst, word| {
        let place = word.find(entry.folded().as_bytes())?;
        Some(worst.max(rank_at(entry.folded_name(), place, word)))
    })
}

/// The rank of a word whose first place in an item's text is `first`.
fn rank_at(name: &str, first: usize, word: &Finder<'_>) -> usize {
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
