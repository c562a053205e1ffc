//! Acts that need proofs, and what brings back.

use std::rc::Rc;

use js_sys::Promise;
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::api::{Act, NewVault, Typed, Unlock};
use crate::border::{Session, give, promise, take};

#[wasm_bindgen]
impl Session {
    /// What an act would cost.
    #[wasm_bindgen(unchecked_return_type = "Promise<Loss>")]
    pub fn loss(&self, act: Ts<Act>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.loss(take(&act)?).await) })
    }

    /// Asks for it; `loss` is the hash of what was shown.
    #[wasm_bindgen(unchecked_return_type = "Promise<Operation>")]
    pub fn ask(&self, act: Ts<Act>, loss: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.ask(take(&act)?, &loss).await) })
    }

    /// Asks for a reset or a renewal of the master password; `loss` is the hash
    /// of what was shown.
    #[wasm_bindgen(js_name = askReset, unchecked_return_type = "Promise<Operation>")]
    pub fn ask_reset(&self, act: Ts<Act>, vault: Ts<NewVault>, loss: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.ask_reset(take(&act)?, take(&vault)?, &loss).await) })
    }

    /// Asks to replace the cloud under new keys for the same master password, whose
    /// root key `root` is; `loss` is the hash of what was shown.
    #[wasm_bindgen(js_name = askAnew, unchecked_return_type = "Promise<Operation>")]
    pub fn ask_anew(&self, root: String, loss: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.ask_anew(root, &loss).await) })
    }

    /// The act that was begun, as it stands now.
    #[wasm_bindgen(unchecked_return_type = "Promise<Operation | undefined>")]
    pub fn operation(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.operation().await) })
    }

    /// Asks for another code.
    #[wasm_bindgen(unchecked_return_type = "Promise<Operation>")]
    pub fn resend(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.resend().await) })
    }

    /// Asks for a text message with a code.
    #[wasm_bindgen(js_name = sendText, unchecked_return_type = "Promise<Operation>")]
    pub fn send_text(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.send_text().await) })
    }

    /// Confirms with what the person typed for the proofs that come next.
    #[wasm_bindgen(unchecked_return_type = "Promise<Operation>")]
    pub fn prove(&self, typed: Ts<Typed>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.prove(take(&typed)?).await) })
    }

    /// Gives the act up.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn cancel(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.cancel().await) })
    }

    /// Forgets an act that is over.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn dismiss(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.dismiss().await) })
    }

    /// Asks the service for a sign of life.
    #[wasm_bindgen(unchecked_return_type = "Promise<Status>")]
    pub fn knock(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.knock().await) })
    }

    /// Takes the open vault out of the account of a service that has been gone for 7 days.
    #[wasm_bindgen(js_name = leaveService, unchecked_return_type = "Promise<Status>")]
    pub fn leave_service(&self, unlock: Ts<Unlock>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.leave_service(take(&unlock)?).await) })
    }

    /// Takes connecting back, by the master password alone.
    #[wasm_bindgen(js_name = undoConnecting, unchecked_return_type = "Promise<Status>")]
    pub fn undo_connecting(&self, unlock: Ts<Unlock>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.undo_connecting(take(&unlock)?).await) })
    }

    /// A clear of this device will leave nothing; `backup` is the SHA-256 of a
    /// backup file that was read back, else the cloud must hold the same.
    #[wasm_bindgen(js_name = leaveNothing, unchecked_return_type = "Promise<void>")]
    pub fn leave_nothing(&self, backup: Option<String>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.leave_nothing(backup).await) })
    }

    /// A clear of this device will leave a sealed copy for 7 days.
    #[wasm_bindgen(js_name = leaveSealed, unchecked_return_type = "Promise<void>")]
    pub fn leave_sealed(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.leave_sealed().await) })
    }

    /// Clears a vault that belongs to no account.
    #[wasm_bindgen(js_name = clearUnconnected, unchecked_return_type = "Promise<Status>")]
    pub fn clear_unconnected(&self, phrase: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.clear_unconnected(&phrase).await) })
    }

    /// The same with a new, empty vault in its place.
    #[wasm_bindgen(js_name = resetUnconnected, unchecked_return_type = "Promise<Status>")]
    pub fn reset_unconnected(&self, act: Ts<Act>, vault: Ts<NewVault>, phrase: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move {
            let (act, vault) = (take(&act)?, take(&vault)?);
            give(session.reset_unconnected(act, vault, &phrase).await)
        })
    }

    /// What this device keeps sealed, and can bring back.
    #[wasm_bindgen(unchecked_return_type = "Promise<Restorable | undefined>")]
    pub fn restorable(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.restorable_view().await) })
    }

    /// Brings it back.
    #[wasm_bindgen(js_name = restoreUnconnected, unchecked_return_type = "Promise<Status>")]
    pub fn restore_unconnected(&self, root: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.restore_unconnected(root).await) })
    }

    /// What can be brought back at the service.
    #[wasm_bindgen(unchecked_return_type = "Promise<Displaced[]>")]
    pub fn displaced(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.displaced().await) })
    }
}
