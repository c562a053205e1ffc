//! A new vault: its slot, its keys, its first head.

use std::collections::BTreeMap;

use sigill_core::confirmation::grant::{ByPhrase, Grant};
use sigill_core::id::{GenerationId, VaultId};
use sigill_core::vault::head::Tag;
use sigill_core::vault::key::{EpochKeys, VaultKey};

use super::Session;
use super::epoch::Ways;
use super::stored::Tables;
use super::vault::{Author, Vault};
use super::views::first_head;
use crate::api::{NewVault, Status};
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

/// Letters of a vault's name, at most.
const NAME: usize = 80;

/// A new, empty vault that lies nowhere yet; its head waits to be drafted.
pub(crate) struct Fresh {
    pub(crate) vault: Vault,
    pub(crate) keys: EpochKeys,
    /// Minutes until it locks.
    pub(crate) lock_after: u32,
}

impl<R: Rim> Session<R> {
    /// Makes a new, empty vault, and opens it.
    ///
    /// # Errors
    /// `vault_exists`, `malformed_input`, or why it can't be stored.
    pub async fn create_vault(&self, new: NewVault) -> Result<Status, Trouble> {
        let held = self.rim.lock("vault").await?;
        if self.active().await?.is_some() {
            return Err(Trouble::VaultExists);
        }
        let author = self.author().await?;
        let mut fresh = self.fresh(new, author)?;
        fresh.vault.link = self.link_to_empty_cloud(&fresh.vault).await?;
        fresh.vault.redraft(&fresh.keys, author)?;
        self.move_in(fresh).await?;
        drop(held);
        self.status().await
    }

    /// A new vault takes the place of the one that the grant is about, and is open.
    /// The caller has held the vault since it was granted.
    pub(crate) async fn displace<A: ByPhrase>(
        &self,
        _granted: Grant<A>,
        fresh: Fresh,
    ) -> Result<(), Trouble> {
        self.move_in(fresh).await
    }

    /// A new vault moves in, and is open.
    async fn move_in(&self, fresh: Fresh) -> Result<(), Trouble> {
        let id = fresh.vault.id;
        self.stage(&fresh.vault).await?;
        self.flip(Some(id), Batch::default()).await?;
        self.open_with(id, fresh.keys, fresh.lock_after).await
    }

    /// A new, empty vault under a root key that a page derived.
    pub(crate) fn fresh(&self, new: NewVault, author: Author) -> Result<Fresh, Trouble> {
        let name = new.name.trim();
        if name.is_empty() || name.chars().count() > NAME {
            return Err(Trouble::MalformedInput);
        }
        let ways = Ways::of(new.root, &new.derivation, new.recovery)?;
        let vault_id = VaultId(self.random()?);
        let vault_key = VaultKey::from_random(self.random()?);
        let vault = Vault {
            id: GenerationId(self.random()?),
            name: name.to_owned(),
            head: first_head(vault_id, author),
            tag: Tag([0; 32]), // until the head is drafted
            slots: self.slots(&ways, (vault_id, 1), &vault_key)?,
            link: None,
            passkeys: Vec::new(),
            kept: BTreeMap::new(),
            base: BTreeMap::new(),
            tables: Tables::default(),
        };
        Ok(Fresh {
            vault,
            keys: EpochKeys::derive(&vault_key, vault_id, 1),
            lock_after: new.lock_after,
        })
    }
}
