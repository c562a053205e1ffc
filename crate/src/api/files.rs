//! Files of items as they cross the border.

use serde::{Deserialize, Serialize};
use sigill_core::wire::problem;
use tsify::Tsify;

/// An item's files.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct FilesShown {
    /// They.
    pub files: Vec<FileShown>,
    /// What the service had no room for, where one of them waits.
    pub quota: Option<Quota>,
    /// Whether one of them waits, and the service did not take one.
    pub refused: bool,
}

/// A file, and where it is.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct FileShown {
    /// Its name among files.
    pub id: String,
    /// What the person calls it.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Its media type (RFC 6838); empty where nobody knows.
    pub media_type: String,
    /// Where it is.
    pub state: FileState,
}

/// Where a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// On this device, whole.
    Here,
    /// Only on this device: the cloud has yet to get it.
    Waiting,
    /// In the cloud; it comes when it is asked for.
    InCloud,
}

/// What files take and may take, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Quota {
    /// What is taken.
    pub used: u64,
    /// What was to be taken besides.
    pub wanted: u64,
    /// What may be taken.
    pub limit: u64,
}

impl From<problem::Quota> for Quota {
    fn from(quota: problem::Quota) -> Self {
        Self {
            used: quota.used,
            wanted: quota.wanted,
            limit: quota.limit,
        }
    }
}

/// What an item is to say of a file that was handed over.
#[derive(Debug, Clone, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewFile {
    /// What the person calls it.
    pub name: String,
    /// Its media type; empty where nobody knows.
    pub media_type: String,
    /// SHA-256 of its bytes as the page read them, hexadecimal.
    pub sha256: String,
}

/// How far a file has come from the cloud, in chunks of 64 KiB.
#[derive(Debug, Clone, Copy, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Brought {
    /// How many are here, in a row.
    pub have: u32,
    /// How many it has.
    pub of: u32,
}

/// A part of a file.
#[derive(Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct FilePart {
    /// base64.
    pub part: String,
    /// The chunk that the next part begins with.
    pub next: Option<u32>,
}
