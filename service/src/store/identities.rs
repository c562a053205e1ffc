//! Identities at providers, and what was agreed to.

use sqlx::any::AnyRow;

use sigill_core::id::AccountId;
use sigill_core::wire::Seconds;

use super::accounts::Inserted;
use super::{Columns, Store, StoreError, Tx, db};

/// A person at a provider. Issuer and subject are the key.
pub(crate) struct IdentityRow {
    pub(crate) issuer: String,
    pub(crate) subject: String,
    pub(crate) account: AccountId,
    /// The provider's name in the settings.
    pub(crate) provider: String,
    /// What the provider says; empty where it says nothing.
    pub(crate) email: String,
    pub(crate) added_at: Seconds,
}

impl IdentityRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            issuer: row.text("issuer")?,
            subject: row.text("subject")?,
            account: AccountId(row.array("account")?),
            provider: row.text("provider")?,
            email: row.optional_text("email")?.unwrap_or_default(),
            added_at: row.integer("added_at")?,
        })
    }
}

/// Adds an identity, unless some account has it.
pub(crate) async fn insert_identity(
    tx: &mut Tx,
    new: &IdentityRow,
) -> Result<Inserted, StoreError> {
    let inserted = sqlx::query(
        "insert into identities (issuer, subject, account, provider, email, added_at, last_used) \
         values ($1, $2, $3, $4, $5, $6, $6) on conflict (issuer, subject) do nothing",
    )
    .bind(new.issuer.as_str())
    .bind(new.subject.as_str())
    .bind(new.account.as_bytes())
    .bind(new.provider.as_str())
    .bind(new.email.as_str())
    .bind(db(new.added_at))
    .execute(&mut **tx)
    .await?;
    Ok(match inserted.rows_affected() {
        0 => Inserted::WasThere,
        _ => Inserted::Made,
    })
}

/// What a provider tells of a person now.
pub(crate) struct Told<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) subject: &'a str,
    /// Empty where it says nothing.
    pub(crate) email: &'a str,
}

/// The account of an identity, which was used now. The address is the one that
/// the provider tells now; where it tells none the last one stays, so that
/// whoever makes it silent does not choose where mail goes.
pub(crate) async fn use_identity(
    tx: &mut Tx,
    told: Told<'_>,
    now: Seconds,
) -> Result<Option<IdentityRow>, StoreError> {
    let row = sqlx::query(
        "update identities set last_used = $3, email = case when $4 = '' then email else $4 end \
         where issuer = $1 and subject = $2 returning *",
    )
    .bind(told.issuer)
    .bind(told.subject)
    .bind(db(now))
    .bind(told.email)
    .fetch_optional(&mut **tx)
    .await?;
    row.as_ref().map(IdentityRow::read).transpose()
}

/// Whether some account has an identity.
pub(crate) async fn is_somebodys(
    tx: &mut Tx,
    (issuer, subject): (&str, &str),
) -> Result<bool, StoreError> {
    let row = sqlx::query("select 1 from identities where issuer = $1 and subject = $2")
        .bind(issuer)
        .bind(subject)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row.is_some())
}

/// The identities of an account, the first one first.
pub(crate) async fn identities_of(
    tx: &mut Tx,
    account: AccountId,
) -> Result<Vec<IdentityRow>, StoreError> {
    let rows = sqlx::query("select * from identities where account = $1 order by added_at, issuer")
        .bind(account.as_bytes())
        .fetch_all(&mut **tx)
        .await?;
    rows.iter().map(IdentityRow::read).collect()
}

/// Takes an identity away. How many there were: 0 or 1.
pub(crate) async fn delete_identity(
    tx: &mut Tx,
    account: AccountId,
    (issuer, subject): (&str, &str),
) -> Result<u64, StoreError> {
    let deleted =
        sqlx::query("delete from identities where account = $1 and issuer = $2 and subject = $3")
            .bind(account.as_bytes())
            .bind(issuer)
            .bind(subject)
            .execute(&mut **tx)
            .await?;
    Ok(deleted.rows_affected())
}

/// Takes every identity of an account away.
pub(crate) async fn delete_identities(tx: &mut Tx, account: AccountId) -> Result<(), StoreError> {
    sqlx::query("delete from identities where account = $1")
        .bind(account.as_bytes())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// What somebody agreed to.
pub(crate) struct Agreement {
    /// Where they live.
    pub(crate) region: String,
    /// Number of the terms.
    pub(crate) terms: u64,
}

/// Remembers what was agreed to now.
pub(crate) async fn set_agreement(
    tx: &mut Tx,
    (account, agreement): (AccountId, &Agreement),
    now: Seconds,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into agreements (account, region, terms, agreed_at) values ($1, $2, $3, $4) \
         on conflict (account) do update set region = excluded.region, terms = excluded.terms, \
         agreed_at = excluded.agreed_at",
    )
    .bind(account.as_bytes())
    .bind(agreement.region.as_str())
    .bind(db(agreement.terms))
    .bind(db(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

impl Store {
    /// The account of an identity, to begin its transaction with.
    pub(crate) async fn account_of_identity(
        &self,
        (issuer, subject): (&str, &str),
    ) -> Result<Option<AccountId>, StoreError> {
        let row = sqlx::query("select account from identities where issuer = $1 and subject = $2")
            .bind(issuer)
            .bind(subject)
            .fetch_optional(self.pool())
            .await?;
        row.map(|row| row.array("account").map(AccountId))
            .transpose()
    }

    /// What an account agreed to, if it was ever asked.
    pub(crate) async fn agreement(
        &self,
        account: AccountId,
    ) -> Result<Option<Agreement>, StoreError> {
        let row = sqlx::query("select * from agreements where account = $1")
            .bind(account.as_bytes())
            .fetch_optional(self.pool())
            .await?;
        row.map(|row| {
            Ok(Agreement {
                region: row.text("region")?,
                terms: row.integer("terms")?,
            })
        })
        .transpose()
    }
}
