//! Confirmations, by the HMAC of their body: an equal one gets the same answer.

use sigill_core::id::OperationId;
use sigill_core::wire::Seconds;

use super::{Columns, Store, StoreError, Tx, db};

/// Names a confirmation: its operation, and the HMAC of its body.
#[derive(Clone, Copy)]
pub(crate) struct ConfirmationKey {
    pub(crate) operation: OperationId,
    pub(crate) body: [u8; 32],
}

/// How far a confirmation is.
pub(crate) enum Confirmation {
    /// It is being judged since then.
    Begun(Seconds),
    /// It was answered.
    Answered { status: u16, body: String },
}

pub(crate) async fn confirmation(
    tx: &mut Tx,
    key: ConfirmationKey,
) -> Result<Option<Confirmation>, StoreError> {
    let row = sqlx::query(
        "select begun_at, status, answer from confirmations where operation = $1 and body = $2",
    )
    .bind(key.operation.as_bytes())
    .bind(key.body.as_slice())
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some(match row.optional_text("answer")? {
        None => Confirmation::Begun(row.integer("begun_at")?),
        Some(body) => Confirmation::Answered {
            status: u16::try_from(row.integer("status")?)
                .map_err(|_| StoreError::Damaged { column: "status" })?,
            body,
        },
    }))
}

/// Begins to judge a confirmation, or begins again.
pub(crate) async fn begin_confirmation(
    tx: &mut Tx,
    key: ConfirmationKey,
    now: Seconds,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into confirmations (operation, body, begun_at, status) values ($1, $2, $3, 0) \
         on conflict (operation, body) do update set begun_at = excluded.begun_at",
    )
    .bind(key.operation.as_bytes())
    .bind(key.body.as_slice())
    .bind(db(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The answer that every equal confirmation gets.
pub(crate) async fn answer_confirmation(
    tx: &mut Tx,
    key: ConfirmationKey,
    status: u16,
    body: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "update confirmations set status = $3, answer = $4 where operation = $1 and body = $2",
    )
    .bind(key.operation.as_bytes())
    .bind(key.body.as_slice())
    .bind(i64::from(status))
    .bind(body)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A confirmation whose judging broke off may begin again at once.
pub(crate) async fn drop_confirmation(
    store: &Store,
    key: ConfirmationKey,
) -> Result<(), StoreError> {
    sqlx::query("delete from confirmations where operation = $1 and body = $2 and answer is null")
        .bind(key.operation.as_bytes())
        .bind(key.body.as_slice())
        .execute(store.pool())
        .await?;
    Ok(())
}
