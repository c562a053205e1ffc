//! The bytes of a file, sealed in chunks: one at a time in memory, each in its
//! place.
//!
//! ```text
//! chunks   the file in steps of 64 KiB, the last as long as it is; an empty file is one empty chunk
//! AAD      encode("sigill/chunk/1", vault_id, epoch, item_id, file_id, index, last: 0 | 1)
//! chunk    nonce ‖ AES-256-GCM(files key, nonce, bytes, AAD)
//! ```
//! A chunk of another place, file, item, vault or epoch does not open, and a
//! file that lacks chunks at its end has no last one. What the item says of the
//! file, its size and its SHA-256, is proved by [`Reading::finish`].

use alloc::vec::Vec;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::item::FileRef;
use super::key::EpochKeys;
use super::primitive::{self, Nonce};
use crate::encode::Encoder;
use crate::id::{FileId, Hash, ItemId, VaultId};

#[cfg(test)]
mod tests;

/// Bytes of the file in every chunk but the last.
pub const CHUNK: usize = 64 << 10;

/// Bytes that sealing adds to a chunk: nonce and tag.
pub const SEAL: usize = 12 + 16;

/// What a chunk belongs to; authenticated with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilePlace {
    /// The vault.
    pub vault: VaultId,
    /// Its epoch.
    pub epoch: u64,
    /// The item.
    pub item: ItemId,
    /// The file.
    pub file: FileId,
}

/// How a file of so many bytes is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    chunks: u32,
    /// Bytes in the last chunk.
    last: usize,
}

/// Why a file can't be sealed or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is larger than any file of an item.
    #[error("the file has {bytes} bytes, more than {most}")]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The limit.
        most: u64,
    },
    /// There is no such chunk, or it has another length than that place takes.
    #[error("chunk {index} does not fit")]
    DoesNotFit {
        /// Which.
        index: u32,
    },
    /// A chunk was not sealed with these keys for this place, or was changed.
    #[error("chunk {index} was not sealed with these keys for this place, or was changed")]
    NotAuthentic {
        /// Which.
        index: u32,
    },
    /// Chunks are missing at its end.
    #[error("the file ends before chunk {index}")]
    Truncated {
        /// The first that is missing.
        index: u32,
    },
    /// Its bytes are not those that its item names.
    #[error("the bytes are not those that the item names")]
    OtherBytes,
}

impl Cut {
    const STEP: u64 = 64 << 10;

    /// Of a file of `size` bytes.
    ///
    /// # Errors
    /// [`FileError::TooLarge`].
    pub fn of(size: u64) -> Result<Self, FileError> {
        let most = FileRef::MOST;
        let too_large = FileError::TooLarge { bytes: size, most };
        let bytes = usize::try_from(size).map_err(|_| too_large)?;
        if size > most {
            return Err(too_large);
        }
        let before = bytes.saturating_sub(1) / CHUNK;
        Ok(Self {
            chunks: u32::try_from(before + 1).map_err(|_| too_large)?,
            last: bytes - before * CHUNK,
        })
    }

    /// How many chunks there are; one at least.
    #[must_use]
    pub const fn chunks(self) -> u32 {
        self.chunks
    }

    /// Bytes of the file.
    #[must_use]
    pub fn size(self) -> u64 {
        let before = u64::from(self.chunks - 1) * Self::STEP;
        u64::try_from(self.last).map_or(before, |last| before + last)
    }

    /// Bytes in a chunk.
    ///
    /// # Errors
    /// [`FileError::DoesNotFit`] where there is no such chunk.
    pub const fn length(self, index: u32) -> Result<usize, FileError> {
        match self.chunks.checked_sub(index) {
            None | Some(0) => Err(FileError::DoesNotFit { index }),
            Some(1) => Ok(self.last),
            Some(2..) => Ok(CHUNK),
        }
    }

    /// Whether a sealed chunk of so many bytes fits there; all that can be said
    /// without keys.
    ///
    /// # Errors
    /// [`FileError::DoesNotFit`].
    pub fn fits(self, index: u32, sealed: usize) -> Result<(), FileError> {
        if self.length(index)? + SEAL == sealed {
            Ok(())
        } else {
            Err(FileError::DoesNotFit { index })
        }
    }

    const fn is_last(self, index: u32) -> bool {
        index + 1 == self.chunks
    }
}

impl FilePlace {
    const LABEL: &'static str = "sigill/chunk/1";

    /// `AAD`.
    fn aad(&self, cut: Cut, index: u32) -> Vec<u8> {
        let encoder = self.vault.encode(Encoder::new(Self::LABEL));
        let encoder = self.item.encode(encoder.integer(self.epoch));
        self.file
            .encode(encoder)
            .integer(index.into())
            .integer(cut.is_last(index).into())
            .finish()
    }
}

/// Seals a chunk. `nonce` is random.
///
/// # Errors
/// [`FileError::DoesNotFit`].
pub fn seal_chunk(
    place: &FilePlace,
    (cut, index): (Cut, u32),
    bytes: &[u8],
    (keys, nonce): (&EpochKeys, Nonce),
) -> Result<Vec<u8>, FileError> {
    if cut.length(index)? != bytes.len() {
        return Err(FileError::DoesNotFit { index });
    }
    let sealed = primitive::seal(&keys.files, &nonce, &place.aad(cut, index), bytes);
    let mut chunk = Vec::with_capacity(nonce.len() + sealed.len());
    chunk.extend_from_slice(&nonce);
    chunk.extend_from_slice(&sealed);
    Ok(chunk)
}

/// Opens a chunk.
///
/// # Errors
/// [`FileError::DoesNotFit`], [`FileError::NotAuthentic`].
pub fn open_chunk(
    place: &FilePlace,
    (cut, index): (Cut, u32),
    chunk: &[u8],
    keys: &EpochKeys,
) -> Result<Zeroizing<Vec<u8>>, FileError> {
    cut.fits(index, chunk.len())?;
    let (nonce, sealed) = chunk
        .split_first_chunk()
        .ok_or(FileError::DoesNotFit { index })?;
    primitive::open(&keys.files, nonce, &place.aad(cut, index), sealed)
        .map_err(|_| FileError::NotAuthentic { index })
}

/// A file that is read chunk by chunk, in order; nothing of it is kept but the
/// hash so far.
pub struct Reading<'a> {
    place: FilePlace,
    keys: &'a EpochKeys,
    cut: Cut,
    next: u32,
    sha256: Sha256,
}

impl<'a> Reading<'a> {
    /// Begins a file of `size` bytes.
    ///
    /// # Errors
    /// [`FileError::TooLarge`].
    pub fn begin(place: FilePlace, size: u64, keys: &'a EpochKeys) -> Result<Self, FileError> {
        Ok(Self {
            place,
            keys,
            cut: Cut::of(size)?,
            next: 0,
            sha256: Sha256::new(),
        })
    }

    /// Opens the next chunk.
    ///
    /// # Errors
    /// [`FileError::DoesNotFit`] past the last one too, [`FileError::NotAuthentic`].
    pub fn next(&mut self, chunk: &[u8]) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let bytes = open_chunk(&self.place, (self.cut, self.next), chunk, self.keys)?;
        self.sha256.update(&bytes);
        self.next += 1;
        Ok(bytes)
    }

    /// Proves the whole: all chunks were read, and they are what the item names.
    ///
    /// # Errors
    /// [`FileError::Truncated`], [`FileError::OtherBytes`].
    pub fn finish(self, sha256: Hash) -> Result<(), FileError> {
        if self.next != self.cut.chunks {
            return Err(FileError::Truncated { index: self.next });
        }
        if Hash(self.sha256.finalize().into()) == sha256 {
            Ok(())
        } else {
            Err(FileError::OtherBytes)
        }
    }
}
