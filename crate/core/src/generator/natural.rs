//! Counts of passwords: whole numbers below 2^896.
//!
//! The largest that is counted is 256 · 95^128, of 849 bits; what would not fit is cut.

use core::cmp::Ordering;

use zeroize::{Zeroize, Zeroizing};

use super::draw::{NoRandomness, Random};

const LIMBS: usize = 28;
/// Fractions of a bit that a logarithm tells apart.
pub(super) const PARTS: u32 = 1024;

/// A whole number, its lowest 32 bits first.
#[derive(Clone, Copy, Zeroize)]
pub(super) struct Natural([u32; LIMBS]);

// Once in the program each: inlined they are three times as much of what the browser loads.
impl Natural {
    pub(super) const ZERO: Self = Self([0; LIMBS]);

    #[inline(never)]
    pub(super) fn of(value: u128) -> Self {
        let mut number = Self::ZERO;
        let mut rest = value;
        for limb in &mut number.0 {
            *limb = low(rest);
            rest >>= 32;
        }
        number
    }

    #[inline(never)]
    pub(super) fn plus(&self, other: &Self) -> Self {
        let mut sum = *self;
        let mut carry = 0;
        for (limb, more) in sum.0.iter_mut().zip(other.0) {
            let whole = u128::from(*limb) + u128::from(more) + carry;
            *limb = low(whole);
            carry = whole >> 32;
        }
        sum
    }

    /// The difference; nothing where it is below zero.
    #[inline(never)]
    pub(super) fn minus(&self, other: &Self) -> Option<Self> {
        let mut difference = *self;
        let mut borrow = false;
        for (limb, less) in difference.0.iter_mut().zip(other.0) {
            let (once, under) = limb.overflowing_sub(less);
            let (twice, below) = once.overflowing_sub(u32::from(borrow));
            *limb = twice;
            borrow = under || below;
        }
        (!borrow).then_some(difference)
    }

    #[inline(never)]
    pub(super) fn times(&self, other: &Self) -> Self {
        let mut product = Self::ZERO;
        let used = other.used();
        for (at, factor) in self.0.iter().enumerate().take(self.used()) {
            let mut carry = 0;
            let row = product.0.iter_mut().skip(at);
            for (place, limb) in row.zip(other.0).take(used.saturating_add(1)) {
                let whole = u64::from(*place) + u64::from(*factor) * u64::from(limb) + carry;
                *place = low(whole.into());
                carry = whole >> 32;
            }
        }
        product
    }

    pub(super) fn is_zero(&self) -> bool {
        self.used() == 0
    }

    #[inline(never)]
    fn used(&self) -> usize {
        LIMBS - self.0.iter().rev().take_while(|limb| **limb == 0).count()
    }

    /// Bits up to the highest that is set.
    fn bits(&self) -> u32 {
        let zeros = |limb: &u32| limb.leading_zeros();
        let used = self.used();
        let top = used.checked_sub(1).and_then(|at| self.0.get(at));
        let whole = u32::try_from(used).unwrap_or(0) * 32;
        whole - top.map_or(0, zeros)
    }

    fn bit(&self, at: u32) -> u64 {
        let limb = usize::try_from(at / 32).ok().and_then(|of| self.0.get(of));
        u64::from(limb.map_or(0, |limb| (limb >> (at % 32)) & 1))
    }

    /// `⌊PARTS · log2(self)⌋`, at most one part less; 0 of 0. A number is squared, and
    /// whether that takes it past 2 is the next binary digit of its logarithm.
    #[inline(never)]
    pub(super) fn log2(&self) -> u32 {
        let Some(whole) = self.bits().checked_sub(1) else {
            return 0;
        };
        let places = (0..32).map(|place| whole.checked_sub(place));
        let mut mantissa = places.fold(0, |sum, at| (sum << 1) | at.map_or(0, |at| self.bit(at)));
        let mut fraction = 0;
        for _ in 0..PARTS.trailing_zeros() {
            mantissa = (mantissa * mantissa) >> 31;
            let past = mantissa >> 32;
            mantissa >>= past;
            fraction = (fraction << 1) | low(past.into());
        }
        whole * PARTS + fraction
    }

    /// A number below this one, all alike likely: as many random bits as it has,
    /// drawn anew until they are below it. Fewer than two draws are to be expected.
    #[inline(never)]
    pub(super) fn below(&self, random: &mut Random) -> Result<Zeroizing<Self>, NoRandomness> {
        let used = self.used();
        let mask = self.bits().wrapping_neg() % 32;
        let mut drawn = Zeroizing::new(Self::ZERO);
        loop {
            for (at, limb) in drawn.0.iter_mut().enumerate().take(used) {
                let mut bytes = Zeroizing::new([0; 4]);
                random(bytes.as_mut())?;
                let cut = if at + 1 == used { mask } else { 0 };
                *limb = u32::from_le_bytes(*bytes) >> cut;
            }
            if *drawn < *self || self.is_zero() {
                return Ok(drawn);
            }
        }
    }
}

impl PartialEq for Natural {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Natural {}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Natural {
    #[inline(never)]
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.iter().rev().cmp(other.0.iter().rev())
    }
}

/// The lowest 32 bits.
fn low(of: u128) -> u32 {
    u32::try_from(of & u128::from(u32::MAX)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generator::draw::tests::seeded;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sums_products_and_differences_are_those_of_128_bits(a: u64, b: u64) {
            let (wide, other) = (u128::from(a), u128::from(b));
            let (one, two) = (Natural::of(wide), Natural::of(other));
            prop_assert!(one.plus(&two) == Natural::of(wide + other));
            prop_assert!(one.times(&two) == Natural::of(wide * other));
            prop_assert!(one.minus(&two) == wide.checked_sub(other).map(Natural::of));
            prop_assert_eq!(one.cmp(&two), a.cmp(&b));
        }

        #[test]
        fn a_logarithm_is_at_most_two_parts_below_the_true_one(value in 1u128..) {
            #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "a test")]
            let truly = (value as f64).log2() * f64::from(PARTS);
            let said = f64::from(Natural::of(value).log2());
            prop_assert!(said <= truly + 1e-6 && truly - said < 2.0, "{} {}", said, truly);
        }
    }

    #[test]
    fn powers_of_two_have_whole_logarithms_up_to_the_largest() {
        let mut power = Natural::of(1);
        for exponent in 0..895 {
            assert_eq!(power.log2(), exponent * PARTS);
            power = power.plus(&power);
        }
        assert_eq!(Natural::ZERO.log2(), 0);
    }

    #[test]
    fn every_number_below_is_drawn_about_as_often() {
        let mut random = seeded(1);
        let mut seen = [0u32; 5];
        for _ in 0..10_000 {
            let drawn = Natural::of(5).below(&mut random).unwrap();
            let at = (0..5).find(|n| *drawn == Natural::of(*n)).unwrap();
            seen[usize::try_from(at).unwrap()] += 1;
        }
        assert!(seen.iter().all(|n| (1_850..2_150).contains(n)), "{seen:?}");
    }
}
