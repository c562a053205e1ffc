//! Backup files and what an export takes along.

use serde::Serialize;
use tsify::Tsify;

use super::Derivation;

/// A part of the backup file, or of the entries for an export.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BackupPart {
    /// Its bytes, in base64.
    pub part: String,
    /// Where the next part begins; none after the last.
    pub next: Option<u32>,
    /// SHA-256 of all parts together, the same for each.
    pub sha256: String,
    /// Entries in it.
    pub count: u32,
    /// Entries of a newer program, which an export leaves out; none while locked.
    pub unread: u32,
    /// The files whose chunks follow in a backup file.
    pub held: Vec<String>,
    /// Files of entries that are not in it: of an export all; none while locked.
    pub wanted: Vec<WantedFile>,
}

/// A file of an entry that a backup or an export is to hold.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct WantedFile {
    /// The entry.
    pub item: String,
    /// Its name among files.
    pub file: String,
    /// What the entry is called.
    pub entry: String,
    /// What the person calls it.
    pub name: String,
    /// Bytes.
    pub size: u64,
}

/// What anyone may know of a backup file.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BackupFile {
    /// How the root key of its master password is derived.
    pub derivation: Derivation,
    /// Entries in it, those in the trash too.
    pub count: u32,
    /// When the vault in it was last changed.
    pub time: u64,
    /// SHA-256 of all before the chunks of its files.
    pub sha256: String,
    /// Those, one after the other to its end.
    pub files: Vec<BackupChunks>,
}

/// The chunks of a file in a backup file.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BackupChunks {
    /// Where they begin.
    pub at: u64,
    /// How many bytes they are.
    pub length: u64,
    /// Their SHA-256.
    pub sha256: String,
}
