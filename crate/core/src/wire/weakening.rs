//! What a `Weaken` is about. It is staged first; the operation names its hash
//! only, so that no journal and no request of a dangerous act holds it.
//!
//! | request | answer |
//! |---|---|
//! | `POST /v1/weakenings` [`Stage`] | 201 [`Staged`] |

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::{Bytes, Seconds, SecretText};
use crate::confirmation::action::Weakening;
use crate::confirmation::policy::Profile;
use crate::id::{EnrolmentId, Hash};

/// What a weakening is about.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Parameters {
    /// Another account password.
    AccountPassword {
        /// The new password: as at sign-up.
        password: SecretText,
    },
    /// A phone, an authenticator, backup codes or an address, enrolled and tried.
    Enrolment {
        /// Its name.
        enrolment: EnrolmentId,
        /// With a factor: how much the account asks for from then on, where it
        /// asked for less. Pages offer `strict`, ticked.
        profile: Profile,
    },
    /// None any more.
    NoFactor,
    /// A shorter time for undo.
    UndoWindow {
        /// 1 to 29 days.
        days: u32,
    },
    /// A person at a provider: who signs in to the account no more, or who proved
    /// there who they are and does from then on.
    Identity {
        /// The provider's issuer.
        issuer: String,
        /// The person's subject there.
        subject: String,
    },
}

/// Stages what the next `weaken` of this device is about.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// The weakening.
    pub what: Weakening,
    /// 32 random bytes.
    pub blind: Bytes,
    /// What it is about.
    pub parameters: Parameters,
}

/// It waits for its operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Staged {
    /// What the operation names as its parameters; the device computes it too.
    pub parameters: Hash,
    /// When it is forgotten.
    pub until: Seconds,
}
