//! A service that is gone for good must not keep a vault from its owner: after
//! seven days without a word from it, the vault leaves the account by its master
//! password, and nothing is erased.

use sigill_core::wire::problem::Code;

use super::Session;
use super::open::root;
use super::rows::{
    ACCOUNT, CLOUD, FRESH, HEARD, JOURNAL, LEAVE, OPERATION, SILENCE, SYNC, TIMELINE,
};
use super::vault::Vault;
use crate::api::{Status, Unlock};
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// Takes the open vault out of the account of a service that has been gone
    /// for seven days. What is here stays; the cloud's copy is not touched. An
    /// act that was begun is dropped with the account: after a week, whatever
    /// still waits waits for the service.
    ///
    /// # Errors
    /// `wrong_master_password`, `locked`, `not_offered` while the service answers
    /// or has within seven days.
    pub async fn leave_service(&self, unlock: Unlock) -> Result<Status, Trouble> {
        let root = root(unlock.root)?;
        let acting = self.rim.lock("operation").await?;
        let (syncing, held) = (self.rim.lock("sync").await?, self.rim.lock("vault").await?);
        let (vault, open) = self.opened().await?;
        if !vault.slots.password().matches(&root) {
            return Err(Trouble::WrongMasterPassword);
        }
        self.is_left_alone(&vault).await?;
        let mut own = Vault::clone(&vault);
        own.link = None;
        own.base.clear();
        own.redraft(&open.keys, self.author().await?)?;
        let mut batch = Batch::default();
        let rows = [
            ACCOUNT, CLOUD, HEARD, SILENCE, SYNC, TIMELINE, JOURNAL, OPERATION, FRESH, LEAVE,
        ];
        for row in rows {
            batch.delete(row);
        }
        self.keep(own, batch).await?;
        drop((held, syncing, acting));
        self.status().await
    }

    /// Not for seven days, and not now either.
    async fn is_left_alone(&self, vault: &Vault) -> Result<(), Trouble> {
        let not_offered = || Trouble::refused(Code::NotOffered);
        if vault.link.is_none() || self.silent_since().await?.is_none() {
            return Err(not_offered());
        }
        self.ask_for_a_sign().await?;
        self.silent_since().await?.map(drop).ok_or_else(not_offered)
    }
}
