//! After a backup of the database was put back: what happened since is forgotten
//! here, and somebody may know it. So nothing that was under way goes on.
//!
//! Of each account, in a transaction of its own: pending operations are void,
//! every session ends, what waits seven days lapses (a no may be among what was
//! forgotten), a deletion waits seven days anew, and dangerous acts wait a day.
//! Devices that saw more than the backup holds refuse it by themselves, by what
//! they pinned.

use sigill_core::confirmation::wait::{Lost, WAIT};
use sigill_core::id::AccountId;

use crate::account::hold;
use crate::account::session::{GivesBack, cancel_pending, end_device};
use crate::failure::Failure;
use crate::service::Service;
use crate::store::accounts::{account, every_account};
use crate::store::deletions::set_delete_at;
use crate::store::sessions::devices_with_sessions;
use crate::wait::due::lapse;

/// Does it for every account; how many there are. Doing it twice does no harm.
///
/// # Errors
/// Where the database does not do its part; what was done till then stays.
pub async fn declare(service: &Service) -> Result<usize, Failure> {
    let accounts = every_account(&service.store).await?;
    for id in &accounts {
        for lost in Lost::ALL {
            lapse(service, (*id, lost)).await?;
        }
        begin_anew(service, *id).await?;
    }
    Ok(accounts.len())
}

async fn begin_anew(service: &Service, id: AccountId) -> Result<(), Failure> {
    let now = service.now();
    let mut tx = service.store.begin(id).await?;
    let Some(row) = account(&mut tx, id).await? else {
        return Ok(());
    };
    cancel_pending(&mut tx, id, now).await?;
    for device in devices_with_sessions(&mut tx, id).await? {
        end_device(service, &mut tx, (id, device), GivesBack::Nothing).await?;
    }
    if row.delete_at > 0 {
        let anew = row.delete_at.max(now.saturating_add(WAIT));
        set_delete_at(&mut tx, id, anew).await?;
    }
    hold::begin_restored(service, &mut tx, &row).await?;
    Ok(tx.commit().await?)
}
