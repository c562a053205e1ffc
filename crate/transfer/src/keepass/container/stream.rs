//! The inner stream, which hides protected values in the XML, one after the
//! other in the order of the document.

use cbc::cipher::{KeyIvInit, StreamCipher};
use chacha20::ChaCha20;
use salsa20::Salsa20;
use sha2::{Digest, Sha256, Sha512};
use zeroize::Zeroizing;

use crate::keepass::KeePassError;

/// Where a stream stands.
pub(crate) enum Stream {
    /// Values stand in clear.
    None,
    /// Salsa20 under `SHA-256(key)`, with KeePass's own nonce.
    Salsa20(Box<Salsa20>),
    /// ChaCha20 under `SHA-512(key)`: 32 bytes of key, 12 of nonce.
    ChaCha20(Box<ChaCha20>),
}

impl Stream {
    pub(super) const CHACHA20: u32 = 3;
    const SALSA20_NONCE: [u8; 8] = [0xe8, 0x30, 0x09, 0x4b, 0x97, 0x20, 0x5d, 0x2a];

    pub(super) fn new(number: u32, key: &[u8]) -> Result<Self, KeePassError> {
        match number {
            0 => Ok(Self::None),
            2 => {
                let key = Zeroizing::new(<[u8; 32]>::from(Sha256::digest(key)));
                let stream = Salsa20::new(&(*key).into(), &Self::SALSA20_NONCE.into());
                Ok(Self::Salsa20(Box::new(stream)))
            }
            Self::CHACHA20 => {
                let hash = Zeroizing::new(<[u8; 64]>::from(Sha512::digest(key)));
                let (key, rest) = hash.split_at(32);
                let nonce = rest.get(..12).unwrap_or_default();
                ChaCha20::new_from_slices(key, nonce)
                    .map(|stream| Self::ChaCha20(Box::new(stream)))
                    .map_err(|_| KeePassError::Damaged)
            }
            _ => Err(KeePassError::Unsupported),
        }
    }

    /// Hides or shows the next value.
    pub(crate) fn apply(&mut self, value: &mut [u8]) -> Result<(), KeePassError> {
        match self {
            Self::None => Ok(()),
            Self::Salsa20(stream) => stream.try_apply_keystream(value),
            Self::ChaCha20(stream) => stream.try_apply_keystream(value),
        }
        .map_err(|_| KeePassError::TooLarge)
    }
}
