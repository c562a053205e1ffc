//! What the vault's tests begin with.

use alloc::collections::BTreeMap;
use alloc::vec;

use super::head::Head;
use super::item::{CustomField, Field, FieldKind, FileRef, Item, Kind, Passkey};
use super::kdf::Kdf;
use super::key::{EpochKeys, RootKey, VaultKey};
use super::record::Place;
use super::slot::{Slot, SlotKind, SlotPublic};
use crate::id::{DeviceId, FileId, Hash, ItemId, SlotId, VaultId};

pub(super) const VAULT: VaultId = VaultId([1; 16]);
pub(super) const EPOCH: u64 = 1;
pub(super) const LAPTOP: DeviceId = DeviceId([2; 16]);
pub(super) const PHONE: DeviceId = DeviceId([3; 16]);
pub(super) const NONCE: [u8; 12] = [4; 12];

pub(super) fn vault_key() -> VaultKey {
    VaultKey::from_random([5; 32])
}

pub(super) fn keys() -> EpochKeys {
    EpochKeys::derive(&vault_key(), VAULT, EPOCH)
}

pub(super) fn other_keys() -> EpochKeys {
    EpochKeys::derive(&vault_key(), VAULT, EPOCH + 1)
}

pub(super) fn root() -> RootKey {
    RootKey::from_bytes([6; 32])
}

pub(super) fn wrong_root() -> RootKey {
    RootKey::from_bytes([7; 32])
}

pub(super) const PASSWORD: SlotKind = SlotKind::Password {
    kdf: Kdf::DEFAULT,
    salt: [8; 16],
};
pub(super) const RECOVERY: SlotKind = SlotKind::Recovery { salt: [9; 16] };

pub(super) fn public(kind: SlotKind, name: u8) -> SlotPublic {
    SlotPublic {
        vault: VAULT,
        epoch: EPOCH,
        kind,
        slot: SlotId([name; 16]),
    }
}

pub(super) fn slot(kind: SlotKind, name: u8) -> Slot {
    Slot::seal(public(kind, name), &root(), &vault_key(), NONCE)
}

pub(super) fn place() -> Place {
    Place {
        vault: VAULT,
        epoch: EPOCH,
        item: ItemId([10; 16]),
        revision: 2,
        writer: LAPTOP,
        parent: Some(Hash([11; 32])),
    }
}

pub(super) fn item() -> Item {
    let mut item = Item::new(Kind::Login)
        .named("Bank")
        .with(Field::Username, "åsa@example.com")
        .with(Field::Password, "correct horse")
        .with(Field::Notes, "Call first")
        .with_url("https://bank.example/")
        .with_custom(CustomField::new(FieldKind::Hidden, "PIN", "4821"));
    item.created_at = 100;
    item.modified_at = 200;
    item
}

pub(super) fn passkey() -> Passkey {
    Passkey {
        credential: vec![1, 2, 3],
        rp: "needle.example".into(),
        user_handle: vec![4],
        user_name: "åsa".into(),
        display_name: "Åsa".into(),
        private_key: vec![5; 32],
        counter: 7,
        created_at: 150,
    }
}

pub(super) fn file() -> FileRef {
    FileRef {
        id: FileId([15; 16]),
        name: "pass.pdf".into(),
        size: 4096,
        sha256: Hash([16; 32]),
        media_type: "application/pdf".into(),
    }
}

pub(crate) fn head() -> Head {
    Head {
        account: None,
        vault: VAULT,
        epoch: EPOCH,
        seq: 1,
        previous: Hash::NOTHING,
        items_root: Hash([12; 32]),
        count: 3,
        slots_hash: Hash([13; 32]),
        timeline: Hash::NOTHING,
        service_key: None,
        writer: LAPTOP,
        operation: None,
        restored_from: None,
        seen: BTreeMap::from([(LAPTOP, 1), (PHONE, 0)]),
        time: 1000,
    }
}

/// Every bit of `bytes`, flipped alone.
pub(super) fn with_each_bit_flipped(bytes: &[u8], mut check: impl FnMut(&[u8], usize)) {
    let mut flipped = bytes.to_vec();
    for bit in 0..8 * bytes.len() {
        flipped[bit / 8] ^= 1 << (bit % 8);
        check(&flipped, bit);
        flipped[bit / 8] ^= 1 << (bit % 8);
    }
}
