//! Time steps of an authenticator (RFC 6238): which one counts now, and that
//! each is used once.

use crate::wire::Seconds;

/// Seconds of a step.
pub const PERIOD: Seconds = 30;

/// A time step: seconds since 1970 over 30.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step(pub u64);

impl Step {
    /// The time that it begins, which the code is computed from.
    #[must_use]
    pub const fn begins_at(self) -> Seconds {
        self.0.saturating_mul(PERIOD)
    }
}

/// The steps whose code counts at `now`: this one and its neighbours (RFC 6238
/// §5.2), but none that was used, and none before one that was.
pub fn candidates(now: Seconds, used: Option<Step>) -> impl Iterator<Item = Step> {
    let current = now / PERIOD;
    let around = current.saturating_sub(1)..=current.saturating_add(1);
    around
        .map(Step)
        .filter(move |step| used.is_none_or(|used| *step > used))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn the_step_of_now_and_its_neighbours_count() {
        let steps: Vec<u64> = candidates(3_000, None).map(|step| step.0).collect();
        assert_eq!(steps, [99, 100, 101]);
        assert_eq!(candidates(0, None).count(), 2);
    }

    #[test]
    fn a_step_that_was_used_and_all_before_it_count_no_more() {
        let left = |used| candidates(3_000, Some(Step(used))).count();
        assert_eq!([98, 99, 100, 101].map(left), [3, 2, 1, 0]);
    }
}
