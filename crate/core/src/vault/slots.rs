//! The slots of a vault as a whole, and who may change them.
//!
//! A thief with an open vault must not be able to lock its owner out: new
//! slots are signed with the current password slot.

use alloc::vec::Vec;

use super::slot::{Slot, SlotError, SlotKind};
use crate::encode::Encoder;
use crate::id::{Hash, SlotId, VaultId};
use crate::order::sorted;

mod change;
#[cfg(test)]
mod tests;

pub use change::{Deed, SignedSlots, SlotsChange, follow_slots};

/// The slots of one epoch of one vault: exactly one that a password opens, at
/// most one for the recovery code, at most [`Slots::PASSKEYS`] for passkeys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slots {
    password: Slot,
    others: Vec<Slot>,
}

/// Why some slots are not the slots of a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlotsError {
    /// No password opens them.
    #[error("there is no password slot")]
    NoPassword,
    /// More of a kind than a vault has.
    #[error("slot {slot} is one too many of its kind")]
    OneTooMany {
        /// The first too many.
        slot: SlotId,
    },
    /// Two of one name.
    #[error("two slots are named {slot}")]
    Duplicate {
        /// The name.
        slot: SlotId,
    },
    /// One is of another vault or epoch.
    #[error("slot {slot} is of another vault or epoch")]
    Foreign {
        /// Which.
        slot: SlotId,
    },
    /// One can't be read.
    #[error(transparent)]
    Slot(#[from] SlotError),
}

impl Slots {
    /// Passkeys that open one vault, at most: every device reads all slots with every change of one.
    pub const PASSKEYS: usize = 16;

    /// The slots of a vault that only a password opens.
    ///
    /// # Errors
    /// [`SlotsError::NoPassword`] where it is of another kind.
    pub fn only(slot: Slot) -> Result<Self, SlotsError> {
        Self::parse([slot])
    }

    /// Takes slots, in whatever order they come.
    ///
    /// # Errors
    /// See [`SlotsError`].
    pub fn parse(slots: impl IntoIterator<Item = Slot>) -> Result<Self, SlotsError> {
        Self::of(slots.into_iter().collect())
    }

    fn of(slots: Vec<Slot>) -> Result<Self, SlotsError> {
        let mut slots = sorted(slots, |one, other| {
            one.public().slot.cmp(&other.public().slot)
        });
        if let Some([first, _]) = slots
            .array_windows()
            .find(|[first, second]| first.public().slot == second.public().slot)
        {
            let slot = first.public().slot;
            return Err(SlotsError::Duplicate { slot });
        }
        let is_password = |slot: &mut Slot| matches!(slot.public().kind, SlotKind::Password { .. });
        let is_recovery = |slot: &&Slot| matches!(slot.public().kind, SlotKind::Recovery { .. });
        let mut passwords: Vec<Slot> = slots.extract_if(.., is_password).collect();
        let is_passkey = |slot: &&Slot| matches!(slot.public().kind, SlotKind::Passkey);
        let excess = passwords
            .get(1)
            .or_else(|| slots.iter().filter(is_recovery).nth(1))
            .or_else(|| slots.iter().filter(is_passkey).nth(Self::PASSKEYS));
        if let Some(excess) = excess {
            let slot = excess.public().slot;
            return Err(SlotsError::OneTooMany { slot });
        }
        let password = passwords.pop().ok_or(SlotsError::NoPassword)?;
        let is_foreign = |slot: &&Slot| {
            let (public, own) = (slot.public(), password.public());
            (public.vault, public.epoch) != (own.vault, own.epoch)
        };
        if let Some(slot) = slots.iter().find(is_foreign).map(|slot| slot.public().slot) {
            return Err(SlotsError::Foreign { slot });
        }
        Ok(Self {
            password,
            others: slots,
        })
    }

    /// Reads encoded slots, in whatever order they come.
    ///
    /// # Errors
    /// See [`SlotsError`].
    pub fn from_bytes<'a>(slots: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, SlotsError> {
        let slots: Result<Vec<Slot>, SlotError> = slots.into_iter().map(Slot::from_bytes).collect();
        Self::parse(slots?)
    }

    /// Each encoded, the password's first.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<Vec<u8>> {
        self.iter().map(Slot::to_bytes).collect()
    }

    /// The one that the master password opens.
    #[must_use]
    pub const fn password(&self) -> &Slot {
        &self.password
    }

    /// The one that the recovery code opens, and its salt; where there is one.
    #[must_use]
    pub fn recovery(&self) -> Option<(&Slot, &[u8; 16])> {
        self.others
            .iter()
            .find_map(|slot| match &slot.public().kind {
                SlotKind::Recovery { salt } => Some((slot, salt)),
                SlotKind::Password { .. } | SlotKind::Passkey => None,
            })
    }

    /// A passkey's, by its name.
    #[must_use]
    pub fn passkey(&self, name: SlotId) -> Option<&Slot> {
        self.passkeys().find(|slot| slot.public().slot == name)
    }

    /// Those that passkeys open, by name.
    pub fn passkeys(&self) -> impl Iterator<Item = &Slot> {
        let is_passkey = |slot: &&Slot| matches!(slot.public().kind, SlotKind::Passkey);
        self.others.iter().filter(is_passkey)
    }

    /// The same with one more; a password slot takes the other's place.
    ///
    /// # Errors
    /// See [`SlotsError`].
    pub fn with(&self, slot: Slot) -> Result<Self, SlotsError> {
        let mut slots = self.others.clone();
        if !matches!(slot.public().kind, SlotKind::Password { .. }) {
            slots.push(self.password.clone());
        }
        slots.push(slot);
        Self::of(slots)
    }

    /// The same without one passkey's; nothing where there is none of that name.
    #[must_use]
    pub fn without(&self, name: SlotId) -> Option<Self> {
        self.passkey(name)?;
        let mut slots = self.clone();
        slots.others.retain(|slot| slot.public().slot != name);
        Some(slots)
    }

    /// All, the password's first, then by name.
    pub fn iter(&self) -> impl Iterator<Item = &Slot> {
        [&self.password].into_iter().chain(&self.others)
    }

    /// The vault that they open.
    #[must_use]
    pub const fn vault(&self) -> VaultId {
        self.password.public().vault
    }

    /// Its epoch.
    #[must_use]
    pub const fn epoch(&self) -> u64 {
        self.password.public().epoch
    }

    /// See [`slots_hash`].
    #[must_use]
    pub fn hash(&self) -> Hash {
        slots_hash(self.iter())
    }
}

/// `SHA-256(encode("sigill/slots-hash/1", list of the encoded slots, sorted))`.
#[must_use]
pub fn slots_hash<'a>(slots: impl IntoIterator<Item = &'a Slot>) -> Hash {
    let encoded = sorted(slots.into_iter().map(Slot::to_bytes), Vec::cmp);
    let encoder = Encoder::new("sigill/slots-hash/1");
    Hash::of(
        &encoder
            .list(encoded.iter(), |e, slot| e.bytes(slot))
            .finish(),
    )
}
