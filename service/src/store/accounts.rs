//! Accounts and what of them decides proofs.

use sqlx::any::AnyRow;

use sigill_core::account::MailAddress;
use sigill_core::confirmation::hold::{Hold, Veto};
use sigill_core::confirmation::policy::{Profile, SecondFactor};
use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::Seconds;
use sigill_core::wire::account::Language;

use super::{Columns, Store, StoreError, Tx, as_word, db, word};

/// An account. One with an account password exists once its address is
/// verified; one that signs in at a provider begins with neither.
#[derive(Clone)]
pub(crate) struct AccountRow {
    pub(crate) id: AccountId,
    /// Empty until mail to an address was read.
    pub(crate) email: String,
    /// PHC string; none before the account is linked.
    pub(crate) password: Option<String>,
    pub(crate) language: Language,
    pub(crate) second_factor: SecondFactor,
    pub(crate) profile: Profile,
    pub(crate) wrong_in_a_row: u32,
    pub(crate) frozen_until: Seconds,
    /// Seconds that a displaced generation can be brought back.
    pub(crate) undo: Seconds,
    /// When the account goes; 0 where it stays.
    pub(crate) delete_at: Seconds,
    pub(crate) hold: Hold,
    /// When the address was last said to be the person's own.
    pub(crate) confirmed_at: Seconds,
    pub(crate) held_by: HeldBy,
}

/// What began an account's last hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HeldBy {
    /// The account password was reset by mail alone.
    Reset,
    /// It was chosen for the first time, by a device that had just signed in.
    Linked,
    /// A way that takes seven days took effect.
    Waited,
    /// The service was restored from a backup.
    Restored,
}

impl AccountRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: AccountId(row.array("id")?),
            email: row.optional_text("email")?.unwrap_or_default(),
            password: row.optional_text("password")?,
            language: word(row.text("language")?, "language")?,
            second_factor: word(row.text("second_factor")?, "second_factor")?,
            profile: word(row.text("profile")?, "profile")?,
            wrong_in_a_row: row.small("wrong_in_a_row")?,
            frozen_until: row.integer("frozen_until")?,
            undo: row.integer("undo")?,
            delete_at: row.integer("delete_at")?,
            confirmed_at: row.integer("confirmed_at")?.max(row.integer("created_at")?),
            hold: Hold {
                from: row.integer("held_from")?,
                until: row.integer("held_until")?,
                veto: match row.integer("vetoed")? {
                    0 => Veto::Unused,
                    _ => Veto::Used,
                },
                asker: row.optional_array("held_asker")?.map(DeviceId),
            },
            held_by: word(row.text("held_by")?, "held_by")?,
        })
    }

    /// Where its codes go, as far as a page may show it; empty where they go nowhere.
    pub(crate) fn hint(&self) -> Result<String, StoreError> {
        if self.email.is_empty() {
            return Ok(String::new());
        }
        Ok(self.address()?.hint())
    }

    /// Its address.
    pub(crate) fn address(&self) -> Result<MailAddress, StoreError> {
        MailAddress::parse(&self.email).map_err(|_| StoreError::Damaged { column: "email" })
    }
}

/// What a new account begins with.
pub(crate) struct NewAccount<'a> {
    pub(crate) id: AccountId,
    pub(crate) email: &'a MailAddress,
    pub(crate) password: &'a str,
    pub(crate) language: Language,
}

impl Store {
    pub(crate) async fn account_of_address(
        &self,
        email: &MailAddress,
    ) -> Result<Option<AccountRow>, StoreError> {
        let row = sqlx::query("select * from accounts where email_key = $1")
            .bind(email.key())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(AccountRow::read).transpose()
    }
}

pub(crate) async fn account(tx: &mut Tx, id: AccountId) -> Result<Option<AccountRow>, StoreError> {
    let row = sqlx::query("select * from accounts where id = $1")
        .bind(id.as_bytes())
        .fetch_optional(&mut **tx)
        .await?;
    row.as_ref().map(AccountRow::read).transpose()
}

/// Makes an account and its empty cloud. `false` where the address has one already.
pub(crate) async fn insert_account(
    tx: &mut Tx,
    new: &NewAccount<'_>,
    now: Seconds,
) -> Result<Inserted, StoreError> {
    let inserted = sqlx::query(
        "insert into accounts (id, email, email_key, password, language, created_at, second_factor, profile, \
         wrong_in_a_row, frozen_until, touched) values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0) \
         on conflict (email_key) do nothing",
    )
    .bind(new.id.as_bytes())
    .bind(new.email.as_str())
    .bind(new.email.key())
    .bind(new.password)
    .bind(as_word(new.language))
    .bind(db(now))
    .bind(as_word(SecondFactor::Off))
    .bind(as_word(Profile::Standard))
    .execute(&mut **tx)
    .await?;
    if inserted.rows_affected() == 0 {
        return Ok(Inserted::WasThere);
    }
    insert_cloud(tx, new.id).await?;
    Ok(Inserted::Made)
}

/// Makes an account that signs in at a provider: no address, no account password.
pub(crate) async fn insert_third_party_account(
    tx: &mut Tx,
    (id, language): (AccountId, Language),
    now: Seconds,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into accounts (id, language, created_at, second_factor, profile, wrong_in_a_row, frozen_until, \
         touched) values ($1, $2, $3, $4, $5, 0, 0, 0)",
    )
    .bind(id.as_bytes())
    .bind(as_word(language))
    .bind(db(now))
    .bind(as_word(SecondFactor::Off))
    .bind(as_word(Profile::Standard))
    .execute(&mut **tx)
    .await?;
    insert_cloud(tx, id).await
}

async fn insert_cloud(tx: &mut Tx, account: AccountId) -> Result<(), StoreError> {
    sqlx::query(
        "insert into clouds (account, seq, head_hash, epoch, act_at, act_seq) values ($1, 0, $2, 0, 0, 0)",
    )
    .bind(account.as_bytes())
    .bind([0_u8; 32].as_slice())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether a row was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inserted {
    Made,
    WasThere,
}

pub(crate) async fn set_language(
    tx: &mut Tx,
    id: AccountId,
    language: Language,
) -> Result<(), StoreError> {
    sqlx::query("update accounts set language = $2 where id = $1")
        .bind(id.as_bytes())
        .bind(as_word(language))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Remembers how many proofs in a row were wrong, and until when that freezes the account.
pub(crate) async fn set_wrong_in_a_row(
    tx: &mut Tx,
    account: &AccountRow,
) -> Result<(), StoreError> {
    sqlx::query("update accounts set wrong_in_a_row = $2, frozen_until = $3 where id = $1")
        .bind(account.id.as_bytes())
        .bind(i64::from(account.wrong_in_a_row))
        .bind(db(account.frozen_until))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Gives an account its password and its address, both for the first time.
/// [`Inserted::WasThere`]: another account has the address, or this one a password.
pub(crate) async fn link_account(
    tx: &mut Tx,
    (id, email): (AccountId, &MailAddress),
    password: &str,
) -> Result<Inserted, StoreError> {
    let linked = sqlx::query(
        "update accounts set email = $2, email_key = $3, password = $4 where id = $1 and password is null \
         and not exists (select 1 from accounts as other where other.email_key = $3 and other.id <> $1)",
    )
    .bind(id.as_bytes())
    .bind(email.as_str())
    .bind(email.key())
    .bind(password)
    .execute(&mut **tx)
    .await;
    match linked {
        Ok(linked) if linked.rows_affected() > 0 => Ok(Inserted::Made),
        Ok(_) => Ok(Inserted::WasThere),
        // Somebody took the address at the same moment.
        Err(error) if is_taken(&error) => Ok(Inserted::WasThere),
        Err(error) => Err(error.into()),
    }
}

pub(super) fn is_taken(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(|error| error.is_unique_violation())
}

/// Another account password.
pub(crate) async fn set_password(
    tx: &mut Tx,
    id: AccountId,
    password: &str,
) -> Result<(), StoreError> {
    sqlx::query("update accounts set password = $2 where id = $1")
        .bind(id.as_bytes())
        .bind(password)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Whether an account has a second factor, and how much it asks for.
pub(crate) async fn set_protection(
    tx: &mut Tx,
    id: AccountId,
    (second_factor, profile): (SecondFactor, Profile),
) -> Result<(), StoreError> {
    sqlx::query("update accounts set second_factor = $2, profile = $3 where id = $1")
        .bind(id.as_bytes())
        .bind(as_word(second_factor))
        .bind(as_word(profile))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Seconds that a generation displaced from now on can be brought back.
pub(crate) async fn set_undo(tx: &mut Tx, id: AccountId, undo: Seconds) -> Result<(), StoreError> {
    sqlx::query("update accounts set undo = $2 where id = $1")
        .bind(id.as_bytes())
        .bind(db(undo))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

pub(crate) async fn set_hold(tx: &mut Tx, id: AccountId, hold: Hold) -> Result<(), StoreError> {
    sqlx::query(
        "update accounts set held_from = $2, held_until = $3, vetoed = $4, held_asker = $5 \
         where id = $1",
    )
    .bind(id.as_bytes())
    .bind(db(hold.from))
    .bind(db(hold.until))
    .bind(match hold.veto {
        Veto::Unused => 0_i64,
        Veto::Used => 1,
    })
    .bind(hold.asker.as_ref().map(DeviceId::as_bytes))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What began the hold.
pub(crate) async fn set_held_by(tx: &mut Tx, id: AccountId, by: HeldBy) -> Result<(), StoreError> {
    sqlx::query("update accounts set held_by = $2 where id = $1")
        .bind(id.as_bytes())
        .bind(as_word(by))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// All accounts.
pub(crate) async fn every_account(store: &Store) -> Result<Vec<AccountId>, StoreError> {
    let rows = sqlx::query("select id from accounts order by id")
        .fetch_all(store.pool())
        .await?;
    rows.iter()
        .map(|row| row.array("id").map(AccountId))
        .collect()
}
