//! What a backup says of a file whose chunks follow it.

use alloc::vec::Vec;

use super::BackupError;
use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::{FileId, FilesKeyId, Hash, ItemId};
use crate::vault::file::{Cut, SEAL};

/// A file of an item, as its chunks lay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedFile {
    /// The name of the key that they are sealed with.
    pub files_key: FilesKeyId,
    /// Its name among files.
    pub file: FileId,
    /// The item that it was attached to.
    pub item: ItemId,
    /// Its bytes, opened.
    pub size: u64,
    /// SHA-256 of its chunks one after the other, sealed as they are.
    pub sha256: Hash,
}

impl SealedFile {
    const LABEL: &'static str = "sigill/backup-files/1";

    /// Bytes of its chunks, sealed.
    #[must_use]
    pub fn sealed_size(&self) -> u64 {
        let seal = u64::try_from(SEAL).unwrap_or_default();
        let chunks = Cut::of(self.size).map_or(0, |cut| cut.chunks().into());
        self.size.saturating_add(chunks * seal)
    }

    /// `files`.
    pub(super) fn list(files: &[Self]) -> Vec<u8> {
        let list = Encoder::new(Self::LABEL).list(files.iter(), |e, file| {
            let encoder = file.item.encode(e);
            let encoder = file.files_key.encode(file.file.encode(encoder));
            file.sha256.encode(encoder.integer(file.size))
        });
        list.finish()
    }

    /// Reads `files`, and says what is left: those that [`SealedFile::list`] wrote,
    /// each once, in the order in which they lie on a device.
    pub(super) fn read_list(bytes: &[u8]) -> Result<(Vec<Self>, &[u8]), BackupError> {
        let cut = |_| BackupError::Incomplete;
        let mut decoder = Decoder::open(Self::LABEL, bytes).map_err(cut)?;
        let files = decoder.list(Self::read).map_err(cut)?;
        let is_ordered =
            files.is_sorted_by(|one, next| (one.files_key, one.file) < (next.files_key, next.file));
        let is_cut = |file: &Self| Cut::of(file.size).is_ok();
        if files.is_empty() || !is_ordered || !files.iter().all(is_cut) {
            return Err(DecodeError::Malformed.into());
        }
        Ok((files, decoder.rest()))
    }

    fn read(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            item: ItemId::decode(d)?,
            file: FileId::decode(d)?,
            files_key: FilesKeyId::decode(d)?,
            size: d.integer()?,
            sha256: Hash::decode(d)?,
        })
    }
}
