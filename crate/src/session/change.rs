//! A new master password for whoever knows the old one: a new vault key, a new
//! epoch, every record sealed anew, and all of it in the old one's place at once.

use sigill_core::id::AccountId;
use sigill_core::vault::generation::{Pin, Voucher};
use sigill_core::vault::key::RootKey;
use sigill_core::vault::slots::SlotsChange;
use sigill_core::wire::Bytes;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{EpochNonce, NewEpoch, Pushed, TaggedHead};

use super::Session;
use super::account::signed_out;
use super::epoch::Ways;
use super::files::Which;
use super::open::root;
use super::service::exchange::{Call, parse};
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
        let ways = Ways::of(change.root, &change.derivation, change.recovery)?;
        if self.operation_is_open().await? {
            return Err(Trouble::refused(Code::OperationPending));
        }
        if self.vault().await?.link.is_some() {
            self.can_reach_the_cloud().await?;
            self.sync().await?;
        }
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
            let pin = Pin::first(&next.vault.head, next.vault.kdf()?);
            next.vault.link = Some(Link {
                pin,
                generation: Some(pushed.generation),
                ..link.clone()
            });
        }
        let id = next.vault.id;
        self.stage(&next.vault).await?;
        self.flip(Some(id), Batch::default()).await?;
        self.open_with(id, next.keys, change.lock_after).await?;
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

    /// The cloud's vault becomes `next`, signed for with the old master password,
    /// and vouched for by the old head key where it follows.
    pub(super) async fn begin_epoch(
        &self,
        (vault, link): (&Vault, &Link),
        next: &Vault,
        (old, voucher): (&RootKey, Option<Voucher>),
    ) -> Result<Pushed, Trouble> {
        let nonce = self.ask_service(&Call::get("/v1/vault/epoch")).await?;
        let EpochNonce { nonce } = parse(&nonce)?;
        let change = change(link.account, next, link.pin.head_hash, &nonce)?;
        let signature = vault.slots.password().sign(old, &change);
        let signature = signature.map_err(|_| Trouble::WrongMasterPassword)?;
        let of = (next.head.vault, next.head.epoch);
        self.send_files_of(of, link.account, Which::Waiting).await?;
        let records: Vec<_> = next.kept.values().collect();
        let (records, upload) = self.in_parts(&records).await?;
        let begins = NewEpoch {
            base_seq: link.pin.seq,
            base_head_hash: link.pin.head_hash,
            head: TaggedHead {
                head: Bytes(next.head.to_bytes()),
                tag: Bytes(next.tag.0.to_vec()),
            },
            slots: next.slots.to_bytes().into_iter().map(Bytes).collect(),
            records,
            upload,
            signature: Bytes(signature.to_vec()),
            voucher: voucher.map(|voucher| Bytes(voucher.0.to_vec())),
        };
        let call = Call::post("/v1/vault/epoch", &begins);
        let pushed: Pushed = parse(&self.ask_service(&call).await?)?;
        if pushed.seq == next.head.seq {
            Ok(pushed)
        } else {
            Err(Trouble::Garbage)
        }
    }
}

fn change(
    account: AccountId,
    next: &Vault,
    base_head_hash: sigill_core::id::Hash,
    nonce: &Bytes,
) -> Result<SlotsChange, Trouble> {
    let nonce = nonce.0.as_slice().try_into();
    Ok(SlotsChange {
        account,
        vault: next.head.vault,
        epoch: next.head.epoch,
        base_head_hash,
        new_slots_hash: next.slots.hash(),
        new_head_hash: next.head.hash(),
        nonce: nonce.map_err(|_| Trouble::Garbage)?,
    })
}
