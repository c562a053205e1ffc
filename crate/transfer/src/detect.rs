//! Which format a file is of, told by its content: names lie.

use crate::archive::Archive;
use crate::fault::FileError;
use crate::format::Format;
use crate::header::Header;
use crate::json::{Document, Node};
use crate::mapping::{self, Column};
use crate::sheet::{self, plain};
use crate::{bitwarden, cxf, dashlane, enpass, kaspersky, keepass, onepassword, proton};

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
/// [`FileError::Unknown`]; of a ZIP or of JSON also what keeps it from being read.
pub fn format(bytes: &[u8]) -> Result<Format, FileError> {
    if is_archive(bytes) {
        return of_archive(&Archive::open(bytes)?).ok_or(FileError::Unknown);
    }
    if keepass::is_kdbx(bytes) {
        return Ok(Format::KeePass);
    }
    let text = plain(bytes)?;
    if keepass::is_xml(&text) {
        return Ok(Format::KeePass);
    }
    if proton::is_sealed(&text) {
        return Ok(Format::ProtonZip);
    }
    if kaspersky::is_one(&text) {
        return Ok(Format::Kaspersky);
    }
    match text.trim_ascii_start().first() {
        Some(b'{' | b'[') => of_document(Document::parse(&text)?.root()).ok_or(FileError::Unknown),
        Some(_) | None => of_table(&text),
    }
}

fn of_archive(archive: &Archive<'_>) -> Option<Format> {
    if onepassword::pux::is_one(archive) {
        Some(Format::OnePasswordPux)
    } else if proton::is_archive(archive) {
        Some(Format::ProtonZip)
    } else if archive.names().any(|name| name == bitwarden::archive::DATA) {
        Some(Format::BitwardenZip)
    } else {
        dashlane::is_one(archive).then_some(Format::DashlaneZip)
    }
}

fn of_document(root: Node<'_>) -> Option<Format> {
    if bitwarden::json::is_one(root) {
        Some(Format::BitwardenJson)
    } else if proton::is_one(root) {
        Some(Format::ProtonJson)
    } else if cxf::is_one(root) {
        Some(Format::Cxf)
    } else {
        enpass::is_one(root).then_some(Format::Enpass)
    }
}

fn of_table(text: &[u8]) -> Result<Format, FileError> {
    let header = Header::of(text).ok_or(FileError::Unknown)?;
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
