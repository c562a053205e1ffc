//! What a receipt allows, done on this device: one transaction with the
//! journal's last entry, so that it happens once, however often it is begun.

use sigill_core::confirmation::action::{Action, RestoreSource, Weakening};
use sigill_core::confirmation::grant::{
    ClearEverywhere, ClearThisDevice, Grant, Granted, Lapsed, ReplaceCloud, Restore, Target, Weaken,
};
use sigill_core::confirmation::journal::{Brings, Entry, Event};
use sigill_core::confirmation::policy::Sync;
use sigill_core::confirmation::receipt::Receipt;
use sigill_core::vault::generation::Pin;
use sigill_core::vault::head::Head;

use super::ask::OperationRow;
use crate::api::PauseReason;
use crate::rim::{Batch, Rim};
use crate::session::Session;
use crate::session::account::signed_out;
use crate::session::rows::{ACCOUNT, CLOUD, FRESH, JOURNAL, OPERATION, Paused, SYNC, SyncRow};
use crate::session::vault::{Link, Vault};
use crate::session::wholesale::KEPT_FOR;
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// Carries a granted act out; what came of it.
    pub(super) async fn apply(
        &self,
        entry: &Entry,
        granted: Granted,
        receipt: &Receipt,
    ) -> Result<Event, Trouble> {
        let done = self.done(entry, receipt).await?;
        match granted {
            Granted::ClearThisDevice(grant) => match self.permitted(grant, receipt).await? {
                Ok(grant) => self.clear_this_device(grant, done).await,
                Err(lapsed) => return Ok(Event::Lapsed(lapsed)),
            },
            Granted::ClearEverywhere(grant) => self.clear_everywhere(grant, done).await,
            Granted::ReplaceCloud(grant) => self.replaced(grant, entry, done).await,
            Granted::Restore(grant) => self.restore(grant, done).await,
            Granted::ResetMasterPassword(grant) => self.reset(grant, entry, done).await,
            Granted::RenewMasterPassword(grant) => match self.renew(grant, entry, done).await? {
                Ok(()) => Ok(()),
                Err(lapsed) => return Ok(Event::Lapsed(lapsed)),
            },
            Granted::Weaken(grant) => self.weakened(grant, done).await,
        }?;
        Ok(Event::Applied)
    }

    /// With sync off a receipt is a permit, and may be too old by now: only
    /// the service knows its time.
    async fn permitted(
        &self,
        grant: Grant<ClearThisDevice>,
        receipt: &Receipt,
    ) -> Result<Result<Grant<ClearThisDevice>, Lapsed>, Trouble> {
        if !self.sync_is_off().await? {
            return Ok(Ok(grant));
        }
        let now = self.refresh_account().await?.now;
        Ok(grant.still_permits(receipt, self.local_head().await?, now))
    }

    /// The journal's last entry, and until when the act can be undone.
    async fn done(&self, entry: &Entry, receipt: &Receipt) -> Result<Batch, Trouble> {
        let (last, _) = entry.clone().step(Event::Applied);
        let mut batch = Batch::default();
        batch.put(JOURNAL, last.to_bytes());
        if let Some(mut row) = self.read::<OperationRow>(OPERATION).await? {
            row.undo_until = if matches!(receipt.action, Action::Weaken { .. }) {
                None
            } else if receipt.quarantine_until > receipt.executed_at {
                Some(receipt.quarantine_until)
            } else if self.is_final(receipt.action).await? {
                None
            } else {
                Some(self.rim.now().saturating_add(KEPT_FOR))
            };
            batch.put_json(OPERATION, &row);
        }
        batch.delete(FRESH);
        Ok(batch)
    }

    async fn clear_this_device(
        &self,
        grant: Grant<ClearThisDevice>,
        mut done: Batch,
    ) -> Result<(), Trouble> {
        let paused = if self.sync_is_off().await? {
            None // it is off anyway
        } else {
            Some(Paused::of(PauseReason::ClearedHere))
        };
        done.put_json(
            SYNC,
            &SyncRow {
                paused,
                answered: true,
                tried: self.rim.now(),
                agreed: None,
            },
        );
        self.clear_here(grant, done).await
    }

    async fn clear_everywhere(
        &self,
        grant: Grant<ClearEverywhere>,
        mut done: Batch,
    ) -> Result<(), Trouble> {
        done.put_json(SYNC, &SyncRow::default());
        done.delete(CLOUD);
        self.clear(grant.target(), done).await
    }

    /// The generation that the act was about is sealed away; another one that
    /// took its place meanwhile stays.
    pub(super) async fn clear(&self, target: &Target, done: Batch) -> Result<(), Trouble> {
        let _held = self.rim.lock("vault").await?;
        match self.vault_if_any().await? {
            Some(vault) if vault.head.vault == target.vault => self.flip(None, done).await,
            Some(_) | None => self.rim.commit(done).await,
        }
    }

    /// The cloud holds what this device brought: both sides stand at that head.
    async fn replaced(
        &self,
        grant: Grant<ReplaceCloud>,
        entry: &Entry,
        mut done: Batch,
    ) -> Result<(), Trouble> {
        let Brings::Vault(brought) = entry.brings() else {
            return Err(Trouble::Damaged);
        };
        if self.rim.get(FRESH).await?.is_some() {
            return self.replaced_anew(&grant, entry, done).await;
        }
        let head = Head::from_bytes(&brought.head).map_err(|_| Trouble::Damaged)?;
        let account = self.account_known().await?.ok_or_else(signed_out)?;
        let _held = self.rim.lock("vault").await?;
        let now = self.vault().await?;
        done.put_json(SYNC, &SyncRow::default());
        if now.head.vault != grant.target().vault || now.head.items_root != head.items_root {
            return self.rim.commit(done).await; // the next sync finds out
        }
        let mut vault = Vault::clone(&now);
        vault.link = Some(Link {
            account: account.account,
            service_key: account.receipt_key.id,
            pin: Pin::first(&head, vault.kdf()?),
            generation: None, // the next sync learns the cloud's name for it
            restored: None,
        });
        vault.base.clear();
        vault.head = head;
        vault.tag = brought.tag;
        self.keep(vault, done).await.map(drop)
    }

    /// The service wrote it into this device's row; here it is remembered.
    async fn weakened(&self, grant: Grant<Weaken>, mut done: Batch) -> Result<(), Trouble> {
        let what = grant.about().what;
        if what == Weakening::Disconnect {
            return self.untied(done).await;
        }
        let sync = if what == Weakening::TurnSyncOff {
            Sync::Off
        } else if what == Weakening::TurnSyncOn {
            Sync::On
        } else {
            return self.rim.commit(done).await; // not asked for by this device
        };
        let mut account = self.account_known().await?.ok_or_else(signed_out)?;
        account.standing.sync = sync;
        done.put_json(ACCOUNT, &account);
        done.put_json(SYNC, &SyncRow::default());
        self.rim.commit(done).await
    }

    async fn restore(&self, grant: Grant<Restore>, mut done: Batch) -> Result<(), Trouble> {
        done.put_json(SYNC, &SyncRow::default());
        match grant.about().source {
            RestoreSource::Cloud { .. } => {
                let cloud = self.refresh_cloud().await?;
                let there = cloud.vault.as_ref().ok_or(Trouble::Garbage)?;
                let vault = self.download(there).await?;
                let _held = self.rim.lock("vault").await?;
                self.stage(&vault).await?;
                self.flip(Some(vault.id), done).await
            }
            RestoreSource::Device { .. } => {
                let _held = self.rim.lock("vault").await?;
                self.restore_here(grant, done).await
            }
        }
    }

    /// What lies sealed on this device comes back. The caller holds the vault.
    pub(super) async fn restore_here(
        &self,
        grant: Grant<Restore>,
        done: Batch,
    ) -> Result<(), Trouble> {
        let (row, _) = self.restorable().await?;
        let source = RestoreSource::Device {
            head_hash: row.head_hash,
        };
        if grant.about().source != source {
            return self.rim.commit(done).await; // it has gone meanwhile
        }
        self.flip(Some(row.generation), done).await
    }
}
