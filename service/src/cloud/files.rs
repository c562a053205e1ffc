//! Files of items: claimed, sent chunk by chunk, read, released. All without a key.
//!
//! Nothing is gone at once: what is released stays for 30 days, and comes back
//! when it is claimed again; what lies under the keys of a displaced generation
//! stays as long as that.

use sigill_core::confirmation::operation::Asker;
use sigill_core::id::{FileId, FilesKeyId, VaultId};
use sigill_core::vault::file::Cut;
use sigill_core::wire::Bytes;
use sigill_core::wire::file::{FileChunks, FileClaim, FileKept, FileStand, Files, MOST_CHUNKS};
use sigill_core::wire::problem::{Code, Problem, Quota};

use super::check::syncs;
use crate::account::Caller;
use crate::failure::Failure;
use crate::limits::DAY;
use crate::service::Service;
use crate::store::files::{
    FileName, FileRow, chunks_from, file, files_of, insert_chunk, places, save_file, taken,
};
use crate::store::{Store, StoreError, Tx};

/// What a file counts for at least: its row is not free, and the list of an
/// account's files has to have an end.
const LEAST: u64 = 64 << 10;
/// What an account may have altogether, in quotas: files of displaced generations
/// and released ones lie here for 30 days.
const QUOTAS: u64 = 4;

/// The files of an epoch.
pub(crate) async fn list(
    service: &Service,
    caller: &Caller,
    of: (VaultId, u64),
) -> Result<Files, Failure> {
    let asker = caller.asker();
    let mut tx = service.store.begin(asker.account).await?;
    syncs(&mut tx, asker).await?;
    let rows = files_of(&mut tx, asker.account, of).await?;
    let used = taken(&mut tx, asker.account, of).await?.epoch;
    let kept = rows.into_iter().map(|row| FileKept {
        file: row.name.file,
        files_key: row.name.files_key,
        size: row.size,
        missing: row.chunks.saturating_sub(row.stored),
        touched_at: row.touched_at,
        until: (row.released_at > 0).then(|| row.released_at.saturating_add(30 * DAY)),
    });
    Ok(Files {
        files: kept.collect(),
        used,
        limit: service.config.file_quota,
        now: service.now(),
    })
}

/// An item will name it, or still does.
pub(crate) async fn claim(
    service: &Service,
    caller: &Caller,
    claim: FileClaim,
) -> Result<FileStand, Failure> {
    let cut = Cut::of(claim.size).map_err(|_| Failure::from(Code::TooLarge))?;
    let asker = caller.asker();
    let mut tx = service.store.begin(asker.account).await?;
    syncs(&mut tx, asker).await?;
    let name = FileName {
        account: asker.account,
        file: claim.file,
        files_key: claim.files_key,
    };
    let mut row = FileRow {
        name,
        vault: claim.vault,
        epoch: claim.epoch,
        size: claim.size,
        bytes: claim.size.max(LEAST),
        chunks: cut.chunks(),
        stored: 0,
        touched_at: service.now(),
        released_at: 0,
    };
    match file(&mut tx, name).await? {
        Some(known) if !is_same(&known, &claim) => return Err(Code::FileDiffers.into()),
        Some(known) => {
            row.stored = known.stored;
            row.bytes = known.bytes;
            if known.released_at > 0 {
                check_room(service, &mut tx, (&row, known.bytes)).await?;
            }
        }
        None => check_room(service, &mut tx, (&row, 0)).await?,
    }
    save_file(&mut tx, &row).await?;
    let there = places(&mut tx, name).await?;
    tx.commit().await?;
    let missing = (0..row.chunks).filter(|place| there.binary_search(place).is_err());
    Ok(FileStand {
        missing: missing.collect(),
    })
}

fn is_same(known: &FileRow, claim: &FileClaim) -> bool {
    (known.vault, known.epoch, known.size) == (claim.vault, claim.epoch, claim.size)
}

/// Whether a file fits that is new, or lies here and is to come back; its whole
/// size counts from its claim on.
async fn check_room(
    service: &Service,
    tx: &mut Tx,
    (row, lies_here): (&FileRow, u64),
) -> Result<(), Failure> {
    let before = taken(tx, row.name.account, (row.vault, row.epoch)).await?;
    let limit = service.config.file_quota;
    let all = limit.saturating_mul(QUOTAS);
    let others = before.all.saturating_sub(lies_here);
    for (used, limit) in [(before.epoch, limit), (others, all)] {
        if used.saturating_add(row.bytes) > limit {
            let quota = Quota {
                used,
                wanted: row.bytes,
                limit,
            };
            return Err(Failure(Problem {
                quota: Some(quota),
                ..Problem::from(Code::QuotaExceeded)
            }));
        }
    }
    Ok(())
}

/// A file of the caller's that was claimed.
async fn claimed(
    tx: &mut Tx,
    asker: Asker,
    (id, files_key): (FileId, FilesKeyId),
) -> Result<FileRow, Failure> {
    syncs(tx, asker).await?;
    let name = FileName {
        account: asker.account,
        file: id,
        files_key,
    };
    file(tx, name).await?.ok_or_else(|| Code::NotFound.into())
}

/// Adds chunks: what is there already is no error, and never changes.
pub(crate) async fn add(
    service: &Service,
    caller: &Caller,
    (id, part): (FileId, FileChunks),
) -> Result<(), Failure> {
    let count = u32::try_from(part.chunks.len()).unwrap_or(u32::MAX);
    if count > MOST_CHUNKS {
        return Err(Code::TooLarge.into());
    }
    let asker = caller.asker();
    let mut tx = service.store.begin(asker.account).await?;
    let mut row = claimed(&mut tx, asker, (id, part.files_key)).await?;
    let cut = Cut::of(row.size).map_err(|_| Failure::from(Code::TooLarge))?;
    if part.from >= cut.chunks() {
        return Err(Code::MalformedVault.into());
    }
    for (place, chunk) in (part.from..).zip(&part.chunks) {
        let fits = cut.fits(place, chunk.0.len());
        fits.map_err(|_| Failure::from(Code::MalformedVault))?;
        if insert_chunk(&mut tx, row.name, (place, chunk)).await? {
            row.stored = row.stored.saturating_add(1);
        } else {
            stands(&mut tx, row.name, (place, chunk)).await?;
        }
    }
    row.touched_at = service.now();
    save_file(&mut tx, &row).await?;
    Ok(tx.commit().await?)
}

async fn stands(tx: &mut Tx, name: FileName, new: (u32, &Bytes)) -> Result<(), Failure> {
    let there = chunks_from(tx, name, (new.0, 1)).await?;
    match there.first() {
        Some((place, chunk)) if (*place, chunk) == new => Ok(()),
        Some(_) | None => Err(Code::FileDiffers.into()),
    }
}

/// Reads chunks, as many as follow one another.
pub(crate) async fn read(
    service: &Service,
    caller: &Caller,
    (id, files_key, from): (FileId, FilesKeyId, u32),
) -> Result<FileChunks, Failure> {
    let asker = caller.asker();
    let mut tx = service.store.begin(asker.account).await?;
    let row = claimed(&mut tx, asker, (id, files_key)).await?;
    if from >= row.chunks {
        return Err(Code::NotFound.into());
    }
    let found = chunks_from(&mut tx, row.name, (from, MOST_CHUNKS)).await?;
    let run = (from..)
        .zip(found)
        .take_while(|(due, (place, _))| due == place);
    let chunks: Vec<Bytes> = run.map(|(_, (_, chunk))| chunk).collect();
    if chunks.is_empty() {
        return Err(Code::NotFound.into());
    }
    Ok(FileChunks {
        files_key,
        from,
        chunks,
    })
}

/// No item names it any more: it goes in 30 days.
pub(crate) async fn release(
    service: &Service,
    caller: &Caller,
    name: (FileId, FilesKeyId),
) -> Result<(), Failure> {
    let asker = caller.asker();
    let mut tx = service.store.begin(asker.account).await?;
    let row = claimed(&mut tx, asker, name).await?;
    if row.released_at == 0 {
        let released_at = service.now();
        save_file(&mut tx, &FileRow { released_at, ..row }).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Erases what has had its time.
pub(crate) async fn tidy(store: &Store, now: u64) -> Result<(), StoreError> {
    let (released, left) = (now.saturating_sub(30 * DAY), now.saturating_sub(DAY));
    crate::store::files::forget_files(store, (released, left)).await
}
