//! An act of the person as an action of the core, and what it needs here.

use sigill_core::confirmation::action::{
    Action, ClearScope, RestoreReach, RestoreSource, Weakening,
};
use sigill_core::confirmation::policy::{
    self, Answer, Binding, Connection, Profile, Reach, Refusal, SecondFactor, Standing, Sync,
};
use sigill_core::confirmation::weakening::bare_hash;
use sigill_core::id::{GenerationId, VaultId};
use sigill_core::wire::vault::{Cloud, Displaced, Generations};

use crate::api::{Act, Needs, Restorable};
use crate::rim::Rim;
use crate::session::Session;
use crate::session::open::derivation_of;
use crate::session::rows::Quarantined;
use crate::session::service::exchange::{Call, parse};
use crate::session::vault::Vault;
use crate::trouble::{Trouble, name};

/// Of a vault that belongs to no account.
pub(super) const NOT_CONNECTED: Standing = Standing {
    connection: Connection::NotConnected,
    sync: Sync::Off,
    second_factor: SecondFactor::Off,
    profile: Profile::Standard,
};

/// An act, understood.
pub(super) struct Understood {
    pub(super) action: Action,
    /// The vault that it is about.
    pub(super) vault: Option<VaultId>,
    pub(super) answer: Answer,
}

/// Whether an act takes entries from anywhere.
#[derive(Clone, Copy)]
pub(super) enum Takes {
    /// It does: both sides are compared.
    Entries,
    /// It only changes what protects them.
    Nothing,
}

impl Understood {
    pub(super) const fn takes(&self) -> Takes {
        match policy::binding(self.action, self.reach()) {
            Binding::Parameters => Takes::Nothing,
            Binding::CloudHead | Binding::LocalHead => Takes::Entries,
        }
    }

    pub(super) const fn reach(&self) -> Reach {
        match self.answer {
            Answer::Prove(_, reach) => reach,
            Answer::TypedPhrase
            | Answer::OldMasterPassword
            | Answer::NotOffered
            | Answer::Refuse(_) => Reach::ThisDevice,
        }
    }

    pub(super) fn needs(&self, phrase: Option<&str>) -> Needs {
        match self.answer {
            Answer::TypedPhrase => Needs::TypedPhrase {
                phrase: phrase.unwrap_or_default().to_owned(),
            },
            Answer::OldMasterPassword => Needs::OldMasterPassword,
            Answer::NotOffered => Needs::NotOffered,
            Answer::Refuse(refusal) => Needs::Refused {
                reason: match refusal {
                    Refusal::AccountNotLinked => "account_not_linked",
                    Refusal::SyncIsOff => "sync_is_off",
                }
                .to_owned(),
            },
            Answer::Prove(proofs, _) => Needs::Proofs {
                proofs: proofs.iter().map(|proof| name(&proof)).collect(),
            },
        }
    }
}

impl<R: Rim> Session<R> {
    /// What an act is about, and what it needs as things stand. `cloud` is
    /// what was heard last, or just now.
    pub(super) async fn understand(
        &self,
        act: &Act,
        here: Option<&Vault>,
        cloud: Option<&Cloud>,
    ) -> Result<Understood, Trouble> {
        let (action, about) = match act {
            Act::ClearThisDevice => (clear(ClearScope::ThisDevice), here.map(about)),
            Act::ClearEverywhere => (clear(ClearScope::Everywhere), here.map(about)),
            Act::ReplaceCloud => (Action::ReplaceCloud, here.map(about)),
            Act::ResetMasterPassword => (Action::ResetMasterPassword, here.map(about)),
            Act::RenewMasterPassword => (Action::RenewMasterPassword, here.map(about)),
            Act::RestoreCloud { generation } => {
                let generation = generation.parse().map_err(|_| Trouble::NotFound)?;
                let displaced = self.displaced_named(generation).await?;
                let source = RestoreSource::Cloud { generation };
                let about = (displaced.vault, displaced.epoch);
                (restore(source, about, in_use(cloud, here)), Some(about))
            }
            Act::RestoreDevice => {
                let (row, vault) = self.restorable().await?;
                let source = RestoreSource::Device {
                    head_hash: row.head_hash,
                };
                let about = about(&vault);
                (restore(source, about, in_use(cloud, here)), Some(about))
            }
            Act::TurnSyncOff => (weaken(Weakening::TurnSyncOff), any(cloud, here)),
            Act::TurnSyncOn => (weaken(Weakening::TurnSyncOn), any(cloud, here)),
            Act::Disconnect => (weaken(Weakening::Disconnect), here.map(about)),
        };
        let standing = self.standing(act, here).await?;
        let vault = match act {
            // With nothing here, it is the cloud's vault that goes.
            Act::ClearEverywhere | Act::ResetMasterPassword => {
                about.or_else(|| in_use(cloud, None))
            }
            Act::ClearThisDevice
            | Act::RenewMasterPassword
            | Act::ReplaceCloud
            | Act::RestoreCloud { .. }
            | Act::RestoreDevice
            | Act::TurnSyncOff
            | Act::TurnSyncOn
            | Act::Disconnect => about,
        };
        Ok(Understood {
            action,
            vault: vault.map(|(vault, _)| vault),
            answer: policy::required(standing, action),
        })
    }

    /// What decides proofs. A vault that belongs to no account stays its
    /// owner's alone, also while an account is signed in.
    pub(super) async fn standing(
        &self,
        act: &Act,
        here: Option<&Vault>,
    ) -> Result<Standing, Trouble> {
        let account = self.account_known().await?;
        let is_linked = match act {
            Act::ClearThisDevice | Act::RenewMasterPassword | Act::Disconnect => {
                here.is_some_and(|vault| vault.link.is_some())
            }
            Act::ResetMasterPassword => match here {
                Some(vault) => vault.link.is_some(),
                None => account.as_ref().is_some_and(|row| row.tokens.is_some()),
            },
            Act::RestoreDevice => {
                let (_, vault) = self.restorable().await?;
                let displaces_linked = here.is_some_and(|vault| vault.link.is_some());
                vault.link.is_some() || displaces_linked
            }
            Act::ClearEverywhere
            | Act::ReplaceCloud
            | Act::RestoreCloud { .. }
            | Act::TurnSyncOff
            | Act::TurnSyncOn => {
                let signed_in = account.as_ref().is_some_and(|row| row.tokens.is_some());
                signed_in || here.is_some_and(|vault| vault.link.is_some())
            }
        };
        let known = account.map(|row| row.standing);
        let linked = Standing {
            connection: Connection::Linked,
            sync: Sync::On,
            ..NOT_CONNECTED
        };
        Ok(if is_linked {
            known.unwrap_or(linked)
        } else {
            NOT_CONNECTED
        })
    }

    /// The generation of this device that can be brought back.
    pub(crate) async fn restorable(&self) -> Result<(Quarantined, Vault), Trouble> {
        let now = self.rim.now();
        let rows = self.quarantine().await?;
        let row = rows
            .into_iter()
            .rev()
            .find(|row| row.until > now)
            .ok_or(Trouble::NotFound)?;
        let vault = self.generation(row.generation).await?;
        Ok((row, vault))
    }

    /// The same, for a page.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn restorable_view(&self) -> Result<Option<Restorable>, Trouble> {
        match self.restorable().await {
            Ok((row, vault)) => Ok(Some(Restorable {
                name: row.name,
                count: u32::try_from(vault.head.count).unwrap_or(u32::MAX),
                until: row.until,
                derivation: derivation_of(&vault)?,
            })),
            Err(Trouble::NotFound) => Ok(None),
            Err(trouble) => Err(trouble),
        }
    }

    pub(super) async fn generations(&self) -> Result<Vec<Displaced>, Trouble> {
        let answer = self.ask_service(&Call::get("/v1/generations")).await?;
        Ok(parse::<Generations>(&answer)?.generations)
    }

    async fn displaced_named(&self, generation: GenerationId) -> Result<Displaced, Trouble> {
        let mut known = self.generations().await?.into_iter();
        known
            .find(|known| known.generation == generation)
            .ok_or(Trouble::NotFound)
    }
}

const fn clear(scope: ClearScope) -> Action {
    Action::ClearVault { scope }
}

/// About this device, which the operation names anyway.
fn weaken(what: Weakening) -> Action {
    Action::Weaken {
        what,
        parameters: bare_hash(what),
    }
}

const fn about(vault: &Vault) -> (VaultId, u64) {
    (vault.head.vault, vault.head.epoch)
}

/// The keys in use: the cloud's, else this device's.
fn in_use(cloud: Option<&Cloud>, here: Option<&Vault>) -> Option<(VaultId, u64)> {
    let there = cloud.and_then(|cloud| cloud.vault.as_ref());
    there
        .map(|vault| (vault.vault, vault.epoch))
        .or_else(|| here.map(about))
}

/// What turns sync on and off is about a device, whatever it holds.
fn any(cloud: Option<&Cloud>, here: Option<&Vault>) -> Option<(VaultId, u64)> {
    in_use(cloud, here).or(Some((VaultId([0; 16]), 0)))
}

/// Where nothing is in use, nothing changes.
fn restore(source: RestoreSource, about: (VaultId, u64), in_use: Option<(VaultId, u64)>) -> Action {
    let reach = match in_use {
        Some(in_use) if in_use != about => RestoreReach::AcrossEpochs,
        Some(_) | None => RestoreReach::SameEpoch,
    };
    Action::Restore { source, reach }
}
