//! Which proofs an action needs: one total function over what the service
//! knows of an account, run on both sides.
//!
//! `N` not connected · `T` third-party, not linked · `L` has an account
//! password · 2FA = the account's second factor
//!
//! | | sync | 2FA | Reset | ReplaceCloud | Clear this device | Clear everywhere | Weaken | Restore |
//! |---|---|---|---|---|---|---|---|---|
//! | N | – | – | typed phrase | not offered | typed phrase | not offered | not offered | old master password |
//! | T | any | any | refuse | refuse | refuse | refuse | refuse | refuse |
//! | L | on | any | code | code | code | code | password + code (+ text) | code; across epochs password + code (+ text) |
//! | L | off | no | password, this device only | refuse | password | refuse | password + code | password |
//! | L | off | yes | password + text, this device only | refuse | password + text | refuse | password + code + text | password + text |
//!
//! The strict profile adds the text-message code wherever 2FA is on. Turning
//! sync on takes the proofs of the row it leaves, without a mail.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::action::{Action, ClearScope, RestoreReach, Weakening};

/// How a vault belongs to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// It doesn't.
    NotConnected,
    /// To an account that signs in at a third-party provider and has no
    /// account password yet.
    ThirdParty,
    /// To an account with an account password.
    Linked,
}

/// Whether this device syncs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sync {
    /// It does.
    On,
    /// It doesn't; the cloud's copy stays as it is.
    Off,
}

/// Whether the account has a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SecondFactor {
    /// It has.
    On,
    /// It hasn't.
    Off,
}

/// How much an account asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// The table as it stands.
    Standard,
    /// The text-message code wherever there is a second factor.
    Strict,
}

/// All that decides: four facts, from the service's own rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Standing {
    /// How the vault belongs to the account.
    pub connection: Connection,
    /// Whether the asking device syncs.
    pub sync: Sync,
    /// Whether the account has a second factor.
    pub second_factor: SecondFactor,
    /// How much the account asks for.
    pub profile: Profile,
}

/// A proof, in the order in which proofs are asked for: no mail and no text
/// leaves before a required password was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The password of the account.
    AccountPassword,
    /// The code from the mail.
    EmailCode,
    /// The code from the text message (or another factor that is enrolled).
    TextMessageCode,
}

impl Proof {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::AccountPassword, Self::EmailCode, Self::TextMessageCode];

    const fn bit(self) -> u8 {
        match self {
            Self::AccountPassword => 1,
            Self::EmailCode => 2,
            Self::TextMessageCode => 4,
        }
    }
}

/// A set of proofs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Proofs(u8);

impl Proofs {
    /// None. No action needs so little; it is where adding begins.
    pub const NONE: Self = Self(0);
    /// The code from the mail.
    pub const CODE: Self = Self::NONE.and(Proof::EmailCode);
    /// The account password.
    pub const PASSWORD: Self = Self::NONE.and(Proof::AccountPassword);

    /// These and `proof`.
    #[must_use]
    pub const fn and(self, proof: Proof) -> Self {
        Self(self.0 | proof.bit())
    }

    /// Whether `proof` is among them.
    #[must_use]
    pub const fn contains(self, proof: Proof) -> bool {
        self.0 & proof.bit() != 0
    }

    /// Whether all of `other` are among them.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// These without `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// In the order in which they are asked for.
    pub fn iter(self) -> impl Iterator<Item = Proof> {
        Proof::ALL.into_iter().filter(move |proof| self.contains(*proof))
    }

    /// As a list, in the order in which they are asked for.
    #[must_use]
    pub fn to_vec(self) -> Vec<Proof> {
        self.iter().collect()
    }
}

/// How far an act reaches once it is proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// This device; the cloud is left as it is.
    ThisDevice,
    /// This device and the cloud.
    Cloud,
}

/// Why an action can't be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The account has no account password yet.
    #[error("the account has no account password yet")]
    AccountNotLinked,
    /// The action needs sync to be on.
    #[error("the action needs sync to be on")]
    SyncIsOff,
}

/// What an action needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The vault's name, typed: no account protects it.
    TypedPhrase,
    /// The master password that the displaced generation opens with.
    OldMasterPassword,
    /// The action has no meaning here.
    NotOffered,
    /// The action can't be had as things are.
    Refuse(Refusal),
    /// These proofs, to the service.
    Prove(Proofs, Reach),
}

/// What `action` needs, as things stand. Total: every combination has exactly
/// one answer.
#[must_use]
pub const fn required(standing: Standing, action: Action) -> Answer {
    match standing.connection {
        Connection::NotConnected => without_account(action),
        Connection::ThirdParty => Answer::Refuse(Refusal::AccountNotLinked),
        Connection::Linked => match standing.sync {
            Sync::On => synced(standing, action),
            Sync::Off => unsynced(standing, action),
        },
    }
}

const fn without_account(action: Action) -> Answer {
    match action {
        Action::ResetMasterPassword
        | Action::ClearVault {
            scope: ClearScope::ThisDevice,
        } => Answer::TypedPhrase,
        Action::Restore { .. } => Answer::OldMasterPassword,
        Action::ReplaceCloud
        | Action::ClearVault {
            scope: ClearScope::Everywhere,
        }
        | Action::Weaken { .. } => Answer::NotOffered,
    }
}

const fn synced(standing: Standing, action: Action) -> Answer {
    match action {
        Action::ResetMasterPassword
        | Action::ReplaceCloud
        | Action::ClearVault {
            scope: ClearScope::Everywhere,
        }
        | Action::Restore {
            reach: RestoreReach::SameEpoch,
            ..
        } => Answer::Prove(strictly(standing, Proofs::CODE), Reach::Cloud),
        Action::ClearVault {
            scope: ClearScope::ThisDevice,
        } => Answer::Prove(strictly(standing, Proofs::CODE), Reach::ThisDevice),
        Action::Restore {
            reach: RestoreReach::AcrossEpochs,
            ..
        }
        | Action::Weaken { .. } => {
            let proofs = Proofs::CODE.and(Proof::AccountPassword);
            Answer::Prove(with_factor(standing, proofs), Reach::Cloud)
        }
    }
}

const fn unsynced(standing: Standing, action: Action) -> Answer {
    match action {
        Action::ReplaceCloud
        | Action::ClearVault {
            scope: ClearScope::Everywhere,
        } => Answer::Refuse(Refusal::SyncIsOff),
        Action::ResetMasterPassword
        | Action::ClearVault {
            scope: ClearScope::ThisDevice,
        }
        | Action::Restore { .. } => {
            Answer::Prove(with_factor(standing, Proofs::PASSWORD), Reach::ThisDevice)
        }
        Action::Weaken {
            what: Weakening::TurnSyncOn,
            ..
        } => Answer::Prove(with_factor(standing, Proofs::PASSWORD), Reach::Cloud),
        Action::Weaken { .. } => {
            let proofs = Proofs::CODE.and(Proof::AccountPassword);
            Answer::Prove(with_factor(standing, proofs), Reach::Cloud)
        }
    }
}

/// Adds the text-message code where there is a second factor.
const fn with_factor(standing: Standing, proofs: Proofs) -> Proofs {
    match standing.second_factor {
        SecondFactor::On => proofs.and(Proof::TextMessageCode),
        SecondFactor::Off => proofs,
    }
}

/// Adds it under the strict profile only.
const fn strictly(standing: Standing, proofs: Proofs) -> Proofs {
    match standing.profile {
        Profile::Strict => with_factor(standing, proofs),
        Profile::Standard => proofs,
    }
}
