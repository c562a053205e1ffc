//! Shapes that a file is read into, and the reasons why a row of it is not.

use serde::Serialize;
use sigill_core::id::{FileId, Hash};
use sigill_core::vault::item::{FileRef, Item};
use tsify::Tsify;
use zeroize::Zeroizing;

use crate::archive::Archive;
use crate::draft::{Draft, Source};
use crate::limit::{LARGEST_FILES, MOST_FILES};

/// What a file held.
#[derive(Default)]
pub struct Parsed {
    /// The items that could be read, in the file's order.
    pub items: Vec<Item>,
    /// The rows that could not be, in the file's order.
    pub errors: Vec<RowError>,
    /// What of the items could not be taken along.
    pub left_out: Vec<LeftOut>,
    /// The files of the items, in the order in which those name them.
    pub files: Vec<Attached>,
    /// Bytes of them.
    pub(crate) size: usize,
}

/// A file of an item.
pub struct Attached {
    /// The item, by its place among the items.
    pub entry: usize,
    /// What the item calls it.
    pub id: FileId,
    /// Its bytes.
    pub content: Zeroizing<Vec<u8>>,
}

/// A row that could not be read. All other rows were.
#[derive(Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct RowError {
    /// In an archive the member that it stands in; else empty.
    pub file: String,
    /// The line of the file that the row begins in, where the header is line 1; the
    /// entry's number, the first being 1, in files whose entries have no lines.
    pub line: u32,
    /// Why.
    pub reason: Reason,
}

/// Something of an item that could not be taken along; the item was.
#[derive(Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct LeftOut {
    /// The item's name.
    pub entry: String,
    /// What it is.
    pub what: What,
    /// What it is called.
    pub name: String,
}

/// What could not be taken along; a message key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
pub enum What {
    /// The contents of a file.
    #[serde(rename = "import_left_attachment")]
    Attachment,
    /// A file that is larger than any file of an item.
    #[serde(rename = "import_left_large")]
    Large,
    /// A passkey whose key stands in no form that we know.
    #[serde(rename = "import_left_passkey")]
    Passkey,
    /// A regular expression, by which an address was held against a page's.
    #[serde(rename = "import_left_regex")]
    Regex,
}

/// Why a row could not be read; a message key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify, thiserror::Error)]
pub enum Reason {
    /// It has more or fewer fields than the header.
    #[error("the row has another number of fields than the header")]
    #[serde(rename = "import_error_fields")]
    Fields,
    /// It holds no password.
    #[error("the row has no password")]
    #[serde(rename = "import_error_no_password")]
    NoPassword,
    /// It holds nothing to call it by.
    #[error("the row has nothing to call it by")]
    #[serde(rename = "import_error_no_name")]
    NoName,
    /// Its bytes are not UTF-8.
    #[error("the row is not UTF-8")]
    #[serde(rename = "import_error_encoding")]
    Encoding,
    /// A quotation mark opens a field and does not close it.
    #[error("a quotation mark does not close its field")]
    #[serde(rename = "import_error_quote")]
    Quote,
    /// A field is longer than [`crate::limit::LONGEST_FIELD`].
    #[error("a field is too long")]
    #[serde(rename = "import_error_too_long")]
    TooLong,
    /// All of it is more than [`crate::limit::LARGEST_ITEM`].
    #[error("the entry is too large")]
    #[serde(rename = "import_error_too_much")]
    TooMuch,
    /// It has another shape than entries of its format.
    #[error("the entry has another shape than its format says")]
    #[serde(rename = "import_error_entry")]
    Shape,
}

impl Parsed {
    /// Takes the entry at `line` in, or writes down why not; nothing where the
    /// row holds no entry.
    ///
    /// # Errors
    /// The reason, for who reads on otherwise then.
    pub(crate) fn take(
        &mut self,
        line: u32,
        made: Result<Option<Draft>, Reason>,
    ) -> Result<(), Reason> {
        self.take_with(line, made, None)
    }

    fn take_with(
        &mut self,
        line: u32,
        made: Result<Option<Draft>, Reason>,
        mut archive: Option<&mut Archive<'_>>,
    ) -> Result<(), Reason> {
        let finished = made.and_then(|draft| draft.map(Draft::finish).transpose());
        match finished {
            Ok(Some((item, mut left_out, files))) => {
                self.left_out.append(&mut left_out);
                self.items.push(item);
                for (name, source) in files {
                    let content = match (source, &mut archive) {
                        (Source::Bytes(content), _) => Some(content),
                        (Source::Member(member), Some(archive)) => archive.member(&member).ok(),
                        (Source::Member(_), None) => None,
                    };
                    self.attach(self.items.len() - 1, &name, content);
                }
                Ok(())
            }
            Ok(None) => Ok(()),
            Err(reason) => {
                let file = String::new();
                self.errors.push(RowError { file, line, reason });
                Err(reason)
            }
        }
    }

    /// Gives an item a file, or says why it has none. It is called by its number: a
    /// vault calls it otherwise anyway.
    pub(crate) fn attach(&mut self, entry: usize, name: &str, content: Option<Zeroizing<Vec<u8>>>) {
        let Some(item) = self.items.get_mut(entry) else {
            return;
        };
        let size = content.as_ref().map_or(0, |content| content.len());
        let bytes = u64::try_from(size).unwrap_or(u64::MAX);
        let all = self.size.saturating_add(size);
        let what = match content {
            Some(_) if bytes > FileRef::MOST => What::Large,
            Some(content) if all <= LARGEST_FILES && item.files.len() < MOST_FILES => {
                let number = u128::try_from(self.files.len()).unwrap_or(u128::MAX);
                let id = FileId(number.to_be_bytes());
                item.files.put(FileRef {
                    id,
                    name: name.into(),
                    size: bytes,
                    sha256: Hash::of(&content),
                    media_type: String::new(),
                });
                self.size = all;
                self.files.push(Attached { entry, id, content });
                return;
            }
            Some(_) | None => What::Attachment,
        };
        self.left_out.push(LeftOut {
            entry: item.name.clone(),
            what,
            name: name.into(),
        });
    }

    /// [`Parsed::of`], in an archive that holds their files where there is one.
    pub(crate) fn within(
        mut archive: Option<&mut Archive<'_>>,
        entries: &mut dyn Iterator<Item = Result<Option<Draft>, Reason>>,
    ) -> Self {
        let mut parsed = Self::default();
        for (line, made) in (1..).zip(entries) {
            // Written down; entries of this kind don't spoil their neighbours.
            let _ = parsed.take_with(line, made, archive.as_deref_mut());
        }
        parsed
    }

    /// Takes entry after entry in; their numbers stand for lines.
    pub(crate) fn of(mut entries: impl Iterator<Item = Result<Option<Draft>, Reason>>) -> Self {
        Self::within(None, &mut entries)
    }

    /// Takes what a member of an archive held in.
    pub(crate) fn append(&mut self, member: &str, mut other: Self) {
        for error in &mut other.errors {
            error.file = member.into();
        }
        for file in &mut other.files {
            file.entry += self.items.len();
        }
        self.files.append(&mut other.files);
        self.size += other.size;
        self.items.append(&mut other.items);
        self.errors.append(&mut other.errors);
        self.left_out.append(&mut other.left_out);
    }
}
