//! Every answer that is not a success: a [`Code`] that says what happened, and
//! the numbers that a person needs to go on. No free text crosses the wire.

use serde::{Deserialize, Serialize};

use super::Seconds;

/// The body of an error answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// What happened.
    pub error: Code,
    /// Tries left in this operation, with `proof_rejected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tries_left: Option<u32>,
    /// Seconds to wait, with `too_many_requests`, `too_soon` and `busy` (also
    /// in the header `Retry-After`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<Seconds>,
    /// The sizes, with `quota_exceeded`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<Quota>,
}

/// What files take and may take, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Quota {
    /// What is taken.
    pub used: u64,
    /// What was to be taken besides.
    pub wanted: u64,
    /// What may be taken.
    pub limit: u64,
}

impl From<Code> for Problem {
    fn from(error: Code) -> Self {
        Self {
            error,
            tries_left: None,
            retry_after: None,
            quota: None,
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $status:literal,)*) => {
        /// What happened, one value a message key.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Code {
            $($(#[$doc])* $code,)*
        }

        impl Code {
            /// Its HTTP status (RFC 9110).
            #[must_use]
            pub const fn status(self) -> u16 {
                match self {
                    $(Self::$code => $status,)*
                }
            }
        }
    };
}

codes! {
    /// The body is not the JSON that this path takes.
    MalformedRequest = 400,
    /// The address can't be an e-mail address.
    MalformedEmail = 400,
    /// The account password is shorter than 10 or longer than 256 characters.
    PasswordTooShort = 400,
    /// The account password is on the list of common ones.
    PasswordTooCommon = 400,
    /// The device name is empty, too long, or holds what a name may not.
    MalformedDeviceName = 400,
    /// It can't be a telephone number that codes are sent to.
    MalformedPhone = 400,
    /// A record, slot or head can't be read.
    MalformedVault = 400,
    /// The digest is not that of the request.
    DigestMismatch = 400,
    /// The DPoP proof carries no fresh nonce; the header has one.
    UseDpopNonce = 401,
    /// The DPoP proof is not valid for this request.
    DpopRejected = 401,
    /// The access token is unknown, expired or ended.
    SignedOut = 401,
    /// Address and password do not open an account.
    SignInRejected = 403,
    /// The password was right, the address was never verified.
    EmailNotVerified = 403,
    /// A proof was wrong.
    ProofRejected = 403,
    /// Address and password were right; the account's second factor is asked for too.
    SecondFactorNeeded = 403,
    /// The account has no account password yet.
    AccountNotLinked = 403,
    /// The act waits for a hold to end.
    Held = 403,
    /// Dangerous acts of this account are frozen.
    Frozen = 403,
    /// The act needs sync to be on.
    SyncIsOff = 403,
    /// The act is not offered in this state.
    NotOffered = 403,
    /// This device is new: the account password first.
    PasswordNeeded = 403,
    /// Nothing of that name that this device may see.
    NotFound = 404,
    /// The path does not take this method.
    MethodNotAllowed = 405,
    /// Another head or generation stands in the cloud than the act was made for.
    Stale = 409,
    /// An operation of this device is pending; its outbox waits.
    OperationPending = 409,
    /// The cloud holds another vault, or another epoch of it.
    VaultDiffers = 409,
    /// The generation was replaced; read the cloud anew.
    GenerationReplaced = 409,
    /// Another account has this address.
    EmailTaken = 409,
    /// The operation was executed: too late to cancel it.
    AlreadyExecuted = 409,
    /// The idempotency key was used for something else.
    KeyReused = 409,
    /// The operation's time is over.
    Expired = 410,
    /// The operation's tries are used up.
    Burnt = 410,
    /// A newer operation of this device took its place.
    Superseded = 410,
    /// The operation was cancelled.
    Cancelled = 410,
    /// The code is older than ten minutes.
    CodeExpired = 410,
    /// This version of the protocol is over: the client has to be brought up to date.
    ClientTooOld = 410,
    /// Another chunk stands in that place.
    FileDiffers = 409,
    /// The head is not the one that the push says it follows.
    HeadMoved = 412,
    /// The body is larger than this path takes.
    TooLarge = 413,
    /// The body is not declared as JSON.
    UnsupportedMediaType = 415,
    /// The next code can't be had yet.
    TooSoon = 429,
    /// A limit was reached.
    TooManyRequests = 429,
    /// The fault is ours.
    Internal = 500,
    /// Text messages can't be sent now; another way may be quicker.
    TextsUnavailable = 503,
    /// Too much at once, or the database does not answer; nothing was done.
    Busy = 503,
    /// The account's files would take more than they may (RFC 4918 §11.5).
    QuotaExceeded = 507,
}
