//! The cloud's copy of a vault.
//!
//! | request | answer |
//! |---|---|
//! | `GET /v1/vault` | 200 [`Cloud`] |
//! | `GET /v1/vault/changes?generation=…&since=SEQ&after=CURSOR` | 200 [`Changes`] · 409 `generation_replaced` |
//! | `GET /v1/vault/moved?seq=SEQ` | 200 [`Moved`], after 15 seconds at most · 429 `too_many_requests` |
//! | `POST /v1/vault/push` [`Push`] | 200 [`Pushed`] · 412 `head_moved` · 409 `operation_pending`, `vault_differs` |
//! | `GET /v1/vault/epoch` | 200 [`EpochNonce`] |
//! | `POST /v1/vault/epoch` [`NewEpoch`] | 200 [`Pushed`] · 403 `proof_rejected` · else as a push |
//! | `POST /v1/uploads` | 201 [`Upload`] |
//! | `PUT /v1/uploads/{upload}` [`UploadPart`] | 204; the same record again is no error |
//! | `GET /v1/generations` | 200 [`Generations`] |
//!
//! A request's body is at most 8 MiB; more records than that go in parts of an
//! upload, which a [`Push`] or an operation then names.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{Bytes, Seconds};
use crate::confirmation::action::Action;
use crate::id::{GenerationId, Hash, UploadId, VaultId};

/// What the cloud holds for an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cloud {
    /// Rises with every write, whatever happens to the vault; 0 before the first.
    pub seq: u64,
    /// Of the last head that stood here, also after the vault was cleared;
    /// [`Hash::NOTHING`] before the first.
    pub head_hash: Hash,
    /// The vault, where there is one.
    pub vault: Option<CloudVault>,
    /// The last wholesale act, for devices that were not there.
    pub last_act: Option<LastAct>,
    /// The highest epoch that each of the account's vaults ever had here.
    pub epochs: Vec<HighestEpoch>,
    /// The service's clock.
    pub now: Seconds,
}

/// How far a vault's epochs went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HighestEpoch {
    /// The vault.
    pub vault: VaultId,
    /// Its highest epoch ever.
    pub epoch: u64,
}

/// The vault in the cloud.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CloudVault {
    /// The vault.
    pub vault: VaultId,
    /// Its epoch.
    pub epoch: u64,
    /// Changes only by a wholesale act; deltas are good within one generation.
    pub generation: GenerationId,
    /// The current head with its tag.
    pub head: TaggedHead,
    /// The slots, encoded.
    pub slots: Vec<Bytes>,
    /// Living entries.
    pub count: u64,
    /// Whether it was brought back and waits for its anchoring head; until
    /// then it is read-only.
    pub anchoring: Anchoring,
    /// The epoch of the head that anchors it, while it waits for one: its own,
    /// or a later one under new keys ([`NewEpoch`]).
    pub anchor_epoch: Option<u64>,
    /// What the old head key says of the head that began this epoch
    /// ([`Voucher`](crate::vault::generation::Voucher), 32 bytes), where one was given.
    pub voucher: Option<Bytes>,
}

/// Whether a generation's head was written by a device that can open it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Anchoring {
    /// It was.
    Anchored,
    /// It was brought back by the service; an anchoring head must follow.
    Unanchored,
}

/// A head and its tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaggedHead {
    /// The head, encoded, without its tag.
    pub head: Bytes,
    /// HMAC under the head key.
    pub tag: Bytes,
}

/// A wholesale act that an account's devices should hear of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LastAct {
    /// What was done.
    pub action: Action,
    /// The name of the device that did it.
    pub device_name: String,
    /// When.
    pub at: Seconds,
    /// `seq` after it.
    pub seq: u64,
}

/// Whether the cloud stands elsewhere than a device that waited knew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Moved {
    /// It does, or another device just wrote: look.
    pub moved: bool,
}

/// What the current password slot signs together with a new epoch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EpochNonce {
    /// 32 bytes; good for this device and as long as the cloud stands where it does.
    pub nonce: Bytes,
}

/// The same vault under a new key: all of it, in the old one's place. So begins
/// the epoch after a change of master password, and the one that anchors what
/// was brought back from an older epoch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewEpoch {
    /// Where the cloud stands, as the device knows it.
    pub base_seq: u64,
    /// Hash of the head there.
    pub base_head_hash: Hash,
    /// The head of the next epoch over all records; its `seq` is the base's + 1,
    /// its `previous` the base's hash.
    pub head: TaggedHead,
    /// The slots of the next epoch, encoded.
    pub slots: Vec<Bytes>,
    /// Every record, sealed anew, where they are few …
    pub records: Vec<Bytes>,
    /// … else the upload that holds them.
    pub upload: Option<UploadId>,
    /// By the password slot that stands, over
    /// [`SlotsChange`](crate::vault::slots::SlotsChange).
    pub signature: Bytes,
    /// [`Voucher`](crate::vault::generation::Voucher) for `head`, 32 bytes, under
    /// the head key of the epoch that stands; none where what stands was brought
    /// back: the keys of an older epoch vouch for nothing after it.
    pub voucher: Option<Bytes>,
}

/// What changed since a `seq`, in pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Changes {
    /// What the cloud holds now; the same on every page of one reading, else
    /// the reading starts again.
    pub cloud: Cloud,
    /// On the first page: every head after `since`, oldest first, so that the
    /// chain can be followed from a pin.
    pub heads: Vec<TaggedHead>,
    /// On the first page: whose slots the heads of those name, where they changed
    /// within an epoch, oldest first.
    pub slots: Vec<SlotsChanged>,
    /// Records changed after `since`, encoded, by item.
    pub records: Vec<Bytes>,
    /// Where the next page begins, if there is one.
    pub after: Option<String>,
}

/// Writes records and the head over them, if the cloud still stands at `base`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Push {
    /// `seq` that the head follows.
    pub base_seq: u64,
    /// Hash of the head that it follows.
    pub base_head_hash: Hash,
    /// The new head and its tag.
    pub head: TaggedHead,
    /// Changed records, encoded.
    pub records: Vec<Bytes>,
    /// More of them, uploaded before.
    pub upload: Option<UploadId>,
    /// The slots: with the first head of a vault in an empty cloud, or others within
    /// the epoch, then with a signature.
    pub slots: Option<Vec<Bytes>>,
    /// By the password slot that stands, over
    /// [`SlotsChange`](crate::vault::slots::SlotsChange).
    pub signature: Option<Bytes>,
}

/// Other slots within an epoch, for the devices that follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotsChanged {
    /// The slots, encoded.
    pub slots: Vec<Bytes>,
    /// The service's part of what was signed, 32 bytes.
    pub nonce: Bytes,
    /// By the password slot that stood before.
    pub signature: Bytes,
}

/// A push was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pushed {
    /// The cloud's `seq` now.
    pub seq: u64,
    /// The generation that it is part of.
    pub generation: GenerationId,
    /// The service's clock.
    pub now: Seconds,
}

/// A place for records that are not part of any generation yet; gone after a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Upload {
    /// Its name.
    pub upload: UploadId,
    /// When it goes.
    pub until: Seconds,
}

/// Records for an upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UploadPart {
    /// Records, encoded.
    pub records: Vec<Bytes>,
}

/// Generations that were displaced and can be brought back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Generations {
    /// Newest first.
    pub generations: Vec<Displaced>,
}

/// A displaced generation. Its content is not served before its Restore has executed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Displaced {
    /// Its name.
    pub generation: GenerationId,
    /// The vault.
    pub vault: VaultId,
    /// Its epoch.
    pub epoch: u64,
    /// `seq` of its last head.
    pub seq: u64,
    /// Hash of its last head.
    pub head_hash: Hash,
    /// Living entries.
    pub count: u64,
    /// What displaced it.
    pub by: Action,
    /// The name of the device that did.
    pub device_name: String,
    /// When.
    pub at: Seconds,
    /// Until when it can be brought back.
    pub until: Seconds,
}
