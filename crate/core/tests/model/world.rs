//! The state of everything, and where it begins.

use std::sync::Arc;

use sigill_core::confirmation::action::Action;
use sigill_core::confirmation::journal::{Brings, Entry, NewVault};
use sigill_core::confirmation::operation::{Asker, CloudHead, Request};
use sigill_core::confirmation::receipt::{PinnedKey, ReceiptSigner};
use sigill_core::id::{AccountId, DeviceId, Hash, IdempotencyKey, SlotId, VaultId};
use sigill_core::vault::generation::Pin;
use sigill_core::vault::head::Head;
use sigill_core::vault::kdf::Kdf;
use sigill_core::vault::key::{EpochKeys, RootKey, VaultKey};
use sigill_core::vault::slot::{Slot, SlotKind, SlotPublic};
use sigill_core::vault::slots::Slots;

use super::device::Device;
use super::faults::Fault;
use super::ledger::Ledger;
use super::network::Network;
use super::scene::{Left, Scene};
use super::service::Service;

const VAULT: VaultId = VaultId([9; 16]);
/// The honest device.
pub(crate) const ASKER: Asker = Asker {
    account: AccountId([1; 16]),
    device: DeviceId([2; 16]),
};
/// The hostile one, of the same account.
pub(crate) const INTRUDER: Asker = Asker {
    account: ASKER.account,
    device: DeviceId([3; 16]),
};

/// A scene with everything in it that doesn't change.
pub(crate) struct Model {
    pub(crate) scene: Scene,
    pub(crate) fault: Fault,
    pub(crate) signer: ReceiptSigner,
    pub(crate) forger: ReceiptSigner,
    pub(crate) key: PinnedKey,
    pub(crate) keys: EpochKeys,
    pub(crate) pin: Pin,
    start: Head,
    slots: Arc<Slots>,
}

/// Everything that differs between two moments.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct World {
    pub(crate) service: Service,
    pub(crate) device: Device,
    pub(crate) network: Network,
    pub(crate) left: Left,
    /// What the hostile device asked for.
    pub(crate) intrusions: usize,
    pub(crate) ledger: Ledger,
}

impl Model {
    pub(crate) fn new(scene: Scene, fault: Fault) -> Self {
        let signer = ReceiptSigner::new([42; 32]);
        let vault_key = VaultKey::from_random([4; 32]);
        let public = SlotPublic {
            vault: VAULT,
            epoch: 1,
            kind: SlotKind::Password {
                kdf: Kdf::pbkdf2(600_000).unwrap(),
                salt: [1; 16],
            },
            slot: SlotId([2; 16]),
        };
        let root = RootKey::from_bytes([3; 32]);
        let slots = Slots::only(Slot::seal(public, &root, &vault_key, [5; 12])).unwrap();
        let start = Head {
            account: Some(ASKER.account),
            vault: VAULT,
            epoch: 1,
            seq: 7,
            previous: Hash([7; 32]),
            items_root: Hash([5; 32]),
            count: 3,
            slots_hash: slots.hash(),
            timeline: Hash::NOTHING,
            service_key: None,
            writer: ASKER.device,
            operation: None,
            restored_from: None,
            seen: [].into(),
            time: 0,
        };
        Self {
            scene,
            fault,
            key: signer.key(),
            signer,
            forger: ReceiptSigner::new([66; 32]),
            keys: EpochKeys::derive(&vault_key, VAULT, 1),
            pin: Pin::first(&start, Kdf::pbkdf2(600_000).unwrap()),
            start,
            slots: Arc::new(slots),
        }
    }

    pub(crate) fn beginning(&self) -> World {
        let cloud = CloudHead {
            seq: self.start.seq,
            hash: self.start.hash(),
        };
        let acts = vec![super::device::Act::default(); self.scene.acts.len()];
        let noted = vec![super::ledger::Act::default(); self.scene.acts.len()];
        World {
            service: Service::new(self.scene.standing, cloud),
            device: Device { acts },
            network: Network::default(),
            left: self.scene.left.clone(),
            intrusions: 0,
            ledger: Ledger {
                acts: noted,
                ..Ledger::default()
            },
        }
    }

    /// The wish for `action`, by `asker`, while the cloud stands at `base`.
    pub(crate) fn entry(&self, asker: Asker, action: Action, base: CloudHead, key: u8) -> Entry {
        let key = IdempotencyKey([key; 16]);
        let brings = match action {
            Action::ReplaceCloud => Brings::Vault(self.new_vault(base, key)),
            _ => Brings::Nothing,
        };
        let (new_head_hash, new_slots_hash) = match &brings {
            Brings::Nothing => (None, None),
            Brings::Vault(vault) => (Some(Hash::of(&vault.head)), Some(self.slots.hash())),
        };
        let request = Request {
            idempotency_key: key,
            action,
            vault: VAULT,
            base_seq: base.seq,
            base_head_hash: base.hash,
            new_head_hash,
            new_slots_hash,
            upload: None,
            loss_hash: Hash([6; 32]),
        };
        Entry::new(asker, self.key, request, brings).unwrap()
    }

    fn new_vault(&self, base: CloudHead, key: IdempotencyKey) -> NewVault {
        let head = Head {
            seq: base.seq + 1,
            previous: base.hash,
            operation: Some(key),
            ..self.start.clone()
        };
        NewVault {
            tag: head.tag(&self.keys),
            voucher: None,
            head: head.to_bytes(),
            slots: self.slots.to_bytes(),
        }
    }
}
