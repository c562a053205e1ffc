//! Addresses that wait to be verified.

use sqlx::any::AnyRow;

use sigill_core::account::MailAddress;
use sigill_core::confirmation::code::{CodeTag, Salt};
use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::Seconds;
use sigill_core::wire::account::Language;

use super::{Columns, Store, StoreError, Tx, as_word, db, word};

/// Whether the address had an account when it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Address {
    New,
    HasAccount,
}

/// A sign-up that waits for its code. Its id becomes the account's.
pub(crate) struct SignUpRow {
    pub(crate) id: AccountId,
    pub(crate) email: String,
    pub(crate) device: DeviceId,
    pub(crate) password: String,
    pub(crate) language: Language,
    pub(crate) address: Address,
    pub(crate) expires_at: Seconds,
    pub(crate) tries: u32,
    pub(crate) code: Option<(Salt, CodeTag)>,
    pub(crate) code_until: Seconds,
}

impl SignUpRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let salt = row.optional_array("code_salt")?;
        let tag = row.optional_array("code_tag")?.map(CodeTag::of_column);
        Ok(Self {
            id: AccountId(row.array("id")?),
            email: row.text("email")?,
            device: DeviceId(row.array("device")?),
            password: row.text("password")?,
            language: word(row.text("language")?, "language")?,
            address: match row.integer("has_account")? {
                0 => Address::New,
                _ => Address::HasAccount,
            },
            expires_at: row.integer("expires_at")?,
            tries: row.small("tries")?,
            code: salt.zip(tag),
            code_until: row.integer("code_until")?,
        })
    }
}

/// Puts a sign-up in the place of whatever this device asked for before.
pub(crate) async fn replace_sign_up(
    tx: &mut Tx,
    new: &SignUpRow,
    now: Seconds,
) -> Result<(), StoreError> {
    let key = MailAddress::parse(&new.email)
        .map(|email| email.key())
        .map_err(|_| StoreError::Damaged { column: "email" })?;
    sqlx::query("delete from sign_ups where email_key = $1 and device = $2")
        .bind(key.clone())
        .bind(new.device.as_bytes())
        .execute(&mut **tx)
        .await?;
    sqlx::query(
        "insert into sign_ups (id, email, email_key, device, password, language, has_account, created_at, \
         expires_at, tries, code_until) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0)",
    )
    .bind(new.id.as_bytes())
    .bind(new.email.as_str())
    .bind(key)
    .bind(new.device.as_bytes())
    .bind(new.password.as_str())
    .bind(as_word(new.language))
    .bind(match new.address {
        Address::New => 0_i64,
        Address::HasAccount => 1,
    })
    .bind(db(now))
    .bind(db(new.expires_at))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Counts a try and returns the row after it, if there is a try left to count.
pub(crate) async fn count_sign_up_try(
    store: &Store,
    email: &MailAddress,
    device: DeviceId,
    most: u32,
    now: Seconds,
) -> Result<Option<SignUpRow>, StoreError> {
    let row = sqlx::query(
        "update sign_ups set tries = tries + 1 where email_key = $1 and device = $2 and tries < $3 \
         and expires_at > $4 returning *",
    )
    .bind(email.key())
    .bind(device.as_bytes())
    .bind(i64::from(most))
    .bind(db(now))
    .fetch_optional(store.pool())
    .await?;
    row.as_ref().map(SignUpRow::read).transpose()
}

pub(crate) async fn sign_up_of(
    store: &Store,
    email: &MailAddress,
    device: DeviceId,
) -> Result<Option<SignUpRow>, StoreError> {
    let row = sqlx::query("select * from sign_ups where email_key = $1 and device = $2")
        .bind(email.key())
        .bind(device.as_bytes())
        .fetch_optional(store.pool())
        .await?;
    row.as_ref().map(SignUpRow::read).transpose()
}

pub(crate) async fn sign_up(store: &Store, id: AccountId) -> Result<Option<SignUpRow>, StoreError> {
    let row = sqlx::query("select * from sign_ups where id = $1")
        .bind(id.as_bytes())
        .fetch_optional(store.pool())
        .await?;
    row.as_ref().map(SignUpRow::read).transpose()
}

/// The code that counts from now on.
pub(crate) async fn set_sign_up_code(
    store: &Store,
    id: AccountId,
    (salt, tag): (Salt, CodeTag),
    until: Seconds,
) -> Result<(), StoreError> {
    sqlx::query("update sign_ups set code_salt = $2, code_tag = $3, code_until = $4 where id = $1")
        .bind(id.as_bytes())
        .bind(salt.as_slice())
        .bind(tag.as_bytes().as_slice())
        .bind(db(until))
        .execute(store.pool())
        .await?;
    Ok(())
}

/// The sign-up became an account, or its time is over. The first to delete it wins.
pub(crate) async fn delete_sign_up(tx: &mut Tx, id: AccountId) -> Result<u64, StoreError> {
    let deleted = sqlx::query("delete from sign_ups where id = $1")
        .bind(id.as_bytes())
        .execute(&mut **tx)
        .await?;
    Ok(deleted.rows_affected())
}

/// Takes away what was never verified.
pub(crate) async fn forget_sign_ups(store: &Store, now: Seconds) -> Result<(), StoreError> {
    sqlx::query("delete from sign_ups where expires_at <= $1")
        .bind(db(now))
        .execute(store.pool())
        .await?;
    Ok(())
}
