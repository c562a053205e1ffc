//! Finding items as one types, in the index.

use alloc::vec::Vec;

use memchr::memmem::Finder;

use super::index::Index;

mod facets;
mod fold;
mod query;
#[cfg(test)]
mod tests;

pub use facets::{Counted, Facets};
pub use fold::fold;
pub(super) use fold::fold_into;
pub(super) use query::Kept;
pub use query::{Query, Scope};

/// A search with words, and what it found: positions, in order.
pub(super) struct Latest {
    query: Query,
    found: Vec<usize>,
}

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
        let mut take = |position: usize, rank: Option<usize>| {
            let bucket = rank.and_then(|rank| ranks.get_mut(rank));
            bucket.into_iter().for_each(|bucket| bucket.push(position));
        };
        let lets = |position| self.is_let_through(position, query);
        if let Some((first, others)) = words.split_first() {
            let mut found = Vec::new();
            self.holding_as_before(first, query, &mut |position, place| {
                if lets(position)
                    && let Some(rank) = self.rank(position, (place, first), others)
                {
                    found.push(position);
                    take(position, Some(rank));
                }
            });
            let query = query.clone();
            self.latest.replace(Some(Latest { query, found }));
        } else if let Some(text) = query.longest_filter() {
            let finder = Finder::new(text);
            self.holding(&finder, &mut |position, _| {
                take(position, lets(position).then_some(0));
            });
        } else {
            (0..self.len()).for_each(|position| take(position, lets(position).then_some(0)));
        }
        ranks.concat()
    }

    /// The same as [`Index::holding`]; where what is typed went on, among what was
    /// found before.
    fn holding_as_before(
        &self,
        needle: &Finder<'_>,
        query: &Query,
        look: &mut impl FnMut(usize, usize),
    ) {
        let latest = self.latest.take();
        let Some(before) = latest.filter(|before| query.narrows(&before.query)) else {
            return self.holding(needle, look);
        };
        let text = self.folded_text().as_bytes();
        for position in before.found {
            let place = self.line(position).and_then(|(line, begin)| {
                let text = text.get(begin..line.folded)?;
                needle.find(text)
            });
            if let Some(place) = place {
                look(position, place);
            }
        }
    }

    /// Hands over each item in whose text `needle` occurs, and where it does
    /// first. One search runs through the text of all: where it hits, it goes on
    /// after that item.
    fn holding(&self, needle: &Finder<'_>, look: &mut impl FnMut(usize, usize)) {
        let text = self.folded_text().as_bytes();
        let (mut from, mut position) = (0, 0);
        while let Some(hit) = text.get(from..).and_then(|rest| needle.find(rest)) {
            let hit = from + hit;
            position = self.holder(position, hit);
            let Some((line, begin)) = self.line(position) else {
                return;
            };
            if hit + needle.needle().len() > line.folded {
                from = hit + 1; // it lies across two items
                continue;
            }
            look(position, hit - begin);
            from = line.folded;
        }
    }

    fn is_let_through(&self, position: usize, query: &Query) -> bool {
        let line = self.line(position);
        let is_there = line.is_some_and(|(line, _)| query.looks_on(line.kept));
        let passes = |entry| query.filters_let(entry);
        is_there && (!query.has_filters() || self.at(position).is_some_and(passes))
    }

    /// The worst rank of the words, `None` where one does not occur. Where the
    /// first one occurs first is known.
    #[inline(never)] // called ten thousand times in a row: V8 compiles such a function well in the midst of it
    fn rank(
        &self,
        position: usize,
        (place, first): (usize, &Finder<'_>),
        others: &[Finder<'_>],
    ) -> Option<usize> {
        let (line, begin) = self.line(position)?;
        let text = self.folded_text().get(begin..line.folded)?;
        let name = text.get(..line.name)?;
        let rank = rank_at(name, place, first);
        others.iter().try_fold(rank, |worst, word| {
            let place = word.find(text.as_bytes())?;
            Some(worst.max(rank_at(name, place, word)))
        })
    }
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
    } else if begins_a_word(first) || word.find_iter(name.as_bytes()).any(begins_a_word) {
        1
    } else {
        2
    }
}
