//! A backup file, read: in a page's throw-away worker, without the session. Of the
//! chunks of its files no more is held than one file's.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use js_sys::Promise;
use sigill_core::id::{Hash, ItemId};
use sigill_core::vault::backup::{Backup, SealedFile};
use sigill_core::vault::file::{CHUNK, FilePlace, Reading, SEAL};
use sigill_core::vault::item::{FileRef, Item, Shelf, bundle};
use sigill_core::vault::key::EpochKeys;
use sigill_core::vault::slot::SlotKind;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::api::{BackupChunks, BackupFile, BackupItems, BackupPlace, Derivation};
use crate::border::{give, promise, thrown};
use crate::session::root_of;
use crate::trouble::Trouble;

/// What anyone may know of a backup file of so many bytes, by its beginning. Throws
/// `no_backup` where the file is something else, was cut off or changed, and where
/// more of it has to be read.
#[wasm_bindgen(js_name = inspectBackup, unchecked_return_type = "Promise<BackupFile>")]
pub fn inspect_backup(begin: Vec<u8>, size: u64) -> Promise {
    promise(async move { give(inspect(&begin, size)) })
}

/// See [`inspect_backup`].
///
/// # Errors
/// `no_backup`.
pub fn inspect(begin: &[u8], size: u64) -> Result<BackupFile, Trouble> {
    let (backup, chunks) = Backup::read(begin, size).map_err(|_| Trouble::NoBackup)?;
    let head = backup.head();
    let begin = usize::try_from(chunks)
        .ok()
        .and_then(|end| begin.get(..end));
    let chunks = places(backup.files(), chunks).map(|(at, file)| BackupChunks {
        at,
        length: file.sealed_size(),
        sha256: file.sha256.to_string(),
    });
    match backup.slots().password().public().kind {
        SlotKind::Password { kdf, salt } => Ok(BackupFile {
            derivation: Derivation::of(kdf, &salt),
            count: u32::try_from(head.count).unwrap_or(u32::MAX),
            time: head.time,
            sha256: Hash::of(begin.unwrap_or_default()).to_string(),
            files: chunks.collect(),
        }),
        SlotKind::Recovery { .. } | SlotKind::Passkey => Err(Trouble::NoBackup),
    }
}

/// The files of a backup, and where their chunks begin.
fn places(files: &[SealedFile], mut at: u64) -> impl Iterator<Item = (u64, &SealedFile)> {
    files.iter().map(move |file| {
        let begins = at;
        at = at.saturating_add(file.sealed_size());
        (begins, file)
    })
}

/// A backup file that was opened.
#[wasm_bindgen]
pub struct OpenBackup {
    keys: EpochKeys,
    items: BackupItems,
    files: Vec<(FilePlace, FileRef)>,
}

#[wasm_bindgen]
impl OpenBackup {
    /// Opens it by its beginning and the root key (base64url) of the master password
    /// that it was made under. Throws `wrong_master_password`.
    pub fn of(begin: &[u8], size: u64, root: String) -> Result<Self, JsValue> {
        open(begin, size, root).map_err(thrown)
    }

    /// Its entries.
    #[wasm_bindgen(unchecked_return_type = "BackupItems")]
    pub fn items(&self) -> Result<JsValue, JsValue> {
        give(Ok(&self.items))
    }

    /// The bytes of one of its files, by its chunks. Throws `file_incomplete`,
    /// `file_damaged`.
    pub fn file(&self, number: usize, chunks: &[u8]) -> Result<Vec<u8>, JsValue> {
        self.opened(number, chunks).map_err(thrown)
    }
}

/// See [`OpenBackup::of`].
///
/// # Errors
/// `no_backup`, `wrong_master_password`, `malformed_input`.
pub fn open(begin: &[u8], size: u64, root: String) -> Result<OpenBackup, Trouble> {
    let (backup, chunks) = Backup::read(begin, size).map_err(|_| Trouble::NoBackup)?;
    let keys = backup.unlock(&root_of(root)?);
    let keys = keys.map_err(|_| Trouble::WrongMasterPassword)?;
    let items = backup.open(&keys).map_err(|_| Trouble::NoBackup)?;
    let all = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let unread = backup.head().count.saturating_sub(all);
    let is_trashed = |(_, item): &(ItemId, Item)| matches!(item.shelf, Shelf::Trashed { .. });
    let (trashed, living): (Vec<_>, Vec<_>) = items.into_iter().partition(is_trashed);
    let mut opened = OpenBackup {
        keys,
        items: BackupItems {
            bundle: STANDARD.encode(bundle::to_bytes(living.iter().map(|(_, item)| item))),
            trashed: u32::try_from(trashed.len()).unwrap_or(u32::MAX),
            unread: u32::try_from(unread).unwrap_or(u32::MAX),
            files: Vec::new(),
        },
        files: Vec::new(),
    };
    opened.find_files(&backup, chunks, &living);
    Ok(opened)
}

impl OpenBackup {
    /// See [`OpenBackup::file`].
    ///
    /// # Errors
    /// `not_found`, `file_incomplete`, `file_damaged`.
    pub fn opened(&self, number: usize, chunks: &[u8]) -> Result<Vec<u8>, Trouble> {
        let (place, file) = self.files.get(number).ok_or(Trouble::NotFound)?;
        let mut reading = Reading::begin(*place, file.size, &self.keys)?;
        let mut bytes = Zeroizing::new(Vec::with_capacity(chunks.len()));
        for chunk in chunks.chunks(CHUNK + SEAL) {
            bytes.extend_from_slice(&reading.next(chunk)?);
        }
        reading.finish(file.sha256)?;
        Ok(std::mem::take(&mut *bytes))
    }

    /// See [`OpenBackup::items`].
    #[must_use]
    pub const fn held(&self) -> &BackupItems {
        &self.items
    }

    /// The files that the entries name, and that it holds.
    fn find_files(&mut self, backup: &Backup, chunks: u64, living: &[(ItemId, Item)]) {
        let key = self.keys.files_key_id();
        let mut held = BTreeMap::new();
        for (at, file) in places(backup.files(), chunks) {
            let name = (file.files_key, file.file, file.item, file.size);
            held.entry(name).or_insert((at, file.sealed_size()));
        }
        for (entry, (item, opened)) in (0..).zip(living) {
            for file in &opened.files {
                let Some((at, length)) = held.get(&(key, file.id, *item, file.size)) else {
                    continue;
                };
                self.items.files.push(BackupPlace {
                    entry,
                    id: file.id.to_string(),
                    at: *at,
                    length: *length,
                });
                let place = FilePlace {
                    vault: backup.head().vault,
                    epoch: backup.head().epoch,
                    item: *item,
                    file: file.id,
                };
                self.files.push((place, file.copy()));
            }
        }
    }
}
