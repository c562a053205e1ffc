//! What comes or changes together, and goes together: imports and bulk acts.

use serde::{Deserialize, Serialize};
use sigill_core::vault::item::Kind;
use tsify::Tsify;

/// Takes entries in, as one batch.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Import {
    /// Where they come from, for the list of batches (a file's name).
    pub source: String,
    /// The entries, as an importer or a backup file handed them over (base64).
    pub bundle: String,
    /// Files of them that were handed over before.
    pub files: Vec<ImportFile>,
    /// Whether what lies in the trash is taken out of it.
    pub restore: bool,
}

/// A file of an entry that comes, handed over as files are attached.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ImportFile {
    /// The entry, by its place in the bundle.
    pub entry: u32,
    /// What the entry calls it.
    pub id: String,
    /// What it is called here.
    pub file: String,
}

/// What an import would do.
#[derive(Debug, Clone, Default, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ImportPreview {
    /// New entries.
    pub new: u32,
    /// Entries that the vault holds already.
    pub same: u32,
    /// Entries that come as a new version of one that the vault holds.
    pub changed: u32,
    /// Entries that the vault holds in its trash.
    pub trashed: u32,
    /// All of them, in the file's order; no secrets.
    pub rows: Vec<ImportRow>,
}

/// An entry that comes.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ImportRow {
    /// What it is.
    #[tsify(type = "Kind")]
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// What tells it apart.
    pub detail: String,
    /// What it is to the vault.
    pub fate: Fate,
    /// The item that its files are to be attached to, where it brings any.
    pub item: Option<String>,
    /// Its files, in the order of their names among files.
    pub files: Vec<ImportedFile>,
}

/// A file of an entry that comes.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ImportedFile {
    /// What the entry calls it.
    pub id: String,
    /// What the person calls it.
    pub name: String,
    /// Bytes.
    pub size: u64,
}

/// What an entry that comes is to the vault.
#[derive(Debug, Clone, Copy, Serialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// A new one.
    New,
    /// Held already: left out.
    Same,
    /// A new version of one.
    Changed,
    /// Held in the trash.
    Trashed,
}

/// Does one thing to many entries, as one batch.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Bulk {
    /// The entries.
    pub ids: Vec<String>,
    /// What.
    pub act: BulkAct,
}

/// What is done to many entries.
#[derive(Debug, Clone, Deserialize, Tsify)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum BulkAct {
    /// Into the trash.
    Trash,
    /// Into the archive.
    Archive,
    /// Back in sight.
    Restore,
    /// Into a folder; the empty one is none.
    Move {
        /// The folder.
        folder: String,
    },
    /// A tag on.
    Tag {
        /// The tag.
        tag: String,
    },
    /// A tag off.
    Untag {
        /// The tag.
        tag: String,
    },
    /// Marked as a favourite.
    Mark,
    /// No longer marked.
    Unmark,
}

/// What a batch did.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// Brought entries in.
    Import,
    /// Into the trash.
    Trash,
    /// Into the archive.
    Archive,
    /// Back in sight.
    Restore,
    /// Into a folder.
    Move,
    /// A tag on.
    Tag,
    /// A tag off.
    Untag,
    /// Marked.
    Mark,
    /// No longer marked.
    Unmark,
}

/// A batch that can be undone.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Batch {
    /// Its name.
    pub id: String,
    /// What it did.
    pub deed: Deed,
    /// The file, the folder or the tag.
    pub source: String,
    /// When.
    pub at: u64,
    /// Entries that it brought or changed.
    pub count: u32,
}

/// What a backup file holds.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BackupItems {
    /// Its entries, to be taken in (base64).
    pub bundle: String,
    /// Entries that were in the trash, and are left out.
    pub trashed: u32,
    /// Entries of a newer program, which are left out.
    pub unread: u32,
    /// The files that it holds of the entries.
    pub files: Vec<BackupPlace>,
}

/// Where in a backup file a file of an entry lies.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BackupPlace {
    /// The entry, by its place in the bundle.
    pub entry: u32,
    /// What the entry calls it.
    pub id: String,
    /// Where in the backup file its chunks begin, and how many bytes they are.
    pub at: u64,
    /// See `at`.
    pub length: u64,
}
