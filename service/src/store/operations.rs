//! Operations.

use sigill_core::confirmation::operation::{Operation, State};
use sigill_core::id::{AccountId, DeviceId, IdempotencyKey, OperationId};
use sigill_core::wire::Seconds;

use super::operation_row::{Budget, OperationRow, mail_columns, reach_name};
use super::timeline::append_end;
use super::{Columns, Store, StoreError, Tx, as_json, db};

pub(crate) async fn insert_operation(tx: &mut Tx, new: &OperationRow) -> Result<(), StoreError> {
    let operation = &new.operation;
    sqlx::query(
        "insert into operations (id, account, device, idempotency_key, request, digest, required, reach, created_at, \
         expires_at, tries, code_no, code_made_at, code_wanted_at, mail, mail_at, code_until, password_proven_at, \
         state, new_head, new_slots, count_now, count_after, free, asked_from) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, \
         0, 0, 0, $11, $12, 0, 0, 0, $13, $14, $15, $16, $17, $18, $19)",
    )
    .bind(operation.id.as_bytes())
    .bind(operation.account.as_bytes())
    .bind(operation.device.as_bytes())
    .bind(operation.request.idempotency_key.as_bytes())
    .bind(as_json(&operation.request))
    .bind(operation.digest.as_bytes())
    .bind(i64::from(operation.required.bits()))
    .bind(reach_name(operation.reach))
    .bind(db(operation.created_at))
    .bind(db(operation.expires_at))
    .bind(db(operation.code_wanted_at))
    .bind(mail_columns(operation.mail).0)
    .bind(operation.state.name())
    .bind(new.brings.as_ref().map(|brings| brings.head.0.clone()))
    .bind(new.brings.as_ref().map(|brings| as_json(&brings.slots)))
    .bind(db(new.counts.now))
    .bind(db(new.counts.after))
    .bind(match new.budget {
        Budget::Counted => 0_i64,
        Budget::Free => 1,
    })
    .bind(new.asked_from.clone())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Saves what may change of an operation: everything that no digest covers.
/// An end is noted in the timeline, once.
pub(crate) async fn save_operation(
    tx: &mut Tx,
    operation: &Operation,
    now: Seconds,
) -> Result<(), StoreError> {
    if operation.state != State::Pending && stands_pending(tx, operation.id).await? {
        append_end(tx, operation, now).await?;
    }
    let (mail, mail_at, code_until) = mail_columns(operation.mail);
    let code = operation.code.as_ref();
    let (text_stand, text_at, text_until) = mail_columns(operation.text.stand);
    let text = operation.text.code.as_ref();
    let receipt = match &operation.state {
        State::Executed { receipt } => Some(receipt.to_bytes()),
        State::Pending
        | State::Stale
        | State::Expired
        | State::Burnt
        | State::Superseded
        | State::Cancelled => None,
    };
    sqlx::query(
        "update operations set tries = $2, code_no = $3, code_salt = $4, code_tag = $5, code_made_at = $6, \
         code_wanted_at = $7, mail = $8, mail_at = $9, code_until = $10, password_proven_at = $11, state = $12, \
         receipt = $13, asked_from = case when $12 = 'pending' then asked_from else null end, text_no = $14, \
         text_salt = $15, text_tag = $16, text_made_at = $17, text_wanted_at = $18, text_stand = $19, text_at = $20, \
         text_until = $21 where id = $1",
    )
    .bind(operation.id.as_bytes())
    .bind(i64::from(operation.tries))
    .bind(i64::from(operation.code_no))
    .bind(code.map(|code| code.salt.to_vec()))
    .bind(code.map(|code| code.tag.as_bytes().to_vec()))
    .bind(db(code.map_or(0, |code| code.made_at)))
    .bind(db(operation.code_wanted_at))
    .bind(mail)
    .bind(db(mail_at))
    .bind(db(code_until))
    .bind(db(operation.password_proven_at.unwrap_or(0)))
    .bind(operation.state.name())
    .bind(receipt)
    .bind(i64::from(operation.text.code_no))
    .bind(text.map(|code| code.salt.to_vec()))
    .bind(text.map(|code| code.tag.as_bytes().to_vec()))
    .bind(db(text.map_or(0, |code| code.made_at)))
    .bind(db(operation.text.wanted_at))
    .bind(text_stand)
    .bind(db(text_at))
    .bind(db(text_until))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn stands_pending(tx: &mut Tx, id: OperationId) -> Result<bool, StoreError> {
    let row = sqlx::query("select 1 from operations where id = $1 and state = 'pending'")
        .bind(id.as_bytes())
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row.is_some())
}

/// What belongs to whom is asked in the statement: a foreign operation is absent.
pub(crate) async fn operation_of(
    tx: &mut Tx,
    account: AccountId,
    id: OperationId,
) -> Result<Option<OperationRow>, StoreError> {
    let row = sqlx::query("select * from operations where id = $1 and account = $2")
        .bind(id.as_bytes())
        .bind(account.as_bytes())
        .fetch_optional(&mut **tx)
        .await?;
    row.as_ref().map(OperationRow::read).transpose()
}

/// Whose an operation is, for what comes by mail instead of by a session.
pub(crate) async fn account_of_operation(
    store: &Store,
    id: OperationId,
) -> Result<Option<AccountId>, StoreError> {
    let row = sqlx::query("select account from operations where id = $1")
        .bind(id.as_bytes())
        .fetch_optional(store.pool())
        .await?;
    row.map(|row| row.array("account").map(AccountId))
        .transpose()
}

pub(crate) async fn operation_of_key(
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
    key: IdempotencyKey,
) -> Result<Option<OperationRow>, StoreError> {
    let row = sqlx::query(
        "select * from operations where account = $1 and device = $2 and idempotency_key = $3",
    )
    .bind(account.as_bytes())
    .bind(device.as_bytes())
    .bind(key.as_bytes())
    .fetch_optional(&mut **tx)
    .await?;
    row.as_ref().map(OperationRow::read).transpose()
}

/// The operations of a device that are stored as pending; time may have ended them.
pub(crate) async fn pending_operations(
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
) -> Result<Vec<OperationRow>, StoreError> {
    let rows = sqlx::query(
        "select * from operations where account = $1 and device = $2 and state = 'pending'",
    )
    .bind(account.as_bytes())
    .bind(device.as_bytes())
    .fetch_all(&mut **tx)
    .await?;
    rows.iter().map(OperationRow::read).collect()
}

/// Whether a code left for anything that a device asked for.
pub(crate) async fn was_mailed(
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "select 1 from operations where account = $1 and device = $2 and (code_no > 0 or text_no > 0) limit 1",
    )
    .bind(account.as_bytes())
    .bind(device.as_bytes())
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.is_some())
}

/// What waits on any device of an account.
pub(crate) async fn pending_operations_of_account(
    tx: &mut Tx,
    account: AccountId,
) -> Result<Vec<OperationRow>, StoreError> {
    let rows = sqlx::query(
        "select * from operations where account = $1 and state = 'pending' order by created_at",
    )
    .bind(account.as_bytes())
    .fetch_all(&mut **tx)
    .await?;
    rows.iter().map(OperationRow::read).collect()
}

/// Ends what time had ended before `before` and nobody asked about since: code
/// and network address go with it.
pub(crate) async fn expire_operations(
    store: &Store,
    (before, now): (Seconds, Seconds),
) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "select id, account from operations where state = 'pending' and expires_at < $1",
    )
    .bind(db(before))
    .fetch_all(store.pool())
    .await?;
    for row in rows {
        let (id, account) = (row.array("id")?, row.array("account")?);
        let (id, account) = (OperationId(id), AccountId(account));
        let mut tx = store.begin(account).await?;
        if let Some(row) = operation_of(&mut tx, account, id).await? {
            save_operation(&mut tx, &row.operation.tick(now), now).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

/// Takes away what no device will ask about any more.
pub(crate) async fn forget_operations(store: &Store, before: Seconds) -> Result<(), StoreError> {
    for statement in [
        "delete from confirmations where operation in (select id from operations where created_at < $1)",
        "delete from operations where created_at < $1",
    ] {
        sqlx::query(statement)
            .bind(db(before))
            .execute(store.pool())
            .await?;
    }
    Ok(())
}
