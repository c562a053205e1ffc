//! The account: in and out, joined, watched.

use std::rc::Rc;

use js_sys::Promise;
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::api::{BySignIn, Connect, Door, SignIn, SignUp, Take, Unlock};
use crate::border::{Session, give, promise, take};

#[wasm_bindgen]
impl Session {
    /// Signs up at a service; a code is mailed.
    #[wasm_bindgen(js_name = signUp, unchecked_return_type = "Promise<void>")]
    pub fn sign_up(&self, account: Ts<SignUp>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.sign_up(take(&account)?).await) })
    }

    /// The code from the verification mail.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn verify(&self, code: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.verify(code).await) })
    }

    /// Asks for the verification mail again.
    #[wasm_bindgen(js_name = resendVerification, unchecked_return_type = "Promise<void>")]
    pub fn resend_verification(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.resend_verification().await) })
    }

    /// Signs in; nothing is uploaded, downloaded or merged yet.
    #[wasm_bindgen(js_name = signIn, unchecked_return_type = "Promise<Found>")]
    pub fn sign_in(&self, account: Ts<SignIn>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.sign_in(take(&account)?).await) })
    }

    /// Where somebody can sign in besides by an account password.
    #[wasm_bindgen(unchecked_return_type = "Promise<Provider[]>")]
    pub fn providers(&self, service: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.providers(&service).await) })
    }

    /// Begins to sign in by a provider; the person goes on in a tab.
    #[wasm_bindgen(js_name = beginSignIn, unchecked_return_type = "Promise<ProviderSignIn>")]
    pub fn begin_sign_in(&self, by: Ts<BySignIn>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.begin_sign_in(take(&by)?).await) })
    }

    /// What it found, or nothing yet.
    #[wasm_bindgen(js_name = signInProgress, unchecked_return_type = "Promise<Found | undefined>")]
    pub fn sign_in_progress(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.sign_in_progress().await) })
    }

    /// Where somebody goes who can't sign in for want of a second factor.
    #[wasm_bindgen(js_name = lostFactor, unchecked_return_type = "Promise<string>")]
    pub fn lost_factor(&self, service: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.lost_factor(&service)) })
    }

    /// The address of a place in the account portal, to be opened in a tab.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn portal(&self, door: Ts<Door>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.portal(take(&door)?).await) })
    }

    /// Joins the two sides; `root` is the root key of a vault that goes up.
    #[wasm_bindgen(unchecked_return_type = "Promise<Status>")]
    pub fn connect(&self, choice: Ts<Connect>, root: Option<String>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.connect(take(&choice)?, root).await) })
    }

    /// How this device and the cloud differ.
    #[wasm_bindgen(unchecked_return_type = "Promise<Differs>")]
    pub fn differs(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.differs().await) })
    }

    /// Takes the cloud's vault by its master password; how many entries came along.
    #[wasm_bindgen(js_name = takeOver, unchecked_return_type = "Promise<number>")]
    pub fn take_over(&self, what: Ts<Take>, unlock: Ts<Unlock>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.take_over(take(&what)?, take(&unlock)?).await) })
    }

    /// The account and its devices.
    #[wasm_bindgen(unchecked_return_type = "Promise<Account>")]
    pub fn account(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.account().await) })
    }

    /// Signs another device out.
    #[wasm_bindgen(js_name = signDeviceOut, unchecked_return_type = "Promise<Account>")]
    pub fn sign_device_out(&self, id: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.sign_device_out(&id).await) })
    }

    /// Stops what was to happen to the account after seven days.
    #[wasm_bindgen(js_name = stopWait, unchecked_return_type = "Promise<Account>")]
    pub fn stop_wait(&self, lost: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.stop_wait(&lost).await) })
    }

    /// The account's address is still the person's own.
    #[wasm_bindgen(js_name = addressIsMine, unchecked_return_type = "Promise<Account>")]
    pub fn address_is_mine(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.address_is_mine().await) })
    }

    /// Lifts the hold, by the root key of the open vault.
    #[wasm_bindgen(js_name = liftHold, unchecked_return_type = "Promise<Status>")]
    pub fn lift_hold(&self, root: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.lift_hold(root).await) })
    }

    /// Lifts it by a second factor; without a code a text message is asked for.
    #[wasm_bindgen(js_name = liftHoldByFactor, unchecked_return_type = "Promise<Status>")]
    pub fn lift_hold_by_factor(&self, code: Option<String>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.lift_hold_by_factor(code).await) })
    }

    /// Says no to what is held, by the device's key alone.
    #[wasm_bindgen(unchecked_return_type = "Promise<Status>")]
    pub fn veto(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.veto().await) })
    }

    /// What happened in the account.
    #[wasm_bindgen(unchecked_return_type = "Promise<Timeline>")]
    pub fn timeline(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.timeline().await) })
    }

    /// The same as a file.
    #[wasm_bindgen(js_name = timelineFile, unchecked_return_type = "Promise<string>")]
    pub fn timeline_file(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.timeline_file().await) })
    }

    /// The account password, so that a new device may read it.
    #[wasm_bindgen(js_name = openTimeline, unchecked_return_type = "Promise<void>")]
    pub fn open_timeline(&self, password: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.open_timeline(password).await) })
    }
}
