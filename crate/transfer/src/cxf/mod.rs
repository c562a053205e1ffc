//! The FIDO Alliance's Credential Exchange Format 1.0, as the JSON that lies in the
//! clear within an exchange.
//!
//! ```text
//! {version: {major, minor}, exporterRpId, exporterDisplayName, timestamp, accounts:
//!     [{id, username, email, collections: [collection], items: [item]}]}
//! collection  {id, title, items: [{item: id}], subCollections?: [collection]}
//! item        {id, creationAt, title, favorite?, scope?: {urls, androidApps}, credentials, tags?}
//! ```

use std::collections::BTreeMap;

use crate::entry::Parsed;
use crate::fault::FileError;
use crate::json::{Document, Node};
use crate::limit::LONGEST_NAME;
use crate::sheet::plain;

mod credential;
mod item;
mod labels;

/// Versions up to this one are read; minor ones only add.
const MAJOR: u64 = 1;

/// Whether this document is one.
pub(crate) fn is_one(root: Node<'_>) -> bool {
    root.at("version").is_object() && root.at("accounts").is_list()
}

/// Reads a whole file.
pub(crate) fn read(bytes: &[u8]) -> Result<Parsed, FileError> {
    let document = Document::parse(&plain(bytes)?)?;
    let root = document.root();
    if !is_one(root) {
        return Err(FileError::Other);
    }
    if root
        .at("version")
        .at("major")
        .number()
        .is_none_or(|major| major > MAJOR)
    {
        return Err(FileError::Version);
    }
    let mut folders = Folders::new();
    for account in root.at("accounts").list() {
        collect(account.at("collections"), "", &mut folders);
    }
    let items = root
        .at("accounts")
        .list()
        .flat_map(|account| account.at("items").list());
    Ok(Parsed::of(
        items.map(|item| item::draft(item, &folders).map(Some)),
    ))
}

/// The collections that an item lies in, as paths.
type Folders<'a> = BTreeMap<&'a str, Vec<String>>;

/// As deep as the document nests, which is bounded.
fn collect<'a>(collections: Node<'a>, above: &str, folders: &mut Folders<'a>) {
    for collection in collections.list() {
        let title = collection.at("title").text().replace('/', " ");
        let title: String = title.chars().take(LONGEST_NAME).collect();
        let path = [above, &title].join("/");
        for item in collection.at("items").list() {
            folders
                .entry(item.at("item").text())
                .or_default()
                .push(path.clone());
        }
        collect(collection.at("subCollections"), &path, folders);
    }
}
