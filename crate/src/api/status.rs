//! Where the person stands: with the vault, the account and the cloud.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::{Operation, PasskeySlot};

/// Where the person stands: the first thing that any page asks.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// Decides which page shows.
    pub vault: VaultState,
    /// The account, when signed in.
    pub account: Option<SignedIn>,
    /// How far this device and the cloud are in step.
    pub sync: SyncState,
    /// A dangerous act that was begun and is not done.
    pub unfinished: Option<Operation>,
    /// Since when the service is silent, where it has been for seven days: the
    /// vault can leave its account.
    pub silent: Option<u64>,
    /// When the account was deleted, where this device knows of it: the vault can
    /// leave it.
    pub deleted: Option<u64>,
    /// What waits at the service, where something does.
    pub held: Option<Held>,
}

/// The account password was reset by mail alone, or chosen on a new device:
/// what reaches beyond one device waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Held {
    /// When it goes on by itself.
    pub until: u64,
    /// What lifts it sooner, here.
    pub lifts: Lifts,
    /// Whether this device can still say no.
    pub can_veto: bool,
}

/// What lifts a hold before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Lifts {
    /// This device, with the vault opened by its master password.
    ThisDevice,
    /// A second factor that was there before.
    Factor,
    /// Nothing here: another device that was there before.
    Elsewhere,
}

/// What this device holds.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(
    tag = "state",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum VaultState {
    /// Nothing. Where an account is signed in, its cloud may hold a vault.
    None {
        /// A vault waits in the cloud: *Download it*.
        in_cloud: bool,
        /// A displaced generation on this device can be brought back until then.
        restorable_until: Option<u64>,
    },
    /// A vault, locked.
    Locked {
        /// Its name, readable while locked.
        name: String,
        /// Whether it belongs to an account.
        connected: bool,
        /// Whether a recovery code opens it too.
        recovery: bool,
        /// Which passkeys do.
        passkeys: Vec<PasskeySlot>,
    },
    /// A vault, open.
    Open {
        /// Its name.
        name: String,
        /// Whether it belongs to an account.
        connected: bool,
        /// Whether a recovery code opens it too.
        recovery: bool,
        /// Which passkeys do.
        passkeys: Vec<PasskeySlot>,
        /// Living entries.
        count: u32,
        /// When it locks if nobody does anything.
        locks_at: u64,
        /// Brought back, and read-only until its master password is typed.
        unanchored: bool,
    },
    /// What lies here can't be a vault that this device wrote. Nothing was changed.
    Damaged {
        /// Whether the cloud has a copy: *Download again*.
        connected: bool,
    },
}

/// The account that this device is signed in to.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SignedIn {
    /// The address.
    pub email: String,
    /// The service.
    pub service: String,
    /// Its receipt key, as four words that other devices show too.
    pub fingerprint: Vec<String>,
    /// Whether it has an account password; without one nothing dangerous can be had.
    pub linked: bool,
    /// The third-party provider that signs in to it, where there is one.
    pub provider: Option<String>,
    /// Its second factor.
    pub second_factor: SecondFactor,
}

/// The second factor of an account.
#[derive(Debug, Clone, Copy, Serialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactor {
    /// None.
    Off,
    /// Asked for wherever the table of proofs asks for it.
    On,
    /// Asked for with every dangerous act.
    Strict,
}

/// How far this device and the cloud are in step.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(
    tag = "state",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum SyncState {
    /// The vault belongs to no account.
    NotConnected,
    /// In step, or on the way: `pending` changes wait.
    On {
        /// Changes that the cloud has not seen.
        pending: u32,
        /// When this device and the cloud last agreed.
        last: Option<u64>,
    },
    /// The service can't be reached; everything goes on here.
    Offline {
        /// Changes that the cloud has not seen.
        pending: u32,
        /// When this device and the cloud last agreed.
        last: Option<u64>,
    },
    /// The person turned it off for this device: the cloud's copy stays as it is.
    Off {
        /// Changes that the cloud has not seen.
        pending: u32,
    },
    /// The session ended: sign in again. Everything goes on here.
    SignedOut {
        /// Changes that the cloud has not seen.
        pending: u32,
    },
    /// Stopped, until the person decides.
    Paused {
        /// Why.
        reason: PauseReason,
        /// The device that acted, if one did.
        device: Option<String>,
        /// When it did.
        at: Option<u64>,
    },
}

/// Why sync waits for the person. Nothing was changed on the service's word.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// The cloud was cleared from another device.
    CloudCleared,
    /// The cloud holds another vault, or another epoch of this one.
    CloudDiffers,
    /// The cloud holds the next epoch of this vault, vouched for under the keys held
    /// here: its master password was changed on another device.
    MasterPasswordChanged,
    /// The cloud was brought back to an earlier state from another device.
    CloudRestored,
    /// The service shows a past or a history that this device knows is not so.
    RolledBack,
    /// What the service sent does not verify.
    Unverified,
    /// This device was cleared; the cloud was not.
    ClearedHere,
    /// The service no longer speaks with this version of Sigill.
    Outdated,
    /// A dangerous act of this device is under way.
    OperationPending,
}
