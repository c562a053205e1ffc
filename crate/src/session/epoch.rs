//! New keys: the slots that wrap a vault key, and every record sealed anew.

use std::collections::BTreeMap;

use sigill_core::id::{GenerationId, SlotId, VaultId};
use sigill_core::vault::head::Head;
use sigill_core::vault::key::{EpochKeys, RootKey, VaultKey};
use sigill_core::vault::record::Place;
use sigill_core::vault::recovery::{NotACode, RecoveryCode};
use sigill_core::vault::slot::{Slot, SlotKind, SlotPublic};
use sigill_core::vault::slots::Slots;
use zeroize::Zeroizing;

use super::Session;
use super::open::root;
use super::passkeys::Passkey;
use super::stored::Tables;
use super::vault::{Kept, Vault};
use crate::api::Derivation;
use crate::rim::Rim;
use crate::trouble::Trouble;

/// What a vault is to be opened with.
pub(crate) struct Ways {
    pub(crate) kind: SlotKind,
    pub(crate) root: RootKey,
    pub(crate) recovery: Option<RecoveryCode>,
    pub(crate) passkeys: Vec<(Passkey, RootKey)>,
}

impl Ways {
    pub(crate) fn of(
        typed: String,
        derivation: &Derivation,
        recovery: Option<String>,
    ) -> Result<Self, Trouble> {
        let (kdf, salt) = derivation.parse()?;
        Ok(Self {
            kind: SlotKind::Password { kdf, salt },
            root: root(typed)?,
            recovery: recovery.map(code).transpose()?,
            passkeys: Vec::new(),
        })
    }
}

/// A recovery code, as somebody typed it.
pub(crate) fn code(typed: String) -> Result<RecoveryCode, Trouble> {
    RecoveryCode::parse(&Zeroizing::new(typed)).map_err(|error| match error {
        NotACode::Shape => Trouble::NoRecoveryCode,
        NotACode::Mistyped => Trouble::MistypedRecoveryCode,
    })
}

/// A vault of the next epoch, and the keys that it is sealed with.
pub(crate) struct Next {
    pub(crate) vault: Vault,
    pub(crate) keys: EpochKeys,
}

impl Ways {
    /// The master password that the vault has, typed.
    pub(crate) fn of_password(vault: &Vault, root: &RootKey) -> Self {
        Self {
            kind: vault.slots.password().public().kind,
            root: RootKey::from_bytes(*root.expose()),
            recovery: None,
            passkeys: Vec::new(),
        }
    }
}

impl<R: Rim> Session<R> {
    /// A new recovery code. It opens nothing until a vault is made with it.
    ///
    /// # Errors
    /// Only where the browser has no randomness.
    pub async fn new_recovery_code(&self) -> Result<String, Trouble> {
        let code = RecoveryCode::from_random(self.random()?);
        Ok(code.text().as_str().to_owned())
    }

    /// A slot that wraps `vault_key` for whoever derives `root`.
    pub(crate) fn seal_slot(
        &self,
        (vault, epoch): (VaultId, u64),
        (kind, slot): (SlotKind, SlotId),
        (root, vault_key): (&RootKey, &VaultKey),
    ) -> Result<Slot, Trouble> {
        let public = SlotPublic {
            vault,
            epoch,
            kind,
            slot,
        };
        Ok(Slot::seal(public, root, vault_key, self.random()?))
    }

    /// The slots of one epoch, which wrap `vault_key`.
    pub(crate) fn slots(
        &self,
        ways: &Ways,
        (vault, epoch): (VaultId, u64),
        vault_key: &VaultKey,
    ) -> Result<Slots, Trouble> {
        let of = (vault, epoch);
        let seal = |kind, slot, root: &RootKey| self.seal_slot(of, (kind, slot), (root, vault_key));
        let name = || self.random().map(SlotId);
        let mut slots = vec![seal(ways.kind, name()?, &ways.root)?];
        if let Some(code) = &ways.recovery {
            let salt = self.random()?;
            slots.push(seal(
                SlotKind::Recovery { salt },
                name()?,
                &code.root(&salt),
            )?);
        }
        for (passkey, root) in &ways.passkeys {
            slots.push(seal(SlotKind::Passkey, passkey.slot, root)?);
        }
        Slots::parse(slots).map_err(|_| Trouble::MalformedInput)
    }

    /// The same entries under a new vault key, in a later epoch. Nothing is written
    /// but their files, sealed anew too: nobody looks for those before that epoch is here.
    pub(crate) async fn later_epoch(
        &self,
        vault: &Vault,
        (old, epoch): (&EpochKeys, u64),
        ways: &Ways,
    ) -> Result<Next, Trouble> {
        let author = self.author().await?;
        let vault_key = VaultKey::from_random(self.random()?);
        let keys = EpochKeys::derive(&vault_key, vault.head.vault, epoch);
        let mut kept = BTreeMap::new();
        for (item, known) in &vault.kept {
            let place = Place {
                epoch,
                revision: known.entry.revision + 1,
                writer: author.device,
                parent: Some(known.entry.record),
                ..known.record.header().place
            };
            let record = known
                .record
                .resealed(place, (old, &keys), self.random()?)
                .map_err(|_| Trouble::Damaged)?;
            kept.insert(*item, Kept::new(record));
        }
        let passkeys = ways.passkeys.iter().map(|(passkey, _)| passkey.clone());
        let mut next = Vault {
            id: GenerationId(self.random()?),
            head: Head {
                epoch,
                ..vault.head.clone()
            },
            slots: self.slots(ways, (vault.head.vault, epoch), &vault_key)?,
            passkeys: passkeys.collect(),
            kept,
            base: BTreeMap::new(),
            tables: Tables::default(),
            ..vault.clone()
        };
        next.redraft(&keys, author)?;
        let next = Next { vault: next, keys };
        self.seal_files_anew(vault, old, &next).await?;
        Ok(next)
    }
}
