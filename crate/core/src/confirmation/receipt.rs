//! The service's signed word that an act was executed.

use serde::{Deserialize, Serialize};

use super::action::Action;
use crate::id::{AccountId, DeviceId, Hash, KeyId, OperationId};
use crate::wire::{Bytes, Seconds};

/// What the service says it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// The key that signs it.
    pub key: KeyId,
    /// The operation.
    pub operation: OperationId,
    /// Whose.
    pub account: AccountId,
    /// The device that asked.
    pub device: DeviceId,
    /// The act.
    pub action: Action,
    /// Everything that it was bound to.
    pub digest: Hash,
    /// When it was executed.
    pub executed_at: Seconds,
    /// The cloud's `seq` after it.
    pub new_seq: u64,
    /// Until when the displaced generation can be brought back; `executed_at`
    /// where nothing was displaced at the service.
    pub quarantine_until: Seconds,
}

/// A receipt and its signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedReceipt {
    /// What it says.
    #[serde(flatten)]
    pub receipt: Receipt,
    /// Ed25519 over the encoded receipt, 64 bytes.
    pub signature: Bytes,
}
