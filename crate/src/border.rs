//! The class `Session` as JavaScript sees it: arguments and answers are the
//! types of [`crate::api`], what fails is thrown as a [`Failure`].

use js_sys::Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::api::{
    Account, Act, Batch, Connect, Derivation, Failure, Found, Import, ImportPreview, Item, Loss,
    NewVault, Operation, Query, Save, SignIn, SignUp, Status, Unlock,
};
use crate::rim::{Browser, Port};
use crate::session::{self, Trouble};

type Answer<T> = Result<T, Ts<Failure>>;

/// A failure, as it is thrown.
pub(crate) fn thrown(trouble: Trouble) -> Ts<Failure> {
    let failure = Failure::from(trouble);
    failure
        .into_ts()
        .unwrap_or_else(|_| Ts::new_unchecked(JsValue::from_str(&failure.code)))
}

fn give<T: Tsify + Serialize>(answer: Result<T, Trouble>) -> Answer<Ts<T>> {
    answer
        .and_then(|value| value.into_ts().map_err(|_| Trouble::Damaged))
        .map_err(thrown)
}

fn give_all<T: Tsify + Serialize>(answer: Result<Vec<T>, Trouble>) -> Answer<Array> {
    let values = answer.map_err(thrown)?;
    values
        .into_iter()
        .map(|value| give(Ok(value)).map(JsValue::from))
        .collect::<Result<_, _>>()
}

fn take<T: Tsify + DeserializeOwned>(argument: &Ts<T>) -> Answer<T>
where
    T::JsType: Clone,
{
    argument
        .to_rust()
        .map_err(|_| thrown(Trouble::MalformedInput))
}

/// The session of this device: one, in the extension's background.
#[wasm_bindgen]
pub struct Session(session::Session<Browser>);

#[wasm_bindgen]
impl Session {
    /// Begins a session over what the browser offers.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(port: Port) -> Self {
        Self(session::Session::new(Browser::new(port)))
    }

    /// Where the person stands.
    pub async fn status(&self) -> Answer<Ts<Status>> {
        give(self.0.status().await)
    }

    /// The alarm: locks when due, syncs when due, resumes what was begun.
    pub async fn tick(&self) -> Answer<Ts<Status>> {
        give(self.0.tick().await)
    }

    /// How a new vault's root key is to be derived: `argon2id` or `pbkdf2`.
    #[wasm_bindgen(js_name = newDerivation)]
    pub async fn new_derivation(&self, algorithm: String) -> Answer<Ts<Derivation>> {
        give(self.0.new_derivation(&algorithm).await)
    }

    /// Makes a new, empty vault, and opens it.
    #[wasm_bindgen(js_name = createVault)]
    pub async fn create_vault(&self, vault: Ts<NewVault>) -> Answer<Ts<Status>> {
        give(self.0.create_vault(take(&vault)?).await)
    }

    /// How the root key of this device's vault is derived; works locked.
    pub async fn derivation(&self) -> Answer<Ts<Derivation>> {
        give(self.0.derivation().await)
    }

    /// Opens the vault.
    pub async fn unlock(&self, unlock: Ts<Unlock>) -> Answer<Ts<Status>> {
        give(self.0.unlock(take(&unlock)?).await)
    }

    /// Locks it.
    pub async fn lock(&self) -> Answer<Ts<Status>> {
        give(self.0.lock().await)
    }

    /// The person did something: pushes the lock on.
    pub async fn touch(&self) -> Answer<()> {
        self.0.touch().await.map_err(thrown)
    }

    /// JSON text of `Rows`.
    pub async fn list(&self, query: Ts<Query>) -> Answer<String> {
        self.0.list(take(&query)?).await.map_err(thrown)
    }

    /// An item, opened.
    pub async fn item(&self, id: String) -> Answer<Ts<Item>> {
        give(self.0.item(&id).await)
    }

    /// Writes an item; its name.
    pub async fn save(&self, save: Ts<Save>) -> Answer<String> {
        self.0.save(take(&save)?).await.map_err(thrown)
    }

    /// Puts items into the trash.
    pub async fn trash(&self, ids: Vec<String>) -> Answer<()> {
        self.0.trash(&ids).await.map_err(thrown)
    }

    /// Takes items out of the trash.
    pub async fn untrash(&self, ids: Vec<String>) -> Answer<()> {
        self.0.untrash(&ids).await.map_err(thrown)
    }

    /// Removes items that are in the trash.
    pub async fn erase(&self, ids: Vec<String>) -> Answer<()> {
        self.0.erase(&ids).await.map_err(thrown)
    }

    /// What an import would do.
    #[wasm_bindgen(js_name = previewImport)]
    pub async fn preview_import(&self, import: Ts<Import>) -> Answer<Ts<ImportPreview>> {
        give(self.0.preview_import(&take(&import)?).await)
    }

    /// Takes entries in, as one batch.
    pub async fn import(&self, import: Ts<Import>) -> Answer<Ts<Batch>> {
        give(self.0.import(take(&import)?).await)
    }

    /// Imports that can be undone, newest first.
    #[wasm_bindgen(unchecked_return_type = "Batch[]")]
    pub async fn batches(&self) -> Answer<Array> {
        give_all(self.0.batches().await)
    }

    /// Takes an import back; how many entries changed by it.
    #[wasm_bindgen(js_name = undoImport)]
    pub async fn undo_import(&self, id: String) -> Answer<u32> {
        self.0.undo_import(&id).await.map_err(thrown)
    }

    /// Signs up at a service; a code is mailed.
    #[wasm_bindgen(js_name = signUp)]
    pub async fn sign_up(&self, account: Ts<SignUp>) -> Answer<()> {
        self.0.sign_up(take(&account)?).await.map_err(thrown)
    }

    /// The code from the verification mail.
    pub async fn verify(&self, code: String) -> Answer<()> {
        self.0.verify(code).await.map_err(thrown)
    }

    /// Asks for the verification mail again.
    #[wasm_bindgen(js_name = resendVerification)]
    pub async fn resend_verification(&self) -> Answer<()> {
        self.0.resend_verification().await.map_err(thrown)
    }

    /// Signs in; nothing is uploaded, downloaded or merged yet.
    #[wasm_bindgen(js_name = signIn)]
    pub async fn sign_in(&self, account: Ts<SignIn>) -> Answer<Ts<Found>> {
        give(self.0.sign_in(take(&account)?).await)
    }

    /// Joins the two sides.
    pub async fn connect(&self, choice: Ts<Connect>) -> Answer<Ts<Status>> {
        give(self.0.connect(take(&choice)?).await)
    }

    /// Signs this device out; the vault stays.
    #[wasm_bindgen(js_name = signOut)]
    pub async fn sign_out(&self) -> Answer<Ts<Status>> {
        give(self.0.sign_out().await)
    }

    /// The account and its devices.
    pub async fn account(&self) -> Answer<Ts<Account>> {
        give(self.0.account().await)
    }

    /// Signs another device out.
    #[wasm_bindgen(js_name = signDeviceOut)]
    pub async fn sign_device_out(&self, id: String) -> Answer<Ts<Account>> {
        give(self.0.sign_device_out(&id).await)
    }

    /// Whether a root key opens this vault: an account password must not.
    #[wasm_bindgen(js_name = isMasterPassword)]
    pub async fn is_master_password(&self, root: String) -> Answer<bool> {
        self.0.is_master_password(root).await.map_err(thrown)
    }

    /// Syncs.
    #[wasm_bindgen(js_name = syncNow)]
    pub async fn sync_now(&self) -> Answer<Ts<Status>> {
        give(self.0.sync_now().await)
    }

    /// What an act would cost.
    pub async fn loss(&self, act: Ts<Act>) -> Answer<Ts<Loss>> {
        give(self.0.loss(take(&act)?).await)
    }

    /// Asks for it; `loss` is the hash of what was shown.
    pub async fn ask(&self, act: Ts<Act>, loss: String) -> Answer<Ts<Operation>> {
        give(self.0.ask(take(&act)?, &loss).await)
    }

    /// The act that was begun, as it stands now.
    pub async fn operation(&self) -> Answer<Option<Ts<Operation>>> {
        self.0
            .operation()
            .await
            .map_err(thrown)?
            .map(|value| give(Ok(value)))
            .transpose()
    }

    /// Asks for another code.
    pub async fn resend(&self) -> Answer<Ts<Operation>> {
        give(self.0.resend().await)
    }

    /// Confirms with the code.
    pub async fn prove(&self, code: String) -> Answer<Ts<Operation>> {
        give(self.0.prove(code).await)
    }

    /// Gives the act up.
    pub async fn cancel(&self) -> Answer<()> {
        self.0.cancel().await.map_err(thrown)
    }

    /// Forgets an act that is over.
    pub async fn dismiss(&self) -> Answer<()> {
        self.0.dismiss().await.map_err(thrown)
    }

    /// Clears a vault that belongs to no account.
    #[wasm_bindgen(js_name = clearUnconnected)]
    pub async fn clear_unconnected(&self, phrase: String) -> Answer<Ts<Status>> {
        give(self.0.clear_unconnected(&phrase).await)
    }

    /// Brings it back.
    #[wasm_bindgen(js_name = restoreUnconnected)]
    pub async fn restore_unconnected(&self, root: String) -> Answer<Ts<Status>> {
        give(self.0.restore_unconnected(root).await)
    }

    /// What can be brought back at the service.
    #[wasm_bindgen(unchecked_return_type = "Displaced[]")]
    pub async fn displaced(&self) -> Answer<Array> {
        give_all(self.0.displaced().await)
    }
}
