//! What the service knows of an account and a device, as far as it decides proofs.

use serde::{Deserialize, Serialize};

/// How a vault belongs to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// It doesn't.
    NotConnected,
    /// To an account that signs in at a third-party provider and has no
    /// account password yet.
    ThirdParty,
    /// To an account with an account password.
    Linked,
}

/// Whether this device syncs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sync {
    /// It does.
    On,
    /// It doesn't; the cloud's copy stays as it is.
    Off,
}

/// Whether the account has a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SecondFactor {
    /// It has.
    On,
    /// It hasn't.
    Off,
}

/// How much an account asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// The table as it stands.
    Standard,
    /// The text-message code wherever there is a second factor.
    Strict,
}

/// All that decides: four facts, from the service's own rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Standing {
    /// How the vault belongs to the account.
    pub connection: Connection,
    /// Whether the asking device syncs.
    pub sync: Sync,
    /// Whether the account has a second factor.
    pub second_factor: SecondFactor,
    /// How much the account asks for.
    pub profile: Profile,
}
