//! Files of an item: what the item says of them. Their bytes lie elsewhere.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::Item;
use super::sorted::{Keyed, Sorted};
use crate::encode::Encoder;
use crate::id::{FileId, Hash, ItemId};

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

impl FileId {
    /// The file as a file of another item, which is sealed for that one:
    /// the first 16 bytes of `SHA-256(encode("sigill/file-copy/1", item, file))`.
    #[must_use]
    pub fn copied_to(self, item: ItemId) -> Self {
        let encoder = item.encode(Encoder::new("sigill/file-copy/1"));
        let Hash(hash) = Hash::of(&self.encode(encoder).finish());
        let mut id = [0; 16];
        id.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        Self(id)
    }
}

impl Item {
    /// The same as another item, with files of its own ([`FileId::copied_to`]).
    #[must_use]
    pub fn copied_to(mut self, item: ItemId) -> Self {
        let copied = |file: &FileRef| {
            let mut file = file.copy();
            file.id = file.id.copied_to(item);
            file
        };
        self.files = self.files.iter().map(copied).collect();
        self
    }

    /// Every file that it names: those that it has, and those that its history can
    /// bring back. None of them may go.
    #[must_use]
    pub fn files_named(&self) -> Sorted<FileRef> {
        let past = self.history.iter().filter_map(super::Past::file);
        let all: Vec<FileRef> = past.chain(self.files.iter().map(FileRef::copy)).collect();
        all.into_iter().collect()
    }
}
