//! Grants for a vault that belongs to no account.

use alloc::string::String;

use super::act::{
    Act, ClearThisDevice, Grant, RenewMasterPassword, ResetMasterPassword, Restore, Restoring,
    Target,
};
use crate::confirmation::action::{Action, ClearScope};
use crate::confirmation::policy::{self, Answer, Standing};
use crate::vault::key::RootKey;
use crate::vault::slot::{Slot, SlotKind};

/// Why there is no grant without an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotGranted {
    /// The table asks for something else: an account protects this vault.
    #[error("the table of proofs asks for something else here")]
    AskedOtherwise,
    /// What was typed is not the vault's name.
    #[error("what was typed is not the vault's name")]
    WrongPhrase,
    /// The master password does not open what would come back.
    #[error("the master password does not open what would come back")]
    WrongMasterPassword,
}

/// The vault's name, and what a person typed of it.
#[derive(Debug, Clone, Copy)]
pub struct Phrase<'a> {
    /// The vault's name.
    pub name: &'a str,
    /// What was typed.
    pub typed: &'a str,
}

impl Phrase<'_> {
    /// Space around it and case don't matter. A vault without a name is never
    /// cleared by typing nothing.
    fn is_right(&self) -> bool {
        let fold = |text: &str| -> String { text.trim().chars().flat_map(lower_case).collect() };
        let name = fold(self.name);
        !name.is_empty() && name == fold(self.typed)
    }
}

/// A sigma is one letter, wherever in a word it stands.
fn lower_case(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().map(|c| if c == 'ς' { 'σ' } else { c })
}

/// An act for which a vault that belongs to no account takes its typed name.
pub trait ByPhrase: Act<About = ()> {
    /// The act's place in the table.
    const ACTION: Action;
}

impl ByPhrase for ClearThisDevice {
    const ACTION: Action = Action::ClearVault {
        scope: ClearScope::ThisDevice,
    };
}

impl ByPhrase for ResetMasterPassword {
    const ACTION: Action = Action::ResetMasterPassword;
}

impl ByPhrase for RenewMasterPassword {
    const ACTION: Action = Action::RenewMasterPassword;
}

impl<A: ByPhrase> Grant<A> {
    /// For a vault that belongs to no account: its name, typed.
    ///
    /// # Errors
    /// [`NotGranted`].
    pub fn by_phrase(
        standing: Standing,
        phrase: Phrase<'_>,
        target: Target,
    ) -> Result<Self, NotGranted> {
        if policy::required(standing, A::ACTION) != Answer::TypedPhrase {
            return Err(NotGranted::AskedOtherwise);
        }
        if !phrase.is_right() {
            return Err(NotGranted::WrongPhrase);
        }
        Ok(Self::new(target, ()))
    }
}

/// A displaced generation on this device, and what is to open it.
#[derive(Clone, Copy)]
pub struct Displaced<'a> {
    /// Where it lies and how far it reaches.
    pub restoring: Restoring,
    /// Its password slot.
    pub slot: &'a Slot,
    /// What the typed master password derives to.
    pub root: &'a RootKey,
}

impl Grant<Restore> {
    /// For a vault that belongs to no account: the master password that the
    /// displaced generation opens with, tried on its slot here and now.
    ///
    /// # Errors
    /// [`NotGranted`].
    pub fn by_old_master_password(
        standing: Standing,
        displaced: &Displaced<'_>,
        target: Target,
    ) -> Result<Self, NotGranted> {
        let Restoring { source, reach } = displaced.restoring;
        let action = Action::Restore { source, reach };
        if policy::required(standing, action) != Answer::OldMasterPassword {
            return Err(NotGranted::AskedOtherwise);
        }
        match displaced.slot.public().kind {
            SlotKind::Password { .. } => {}
            SlotKind::Recovery { .. } | SlotKind::Passkey => {
                return Err(NotGranted::WrongMasterPassword);
            }
        }
        displaced
            .slot
            .open(displaced.root)
            .map(|_key| Self::new(target, displaced.restoring))
            .map_err(|_| NotGranted::WrongMasterPassword)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confirmation::action::{RestoreReach, RestoreSource};
    use crate::confirmation::policy::{Connection, Profile, SecondFactor, Sync};
    use crate::id::{Hash, SlotId, VaultId};
    use crate::vault::kdf::Kdf;
    use crate::vault::key::VaultKey;
    use crate::vault::slot::SlotPublic;

    const TARGET: Target = Target {
        vault: VaultId([1; 16]),
        head_hash: Hash([2; 32]),
    };
    const RESTORING: Restoring = Restoring {
        source: RestoreSource::Device {
            head_hash: Hash([3; 32]),
        },
        reach: RestoreReach::SameEpoch,
    };

    const fn standing(connection: Connection) -> Standing {
        Standing {
            connection,
            sync: Sync::On,
            second_factor: SecondFactor::Off,
            profile: Profile::Standard,
        }
    }

    fn clear(connection: Connection, name: &str, typed: &str) -> Result<Target, NotGranted> {
        let phrase = Phrase { name, typed };
        Grant::<ClearThisDevice>::by_phrase(standing(connection), phrase, TARGET)
            .map(|grant| *grant.target())
    }

    #[test]
    fn a_vault_of_no_account_is_cleared_by_its_name_in_any_case() {
        for typed in ["Åsas valv", " åsas VALV\n"] {
            let cleared = clear(Connection::NotConnected, "Åsas valv", typed);
            assert_eq!(cleared, Ok(TARGET), "{typed}");
        }
        for typed in ["", "Åsas", "Asas valv", "Åsas valv 2"] {
            let cleared = clear(Connection::NotConnected, "Åsas valv", typed);
            assert_eq!(cleared, Err(NotGranted::WrongPhrase), "{typed}");
        }
    }

    #[test]
    fn a_vault_without_a_name_is_not_cleared_by_typing_nothing() {
        let cleared = clear(Connection::NotConnected, " ", "");
        assert_eq!(cleared, Err(NotGranted::WrongPhrase));
    }

    #[test]
    fn a_vault_of_an_account_is_not_cleared_by_its_name() {
        for connection in [Connection::ThirdParty, Connection::Linked] {
            let cleared = clear(connection, "vault", "vault");
            assert_eq!(cleared, Err(NotGranted::AskedOtherwise));
        }
    }

    fn slot(kind: SlotKind) -> Slot {
        let public = SlotPublic {
            vault: TARGET.vault,
            epoch: 1,
            kind,
            slot: SlotId([4; 16]),
        };
        let root = RootKey::from_bytes([5; 32]);
        Slot::seal(public, &root, &VaultKey::from_random([6; 32]), [7; 12])
    }

    fn restore(connection: Connection, kind: SlotKind, root: u8) -> Result<Restoring, NotGranted> {
        let displaced = Displaced {
            restoring: RESTORING,
            slot: &slot(kind),
            root: &RootKey::from_bytes([root; 32]),
        };
        Grant::by_old_master_password(standing(connection), &displaced, TARGET)
            .map(|grant| *grant.about())
    }

    #[test]
    fn a_displaced_generation_of_no_account_comes_back_by_its_master_password_only() {
        let password = SlotKind::Password {
            kdf: Kdf::pbkdf2(600_000).unwrap(),
            salt: [8; 16],
        };
        assert_eq!(
            restore(Connection::NotConnected, password, 5),
            Ok(RESTORING)
        );
        let wrong = Err(NotGranted::WrongMasterPassword);
        assert_eq!(restore(Connection::NotConnected, password, 0), wrong);
        let recovery = SlotKind::Recovery { salt: [8; 16] };
        assert_eq!(restore(Connection::NotConnected, recovery, 5), wrong);
        let connected = restore(Connection::Linked, password, 5);
        assert_eq!(connected, Err(NotGranted::AskedOtherwise));
    }
}
