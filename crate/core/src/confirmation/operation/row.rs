//! The row of an operation: what the service stores, column by column.

use alloc::string::String;

use super::mail::LiveCode;
use super::refused::Refused;
use super::request::Request;
use super::text::Text;
use super::{CODES, RESEND_AFTER, TRIES};
use crate::confirmation::policy::{self, Binding, Proofs, Reach};
use crate::confirmation::receipt::SignedReceipt;
use crate::confirmation::words::Words;
use crate::id::{AccountId, DeviceId, Hash, OperationId};
use crate::wire::Seconds;
use crate::wire::operation::{Asked, Mail, Progress};

/// An operation. Each field is a column; [`Request`] travels as JSON.
///
/// Every rule is a function from the row that was loaded inside a transaction
/// to the row to save before it is committed, also where the answer is a
/// refusal: a refusal may end the operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its name.
    pub id: OperationId,
    /// Whose.
    pub account: AccountId,
    /// The device that asked.
    pub device: DeviceId,
    /// What it asked for.
    pub request: Request,
    /// As the service computed it.
    pub digest: Hash,
    /// From the table, when it was prepared.
    pub required: Proofs,
    /// From the table, when it was prepared.
    pub reach: Reach,
    /// When it was prepared.
    pub created_at: Seconds,
    /// When it dies.
    pub expires_at: Seconds,
    /// Tries that were counted, of [`TRIES`].
    pub tries: u32,
    /// Codes that were made, of [`CODES`].
    pub code_no: u32,
    /// The code that counts; erased when the operation ends or a new code is asked for.
    pub code: Option<LiveCode>,
    /// When the last code was asked for.
    pub code_wanted_at: Seconds,
    /// How far its mail is.
    pub mail: Mail,
    /// The text message, where one is asked for.
    pub text: Text,
    /// When the account password was right. No authority by itself.
    pub password_proven_at: Option<Seconds>,
    /// Where it stands.
    pub state: State,
}

/// Where an operation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It waits for its proofs.
    Pending,
    /// It is done.
    Executed {
        /// What proves it.
        receipt: SignedReceipt,
    },
    /// The base moved before it was confirmed.
    Stale,
    /// Its time ran out.
    Expired,
    /// Its tries were used up.
    Burnt,
    /// A newer one of the same device took its place.
    Superseded,
    /// It was cancelled.
    Cancelled,
}

impl State {
    /// Its name in the database.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Executed { .. } => "executed",
            Self::Stale => "stale",
            Self::Expired => "expired",
            Self::Burnt => "burnt",
            Self::Superseded => "superseded",
            Self::Cancelled => "cancelled",
        }
    }

    /// From name and receipt as they were stored; nothing where they can't be a state.
    #[must_use]
    pub fn of_columns(name: &str, receipt: Option<SignedReceipt>) -> Option<Self> {
        match (name, receipt) {
            ("executed", Some(receipt)) => Some(Self::Executed { receipt }),
            ("pending", None) => Some(Self::Pending),
            ("stale", None) => Some(Self::Stale),
            ("expired", None) => Some(Self::Expired),
            ("burnt", None) => Some(Self::Burnt),
            ("superseded", None) => Some(Self::Superseded),
            ("cancelled", None) => Some(Self::Cancelled),
            _ => None,
        }
    }
}

/// Who speaks, from the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// The account.
    pub account: AccountId,
    /// The device.
    pub device: DeviceId,
}

/// Where the cloud stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CloudHead {
    /// Its `seq`.
    pub seq: u64,
    /// Of the last head that stood there.
    pub hash: Hash,
}

impl Operation {
    /// The four words of the mail and the page.
    #[must_use]
    pub fn reference(&self) -> Words {
        Words::reference(self.digest, self.id)
    }

    /// The operation as time has left it. Every rule begins here.
    #[must_use]
    pub fn tick(self, now: Seconds) -> Self {
        if self.state == State::Pending && now >= self.expires_at {
            self.end(State::Expired)
        } else {
            self
        }
    }

    /// The operation after the cloud's head moved to `cloud`.
    #[must_use]
    pub fn base_moved(self, cloud: CloudHead) -> Self {
        let base = CloudHead {
            seq: self.request.base_seq,
            hash: self.request.base_head_hash,
        };
        match policy::binding(self.request.action, self.reach) {
            Binding::CloudHead if self.state == State::Pending && cloud != base => {
                self.end(State::Stale)
            }
            Binding::CloudHead | Binding::LocalHead | Binding::Parameters => self,
        }
    }

    /// The operation after a newer one of the same device.
    #[must_use]
    pub fn supersede(self, now: Seconds) -> Self {
        let this = self.tick(now);
        if this.state == State::Pending {
            this.end(State::Superseded)
        } else {
            this
        }
    }

    /// Cancels it; twice is once. Any device of the account may.
    ///
    /// # Errors
    /// [`Refused::Executed`] where it is too late, [`Refused::NotFound`] for another account.
    pub fn cancel(self, account: AccountId, now: Seconds) -> (Self, Result<(), Refused>) {
        if self.account != account {
            return (self, Err(Refused::NotFound));
        }
        let this = self.tick(now);
        match this.state {
            State::Pending => (this.end(State::Cancelled), Ok(())),
            State::Executed { .. } => (this, Err(Refused::Executed)),
            State::Stale | State::Expired | State::Burnt | State::Superseded | State::Cancelled => {
                (this, Ok(()))
            }
        }
    }

    /// What the asking device may read.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for any other.
    pub fn progress(
        &self,
        asker: Asker,
        mail_hint: String,
        now: Seconds,
    ) -> Result<Progress, Refused> {
        self.check_asker(asker)?;
        Ok(match &self.state {
            State::Pending if now >= self.expires_at => Progress::Expired,
            State::Pending => Progress::Pending(self.asked(mail_hint, now)),
            State::Executed { receipt } => Progress::Executed {
                receipt: receipt.clone(),
            },
            State::Stale => Progress::Stale,
            State::Expired => Progress::Expired,
            State::Burnt => Progress::Burnt,
            State::Superseded => Progress::Superseded,
            State::Cancelled => Progress::Cancelled,
        })
    }

    /// What a waiting operation tells the device that asked.
    #[must_use]
    pub fn asked(&self, mail_hint: String, now: Seconds) -> Asked {
        let coming = match self.mail {
            Mail::Queued if self.code.is_none() => self.code_no.saturating_add(1),
            Mail::NotDue | Mail::Queued | Mail::HandedOver { .. } | Mail::Bounced => self.code_no,
        };
        Asked {
            operation: self.id,
            reference: self.reference().to_strings(),
            required: self.still_required().to_vec(),
            mail_hint,
            code_no: coming.clamp(1, CODES),
            mail: self.mail,
            resend_at: self.resend_at(),
            expires_at: self.expires_at,
            tries_left: TRIES.saturating_sub(self.tries),
            second_factor: None,
            now,
        }
    }

    /// When the next code can be had.
    #[must_use]
    pub fn resend_at(&self) -> Seconds {
        let last = match self.mail {
            Mail::HandedOver { at, .. } => self.code_wanted_at.max(at),
            Mail::NotDue | Mail::Queued | Mail::Bounced => self.code_wanted_at,
        };
        last.saturating_add(RESEND_AFTER)
    }

    /// The proofs that a confirmation must still bring.
    #[must_use]
    pub fn still_required(&self) -> Proofs {
        match self.password_proven_at {
            Some(_) => self.required.without(Proofs::PASSWORD),
            None => self.required,
        }
    }

    pub(super) fn check_asker(&self, asker: Asker) -> Result<(), Refused> {
        if self.account == asker.account && self.device == asker.device {
            Ok(())
        } else {
            Err(Refused::NotFound)
        }
    }

    /// What an operation that is not pending answers.
    pub(super) fn check_pending(&self) -> Result<(), Refused> {
        match self.state {
            State::Pending => Ok(()),
            State::Executed { .. } => Err(Refused::Executed),
            State::Stale => Err(Refused::Stale),
            State::Expired => Err(Refused::Expired),
            State::Burnt => Err(Refused::Burnt),
            State::Superseded => Err(Refused::Superseded),
            State::Cancelled => Err(Refused::Cancelled),
        }
    }

    /// Ends it. The code's tag goes with the state that it was good for.
    pub(super) fn end(self, state: State) -> Self {
        Self {
            code: None,
            text: Text {
                code: None,
                ..self.text
            },
            state,
            ..self
        }
    }
}
