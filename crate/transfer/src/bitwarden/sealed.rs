//! Bitwarden's JSON under a password of its own.
//!
//! ```text
//! kdfType 0   k = PBKDF2-HMAC-SHA256(password, salt, kdfIterations, 32 bytes)
//! kdfType 1   k = Argon2id(password, SHA-256(salt), kdfIterations, kdfMemory MiB, kdfParallelism, 32 bytes)
//! keys        HKDF-Expand-SHA256(k, "enc", 32) and HKDF-Expand-SHA256(k, "mac", 32)
//! sealed      2.base64(iv)|base64(ciphertext)|base64(mac)
//! mac         HMAC-SHA256(mac key, iv ‖ ciphertext)
//! ciphertext  AES-256-CBC(enc key, iv, text), PKCS #7
//! ```
//!
//! The salt is the text itself, not what it would be base64 of.
//! `encKeyValidation_DO_NOT_EDIT` is sealed too, for telling a wrong password.

use aes::Aes256;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::bytes::base64;
use crate::fault::FileError;
use crate::json::Node;

/// More than these no version of Bitwarden lets a person choose.
const MOST_ITERATIONS: u32 = 2_000_000;
const MOST_PASSES: u32 = 10;
const MOST_MEBIBYTES: u32 = 1024;
const MOST_LANES: u32 = 16;

type Key = Zeroizing<[u8; 32]>;

/// What encrypts, and what tells changes.
struct Keys {
    enc: Key,
    mac: Key,
}

/// The text of the file that lies in `data`.
pub(super) fn open(root: Node<'_>, password: &[u8]) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let keys = keys(root, password)?;
    keys.open(root.at("encKeyValidation_DO_NOT_EDIT").text())?;
    // The password is right, so that anything wrong here is damage.
    let data = keys.open(root.at("data").text());
    data.map_err(|_| FileError::Damaged)
}

fn keys(root: Node<'_>, password: &[u8]) -> Result<Keys, FileError> {
    let salt = root.at("salt").text().as_bytes();
    let rounds = bounded(root.at("kdfIterations"), MOST_ITERATIONS)?;
    let mut key = Key::default();
    match root.at("kdfType").number() {
        Some(0) => pbkdf2::pbkdf2_hmac::<Sha256>(password, salt, rounds, &mut *key),
        Some(1) => argon2id(root, (password, salt), &mut key)?,
        Some(_) | None => return Err(FileError::Version),
    }
    let stretched = Hkdf::<Sha256>::from_prk(&*key).map_err(|_| FileError::Derivation)?;
    let mut keys = Keys {
        enc: Key::default(),
        mac: Key::default(),
    };
    for (label, key) in [(b"enc", &mut keys.enc), (b"mac", &mut keys.mac)] {
        let expanded = stretched.expand(label, &mut **key);
        expanded.map_err(|_| FileError::Derivation)?;
    }
    Ok(keys)
}

fn argon2id(
    root: Node<'_>,
    (password, salt): (&[u8], &[u8]),
    key: &mut Key,
) -> Result<(), FileError> {
    let passes = bounded(root.at("kdfIterations"), MOST_PASSES)?;
    let mebibytes = bounded(root.at("kdfMemory"), MOST_MEBIBYTES)?;
    let lanes = bounded(root.at("kdfParallelism"), MOST_LANES)?;
    let params = Params::new(mebibytes * 1024, passes, lanes, Some(32));
    let params = params.map_err(|_| FileError::Derivation)?;
    let mut memory = Vec::new();
    let blocks = params.block_count();
    // A browser may have less to give than the file asks for.
    memory
        .try_reserve_exact(blocks)
        .map_err(|_| FileError::Derivation)?;
    memory.resize(blocks, Block::default());
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let salt = Sha256::digest(salt);
    let hashed = argon2.hash_password_into_with_memory(password, &salt, &mut **key, &mut memory);
    memory.iter_mut().for_each(|block| block.as_mut().zeroize());
    hashed.map_err(|_| FileError::Derivation)
}

fn bounded(node: Node<'_>, most: u32) -> Result<u32, FileError> {
    let number = node.number().and_then(|number| u32::try_from(number).ok());
    number
        .filter(|number| (1..=most).contains(number))
        .ok_or(FileError::Derivation)
}

impl Keys {
    /// The text of a sealed one.
    fn open(&self, sealed: &str) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let parts = sealed.strip_prefix("2.").ok_or(FileError::Version)?;
        let parts: Option<Vec<_>> = parts.split('|').map(base64).collect();
        let parts = parts.ok_or(FileError::Damaged)?;
        let [iv, ciphertext, tag] = parts.as_slice() else {
            return Err(FileError::Damaged);
        };
        let mac = Hmac::<Sha256>::new_from_slice(&*self.mac);
        let mac = mac.map_err(|_| FileError::Damaged)?;
        let mac = mac.chain_update(iv).chain_update(ciphertext);
        mac.verify_slice(tag)
            .map_err(|_| FileError::WrongPassword)?;
        let cipher = Decryptor::<Aes256>::new_from_slices(&*self.enc, iv);
        let cipher = cipher.map_err(|_| FileError::Damaged)?;
        let text = cipher.decrypt_padded_vec::<Pkcs7>(ciphertext);
        text.map(Zeroizing::new).map_err(|_| FileError::Damaged)
    }
}
