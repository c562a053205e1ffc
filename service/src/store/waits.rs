//! The ways that take seven days.

use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;

use sigill_core::confirmation::wait::{Lost, State, Wait};
use sigill_core::id::{AccountId, DeviceId, Hash};
use sigill_core::wire::Seconds;

use super::{Columns, Store, StoreError, Tx, as_json, as_word, db, json, word};

/// Names one asking.
pub(crate) type WaitId = [u8; 16];

/// What takes effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Brings {
    /// Nothing: something goes.
    Nothing,
    /// An address that mail was read at.
    Address(String),
    /// An account password, as a PHC string.
    Password(String),
    /// Both, for an account that has neither.
    Link { email: String, password: String },
}

/// A way of an account.
#[derive(Clone)]
pub(crate) struct WaitRow {
    pub(crate) id: WaitId,
    pub(crate) account: AccountId,
    pub(crate) wait: Wait,
    pub(crate) base: Hash,
    pub(crate) brings: Brings,
}

impl WaitRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let ended_at = row.integer("ended_at")?;
        let state = match row.text("state")?.as_str() {
            "waits" => State::Waits,
            "reminded" => State::Reminded(row.integer("reminded_at")?),
            "vetoed" => State::Vetoed(ended_at),
            "lapsed" => State::Lapsed(ended_at),
            "done" => State::Done(ended_at),
            _ => return Err(StoreError::Damaged { column: "state" }),
        };
        Ok(Self {
            id: row.array("id")?,
            account: AccountId(row.array("account")?),
            wait: Wait {
                lost: word(row.text("lost")?, "lost")?,
                asked_at: row.integer("asked_at")?,
                asker: row.optional_array("asker")?.map(DeviceId),
                state,
            },
            base: Hash(row.array("base")?),
            brings: json(&row.text("brings")?, "brings")?,
        })
    }

    /// The same as it is after a step. What it would have brought goes with its end.
    pub(crate) fn after(self, wait: Wait) -> Self {
        let brings = match wait.is_on() {
            true => self.brings,
            false => Brings::Nothing,
        };
        Self {
            wait,
            brings,
            ..self
        }
    }
}

/// A state as the table has it: its word, when it was reminded of, and when it
/// ended; 0 while it is on.
pub(crate) const fn columns(state: State) -> (&'static str, Seconds, Seconds) {
    match state {
        State::Waits => ("waits", 0, 0),
        State::Reminded(at) => ("reminded", at, 0),
        State::Vetoed(at) => ("vetoed", 0, at),
        State::Lapsed(at) => ("lapsed", 0, at),
        State::Done(at) => ("done", 0, at),
    }
}

/// Writes a way, in the place of whatever there was of its kind.
pub(crate) async fn put_wait(tx: &mut Tx, row: &WaitRow) -> Result<(), StoreError> {
    let (state, reminded_at, ended_at) = columns(row.wait.state);
    sqlx::query(
        "insert into waits (account, lost, id, asker, base, brings, asked_at, state, ended_at, \
         reminded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (account, lost) do update set \
         id = excluded.id, asker = excluded.asker, base = excluded.base, brings = excluded.brings, \
         asked_at = excluded.asked_at, state = excluded.state, ended_at = excluded.ended_at, \
         reminded_at = excluded.reminded_at",
    )
    .bind(row.account.as_bytes())
    .bind(as_word(row.wait.lost))
    .bind(row.id.as_slice())
    .bind(row.wait.asker.as_ref().map(DeviceId::as_bytes))
    .bind(row.base.as_bytes())
    .bind(as_json(&row.brings))
    .bind(db(row.wait.asked_at))
    .bind(state)
    .bind(db(ended_at))
    .bind(db(reminded_at))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The way of a kind, however it stands.
pub(crate) async fn wait_of(
    tx: &mut Tx,
    (account, lost): (AccountId, Lost),
) -> Result<Option<WaitRow>, StoreError> {
    let row = sqlx::query("select * from waits where account = $1 and lost = $2")
        .bind(account.as_bytes())
        .bind(as_word(lost))
        .fetch_optional(&mut **tx)
        .await?;
    row.as_ref().map(WaitRow::read).transpose()
}

/// The ways of an account, however they stand.
pub(crate) async fn every_wait_of(
    tx: &mut Tx,
    account: AccountId,
) -> Result<Vec<WaitRow>, StoreError> {
    let rows = sqlx::query("select * from waits where account = $1 order by asked_at, lost")
        .bind(account.as_bytes())
        .fetch_all(&mut **tx)
        .await?;
    rows.iter().map(WaitRow::read).collect()
}

/// Who asked, as a key.
fn asker_key(asker: Option<&DeviceId>) -> &[u8] {
    asker.map_or(&[], |device| device.as_bytes())
}

/// Remembers who was told no.
pub(crate) async fn put_veto(tx: &mut Tx, row: &WaitRow, at: Seconds) -> Result<(), StoreError> {
    sqlx::query(
        "insert into wait_vetoes (account, lost, asker, at) values ($1, $2, $3, $4) \
         on conflict (account, lost, asker) do update set at = excluded.at",
    )
    .bind(row.account.as_bytes())
    .bind(as_word(row.wait.lost))
    .bind(asker_key(row.wait.asker.as_ref()))
    .bind(db(at))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// When `asker` was last told no.
pub(crate) async fn told_no(
    tx: &mut Tx,
    (account, lost): (AccountId, Lost),
    asker: Option<DeviceId>,
) -> Result<Option<Seconds>, StoreError> {
    let row =
        sqlx::query("select at from wait_vetoes where account = $1 and lost = $2 and asker = $3")
            .bind(account.as_bytes())
            .bind(as_word(lost))
            .bind(asker_key(asker.as_ref()))
            .fetch_optional(&mut **tx)
            .await?;
    row.map(|row| row.integer("at")).transpose()
}

/// The ways of an account that wait.
pub(crate) async fn waits_of(tx: &mut Tx, account: AccountId) -> Result<Vec<WaitRow>, StoreError> {
    let rows = sqlx::query(
        "select * from waits where account = $1 and state in ('waits', 'reminded') \
         order by asked_at, lost",
    )
    .bind(account.as_bytes())
    .fetch_all(&mut **tx)
    .await?;
    rows.iter().map(WaitRow::read).collect()
}

impl Store {
    /// The way that a mail names, for the courier.
    pub(crate) async fn wait(&self, id: WaitId) -> Result<Option<WaitRow>, StoreError> {
        let row = sqlx::query("select * from waits where id = $1")
            .bind(id.as_slice())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(WaitRow::read).transpose()
    }

    /// The accounts for which something waits.
    pub(crate) async fn accounts_that_wait(&self) -> Result<Vec<AccountId>, StoreError> {
        let rows = sqlx::query(
            "select distinct account from waits where state in ('waits', 'reminded') order by account",
        )
        .fetch_all(self.pool())
        .await?;
        rows.iter()
            .map(|row| row.array("account").map(AccountId))
            .collect()
    }
}
