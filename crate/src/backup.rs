//! A backup file, read: in a page's throw-away worker, without the session.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use js_sys::Promise;
use sigill_core::vault::backup::Backup;
use sigill_core::vault::item::{Item, Shelf, bundle};
use sigill_core::vault::slot::SlotKind;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::api::{BackupFile, BackupItems, Derivation};
use crate::border::{give, promise};
use crate::session::root_of;
use crate::trouble::Trouble;

/// What anyone may know of a backup file. Throws `no_backup` where the file is
/// something else, was cut off or changed.
#[wasm_bindgen(js_name = inspectBackup, unchecked_return_type = "Promise<BackupFile>")]
pub fn inspect_backup(file: Vec<u8>) -> Promise {
    promise(async move { give(inspect(&file)) })
}

/// Its entries, by the root key (base64url) of the master password that it was
/// made under. Throws `wrong_master_password`.
#[wasm_bindgen(js_name = openBackup, unchecked_return_type = "Promise<BackupItems>")]
pub fn open_backup(file: Vec<u8>, root: String) -> Promise {
    promise(async move { give(open(&file, root)) })
}

/// See [`inspect_backup`].
///
/// # Errors
/// `no_backup`.
pub fn inspect(file: &[u8]) -> Result<BackupFile, Trouble> {
    let backup = Backup::from_bytes(file).map_err(|_| Trouble::NoBackup)?;
    let head = backup.head();
    match backup.slots().password().public().kind {
        SlotKind::Password { kdf, salt } => Ok(BackupFile {
            derivation: Derivation::of(kdf, &salt),
            count: u32::try_from(head.count).unwrap_or(u32::MAX),
            time: head.time,
        }),
        SlotKind::Recovery { .. } | SlotKind::Passkey => Err(Trouble::NoBackup),
    }
}

/// See [`open_backup`].
///
/// # Errors
/// `no_backup`, `wrong_master_password`, `malformed_input`.
pub fn open(file: &[u8], root: String) -> Result<BackupItems, Trouble> {
    let backup = Backup::from_bytes(file).map_err(|_| Trouble::NoBackup)?;
    let keys = backup.unlock(&root_of(root)?);
    let keys = keys.map_err(|_| Trouble::WrongMasterPassword)?;
    let items = backup.open(&keys).map_err(|_| Trouble::NoBackup)?;
    let is_trashed = |item: &Item| matches!(item.shelf, Shelf::Trashed { .. });
    let items = items.into_iter().map(|(_, item)| item);
    let (trashed, living): (Vec<_>, Vec<_>) = items.partition(is_trashed);
    Ok(BackupItems {
        bundle: STANDARD.encode(bundle::to_bytes(living.iter())),
        trashed: u32::try_from(trashed.len()).unwrap_or(u32::MAX),
    })
}
