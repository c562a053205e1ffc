//! The outer cipher, over the whole payload.

use aes::Aes256;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit, StreamCipher};
use chacha20::ChaCha20;
use twofish::Twofish;
use zeroize::Zeroizing;

use crate::keepass::KeePassError;

/// Which cipher.
#[derive(Clone, Copy)]
pub(super) enum Outer {
    /// AES-256 in CBC mode, PKCS #7.
    Aes,
    /// Twofish with 256 bits in CBC mode, PKCS #7.
    Twofish,
    /// RFC 8439, without Poly1305.
    ChaCha20,
}

impl Outer {
    const AES: [u8; 16] = [
        0x31, 0xc1, 0xf2, 0xe6, 0xbf, 0x71, 0x43, 0x50, 0xbe, 0x58, 0x05, 0x21, 0x6a, 0xfc, 0x5a,
        0xff,
    ];
    const TWOFISH: [u8; 16] = [
        0xad, 0x68, 0xf2, 0x9f, 0x57, 0x6f, 0x4b, 0xb9, 0xa3, 0x6a, 0xd4, 0x7a, 0xf9, 0x65, 0x34,
        0x6c,
    ];
    const CHACHA20: [u8; 16] = [
        0xd6, 0x03, 0x8a, 0x2b, 0x8b, 0x6f, 0x4c, 0xb5, 0xa5, 0x24, 0x33, 0x9a, 0x31, 0xdb, 0xb5,
        0x9a,
    ];

    pub(super) fn of_id(id: &[u8; 16]) -> Result<Self, KeePassError> {
        match *id {
            Self::AES => Ok(Self::Aes),
            Self::TWOFISH => Ok(Self::Twofish),
            Self::CHACHA20 => Ok(Self::ChaCha20),
            _ => Err(KeePassError::Unsupported),
        }
    }

    pub(super) const fn id(self) -> &'static [u8; 16] {
        match self {
            Self::Aes => &Self::AES,
            Self::Twofish => &Self::TWOFISH,
            Self::ChaCha20 => &Self::CHACHA20,
        }
    }

    /// The payload in clear. A wrong padding means a wrong key or a changed byte.
    pub(super) fn decrypt(
        self,
        key: &[u8; 32],
        iv: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeePassError> {
        let clear = match self {
            Self::Aes => cbc::Decryptor::<Aes256>::new_from_slices(key, iv)
                .map_err(|_| KeePassError::Damaged)?
                .decrypt_padded_vec::<Pkcs7>(sealed)
                .map_err(|_| KeePassError::WrongKey)?,
            Self::Twofish => cbc::Decryptor::<Twofish>::new_from_slices(key, iv)
                .map_err(|_| KeePassError::Damaged)?
                .decrypt_padded_vec::<Pkcs7>(sealed)
                .map_err(|_| KeePassError::WrongKey)?,
            Self::ChaCha20 => chacha20(key, iv, sealed)?,
        };
        Ok(Zeroizing::new(clear))
    }

    /// The payload, sealed with AES: what we write.
    pub(super) fn seal(key: &[u8; 32], iv: &[u8], clear: &[u8]) -> Result<Vec<u8>, KeePassError> {
        cbc::Encryptor::<Aes256>::new_from_slices(key, iv)
            .map(|mode| mode.encrypt_padded_vec::<Pkcs7>(clear))
            .map_err(|_| KeePassError::Damaged)
    }
}

fn chacha20(key: &[u8; 32], iv: &[u8], bytes: &[u8]) -> Result<Vec<u8>, KeePassError> {
    let mut stream = ChaCha20::new_from_slices(key, iv).map_err(|_| KeePassError::Damaged)?;
    let mut bytes = bytes.to_vec();
    stream
        .try_apply_keystream(&mut bytes)
        .map_err(|_| KeePassError::TooLarge)?;
    Ok(bytes)
}
