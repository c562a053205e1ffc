//! Where each account's cloud stands.

use sqlx::any::AnyRow;

use sigill_core::confirmation::operation::CloudHead;
use sigill_core::id::{AccountId, GenerationId, Hash, VaultId};
use sigill_core::wire::vault::LastAct;

use super::{Columns, StoreError, Tx, as_json, db, json};

/// An account's cloud.
#[derive(Clone)]
pub(crate) struct CloudRow {
    pub(crate) account: AccountId,
    /// Where it stands; `seq` only rises.
    pub(crate) head: CloudHead,
    /// The current generation, where there is a vault.
    pub(crate) generation: Option<GenerationId>,
    /// The vault and the epoch that stand, or last stood, here.
    pub(crate) sealed_under: Option<(VaultId, u64)>,
    pub(crate) last_act: Option<LastAct>,
}

impl CloudRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let vault = row.optional_array("vault")?.map(VaultId);
        let epoch = row.integer("epoch")?;
        Ok(Self {
            account: AccountId(row.array("account")?),
            head: CloudHead {
                seq: row.integer("seq")?,
                hash: Hash(row.array("head_hash")?),
            },
            generation: row.optional_array("generation")?.map(GenerationId),
            sealed_under: vault.map(|vault| (vault, epoch)),
            last_act: last_act(row)?,
        })
    }
}

fn last_act(row: &AnyRow) -> Result<Option<LastAct>, StoreError> {
    let (Some(act), Some(device_name)) =
        (row.optional_text("act")?, row.optional_text("act_device")?)
    else {
        return Ok(None);
    };
    Ok(Some(LastAct {
        action: json(&act, "act")?,
        device_name,
        at: row.integer("act_at")?,
        seq: row.integer("act_seq")?,
    }))
}

pub(crate) async fn cloud(tx: &mut Tx, account: AccountId) -> Result<CloudRow, StoreError> {
    let row = sqlx::query("select * from clouds where account = $1")
        .bind(account.as_bytes())
        .fetch_one(&mut **tx)
        .await?;
    CloudRow::read(&row)
}

/// Saves the row, if the cloud still stands where it was when the row was read.
pub(crate) async fn save_cloud(
    tx: &mut Tx,
    cloud: &CloudRow,
    was: CloudHead,
) -> Result<(), StoreError> {
    let (vault, epoch) = cloud.sealed_under.unzip();
    let act = cloud.last_act.as_ref();
    let saved = sqlx::query(
        "update clouds set seq = $2, head_hash = $3, generation = $4, vault = $5, epoch = $6, act = $7, \
         act_device = $8, act_at = $9, act_seq = $10 where account = $1 and seq = $11",
    )
    .bind(cloud.account.as_bytes())
    .bind(db(cloud.head.seq))
    .bind(cloud.head.hash.as_bytes())
    .bind(cloud.generation.map(|id| id.as_bytes().to_vec()))
    .bind(vault.map(|id| id.as_bytes().to_vec()))
    .bind(db(epoch.unwrap_or(0)))
    .bind(act.map(|act| as_json(&act.action)))
    .bind(act.map(|act| act.device_name.clone()))
    .bind(db(act.map_or(0, |act| act.at)))
    .bind(db(act.map_or(0, |act| act.seq)))
    .bind(db(was.seq))
    .execute(&mut **tx)
    .await?;
    match saved.rows_affected() {
        1 => Ok(()),
        _ => Err(StoreError::Busy),
    }
}
