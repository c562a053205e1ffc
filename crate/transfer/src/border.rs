//! What JavaScript may call.

use std::cell::RefCell;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use js_sys::{Object, Reflect};
use serde::{Deserialize, Serialize};
use sigill_core::vault::item::bundle;
use tsify::{Ts, Tsify};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::detect;
use crate::entry::{Attached, LeftOut, Parsed, RowError};
use crate::fault::FileError;
use crate::format::{About, Counted, Format};
use crate::mapping::{Column, Target};
use crate::read::{self, Asked};

/// What a file held, on its way to the page, which hands the items on unread.
#[derive(Serialize, Tsify)]
pub struct Handed {
    /// base64 of the items (`sigill_core::vault::item::bundle`).
    pub bundle: String,
    /// The rows that could not be read, in the file's order.
    pub errors: Vec<RowError>,
    /// What the numbers in `errors` count.
    pub counted: Counted,
    /// What of the items could not be taken along.
    pub left_out: Vec<LeftOut>,
    /// Files of the items; [`file_content`] hands their contents over.
    pub files: Vec<HandedFile>,
}

/// A file of an item.
#[derive(Serialize, Tsify)]
pub struct HandedFile {
    /// The item, by its place in the bundle.
    pub entry: u32,
    /// What the item calls it.
    pub id: String,
}

thread_local! {
    /// The contents of the files of what was read last.
    static FILES: RefCell<Vec<Attached>> = const { RefCell::new(Vec::new()) };
}

/// The content of a file of what was read last.
#[wasm_bindgen(js_name = fileContent)]
#[must_use]
pub fn file_content(number: usize) -> Vec<u8> {
    let content = |file: &Attached| file.content.to_vec();
    FILES.with_borrow(|files| files.get(number).map(content).unwrap_or_default())
}

impl Handed {
    /// What a file of that format held; its files wait for [`file_content`].
    #[must_use]
    pub fn of(format: Format, parsed: Parsed) -> Self {
        let file = |file: &Attached| HandedFile {
            entry: u32::try_from(file.entry).unwrap_or(u32::MAX),
            id: file.id.to_string(),
        };
        let files = parsed.files.iter().map(file).collect();
        FILES.set(parsed.files);
        Self {
            files,
            bundle: STANDARD.encode(bundle::to_bytes(parsed.items.iter())),
            errors: parsed.errors,
            counted: format.counted(),
            left_out: parsed.left_out,
        }
    }
}

/// The formats, in the order in which a person chooses among them.
#[derive(Serialize, Tsify)]
pub struct Formats {
    /// All of them.
    pub all: Vec<About>,
}

/// What a file seems to be.
#[derive(Serialize, Tsify)]
pub struct Detected {
    /// The format's id.
    pub format: &'static str,
    /// Of a table the columns; none of anything else.
    pub columns: Vec<Column>,
}

/// How a file is to be read.
#[derive(Deserialize, Tsify)]
pub struct Wanted {
    /// The format's id.
    pub format: String,
    /// Of a table by columns that the person named what each goes into; else none.
    pub columns: Vec<String>,
    /// The moment of reading, in seconds since 1970.
    pub now: u32,
}

/// The formats that are read.
///
/// # Errors
/// None but what the border itself may throw.
#[wasm_bindgen]
pub fn formats() -> Result<Ts<Formats>, JsValue> {
    let all = Format::ALL.iter().copied().map(About::from).collect();
    Formats { all }
        .into_ts()
        .map_err(|_| failure(FileError::Unknown))
}

/// Which format a file is of, by its content.
///
/// # Errors
/// `{code}` with a message key when no format can be told.
#[wasm_bindgen]
pub fn detect(bytes: &[u8]) -> Result<Ts<Detected>, JsValue> {
    let format = detect::format(bytes).map_err(failure)?;
    let detected = Detected {
        format: format.id(),
        columns: if format.extensions().contains(&"csv") {
            detect::columns(bytes)
        } else {
            Vec::new()
        },
    };
    detected.into_ts().map_err(|_| failure(FileError::Unknown))
}

/// Reads a file; wipes the password and the key file that it is handed.
///
/// # Errors
/// `{code}` with a message key when the file can't be read at all
/// (`import_error_needs_password` and `import_error_wrong_password` among them);
/// rows that can't be read stand in `errors`.
#[wasm_bindgen]
pub fn parse(
    bytes: &[u8],
    wanted: Ts<Wanted>,
    password: Option<Vec<u8>>,
    key_file: Option<Vec<u8>>,
) -> Result<Ts<Handed>, JsValue> {
    let password = password.map(Zeroizing::new);
    let key_file = key_file.map(Zeroizing::new);
    let wanted = wanted.to_rust().map_err(|_| failure(FileError::Unknown))?;
    let targets = wanted.columns.iter().map(|key| Target::from_key(key));
    let targets: Option<Vec<_>> = targets.collect();
    let format = Format::from_id(&wanted.format).ok_or_else(|| failure(FileError::Unknown))?;
    let asked = Asked {
        format: Some(format),
        password: password.as_ref().map(|password| password.as_slice()),
        key_file: key_file.as_ref().map(|file| file.as_slice()),
        columns: &targets.ok_or_else(|| failure(FileError::Columns))?,
        now: wanted.now.into(),
    };
    let parsed = read::read(bytes, asked).map_err(failure)?;
    Handed::of(format, parsed)
        .into_ts()
        .map_err(|_| failure(FileError::TooLarge))
}

fn failure(error: FileError) -> JsValue {
    let thrown = Object::new();
    // Setting a property of a fresh object can't fail.
    let _ = Reflect::set(&thrown, &"code".into(), &error.key().into());
    thrown.into()
}
