//! Shapes that a file is read into, and the reasons why it is not.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sigill_core::vault::item::{Item, bundle};
use tsify::Tsify;

/// What a file held.
pub struct Parsed {
    /// The items that could be read, in the file's order.
    pub items: Vec<Item>,
    /// The rows that could not be, in the file's order.
    pub errors: Vec<RowError>,
}

/// The same on its way to the page, which hands the items on unread.
#[derive(Serialize, Tsify)]
pub struct Handed {
    /// base64 of the items (`sigill_core::vault::item::bundle`).
    pub bundle: String,
    /// The rows that could not be read, in the file's order.
    pub errors: Vec<RowError>,
}

impl From<Parsed> for Handed {
    fn from(parsed: Parsed) -> Self {
        Self {
            bundle: STANDARD.encode(bundle::to_bytes(parsed.items.iter())),
            errors: parsed.errors,
        }
    }
}

/// A row that could not be read. All other rows were.
#[derive(Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct RowError {
    /// The line of the file that the row begins in; the header is line 1.
    pub line: u32,
    /// Why.
    pub reason: Reason,
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
    /// It holds neither name nor address nor user name.
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
    /// A field is longer than [`crate::chrome::LONGEST_FIELD`].
    #[error("a field is too long")]
    #[serde(rename = "import_error_too_long")]
    TooLong,
}

/// Why a file could not be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Larger than [`crate::chrome::LARGEST_FILE`].
    #[error("the file is too large")]
    TooLarge,
    /// Nothing is in it.
    #[error("the file is empty")]
    Empty,
    /// Neither UTF-8 nor marked UTF-16.
    #[error("the file is neither UTF-8 nor UTF-16 with a byte order mark")]
    Encoding,
    /// The first line does not name url, username and password, once each.
    #[error("the first line does not name the columns url, username and password")]
    Columns,
}

impl FileError {
    /// Its message key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::TooLarge => "import_error_too_large",
            Self::Empty => "import_error_empty",
            Self::Encoding => "import_error_file_encoding",
            Self::Columns => "import_error_columns",
        }
    }
}
