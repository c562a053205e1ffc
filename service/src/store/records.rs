//! Records of the current and the displaced generations, the ones that a push
//! replaced, and uploads.

use sqlx::any::AnyRow;

use sigill_core::id::{AccountId, DeviceId, GenerationId, Hash, ItemId, UploadId, VaultId};
use sigill_core::vault::head::RootEntry;
use sigill_core::vault::record::{Life, Record};
use sigill_core::wire::vault::TaggedHead;
use sigill_core::wire::{Bytes, Seconds};

use super::{Columns, Store, StoreError, Tx, db};

const fn tombstone(life: Life) -> i64 {
    match life {
        Life::Living => 0,
        Life::Tombstone => 1,
    }
}

fn root_entry(row: &AnyRow) -> Result<RootEntry, StoreError> {
    Ok(RootEntry {
        item: ItemId(row.array("item")?),
        revision: row.integer("revision")?,
        record: Hash(row.array("hash")?),
        life: match row.integer("tombstone")? {
            0 => Life::Living,
            _ => Life::Tombstone,
        },
    })
}

/// Where a push writes, and until when it keeps what it replaces.
#[derive(Clone, Copy)]
pub(crate) struct Writing {
    pub(crate) generation: GenerationId,
    pub(crate) seq: u64,
    pub(crate) keep_until: Seconds,
}

/// Writes a record over the one that the item had; that one is kept for a while.
pub(crate) async fn put_record(
    tx: &mut Tx,
    writing: Writing,
    record: &Record,
) -> Result<(), StoreError> {
    let entry = record.root_entry();
    sqlx::query(
        "insert into superseded (generation, item, hash, record, from_seq, until_seq, until) \
         select generation, item, hash, record, seq, $3, $4 from records where generation = $1 and item = $2 \
         on conflict (generation, item, until_seq) do nothing",
    )
    .bind(writing.generation.as_bytes())
    .bind(entry.item.as_bytes())
    .bind(db(writing.seq))
    .bind(db(writing.keep_until))
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "insert into records (generation, item, seq, revision, hash, tombstone, record) \
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (generation, item) do update set seq = excluded.seq, \
         revision = excluded.revision, hash = excluded.hash, tombstone = excluded.tombstone, record = excluded.record",
    )
    .bind(writing.generation.as_bytes())
    .bind(entry.item.as_bytes())
    .bind(db(writing.seq))
    .bind(db(entry.revision))
    .bind(entry.record.as_bytes())
    .bind(tombstone(entry.life))
    .bind(record.to_bytes())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes all records of an upload in the same way.
pub(crate) async fn put_upload(
    tx: &mut Tx,
    writing: Writing,
    upload: UploadId,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into superseded (generation, item, hash, record, from_seq, until_seq, until) \
         select r.generation, r.item, r.hash, r.record, r.seq, $3, $4 from records r join upload_records u \
         on u.item = r.item where r.generation = $1 and u.upload = $2 \
         on conflict (generation, item, until_seq) do nothing",
    )
    .bind(writing.generation.as_bytes())
    .bind(upload.as_bytes())
    .bind(db(writing.seq))
    .bind(db(writing.keep_until))
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "insert into records (generation, item, seq, revision, hash, tombstone, record) \
         select $1, item, $3, revision, hash, tombstone, record from upload_records where upload = $2 \
         on conflict (generation, item) do update set seq = excluded.seq, revision = excluded.revision, \
         hash = excluded.hash, tombstone = excluded.tombstone, record = excluded.record",
    )
    .bind(writing.generation.as_bytes())
    .bind(upload.as_bytes())
    .bind(db(writing.seq))
    .execute(&mut **tx)
    .await?;
    delete_upload(tx, upload).await
}

/// What the head's root is made of.
pub(crate) async fn root_entries(
    tx: &mut Tx,
    generation: GenerationId,
) -> Result<Vec<RootEntry>, StoreError> {
    let rows =
        sqlx::query("select item, revision, hash, tombstone from records where generation = $1")
            .bind(generation.as_bytes())
            .fetch_all(&mut **tx)
            .await?;
    rows.iter().map(root_entry).collect()
}

/// Which records a page of changes holds.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    pub(crate) generation: GenerationId,
    pub(crate) since: u64,
    /// The last item of the page before; the first page begins at all zeros.
    pub(crate) after: ItemId,
    pub(crate) most: u32,
}

/// Records by item, each with its item.
pub(crate) async fn changed_records(
    tx: &mut Tx,
    page: Page,
) -> Result<Vec<(ItemId, Bytes)>, StoreError> {
    let rows = sqlx::query(
        "select item, record from records where generation = $1 and seq > $2 and item > $3 order by item limit $4",
    )
    .bind(page.generation.as_bytes())
    .bind(db(page.since))
    .bind(page.after.as_bytes())
    .bind(i64::from(page.most))
    .fetch_all(&mut **tx)
    .await?;
    rows.iter()
        .map(|row| Ok((ItemId(row.array("item")?), Bytes(row.blob("record")?))))
        .collect()
}

pub(crate) async fn insert_head(
    tx: &mut Tx,
    account: AccountId,
    seq: u64,
    head: &TaggedHead,
) -> Result<(), StoreError> {
    sqlx::query("insert into heads (account, seq, head, tag) values ($1, $2, $3, $4)")
        .bind(account.as_bytes())
        .bind(db(seq))
        .bind(head.head.0.as_slice())
        .bind(head.tag.0.as_slice())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Heads after `since`, oldest first.
pub(crate) async fn heads_since(
    tx: &mut Tx,
    account: AccountId,
    since: u64,
) -> Result<Vec<TaggedHead>, StoreError> {
    let rows =
        sqlx::query("select head, tag from heads where account = $1 and seq > $2 order by seq")
            .bind(account.as_bytes())
            .bind(db(since))
            .fetch_all(&mut **tx)
            .await?;
    rows.iter()
        .map(|row| {
            Ok(TaggedHead {
                head: Bytes(row.blob("head")?),
                tag: Bytes(row.blob("tag")?),
            })
        })
        .collect()
}

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
