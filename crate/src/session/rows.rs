//! The rows of the device's store.
//!
//! | key | row |
//! |---|---|
//! | `active` | the [`GenerationId`] of the vault that is here |
//! | `staging` | a generation that is being written; gone when it is active, or at the next start |
//! | `g/<generation>/…` | a vault, whole: see [`super::vault`] |
//! | `account`, `attempt` | the account and its tokens; the last address that was signed up |
//! | `sign_in` | a sign-in by a provider that waits for its person |
//! | `cloud` | what the cloud held when it was last asked |
//! | `heard` | the service's clock, when it last answered; stays when `cloud` goes |
//! | `silence` | since when the service gives no answer; gone with its next word |
//! | `held` | what waits at the service, and when it was last asked |
//! | `sync` | why sync waits, and when it last ran |
//! | `timeline` | the last entry of the account's timeline that was verified here |
//! | `quarantine` | displaced generations that wait for their end |
//! | `journal`, `operation` | the dangerous act that was begun |
//! | `fresh` | the vault that a reset will put here, whole, until its receipt comes |
//! | `leave` | the head of which a clear is to leave nothing |
//! | `upload` | how far records came that are on their way to the service |
//! | `index/<generation>` | what lists need of the vault, sealed: see [`super::entries`] |
//! | `f/…`, `fc/…`, `files` | files of items: see [`super::files`] |
//! | `drawn/<generation>` | what the generator made, sealed: see [`super::drawn`] |
//! | `batch/<generation>/…` | imports that can be undone: see [`super::imports`] |

use serde::Serialize;
use sigill_core::confirmation::policy;
use sigill_core::id::{AccountId, DeviceId, GenerationId, Hash};
use sigill_core::wire::account::ReceiptKey;
use sigill_core::wire::{Seconds, SecretText};

use super::Session;
use crate::api::{Held, PauseReason};
use crate::json::{self, Read, object};
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

pub(crate) const ACTIVE: &str = "active";
pub(crate) const STAGING: &str = "staging";
pub(crate) const ACCOUNT: &str = "account";
pub(crate) const ATTEMPT: &str = "attempt";
pub(crate) const SIGN_IN: &str = "sign_in";
pub(crate) const CLOUD: &str = "cloud";
pub(crate) const HEARD: &str = "heard";
pub(crate) const SILENCE: &str = "silence";
pub(crate) const HELD: &str = "held";
pub(crate) const SYNC: &str = "sync";
pub(crate) const TIMELINE: &str = "timeline";
pub(crate) const QUARANTINE: &str = "quarantine";
pub(crate) const JOURNAL: &str = "journal";
pub(crate) const OPERATION: &str = "operation";
pub(crate) const FRESH: &str = "fresh";
pub(crate) const LEAVE: &str = "leave";
pub(crate) const UPLOAD: &str = "upload";

/// `account`: stays after signing out, without its tokens.
#[derive(Serialize)]
pub(crate) struct AccountRow {
    pub(crate) service: String,
    pub(crate) email: String,
    pub(crate) account: AccountId,
    pub(crate) device: DeviceId,
    pub(crate) receipt_key: ReceiptKey,
    pub(crate) standing: policy::Standing,
    /// The third-party provider that signs in to it, as people call it.
    pub(crate) provider: Option<String>,
    /// When the account is to be deleted, as it was last heard.
    pub(crate) delete_at: Option<Seconds>,
    pub(crate) tokens: Option<Tokens>,
}

/// A session at the service.
#[derive(Serialize)]
pub(crate) struct Tokens {
    pub(crate) access: SecretText,
    pub(crate) refresh: SecretText,
    /// By the device's clock; a wrong one costs a request, nothing else.
    pub(crate) until: Seconds,
}

/// `attempt`.
#[derive(Serialize)]
pub(crate) struct Attempt {
    pub(crate) service: String,
    pub(crate) email: String,
}

/// `cloud`.
#[derive(Serialize)]
pub(crate) struct CloudRow {
    pub(crate) seq: u64,
    pub(crate) head_hash: Hash,
    pub(crate) holds_vault: bool,
    /// The service's clock.
    pub(crate) now: Seconds,
}

/// `held`.
#[derive(Serialize)]
pub(crate) struct HeldRow {
    /// When the service was asked.
    pub(crate) at: Seconds,
    /// Whether the device was signed in then.
    pub(crate) signed_in: bool,
    pub(crate) held: Option<Held>,
}

/// `sync`.
#[derive(Default, Serialize)]
pub(crate) struct SyncRow {
    pub(crate) paused: Option<Paused>,
    /// When this device and the cloud last agreed.
    pub(crate) agreed: Option<Seconds>,
    /// When the service was last asked.
    pub(crate) tried: Seconds,
    /// Whether it answered then.
    pub(crate) answered: bool,
}

/// Why sync waits.
#[derive(Clone, Serialize)]
pub(crate) struct Paused {
    pub(crate) reason: PauseReason,
    pub(crate) device: Option<String>,
    pub(crate) at: Option<Seconds>,
    /// What was vouched for by the head key, while it was at hand.
    pub(crate) vouched: Option<VouchedRow>,
}

/// A later epoch of the vault here, vouched for.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct VouchedRow {
    /// Hash of the head that begins it.
    pub(crate) begins: Hash,
    /// Hash of the head that stood in the cloud.
    pub(crate) stands: Hash,
}

/// `timeline`.
#[derive(Serialize)]
pub(crate) struct TimelineRow {
    pub(crate) account: AccountId,
    pub(crate) seq: u64,
    pub(crate) hash: Hash,
}

/// `quarantine`: a list of these, newest last.
#[derive(Clone, Serialize)]
pub(crate) struct Quarantined {
    pub(crate) generation: GenerationId,
    pub(crate) head_hash: Hash,
    pub(crate) name: String,
    pub(crate) until: Seconds,
}

object! {
    AccountRow { service, email, account, device, receipt_key, standing, provider, delete_at, tokens }
    Tokens { access, refresh, until }
    Attempt { service, email }
    CloudRow { seq, head_hash, holds_vault, now }
    HeldRow { at, signed_in, held }
    SyncRow { paused, agreed, tried, answered }
    Paused { reason, device, at, vouched }
    VouchedRow { begins, stands }
    TimelineRow { account, seq, hash }
    Quarantined { generation, head_hash, name, until }
}

impl<R: Rim> Session<R> {
    /// A row that is JSON.
    pub(crate) async fn read<T: Read>(&self, key: &str) -> Result<Option<T>, Trouble> {
        match self.rim.get(key).await? {
            None => Ok(None),
            Some(row) => json::parse(&row).map(Some).ok_or(Trouble::Damaged),
        }
    }

    /// Writes one row that is JSON.
    pub(crate) async fn write<T: Serialize>(&self, key: &str, value: &T) -> Result<(), Trouble> {
        let mut batch = Batch::default();
        batch.put_json(key, value);
        self.rim.commit(batch).await
    }

    pub(crate) fn random<const N: usize>(&self) -> Result<[u8; N], Trouble> {
        let mut bytes = [0; N];
        self.rim.fill(&mut bytes)?;
        Ok(bytes)
    }
}

impl Batch {
    /// Writes a row that is JSON.
    pub(crate) fn put_json<T: Serialize>(&mut self, key: &str, value: &T) {
        self.put(key, json::text(value).into_bytes());
    }
}
