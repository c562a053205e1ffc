//! What a service, a backup file or a damaged disk hands to a vault.

use sigill_core::confirmation::journal::Entry;
use sigill_core::confirmation::receipt::SignedReceipt;
use sigill_core::id::{DeviceId, Hash, ItemId};
use sigill_core::vault::backup::Backup;
use sigill_core::vault::generation::Pin;
use sigill_core::vault::head::Head;
use sigill_core::vault::index::{Index, SealedIndex, Sketch};
use sigill_core::vault::item::{Item, bundle};
use sigill_core::vault::merge::{Version, merge_versions};
use sigill_core::vault::record::Record;
use sigill_core::vault::search::{Query, Scope};
use sigill_core::vault::slot::Slot;

macro_rules! one_encoding {
    ($($(#[$doc:meta])* $target:ident: $shape:ty;)*) => {$(
        $(#[$doc])*
        pub fn $target(bytes: &[u8]) {
            if let Ok(read) = <$shape>::from_bytes(bytes) {
                assert_eq!(read.to_bytes(), bytes);
            }
        }
    )*};
}

one_encoding! {
    /// A slot has one encoding.
    slot: Slot;
    /// A head has one encoding.
    head: Head;
    /// A sealed record has one encoding.
    record: Record;
    /// A device's pin has one encoding.
    pin: Pin;
    /// The journal of a dangerous act has one encoding.
    journal: Entry;
    /// A receipt has one encoding.
    receipt: SignedReceipt;
}

/// A backup file has one encoding. Its hash is put right, or nothing came past it.
pub fn backup(bytes: &[u8]) {
    let Hash(end) = Hash::of(bytes);
    let file = [bytes, &end].concat();
    let size = u64::try_from(file.len()).unwrap_or(u64::MAX);
    if let Ok((backup, _chunks)) = Backup::read(&file, size) {
        assert!(file.starts_with(&backup.to_bytes()));
    }
}

/// Items have one encoding, and a sketch in the index.
pub fn item(bytes: &[u8]) {
    let Ok(items) = bundle::from_bytes(bytes) else {
        return;
    };
    assert_eq!(*bundle::to_bytes(items.iter()), bytes);
    look_through(&indexed(&items), "a");
}

/// Two devices that merge the same two versions come to the same, and coming
/// again changes nothing. The first of the items is the parent of the others.
pub fn merge(bytes: &[u8]) {
    let Ok(items) = bundle::from_bytes(bytes) else {
        return;
    };
    let [parent, one, other] = items.as_slice() else {
        return;
    };
    let one = version(one, 1);
    let other = version(other, 2);
    let merged = merge_versions(Some(parent), one, other).item;
    let mirrored = merge_versions(Some(parent), other, one).item;
    assert!(merged == mirrored);
    let merged = version(&merged, 2);
    let again = merge_versions(Some(parent), merged, merged).item;
    assert!(*merged.item == again);
}

const fn version(item: &Item, writer: u8) -> Version<'_> {
    Version {
        item,
        writer: DeviceId([writer; 16]),
    }
}

/// What an index holds is looked through without a fault.
pub fn index(bytes: &[u8]) {
    if let Ok(sealed) = SealedIndex::from_bytes(bytes) {
        assert_eq!(sealed.to_bytes(), bytes);
    }
    if let Ok(index) = SealedIndex::read(bytes) {
        look_through(&index, "a");
    }
}

thread_local! {
    static LOOKED_IN: Index = looked_in();
}

fn looked_in() -> Index {
    let item = |name: &str| {
        Item::new(Default::default())
            .named(name)
            .tagged("straße")
            .in_folder("Ålesund")
    };
    indexed(&["Ärlig bank", "", "tag:x \"y", "İstanbul"].map(item))
}

/// Whatever is typed into the search field finds something or nothing.
pub fn search(bytes: &[u8]) {
    if let Ok(text) = str::from_utf8(bytes) {
        LOOKED_IN.with(|index| look_through(index, text));
    }
}

fn indexed(items: &[Item]) -> Index {
    let id = |number: u8| ItemId([number; 16]);
    let sketches = (0_u8..).zip(items);
    let sketches = sketches.map(|(number, item)| Sketch::of(id(number), Hash([number; 32]), item));
    Index::default().changed(&[], sketches.collect())
}

fn look_through(index: &Index, typed: &str) {
    for entry in index.entries() {
        let _ = (entry.name(), entry.detail(), entry.host(), entry.folder());
        let _ = entry.tags().count();
    }
    for found in index.find(&Query::parse(typed, &Scope::All)) {
        assert!(index.at(found).is_some());
    }
}
