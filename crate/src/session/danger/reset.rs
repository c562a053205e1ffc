//! A new, empty vault in the place of one whose master password is forgotten.
//!
//! It is made before it is asked for: the operation binds its head. Until the
//! receipt is here it lies in the row of the operation, and what stands stays.

use serde::Serialize;
use sigill_core::confirmation::grant::{Grant, Phrase, ResetMasterPassword, Target};
use sigill_core::confirmation::journal::{Brings, Entry, NewVault as Brought};
use sigill_core::confirmation::operation::Request;
use sigill_core::confirmation::policy::Reach;
use sigill_core::id::{GenerationId, IdempotencyKey};
use sigill_core::vault::generation::Pin;
use sigill_core::vault::head::{Head, Tag};
use sigill_core::vault::slots::Slots;
use sigill_core::wire::Bytes;

use super::ask::{Content, OperationRow};
use super::loss::Weighing;
use super::unconnected::refused;
use crate::api::{Act, NewVault, Operation, Status};
use crate::json::object;
use crate::rim::{Batch, Rim};
use crate::session::Session;
use crate::session::fresh::Fresh;
use crate::session::rows::{OPERATION, SYNC, SyncRow};
use crate::session::vault::{Link, Vault};
use crate::trouble::Trouble;

/// A new vault that waits for its receipt.
#[derive(Serialize)]
pub(super) struct FreshRow {
    /// The operation that brings it; its head says so too.
    pub(super) key: IdempotencyKey,
    name: String,
    head: Bytes,
    tag: Bytes,
    slots: Vec<Bytes>,
    link: Bytes,
}

object! {
    FreshRow { key, name, head, tag, slots, link }
}

impl FreshRow {
    fn of(vault: &Vault, key: IdempotencyKey) -> Result<Self, Trouble> {
        let link = vault.link.as_ref().ok_or(Trouble::Damaged)?;
        Ok(Self {
            key,
            name: vault.name.clone(),
            head: Bytes(vault.head.to_bytes()),
            tag: Bytes(vault.tag.0.to_vec()),
            slots: vault.slots.to_bytes().into_iter().map(Bytes).collect(),
            link: Bytes(link.to_bytes()),
        })
    }

    /// Names it in the request.
    pub(super) fn bring(&self, request: &mut Request) -> Result<Brings, Trouble> {
        let vault = self.vault(GenerationId([0; 16])).ok_or(Trouble::Damaged)?;
        request.new_head_hash = Some(vault.head.hash());
        request.new_slots_hash = Some(vault.slots.hash());
        Ok(Brings::Vault(Brought {
            head: vault.head.to_bytes(),
            tag: vault.tag,
            slots: vault.slots.to_bytes(),
        }))
    }

    /// The generation that it becomes.
    fn vault(&self, id: GenerationId) -> Option<Vault> {
        let vault = Vault {
            id,
            name: self.name.clone(),
            head: Head::from_bytes(&self.head.0).ok()?,
            tag: Tag(self.tag.0.as_slice().try_into().ok()?),
            slots: Slots::from_bytes(self.slots.iter().map(AsRef::as_ref)).ok()?,
            link: Some(Link::from_bytes(&self.link.0).ok()?),
            kept: std::collections::BTreeMap::new(),
            base: std::collections::BTreeMap::new(),
        };
        vault.is_whole().then_some(vault)
    }
}

impl<R: Rim> Session<R> {
    /// Asks for a reset; `loss` is the hash of what was shown. Asked again, it
    /// begins anew: another master password may have been typed.
    ///
    /// # Errors
    /// `malformed_input`, and see [`Session::ask`].
    pub async fn ask_reset(&self, new: NewVault, loss: &str) -> Result<Operation, Trouble> {
        let _held = self.rim.lock("operation").await?;
        self.give_up_the_last().await?;
        let act = Act::ResetMasterPassword;
        let weighing = self.weigh_as_shown(&act, loss).await?;
        let author = self.author().await?;
        let Fresh {
            mut vault, keys, ..
        } = self.fresh(new, author)?;
        vault.link = Some(self.place_of(&vault, &weighing).await?);
        vault.redraft(&keys, author)?;
        let key = IdempotencyKey(self.random()?);
        if weighing.understood.reach() == Reach::Cloud {
            vault.head.operation = Some(key);
            vault.tag = vault.head.tag(&keys);
        }
        let content = Content::New(FreshRow::of(&vault, key)?);
        self.begin(act, &weighing, content).await
    }

    /// Where the new vault's first head follows on: the cloud's last head, or
    /// where the cloud is left as it is, the last one that this device followed.
    async fn place_of(&self, vault: &Vault, weighing: &Weighing) -> Result<Link, Trouble> {
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

    /// The receipt is here: the new vault takes the place of the one that the
    /// reset was about; another one that took its place meanwhile stays.
    pub(super) async fn reset(
        &self,
        grant: Grant<ResetMasterPassword>,
        entry: &Entry,
        mut done: Batch,
    ) -> Result<(), Trouble> {
        let row: OperationRow = self.read(OPERATION).await?.ok_or(Trouble::Damaged)?;
        let fresh = row.fresh.as_ref().ok_or(Trouble::Damaged)?;
        let id = GenerationId(self.random()?);
        let mut vault = fresh.vault(id).ok_or(Trouble::Damaged)?;
        let kdf = vault.kdf()?;
        if let Brings::Vault(brought) = entry.brings() {
            if vault.head.to_bytes() != brought.head {
                return Err(Trouble::Damaged);
            }
            if let Some(link) = &mut vault.link {
                link.pin = Pin::first(&vault.head, kdf);
            }
            done.put_json(SYNC, &SyncRow::default());
        }
        let _held = self.rim.lock("vault").await?;
        match self.vault().await {
            Ok(other) if other.head.vault != grant.target().vault => self.rim.commit(done).await,
            Ok(_) | Err(Trouble::NoVault) => {
                self.stage(&vault).await?;
                self.flip(Some(id), done).await
            }
            Err(trouble) => Err(trouble),
        }
    }

    /// Resets a vault that belongs to no account: its name, typed. The old one
    /// is sealed for 7 days, the new one is open.
    ///
    /// # Errors
    /// `wrong_phrase`, `no_vault`, `malformed_input`, `not_offered` where an
    /// account protects it.
    pub async fn reset_unconnected(&self, new: NewVault, phrase: &str) -> Result<Status, Trouble> {
        let here = self.vault().await?;
        let act = Act::ResetMasterPassword;
        let standing = self.standing(&act, Some(&*here)).await?;
        let target = Target {
            vault: here.head.vault,
            head_hash: here.head.hash(),
        };
        let phrase = Phrase {
            name: &here.name,
            typed: phrase,
        };
        let grant = Grant::<ResetMasterPassword>::by_phrase(standing, phrase, target);
        let _granted = grant.map_err(refused)?;
        let author = self.author().await?;
        let mut fresh = self.fresh(new, author)?;
        fresh.vault.redraft(&fresh.keys, author)?;
        let held = self.rim.lock("vault").await?;
        self.move_in(fresh).await?;
        drop(held);
        self.status().await
    }
}
