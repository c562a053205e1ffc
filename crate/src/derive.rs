//! A root key from a password: runs in a page's throw-away worker, because
//! wasm memory never shrinks.

use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::api::{Derivation, Failure};

/// The root key (32 bytes) of a password, NFKC-normalised UTF-8, under `derivation`.
///
/// # Errors
/// `malformed_input` where the derivation is weaker or costlier than allowed.
#[wasm_bindgen(js_name = deriveRoot)]
pub async fn derive_root(
    derivation: Ts<Derivation>,
    password: Vec<u8>,
) -> Result<Vec<u8>, Ts<Failure>> {
    drop((derivation, password));
    Err(crate::border::thrown(&Failure::of("not_found")))
}
