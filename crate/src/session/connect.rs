//! Two sides become one: by the person's choice, never silently.

use sigill_core::id::{Hash, VaultId};
use sigill_core::order::map_of;
use sigill_core::vault::generation::Pin;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{Cloud, CloudVault, HighestEpoch};

use super::Session;
use super::account::signed_out;
use super::items::Desk;
use super::open::root;
use super::rows::{CLOUD, CloudRow, SYNC, SyncRow};
use super::vault::{Link, Vault};
use crate::api::{Connect, Found, Status};
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// What signing in found.
    pub(crate) async fn found(&self, cloud: &Cloud) -> Result<Found, Trouble> {
        let here = match self.vault_if_any().await {
            // What is there is nothing that the cloud could have, and not nothing.
            Err(Trouble::Damaged) => Some((VaultId([0; 16]), 0)),
            other => other?.map(|vault| (vault.head.vault, vault.head.epoch)),
        };
        let there = cloud.vault.as_ref().map(|vault| (vault.vault, vault.epoch));
        Ok(match (here, there) {
            (None, None) => Found::Nothing,
            (Some(_), None) => Found::OnlyHere,
            (None, Some(_)) => Found::OnlyInCloud,
            (Some(here), Some(there)) if here == there => Found::Same,
            (Some(_), Some(_)) => Found::Different,
        })
    }

    /// Joins the two sides. `typed` is the root key of the vault here, where it
    /// is to be brought to the account; a download takes none.
    ///
    /// # Errors
    /// `wrong_master_password`, `sync_is_off`, `locked` where the vault must be open,
    /// `vault_differs`, `not_found` where there is nothing to download, or why the
    /// service can't be asked.
    pub async fn connect(&self, choice: Connect, typed: Option<String>) -> Result<Status, Trouble> {
        if self.sync_is_off().await? {
            return Err(Trouble::refused(Code::SyncIsOff));
        }
        match choice {
            Connect::Upload | Connect::Merge => self.check_owner(typed).await?,
            Connect::Download => {}
        }
        let held = self.rim.lock("sync").await?;
        let cloud = self.refresh_cloud().await?;
        match choice {
            Connect::Upload => self.link_here(&cloud).await?,
            Connect::Download => self.take_cloud(&cloud).await?,
            Connect::Merge => self.merge_here(&cloud).await?,
        }
        self.write(SYNC, &SyncRow::default()).await?;
        drop(held);
        self.sync_now().await
    }

    /// Whoever sits at an open vault can't bring it to an account of his own: that
    /// takes the master password. A vault of the account is there already.
    async fn check_owner(&self, typed: Option<String>) -> Result<(), Trouble> {
        let vault = self.vault().await?;
        if let Some(typed) = typed {
            let root = root(typed)?;
            let is_right = vault.slots.password().matches(&root);
            return if is_right {
                Ok(())
            } else {
                Err(Trouble::WrongMasterPassword)
            };
        }
        let account = self.account_known().await?.ok_or_else(signed_out)?.account;
        match &vault.link {
            Some(link) if link.account == account => Ok(()),
            Some(_) | None => Err(Trouble::WrongMasterPassword),
        }
    }

    /// This device's vault will go up with the next push.
    async fn link_here(&self, cloud: &Cloud) -> Result<(), Trouble> {
        if cloud.vault.is_some() {
            return Err(Trouble::refused(Code::VaultDiffers));
        }
        let here = self.vault().await?.head.clone();
        let is_lower = |known: &HighestEpoch| known.vault == here.vault && known.epoch > here.epoch;
        if cloud.epochs.iter().any(is_lower) {
            return Err(Trouble::refused(Code::VaultDiffers));
        }
        let link = self.new_link(cloud).await?;
        self.change(|_, desk| {
            relink(desk, link);
            Ok(())
        })
        .await
    }

    /// The cloud's vault comes down; what is here is sealed for a while.
    pub(crate) async fn take_cloud(&self, cloud: &Cloud) -> Result<(), Trouble> {
        let there = cloud.vault.as_ref().ok_or(Trouble::NotFound)?;
        let vault = self.download(there).await?;
        let _held = self.rim.lock("vault").await?;
        self.stage(&vault).await?;
        self.flip(Some(vault.id), Batch::default()).await
    }

    /// The same vault on both sides: what was linked before goes on syncing;
    /// else everything is compared, entry by entry.
    async fn merge_here(&self, cloud: &Cloud) -> Result<(), Trouble> {
        let vault = self.vault().await?;
        let there = cloud.vault.as_ref().ok_or(Trouble::NotFound)?;
        if (vault.head.vault, vault.head.epoch) != (there.vault, there.epoch) {
            return Err(Trouble::refused(Code::VaultDiffers));
        }
        let account = self.account_known().await?.ok_or_else(signed_out)?.account;
        if vault
            .link
            .as_ref()
            .is_some_and(|link| link.account == account)
        {
            return Ok(());
        }
        self.opened().await?;
        let theirs = self.download(there).await?;
        self.change(|session, desk| {
            if !theirs.head.is_tagged(&desk.open.keys, &theirs.tag) {
                return Err(Trouble::Garbage);
            }
            // By hand: a master password that is derived another way has to be typed.
            let is_other = theirs.slots.password() != desk.vault.slots.password();
            if theirs.waits_for_new_keys() || is_other {
                return Err(Trouble::refused(Code::VaultDiffers));
            }
            desk.vault.slots.clone_from(&theirs.slots);
            relink(desk, theirs.link.clone().ok_or(Trouble::Garbage)?);
            session.merge_in(desk, theirs.kept.into_values())
        })
        .await
    }

    /// The link of a vault that is made while an empty cloud waits for one; with
    /// sync off beside whatever is there, which is looked at when it is on again.
    pub(crate) async fn link_to_empty_cloud(&self, new: &Vault) -> Result<Option<Link>, Trouble> {
        let signed_in = self
            .account_known()
            .await?
            .is_some_and(|row| row.tokens.is_some());
        let cloud: Option<CloudRow> = self.read(CLOUD).await?;
        let place = match cloud {
            Some(cloud) if !cloud.holds_vault => Some((cloud.seq, cloud.head_hash)),
            Some(_) | None if self.sync_is_off().await? => Some((0, Hash::NOTHING)),
            Some(_) | None => None,
        };
        match place.filter(|_| signed_in) {
            None => Ok(None),
            Some((seq, head_hash)) => self.link_of(new, seq, head_hash).await.map(Some),
        }
    }

    async fn new_link(&self, cloud: &Cloud) -> Result<Link, Trouble> {
        self.link_of(&*self.vault().await?, cloud.seq, cloud.head_hash)
            .await
    }

    /// A place in the account, after whatever stood in the cloud last.
    pub(crate) async fn link_of(
        &self,
        vault: &Vault,
        seq: u64,
        head_hash: Hash,
    ) -> Result<Link, Trouble> {
        let row = self.account_known().await?.ok_or_else(signed_out)?;
        Ok(Link {
            account: row.account,
            service_key: row.receipt_key.id,
            pin: Pin {
                vault: vault.head.vault,
                epoch: vault.head.epoch,
                seq,
                head_hash,
                kdf: vault.kdf()?,
            },
            generation: None,
            restored: None,
        })
    }

    /// A link to a vault that stands in the cloud.
    pub(crate) async fn link_to(
        &self,
        vault: &Vault,
        cloud: &Cloud,
        there: &CloudVault,
    ) -> Result<Link, Trouble> {
        let link = self.link_of(vault, cloud.seq, cloud.head_hash).await?;
        Ok(Link {
            generation: Some(there.generation),
            ..link
        })
    }
}

/// The vault has a new place: the cloud knows none of its records there.
fn relink(desk: &mut Desk<'_>, link: Link) {
    desk.vault.base = map_of(desk.vault.kept.keys().map(|item| (*item, None)));
    desk.vault.link = Some(link);
}
