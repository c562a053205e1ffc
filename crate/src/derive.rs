//! A root key from a password: runs in a page's throw-away worker, because
//! wasm memory never shrinks.

use js_sys::{Promise, Uint8Array};
use sigill_core::vault::kdf::Kdf;
use sigill_core::vault::key::{MasterPassword, derive_root as derive_here};
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::api::Derivation;
use crate::border::{promise, take, thrown};
use crate::subtle;
use crate::trouble::Trouble;

/// The root key (32 bytes) of a password, NFKC-normalised UTF-8, under
/// `derivation`. Throws `malformed_input` where that is weaker or costlier than
/// allowed, the password empty or too long, or there is not so much memory.
#[wasm_bindgen(js_name = deriveRoot, unchecked_return_type = "Promise<Uint8Array>")]
pub fn derive_root(derivation: Ts<Derivation>, password: Vec<u8>) -> Promise {
    let password = Zeroizing::new(password);
    promise(async move {
        let (kdf, salt) = take(&derivation)?.parse().map_err(thrown)?;
        let root = derive(kdf, &salt, &password).await.map_err(thrown)?;
        Ok(Uint8Array::from(root.as_slice()).into())
    })
}

async fn derive(kdf: Kdf, salt: &[u8; 16], typed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    let password = MasterPassword::parse(typed.to_vec()).map_err(|_| Trouble::MalformedInput)?;
    if let Kdf::Pbkdf2 { iterations, .. } = kdf
        && let Ok(root) = subtle::pbkdf2(typed, salt, iterations).await
    {
        return Ok(root);
    }
    let root = derive_here(&password, &kdf, salt).map_err(|_| Trouble::MalformedInput)?;
    Ok(Zeroizing::new(root.expose().to_vec()))
}
