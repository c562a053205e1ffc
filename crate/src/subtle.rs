//! What the browser's own cryptography (`SubtleCrypto`) does faster than wasm:
//! the same bytes, and `sigill_core` does it where it is not to be had.

use js_sys::{Array, Object, Reflect, Uint8Array};
use sigill_core::vault::index::sealed::Locked;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use zeroize::Zeroizing;

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

    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], catch)]
    async fn decrypt(
        algorithm: &Object,
        key: &JsValue,
        ciphertext: &Uint8Array,
    ) -> Result<JsValue, JsValue>;
}

/// PBKDF2-HMAC-SHA-256: five times as fast as in wasm.
pub(crate) async fn pbkdf2(
    typed: &[u8],
    salt: &[u8; 16],
    rounds: u32,
) -> Result<Zeroizing<Vec<u8>>, JsValue> {
    let key = imported(typed, "PBKDF2", "deriveBits").await?;
    let algorithm = object(&[
        ("name", JsValue::from_str("PBKDF2")),
        ("hash", JsValue::from_str("SHA-256")),
        ("salt", bytes(salt)),
        ("iterations", rounds.into()),
    ])?;
    Ok(taken(&derive_bits(&algorithm, &key, 256).await?))
}

/// AES-256-GCM over a large ciphertext: five times as fast as in wasm.
pub(crate) async fn open(locked: &Locked<'_>) -> Result<Zeroizing<Vec<u8>>, JsValue> {
    let key = imported(locked.key, "AES-GCM", "decrypt").await?;
    let algorithm = object(&[
        ("name", JsValue::from_str("AES-GCM")),
        ("iv", bytes(locked.nonce)),
        ("additionalData", bytes(&locked.aad)),
    ])?;
    let ciphertext = Uint8Array::from(locked.ciphertext);
    Ok(taken(&decrypt(&algorithm, &key, &ciphertext).await?))
}

async fn imported(secret: &[u8], algorithm: &str, usage: &str) -> Result<JsValue, JsValue> {
    let copy = Uint8Array::from(secret);
    let usages = Array::of1(&JsValue::from_str(usage));
    let key = import_key("raw", &copy, algorithm, false, &usages).await;
    copy.fill(0, 0, copy.length());
    key
}

fn object(members: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &JsValue::from_str(name), value)?;
    }
    Ok(object)
}

fn bytes(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

/// Copies an `ArrayBuffer` into wasm and wipes it.
fn taken(buffer: &JsValue) -> Zeroizing<Vec<u8>> {
    let view = Uint8Array::new(buffer);
    let copy = Zeroizing::new(view.to_vec());
    view.fill(0, 0, view.length());
    copy
}
