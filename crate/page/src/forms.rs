//! A page's description in, its forms out.

use sigill_core::fill::{self, Lexicon, Page};
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    /// Built from its word lists once, for all pages that this module looks at.
    static LEXICON: Lexicon = Lexicon::new();
}

/// The forms of a page: `Forms` as JSON of a `Description` as JSON, both in the
/// words of `sigill_core::fill`. Of what is no description: none.
#[wasm_bindgen]
#[must_use]
pub fn understand(description: &str) -> String {
    let page: Page = serde_json::from_str(description).unwrap_or_default();
    let forms = LEXICON.with(|lexicon| fill::understand(lexicon, &page));
    serde_json::to_string(&forms).unwrap_or_default()
}
