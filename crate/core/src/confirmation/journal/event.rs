//! What happens to an entry, and what it wants done.

use super::entry::Over;
use crate::confirmation::grant::{Granted, Lapsed};
use crate::confirmation::receipt::{Receipt, ReceiptError};
use crate::id::OperationId;
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
    /// The receipt was a permit, and permits nothing any more.
    Lapsed(Lapsed),
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

/// What a refusal says of the operation.
pub(super) enum Meaning {
    /// Whether the message arrived is not known; ask again later.
    Unknown,
    /// The operation ended.
    Ended(Over),
    /// It was executed before.
    TooLate,
    /// This message had no effect; the operation is as it was.
    NotNow,
}

pub(super) const fn meaning(code: Code) -> Meaning {
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
        | Code::MalformedPhone
        | Code::MalformedVault
        | Code::SignInRejected
        | Code::SecondFactorNeeded
        | Code::EmailTaken
        | Code::TextsUnavailable
        | Code::EmailNotVerified
        | Code::ProofRejected
        | Code::AccountNotLinked
        | Code::Held
        | Code::Frozen
        | Code::SyncIsOff
        | Code::NotOffered
        | Code::PasswordNeeded
        | Code::MethodNotAllowed
        | Code::OperationPending
        | Code::VaultDiffers
        | Code::GenerationReplaced
        | Code::CodeExpired
        | Code::ClientTooOld
        | Code::HeadMoved
        | Code::TooLarge
        | Code::FileDiffers
        | Code::QuotaExceeded
        | Code::UnsupportedMediaType
        | Code::TooSoon
        | Code::TooManyRequests => Meaning::NotNow,
    }
}
