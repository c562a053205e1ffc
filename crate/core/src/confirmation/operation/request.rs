//! What a device asks for, and the digest that its code is bound to.

use serde::{Deserialize, Serialize};

use crate::confirmation::action::Action;
use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::{AccountId, DeviceId, Hash, IdempotencyKey, UploadId, VaultId};

/// A dangerous act and everything that its code is bound to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The device's own name for it.
    pub idempotency_key: IdempotencyKey,
    /// The act, its scope and what it is about.
    pub action: Action,
    /// The vault that it is about; with `replace_cloud` the one that comes.
    pub vault: VaultId,
    /// `seq` of the head that it is made for.
    pub base_seq: u64,
    /// Hash of that head.
    pub base_head_hash: Hash,
    /// Hash of the head that the act brings (without its tag).
    pub new_head_hash: Option<Hash>,
    /// Hash of the slots that the act brings.
    pub new_slots_hash: Option<Hash>,
    /// The records that the act brings.
    pub upload: Option<UploadId>,
    /// Hash of the loss page that the person saw.
    pub loss_hash: Hash,
}

impl Request {
    /// ```text
    /// digest = SHA-256(encode("sigill/op/1", account, device, idempotency_key, action, scope, parameters_hash,
    ///          vault_id, base_seq, base_head_hash, new_head_hash?, new_slots_hash?, upload_id?, loss_hash))
    /// ```
    /// A generation that is brought back is part of the parameters.
    #[must_use]
    pub fn digest(&self, account: AccountId, device: DeviceId) -> Hash {
        let encoder = Encoder::new("sigill/op/1");
        let encoder = device.encode(account.encode(encoder));
        let encoder = self.action.encode(self.idempotency_key.encode(encoder));
        let encoder = self.action.parameters_hash().encode(encoder);
        let encoder = self.vault.encode(encoder).integer(self.base_seq);
        let encoder = self
            .base_head_hash
            .encode(encoder)
            .optional(self.new_head_hash, |e, hash| hash.encode(e))
            .optional(self.new_slots_hash, |e, hash| hash.encode(e))
            .optional(self.upload, |e, upload| upload.encode(e));
        Hash::of(&self.loss_hash.encode(encoder).finish())
    }

    /// Writes it whole, to be read by [`Self::read`].
    pub(in crate::confirmation) fn write(&self, encoder: Encoder) -> Encoder {
        let encoder = self.action.write(self.idempotency_key.encode(encoder));
        let encoder = self.vault.encode(encoder).integer(self.base_seq);
        let encoder = self
            .base_head_hash
            .encode(encoder)
            .optional(self.new_head_hash, |e, hash| hash.encode(e))
            .optional(self.new_slots_hash, |e, hash| hash.encode(e))
            .optional(self.upload, |e, upload| upload.encode(e));
        self.loss_hash.encode(encoder)
    }

    /// Reads what [`Self::write`] wrote, and nothing else.
    pub(in crate::confirmation) fn read(decoder: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            idempotency_key: IdempotencyKey::decode(decoder)?,
            action: Action::read(decoder)?,
            vault: VaultId::decode(decoder)?,
            base_seq: decoder.integer()?,
            base_head_hash: Hash::decode(decoder)?,
            new_head_hash: decoder.optional(Hash::decode)?,
            new_slots_hash: decoder.optional(Hash::decode)?,
            upload: decoder.optional(UploadId::decode)?,
            loss_hash: Hash::decode(decoder)?,
        })
    }
}
