//! The vault's rules again, in a browser: the same bytes as natively.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test: what is not there fails it")]

use sigill_core::id::{DeviceId, Hash, ItemId, SlotId, VaultId};
use sigill_core::vault::item::{CustomField, Field, FieldKind, Item, Kind};
use sigill_core::vault::kdf::Kdf;
use sigill_core::vault::key::{EpochKeys, MasterPassword, RootKey, VaultKey, derive_root};
use sigill_core::vault::primitive::{self, Argon2Cost, Argon2Error};
use sigill_core::vault::record::{Opened, Place, Record};
use sigill_core::vault::slot::{Slot, SlotError, SlotKind, SlotPublic};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const VAULT: VaultId = VaultId([1; 16]);

fn slot(root: &RootKey, vault_key: &VaultKey) -> Slot {
    let public = SlotPublic {
        vault: VAULT,
        epoch: 1,
        kind: SlotKind::Password {
            kdf: Kdf::DEFAULT,
            salt: [8; 16],
        },
        slot: SlotId([1; 16]),
    };
    Slot::seal(public, root, vault_key, [4; 12])
}

/// The hashes are those of the native tests of `slot` and `record`.
#[wasm_bindgen_test]
fn a_browser_seals_the_same_bytes_as_a_native_program() {
    let vault_key = VaultKey::from_random([5; 32]);
    let slot = slot(&RootKey::from_bytes([6; 32]), &vault_key);
    assert_eq!(
        Hash::of(&slot.to_bytes()).to_string(),
        "9d407e3c60e531ed1d8bdcd5da0752b839bcc8f5502213f0d69da665f5172a09"
    );

    let place = Place {
        vault: VAULT,
        epoch: 1,
        item: ItemId([10; 16]),
        revision: 2,
        writer: DeviceId([2; 16]),
        parent: Some(Hash([11; 32])),
    };
    let mut item = Item::new(Kind::Login)
        .named("Bank")
        .with(Field::Username, "åsa@example.com")
        .with(Field::Password, "correct horse")
        .with(Field::Notes, "Call first")
        .with_url("https://bank.example/")
        .with_custom(CustomField::new(FieldKind::Hidden, "PIN", "4821"));
    item.created_at = 100;
    item.modified_at = 200;
    let keys = EpochKeys::derive(&vault_key, VAULT, 1);
    let record = Record::seal(place, &item, &keys, [4; 12]).unwrap();
    assert_eq!(
        record.hash().to_string(),
        "bafc6c9975cb724fe153a53bdabc9d7d1d9c190995e4a5d63792778fde6a0cf2"
    );
    let opened = record.open(&keys).unwrap();
    assert!(matches!(opened, Opened::Item(opened) if opened == item));
}

#[wasm_bindgen_test]
fn a_master_password_opens_its_vault_and_no_other_does() {
    let root = |text: &str| {
        let password = MasterPassword::parse(text.into()).ok().unwrap();
        derive_root(&password, &Kdf::DEFAULT, &[8; 16])
            .ok()
            .unwrap()
    };
    let slot = slot(&root("correct horse"), &VaultKey::from_random([5; 32]));
    assert!(slot.open(&root("correct horse")).is_ok());
    let refused = slot.open(&root("correct house")).err();
    assert_eq!(refused, Some(SlotError::WrongKey));
}

/// 4 GiB: more than WebAssembly can address.
#[wasm_bindgen_test]
fn a_derivation_without_enough_memory_says_so() {
    let cost = Argon2Cost {
        memory_kib: 4 * 1024 * 1024,
        iterations: 2,
        parallelism: 1,
    };
    let refused = primitive::argon2id(b"", &[0; 16], cost).err();
    let kib = cost.memory_kib;
    assert_eq!(refused, Some(Argon2Error::OutOfMemory { kib }));
}
