//! The sealed index over generated items.

use proptest::collection::vec;
use proptest::prelude::*;
use sigill_core::id::{DeviceId, Hash, ItemId, VaultId};
use sigill_core::vault::head::Head;
use sigill_core::vault::index::{Index, SealedIndex, Sketch};
use sigill_core::vault::item::{Item, Kind, Shelf};
use sigill_core::vault::key::{EpochKeys, VaultKey};
use sigill_core::vault::search::{Query, Scope, fold};

use super::drawn::Drawn;
use super::flip;

pub(crate) fn head(vault: u8, epoch: u64) -> Head {
    Head {
        account: None,
        vault: VaultId([vault; 16]),
        epoch,
        seq: 1,
        previous: Hash::NOTHING,
        items_root: Hash([4; 32]),
        count: 0,
        slots_hash: Hash::NOTHING,
        timeline: Hash::NOTHING,
        service_key: None,
        writer: DeviceId([5; 16]),
        operation: None,
        restored_from: None,
        seen: std::collections::BTreeMap::new(),
        time: 0,
    }
}

fn keys() -> EpochKeys {
    EpochKeys::derive(&VaultKey::from_random([6; 32]), VaultId([1; 16]), 1)
}

fn sealed(index: &Index) -> SealedIndex {
    SealedIndex::seal(index, &head(1, 1), &keys(), [7; 12])
}

fn sketch(name: u8, item: &Item) -> Sketch {
    Sketch::of(ItemId([name; 16]), Hash([name; 32]), item)
}

fn index(items: &[Drawn]) -> Index {
    let items = (0..).zip(items);
    let sketches = items.map(|(name, drawn)| sketch(name, &drawn.item()));
    Index::default().changed(&[], sketches.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_an_index_says_is_what_the_items_say_and_is_read_back(items in vec(any::<Drawn>(), 0..8)) {
        let row = SealedIndex::from_bytes(&sealed(&index(&items)).to_bytes()).unwrap();
        let read = row.open(&head(1, 1), &keys()).unwrap();
        prop_assert_eq!(read.len(), items.len());
        for entry in read.entries() {
            let [name, ..] = entry.id().0;
            let item = items[usize::from(name)].item();
            prop_assert_eq!(entry.record(), Hash([name; 32]));
            prop_assert_eq!(entry.name(), &item.name);
            prop_assert_eq!(entry.detail(), item.detail());
            prop_assert_eq!(entry.folder(), &item.folder);
            prop_assert!(entry.tags().eq(item.tags.iter()));
            prop_assert_eq!((entry.kind(), entry.shelf()), (item.kind, item.shelf));
        }
        prop_assert!(sealed(&read).to_bytes() == sealed(&index(&items)).to_bytes());
    }

    #[test]
    fn an_index_changed_step_by_step_is_the_one_made_at_once(
        before in vec(any::<Drawn>(), 1..8), after in vec(any::<Drawn>(), 1..8),
    ) {
        let forgotten: Vec<ItemId> = (0..8).map(|name| ItemId([name; 16])).collect();
        let new = (0..).zip(&after).map(|(name, drawn)| sketch(name, &drawn.item()));
        let changed = index(&before).changed(&forgotten, new.collect());
        prop_assert!(sealed(&changed).to_bytes() == sealed(&index(&after)).to_bytes());
    }

    #[test]
    fn an_index_with_any_bit_flipped_or_of_another_vault_or_epoch_does_not_open(
        items in vec(any::<Drawn>(), 0..4), bit: prop::sample::Index,
    ) {
        let row = sealed(&index(&items));
        prop_assert!(row.open(&head(2, 1), &keys()).is_err());
        prop_assert!(row.open(&head(1, 2), &keys()).is_err());
        let mut bytes = row.to_bytes();
        flip(&mut bytes, bit);
        let opened = SealedIndex::from_bytes(&bytes).ok();
        prop_assert!(opened.and_then(|row| row.open(&head(1, 1), &keys()).ok()).is_none());
    }

    #[test]
    fn no_plaintext_makes_it_panic(plaintext in vec(any::<u8>(), 0..300), pads: bool) {
        let mut plaintext = plaintext;
        if pads {
            let length = u32::try_from(plaintext.len()).unwrap().to_be_bytes();
            plaintext.splice(..0, length);
            plaintext.resize(64 << 10, 0);
        }
        prop_assert!(SealedIndex::read(&plaintext).is_err());
    }

    #[test]
    fn a_word_is_found_in_just_the_items_that_hold_it(names in vec("[abåÄ ]{0,6}", 0..12), word in "[abå]{1,3}") {
        let items: Vec<Item> = names.iter().map(|name| Item::new(Kind::Note).named(name)).collect();
        let sketches = (0..).zip(&items).map(|(name, item)| sketch(name, item));
        let index = Index::default().changed(&[], sketches.collect());
        let mut found = index.find(&Query::parse(&word, &Scope::All));
        found.sort_unstable();
        let holds = |name: &str| fold(name).contains(&fold(&word));
        let expected = index.entries().enumerate().filter(|(_, entry)| holds(entry.name()));
        let expected: Vec<usize> = expected.map(|(position, _)| position).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn only_what_is_in_sight_is_found_where_one_looks_at_all(items in vec(any::<Drawn>(), 0..8)) {
        let index = index(&items);
        let found = index.find(&Query::parse("", &Scope::All)).len();
        let shelves = items.iter().map(|drawn| drawn.item().shelf);
        prop_assert_eq!(found, shelves.filter(|shelf| *shelf == Shelf::Active).count());
    }
}
