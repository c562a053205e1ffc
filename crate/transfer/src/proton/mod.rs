//! Proton Pass: `{version, userId, encrypted, vaults: {id: {name, items: [item]}}}`,
//! by itself or as `Proton Pass/data.json` in a ZIP, with attachments as
//! `Proton Pass/files/<16 characters>-<name>`. Encrypted exports are PGP messages,
//! which are told apart and not opened.

use std::collections::BTreeMap;

use sigill_core::order::map_of;

use crate::archive::Archive;
use crate::entry::Parsed;
use crate::fault::FileError;
use crate::json::{Document, Node};
use crate::sheet::plain;

mod identity;
mod item;

const DATA: &str = "/data.json";
const SEALED: &str = "/data.pgp";
const FOLDER: &str = "Proton Pass/";
const FILES: &str = "Proton Pass/files/";

/// What a PGP message begins with (RFC 9580 §6.2).
const PGP: &[u8] = b"-----BEGIN PGP MESSAGE-----";

/// Whether this document is one.
pub(crate) fn is_one(root: Node<'_>) -> bool {
    root.at("vaults").is_object() && root.at("encrypted").is_there()
}

/// Whether this archive is one.
pub(crate) fn is_archive(archive: &Archive<'_>) -> bool {
    archive
        .names()
        .any(|name| name.starts_with(FOLDER) && (name.ends_with(DATA) || name.ends_with(SEALED)))
}

/// Whether this text is a PGP message.
pub(crate) fn is_sealed(text: &[u8]) -> bool {
    text.trim_ascii_start().starts_with(PGP)
}

/// Reads a JSON file.
pub(crate) fn read(bytes: &[u8]) -> Result<Parsed, FileError> {
    read_with(bytes, &BTreeMap::new(), None)
}

/// Reads an archive, or a PGP message in its place.
pub(crate) fn read_archive(bytes: &[u8]) -> Result<Parsed, FileError> {
    if is_sealed(bytes) {
        return Err(FileError::Encrypted);
    }
    let mut archive = Archive::open(bytes)?;
    let is_data = |name: &str| name.starts_with(FOLDER) && name.ends_with(DATA);
    let Some(data) = archive.find(is_data) else {
        let is_sealed = archive.names().any(|name| name.ends_with(SEALED));
        return Err(if is_sealed {
            FileError::Encrypted
        } else {
            FileError::Other
        });
    };
    let files = archive
        .names()
        .filter_map(|name| name.strip_prefix(FILES)?.split_once('-'));
    let files = map_of(files.map(|(id, name)| (id.into(), name.into())));
    let data = archive.member(&data)?;
    read_with(&data, &files, Some(&mut archive))
}

fn read_with(
    bytes: &[u8],
    files: &BTreeMap<String, String>,
    archive: Option<&mut Archive<'_>>,
) -> Result<Parsed, FileError> {
    let text = plain(bytes)?;
    if is_sealed(&text) {
        return Err(FileError::Encrypted);
    }
    let document = Document::parse(&text)?;
    let root = document.root();
    if !is_one(root) {
        return Err(FileError::Other);
    }
    if root.at("encrypted").is_true() {
        return Err(FileError::Encrypted);
    }
    let vaults: Vec<_> = root
        .at("vaults")
        .members()
        .map(|(_, vault)| vault)
        .collect();
    let folder = |vault: Node<'_>| match vaults.len() {
        0 | 1 => String::new(),
        _ => vault.at("name").text().into(),
    };
    let items = vaults.iter().flat_map(|vault| {
        let folder = folder(*vault);
        vault
            .at("items")
            .list()
            .map(move |item| (folder.clone(), item))
    });
    let mut entries = items.map(|(folder, item)| {
        let mut draft = item::draft(item, files)?;
        draft.folder(&folder);
        Ok(Some(draft))
    });
    Ok(Parsed::within(archive, &mut entries))
}
