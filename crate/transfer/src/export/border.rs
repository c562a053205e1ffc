//! What JavaScript may call of it. A page hands the items over as bytes, so
//! that it can wipe them.

use std::cell::RefCell;

use js_sys::{Object, Reflect, Uint8Array};
use serde::{Deserialize, Serialize};
use sigill_core::vault::item::{Item, bundle};
use tsify::{Ts, Tsify};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use super::{ExportError, Format, Making, cannot_carry, write};
use crate::keepass::{Files, Randomness};

/// What a format can't carry.
#[derive(Serialize, Tsify)]
pub struct Lost {
    /// Each with the number of items that lose it, those first that lose most of themselves.
    pub parts: Vec<LostPart>,
    /// How many items the file holds.
    pub written: u32,
}

/// Something that a format can't carry.
#[derive(Serialize, Tsify)]
pub struct LostPart {
    /// `item` for all of it, or a part: see `Loss::key`.
    pub what: &'static str,
    /// Of how many items.
    pub items: u32,
}

/// What a file is to be.
#[derive(Deserialize, Tsify)]
pub struct Written {
    /// The format's id.
    pub format: String,
    /// The moment of writing, in seconds since 1970.
    pub now: u32,
}

/// How many random bytes [`export`] takes.
#[wasm_bindgen(js_name = randomLength)]
#[must_use]
pub fn random_length() -> usize {
    Randomness::LENGTH
}

thread_local! {
    /// What was handed over for the next file that is written.
    static FILES: RefCell<Files> = const { RefCell::new(Files::new()) };
}

/// Hands the content of a file over, by what its item calls it.
///
/// # Errors
/// `{code}` with a message key.
#[wasm_bindgen(js_name = putFile)]
pub fn put_file(id: &str, content: Vec<u8>) -> Result<(), JsValue> {
    let content = Zeroizing::new(content);
    let id = id.parse().map_err(|_| failure(UNKNOWN))?;
    FILES.with_borrow_mut(|files| files.insert(id, content));
    Ok(())
}

/// What a format can't carry of a bundle's items.
///
/// # Errors
/// `{code}` with a message key.
#[wasm_bindgen]
pub fn losses(bundle: Vec<u8>, format: &str) -> Result<Ts<Lost>, JsValue> {
    let items = items(bundle)?;
    let format = format_of(format)?;
    let placed = items
        .iter()
        .filter(|item| format.has_place_for(item))
        .count();
    let parts = cannot_carry(format, &items).into_iter();
    let parts = parts.map(|(loss, items)| LostPart {
        what: loss.key(),
        items,
    });
    let lost = Lost {
        parts: parts.collect(),
        written: u32::try_from(placed).unwrap_or(u32::MAX),
    };
    lost.into_ts().map_err(|_| failure(UNKNOWN))
}

/// Writes a file; wipes the bundle and the password that it is handed.
///
/// # Errors
/// `{code}` with a message key: `export_error_password`, `export_error_memory`.
#[wasm_bindgen(js_name = exportItems)]
pub fn export(
    bundle: Vec<u8>,
    written: Ts<Written>,
    password: Option<Vec<u8>>,
    random: &[u8],
) -> Result<Uint8Array, JsValue> {
    let password = password.map(Zeroizing::new);
    let items = items(bundle)?;
    let written = written.to_rust().map_err(|_| failure(UNKNOWN))?;
    let random = random.try_into().ok().and_then(Randomness::from_bytes);
    let password = password.as_ref().map(|bytes| str::from_utf8(bytes));
    let files = FILES.take();
    let making = Making {
        files: &files,
        password: password.transpose().map_err(|_| failure(UNKNOWN))?,
        random: &random.ok_or_else(|| failure(UNKNOWN))?,
        now: written.now.into(),
    };
    let file = write(format_of(&written.format)?, &items, &making);
    let file = file.map_err(|error: ExportError| failure(error.key()))?;
    Ok(Uint8Array::from(file.as_slice()))
}

/// What a page that keeps to the border never sees.
const UNKNOWN: &str = "unknown";

fn items(bundle: Vec<u8>) -> Result<Vec<Item>, JsValue> {
    bundle::from_bytes(&Zeroizing::new(bundle)).map_err(|_| failure(UNKNOWN))
}

fn format_of(id: &str) -> Result<Format, JsValue> {
    Format::from_id(id).ok_or_else(|| failure(UNKNOWN))
}

fn failure(code: &str) -> JsValue {
    let thrown = Object::new();
    // Setting a property of a fresh object can't fail.
    let _ = Reflect::set(&thrown, &"code".into(), &code.into());
    thrown.into()
}
