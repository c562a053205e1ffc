//! What of an item can be searched besides its name; never a secret.

use alloc::string::String;

use crate::vault::item::{CustomField, Item};

/// All of it, part by part.
pub(super) fn searchable(item: &Item) -> impl Iterator<Item = &str> {
    let values = item.values.iter();
    let values = values.filter(|value| !value.field().is_secret());
    let values = values.map(|value| value.text());
    let passkeys = item.passkeys.iter();
    let passkeys = passkeys.flat_map(|passkey| [passkey.rp.as_str(), &passkey.user_name]);
    values
        .chain(item.urls.iter().map(String::as_str))
        .chain(item.tags.iter().map(String::as_str))
        .chain([item.folder.as_str()])
        .chain(item.fields.iter().flat_map(custom))
        .chain(passkeys)
        .chain(item.files.iter().map(|file| file.name.as_str()))
        .filter(|part| !part.is_empty())
}

fn custom(field: &CustomField) -> impl Iterator<Item = &str> {
    let value = (!field.kind.is_secret()).then_some(field.value.as_str());
    [field.label.as_str()].into_iter().chain(value)
}
