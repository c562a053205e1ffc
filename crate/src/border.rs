//! The class `Session` as JavaScript sees it. Arguments and answers are the
//! types of [`crate::api`]; what fails is thrown as a [`Failure`].

use js_sys::Array;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::api::{
    Account, Act, Batch, Connect, Derivation, Failure, Found, Import, ImportPreview,
    Item, Loss, NewVault, Operation, Query, Save, SignIn, SignUp, Status, Unlock,
};

#[wasm_bindgen(typescript_custom_section)]
const PORT: &str = r#"
/** What the session needs of the browser; `extension/storage` makes one. */
export interface Port {
    /** The value at a key of the device's store. */
    get(key: string): Promise<Uint8Array | undefined>;
    /** All keys that begin with `prefix`, in order, with their values. */
    scan(prefix: string): Promise<[string, Uint8Array][]>;
    /** Writes and removes in one transaction, on the disk when it resolves. */
    commit(puts: [string, Uint8Array][], deletes: string[]): Promise<void>;
    /** The same, in memory only: gone when the browser closes. */
    sessionGet(key: string): Promise<Uint8Array | undefined>;
    sessionSet(key: string, value: Uint8Array): Promise<void>;
    sessionClear(): Promise<void>;
    /** ECDSA over P-256 with SHA-256 by the device's key, r ‖ s (64 bytes). */
    sign(message: Uint8Array): Promise<Uint8Array>;
    /** The device's public key, x ‖ y (64 bytes); made at the first call. */
    publicKey(): Promise<Uint8Array>;
    /** Runs `step` while no other step of that name runs, in any page or worker. */
    lock(name: string, step: () => Promise<unknown>): Promise<unknown>;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// What the session needs of the browser.
    #[wasm_bindgen(typescript_type = "Port")]
    pub type Port;
}

/// A failure, as it is thrown.
pub(crate) fn thrown(failure: &Failure) -> Ts<Failure> {
    failure
        .into_ts()
        .unwrap_or_else(|_| Ts::new_unchecked(JsValue::from_str(&failure.code)))
}

fn nothing<T>() -> Result<T, Ts<Failure>> {
    Err(thrown(&Failure::of("not_found")))
}

/// The session of this device: one, in the extension's background.
#[wasm_bindgen]
pub struct Session {
    #[expect(dead_code, reason = "placeholder")]
    port: Port,
}

#[wasm_bindgen]
impl Session {
    /// Begins a session over what the browser offers.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(port: Port) -> Self {
        Self { port }
    }

    /// Where the person stands.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn status(&self) -> Result<Ts<Status>, Ts<Failure>> {
        nothing()
    }

    /// The alarm: locks when due, syncs when due, resumes what was begun.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn tick(&self) -> Result<Ts<Status>, Ts<Failure>> {
        nothing()
    }

    /// How a new vault's root key is to be derived: `argon2id` or `pbkdf2`.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    #[wasm_bindgen(js_name = newDerivation)]
    pub async fn new_derivation(&self, algorithm: String) -> Result<Ts<Derivation>, Ts<Failure>> {
        drop((algorithm,));
        nothing()
    }

    /// Makes a new, empty vault, and opens it.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    #[wasm_bindgen(js_name = createVault)]
    pub async fn create_vault(&self, vault: Ts<NewVault>) -> Result<Ts<Status>, Ts<Failure>> {
        drop((vault,));
        nothing()
    }

    /// How the root key of this device's vault is derived; works locked.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn derivation(&self) -> Result<Ts<Derivation>, Ts<Failure>> {
        nothing()
    }

    /// Opens the vault.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn unlock(&self, unlock: Ts<Unlock>) -> Result<Ts<Status>, Ts<Failure>> {
        drop((unlock,));
        nothing()
    }

    /// Locks it.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn lock(&self) -> Result<Ts<Status>, Ts<Failure>> {
        nothing()
    }

    /// The person did something: pushes the lock on.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn touch(&self) -> Result<(), Ts<Failure>> {
        nothing()
    }

    /// JSON text of `Rows`.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn list(&self, query: Ts<Query>) -> Result<String, Ts<Failure>> {
        drop((query,));
        nothing()
    }

    /// An item, opened.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn item(&self, id: String) -> Result<Ts<Item>, Ts<Failure>> {
        drop((id,));
        nothing()
    }

    /// Writes an item; its name.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn save(&self, save: Ts<Save>) -> Result<String, Ts<Failure>> {
        drop((save,));
        nothing()
    }

    /// Puts items into the trash.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn trash(&self, ids: Vec<String>) -> Result<(), Ts<Failure>> {
        drop((ids,));
        nothing()
    }

    /// Takes items out of the trash.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn untrash(&self, ids: Vec<String>) -> Result<(), Ts<Failure>> {
        drop((ids,));
        nothing()
    }

    /// Removes items that are in the trash.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn erase(&self, ids: Vec<String>) -> Result<(), Ts<Failure>> {
        drop((ids,));
        nothing()
    }

    /// What an import would do.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    #[wasm_bindgen(js_name = previewImport)]
    pub async fn preview_import(
        &self,
        import: Ts<Import>,
    ) -> Result<Ts<ImportPreview>, Ts<Failure>> {
        drop((import,));
        nothing()
    }

    /// Takes entries in, as one batch.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn import(&self, import: Ts<Import>) -> Result<Ts<Batch>, Ts<Failure>> {
        drop((import,));
        nothing()
    }

    /// Imports that can be undone, newest first.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    #[wasm_bindgen(unchecked_return_type = "Batch[]")]
    pub async fn batches(&self) -> Result<Array, Ts<Failure>> {
        nothing()
    }

    /// Takes an import back; how many entries changed by it.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    #[wasm_bindgen(js_name = undoImport)]
    pub async fn undo_import(&self, id: String) -> Result<u32, Ts<Failure>> {
        drop((id,));
        nothing()
    }

    /// Signs up at a service; a code is mailed.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    #[wasm_bindgen(js_name = signUp)]
    pub async fn sign_up(&self, account: Ts<SignUp>) -> Result<(), Ts<Failure>> {
        drop((account,));
        nothing()
    }

    /// The code from the verification mail.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn verify(&self, code: String) -> Result<(), Ts<Failure>> {
        drop((code,));
        nothing()
    }

    /// Asks for the verification mail again.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    #[wasm_bindgen(js_name = resendVerification)]
    pub async fn resend_verification(&self) -> Result<(), Ts<Failure>> {
        nothing()
    }

    /// Signs in; nothing is uploaded, downloaded or merged yet.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    #[wasm_bindgen(js_name = signIn)]
    pub async fn sign_in(&self, account: Ts<SignIn>) -> Result<Ts<Found>, Ts<Failure>> {
        drop((account,));
        nothing()
    }

    /// Joins the two sides.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn connect(&self, choice: Ts<Connect>) -> Result<Ts<Status>, Ts<Failure>> {
        drop((choice,));
        nothing()
    }

    /// Signs this device out; the vault stays.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    #[wasm_bindgen(js_name = signOut)]
    pub async fn sign_out(&self) -> Result<Ts<Status>, Ts<Failure>> {
        nothing()
    }

    /// The account and its devices.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn account(&self) -> Result<Ts<Account>, Ts<Failure>> {
        nothing()
    }

    /// Signs another device out.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    #[wasm_bindgen(js_name = signDeviceOut)]
    pub async fn sign_device_out(&self, id: String) -> Result<Ts<Account>, Ts<Failure>> {
        drop((id,));
        nothing()
    }

    /// Whether a root key opens this vault: an account password must not.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    #[wasm_bindgen(js_name = isMasterPassword)]
    pub async fn is_master_password(&self, root: String) -> Result<bool, Ts<Failure>> {
        drop((root,));
        nothing()
    }

    /// Syncs.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    #[wasm_bindgen(js_name = syncNow)]
    pub async fn sync_now(&self) -> Result<Ts<Status>, Ts<Failure>> {
        nothing()
    }

    /// What an act would cost.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn loss(&self, act: Ts<Act>) -> Result<Ts<Loss>, Ts<Failure>> {
        drop((act,));
        nothing()
    }

    /// Asks for it; `loss` is the hash of what was shown.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn ask(&self, act: Ts<Act>, loss: String) -> Result<Ts<Operation>, Ts<Failure>> {
        drop((act, loss));
        nothing()
    }

    /// The act that was begun, as it stands now.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn operation(&self) -> Result<Option<Ts<Operation>>, Ts<Failure>> {
        nothing()
    }

    /// Asks for another code.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn resend(&self) -> Result<Ts<Operation>, Ts<Failure>> {
        nothing()
    }

    /// Confirms with the code.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn prove(&self, code: String) -> Result<Ts<Operation>, Ts<Failure>> {
        drop((code,));
        nothing()
    }

    /// Gives the act up.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn cancel(&self) -> Result<(), Ts<Failure>> {
        nothing()
    }

    /// Forgets an act that is over.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    pub async fn dismiss(&self) -> Result<(), Ts<Failure>> {
        nothing()
    }

    /// Clears a vault that belongs to no account.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    #[wasm_bindgen(js_name = clearUnconnected)]
    pub async fn clear_unconnected(&self, phrase: String) -> Result<Ts<Status>, Ts<Failure>> {
        drop((phrase,));
        nothing()
    }

    /// Brings it back.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    #[wasm_bindgen(js_name = restoreUnconnected)]
    pub async fn restore_unconnected(&self, root: String) -> Result<Ts<Status>, Ts<Failure>> {
        drop((root,));
        nothing()
    }

    /// What can be brought back at the service.
    ///
    /// # Errors
    /// A [`Failure`] that says why.
    #[wasm_bindgen(unchecked_return_type = "Displaced[]")]
    pub async fn displaced(&self) -> Result<Array, Ts<Failure>> {
        nothing()
    }
}
