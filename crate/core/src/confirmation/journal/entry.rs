//! An entry of the journal.

use alloc::vec::Vec;

use crate::confirmation::operation::{Asker, Request};
use crate::confirmation::receipt::{PinnedKey, SignedReceipt};
use crate::id::{Hash, IdempotencyKey, OperationId};
use crate::vault::generation::Voucher;
use crate::vault::head::Tag;
use crate::wire::operation::Asked;

/// A dangerous act, from the wish to the deed.
#[derive(Debug, Clone)]
pub struct Entry {
    pub(super) asker: Asker,
    pub(super) key: PinnedKey,
    pub(super) request: Request,
    pub(super) digest: Hash,
    pub(super) brings: Brings,
    pub(super) phase: Phase,
}

/// What an act puts into the cloud.
#[derive(Debug, Clone)]
pub enum Brings {
    /// Nothing.
    Nothing,
    /// A vault.
    Vault(NewVault),
}

/// The head and slots of a vault that an act puts into the cloud.
#[derive(Debug, Clone)]
pub struct NewVault {
    /// The head, encoded, without its tag.
    pub head: Vec<u8>,
    /// Its tag; it leaves in the confirmation only.
    pub tag: Tag,
    /// What the old head key says of it, where it begins the next epoch; it
    /// leaves in the confirmation only.
    pub voucher: Option<Voucher>,
    /// The slots, encoded.
    pub slots: Vec<Vec<u8>>,
}

/// How far an act is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Written down; the service may know of it or not.
    Requested,
    /// The service waits for proofs; the person has given none.
    Asked(Asked),
    /// The person has given proofs. From here on the service may have executed it.
    Proving {
        /// What the service last said.
        asked: Asked,
        /// Whether the last proofs were answered.
        answer: Answer,
    },
    /// The receipt is here and verified; what it allows is to be done on this device.
    Receipted(SignedReceipt),
    /// Done on both sides.
    Done(SignedReceipt),
    /// Over; nothing was changed on either side.
    Over(Over),
}

/// Whether the last proofs were answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Not yet: ask the service before the person is asked again.
    Awaited,
    /// They were; the person may give others.
    Given,
}

/// How an act ended without an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// The service never took it.
    Refused,
    /// The vault moved meanwhile.
    Stale,
    /// Its time ran out.
    Expired,
    /// Its tries were used up.
    Burnt,
    /// A newer one took its place.
    Superseded,
    /// It was cancelled.
    Cancelled,
}

/// Why an entry can't be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// The request names another head than the one that comes with it.
    #[error("the request names another head than the one that comes with it")]
    OtherHead,
}

impl Entry {
    /// Writes an act down. `key` was pinned at first contact with the service.
    /// Go on with [`super::Event::Start`].
    ///
    /// # Errors
    /// [`EntryError`].
    pub fn new(
        asker: Asker,
        key: PinnedKey,
        request: Request,
        brings: Brings,
    ) -> Result<Self, EntryError> {
        let head = match &brings {
            Brings::Nothing => None,
            Brings::Vault(vault) => Some(Hash::of(&vault.head)),
        };
        if head != request.new_head_hash {
            return Err(EntryError::OtherHead);
        }
        Ok(Self {
            digest: request.digest(asker.account, asker.device),
            asker,
            key,
            request,
            brings,
            phase: Phase::Requested,
        })
    }

    /// The device's own name for it.
    #[must_use]
    pub const fn key(&self) -> IdempotencyKey {
        self.request.idempotency_key
    }

    /// What was asked for.
    #[must_use]
    pub const fn request(&self) -> &Request {
        &self.request
    }

    /// What it puts into the cloud.
    #[must_use]
    pub const fn brings(&self) -> &Brings {
        &self.brings
    }

    /// How far it is.
    #[must_use]
    pub const fn phase(&self) -> &Phase {
        &self.phase
    }

    /// The service's name for it, once it told.
    #[must_use]
    pub const fn operation(&self) -> Option<OperationId> {
        match &self.phase {
            Phase::Asked(asked) | Phase::Proving { asked, .. } => Some(asked.operation),
            Phase::Receipted(signed) | Phase::Done(signed) => Some(signed.receipt.operation),
            Phase::Requested | Phase::Over(_) => None,
        }
    }

    /// Whether it may still have an effect: while it does, this device's own
    /// changes wait.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        match self.phase {
            Phase::Requested | Phase::Asked(_) | Phase::Proving { .. } | Phase::Receipted(_) => {
                true
            }
            Phase::Done(_) | Phase::Over(_) => false,
        }
    }
}
