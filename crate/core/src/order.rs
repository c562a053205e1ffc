//! Putting things in order.
//!
//! A sort is 5 kB of program for every type that is sorted. Here positions
//! are, by one sort, whatever stands at them.

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

/// The items, the least first; equal ones in any order.
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

fn places(count: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|one, other| order(*one, *other));
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
}
