//! Devices, their sessions, and DPoP proofs that were used.

use sqlx::any::AnyRow;

use sigill_core::confirmation::policy::Sync;
use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::Seconds;

use super::accounts::Inserted;
use super::{Columns, Store, StoreError, Tx, as_word, db, word};

/// Names a session.
pub(crate) type SessionId = [u8; 16];

/// A device of an account.
pub(crate) struct DeviceRow {
    pub(crate) device: DeviceId,
    pub(crate) name: String,
    pub(crate) known_since: Seconds,
    pub(crate) last_seen: Seconds,
    pub(crate) sync: Sync,
}

impl DeviceRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            device: DeviceId(row.array("device")?),
            name: row.text("name")?,
            known_since: row.integer("known_since")?,
            last_seen: row.integer("last_seen")?,
            sync: word(row.text("sync")?, "sync")?,
        })
    }
}

/// A session that is alive.
pub(crate) struct SessionRow {
    pub(crate) id: SessionId,
    pub(crate) account: AccountId,
    pub(crate) device: DeviceId,
    /// Number of the newest refresh token.
    pub(crate) serial: u64,
    pub(crate) refresh_until: Seconds,
}

impl SessionRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.array("id")?,
            account: AccountId(row.array("account")?),
            device: DeviceId(row.array("device")?),
            serial: row.integer("serial")?,
            refresh_until: row.integer("refresh_until")?,
        })
    }
}

/// Remembers that a proof was used. [`Inserted::WasThere`] means: again.
pub(crate) async fn use_proof(
    store: &Store,
    proof: &[u8; 32],
    until: Seconds,
) -> Result<Inserted, StoreError> {
    let inserted = sqlx::query(
        "insert into used_proofs (id, until) values ($1, $2) on conflict (id) do nothing",
    )
    .bind(proof.as_slice())
    .bind(db(until))
    .execute(store.pool())
    .await?;
    Ok(match inserted.rows_affected() {
        0 => Inserted::WasThere,
        _ => Inserted::Made,
    })
}

pub(crate) async fn session(
    store: &Store,
    id: SessionId,
) -> Result<Option<SessionRow>, StoreError> {
    let row = sqlx::query("select * from sessions where id = $1")
        .bind(id.as_slice())
        .fetch_optional(store.pool())
        .await?;
    row.as_ref().map(SessionRow::read).transpose()
}

/// The same inside a transaction that has written.
pub(crate) async fn session_in(
    tx: &mut Tx,
    id: SessionId,
) -> Result<Option<SessionRow>, StoreError> {
    let row = sqlx::query("select * from sessions where id = $1")
        .bind(id.as_slice())
        .fetch_optional(&mut **tx)
        .await?;
    row.as_ref().map(SessionRow::read).transpose()
}

/// Begins a session; the one that the device had ends.
pub(crate) async fn replace_session(tx: &mut Tx, new: &SessionRow) -> Result<(), StoreError> {
    end_session(tx, new.account, new.device).await?;
    sqlx::query(
        "insert into sessions (id, account, device, serial, refresh_until) values ($1, $2, $3, $4, $5)",
    )
    .bind(new.id.as_slice())
    .bind(new.account.as_bytes())
    .bind(new.device.as_bytes())
    .bind(db(new.serial))
    .bind(db(new.refresh_until))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(crate) async fn rotate_session(tx: &mut Tx, session: &SessionRow) -> Result<(), StoreError> {
    sqlx::query("update sessions set serial = $2, refresh_until = $3 where id = $1")
        .bind(session.id.as_slice())
        .bind(db(session.serial))
        .bind(db(session.refresh_until))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Ends whatever session the device has. How many it had: 0 or 1.
pub(crate) async fn end_session(
    tx: &mut Tx,
    account: AccountId,
    device: DeviceId,
) -> Result<u64, StoreError> {
    let ended = sqlx::query("delete from sessions where account = $1 and device = $2")
        .bind(account.as_bytes())
        .bind(device.as_bytes())
        .execute(&mut **tx)
        .await?;
    Ok(ended.rows_affected())
}

/// Makes the device of a session known, or renames it; it stays known since it first was.
pub(crate) async fn know_device(
    tx: &mut Tx,
    session: &SessionRow,
    name: &str,
    now: Seconds,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into devices (account, device, name, known_since, last_seen, sync) values ($1, $2, $3, $4, $4, $5) \
         on conflict (account, device) do update set name = excluded.name, last_seen = excluded.last_seen",
    )
    .bind(session.account.as_bytes())
    .bind(session.device.as_bytes())
    .bind(name)
    .bind(db(now))
    .bind(as_word(Sync::On))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A device that was signed out by hand is a new one when it comes back: whoever
/// holds it may not be its person. Not while a hold runs, or whoever began it
/// could make new ones of the devices that may lift it.
pub(crate) async fn forget_trust(
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
    now: Seconds,
) -> Result<(), StoreError> {
    sqlx::query(
        "update devices set known_since = $3 where account = $1 and device = $2 \
         and exists (select 1 from accounts where id = $1 and held_until <= $3)",
    )
    .bind(account.as_bytes())
    .bind(device.as_bytes())
    .bind(db(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Turns a device's sync on or off.
pub(crate) async fn set_sync(
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
    sync: Sync,
) -> Result<(), StoreError> {
    sqlx::query("update devices set sync = $3 where account = $1 and device = $2")
        .bind(account.as_bytes())
        .bind(device.as_bytes())
        .bind(as_word(sync))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

pub(crate) async fn device(
    store: &Store,
    account: AccountId,
    device: DeviceId,
) -> Result<Option<DeviceRow>, StoreError> {
    let row = sqlx::query("select * from devices where account = $1 and device = $2")
        .bind(account.as_bytes())
        .bind(device.as_bytes())
        .fetch_optional(store.pool())
        .await?;
    row.as_ref().map(DeviceRow::read).transpose()
}

/// The same inside a transaction that has written.
pub(crate) async fn device_in(
    tx: &mut Tx,
    account: AccountId,
    device: DeviceId,
) -> Result<Option<DeviceRow>, StoreError> {
    let row = sqlx::query("select * from devices where account = $1 and device = $2")
        .bind(account.as_bytes())
        .bind(device.as_bytes())
        .fetch_optional(&mut **tx)
        .await?;
    row.as_ref().map(DeviceRow::read).transpose()
}

/// The accounts that know a device, and since when; it proved its key.
pub(crate) async fn devices_by_key(
    store: &Store,
    device: DeviceId,
) -> Result<Vec<(AccountId, Seconds)>, StoreError> {
    let rows = sqlx::query("select account, known_since from devices where device = $1")
        .bind(device.as_bytes())
        .fetch_all(store.pool())
        .await?;
    rows.iter()
        .map(|row| {
            Ok((
                AccountId(row.array("account")?),
                row.integer("known_since")?,
            ))
        })
        .collect()
}

/// The devices that are signed in, last seen first.
pub(crate) async fn signed_in_devices(
    tx: &mut Tx,
    account: AccountId,
) -> Result<Vec<DeviceRow>, StoreError> {
    let rows = sqlx::query(
        "select devices.device, name, known_since, last_seen, sync from devices join sessions \
         on sessions.account = devices.account and sessions.device = devices.device \
         where devices.account = $1 order by last_seen desc, devices.device",
    )
    .bind(account.as_bytes())
    .fetch_all(&mut **tx)
    .await?;
    rows.iter().map(DeviceRow::read).collect()
}

/// Every device of an account, signed out ones too.
pub(crate) async fn all_devices(
    tx: &mut Tx,
    account: AccountId,
) -> Result<Vec<DeviceRow>, StoreError> {
    let rows = sqlx::query("select * from devices where account = $1 order by known_since, device")
        .bind(account.as_bytes())
        .fetch_all(&mut **tx)
        .await?;
    rows.iter().map(DeviceRow::read).collect()
}

/// Remembers that the device asked for something, to the minute.
pub(crate) async fn saw_device(
    store: &Store,
    session: &SessionRow,
    now: Seconds,
) -> Result<(), StoreError> {
    sqlx::query(
        "update devices set last_seen = $3 where account = $1 and device = $2 and last_seen < $4",
    )
    .bind(session.account.as_bytes())
    .bind(session.device.as_bytes())
    .bind(db(now))
    .bind(db(now.saturating_sub(60)))
    .execute(store.pool())
    .await?;
    Ok(())
}

/// Forgets proofs whose nonce has ended.
pub(crate) async fn forget_proofs(store: &Store, now: Seconds) -> Result<(), StoreError> {
    sqlx::query("delete from used_proofs where until <= $1")
        .bind(db(now))
        .execute(store.pool())
        .await?;
    Ok(())
}

/// The devices of an account that are signed in.
pub(crate) async fn devices_with_sessions(
    tx: &mut Tx,
    account: AccountId,
) -> Result<Vec<DeviceId>, StoreError> {
    let rows = sqlx::query("select device from sessions where account = $1")
        .bind(account.as_bytes())
        .fetch_all(&mut **tx)
        .await?;
    rows.iter()
        .map(|row| row.array("device").map(DeviceId))
        .collect()
}
