//! New keys for whoever does not know the master password: a new, empty vault,
//! or the open one under another master password.
//!
//! What comes is made before it is asked for: the operation binds its head.
//! Until the receipt is here it lies in a row of its own, and what stands stays.

use std::collections::BTreeMap;

use sigill_core::confirmation::grant::{
    ByPhrase, Grant, Lapsed, RenewMasterPassword, ResetMasterPassword, Target,
};
use sigill_core::confirmation::journal::{Brings, Entry};
use sigill_core::confirmation::policy::Reach;
use sigill_core::encode::{Decoder, Encoder};
use sigill_core::id::{GenerationId, IdempotencyKey, VaultId};
use sigill_core::order::map_of;
use sigill_core::vault::generation::Pin;
use sigill_core::vault::head::{Head, Tag};
use sigill_core::vault::record::Record;
use sigill_core::vault::slots::Slots;
use sigill_core::wire::problem::Code;

use super::ask::{Content, OperationRow};
use super::loss::Weighing;
use crate::api::{Act, NewVault, Operation, Status};
use crate::rim::{Batch, Rim};
use crate::session::Session;
use crate::session::epoch::Ways;
use crate::session::fresh::Fresh;
use crate::session::rows::{FRESH, OPERATION, SYNC, SyncRow};
use crate::session::stored::Tables;
use crate::session::vault::{Kept, Link, Restored, Vault};
use crate::trouble::Trouble;

const LABEL: &str = "sigill/fresh-row/1";

/// `encode("sigill/fresh-row/1", name, head, tag, link, slots, records)`
pub(super) fn fresh_row(vault: &Vault) -> Result<Vec<u8>, Trouble> {
    let link = vault.link.as_ref().ok_or(Trouble::Damaged)?;
    let slots = vault.slots.to_bytes();
    Ok(Encoder::new(LABEL)
        .text(&vault.name)
        .bytes(&vault.head.to_bytes())
        .bytes(&vault.tag.0)
        .bytes(&link.to_bytes())
        .list(slots.iter(), |e, slot| e.bytes(slot))
        .list(vault.kept.values(), |e, kept| {
            e.bytes(&kept.record.to_bytes())
        })
        .finish())
}

/// The vault and epoch in such a row.
pub(crate) fn fresh_place(bytes: &[u8]) -> Option<(VaultId, u64)> {
    let mut decoder = Decoder::open(LABEL, bytes).ok()?;
    decoder.text().ok()?;
    let head = Head::from_bytes(decoder.bytes().ok()?).ok()?;
    Some((head.vault, head.epoch))
}

fn read_fresh_row(id: GenerationId, bytes: &[u8]) -> Option<Vault> {
    let mut decoder = Decoder::open(LABEL, bytes).ok()?;
    let name = decoder.text().ok()?.to_owned();
    let head = Head::from_bytes(decoder.bytes().ok()?).ok()?;
    let tag = Tag(decoder.array().ok()?);
    let link = Link::from_bytes(decoder.bytes().ok()?).ok()?;
    let slots = decoder.list(Decoder::bytes).ok()?;
    let records = decoder.list(Decoder::bytes).ok()?;
    decoder.finish().ok()?;
    let mut kept = BTreeMap::new();
    for bytes in records {
        let record = Kept::new(Record::from_bytes(bytes).ok()?);
        kept.insert(record.entry.item, record);
    }
    let vault = Vault {
        id,
        name,
        head,
        tag,
        slots: Slots::from_bytes(slots).ok()?,
        link: Some(link),
        passkeys: Vec::new(),
        kept,
        base: BTreeMap::new(),
        tables: Tables::default(),
    };
    vault.is_whole().then_some(vault)
}

impl<R: Rim> Session<R> {
    /// Asks for a reset or a renewal; `loss` is the hash of what was shown.
    /// Asked again, it begins anew: another master password may have been typed.
    ///
    /// # Errors
    /// `malformed_input`, `locked` where a renewal finds the vault locked, and
    /// see [`Session::ask`].
    pub async fn ask_reset(
        &self,
        act: Act,
        new: NewVault,
        loss: &str,
    ) -> Result<Operation, Trouble> {
        let _held = self.rim.lock("operation").await?;
        self.give_up_the_last().await?;
        let weighing = self.weigh_as_shown(&act, loss).await?;
        if act == Act::RenewMasterPassword && weighing.loses() {
            return Err(Trouble::refused(Code::HeadMoved)); // it keeps entries, all of them
        }
        let author = self.author().await?;
        let Fresh {
            mut vault, keys, ..
        } = self.anew(&act, new).await?;
        let link = self.place_of(&vault, &weighing).await?;
        vault.link = Some(Link {
            restored: self.anchors(&act, &weighing),
            ..link
        });
        vault.redraft(&keys, author)?;
        let key = IdempotencyKey(self.random()?);
        if weighing.understood.reach() == Reach::Cloud {
            vault.head.operation = Some(key);
            vault.tag = vault.head.tag(&keys);
        }
        let content = Content::New(Box::new(vault), key);
        self.begin(act, &weighing, content).await
    }

    /// What the act puts in the place of what is here. Nothing is written.
    async fn anew(&self, act: &Act, new: NewVault) -> Result<Fresh, Trouble> {
        match act {
            Act::ResetMasterPassword => self.fresh(new, self.author().await?),
            Act::RenewMasterPassword => {
                let (here, open) = self.opened().await?;
                // What waits for new keys gets them by this, for whoever opened it by
                // its recovery code.
                if here.is_unanchored() && !here.waits_for_new_keys() {
                    return Err(Trouble::Unanchored);
                }
                let ways = Ways::of(new.root, &new.derivation, new.recovery)?;
                let from = (&open.keys, here.epoch_after());
                let next = self.later_epoch(&here, from, &ways).await?;
                Ok(Fresh {
                    vault: next.vault,
                    keys: next.keys,
                    lock_after: new.lock_after,
                })
            }
            Act::ClearThisDevice
            | Act::ClearEverywhere
            | Act::ReplaceCloud
            | Act::RestoreCloud { .. }
            | Act::RestoreDevice
            | Act::TurnSyncOff
            | Act::TurnSyncOn
            | Act::Disconnect => Err(Trouble::MalformedInput),
        }
    }

    /// What the new keys anchor: a renewal of what was brought back is its anchor.
    fn anchors(&self, act: &Act, weighing: &Weighing) -> Option<Restored> {
        let renewed = weighing.here.as_ref();
        let renewed = renewed.filter(|_| *act == Act::RenewMasterPassword);
        renewed.and_then(|here| here.restored())
    }

    /// Where the new vault's first head follows on: the cloud's last head, or
    /// where the cloud is left as it is, the last one that this device followed.
    pub(super) async fn place_of(
        &self,
        vault: &Vault,
        weighing: &Weighing,
    ) -> Result<Link, Trouble> {
        let pinned = || {
            let link = weighing.here.as_ref()?.link.as_ref()?;
            Some((link.pin.seq, link.pin.head_hash))
        };
        let cloud = weighing.cloud.as_ref();
        let (seq, head_hash) = match weighing.understood.reach() {
            Reach::Cloud => cloud.map(|cloud| (cloud.seq, cloud.head_hash)),
            Reach::ThisDevice => pinned(),
        }
        .ok_or(Trouble::NotFound)?;
        self.link_of(vault, seq, head_hash).await
    }

    /// The receipt is here: the new, empty vault takes its place.
    pub(super) async fn reset(
        &self,
        grant: Grant<ResetMasterPassword>,
        entry: &Entry,
        done: Batch,
    ) -> Result<(), Trouble> {
        self.take_place(grant.target(), entry, done).await
    }

    /// The receipt is here: the vault's next epoch takes its place.
    pub(super) async fn renew(
        &self,
        grant: Grant<RenewMasterPassword>,
        entry: &Entry,
        done: Batch,
    ) -> Result<Result<(), Lapsed>, Trouble> {
        if self.still_holds_what_was_renewed().await? {
            return self.take_place(grant.target(), entry, done).await.map(Ok);
        }
        match entry.brings() {
            // An entry was written meanwhile: both sides stay, and the person is asked.
            Brings::Vault(_) => self.rim.commit(done).await.map(Ok),
            Brings::Nothing => Ok(Err(Lapsed::HeadMoved)),
        }
    }

    pub(super) async fn still_holds_what_was_renewed(&self) -> Result<bool, Trouble> {
        let _held = self.rim.lock("vault").await?;
        let row: Option<OperationRow> = self.read(OPERATION).await?;
        let then = row.and_then(|row| row.local_head);
        Ok(then == self.local_head().await?)
    }

    /// What waited takes the place of the vault that the act was about; another
    /// one that took its place meanwhile stays.
    pub(super) async fn take_place(
        &self,
        target: &Target,
        entry: &Entry,
        mut done: Batch,
    ) -> Result<(), Trouble> {
        let row = self.rim.get(FRESH).await?.ok_or(Trouble::Damaged)?;
        let id = GenerationId(self.random()?);
        let mut vault = read_fresh_row(id, &row).ok_or(Trouble::Damaged)?;
        let kdf = vault.kdf()?;
        match entry.brings() {
            Brings::Vault(brought) => {
                if vault.head.to_bytes() != brought.head {
                    return Err(Trouble::Damaged);
                }
                if let Some(link) = &mut vault.link {
                    link.pin = Pin::first(&vault.head, kdf);
                    link.restored = None;
                }
                done.put_json(SYNC, &SyncRow::default());
            }
            // The cloud has none of it.
            Brings::Nothing => {
                vault.base = map_of(vault.kept.keys().map(|item| (*item, None)));
            }
        }
        let _held = self.rim.lock("vault").await?;
        match self.vault_if_any().await? {
            Some(other) if other.head.vault != target.vault => self.rim.commit(done).await,
            Some(_) | None => {
                self.stage(&vault).await?;
                self.flip(Some(id), done).await
            }
        }
    }

    /// Resets or renews a vault that belongs to no account: its name, typed.
    /// What was is sealed for 7 days, what comes is open.
    ///
    /// # Errors
    /// `wrong_phrase`, `no_vault`, `malformed_input`, `locked` where a renewal
    /// finds it locked, `not_offered` where an account protects it.
    pub async fn reset_unconnected(
        &self,
        act: Act,
        new: NewVault,
        phrase: &str,
    ) -> Result<Status, Trouble> {
        let held = self.rim.lock("vault").await?;
        match act {
            Act::ResetMasterPassword => {
                let grant = self.by_name::<ResetMasterPassword>(&act, phrase).await?;
                self.replace_here(grant, &act, new).await?;
            }
            Act::RenewMasterPassword => {
                let grant = self.by_name::<RenewMasterPassword>(&act, phrase).await?;
                self.replace_here(grant, &act, new).await?;
            }
            Act::ClearThisDevice
            | Act::ClearEverywhere
            | Act::ReplaceCloud
            | Act::RestoreCloud { .. }
            | Act::RestoreDevice
            | Act::TurnSyncOff
            | Act::TurnSyncOn
            | Act::Disconnect => return Err(Trouble::MalformedInput),
        }
        drop(held);
        self.status().await
    }

    async fn replace_here<A: ByPhrase>(
        &self,
        grant: Grant<A>,
        act: &Act,
        new: NewVault,
    ) -> Result<(), Trouble> {
        let author = self.author().await?;
        let mut fresh = self.anew(act, new).await?;
        fresh.vault.redraft(&fresh.keys, author)?;
        self.displace(grant, fresh).await
    }
}
