//! A new master password for whoever knows the old one: a new vault key, a new
//! epoch, every record sealed anew, and all of it in the old one's place at once.

use sigill_core::vault::generation::Voucher;
use sigill_core::vault::key::RootKey;
use sigill_core::vault::slots::SlotsChange;
use sigill_core::wire::Bytes;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{EpochNonce, NewEpoch, Pushed};

use super::Session;
use super::account::signed_out;
use super::epoch::Ways;
use super::files::Which;
use super::open::{Open, root};
use super::passkeys::passkeys;
use super::service::exchange::{Call, parse};
use super::sync::push::{slots_on_the_wire, tagged, taken};
use super::vault::{Link, Vault};
use crate::api::{ChangePassword, Status};
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// Changes the master password. The vault as it was stays sealed for 7 days
    /// here and 30 in the cloud; other devices ask for the new master password.
    ///
    /// # Errors
    /// `wrong_master_password`, `locked`, `unanchored`; with an account also
    /// `signed_out`, `sync_is_off`, `operation_pending`, `head_moved` where
    /// changes wait, or why the service can't be asked.
    pub async fn change_master_password(&self, change: ChangePassword) -> Result<Status, Trouble> {
        let old = root(change.old)?;
        let mut ways = Ways::of(change.root, &change.derivation, change.recovery)?;
        ways.passkeys = passkeys(change.passkeys)?;
        self.catch_up().await?;
        let syncing = self.rim.lock("sync").await?;
        let held = self.rim.lock("vault").await?;
        let (vault, open) = self.opened().await?;
        if !vault.slots.password().matches(&old) {
            return Err(Trouble::WrongMasterPassword);
        }
        if vault.is_unanchored() {
            return Err(Trouble::Unanchored);
        }
        let from = (&open.keys, vault.epoch_after());
        let mut next = self.later_epoch(&vault, from, &ways).await?;
        if let Some(link) = &vault.link {
            if vault.is_draft() {
                return Err(Trouble::refused(Code::HeadMoved)); // changes wait
            }
            let voucher = Voucher::seal(&open.keys, vault.head.epoch, &next.vault.head);
            let words = (&old, Some(voucher));
            let pushed = self.begin_epoch((&vault, link), &next.vault, words).await?;
            next.vault.link = Some(link.after(&next.vault, &pushed)?);
        }
        let id = next.vault.id;
        self.stage(&next.vault).await?;
        let flipped = self.flip(Some(id), Batch::default());
        let begin = |_: Open| Open::begin(id, next.keys, change.lock_after, self.rim.now());
        self.stay_open(flipped, begin).await?;
        drop((held, syncing));
        self.status().await
    }

    pub(super) async fn can_reach_the_cloud(&self) -> Result<(), Trouble> {
        if self.sync_is_off().await? {
            return Err(Trouble::refused(Code::SyncIsOff));
        }
        match self.signed_in_view().await? {
            Some(_) => Ok(()),
            None => Err(signed_out()),
        }
    }

    /// The password slot of the vault that stands signs for `next`'s slots and head,
    /// over a nonce of the service's.
    pub(super) async fn sign_slots(
        &self,
        (vault, link): (&Vault, &Link),
        next: &Vault,
        typed: &RootKey,
    ) -> Result<[u8; 64], Trouble> {
        let nonce = self.ask_service(&Call::get("/v1/vault/epoch")).await?;
        let EpochNonce { nonce } = parse(&nonce)?;
        let nonce = nonce.0.as_slice().try_into();
        let change = SlotsChange {
            account: link.account,
            vault: next.head.vault,
            epoch: next.head.epoch,
            base_head_hash: link.pin.head_hash,
            new_slots_hash: next.slots.hash(),
            new_head_hash: next.head.hash(),
            nonce: nonce.map_err(|_| Trouble::Garbage)?,
        };
        let signature = vault.slots.password().sign(typed, &change);
        signature.map_err(|_| Trouble::WrongMasterPassword)
    }

    /// The cloud's vault becomes `next`, signed for with the old master password,
    /// and vouched for by the old head key where it follows.
    pub(super) async fn begin_epoch(
        &self,
        (vault, link): (&Vault, &Link),
        next: &Vault,
        (old, voucher): (&RootKey, Option<Voucher>),
    ) -> Result<Pushed, Trouble> {
        let signature = self.sign_slots((vault, link), next, old).await?;
        let of = (next.head.vault, next.head.epoch);
        self.send_files_of(of, link.account, Which::Waiting).await?;
        let records: Vec<_> = next.kept.values().collect();
        let (records, upload) = self.in_parts(&records).await?;
        let begins = NewEpoch {
            base_seq: link.pin.seq,
            base_head_hash: link.pin.head_hash,
            head: tagged(next),
            slots: slots_on_the_wire(next),
            records,
            upload,
            signature: Bytes(signature.to_vec()),
            voucher: voucher.map(|voucher| Bytes(voucher.0.to_vec())),
        };
        let call = Call::post("/v1/vault/epoch", &begins);
        taken(&self.ask_service(&call).await?, next)
    }
}
