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
    fn fits(&self, header: &Header) -> bool {
        let is_wide_enough = self.width != Width::Only || header.len() == self.columns.len();
        is_wide_enough && header.has(self.columns)
    }
}

/// Reads a whole file, a table of that format.
pub(crate) fn read(format: Format, bytes: &[u8]) -> Result<Parsed, FileError> {
    let text = plain(bytes)?;
    let header = Header::of(&text).ok_or(FileError::Columns)?;
    let mut sheets = SHEETS.iter().filter(|(known, _)| *known == format);
    let fits = |(_, sheet): &&(Format, &Sheet)| sheet.fits(&header);
    let (_, sheet) = sheets.find(fits).ok_or(FileError::Columns)?;
    Ok(table::read(&text, &header, sheet.width, &sheet.make))
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
    (Format::DashlaneCsv, &crate::dashlane::LOGINS),
    (Format::DashlaneCsv, &crate::dashlane::PAYMENTS),
    (Format::DashlaneCsv, &crate::dashlane::PERSONS),
    (Format::DashlaneCsv, &crate::dashlane::IDS),
    (Format::DashlaneCsv, &crate::dashlane::NOTES),
    (Format::Chromium, &crate::chromium::SHEET),
];

/// The format whose columns these are.
pub(crate) fn seen(header: &Header) -> Option<Format> {
    SHEETS
        .iter()
        .find_map(|(format, sheet)| sheet.fits(header).then_some(*format))
}
