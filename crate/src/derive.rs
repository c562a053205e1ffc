//! A root key from a password: runs in a page's throw-away worker, because
//! wasm memory never shrinks.

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use sigill_core::vault::kdf::Kdf;
use sigill_core::vault::key::{MasterPassword, derive_root as derive_here};
use tsify::Ts;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use zeroize::Zeroizing;

use crate::api::Derivation;
use crate::border::{promise, take, thrown};
use crate::trouble::Trouble;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = importKey, catch)]
    async fn import_key(
        format: &str,
        key: &Uint8Array,
        algorithm: &str,
        extractable: bool,
        usages: &Array,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = deriveBits, catch)]
    async fn derive_bits(algorithm: &Object, key: &JsValue, bits: u32) -> Result<JsValue, JsValue>;
}

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
        && let Ok(root) = by_the_browser(typed, salt, iterations).await
    {
        return Ok(root);
    }
    let root = derive_here(&password, &kdf, salt).map_err(|_| Trouble::MalformedInput)?;
    Ok(Zeroizing::new(root.expose().to_vec()))
}

/// PBKDF2-HMAC-SHA-256 by the browser: five times as fast as in wasm, and the
/// same bytes. Where it is not to be had, `sigill_core` does it.
async fn by_the_browser(
    typed: &[u8],
    salt: &[u8; 16],
    rounds: u32,
) -> Result<Zeroizing<Vec<u8>>, JsValue> {
    let copy = Uint8Array::from(typed);
    let usages = Array::of1(&JsValue::from_str("deriveBits"));
    let key = import_key("raw", &copy, "PBKDF2", false, &usages).await;
    copy.fill(0, 0, copy.length());
    let algorithm = Object::new();
    for (name, value) in [
        ("name", JsValue::from_str("PBKDF2")),
        ("hash", JsValue::from_str("SHA-256")),
        ("salt", Uint8Array::from(salt.as_slice()).into()),
        ("iterations", rounds.into()),
    ] {
        Reflect::set(&algorithm, &name.into(), &value)?;
    }
    let bits = derive_bits(&algorithm, &key?, 256).await?;
    let bits = Uint8Array::new(&bits);
    let root = Zeroizing::new(bits.to_vec());
    bits.fill(0, 0, bits.length());
    Ok(root)
}
