//! Other slots within an epoch, and who may put them there.
//!
//! Whoever has an open vault in front of them holds neither the vault key nor the
//! master password: they can make no slot, and sign for none. So the password slot
//! that stands signs every change, the service refuses what is not signed, and so
//! does every device that follows, slot by slot from the ones it holds.

use alloc::vec::Vec;

use super::Slots;
use crate::encode::Encoder;
use crate::id::{AccountId, Hash, VaultId};
use crate::vault::generation::{Pin, Refused};
use crate::vault::head::{Head, Tag};
use crate::vault::kdf::Kdf;
use crate::vault::slot::{Slot, SlotKind};

#[cfg(test)]
mod tests;

/// What the service accepts new slots or a new epoch by: signed with the
/// current password slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotsChange {
    /// Whose.
    pub account: AccountId,
    /// The vault.
    pub vault: VaultId,
    /// The epoch that the new slots are of.
    pub epoch: u64,
    /// The head that the change follows.
    pub base_head_hash: Hash,
    /// [`Slots::hash`] of the new slots.
    pub new_slots_hash: Hash,
    /// The head that comes with them.
    pub new_head_hash: Hash,
    /// The service's, so that no signature serves twice.
    pub nonce: [u8; 32],
}

impl SlotsChange {
    const LABEL: &'static str = "sigill/slots/1";

    pub(in crate::vault) fn to_bytes(self) -> Vec<u8> {
        let encoder = self.account.encode(Encoder::new(Self::LABEL));
        let encoder = self.vault.encode(encoder).integer(self.epoch);
        let encoder = self.base_head_hash.encode(encoder);
        let encoder = self.new_slots_hash.encode(encoder);
        let encoder = self.new_head_hash.encode(encoder);
        encoder.bytes(&self.nonce).finish()
    }
}

/// What a change of slots within an epoch does: one of these, and never two. A
/// recovery code is none of them, it comes with new keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// One more passkey opens the vault.
    PasskeyAdded,
    /// One passkey opens it no longer.
    PasskeyRemoved,
    /// The master password costs a guesser at least what it did.
    KdfRaised,
    /// It costs less, or is derived by another algorithm.
    KdfLowered,
}

/// Slots that took the place of others within an epoch, and by whose word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedSlots {
    /// The new ones.
    pub slots: Slots,
    /// The service's part of what was signed.
    pub nonce: [u8; 32],
    /// By the password slot that stood before, over a [`SlotsChange`].
    pub signature: [u8; 64],
}

impl Slots {
    /// What it is that makes `next` of these; nothing where that may not be done
    /// within an epoch.
    #[must_use]
    pub fn deed(&self, next: &Self) -> Option<Deed> {
        if (self.vault(), self.epoch()) != (next.vault(), next.epoch()) {
            return None;
        }
        if self.password == next.password {
            let added = only_passkey(next, self)?;
            let removed = only_passkey(self, next)?;
            return match (added, removed) {
                (1, 0) => Some(Deed::PasskeyAdded),
                (0, 1) => Some(Deed::PasskeyRemoved),
                _ => None,
            };
        }
        let (old, new) = (kdf(&self.password)?, kdf(&next.password)?);
        let deed = if new.is_at_least(old) {
            Deed::KdfRaised
        } else {
            Deed::KdfLowered
        };
        (self.others == next.others).then_some(deed)
    }
}

/// How many of `these` are not among `those`; nothing where one is no passkey's.
fn only_passkey(these: &Slots, those: &Slots) -> Option<usize> {
    let strangers = || {
        these
            .others
            .iter()
            .filter(|slot| !those.others.contains(slot))
    };
    let is_passkey = |slot: &Slot| matches!(slot.public().kind, SlotKind::Passkey);
    strangers().all(is_passkey).then(|| strangers().count())
}

const fn kdf(password: &Slot) -> Option<Kdf> {
    match password.public().kind {
        SlotKind::Password { kdf, .. } => Some(kdf),
        SlotKind::Recovery { .. } | SlotKind::Passkey => None,
    }
}

/// The slots that stand after `heads`, which [`follow`](crate::vault::generation::follow)
/// checked from `pin`: wherever a head names others than the one before, some of
/// `changes` has to be signed for exactly that head by the password slot before it.
///
/// # Errors
/// [`Refused::UnsignedSlots`] names the head.
pub fn follow_slots(
    held: &Slots,
    (account, pin): (AccountId, &Pin),
    heads: &[(Head, Tag)],
    changes: &[SignedSlots],
) -> Result<Slots, Refused> {
    let is_later = |head: &&Head| head.seq > pin.seq && head.epoch == pin.epoch;
    let heads = heads.iter().map(|(head, _)| head).filter(is_later);
    let mut stands = held;
    for head in heads.filter(|head| head.vault == pin.vault) {
        if head.slots_hash == stands.hash() {
            continue;
        }
        let is_for_it = |change: &&SignedSlots| {
            let signed = SlotsChange {
                account,
                vault: head.vault,
                epoch: head.epoch,
                base_head_hash: head.previous,
                new_slots_hash: head.slots_hash,
                new_head_hash: head.hash(),
                nonce: change.nonce,
            };
            let password = stands.password();
            change.slots.hash() == head.slots_hash
                && stands.deed(&change.slots).is_some()
                && password.verify(&signed, &change.signature).is_ok()
        };
        let change = changes.iter().find(is_for_it);
        let change = change.ok_or(Refused::UnsignedSlots { seq: head.seq })?;
        stands = &change.slots;
    }
    Ok(stands.clone())
}
