//! Words in order, so that those with which a text goes on are found letter by letter.

use alloc::vec::Vec;

/// The rows of the word lists, one bit each.
pub(super) type Marks = u128;

/// How a word stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    /// It ends where a word ends.
    Closed,
    /// More letters may follow.
    Open,
    /// It is all of the text.
    Whole,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) words: &'static str,
    pub(super) end: End,
    pub(super) mark: Marks,
}

#[derive(Debug)]
pub(super) struct Table {
    entries: Vec<Entry>,
    /// Where those begin that begin with a byte.
    firsts: Vec<usize>,
}

impl Table {
    pub(super) fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_unstable();
        let begin = |byte: u8| entries.partition_point(|entry| letter(entry, 0) < Some(byte));
        let firsts = (0..=u8::MAX).map(begin).chain([entries.len()]).collect();
        Self { entries, firsts }
    }

    /// Finds the entries with which a text goes on at a place.
    pub(super) fn matches(&self, text: &str, at: usize, found: &mut impl FnMut(&Entry, usize)) {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let Some(&first) = rest.first() else {
            return;
        };
        let place = |byte: usize| self.firsts.get(byte).copied().unwrap_or_default();
        let (begin, end) = (place(first.into()), place(usize::from(first) + 1));
        let mut left = self.entries.get(begin..end).unwrap_or_default();
        for depth in 1..=rest.len() {
            // What ends here is sorted before what goes on.
            while let Some((entry, others)) = left.split_first() {
                if entry.words.len() != depth {
                    break;
                }
                found(entry, at);
                left = others;
            }
            let Some(&byte) = rest.get(depth).filter(|_| !left.is_empty()) else {
                return;
            };
            let begin = left.partition_point(|entry| letter(entry, depth) < Some(byte));
            let end = left.partition_point(|entry| letter(entry, depth) <= Some(byte));
            left = left.get(begin..end).unwrap_or_default();
        }
    }
}

fn letter(entry: &Entry, depth: usize) -> Option<u8> {
    entry.words.as_bytes().get(depth).copied()
}
