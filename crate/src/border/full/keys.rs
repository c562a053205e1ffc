//! A new vault, and other ways to open it.

use std::rc::Rc;

use js_sys::Promise;
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::api::{ChangePassword, ChangeSlots, Kdf, NewVault};
use crate::border::{Session, give, promise, take};

#[wasm_bindgen]
impl Session {
    /// Makes a new, empty vault, and opens it.
    #[wasm_bindgen(js_name = createVault, unchecked_return_type = "Promise<Status>")]
    pub fn create_vault(&self, vault: Ts<NewVault>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.create_vault(take(&vault)?).await) })
    }

    /// The same by the cost that a person chose.
    #[wasm_bindgen(js_name = derivationFor, unchecked_return_type = "Promise<Derivation>")]
    pub fn derivation_for(&self, kdf: Ts<Kdf>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.derivation_for(&take(&kdf)?).await) })
    }

    /// A new recovery code; it opens nothing until a vault is made with it.
    #[wasm_bindgen(js_name = newRecoveryCode, unchecked_return_type = "Promise<string>")]
    pub fn new_recovery_code(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.new_recovery_code().await) })
    }

    /// Whether a root key opens this vault: an account password must not.
    #[wasm_bindgen(js_name = isMasterPassword, unchecked_return_type = "Promise<boolean>")]
    pub fn is_master_password(&self, root: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.is_master_password(root).await) })
    }

    /// Changes the master password of the open vault.
    #[wasm_bindgen(js_name = changeMasterPassword, unchecked_return_type = "Promise<Status>")]
    pub fn change_master_password(&self, change: Ts<ChangePassword>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.change_master_password(take(&change)?).await) })
    }

    /// Adds or removes a passkey, or derives the master password another way.
    #[wasm_bindgen(js_name = changeSlots, unchecked_return_type = "Promise<Status>")]
    pub fn change_slots(&self, change: Ts<ChangeSlots>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.change_slots(take(&change)?).await) })
    }

    /// Calls a passkey of this device another name.
    #[wasm_bindgen(js_name = namePasskey, unchecked_return_type = "Promise<Status>")]
    pub fn name_passkey(&self, slot: String, name: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.name_passkey(&slot, &name).await) })
    }
}
