//! Other slots for the keys that the vault has: one passkey more or less, or a
//! master password that is derived another way. The master password is typed for
//! each: only with it can a slot be made, and signed for.

use sigill_core::id::SlotId;
use sigill_core::vault::key::{RootKey, VaultKey};
use sigill_core::vault::slot::SlotKind;
use sigill_core::vault::slots::Slots;
use sigill_core::wire::Bytes;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::Push;

use super::Session;
use super::open::{root, why};
use super::passkeys::Passkey;
use super::service::exchange::Call;
use super::sync::push::{slots_on_the_wire, tagged, taken};
use super::vault::{Link, Vault};
use crate::api::{ChangeSlots, Derivation, Kdf, SlotsAct, Status};
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// Changes what opens the vault; its keys and its epoch stay.
    ///
    /// # Errors
    /// `wrong_master_password`, `locked`, `unanchored`, `not_found`,
    /// `too_many_passkeys`, `malformed_input`; with an account also `signed_out`, `sync_is_off`,
    /// `operation_pending`, `head_moved` where changes wait, or why the service
    /// can't be asked.
    pub async fn change_slots(&self, change: ChangeSlots) -> Result<Status, Trouble> {
        let typed = root(change.root)?;
        self.catch_up().await?;
        let syncing = self.rim.lock("sync").await?;
        let held = self.rim.lock("vault").await?;
        let (vault, open) = self.opened().await?;
        let vault_key = vault.slots.password().open(&typed);
        let vault_key = vault_key.map_err(|error| why(error, Trouble::WrongMasterPassword))?;
        if vault.is_unanchored() {
            return Err(Trouble::Unanchored);
        }
        let mut next = Vault::clone(&vault);
        let slots = self.other_slots(&mut next, &vault_key, change.act)?;
        if let Some(link) = &vault.link {
            if vault.is_draft() {
                return Err(Trouble::refused(Code::HeadMoved)); // changes wait
            }
            // Killed before the answer, the next look at the cloud brings the slots;
            // what is known of a new passkey nobody could bring.
            let known = Vault {
                passkeys: next.passkeys.clone(),
                ..Vault::clone(&vault)
            };
            self.keep(known, Batch::default()).await?;
            next.slots = slots;
            next.redraft(&open.keys, self.author().await?)?;
            next.link = Some(self.push_slots((&vault, link), &next, &typed).await?);
        } else {
            next.slots = slots;
            next.redraft(&open.keys, self.author().await?)?;
        }
        next.forget_passkeys();
        self.keep(next, Batch::default()).await?;
        drop((held, syncing));
        self.status().await
    }

    /// What changes slots or keys begins with both sides in step.
    pub(super) async fn catch_up(&self) -> Result<(), Trouble> {
        if self.operation_is_open().await? {
            return Err(Trouble::refused(Code::OperationPending));
        }
        if self.vault().await?.link.is_some() {
            self.can_reach_the_cloud().await?;
            self.sync().await?;
        }
        Ok(())
    }

    /// The slots that come of `act`, and in `vault` what is known of a new passkey.
    fn other_slots(
        &self,
        vault: &mut Vault,
        vault_key: &VaultKey,
        act: SlotsAct,
    ) -> Result<Slots, Trouble> {
        let of = (vault.head.vault, vault.head.epoch);
        let seal = |kind, slot, root: &RootKey| self.seal_slot(of, (kind, slot), (root, vault_key));
        let slots = &vault.slots;
        let changed = match act {
            SlotsAct::AddPasskey { passkey } => {
                if slots.passkeys().count() >= Slots::PASSKEYS {
                    return Err(Trouble::TooManyPasskeys);
                }
                let (known, root) = Passkey::of(passkey)?;
                let slot = seal(SlotKind::Passkey, known.slot, &root)?;
                vault.passkeys.push(known);
                slots.with(slot)
            }
            SlotsAct::RemovePasskey { slot } => Ok(slots.without(slot).ok_or(Trouble::NotFound)?),
            SlotsAct::Derive {
                root: typed,
                derivation,
            } => {
                let (kdf, salt) = derivation.parse()?;
                let kind = SlotKind::Password { kdf, salt };
                slots.with(seal(kind, SlotId(self.random()?), &root(typed)?)?)
            }
        };
        changed.map_err(|_| Trouble::MalformedInput)
    }

    /// The cloud takes `next`'s slots, signed for by the master password; where
    /// `next` stands then.
    async fn push_slots(
        &self,
        (vault, link): (&Vault, &Link),
        next: &Vault,
        typed: &RootKey,
    ) -> Result<Link, Trouble> {
        let signature = self.sign_slots((vault, link), next, typed).await?;
        let push = Push {
            base_seq: link.pin.seq,
            base_head_hash: link.pin.head_hash,
            head: tagged(next),
            records: Vec::new(),
            upload: None,
            slots: Some(slots_on_the_wire(next)),
            signature: Some(Bytes(signature.to_vec())),
        };
        let call = Call::post("/v1/vault/push", &push);
        let pushed = taken(&self.ask_service(&call).await?, next)?;
        link.after(next, &pushed)
    }

    /// How the root key of a master password is derived from now on, with fresh salt.
    /// Less than today's default would be raised to it at the next unlock.
    ///
    /// # Errors
    /// `kdf_too_weak`, `kdf_too_heavy`: before any work.
    pub async fn derivation_for(&self, kdf: &Kdf) -> Result<Derivation, Trouble> {
        let kdf = kdf.parse()?;
        if kdf != kdf.raised() {
            return Err(Trouble::KdfTooWeak);
        }
        Ok(Derivation::of(kdf, &self.random()?))
    }
}
