//! Putting things in order.
//!
//! A sort is 5 kB of program for every type that is sorted. Here positions
//! are, by one small sort, whatever stands at them.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// A map, pair by pair. (`collect` sorts first, and a sort is 8 kB of program
/// for every type of pair.)
pub fn map_of<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(pairs);
    map
}

/// The items, the least first; equal ones in the order in which they came.
pub fn sorted<T>(items: impl IntoIterator<Item = T>, order: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let items: Vec<T> = items.into_iter().collect();
    let places = places(
        items.len(),
        &|one, other| match (items.get(one), items.get(other)) {
            (Some(one), Some(other)) => order(one, other),
            (None, _) | (_, None) => Ordering::Equal,
        },
    );
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    let in_place = |at: usize| items.get_mut(at).and_then(Option::take);
    places.into_iter().filter_map(in_place).collect()
}

/// By merging runs, twice as long each time: the library's sort is 9 kB of program.
fn places(count: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    let mut merged = Vec::with_capacity(count);
    let is_before = |one: &usize, next: &usize| order(*one, *next) == Ordering::Less;
    let mut width = 1;
    while width < count {
        for runs in places.chunks(2 * width) {
            let (mut left, mut right) = runs.split_at(width.min(runs.len()));
            // Runs that are in order already, one after the other, stay so.
            let in_order = match (left.last(), right.first()) {
                (Some(last), Some(first)) => !is_before(first, last),
                (_, _) => true,
            };
            while let (false, [one, left_rest @ ..], [other, right_rest @ ..]) =
                (in_order, left, right)
            {
                if is_before(other, one) {
                    merged.push(*other);
                    right = right_rest;
                } else {
                    merged.push(*one);
                    left = left_rest;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        core::mem::swap(&mut places, &mut merged);
        merged.clear();
        width *= 2;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_comes_out_once_and_in_order() {
        let drawn = (0_u32..1000).map(|n| n.wrapping_mul(2_654_435_761) % 500);
        let sorted = sorted(drawn.clone(), u32::cmp);
        let mut expected: Vec<u32> = drawn.collect();
        expected.sort_unstable();
        assert_eq!(sorted, expected);
    }

    #[test]
    fn however_many_there_are_equal_ones_stay_in_their_order() {
        for count in 0..70_u32 {
            for kinds in 1..5 {
                let drawn = (0..count).map(|n| (n.wrapping_mul(2_654_435_761) % kinds, n));
                let sorted = sorted(drawn, |one, other| one.0.cmp(&other.0));
                assert_eq!(sorted.len(), usize::try_from(count).unwrap());
                assert!(sorted.is_sorted(), "{sorted:?}");
            }
        }
    }
}
