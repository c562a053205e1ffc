//! Records of the current and the displaced generations, the ones that a push
//! replaced, and every head.

use sqlx::any::AnyRow;

use sigill_core::id::{AccountId, GenerationId, Hash, ItemId, UploadId};
use sigill_core::vault::head::RootEntry;
use sigill_core::vault::record::{Life, Record};
use sigill_core::wire::vault::TaggedHead;
use sigill_core::wire::{Bytes, Seconds};

use super::uploads::delete_upload;
use super::{Columns, StoreError, Tx, db};

pub(super) const fn tombstone(life: Life) -> i64 {
    match life {
        Life::Living => 0,
        Life::Tombstone => 1,
    }
}

pub(super) fn root_entry(row: &AnyRow) -> Result<RootEntry, StoreError> {
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

/// How many records of a page, from its first one, weigh no more than `bytes`
/// together; one at least, where there is one.
pub(crate) async fn fitting(tx: &mut Tx, page: Page, bytes: u64) -> Result<u32, StoreError> {
    let rows = sqlx::query(
        "select cast(length(record) as bigint) as weight from records where generation = $1 and seq > $2 and item > $3 \
         order by item limit $4",
    )
    .bind(page.generation.as_bytes())
    .bind(db(page.since))
    .bind(page.after.as_bytes())
    .bind(i64::from(page.most))
    .fetch_all(&mut **tx)
    .await?;
    let (mut weight, mut count) = (0_u64, 0_u32);
    for row in rows {
        weight = weight.saturating_add(row.integer("weight")?);
        if count > 0 && weight > bytes {
            break;
        }
        count = count.saturating_add(1);
    }
    Ok(count)
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

/// At most `most` heads after `seq`, oldest first, each with its number.
pub(crate) async fn heads_after(
    tx: &mut Tx,
    account: AccountId,
    (seq, most): (u64, u32),
) -> Result<Vec<(u64, TaggedHead)>, StoreError> {
    let rows = sqlx::query(
        "select seq, head, tag from heads where account = $1 and seq > $2 order by seq limit $3",
    )
    .bind(account.as_bytes())
    .bind(db(seq))
    .bind(i64::from(most))
    .fetch_all(&mut **tx)
    .await?;
    rows.iter()
        .map(|row| {
            let head = TaggedHead {
                head: Bytes(row.blob("head")?),
                tag: Bytes(row.blob("tag")?),
            };
            Ok((row.integer("seq")?, head))
        })
        .collect()
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
