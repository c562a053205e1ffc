//! How many equally likely values there were, as bits, and what that is worth.

use super::natural::{Natural, PARTS};

/// `log2` of how many values could have been drawn, each alike likely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entropy {
    parts: u32,
    bound: Bound,
}

/// Whether values were counted to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// So many.
    Exactly,
    /// So many and more.
    AtLeast,
}

/// What somebody needs who guesses at 10^12 a second, as graphics cards do where a
/// site keeps passwords under a fast hash, on the average: half of all values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// Below 55 bits: five hours at most.
    Weak,
    /// Below 75 bits: less than six centuries.
    Fair,
    /// More.
    Strong,
}

impl Entropy {
    pub(super) fn of(count: &Natural, bound: Bound) -> Self {
        let parts = count.log2();
        Self { parts, bound }
    }

    /// Whole bits, rounded down.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.parts / PARTS
    }

    /// Hundredths of a bit, rounded down.
    #[must_use]
    pub const fn hundredths(self) -> u32 {
        self.parts.saturating_mul(100) / PARTS
    }

    /// Whether there may have been more.
    #[must_use]
    pub const fn bound(self) -> Bound {
        self.bound
    }

    /// What it is worth.
    #[must_use]
    pub const fn strength(self) -> Strength {
        match self.bits() {
            0..55 => Strength::Weak,
            55..75 => Strength::Fair,
            75.. => Strength::Strong,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_changes_at_55_and_at_75_bits() {
        let strength = |bits: u32| Entropy::of(&Natural::of(1 << bits), Bound::Exactly).strength();
        assert_eq!(strength(54), Strength::Weak);
        assert_eq!(strength(55), Strength::Fair);
        assert_eq!(strength(74), Strength::Fair);
        assert_eq!(strength(75), Strength::Strong);
    }

    #[test]
    fn half_of_all_values_take_as_long_as_the_words_say() {
        let seconds = |bits: u32| (1u128 << (bits - 1)) / 1_000_000_000_000;
        let year = 365 * 24 * 3_600;
        assert!((2 * 3_600..6 * 3_600).contains(&seconds(55)));
        assert!((500 * year..600 * year).contains(&seconds(75)));
    }
}
