//! A vault leaves its account, and nothing is erased.
//!
//! | way | what it takes |
//! |---|---|
//! | the service is gone for good: seven days without a word from it (S38) | the master password |
//! | the account is gone: deleted after seven days that anybody of it could have stopped | the master password |
//! | connecting is taken back: 72 hours, the account's only device (S31) | the master password |
//! | `Weaken(Disconnect)` | the proofs of the table |

use sigill_core::confirmation::connecting::{Company, Connected};
use sigill_core::confirmation::hold::Hold;
use sigill_core::vault::key::EpochKeys;
use sigill_core::wire::Seconds;
use sigill_core::wire::account as wire;
use sigill_core::wire::problem::Code;

use super::Session;
use super::account::signed_out;
use super::files::FILES;
use super::open::root;
use super::rows::{
    ACCOUNT, CLOUD, FRESH, HEARD, HELD, JOURNAL, LEAVE, OPERATION, SILENCE, SYNC, TIMELINE, UPLOAD,
};
use super::service::exchange::Call;
use super::vault::Vault;
use crate::api::{Status, Unlock};
use crate::rim::{Batch, Method, Rim};
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// Takes the open vault out of the account of a service that has been gone
    /// for seven days, or out of an account that was deleted. What is here stays; the cloud's copy is not touched. An
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
        if vault.link.is_none() || self.deleted_at().await?.is_none() {
            self.check_left_alone(&vault).await?;
        }
        let mut batch = Batch::default();
        for row in [JOURNAL, OPERATION, FRESH] {
            batch.delete(row);
        }
        self.untie(&vault, &open.keys, batch).await?;
        drop((held, syncing, acting));
        self.status().await
    }

    /// Takes connecting back: within 72 hours, as the account's only device. What
    /// is here stays, and the cloud's copy too.
    ///
    /// # Errors
    /// `wrong_master_password`, `locked`, `operation_pending`, `not_offered` by the
    /// rule of both sides ([`Connected`]), `signed_out`, `service_unreachable`.
    pub async fn undo_connecting(&self, unlock: Unlock) -> Result<Status, Trouble> {
        let root = root(unlock.root)?;
        if self.operation_is_open().await? {
            return Err(Trouble::refused(Code::OperationPending));
        }
        let syncing = self.rim.lock("sync").await?;
        let (vault, _) = self.opened().await?;
        if !vault.slots.password().matches(&root) {
            return Err(Trouble::WrongMasterPassword);
        }
        let account = self.refresh_account().await?;
        if vault.link.is_none() || self.taken_back_until(&account).await?.is_none() {
            return Err(Trouble::refused(Code::NotOffered));
        }
        self.bring_all_files().await?;
        let undo = Call::empty(Method::Post, "/v1/account/connecting/undo");
        self.ask_service(&undo).await?;
        self.untied(Batch::default()).await?;
        drop(syncing);
        self.status().await
    }

    /// Until when the master password alone takes connecting back.
    pub(crate) async fn taken_back_until(
        &self,
        account: &wire::Account,
    ) -> Result<Option<Seconds>, Trouble> {
        let row = self.account_known().await?.ok_or_else(signed_out)?;
        let mut devices = account.devices.iter();
        let Some(own) = devices.find(|known| known.device == row.device) else {
            return Ok(None);
        };
        let connected = Connected {
            since: own.known_since,
            company: Company::of(account.devices.len()),
            hold: Hold {
                until: account.held_until.unwrap_or_default(),
                ..Hold::NONE
            },
        };
        Ok(connected.taken_back_until(account.now).ok())
    }

    /// Signs out, and takes the open vault out of the account: its head is written
    /// anew, so that it can't be said to belong to none by a changed row.
    pub(crate) async fn untied(&self, batch: Batch) -> Result<(), Trouble> {
        self.opened().await?;
        self.bring_all_files().await?;
        // A service that does not hear it now ends the session by itself in time.
        let out = Call::empty(Method::Delete, "/v1/sessions/current");
        if let Err(Trouble::StorageFailed | Trouble::Full) = self.ask_service(&out).await {
            return Err(Trouble::StorageFailed);
        }
        let _held = self.rim.lock("vault").await?;
        let (vault, open) = self.opened().await?;
        self.untie(&vault, &open.keys, batch).await
    }

    async fn untie(
        &self,
        vault: &Vault,
        keys: &EpochKeys,
        mut batch: Batch,
    ) -> Result<(), Trouble> {
        let mut own = Vault::clone(vault);
        own.link = None;
        own.base.clear();
        own.redraft(keys, self.author().await?)?;
        let rows = [
            FILES, ACCOUNT, CLOUD, HEARD, HELD, SILENCE, SYNC, TIMELINE, LEAVE, UPLOAD,
        ];
        for row in rows {
            batch.delete(row);
        }
        self.keep(own, batch).await.map(drop)
    }

    /// When the account was deleted: this device was told of it beforehand, and is
    /// let in no more.
    pub(crate) async fn deleted_at(&self) -> Result<Option<Seconds>, Trouble> {
        let row = self.account_known().await?;
        let out = row.filter(|row| row.tokens.is_none());
        let at = out.and_then(|row| row.delete_at);
        Ok(at.filter(|at| *at <= self.rim.now()))
    }

    /// Not for seven days, and not now either.
    async fn check_left_alone(&self, vault: &Vault) -> Result<(), Trouble> {
        let not_offered = || Trouble::refused(Code::NotOffered);
        if vault.link.is_none() || self.silent_since().await?.is_none() {
            return Err(not_offered());
        }
        self.ask_for_a_sign().await?;
        self.silent_since().await?.map(drop).ok_or_else(not_offered)
    }
}
