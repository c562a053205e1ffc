//! What names a record: in the clear, and authenticated with its content.

use alloc::vec::Vec;

use super::RecordError;
use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::{DeviceId, Hash, ItemId, VaultId};
use crate::vault::primitive::SUITE;

/// Which record it is; authenticated with its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The vault.
    pub vault: VaultId,
    /// Its epoch.
    pub epoch: u64,
    /// The item.
    pub item: ItemId,
    /// Counts the item's records, from 1.
    pub revision: u64,
    /// The device that wrote it.
    pub writer: DeviceId,
    /// The record that it follows.
    pub parent: Option<Hash>,
}

/// Whether a record holds an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Life {
    /// It does.
    Living,
    /// The item was erased; the record is its tombstone.
    Tombstone,
}

impl Life {
    pub(in crate::vault) const fn number(self) -> u64 {
        match self {
            Self::Living => 0,
            Self::Tombstone => 1,
        }
    }
}

/// All that the service can read of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordHeader {
    /// Which it is.
    pub place: Place,
    /// How its content is encoded.
    pub schema: u64,
    /// Whether there is any.
    pub life: Life,
}

impl RecordHeader {
    const LABEL: &'static str = "sigill/item/1";

    /// `AAD`.
    pub(super) fn to_bytes(self) -> Vec<u8> {
        let Place {
            vault,
            epoch,
            item,
            revision,
            writer,
            parent,
        } = self.place;
        let encoder = vault.encode(Encoder::new(Self::LABEL).integer(SUITE));
        let encoder = item.encode(encoder.integer(epoch)).integer(revision);
        let encoder = encoder.integer(self.schema).integer(self.life.number());
        writer
            .encode(encoder)
            .optional(parent, |e, hash| hash.encode(e))
            .finish()
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, RecordError> {
        let mut decoder = Decoder::open(Self::LABEL, bytes)?;
        let d = &mut decoder;
        let suite = d.integer()?;
        if suite != SUITE {
            return Err(RecordError::UnknownSuite(suite));
        }
        let vault = VaultId::decode(d)?;
        let epoch = d.integer()?;
        let item = ItemId::decode(d)?;
        let revision = d.integer()?;
        let schema = d.integer()?;
        let life = match d.integer()? {
            0 => Life::Living,
            1 => Life::Tombstone,
            2.. => return Err(DecodeError::Malformed.into()),
        };
        let place = Place {
            vault,
            epoch,
            item,
            revision,
            writer: DeviceId::decode(d)?,
            parent: d.optional(Hash::decode)?,
        };
        decoder.finish()?;
        if revision == 0 {
            return Err(DecodeError::Malformed.into());
        }
        Ok(Self {
            place,
            schema,
            life,
        })
    }
}
