//! What opens the vault, and what a guess at it costs.

use serde::{Deserialize, Serialize};
use sigill_core::id::SlotId;
use tsify::Tsify;

/// The cost of deriving from a password.
#[derive(Debug, Clone, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "algorithm",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum Kdf {
    /// RFC 9106.
    Argon2id {
        /// KiB.
        memory: u32,
        /// Passes.
        iterations: u32,
        /// Lanes.
        parallelism: u32,
    },
    /// RFC 8018 with HMAC-SHA-256.
    Pbkdf2 {
        /// Rounds.
        iterations: u32,
    },
}

/// What a page needs to derive the root key from a password, in a throw-away worker.
#[derive(Debug, Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Derivation {
    /// The cost.
    pub kdf: Kdf,
    /// base64url, 16 bytes.
    pub salt: String,
}

/// A new vault. `root` (base64url, 32 bytes) was derived with `derivation`.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewVault {
    /// What the person calls it.
    pub name: String,
    /// The root key.
    pub root: String,
    /// How it was derived.
    pub derivation: Derivation,
    /// The recovery code that opens it too, where the person wants one.
    pub recovery: Option<String>,
    /// Minutes until it locks; 0 for never while the browser runs.
    pub lock_after: u32,
}

/// Opens the vault by its recovery code.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct UnlockByCode {
    /// As it was typed.
    pub code: String,
    /// Minutes until it locks; 0 for never while the browser runs.
    pub lock_after: u32,
}

/// Opens the vault.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Unlock {
    /// The root key (base64url, 32 bytes).
    pub root: String,
    /// Minutes until it locks; 0 for never while the browser runs.
    pub lock_after: u32,
}

/// Another master password for the open vault.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ChangePassword {
    /// The root key (base64url, 32 bytes) of the one that it has.
    pub old: String,
    /// The root key of the new one.
    pub root: String,
    /// How that was derived.
    pub derivation: Derivation,
    /// The recovery code that opens it too, where the person wants one.
    pub recovery: Option<String>,
    /// Passkeys that open it too; all others end with the old keys.
    pub passkeys: Vec<NewPasskey>,
    /// Minutes until it locks; 0 for never while the browser runs.
    pub lock_after: u32,
}

/// A passkey that opens the vault.
#[derive(Debug, Clone, Serialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct PasskeySlot {
    /// Its slot, and the salt of its PRF.
    pub slot: String,
    /// The authenticator's name for it (base64url), where it was added on this device.
    pub credential: Option<String>,
    /// The person's name for it, where it was added on this device.
    pub name: Option<String>,
}

/// A passkey that is to open the vault too.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewPasskey {
    /// Its slot: 16 random bytes, hexadecimal, which were the salt of its PRF.
    #[tsify(type = "string")]
    pub slot: SlotId,
    /// Its root key (base64url, 32 bytes): what the PRF gave.
    pub root: String,
    /// The authenticator's name for it (base64url).
    pub credential: String,
    /// The person's name for it.
    pub name: String,
}

/// Opens the vault by a passkey.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct UnlockByPasskey {
    /// Its slot.
    #[tsify(type = "string")]
    pub slot: SlotId,
    /// Its root key (base64url, 32 bytes).
    pub root: String,
    /// Minutes until it locks; 0 for never while the browser runs.
    pub lock_after: u32,
}

/// Changes what opens the vault; its keys stay.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ChangeSlots {
    /// The root key (base64url, 32 bytes) of the master password.
    pub root: String,
    /// What is to change.
    pub act: SlotsAct,
}

/// One thing that changes about what opens the vault.
#[derive(Deserialize, Tsify)]
#[serde(
    tag = "act",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum SlotsAct {
    /// One more passkey opens it.
    AddPasskey {
        /// Which.
        passkey: NewPasskey,
    },
    /// A passkey opens it no longer.
    RemovePasskey {
        /// Its slot.
        #[tsify(type = "string")]
        slot: SlotId,
    },
    /// The same master password, derived another way.
    Derive {
        /// The root key that it has then.
        root: String,
        /// How that was derived.
        derivation: Derivation,
    },
}
