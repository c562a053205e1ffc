//! All words in one table, so that a text is read once for every question that is asked
//! of it: O(length × longest word), whatever the lists hold.

use alloc::string::String;
use alloc::vec::Vec;

use super::form::Field;
use super::goal::Goal;
use super::sense::Sense;
use super::table::{End, Entry, Marks, Table};
use super::text::{beginning, plain, plain_name};
use super::words::{FIELDS, GOALS, LISTS, List};

/// The words of all lists, in order.
#[derive(Debug)]
pub struct Lexicon {
    /// Those that begin where a word begins.
    begins: Table,
    /// Those that begin anywhere.
    anywhere: Table,
}

/// A text, and what it says.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    /// The text as [`plain`] makes it.
    pub(super) plain: String,
    marks: Marks,
    /// What its first words say, without the rest.
    first: Marks,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::new()
    }
}

impl Lexicon {
    /// Sorts the words: some tenths of a millisecond, so keep it.
    #[must_use]
    pub fn new() -> Self {
        let (mut begins, mut anywhere) = (Vec::new(), Vec::new());
        let mut mark: Marks = 1;
        for list in lists() {
            for words in words_of(list) {
                let (is_anywhere, words, end) = ends(words);
                let entry = Entry { words, end, mark };
                if is_anywhere {
                    &mut anywhere
                } else {
                    &mut begins
                }
                .push(entry);
            }
            mark <<= 1;
        }
        Self {
            begins: Table::new(begins),
            anywhere: Table::new(anywhere),
        }
    }

    /// What a text that a person reads says.
    pub(super) fn read(&self, text: &str) -> Said {
        self.said(plain(text))
    }

    /// What a name that a program gave says.
    pub(super) fn read_name(&self, name: &str) -> Said {
        self.said(plain_name(name))
    }

    fn said(&self, plain: String) -> Said {
        let early = beginning(&plain).len();
        let (mut marks, mut first): (Marks, Marks) = (0, 0);
        let mut goals = Outermost::default();
        let mut add = |entry: &Entry, begin: usize| {
            let end = begin + entry.words.len();
            let goes_on = !plain.get(end..).is_some_and(|rest| rest.starts_with(' '));
            let is_all = begin == 1 && end + 1 == plain.len();
            let fits = match entry.end {
                End::Closed => !goes_on,
                End::Open => true,
                End::Whole => is_all,
            };
            if fits && entry.mark & GOAL_MARKS != 0 {
                goals.add(begin, end, entry.mark);
            } else if fits {
                marks |= entry.mark;
                let is_early = end < early || early == plain.len();
                first |= if is_early { entry.mark } else { 0 };
            }
        };
        let mut before = b'x';
        for (at, &byte) in plain.as_bytes().iter().enumerate() {
            if before == b' ' && byte != b' ' {
                self.begins.matches(&plain, at, &mut add);
            }
            if byte != b' ' && plain.is_char_boundary(at) {
                self.anywhere.matches(&plain, at, &mut add);
            }
            before = byte;
        }
        goals.settle();
        Said {
            plain,
            marks: marks | goals.marks,
            first,
        }
    }
}

/// Of words that lie in each other the longer ones: "create my account" doesn't say "my account". Takes them in
/// the order in which they begin, the shorter first of those that begin together.
#[derive(Default)]
struct Outermost {
    marks: Marks,
    /// Where the last ones begin and end, and what they say.
    last: (usize, usize, Marks),
    /// Where the furthest of those before them ends.
    furthest: usize,
}

impl Outermost {
    const fn add(&mut self, begin: usize, end: usize, mark: Marks) {
        if begin != self.last.0 {
            self.settle();
            self.last = (begin, 0, 0);
        }
        if end > self.last.1 {
            self.last = (begin, end, mark);
        } else if end == self.last.1 {
            self.last.2 |= mark;
        }
    }

    const fn settle(&mut self) {
        let (_, end, mark) = self.last;
        if end > self.furthest {
            self.furthest = end;
            self.marks |= mark;
        }
    }
}

impl Said {
    pub(super) fn is_empty(&self) -> bool {
        self.plain.trim_ascii().is_empty()
    }

    /// Whether it is as short as those that name a control.
    pub(super) fn is_short(&self) -> bool {
        beginning(&self.plain).len() == self.plain.len()
    }

    pub(super) fn says(&self, list: List) -> bool {
        self.marks & mark_of(list) != 0
    }

    /// Whether its first words do: what comes after explains.
    pub(super) fn begins_with(&self, list: List) -> bool {
        self.first & mark_of(list) != 0
    }

    /// What it says that a control is.
    pub(super) fn sense(&self) -> Option<Sense> {
        self.senses().next()
    }

    /// All that it says, the likeliest first: a select isn't a date of birth, but the month of one.
    pub(super) fn senses(&self) -> impl Iterator<Item = Sense> {
        all_of(FIELDS, self.without_expiry(self.marks))
    }

    /// Likewise, by its first words.
    pub(super) fn first_senses(&self) -> impl Iterator<Item = Sense> {
        all_of(FIELDS, self.without_expiry(self.first))
    }

    /// A date with a day is no card's, and no part of a date.
    fn without_expiry(&self, marks: Marks) -> Marks {
        if !self.says(List::FullDate) {
            return marks;
        }
        let others = [
            Sense::Is(Field::CardExpiry),
            Sense::Day,
            Sense::Month,
            Sense::Year,
        ];
        let rows = FIELDS.iter().enumerate();
        let of_others = rows.filter(|(_, row)| others.contains(&row.0));
        of_others.fold(marks, |marks, (row, _)| marks & !(1 << row))
    }

    /// Whether it speaks of this, whatever else it says.
    pub(super) fn speaks_of(&self, sense: Sense) -> bool {
        holds(FIELDS, self.marks, sense)
    }

    /// What a form is for, that it heads or sends.
    pub(super) fn goal(&self) -> Option<Goal> {
        all_of(GOALS, self.marks >> FIELDS.len()).next()
    }

    /// Whether it speaks of that goal, whatever else it says.
    pub(super) fn aims_at(&self, goal: Goal) -> bool {
        holds(GOALS, self.marks >> FIELDS.len(), goal)
    }
}

fn all_of<T: Copy>(table: &[(T, &str)], marks: Marks) -> impl Iterator<Item = T> {
    let rows = table.iter().enumerate();
    let said = rows.filter(move |(row, _)| marks >> row & 1 != 0);
    said.map(|(_, row)| row.0)
}

fn holds<T: Copy + PartialEq>(table: &[(T, &str)], marks: Marks, wanted: T) -> bool {
    let mut rows = table.iter().enumerate();
    rows.any(|(row, of)| of.0 == wanted && marks >> row & 1 != 0)
}

fn mark_of(list: List) -> Marks {
    let place = LISTS.iter().position(|row| row.0 == list);
    place.map_or(0, |place| 1 << (FIELDS.len() + GOALS.len() + place))
}

/// The lists in the order of their marks.
pub(super) fn lists() -> impl Iterator<Item = &'static str> {
    let fields = FIELDS.iter().map(|row| row.1);
    let goals = GOALS.iter().map(|row| row.1);
    fields.chain(goals).chain(LISTS.iter().map(|row| row.1))
}

pub(super) fn words_of(list: &'static str) -> impl Iterator<Item = &'static str> {
    let words = list.split(['|', '\n']).map(str::trim);
    words.filter(|words| !words.is_empty())
}

fn ends(words: &'static str) -> (bool, &'static str, End) {
    if let Some(whole) = words.strip_prefix('=') {
        return (false, whole, End::Whole);
    }
    let (words, end) = match words.strip_suffix('*') {
        Some(words) => (words, End::Open),
        None => (words, End::Closed),
    };
    match words.strip_prefix('*') {
        Some(words) => (true, words, end),
        None => (false, words, end),
    }
}

/// The marks that tell what a form is for.
const GOAL_MARKS: Marks = ((1 << GOALS.len()) - 1) << FIELDS.len();

const _: () = assert!(FIELDS.len() + GOALS.len() + LISTS.len() <= 128);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole_unless_a_star_says_otherwise() {
        let lexicon = Lexicon::new();
        let sense = |text: &str| lexicon.read(text).sense();
        assert_eq!(sense("Your name"), Some(Sense::Is(Field::Name)));
        assert_eq!(sense("Yourname2x"), None);
        assert_eq!(sense("Lösenordet"), Some(Sense::Is(Field::Password)));
        assert_eq!(sense("新しいメールアドレス"), Some(Sense::Is(Field::Email)));
        assert!(lexicon.read("Number").says(List::Number));
        assert!(!lexicon.read("Your number").says(List::Number));
    }

    #[test]
    fn what_comes_after_the_first_words_does_not_name_a_control() {
        let said = Lexicon::new().read("Street and house, as it stands on your e-mail");
        assert_eq!(said.first_senses().next(), Some(Sense::Is(Field::Street)));
        assert_eq!(said.sense(), Some(Sense::Is(Field::Email)));
    }

    #[test]
    fn word_lists_are_written_as_texts_are_folded() {
        let bare = |word: &'static str| word.trim_matches(['*', '=']);
        let words = lists().flat_map(words_of).map(bare);
        let wrong = words.filter(|word| alloc::format!(" {word} ") != plain(word));
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
