//! 1PUX, 1Password's archive: `export.attributes`, `export.data`, and attachments as
//! `files/<document's id>__<name>`.
//!
//! ```text
//! export.data  {accounts: [{attrs, vaults: [{attrs: {name, …}, items: [item]}]}]}
//! ```

use super::item;
use crate::archive::Archive;
use crate::entry::Parsed;
use crate::fault::FileError;
use crate::json::{Document, Node};
use crate::sheet::plain;

const DATA: &str = "export.data";

/// Whether this archive is one.
pub(crate) fn is_one(archive: &Archive<'_>) -> bool {
    archive.names().any(|name| name == DATA)
}

/// Reads a whole file. Vaults become folders, where there are several.
pub(crate) fn read(bytes: &[u8]) -> Result<Parsed, FileError> {
    let mut archive = Archive::open(bytes)?;
    if !is_one(&archive) {
        return Err(FileError::Other);
    }
    let document = Document::parse(&plain(&archive.member(DATA)?)?)?;
    let accounts = document.root().at("accounts");
    if !accounts.is_list() {
        return Err(FileError::Damaged);
    }
    let vaults = accounts
        .list()
        .flat_map(|account| account.at("vaults").list());
    let vaults: Vec<Node<'_>> = vaults.collect();
    let are_folders = vaults.len() > 1;
    let items = vaults.iter().flat_map(|vault| {
        let name = vault.at("attrs").at("name").text();
        let folder = if are_folders { name } else { "" };
        vault.at("items").list().map(move |item| (folder, item))
    });
    let mut entries = items.map(|(folder, item)| {
        // Older files wrap it.
        let wrapped = item.at("item");
        let mut draft = item::draft(if wrapped.is_object() { wrapped } else { item })?;
        draft.folder(folder);
        Ok(Some(draft))
    });
    Ok(Parsed::within(Some(&mut archive), &mut entries))
}
