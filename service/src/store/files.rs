//! Files of items and their chunks, sealed.

use sqlx::any::AnyRow;

use sigill_core::id::{AccountId, FileId, FilesKeyId, VaultId};
use sigill_core::wire::{Bytes, Seconds};

use super::{Columns, Store, StoreError, Tx, db};

/// Accounts whose files are looked through in one run of tidying.
const MOST_ACCOUNTS: i64 = 1_000;

/// Which file: its account, its name, and the key that it is sealed under.
#[derive(Clone, Copy)]
pub(crate) struct FileName {
    pub(crate) account: AccountId,
    pub(crate) file: FileId,
    pub(crate) files_key: FilesKeyId,
}

/// A file.
#[derive(Clone, Copy)]
pub(crate) struct FileRow {
    pub(crate) name: FileName,
    pub(crate) vault: VaultId,
    pub(crate) epoch: u64,
    pub(crate) size: u64,
    /// What it counts for.
    pub(crate) bytes: u64,
    pub(crate) chunks: u32,
    pub(crate) stored: u32,
    pub(crate) touched_at: Seconds,
    /// 0 while an item may name it.
    pub(crate) released_at: Seconds,
}

impl FileRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            name: FileName {
                account: AccountId(row.array("account")?),
                file: FileId(row.array("file")?),
                files_key: FilesKeyId(row.array("files_key")?),
            },
            vault: VaultId(row.array("vault")?),
            epoch: row.integer("epoch")?,
            size: row.integer("size")?,
            bytes: row.integer("bytes")?,
            chunks: row.small("chunks")?,
            stored: row.small("stored")?,
            touched_at: row.integer("touched_at")?,
            released_at: row.integer("released_at")?,
        })
    }
}

pub(crate) async fn file(tx: &mut Tx, name: FileName) -> Result<Option<FileRow>, StoreError> {
    let row =
        sqlx::query("select * from files where account = $1 and file = $2 and files_key = $3")
            .bind(name.account.as_bytes())
            .bind(name.file.as_bytes())
            .bind(name.files_key.as_bytes())
            .fetch_optional(&mut **tx)
            .await?;
    row.as_ref().map(FileRow::read).transpose()
}

/// Writes a file's row, new or over the one of its name.
pub(crate) async fn save_file(tx: &mut Tx, row: &FileRow) -> Result<(), StoreError> {
    sqlx::query(
        "insert into files (account, file, files_key, vault, epoch, size, bytes, chunks, stored, touched_at, \
         released_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         on conflict (account, file, files_key) do update set stored = excluded.stored, \
         touched_at = excluded.touched_at, released_at = excluded.released_at",
    )
    .bind(row.name.account.as_bytes())
    .bind(row.name.file.as_bytes())
    .bind(row.name.files_key.as_bytes())
    .bind(row.vault.as_bytes())
    .bind(db(row.epoch))
    .bind(db(row.size))
    .bind(db(row.bytes))
    .bind(i64::from(row.chunks))
    .bind(i64::from(row.stored))
    .bind(db(row.touched_at))
    .bind(db(row.released_at))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The files of an epoch, by name.
pub(crate) async fn files_of(
    tx: &mut Tx,
    account: AccountId,
    (vault, epoch): (VaultId, u64),
) -> Result<Vec<FileRow>, StoreError> {
    let rows = sqlx::query(
        "select * from files where account = $1 and vault = $2 and epoch = $3 order by file, files_key",
    )
    .bind(account.as_bytes())
    .bind(vault.as_bytes())
    .bind(db(epoch))
    .fetch_all(&mut **tx)
    .await?;
    rows.iter().map(FileRow::read).collect()
}

/// What an account's files count for.
#[derive(Clone, Copy)]
pub(crate) struct Taken {
    /// Those of one epoch that items may name.
    pub(crate) epoch: u64,
    /// All that lie here.
    pub(crate) all: u64,
    /// How many lie here.
    pub(crate) files: u64,
}

pub(crate) async fn taken(
    tx: &mut Tx,
    account: AccountId,
    (vault, epoch): (VaultId, u64),
) -> Result<Taken, StoreError> {
    let row = sqlx::query(
        "select cast(coalesce(sum(case when vault = $2 and epoch = $3 and released_at = 0 then bytes else 0 end), 0) \
         as bigint) as of_epoch, cast(coalesce(sum(bytes), 0) as bigint) as of_all, count(*) as files \
         from files where account = $1",
    )
    .bind(account.as_bytes())
    .bind(vault.as_bytes())
    .bind(db(epoch))
    .fetch_one(&mut **tx)
    .await?;
    Ok(Taken {
        epoch: row.integer("of_epoch")?,
        all: row.integer("of_all")?,
        files: row.integer("files")?,
    })
}

/// Puts a chunk into its place, where nothing stands; whether it did.
pub(crate) async fn insert_chunk(
    tx: &mut Tx,
    name: FileName,
    (place, chunk): (u32, &Bytes),
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "insert into chunks (account, file, files_key, place, chunk) values ($1, $2, $3, $4, $5) \
         on conflict (account, file, files_key, place) do nothing",
    )
    .bind(name.account.as_bytes())
    .bind(name.file.as_bytes())
    .bind(name.files_key.as_bytes())
    .bind(i64::from(place))
    .bind(chunk.0.as_slice())
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Chunks from a place on, with their places, at most so many.
pub(crate) async fn chunks_from(
    tx: &mut Tx,
    name: FileName,
    (from, most): (u32, u32),
) -> Result<Vec<(u32, Bytes)>, StoreError> {
    let rows = sqlx::query(
        "select place, chunk from chunks where account = $1 and file = $2 and files_key = $3 and place >= $4 \
         order by place limit $5",
    )
    .bind(name.account.as_bytes())
    .bind(name.file.as_bytes())
    .bind(name.files_key.as_bytes())
    .bind(i64::from(from))
    .bind(i64::from(most))
    .fetch_all(&mut **tx)
    .await?;
    rows.iter()
        .map(|row| Ok((row.small("place")?, Bytes(row.blob("chunk")?))))
        .collect()
}

/// The places of the chunks that are there, in order.
pub(crate) async fn places(tx: &mut Tx, name: FileName) -> Result<Vec<u32>, StoreError> {
    let rows = sqlx::query(
        "select place from chunks where account = $1 and file = $2 and files_key = $3 order by place",
    )
    .bind(name.account.as_bytes())
    .bind(name.file.as_bytes())
    .bind(name.files_key.as_bytes())
    .fetch_all(&mut **tx)
    .await?;
    rows.iter().map(|row| row.small("place")).collect()
}

/// Erases what no item can name any more: released before `released`; or of an
/// epoch of which no generation lies here, or not whole, and left since `left`.
pub(crate) async fn forget_files(
    store: &Store,
    (released, left): (Seconds, Seconds),
) -> Result<(), StoreError> {
    let sql = [
        "select distinct account from files where ",
        DUE,
        " limit $3",
    ]
    .concat();
    let due = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(db(released))
        .bind(db(left))
        .bind(MOST_ACCOUNTS)
        .fetch_all(store.pool())
        .await?;
    for row in due {
        let account = AccountId(row.array("account")?);
        forget_files_of(store, account, (released, left)).await?;
    }
    Ok(())
}

/// Condition over `files`, in the terms of [`forget_files`].
const DUE: &str = "((released_at > 0 and released_at <= $1) or (touched_at <= $2 and (stored < chunks or not exists \
     (select 1 from generations where generations.account = files.account and generations.vault = files.vault \
     and generations.epoch = files.epoch))))";

/// In one transaction with the chunks: whoever claims a file meanwhile waits.
async fn forget_files_of(
    store: &Store,
    account: AccountId,
    (released, left): (Seconds, Seconds),
) -> Result<(), StoreError> {
    let mut tx = store.begin(account).await?;
    let sql = ["select * from files where ", DUE, " and account = $3"].concat();
    let due = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(db(released))
        .bind(db(left))
        .bind(account.as_bytes())
        .fetch_all(&mut *tx)
        .await?;
    for row in &due {
        let name = FileRow::read(row)?.name;
        for statement in [
            "delete from chunks where account = $1 and file = $2 and files_key = $3",
            "delete from files where account = $1 and file = $2 and files_key = $3",
        ] {
            sqlx::query(statement)
                .bind(name.account.as_bytes())
                .bind(name.file.as_bytes())
                .bind(name.files_key.as_bytes())
                .execute(&mut *tx)
                .await?;
        }
    }
    Ok(tx.commit().await?)
}
