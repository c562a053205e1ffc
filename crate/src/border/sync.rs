//! In step with the cloud.

use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::border::{Session, give, promise};

#[wasm_bindgen]
impl Session {
    /// Syncs.
    #[wasm_bindgen(js_name = syncNow, unchecked_return_type = "Promise<Status>")]
    pub fn sync_now(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.sync_now().await) })
    }

    /// Waits a while for what another device writes.
    #[wasm_bindgen(unchecked_return_type = "Promise<boolean>")]
    pub fn moved(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.moved().await) })
    }

    /// Asks whether something is held, and where the person stands then.
    #[wasm_bindgen(unchecked_return_type = "Promise<Status>")]
    pub fn hear(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.hear().await) })
    }

    /// Signs this device out; the vault stays.
    #[wasm_bindgen(js_name = signOut, unchecked_return_type = "Promise<Status>")]
    pub fn sign_out(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.sign_out().await) })
    }
}
