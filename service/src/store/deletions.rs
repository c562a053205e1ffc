//! Accounts that are to go, and what goes with them.

use sigill_core::id::AccountId;
use sigill_core::wire::Seconds;

use super::{Columns, Store, StoreError, Tx, db};

/// When the account goes; 0 where it stays.
pub(crate) async fn set_delete_at(
    tx: &mut Tx,
    id: AccountId,
    at: Seconds,
) -> Result<(), StoreError> {
    sqlx::query("update accounts set delete_at = $2 where id = $1")
        .bind(id.as_bytes())
        .bind(db(at))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The accounts whose seven days are over.
pub(crate) async fn due_for_deletion(
    store: &Store,
    now: Seconds,
) -> Result<Vec<AccountId>, StoreError> {
    let rows = sqlx::query("select id from accounts where delete_at > 0 and delete_at <= $1")
        .bind(db(now))
        .fetch_all(store.pool())
        .await?;
    rows.iter()
        .map(|row| row.array("id").map(AccountId))
        .collect()
}

/// Takes an account away with everything but its sealed generations, which end
/// when their time does.
pub(crate) async fn erase_account(tx: &mut Tx, id: AccountId) -> Result<(), StoreError> {
    for statement in [
        "delete from backup_codes where owner in (select id from enrolments where account = $1)",
        "delete from upload_records where upload in (select id from uploads where account = $1)",
        "delete from uploads where account = $1",
        "delete from sessions where account = $1",
        "delete from devices where account = $1",
        "delete from factors where account = $1",
        "delete from backup_codes where owner = $1",
        "delete from enrolments where account = $1",
        "delete from weakenings where account = $1",
        "delete from sign_in_texts where account = $1",
        "delete from former_addresses where account = $1",
        "delete from waits where account = $1",
        "delete from wait_vetoes where account = $1",
        "delete from identities where account = $1",
        "delete from agreements where account = $1",
        "delete from portal_hints where account = $1",
        "delete from portal_sessions where account = $1",
        "delete from portal_codes where account = $1",
        "delete from timeline where account = $1",
        "delete from heads where account = $1",
        "delete from slots_changes where account = $1",
        "delete from epochs where account = $1",
        "delete from confirmations where operation in (select id from operations where account = $1)",
        "delete from operations where account = $1",
        "delete from clouds where account = $1",
        "delete from accounts where id = $1",
    ] {
        sqlx::query(statement)
            .bind(id.as_bytes())
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
