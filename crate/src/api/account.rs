//! Signing up and in, the account and its devices, and the two sides that meet there.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::Derivation;

/// Signs up at a service.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SignUp {
    /// Its address: `https://…`, or `http://127.0.0.1…` and `http://localhost…`.
    pub service: String,
    /// The person's address.
    pub email: String,
    /// The account password.
    pub password: String,
    /// `en` or `sv`.
    pub language: String,
}

/// Signs in at a service.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    /// Its address.
    pub service: String,
    /// The person's address.
    pub email: String,
    /// The account password.
    pub password: String,
    /// What the person calls this device.
    pub device_name: String,
    /// `en` or `sv`.
    pub language: String,
    /// Where the service asked for it (`second_factor_needed`): the code from
    /// the text message, an authenticator's, or a backup code.
    pub second_factor: Option<String>,
}

/// Where somebody can sign in besides by an account password.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Provider {
    /// For [`BySignIn`].
    pub name: String,
    /// For people.
    pub label: String,
}

/// Signs in by a provider.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BySignIn {
    /// The service's address.
    pub service: String,
    /// The provider's name.
    pub provider: String,
    /// What the person calls this device.
    pub device_name: String,
    /// `en` or `sv`.
    pub language: String,
}

/// A sign-in by a provider that goes on in a tab.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ProviderSignIn {
    /// To be opened in a tab.
    pub url: String,
    /// The tab shows the same four.
    pub words: Vec<String>,
}

/// A place in the account portal.
#[derive(Debug, Clone, Copy, Deserialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// The overview.
    Account,
    /// Choosing an account password.
    ChoosePassword,
    /// A forgotten account password.
    ForgottenPassword,
    /// No second factor at hand.
    LostFactor,
}

/// What signing in found. Nothing is uploaded, downloaded or merged yet.
#[derive(Debug, Clone, Copy, Serialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// Neither side holds a vault: create one.
    Nothing,
    /// Only this device: `connect("upload")`.
    OnlyHere,
    /// Only the cloud: `connect("download")`.
    OnlyInCloud,
    /// Both hold the same vault: `connect("merge")`.
    Same,
    /// Both hold one, and they differ: `connect("download")` seals this
    /// device's for 7 days, or replace the cloud's.
    Different,
    /// The person turned sync off for this device: nothing is joined.
    SyncIsOff,
}

/// What to do with the two sides.
#[derive(Debug, Clone, Copy, Deserialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Connect {
    /// This device's vault goes up.
    Upload,
    /// The cloud's comes down; what is here is sealed for 7 days.
    Download,
    /// The same vault on both sides becomes one.
    Merge,
}

/// The cloud holds another vault than this device, or another epoch of it.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Differs {
    /// The device that acted last, as the service tells.
    pub device: Option<String>,
    /// When it did.
    pub at: Option<u64>,
    /// Entries here.
    pub here: u32,
    /// Changes here that the cloud has not seen.
    pub pending: u32,
    /// Entries in the cloud.
    pub in_cloud: u32,
    /// How the root key of the cloud's vault is derived.
    pub derivation: Derivation,
    /// Whether the vault here belongs to no account yet.
    pub connecting: bool,
    /// Whether the cloud stands where this device left it: what differs was begun here.
    pub own: bool,
    /// Whether it is the next epoch of the vault here, and the keys held here vouch
    /// for it: its master password was changed.
    pub vouched: bool,
}

/// What becomes of two vaults.
#[derive(Debug, Clone, Copy, Deserialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Take {
    /// The cloud's comes down; what is here is sealed for 7 days.
    Theirs,
    /// The same, and the entries here come along.
    Both,
    /// The next epoch of the vault that is open here, vouched for under its keys;
    /// the changes that the cloud has not seen are merged in.
    Merged,
}

/// The account, for its page.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// The address.
    pub email: String,
    /// The service.
    pub service: String,
    /// This device first.
    pub devices: Vec<Device>,
    /// What is to happen, if nobody stops it.
    pub waits: Vec<Waiting>,
    /// Whether to ask if the address is still the person's own.
    pub ask_address: bool,
    /// Until when the master password alone takes connecting back.
    pub taken_back_until: Option<u64>,
}

/// What is to happen to the account of somebody who lost something.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Waiting {
    /// What was lost.
    #[tsify(type = "\"factor\" | \"address\" | \"provider\" | \"password\"")]
    pub lost: String,
    /// When it happens.
    pub until: u64,
}

/// A device that is signed in.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Device {
    /// The device.
    pub id: String,
    /// What the person calls it.
    pub name: String,
    /// When it first signed in.
    pub known_since: u64,
    /// When it last asked for something.
    pub last_seen: u64,
    /// Whether it is this one.
    pub this: bool,
}
