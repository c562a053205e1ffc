//! From a master password to the keys of an epoch.
//!
//! ```text
//! mp    NFKC(master password), UTF-8, not trimmed, 1…1024 bytes
//! R     KDF(mp, salt16)
//! VK    32 random bytes, one per epoch
//! items, files, index, head key = HKDF(VK, encode(own label, vault_id, epoch))
//! ```

use alloc::vec::Vec;
use core::str;

use zeroize::Zeroizing;

use super::primitive::{self, Argon2Cost, Argon2Error};
use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::VaultId;

/// What a person opens the vault with. Never trimmed, never printed, wiped on drop.
pub struct MasterPassword(Zeroizing<Vec<u8>>);

/// Why bytes are not a master password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MasterPasswordError {
    /// There is none.
    #[error("a master password has at least one character")]
    Empty,
    /// It is longer than any that a person types.
    #[error("a master password has at most 1024 bytes, this one {bytes}")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// It is not text.
    #[error("a master password is UTF-8")]
    NotText,
}

impl MasterPassword {
    const MOST: usize = 1024;

    /// Takes the password over. The rim has normalised it to NFKC
    /// (`String.normalize` in the browser): the tables for it are larger than
    /// the whole core.
    ///
    /// # Errors
    /// See [`MasterPasswordError`].
    pub fn parse(nfkc: Vec<u8>) -> Result<Self, MasterPasswordError> {
        let password = Zeroizing::new(nfkc);
        if password.is_empty() {
            return Err(MasterPasswordError::Empty);
        }
        if password.len() > Self::MOST {
            let bytes = password.len();
            return Err(MasterPasswordError::TooLong { bytes });
        }
        str::from_utf8(&password).map_err(|_| MasterPasswordError::NotText)?;
        Ok(Self(password))
    }
}

/// How a root key is derived, within the bounds of [`KdfError`]: only
/// [`Kdf::argon2id`] and [`Kdf::pbkdf2`] make one, so a hostile service can
/// neither weaken a vault nor hang the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kdf {
    /// RFC 9106.
    #[non_exhaustive]
    Argon2id {
        /// KiB: 19 MiB … 1 GiB.
        memory_kib: u32,
        /// Passes: 2 … 16.
        iterations: u32,
        /// Lanes: 1 … 16.
        parallelism: u32,
    },
    /// RFC 8018 with HMAC-SHA-256.
    #[non_exhaustive]
    Pbkdf2 {
        /// Rounds: 600,000 … 10,000,000.
        iterations: u32,
    },
}

/// What a cost is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostParameter {
    /// Argon2id's memory, in KiB.
    Memory,
    /// Passes or rounds.
    Iterations,
    /// Argon2id's lanes.
    Parallelism,
}

/// Why a derivation is refused, before any work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KdfError {
    /// Too cheap to guess at.
    #[error("{parameter:?} is {found}, below {least}")]
    TooWeak {
        /// Which.
        parameter: CostParameter,
        /// What was asked for.
        found: u32,
        /// The floor.
        least: u32,
    },
    /// It would hang the browser.
    #[error("{parameter:?} is {found}, above {most}")]
    TooHeavy {
        /// Which.
        parameter: CostParameter,
        /// What was asked for.
        found: u32,
        /// The ceiling.
        most: u32,
    },
    /// An algorithm that suite 1 does not have.
    #[error("suite 1 has no derivation number {number}")]
    UnknownAlgorithm {
        /// Its number.
        number: u64,
    },
    /// It is not encoded as it must be.
    #[error(transparent)]
    Encoding(#[from] DecodeError),
}

impl Kdf {
    /// RFC 9106's second recommendation: 64 MiB, t = 3, p = 4.
    pub const DEFAULT: Self = Self::Argon2id {
        memory_kib: 64 * 1024,
        iterations: 3,
        parallelism: 4,
    };
    /// PBKDF2 for the person who wants it.
    pub const DEFAULT_PBKDF2: Self = Self::Pbkdf2 {
        iterations: 600_000,
    };

    /// Numbers in the canonical encoding.
    const ARGON2ID: u64 = 1;
    const PBKDF2: u64 = 2;

    /// Argon2id with a cost between floor and ceiling.
    ///
    /// # Errors
    /// [`KdfError`] names the parameter that is out of bounds.
    pub fn argon2id(memory_kib: u32, iterations: u32, parallelism: u32) -> Result<Self, KdfError> {
        within(CostParameter::Memory, memory_kib, 19 * 1024, 1024 * 1024)?;
        within(CostParameter::Iterations, iterations, 2, 16)?;
        within(CostParameter::Parallelism, parallelism, 1, 16)?;
        Ok(Self::Argon2id {
            memory_kib,
            iterations,
            parallelism,
        })
    }

    /// PBKDF2 with a cost between floor and ceiling.
    ///
    /// # Errors
    /// [`KdfError`] where it is out of bounds.
    pub fn pbkdf2(iterations: u32) -> Result<Self, KdfError> {
        within(CostParameter::Iterations, iterations, 600_000, 10_000_000)?;
        Ok(Self::Pbkdf2 { iterations })
    }

    /// Whether it costs a guesser at least what `pinned` does. Another
    /// algorithm never counts as that: it is not changed silently.
    #[must_use]
    pub fn is_at_least(self, pinned: Self) -> bool {
        match (self, pinned) {
            (
                Self::Argon2id {
                    memory_kib,
                    iterations,
                    parallelism,
                },
                Self::Argon2id {
                    memory_kib: least_memory,
                    iterations: least_iterations,
                    parallelism: least_parallelism,
                },
            ) => {
                memory_kib >= least_memory
                    && iterations >= least_iterations
                    && parallelism >= least_parallelism
            }
            (Self::Pbkdf2 { iterations }, Self::Pbkdf2 { iterations: least }) => {
                iterations >= least
            }
            (Self::Argon2id { .. }, Self::Pbkdf2 { .. })
            | (Self::Pbkdf2 { .. }, Self::Argon2id { .. }) => false,
        }
    }

    /// Writes algorithm and parameters as two fields of the canonical encoding.
    #[must_use]
    pub fn encode(self, encoder: Encoder) -> Encoder {
        let write =
            |e: Encoder, cost: &[u32]| e.list(cost.iter(), |e, value| e.integer(u64::from(*value)));
        match self {
            Self::Argon2id {
                memory_kib,
                iterations,
                parallelism,
            } => write(
                encoder.integer(Self::ARGON2ID),
                &[memory_kib, iterations, parallelism],
            ),
            Self::Pbkdf2 { iterations } => write(encoder.integer(Self::PBKDF2), &[iterations]),
        }
    }

    /// Reads what [`Kdf::encode`] wrote.
    ///
    /// # Errors
    /// See [`KdfError`].
    pub fn decode(decoder: &mut Decoder<'_>) -> Result<Self, KdfError> {
        let number = decoder.integer()?;
        let cost = decoder.list(|d| {
            let value = d.integer()?;
            u32::try_from(value).map_err(|_| DecodeError::Malformed)
        })?;
        match (number, cost.as_slice()) {
            (Self::ARGON2ID, &[memory_kib, iterations, parallelism]) => {
                Self::argon2id(memory_kib, iterations, parallelism)
            }
            (Self::PBKDF2, &[iterations]) => Self::pbkdf2(iterations),
            (Self::ARGON2ID | Self::PBKDF2, _) => Err(DecodeError::Malformed.into()),
            (number, _) => Err(KdfError::UnknownAlgorithm { number }),
        }
    }
}

fn within(parameter: CostParameter, found: u32, least: u32, most: u32) -> Result<(), KdfError> {
    if found < least {
        return Err(KdfError::TooWeak {
            parameter,
            found,
            least,
        });
    }
    if found > most {
        return Err(KdfError::TooHeavy {
            parameter,
            found,
            most,
        });
    }
    Ok(())
}

/// `R`: what opens a slot. The page that took the password derives it and
/// hands it over once, as bytes.
pub struct RootKey(Zeroizing<[u8; 32]>);

impl RootKey {
    /// Takes the bytes over.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, for the one hand-over from the page to the background.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

/// `R = KDF(mp, salt16)`. The work: a quarter of a second and more.
///
/// # Errors
/// [`Argon2Error`] where there is not so much memory.
pub fn derive_root(
    password: &MasterPassword,
    kdf: &Kdf,
    salt: &[u8; 16],
) -> Result<RootKey, Argon2Error> {
    match *kdf {
        Kdf::Argon2id {
            memory_kib,
            iterations,
            parallelism,
        } => primitive::argon2id(
            &password.0,
            salt,
            Argon2Cost {
                memory_kib,
                iterations,
                parallelism,
            },
        )
        .map(RootKey),
        Kdf::Pbkdf2 { iterations } => Ok(RootKey(primitive::pbkdf2(&password.0, salt, iterations))),
    }
}

/// `VK`: 32 random bytes, one an epoch. Leaves the core only wrapped, in a slot.
pub struct VaultKey(Zeroizing<[u8; 32]>);

impl VaultKey {
    /// Takes 32 random bytes over.
    #[must_use]
    pub fn from_random(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(super) fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The keys that an open vault works with. They are all that is kept while it
/// is open; the vault key is not.
pub struct EpochKeys {
    pub(super) items: Zeroizing<[u8; 32]>,
    pub(super) files: Zeroizing<[u8; 32]>,
    pub(super) index: Zeroizing<[u8; 32]>,
    pub(super) head: Zeroizing<[u8; 32]>,
}

impl EpochKeys {
    const ITEMS: &'static str = "sigill/items/1";
    const FILES: &'static str = "sigill/files/1";
    const INDEX: &'static str = "sigill/index/1";
    const HEAD: &'static str = "sigill/head-key/1";

    /// `HKDF(VK, encode(label, vault_id, epoch))`, a key a label.
    #[must_use]
    pub fn derive(vault_key: &VaultKey, vault: VaultId, epoch: u64) -> Self {
        let key = |label| {
            let info = vault.encode(Encoder::new(label)).integer(epoch).finish();
            primitive::hkdf(&[], vault_key.as_bytes(), &info)
        };
        Self {
            items: key(Self::ITEMS),
            files: key(Self::FILES),
            index: key(Self::INDEX),
            head: key(Self::HEAD),
        }
    }

    /// For the browser's session storage: items ‖ files ‖ index ‖ head.
    #[must_use]
    pub fn export(&self) -> Zeroizing<[u8; 128]> {
        let mut bytes = Zeroizing::new([0; 128]);
        let keys = [&self.items, &self.files, &self.index, &self.head];
        let (places, _) = bytes.as_chunks_mut::<32>();
        for (place, key) in places.iter_mut().zip(keys) {
            place.copy_from_slice(key.as_ref());
        }
        bytes
    }

    /// Undoes [`EpochKeys::export`].
    #[must_use]
    pub fn import(bytes: &[u8; 128]) -> Self {
        let key = |position: usize| {
            let mut key = Zeroizing::new([0; 32]);
            let from = bytes.iter().skip(32 * position);
            key.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
            key
        };
        Self {
            items: key(0),
            files: key(1),
            index: key(2),
            head: key(3),
        }
    }
}
