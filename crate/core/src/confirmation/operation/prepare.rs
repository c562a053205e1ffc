//! From a request to an operation that waits for its proofs.

use super::LIFETIME;
use super::brought::brought;
use super::refused::Refused;
use super::row::{Asker, CloudHead, Operation, State};
use super::text::Text;
use crate::confirmation::action::{Action, RestoreReach, RestoreSource};
use crate::confirmation::policy::{self, Answer, Proofs, Reach, Standing};
use crate::id::OperationId;
use crate::wire::Seconds;
use crate::wire::operation::{Ask, Mail};

/// What the service knows, from its own rows, inside the transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// What decides the proofs.
    pub standing: Standing,
    /// Whether dangerous acts are barred altogether.
    pub clearance: Clearance,
    /// Where the cloud stands.
    pub cloud: CloudHead,
    /// Where the request names a generation of this account at the service:
    /// whether bringing it back changes the keys in use. Absent where there is
    /// no such generation, or none is named.
    pub generation: Option<RestoreReach>,
}

/// Whether an account may do dangerous acts now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clearance {
    /// It may.
    Clear,
    /// Its address was never verified, or is being changed.
    EmailNotVerified,
    /// Too many wrong proofs.
    Frozen,
    /// It waits for a hold to end.
    Held,
}

/// What the world gives to a new operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fresh {
    /// 16 random bytes.
    pub id: OperationId,
    /// The service's clock.
    pub now: Seconds,
}

impl Operation {
    /// Prepares an operation: nothing of the request is believed that the
    /// service can know. With it come the codes to send now.
    ///
    /// # Errors
    /// [`Refused`]; nothing was stored and nothing may be sent then.
    pub fn prepare(
        asker: Asker,
        ask: &Ask,
        facts: &Facts,
        fresh: Fresh,
    ) -> Result<(Self, Proofs), Refused> {
        let request = &ask.request;
        let digest = request.digest(asker.account, asker.device);
        if digest != ask.digest {
            return Err(Refused::Digest);
        }
        let (required, reach) = facts.answer(request.action)?;
        brought(ask, reach)?;
        let operation = Self {
            id: fresh.id,
            account: asker.account,
            device: asker.device,
            request: request.clone(),
            digest,
            required,
            reach,
            created_at: fresh.now,
            expires_at: fresh.now.saturating_add(LIFETIME),
            tries: 0,
            code_no: 0,
            code: None,
            code_wanted_at: fresh.now,
            mail: Mail::NotDue,
            text: Text::NONE,
            password_proven_at: None,
            state: State::Pending,
        };
        match operation.base_moved(facts.cloud) {
            moved if moved.state == State::Stale => Err(Refused::Stale),
            still => Ok(still.send_what_is_due(fresh.now)),
        }
    }

    /// The answer to the same idempotency key again: this operation, where it
    /// was asked for by the same request.
    ///
    /// # Errors
    /// [`Refused::KeyReused`].
    pub fn asked_again(&self, ask: &Ask) -> Result<(), Refused> {
        let digest = ask.request.digest(self.account, self.device);
        if digest == self.digest && ask.digest == digest {
            Ok(())
        } else {
            Err(Refused::KeyReused)
        }
    }
}

impl Facts {
    /// What the table says, where nothing bars the account.
    pub(super) fn answer(&self, action: Action) -> Result<(Proofs, Reach), Refused> {
        let answer = match policy::required(self.standing, action) {
            Answer::Prove(proofs, reach) => (proofs, reach),
            Answer::Refuse(refusal) => return Err(refusal.into()),
            Answer::TypedPhrase | Answer::OldMasterPassword | Answer::NotOffered => {
                return Err(Refused::NotOffered);
            }
        };
        match self.clearance {
            Clearance::Clear => {}
            Clearance::EmailNotVerified => return Err(Refused::EmailNotVerified),
            Clearance::Frozen => return Err(Refused::Frozen),
            Clearance::Held => return Err(Refused::Held),
        }
        match action {
            Action::Restore {
                source: RestoreSource::Cloud { .. },
                reach,
            } => match self.generation {
                None => Err(Refused::NotFound),
                // The keys in use changed since the device looked.
                Some(known) if known != reach => Err(Refused::Stale),
                Some(_) => Ok(answer),
            },
            Action::Restore {
                source: RestoreSource::Device { .. },
                ..
            }
            | Action::ResetMasterPassword
            | Action::RenewMasterPassword
            | Action::ReplaceCloud
            | Action::ClearVault { .. }
            | Action::Weaken { .. } => Ok(answer),
        }
    }
}
