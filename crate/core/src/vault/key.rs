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

use super::kdf::Kdf;
use super::primitive::{self, Argon2Cost, Argon2Error, Sealer};
use crate::encode::Encoder;
use crate::id::{FilesKeyId, VaultId};

#[cfg(test)]
mod tests;

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
    pub(super) items: Sealer,
    pub(super) files: Zeroizing<[u8; 32]>,
    pub(super) index: Zeroizing<[u8; 32]>,
    pub(super) head: Zeroizing<[u8; 32]>,
}

impl EpochKeys {
    const ITEMS: &'static str = "sigill/items/1";
    const FILES: &'static str = "sigill/files/1";
    const FILES_ID: &'static str = "sigill/files-key-id/1";
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
            items: Sealer::new(key(Self::ITEMS)),
            files: key(Self::FILES),
            index: key(Self::INDEX),
            head: key(Self::HEAD),
        }
    }

    /// `HKDF(files key, encode("sigill/files-key-id/1"))`: names the files key where
    /// chunks lie.
    #[must_use]
    pub fn files_key_id(&self) -> FilesKeyId {
        let info = Encoder::new(Self::FILES_ID).finish();
        FilesKeyId(*primitive::hkdf(&[], self.files.as_ref(), &info))
    }

    /// For the browser's session storage: items ‖ files ‖ index ‖ head.
    #[must_use]
    pub fn export(&self) -> Zeroizing<[u8; 128]> {
        let mut bytes = Zeroizing::new([0; 128]);
        let keys = [self.items.key(), &self.files, &self.index, &self.head];
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
            items: Sealer::new(key(0)),
            files: key(1),
            index: key(2),
            head: key(3),
        }
    }
}
