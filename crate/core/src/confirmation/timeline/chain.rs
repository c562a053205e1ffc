//! An entry, its hash, and whether a history extends what was known.

use alloc::string::ToString;

use serde::{Deserialize, Serialize};

use super::event::Event;
use crate::confirmation::words::Words;
use crate::encode::Encoder;
use crate::id::{AccountId, DeviceId, Hash, OperationId};
use crate::wire::Seconds;

/// What an entry says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Said {
    /// When, by the service's clock.
    pub at: Seconds,
    /// The device that it is about, where it is about one.
    pub device: Option<DeviceId>,
    /// What happened.
    pub event: Event,
    /// The operation, where it is about one.
    pub operation: Option<OperationId>,
    /// Everything that the operation was bound to.
    pub digest: Option<Hash>,
}

/// An entry in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Entry {
    /// 1, 2, 3 …
    pub seq: u64,
    /// What it says.
    #[serde(flatten)]
    pub said: Said,
    /// Its hash, as the service wrote it down.
    pub hash: Hash,
}

/// Where a history ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Last {
    /// Of the last entry; 0 before the first.
    pub seq: u64,
    /// Of the last entry; [`Hash::NOTHING`] before the first.
    pub hash: Hash,
}

/// A history does not hold together, or is not the one that was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the timeline does not hold together at entry {seq}")]
pub struct Broken {
    /// The first entry that can't be believed; everything before it can.
    pub seq: u64,
}

const LABEL: &str = "sigill/timeline/1";

impl Last {
    /// Before the first entry.
    pub const NOTHING: Self = Self {
        seq: 0,
        hash: Hash::NOTHING,
    };

    /// The entry that says `said` after this one.
    #[must_use]
    pub fn then(self, account: AccountId, said: Said) -> Entry {
        let seq = self.seq.saturating_add(1);
        let encoder = self.hash.encode(account.encode(Encoder::new(LABEL)));
        let encoding = encoder
            .integer(seq)
            .integer(said.at)
            .optional(said.device, |e, device| device.encode(e))
            .text(&said.event.to_string())
            .optional(said.operation, |e, operation| operation.encode(e))
            .optional(said.digest, |e, digest| digest.encode(e))
            .finish();
        Entry {
            seq,
            said,
            hash: Hash::of(&encoding),
        }
    }
}

impl Entry {
    /// The place that it leaves the history at.
    #[must_use]
    pub const fn last(&self) -> Last {
        Last {
            seq: self.seq,
            hash: self.hash,
        }
    }

    /// The four words of its operation: those of the mail and the page.
    #[must_use]
    pub fn reference(&self) -> Option<Words> {
        let operation = self.said.operation?;
        Some(Words::reference(self.said.digest?, operation))
    }
}

/// Follows `entries` from the place `begin`, and finds where they lead to.
///
/// A history read from its beginning begins at [`Last::NOTHING`], news at what
/// is `known` already; either has to lead through `known`, so that nothing up
/// to there can have been changed, removed, reordered or inserted.
///
/// # Errors
/// [`Broken`] with the first entry that can't be believed.
pub fn verify(
    account: AccountId,
    begin: Last,
    entries: &[Entry],
    known: Last,
) -> Result<Last, Broken> {
    let mut last = begin;
    for entry in entries {
        let seq = last.seq.saturating_add(1);
        if *entry != last.then(account, entry.said) {
            return Err(Broken { seq });
        }
        last = entry.last();
        if last.seq == known.seq && last != known {
            return Err(Broken { seq });
        }
    }
    if last.seq < known.seq {
        let seq = last.seq.saturating_add(1);
        return Err(Broken { seq });
    }
    Ok(last)
}

#[cfg(test)]
mod tests {
    use super::super::event::{Act, Change, Step};
    use super::*;
    use alloc::string::ToString;

    /// Golden vector: what other implementations must compute.
    #[test]
    fn a_golden_vector_stays_as_it_is() {
        let account = AccountId([1; 16]);
        let first = Last::NOTHING.then(
            account,
            Said {
                at: 1_795_442_700,
                device: Some(DeviceId([2; 16])),
                event: Event::Account(Change::SignedIn),
                operation: None,
                digest: None,
            },
        );
        let second = first.last().then(
            account,
            Said {
                at: 1_795_442_760,
                device: Some(DeviceId([2; 16])),
                event: Event::Operation {
                    step: Step::Asked,
                    act: Act::ClearEverywhere,
                },
                operation: Some(OperationId([3; 16])),
                digest: Some(Hash([4; 32])),
            },
        );
        assert_eq!(
            first.hash.to_string(),
            "6c2e35527e26b27c56f71482d2f36222e4755997ac38cc915beb0840de04fb18"
        );
        assert_eq!(
            second.hash.to_string(),
            "5a4983e327d4f6e975348c706107127f503c7516fde6a7f2bb6596c78467ea23"
        );
    }
}
