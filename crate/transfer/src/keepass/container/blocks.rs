//! Payloads in blocks: hashed in version 3, under a MAC in version 4.
//!
//! ```text
//! version 3   block = number (32) ‖ SHA-256(data) ‖ length (32) ‖ data;  the last one: hash 0, length 0
//! version 4   block = HMAC ‖ length (32) ‖ data;                         the last one: length 0
//!             HMAC  = HMAC-SHA-256(SHA-512(number (64) ‖ key), number ‖ length ‖ data)
//!             key   = SHA-512(master seed ‖ transformed key ‖ 01)
//! ```

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha512};
use zeroize::Zeroizing;

use super::cursor::Cursor;
use super::length;
use crate::keepass::KeePassError;

/// Bytes of a block that we write, as KeePass does.
const STEP: usize = 1 << 20;

/// The number that stands for the header.
const HEADER: u64 = u64::MAX;

/// Undoes the blocks of version 3.
pub(super) fn hashed(bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeePassError> {
    joined(bytes, &mut |number, cursor| {
        let found = u64::from(cursor.u32()?);
        let hash: [u8; 32] = cursor.array()?;
        let block = cursor.sized()?;
        let expected = if block.is_empty() {
            [0; 32]
        } else {
            Sha256::digest(block).into()
        };
        if found == number && hash == expected {
            Ok(block)
        } else {
            Err(KeePassError::Damaged)
        }
    })
}

/// Reads the next block, and checks it.
type Next<'a, 'b> = &'b mut dyn FnMut(u64, &mut Cursor<'a>) -> Result<&'a [u8], KeePassError>;

/// What is in blocks, up to the empty one, which is the last thing there is.
fn joined<'a>(bytes: &'a [u8], next: Next<'a, '_>) -> Result<Zeroizing<Vec<u8>>, KeePassError> {
    let mut cursor = Cursor(bytes);
    let mut data = Zeroizing::new(Vec::with_capacity(bytes.len()));
    for number in 0.. {
        let block = next(number, &mut cursor)?;
        if block.is_empty() {
            break;
        }
        data.extend_from_slice(block);
    }
    if cursor.0.is_empty() {
        Ok(data)
    } else {
        Err(KeePassError::Damaged)
    }
}

/// The key of the MACs of version 4.
pub(super) struct MacKey(Zeroizing<[u8; 64]>);

impl MacKey {
    pub(super) fn new(master_seed: &[u8; 32], transformed: &[u8; 32]) -> Self {
        let hash = Sha512::new()
            .chain_update(master_seed)
            .chain_update(transformed)
            .chain_update([1]);
        Self(Zeroizing::new(hash.finalize().into()))
    }

    fn mac(&self, number: u64) -> Result<Hmac<Sha256>, KeePassError> {
        let key = Sha512::new()
            .chain_update(number.to_le_bytes())
            .chain_update(*self.0);
        let key = Zeroizing::new(<[u8; 64]>::from(key.finalize()));
        Hmac::new_from_slice(&*key).map_err(|_| KeePassError::Damaged)
    }

    fn block(&self, number: u64, data: &[u8]) -> Result<Hmac<Sha256>, KeePassError> {
        let mac = self.mac(number)?.chain_update(number.to_le_bytes());
        Ok(mac
            .chain_update(length(data).to_le_bytes())
            .chain_update(data))
    }

    /// The MAC of the header.
    pub(super) fn header(&self, header: &[u8]) -> Result<[u8; 32], KeePassError> {
        let mac = self.mac(HEADER)?.chain_update(header);
        Ok(mac.finalize().into_bytes().into())
    }

    /// Whether the header is the one that was written under this key.
    pub(super) fn check_header(&self, header: &[u8], found: &[u8]) -> Result<(), KeePassError> {
        let mac = self.mac(HEADER)?.chain_update(header);
        mac.verify_slice(found).map_err(|_| KeePassError::WrongKey)
    }

    /// Undoes the blocks of version 4.
    pub(super) fn open(&self, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeePassError> {
        joined(bytes, &mut |number, cursor| {
            let found = cursor.take(32)?;
            let block = cursor.sized()?;
            let mac = self.block(number, block)?;
            mac.verify_slice(found).map_err(|_| KeePassError::Damaged)?;
            Ok(block)
        })
    }

    /// The blocks of version 4.
    pub(super) fn seal(&self, data: &[u8]) -> Result<Vec<u8>, KeePassError> {
        let mut sealed = Vec::with_capacity(data.len() + 128);
        for (number, block) in (0..).zip(data.chunks(STEP).chain([&[][..]])) {
            let mac = self.block(number, block)?;
            sealed.extend(mac.finalize().into_bytes());
            sealed.extend(length(block).to_le_bytes());
            sealed.extend(block);
        }
        Ok(sealed)
    }
}
