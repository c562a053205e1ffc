//! What a device remembers, so that nobody can show it the past.

use alloc::vec::Vec;

use super::Refused;
use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::{Hash, VaultId};
use crate::vault::head::Head;
use crate::vault::kdf::{Kdf, KdfError};

/// The newest head that a device knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin {
    /// The vault.
    pub vault: VaultId,
    /// Its epoch.
    pub epoch: u64,
    /// The highest `seq` followed.
    pub seq: u64,
    /// Hash of that head.
    pub head_hash: Hash,
    /// How the password slot is derived.
    pub kdf: Kdf,
}

/// Why bytes are not a pin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// Its derivation is out of bounds.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// It is not encoded as it must be.
    #[error(transparent)]
    Encoding(#[from] DecodeError),
}

impl Pin {
    const LABEL: &'static str = "sigill/pin/1";

    /// Pins `head`. Only for heads that this device wrote, and for the first
    /// that it sees of a vault; every other comes out of [`super::follow`].
    #[must_use]
    pub fn first(head: &Head, kdf: Kdf) -> Self {
        Self {
            vault: head.vault,
            epoch: head.epoch,
            seq: head.seq,
            head_hash: head.hash(),
            kdf,
        }
    }

    /// Its canonical encoding.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let encoder = self.vault.encode(Encoder::new(Self::LABEL));
        let encoder = encoder.integer(self.epoch).integer(self.seq);
        self.kdf.encode(self.head_hash.encode(encoder)).finish()
    }

    /// Reads what [`Pin::to_bytes`] wrote, and nothing else.
    ///
    /// # Errors
    /// See [`PinError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PinError> {
        let mut decoder = Decoder::open(Self::LABEL, bytes)?;
        let pin = Self {
            vault: VaultId::decode(&mut decoder)?,
            epoch: decoder.integer()?,
            seq: decoder.integer()?,
            head_hash: Hash::decode(&mut decoder)?,
            kdf: Kdf::decode(&mut decoder)?,
        };
        decoder.finish()?;
        Ok(pin)
    }

    /// Checks what the service says stands now against this pin, after the
    /// heads it sent were followed.
    ///
    /// # Errors
    /// [`Refused::RolledBack`], [`Refused::Forked`], [`Refused::NotReached`].
    pub fn stands_at(&self, seq: u64, head_hash: Hash) -> Result<(), Refused> {
        if seq < self.seq {
            return Err(Refused::RolledBack {
                pinned: self.seq,
                found: seq,
            });
        }
        if seq > self.seq {
            return Err(Refused::NotReached {
                reached: self.seq,
                said: seq,
            });
        }
        if head_hash == self.head_hash {
            Ok(())
        } else {
            Err(Refused::Forked { seq })
        }
    }

    /// Checks the derivation of a password slot that the service shows.
    ///
    /// # Errors
    /// [`Refused::WeakerKdf`].
    pub fn accepts(&self, kdf: Kdf) -> Result<(), Refused> {
        if kdf.is_at_least(self.kdf) {
            Ok(())
        } else {
            Err(Refused::WeakerKdf)
        }
    }
}
