//! Signing in at a provider, and the way to the portal.
//!
//! | request | answer |
//! |---|---|
//! | `GET /v1/providers` | 200 [`Providers`], without a proof |
//! | `POST /v1/sign-ins` [`BeginSignIn`] | 201 [`SignInBegun`]: its `url` is to be opened in a tab |
//! | `POST /v1/sign-ins/{sign_in}/session` | 200 [`SignInProgress`], to the device that began it |
//! | `POST /v1/portal-hints` [`AskHint`] | 201 [`Hint`]: its `url` is to be opened in a tab |

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Seconds;
use super::account::{Language, Session};
use crate::confirmation::words::Words;
use crate::encode::Encoder;
use crate::id::{DeviceId, Hash, OperationId};

/// Where somebody can sign in besides by an account password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Providers {
    /// In the operator's order.
    pub providers: Vec<Provider>,
}

/// A provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Provider {
    /// For requests.
    pub name: String,
    /// For people.
    pub label: String,
}

/// A device wants to be signed in by a provider.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginSignIn {
    /// The provider's name.
    pub provider: String,
    /// What the person calls this device: 1 to 40 characters.
    pub device_name: String,
    /// Of the portal's pages, and of the mails to this person.
    pub language: Language,
}

/// A sign-in that waits for its person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInBegun {
    /// Its name.
    pub sign_in: OperationId,
    /// To be opened in a tab.
    pub url: String,
    /// The tab shows the same; whoever sees others there did not ask for it.
    pub words: [String; 4],
    /// When it dies.
    pub expires_at: Seconds,
}

/// How far a sign-in is.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SignInProgress {
    /// The person is still at it; to be asked again in some seconds.
    Waiting,
    /// The device is signed in. An answer that was lost can be had again.
    SignedIn {
        /// The session.
        session: Session,
    },
}

/// Where in the portal somebody wants to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The overview.
    Account,
    /// Choosing an account password.
    ChoosePassword,
    /// A forgotten account password.
    ForgottenPassword,
    /// No second factor at hand.
    LostFactor,
}

/// Asks for the way to the portal. This device waits there.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AskHint {
    /// Where to.
    pub place: Place,
}

/// The way to the portal: good once, for ten minutes. It opens nothing by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hint {
    /// To be opened in a tab.
    pub url: String,
    /// When it dies.
    pub expires_at: Seconds,
}

/// The words of a sign-in:
/// of `SHA-256(encode("sigill/sign-in/1", device))` and the sign-in's name.
#[must_use]
pub fn sign_in_words(sign_in: OperationId, device: DeviceId) -> Words {
    let encoder = device.encode(Encoder::new("sigill/sign-in/1"));
    Words::reference(Hash::of(&encoder.finish()), sign_in)
}
