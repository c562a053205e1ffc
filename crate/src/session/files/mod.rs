//! Files of items: their bytes, sealed in chunks, lie beside the vault's rows.
//!
//! | key | row |
//! |---|---|
//! | `f/<vault>/<epoch>/<files key>/<file>` | what the file is and how far it is: [`FileRow`] |
//! | `fc/<vault>/<epoch>/<files key>/<file>/<index>` | a chunk, as it goes to the service |
//! | `files` | when the service was last looked through, and what it had no room for |
//!
//! Rows are named by vault and epoch, not by generation: a generation that comes
//! back finds its files, and they go with the last one of their epoch.
//!
//! | module | one idea |
//! |---|---|
//! | [`attach`] | a file comes in, part by part, and an item names it |
//! | [`bring`] | files come in with an import |
//! | [`read`] | it is brought from the cloud, proved, and handed out |
//! | [`upload`] | what waits goes up before the item that names it |
//! | [`anew`] | under new keys, every chunk is sealed anew |
//! | [`sealed`] | a backup takes them along as they lie |
//! | [`tidy`] | what no item names goes, here and at the service |

mod anew;
mod attach;
mod bring;
mod read;
mod sealed;
mod tidy;
mod upload;

use sigill_core::encode::{DecodeError, Decoder, Encoder};
use sigill_core::id::{AccountId, FileId, FilesKeyId, ItemId, VaultId};
use sigill_core::vault::file::{Cut, FileError, FilePlace};
use sigill_core::vault::item::FileRef;
use sigill_core::wire::Seconds;

use super::Session;
use super::open::Open;
use super::vault::Vault;
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

pub(crate) use tidy::FILES;
pub(crate) use upload::Which;

const ROWS: &str = "f/";
const CHUNKS: &str = "fc/";

/// Chunks that are read, written or sent at once.
const STEP: u32 = sigill_core::wire::file::MOST_CHUNKS;

/// An epoch of a vault, as its files' rows name it: `<vault>/<epoch>/`.
pub(crate) fn epoch_of((vault, epoch): (VaultId, u64)) -> String {
    format!("{vault}/{epoch}/")
}

/// Which file, and under which key.
#[derive(Clone, Copy)]
struct Named {
    place: FilePlace,
    key: FilesKeyId,
    cut: Cut,
}

impl Named {
    fn tail(&self) -> String {
        let FilePlace {
            vault, epoch, file, ..
        } = self.place;
        format!("{}{}/{file}", epoch_of((vault, epoch)), self.key)
    }

    fn row(&self) -> String {
        [ROWS, &self.tail()].concat()
    }

    fn chunks(&self) -> String {
        [CHUNKS, &self.tail(), "/"].concat()
    }

    /// Of four digits, so that they lie in their order.
    fn chunk(&self, index: u32) -> String {
        format!("{}{index:04}", self.chunks())
    }
}

/// How far a file is on this device.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// A page is handing it over.
    Coming,
    /// It is here, and the cloud has yet to get it.
    Waiting,
    /// That account's cloud has it; here may be all of it, or some.
    InCloud(AccountId),
}

/// A file on this device.
#[derive(Clone, Copy)]
struct FileRow {
    item: ItemId,
    size: u64,
    stage: Stage,
    /// When its row was first written.
    at: Seconds,
}

impl FileRow {
    /// Whether the cloud of a vault's account lacks it; of a vault without one, nobody's has it.
    fn waits(&self, account: Option<AccountId>) -> bool {
        match self.stage {
            Stage::Coming => false,
            Stage::Waiting => true,
            Stage::InCloud(known) => account != Some(known),
        }
    }

    const LABEL: &'static str = "sigill/file-row/1";

    /// The same, whole and an item's.
    const fn here(self) -> Self {
        let stage = Stage::Waiting;
        Self { stage, ..self }
    }

    fn to_bytes(self) -> Vec<u8> {
        let (stage, account) = match self.stage {
            Stage::Coming => (0, None),
            Stage::Waiting => (1, None),
            Stage::InCloud(account) => (2, Some(account)),
        };
        self.item
            .encode(Encoder::new(Self::LABEL))
            .integer(self.size)
            .integer(stage)
            .optional(account, |e, account| account.encode(e))
            .integer(self.at)
            .finish()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut decoder = Decoder::open(Self::LABEL, bytes)?;
        let d = &mut decoder;
        let row = Self {
            item: ItemId::decode(d)?,
            size: d.integer()?,
            stage: match (d.integer()?, d.optional(AccountId::decode)?) {
                (0, None) => Stage::Coming,
                (1, None) => Stage::Waiting,
                (2, Some(account)) => Stage::InCloud(account),
                _ => return Err(DecodeError::Malformed),
            },
            at: d.integer()?,
        };
        decoder.finish()?;
        Ok(row)
    }
}

impl From<FileError> for Trouble {
    fn from(error: FileError) -> Self {
        match error {
            FileError::TooLarge { .. } => Self::FileTooLarge,
            FileError::DoesNotFit { .. } | FileError::Truncated { .. } => Self::FileIncomplete,
            FileError::NotAuthentic { .. } | FileError::OtherBytes => Self::FileDamaged,
        }
    }
}

/// A file of an item of the open vault.
fn named(
    vault: &Vault,
    open: &Open,
    (item, file, size): (ItemId, FileId, u64),
) -> Result<Named, Trouble> {
    let place = FilePlace {
        vault: vault.head.vault,
        epoch: vault.head.epoch,
        item,
        file,
    };
    Ok(Named {
        place,
        key: open.keys.files_key_id(),
        cut: Cut::of(size)?,
    })
}

/// The names in the key of a row: files key and file.
fn names_in(key: &str) -> Option<(FilesKeyId, FileId)> {
    let mut parts = key.rsplit('/');
    let file = parts.next()?.parse().ok()?;
    Some((parts.next()?.parse().ok()?, file))
}

impl<R: Rim> Session<R> {
    /// A file that an item has, or that its history can bring back.
    async fn file_of(&self, item: ItemId, id: FileId) -> Result<(Named, Open, FileRef), Trouble> {
        let (vault, open) = self.opened().await?;
        let files = vault.item(item, &open.keys)?.files_named();
        let file = files.find(&id).map(FileRef::copy);
        let file = file.ok_or(Trouble::NotFound)?;
        let named = named(&vault, &open, (item, id, file.size))?;
        Ok((named, open, file))
    }

    async fn file_row(&self, named: &Named) -> Result<Option<FileRow>, Trouble> {
        let row = self.rim.get(&named.row()).await?;
        let row = row.map(|row| FileRow::from_bytes(&row)).transpose();
        row.map_err(|_| Trouble::Damaged)
    }

    /// The rows of an epoch, with their keys.
    async fn file_rows(&self, of: (VaultId, u64)) -> Result<Vec<(Named, FileRow)>, Trouble> {
        let (vault, epoch) = of;
        let rows = self.rim.scan(&[ROWS, &epoch_of(of)].concat()).await?;
        let read = |(key, row): (String, Vec<u8>)| {
            let (files_key, file) = names_in(&key)?;
            let row = FileRow::from_bytes(&row).ok()?;
            let place = FilePlace {
                vault,
                epoch,
                item: row.item,
                file,
            };
            let cut = Cut::of(row.size).ok()?;
            let named = Named {
                place,
                key: files_key,
                cut,
            };
            Some((named, row))
        };
        let rows: Option<Vec<_>> = rows.into_iter().map(read).collect();
        rows.ok_or(Trouble::Damaged)
    }

    /// Which chunks of a file are here, in order.
    async fn chunks_here(&self, named: &Named) -> Result<Vec<u32>, Trouble> {
        let prefix = named.chunks();
        let keys = self.rim.keys(&prefix).await?;
        let index = |key: &String| key.strip_prefix(&prefix)?.parse().ok();
        Ok(keys.iter().filter_map(index).collect())
    }

    /// Removes a file's rows.
    async fn drop_file(&self, named: &Named, batch: &mut Batch) -> Result<(), Trouble> {
        batch.delete(named.row());
        batch.deletes.extend(self.rim.keys(&named.chunks()).await?);
        Ok(())
    }
}
