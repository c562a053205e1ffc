//! Sets of characters that a password is made of.

/// A set of printable ASCII characters, U+0020…U+007E: bit `n` for the character `n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letters(u128);

impl Letters {
    /// None.
    pub const NONE: Self = Self(0);
    /// `a`…`z`.
    pub const LOWER: Self = Self::of(b"abcdefghijklmnopqrstuvwxyz");
    /// `A`…`Z`.
    pub const UPPER: Self = Self::of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    /// `0`…`9`.
    pub const DIGITS: Self = Self::of(b"0123456789");
    /// What sites take and keyboards have: no quotes, strokes, accents or blanks.
    pub const SYMBOLS: Self = Self::of(b"!#$%&()*+,-./:;<=>?@[]^_{}~");
    /// What a person takes for another when reading it off.
    pub const ALIKE: Self = Self::of(b"0Oo1lI|");
    /// The blank alone.
    pub const SPACE: Self = Self::of(b" ");
    /// All 95.
    pub const PRINTABLE: Self = Self(((1 << 95) - 1) << 32);
    /// All that are neither letter nor digit, the blank among them.
    pub const SPECIAL: Self = Self::PRINTABLE
        .without(Self::LOWER)
        .without(Self::UPPER)
        .without(Self::DIGITS);

    /// The printable ASCII characters among `bytes`; others are left out.
    #[must_use]
    pub const fn of(bytes: &[u8]) -> Self {
        let mut rest = bytes;
        let mut set = Self::NONE;
        while let [first, others @ ..] = rest {
            if first.is_ascii_graphic() || *first == b' ' {
                set = Self(set.0 | (1 << *first));
            }
            rest = others;
        }
        set
    }

    /// What is in either.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both.
    #[must_use]
    pub const fn within(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is here and not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// How many there are.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether all of them are in `other`.
    #[must_use]
    pub const fn are_within(self, other: Self) -> bool {
        self.without(other).is_empty()
    }

    /// Whether this character is one of them.
    #[must_use]
    pub fn has(self, letter: char) -> bool {
        letter.is_ascii() && (self.0 >> u32::from(letter)) & 1 == 1
    }

    /// They, in ASCII's order.
    pub fn each(self) -> impl Iterator<Item = char> {
        (b' '..=b'~').map(char::from).filter(move |c| self.has(*c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    #[test]
    fn printable_is_every_character_from_the_blank_to_the_tilde() {
        let all: String = (' '..='~').collect();
        assert_eq!(Letters::PRINTABLE, Letters::of(all.as_bytes()));
        assert_eq!(Letters::PRINTABLE.count(), 95);
        assert_eq!(Letters::SPECIAL.count(), 33);
        assert!(Letters::SYMBOLS.are_within(Letters::SPECIAL));
        assert!(!Letters::SYMBOLS.has(' '));
    }

    #[test]
    fn what_is_not_printable_ascii_is_in_no_set() {
        assert_eq!(Letters::of("å\n\t\u{7f}\0".as_bytes()), Letters::NONE);
        for letter in ['å', '\n', '\u{7f}', '\u{ff21}', '\u{10ffff}'] {
            assert!(!Letters::PRINTABLE.has(letter));
        }
    }
}
