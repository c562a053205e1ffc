//! A new epoch that devices can follow.
//!
//! Whoever changes a master password holds the old head key too, and says with
//! it which head begins the new epoch. A device that holds the old head key
//! then knows that its own vault goes on, before it knows the new master
//! password. Nothing is opened by that: the new keys come with the new master
//! password, and no other way.
//!
//! ```text
//! voucher = HMAC-SHA-256(old head key, encode("sigill/epoch/1", vault, old epoch, new epoch, hash of the new epoch's first head))
//! ```

use subtle::ConstantTimeEq;

use super::{Pin, Refused, check_next, follow};
use crate::encode::Encoder;
use crate::id::Hash;
use crate::vault::head::{Head, Tag};
use crate::vault::key::EpochKeys;
use crate::vault::primitive;

#[cfg(test)]
mod tests;

/// The old head key's word for the head that begins the next epoch.
#[derive(Debug, Clone, Copy)]
pub struct Voucher(pub [u8; 32]);

impl Voucher {
    const LABEL: &'static str = "sigill/epoch/1";

    /// Vouches for `begins`, the first head after the epoch `old` that `keys` are of.
    #[must_use]
    pub fn seal(keys: &EpochKeys, old: u64, begins: &Head) -> Self {
        let encoder = begins.vault.encode(Encoder::new(Self::LABEL));
        let encoder = encoder.integer(old).integer(begins.epoch);
        let bytes = begins.hash().encode(encoder).finish();
        Self(primitive::hmac(keys.head.as_ref(), &bytes))
    }

    /// Whether it is for `begins`, in constant time.
    fn is_for(&self, keys: &EpochKeys, old: u64, begins: &Head) -> bool {
        Self::seal(keys, old, begins).0.ct_eq(&self.0).into()
    }
}

/// A later epoch of the pinned vault, vouched for by the head key that this
/// device holds: proof that [`vouched_for`] checked it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vouched {
    begins: Hash,
    stands: Hash,
}

impl Vouched {
    /// Hash of the head that begins the epoch.
    #[must_use]
    pub const fn begins(&self) -> Hash {
        self.begins
    }

    /// Hash of the last head that was shown.
    #[must_use]
    pub const fn stands(&self) -> Hash {
        self.stands
    }
}

/// Checks that `heads`, oldest first, lead from `pin` into a later epoch of the
/// same vault:
///
/// 1. those of the pinned epoch are followed as ever, see [`follow`];
/// 2. the first of the later epoch follows the last of them, and `voucher` is
///    for it under the head key held;
/// 3. those after it, which only the new keys can verify, are of its epoch and
///    held in their place by the hash that the next one names.
///
/// Heads up to the pin are left out of account.
///
/// # Errors
/// See [`Refused`]; [`Refused::NotVouched`] where the voucher is not for it.
pub fn vouched_for(
    pin: &Pin,
    keys: &EpochKeys,
    (heads, voucher): (&[(Head, Tag)], &Voucher),
) -> Result<Vouched, Refused> {
    let after = after(pin, heads);
    let own = after
        .iter()
        .take_while(|(head, _)| (head.vault, head.epoch) == (pin.vault, pin.epoch))
        .count();
    let (own, later) = after.split_at(own);
    let pin = *follow(pin, keys, own)?.pin();
    let Some(((begins, _), rest)) = later.split_first() else {
        return Err(Refused::NotReached {
            reached: pin.seq,
            said: pin.seq,
        });
    };
    check_later(&pin, begins)?;
    check_next(&pin, begins)?;
    if begins.restored_from.is_some() || !voucher.is_for(keys, pin.epoch, begins) {
        return Err(Refused::NotVouched { seq: begins.seq });
    }
    let stands = chained(begins, rest)?;
    Ok(Vouched {
        begins: begins.hash(),
        stands,
    })
}

/// Whether `heads` still lead from `pin` over `begins`, the head that was vouched
/// for when the keys were at hand. What to say of a vault that is locked now; no
/// evidence for taking anything over.
///
/// # Errors
/// See [`Refused`]; [`Refused::NotVouched`] where `begins` is not among them.
pub fn still_leads_over(pin: &Pin, begins: Hash, heads: &[(Head, Tag)]) -> Result<Hash, Refused> {
    let heads = after(pin, heads);
    let mut place = (pin.seq, pin.head_hash);
    let mut met = false;
    for (head, _) in heads {
        if head.seq <= place.0 || head.previous != place.1 {
            return Err(Refused::ChainBroken { seq: head.seq });
        }
        if head.vault != pin.vault {
            return Err(Refused::OtherVault { found: head.vault });
        }
        place = (head.seq, head.hash());
        met |= place.1 == begins;
    }
    if met {
        Ok(place.1)
    } else {
        Err(Refused::NotVouched { seq: place.0 })
    }
}

/// The heads that come after the pin.
fn after<'a>(pin: &Pin, heads: &'a [(Head, Tag)]) -> &'a [(Head, Tag)] {
    let known = heads.iter().take_while(|(head, _)| head.seq <= pin.seq);
    let (_, after) = heads.split_at(known.count());
    after
}

fn check_later(pin: &Pin, begins: &Head) -> Result<(), Refused> {
    if begins.vault != pin.vault {
        return Err(Refused::OtherVault {
            found: begins.vault,
        });
    }
    let (pinned, found) = (pin.epoch, begins.epoch);
    if found < pinned {
        return Err(Refused::LowerEpoch { pinned, found });
    }
    Ok(())
}

/// The hash that the last of `rest` has, or `begins` where there is none.
fn chained(begins: &Head, rest: &[(Head, Tag)]) -> Result<Hash, Refused> {
    let start = (begins.seq, begins.hash());
    let last = rest.iter().try_fold(start, |(seq, hash), (head, _)| {
        if (head.vault, head.epoch) != (begins.vault, begins.epoch) {
            return Err(Refused::OtherEpoch {
                pinned: begins.epoch,
                found: head.epoch,
            });
        }
        if head.seq <= seq || head.previous != hash {
            return Err(Refused::ChainBroken { seq: head.seq });
        }
        Ok((head.seq, head.hash()))
    });
    last.map(|(_, hash)| hash)
}
