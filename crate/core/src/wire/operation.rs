//! Operations: asking for a dangerous act, confirming it, and what came of it.
//!
//! | request | answer |
//! |---|---|
//! | `POST /v1/operations` [`Ask`] | 201 [`Asked`] |
//! | `GET /v1/operations/{id}` | 200 [`Progress`] |
//! | `POST /v1/operations/{id}/code` | 200 [`Asked`]: a new code, the old one dead · 429 `too_soon` |
//! | `POST /v1/operations/{id}/text` | 200 [`Asked`]: a text message with a code · 429 `too_soon` |
//! | `POST /v1/operations/{id}/confirm` [`Confirm`] | 200 [`Confirmed`] · 403 `proof_rejected` · 409 `stale` · 410 … |
//! | `POST /v1/operations/{id}/cancel` | 204 |
//! | `POST /v1/operations/{id}/ack` | 204 |

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{Bytes, Seconds, SecretText};
use crate::confirmation::factor::Way;
use crate::confirmation::operation::Request;
use crate::confirmation::policy::Proof;
use crate::confirmation::receipt::SignedReceipt;
use crate::id::{Hash, OperationId};

/// Asks for a dangerous act. Nothing happens yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// The act and everything it is bound to.
    pub request: Request,
    /// The new head, encoded, without its tag: with `replace_cloud` and a reset
    /// that reaches the cloud, and never else. Its `seq` is the base's + 1, its
    /// `previous` the base's hash.
    pub new_head: Option<Bytes>,
    /// The new slots, encoded: with every new head.
    pub new_slots: Option<Vec<Bytes>>,
    /// As the device computed it; the service computes it too.
    pub digest: Hash,
}

/// The operation waits for its proofs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Asked {
    /// Its name.
    pub operation: OperationId,
    /// Four words, the same in the mail.
    pub reference: [String; 4],
    /// The proofs that it takes, in order.
    pub required: Vec<Proof>,
    /// Where the code goes: `a***@example.com`.
    pub mail_hint: String,
    /// Which code the next or last mail carries: 1, 2 or 3.
    pub code_no: u32,
    /// How far the mail is.
    pub mail: Mail,
    /// When the next code can be asked for.
    pub resend_at: Seconds,
    /// When the operation dies.
    pub expires_at: Seconds,
    /// Tries left.
    pub tries_left: u32,
    /// The step of the second factor, where it is still to be taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_factor: Option<FactorStep>,
    /// The service's clock.
    pub now: Seconds,
}

/// How the step of the second factor can be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FactorStep {
    /// In the order in which they are offered.
    pub ways: Vec<Way>,
    /// Where the text goes: `+46 ··· 67`.
    pub phone_hint: Option<String>,
    /// How far the text is; `bounced` where the gateway did not take it.
    pub text: Mail,
    /// Which code the text carries: 1, 2 or 3; 0 where none was made.
    pub text_no: u32,
    /// When the next text can be had.
    pub text_resend_at: Seconds,
}

/// How far a code's mail is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Mail {
    /// No code is due (yet).
    NotDue,
    /// It waits for the mail server.
    Queued,
    /// The mail server took it.
    HandedOver {
        /// When.
        at: Seconds,
        /// When its code dies.
        code_until: Seconds,
    },
    /// The mail server refused it for good.
    Bounced,
}

/// The proofs of an operation, all that it takes.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    /// Of the operation that the person saw.
    pub digest: Hash,
    /// The new head's tag, where the act brings a head.
    pub head_tag: Option<Bytes>,
    /// The [`Voucher`](crate::vault::generation::Voucher) for that head, where it
    /// begins the next epoch of an open vault: with `renew_master_password`, never else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voucher: Option<Bytes>,
    /// What proves it.
    pub proofs: Proofs,
}

/// What a person typed.
#[derive(Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Proofs {
    /// The code from the mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email_code: Option<SecretText>,
    /// The account password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_password: Option<SecretText>,
    /// The code from the text message, an authenticator's, or a backup code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_message_code: Option<SecretText>,
}

/// The answer to proofs that were right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Confirmed {
    /// It is done; here is what proves it.
    Receipt(SignedReceipt),
    /// One more proof is needed.
    Next(Proof),
}

/// Where an operation stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Progress {
    /// It waits for its proofs.
    Pending(Asked),
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
    /// A newer one took its place.
    Superseded,
    /// It was cancelled.
    Cancelled,
}
