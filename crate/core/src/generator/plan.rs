//! How many passwords a recipe permits, and one of them, each alike likely.
//!
//! ```text
//! groups  G₁…Gₖ          the sets of the minimums, disjoint; the last is all other letters
//! W(0,0) = 1             passwords of length l of the first k groups:
//! W(k,l) = Σ C(l,c) · |Gₖ|^c · W(k−1,l−c)        over c = leastₖ … l
//! ```
//!
//! A draw chooses how many letters each group gives, by their share of `W`, then
//! their places, then the letters. What no disjoint groups express (minimums that
//! overlap, rows and sequences) is looked at in the finished password, which is
//! thrown away where it breaks a rule: what remains stays alike likely.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::draw::{NoRandomness, Random, place, shuffle};
use super::entropy::{Bound, Entropy};
use super::letters::Letters;
use super::natural::Natural;
use super::recipe::{Minimum, Recipe, RecipeError};

#[cfg(test)]
mod tests;

/// Groups that are counted; minimums beyond them are looked at.
const MOST_GROUPS: usize = 6;
/// Passwords that are drawn before none is found.
const MOST_TRIES: u32 = 1_000;

/// A recipe, counted.
pub struct Plan {
    recipe: Recipe,
    groups: Vec<Group>,
    looked_at: Vec<Minimum>,
}

/// Letters that no other group has, and `W` of all groups up to it.
struct Group {
    letters: Letters,
    least: usize,
    ways: Vec<Natural>,
}

/// Why no password was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    /// The source of randomness failed.
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// The rules leave so few passwords that none was found.
    #[error("of a thousand passwords drawn, each broke a rule")]
    Narrow,
}

impl Plan {
    /// Counts what `recipe` permits.
    ///
    /// # Errors
    /// See [`RecipeError`].
    pub fn of(recipe: Recipe) -> Result<Self, RecipeError> {
        if !(Recipe::SHORTEST..=Recipe::LONGEST).contains(&recipe.length) {
            return Err(RecipeError::Length);
        }
        if recipe.letters.is_empty() {
            return Err(RecipeError::NoLetters);
        }
        let (counted, looked_at) = parted(&recipe)?;
        let length = usize::from(recipe.length);
        let least: usize = counted.iter().map(|group| usize::from(group.least)).sum();
        if least > length {
            let least = u32::try_from(least).unwrap_or(u32::MAX);
            return Err(RecipeError::TooShort { least });
        }
        let groups = groups(counted, length);
        Ok(Self {
            recipe,
            groups,
            looked_at,
        })
    }

    /// `log2` of how many passwords are permitted: of all, where all rules are
    /// counted, or of some that surely are (see `least`).
    #[must_use]
    pub fn entropy(&self) -> Entropy {
        let limits = self.limits().iter().any(|limit| limit.is_some());
        if self.looked_at.is_empty() && !limits {
            Entropy::of(&self.count(), Bound::Exactly)
        } else {
            Entropy::of(&self.least(), Bound::AtLeast)
        }
    }

    /// One of the passwords, each alike likely.
    ///
    /// # Errors
    /// See [`DrawError`].
    pub fn draw(&self, random: &mut Random) -> Result<Zeroizing<String>, DrawError> {
        let choose = pascal(usize::from(self.recipe.length));
        for _ in 0..MOST_TRIES {
            let places = self.places(random, &choose)?;
            let mut password = Zeroizing::new(String::with_capacity(places.len()));
            for group in places.iter() {
                let group = self.groups.get(usize::from(*group));
                let letters = group.map_or(Letters::NONE, |group| group.letters);
                let count = usize::try_from(letters.count()).unwrap_or(0);
                password.extend(letters.each().nth(place(count, random)?));
            }
            if self.recipe.permits(&password) {
                return Ok(password);
            }
        }
        Err(DrawError::Narrow)
    }

    /// For each place of a password the group that its letter is of.
    fn places(
        &self,
        random: &mut Random,
        choose: &[Vec<Natural>],
    ) -> Result<Zeroizing<Vec<u8>>, NoRandomness> {
        let mut left = usize::from(self.recipe.length);
        let mut places = Zeroizing::new(Vec::with_capacity(left));
        for (at, group) in self.groups.iter().enumerate().rev() {
            let before = at.checked_sub(1).and_then(|at| self.groups.get(at));
            let terms = group.terms(before, left, choose);
            let mut rank = sum(&terms).below(random)?;
            let mut taken = group.least;
            for term in &terms {
                match rank.minus(term) {
                    Some(rest) => *rank = rest,
                    None => break,
                }
                taken += 1;
            }
            let number = u8::try_from(at).unwrap_or(0);
            places.extend(core::iter::repeat_n(number, taken.min(left)));
            left = left.saturating_sub(taken);
        }
        shuffle(&mut places, random)?;
        Ok(places)
    }

    /// `W(k,length)`: all passwords but for the rules that are looked at.
    fn count(&self) -> Natural {
        let last = self.groups.last().and_then(|group| group.ways.last());
        last.copied().unwrap_or(Natural::ZERO)
    }

    /// The limits on rows and sequences that a password of this length could break.
    fn limits(&self) -> [Option<u8>; 2] {
        [self.recipe.repeats, self.recipe.sequence]
            .map(|most| most.filter(|most| *most < self.recipe.length))
    }

    /// Fewer passwords than are permitted, the better of two bounds:
    ///
    /// ```text
    /// W − Σ those that break a rule looked at:
    ///     C(n,j) · |S|^j · (a−|S|)^(n−j)       j = 0 … least−1 letters of S
    ///     (n−m) · a^(n−m), twice for sequences  a run of more than m, by its place
    /// Π (|Gᵢ| − e)    each minimum at a place of its own, and no letter the same as the
    ///                 one before (e = 1) or next to it (e = 2, both 3)
    /// ```
    fn least(&self) -> Natural {
        let without = self.count().minus(&self.broken());
        without.unwrap_or(Natural::ZERO).max(self.apart())
    }

    fn broken(&self) -> Natural {
        let length = usize::from(self.recipe.length);
        let choose = pascal(length);
        let all = self.recipe.letters;
        let mut broken = Natural::ZERO;
        for Minimum { letters, least } in &self.looked_at {
            let of = |count: usize| {
                let inside = power(letters.count(), count);
                let outside = power(all.without(*letters).count(), length - count);
                choice(&choose, length, count)
                    .times(&inside)
                    .times(&outside)
            };
            let short = (0..usize::from(*least).min(length)).map(of);
            broken = short.fold(broken, |sum, more| sum.plus(&more));
        }
        for (most, directions) in self.limits().into_iter().zip([1, 2]) {
            let Some(most) = most else { continue };
            let free = length - usize::from(most).max(1);
            let places = u128::try_from(free).unwrap_or(0) * directions;
            let runs = Natural::of(places).times(&power(all.count(), free));
            broken = broken.plus(&runs);
        }
        broken
    }

    fn apart(&self) -> Natural {
        let [repeats, sequence] = self.limits();
        let taken = u32::from(repeats.is_some()) + 2 * u32::from(sequence.is_some());
        let groups = self.groups.iter().map(|group| (group.letters, group.least));
        let looked_at = self.looked_at.iter();
        let looked_at = looked_at.map(|minimum| (minimum.letters, usize::from(minimum.least)));
        let mut left = usize::from(self.recipe.length);
        let mut count = Natural::of(1);
        for (letters, least) in groups.chain(looked_at) {
            let Some(rest) = left.checked_sub(least) else {
                return Natural::ZERO;
            };
            left = rest;
            count = count.times(&power(letters.count().saturating_sub(taken), least));
        }
        let others = self.recipe.letters.count().saturating_sub(taken);
        count.times(&power(others, left))
    }
}

impl Group {
    /// Passwords of `length` letters of this group and those before it, by how many
    /// of this group: `least`, one more, and so on.
    #[inline(never)]
    fn terms(&self, before: Option<&Self>, length: usize, choose: &[Vec<Natural>]) -> Vec<Natural> {
        let mut power = power(self.letters.count(), self.least);
        let letters = Natural::of(self.letters.count().into());
        let mut terms = Vec::new();
        for count in self.least..=length {
            let rest = length - count;
            let ways = match before {
                Some(before) => before.ways.get(rest).copied(),
                None => (rest == 0).then_some(Natural::of(1)),
            };
            let ways = ways.unwrap_or(Natural::ZERO);
            terms.push(if ways.is_zero() {
                ways
            } else {
                choice(choose, length, count).times(&power).times(&ways)
            });
            power = power.times(&letters);
        }
        terms
    }
}

/// The groups of these minimums, counted for passwords of `length`.
fn groups(minimums: Vec<Minimum>, length: usize) -> Vec<Group> {
    let choose = pascal(length);
    let mut groups: Vec<Group> = Vec::new();
    let last = minimums.len().saturating_sub(1);
    for Minimum { letters, least } in minimums {
        let mut group = Group {
            letters,
            least: usize::from(least),
            ways: Vec::new(),
        };
        // Of all groups only passwords of the whole length are asked for.
        let shortest = if groups.len() == last { length } else { 0 };
        group.ways = (shortest..=length)
            .map(|l| sum(&group.terms(groups.last(), l, &choose)))
            .collect();
        groups.push(group);
    }
    groups
}

/// Minimums whose sets are disjoint, then all other letters; and what is left to look at.
fn parted(recipe: &Recipe) -> Result<(Vec<Minimum>, Vec<Minimum>), RecipeError> {
    let mut rest = recipe.letters;
    let mut counted = Vec::new();
    let mut looked_at = Vec::new();
    for minimum in recipe.minimums.iter().filter(|minimum| minimum.least > 0) {
        let letters = minimum.letters.within(recipe.letters);
        let minimum = Minimum {
            letters,
            ..*minimum
        };
        if letters.is_empty() {
            return Err(RecipeError::LeftOut);
        }
        if letters.are_within(rest) && counted.len() < MOST_GROUPS {
            rest = rest.without(letters);
            counted.push(minimum);
        } else {
            looked_at.push(minimum);
        }
    }
    if !rest.is_empty() {
        counted.push(Minimum {
            letters: rest,
            least: 0,
        });
    }
    Ok((counted, looked_at))
}

#[inline(never)]
fn sum(terms: &[Natural]) -> Natural {
    let none = Natural::ZERO;
    terms.iter().fold(none, |sum, term| sum.plus(term))
}

#[inline(never)]
fn power(base: u32, exponent: usize) -> Natural {
    let base = Natural::of(base.into());
    (0..exponent).fold(Natural::of(1), |power, _| power.times(&base))
}

/// Pascal's triangle: `C(row, column)` up to the row `last`.
#[inline(never)]
fn pascal(last: usize) -> Vec<Vec<Natural>> {
    let one = Natural::of(1);
    let mut rows = Vec::from([Vec::from([one])]);
    for _ in 0..last {
        let above = rows.last().map_or(&[][..], |row| row.as_slice());
        let inner = above.iter().zip(above.iter().skip(1));
        let inner = inner.map(|(left, right)| left.plus(right));
        let row = [one].into_iter().chain(inner).chain([one]).collect();
        rows.push(row);
    }
    rows
}

#[inline(never)]
fn choice(choose: &[Vec<Natural>], row: usize, column: usize) -> Natural {
    let number = choose.get(row).and_then(|row| row.get(column));
    number.copied().unwrap_or(Natural::ZERO)
}
