//! Entries of the accounts' timelines. They are only ever added.

use sqlx::any::AnyRow;

use sigill_core::confirmation::operation::{Operation, State};
use sigill_core::confirmation::timeline::{Entry, Event, Last, Said, Step};
use sigill_core::id::{AccountId, DeviceId, Hash, OperationId};
use sigill_core::wire::Seconds;
use sigill_core::wire::timeline::Named;

use super::sessions::SessionId;
use super::{Columns, Store, StoreError, Tx, db, word};
use sigill_core::confirmation::action::Action;

/// What is kept of a network address.
#[derive(Clone, Copy)]
pub(crate) struct Commitment {
    pub(crate) salt: [u8; 16],
    pub(crate) address: [u8; 32],
}

/// An entry, and the commitment that comes with it.
pub(crate) struct EntryRow {
    pub(crate) entry: Entry,
    pub(crate) commitment: Option<Commitment>,
}

impl EntryRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let salt = row.optional_array("address_salt")?;
        let address = row.optional_array("address")?;
        Ok(Self {
            entry: Entry {
                seq: row.integer("seq")?,
                said: Said {
                    at: row.integer("at")?,
                    device: row.optional_array("device")?.map(DeviceId),
                    event: word(row.text("event")?, "event")?,
                    operation: row.optional_array("operation")?.map(OperationId),
                    digest: row.optional_array("digest")?.map(Hash),
                },
                hash: Hash(row.array("hash")?),
            },
            commitment: salt
                .zip(address)
                .map(|(salt, address)| Commitment { salt, address }),
        })
    }
}

/// Where an account's timeline ends.
pub(crate) async fn last_entry(tx: &mut Tx, account: AccountId) -> Result<Last, StoreError> {
    let row =
        sqlx::query("select seq, hash from timeline where account = $1 order by seq desc limit 1")
            .bind(account.as_bytes())
            .fetch_optional(&mut **tx)
            .await?;
    row.map_or(Ok(Last::NOTHING), |row| {
        Ok(Last {
            seq: row.integer("seq")?,
            hash: Hash(row.array("hash")?),
        })
    })
}

/// Adds an entry, in the transaction that it tells of.
pub(crate) async fn append(
    tx: &mut Tx,
    account: AccountId,
    said: Said,
    commitment: Option<Commitment>,
) -> Result<(), StoreError> {
    let entry = last_entry(tx, account).await?.then(account, said);
    sqlx::query(
        "insert into timeline (account, seq, at, device, event, operation, digest, hash, address_salt, address) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(account.as_bytes())
    .bind(db(entry.seq))
    .bind(db(said.at))
    .bind(said.device.map(|id| id.as_bytes().to_vec()))
    .bind(said.event.to_string())
    .bind(said.operation.map(|id| id.as_bytes().to_vec()))
    .bind(said.digest.map(|hash| hash.as_bytes().to_vec()))
    .bind(entry.hash.as_bytes())
    .bind(commitment.map(|commitment| commitment.salt.to_vec()))
    .bind(commitment.map(|commitment| commitment.address.to_vec()))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What an entry about an operation says.
pub(crate) const fn about(operation: &Operation, event: Event, at: Seconds) -> Said {
    Said {
        at,
        device: Some(operation.device),
        event,
        operation: Some(operation.id),
        digest: Some(operation.digest),
    }
}

/// Adds how an operation ended.
pub(super) async fn append_end(
    tx: &mut Tx,
    operation: &Operation,
    now: Seconds,
) -> Result<(), StoreError> {
    let action = operation.request.action;
    let step = match &operation.state {
        State::Pending => return Ok(()),
        State::Executed { .. } if matches!(action, Action::Restore { .. }) => Step::Undone,
        State::Executed { .. } => Step::Done,
        State::Stale => Step::Stale,
        State::Expired => Step::Expired,
        State::Burnt => Step::Burnt,
        State::Superseded => Step::Superseded,
        State::Cancelled => Step::Cancelled,
    };
    let said = about(operation, Event::operation(step, action), now);
    append(tx, operation.account, said, None).await
}

/// Whether an operation came to this before.
pub(crate) async fn has_entry(
    tx: &mut Tx,
    account: AccountId,
    (operation, event): (OperationId, Event),
) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "select 1 from timeline where account = $1 and operation = $2 and event = $3 limit 1",
    )
    .bind(account.as_bytes())
    .bind(operation.as_bytes())
    .bind(event.to_string())
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.is_some())
}

/// The device of the last entry of a kind, and what it is called.
pub(crate) async fn last_device(
    tx: &mut Tx,
    account: AccountId,
    event: Event,
) -> Result<Option<String>, StoreError> {
    let row = sqlx::query(
        "select devices.name from timeline join devices on devices.account = timeline.account \
         and devices.device = timeline.device where timeline.account = $1 and event = $2 order by seq desc limit 1",
    )
    .bind(account.as_bytes())
    .bind(event.to_string())
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| row.text("name")).transpose()
}

/// At most `most` entries after `seq`, oldest first.
pub(crate) async fn entries_after(
    tx: &mut Tx,
    account: AccountId,
    (seq, most): (u64, u32),
) -> Result<Vec<EntryRow>, StoreError> {
    let rows =
        sqlx::query("select * from timeline where account = $1 and seq > $2 order by seq limit $3")
            .bind(account.as_bytes())
            .bind(db(seq))
            .bind(i64::from(most))
            .fetch_all(&mut **tx)
            .await?;
    rows.iter().map(EntryRow::read).collect()
}

/// At most `most` entries before `seq`, newest first.
pub(crate) async fn entries_before(
    tx: &mut Tx,
    account: AccountId,
    (seq, most): (u64, u32),
) -> Result<Vec<EntryRow>, StoreError> {
    let rows = sqlx::query(
        "select * from timeline where account = $1 and seq < $2 order by seq desc limit $3",
    )
    .bind(account.as_bytes())
    .bind(db(seq))
    .bind(i64::from(most))
    .fetch_all(&mut **tx)
    .await?;
    rows.iter().map(EntryRow::read).collect()
}

/// What every device of the account is or was called.
pub(crate) async fn device_names(
    tx: &mut Tx,
    account: AccountId,
) -> Result<Vec<Named>, StoreError> {
    let rows = sqlx::query(
        "select device, name from devices where account = $1 order by known_since, device",
    )
    .bind(account.as_bytes())
    .fetch_all(&mut **tx)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Named {
                device: DeviceId(row.array("device")?),
                name: row.text("name")?,
            })
        })
        .collect()
}

/// The session may read until then.
pub(crate) async fn allow_reader(
    tx: &mut Tx,
    session: SessionId,
    until: Seconds,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into timeline_readers (session, until) values ($1, $2) \
         on conflict (session) do update set until = excluded.until",
    )
    .bind(session.as_slice())
    .bind(db(until))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Until when the session may read; 0 where it never could.
pub(crate) async fn reader_until(tx: &mut Tx, session: SessionId) -> Result<Seconds, StoreError> {
    let row = sqlx::query("select until from timeline_readers where session = $1")
        .bind(session.as_slice())
        .fetch_optional(&mut **tx)
        .await?;
    row.map_or(Ok(0), |row| row.integer("until"))
}

/// Erases the commitments of addresses before `before`, and readers whose time is over.
pub(crate) async fn forget_addresses(
    store: &Store,
    (before, now): (Seconds, Seconds),
) -> Result<(), StoreError> {
    sqlx::query(
        "update timeline set address_salt = null, address = null where at < $1 and address is not null",
    )
    .bind(db(before))
    .execute(store.pool())
    .await?;
    sqlx::query("delete from timeline_readers where until <= $1")
        .bind(db(now))
        .execute(store.pool())
        .await?;
    Ok(())
}
