//! Many entries at once, in and out.

use std::rc::Rc;

use js_sys::Promise;
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::api::Import;
use crate::border::{Session, give, promise, take};

#[wasm_bindgen]
impl Session {
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
}
