//! The cloud holds a vault that the keys here don't vouch for: another one, or
//! another epoch. The person's hand decides, and its master password, typed, is
//! the proof; what was here is sealed for a while.

use sigill_core::vault::generation::{Pin, follow_by_hand};
use sigill_core::vault::head::{Head, Tag};
use sigill_core::vault::key::{EpochKeys, RootKey};
use sigill_core::vault::slot::SlotKind;
use sigill_core::vault::slots::Slots;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{Cloud, CloudVault};

use super::Session;
use super::items::Desk;
use super::open::{Open, root};
use super::rows::{SYNC, SyncRow};
use super::sync::vouched::read_voucher;
use super::vault::Vault;
use crate::api::{Derivation, Differs, PauseReason, Take, Unlock};
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

/// The cloud's vault, open.
struct Opened {
    vault: Vault,
    keys: EpochKeys,
    heads: Vec<(Head, Tag)>,
}

impl<R: Rim> Session<R> {
    /// How this device and the cloud differ.
    ///
    /// # Errors
    /// `not_found` where the cloud holds no vault, `sync_is_off`, or why it can't be asked.
    pub async fn differs(&self) -> Result<Differs, Trouble> {
        if self.sync_is_off().await? {
            return Err(Trouble::refused(Code::SyncIsOff));
        }
        let cloud = self.refresh_cloud().await?;
        let there = cloud.vault.as_ref().ok_or(Trouble::NotFound)?;
        let here = self.vault_if_any().await?;
        let act = cloud.last_act.as_ref();
        let count = |vault: &Vault| u32::try_from(vault.head.count).unwrap_or(u32::MAX);
        Ok(Differs {
            device: act.map(|act| act.device_name.clone()),
            at: act.map(|act| act.at),
            here: here.as_deref().map_or(0, count),
            pending: match &here {
                Some(vault) => self.pending(vault).await?,
                None => 0,
            },
            in_cloud: u32::try_from(there.count).unwrap_or(u32::MAX),
            derivation: derivation(there)?,
            own: here.as_ref().is_some_and(|vault| began_here(vault, &cloud)),
            connecting: here.as_ref().is_none_or(|vault| vault.link.is_none()),
            vouched: self.is_vouched_for().await?,
        })
    }

    /// Whether the last look at the cloud found the next epoch of the vault here,
    /// vouched for.
    async fn is_vouched_for(&self) -> Result<bool, Trouble> {
        let row: SyncRow = self.read(SYNC).await?.unwrap_or_default();
        let reason = row.paused.map(|paused| paused.reason);
        Ok(reason == Some(PauseReason::MasterPasswordChanged))
    }

    /// Takes the cloud's vault, by its master password; with `Both`, the
    /// entries of this device's open vault go into it too, as one import that
    /// can be undone; with `Merged`, which takes the next epoch of that vault,
    /// the changes that the cloud has not seen. How many came along.
    ///
    /// # Errors
    /// `wrong_master_password`, `locked` where entries should come along,
    /// `service_garbage` where it does not verify or does not come after what
    /// is known here, `not_found` where the cloud holds none, `sync_is_off`.
    pub async fn take_over(&self, take: Take, unlock: Unlock) -> Result<u32, Trouble> {
        if self.sync_is_off().await? {
            return Err(Trouble::refused(Code::SyncIsOff));
        }
        let root = root(unlock.root)?;
        let _syncing = self.rim.lock("sync").await?;
        let was_open = self.open().await?.is_some();
        if take != Take::Theirs && !was_open {
            return Err(Trouble::Locked); // before anything is asked of the service
        }
        let cloud = self.refresh_cloud().await?;
        let there = cloud.vault.as_ref().ok_or(Trouble::NotFound)?;
        let Opened {
            mut vault,
            mut keys,
            heads,
        } = self.opened_by(there, &root).await?;
        if vault.waits_for_new_keys() {
            let next = self.anchored(&vault, (&keys, &root)).await?;
            (vault, keys) = (next.vault, next.keys);
        }
        let open = Open::begin(vault.id, keys, unlock.lock_after, self.rim.now());
        let _held = self.rim.lock("vault").await?;
        let mut batch = Batch::default();
        batch.put_json(SYNC, &SyncRow::default());
        let author = self.author().await?;
        let anchors = vault.is_unanchored();
        let mut desk = Desk {
            vault,
            open: &open,
            author,
        };
        let came = match take {
            Take::Theirs => 0,
            Take::Both => self.bring_along(&mut desk, &mut batch).await?,
            Take::Merged => {
                let voucher = there.voucher.as_ref().and_then(read_voucher);
                let voucher = voucher.ok_or(Trouble::Garbage)?;
                self.carry_over(&mut desk, (&heads, &voucher)).await?
            }
        };
        let mut vault = desk.vault;
        if take != Take::Theirs {
            let (here, old) = self.opened().await?;
            let keys = (&old.keys, &open.keys);
            self.carry_files((&here, &vault), keys).await?;
        }
        if anchors || came > 0 {
            vault.redraft(&open.keys, author)?;
        }
        self.stage(&vault).await?;
        let flipped = self.flip(Some(vault.id), batch);
        if was_open {
            self.stay_open(flipped, |_| open).await?;
        } else {
            flipped.await?;
            self.begin_open(&open).await?;
        }
        Ok(came)
    }

    /// The cloud's vault, verified under the keys that `root` opens, and after what
    /// is known here.
    async fn opened_by(&self, there: &CloudVault, root: &RootKey) -> Result<Opened, Trouble> {
        let (mut vault, heads) = self.download_with_heads(there).await?;
        let vault_key = vault.slots.password().open(root);
        let vault_key = vault_key.map_err(|_| Trouble::WrongMasterPassword)?;
        let keys = EpochKeys::derive(&vault_key, vault.head.vault, vault.head.epoch);
        if !verifies(&vault, &keys) {
            return Err(Trouble::Garbage);
        }
        let here = self.vault_if_any().await?;
        let pin = here.as_ref().and_then(|here| here.link.as_ref());
        if pin.is_some_and(|link| !comes_after(&link.pin, &vault, (&keys, &heads))) {
            return Err(Trouble::Garbage);
        }
        if let Some(here) = &here {
            vault.name.clone_from(&here.name);
        }
        Ok(Opened { vault, keys, heads })
    }

    /// The entries of the vault that is open here, into the one on the desk;
    /// what that holds to the letter stays as it is.
    async fn bring_along(&self, desk: &mut Desk<'_>, batch: &mut Batch) -> Result<u32, Trouble> {
        let (here, open) = self.opened().await?;
        let items = here.items(&open.keys)?;
        self.take_along(desk, (&here.name, items), batch)
    }
}

/// Whether the cloud has not moved since this device followed it.
fn began_here(vault: &Vault, cloud: &Cloud) -> bool {
    let stands = |pin: &Pin| pin.stands_at(cloud.seq, cloud.head_hash).is_ok();
    vault.link.as_ref().is_some_and(|link| stands(&link.pin))
}

/// Whether the cloud's vault comes after what is known here. What was brought
/// back has no head of its own place yet: its place is a later one all the same.
fn comes_after(known: &Pin, vault: &Vault, (keys, heads): (&EpochKeys, &[(Head, Tag)])) -> bool {
    if vault.is_unanchored() {
        let place = vault.link.as_ref().map(|link| link.pin.seq);
        return place.is_some_and(|place| place > known.seq);
    }
    let is_last = heads
        .last()
        .is_some_and(|(head, _)| head.hash() == vault.head.hash());
    is_last && follow_by_hand(known, keys, heads).is_ok()
}

/// Whether whoever wrote it had these keys: head and every record.
fn verifies(vault: &Vault, keys: &EpochKeys) -> bool {
    let mut records = vault.kept.values();
    vault.head.is_tagged(keys, &vault.tag) && records.all(|kept| kept.record.open(keys).is_ok())
}

fn derivation(there: &CloudVault) -> Result<Derivation, Trouble> {
    let slots = there.slots.iter().map(AsRef::as_ref);
    let slots = Slots::from_bytes(slots).map_err(|_| Trouble::Garbage)?;
    match slots.password().public().kind {
        SlotKind::Password { kdf, salt } => Ok(Derivation::of(kdf, &salt)),
        SlotKind::Recovery { .. } | SlotKind::Passkey => Err(Trouble::Garbage),
    }
}
