//! One generation takes another's place.
//!
//! ```text
//! 1  the new one's rows and the pointer `staging`       one transaction
//! 2  read back, root checked
//! 3  {active → new, old → quarantine, staging removed, what the caller adds}      one transaction
//! ```
//! Killed before 3, the old one is active and whole, and the next start clears
//! `staging` away. Killed after it, the new one is.

use sigill_core::id::GenerationId;
use sigill_core::wire::Seconds;

use super::Session;
use super::note;
use super::rows::{ACTIVE, FRESH, HEARD, LEAVE, QUARANTINE, Quarantined, STAGING, UPLOAD};
use super::stored::prefix;
use super::vault::Vault;
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

/// How long a displaced generation lies on this device.
pub(crate) const KEPT_FOR: Seconds = 7 * 24 * 60 * 60;

impl<R: Rim> Session<R> {
    /// Writes a generation beside the active one, and checks that it is there.
    pub(crate) async fn stage(&self, vault: &Vault) -> Result<(), Trouble> {
        let mut batch = Batch::default();
        self.clear_rows(vault.id, &mut batch).await?;
        vault.difference(None, &mut batch);
        batch.put(STAGING, vault.id.as_bytes());
        self.rim.commit(batch).await?;
        self.generation(vault.id).await.map(drop)
    }

    /// Makes `next` the active generation, or none; seals the old one for a
    /// while. `batch` goes with it.
    pub(crate) async fn flip(
        &self,
        next: Option<GenerationId>,
        mut batch: Batch,
    ) -> Result<(), Trouble> {
        let mut quarantine = self.quarantine().await?;
        if let Some(next) = next {
            quarantine.retain(|row| row.generation != next);
        }
        if let Some(old) = self.active().await? {
            quarantine.push(self.sealed_away(old).await?);
        }
        batch.put_json(QUARANTINE, &quarantine);
        self.point_to(next, batch).await
    }

    /// Makes `next` the active generation. It holds all that the old one did, under
    /// keys that took the place of its own: the old one goes.
    pub(crate) async fn succeed(
        &self,
        next: GenerationId,
        mut batch: Batch,
    ) -> Result<(), Trouble> {
        if let Some(old) = self.active().await? {
            self.delete_generation(old, &mut batch).await?;
        }
        self.point_to(Some(next), batch).await
    }

    async fn point_to(&self, next: Option<GenerationId>, mut batch: Batch) -> Result<(), Trouble> {
        batch.delete(STAGING);
        match next {
            Some(next) => batch.put(ACTIVE, next.as_bytes()),
            None => batch.delete(ACTIVE),
        }
        self.commit_pointer(batch).await
    }

    /// Nobody reads a vault while the pointer moves: what is loaded is what it names.
    async fn commit_pointer(&self, batch: Batch) -> Result<(), Trouble> {
        let loading = self.rim.lock("load").await?;
        self.loaded.replace(None);
        self.forget_entries();
        self.rim.commit(batch).await?;
        drop(loading);
        self.wipe().await
    }

    /// The active generation goes, and all that lies sealed here. `batch` goes
    /// with it.
    pub(crate) async fn let_go(&self, mut batch: Batch) -> Result<(), Trouble> {
        let sealed = self.quarantine().await?;
        let sealed = sealed.into_iter().map(|row| row.generation);
        for id in sealed.chain(self.active().await?) {
            self.delete_generation(id, &mut batch).await?;
        }
        for row in [ACTIVE, QUARANTINE, LEAVE, FRESH, UPLOAD] {
            batch.delete(row);
        }
        self.drop_all_files(&mut batch).await?;
        self.commit_pointer(batch).await
    }

    /// What lies in quarantine, newest last.
    pub(crate) async fn quarantine(&self) -> Result<Vec<Quarantined>, Trouble> {
        Ok(self.read(QUARANTINE).await?.unwrap_or_default())
    }

    async fn sealed_away(&self, old: GenerationId) -> Result<Quarantined, Trouble> {
        let until = self.rim.now().saturating_add(KEPT_FOR);
        let sealed = |head_hash, name| Quarantined {
            generation: old,
            head_hash,
            name,
            until,
        };
        if let Some(known) = self.loaded().filter(|known| known.id == old) {
            return Ok(sealed(known.head.hash(), known.name.clone()));
        }
        match self.generation(old).await {
            Ok(vault) => Ok(sealed(vault.head.hash(), vault.name)),
            // Damaged: kept all the same, it may be read by other means.
            Err(Trouble::Damaged) => Ok(sealed(sigill_core::id::Hash::NOTHING, String::new())),
            Err(trouble) => Err(trouble),
        }
    }

    /// Clears away what a killed worker left half-written and what lay here
    /// long enough. Once a session.
    pub(crate) async fn sweep(&self) -> Result<(), Trouble> {
        if self.started.get() {
            return Ok(());
        }
        let _held = self.rim.lock("vault").await?;
        let mut batch = Batch::default();
        if let Some(half) = self.staged().await? {
            if self.active().await? != Some(half) {
                self.delete_generation(half, &mut batch).await?;
            }
            batch.delete(STAGING);
        }
        self.drop_over(&mut batch).await?;
        self.drop_stray_files(&mut batch).await?;
        if !batch.deletes.is_empty() {
            self.rim.commit(batch).await?;
        }
        self.wipe_strangers().await?;
        self.started.set(true);
        Ok(())
    }

    /// Erases what has lain here long enough: slots and entries together, in
    /// one transaction.
    pub(crate) async fn erase_over(&self) -> Result<(), Trouble> {
        let now = self.agreed_now().await?;
        if self.quarantine().await?.iter().all(|row| row.until > now) {
            return Ok(());
        }
        let _held = self.rim.lock("vault").await?;
        let mut batch = Batch::default();
        self.drop_over(&mut batch).await?;
        self.rim.commit(batch).await
    }

    async fn drop_over(&self, batch: &mut Batch) -> Result<(), Trouble> {
        let now = self.agreed_now().await?;
        let quarantine = self.quarantine().await?;
        let (over, kept): (Vec<_>, Vec<_>) =
            quarantine.into_iter().partition(|row| row.until <= now);
        for row in &over {
            self.delete_generation(row.generation, batch).await?;
        }
        if !over.is_empty() {
            batch.put_json(QUARANTINE, &kept);
        }
        Ok(())
    }

    /// The earlier of this device's clock and the service's, as last heard:
    /// neither alone can end an undo window early.
    async fn agreed_now(&self) -> Result<Seconds, Trouble> {
        let now = self.rim.now();
        let heard: Option<Seconds> = self.read(HEARD).await?;
        Ok(heard.map_or(now, |heard| heard.min(now)))
    }

    async fn delete_generation(&self, id: GenerationId, batch: &mut Batch) -> Result<(), Trouble> {
        let (batches, index) = (super::batches::prefix(id), super::entries::prefix(id));
        let notes = note::NAMES.map(|name| note::key(name, id));
        for prefix in [prefix(id), batches, index].into_iter().chain(notes) {
            batch.deletes.extend(self.rim.keys(&prefix).await?);
        }
        Ok(())
    }
}
