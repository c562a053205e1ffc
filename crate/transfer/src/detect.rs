//! Which format a file is of, told by its content: names lie.

use crate::fault::FileError;
use crate::format::Format;
use crate::header::Header;
use crate::mapping::{self, Column};
use crate::sheet::{self, plain};

/// What the first member of a ZIP begins with, and an empty ZIP.
const ARCHIVES: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// Whether it is a ZIP.
pub(crate) fn is_archive(bytes: &[u8]) -> bool {
    ARCHIVES.iter().any(|magic| bytes.starts_with(magic))
}

/// The format of a file.
///
/// # Errors
/// Why no format can be told: [`FileError::Empty`], [`FileError::Encoding`],
/// [`FileError::Unknown`], and of a ZIP whatever keeps it from being opened.
pub fn format(bytes: &[u8]) -> Result<Format, FileError> {
    let text = plain(bytes)?;
    let header = Header::of(&text).ok_or(FileError::Unknown)?;
    match sheet::seen(&header) {
        Some(format) => Ok(format),
        None if header.len() > 1 => Ok(Format::Table),
        None => Err(FileError::Unknown),
    }
}

/// The columns of a table, as its first line names them, with a guess what each
/// goes into; none where the file is no table.
#[must_use]
pub fn columns(bytes: &[u8]) -> Vec<Column> {
    let header = plain(bytes).ok().and_then(|text| Header::of(&text));
    header.as_ref().map(mapping::columns).unwrap_or_default()
}
