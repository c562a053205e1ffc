//! A vault or an epoch that the keys held here can't vouch for, taken by the
//! person's hand.
//!
//! The master password, typed, is the proof: nobody who does not know it can
//! make a slot that opens with it, nor a head that verifies under its keys. What
//! the hand can't tell is whether that vault came after the one known here; the
//! chain of heads does.

use alloc::vec::Vec;

use super::{Pin, Refused};
use crate::id::Hash;
use crate::vault::head::{Head, Tag};
use crate::vault::key::EpochKeys;

/// Follows `heads`, oldest first, from `pin` to the last of them, which must
/// verify under `keys`. Heads between, of whatever vault and epoch, are held in
/// their place by the hash that the next one names.
///
/// # Errors
/// See [`Refused`]; nothing is to be taken over then.
pub fn follow_by_hand(pin: &Pin, keys: &EpochKeys, heads: &[(Head, Tag)]) -> Result<(), Refused> {
    let after: Vec<_> = heads
        .iter()
        .filter(|(head, _)| head.seq > pin.seq)
        .collect();
    let Some((last, tag)) = after.last() else {
        return stands_still(pin, keys, heads.last());
    };
    if !last.is_tagged(keys, tag) {
        return Err(Refused::BadTag { seq: last.seq });
    }
    if last.vault == pin.vault && last.epoch < pin.epoch {
        return Err(Refused::LowerEpoch {
            pinned: pin.epoch,
            found: last.epoch,
        });
    }
    let start = (pin.seq, pin.head_hash);
    let chained = after.iter().try_fold(start, |before, (head, _)| {
        let (seq, hash): (u64, Hash) = before;
        if head.seq <= seq || head.previous != hash {
            return Err(Refused::ChainBroken { seq: head.seq });
        }
        Ok((head.seq, head.hash()))
    });
    chained.map(|_| ())
}

/// The cloud stands where this device left it, and another vault took that one's
/// place here: it is taken back by its own keys.
fn stands_still(pin: &Pin, keys: &EpochKeys, last: Option<&(Head, Tag)>) -> Result<(), Refused> {
    match last {
        Some((head, tag)) if (head.seq, head.hash()) == (pin.seq, pin.head_hash) => {
            if head.is_tagged(keys, tag) {
                Ok(())
            } else {
                Err(Refused::BadTag { seq: head.seq })
            }
        }
        Some(_) | None => Err(Refused::RolledBack {
            pinned: pin.seq,
            found: last.map_or(0, |(head, _)| head.seq),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::VaultId;
    use crate::vault::fixture::{head, keys, other_keys};
    use crate::vault::kdf::Kdf;
    use alloc::vec;

    fn pinned() -> (Head, Pin) {
        let head = Head { seq: 5, ..head() };
        let pin = Pin::first(&head, Kdf::DEFAULT);
        (head, pin)
    }

    /// Heads after `from`, the last of them of another vault under other keys.
    fn chain(from: &Head) -> Vec<(Head, Tag)> {
        let own = Head {
            seq: 6,
            previous: from.hash(),
            ..from.clone()
        };
        let other = Head {
            vault: VaultId([99; 16]),
            seq: 8,
            previous: own.hash(),
            ..from.clone()
        };
        let tags = (own.tag(&keys()), other.tag(&other_keys()));
        vec![(own, tags.0), (other, tags.1)]
    }

    #[test]
    fn another_vault_is_taken_by_hand_where_its_heads_come_after_the_pin() {
        let (head, pin) = pinned();
        let mut heads = vec![(head.clone(), head.tag(&keys()))];
        heads.extend(chain(&head));
        assert_eq!(follow_by_hand(&pin, &other_keys(), &heads), Ok(()));
    }

    #[test]
    fn a_head_that_its_own_keys_did_not_write_is_refused() {
        let (head, pin) = pinned();
        let refused = follow_by_hand(&pin, &keys(), &chain(&head));
        assert_eq!(refused, Err(Refused::BadTag { seq: 8 }));
    }

    #[test]
    fn a_vault_from_before_the_pin_or_beside_it_is_refused() {
        let (head, pin) = pinned();
        let past = Head {
            vault: VaultId([99; 16]),
            seq: 4,
            ..head.clone()
        };
        let tag = past.tag(&other_keys());
        let refused = follow_by_hand(&pin, &other_keys(), &[(past, tag)]);
        assert_eq!(
            refused,
            Err(Refused::RolledBack {
                pinned: 5,
                found: 4
            })
        );
        let beside = Head {
            time: 0,
            ..head.clone()
        };
        let refused = follow_by_hand(&pin, &other_keys(), &chain(&beside));
        assert_eq!(refused, Err(Refused::ChainBroken { seq: 6 }));
        let left_out = &chain(&head)[1..];
        let refused = follow_by_hand(&pin, &other_keys(), left_out);
        assert_eq!(refused, Err(Refused::ChainBroken { seq: 8 }));
    }

    #[test]
    fn a_cloud_that_stands_still_is_taken_back_by_its_own_keys_only() {
        let (head, pin) = pinned();
        let still = [(head.clone(), head.tag(&keys()))];
        assert_eq!(follow_by_hand(&pin, &keys(), &still), Ok(()));
        let refused = follow_by_hand(&pin, &other_keys(), &still);
        assert_eq!(refused, Err(Refused::BadTag { seq: 5 }));
        let beside = Head { time: 0, ..head };
        let tag = beside.tag(&keys());
        let refused = follow_by_hand(&pin, &keys(), &[(beside, tag)]);
        assert_eq!(
            refused,
            Err(Refused::RolledBack {
                pinned: 5,
                found: 5
            })
        );
    }

    #[test]
    fn a_lower_epoch_of_the_same_vault_is_refused() {
        let (head, pin) = pinned();
        let pin = Pin { epoch: 9, ..pin };
        let next = Head {
            seq: 6,
            previous: head.hash(),
            ..head
        };
        let tag = next.tag(&keys());
        assert_eq!(
            follow_by_hand(&pin, &keys(), &[(next, tag)]),
            Err(Refused::LowerEpoch {
                pinned: 9,
                found: 1
            })
        );
    }
}
