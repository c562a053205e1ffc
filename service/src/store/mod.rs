//! The database: SQLite or PostgreSQL behind one SQL text.
//!
//! | module | rows |
//! |---|---|
//! | [`accounts`] | accounts and what of them decides proofs |
//! | [`addresses`] | the address of an account, and those that it had |
//! | [`deletions`] | accounts that are to go, and what goes with them |
//! | [`identities`] | persons at providers, and what was agreed to |
//! | [`flows`] | authorization requests and sign-ins that wait |
//! | [`portal`], [`portal_codes`] | the portal's sessions, hints and codes |
//! | [`sign_ups`] | addresses that wait to be verified |
//! | [`sessions`] | devices, their sessions, and proofs that were used |
//! | [`clouds`] | where each account's cloud stands |
//! | [`epochs`] | how far the epochs of each vault went |
//! | [`generations`] | the current generation and the displaced ones |
//! | [`records`] | records, superseded ones, and heads |
//! | [`slots`] | other slots within an epoch, and who signed for them |
//! | [`files`] | files of items, and their chunks |
//! | [`uploads`] | records that are staged |
//! | [`operations`], [`operation_row`] | operations, and what stands in their columns |
//! | [`confirmations`] | what was answered to which confirmation |
//! | [`timeline`] | what happened, chained |
//! | [`factors`], [`enrolments`] | second factors, and what waits to become one |
//! | [`sign_in_texts`] | codes by text that belong to no operation |
//! | [`waits`] | the ways that take seven days |
//! | [`outbox`] | mails that are to leave |
//! | [`whole`] | whether the file is torn |
//! | [`limits`] | what was counted |

pub(crate) mod accounts;
pub(crate) mod addresses;
pub(crate) mod clouds;
pub(crate) mod confirmations;
pub(crate) mod deletions;
pub(crate) mod enrolments;
pub(crate) mod epochs;
pub(crate) mod factors;
pub(crate) mod files;
pub(crate) mod flows;
pub(crate) mod generations;
pub(crate) mod identities;
pub(crate) mod limits;
pub(crate) mod operation_row;
pub(crate) mod operations;
pub(crate) mod outbox;
pub(crate) mod portal;
pub(crate) mod portal_codes;
pub(crate) mod records;
pub(crate) mod sessions;
pub(crate) mod sign_in_texts;
pub(crate) mod sign_ups;
pub(crate) mod slots;
pub(crate) mod timeline;
pub(crate) mod uploads;
pub(crate) mod waits;
mod whole;

use std::time::Duration;

use sqlx::any::{AnyPoolOptions, AnyRow, install_default_drivers};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Any, AnyPool, Row, SqlSafeStr, Transaction};

use sigill_core::id::AccountId;

/// A transaction.
pub(crate) type Tx = Transaction<'static, Any>;

/// Why the database did not do what was asked of it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It is locked, full, or does not answer; nothing was done.
    #[error("the database is busy or does not answer")]
    Busy,
    /// A row holds what this program never wrote.
    #[error("column {column} holds what this program never wrote")]
    Damaged {
        /// Its column.
        column: &'static str,
    },
    /// The file is torn: pages of it are missing or were changed.
    #[error("the database is torn; put a backup back, then run `sigill-service restored`")]
    Torn,
    /// A fault of ours.
    #[error("the database refused a statement")]
    Database(#[source] sqlx::Error),
    /// The migrations did not run.
    #[error("the database could not be brought up to date")]
    Migration(#[source] sqlx::migrate::MigrateError),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if is_busy(&error) {
            Self::Busy
        } else {
            Self::Database(error)
        }
    }
}

/// Locked, full or gone: what may be otherwise at the next try.
fn is_busy(error: &sqlx::Error) -> bool {
    /// SQLite's primary codes BUSY, LOCKED, NOMEM, IOERR, FULL, CANTOPEN.
    const SQLITE: [u32; 6] = [5, 6, 7, 10, 13, 14];
    /// PostgreSQL's serialization failure, deadlock, lock not available, and
    /// the classes "insufficient resources", "operator intervention", "connection".
    const POSTGRES: [&str; 6] = ["40001", "40P01", "55P03", "53", "57", "08"];
    if matches!(
        error,
        sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::Io(_)
            | sqlx::Error::WorkerCrashed
    ) {
        return true;
    }
    let code = error.as_database_error().and_then(|e| e.code());
    code.is_some_and(|code| match code.parse::<u32>() {
        Ok(number) if code.len() < 5 => SQLITE.contains(&(number & 0xff)),
        Ok(_) | Err(_) => POSTGRES.iter().any(|known| code.starts_with(known)),
    })
}

/// The database.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    pool: AnyPool,
}

impl Store {
    /// Connects, and brings the tables up to date.
    pub(crate) async fn open(url: &str, connections: u32) -> Result<Self, StoreError> {
        install_default_drivers();
        let is_sqlite = url.starts_with("sqlite:");
        if is_sqlite {
            whole::check_whole(url).await?; // before the pool, which tries a torn file again and again
        }
        let pool = AnyPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(10))
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if is_sqlite {
                        sqlx::raw_sql(SQLITE_SETTINGS).execute(connection).await?;
                    }
                    Ok(())
                })
            })
            .connect(url)
            .await?;
        migrations()
            .run(&pool)
            .await
            .map_err(StoreError::Migration)?;
        Ok(Self { pool })
    }

    /// Begins a transaction that nothing else of the same account runs beside.
    pub(crate) async fn begin(&self, account: AccountId) -> Result<Tx, StoreError> {
        let mut tx = self.pool.begin().await?;
        sqlx::query("update accounts set touched = touched + 1 where id = $1")
            .bind(account.as_bytes())
            .execute(&mut *tx)
            .await?;
        Ok(tx)
    }

    /// Begins a transaction whose first statement is to be a write of its own.
    pub(crate) async fn begin_writing(&self) -> Result<Tx, StoreError> {
        Ok(self.pool.begin().await?)
    }

    /// For a statement by itself.
    pub(crate) const fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// Whether it answers.
    pub(crate) async fn is_ready(&self) -> Result<(), StoreError> {
        sqlx::query("select 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Ends all connections, after what runs on them.
    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }
}

/// Every commit is on the disk before it is answered; writers queue for five seconds.
const SQLITE_SETTINGS: &str = "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000; pragma foreign_keys = on;";

fn migrations() -> Migrator {
    let simple = |number, name: &'static str, text: &'static str| {
        let text = text.into_sql_str();
        Migration::new(number, name.into(), MigrationType::Simple, text, false)
    };
    Migrator::with_migrations(vec![
        simple(1, "first", include_str!("../../migrations/0001_first.sql")),
        simple(
            2,
            "factors",
            include_str!("../../migrations/0002_factors.sql"),
        ),
        simple(
            4,
            "portal",
            include_str!("../../migrations/0004_portal.sql"),
        ),
        simple(
            5,
            "timeline",
            include_str!("../../migrations/0005_timeline.sql"),
        ),
        simple(6, "waits", include_str!("../../migrations/0006_waits.sql")),
        simple(
            9,
            "held_by",
            include_str!("../../migrations/0009_held_by.sql"),
        ),
        simple(
            10,
            "voucher",
            include_str!("../../migrations/0010_voucher.sql"),
        ),
        simple(
            12,
            "held_asker",
            include_str!("../../migrations/0012_held_asker.sql"),
        ),
        simple(
            13,
            "reminded_at",
            include_str!("../../migrations/0013_reminded_at.sql"),
        ),
        simple(
            14,
            "text_purpose",
            include_str!("../../migrations/0014_text_purpose.sql"),
        ),
        simple(
            15,
            "wait_vetoes",
            include_str!("../../migrations/0015_wait_vetoes.sql"),
        ),
        simple(16, "files", include_str!("../../migrations/0016_files.sql")),
        simple(17, "slots", include_str!("../../migrations/0017_slots.sql")),
    ])
}

/// What both databases store: 63 bits. Nothing that is counted here comes near.
pub(crate) fn db(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Reads the three types of column.
pub(crate) trait Columns {
    fn integer(&self, column: &'static str) -> Result<u64, StoreError>;
    fn small(&self, column: &'static str) -> Result<u32, StoreError>;
    fn text(&self, column: &'static str) -> Result<String, StoreError>;
    fn optional_text(&self, column: &'static str) -> Result<Option<String>, StoreError>;
    fn blob(&self, column: &'static str) -> Result<Vec<u8>, StoreError>;
    fn optional_blob(&self, column: &'static str) -> Result<Option<Vec<u8>>, StoreError>;
    fn array<const N: usize>(&self, column: &'static str) -> Result<[u8; N], StoreError>;
    fn optional_array<const N: usize>(
        &self,
        column: &'static str,
    ) -> Result<Option<[u8; N]>, StoreError>;
}

impl Columns for AnyRow {
    fn integer(&self, column: &'static str) -> Result<u64, StoreError> {
        let number: i64 = self.try_get(column)?;
        u64::try_from(number).map_err(|_| StoreError::Damaged { column })
    }

    fn small(&self, column: &'static str) -> Result<u32, StoreError> {
        u32::try_from(self.integer(column)?).map_err(|_| StoreError::Damaged { column })
    }

    fn text(&self, column: &'static str) -> Result<String, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn optional_text(&self, column: &'static str) -> Result<Option<String>, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn blob(&self, column: &'static str) -> Result<Vec<u8>, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn optional_blob(&self, column: &'static str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn array<const N: usize>(&self, column: &'static str) -> Result<[u8; N], StoreError> {
        let damaged = |_| StoreError::Damaged { column };
        self.blob(column)?.try_into().map_err(damaged)
    }

    fn optional_array<const N: usize>(
        &self,
        column: &'static str,
    ) -> Result<Option<[u8; N]>, StoreError> {
        let damaged = |_| StoreError::Damaged { column };
        self.optional_blob(column)?
            .map(|bytes| bytes.try_into().map_err(damaged))
            .transpose()
    }
}

/// Reads a word that one of our own enums wrote.
pub(crate) fn word<T: serde::de::DeserializeOwned>(
    text: String,
    column: &'static str,
) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(text))
        .map_err(|_| StoreError::Damaged { column })
}

/// Writes a unit variant of one of our own enums as its word.
pub(crate) fn as_word<T: serde::Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => String::new(),
    }
}

/// Reads JSON that we wrote.
pub(crate) fn json<T: serde::de::DeserializeOwned>(
    text: &str,
    column: &'static str,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Damaged { column })
}

/// Writes JSON. Our own types have no maps with other keys than text, so it never fails.
pub(crate) fn as_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
