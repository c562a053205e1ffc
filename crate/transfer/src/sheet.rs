//! Formats that are one table: which columns tell them, what a row becomes.

use zeroize::Zeroizing;

use crate::draft::Draft;
use crate::entry::{Parsed, Reason};
use crate::fault::FileError;
use crate::format::Format;
use crate::header::Header;
use crate::table::{self, Row, Width};
use crate::text;

/// A format that is one table.
pub(crate) struct Sheet {
    /// Columns, in lower case, that it has and a table of another format has not.
    pub(crate) columns: &'static [&'static str],
    /// How many cells its rows have.
    pub(crate) width: Width,
    /// What a row becomes; nothing where it holds no entry.
    pub(crate) make: fn(&Row<'_>) -> Result<Option<Draft>, Reason>,
}

impl Sheet {
    /// Reads a whole file.
    pub(crate) fn read(&self, bytes: &[u8]) -> Result<Parsed, FileError> {
        let text = plain(bytes)?;
        let header = Header::of(&text).ok_or(FileError::Columns)?;
        if !header.has(self.columns) {
            return Err(FileError::Columns);
        }
        Ok(table::read(&text, &header, self.width, &self.make))
    }
}

/// The text of a file, if there is any.
pub(crate) fn plain(bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let text = Zeroizing::new(text::decode(bytes)?.into_owned());
    if text.trim_ascii().is_empty() {
        return Err(FileError::Empty);
    }
    Ok(text)
}

/// Tables, those first that have columns which others lack.
const SHEETS: &[(Format, &Sheet)] = &[
    (Format::Firefox, &crate::firefox::SHEET),
    (Format::LastPass, &crate::lastpass::SHEET),
    (Format::BitwardenCsv, &crate::bitwarden::csv::SHEET),
    (Format::NordPass, &crate::nordpass::SHEET),
    (Format::RoboForm, &crate::roboform::SHEET),
    (Format::KeePassXcCsv, &crate::keepassxc::SHEET),
    (Format::OnePasswordCsv, &crate::onepassword::csv::SHEET),
    (Format::Apple, &crate::apple::SHEET),
    (Format::Chromium, &crate::chromium::SHEET),
];

/// The table of that format.
pub(crate) fn of(format: Format) -> Option<&'static Sheet> {
    SHEETS
        .iter()
        .find_map(|(known, sheet)| (*known == format).then_some(*sheet))
}

/// The format whose columns these are.
pub(crate) fn seen(header: &Header) -> Option<Format> {
    SHEETS
        .iter()
        .find_map(|(format, sheet)| header.has(sheet.columns).then_some(*format))
}
