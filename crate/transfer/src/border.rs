//! What JavaScript may call.

use js_sys::{Object, Reflect};
use tsify::{Ts, Tsify};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::chrome;
use crate::entry::Handed;

/// Reads Chrome's password CSV.
///
/// # Errors
/// `{code}` with a message key (`import_error_columns`, …) when the file can't
/// be read at all; rows that can't be read stand in `errors`.
#[wasm_bindgen]
pub fn parse_chrome_csv(bytes: &[u8]) -> Result<Ts<Handed>, JsValue> {
    let parsed = chrome::read(bytes).map_err(|error| failure(error.key()))?;
    Handed::from(parsed)
        .into_ts()
        .map_err(|_| failure("import_error_too_large"))
}

fn failure(code: &str) -> JsValue {
    let thrown = Object::new();
    // Setting a property of a fresh object can't fail.
    let _ = Reflect::set(&thrown, &"code".into(), &code.into());
    thrown.into()
}
