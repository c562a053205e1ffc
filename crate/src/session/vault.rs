//! A generation of the vault: loaded, checked, changed, written.
//!
//! The head of a vault with changes is a draft: it follows the pinned head and
//! is what the next push sends.

use std::collections::BTreeMap;
use std::rc::Rc;

use sigill_core::encode::{DecodeError, Decoder, Encoder};
use sigill_core::id::{AccountId, DeviceId, GenerationId, Hash, ItemId, KeyId};
use sigill_core::vault::generation::Pin;
use sigill_core::vault::head::{Head, RootEntry, Tag, items_root};
use sigill_core::vault::kdf::Kdf;
use sigill_core::vault::key::EpochKeys;
use sigill_core::vault::record::{Life, Record};
use sigill_core::vault::slot::SlotKind;
use sigill_core::vault::slots::Slots;
use sigill_core::wire::Seconds;
use sigill_core::wire::vault::Pushed;

use super::Session;
use super::passkeys::Passkey;
use super::rows::{ACTIVE, STAGING};
use super::stored::{Tables, assemble, prefix};
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

/// A record and what the root says of it. A change copies the vault, and no
/// record: most of them are the same before and after.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) record: Rc<Record>,
    pub(crate) entry: RootEntry,
}

impl Kept {
    pub(crate) fn new(record: Record) -> Self {
        let entry = record.root_entry();
        let record = Rc::new(record);
        Self { record, entry }
    }
}

/// The vault's place in an account.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) account: AccountId,
    pub(crate) service_key: KeyId,
    /// The last head that this device and the cloud agreed on.
    pub(crate) pin: Pin,
    /// The cloud's name for the generation; none before the first push.
    pub(crate) generation: Option<GenerationId>,
    /// What was brought back, until its anchor stands in the cloud.
    pub(crate) restored: Option<Restored>,
}

/// A generation that was brought back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Restored {
    /// Hash of its head.
    pub(crate) head: Hash,
    /// The epoch of the head that anchors it: its own, or a later one under new keys.
    pub(crate) anchor_epoch: u64,
}

/// A generation, whole.
#[derive(Clone)]
pub(crate) struct Vault {
    pub(crate) id: GenerationId,
    pub(crate) name: String,
    pub(crate) head: Head,
    pub(crate) tag: Tag,
    pub(crate) slots: Slots,
    pub(crate) link: Option<Link>,
    /// What this device knows of the passkeys that were added here.
    pub(crate) passkeys: Vec<Passkey>,
    pub(crate) kept: BTreeMap<ItemId, Kept>,
    /// Per changed item what the cloud holds: nothing, or a record.
    pub(crate) base: BTreeMap<ItemId, Option<Kept>>,
    /// How it lies in the store, once it does.
    pub(crate) tables: Tables,
}

/// What a draft says besides the records.
#[derive(Clone, Copy)]
pub(crate) struct Author {
    pub(crate) device: DeviceId,
    pub(crate) now: Seconds,
    /// The last entry of an account's timeline that this device verified.
    pub(crate) timeline: Option<(AccountId, Hash)>,
}

impl Link {
    /// After the cloud took `vault`'s head.
    pub(crate) fn after(&self, vault: &Vault, pushed: &Pushed) -> Result<Self, Trouble> {
        Ok(Self {
            pin: Pin::first(&vault.head, vault.kdf()?),
            generation: Some(pushed.generation),
            restored: None,
            ..self.clone()
        })
    }

    const LABEL: &'static str = "sigill/link/2";

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let encoder = self.account.encode(Encoder::new(Self::LABEL));
        let encoder = self.service_key.encode(encoder);
        encoder
            .bytes(&self.pin.to_bytes())
            .optional(self.generation, |e, id| id.encode(e))
            .optional(self.restored, |e, restored| {
                restored.head.encode(e).integer(restored.anchor_epoch)
            })
            .finish()
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut decoder = Decoder::open(Self::LABEL, bytes)?;
        let d = &mut decoder;
        let link = Self {
            account: AccountId::decode(d)?,
            service_key: KeyId::decode(d)?,
            pin: Pin::from_bytes(d.bytes()?).map_err(|_| DecodeError::Malformed)?,
            generation: d.optional(GenerationId::decode)?,
            restored: d.optional(|d| {
                Ok(Restored {
                    head: Hash::decode(d)?,
                    anchor_epoch: d.integer()?,
                })
            })?,
        };
        decoder.finish()?;
        Ok(link)
    }
}

impl Vault {
    /// How its root key is derived.
    pub(crate) fn kdf(&self) -> Result<Kdf, Trouble> {
        kdf_of(&self.slots)
    }

    /// What the cloud held when it was last agreed on.
    pub(crate) fn in_cloud(&self) -> impl Iterator<Item = &Kept> {
        self.kept
            .iter()
            .filter_map(|(item, kept)| match self.base.get(item) {
                None => Some(kept),
                Some(base) => base.as_ref(),
            })
    }

    /// Whether the head says what the cloud does not know yet.
    pub(crate) fn is_draft(&self) -> bool {
        match &self.link {
            None => true,
            Some(link) => self.head.hash() != link.pin.head_hash,
        }
    }

    /// Brought back, and no anchoring head written yet.
    pub(crate) fn is_unanchored(&self) -> bool {
        self.restored().is_some()
    }

    /// What was brought back, while no anchoring head is written.
    pub(crate) fn restored(&self) -> Option<Restored> {
        let restored = self.link.as_ref().and_then(|link| link.restored);
        restored.filter(|restored| self.head.hash() == restored.head)
    }

    /// Brought back from an older epoch, or as another vault: the head that anchors
    /// it begins an epoch under new keys.
    pub(crate) fn waits_for_new_keys(&self) -> bool {
        self.restored()
            .is_some_and(|restored| restored.anchor_epoch > self.head.epoch)
    }

    /// The epoch after this one; of what waits for its anchor, the one that it waits for.
    pub(crate) fn epoch_after(&self) -> u64 {
        let anchor = self.restored().map(|restored| restored.anchor_epoch);
        let next = self.head.epoch.saturating_add(1);
        anchor.map_or(next, |anchor| anchor.max(next))
    }

    /// Whether a draft no longer follows the pin: the vault was locked when the pin moved.
    pub(crate) fn is_beside_the_pin(&self) -> bool {
        let follows = |link: &Link| {
            self.head.previous == link.pin.head_hash && self.head.seq == link.pin.seq + 1
        };
        self.is_draft() && !self.link.as_ref().is_none_or(follows)
    }

    /// Writes a record over the item's last; the first change since the cloud
    /// agreed keeps what the cloud holds.
    pub(crate) fn put(&mut self, record: Record) {
        let item = record.header().place.item;
        let before = self.kept.insert(item, Kept::new(record));
        if self.link.is_some() {
            self.base.entry(item).or_insert(before);
        }
    }

    /// Writes the head over what is here now, following the pin.
    pub(crate) fn redraft(&mut self, keys: &EpochKeys, author: Author) -> Result<(), Trouble> {
        let (seq, previous) = match &self.link {
            None => (0, Hash::NOTHING),
            Some(link) => (link.pin.seq, link.pin.head_hash),
        };
        let seq = seq + 1;
        self.head = Head {
            account: self.link.as_ref().map(|link| link.account),
            service_key: self.link.as_ref().map(|link| link.service_key),
            seq,
            previous,
            items_root: self.root()?,
            count: self.living(),
            slots_hash: self.slots.hash(),
            timeline: self.timeline(author),
            writer: author.device,
            operation: None,
            restored_from: self
                .link
                .as_ref()
                .and_then(|link| link.restored)
                .map(|restored| restored.head),
            time: author.now,
            ..self.head.clone()
        };
        self.head.seen.insert(author.device, seq);
        self.tag = self.head.tag(keys);
        Ok(())
    }

    /// What this device vouches for; else what the head before vouched for in
    /// the same account.
    fn timeline(&self, author: Author) -> Hash {
        let account = self.link.as_ref().map(|link| link.account);
        match author.timeline {
            Some((seen_in, hash)) if account == Some(seen_in) => hash,
            Some(_) | None if account.is_some() && self.head.account == account => {
                self.head.timeline
            }
            Some(_) | None => Hash::NOTHING,
        }
    }

    pub(crate) fn root(&self) -> Result<Hash, Trouble> {
        items_root(self.kept.values().map(|kept| kept.entry)).map_err(|_| Trouble::Damaged)
    }

    /// Items that are not tombstones.
    pub(crate) fn living(&self) -> u64 {
        let living = self
            .kept
            .values()
            .filter(|kept| kept.entry.life == Life::Living);
        u64::try_from(living.count()).unwrap_or(u64::MAX)
    }

    /// Whether rows and head belong together; nobody's keys are needed for that.
    pub(crate) fn is_whole(&self) -> bool {
        let head = &self.head;
        let mut places = self.kept.values().map(|kept| &kept.record.header().place);
        (self.slots.vault(), self.slots.epoch()) == (head.vault, head.epoch)
            && places.all(|place| place.vault == head.vault && place.epoch == head.epoch)
            && self.slots.hash() == head.slots_hash
            && self.living() == head.count
            && self.root() == Ok(head.items_root)
    }

    /// Whether row and head name the same account: a vault does not become nobody's
    /// by a row that is gone.
    pub(super) fn is_its_heads(&self) -> bool {
        self.link.as_ref().map(|link| link.account) == self.head.account
    }
}

/// How the master password of these slots is derived.
pub(crate) fn kdf_of(slots: &Slots) -> Result<Kdf, Trouble> {
    match slots.password().public().kind {
        SlotKind::Password { kdf, .. } => Ok(kdf),
        SlotKind::Recovery { .. } | SlotKind::Passkey => Err(Trouble::Damaged),
    }
}

impl<R: Rim> Session<R> {
    /// The vault that is here.
    ///
    /// # Errors
    /// [`Trouble::NoVault`], and [`Trouble::Damaged`] where rows are missing,
    /// changed or not ours; nothing is changed then.
    pub(crate) async fn vault(&self) -> Result<Rc<Vault>, Trouble> {
        if let Some(vault) = self.loaded() {
            return Ok(vault);
        }
        // What several calls ask for at once, as when a worker awakes, is read once.
        let _held = self.rim.lock("load").await?;
        if let Some(vault) = self.loaded() {
            return Ok(vault);
        }
        let active = self.active().await?.ok_or(Trouble::NoVault)?;
        let vault = Rc::new(self.generation(active).await?);
        self.loaded.replace(Some(Rc::clone(&vault)));
        Ok(vault)
    }

    /// The same, where none is no trouble. A damaged one is: nobody can say whose it is.
    pub(crate) async fn vault_if_any(&self) -> Result<Option<Rc<Vault>>, Trouble> {
        match self.vault().await {
            Ok(vault) => Ok(Some(vault)),
            Err(Trouble::NoVault) => Ok(None),
            Err(trouble) => Err(trouble),
        }
    }

    pub(crate) fn loaded(&self) -> Option<Rc<Vault>> {
        self.loaded.borrow().as_ref().map(Rc::clone)
    }

    /// The generation that the pointer names.
    pub(crate) async fn active(&self) -> Result<Option<GenerationId>, Trouble> {
        self.pointer(ACTIVE).await
    }

    pub(crate) async fn staged(&self) -> Result<Option<GenerationId>, Trouble> {
        self.pointer(STAGING).await
    }

    async fn pointer(&self, key: &str) -> Result<Option<GenerationId>, Trouble> {
        let Some(row) = self.rim.get(key).await? else {
            return Ok(None);
        };
        let id = row.try_into().map_err(|_| Trouble::Damaged)?;
        Ok(Some(GenerationId(id)))
    }

    /// A generation from the store, whole or not at all.
    pub(crate) async fn generation(&self, id: GenerationId) -> Result<Vault, Trouble> {
        let rows = self.rim.scan(&prefix(id)).await?;
        assemble(id, rows).ok_or(Trouble::Damaged)
    }

    /// Writes what changed, and `batch` with it, in one transaction.
    pub(crate) async fn keep(
        &self,
        mut vault: Vault,
        mut batch: Batch,
    ) -> Result<Rc<Vault>, Trouble> {
        let old = self.loaded().filter(|old| old.id == vault.id);
        if old.is_none() {
            self.clear_rows(vault.id, &mut batch).await?;
        }
        vault.tables = vault.difference(old.as_deref(), &mut batch);
        // Until the transaction is through, the memory says nothing.
        self.loaded.replace(None);
        self.rim.commit(batch).await?;
        let vault = Rc::new(vault);
        self.early.replace(None); // another call may have read it before this was written
        self.loaded.replace(Some(Rc::clone(&vault)));
        Ok(vault)
    }

    /// Whatever the store holds of a generation goes, before it is written whole.
    pub(crate) async fn clear_rows(
        &self,
        id: GenerationId,
        batch: &mut Batch,
    ) -> Result<(), Trouble> {
        batch.deletes.extend(self.rim.keys(&prefix(id)).await?);
        Ok(())
    }
}
