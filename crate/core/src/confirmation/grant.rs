//! The only door to destruction.
//!
//! A [`Grant`] can be had in four ways, each at the end of a check:
//!
//! | who | after what |
//! |---|---|
//! | the judge | every required proof was right, in the transaction of the effect ([`super::operation::Judgement`]) |
//! | the asker | a receipt that verifies, for its own journal entry, in phase Proving ([`super::journal`]) |
//! | no account | the vault's name, typed ([`Grant::by_phrase`]) |
//! | no account | the master password that a displaced generation opens with ([`Grant::by_old_master_password`]) |
//!
//! Whatever destroys takes a grant for its own act, by value. No code outside
//! this crate can make one:
//!
//! ```compile_fail,E0451
//! use sigill_core::confirmation::grant::{ClearEverywhere, Grant, Target};
//! fn forge(target: Target) -> Grant<ClearEverywhere> {
//!     Grant { target, about: () }
//! }
//! ```
//! ```compile_fail,E0624
//! use sigill_core::confirmation::grant::{ClearEverywhere, Grant, Target};
//! fn forge(target: Target) -> Grant<ClearEverywhere> {
//!     Grant::new(target, ())
//! }
//! ```
//! An act of one's own does not help:
//! ```compile_fail,E0277
//! use sigill_core::confirmation::grant::Act;
//! struct Anything;
//! impl Act for Anything {
//!     type About = ();
//! }
//! ```
//! It can't be copied:
//! ```compile_fail,E0599
//! use sigill_core::confirmation::grant::{ClearEverywhere, Grant};
//! fn twice(grant: Grant<ClearEverywhere>) -> [Grant<ClearEverywhere>; 2] {
//!     [grant.clone(), grant]
//! }
//! ```
//! It is good for its own act only:
//! ```compile_fail,E0308
//! use sigill_core::confirmation::grant::{ClearEverywhere, ClearThisDevice, Grant};
//! fn clear_everywhere(grant: Grant<ClearEverywhere>) {}
//! fn misuse(grant: Grant<ClearThisDevice>) {
//!     clear_everywhere(grant);
//! }
//! ```
//! It is good once:
//! ```compile_fail,E0382
//! use sigill_core::confirmation::grant::{ClearEverywhere, Grant};
//! fn clear_everywhere(grant: Grant<ClearEverywhere>) {}
//! fn misuse(grant: Grant<ClearEverywhere>) {
//!     clear_everywhere(grant);
//!     clear_everywhere(grant);
//! }
//! ```
//! And this is how it is used:
//! ```
//! use sigill_core::confirmation::grant::{ClearEverywhere, Grant};
//! fn clear_everywhere(grant: Grant<ClearEverywhere>) {
//!     let _what_goes = grant.target();
//! }
//! fn use_it(grant: Grant<ClearEverywhere>) {
//!     clear_everywhere(grant);
//! }
//! ```

use alloc::string::String;
use core::fmt;

use super::action::{Action, ClearScope, RestoreReach, RestoreSource, Weakening};
use super::operation::{Operation, Request};
use super::policy::{self, Answer, Standing};
use crate::id::{Hash, VaultId};
use crate::vault::key::RootKey;
use crate::vault::slot::{Slot, SlotKind};

mod sealed {
    pub trait Sealed {}
}

/// A dangerous act that a [`Grant`] can be for; a closed set.
pub trait Act: sealed::Sealed {
    /// What it is about, besides the vault.
    type About: fmt::Debug;
}

macro_rules! acts {
    ($($(#[$doc:meta])* $act:ident($about:ty),)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub enum $act {}
            impl sealed::Sealed for $act {}
            impl Act for $act {
                type About = $about;
            }
        )*

        /// A grant for whichever act was asked for.
        #[derive(Debug)]
        #[must_use = "what was granted has not happened yet"]
        pub enum Granted {
            $($(#[$doc])* $act(Grant<$act>),)*
        }
    };
}

acts! {
    /// The database on this device goes.
    ClearThisDevice(()),
    /// The database on this device and the cloud's goes.
    ClearEverywhere(()),
    /// This device's content takes the cloud's place.
    ReplaceCloud(()),
    /// A displaced generation comes back.
    Restore(Restoring),
    /// A new vault takes the place of one whose master password is forgotten.
    ResetMasterPassword(()),
    /// A protection goes.
    Weaken(Weakened),
}

/// Which generation comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restoring {
    /// Where it lies.
    pub source: RestoreSource,
    /// Whether the keys change with it.
    pub reach: RestoreReach,
}

/// Which protection goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weakened {
    /// Which.
    pub what: Weakening,
    /// Hash of its parameters.
    pub parameters: Hash,
}

/// What an act was decided on. Whoever carries it out compares: another vault
/// or another head there means that it no longer applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The vault.
    pub vault: VaultId,
    /// Hash of the head that stood when it was asked for.
    pub head_hash: Hash,
}

/// Allows one act on one target, once. See the [module](self).
#[must_use = "what was granted has not happened yet"]
pub struct Grant<A: Act> {
    target: Target,
    about: A::About,
}

impl<A: Act> fmt::Debug for Grant<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grant")
            .field("target", &self.target)
            .field("about", &self.about)
            .finish()
    }
}

impl<A: Act> Grant<A> {
    const fn new(target: Target, about: A::About) -> Self {
        Self { target, about }
    }

    /// What it was decided on.
    #[must_use]
    pub const fn target(&self) -> &Target {
        &self.target
    }

    /// What else it is about.
    #[must_use]
    pub const fn about(&self) -> &A::About {
        &self.about
    }
}

impl Granted {
    /// For the judge, and only at the end of its judging.
    pub(super) fn to_the_judge(operation: &Operation) -> Self {
        Self::what_was_asked(&operation.request)
    }

    /// For the asker, and only on a receipt that it verified.
    pub(super) fn what_was_asked(request: &Request) -> Self {
        let target = Target {
            vault: request.vault,
            head_hash: request.base_head_hash,
        };
        match request.action {
            Action::ResetMasterPassword => Self::ResetMasterPassword(Grant::new(target, ())),
            Action::ReplaceCloud => Self::ReplaceCloud(Grant::new(target, ())),
            Action::ClearVault { scope } => match scope {
                ClearScope::ThisDevice => Self::ClearThisDevice(Grant::new(target, ())),
                ClearScope::Everywhere => Self::ClearEverywhere(Grant::new(target, ())),
            },
            Action::Restore { source, reach } => {
                Self::Restore(Grant::new(target, Restoring { source, reach }))
            }
            Action::Weaken { what, parameters } => {
                Self::Weaken(Grant::new(target, Weakened { what, parameters }))
            }
        }
    }
}

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
        let fold = |text: &str| -> String { text.trim().to_lowercase() };
        let name = fold(self.name);
        !name.is_empty() && name == fold(self.typed)
    }
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
    use crate::confirmation::policy::{Connection, Profile, SecondFactor, Sync};
    use crate::id::SlotId;
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
