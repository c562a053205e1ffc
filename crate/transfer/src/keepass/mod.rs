//! KeePass 2 and its kin: KDBX 3.1 and 4, and the XML inside, which KeePass
//! exports in clear too.
//!
//! | module | one idea |
//! |---|---|
//! | [`container`] | KDBX: what opens a file, and what is checked |
//! | [`xml`] | elements and text, within bounds |
//! | [`tree`] | groups are folders, the recycle bin is the trash |
//! | [`entry`], [`strings`], [`otp`], [`passkey`], [`time`] | an entry is an item |
//! | [`write`](mod@write), [`said`], [`versions`] | and back |
//! | [`marks`] | what Sigill writes beside an entry |
//!
//! Icons, colours, auto-type and the custom data of other programs are passed
//! over. Files come with the entry as it is now; what its history had is left there.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sigill_core::id::FileId;
use sigill_core::vault::item::Item;
use zeroize::Zeroizing;

use crate::entry::{Parsed, Reason, RowError};
use crate::fault::FileError;
use crate::text;

mod container;
mod entry;
mod error;
mod marks;
mod otp;
mod passkey;
mod said;
mod strings;
pub(crate) mod time;
mod tree;
mod versions;
mod write;
mod xml;

pub(crate) use container::is_kdbx;
pub use container::{Credentials, Randomness};
pub use error::KeePassError;

/// Bytes: a database with attachments.
pub const LARGEST_FILE: usize = 64 << 20;

/// Bytes of what is inside, unpacked.
pub const LARGEST_CONTENT: usize = 128 << 20;

/// Bytes of what stands in one entry: with its history, what a vault takes.
pub const LARGEST_ITEM: usize = 512 << 10;

/// What a database holds.
#[derive(Default)]
pub struct Content {
    /// The items, in the file's order.
    pub items: Vec<Item>,
    /// Files of items.
    pub attachments: Vec<Attachment>,
    /// The numbers of entries, from 1, that are too large, and left out.
    pub too_large: Vec<u32>,
}

/// A file of an item.
#[derive(Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The item, by its place among the items.
    pub entry: usize,
    /// What the file is called.
    pub name: String,
    /// Its bytes; nothing where the database does not hold them.
    pub content: Option<Zeroizing<Vec<u8>>>,
}

/// Reads a database: KDBX 3.1 or 4, or KeePass's XML, which nothing opens.
///
/// # Errors
/// See [`KeePassError`].
pub fn read(file: &[u8], credentials: Credentials<'_>) -> Result<Content, KeePassError> {
    if file.len() > LARGEST_FILE {
        return Err(KeePassError::TooLarge);
    }
    if !container::is_kdbx(file) {
        let text = text::decode(file).map_err(|_| KeePassError::NotKeePass)?;
        let text = Zeroizing::new(text.into_owned());
        let text = str::from_utf8(&text).map_err(|_| KeePassError::NotKeePass)?;
        if !text.trim_ascii_start().starts_with('<') {
            return Err(KeePassError::NotKeePass);
        }
        return tree::read(text, None, Vec::new()).map(|(content, _)| content);
    }
    let opened = container::open(file, credentials)?;
    let xml = str::from_utf8(&opened.xml).map_err(|_| KeePassError::Damaged)?;
    let (content, hash) = tree::read(xml, Some(opened.stream), opened.files)?;
    match hash {
        Some(hash) if !hash.is_empty() && hash != STANDARD.encode(opened.header_hash) => {
            Err(KeePassError::Damaged)
        }
        Some(_) | None => Ok(content),
    }
}

/// Whether a text is the XML of a database.
pub(crate) fn is_xml(text: &[u8]) -> bool {
    let start = text.trim_ascii_start();
    let start = start.get(..start.len().min(1024)).unwrap_or_default();
    let root = b"<KeePassFile";
    start.starts_with(b"<") && start.windows(root.len()).any(|bytes| bytes == root)
}

/// [`read()`], as all formats are read: an empty password beside a key file is none.
pub(crate) fn parsed(
    file: &[u8],
    (password, key_file): (Option<&[u8]>, Option<&[u8]>),
) -> Result<Parsed, FileError> {
    let password = password.filter(|password| key_file.is_none() || !password.is_empty());
    if password.is_none() && key_file.is_none() && is_kdbx(file) {
        return Err(FileError::NeedsPassword);
    }
    let password = password.map(str::from_utf8).transpose();
    let password = password.map_err(|_| FileError::WrongPassword)?;
    Ok(read(file, Credentials { password, key_file })?.into())
}

impl From<Content> for Parsed {
    fn from(content: Content) -> Self {
        let error = |line| RowError {
            file: String::new(),
            line,
            reason: Reason::TooMuch,
        };
        let mut parsed = Self {
            items: content.items,
            errors: content.too_large.into_iter().map(error).collect(),
            ..Self::default()
        };
        for file in content.attachments {
            parsed.attach(file.entry, &file.name, file.content);
        }
        parsed
    }
}

/// The contents of files, by what items call them.
pub type Files = BTreeMap<FileId, Zeroizing<Vec<u8>>>;

/// Writes a database: KDBX 4.0, AES-256, Argon2id. Of the items' files those that
/// are among `files`.
///
/// # Errors
/// [`KeePassError::KeyFile`], and [`KeePassError::TooCostly`] where there is no
/// memory for the derivation.
pub fn write(
    (items, files): (&[Item], &Files),
    credentials: Credentials<'_>,
    random: &Randomness,
) -> Result<Vec<u8>, KeePassError> {
    let stream = random.stream()?;
    let named: Vec<FileId> = files.keys().copied().collect();
    let xml = write::document((items, named.as_slice()), stream, random.names)?;
    let contents: Vec<&[u8]> = files.values().map(|content| content.as_slice()).collect();
    container::seal((xml.as_bytes(), contents.as_slice()), credentials, random)
}

/// The item as it comes back from a database, without the crypto around it.
pub(crate) fn there_and_back(item: &Item) -> Option<Item> {
    let (none, no_files): (_, &[FileId]) = (container::Stream::None, &[]);
    let xml = write::document(([item], no_files), none, [0; 32]).ok()?;
    let (mut content, _) = tree::read(&xml, Some(container::Stream::None), Vec::new()).ok()?;
    content.items.pop()
}
