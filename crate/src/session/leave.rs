//! A service that is gone for good must not keep a vault from its owner: after
//! seven days without a word from it, the vault leaves the account by its master
//! password, and nothing is erased.

use sigill_core::wire::Seconds;
use sigill_core::wire::problem::Code;

use super::Session;
use super::open::root;
use super::rows::{ACCOUNT, CLOUD, FRESH, HEARD, JOURNAL, OPERATION, SYNC, SyncRow, TIMELINE};
use super::vault::Vault;
use crate::api::{Status, Unlock};
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

/// How long a service must have been silent.
const SILENT: Seconds = 7 * 24 * 60 * 60;

impl<R: Rim> Session<R> {
    /// Takes the open vault out of the account of a service that has been gone
    /// for seven days. What is here stays; the cloud's copy is not touched.
    ///
    /// # Errors
    /// `wrong_master_password`, `locked`, `not_offered` while the service has
    /// been heard within seven days or was not asked, `operation_pending`.
    pub async fn leave_service(&self, unlock: Unlock) -> Result<Status, Trouble> {
        let root = root(unlock.root)?;
        if self.operation_is_open().await? {
            return Err(Trouble::refused(Code::OperationPending));
        }
        let (syncing, held) = (self.rim.lock("sync").await?, self.rim.lock("vault").await?);
        let (vault, open) = self.opened().await?;
        if !vault.slots.password().matches(&root) {
            return Err(Trouble::WrongMasterPassword);
        }
        if !self.is_silent().await? {
            return Err(Trouble::refused(Code::NotOffered));
        }
        let mut own = Vault::clone(&vault);
        own.link = None;
        own.base.clear();
        own.redraft(&open.keys, self.author().await?)?;
        let mut batch = Batch::default();
        let rows = [
            ACCOUNT, CLOUD, HEARD, SYNC, TIMELINE, JOURNAL, OPERATION, FRESH,
        ];
        for row in rows {
            batch.delete(row);
        }
        self.keep(own, batch).await?;
        drop((held, syncing));
        self.status().await
    }

    /// Asked and not answered, and not heard for seven days.
    async fn is_silent(&self) -> Result<bool, Trouble> {
        let row: SyncRow = self.read(SYNC).await?.unwrap_or_default();
        let heard: Option<Seconds> = self.read(HEARD).await?;
        let asked_in_vain = row.tried > 0 && !row.answered;
        let is_over = |last: Seconds| self.rim.now() >= last.saturating_add(SILENT);
        Ok(asked_in_vain && heard.max(row.agreed).is_some_and(is_over))
    }
}
