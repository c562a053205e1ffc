//! Passkeys of sites, for the background.

use serde::Serialize;
use tsify::Tsify;

/// The passkeys of a relying party.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SitePasskeys {
    /// When the vault was opened.
    pub opened_at: u64,
    /// Those in sight, the newest first.
    pub passkeys: Vec<SitePasskey>,
    /// The name of the item that a new one would be kept in; none for one of its own.
    pub home: Option<String>,
}

/// A passkey, to choose.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SitePasskey {
    /// The item that holds it.
    pub item: String,
    /// What that is called.
    pub name: String,
    /// The credential: base64url.
    pub credential: String,
    /// The user's name.
    pub user_name: String,
    /// The user's longer name.
    pub display_name: String,
    /// When it was made.
    pub created_at: u64,
}
