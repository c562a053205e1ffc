//! The account's timeline: see [`crate::confirmation::timeline`].
//!
//! | request | answer |
//! |---|---|
//! | `GET /v1/timeline?after={seq}` | 200 [`Page`] · 403 `password_needed` |
//! | `POST /v1/timeline/password` [`Password`] | 204: this session may read for a while · 403 `proof_rejected` |
//!
//! A device that has been known for 72 hours reads at once; any other after
//! the account password.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{Seconds, SecretText};
use crate::confirmation::timeline::{Entry, Last};
use crate::id::{AccountId, DeviceId};

/// Entries that follow the one asked about, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page {
    /// At most 200.
    pub entries: Vec<Shown>,
    /// The account's last entry: more pages follow until it is there.
    pub last: Last,
    /// What the account's devices are called, signed out ones too. Not part of
    /// the chain.
    pub devices: Vec<Named>,
    /// The service's clock.
    pub now: Seconds,
}

/// An entry, and what is not part of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shown {
    /// The entry.
    pub entry: Entry,
    /// Where it came from.
    pub network: Network,
}

/// Where an entry came from, as far as the service still knows. It keeps a
/// salted commitment of the address, for 90 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Network {
    /// The network that asks now.
    Here,
    /// Another one.
    Elsewhere,
    /// Nobody knows (any more).
    Unknown,
}

/// What a device is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Named {
    /// The device.
    pub device: DeviceId,
    /// Its name.
    pub name: String,
}

/// The account password, to read with a device that is new.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Password {
    /// The account password.
    pub password: SecretText,
}

/// A timeline by itself: what the page saves, and `sigill-service
/// verify-timeline` reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// [`File::FORMAT`].
    pub format: String,
    /// The account.
    pub account: AccountId,
    /// From the first to the last.
    pub entries: Vec<Entry>,
    /// The last entry that the device knew when it saved the file.
    pub last: Last,
    /// What the devices were called. Not part of the chain.
    pub devices: Vec<Named>,
}

impl File {
    /// Names the format and its version.
    pub const FORMAT: &'static str = "sigill/timeline-file/1";
}
