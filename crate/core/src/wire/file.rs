//! The bytes of files, sealed in chunks: the service keeps them by the names of
//! the file and of the key that they are sealed under, and reads neither.
//!
//! | request | answer |
//! |---|---|
//! | `GET /v1/files?vault=…&epoch=…` | 200 [`Files`] |
//! | `POST /v1/files` [`FileClaim`] | 200 [`FileStand`] · 507 `quota_exceeded` with `used`, `wanted` and `limit` |
//! | `PUT /v1/files/{file}` [`FileChunks`] | 204; the same chunk again is no error, another in its place `file_differs` |
//! | `GET /v1/files/{file}?files_key=…&from=INDEX` | 200 [`FileChunks`] · 404 |
//! | `DELETE /v1/files/{file}?files_key=…` | 204: it goes in 30 days, unless it is claimed again |
//!
//! A device claims a file, sends what is missing, and only then pushes the item
//! that names it. A file goes 30 days after it was released, and with the last
//! generation of its vault and epoch. What is claimed and not whole, or of an
//! epoch that never came, goes after a day.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{Bytes, Seconds};
use crate::id::{FileId, FilesKeyId, VaultId};

/// Chunks that one request or answer holds at most: 1 MiB of them.
pub const MOST_CHUNKS: u32 = 16;

/// Says that an item will name a file, or still does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FileClaim {
    /// The file.
    pub file: FileId,
    /// Names the key that its chunks are sealed under.
    pub files_key: FilesKeyId,
    /// The vault.
    pub vault: VaultId,
    /// Its epoch.
    pub epoch: u64,
    /// Bytes of the file before sealing; how many chunks it has follows from it.
    pub size: u64,
}

/// Which chunks of a file are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileStand {
    /// Those that are missing, in order.
    pub missing: Vec<u32>,
}

/// Chunks of a file, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FileChunks {
    /// Names the key that they are sealed under.
    pub files_key: FilesKeyId,
    /// The first.
    pub from: u32,
    /// They, sealed; [`MOST_CHUNKS`] at most.
    pub chunks: Vec<Bytes>,
}

/// The files of an epoch of a vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Files {
    /// By name.
    pub files: Vec<FileKept>,
    /// Bytes that they take.
    pub used: u64,
    /// Bytes that they may take.
    pub limit: u64,
    /// The service's clock.
    pub now: Seconds,
}

/// A file at the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileKept {
    /// The file.
    pub file: FileId,
    /// Names the key that its chunks are sealed under.
    pub files_key: FilesKeyId,
    /// Bytes of the file before sealing.
    pub size: u64,
    /// Chunks that are missing.
    pub missing: u32,
    /// When it was last claimed or added to.
    pub touched_at: Seconds,
    /// When it goes, where it was released.
    pub until: Option<Seconds>,
}
