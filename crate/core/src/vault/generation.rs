//! Which heads a device may follow.
//!
//! A device pins the newest head that it knows, in the same transaction as the
//! data. Whatever the service shows later must come after that pin by heads
//! that verify under the head key which the device already holds, each naming
//! the one before. The service can forge no such head; it can only withhold.

use super::head::{Head, Tag};
use super::key::EpochKeys;
use crate::id::{DeviceId, Hash, VaultId};
use crate::wire::Seconds;

mod hand;
mod pin;
#[cfg(test)]
mod tests;
mod voucher;

pub use hand::follow_by_hand;
pub use pin::{Pin, PinError};
pub use voucher::{Vouched, Voucher, still_leads_over, vouched_for};

/// Epochs that a service may claim to have seen after the one that a device knows.
/// A claim further off would leave no number for the epochs that are to come.
pub const LEAP: u64 = 1 << 20;

/// Why a device does not follow. Its own copy stays, sync turns read-only, and
/// the way on is the person's hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The head is of another vault.
    #[error("the head is of vault {found}")]
    OtherVault {
        /// Which.
        found: VaultId,
    },
    /// The head is of an epoch that is over.
    #[error("the head is of epoch {found}, the pin of {pinned}")]
    LowerEpoch {
        /// The pin's.
        pinned: u64,
        /// The head's.
        found: u64,
    },
    /// The head is of a later epoch, which the keys held can't vouch for.
    #[error("the head is of epoch {found}, the pin of {pinned}")]
    OtherEpoch {
        /// The pin's.
        pinned: u64,
        /// The head's.
        found: u64,
    },
    /// The head begins a later epoch, and the head key held does not vouch for it.
    #[error("head {seq} is not vouched for by the key held")]
    NotVouched {
        /// Its `seq`.
        seq: u64,
    },
    /// The head was not tagged under the head key held.
    #[error("head {seq} does not verify under the key held")]
    BadTag {
        /// Its `seq`.
        seq: u64,
    },
    /// An earlier state than the one pinned.
    #[error("seq {found} is shown where {pinned} was known")]
    RolledBack {
        /// The pin's.
        pinned: u64,
        /// What was shown.
        found: u64,
    },
    /// Another head of the same number.
    #[error("there are two heads {seq}")]
    Forked {
        /// Their `seq`.
        seq: u64,
    },
    /// The head does not name the one before it, so the chain does not reach
    /// the pin.
    #[error("head {seq} does not follow the head before it")]
    ChainBroken {
        /// Its `seq`.
        seq: u64,
    },
    /// Numbers are left out and no act of a person says why.
    #[error("head {found} follows head {known} with numbers left out")]
    Gap {
        /// The last known.
        known: u64,
        /// What came.
        found: u64,
    },
    /// The heads shown end before the one that is said to stand.
    #[error("the heads end at {reached}, and {said} is said to stand")]
    NotReached {
        /// Where they end.
        reached: u64,
        /// What is said.
        said: u64,
    },
    /// The head names other slots, and the password slot before did not sign for them.
    #[error("head {seq} names slots that nobody signed for")]
    UnsignedSlots {
        /// Its `seq`.
        seq: u64,
    },
    /// The password slot is cheaper to guess at than the one known.
    #[error("the password slot is cheaper to guess at than the one known")]
    WeakerKdf,
}

/// Whether the heads followed hold wholesale acts of another device, in order
/// of how much they ask of this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wholesale {
    /// None: a delta.
    None,
    /// The content was replaced. Taken by itself; the own copy is sealed first.
    Replaced,
    /// An earlier generation was brought back. The person is asked.
    Restored,
}

/// Heads that a device may follow: proof that [`follow`] checked them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    pin: Pin,
    wholesale: Wholesale,
}

impl Followed {
    /// The new pin, to be stored with the data.
    #[must_use]
    pub const fn pin(&self) -> &Pin {
        &self.pin
    }

    /// Whether it takes more than a delta.
    #[must_use]
    pub const fn wholesale(&self) -> Wholesale {
        self.wholesale
    }
}

/// Follows `heads`, oldest first, from `pin`. Every one must
///
/// 1. be of the pinned vault and epoch,
/// 2. verify under the head key held,
/// 3. name the head before it, back to the pin, and
/// 4. have the next number. Only a head that a person's act brought (an
///    operation, or one that anchors a restored generation) may leave numbers
///    out: a clear of the cloud and a restore by the service each take one
///    and have no head. A service that lies about its number to a device that
///    merely syncs gets a head that the other devices refuse.
///
/// The pinned head itself may come first: a service may show it again.
///
/// # Errors
/// See [`Refused`]; nothing is to be taken over then.
pub fn follow(pin: &Pin, keys: &EpochKeys, heads: &[(Head, Tag)]) -> Result<Followed, Refused> {
    let start = Followed {
        pin: *pin,
        wholesale: Wholesale::None,
    };
    heads.iter().try_fold(start, |followed, (head, tag)| {
        let pin = &followed.pin;
        check_ours(pin, head)?;
        if !head.is_tagged(keys, tag) {
            return Err(Refused::BadTag { seq: head.seq });
        }
        let hash = head.hash();
        if head.seq == pin.seq && hash == pin.head_hash {
            return Ok(followed);
        }
        check_next(pin, head)?;
        Ok(Followed {
            pin: Pin {
                seq: head.seq,
                head_hash: hash,
                ..*pin
            },
            wholesale: followed.wholesale.max(wholesale(head)),
        })
    })
}

fn check_ours(pin: &Pin, head: &Head) -> Result<(), Refused> {
    if head.vault != pin.vault {
        return Err(Refused::OtherVault { found: head.vault });
    }
    let (pinned, found) = (pin.epoch, head.epoch);
    if found < pinned {
        return Err(Refused::LowerEpoch { pinned, found });
    }
    if found > pinned {
        return Err(Refused::OtherEpoch { pinned, found });
    }
    Ok(())
}

fn check_next(pin: &Pin, head: &Head) -> Result<(), Refused> {
    let seq = head.seq;
    if seq < pin.seq {
        return Err(Refused::RolledBack {
            pinned: pin.seq,
            found: seq,
        });
    }
    if seq == pin.seq {
        return Err(Refused::Forked { seq });
    }
    if head.previous != pin.head_hash {
        return Err(Refused::ChainBroken { seq });
    }
    match wholesale(head) {
        Wholesale::None if seq - pin.seq > 1 => Err(Refused::Gap {
            known: pin.seq,
            found: seq,
        }),
        Wholesale::None | Wholesale::Replaced | Wholesale::Restored => Ok(()),
    }
}

const fn wholesale(head: &Head) -> Wholesale {
    if head.restored_from.is_some() {
        Wholesale::Restored
    } else if head.operation.is_some() {
        Wholesale::Replaced
    } else {
        Wholesale::None
    }
}

/// Where the cloud stands: [`crate::wire::vault::Cloud`]'s two fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its `seq`.
    pub seq: u64,
    /// Hash of the last head that stood there: the displaced one.
    pub head_hash: Hash,
}

/// The head that anchors a restored generation, once its master password was
/// typed: the restored head's content, after whatever stood in the cloud.
///
/// ```text
/// seq = current + 1, previous = displaced head, restored_from = restored head
/// ```
/// Vault and epoch stay the restored one's. A generation of another vault or
/// epoch is anchored by the first head of a new epoch, under new keys: see
/// [`anchoring_epoch`](crate::confirmation::operation::anchoring_epoch).
#[must_use]
pub fn anchor(restored: &Head, cloud: Standing, writer: DeviceId, time: Seconds) -> Head {
    Head {
        seq: cloud.seq + 1,
        previous: cloud.head_hash,
        restored_from: Some(restored.hash()),
        operation: None,
        writer,
        time,
        ..restored.clone()
    }
}
