//! Records that are staged and not yet part of any generation.

use sigill_core::id::{AccountId, DeviceId, UploadId, VaultId};
use sigill_core::vault::head::RootEntry;
use sigill_core::vault::record::Record;
use sigill_core::wire::Seconds;

use super::records::{root_entry, tombstone};
use super::{Columns, Store, StoreError, Tx, db};

/// Records staged by a device.
pub(crate) struct UploadRow {
    pub(crate) id: UploadId,
    pub(crate) account: AccountId,
    pub(crate) device: DeviceId,
    pub(crate) seal: Seal,
    pub(crate) until: Seconds,
}

/// Whether an upload takes more records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seal {
    Open,
    /// An operation names it: what the person saw is what will be.
    Sealed,
}

pub(crate) async fn insert_upload(tx: &mut Tx, new: &UploadRow) -> Result<(), StoreError> {
    sqlx::query("insert into uploads (id, account, device, bytes, sealed, until) values ($1, $2, $3, 0, 0, $4)")
        .bind(new.id.as_bytes())
        .bind(new.account.as_bytes())
        .bind(new.device.as_bytes())
        .bind(db(new.until))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

pub(crate) async fn upload(tx: &mut Tx, id: UploadId) -> Result<Option<UploadRow>, StoreError> {
    let row = sqlx::query("select * from uploads where id = $1")
        .bind(id.as_bytes())
        .fetch_optional(&mut **tx)
        .await?;
    row.map(|row| {
        Ok(UploadRow {
            id: UploadId(row.array("id")?),
            account: AccountId(row.array("account")?),
            device: DeviceId(row.array("device")?),
            seal: match row.integer("sealed")? {
                0 => Seal::Open,
                _ => Seal::Sealed,
            },
            until: row.integer("until")?,
        })
    })
    .transpose()
}

/// How many bytes and how many uploads an account has staged.
pub(crate) async fn staged_bytes(
    tx: &mut Tx,
    account: AccountId,
) -> Result<(u64, u64), StoreError> {
    let row = sqlx::query(
        "select cast(coalesce(sum(bytes), 0) as bigint) as total, count(*) as uploads from uploads where account = $1",
    )
    .bind(account.as_bytes())
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.integer("total")?, row.integer("uploads")?))
}

/// Adds a record; the same item again takes the place of the first.
pub(crate) async fn stage_record(
    tx: &mut Tx,
    upload: UploadId,
    record: &Record,
) -> Result<(), StoreError> {
    let entry = record.root_entry();
    let place = record.header().place;
    sqlx::query(
        "insert into upload_records (upload, item, vault, epoch, revision, hash, tombstone, record) \
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (upload, item) do update set vault = excluded.vault, \
         epoch = excluded.epoch, revision = excluded.revision, hash = excluded.hash, \
         tombstone = excluded.tombstone, record = excluded.record",
    )
    .bind(upload.as_bytes())
    .bind(entry.item.as_bytes())
    .bind(place.vault.as_bytes())
    .bind(db(place.epoch))
    .bind(db(entry.revision))
    .bind(entry.record.as_bytes())
    .bind(tombstone(entry.life))
    .bind(record.to_bytes())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(crate) async fn add_staged_bytes(
    tx: &mut Tx,
    upload: UploadId,
    bytes: u64,
) -> Result<(), StoreError> {
    sqlx::query("update uploads set bytes = bytes + $2 where id = $1")
        .bind(upload.as_bytes())
        .bind(db(bytes))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

pub(crate) async fn seal_upload(tx: &mut Tx, upload: UploadId) -> Result<(), StoreError> {
    sqlx::query("update uploads set sealed = 1 where id = $1")
        .bind(upload.as_bytes())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// What a root over an upload's records is made of.
pub(crate) async fn upload_entries(
    tx: &mut Tx,
    upload: UploadId,
) -> Result<Vec<RootEntry>, StoreError> {
    let rows =
        sqlx::query("select item, revision, hash, tombstone from upload_records where upload = $1")
            .bind(upload.as_bytes())
            .fetch_all(&mut **tx)
            .await?;
    rows.iter().map(root_entry).collect()
}

/// How many records of an upload are of another vault or epoch than these.
pub(crate) async fn strangers_in_upload(
    tx: &mut Tx,
    upload: UploadId,
    (vault, epoch): (VaultId, u64),
) -> Result<u64, StoreError> {
    let row = sqlx::query(
        "select count(*) as strangers from upload_records where upload = $1 and (vault <> $2 or epoch <> $3)",
    )
    .bind(upload.as_bytes())
    .bind(vault.as_bytes())
    .bind(db(epoch))
    .fetch_one(&mut **tx)
    .await?;
    row.integer("strangers")
}

pub(crate) async fn delete_upload(tx: &mut Tx, upload: UploadId) -> Result<(), StoreError> {
    for statement in [
        "delete from upload_records where upload = $1",
        "delete from uploads where id = $1",
    ] {
        sqlx::query(statement)
            .bind(upload.as_bytes())
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Takes away what was staged and never used.
pub(crate) async fn forget_uploads(store: &Store, now: Seconds) -> Result<(), StoreError> {
    for statement in [
        "delete from upload_records where upload in (select id from uploads where until <= $1)",
        "delete from uploads where until <= $1",
    ] {
        sqlx::query(statement)
            .bind(db(now))
            .execute(store.pool())
            .await?;
    }
    Ok(())
}
