//! Other slots within an epoch, with what signed for them.

use sigill_core::id::AccountId;
use sigill_core::wire::Bytes;
use sigill_core::wire::vault::SlotsChanged;

use super::{Columns, StoreError, Tx, as_json, db, json};

/// Keeps what came with head `seq`.
pub(crate) async fn insert_slots_change(
    tx: &mut Tx,
    (account, seq): (AccountId, u64),
    changed: &SlotsChanged,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into slots_changes (account, seq, slots, nonce, signature) values ($1, $2, $3, $4, $5)",
    )
    .bind(account.as_bytes())
    .bind(db(seq))
    .bind(as_json(&changed.slots))
    .bind(changed.nonce.0.as_slice())
    .bind(changed.signature.0.as_slice())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What came with heads after `since`, oldest first.
pub(crate) async fn slots_changed_since(
    tx: &mut Tx,
    account: AccountId,
    since: u64,
) -> Result<Vec<SlotsChanged>, StoreError> {
    let rows = sqlx::query(
        "select slots, nonce, signature from slots_changes where account = $1 and seq > $2 order by seq",
    )
    .bind(account.as_bytes())
    .bind(db(since))
    .fetch_all(&mut **tx)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(SlotsChanged {
                slots: json(&row.text("slots")?, "slots")?,
                nonce: Bytes(row.blob("nonce")?),
                signature: Bytes(row.blob("signature")?),
            })
        })
        .collect()
}
