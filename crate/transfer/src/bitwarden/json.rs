//! Bitwarden's JSON.
//!
//! ```text
//! {encrypted: false, folders: [{id, name}], items: [item]}            of a person
//! {encrypted: false, collections: [{id, name}], items: [item]}        of an organization
//! {encrypted: true, passwordProtected: true, salt, kdf…, data}        see `sealed`
//! {encrypted: true, encKeyValidation_DO_NOT_EDIT, folders, items}     under an account's key
//! ```

use std::collections::BTreeMap;

use sigill_core::order::map_of;

use super::{item, sealed};
use crate::archive::Archive;
use crate::draft::Source;
use crate::entry::Parsed;
use crate::fault::FileError;
use crate::json::{Document, Node};
use crate::sheet::plain;

/// What an item's id has of attachments: their names.
pub(super) type Attachments = BTreeMap<String, Vec<String>>;

/// Where attachments lie in an archive.
pub(super) const FILES: &str = "attachments/";

/// An archive, and the attachments in it.
type Beside<'a, 'b> = (&'a mut Archive<'b>, &'a Attachments);

/// Whether this document is one. The oldest say nothing of encryption; their items
/// have numbers for types, as no other program's have.
pub(crate) fn is_one(root: Node<'_>) -> bool {
    let mut items = root.at("items").list();
    let is_typed = items
        .next()
        .is_some_and(|item| item.at("type").number().is_some());
    let says_so = root.at("encrypted").is_there() && root.at("items").is_list();
    root.at("encKeyValidation_DO_NOT_EDIT").is_there() || says_so || is_typed
}

/// Reads a whole file.
pub(crate) fn read(bytes: &[u8], password: Option<&[u8]>) -> Result<Parsed, FileError> {
    read_with(bytes, password, None)
}

/// Reads a file whose attachments lie beside it.
pub(super) fn read_with(
    bytes: &[u8],
    password: Option<&[u8]>,
    beside: Option<Beside<'_, '_>>,
) -> Result<Parsed, FileError> {
    let document = Document::parse(&plain(bytes)?)?;
    let root = document.root();
    if !is_one(root) {
        return Err(FileError::Other);
    }
    if !root.at("encrypted").is_true() {
        return Ok(items(root, beside));
    }
    if !root.at("passwordProtected").is_true() {
        return Err(FileError::OfAnAccount);
    }
    let password = password.ok_or(FileError::NeedsPassword)?;
    let opened = Document::parse(&sealed::open(root, password)?)?;
    Ok(items(opened.root(), beside))
}

fn items(root: Node<'_>, beside: Option<Beside<'_, '_>>) -> Parsed {
    let places = root
        .at("folders")
        .list()
        .chain(root.at("collections").list());
    let places = places.map(|place| (place.at("id").text(), place.at("name").text()));
    let places = map_of(places);
    let items = root.at("items").list();
    let (archive, attachments) = beside.unzip();
    let mut entries = items.map(|item| {
        let mut draft = item::draft(item, &places)?;
        let id = item.at("id").text();
        let files = attachments.and_then(|attachments| attachments.get(id));
        for name in files.into_iter().flatten() {
            draft.file(name, Source::Member(format!("{FILES}{id}/{name}")));
        }
        Ok(Some(draft))
    });
    Parsed::within(archive, &mut entries)
}
