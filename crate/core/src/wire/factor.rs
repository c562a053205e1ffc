//! Second factors: enrolled, tried, listed. What is enrolled takes effect with
//! an executed `Weaken` that names it.
//!
//! | request | answer |
//! |---|---|
//! | `GET /v1/factors` | 200 [`Factors`] |
//! | `POST /v1/enrolments` [`Enrol`] | 201 [`Enrolled`] |
//! | `POST /v1/enrolments/{id}/try` [`Try`] | 204 · 403 `proof_rejected` |

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{Seconds, SecretText};
use crate::confirmation::factor::Way;
use crate::confirmation::policy::Profile;
use crate::id::EnrolmentId;

/// Begins to enrol. Whatever of this device waited before is forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Enrol {
    /// A phone; a code is texted to it.
    Phone {
        /// Its number, with the country's code.
        number: String,
    },
    /// An authenticator.
    Authenticator,
    /// Ten new backup codes.
    BackupCodes,
    /// Another e-mail address; a code is mailed to it.
    Email {
        /// The address.
        email: String,
    },
}

/// What waits to be tried, and then for its operation.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolled {
    /// Its name.
    pub enrolment: EnrolmentId,
    /// Of an authenticator: what its picture says (`otpauth://…`). Shown once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otpauth: Option<SecretText>,
    /// Backup codes: where they are enrolled, and with the first factor of an
    /// account. Shown once.
    pub backup_codes: Vec<SecretText>,
    /// When it is forgotten.
    pub until: Seconds,
}

/// Shows that texts or mails arrive, that the authenticator has the right time,
/// or that backup codes were kept.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Try {
    /// What was typed.
    pub code: SecretText,
}

/// The second factors of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Factors {
    /// Those that are enrolled.
    pub factors: Vec<Factor>,
    /// Backup codes that were not used.
    pub backup_codes_left: u32,
    /// How much the account asks for.
    pub profile: Profile,
}

/// A second factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Factor {
    /// Which.
    pub way: Way,
    /// `+46 ··· 67`, for a phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Since when.
    pub since: Seconds,
}
