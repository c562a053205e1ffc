//! What was brought back from an older epoch, or as another vault, gets new keys:
//! its master password, typed, signs for the epoch that anchors it.
//!
//! ```text
//! epoch = the highest that its vault ever had + 1, seq = current + 1, previous = the displaced head,
//! restored_from = the head that was brought back; a new vault key, one slot for the same master password
//! ```
//! Until then it is read-only. Its recovery code and passkeys end with its old keys.

use sigill_core::id::VaultId;
use sigill_core::vault::generation::LEAP;
use sigill_core::vault::key::{EpochKeys, RootKey};
use sigill_core::wire::problem::Code;

use super::Session;
use super::epoch::{Next, Ways};
use super::open::Open;
use super::vault::{Restored, Vault};
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// Anchors the open vault, where it waits for new keys. What the service does
    /// not take leaves it as it is: read-only.
    pub(super) async fn anchor_when_possible(
        &self,
        root: &RootKey,
        lock_after: u32,
    ) -> Result<(), Trouble> {
        if !self.vault().await?.waits_for_new_keys() {
            return Ok(());
        }
        match self.anchor_here(root, lock_after).await {
            Err(Trouble::Unreachable | Trouble::Refused(_) | Trouble::Garbage) => Ok(()),
            other => other,
        }
    }

    async fn anchor_here(&self, root: &RootKey, lock_after: u32) -> Result<(), Trouble> {
        if self.operation_is_open().await? {
            return Err(Trouble::refused(Code::OperationPending));
        }
        self.can_reach_the_cloud().await?;
        let _syncing = self.rim.lock("sync").await?;
        let _held = self.rim.lock("vault").await?;
        let (vault, open) = self.opened().await?;
        let next = self.anchored(&vault, (&open.keys, root)).await?;
        let id = next.vault.id;
        self.stage(&next.vault).await?;
        let succeeded = self.succeed(id, Batch::default());
        let begin = |_: Open| Open::begin(id, next.keys, lock_after, self.rim.now());
        self.stay_open(succeeded, begin).await
    }

    /// The same vault under the keys that anchor it; the cloud has it by then.
    pub(super) async fn anchored(
        &self,
        vault: &Vault,
        (keys, root): (&EpochKeys, &RootKey),
    ) -> Result<Next, Trouble> {
        let link = vault.link.as_ref().ok_or(Trouble::Damaged)?;
        let ways = Ways::of_password(vault, root);
        let from = (keys, vault.epoch_after());
        let mut next = self.later_epoch(vault, from, &ways).await?;
        let words = (root, None);
        let pushed = self.begin_epoch((vault, link), &next.vault, words).await?;
        next.vault.link = Some(link.after(&next.vault, &pushed)?);
        Ok(next)
    }

    /// What the service says of a generation that was brought back, held against
    /// what is known here: no anchor leads back behind an epoch of its vault.
    pub(super) async fn brought_back(
        &self,
        vault: &Vault,
        anchor_epoch: Option<u64>,
    ) -> Result<Restored, Trouble> {
        let anchor_epoch = anchor_epoch.ok_or(Trouble::Garbage)?;
        let known = self.highest_known(vault.head.vault).await?;
        let own = vault.head.epoch;
        let leads_on = if anchor_epoch == own {
            known <= own
        } else {
            let known = own.max(known);
            anchor_epoch > known && anchor_epoch - known <= LEAP
        };
        if !leads_on {
            return Err(Trouble::Garbage);
        }
        Ok(Restored {
            head: vault.head.hash(),
            anchor_epoch,
        })
    }

    /// The highest epoch of a vault that this device knows of: of the one that is
    /// here, and of those that lie sealed; 0 where it knows none.
    async fn highest_known(&self, vault: VaultId) -> Result<u64, Trouble> {
        let mut highest = 0;
        let sealed = self.quarantine().await?;
        let sealed = sealed.into_iter().map(|row| row.generation);
        for id in sealed.chain(self.active().await?) {
            match self.generation(id).await {
                Ok(known) if known.head.vault == vault => highest = highest.max(known.head.epoch),
                Ok(_) | Err(Trouble::Damaged) => {}
                Err(trouble) => return Err(trouble),
            }
        }
        Ok(highest)
    }
}
