//! Shapes that a file is read into, and the reasons why a row of it is not.

use serde::Serialize;
use sigill_core::vault::item::Item;
use tsify::Tsify;

use crate::draft::Draft;

/// What a file held.
#[derive(Default)]
pub struct Parsed {
    /// The items that could be read, in the file's order.
    pub items: Vec<Item>,
    /// The rows that could not be, in the file's order.
    pub errors: Vec<RowError>,
    /// What of the items could not be taken along.
    pub left_out: Vec<LeftOut>,
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
    /// A passkey whose key stands in no form that we know.
    #[serde(rename = "import_left_passkey")]
    Passkey,
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
        let finished = made.and_then(|draft| draft.map(Draft::finish).transpose());
        match finished {
            Ok(Some((item, mut left_out))) => {
                self.left_out.append(&mut left_out);
                self.items.push(item);
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

    /// Takes entry after entry in; their numbers stand for lines.
    pub(crate) fn of(entries: impl Iterator<Item = Result<Option<Draft>, Reason>>) -> Self {
        let mut parsed = Self::default();
        for (line, made) in (1..).zip(entries) {
            // Written down; entries of this kind don't spoil their neighbours.
            let _ = parsed.take(line, made);
        }
        parsed
    }

    /// Takes what a member of an archive held in.
    pub(crate) fn append(&mut self, member: &str, mut other: Self) {
        for error in &mut other.errors {
            error.file = member.into();
        }
        self.items.append(&mut other.items);
        self.errors.append(&mut other.errors);
        self.left_out.append(&mut other.left_out);
    }
}
