//! Files of an item: what the item says of them. Their bytes lie elsewhere.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::Item;
use super::sorted::{Keyed, Sorted};
use crate::id::{FileId, Hash};

/// A file of an item.
#[derive(PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct FileRef {
    /// Its name among files.
    #[zeroize(skip)]
    pub id: FileId,
    /// What the person calls it.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of its bytes.
    #[zeroize(skip)]
    pub sha256: Hash,
    /// Its media type (RFC 6838); empty where nobody knows.
    pub media_type: String,
}

impl Keyed for FileRef {
    type Key = FileId;

    fn key(&self) -> &FileId {
        &self.id
    }
}

impl FileRef {
    /// Bytes of the largest file: 10 MiB.
    pub const MOST: u64 = 10 << 20;

    /// A second one, wiped like the first; not `Clone`, so that it stands out.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self {
            id: self.id,
            name: self.name.clone(),
            size: self.size,
            sha256: self.sha256,
            media_type: self.media_type.clone(),
        }
    }
}

impl Item {
    /// Every file that it names: those that it has, and those that its history can
    /// bring back. None of them may go.
    #[must_use]
    pub fn files_named(&self) -> Sorted<FileRef> {
        let past = self.history.iter().filter_map(super::Past::file);
        let all: Vec<FileRef> = past.chain(self.files.iter().map(FileRef::copy)).collect();
        all.into_iter().collect()
    }
}
