//! A key that was counted on is still the same key: whoever compares two
//! versions of an item goes by this.

use super::{Key, Moving};

/// Whether two texts are one key, however far it was counted.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || counters(one, other).is_some()
}

/// Of two texts of one key the one that was counted further; else the first.
#[must_use]
pub fn further<'a>(one: &'a str, other: &'a str) -> &'a str {
    match counters(one, other) {
        Some((a, b)) if a < b => other,
        Some(_) | None => one,
    }
}

/// A parent's and two versions' text, so that a counter counts for no change:
/// where both versions are one key, both are the one that was counted further;
/// where one version is the parent's key, the parent is that version.
#[must_use]
pub fn reconciled<'a, T: Copy>(
    [parent, one, other]: [T; 3],
    text: impl Fn(T) -> &'a str,
) -> [T; 3] {
    let [before, here, there] = [parent, one, other].map(text);
    if before == here || before == there || here == there {
        [parent, one, other]
    } else if is_same(here, there) {
        let most = if further(here, there) == here {
            one
        } else {
            other
        };
        [parent, most, most]
    } else if is_same(there, before) {
        [other, one, other]
    } else if is_same(here, before) {
        [one, one, other]
    } else {
        [parent, one, other]
    }
}

/// How far each is, where both are one key by a counter.
fn counters(one: &str, other: &str) -> Option<(u64, u64)> {
    let (mut one, other) = (counted(one)?, counted(other)?);
    let (Moving::Counter(a), Moving::Counter(b)) = (one.moving, other.moving) else {
        return None;
    };
    one.moving = other.moving;
    (one == other).then_some((a, b))
}

/// Most keys go by the clock: they are not taken apart.
fn counted(text: &str) -> Option<Key> {
    let is_likely = text
        .get(..14)
        .is_some_and(|start| start.eq_ignore_ascii_case("otpauth://hotp"));
    is_likely.then(|| Key::parse(text).ok()).flatten()
}
