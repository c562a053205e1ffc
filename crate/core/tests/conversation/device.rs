//! The asker with its journal in memory: the real machine, each effect carried out at once.

use std::collections::VecDeque;

use sigill_core::confirmation::action::{Action, ClearScope};
use sigill_core::confirmation::grant::{ClearEverywhere, ClearThisDevice, Grant, Granted};
use sigill_core::confirmation::journal::{
    Brings, Effect, Entry, Event, Message, NewVault, Notice, Phase,
};
use sigill_core::confirmation::operation::{Asker, CloudHead, Request};
use sigill_core::confirmation::receipt::{PinnedKey, Receipt};
use sigill_core::id::{AccountId, DeviceId, Hash, IdempotencyKey, SlotId, VaultId};
use sigill_core::vault::head::{Head, Tag};
use sigill_core::vault::kdf::Kdf;
use sigill_core::vault::key::{RootKey, VaultKey};
use sigill_core::vault::slot::{Slot, SlotKind, SlotPublic};
use sigill_core::vault::slots::Slots;
use sigill_core::wire::SecretText;
use sigill_core::wire::operation::Proofs;
use sigill_core::wire::problem::Code;

use super::service::Service;

pub(crate) const TAG: [u8; 32] = [0xA7; 32];
pub(crate) const VAULT: VaultId = VaultId([9; 16]);
pub(crate) const CLEAR_HERE: Action = Action::ClearVault {
    scope: ClearScope::ThisDevice,
};
pub(crate) const CLEAR_EVERYWHERE: Action = Action::ClearVault {
    scope: ClearScope::Everywhere,
};

pub(crate) const ASKER: Asker = Asker {
    account: AccountId([1; 16]),
    device: DeviceId([2; 16]),
};
pub(crate) const OTHER: Asker = Asker {
    account: ASKER.account,
    device: DeviceId([3; 16]),
};
pub(crate) const STRANGER: Asker = Asker {
    account: AccountId([4; 16]),
    device: DeviceId([5; 16]),
};

pub(crate) struct Device {
    pub(crate) asker: Asker,
    pub(crate) entry: Entry,
    pub(crate) journal: Vec<u8>,
    pub(crate) wire: VecDeque<Message>,
    pub(crate) content: Option<&'static str>,
    pub(crate) applied: u32,
    pub(crate) told: Vec<Notice>,
}

/// What `action` asks for while the cloud stands at `base`.
pub(crate) fn request(action: Action, base: CloudHead, key: u8) -> (Request, Brings) {
    let brings = match action {
        Action::ReplaceCloud => Brings::Vault(new_vault(base)),
        _ => Brings::Nothing,
    };
    let (new_head_hash, new_slots_hash) = match &brings {
        Brings::Nothing => (None, None),
        Brings::Vault(vault) => {
            let slots = Slots::from_bytes(vault.slots.iter().map(Vec::as_slice)).unwrap();
            (Some(Hash::of(&vault.head)), Some(slots.hash()))
        }
    };
    let request = Request {
        idempotency_key: IdempotencyKey([key; 16]),
        action,
        vault: VAULT,
        base_seq: base.seq,
        base_head_hash: base.hash,
        new_head_hash,
        new_slots_hash,
        upload: None,
        loss_hash: Hash([6; 32]),
    };
    (request, brings)
}

fn new_vault(base: CloudHead) -> NewVault {
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
    let key = VaultKey::from_random([4; 32]);
    let slots = Slots::only(Slot::seal(public, &root, &key, [5; 12])).unwrap();
    let head = Head {
        account: Some(ASKER.account),
        vault: VAULT,
        epoch: 1,
        seq: base.seq + 1,
        previous: base.hash,
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
    NewVault {
        head: head.to_bytes(),
        tag: Tag(TAG),
        voucher: None,
        slots: slots.to_bytes(),
    }
}

impl Device {
    pub(crate) fn new(service: &Service, action: Action, key: u8) -> Self {
        Self::of(ASKER, service, action, key)
    }

    pub(crate) fn of(asker: Asker, service: &Service, action: Action, key: u8) -> Self {
        let (request, brings) = request(action, service.cloud, key);
        let entry = Entry::new(asker, service.signer.key(), request, brings).unwrap();
        Self {
            asker,
            entry,
            journal: Vec::new(),
            wire: VecDeque::new(),
            content: Some("the device's"),
            applied: 0,
            told: Vec::new(),
        }
    }

    pub(crate) fn pinning(self, key: PinnedKey) -> Self {
        let (request, brings) = (self.entry.request().clone(), Brings::Nothing);
        let entry = Entry::new(self.asker, key, request, brings).unwrap();
        Self { entry, ..self }
    }

    /// One event; its effects, but for what goes to the wire.
    pub(crate) fn feed(&mut self, event: Event) {
        let (entry, effects) = self.entry.clone().step(event);
        self.entry = entry;
        for effect in effects {
            match effect {
                Effect::Save => self.save(),
                Effect::Send(message) => {
                    self.is_written_down_before(&message);
                    self.wire.push_back(message);
                }
                Effect::Apply { granted, receipt } => {
                    self.apply(granted, &receipt);
                    self.feed(Event::Applied);
                }
                Effect::Tell(notice) => self.told.push(notice),
            }
        }
    }

    fn save(&mut self) {
        self.journal = self.entry.to_bytes();
        let read = Entry::from_bytes(&self.journal).expect("what was written reads back");
        assert_eq!(read.to_bytes(), self.journal, "canonically");
        assert_eq!(read.phase(), self.entry.phase());
    }

    /// No message leaves that could have an effect before the journal says so.
    fn is_written_down_before(&self, message: &Message) {
        if let Message::Ask(_) | Message::Confirm(..) = message {
            assert_eq!(self.journal, self.entry.to_bytes(), "{message:?}");
        }
    }

    fn apply(&mut self, granted: Granted, receipt: &Receipt) {
        assert_eq!(receipt.action, self.entry.request().action);
        self.applied += 1;
        match granted {
            Granted::ClearThisDevice(grant) => self.clear_here(grant),
            Granted::ClearEverywhere(grant) => self.clear_everywhere(grant),
            Granted::Restore(_) => self.content = Some("to be downloaded"),
            Granted::ReplaceCloud(_)
            | Granted::ResetMasterPassword(_)
            | Granted::RenewMasterPassword(_)
            | Granted::Weaken(_) => {}
        }
    }

    fn clear_here(&mut self, grant: Grant<ClearThisDevice>) {
        assert_eq!(grant.target().vault, VAULT);
        self.content = None;
    }

    fn clear_everywhere(&mut self, grant: Grant<ClearEverywhere>) {
        assert_eq!(grant.target().vault, VAULT);
        self.content = None;
    }

    /// The worker dies and starts again: only the journal is left.
    pub(crate) fn crash(&mut self) {
        self.entry = Entry::from_bytes(&self.journal).expect("a journal");
        self.wire.clear();
        self.feed(Event::Start);
    }

    /// Delivers everything, and every answer, until nothing is left to say.
    pub(crate) fn talk(&mut self, service: &mut Service) {
        while let Some(message) = self.wire.pop_front() {
            if let Some(answer) = service.handle(self.asker, message) {
                self.feed(answer);
            }
        }
    }

    pub(crate) fn asks(&mut self, service: &mut Service) {
        self.feed(Event::Start);
        self.talk(service);
    }

    pub(crate) fn types_code(&mut self, service: &mut Service, code: &str) {
        self.feed(Event::Prove(code_of(code)));
        self.talk(service);
    }

    pub(crate) fn heard(&self) -> Option<Code> {
        self.told.iter().rev().find_map(|notice| match notice {
            Notice::Problem(problem) => Some(problem.error),
            _ => None,
        })
    }

    pub(crate) fn is_done(&self) -> bool {
        matches!(self.entry.phase(), Phase::Done(_))
    }
}

pub(crate) fn code_of(code: &str) -> Proofs {
    Proofs {
        email_code: Some(SecretText::new(code.into())),
        ..Proofs::default()
    }
}

pub(crate) fn password_of(password: &str) -> Proofs {
    Proofs {
        account_password: Some(SecretText::new(password.into())),
        ..Proofs::default()
    }
}

/// A code that is not `right`.
pub(crate) fn wrong(right: &str) -> String {
    let first = if right.starts_with('0') { '1' } else { '0' };
    format!("{first}{}", &right[1..])
}
