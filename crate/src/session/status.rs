//! Where the person stands.

use super::Session;
use super::rows::{CLOUD, CloudRow, Paused, SYNC, SyncRow};
use super::vault::Vault;
use crate::api::{PauseReason, Status, SyncState, VaultState};
use crate::rim::Rim;
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// Where the person stands. Asks nobody.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn status(&self) -> Result<Status, Trouble> {
        self.sweep().await?;
        let account = self.signed_in_view().await?;
        let unfinished = self.operation_view().await?;
        let vault = match self.vault_if_any().await {
            Err(Trouble::Damaged) => None,
            other => other?,
        };
        Ok(Status {
            sync: self.sync_state(vault.as_deref(), account.is_some()).await?,
            vault: self.vault_state(account.is_some()).await?,
            account,
            unfinished,
            silent: self.silent_since().await?,
            deleted: self.deleted_at().await?,
            held: self.held().await?,
        })
    }

    /// The alarm: locks when due, syncs when due, resumes what was begun, hears of a hold.
    ///
    /// # Errors
    /// Only where the store fails: what the network lacks shows in the status.
    pub async fn tick(&self) -> Result<Status, Trouble> {
        self.sweep().await?;
        self.open().await?;
        let steps = [
            self.resume().await,
            self.sync_when_due().await,
            self.erase_over().await,
            self.listen_on().await,
            self.hear_when_due().await,
        ];
        for step in steps {
            if let Err(trouble @ (Trouble::Full | Trouble::StorageFailed)) = step {
                return Err(trouble);
            }
        }
        self.status().await
    }

    async fn vault_state(&self, signed_in: bool) -> Result<VaultState, Trouble> {
        let vault = match self.vault().await {
            Ok(vault) => vault,
            Err(Trouble::NoVault) => return self.no_vault(signed_in).await,
            Err(Trouble::Damaged) => {
                return Ok(VaultState::Damaged {
                    connected: signed_in,
                });
            }
            Err(trouble) => return Err(trouble),
        };
        match self.seen(&vault, signed_in).await {
            // While one generation takes another's place its keys are gone for a
            // moment: whoever does that holds the vault.
            Ok(VaultState::Locked { .. }) => {
                let _held = self.rim.lock("vault").await?;
                match self.vault().await {
                    Ok(vault) => self.seen(&vault, signed_in).await,
                    Err(Trouble::NoVault) => self.no_vault(signed_in).await,
                    Err(trouble) => Err(trouble),
                }
            }
            other => other,
        }
    }

    async fn seen(&self, vault: &Vault, signed_in: bool) -> Result<VaultState, Trouble> {
        let (name, connected) = (vault.name.clone(), vault.link.is_some());
        let recovery = vault.slots.recovery().is_some();
        let passkeys = vault.passkey_slots();
        match self.opened().await {
            Ok((vault, open)) => Ok(VaultState::Open {
                name,
                connected,
                recovery,
                passkeys,
                count: self.look(|entries| Ok(small(entries.count())))?,
                locks_at: open.locks_at,
                unanchored: vault.is_unanchored(),
            }),
            Err(Trouble::Locked) => Ok(VaultState::Locked {
                name,
                connected,
                recovery,
                passkeys,
            }),
            Err(Trouble::Damaged) => Ok(VaultState::Damaged {
                connected: signed_in,
            }),
            Err(trouble) => Err(trouble),
        }
    }

    async fn no_vault(&self, signed_in: bool) -> Result<VaultState, Trouble> {
        let cloud: Option<CloudRow> = self.read(CLOUD).await?;
        let now = self.rim.now();
        let quarantine = self.quarantine().await?;
        let restorable = quarantine.into_iter().rev().find(|row| row.until > now);
        Ok(VaultState::None {
            in_cloud: signed_in && cloud.is_some_and(|cloud| cloud.holds_vault),
            restorable_until: restorable.map(|row| row.until),
        })
    }

    async fn sync_state(
        &self,
        vault: Option<&Vault>,
        signed_in: bool,
    ) -> Result<SyncState, Trouble> {
        let row: SyncRow = self.read(SYNC).await?.unwrap_or_default();
        let linked = vault.is_some_and(|vault| vault.link.is_some());
        let pending = match vault {
            Some(vault) => self.pending(vault).await?,
            None => 0,
        };
        let last = row.agreed;
        if !signed_in {
            return Ok(if linked {
                SyncState::SignedOut { pending }
            } else {
                SyncState::NotConnected
            });
        }
        if self.operation_is_open().await? {
            return Ok(view(Paused::of(PauseReason::OperationPending)));
        }
        if self.sync_is_off().await? {
            return Ok(SyncState::Off { pending });
        }
        if let Some(paused) = row.paused {
            return Ok(view(paused));
        }
        if vault.is_some() && !linked {
            return Ok(SyncState::NotConnected);
        }
        Ok(if row.answered || row.tried == 0 {
            SyncState::On { pending, last }
        } else {
            SyncState::Offline { pending, last }
        })
    }
}

impl Paused {
    /// By nobody in particular.
    pub(crate) const fn of(reason: PauseReason) -> Self {
        Self {
            reason,
            device: None,
            at: None,
            vouched: None,
        }
    }
}

fn view(paused: Paused) -> SyncState {
    SyncState::Paused {
        reason: paused.reason,
        device: paused.device,
        at: paused.at,
    }
}

pub(crate) fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
