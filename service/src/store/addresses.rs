//! The address of an account, and those that it had.

use sigill_core::account::MailAddress;
use sigill_core::id::AccountId;
use sigill_core::wire::Seconds;

use super::accounts::{Inserted, is_taken};
use super::{Columns, StoreError, Tx, db};

/// Another address, where no account has it; the former one is remembered for
/// the notice to it, and may still cancel what waits.
pub(crate) async fn set_email(
    tx: &mut Tx,
    id: AccountId,
    (former, email): (&str, &str),
    now: Seconds,
) -> Result<Inserted, StoreError> {
    let damaged = |_| StoreError::Damaged { column: "email" };
    let key = MailAddress::parse(email).map_err(damaged)?.key();
    let set = sqlx::query(
        "update accounts set email = $2, email_key = $3, confirmed_at = $4 where id = $1 \
         and not exists (select 1 from accounts as other where other.email_key = $3 and other.id <> $1)",
    )
    .bind(id.as_bytes())
    .bind(email)
    .bind(key)
    .bind(db(now))
    .execute(&mut **tx)
    .await;
    match set {
        Ok(set) if set.rows_affected() > 0 => {}
        Ok(_) => return Ok(Inserted::WasThere),
        // Somebody took the address at the same moment.
        Err(error) if is_taken(&error) => return Ok(Inserted::WasThere),
        Err(error) => return Err(error.into()),
    }
    sqlx::query("insert into former_addresses (account, email, at) values ($1, $2, $3)")
        .bind(id.as_bytes())
        .bind(former)
        .bind(db(now))
        .execute(&mut **tx)
        .await?;
    Ok(Inserted::Made)
}

/// The address that an account had at a time, where it was changed then.
pub(crate) async fn former_address(
    tx: &mut Tx,
    id: AccountId,
    at: Seconds,
) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("select email from former_addresses where account = $1 and at = $2")
        .bind(id.as_bytes())
        .bind(db(at))
        .fetch_optional(&mut **tx)
        .await?;
    row.map(|row| row.text("email")).transpose()
}

/// The addresses that an account had at `since` or later, newest first.
pub(crate) async fn former_addresses_since(
    tx: &mut Tx,
    id: AccountId,
    since: Seconds,
) -> Result<Vec<String>, StoreError> {
    let rows = sqlx::query(
        "select email from former_addresses where account = $1 and at >= $2 order by at desc",
    )
    .bind(id.as_bytes())
    .bind(db(since))
    .fetch_all(&mut **tx)
    .await?;
    rows.iter().map(|row| row.text("email")).collect()
}

/// The person says that the address is theirs.
pub(crate) async fn confirm_address(
    tx: &mut Tx,
    id: AccountId,
    now: Seconds,
) -> Result<(), StoreError> {
    sqlx::query("update accounts set confirmed_at = $2 where id = $1")
        .bind(id.as_bytes())
        .bind(db(now))
        .execute(&mut **tx)
        .await?;
    Ok(())
}
