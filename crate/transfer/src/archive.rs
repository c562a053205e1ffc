//! ZIP archives of other programs, within limits: a member is inflated only when it
//! is asked for, and no further than [`crate::limit`] says.

use std::io::{Cursor, Read};

use memchr::memchr_iter;
use zeroize::Zeroizing;
use zip::ZipArchive;

use crate::fault::FileError;
use crate::limit::{LARGEST_MEMBER, MOST_MEMBERS, SMALL_MEMBER, STEEPEST};

/// What an entry of the central directory begins with.
const ENTRY: &[u8; 4] = b"PK\x01\x02";

/// An archive.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
}

impl<'a> Archive<'a> {
    /// Reads its directory.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, FileError> {
        let begins = |at: &usize| bytes.get(*at..).is_some_and(|rest| rest.starts_with(ENTRY));
        let entries = memchr_iter(ENTRY[0], bytes).filter(begins);
        if entries.count() > MOST_MEMBERS {
            return Err(FileError::Inflates);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileError::Damaged)?;
        let names = zip.file_names().flatten().map(Into::into).collect();
        Ok(Self { zip, names })
    }

    /// The members' names, `/` between folders.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The first member whose name fits.
    pub(crate) fn find(&self, fits: impl Fn(&str) -> bool) -> Option<String> {
        self.names().find(|name| fits(name)).map(Into::into)
    }

    /// What a member holds.
    pub(crate) fn member(&mut self, name: &str) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let at = self.zip.index_for_name(name).ok_or(FileError::Damaged)?;
        let about = self.zip.by_index_raw(at).map_err(|_| FileError::Damaged)?;
        let is_encrypted = about.encrypted();
        drop(about);
        if is_encrypted {
            return Err(FileError::Encrypted);
        }
        let member = self.zip.by_index(at).map_err(|_| FileError::Damaged)?;
        let steep = member.compressed_size().saturating_mul(STEEPEST);
        let most = steep.clamp(SMALL_MEMBER, LARGEST_MEMBER);
        let expected = usize::try_from(member.size().min(most)).unwrap_or(0);
        // One more, so that nothing moves, and leaves itself behind, at the end.
        let mut content = Zeroizing::new(Vec::with_capacity(expected + 1));
        let mut inflated = member.take(most + 1);
        inflated
            .read_to_end(&mut content)
            .map_err(|_| FileError::Damaged)?;
        if inflated.limit() == 0 {
            return Err(FileError::Inflates);
        }
        Ok(content)
    }
}
