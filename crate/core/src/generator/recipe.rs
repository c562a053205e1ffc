//! Which passwords are permitted.

use alloc::vec::Vec;

use super::letters::Letters;

/// Which passwords are permitted: all that are of this length, made of these
/// characters, and break none of the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// Characters.
    pub length: u8,
    /// What it is made of.
    pub letters: Letters,
    /// What there has to be.
    pub minimums: Vec<Minimum>,
    /// How many times the same character stands in a row, at most.
    pub repeats: Option<u8>,
    /// How many characters follow each other as in `abc` or `321`, at most.
    pub sequence: Option<u8>,
}

/// At least so many of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minimum {
    /// The set.
    pub letters: Letters,
    /// How many.
    pub least: u8,
}

/// Why no password can be drawn by a recipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecipeError {
    /// Too short to be one, or longer than sites take.
    #[error("a password has 4 to 128 characters")]
    Length,
    /// There is nothing that it could be made of.
    #[error("a password is made of some set of characters")]
    NoLetters,
    /// It has to hold some of a set that is left out.
    #[error("a set that is required is left out")]
    LeftOut,
    /// What it has to hold is longer than it.
    #[error("what is required takes {least} characters")]
    TooShort {
        /// Characters that it would take.
        least: u32,
    },
}

impl Recipe {
    /// The shortest password, in characters.
    pub const SHORTEST: u8 = 4;
    /// The longest.
    pub const LONGEST: u8 = 128;

    /// Whether this is one of the passwords that are permitted.
    #[must_use]
    pub fn permits(&self, password: &str) -> bool {
        let count = |letters: Letters| password.chars().filter(|c| letters.has(*c)).count();
        password.chars().count() == usize::from(self.length)
            && password.chars().all(|letter| self.letters.has(letter))
            && self
                .minimums
                .iter()
                .all(|minimum| count(minimum.letters) >= usize::from(minimum.least))
            && within(self.repeats, longest(password, |a, b| a == b))
            && within(self.sequence, longest(password, follows))
            && within(self.sequence, longest(password, |a, b| follows(b, a)))
    }
}

fn within(most: Option<u8>, length: usize) -> bool {
    most.is_none_or(|most| length <= usize::from(most))
}

/// Characters in the longest run whose neighbours are `alike`.
fn longest(password: &str, alike: fn(char, char) -> bool) -> usize {
    let mut longest = 0;
    let mut run = 0;
    let mut before = None;
    for letter in password.chars() {
        run = match before {
            Some(before) if alike(before, letter) => run + 1,
            Some(_) | None => 1,
        };
        before = Some(letter);
        longest = longest.max(run);
    }
    longest
}

/// Whether `next` comes right after `letter` in `a`…`z`, `A`…`Z` or `0`…`9`.
fn follows(letter: char, next: char) -> bool {
    let sets = [Letters::LOWER, Letters::UPPER, Letters::DIGITS];
    let in_one = |set: &Letters| set.has(letter) && set.has(next);
    u32::from(letter) + 1 == u32::from(next) && sets.iter().any(in_one)
}

/// A set that a person chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// `a`…`z`.
    Lower,
    /// `A`…`Z`.
    Upper,
    /// `0`…`9`.
    Digits,
    /// [`Letters::SYMBOLS`].
    Symbols,
}

impl Set {
    /// Its characters.
    #[must_use]
    pub const fn letters(self) -> Letters {
        match self {
            Self::Lower => Letters::LOWER,
            Self::Upper => Letters::UPPER,
            Self::Digits => Letters::DIGITS,
            Self::Symbols => Letters::SYMBOLS,
        }
    }
}

/// A set that is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The set.
    pub set: Set,
    /// How many of it there are at least.
    pub least: u8,
}

/// Characters that a person takes for each other: [`Letters::ALIKE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alike {
    /// They may come.
    Kept,
    /// They are left out.
    LeftOut,
}

/// A password as a person chooses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Characters.
    pub length: u8,
    /// The sets that it is made of.
    pub choices: Vec<Choice>,
    /// What becomes of look-alikes.
    pub alike: Alike,
}

impl Options {
    /// The passwords that these options permit.
    #[must_use]
    pub fn recipe(&self) -> Recipe {
        let out = match self.alike {
            Alike::Kept => Letters::NONE,
            Alike::LeftOut => Letters::ALIKE,
        };
        let minimum = |choice: &Choice| Minimum {
            letters: choice.set.letters().without(out),
            least: choice.least,
        };
        let minimums: Vec<Minimum> = self.choices.iter().map(minimum).collect();
        let letters = minimums.iter().map(|minimum| minimum.letters);
        Recipe {
            length: self.length,
            letters: letters.fold(Letters::NONE, Letters::and),
            minimums,
            repeats: None,
            sequence: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn any(repeats: Option<u8>, sequence: Option<u8>) -> Recipe {
        Recipe {
            length: 6,
            letters: Letters::PRINTABLE,
            minimums: Vec::new(),
            repeats,
            sequence,
        }
    }

    #[test]
    fn a_character_stands_in_a_row_as_often_as_it_may() {
        assert!(any(Some(2), None).permits("aabbaa"));
        assert!(!any(Some(2), None).permits("aaabcd"));
        assert!(!any(Some(1), None).permits("abccde"));
    }

    #[test]
    fn a_sequence_goes_up_or_down_within_its_own_set() {
        for sequence in ["xabcxx", "xx321x", "ZYXaaa"] {
            assert!(!any(None, Some(2)).permits(sequence), "{sequence}");
            assert!(any(None, Some(3)).permits(sequence), "{sequence}");
        }
        for none in ["abxbax", "Z[a`9:", "@AB@AB", "abBACD"] {
            assert!(any(None, Some(2)).permits(none), "{none}");
        }
    }

    #[test]
    fn look_alikes_are_in_no_set_once_they_are_left_out() {
        let choices = [Set::Lower, Set::Upper, Set::Digits, Set::Symbols];
        let choices = choices.map(|set| Choice { set, least: 1 });
        let options = |alike| Options {
            length: 20,
            choices: choices.to_vec(),
            alike,
        };
        let kept = options(Alike::Kept).recipe();
        let out = options(Alike::LeftOut).recipe();
        assert!(!kept.letters.within(Letters::ALIKE).is_empty());
        assert!(out.letters.within(Letters::ALIKE).is_empty());
        let left = |minimum: &Minimum| minimum.letters.within(Letters::ALIKE).is_empty();
        assert!(out.minimums.iter().all(left));
    }
}
