//! Drawing without a bias. Randomness is an argument, and may fail.

use zeroize::Zeroizing;

/// The source of randomness failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the source of randomness failed")]
pub struct NoRandomness;

/// Fills bytes with random ones.
pub type Random<'a> = dyn FnMut(&mut [u8]) -> Result<(), NoRandomness> + 'a;

/// A number below `bound`, all alike likely: 32 random bits at a time, those at or
/// above the last whole multiple of it rejected. Nothing is below 0; 0 is said.
pub(super) fn below(bound: u32, random: &mut Random) -> Result<u32, NoRandomness> {
    let Some(last) = u32::MAX.checked_div(bound).map(|whole| whole * bound) else {
        return Ok(0);
    };
    loop {
        let mut bytes = Zeroizing::new([0; 4]);
        random(bytes.as_mut())?;
        let drawn = u32::from_le_bytes(*bytes);
        if drawn < last {
            return Ok(drawn % bound);
        }
    }
}

/// A place among `count`.
pub(super) fn place(count: usize, random: &mut Random) -> Result<usize, NoRandomness> {
    let drawn = below(u32::try_from(count).unwrap_or(0), random)?;
    Ok(usize::try_from(drawn).unwrap_or(0))
}

/// Every order alike likely (Fisher and Yates).
pub(super) fn shuffle(places: &mut [u8], random: &mut Random) -> Result<(), NoRandomness> {
    for last in (1..places.len()).rev() {
        places.swap(last, place(last + 1, random)?);
    }
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use alloc::vec::Vec;
    use sha2::{Digest, Sha256};

    /// Bytes that look random, the same each time.
    pub(in crate::generator) fn seeded(
        seed: u64,
    ) -> impl FnMut(&mut [u8]) -> Result<(), NoRandomness> {
        let mut block = 0u64;
        let mut left: Vec<u8> = Vec::new();
        move |bytes| {
            for byte in bytes {
                if left.is_empty() {
                    let input = [seed.to_be_bytes(), block.to_be_bytes()].concat();
                    left = Sha256::digest(input).to_vec();
                    block += 1;
                }
                *byte = left.pop().unwrap();
            }
            Ok(())
        }
    }

    #[test]
    fn draws_above_the_last_whole_multiple_are_rejected() {
        let mut draws = [u32::MAX, 4_294_967_290, 4_294_967_289, 0].into_iter();
        let mut random = |bytes: &mut [u8]| {
            bytes.copy_from_slice(&draws.next().unwrap().to_le_bytes());
            Ok(())
        };
        assert_eq!(below(10, &mut random), Ok(9));
        assert_eq!(draws.next(), Some(0), "the third draw was taken");
    }

    #[test]
    fn a_failing_source_is_said_not_replaced() {
        let mut random = |_: &mut [u8]| Err(NoRandomness);
        assert_eq!(below(10, &mut random), Err(NoRandomness));
        assert_eq!(shuffle(&mut [1, 2], &mut random), Err(NoRandomness));
    }

    #[test]
    fn every_order_comes_about_as_often() {
        let mut random = seeded(2);
        let mut seen = alloc::collections::BTreeMap::new();
        for _ in 0..6_000 {
            let mut places = [0, 1, 2];
            shuffle(&mut places, &mut random).unwrap();
            *seen.entry(places).or_insert(0) += 1;
        }
        assert_eq!(seen.len(), 6);
        assert!(seen.values().all(|n| (880..1_120).contains(n)), "{seen:?}");
    }
}
