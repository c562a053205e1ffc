//! The sealed index: one ciphertext, on this device only.
//!
//! ```text
//! AAD          encode("sigill/index/1", suite, vault_id, epoch, items_root)
//! ciphertext   AES-256-GCM(index key, nonce, plaintext, AAD)
//! row          encode("sigill/index-row/1", items_root, nonce, ciphertext)
//! ```

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::Index;
use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::Hash;
use crate::vault::head::Head;
use crate::vault::key::EpochKeys;
use crate::vault::primitive::{self, Nonce, NotAuthentic, SUITE};

/// A sealed index.
#[derive(PartialEq, Eq)]
pub struct SealedIndex {
    /// The root over all records at the time that it was made.
    pub(super) root: Hash,
    nonce: Nonce,
    ciphertext: Vec<u8>,
}

/// Why an index can't be used; it is built anew then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IndexError {
    /// It was not sealed with these keys for this vault and epoch, or a bit of it is another.
    #[error(transparent)]
    NotAuthentic(#[from] NotAuthentic),
    /// It is not encoded as it must be.
    #[error(transparent)]
    Encoding(#[from] DecodeError),
}

/// A large ciphertext with all that opens it: what the browser is handed, which
/// opens it five times as fast.
pub struct Locked<'a> {
    /// The key.
    pub key: &'a [u8; 32],
    /// The nonce.
    pub nonce: &'a Nonce,
    /// The associated data.
    pub aad: Vec<u8>,
    /// The ciphertext, its tag last.
    pub ciphertext: &'a [u8],
}

impl Locked<'_> {
    /// Opens it here.
    ///
    /// # Errors
    /// [`NotAuthentic`].
    pub fn open(&self) -> Result<Zeroizing<Vec<u8>>, NotAuthentic> {
        primitive::open(self.key, self.nonce, &self.aad, self.ciphertext)
    }
}

impl SealedIndex {
    const AAD: &'static str = "sigill/index/1";
    const ROW: &'static str = "sigill/index-row/1";

    /// Seals an index of the vault whose head this is. `nonce` is random.
    #[must_use]
    pub fn seal(index: &Index, head: &Head, keys: &EpochKeys, nonce: Nonce) -> Self {
        let root = head.items_root;
        let aad = aad(head, root);
        let ciphertext = primitive::seal(&keys.index, &nonce, &aad, &index.to_padded());
        Self {
            root,
            nonce,
            ciphertext,
        }
    }

    /// What opens it, for the vault whose head this is; the plaintext that comes
    /// of it is for [`SealedIndex::read`].
    #[must_use]
    pub fn locked<'a>(&'a self, head: &Head, keys: &'a EpochKeys) -> Locked<'a> {
        Locked {
            key: &keys.index,
            nonce: &self.nonce,
            aad: aad(head, self.root),
            ciphertext: &self.ciphertext,
        }
    }

    /// Reads what was opened.
    ///
    /// # Errors
    /// [`DecodeError`] where whoever sealed it wrote nonsense.
    pub fn read(plaintext: &[u8]) -> Result<Index, DecodeError> {
        Index::from_padded(plaintext)
    }

    /// Opens it here.
    ///
    /// # Errors
    /// See [`IndexError`].
    pub fn open(&self, head: &Head, keys: &EpochKeys) -> Result<Index, IndexError> {
        Ok(Self::read(&self.locked(head, keys).open()?)?)
    }

    /// Whether it was made of just the records that the head names.
    #[must_use]
    pub fn is_of(&self, head: &Head) -> bool {
        self.root == head.items_root
    }

    /// Its canonical encoding.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.root
            .encode(Encoder::new(Self::ROW))
            .bytes(&self.nonce)
            .bytes(&self.ciphertext)
            .finish()
    }

    /// Reads what [`SealedIndex::to_bytes`] wrote, and nothing else.
    ///
    /// # Errors
    /// See [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut decoder = Decoder::open(Self::ROW, bytes)?;
        let sealed = Self {
            root: Hash::decode(&mut decoder)?,
            nonce: decoder.array()?,
            ciphertext: decoder.bytes()?.to_vec(),
        };
        decoder.finish()?;
        Ok(sealed)
    }
}

fn aad(head: &Head, root: Hash) -> Vec<u8> {
    let encoder = Encoder::new(SealedIndex::AAD).integer(SUITE);
    let encoder = head.vault.encode(encoder).integer(head.epoch);
    root.encode(encoder).finish()
}
