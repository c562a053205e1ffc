//! How far the epochs of each vault went. They only rise.

use sigill_core::id::{AccountId, VaultId};
use sigill_core::wire::vault::HighestEpoch;

use super::{Columns, StoreError, Tx, db};

/// The vault has this epoch, and every lower one behind it.
pub(super) async fn raise_epoch(
    tx: &mut Tx,
    account: AccountId,
    (vault, epoch): (VaultId, u64),
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into epochs (account, vault, highest) values ($1, $2, $3) on conflict (account, vault) \
         do update set highest = case when excluded.highest > epochs.highest then excluded.highest \
         else epochs.highest end",
    )
    .bind(account.as_bytes())
    .bind(vault.as_bytes())
    .bind(db(epoch))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The highest epoch that a vault ever had in an account's cloud.
pub(crate) async fn highest_epoch(
    tx: &mut Tx,
    account: AccountId,
    vault: VaultId,
) -> Result<Option<u64>, StoreError> {
    let known = epochs(tx, account).await?.into_iter();
    Ok(known
        .filter(|known| known.vault == vault)
        .map(|known| known.epoch)
        .next())
}

/// Of all its vaults.
pub(crate) async fn epochs(
    tx: &mut Tx,
    account: AccountId,
) -> Result<Vec<HighestEpoch>, StoreError> {
    let rows = sqlx::query("select vault, highest from epochs where account = $1 order by vault")
        .bind(account.as_bytes())
        .fetch_all(&mut **tx)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(HighestEpoch {
                vault: VaultId(row.array("vault")?),
                epoch: row.integer("highest")?,
            })
        })
        .collect()
}
