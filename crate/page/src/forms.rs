//! A page's description in, its forms out.

use sigill_core::fill::{self, Page};
use wasm_bindgen::prelude::wasm_bindgen;

/// The forms of a page: `Forms` as JSON of a `Description` as JSON, both in the
/// words of `sigill_core::fill`. Of what is no description: none.
#[wasm_bindgen]
#[must_use]
pub fn understand(description: &str) -> String {
    let page: Page = serde_json::from_str(description).unwrap_or_default();
    serde_json::to_string(&fill::understand(&page)).unwrap_or_default()
}
