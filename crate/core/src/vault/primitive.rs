//! The algorithms of suite 1, one function each. Nothing else in the core
//! names an implementation of them, and the published test vectors run
//! against these very functions.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use alloc::vec::Vec;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

/// The number of this suite. No other is accepted; it can only rise.
pub const SUITE: u64 = 1;

/// 96 bits, drawn at random for every sealing.
pub type Nonce = [u8; 12];

/// The bytes were not sealed with this key, nonce and associated data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not sealed with this key, nonce and associated data")]
pub struct NotAuthentic;

/// AES-256-GCM under one key that seals and opens many: what is computed of the
/// key alone is computed once. Wiped on drop.
pub struct Sealer {
    key: Zeroizing<[u8; 32]>,
    cipher: Aes256Gcm,
}

impl Sealer {
    /// Takes the key over.
    #[must_use]
    pub fn new(key: Zeroizing<[u8; 32]>) -> Self {
        let cipher = Aes256Gcm::new((&*key).into());
        Self { key, cipher }
    }

    /// The key.
    #[must_use]
    pub const fn key(&self) -> &Zeroizing<[u8; 32]> {
        &self.key
    }

    /// `AES-256-GCM(key, nonce, plaintext, aad)`, the 16-byte tag last (NIST SP 800-38D).
    #[must_use]
    #[expect(
        clippy::expect_used,
        reason = "the only error is a plaintext over 64 GiB, which no memory of ours holds"
    )]
    pub fn seal(&self, nonce: &Nonce, aad: &[u8], plaintext: &[u8]) -> Vec<u8> {
        let payload = Payload {
            msg: plaintext,
            aad,
        };
        self.cipher
            .encrypt(nonce.into(), payload)
            .expect("a plaintext under 64 GiB")
    }

    /// Undoes [`Sealer::seal`].
    ///
    /// # Errors
    /// [`NotAuthentic`] where key, nonce, associated data or any bit is another.
    #[inline(never)] // called ten thousand times in a row: V8 compiles such a function well in the midst of it
    pub fn open(
        &self,
        nonce: &Nonce,
        aad: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, NotAuthentic> {
        let payload = Payload { msg: sealed, aad };
        self.cipher
            .decrypt(nonce.into(), payload)
            .map(Zeroizing::new)
            .map_err(|_| NotAuthentic)
    }
}

/// [`Sealer::seal`] by a key that seals this and nothing else.
#[must_use]
pub fn seal(key: &[u8; 32], nonce: &Nonce, aad: &[u8], plaintext: &[u8]) -> Vec<u8> {
    Sealer::new(Zeroizing::new(*key)).seal(nonce, aad, plaintext)
}

/// [`Sealer::open`] by a key that opens this and nothing else.
///
/// # Errors
/// [`NotAuthentic`] where key, nonce, associated data or any bit is another.
pub fn open(
    key: &[u8; 32],
    nonce: &Nonce,
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, NotAuthentic> {
    Sealer::new(Zeroizing::new(*key)).open(nonce, aad, sealed)
}

/// `HMAC-SHA-256(key, message)` (RFC 2104).
#[must_use]
#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
pub fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("a key of any length");
    mac.chain_update(message).finalize().into_bytes().into()
}

/// `HKDF-SHA-256(salt, secret, info)`, `N` bytes (RFC 5869); no salt is the empty one.
#[must_use]
#[expect(
    clippy::expect_used,
    reason = "the length is checked when the program is compiled"
)]
pub fn hkdf<const N: usize>(salt: &[u8], secret: &[u8], info: &[u8]) -> Zeroizing<[u8; N]> {
    const { assert!(N <= 255 * 32, "RFC 5869 ends at 255 blocks") };
    let mut okm = Zeroizing::new([0; N]);
    Hkdf::<Sha256>::new(Some(salt), secret)
        .expand(info, okm.as_mut())
        .expect("at most 255 blocks");
    okm
}

/// `PBKDF2-HMAC-SHA-256(password, salt, rounds)`, 32 bytes (RFC 8018).
#[must_use]
pub fn pbkdf2(password: &[u8], salt: &[u8], rounds: u32) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    pbkdf2::pbkdf2_hmac::<Sha256>(password, salt, rounds, key.as_mut());
    key
}

/// Why Argon2id did not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Argon2Error {
    /// There is not so much memory.
    #[error("{kib} KiB of memory are not to be had")]
    OutOfMemory {
        /// KiB asked for.
        kib: u32,
    },
    /// RFC 9106 does not allow these parameters.
    #[error("RFC 9106 does not allow these parameters")]
    Parameters,
}

/// Cost of Argon2id (RFC 9106 §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argon2Cost {
    /// `m`, in KiB.
    pub memory_kib: u32,
    /// `t`.
    pub iterations: u32,
    /// `p`.
    pub parallelism: u32,
}

/// `Argon2id(password, salt, m, t, p)`, version 0x13, 32 bytes (RFC 9106).
/// The memory is wiped before it is given back.
///
/// # Errors
/// See [`Argon2Error`].
pub fn argon2id(
    password: &[u8],
    salt: &[u8],
    cost: Argon2Cost,
) -> Result<Zeroizing<[u8; 32]>, Argon2Error> {
    let params = Params::new(cost.memory_kib, cost.iterations, cost.parallelism, Some(32))
        .map_err(|_| Argon2Error::Parameters)?;
    let mut blocks = Vec::<Block>::new();
    blocks
        .try_reserve_exact(params.block_count())
        .map_err(|_| Argon2Error::OutOfMemory {
            kib: cost.memory_kib,
        })?;
    blocks.resize(params.block_count(), Block::default());
    let mut key = Zeroizing::new([0; 32]);
    let done = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(password, salt, key.as_mut(), &mut blocks);
    blocks.zeroize();
    done.map(|()| key).map_err(|_| Argon2Error::Parameters)
}

/// The public half of the Ed25519 key with this seed (RFC 8032).
#[must_use]
pub fn ed25519_public(seed: &[u8; 32]) -> [u8; 32] {
    SigningKey::from_bytes(seed).verifying_key().to_bytes()
}

/// `Ed25519(seed, message)` (RFC 8032).
#[must_use]
pub fn ed25519_sign(seed: &[u8; 32], message: &[u8]) -> [u8; 64] {
    SigningKey::from_bytes(seed).sign(message).to_bytes()
}

/// The signature is not by this key over this message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature is not by this key over this message")]
pub struct BadSignature;

/// Checks an Ed25519 signature (RFC 8032), without the points of small order
/// that would let one signature stand for many messages.
///
/// # Errors
/// [`BadSignature`].
pub fn ed25519_verify(
    public: &[u8; 32],
    message: &[u8],
    signature: &[u8; 64],
) -> Result<(), BadSignature> {
    VerifyingKey::from_bytes(public)
        .and_then(|key| key.verify_strict(message, &Signature::from_bytes(signature)))
        .map_err(|_| BadSignature)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032 §7.1, test 2.
    #[test]
    fn ed25519_signs_as_in_rfc_8032() {
        let hex = |text: &str| -> Vec<u8> {
            let digits = text.as_bytes().as_chunks::<2>().0.iter();
            let byte = |pair: &[u8; 2]| {
                u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap()
            };
            digits.map(byte).collect()
        };
        let seed = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        let seed = seed.as_slice().try_into().unwrap();
        let public = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        let signature = hex(concat!(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ));
        assert_eq!(ed25519_public(seed)[..], public);
        assert_eq!(ed25519_sign(seed, &[0x72])[..], signature);
    }

    /// The neutral element as key and as `R`, with `s = 0`: without the strict
    /// check this is a good signature over every message.
    #[test]
    fn a_key_that_would_sign_every_message_is_refused() {
        let mut neutral = [0; 32];
        neutral[0] = 1;
        let mut signature = [0; 64];
        signature[0] = 1;
        let verified = ed25519_verify(&neutral, b"any message", &signature);
        assert_eq!(verified, Err(BadSignature));
    }

    #[test]
    fn parameters_that_rfc_9106_does_not_allow_are_refused() {
        let cost = Argon2Cost {
            memory_kib: 7,
            iterations: 1,
            parallelism: 1,
        };
        let refused = argon2id(b"", &[0; 16], cost).err();
        assert_eq!(refused, Some(Argon2Error::Parameters));
    }
}
