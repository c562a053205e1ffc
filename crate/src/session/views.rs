//! Between the core's types and the border's.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sigill_core::id::{Hash, VaultId};
use sigill_core::vault::head::Head;
use sigill_core::vault::kdf::{Kdf, KdfError};

use super::vault::Author;
use crate::api;
use crate::json::base64url;
use crate::trouble::Trouble;

impl api::Derivation {
    pub(crate) fn of(kdf: Kdf, salt: &[u8; 16]) -> Self {
        let kdf = match kdf {
            Kdf::Argon2id {
                memory_kib,
                iterations,
                parallelism,
                ..
            } => api::Kdf::Argon2id {
                memory: memory_kib,
                iterations,
                parallelism,
            },
            Kdf::Pbkdf2 { iterations, .. } => api::Kdf::Pbkdf2 { iterations },
        };
        Self {
            kdf,
            salt: URL_SAFE_NO_PAD.encode(salt),
        }
    }

    /// Within the bounds of suite 1, or refused before any work.
    pub(crate) fn parse(&self) -> Result<(Kdf, [u8; 16]), Trouble> {
        let kdf = self.kdf.parse().map_err(|_| Trouble::MalformedInput)?;
        let salt = base64url(&self.salt)?;
        let salt = salt.try_into().map_err(|_| Trouble::MalformedInput)?;
        Ok((kdf, salt))
    }
}

impl api::Kdf {
    /// Within the bounds of suite 1, or refused before any work.
    pub(crate) fn parse(&self) -> Result<Kdf, Trouble> {
        let kdf = match *self {
            Self::Argon2id {
                memory,
                iterations,
                parallelism,
            } => Kdf::argon2id(memory, iterations, parallelism),
            Self::Pbkdf2 { iterations } => Kdf::pbkdf2(iterations),
        };
        kdf.map_err(|error| match error {
            KdfError::TooWeak { .. } => Trouble::KdfTooWeak,
            KdfError::TooHeavy { .. } => Trouble::KdfTooHeavy,
            KdfError::UnknownAlgorithm { .. } | KdfError::Encoding(_) => Trouble::MalformedInput,
        })
    }
}

/// A head before the first record.
pub(crate) fn first_head(vault: VaultId, author: Author) -> Head {
    Head {
        account: None,
        vault,
        epoch: 1,
        seq: 0,
        previous: Hash::NOTHING,
        items_root: Hash::NOTHING,
        count: 0,
        slots_hash: Hash::NOTHING,
        timeline: Hash::NOTHING,
        service_key: None,
        writer: author.device,
        operation: None,
        restored_from: None,
        seen: std::collections::BTreeMap::new(),
        time: author.now,
    }
}
