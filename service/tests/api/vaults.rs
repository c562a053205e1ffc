//! Vaults that devices seal, and what they make of them: heads, pushes, acts.

use std::collections::BTreeMap;

use sigill_core::confirmation::action::{
    Action, ClearScope, RestoreReach, RestoreSource, Weakening,
};
use sigill_core::confirmation::operation::Request;
use sigill_core::confirmation::weakening::bare_hash;
use sigill_core::id::{GenerationId, Hash, IdempotencyKey, ItemId, SlotId, UploadId, VaultId};
use sigill_core::vault::generation::Voucher;
use sigill_core::vault::head::{Head, items_root};
use sigill_core::vault::item::{Field, Item};
use sigill_core::vault::kdf::Kdf;
use sigill_core::vault::key::{EpochKeys, RootKey, VaultKey};
use sigill_core::vault::record::Record;
use sigill_core::vault::slot::{Slot, SlotKind, SlotPublic};
use sigill_core::vault::slots::{Slots, SlotsChange};
use sigill_core::wire::Bytes;
use sigill_core::wire::SecretText;
use sigill_core::wire::operation::{Ask, Asked, Confirm, Proofs};
use sigill_core::wire::vault::{Cloud, EpochNonce, NewEpoch, Push, Pushed, TaggedHead};

use crate::device::{Answer, TestDevice};

pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).unwrap();
    bytes
}

/// What is wrong with a head, and how it gets there.
pub(crate) type Wrong = (&'static str, fn(&mut Head));

/// A vault on a device: what it would seal, and where it believes the cloud to be.
#[derive(Clone)]
pub(crate) struct TestVault {
    pub(crate) id: VaultId,
    epoch: u64,
    key: [u8; 32],
    root: [u8; 32],
    pub(crate) records: BTreeMap<ItemId, Record>,
    slot: Slot,
    /// Whatever else opens it.
    others: Vec<Slot>,
    pub(crate) seq: u64,
    pub(crate) head_hash: Hash,
}

impl TestVault {
    pub(crate) fn new() -> Self {
        Self::of(VaultId(random()), 1)
    }

    /// As many entries in the next epoch of the same vault, after where it stands.
    pub(crate) fn next_epoch(&self, device: &TestDevice) -> Self {
        self.in_epoch(device, self.epoch + 1)
    }

    /// The same in whatever epoch.
    pub(crate) fn in_epoch(&self, device: &TestDevice, epoch: u64) -> Self {
        let mut next = Self {
            seq: self.seq,
            head_hash: self.head_hash,
            ..Self::of(self.id, epoch)
        };
        next.add(device, self.records.len());
        next
    }

    fn of(id: VaultId, epoch: u64) -> Self {
        let key = random();
        let public = SlotPublic {
            vault: id,
            epoch,
            kind: SlotKind::Password {
                kdf: Kdf::DEFAULT,
                salt: random(),
            },
            slot: SlotId(random()),
        };
        let root = random();
        Self {
            id,
            epoch,
            key,
            root,
            records: BTreeMap::new(),
            slot: Slot::seal(
                public,
                &RootKey::from_bytes(root),
                &VaultKey::from_random(key),
                random(),
            ),
            others: Vec::new(),
            seq: 0,
            head_hash: Hash::NOTHING,
        }
    }

    fn keys(&self) -> EpochKeys {
        EpochKeys::derive(&VaultKey::from_random(self.key), self.id, self.epoch)
    }

    /// Seals `count` new entries.
    pub(crate) fn add(&mut self, device: &TestDevice, count: usize) -> Vec<Bytes> {
        let mut new = Vec::new();
        for number in 0..count {
            let mut item = Item::default();
            item.name = format!("entry {number}");
            item.set(Field::Password, "correct horse battery staple");
            let place = sigill_core::vault::record::Place {
                vault: self.id,
                epoch: self.epoch,
                item: ItemId(random()),
                revision: 1,
                writer: device.id(),
                parent: None,
            };
            let record = Record::seal(place, &item, &self.keys(), random()).unwrap();
            new.push(Bytes(record.to_bytes()));
            self.records.insert(place.item, record);
        }
        new
    }

    /// Erases an entry: its tombstone.
    pub(crate) fn erase(&mut self, device: &TestDevice, item: ItemId) -> Bytes {
        let before = &self.records[&item];
        let place = sigill_core::vault::record::Place {
            revision: before.header().place.revision + 1,
            writer: device.id(),
            parent: Some(before.hash()),
            ..before.header().place
        };
        let record = Record::erase(place, &self.keys(), random());
        let bytes = Bytes(record.to_bytes());
        self.records.insert(item, record);
        bytes
    }

    pub(crate) fn slots(&self) -> Vec<Bytes> {
        let slots = [&self.slot].into_iter().chain(&self.others);
        slots.map(|slot| Bytes(slot.to_bytes())).collect()
    }

    pub(crate) fn slots_hash(&self) -> Hash {
        let slots = [&self.slot].into_iter().chain(&self.others);
        Slots::parse(slots.cloned()).unwrap().hash()
    }

    pub(crate) fn living(&self) -> u64 {
        let living =
            |record: &&Record| record.header().life == sigill_core::vault::record::Life::Living;
        self.records
            .values()
            .filter(living)
            .count()
            .try_into()
            .unwrap()
    }

    /// The head over what is here, following where the cloud is believed to be.
    pub(crate) fn head(&self, device: &TestDevice) -> Head {
        Head {
            account: Some(device.account),
            vault: self.id,
            epoch: self.epoch,
            seq: self.seq + 1,
            previous: self.head_hash,
            items_root: items_root(self.records.values().map(Record::root_entry)).unwrap(),
            count: self.living(),
            slots_hash: self.slots_hash(),
            timeline: Hash::NOTHING,
            service_key: None,
            writer: device.id(),
            operation: None,
            restored_from: None,
            seen: BTreeMap::new(),
            time: 1,
        }
    }

    pub(crate) fn tag(&self, head: &Head) -> Bytes {
        Bytes(head.tag(&self.keys()).0.to_vec())
    }

    pub(crate) fn tagged(&self, head: &Head) -> TaggedHead {
        TaggedHead {
            head: Bytes(head.to_bytes()),
            tag: self.tag(head),
        }
    }

    /// A push of `records` under the head over everything here.
    pub(crate) fn push_of(&self, device: &TestDevice, records: Vec<Bytes>) -> Push {
        Push {
            base_seq: self.seq,
            base_head_hash: self.head_hash,
            head: self.tagged(&self.head(device)),
            records,
            upload: None,
            slots: None,
            signature: None,
        }
    }

    /// Takes note that `head` stands in the cloud.
    pub(crate) fn stands(&mut self, head: &Head) {
        self.seq = head.seq;
        self.head_hash = head.hash();
    }

    /// Pushes `records`; the device knows the new head.
    pub(crate) async fn push(&mut self, device: &TestDevice, records: Vec<Bytes>) -> Pushed {
        let head = self.head(device);
        let answer = device
            .post("/v1/vault/push", &self.push_of(device, records))
            .await;
        let pushed = answer.expect(200).json();
        self.stands(&head);
        pushed
    }

    /// Puts the vault into an empty cloud.
    pub(crate) async fn create(&mut self, device: &TestDevice, entries: usize) -> Pushed {
        let records = self.add(device, entries);
        let head = self.head(device);
        let push = Push {
            slots: Some(self.slots()),
            ..self.push_of(device, records)
        };
        let pushed = device
            .post("/v1/vault/push", &push)
            .await
            .expect(200)
            .json();
        self.stands(&head);
        pushed
    }

    fn seal(&self, kind: SlotKind, root: [u8; 32]) -> Slot {
        let public = SlotPublic {
            kind,
            slot: SlotId(random()),
            ..*self.slot.public()
        };
        let key = VaultKey::from_random(self.key);
        Slot::seal(public, &RootKey::from_bytes(root), &key, random())
    }

    /// The same vault, with one more slot.
    pub(crate) fn with_slot(&self, kind: SlotKind) -> Self {
        let mut next = self.clone();
        next.others.push(self.seal(kind, random()));
        next
    }

    /// The same vault, opened by the master password alone.
    pub(crate) fn without_passkeys(&self) -> Self {
        Self {
            others: Vec::new(),
            ..self.clone()
        }
    }

    /// The same vault, its master password derived another way.
    pub(crate) fn with_password(&self, kind: SlotKind) -> Self {
        let root = random();
        Self {
            slot: self.seal(kind, root),
            root,
            ..self.clone()
        }
    }

    /// What puts `next`'s slots into this one's place, signed with this one's slot.
    pub(crate) async fn changes_slots(&self, device: &TestDevice, next: &Self) -> Push {
        let NewEpoch {
            slots, signature, ..
        } = self.begins(device, (next, &next.head(device))).await;
        Push {
            slots: Some(slots),
            signature: Some(signature),
            ..next.push_of(device, Vec::new())
        }
    }

    /// The same vault, empty, under the keys of its second epoch; signed with
    /// the slot that stands.
    pub(crate) async fn second_epoch(&self, device: &TestDevice) -> NewEpoch {
        let nonce = device.get("/v1/vault/epoch").await.expect(200);
        let EpochNonce { nonce } = nonce.json();
        let key = VaultKey::from_random(random());
        let public = SlotPublic {
            epoch: 2,
            slot: SlotId(random()),
            ..*self.slot.public()
        };
        let slot = Slot::seal(public, &RootKey::from_bytes(random()), &key, random());
        let slots = Slots::only(slot.clone()).unwrap();
        let head = Head {
            epoch: 2,
            slots_hash: slots.hash(),
            ..self.head(device)
        };
        let change = SlotsChange {
            account: device.account,
            vault: self.id,
            epoch: 2,
            base_head_hash: self.head_hash,
            new_slots_hash: head.slots_hash,
            new_head_hash: head.hash(),
            nonce: nonce.0.try_into().unwrap(),
        };
        let signature = self.slot.sign(&RootKey::from_bytes(self.root), &change);
        let keys = EpochKeys::derive(&key, self.id, 2);
        NewEpoch {
            base_seq: self.seq,
            base_head_hash: self.head_hash,
            head: TaggedHead {
                head: Bytes(head.to_bytes()),
                tag: Bytes(head.tag(&keys).0.to_vec()),
            },
            slots: vec![Bytes(slot.to_bytes())],
            records: Vec::new(),
            upload: None,
            signature: Bytes(signature.unwrap().to_vec()),
            voucher: None,
        }
    }

    /// What puts `next` under `head` into this one's place, signed with this one's slot.
    pub(crate) async fn begins(
        &self,
        device: &TestDevice,
        (next, head): (&Self, &Head),
    ) -> NewEpoch {
        let nonce = device.get("/v1/vault/epoch").await.expect(200);
        let EpochNonce { nonce } = nonce.json();
        let change = SlotsChange {
            account: device.account,
            vault: head.vault,
            epoch: head.epoch,
            base_head_hash: next.head_hash,
            new_slots_hash: head.slots_hash,
            new_head_hash: head.hash(),
            nonce: nonce.0.try_into().unwrap(),
        };
        let signature = self.slot.sign(&RootKey::from_bytes(self.root), &change);
        let records = next.records.values();
        NewEpoch {
            base_seq: next.seq,
            base_head_hash: next.head_hash,
            head: next.tagged(head),
            slots: next.slots(),
            records: records.map(|record| Bytes(record.to_bytes())).collect(),
            upload: None,
            signature: Bytes(signature.unwrap().to_vec()),
            voucher: None,
        }
    }

    /// What this one's head key says of the head that begins the next epoch.
    pub(crate) fn vouch(&self, head: &Head) -> Bytes {
        Bytes(Voucher::seal(&self.keys(), self.epoch, head).0.to_vec())
    }

    /// Stages everything here.
    pub(crate) async fn stage(&self, device: &TestDevice) -> UploadId {
        let upload = device.touch("/v1/uploads").await.expect(201).value();
        let upload: UploadId = serde_json::from_value(upload["upload"].clone()).unwrap();
        let records: Vec<Bytes> = self.records.values().map(|r| Bytes(r.to_bytes())).collect();
        for part in records.chunks(100) {
            let body = serde_json::json!({ "records": part });
            device
                .put(&format!("/v1/uploads/{upload}"), &body)
                .await
                .expect(204);
        }
        upload
    }

    fn request(&self, action: Action) -> Request {
        Request {
            idempotency_key: IdempotencyKey(random()),
            action,
            vault: self.id,
            base_seq: self.seq,
            base_head_hash: self.head_hash,
            new_head_hash: None,
            new_slots_hash: None,
            upload: None,
            loss_hash: Hash::of(b"what the person saw"),
        }
    }

    pub(crate) fn ask(&self, device: &TestDevice, action: Action) -> Ask {
        asking(device, self.request(action))
    }

    pub(crate) fn clear_everywhere(&self, device: &TestDevice) -> Ask {
        let scope = ClearScope::Everywhere;
        self.ask(device, Action::ClearVault { scope })
    }

    pub(crate) fn clear_this_device(&self, device: &TestDevice) -> Ask {
        let scope = ClearScope::ThisDevice;
        self.ask(device, Action::ClearVault { scope })
    }

    /// A weakening that is about nothing but its name.
    pub(crate) fn weaken(&self, device: &TestDevice, what: Weakening) -> Ask {
        let parameters = bare_hash(what);
        self.ask(device, Action::Weaken { what, parameters })
    }

    pub(crate) fn restore(&self, device: &TestDevice, generation: GenerationId) -> Ask {
        let source = RestoreSource::Cloud { generation };
        let reach = RestoreReach::SameEpoch;
        self.ask(device, Action::Restore { source, reach })
    }

    /// Asks to replace the cloud with what is here; with the head that it brings.
    pub(crate) async fn replace_cloud(&self, device: &TestDevice) -> (Ask, Head) {
        self.bringing(device, Action::ReplaceCloud).await
    }

    /// Asks for an act that puts what is here into the cloud; with the head that it brings.
    pub(crate) async fn bringing(&self, device: &TestDevice, action: Action) -> (Ask, Head) {
        self.bringing_with(device, action, |_| {}).await
    }

    /// The same, with something else in the head.
    pub(crate) async fn bringing_with(
        &self,
        device: &TestDevice,
        action: Action,
        change: impl FnOnce(&mut Head),
    ) -> (Ask, Head) {
        let upload = self.stage(device).await;
        let mut request = self.request(action);
        let mut head = Head {
            operation: Some(request.idempotency_key),
            ..self.head(device)
        };
        change(&mut head);
        request.new_head_hash = Some(head.hash());
        request.new_slots_hash = Some(self.slots_hash());
        request.upload = Some(upload);
        let ask = Ask {
            new_head: Some(Bytes(head.to_bytes())),
            new_slots: Some(self.slots()),
            ..asking(device, request)
        };
        (ask, head)
    }
}

/// An ask whose digest is right.
pub(crate) fn asking(device: &TestDevice, request: Request) -> Ask {
    Ask {
        digest: request.digest(device.account, device.id()),
        request,
        new_head: None,
        new_slots: None,
    }
}

/// Asks, and has it waiting for its code.
pub(crate) async fn asked(device: &TestDevice, ask: &Ask) -> Asked {
    device.post("/v1/operations", ask).await.expect(201).json()
}

pub(crate) fn confirmation(ask: &Ask, code: &str) -> Confirm {
    Confirm {
        digest: ask.digest,
        head_tag: None,
        voucher: None,
        proofs: Proofs {
            email_code: Some(SecretText::new(code.into())),
            ..Proofs::default()
        },
    }
}

/// What else than a code can prove.
pub(crate) fn proving(ask: &Ask, proofs: Proofs) -> Confirm {
    Confirm {
        digest: ask.digest,
        head_tag: None,
        voucher: None,
        proofs,
    }
}

pub(crate) fn password(text: &str) -> Proofs {
    Proofs {
        account_password: Some(SecretText::new(text.into())),
        ..Proofs::default()
    }
}

pub(crate) async fn confirm(device: &TestDevice, asked: &Asked, confirmation: &Confirm) -> Answer {
    let path = format!("/v1/operations/{}/confirm", asked.operation);
    device.post(&path, confirmation).await
}

pub(crate) async fn cloud(device: &TestDevice) -> Cloud {
    device.get("/v1/vault").await.expect(200).json()
}

/// A code that is certainly not `code`.
pub(crate) fn wrong(code: &str) -> String {
    let last = if code.ends_with('0') { '1' } else { '0' };
    let mut wrong = code.to_owned();
    wrong.pop();
    wrong.push(last);
    wrong
}
