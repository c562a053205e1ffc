//! Published vectors against the vault's algorithms, in a browser: the same
//! checks as `crate/core/tests/vectors.rs`, on the WebAssembly that ships.

#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

#[path = "../core/tests/vectors/published.rs"]
mod published;

wasm_bindgen_test_configure!(run_in_browser);

/// The counts stand in the tests' names too: a browser's test runner shows
/// nothing else of a test that passes.
fn are_all(checked: &published::Checked, vectors: usize) {
    console_log!("{}: {} vectors", checked.what, checked.vectors);
    assert_eq!(checked.vectors, vectors, "{}", checked.what);
}

#[wasm_bindgen_test]
fn aes_256_gcm_agrees_with_66_vectors_of_wycheproof() {
    are_all(&published::aes_gcm(), 66);
}

#[wasm_bindgen_test]
fn hkdf_sha_256_agrees_with_86_vectors_of_wycheproof() {
    are_all(&published::hkdf(), 86);
}

#[wasm_bindgen_test]
fn hmac_sha_256_agrees_with_174_vectors_of_wycheproof() {
    are_all(&published::hmac(), 174);
}

#[wasm_bindgen_test]
fn pbkdf2_hmac_sha_256_agrees_with_60_vectors_of_wycheproof() {
    are_all(&published::pbkdf2(), 60);
}

#[wasm_bindgen_test]
fn ed25519_agrees_with_151_vectors_of_wycheproof() {
    are_all(&published::ed25519(), 151);
}

#[wasm_bindgen_test]
fn argon2id_agrees_with_rfc_9106_and_2_vectors_of_its_reference_implementation() {
    are_all(&published::argon2id(), 3);
}
