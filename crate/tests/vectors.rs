//! Published vectors against the vault's algorithms, in a browser: the same
//! checks as `crate/core/tests/vectors.rs`, on the WebAssembly that ships.

#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

#[path = "../core/tests/vectors/published.rs"]
mod published;

wasm_bindgen_test_configure!(run_in_browser);

fn say(checked: &published::Checked) {
    console_log!("{}: {} vectors", checked.what, checked.vectors);
}

#[wasm_bindgen_test]
fn aes_256_gcm_agrees_with_wycheproof() {
    say(&published::aes_gcm());
}

#[wasm_bindgen_test]
fn hkdf_sha_256_agrees_with_wycheproof() {
    say(&published::hkdf());
}

#[wasm_bindgen_test]
fn hmac_sha_256_agrees_with_wycheproof() {
    say(&published::hmac());
}

#[wasm_bindgen_test]
fn pbkdf2_agrees_with_wycheproof() {
    say(&published::pbkdf2());
}

#[wasm_bindgen_test]
fn ed25519_agrees_with_wycheproof() {
    say(&published::ed25519());
}

#[wasm_bindgen_test]
fn argon2id_agrees_with_rfc_9106_and_the_reference_implementation() {
    say(&published::argon2id());
}
