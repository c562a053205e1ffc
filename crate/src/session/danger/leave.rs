//! What a clear leaves on this device: a sealed copy for 7 days, or nothing,
//! where the cloud or a proved backup file holds the same head.

use serde::Serialize;
use sigill_core::confirmation::action::{Action, ClearScope};
use sigill_core::confirmation::grant::{ClearThisDevice, Grant};
use sigill_core::id::Hash;

use crate::json::object;
use crate::rim::{Batch, Rim};
use crate::session::Session;
use crate::session::rows::LEAVE;
use crate::session::vault::Vault;
use crate::trouble::Trouble;

/// `leave`: the head of which nothing is to stay.
#[derive(Serialize)]
struct LeaveRow {
    head_hash: Hash,
}

object! {
    LeaveRow { head_hash }
}

impl<R: Rim> Session<R> {
    /// A clear of this device will leave nothing of what is here now. `backup` is
    /// the SHA-256 of the beginning of a backup file that was read back, where there
    /// is one: it names the SHA-256 of each file's chunks, which the page compared.
    ///
    /// # Errors
    /// `only_here` where neither the cloud nor that file holds the same,
    /// `file_incomplete` where no backup file can: a file of an entry is not whole.
    pub async fn leave_nothing(&self, backup: Option<String>) -> Result<(), Trouble> {
        let vault = self.vault().await?;
        let is_kept = match backup {
            Some(sha256) => {
                let proved = self.proved_backup(&vault).await?;
                if proved.lacks {
                    return Err(Trouble::FileIncomplete);
                }
                Hash::of(&proved.begin).to_string() == sha256
            }
            None => self.is_in_cloud(&vault).await?,
        };
        if !is_kept {
            return Err(Trouble::OnlyHere);
        }
        let head_hash = vault.head.hash();
        self.write(LEAVE, &LeaveRow { head_hash }).await
    }

    /// A clear of this device will leave a sealed copy.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn leave_sealed(&self) -> Result<(), Trouble> {
        let mut batch = Batch::default();
        batch.delete(LEAVE);
        self.rim.commit(batch).await
    }

    async fn is_in_cloud(&self, vault: &Vault) -> Result<bool, Trouble> {
        if vault.link.is_none() || self.sync_is_off().await? {
            return Ok(false); // what the cloud holds is closed to this device
        }
        let cloud = self.refresh_cloud().await?;
        let holds = cloud.vault.is_some() && cloud.head_hash == vault.head.hash();
        Ok(holds && self.files_waiting(vault).await? == 0)
    }

    /// Whether nothing is to stay of the vault that is here.
    async fn leaves_nothing(&self, vault: &Vault) -> Result<bool, Trouble> {
        let row: Option<LeaveRow> = self.read(LEAVE).await?;
        Ok(row.is_some_and(|row| row.head_hash == vault.head.hash()))
    }

    /// Whether an act on this device will have left nothing to undo it with.
    pub(super) async fn is_final(&self, action: Action) -> Result<bool, Trouble> {
        let scope = ClearScope::ThisDevice;
        match self.vault_if_any().await? {
            Some(vault) if action == (Action::ClearVault { scope }) => {
                self.leaves_nothing(&vault).await
            }
            Some(_) | None => Ok(false),
        }
    }

    /// This device's vault goes: sealed away, or gone with whatever lay sealed here.
    pub(super) async fn clear_here(
        &self,
        grant: Grant<ClearThisDevice>,
        done: Batch,
    ) -> Result<(), Trouble> {
        let target = grant.target();
        // Held before it is looked at: what is let go is what was looked at.
        let held = self.rim.lock("vault").await?;
        match self.vault_if_any().await? {
            Some(vault)
                if vault.head.vault == target.vault && self.leaves_nothing(&vault).await? =>
            {
                self.let_go(done).await
            }
            Some(_) | None => {
                drop(held);
                self.clear(target, done).await
            }
        }
    }
}
