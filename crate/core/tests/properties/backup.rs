//! Backup files over generated entries and files of any size.

use proptest::collection::vec;
use proptest::prelude::*;
use sigill_core::id::{FileId, Hash, ItemId, SlotId, VaultId};
use sigill_core::vault::backup::{Backup, SealedFile};
use sigill_core::vault::file::{CHUNK, Cut, FilePlace, Reading, SEAL, seal_chunk};
use sigill_core::vault::head::{Head, items_root};
use sigill_core::vault::item::{FileRef, Item};
use sigill_core::vault::kdf::Kdf;
use sigill_core::vault::key::{EpochKeys, RootKey, VaultKey};
use sigill_core::vault::record::{Place, Record};
use sigill_core::vault::slot::{Slot, SlotKind, SlotPublic};
use sigill_core::vault::slots::Slots;

use super::drawn::Drawn;
use super::flip;
use super::index::head;

const VAULT: VaultId = VaultId([1; 16]);
const ITEM: ItemId = ItemId([9; 16]);

fn root() -> RootKey {
    RootKey::from_bytes([2; 32])
}

fn keys() -> EpochKeys {
    EpochKeys::derive(&VaultKey::from_random([6; 32]), VAULT, 1)
}

fn slots() -> Slots {
    let kind = SlotKind::Password {
        kdf: Kdf::DEFAULT,
        salt: [3; 16],
    };
    let public = SlotPublic {
        vault: VAULT,
        epoch: 1,
        kind,
        slot: SlotId([4; 16]),
    };
    let vault_key = VaultKey::from_random([6; 32]);
    Slots::parse([Slot::seal(public, &root(), &vault_key, [5; 12])]).unwrap()
}

/// A file's place and its chunks, in one.
fn sealed(name: u8, bytes: &[u8]) -> (SealedFile, Vec<u8>) {
    let place = place(FileId([name; 16]));
    let size = u64::try_from(bytes.len()).unwrap();
    let cut = Cut::of(size).unwrap();
    let mut chunks = Vec::new();
    for index in 0..cut.chunks() {
        let from = usize::try_from(index).unwrap() * CHUNK;
        let part = &bytes[from..bytes.len().min(from + CHUNK)];
        let seal = (&keys(), [name; 12]);
        chunks.extend(seal_chunk(&place, (cut, index), part, seal).unwrap());
    }
    let file = SealedFile {
        files_key: keys().files_key_id(),
        file: place.file,
        item: ITEM,
        size,
        sha256: Hash::of(&chunks),
    };
    (file, chunks)
}

fn place(file: FileId) -> FilePlace {
    FilePlace {
        vault: VAULT,
        epoch: 1,
        item: ITEM,
        file,
    }
}

/// A backup file of these entries, the last of which has files of these contents.
fn written(items: &[Drawn], contents: &[Vec<u8>]) -> Vec<u8> {
    let mut owner = Item::default();
    for (name, bytes) in (1..).zip(contents) {
        owner.files.put(FileRef {
            id: FileId([name; 16]),
            name: "f".into(),
            size: u64::try_from(bytes.len()).unwrap(),
            sha256: Hash::of(bytes),
            media_type: String::new(),
        });
    }
    let drawn = (10..)
        .zip(items)
        .map(|(name, item)| (ItemId([name; 16]), item.item()));
    let record = |(item, content): (ItemId, Item)| {
        let place = Place {
            vault: VAULT,
            epoch: 1,
            item,
            revision: 1,
            writer: head(1, 1).writer,
            parent: None,
        };
        Record::seal(place, &content, &keys(), [8; 12]).unwrap()
    };
    let records: Vec<_> = drawn.chain([(ITEM, owner)]).map(record).collect();
    let head = Head {
        items_root: items_root(records.iter().map(Record::root_entry)).unwrap(),
        count: u64::try_from(records.len()).unwrap(),
        slots_hash: slots().hash(),
        ..head(1, 1)
    };
    let files = (1..).zip(contents).map(|(name, bytes)| sealed(name, bytes));
    let (files, chunks): (Vec<_>, Vec<_>) = files.unzip();
    let backup = Backup::new(&slots(), (&head, &head.tag(&keys())), (records, files));
    [backup.unwrap().to_bytes(), chunks.concat()].concat()
}

/// Its entries and the contents of its files, all of it proved; nothing where any of
/// it does not hold.
fn read(file: &[u8]) -> Option<(Vec<Item>, Vec<Vec<u8>>)> {
    let size = u64::try_from(file.len()).ok()?;
    let (backup, at) = Backup::read(file, size).ok()?;
    let keys = backup.unlock(&root()).ok()?;
    let items = backup.open(&keys).ok()?;
    let mut rest = &file[usize::try_from(at).ok()?..];
    let mut contents = Vec::new();
    for held in backup.files() {
        let (chunks, after) = rest.split_at(usize::try_from(held.sealed_size()).ok()?);
        rest = after;
        if Hash::of(chunks) != held.sha256 {
            return None;
        }
        let (_, owner) = items.iter().find(|(id, _)| *id == held.item)?;
        let said = owner.files.find(&held.file)?;
        let mut reading = Reading::begin(place(held.file), held.size, &keys).ok()?;
        let mut bytes = Vec::new();
        for chunk in chunks.chunks(CHUNK + SEAL) {
            bytes.extend_from_slice(&reading.next(chunk).ok()?);
        }
        reading.finish(said.sha256).ok()?;
        contents.push(bytes);
    }
    Some((items.into_iter().map(|(_, item)| item).collect(), contents))
}

/// Of no chunk's length, of one's, and around it.
fn content() -> impl Strategy<Value = Vec<u8>> {
    let sizes = prop_oneof![
        0..300_usize,
        CHUNK - 1..CHUNK + 2,
        2 * CHUNK..2 * CHUNK + 300
    ];
    (sizes, any::<u8>()).prop_map(|(size, seed)| {
        (0..size)
            .map(|at| at.to_le_bytes()[0].wrapping_mul(7) ^ seed)
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_backup_comes_back_with_every_entry_and_every_file_to_the_byte(
        items in vec(any::<Drawn>(), 0..4), contents in vec(content(), 0..4),
    ) {
        let (came, files) = read(&written(&items, &contents)).unwrap();
        let drawn = items.iter().map(Drawn::item);
        prop_assert!(came.iter().zip(drawn).all(|(came, item)| *came == item));
        prop_assert_eq!(came.len(), items.len() + 1);
        prop_assert!(files == contents);
    }

    #[test]
    fn a_backup_with_any_bit_flipped_or_cut_off_anywhere_is_not_whole(
        items in vec(any::<Drawn>(), 0..2), contents in vec(content(), 0..3),
        bit: prop::sample::Index, end: prop::sample::Index,
    ) {
        let file = written(&items, &contents);
        prop_assert!(read(&file[..end.index(file.len())]).is_none());
        let mut flipped = file;
        flip(&mut flipped, bit);
        prop_assert!(read(&flipped).is_none());
    }
}
