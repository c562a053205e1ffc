//! Published vectors against the vault's algorithms, natively.
//! `crate/tests/vectors.rs` runs the same in a browser.

#[path = "vectors/published.rs"]
mod published;

fn say(checked: &published::Checked) {
    println!("{}: {} vectors", checked.what, checked.vectors);
}

#[test]
fn aes_256_gcm_agrees_with_wycheproof() {
    say(&published::aes_gcm());
}

#[test]
fn hkdf_sha_256_agrees_with_wycheproof() {
    say(&published::hkdf());
}

#[test]
fn hmac_sha_256_agrees_with_wycheproof() {
    say(&published::hmac());
}

#[test]
fn pbkdf2_agrees_with_wycheproof() {
    say(&published::pbkdf2());
}

#[test]
fn ed25519_agrees_with_wycheproof() {
    say(&published::ed25519());
}

#[test]
fn argon2id_agrees_with_rfc_9106_and_the_reference_implementation() {
    say(&published::argon2id());
}
