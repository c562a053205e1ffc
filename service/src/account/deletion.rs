//! An account goes seven days after its deletion was confirmed, unless a device
//! or whoever reads its mail keeps it.

use sigill_core::confirmation::action::{Action, Weakening};
use sigill_core::confirmation::weakening::bare_hash;
use sigill_core::id::AccountId;
use sigill_core::wire::Seconds;

use crate::failure::Failure;
use crate::limits::DAY;
use crate::service::Service;
use crate::store::accounts::{
    account as account_in, due_for_deletion, erase_account, set_delete_at,
};
use crate::store::clouds::cloud;
use crate::store::generations::{Displacement, displace};
use crate::store::{Store, StoreError};

/// Seconds that sealed generations outlive their account.
const SEALED: Seconds = 30 * DAY;

/// Keeps an account that was to be deleted; twice is once.
pub(crate) async fn keep(service: &Service, account: AccountId) -> Result<(), Failure> {
    let mut tx = service.store.begin(account).await?;
    set_delete_at(&mut tx, account, 0).await?;
    Ok(tx.commit().await?)
}

/// Deletes what is due. Its vault is sealed for as long as every other that was
/// displaced, so that an operator can still help whom a thief did this to.
pub(crate) async fn delete_due(store: &Store, now: Seconds) -> Result<(), StoreError> {
    for account in due_for_deletion(store, now).await? {
        let mut tx = store.begin(account).await?;
        let row = account_in(&mut tx, account).await?;
        if !row.is_some_and(|row| row.delete_at > 0 && row.delete_at <= now) {
            continue; // kept meanwhile
        }
        let standing = cloud(&mut tx, account).await?.generation;
        if let Some(generation) = standing {
            let what = Weakening::DeleteAccount;
            let parameters = bare_hash(what);
            let displacement = Displacement {
                by: Action::Weaken { what, parameters },
                device_name: String::new(),
                at: now,
                until: now.saturating_add(SEALED),
            };
            displace(&mut tx, generation, &displacement).await?;
        }
        erase_account(&mut tx, account).await?;
        tx.commit().await?;
    }
    Ok(())
}
