//! The table of proofs.

use super::proof::{Proof, Proofs};
use super::standing::{Connection, Profile, SecondFactor, Standing, Sync};
use crate::confirmation::action::{Action, ClearScope, RestoreReach, RestoreSource, Weakening};

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
        | Action::RenewMasterPassword
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
        | Action::RenewMasterPassword
        | Action::ReplaceCloud
        | Action::ClearVault {
            scope: ClearScope::Everywhere,
        } => Answer::Prove(strictly(standing, Proofs::CODE), Reach::Cloud),
        Action::ClearVault {
            scope: ClearScope::ThisDevice,
        } => Answer::Prove(strictly(standing, Proofs::CODE), Reach::ThisDevice),
        Action::Restore {
            reach: RestoreReach::SameEpoch,
            source,
        } => Answer::Prove(strictly(standing, Proofs::CODE), reach_of(source)),
        Action::Restore {
            reach: RestoreReach::AcrossEpochs,
            source,
        } => Answer::Prove(everything(standing), reach_of(source)),
        Action::Weaken { .. } => Answer::Prove(everything(standing), Reach::Cloud),
    }
}

const fn unsynced(standing: Standing, action: Action) -> Answer {
    match action {
        Action::ReplaceCloud
        | Action::ClearVault {
            scope: ClearScope::Everywhere,
        } => Answer::Refuse(Refusal::SyncIsOff),
        Action::ResetMasterPassword
        | Action::RenewMasterPassword
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
        Action::Weaken { .. } => Answer::Prove(everything(standing), Reach::Cloud),
    }
}

/// What lies on the asking device comes back there and nowhere else: the
/// service can't tell what it is.
const fn reach_of(source: RestoreSource) -> Reach {
    match source {
        RestoreSource::Cloud { .. } => Reach::Cloud,
        RestoreSource::Device { .. } => Reach::ThisDevice,
    }
}

/// Password and code, and the text-message code where there is a second factor.
const fn everything(standing: Standing) -> Proofs {
    with_factor(standing, Proofs::CODE.and(Proof::AccountPassword))
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

/// Which state an act is made for, so that it dies when that state moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// The head in the cloud; the service compares it.
    CloudHead,
    /// The head on the asking device; the device compares it.
    LocalHead,
    /// The parameters only.
    Parameters,
}

/// What `action` is bound to where it reaches as far as `reach`.
#[must_use]
pub const fn binding(action: Action, reach: Reach) -> Binding {
    match action {
        Action::Weaken { .. } => Binding::Parameters,
        Action::ResetMasterPassword
        | Action::RenewMasterPassword
        | Action::ReplaceCloud
        | Action::ClearVault { .. }
        | Action::Restore { .. } => match reach {
            Reach::Cloud => Binding::CloudHead,
            Reach::ThisDevice => Binding::LocalHead,
        },
    }
}
