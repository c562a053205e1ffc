//! The class `Session` as JavaScript sees it: arguments and answers are the
//! types of [`crate::api`], what fails is thrown as a [`Failure`].
//!
//! Answers cross as JSON text, which is faster for long lists and smaller in
//! the program; failures as the objects they are (`serde-wasm-bindgen`). Every
//! call is a promise of one kind: reader, writer and promise are there once,
//! not once for each of the calls.
//!
//! Two modules are built of this crate: one without the feature `full`, which
//! every start of the background loads, and one with every call, loaded when
//! one of those is made (docs/adr/0054).
//!
//! | module | what is called |
//! |---|---|
//! | [`unlock`] | open, locked, where the person stands |
//! | [`items`] | entries: listed, looked at, written |
//! | [`fill`] | what pages of sites are given, and give |
//! | [`sync`] | in step with the cloud |
//! | [`full`](mod@full) | the rest |

mod fill;
#[cfg(feature = "full")]
mod full;
mod items;
mod sync;
mod unlock;

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{JSON, Promise};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};
use zeroize::Zeroizing;

use crate::api::Failure;
use crate::json::{self, Read};
use crate::rim::{Browser, Port};
use crate::session;
use crate::trouble::Trouble;

/// `JSON.parse`'s second argument: called with each key and value.
type Reviver = Closure<dyn Fn(JsValue, JsValue) -> JsValue>;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
    fn parse_with(text: &str, reviver: &Reviver) -> Result<JsValue, JsValue>;
}

type Answer = Result<JsValue, JsValue>;

/// A failure, as it is thrown.
pub(crate) fn thrown(trouble: Trouble) -> JsValue {
    serde_wasm_bindgen::to_value(&Failure::from(trouble)).unwrap_or(JsValue::NULL)
}

fn to_js<T: Serialize>(value: &T) -> Answer {
    revive(&json::text(value))
}

/// What is absent is `undefined` in TypeScript's types, never null.
fn revive(text: &str) -> Answer {
    let reviver = Closure::new(|_, value: JsValue| {
        if value.is_null() {
            JsValue::UNDEFINED
        } else {
            value
        }
    });
    parse_with(text, &reviver)
}

pub(crate) fn give<T: Serialize>(answer: Result<T, Trouble>) -> Answer {
    to_js(&answer.map_err(thrown)?)
}

/// An argument, as the session takes it.
pub(crate) fn take<T: Tsify + Read>(argument: &Ts<T>) -> Result<T, JsValue> {
    let text = JSON::stringify(&argument.js_value());
    let text = Zeroizing::new(text.map(String::from).unwrap_or_default());
    json::parse(text.as_bytes()).ok_or_else(|| thrown(Trouble::MalformedInput))
}

pub(crate) fn promise(call: impl Future<Output = Answer> + 'static) -> Promise {
    let call: Pin<Box<dyn Future<Output = Answer>>> = Box::pin(call);
    wasm_bindgen_futures::future_to_promise(call)
}

/// The session of this device: one, in the extension's background.
#[wasm_bindgen]
pub struct Session(Rc<session::Session<Browser>>);

#[wasm_bindgen]
impl Session {
    /// Begins a session over what the browser offers.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(port: Port) -> Self {
        Self(Rc::new(session::Session::new(Browser::new(port))))
    }
}

/// Another may begin over the same store: what this one has open goes, also where
/// a call of it still waits for the service.
impl Drop for Session {
    fn drop(&mut self) {
        self.0.forget_entries();
    }
}
