//! Why the judge says no.

use super::CODES;
use crate::confirmation::policy::Refusal;
use crate::wire::Seconds;
use crate::wire::problem::{Code, Problem};

/// Why the service does not do what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No operation of that name that this device may see.
    #[error("no such operation for this device")]
    NotFound,
    /// The digest is not that of the request, or of the operation.
    #[error("the digest is not that of the request")]
    Digest,
    /// The request brings what its action has no use for, or lacks what it needs.
    #[error("the request does not bring what its action takes")]
    Shape,
    /// The head or the slots that it brings are none, or don't follow the base.
    #[error("the vault that the request brings does not hold together")]
    Vault,
    /// The idempotency key was used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The table refuses.
    #[error("the table of proofs refuses")]
    Policy(#[from] Refusal),
    /// The table does not offer it.
    #[error("the action is not offered in this state")]
    NotOffered,
    /// The account's address was never verified.
    #[error("the address was never verified")]
    EmailNotVerified,
    /// Dangerous acts of the account are frozen.
    #[error("dangerous acts of this account are frozen")]
    Frozen,
    /// The act waits for a hold to end.
    #[error("the act waits for a hold to end")]
    Held,
    /// The cloud stands elsewhere than the request says.
    #[error("the cloud's head is not the one that the act was made for")]
    Stale,
    /// The operation's time ran out.
    #[error("the operation's time ran out")]
    Expired,
    /// The operation's tries were used up.
    #[error("the operation's tries were used up")]
    Burnt,
    /// A newer operation took its place.
    #[error("a newer operation took its place")]
    Superseded,
    /// It was cancelled.
    #[error("the operation was cancelled")]
    Cancelled,
    /// It was executed.
    #[error("the operation was executed")]
    Executed,
    /// The code's time ran out; the operation still lives.
    #[error("the code's time ran out")]
    CodeExpired,
    /// A proof was wrong.
    #[error("a proof was wrong; {tries_left} tries left")]
    Proof {
        /// Tries left.
        tries_left: u32,
    },
    /// The next code can't be had yet.
    #[error("the next code can be had in {wait} seconds")]
    TooSoon {
        /// Seconds to wait.
        wait: Seconds,
    },
    /// The operation has no code left.
    #[error("all {CODES} codes of the operation were used")]
    NoCodesLeft,
    /// No code is due in this operation now.
    #[error("no code is due")]
    NoCodeDue,
}

impl Refused {
    /// The answer's code.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::NotFound => Code::NotFound,
            Self::Digest => Code::DigestMismatch,
            Self::Shape => Code::MalformedRequest,
            Self::Vault => Code::MalformedVault,
            Self::KeyReused => Code::KeyReused,
            Self::Policy(Refusal::AccountNotLinked) => Code::AccountNotLinked,
            Self::Policy(Refusal::SyncIsOff) => Code::SyncIsOff,
            Self::NotOffered | Self::NoCodeDue => Code::NotOffered,
            Self::EmailNotVerified => Code::EmailNotVerified,
            Self::Frozen => Code::Frozen,
            Self::Held => Code::Held,
            Self::Stale => Code::Stale,
            Self::Expired => Code::Expired,
            Self::Burnt => Code::Burnt,
            Self::Superseded => Code::Superseded,
            Self::Cancelled => Code::Cancelled,
            Self::Executed => Code::AlreadyExecuted,
            Self::CodeExpired => Code::CodeExpired,
            Self::Proof { .. } => Code::ProofRejected,
            Self::TooSoon { .. } => Code::TooSoon,
            Self::NoCodesLeft => Code::TooManyRequests,
        }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        let problem = Self::from(refused.code());
        match refused {
            Refused::Proof { tries_left } => Self {
                tries_left: Some(tries_left),
                ..problem
            },
            Refused::TooSoon { wait } => Self {
                retry_after: Some(wait),
                ..problem
            },
            Refused::NotFound
            | Refused::Digest
            | Refused::Shape
            | Refused::Vault
            | Refused::KeyReused
            | Refused::Policy(_)
            | Refused::NotOffered
            | Refused::EmailNotVerified
            | Refused::Frozen
            | Refused::Held
            | Refused::Stale
            | Refused::Expired
            | Refused::Burnt
            | Refused::Superseded
            | Refused::Cancelled
            | Refused::Executed
            | Refused::CodeExpired
            | Refused::NoCodesLeft
            | Refused::NoCodeDue => problem,
        }
    }
}
