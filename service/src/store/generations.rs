//! The current generation of an account's cloud, and the displaced ones.

use sqlx::any::AnyRow;

use sigill_core::confirmation::action::Action;
use sigill_core::id::{AccountId, GenerationId, Hash, VaultId};
use sigill_core::wire::vault::{Anchoring, TaggedHead};
use sigill_core::wire::{Bytes, Seconds};

use super::epochs::raise_epoch;
use super::{Columns, Store, StoreError, Tx, as_json, as_word, db, json, word};

/// One wholesale state.
#[derive(Clone)]
pub(crate) struct GenerationRow {
    pub(crate) id: GenerationId,
    pub(crate) account: AccountId,
    pub(crate) vault: VaultId,
    pub(crate) epoch: u64,
    pub(crate) anchoring: Anchoring,
    /// The epoch of the head that it waits for, while it does.
    pub(crate) anchor_epoch: Option<u64>,
    pub(crate) head_seq: u64,
    pub(crate) head_hash: Hash,
    pub(crate) head: TaggedHead,
    pub(crate) slots: Vec<Bytes>,
    /// Living entries.
    pub(crate) count: u64,
    /// The old head key's word for the head that began its epoch.
    pub(crate) voucher: Option<Bytes>,
}

/// What displaced a generation.
#[derive(Clone)]
pub(crate) struct Displacement {
    pub(crate) by: Action,
    pub(crate) device_name: String,
    pub(crate) at: Seconds,
    pub(crate) until: Seconds,
}

impl GenerationRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let slots = row.optional_text("slots")?;
        Ok(Self {
            id: GenerationId(row.array("id")?),
            account: AccountId(row.array("account")?),
            vault: VaultId(row.array("vault")?),
            epoch: row.integer("epoch")?,
            anchoring: word(row.text("anchoring")?, "anchoring")?,
            anchor_epoch: Some(row.integer("anchor_epoch")?).filter(|epoch| *epoch > 0),
            head_seq: row.integer("head_seq")?,
            head_hash: Hash(row.array("head_hash")?),
            head: TaggedHead {
                head: Bytes(row.blob("head")?),
                tag: Bytes(row.blob("tag")?),
            },
            slots: slots.map_or(Ok(Vec::new()), |text| json(&text, "slots"))?,
            count: row.integer("count")?,
            voucher: row.optional_blob("voucher")?.map(Bytes),
        })
    }
}

impl Displacement {
    fn read(row: &AnyRow) -> Result<Option<Self>, StoreError> {
        let Some(by) = row.optional_text("displaced_by")? else {
            return Ok(None);
        };
        Ok(Some(Self {
            by: json(&by, "displaced_by")?,
            device_name: row.optional_text("displaced_device")?.unwrap_or_default(),
            at: row.integer("displaced_at")?,
            until: row.integer("until")?,
        }))
    }
}

pub(crate) async fn insert_generation(tx: &mut Tx, new: &GenerationRow) -> Result<(), StoreError> {
    sqlx::query(
        "insert into generations (id, account, vault, epoch, anchoring, head_seq, head_hash, head, tag, slots, \
         count, voucher, displaced_at, until) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0)",
    )
    .bind(new.id.as_bytes())
    .bind(new.account.as_bytes())
    .bind(new.vault.as_bytes())
    .bind(db(new.epoch))
    .bind(as_word(new.anchoring))
    .bind(db(new.head_seq))
    .bind(new.head_hash.as_bytes())
    .bind(new.head.head.0.as_slice())
    .bind(new.head.tag.0.as_slice())
    .bind(as_json(&new.slots))
    .bind(db(new.count))
    .bind(new.voucher.as_ref().map(|voucher| voucher.0.clone()))
    .execute(&mut **tx)
    .await?;
    raise_epoch(tx, new.account, (new.vault, new.epoch)).await
}

/// The head, slots, count and anchoring that a push brought.
pub(crate) async fn save_generation_head(
    tx: &mut Tx,
    generation: &GenerationRow,
) -> Result<(), StoreError> {
    sqlx::query(
        "update generations set anchoring = $2, head_seq = $3, head_hash = $4, head = $5, tag = $6, count = $7, \
         anchor_epoch = 0, slots = $8 where id = $1",
    )
    .bind(generation.id.as_bytes())
    .bind(as_word(generation.anchoring))
    .bind(db(generation.head_seq))
    .bind(generation.head_hash.as_bytes())
    .bind(generation.head.head.0.as_slice())
    .bind(generation.head.tag.0.as_slice())
    .bind(db(generation.count))
    .bind(as_json(&generation.slots))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(crate) async fn generation(
    tx: &mut Tx,
    id: GenerationId,
) -> Result<Option<GenerationRow>, StoreError> {
    let row = sqlx::query("select * from generations where id = $1")
        .bind(id.as_bytes())
        .fetch_optional(&mut **tx)
        .await?;
    row.as_ref().map(GenerationRow::read).transpose()
}

/// A displaced generation of this account that can still be brought back.
pub(crate) async fn displaced_generation(
    tx: &mut Tx,
    account: AccountId,
    id: GenerationId,
    now: Seconds,
) -> Result<Option<GenerationRow>, StoreError> {
    let row = sqlx::query(
        "select * from generations where id = $1 and account = $2 and displaced_by is not null and until > $3",
    )
    .bind(id.as_bytes())
    .bind(account.as_bytes())
    .bind(db(now))
    .fetch_optional(&mut **tx)
    .await?;
    row.as_ref().map(GenerationRow::read).transpose()
}

/// All of them, newest first.
pub(crate) async fn displaced_generations(
    tx: &mut Tx,
    account: AccountId,
    now: Seconds,
) -> Result<Vec<(GenerationRow, Displacement)>, StoreError> {
    let rows = sqlx::query(
        "select * from generations where account = $1 and displaced_by is not null and until > $2 \
         order by displaced_at desc, head_seq desc",
    )
    .bind(account.as_bytes())
    .bind(db(now))
    .fetch_all(&mut **tx)
    .await?;
    rows.iter()
        .map(|row| {
            let displacement = Displacement::read(row)?.ok_or(StoreError::Damaged {
                column: "displaced_by",
            })?;
            Ok((GenerationRow::read(row)?, displacement))
        })
        .collect()
}

/// The generation leaves its place and can be brought back for a while.
pub(crate) async fn displace(
    tx: &mut Tx,
    id: GenerationId,
    displacement: &Displacement,
) -> Result<(), StoreError> {
    sqlx::query(
        "update generations set displaced_by = $2, displaced_device = $3, displaced_at = $4, until = $5 where id = $1",
    )
    .bind(id.as_bytes())
    .bind(as_json(&displacement.by))
    .bind(displacement.device_name.as_str())
    .bind(db(displacement.at))
    .bind(db(displacement.until))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A displaced generation takes its place again, under a new name: a device
/// that was in step with the old name has to read everything. It waits for a
/// head of `anchor_epoch`.
pub(crate) async fn bring_back(
    tx: &mut Tx,
    id: GenerationId,
    new: GenerationId,
    (seq, anchor_epoch): (u64, u64),
) -> Result<(), StoreError> {
    sqlx::query(
        "update generations set id = $2, anchoring = $3, displaced_by = null, displaced_device = null, \
         displaced_at = 0, until = 0, voucher = null, anchor_epoch = $4 where id = $1",
    )
    .bind(id.as_bytes())
    .bind(new.as_bytes())
    .bind(as_word(Anchoring::Unanchored))
    .bind(db(anchor_epoch))
    .execute(&mut **tx)
    .await?;
    sqlx::query("update records set generation = $2, seq = $3 where generation = $1")
        .bind(id.as_bytes())
        .bind(new.as_bytes())
        .bind(db(seq))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Erases what can no longer be brought back: the slots of all of them first,
/// in a transaction of their own, so that a job cut off leaves nothing that opens.
pub(crate) async fn erase_expired_generations(
    store: &Store,
    now: Seconds,
) -> Result<(), StoreError> {
    sqlx::query(
        "update generations set slots = null where displaced_by is not null and until <= $1",
    )
    .bind(db(now))
    .execute(store.pool())
    .await?;
    for table in [
        "delete from records where generation in (select id from generations where displaced_by is not null and until <= $1)",
        "delete from superseded where generation in (select id from generations where displaced_by is not null and until <= $1)",
        "delete from generations where displaced_by is not null and until <= $1",
        "delete from superseded where until <= $1",
    ] {
        sqlx::query(table)
            .bind(db(now))
            .execute(store.pool())
            .await?;
    }
    Ok(())
}
