//! Accounts, sessions and devices.
//!
//! | request | answer |
//! |---|---|
//! | `POST /v1/accounts` [`SignUp`] | 202, the same for known and unknown addresses |
//! | `POST /v1/accounts/verify` [`Verify`] | 204 · 403 `proof_rejected` |
//! | `POST /v1/accounts/verification` [`Verification`] | 202, always the same |
//! | `POST /v1/sessions` [`SignIn`] | 201 [`Session`] · 403 `sign_in_rejected`, `email_not_verified`, `second_factor_needed`, `proof_rejected` |
//! | `POST /v1/sessions/refresh` [`Refresh`] | 200 [`Session`] · 401 `signed_out` |
//! | `DELETE /v1/sessions/current` | 204 |
//! | `GET /v1/account` | 200 [`Account`] |
//! | `POST /v1/hold/lift` [`Lift`] | 204 · 403 `held`, `second_factor_needed`, `proof_rejected` |
//! | `GET /v1/alarms` | 200 [`Alarms`], by the device's key alone |
//! | `POST /v1/alarms/{account}/veto` | 204, by the device's key alone |
//! | `DELETE /v1/devices/{device}` | 204, its sessions end |
//! | `POST /v1/waits/{lost}/stop` | 204, what waits does not happen |
//! | `POST /v1/account/address` | 204, the address is still the person's own |
//!
//! Every request carries `DPoP: <proof>` (RFC 9449) with the claims `htm`,
//! `htu`, `jti`, `iat`, `nonce` (the last `DPoP-Nonce` header seen), `bh` =
//! base64url(SHA-256(body)) (of the empty body where there is none), and, when
//! signed in, `Authorization: DPoP <access token>` with the claim `ath`.
//! Without a fresh nonce: 401 `use_dpop_nonce`, and the header `DPoP-Nonce`.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{Bytes, Seconds, SecretText};
use crate::confirmation::policy::Standing;
use crate::confirmation::wait::Lost;
use crate::id::{AccountId, DeviceId, KeyId};

/// The languages of mails and pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Swedish.
    #[serde(rename = "sv")]
    Swedish,
}

/// Asks for a new account. A code is mailed; [`Verify`] takes it.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignUp {
    /// Where codes and notices go.
    pub email: String,
    /// The account password: at least 10 characters, not a common one, and not
    /// the master password (the extension checks that before it sends).
    pub password: SecretText,
    /// Of the mails.
    pub language: Language,
}

/// The code from the verification mail.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Verify {
    /// The address that the code was mailed to.
    pub email: String,
    /// Eight digits; spaces do not matter.
    pub code: SecretText,
}

/// Asks for the verification mail again.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Verification {
    /// The address.
    pub email: String,
}

/// Signs a device in. The device is the key that signs the DPoP proof.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The account's address.
    pub email: String,
    /// The account password.
    pub password: SecretText,
    /// What the person calls this device: 1 to 40 characters.
    pub device_name: String,
    /// Of the mails to this person from now on.
    pub language: Language,
    /// Where the service asked for it (`second_factor_needed`): the code from the
    /// text message, an authenticator's, or a backup code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_factor: Option<SecretText>,
}

/// Swaps a refresh token for its successor.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// The refresh token.
    pub refresh_token: SecretText,
}

/// A session, bound to the device's key.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The account.
    pub account: AccountId,
    /// The device that the service knows by the proof's key.
    pub device: DeviceId,
    /// Good for `expires_in` seconds.
    pub access_token: SecretText,
    /// Good for 30 days, once.
    pub refresh_token: SecretText,
    /// Seconds that the access token lives.
    pub expires_in: Seconds,
    /// The key that receipts are verified with; pinned at first contact.
    pub receipt_key: ReceiptKey,
}

/// A key that receipts are verified with (Ed25519).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptKey {
    /// Its name.
    pub id: KeyId,
    /// The public half, 32 bytes.
    pub public: Bytes,
}

/// The account as one of its devices sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// The account.
    pub account: AccountId,
    /// Its address; empty until one is verified.
    pub email: String,
    /// What people call the provider that signs in to it, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// What decides which proofs an act needs, from the service's own rows.
    pub standing: Standing,
    /// The asking device first, then by when last seen.
    pub devices: Vec<Device>,
    /// Until when what reaches beyond one device waits, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_until: Option<Seconds>,
    /// When the account is deleted, where it is to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delete_at: Option<Seconds>,
    /// What is to happen after seven days, if no device and no address says no.
    pub waits: Vec<Waiting>,
    /// When the address was last said to be the person's own, where that is a
    /// year ago and more: to be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_confirmed_at: Option<Seconds>,
    /// The service's clock.
    pub now: Seconds,
}

/// What is to happen to the account of somebody who lost something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Waiting {
    /// What was lost.
    pub lost: Lost,
    /// When it happens.
    pub until: Seconds,
}

/// Lifts the hold: nothing on a device that was there before, a second factor on another.
#[derive(Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Lift {
    /// As at sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_factor: Option<SecretText>,
}

/// What a device hears by its key alone, signed in or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Alarms {
    /// Of accounts that knew the device before.
    pub alarms: Vec<Alarm>,
    /// The service's clock.
    pub now: Seconds,
}

/// The account password was reset by mail alone: what reaches beyond one device waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Alarm {
    /// Whose.
    pub account: AccountId,
    /// When.
    pub from: Seconds,
    /// When it may go on.
    pub until: Seconds,
    /// Whether the device can still say no.
    pub can_veto: bool,
}

/// A device that is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Device {
    /// The device.
    pub device: DeviceId,
    /// What the person calls it.
    pub name: String,
    /// When it first signed in.
    pub known_since: Seconds,
    /// When it last asked for something.
    pub last_seen: Seconds,
}
