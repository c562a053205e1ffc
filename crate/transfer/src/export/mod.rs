//! What Sigill writes for other programs. Its own sealed backup is the session's.
//!
//! | format | what it is |
//! |---|---|
//! | [`bitwarden`] | Bitwarden's JSON: what most managers read |
//! | [`cxf`] | the FIDO Alliance's Credential Exchange Format |
//! | [`csv`] | Chrome's password CSV: logins only, read by every manager |
//! | [`crate::keepass`] | KDBX 4, under a password of its own; the one that is sealed |
//!
//! What a format can't carry is found by writing each item alone, reading it
//! back with our own importer and holding the two against each other ([`losses`]).

use std::collections::BTreeMap;

use sigill_core::vault::item::{Item, Shelf};
use sigill_core::wire::Seconds;
use zeroize::Zeroizing;

use crate::keepass::{self, Credentials, Files, KeePassError, Randomness};

mod bitwarden;
pub mod border;
mod csv;
mod cxf;
mod json;
pub mod losses;

pub use losses::Loss;

/// A format that Sigill writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// KDBX 4, sealed.
    Kdbx,
    /// Bitwarden's JSON, in clear.
    Bitwarden,
    /// The Credential Exchange Format, in clear.
    Cxf,
    /// Chrome's CSV, in clear.
    Csv,
}

impl Format {
    /// All of them, in the order in which a person chooses among them.
    pub const ALL: [Self; 4] = [Self::Kdbx, Self::Bitwarden, Self::Cxf, Self::Csv];

    /// Its id across the border.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Kdbx => "kdbx",
            Self::Bitwarden => "bitwarden",
            Self::Cxf => "cxf",
            Self::Csv => "csv",
        }
    }

    /// The format of that id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.id() == id)
    }

    /// Whether it has a place for the files of items.
    #[must_use]
    pub const fn carries_files(self) -> bool {
        matches!(self, Self::Kdbx)
    }

    /// Whether it has a place for an item. What lies in the trash must not come
    /// back in sight where a format has none.
    #[must_use]
    pub fn has_place_for(self, item: &Item) -> bool {
        let is_in_trash = matches!(item.shelf, Shelf::Trashed { .. });
        match self {
            Self::Kdbx | Self::Bitwarden => true,
            Self::Cxf => !is_in_trash,
            Self::Csv => !is_in_trash && csv::carries(item),
        }
    }
}

/// What a file is made with, besides the items.
pub struct Making<'a> {
    /// The password of a sealed one.
    pub password: Option<&'a str>,
    /// For one file, never for a second.
    pub random: &'a Randomness,
    /// The moment of writing.
    pub now: Seconds,
    /// The contents of the items' files, for a format that carries them.
    pub files: &'a Files,
}

/// Why a file can't be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// A sealed file needs a password.
    #[error("a sealed file needs a password")]
    NoPassword,
    /// There is not enough memory to seal it.
    #[error("there is not enough memory to seal it")]
    Memory,
}

impl ExportError {
    /// Its message key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoPassword => "export_error_password",
            Self::Memory => "export_error_memory",
        }
    }
}

impl From<KeePassError> for ExportError {
    fn from(_: KeePassError) -> Self {
        Self::Memory
    }
}

/// Writes the items that the format has a place for.
///
/// # Errors
/// [`ExportError`]; only a sealed file can fail.
pub fn write(
    format: Format,
    items: &[Item],
    making: &Making<'_>,
) -> Result<Zeroizing<Vec<u8>>, ExportError> {
    let placed: Vec<&Item> = items
        .iter()
        .filter(|item| format.has_place_for(item))
        .collect();
    match format {
        Format::Kdbx => {
            let password = making.password.filter(|password| !password.is_empty());
            let credentials = Credentials {
                password: Some(password.ok_or(ExportError::NoPassword)?),
                key_file: None,
            };
            let written = (items, making.files);
            keepass::write(written, credentials, making.random)
                .map(Zeroizing::new)
                .map_err(Into::into)
        }
        Format::Bitwarden => Ok(bitwarden::document(&placed)),
        Format::Cxf => Ok(cxf::document(&placed, making.now)),
        Format::Csv => Ok(csv::document(&placed)),
    }
}

/// What a format can't carry, and of how many items.
#[must_use]
pub fn cannot_carry(format: Format, items: &[Item]) -> BTreeMap<Loss, u32> {
    let mut lost = BTreeMap::new();
    for item in items {
        for loss in losses_of(format, item) {
            *lost.entry(loss).or_default() += 1;
        }
    }
    lost
}

/// What a format can't carry of one item.
#[must_use]
pub fn losses_of(format: Format, item: &Item) -> Vec<Loss> {
    let mut losses = losses::between(item, there_and_back(format, item).as_ref());
    // Their contents are handed over with the items, or named where they can't be.
    losses.retain(|loss| *loss != Loss::Files || !format.carries_files());
    losses
}

/// An item as our own importer reads it back.
fn there_and_back(format: Format, item: &Item) -> Option<Item> {
    if !format.has_place_for(item) {
        return None;
    }
    let parsed = match format {
        Format::Kdbx => return keepass::there_and_back(item),
        Format::Bitwarden => crate::bitwarden::json::read(&bitwarden::document(&[item]), None),
        Format::Cxf => crate::cxf::read(&cxf::document(&[item], 0)),
        Format::Csv => crate::sheet::read(crate::format::Format::Chromium, &csv::document(&[item])),
    };
    parsed.ok()?.items.pop()
}
