//! What is to mend among the logins.

use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::border::{Session, give, promise};

#[wasm_bindgen]
impl Session {
    /// JSON text of `HealthLogin[]`: what is to mend among the logins.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn health(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.health().await) })
    }

    /// The same of some of them, which are held against each other only.
    #[wasm_bindgen(js_name = healthOf, unchecked_return_type = "Promise<string>")]
    pub fn health_of(&self, ids: Vec<String>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.health_of(&ids).await) })
    }

    /// Puts a finding aside, while the fingerprint of the password begins with `prefix`.
    #[wasm_bindgen(js_name = putAside, unchecked_return_type = "Promise<void>")]
    pub fn put_aside(
        &self,
        id: String,
        #[wasm_bindgen(unchecked_param_type = "HealthFinding")] finding: String,
        prefix: String,
    ) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.put_aside(&id, &finding, &prefix).await) })
    }

    /// Takes back what was put aside.
    #[wasm_bindgen(js_name = putBack, unchecked_return_type = "Promise<void>")]
    pub fn put_back(
        &self,
        id: String,
        #[wasm_bindgen(unchecked_param_type = "HealthFinding")] finding: String,
    ) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.put_back(&id, &finding).await) })
    }

    /// The password of a login, for whoever judges how hard it is to guess.
    #[wasm_bindgen(unchecked_return_type = "Promise<Guessable>")]
    pub fn guessable(&self, id: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.guessable(&id).await) })
    }

    /// How often passwords leaked, by the answer about a prefix; of one that is
    /// another by now nothing. For the background, which asked for it.
    #[wasm_bindgen(unchecked_return_type = "Promise<Breached[]>")]
    pub fn breached(&self, prefix: String, text: String, ids: Vec<String>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.breached(&prefix, &text, &ids).await) })
    }
}
