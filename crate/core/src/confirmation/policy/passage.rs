//! How one standing becomes another. Rule W: whatever proofs a change takes
//! away from any action, the change itself takes.
//!
//! ```text
//! proofs(passage) ⊇ proofs(action) before − proofs(action) after      for every action
//! ```

use alloc::vec::Vec;

use super::proof::Proofs;
use super::standing::{Connection, Profile, SecondFactor, Standing, Sync};
use super::table::{Answer, required};
use crate::confirmation::action::{Action, Weakening};
use crate::id::Hash;

/// What it takes to go from one standing to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage {
    /// Nothing is taken away. Connecting, linking and the strict profile have
    /// conditions of their own, none of them a proof of the table.
    Free,
    /// All of these, proved in the standing that is left.
    Weakens(Vec<Weakening>),
    /// There is no way.
    Closed,
}

/// What it takes to go from `before` to `after`, whatever number of facts
/// differ. Sync, factor and profile mean nothing where the vault belongs to no
/// account.
#[must_use]
pub fn passage(before: Standing, after: Standing) -> Passage {
    match (before.connection, after.connection) {
        (Connection::NotConnected, _) => Passage::Free,
        (Connection::Linked, Connection::NotConnected) => {
            Passage::Weakens([Weakening::Disconnect].into())
        }
        // Linking has its own proofs (fresh provider sign-in and mailed code).
        (Connection::ThirdParty, Connection::Linked) => Passage::Free,
        (Connection::ThirdParty, Connection::ThirdParty)
        | (Connection::Linked, Connection::Linked) => within(before, after),
        (Connection::ThirdParty, Connection::NotConnected)
        | (Connection::Linked, Connection::ThirdParty) => Passage::Closed,
    }
}

impl Passage {
    /// The proofs that it takes, as `before` stands; nothing where there is no way.
    #[must_use]
    pub fn proofs(&self, before: Standing) -> Option<Proofs> {
        match self {
            Self::Free => Some(Proofs::NONE),
            Self::Weakens(all) => all.iter().try_fold(Proofs::NONE, |sum, what| {
                let action = Action::Weaken {
                    what: *what,
                    parameters: Hash::NOTHING,
                };
                match required(before, action) {
                    Answer::Prove(proofs, _) => Some(sum.or(proofs)),
                    Answer::TypedPhrase
                    | Answer::OldMasterPassword
                    | Answer::NotOffered
                    | Answer::Refuse(_) => None,
                }
            }),
            Self::Closed => None,
        }
    }
}

fn within(before: Standing, after: Standing) -> Passage {
    let sync = match (before.sync, after.sync) {
        (Sync::On, Sync::Off) => Some(Weakening::TurnSyncOff),
        (Sync::Off, Sync::On) => Some(Weakening::TurnSyncOn),
        (Sync::On, Sync::On) | (Sync::Off, Sync::Off) => None,
    };
    let factor = match (before.second_factor, after.second_factor) {
        (SecondFactor::On, SecondFactor::Off) => Some(Weakening::ChangeSecondFactor),
        (SecondFactor::Off, SecondFactor::On) => Some(Weakening::AddFactor),
        (SecondFactor::On, SecondFactor::On) | (SecondFactor::Off, SecondFactor::Off) => None,
    };
    let profile = match (before.profile, after.profile) {
        (Profile::Strict, Profile::Standard) => Some(Weakening::DropStrictProfile),
        (Profile::Standard, Profile::Strict)
        | (Profile::Standard, Profile::Standard)
        | (Profile::Strict, Profile::Strict) => None,
    };
    let weakenings: Vec<_> = [sync, factor, profile].into_iter().flatten().collect();
    if weakenings.is_empty() {
        Passage::Free
    } else {
        Passage::Weakens(weakenings)
    }
}
