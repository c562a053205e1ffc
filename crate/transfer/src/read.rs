//! Any file in, items and errors out.

use sigill_core::vault::item::{Item, Shelf};
use sigill_core::wire::Seconds;

use crate::detect;
use crate::entry::Parsed;
use crate::fault::FileError;
use crate::format::Format;
use crate::limit::{LARGEST_ARCHIVE, LARGEST_FILE};
use crate::mapping::{self, Target};
use crate::sheet;
use crate::{bitwarden, cxf, dashlane, enpass, kaspersky, keepass, onepassword, proton};

/// How a file is to be read.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// As which format; by its content where nothing is said.
    pub format: Option<Format>,
    /// What opens an encrypted one.
    pub password: Option<&'a [u8]>,
    /// The content of the key file that opens one of [`Format::KeePass`].
    pub key_file: Option<&'a [u8]>,
    /// What the columns of a [`Format::Table`] go into, from the first on.
    pub columns: &'a [Target],
    /// The moment of reading: since then lies in archive and trash what the file
    /// does not say since when.
    pub now: Seconds,
}

/// Reads a whole file. A row that can't be read costs no other row.
///
/// # Errors
/// When there is nothing to read rows from: see [`FileError`].
pub fn read(bytes: &[u8], asked: Asked<'_>) -> Result<Parsed, FileError> {
    let most = if detect::is_archive(bytes) {
        LARGEST_ARCHIVE
    } else {
        LARGEST_FILE
    };
    if bytes.len() > most {
        return Err(FileError::TooLarge);
    }
    if bytes.is_empty() {
        return Err(FileError::Empty);
    }
    let format = match asked.format {
        Some(format) => format,
        None => detect::format(bytes)?,
    };
    let mut parsed = with(format, bytes, asked)?;
    for item in &mut parsed.items {
        date(item, asked.now);
    }
    Ok(parsed)
}

fn with(format: Format, bytes: &[u8], asked: Asked<'_>) -> Result<Parsed, FileError> {
    match format {
        Format::Table => mapping::read(bytes, asked.columns),
        Format::OnePasswordPux => onepassword::pux::read(bytes),
        Format::BitwardenJson => bitwarden::json::read(bytes, asked.password),
        Format::BitwardenZip => bitwarden::archive::read(bytes, asked.password),
        Format::DashlaneZip => dashlane::read(bytes),
        Format::Enpass => enpass::read(bytes),
        Format::Kaspersky => kaspersky::read(bytes),
        Format::ProtonZip => proton::read_archive(bytes),
        Format::ProtonJson => proton::read(bytes),
        Format::Cxf => cxf::read(bytes),
        Format::KeePass => keepass::parsed(bytes, (asked.password, asked.key_file)),
        Format::Chromium
        | Format::Firefox
        | Format::Apple
        | Format::OnePasswordCsv
        | Format::BitwardenCsv
        | Format::DashlaneCsv
        | Format::KeePassXcCsv
        | Format::LastPass
        | Format::NordPass
        | Format::RoboForm => sheet::read(format, bytes),
    }
}

/// Says since when it is kept where it is, if the file did not.
fn date(item: &mut Item, now: Seconds) {
    match &mut item.shelf {
        Shelf::Archived { since } | Shelf::Trashed { since } if *since == 0 => *since = now,
        Shelf::Active | Shelf::Archived { .. } | Shelf::Trashed { .. } => {}
    }
}
