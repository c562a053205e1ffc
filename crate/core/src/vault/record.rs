//! An item's sealed record: one ciphertext, and in the clear only what names it.
//!
//! ```text
//! AAD          encode("sigill/item/1", suite, vault_id, epoch, item_id, revision, schema, tombstone,
//!              writer_device, parent_hash?)
//! ciphertext   AES-256-GCM(items key, nonce, plaintext, AAD); a tombstone's plaintext is empty
//! record_hash  SHA-256(AAD ‖ nonce ‖ ciphertext)
//! ```

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::head::RootEntry;
use super::item::{ITEM_SCHEMAS, Item, PLAIN};
use super::key::EpochKeys;
use super::primitive::Nonce;
use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::Hash;

mod header;
#[cfg(test)]
mod tests;

pub use header::{Life, Place, RecordHeader};

/// A sealed record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    header: RecordHeader,
    nonce: Nonce,
    ciphertext: Vec<u8>,
}

/// What a record held.
#[cfg_attr(
    target_pointer_width = "64",
    expect(
        clippy::large_enum_variant,
        reason = "it is nearly always an item, and taken apart at once"
    )
)]
pub enum Opened {
    /// An item that can be read and written.
    Item(Item),
    /// Nothing: the item was erased.
    Tombstone,
    /// An item of a kind that a newer program wrote. It is kept, shown as such
    /// and not written.
    ReadOnly {
        /// Its schema.
        schema: u64,
        /// Its content, not understood.
        content: Zeroizing<Vec<u8>>,
    },
}

/// Why an item can't be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Its content is too large.
    #[error("the item has {bytes} bytes, more than {most}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        most: usize,
    },
}

/// Why a record can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// It was not sealed with these keys, or a bit of it is another.
    #[error("the record was not sealed with these keys, or was changed")]
    NotAuthentic,
    /// It was sealed with a suite that this program does not know.
    #[error("suite {0} is not known here")]
    UnknownSuite(u64),
    /// It is larger than any record.
    #[error("the record has {bytes} bytes of ciphertext, more than {most}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// It is not encoded as it must be.
    #[error(transparent)]
    Encoding(#[from] DecodeError),
}

impl Record {
    const LABEL: &'static str = "sigill/record/1";

    /// The largest plaintext: 1 MiB, the same for every device and the service.
    pub const MOST: usize = 1 << 20;

    /// Seals an item. `nonce` is random.
    ///
    /// # Errors
    /// [`SealError::TooLarge`].
    pub fn seal(
        place: Place,
        item: &Item,
        keys: &EpochKeys,
        nonce: Nonce,
    ) -> Result<Self, SealError> {
        let plaintext = item.to_padded();
        if plaintext.len() > Self::MOST {
            return Err(SealError::TooLarge {
                bytes: plaintext.len(),
                most: Self::MOST,
            });
        }
        let header = RecordHeader {
            place,
            schema: item.schema(),
            life: Life::Living,
        };
        Ok(Self::seal_bytes(header, &plaintext, keys, nonce))
    }

    /// Seals the tombstone of an item. `nonce` is random.
    #[must_use]
    pub fn erase(place: Place, keys: &EpochKeys, nonce: Nonce) -> Self {
        let header = RecordHeader {
            place,
            schema: PLAIN,
            life: Life::Tombstone,
        };
        Self::seal_bytes(header, &[], keys, nonce)
    }

    fn seal_bytes(header: RecordHeader, plaintext: &[u8], keys: &EpochKeys, nonce: Nonce) -> Self {
        let ciphertext = keys.items.seal(&nonce, &header.to_bytes(), plaintext);
        Self {
            header,
            nonce,
            ciphertext,
        }
    }

    /// Opens it.
    ///
    /// # Errors
    /// [`RecordError::NotAuthentic`], or [`RecordError::Encoding`] where
    /// whoever sealed it wrote nonsense.
    #[inline(never)] // called ten thousand times in a row: V8 compiles such a function well in the midst of it
    pub fn open(&self, keys: &EpochKeys) -> Result<Opened, RecordError> {
        let aad = self.header.to_bytes();
        let plaintext = keys
            .items
            .open(&self.nonce, &aad, &self.ciphertext)
            .map_err(|_| RecordError::NotAuthentic)?;
        match (self.header.life, self.header.schema) {
            (Life::Tombstone, _) if plaintext.is_empty() => Ok(Opened::Tombstone),
            (Life::Tombstone, _) => Err(DecodeError::Trailing.into()),
            (Life::Living, schema) if ITEM_SCHEMAS.contains(&schema) => {
                let item = Item::from_padded(&plaintext)?;
                (item.schema() == schema)
                    .then_some(Opened::Item(item))
                    .ok_or(RecordError::Encoding(DecodeError::Malformed))
            }
            (Life::Living, schema) => Ok(Opened::ReadOnly {
                schema,
                content: plaintext,
            }),
        }
    }

    /// The same content at another place, under the keys of that place's epoch;
    /// also where this program does not understand it. `nonce` is random.
    ///
    /// # Errors
    /// [`RecordError::NotAuthentic`].
    pub fn resealed(
        &self,
        place: Place,
        (from, to): (&EpochKeys, &EpochKeys),
        nonce: Nonce,
    ) -> Result<Self, RecordError> {
        let aad = self.header.to_bytes();
        let content = from
            .items
            .open(&self.nonce, &aad, &self.ciphertext)
            .map_err(|_| RecordError::NotAuthentic)?;
        let header = RecordHeader {
            place,
            ..self.header
        };
        Ok(Self::seal_bytes(header, &content, to, nonce))
    }

    /// What can be read of it without keys.
    #[must_use]
    pub const fn header(&self) -> &RecordHeader {
        &self.header
    }

    /// `record_hash`.
    #[must_use]
    pub fn hash(&self) -> Hash {
        let mut bytes = self.header.to_bytes();
        bytes.extend_from_slice(&self.nonce);
        bytes.extend_from_slice(&self.ciphertext);
        Hash::of(&bytes)
    }

    /// What the head's root says of it.
    #[must_use]
    pub fn root_entry(&self) -> RootEntry {
        RootEntry {
            item: self.header.place.item,
            revision: self.header.place.revision,
            record: self.hash(),
            life: self.header.life,
        }
    }

    /// Its canonical encoding.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        Encoder::new(Self::LABEL)
            .bytes(&self.header.to_bytes())
            .bytes(&self.nonce)
            .bytes(&self.ciphertext)
            .finish()
    }

    /// Reads what [`Record::to_bytes`] wrote, and nothing else.
    ///
    /// # Errors
    /// See [`RecordError`].
    #[inline(never)] // called ten thousand times in a row: V8 compiles such a function well in the midst of it
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RecordError> {
        let mut decoder = Decoder::open(Self::LABEL, bytes)?;
        let header = RecordHeader::from_bytes(decoder.bytes()?)?;
        let nonce = decoder.array()?;
        let ciphertext = decoder.bytes()?;
        decoder.finish()?;
        let most = Self::MOST + TAG;
        if ciphertext.len() > most {
            return Err(RecordError::TooLarge {
                bytes: ciphertext.len(),
                most,
            });
        }
        if ciphertext.len() < TAG {
            return Err(DecodeError::Malformed.into());
        }
        Ok(Self {
            header,
            nonce,
            ciphertext: ciphertext.to_vec(),
        })
    }
}

/// AES-GCM's tag, at the end of every ciphertext.
const TAG: usize = 16;
