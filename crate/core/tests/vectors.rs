//! Published vectors against the vault's algorithms, natively.
//! `crate/tests/vectors.rs` runs the same in a browser.

#[path = "vectors/published.rs"]
mod published;

/// The counts stand in the tests' names too: a browser's test runner shows
/// nothing else of a test that passes.
fn are_all(checked: &published::Checked, vectors: usize) {
    println!("{}: {} vectors", checked.what, checked.vectors);
    assert_eq!(checked.vectors, vectors, "{}", checked.what);
}

#[test]
fn aes_256_gcm_agrees_with_66_vectors_of_wycheproof() {
    are_all(&published::aes_gcm(), 66);
}

#[test]
fn hkdf_sha_256_agrees_with_86_vectors_of_wycheproof() {
    are_all(&published::hkdf(), 86);
}

#[test]
fn hmac_sha_256_agrees_with_174_vectors_of_wycheproof() {
    are_all(&published::hmac(), 174);
}

#[test]
fn pbkdf2_hmac_sha_256_agrees_with_60_vectors_of_wycheproof() {
    are_all(&published::pbkdf2(), 60);
}

#[test]
fn ed25519_agrees_with_151_vectors_of_wycheproof() {
    are_all(&published::ed25519(), 151);
}

#[test]
fn argon2id_agrees_with_rfc_9106_and_2_vectors_of_its_reference_implementation() {
    are_all(&published::argon2id(), 3);
}
