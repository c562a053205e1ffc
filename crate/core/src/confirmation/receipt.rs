//! The service's signed word that an act was executed.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::action::Action;
use super::words::Words;
use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::{AccountId, DeviceId, Hash, KeyId, OperationId};
use crate::vault::primitive;
use crate::wire::account::ReceiptKey;
use crate::wire::{Bytes, Seconds};

#[cfg(test)]
mod tests;

/// What the service says it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// The key that signs it.
    pub key: KeyId,
    /// The operation.
    pub operation: OperationId,
    /// Whose.
    pub account: AccountId,
    /// The device that asked.
    pub device: DeviceId,
    /// The act.
    pub action: Action,
    /// Everything that it was bound to.
    pub digest: Hash,
    /// When it was executed.
    pub executed_at: Seconds,
    /// The cloud's `seq` after it.
    pub new_seq: u64,
    /// Until when the displaced generation can be brought back; `executed_at`
    /// where nothing was displaced at the service.
    pub quarantine_until: Seconds,
}

/// Seconds of service time that a permit lives.
pub const PERMIT_LIFETIME: Seconds = 10 * 60;

impl Receipt {
    /// Whether it still permits what has no effect at the service: an act on the
    /// asking device alone, ten minutes by the service's clock. That the local
    /// head is still the one that the digest names, the device compares itself.
    #[must_use]
    pub const fn is_permit_at(&self, service_time: Seconds) -> bool {
        service_time < self.executed_at.saturating_add(PERMIT_LIFETIME)
    }
}

/// A receipt and its signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedReceipt {
    /// What it says.
    #[serde(flatten)]
    pub receipt: Receipt,
    /// Ed25519 over the encoded receipt, 64 bytes.
    pub signature: Bytes,
}

impl Receipt {
    const LABEL: &'static str = "sigill/receipt/1";

    /// ```text
    /// encode("sigill/receipt/1", key_id, operation, account, device, action, scope, digest,
    ///        executed_at, new_seq, quarantine_until)
    /// ```
    fn signed_bytes(&self) -> Vec<u8> {
        let encoder = self.key.encode(Encoder::new(Self::LABEL));
        let encoder = self.account.encode(self.operation.encode(encoder));
        let encoder = self.action.encode(self.device.encode(encoder));
        self.digest
            .encode(encoder)
            .integer(self.executed_at)
            .integer(self.new_seq)
            .integer(self.quarantine_until)
            .finish()
    }
}

/// What an effect did, in the transaction that did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// When.
    pub at: Seconds,
    /// The cloud's `seq` after it.
    pub new_seq: u64,
    /// Until when the displaced generation can be brought back; `at` where
    /// nothing was displaced at the service.
    pub quarantine_until: Seconds,
}

/// The secret half of a receipt key, as its 32-byte seed.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct ReceiptSigner([u8; 32]);

impl ReceiptSigner {
    /// Takes the seed over.
    #[must_use]
    pub const fn new(seed: [u8; 32]) -> Self {
        Self(seed)
    }

    /// The public half, as devices pin it.
    #[must_use]
    pub fn key(&self) -> PinnedKey {
        PinnedKey(primitive::ed25519_public(&self.0))
    }

    /// The key's name.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.key().id()
    }

    /// `Ed25519(seed, encode("sigill/receipt/1", …))`.
    pub(in crate::confirmation) fn sign(&self, receipt: Receipt) -> SignedReceipt {
        let signature = primitive::ed25519_sign(&self.0, &receipt.signed_bytes());
        SignedReceipt {
            receipt,
            signature: Bytes(signature.to_vec()),
        }
    }
}

/// The public half of a receipt key, as a device keeps it from first contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PinnedKey([u8; 32]);

/// The bytes are no key, or not the one that its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a receipt key of that name")]
pub struct NotAKey;

impl PinnedKey {
    /// Reads a key from the wire.
    ///
    /// # Errors
    /// [`NotAKey`].
    pub fn parse(key: &ReceiptKey) -> Result<Self, NotAKey> {
        let public: [u8; 32] = key.public.0.as_slice().try_into().map_err(|_| NotAKey)?;
        let pinned = Self(public);
        if pinned.id() == key.id {
            Ok(pinned)
        } else {
            Err(NotAKey)
        }
    }

    /// For the wire.
    #[must_use]
    pub fn to_wire(&self) -> ReceiptKey {
        ReceiptKey {
            id: self.id(),
            public: Bytes(self.0.to_vec()),
        }
    }

    /// Its name: the first 16 bytes of SHA-256 of the public half.
    #[must_use]
    pub fn id(&self) -> KeyId {
        let Hash(hash) = Hash::of(&self.0);
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        KeyId(id)
    }

    /// As four words that other devices show too.
    #[must_use]
    pub fn fingerprint(&self) -> Words {
        Words::fingerprint(&self.0)
    }

    pub(super) const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(super) const fn of_bytes(public: [u8; 32]) -> Self {
        Self(public)
    }
}

/// Why a receipt proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// It names another key than the pinned one.
    #[error("the receipt names another key")]
    Key,
    /// The signature is not the pinned key's over this receipt.
    #[error("the receipt's signature is not by the pinned key")]
    Signature,
}

impl SignedReceipt {
    const LABEL: &'static str = "sigill/signed-receipt/1";

    /// What it says, once its signature is the pinned key's (RFC 8032, strict).
    ///
    /// # Errors
    /// [`ReceiptError`].
    pub fn verify(&self, key: &PinnedKey) -> Result<&Receipt, ReceiptError> {
        if self.receipt.key != key.id() {
            return Err(ReceiptError::Key);
        }
        let signature = self.signature.0.as_slice().try_into();
        let signature: [u8; 64] = signature.map_err(|_| ReceiptError::Signature)?;
        primitive::ed25519_verify(&key.0, &self.receipt.signed_bytes(), &signature)
            .map(|()| &self.receipt)
            .map_err(|_| ReceiptError::Signature)
    }

    /// For storage.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.write(Encoder::new(Self::LABEL)).finish()
    }

    /// Reads what [`Self::to_bytes`] wrote, and nothing else.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut decoder = Decoder::open(Self::LABEL, bytes)?;
        let receipt = Self::read(&mut decoder)?;
        decoder.finish().map(|()| receipt)
    }

    pub(super) fn write(&self, encoder: Encoder) -> Encoder {
        let receipt = &self.receipt;
        let encoder = receipt.operation.encode(receipt.key.encode(encoder));
        let encoder = receipt.device.encode(receipt.account.encode(encoder));
        let encoder = receipt.digest.encode(receipt.action.write(encoder));
        encoder
            .integer(receipt.executed_at)
            .integer(receipt.new_seq)
            .integer(receipt.quarantine_until)
            .bytes(&self.signature.0)
    }

    pub(super) fn read(decoder: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let key = KeyId::decode(decoder)?;
        let operation = OperationId::decode(decoder)?;
        Ok(Self {
            receipt: Receipt {
                key,
                operation,
                account: AccountId::decode(decoder)?,
                device: DeviceId::decode(decoder)?,
                action: Action::read(decoder)?,
                digest: Hash::decode(decoder)?,
                executed_at: decoder.integer()?,
                new_seq: decoder.integer()?,
                quarantine_until: decoder.integer()?,
            },
            signature: Bytes(decoder.array::<64>()?.to_vec()),
        })
    }
}
