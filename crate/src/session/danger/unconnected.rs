//! Where no account protects the vault: its name, typed; its old master
//! password, tried.

use std::rc::Rc;

use sigill_core::confirmation::action::{RestoreReach, RestoreSource};
use sigill_core::confirmation::grant::{
    ByPhrase, ClearThisDevice, Displaced, Grant, NotGranted, Phrase, Restore, Restoring, Target,
};

use crate::api::{Act, Status};
use crate::rim::{Batch, Rim};
use crate::session::Session;
use crate::session::open::root;
use crate::session::vault::Vault;
use crate::trouble::Trouble;
use sigill_core::wire::problem::Code;

impl<R: Rim> Session<R> {
    /// Clears a vault that belongs to no account; it is sealed for 7 days.
    ///
    /// # Errors
    /// `wrong_phrase`, `no_vault`, `not_offered` where an account protects it.
    pub async fn clear_unconnected(&self, phrase: &str) -> Result<Status, Trouble> {
        let grant = self.by_name::<ClearThisDevice>(&Act::ClearThisDevice, phrase);
        self.clear_here(grant.await?, Batch::default()).await?;
        self.status().await
    }

    /// Grants an act on the vault that is here, by its typed name.
    pub(super) async fn by_name<A: ByPhrase>(
        &self,
        act: &Act,
        typed: &str,
    ) -> Result<Grant<A>, Trouble> {
        let here = self.vault().await?;
        let standing = self.standing(act, Some(&*here)).await?;
        let target = Target {
            vault: here.head.vault,
            head_hash: here.head.hash(),
        };
        let phrase = Phrase {
            name: &here.name,
            typed,
        };
        Grant::by_phrase(standing, phrase, target).map_err(refused)
    }

    /// Brings it back.
    ///
    /// # Errors
    /// `wrong_master_password`, `not_found`, `not_offered` where an account protects it
    /// or the vault that it would displace.
    pub async fn restore_unconnected(&self, typed: String) -> Result<Status, Trouble> {
        let root = root(typed)?;
        let held = self.rim.lock("vault").await?;
        let here = self.displaced_unconnected().await?;
        let (row, vault) = self.restorable().await?;
        let standing = self.standing(&Act::RestoreDevice, here.as_deref()).await?;
        let restoring = Restoring {
            source: RestoreSource::Device {
                head_hash: row.head_hash,
            },
            reach: RestoreReach::SameEpoch,
        };
        let slot = vault.slots.password();
        let displaced = Displaced {
            restoring,
            slot,
            root: &root,
        };
        let target = Target {
            vault: vault.head.vault,
            head_hash: row.head_hash,
        };
        let grant = Grant::<Restore>::by_old_master_password(standing, &displaced, target);
        let grant = grant.map_err(refused)?;
        self.restore_here(grant, Batch::default()).await?;
        drop(held);
        self.status().await
    }

    /// The vault in whose place something may come back without a proof of its own.
    async fn displaced_unconnected(&self) -> Result<Option<Rc<Vault>>, Trouble> {
        match self.vault_if_any().await {
            // A damaged one stands in nobody's way. Whose it was can't be said any more:
            // where an account is signed in, that account's.
            Err(Trouble::Damaged) => {
                let account = self.account_known().await?;
                if account.is_some_and(|row| row.tokens.is_some()) {
                    return Err(Trouble::refused(Code::NotOffered));
                }
                Ok(None)
            }
            other => other,
        }
    }
}

fn refused(why: NotGranted) -> Trouble {
    match why {
        NotGranted::AskedOtherwise => Trouble::refused(Code::NotOffered),
        NotGranted::WrongPhrase => Trouble::WrongPhrase,
        NotGranted::WrongMasterPassword => Trouble::WrongMasterPassword,
    }
}
