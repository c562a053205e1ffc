//! The class `Session` as JavaScript sees it: arguments and answers are the
//! types of [`crate::api`], what fails is thrown as a [`Failure`].
//!
//! Answers cross as JSON text, which is faster for long lists and smaller in
//! the program; failures as the objects they are (`serde-wasm-bindgen`). Every
//! call is a promise of one kind: reader, writer and promise are there once,
//! not once for each of the calls.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{JSON, Promise, Uint8Array};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};
use zeroize::Zeroizing;

use crate::api::{
    Act, Bulk, BySignIn, ChangePassword, ChangeSlots, Connect, Door, Failure, Import, Kdf, NewFile,
    NewVault, OffersFor, Query, Save, SignIn, SignUp, Submitted, Take, Typed, Unlock, UnlockByCode,
    UnlockByPasskey, Wanted,
};
use crate::json::{self, Read};
use crate::rim::{Browser, Port};
use crate::session::{self, Drawing};
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
    revive(&serde_json::to_string(value).unwrap_or_default())
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

    /// How a new master password's root key is to be derived.
    #[wasm_bindgen(js_name = newDerivation, unchecked_return_type = "Promise<Derivation>")]
    pub fn new_derivation(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.new_derivation().await) })
    }

    /// The same by the cost that a person chose.
    #[wasm_bindgen(js_name = derivationFor, unchecked_return_type = "Promise<Derivation>")]
    pub fn derivation_for(&self, kdf: Ts<Kdf>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.derivation_for(&take(&kdf)?).await) })
    }

    /// Makes a new, empty vault, and opens it.
    #[wasm_bindgen(js_name = createVault, unchecked_return_type = "Promise<Status>")]
    pub fn create_vault(&self, vault: Ts<NewVault>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.create_vault(take(&vault)?).await) })
    }

    /// How the root key of this device's vault is derived; works locked.
    #[wasm_bindgen(unchecked_return_type = "Promise<Derivation>")]
    pub fn derivation(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.derivation().await) })
    }

    /// A new recovery code; it opens nothing until a vault is made with it.
    #[wasm_bindgen(js_name = newRecoveryCode, unchecked_return_type = "Promise<string>")]
    pub fn new_recovery_code(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.new_recovery_code().await) })
    }

    /// Opens the vault by its recovery code.
    #[wasm_bindgen(js_name = unlockByCode, unchecked_return_type = "Promise<Status>")]
    pub fn unlock_by_code(&self, unlock: Ts<UnlockByCode>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.unlock_by_code(take(&unlock)?).await) })
    }

    /// Opens the vault.
    #[wasm_bindgen(unchecked_return_type = "Promise<Status>")]
    pub fn unlock(&self, unlock: Ts<Unlock>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.unlock(take(&unlock)?).await) })
    }

    /// Opens the vault by a passkey.
    #[wasm_bindgen(js_name = unlockByPasskey, unchecked_return_type = "Promise<Status>")]
    pub fn unlock_by_passkey(&self, unlock: Ts<UnlockByPasskey>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.unlock_by_passkey(take(&unlock)?).await) })
    }

    /// Calls a passkey of this device another name.
    #[wasm_bindgen(js_name = namePasskey, unchecked_return_type = "Promise<Status>")]
    pub fn name_passkey(&self, slot: String, name: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.name_passkey(&slot, &name).await) })
    }

    /// Passkeys of sites: those of a relying party (RP ID), and where a new one for
    /// `user` would be kept. For the background, which checked who asks.
    #[wasm_bindgen(js_name = sitePasskeys, unchecked_return_type = "Promise<SitePasskeys>")]
    pub fn site_passkeys(&self, rp: String, user: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.site_passkeys(&rp, &user).await) })
    }

    /// One of them with its private key, for the program that signs; wiped by whoever
    /// takes it.
    #[wasm_bindgen(js_name = sitePasskey, unchecked_return_type = "Promise<Uint8Array>")]
    pub fn site_passkey(&self, item: String, credential: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move {
            let passkey = session.site_passkey(&item, &credential).await;
            let bytes = passkey.map_err(thrown)?;
            Ok(Uint8Array::from(bytes.as_slice()).into())
        })
    }

    /// Keeps a new one, as that program made it; the item that holds it.
    #[wasm_bindgen(js_name = keepSitePasskey, unchecked_return_type = "Promise<string>")]
    pub fn keep_site_passkey(&self, passkey: Vec<u8>, site: String) -> Promise {
        let session = Rc::clone(&self.0);
        let passkey = Zeroizing::new(passkey);
        promise(async move { give(session.keep_site_passkey(&passkey, &site).await) })
    }

    /// Adds or removes a passkey, or derives the master password another way.
    #[wasm_bindgen(js_name = changeSlots, unchecked_return_type = "Promise<Status>")]
    pub fn change_slots(&self, change: Ts<ChangeSlots>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.change_slots(take(&change)?).await) })
    }

    /// Changes the master password of the open vault.
    #[wasm_bindgen(js_name = changeMasterPassword, unchecked_return_type = "Promise<Status>")]
    pub fn change_master_password(&self, change: Ts<ChangePassword>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.change_master_password(take(&change)?).await) })
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

    /// JSON text of `Rows`.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn list(&self, query: Ts<Query>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.list(take(&query)?).await) })
    }

    /// An item, opened.
    #[wasm_bindgen(unchecked_return_type = "Promise<Item>")]
    pub fn item(&self, id: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.item(&id).await) })
    }

    /// The codes of an item's key: of its first, or of its own field at `at`.
    #[wasm_bindgen(js_name = oneTimeCode, unchecked_return_type = "Promise<Codes>")]
    pub fn one_time_code(&self, id: String, at: Option<u32>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.one_time_code(&id, at).await) })
    }

    /// The next code of a key that goes by a counter.
    #[wasm_bindgen(js_name = nextCode, unchecked_return_type = "Promise<OneTimeCode>")]
    pub fn next_code(&self, id: String, at: Option<u32>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.next_code(&id, at).await) })
    }

    /// JSON text of `HealthLogin[]`: what is to mend among the logins.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn health(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.health().await) })
    }

    /// The password of a login, for whoever judges how hard it is to guess.
    #[wasm_bindgen(unchecked_return_type = "Promise<Guessable>")]
    pub fn guessable(&self, id: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.guessable(&id).await) })
    }

    /// Which of `ids` have a password that leaked, by the answer about a prefix. For
    /// the background, which asked for it.
    #[wasm_bindgen(unchecked_return_type = "Promise<Breached[]>")]
    pub fn breached(&self, prefix: String, text: String, ids: Vec<String>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.breached(&prefix, &text, &ids).await) })
    }

    /// What a text says, as the key of one-time codes.
    #[wasm_bindgen(js_name = readOtp, unchecked_return_type = "Promise<OtpRead>")]
    pub fn read_otp(&self, text: String) -> Promise {
        let text = Zeroizing::new(text);
        promise(async move { give(Ok(session::read_otp(&text))) })
    }

    /// Writes an item; its name.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn save(&self, save: Ts<Save>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.save(take(&save)?).await) })
    }

    /// Does one thing to many entries, as one batch that can be undone.
    #[wasm_bindgen(unchecked_return_type = "Promise<Batch>")]
    pub fn bulk(&self, bulk: Ts<Bulk>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.bulk(take(&bulk)?).await) })
    }

    /// What a page may be offered.
    #[wasm_bindgen(unchecked_return_type = "Promise<Offers>")]
    pub fn offers(&self, wanted: Ts<OffersFor>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.offers(take(&wanted)?).await) })
    }

    /// What of an item goes into the controls of a form, field by field; empty
    /// for what it doesn't hold.
    #[wasm_bindgen(unchecked_return_type = "Promise<string[][]>")]
    pub fn fillings(&self, wanted: Ts<Wanted>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.fillings(take(&wanted)?).await) })
    }

    /// What a submitted form is to the vault.
    #[wasm_bindgen(unchecked_return_type = "Promise<Saving>")]
    pub fn submitted(&self, submitted: Ts<Submitted>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.submitted(&take(&submitted)?).await) })
    }

    /// Saves what was submitted; the login's name.
    #[wasm_bindgen(js_name = saveSubmitted, unchecked_return_type = "Promise<string>")]
    pub fn save_submitted(&self, submitted: Ts<Submitted>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.save_submitted(take(&submitted)?).await) })
    }

    /// What there is to choose from beside the list.
    #[wasm_bindgen(unchecked_return_type = "Promise<Facets>")]
    pub fn facets(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.facets().await) })
    }

    /// The fields of each kind, in the order in which a person chooses among them.
    #[wasm_bindgen(unchecked_return_type = "Promise<Layout[]>")]
    pub fn layouts(&self) -> Promise {
        promise(async move { give(Ok(session::layouts())) })
    }

    /// Removes items that are in the trash.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn erase(&self, ids: Vec<String>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.erase(&ids).await) })
    }

    /// Removes what has been in the trash for more than 30 days; how many went.
    #[wasm_bindgen(js_name = eraseDue, unchecked_return_type = "Promise<number>")]
    pub fn erase_due(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.erase_due().await) })
    }

    /// What an import of a bundle (base64) would do.
    #[wasm_bindgen(js_name = previewImport, unchecked_return_type = "Promise<ImportPreview>")]
    pub fn preview_import(&self, bundle: String) -> Promise {
        let session = Rc::clone(&self.0);
        let bundle = Zeroizing::new(bundle);
        promise(async move { give(session.preview_import(&bundle).await) })
    }

    /// Takes entries in, as one batch.
    #[wasm_bindgen(unchecked_return_type = "Promise<Batch>")]
    pub fn import(&self, import: Ts<Import>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.import(take(&import)?).await) })
    }

    /// Batches that can be undone, newest first.
    #[wasm_bindgen(unchecked_return_type = "Promise<Batch[]>")]
    pub fn batches(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.batches().await) })
    }

    /// Takes a batch back; how many entries changed by it.
    #[wasm_bindgen(unchecked_return_type = "Promise<number>")]
    pub fn undo(&self, id: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.undo(&id).await) })
    }

    /// What the generator made and was used, newest first: a line each, seconds since
    /// 1970, a blank, the value. `value` is remembered, or all is erased, before.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn drawn(
        &self,
        #[wasm_bindgen(unchecked_param_type = "\"look\" | \"keep\" | \"erase\"")] act: &str,
        value: String,
    ) -> Promise {
        let value = Zeroizing::new(value);
        let act = match act {
            "keep" => Drawing::Keep(value),
            "erase" => Drawing::Erase,
            _ => Drawing::Look,
        };
        let session = Rc::clone(&self.0);
        promise(async move { give(session.drawn(act).await) })
    }

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

    /// The address of a place in the account portal, to be opened in a tab.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn portal(&self, door: Ts<Door>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.portal(take(&door)?).await) })
    }

    /// Where somebody goes who can't sign in for want of a second factor.
    #[wasm_bindgen(js_name = lostFactor, unchecked_return_type = "Promise<string>")]
    pub fn lost_factor(&self, service: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.lost_factor(&service)) })
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

    /// Signs this device out; the vault stays.
    #[wasm_bindgen(js_name = signOut, unchecked_return_type = "Promise<Status>")]
    pub fn sign_out(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.sign_out().await) })
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

    /// Whether a root key opens this vault: an account password must not.
    #[wasm_bindgen(js_name = isMasterPassword, unchecked_return_type = "Promise<boolean>")]
    pub fn is_master_password(&self, root: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.is_master_password(root).await) })
    }

    /// Syncs.
    #[wasm_bindgen(js_name = syncNow, unchecked_return_type = "Promise<Status>")]
    pub fn sync_now(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.sync_now().await) })
    }

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

    /// Asks the service for a sign of life.
    #[wasm_bindgen(unchecked_return_type = "Promise<Status>")]
    pub fn knock(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.knock().await) })
    }

    /// Asks to replace the cloud under new keys for the same master password, whose
    /// root key `root` is; `loss` is the hash of what was shown.
    #[wasm_bindgen(js_name = askAnew, unchecked_return_type = "Promise<Operation>")]
    pub fn ask_anew(&self, root: String, loss: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.ask_anew(root, &loss).await) })
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

    /// The vault as a backup file, from byte `from` on.
    #[wasm_bindgen(unchecked_return_type = "Promise<BackupPart>")]
    pub fn backup(&self, from: u32) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.backup(from).await) })
    }

    /// Some chunks of a file that the backup file holds, as they lie.
    #[wasm_bindgen(js_name = backupChunks, unchecked_return_type = "Promise<FilePart>")]
    pub fn backup_chunks(&self, file: String, from: u32) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.backup_chunks(&file, from).await) })
    }

    /// The open vault's entries for an export, from byte `from` on; `root` is the
    /// root key (base64url) of the master password, typed again.
    #[wasm_bindgen(js_name = exportItems, unchecked_return_type = "Promise<BackupPart>")]
    pub fn export_items(&self, root: String, from: u32) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.export_items(root, from).await) })
    }

    /// An item's files, and where they are.
    #[wasm_bindgen(unchecked_return_type = "Promise<FilesShown>")]
    pub fn files(&self, item: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.files(&item).await) })
    }

    /// Begins to attach a file of so many bytes to an item; the file's name.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn attach(&self, item: String, size: u32) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.attach(&item, size.into()).await) })
    }

    /// Takes a part of a file in: base64, from chunk `from` on, at most 16 chunks of 64 KiB.
    #[wasm_bindgen(js_name = attachPart, unchecked_return_type = "Promise<void>")]
    pub fn attach_part(&self, file: String, from: u32, part: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.attach_part(&file, from, part).await) })
    }

    /// All of it is here: it is proved, and its item names it.
    #[wasm_bindgen(js_name = attachEnd, unchecked_return_type = "Promise<void>")]
    pub fn attach_end(&self, file: String, new: Ts<NewFile>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.attach_end(&file, take(&new)?).await) })
    }

    /// Gives up a file that was being attached.
    #[wasm_bindgen(js_name = attachCancel, unchecked_return_type = "Promise<void>")]
    pub fn attach_cancel(&self, file: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.attach_cancel(&file).await) })
    }

    /// An item's file goes; its history can bring it back.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn detach(&self, item: String, file: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.detach(&item, &file).await) })
    }

    /// A file comes back from an item's history.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn reattach(&self, item: String, file: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.reattach(&item, &file).await) })
    }

    /// Brings a step of a file from the cloud, until all of it is here.
    #[wasm_bindgen(js_name = bringFile, unchecked_return_type = "Promise<Brought>")]
    pub fn bring_file(&self, item: String, file: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.bring_file(&item, &file).await) })
    }

    /// A part of a file that is here, from chunk `from` on; the first after all of it was proved.
    #[wasm_bindgen(js_name = readFile, unchecked_return_type = "Promise<FilePart>")]
    pub fn read_file(&self, item: String, file: String, from: u32) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.read_file(&item, &file, from).await) })
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
