//! Key derivations of KDBX: AES-KDF, Argon2d, Argon2id, within bounds.
//!
//! | derivation | most |
//! |---|---|
//! | AES-KDF | 2^28 rounds: more than KeePass finds within five seconds
//! | Argon2 | 1 GiB, 64 lanes, 64 GiB written in all |
//!
//! They are refused before any work: a hostile file must not hang the browser.

use aes::Aes256;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use cbc::cipher::{BlockCipherEncrypt, KeyInit};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use super::cursor::array;
use super::dictionary::{Dictionary, Writer};
use crate::keepass::KeePassError;

const AES_3: [u8; 16] = [
    0xc9, 0xd9, 0xf3, 0x9a, 0x62, 0x8a, 0x44, 0x60, 0xbf, 0x74, 0x0d, 0x08, 0xc1, 0x8a, 0x4f, 0xea,
];
const AES_4: [u8; 16] = [
    0x7c, 0x02, 0xbb, 0x82, 0x79, 0xa7, 0x4a, 0xc0, 0x92, 0x7d, 0x11, 0x4a, 0x00, 0x64, 0x82, 0x38,
];
const ARGON2D: [u8; 16] = [
    0xef, 0x63, 0x6d, 0xdf, 0x8c, 0x29, 0x44, 0x4b, 0x91, 0xf7, 0xa9, 0xa4, 0x03, 0xe3, 0x0a, 0x0c,
];
const ARGON2ID: [u8; 16] = [
    0x9e, 0x29, 0x8b, 0x19, 0x56, 0xdb, 0x47, 0x73, 0xb2, 0x3d, 0xfc, 0x3e, 0xc6, 0xf0, 0xa1, 0xe6,
];

const MOST_ROUNDS: u64 = 1 << 28;
const MOST_KIB: u64 = 1 << 20;
const MOST_LANES: u32 = 64;
const MOST_KIB_WRITTEN: u64 = 64 << 20;

/// A derivation within bounds.
pub(super) enum Kdf<'a> {
    /// AES-256 over the two halves of the key, again and again.
    Aes { seed: [u8; 32], rounds: u64 },
    /// RFC 9106, or its draft of version 0x10.
    Argon2 {
        algorithm: Algorithm,
        version: Version,
        params: Params,
        salt: &'a [u8],
    },
}

impl<'a> Kdf<'a> {
    pub(super) fn aes(seed: &[u8], rounds: u64) -> Result<Self, KeePassError> {
        if rounds > MOST_ROUNDS {
            return Err(KeePassError::TooCostly);
        }
        let seed = array(seed)?;
        Ok(Self::Aes { seed, rounds })
    }

    /// Argon2id, version 0x13.
    pub(super) fn argon2id(
        salt: &'a [u8],
        (kib, iterations, lanes): (u64, u64, u32),
    ) -> Result<Self, KeePassError> {
        let params = params(kib, iterations, lanes)?;
        let (algorithm, version) = (Algorithm::Argon2id, Version::V0x13);
        Ok(Self::Argon2 {
            algorithm,
            version,
            params,
            salt,
        })
    }

    /// Reads the dictionary of a version 4 header.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, KeePassError> {
        let dictionary = Dictionary::read(bytes)?;
        let algorithm = match array(dictionary.value("$UUID")?)? {
            AES_3 | AES_4 => return Self::aes(dictionary.value("S")?, dictionary.u64("R")?),
            ARGON2D => Algorithm::Argon2d,
            ARGON2ID => Algorithm::Argon2id,
            _ => return Err(KeePassError::Unsupported),
        };
        if dictionary.holds("K") || dictionary.holds("A") {
            return Err(KeePassError::Unsupported);
        }
        let version = Version::try_from(dictionary.u32("V")?);
        let kib = dictionary.u64("M")? / 1024;
        Ok(Self::Argon2 {
            algorithm,
            version: version.map_err(|_| KeePassError::Unsupported)?,
            params: params(kib, dictionary.u64("I")?, dictionary.u32("P")?)?,
            salt: dictionary.value("S")?,
        })
    }

    /// The dictionary of a version 4 header.
    pub(super) fn write(&self) -> Vec<u8> {
        match self {
            Self::Aes { seed, rounds } => Writer::new()
                .bytes("$UUID", &AES_4)
                .u64("R", *rounds)
                .bytes("S", seed),
            Self::Argon2 {
                algorithm,
                version,
                params,
                salt,
            } => Writer::new()
                .bytes("$UUID", argon2_id(*algorithm))
                .bytes("S", salt)
                .u32("P", params.p_cost())
                .u64("M", u64::from(params.m_cost()) * 1024)
                .u64("I", params.t_cost().into())
                .u32("V", u32::from(*version)),
        }
        .finish()
    }

    /// The transformed key.
    pub(super) fn derive(&self, composite: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>, KeePassError> {
        match self {
            Self::Aes { seed, rounds } => Ok(aes_kdf(composite, seed, *rounds)),
            Self::Argon2 {
                algorithm,
                version,
                params,
                salt,
            } => {
                let argon2 = Argon2::new(*algorithm, *version, params.clone());
                argon2_into(&argon2, composite, salt)
            }
        }
    }
}

fn argon2_id(algorithm: Algorithm) -> &'static [u8; 16] {
    match algorithm {
        Algorithm::Argon2d => &ARGON2D,
        Algorithm::Argon2i | Algorithm::Argon2id => &ARGON2ID,
    }
}

fn params(kib: u64, iterations: u64, lanes: u32) -> Result<Params, KeePassError> {
    let written = kib.saturating_mul(iterations);
    if kib > MOST_KIB || lanes > MOST_LANES || written > MOST_KIB_WRITTEN {
        return Err(KeePassError::TooCostly);
    }
    let narrow = |cost| u32::try_from(cost).map_err(|_| KeePassError::TooCostly);
    Params::new(narrow(kib)?, narrow(iterations)?, lanes, Some(32))
        .map_err(|_| KeePassError::Damaged)
}

/// `SHA-256(AES-256-ECB(seed)^rounds(composite))`.
fn aes_kdf(composite: &[u8; 32], seed: &[u8; 32], rounds: u64) -> Zeroizing<[u8; 32]> {
    let cipher = Aes256::new(seed.into());
    let (halves, _) = composite.as_chunks::<16>();
    let mut blocks: Vec<aes::Block> = halves.iter().map(|half| (*half).into()).collect();
    for _ in 0..rounds {
        cipher.encrypt_blocks(&mut blocks);
    }
    let mut hash = Sha256::new();
    for block in &mut blocks {
        hash.update(&block);
        block.as_mut_slice().zeroize();
    }
    Zeroizing::new(hash.finalize().into())
}

/// The memory is wiped before it is given back.
fn argon2_into(
    argon2: &Argon2<'_>,
    composite: &[u8; 32],
    salt: &[u8],
) -> Result<Zeroizing<[u8; 32]>, KeePassError> {
    let mut blocks = Vec::<Block>::new();
    let count = argon2.params().block_count();
    blocks
        .try_reserve_exact(count)
        .map_err(|_| KeePassError::TooCostly)?;
    blocks.resize(count, Block::default());
    let mut key = Zeroizing::new([0; 32]);
    let done = argon2.hash_password_into_with_memory(composite, salt, key.as_mut(), &mut blocks);
    blocks.zeroize();
    done.map(|()| key).map_err(|_| KeePassError::Damaged)
}
