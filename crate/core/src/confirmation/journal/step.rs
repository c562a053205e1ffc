//! The machine of the asking device.

use alloc::vec;
use alloc::vec::Vec;

use super::entry::{Answer, Brings, Entry, Over, Phase};
use crate::confirmation::grant::Granted;
use crate::confirmation::policy::Proof;
use crate::confirmation::receipt::{Receipt, ReceiptError, SignedReceipt};
use crate::confirmation::words::Words;
use crate::id::OperationId;
use crate::wire::Bytes;
use crate::wire::operation::{Ask, Asked, Confirm, Confirmed, Progress, Proofs};
use crate::wire::problem::{Code, Problem};

/// What happened.
pub enum Event {
    /// The worker started, or the person wants to go on.
    Start,
    /// The service answered a request, or a wish for the next code.
    Asked(Asked),
    /// The person typed proofs.
    Prove(Proofs),
    /// The service answered proofs.
    Confirmed(Confirmed),
    /// The service said where the operation stands.
    Polled(Progress),
    /// The service said no to whatever was sent last.
    Refused(Problem),
    /// The person wants the next code.
    Resend,
    /// The person keeps everything.
    Cancel,
    /// The service took the cancellation.
    Cancelled,
    /// What the receipt allows was done on this device, and with it, in the
    /// same transaction, this event's [`Effect::Save`].
    Applied,
}

/// What to do now, in this order.
#[derive(Debug)]
#[must_use]
pub enum Effect {
    /// Write the entry down, durably, before the effects that follow.
    Save,
    /// Send this.
    Send(Message),
    /// Do on this device what was granted.
    Apply {
        /// What allows it.
        granted: Granted,
        /// What the service did, verified.
        receipt: Receipt,
    },
    /// Tell the person; nothing else changes.
    Tell(Notice),
}

/// A message to the service.
pub enum Message {
    /// `POST /v1/operations`
    Ask(Ask),
    /// `GET /v1/operations/{id}`
    Poll(OperationId),
    /// `POST /v1/operations/{id}/code`
    Resend(OperationId),
    /// `POST /v1/operations/{id}/confirm`
    Confirm(OperationId, Confirm),
    /// `POST /v1/operations/{id}/cancel`
    Cancel(OperationId),
    /// `POST /v1/operations/{id}/ack`
    Ack(OperationId),
}

impl core::fmt::Debug for Message {
    /// Without what the person typed.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Ask(ask) => f.debug_tuple("Ask").field(ask).finish(),
            Self::Poll(operation) => f.debug_tuple("Poll").field(operation).finish(),
            Self::Resend(operation) => f.debug_tuple("Resend").field(operation).finish(),
            Self::Confirm(operation, _) => f.debug_tuple("Confirm").field(operation).finish(),
            Self::Cancel(operation) => f.debug_tuple("Cancel").field(operation).finish(),
            Self::Ack(operation) => f.debug_tuple("Ack").field(operation).finish(),
        }
    }
}

/// What the person should hear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The service said no.
    Problem(Problem),
    /// A receipt came that proves nothing.
    Receipt(ReceiptRejected),
    /// The service speaks of another operation, or shows other words.
    Garbage,
}

/// Why a receipt was not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptRejected {
    /// The person has confirmed nothing here.
    #[error("nothing was confirmed on this device")]
    NotProving,
    /// Its signature is not the service's.
    #[error(transparent)]
    Unsigned(#[from] ReceiptError),
    /// It is about another operation, account, device, act or digest.
    #[error("the receipt is about something else")]
    SomethingElse,
}

impl Entry {
    /// The entry after `event`, and what to do now.
    pub fn step(self, event: Event) -> (Self, Vec<Effect>) {
        match event {
            Event::Start => self.start(),
            Event::Asked(asked) => self.asked(asked),
            Event::Prove(proofs) => self.prove(proofs),
            Event::Confirmed(Confirmed::Receipt(receipt)) => self.receipt(receipt),
            Event::Confirmed(Confirmed::Next(proof)) => self.next(proof),
            Event::Polled(progress) => self.polled(progress),
            Event::Refused(problem) => self.refused(problem),
            Event::Resend => self.resend(),
            Event::Cancel => self.cancel(),
            Event::Cancelled => self.over(Over::Cancelled),
            Event::Applied => self.applied(),
        }
    }

    fn start(self) -> (Self, Vec<Effect>) {
        let effects = match &self.phase {
            Phase::Requested => vec![Effect::Save, Effect::Send(Message::Ask(self.ask()))],
            Phase::Asked(asked) | Phase::Proving { asked, .. } => {
                vec![Effect::Send(Message::Poll(asked.operation))]
            }
            // Verified before it was stored, and again: storage is not evidence.
            Phase::Receipted(signed) => vec![match self.believe(signed) {
                Ok(receipt) => Effect::Apply {
                    granted: Granted::what_was_asked(&self.request),
                    receipt: receipt.clone(),
                },
                Err(why) => Effect::Tell(Notice::Receipt(why)),
            }],
            Phase::Done(_) | Phase::Over(_) => Vec::new(),
        };
        (self, effects)
    }

    /// The request. It has no place for the head's tag.
    fn ask(&self) -> Ask {
        let (new_head, new_slots) = match &self.brings {
            Brings::Nothing => (None, None),
            Brings::Vault(vault) => (
                Some(Bytes(vault.head.clone())),
                Some(vault.slots.iter().cloned().map(Bytes).collect()),
            ),
        };
        Ask {
            request: self.request.clone(),
            new_head,
            new_slots,
            digest: self.digest,
        }
    }

    fn asked(self, asked: Asked) -> (Self, Vec<Effect>) {
        let words = Words::reference(self.digest, asked.operation);
        let known = self.operation().unwrap_or(asked.operation);
        if !words.are(&asked.reference) || known != asked.operation {
            return (self, vec![Effect::Tell(Notice::Garbage)]);
        }
        match self.phase {
            Phase::Requested | Phase::Asked(_) => self.saved(Phase::Asked(asked)),
            Phase::Proving { .. } => self.saved(Phase::Proving {
                asked,
                answer: Answer::Given,
            }),
            // Cancelled before the service answered: it need not wait.
            Phase::Over(_) => {
                let cancel = Effect::Send(Message::Cancel(asked.operation));
                (self, vec![cancel])
            }
            Phase::Receipted(_) | Phase::Done(_) => (self, Vec::new()),
        }
    }

    fn prove(self, proofs: Proofs) -> (Self, Vec<Effect>) {
        let asked = match self.phase {
            Phase::Asked(ref asked) | Phase::Proving { ref asked, .. } => asked.clone(),
            Phase::Requested | Phase::Receipted(_) | Phase::Done(_) | Phase::Over(_) => {
                return (self, Vec::new());
            }
        };
        let confirm = Confirm {
            digest: self.digest,
            head_tag: match &self.brings {
                Brings::Nothing => None,
                Brings::Vault(vault) => Some(Bytes(vault.tag.0.to_vec())),
            },
            proofs,
        };
        let send = Effect::Send(Message::Confirm(asked.operation, confirm));
        let answer = Answer::Awaited;
        self.moved(Phase::Proving { asked, answer }, [send])
    }

    fn receipt(self, signed: SignedReceipt) -> (Self, Vec<Effect>) {
        match &self.phase {
            Phase::Proving { .. } => {}
            Phase::Requested | Phase::Asked(_) | Phase::Over(_) => {
                let why = ReceiptRejected::NotProving;
                return (self, vec![Effect::Tell(Notice::Receipt(why))]);
            }
            // The same answer again: it was heard.
            Phase::Receipted(_) | Phase::Done(_) => return (self, Vec::new()),
        }
        match self.believe(&signed).cloned() {
            Ok(receipt) => {
                let granted = Granted::what_was_asked(&self.request);
                let apply = Effect::Apply { granted, receipt };
                self.moved(Phase::Receipted(signed), [apply])
            }
            Err(why) => (self, vec![Effect::Tell(Notice::Receipt(why))]),
        }
    }

    /// Signed by the pinned key, and about this very entry.
    fn believe<'r>(&self, signed: &'r SignedReceipt) -> Result<&'r Receipt, ReceiptRejected> {
        let receipt = signed.verify(&self.key)?;
        let about_this = self.operation() == Some(receipt.operation)
            && receipt.account == self.asker.account
            && receipt.device == self.asker.device
            && receipt.action == self.request.action
            && receipt.digest == self.digest;
        if about_this {
            Ok(receipt)
        } else {
            Err(ReceiptRejected::SomethingElse)
        }
    }

    fn next(self, proof: Proof) -> (Self, Vec<Effect>) {
        match self.phase {
            Phase::Proving { ref asked, .. } => {
                let mut asked = asked.clone();
                asked.required.retain(|required| *required >= proof);
                let poll = Effect::Send(Message::Poll(asked.operation));
                let answer = Answer::Given;
                self.moved(Phase::Proving { asked, answer }, [poll])
            }
            Phase::Requested
            | Phase::Asked(_)
            | Phase::Receipted(_)
            | Phase::Done(_)
            | Phase::Over(_) => (self, Vec::new()),
        }
    }

    fn polled(self, progress: Progress) -> (Self, Vec<Effect>) {
        match progress {
            Progress::Pending(asked) => self.asked(asked),
            Progress::Executed { receipt } => self.receipt(receipt),
            Progress::Stale => self.over(Over::Stale),
            Progress::Expired => self.over(Over::Expired),
            Progress::Burnt => self.over(Over::Burnt),
            Progress::Superseded => self.over(Over::Superseded),
            Progress::Cancelled => self.over(Over::Cancelled),
        }
    }

    fn refused(self, problem: Problem) -> (Self, Vec<Effect>) {
        let tell = Effect::Tell(Notice::Problem(problem.clone()));
        let meaning = meaning(problem.error);
        let (entry, mut effects) = match (&self.phase, meaning) {
            (Phase::Receipted(_) | Phase::Done(_) | Phase::Over(_), _) => {
                return (self, Vec::new());
            }
            (_, Meaning::Unknown) => (self, Vec::new()),
            (_, Meaning::Ended(how)) => self.over(how),
            (_, Meaning::TooLate) => self.start(),
            (Phase::Requested, Meaning::NotNow) => self.over(Over::Refused),
            (Phase::Asked(_), Meaning::NotNow) => (self, Vec::new()),
            (Phase::Proving { asked, .. }, Meaning::NotNow) => {
                let mut asked = asked.clone();
                asked.tries_left = problem.tries_left.unwrap_or(asked.tries_left);
                let answer = Answer::Given;
                self.saved(Phase::Proving { asked, answer })
            }
        };
        effects.push(tell);
        (entry, effects)
    }

    fn resend(self) -> (Self, Vec<Effect>) {
        let effects = match &self.phase {
            Phase::Asked(asked) | Phase::Proving { asked, .. } => {
                vec![Effect::Send(Message::Resend(asked.operation))]
            }
            Phase::Requested | Phase::Receipted(_) | Phase::Done(_) | Phase::Over(_) => Vec::new(),
        };
        (self, effects)
    }

    /// Before any proof left, the device's word is enough: nothing can execute.
    /// After that the service's answer decides.
    fn cancel(self) -> (Self, Vec<Effect>) {
        match &self.phase {
            Phase::Requested => self.over(Over::Cancelled),
            Phase::Asked(asked) => {
                let cancel = Effect::Send(Message::Cancel(asked.operation));
                self.moved(Phase::Over(Over::Cancelled), [cancel])
            }
            Phase::Proving { asked, .. } => {
                let cancel = Effect::Send(Message::Cancel(asked.operation));
                (self, vec![cancel])
            }
            Phase::Receipted(_) | Phase::Done(_) | Phase::Over(_) => (self, Vec::new()),
        }
    }

    fn applied(self) -> (Self, Vec<Effect>) {
        match &self.phase {
            Phase::Receipted(signed) => {
                let signed = signed.clone();
                let ack = Effect::Send(Message::Ack(signed.receipt.operation));
                self.moved(Phase::Done(signed), [ack])
            }
            Phase::Requested
            | Phase::Asked(_)
            | Phase::Proving { .. }
            | Phase::Done(_)
            | Phase::Over(_) => (self, Vec::new()),
        }
    }

    fn over(self, how: Over) -> (Self, Vec<Effect>) {
        if matches!(
            self.phase,
            Phase::Receipted(_) | Phase::Done(_) | Phase::Over(_)
        ) {
            (self, Vec::new())
        } else {
            self.saved(Phase::Over(how))
        }
    }

    fn saved(self, phase: Phase) -> (Self, Vec<Effect>) {
        (Self { phase, ..self }, vec![Effect::Save])
    }

    fn moved(self, phase: Phase, then: [Effect; 1]) -> (Self, Vec<Effect>) {
        let (entry, mut effects) = self.saved(phase);
        effects.extend(then);
        (entry, effects)
    }
}

/// What a refusal says of the operation.
enum Meaning {
    /// Whether the message arrived is not known; ask again later.
    Unknown,
    /// The operation ended.
    Ended(Over),
    /// It was executed before.
    TooLate,
    /// This message had no effect; the operation is as it was.
    NotNow,
}

const fn meaning(code: Code) -> Meaning {
    match code {
        Code::Stale => Meaning::Ended(Over::Stale),
        Code::Expired => Meaning::Ended(Over::Expired),
        Code::Burnt => Meaning::Ended(Over::Burnt),
        Code::Superseded => Meaning::Ended(Over::Superseded),
        Code::Cancelled => Meaning::Ended(Over::Cancelled),
        Code::NotFound | Code::DigestMismatch | Code::KeyReused => Meaning::Ended(Over::Refused),
        Code::AlreadyExecuted => Meaning::TooLate,
        Code::UseDpopNonce | Code::DpopRejected | Code::SignedOut | Code::Internal | Code::Busy => {
            Meaning::Unknown
        }
        Code::MalformedRequest
        | Code::MalformedEmail
        | Code::PasswordTooShort
        | Code::PasswordTooCommon
        | Code::MalformedDeviceName
        | Code::MalformedVault
        | Code::SignInRejected
        | Code::EmailNotVerified
        | Code::ProofRejected
        | Code::AccountNotLinked
        | Code::Held
        | Code::Frozen
        | Code::SyncIsOff
        | Code::NotOffered
        | Code::MethodNotAllowed
        | Code::OperationPending
        | Code::VaultDiffers
        | Code::GenerationReplaced
        | Code::CodeExpired
        | Code::HeadMoved
        | Code::TooLarge
        | Code::UnsupportedMediaType
        | Code::TooSoon
        | Code::TooManyRequests => Meaning::NotNow,
    }
}
