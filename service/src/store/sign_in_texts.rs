//! Codes of text messages that belong to no operation, as a sign-in's: one a device.

use sigill_core::confirmation::code::{CodeTag, Salt, TextFor};
use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::Seconds;

use super::{Columns, Store, StoreError, Tx, as_word, db, word};

/// Seconds between a text for a sign-in and the next.
const PAUSE: Seconds = 60;

/// The code that counts for a device.
#[derive(Clone)]
pub(crate) struct SignInText {
    pub(crate) purpose: TextFor,
    pub(crate) salt: Salt,
    pub(crate) tag: CodeTag,
    pub(crate) until: Seconds,
}

/// Whether a text is wanted now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Now,
    /// One was asked for less than a minute ago.
    Before,
}

/// Asks for a text; at most one a minute for the same. The code before it is dead.
pub(crate) async fn want_sign_in_text(
    tx: &mut Tx,
    ((account, device), purpose): ((AccountId, DeviceId), TextFor),
    now: Seconds,
) -> Result<Wanted, StoreError> {
    let wanted = sqlx::query(
        "insert into sign_in_texts (account, device, code_until, wanted_at, purpose) values ($1, $2, 0, $3, $5) \
         on conflict (account, device) do update set code_salt = null, code_tag = null, code_until = 0, \
         wanted_at = $3, purpose = $5 where sign_in_texts.wanted_at <= $4 or sign_in_texts.purpose <> $5",
    )
    .bind(account.as_bytes())
    .bind(device.as_bytes())
    .bind(db(now))
    .bind(db(now.saturating_sub(PAUSE)))
    .bind(as_word(purpose))
    .execute(&mut **tx)
    .await?;
    Ok(match wanted.rows_affected() {
        0 => Wanted::Before,
        _ => Wanted::Now,
    })
}

pub(crate) async fn set_sign_in_text(
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
    text: &SignInText,
) -> Result<(), StoreError> {
    sqlx::query(
        "update sign_in_texts set code_salt = $3, code_tag = $4, code_until = $5 where account = $1 and device = $2 \
         and purpose = $6",
    )
    .bind(account.as_bytes())
    .bind(device.as_bytes())
    .bind(text.salt.as_slice())
    .bind(text.tag.as_bytes().as_slice())
    .bind(db(text.until))
    .bind(as_word(text.purpose))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(crate) async fn sign_in_text(
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
) -> Result<Option<SignInText>, StoreError> {
    let row = sqlx::query("select * from sign_in_texts where account = $1 and device = $2")
        .bind(account.as_bytes())
        .bind(device.as_bytes())
        .fetch_optional(&mut **tx)
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let salt = row.optional_array("code_salt")?;
    let tag = row.optional_array("code_tag")?.map(CodeTag::of_column);
    let until = row.integer("code_until")?;
    let purpose = word(row.text("purpose")?, "purpose")?;
    Ok(salt.zip(tag).map(|(salt, tag)| SignInText {
        purpose,
        salt,
        tag,
        until,
    }))
}

/// The account that a device asked for last, and what for, for the courier, which
/// knows the device only.
pub(crate) async fn account_signing_in(
    store: &Store,
    device: DeviceId,
) -> Result<Option<(AccountId, TextFor)>, StoreError> {
    let row = sqlx::query(
        "select account, purpose from sign_in_texts where device = $1 order by wanted_at desc limit 1",
    )
    .bind(device.as_bytes())
    .fetch_optional(store.pool())
    .await?;
    row.map(|row| {
        let account = row.array("account").map(AccountId)?;
        Ok((account, word(row.text("purpose")?, "purpose")?))
    })
    .transpose()
}

/// It was used. How many there were: 0 or 1.
pub(crate) async fn forget_sign_in_text(
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
) -> Result<u64, StoreError> {
    let deleted = sqlx::query("delete from sign_in_texts where account = $1 and device = $2")
        .bind(account.as_bytes())
        .bind(device.as_bytes())
        .execute(&mut **tx)
        .await?;
    Ok(deleted.rows_affected())
}
