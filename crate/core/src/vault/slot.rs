//! The vault key, wrapped for one way of opening.
//!
//! ```text
//! Hpub   encode("sigill/slot/1", suite, vault_id, epoch, slot_kind, slot_id, kdf, parameters, salt)
//! KEK    HKDF(R, encode("sigill/kek/1", SHA-256(Hpub)))
//! CMT    HKDF(R, encode("sigill/commit/1", SHA-256(Hpub)))
//! SPK    public half of Ed25519(seed = HKDF(R, encode("sigill/slot-sign/1", SHA-256(Hpub))))
//! slot   Hpub ‖ CMT ‖ SPK ‖ nonce ‖ AES-256-GCM(KEK, nonce, VK, aad = Hpub ‖ CMT ‖ SPK)
//! ```
//! AES-GCM alone does not commit to its key: one ciphertext can open under two
//! keys. CMT does, and is compared before anything is decrypted. A right CMT is
//! also the only check of a password that there is.

use alloc::vec::Vec;

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::kdf::{Kdf, KdfError};
use super::key::{RootKey, VaultKey};
use super::primitive::{self, Nonce, SUITE};
use super::slots::SlotsChange;
use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::{Hash, SlotId, VaultId};

#[cfg(test)]
mod tests;

/// A way of opening a vault, with what its root key is derived by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotKind {
    /// `R = KDF(mp, salt)`. A vault has exactly one.
    Password {
        /// The cost.
        kdf: Kdf,
        /// Random.
        salt: [u8; 16],
    },
    /// `R = HKDF-Extract(salt, 160-bit code)`. At most one.
    Recovery {
        /// Random.
        salt: [u8; 16],
    },
    /// `R` = `WebAuthn` PRF output, its salt the slot's name.
    Passkey,
}

/// `Hpub`: what anyone may know of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotPublic {
    /// The vault.
    pub vault: VaultId,
    /// Its epoch.
    pub epoch: u64,
    /// The way of opening.
    pub kind: SlotKind,
    /// The slot's name.
    pub slot: SlotId,
}

/// Why a slot did not do what was asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlotError {
    /// The root key is not the one that it was sealed with.
    #[error("the root key is not the one that the slot was sealed with")]
    WrongKey,
    /// The root key is right and the rest was changed.
    #[error("the slot was changed after it was sealed")]
    Damaged,
    /// Passkey slots don't sign.
    #[error("a slot of this kind does not sign")]
    DoesNotSign,
    /// The signature is not by this slot over this change.
    #[error("the signature is not by this slot over this change")]
    BadSignature,
    /// Its derivation is out of bounds.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// It was sealed with a suite that this program does not know.
    #[error("suite {0} is not known here")]
    UnknownSuite(u64),
    /// It is not encoded as it must be.
    #[error(transparent)]
    Encoding(#[from] DecodeError),
}

impl SlotPublic {
    const LABEL: &'static str = "sigill/slot/1";

    const PASSWORD: u64 = 1;
    const RECOVERY: u64 = 2;
    const PASSKEY: u64 = 3;

    /// `Hpub`. A kind without a KDF leaves `kdf` and its parameters absent.
    fn to_bytes(self) -> Vec<u8> {
        let (kind, kdf, salt): (u64, Option<Kdf>, &[u8]) = match &self.kind {
            SlotKind::Password { kdf, salt } => (Self::PASSWORD, Some(*kdf), salt),
            SlotKind::Recovery { salt } => (Self::RECOVERY, None, salt),
            SlotKind::Passkey => (Self::PASSKEY, None, &[]),
        };
        let encoder = self.vault.encode(Encoder::new(Self::LABEL).integer(SUITE));
        self.slot
            .encode(encoder.integer(self.epoch).integer(kind))
            .optional(kdf, |e, kdf| kdf.encode(e))
            .bytes(salt)
            .finish()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, SlotError> {
        let mut decoder = Decoder::open(Self::LABEL, bytes)?;
        let suite = decoder.integer()?;
        if suite != SUITE {
            return Err(SlotError::UnknownSuite(suite));
        }
        let vault = VaultId::decode(&mut decoder)?;
        let epoch = decoder.integer()?;
        let kind = decoder.integer()?;
        let slot = SlotId::decode(&mut decoder)?;
        let mut refused = None;
        let kdf = decoder.optional(|d| {
            Kdf::decode(d).map_err(|error| {
                refused = Some(error);
                DecodeError::Malformed
            })
        });
        if let Some(error) = refused {
            return Err(error.into());
        }
        let kind = match (kind, kdf?) {
            (Self::PASSWORD, Some(kdf)) => SlotKind::Password {
                kdf,
                salt: decoder.array()?,
            },
            (Self::RECOVERY, None) => SlotKind::Recovery {
                salt: decoder.array()?,
            },
            (Self::PASSKEY, None) => decoder.array::<0>().map(|_| SlotKind::Passkey)?,
            _ => return Err(DecodeError::Malformed.into()),
        };
        decoder.finish()?;
        Ok(Self {
            vault,
            epoch,
            kind,
            slot,
        })
    }
}

const KEK: &str = "sigill/kek/1";
const COMMITMENT: &str = "sigill/commit/1";
const SIGNING: &str = "sigill/slot-sign/1";

/// `HKDF(R, encode(label, SHA-256(Hpub)))`.
fn derive(root: &RootKey, label: &'static str, hpub: &[u8]) -> Zeroizing<[u8; 32]> {
    let info = Hash::of(hpub).encode(Encoder::new(label)).finish();
    primitive::hkdf(&[], root.expose(), &info)
}

/// A slot, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    public: SlotPublic,
    commitment: [u8; 32],
    verifying: Option<[u8; 32]>,
    nonce: Nonce,
    wrapped: [u8; 48],
}

impl Slot {
    const LABEL: &'static str = "sigill/sealed-slot/1";

    /// Wraps `vault_key` for whoever derives `root`. `nonce` is random.
    #[must_use]
    pub fn seal(public: SlotPublic, root: &RootKey, vault_key: &VaultKey, nonce: Nonce) -> Self {
        let hpub = public.to_bytes();
        let mut slot = Self {
            public,
            commitment: *derive(root, COMMITMENT, &hpub),
            verifying: match public.kind {
                SlotKind::Password { .. } | SlotKind::Recovery { .. } => {
                    Some(primitive::ed25519_public(&derive(root, SIGNING, &hpub)))
                }
                SlotKind::Passkey => None,
            },
            nonce,
            wrapped: [0; 48],
        };
        let kek = derive(root, KEK, &hpub);
        let wrapped = primitive::seal(&kek, &nonce, &slot.associated(), vault_key.as_bytes());
        for (to, from) in slot.wrapped.iter_mut().zip(wrapped) {
            *to = from;
        }
        slot
    }

    /// Unwraps the vault key.
    ///
    /// # Errors
    /// [`SlotError::WrongKey`] for a wrong password, [`SlotError::Damaged`]
    /// where the password is right and the slot is not.
    pub fn open(&self, root: &RootKey) -> Result<VaultKey, SlotError> {
        if !self.matches(root) {
            return Err(SlotError::WrongKey);
        }
        let kek = derive(root, KEK, &self.public.to_bytes());
        let opened = primitive::open(&kek, &self.nonce, &self.associated(), &self.wrapped)
            .map_err(|_| SlotError::Damaged)?;
        let key: [u8; 32] = opened
            .as_slice()
            .try_into()
            .map_err(|_| SlotError::Damaged)?;
        Ok(VaultKey::from_random(key))
    }

    /// Whether `root` is what the slot was sealed with, in constant time and
    /// without decrypting: is this the master password?
    #[must_use]
    pub fn matches(&self, root: &RootKey) -> bool {
        let commitment = derive(root, COMMITMENT, &self.public.to_bytes());
        commitment.ct_eq(&self.commitment).into()
    }

    /// What anyone may know of it.
    #[must_use]
    pub const fn public(&self) -> &SlotPublic {
        &self.public
    }

    /// Signs a change of slots.
    ///
    /// # Errors
    /// [`SlotError::WrongKey`], or [`SlotError::DoesNotSign`] for a passkey slot.
    pub fn sign(&self, root: &RootKey, change: &SlotsChange) -> Result<[u8; 64], SlotError> {
        if self.verifying.is_none() {
            return Err(SlotError::DoesNotSign);
        }
        if !self.matches(root) {
            return Err(SlotError::WrongKey);
        }
        let seed = derive(root, SIGNING, &self.public.to_bytes());
        Ok(primitive::ed25519_sign(&seed, &change.to_bytes()))
    }

    /// Checks that this slot signed `change`.
    ///
    /// # Errors
    /// [`SlotError::BadSignature`], or [`SlotError::DoesNotSign`] for a passkey slot.
    pub fn verify(&self, change: &SlotsChange, signature: &[u8; 64]) -> Result<(), SlotError> {
        let public = self.verifying.ok_or(SlotError::DoesNotSign)?;
        primitive::ed25519_verify(&public, &change.to_bytes(), signature)
            .map_err(|_| SlotError::BadSignature)
    }

    /// `Hpub ‖ CMT ‖ SPK`.
    fn associated(&self) -> Vec<u8> {
        let mut bytes = self.public.to_bytes();
        bytes.extend_from_slice(&self.commitment);
        bytes.extend(self.verifying.iter().flatten());
        bytes
    }

    /// Its canonical encoding.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        Encoder::new(Self::LABEL)
            .bytes(&self.public.to_bytes())
            .bytes(&self.commitment)
            .optional(self.verifying, |e, key| e.bytes(&key))
            .bytes(&self.nonce)
            .bytes(&self.wrapped)
            .finish()
    }

    /// Reads what [`Slot::to_bytes`] wrote, and nothing else.
    ///
    /// # Errors
    /// See [`SlotError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SlotError> {
        let mut decoder = Decoder::open(Self::LABEL, bytes)?;
        let slot = Self {
            public: SlotPublic::from_bytes(decoder.bytes()?)?,
            commitment: decoder.array()?,
            verifying: decoder.optional(Decoder::array)?,
            nonce: decoder.array()?,
            wrapped: decoder.array()?,
        };
        decoder.finish()?;
        match (slot.public.kind, slot.verifying) {
            (SlotKind::Password { .. } | SlotKind::Recovery { .. }, Some(_))
            | (SlotKind::Passkey, None) => Ok(slot),
            (SlotKind::Password { .. } | SlotKind::Recovery { .. }, None)
            | (SlotKind::Passkey, Some(_)) => Err(DecodeError::Malformed.into()),
        }
    }
}
