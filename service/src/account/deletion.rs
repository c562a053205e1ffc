//! An account goes seven days after its deletion was confirmed, unless a device
//! or whoever reads its mail keeps it.

use sigill_core::confirmation::action::{Action, Weakening};
use sigill_core::confirmation::timeline::Change;
use sigill_core::confirmation::wait::WAIT;
use sigill_core::confirmation::weakening::bare_hash;
use sigill_core::encode::Encoder;
use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::Seconds;
use sigill_core::wire::problem::Code;

use super::addresses::{of_late, others};
use crate::failure::Failure;
use crate::limits::DAY;
use crate::mail_link;
use crate::random;
use crate::service::Service;
use crate::store::accounts::{AccountRow, account as account_in};
use crate::store::clouds::cloud;
use crate::store::deletions::{due_for_deletion, erase_account, set_delete_at};
use crate::store::generations::{Displacement, displace};
use crate::store::outbox::{Kind, post_naming};
use crate::store::{Store, StoreError, Tx};
use crate::timeline::{self, Note};

/// Seconds that sealed generations outlive their account.
const SEALED: Seconds = 30 * DAY;

/// It goes in seven days; asked again, no later and no sooner. When it goes.
pub(crate) async fn ask(tx: &mut Tx, row: &AccountRow, now: Seconds) -> Result<Seconds, Failure> {
    let at = match row.delete_at {
        0 => now.saturating_add(WAIT),
        at => at,
    };
    set_delete_at(tx, row.id, at).await?;
    Ok(at)
}

/// Whoever read the account's mail of late hears of it, too, and can keep it.
pub(crate) async fn tell_former(
    tx: &mut Tx,
    row: &AccountRow,
    now: Seconds,
) -> Result<(), Failure> {
    for address in others(of_late(tx, row.id, now).await?, &row.email) {
        let named = (now, Some(address.as_str().into()));
        let about = (Kind::DeletionAsked, row.id.0);
        post_naming(tx, random::bytes()?, about, named).await?;
    }
    Ok(())
}

/// The link in the mail that says so. It keeps the account, and does nothing else;
/// once kept, it is dead.
pub(crate) fn keep_token(service: &Service, (account, at): (AccountId, Seconds)) -> String {
    mail_link::write(service, (account.0, says_keep(account, at)))
}

/// `encode("sigill/keep/1", account, when it goes)`
fn says_keep(account: AccountId, at: Seconds) -> Encoder {
    account.encode(Encoder::new("sigill/keep/1")).integer(at)
}

/// The account of a link, where it still goes then.
pub(crate) async fn going(service: &Service, token: &str) -> Result<AccountRow, Failure> {
    let (_, row) = in_going(service, token).await?;
    Ok(row)
}

/// The same, with the transaction that read it.
async fn in_going(service: &Service, token: &str) -> Result<(Tx, AccountRow), Failure> {
    let absent = || Failure::from(Code::NotFound);
    let token = mail_link::read(token).ok_or_else(absent)?;
    let id = AccountId(token.name);
    let mut tx = service.store.begin(id).await?;
    let row = account_in(&mut tx, id).await?.ok_or_else(absent)?;
    if row.delete_at > 0 && token.says(service, says_keep(id, row.delete_at)) {
        Ok((tx, row))
    } else {
        Err(absent())
    }
}

/// The link's button.
pub(crate) async fn keep_by_mail(service: &Service, token: &str) -> Result<AccountRow, Failure> {
    let (mut tx, row) = in_going(service, token).await?;
    cancel(service, &mut tx, (row.id, None)).await?;
    tx.commit().await?;
    Ok(row)
}

/// Keeps an account that was to be deleted; twice is once. Any of its devices may.
pub(crate) async fn keep(
    service: &Service,
    (account, device): (AccountId, DeviceId),
) -> Result<(), Failure> {
    let mut tx = service.store.begin(account).await?;
    cancel(service, &mut tx, (account, Some(device))).await?;
    Ok(tx.commit().await?)
}

/// The same in the transaction of whatever says so; noted where there was
/// something to cancel.
pub(crate) async fn cancel(
    service: &Service,
    tx: &mut Tx,
    (account, device): (AccountId, Option<DeviceId>),
) -> Result<(), Failure> {
    let row = account_in(tx, account).await?;
    if row.is_none_or(|row| row.delete_at == 0) {
        return Ok(());
    }
    set_delete_at(tx, account, 0).await?;
    let cancelled = Note {
        account,
        device,
        change: Change::DeletionCancelled,
        network: None,
    };
    timeline::note(service, tx, cancelled).await
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
