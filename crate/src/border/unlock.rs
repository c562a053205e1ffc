//! Open, locked, and where the person stands.

use std::rc::Rc;

use js_sys::Promise;
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::api::{Unlock, UnlockByCode, UnlockByPasskey};
use crate::border::{Session, give, promise, take};

#[wasm_bindgen]
impl Session {
    /// Where the person stands.
    #[wasm_bindgen(unchecked_return_type = "Promise<Status>")]
    pub fn status(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.status().await) })
    }

    /// The alarm: locks when due, syncs when due, resumes what was begun.
    #[wasm_bindgen(unchecked_return_type = "Promise<Status>")]
    pub fn tick(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.tick().await) })
    }

    /// How the root key of this device's vault is derived; works locked.
    #[wasm_bindgen(unchecked_return_type = "Promise<Derivation>")]
    pub fn derivation(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.derivation().await) })
    }

    /// How a new master password's root key is to be derived.
    #[wasm_bindgen(js_name = newDerivation, unchecked_return_type = "Promise<Derivation>")]
    pub fn new_derivation(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.new_derivation().await) })
    }

    /// Opens the vault.
    #[wasm_bindgen(unchecked_return_type = "Promise<Status>")]
    pub fn unlock(&self, unlock: Ts<Unlock>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.unlock(take(&unlock)?).await) })
    }

    /// Opens the vault by its recovery code.
    #[wasm_bindgen(js_name = unlockByCode, unchecked_return_type = "Promise<Status>")]
    pub fn unlock_by_code(&self, unlock: Ts<UnlockByCode>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.unlock_by_code(take(&unlock)?).await) })
    }

    /// Opens the vault by a passkey.
    #[wasm_bindgen(js_name = unlockByPasskey, unchecked_return_type = "Promise<Status>")]
    pub fn unlock_by_passkey(&self, unlock: Ts<UnlockByPasskey>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.unlock_by_passkey(take(&unlock)?).await) })
    }

    /// Locks it.
    #[wasm_bindgen(unchecked_return_type = "Promise<Status>")]
    pub fn lock(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.lock().await) })
    }

    /// The person did something: pushes the lock on.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn touch(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.touch().await) })
    }
}
