//! Second factors and backup codes.

use sqlx::any::AnyRow;

use sigill_core::confirmation::code::{CodeTag, Salt};
use sigill_core::confirmation::factor::{Step, Way};
use sigill_core::id::AccountId;
use sigill_core::wire::Seconds;

use super::{Columns, StoreError, Tx, as_word, db, word};

/// A factor that is enrolled: a phone or an authenticator.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct FactorRow {
    pub(crate) way: Way,
    /// The number; of an authenticator the sealed secret.
    pub(crate) value: String,
    /// The last time step that was used; 0 for none.
    pub(crate) step: Step,
    pub(crate) since: Seconds,
}

impl FactorRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            way: word(row.text("way")?, "way")?,
            value: row.text("value")?,
            step: Step(row.integer("step")?),
            since: row.integer("since")?,
        })
    }
}

/// Backup codes that were not used.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct BackupSet {
    pub(crate) salt: Salt,
    /// Each with its number in the set.
    pub(crate) tags: Vec<(u64, CodeTag)>,
}

/// The factors of an account, in the order in which they are offered.
pub(crate) async fn factors(tx: &mut Tx, account: AccountId) -> Result<Vec<FactorRow>, StoreError> {
    let rows = sqlx::query("select * from factors where account = $1")
        .bind(account.as_bytes())
        .fetch_all(&mut **tx)
        .await?;
    let mut factors = rows
        .iter()
        .map(FactorRow::read)
        .collect::<Result<Vec<_>, _>>()?;
    factors.sort_by_key(|factor| factor.way);
    Ok(factors)
}

/// Enrols a factor; the one of the same way that was there goes.
pub(crate) async fn put_factor(
    tx: &mut Tx,
    account: AccountId,
    new: &FactorRow,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into factors (account, way, value, step, since) values ($1, $2, $3, $4, $5) \
         on conflict (account, way) do update set value = excluded.value, step = excluded.step, since = excluded.since",
    )
    .bind(account.as_bytes())
    .bind(as_word(new.way))
    .bind(new.value.as_str())
    .bind(db(new.step.0))
    .bind(db(new.since))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(crate) async fn remove_factor(
    tx: &mut Tx,
    account: AccountId,
    way: Way,
) -> Result<(), StoreError> {
    sqlx::query("delete from factors where account = $1 and way = $2")
        .bind(account.as_bytes())
        .bind(as_word(way))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Uses a time step up, with all before it.
pub(crate) async fn use_step(
    tx: &mut Tx,
    account: AccountId,
    step: Step,
) -> Result<(), StoreError> {
    sqlx::query("update factors set step = $3 where account = $1 and way = $2 and step < $3")
        .bind(account.as_bytes())
        .bind(as_word(Way::Authenticator))
        .bind(db(step.0))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The backup codes of an account, or of an enrolment.
pub(crate) async fn backup_set(tx: &mut Tx, owner: &[u8]) -> Result<Option<BackupSet>, StoreError> {
    let rows = sqlx::query("select * from backup_codes where owner = $1 order by number")
        .bind(owner)
        .fetch_all(&mut **tx)
        .await?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let salt = first.array("salt")?;
    let tags = rows
        .iter()
        .map(|row| {
            Ok((
                row.integer("number")?,
                CodeTag::of_column(row.array("tag")?),
            ))
        })
        .collect::<Result<_, StoreError>>()?;
    Ok(Some(BackupSet { salt, tags }))
}

pub(crate) async fn put_backup_set(
    tx: &mut Tx,
    owner: &[u8],
    set: &BackupSet,
) -> Result<(), StoreError> {
    remove_backup_set(tx, owner).await?;
    for (number, tag) in &set.tags {
        sqlx::query("insert into backup_codes (owner, number, salt, tag) values ($1, $2, $3, $4)")
            .bind(owner)
            .bind(db(*number))
            .bind(set.salt.as_slice())
            .bind(tag.as_bytes().as_slice())
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

pub(crate) async fn remove_backup_set(tx: &mut Tx, owner: &[u8]) -> Result<(), StoreError> {
    sqlx::query("delete from backup_codes where owner = $1")
        .bind(owner)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A backup code is good once.
pub(crate) async fn use_backup_code(
    tx: &mut Tx,
    account: AccountId,
    number: u64,
) -> Result<(), StoreError> {
    sqlx::query("delete from backup_codes where owner = $1 and number = $2")
        .bind(account.as_bytes())
        .bind(db(number))
        .execute(&mut **tx)
        .await?;
    Ok(())
}
