//! Medians, and how far chance alone moves them.

use std::fmt;

/// How often the samples are drawn anew.
const RESAMPLES: usize = 1_000;
/// Milliseconds that tell nothing over a network.
const NOTHING: f64 = 1.0;

/// Numbers by chance (xorshift64*): for order and resampling, not for secrets.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new() -> Self {
        let mut seed = [0; 8];
        getrandom::fill(&mut seed).unwrap();
        Self(u64::from_be_bytes(seed) | 1)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(drawn).unwrap() % end
    }
}

/// Two samples, in milliseconds.
pub(crate) struct Compared {
    count: usize,
    medians: [f64; 2],
    /// Bootstrap standard error of the difference.
    error: f64,
}

impl Compared {
    fn difference(&self) -> f64 {
        (self.medians[0] - self.medians[1]).abs()
    }

    /// At most a millisecond, or three standard errors.
    pub(crate) fn is_nothing(&self) -> bool {
        self.difference() <= NOTHING || self.difference() <= 3.0 * self.error
    }
}

impl fmt::Display for Compared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [known, unknown] = self.medians;
        let (difference, error, count) = (self.difference(), self.error, self.count);
        write!(
            f,
            "medians {known:.3} ms known, {unknown:.3} ms unknown ({count} each), \
             difference {difference:.3} ms, bootstrap SE {error:.3} ms"
        )
    }
}

fn median(values: &mut [f64]) -> f64 {
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f64::total_cmp).1
}

fn resampled(values: &[f64], chance: &mut Chance) -> f64 {
    let mut drawn: Vec<f64> = values
        .iter()
        .map(|_| values[chance.below(values.len())])
        .collect();
    median(&mut drawn)
}

pub(crate) fn compare(one: &[f64], other: &[f64], chance: &mut Chance) -> Compared {
    let drawn: Vec<f64> = (0..RESAMPLES)
        .map(|_| resampled(one, chance) - resampled(other, chance))
        .collect();
    let many = f64::from(u32::try_from(RESAMPLES).unwrap());
    let mean = drawn.iter().sum::<f64>() / many;
    let squares = drawn.iter().map(|value| (value - mean).powi(2));
    Compared {
        count: one.len().min(other.len()),
        medians: [one, other].map(|values| median(&mut values.to_vec())),
        error: (squares.sum::<f64>() / (many - 1.0)).sqrt(),
    }
}
