//! The browser's rim: what TypeScript offers as a `Port`, and `fetch`.

use gloo_net::http::{RequestBuilder, Response};
use js_sys::{Array, Date, Function, Reflect, Uint8Array};
use sigill_core::vault::index::sealed::Locked;
use sigill_core::wire::Seconds;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use web_sys::{AbortSignal, DomException, RequestCredentials, RequestRedirect};
use zeroize::Zeroizing;

use super::{Batch, Incoming, Method, Outgoing, Rim};
use crate::subtle;
use crate::trouble::Trouble;

#[wasm_bindgen(typescript_custom_section)]
const PORT: &str = r#"
/** What the session needs of the browser; `extension/storage` makes one. */
export interface Port {
    /** The value at a key of the device's store. */
    get(key: string): Promise<Uint8Array | undefined>;
    /** The values at several keys, as they stood at one time. */
    getAll(keys: string[]): Promise<(Uint8Array | undefined)[]>;
    /** All keys that begin with `prefix`, in order, with their values. */
    scan(prefix: string): Promise<[string, Uint8Array][]>;
    /** The same, without their values. */
    keys(prefix: string): Promise<string[]>;
    /** Removes and writes in one transaction, on the disk when it resolves. */
    commit(puts: [string, Uint8Array][], deletes: string[]): Promise<void>;
    /** The same, in memory only: gone when the browser closes. */
    sessionGet(key: string): Promise<Uint8Array | undefined>;
    sessionSet(key: string, value: Uint8Array): Promise<void>;
    sessionClear(): Promise<void>;
    /** ECDSA over P-256 with SHA-256 by the device's key, r ‖ s (64 bytes). */
    sign(message: Uint8Array): Promise<Uint8Array>;
    /** The device's public key, x ‖ y (64 bytes); made at the first call. */
    publicKey(): Promise<Uint8Array>;
    /** The public-suffix list that the extension carries. */
    suffixes(): Promise<string>;
    /** Waits until nobody holds the lock of that name, in any page or worker; calling the answer gives it back. */
    lock(name: string): Promise<() => void>;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// What the session needs of the browser.
    #[wasm_bindgen(typescript_type = "Port")]
    pub type Port;

    #[wasm_bindgen(method, catch)]
    async fn get(this: &Port, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getAll)]
    async fn get_all(this: &Port, keys: Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn scan(this: &Port, prefix: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn keys(this: &Port, prefix: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn commit(this: &Port, puts: Array, deletes: Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = sessionGet)]
    async fn session_get(this: &Port, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = sessionSet)]
    async fn session_set(this: &Port, key: &str, value: Uint8Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = sessionClear)]
    async fn session_clear(this: &Port) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn sign(this: &Port, message: Uint8Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = publicKey)]
    async fn public_key(this: &Port) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn suffixes(this: &Port) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn lock(this: &Port, name: &str) -> Result<JsValue, JsValue>;
}

/// The browser.
pub struct Browser {
    port: Port,
}

impl Browser {
    /// Over what TypeScript offers.
    #[must_use]
    pub const fn new(port: Port) -> Self {
        Self { port }
    }
}

/// A Web Lock, given back on drop.
pub struct Held(Function);

impl Drop for Held {
    fn drop(&mut self) {
        // A lock that can't be given back dies with the worker.
        let _ = self.0.call0(&JsValue::UNDEFINED);
    }
}

impl Rim for Browser {
    type Held = Held;

    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float becomes an integer only so, and this one saturates"
    )]
    fn now(&self) -> Seconds {
        (Date::now() / 1000.0) as Seconds
    }

    fn fill(&self, bytes: &mut [u8]) -> Result<(), Trouble> {
        getrandom::fill(bytes).map_err(|_| Trouble::NoRandomness)
    }

    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, Trouble> {
        self.port.get(key).await.map_err(storage).and_then(optional)
    }

    async fn get_all<const N: usize>(
        &self,
        keys: [String; N],
    ) -> Result<[Option<Vec<u8>>; N], Trouble> {
        let keys = keys.iter().map(|key| JsValue::from_str(key)).collect();
        let rows = self.port.get_all(keys).await.map_err(storage)?;
        let rows: Array = rows.dyn_into().map_err(storage)?;
        let mut all = [const { None }; N];
        for (row, at) in all.iter_mut().zip(0..) {
            *row = optional(rows.get(at))?;
        }
        Ok(all)
    }

    async fn scan(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
        let rows: Array = self
            .port
            .scan(prefix)
            .await
            .map_err(storage)?
            .dyn_into()
            .map_err(storage)?;
        rows.iter().map(row).collect()
    }

    async fn keys(&self, prefix: &str) -> Result<Vec<String>, Trouble> {
        let keys = self.port.keys(prefix).await.map_err(storage)?;
        let keys: Array = keys.dyn_into().map_err(storage)?;
        let keys: Option<Vec<String>> = keys.iter().map(|key| key.as_string()).collect();
        keys.ok_or(Trouble::StorageFailed)
    }

    async fn commit(&self, batch: Batch) -> Result<(), Trouble> {
        let puts = batch.puts.iter().map(|(key, value)| {
            Array::of2(&JsValue::from_str(key), &Uint8Array::from(value.as_slice()))
        });
        let deletes = batch.deletes.iter().map(|key| JsValue::from_str(key));
        let done = self.port.commit(puts.collect(), deletes.collect()).await;
        done.map(drop).map_err(storage)
    }

    async fn unseal(&self, locked: &Locked<'_>) -> Option<Zeroizing<Vec<u8>>> {
        let opened = subtle::open(locked).await.ok();
        opened.or_else(|| locked.open().ok())
    }

    async fn session_get(&self, key: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let value = self.port.session_get(key).await;
        value.map_err(storage).and_then(optional)
    }

    async fn session_set(&self, key: &str, value: &[u8]) -> Result<(), Trouble> {
        let done = self.port.session_set(key, Uint8Array::from(value)).await;
        done.map(drop).map_err(storage)
    }

    async fn session_clear(&self) -> Result<(), Trouble> {
        self.port.session_clear().await.map(drop).map_err(storage)
    }

    async fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Trouble> {
        let signature = self.port.sign(Uint8Array::from(message)).await;
        signature.map_err(storage).and_then(bytes)
    }

    async fn public_key(&self) -> Result<[u8; 64], Trouble> {
        let key = self
            .port
            .public_key()
            .await
            .map_err(storage)
            .and_then(bytes)?;
        key.try_into().map_err(|_| Trouble::StorageFailed)
    }

    async fn suffixes(&self) -> Result<String, Trouble> {
        let list = self.port.suffixes().await.map_err(storage)?;
        list.as_string().ok_or(Trouble::StorageFailed)
    }

    async fn lock(&self, name: &str) -> Result<Held, Trouble> {
        let release = self.port.lock(name).await.map_err(storage)?;
        release.dyn_into().map(Held).map_err(storage)
    }

    async fn send(&self, request: Outgoing) -> Result<Incoming, Trouble> {
        let answer = fetch(request).await.map_err(|_| Trouble::Unreachable)?;
        Ok(Incoming {
            status: answer.status(),
            nonce: answer.headers().get("dpop-nonce"),
            body: answer.binary().await.map_err(|_| Trouble::Unreachable)?,
        })
    }
}

/// 20 seconds, and one more for every 32 KiB to send.
fn patience(body: &[u8]) -> u32 {
    let parts = u32::try_from(body.len() / (32 * 1024)).unwrap_or(u32::MAX);
    parts.saturating_add(20).saturating_mul(1000)
}

/// Neither cookies nor redirects nor a cache: the proof is for one address.
async fn fetch(request: Outgoing) -> Result<Response, gloo_net::Error> {
    let signal = AbortSignal::timeout_with_u32(patience(&request.body));
    let method = match request.method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Put => gloo_net::http::Method::PUT,
        Method::Delete => gloo_net::http::Method::DELETE,
    };
    let mut builder = RequestBuilder::new(&request.url)
        .method(method)
        .abort_signal(Some(&signal))
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Error)
        .cache(web_sys::RequestCache::NoStore)
        .header("dpop", &request.proof);
    if let Some(authorization) = &request.authorization {
        builder = builder.header("authorization", authorization);
    }
    let request = if request.body.is_empty() {
        builder.build()?
    } else {
        let builder = builder.header("content-type", "application/json");
        builder.body(Uint8Array::from(request.body.as_slice()))?
    };
    request.send().await
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it maps the error of a promise"
)]
fn storage(thrown: JsValue) -> Trouble {
    match thrown.dyn_ref::<DomException>().map(DomException::name) {
        Some(name) if name == "QuotaExceededError" => Trouble::Full,
        Some(_) | None => Trouble::StorageFailed,
    }
}

fn bytes(value: JsValue) -> Result<Vec<u8>, Trouble> {
    let array: Uint8Array = value.dyn_into().map_err(storage)?;
    Ok(array.to_vec())
}

fn optional(value: JsValue) -> Result<Option<Vec<u8>>, Trouble> {
    if value.is_undefined() {
        Ok(None)
    } else {
        bytes(value).map(Some)
    }
}

fn row(pair: JsValue) -> Result<(String, Vec<u8>), Trouble> {
    let member = |at| Reflect::get_u32(&pair, at).map_err(storage);
    let key = member(0)?.as_string().ok_or(Trouble::StorageFailed)?;
    Ok((key, bytes(member(1)?)?))
}
