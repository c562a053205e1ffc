//! Properties of the vault over generated input.

#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use proptest::collection::vec;
use proptest::prelude::*;
use sigill_core::id::{DeviceId, FileId, Hash, ItemId, SlotId, VaultId};
use sigill_core::vault::file::{CHUNK, Cut, FileError, FilePlace, Reading, seal_chunk};
use sigill_core::vault::head::{RootEntry, items_root};
use sigill_core::vault::item::bundle;
use sigill_core::vault::item::{Field, FieldKind, Item, Part, Past};
use sigill_core::vault::kdf::Kdf;
use sigill_core::vault::key::{EpochKeys, RootKey, VaultKey};
use sigill_core::vault::merge::{Version, merge_versions};
use sigill_core::vault::record::{Life, Opened, Place, Record};
use sigill_core::vault::slot::{Slot, SlotKind, SlotPublic};

#[path = "properties/backup.rs"]
mod backup;
#[path = "properties/drawn.rs"]
mod drawn;
#[path = "properties/index.rs"]
mod index;
#[path = "properties/otp.rs"]
mod otp;
#[path = "properties/site.rs"]
mod site;

use drawn::{Drawn, place};

fn keys(seed: [u8; 32], place: &Place) -> EpochKeys {
    EpochKeys::derive(&VaultKey::from_random(seed), place.vault, place.epoch)
}

/// The item, if the bytes are a record that opens.
fn opened(bytes: &[u8], keys: &EpochKeys) -> Option<Item> {
    match Record::from_bytes(bytes).ok()?.open(keys).ok()? {
        Opened::Item(item) => Some(item),
        Opened::Tombstone | Opened::ReadOnly { .. } => None,
    }
}

fn flip(bytes: &mut [u8], bit: prop::sample::Index) {
    let bit = bit.index(8 * bytes.len());
    bytes[bit / 8] ^= 1 << (bit % 8);
}

proptest! {
    #[test]
    fn what_is_sealed_is_opened_as_it_was(
        item: Drawn, place in place(), key: [u8; 32], nonce: [u8; 12],
    ) {
        let keys = keys(key, &place);
        let record = Record::seal(place, &item.item(), &keys, nonce).unwrap();
        let bytes = record.to_bytes();
        prop_assert!(Record::from_bytes(&bytes).is_ok_and(|read| read == record));
        prop_assert!(opened(&bytes, &keys).is_some_and(|opened| opened == item.item()));
    }

    #[test]
    fn a_record_with_any_bit_flipped_or_under_another_key_does_not_open(
        item: Drawn, place in place(), key: [u8; 32], other: [u8; 32], bit: prop::sample::Index,
    ) {
        let own = keys(key, &place);
        let mut bytes = Record::seal(place, &item.item(), &own, [0; 12]).unwrap().to_bytes();
        prop_assume!(key != other);
        prop_assert!(opened(&bytes, &keys(other, &place)).is_none());
        flip(&mut bytes, bit);
        prop_assert!(opened(&bytes, &own).is_none());
    }

    #[test]
    fn a_slot_with_any_bit_flipped_or_under_another_root_does_not_open(
        root: [u8; 32], other: [u8; 32], salt: [u8; 16], bit: prop::sample::Index,
    ) {
        let public = SlotPublic {
            vault: VaultId([1; 16]),
            epoch: 1,
            kind: SlotKind::Password { kdf: Kdf::DEFAULT, salt },
            slot: SlotId([2; 16]),
        };
        let vault_key = VaultKey::from_random([3; 32]);
        let [root_key, other_key] = [root, other].map(RootKey::from_bytes);
        let slot = Slot::seal(public, &root_key, &vault_key, [4; 12]);
        prop_assert!(slot.open(&root_key).is_ok());
        prop_assume!(root != other);
        prop_assert!(slot.open(&other_key).is_err());
        let mut bytes = slot.to_bytes();
        flip(&mut bytes, bit);
        prop_assert!(Slot::from_bytes(&bytes).and_then(|slot| slot.open(&root_key)).is_err());
    }

    #[test]
    fn bytes_that_nobody_wrote_are_refused_without_harm(bytes in vec(any::<u8>(), 0..600)) {
        prop_assert!(Record::from_bytes(&bytes).is_err());
        prop_assert!(Slot::from_bytes(&bytes).is_err());
        prop_assert!(bundle::from_bytes(&bytes).is_err());
        prop_assert!(sigill_core::vault::head::Head::from_bytes(&bytes).is_err());
        prop_assert!(sigill_core::vault::generation::Pin::from_bytes(&bytes).is_err());
    }

    #[test]
    fn the_root_does_not_depend_on_order(
        mut names in vec(any::<[u8; 16]>(), 1..30), at: prop::sample::Index,
    ) {
        let entry = |name: &[u8; 16]| RootEntry {
            item: ItemId(*name),
            revision: 1,
            record: Hash::of(name),
            life: Life::Living,
        };
        names.sort_unstable();
        names.dedup();
        let sorted = items_root(names.iter().map(entry));
        let middle = at.index(names.len());
        names.rotate_left(middle);
        prop_assert_eq!(items_root(names.iter().map(entry)), sorted);
        names.push(names[0]);
        prop_assert!(items_root(names.iter().map(entry)).is_err());
    }

    #[test]
    fn merging_does_not_depend_on_who_merges(
        parent: Drawn, one: Drawn, other: Drawn, writers: (bool, bool),
    ) {
        let (parent, one, other) = (parent.item(), one.item(), other.item());
        let [first, second] = versions(&one, &other, writers);
        let forwards = merge_versions(Some(&parent), first, second);
        let backwards = merge_versions(Some(&parent), second, first);
        prop_assert!(forwards.item == backwards.item);
        prop_assert!(forwards.conflicts == backwards.conflicts);
    }

    #[test]
    fn merging_a_version_with_itself_or_with_its_parent_changes_nothing(
        parent: Drawn, one: Drawn,
    ) {
        let (parent, mut one) = (parent.item(), one.item());
        one.modified_at = one.modified_at.max(parent.modified_at + 1);
        one.created_at = parent.created_at;
        let [version, before] = versions(&one, &parent, (false, true));
        prop_assert!(merge_versions(Some(&parent), version, version).item == one);
        let merged = merge_versions(Some(&parent), version, before).item;
        prop_assert!(same_values(&merged, &one));
    }

    #[test]
    fn merging_again_with_a_merged_side_changes_nothing(
        parent: Drawn, one: Drawn, other: Drawn,
    ) {
        let (parent, mut one, other) = (parent.item(), one.item(), other.item());
        one.modified_at = other.modified_at + 1;
        let [first, second] = versions(&one, &other, (false, true));
        let once = merge_versions(Some(&parent), first, second).item;
        for side in [first, second] {
            let merged = Version { item: &once, writer: first.writer };
            prop_assert!(merge_versions(Some(&parent), merged, side).item == once);
        }
    }

    #[test]
    fn the_higher_count_of_a_passkey_stays(parent: Drawn, one: Drawn, other: Drawn) {
        let (parent, one, other) = (parent.item(), one.item(), other.item());
        let [first, second] = versions(&one, &other, (false, true));
        let merged = merge_versions(Some(&parent), first, second).item;
        for passkey in &merged.passkeys {
            for side in [&one, &other] {
                let known = side.passkeys.find(&passkey.credential);
                prop_assert!(known.is_none_or(|known| known.counter <= passkey.counter));
            }
        }
    }

    #[test]
    fn a_bundle_is_read_as_it_was_written(items in vec(any::<Drawn>(), 0..4)) {
        let items: Vec<Item> = items.iter().map(Drawn::item).collect();
        let read = bundle::from_bytes(&bundle::to_bytes(items.iter()));
        prop_assert!(read.is_ok_and(|read| read == items));
    }

    #[test]
    fn a_changed_value_of_either_side_is_in_the_merged_item_or_its_history(
        parent: Drawn, one: Drawn, other: Drawn, writers: (bool, bool),
    ) {
        let (parent, one, other) = (parent.item(), one.item(), other.item());
        let [first, second] = versions(&one, &other, writers);
        let merged = merge_versions(Some(&parent), first, second).item;
        let known = values(&merged);
        for side in [&one, &other] {
            for value in values(side) {
                let was_changed = !values(&parent).contains(&value);
                let is_kept = known.contains(&value);
                prop_assert!(is_kept || !was_changed, "a value was lost");
            }
        }
    }
}

/// Two versions, each by one of two devices.
fn versions<'a>(one: &'a Item, other: &'a Item, writers: (bool, bool)) -> [Version<'a>; 2] {
    [(one, writers.0), (other, writers.1)].map(|(item, writer)| Version {
        item,
        writer: DeviceId([u8::from(writer); 16]),
    })
}

/// All that a person could miss: every value, past ones too, by part. How
/// often a passkey signed is none.
fn values(item: &Item) -> Vec<(Part, String)> {
    let mut values = vec![
        (Part::Kind, item.kind.key().into()),
        (Part::Name, item.name.clone()),
        (Part::Folder, item.folder.clone()),
        (Part::Shelf, item.shelf.key().into()),
    ];
    let text = |field: &Field| (Part::Field(*field), item.value(*field).to_owned());
    values.extend(Field::ALL.iter().map(text));
    values.extend(item.urls.iter().map(|url| (Part::Urls, url.to_line())));
    values.extend(item.tags.iter().map(|tag| (Part::Tags, tag.clone())));
    let custom = item.fields.iter();
    values.extend(custom.map(|field| (labelled(&field.label), field.value.clone())));
    let passkeys = item.passkeys.iter();
    values.extend(passkeys.map(|passkey| (Part::Passkey, passkey.user_name.clone())));
    values.extend(
        item.files
            .iter()
            .map(|file| (Part::File, file.name.clone())),
    );
    values.extend(item.history.iter().flat_map(past));
    values.retain(|(_, value)| !value.is_empty());
    values
}

/// Addresses stood there one by one, each with its rule.
fn past(past: &Past) -> Vec<(Part, String)> {
    let passkey = past.passkey().map(|passkey| passkey.user_name.clone());
    let file = past.file().map(|file| file.name.clone());
    let value = passkey.or(file).unwrap_or_else(|| past.value.clone());
    match &past.part {
        Part::Custom { label, .. } => vec![(labelled(label), value)],
        Part::Urls => value
            .lines()
            .map(|line| (Part::Urls, line.into()))
            .collect(),
        Part::Kind
        | Part::Name
        | Part::Field(_)
        | Part::Tags
        | Part::Folder
        | Part::Shelf
        | Part::Passkey
        | Part::File => vec![(past.part.clone(), value)],
    }
}

/// Fields of the person's own are told apart by label, however they show.
fn labelled(label: &str) -> Part {
    Part::Custom {
        label: label.to_owned(),
        kind: FieldKind::Text,
    }
}

fn same_values(one: &Item, other: &Item) -> bool {
    one.kind == other.kind
        && one.name == other.name
        && one.values == other.values
        && one.urls == other.urls
        && one.tags == other.tags
        && one.folder == other.folder
        && one.fields == other.fields
        && one.files == other.files
        && one.favourite == other.favourite
        && one.shelf == other.shelf
        && one.passkeys.len() == other.passkeys.len()
}

/// A file's chunks, sealed.
fn chunks_of(place: &FilePlace, content: &[u8], keys: &EpochKeys) -> Vec<Vec<u8>> {
    let cut = Cut::of(u64::try_from(content.len()).unwrap()).unwrap();
    let steps = content
        .chunks(CHUNK)
        .chain(content.is_empty().then_some(&[][..]));
    let seal = |(index, bytes)| seal_chunk(place, (cut, index), bytes, (keys, [7; 12])).unwrap();
    (0..).zip(steps).map(seal).collect()
}

/// All of a file, proved; as a device reads it.
fn file_of(
    place: FilePlace,
    chunks: &[Vec<u8>],
    keys: &EpochKeys,
    (size, sha256): (usize, Hash),
) -> Result<Vec<u8>, FileError> {
    let mut reading = Reading::begin(place, u64::try_from(size).unwrap(), keys)?;
    let mut whole = Vec::new();
    for chunk in chunks {
        whole.extend_from_slice(&reading.next(chunk)?);
    }
    reading.finish(sha256).map(|()| whole)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_file_is_read_back_and_no_other_run_of_its_chunks_is(
        size in 0..5 * CHUNK, byte: u8, key: [u8; 32], ids: [[u8; 16]; 3],
        order in vec(any::<prop::sample::Index>(), 0..7), bit: prop::sample::Index,
    ) {
        let place = FilePlace {
            vault: VaultId(ids[0]), epoch: 1, item: ItemId(ids[1]), file: FileId(ids[2]),
        };
        let keys = EpochKeys::derive(&VaultKey::from_random(key), place.vault, 1);
        let content = vec![byte; size];
        let about = (size, Hash::of(&content));
        let chunks = chunks_of(&place, &content, &keys);
        prop_assert_eq!(file_of(place, &chunks, &keys, about), Ok(content));
        let order: Vec<usize> = order.iter().map(|at| at.index(chunks.len())).collect();
        let other: Vec<Vec<u8>> = order.iter().map(|at| chunks[*at].clone()).collect();
        let in_order: Vec<usize> = (0..chunks.len()).collect();
        prop_assert_eq!(file_of(place, &other, &keys, about).is_ok(), order == in_order);
        let mut flipped = chunks;
        let at = bit.index(flipped.len());
        flip(&mut flipped[at], bit);
        prop_assert!(file_of(place, &flipped, &keys, about).is_err());
    }
}
