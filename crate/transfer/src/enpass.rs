//! Enpass's JSON: `{folders: [{uuid, title, parent_uuid}], items: [item]}`. What an
//! item is says `category`, what a field of it is `type`; truth is 0 or 1, moments are
//! seconds. A field has its own history.

use std::collections::BTreeMap;

use sigill_core::order::map_of;
use sigill_core::vault::item::{Field, FieldKind, Kind, Shelf};
use zeroize::Zeroizing;

use crate::bytes;
use crate::date;
use crate::draft::{Draft, Source};
use crate::entry::{Parsed, Reason, What};
use crate::fault::FileError;
use crate::json::{Document, Node};
use crate::labels::{self, Labels};
use crate::limit::DEEPEST;
use crate::sheet::plain;

/// Fields by their types.
const TYPES: Labels = &[
    ("username", Field::Username),
    ("password", Field::Password),
    ("email", Field::Email),
    ("phone", Field::Phone),
    ("ccName", Field::Holder),
    ("ccNumber", Field::CardNumber),
    ("ccCvc", Field::SecurityCode),
    ("ccPin", Field::Pin),
    ("ccExpiry", Field::Expiry),
    ("ccBankname", Field::Bank),
];

/// Fields whose type says nothing, by the labels of Enpass's own templates.
const LABELS: Labels = &[
    ("First name", Field::FirstName),
    ("Middle name", Field::MiddleName),
    ("Last name", Field::LastName),
    ("Birth date", Field::Birthday),
    ("Company", Field::Company),
    ("Organisation", Field::Company),
    ("Street", Field::Street),
    ("City", Field::City),
    ("State", Field::Region),
    ("ZIP", Field::PostalCode),
    ("ZIP code", Field::PostalCode),
    ("Country", Field::Country),
    ("Number", Field::DocumentNumber),
    ("Issuing authority", Field::Issuer),
    ("Issued on", Field::IssuedOn),
    ("Issue date", Field::IssuedOn),
    ("Expiry date", Field::ExpiresOn),
    ("Network name", Field::Network),
    ("Network security", Field::Protection),
];

/// Whether this document is one.
pub(crate) fn is_one(root: Node<'_>) -> bool {
    let has_category = |item: Node<'_>| {
        let has_type = item.at("template_type").is_there();
        has_type || item.at("category").is_there() && item.at("trashed").is_there()
    };
    root.at("items").list().next().is_some_and(has_category)
}

/// Reads a whole file.
pub(crate) fn read(bytes: &[u8]) -> Result<Parsed, FileError> {
    let document = Document::parse(&plain(bytes)?)?;
    let root = document.root();
    if !is_one(root) {
        return Err(FileError::Other);
    }
    let folders = root
        .at("folders")
        .list()
        .map(|folder| (folder.at("uuid").text(), folder));
    let folders = map_of(folders);
    Ok(Parsed::of(
        root.at("items")
            .list()
            .map(|item| draft(item, &folders).map(Some)),
    ))
}

fn draft(item: Node<'_>, folders: &BTreeMap<&str, Node<'_>>) -> Result<Draft, Reason> {
    if !item.is_object() {
        return Err(Reason::Shape);
    }
    let mut draft = Draft::new(kind(item));
    draft.name(item.at("title").text());
    draft.notes(item.at("note").text());
    draft.favourite(item.at("favorite").is_true());
    draft.created(date::epoch(item.at("createdAt").number().unwrap_or(0)));
    if draft.kind().fields().contains(&Field::Type) {
        draft.put(Field::Type, "category", item.at("category").text());
    }
    let mut places = item.at("folders").list().map(|id| path(id.text(), folders));
    draft.folder(&places.next().unwrap_or_default());
    places.for_each(|place| draft.tag(&place));
    for field in item.at("fields").list() {
        put(&mut draft, field);
    }
    for file in item.at("attachments").list() {
        let name = file.at("name").text();
        match bytes::base64(file.at("data").text()) {
            Some(content) => draft.file(name, Source::Bytes(Zeroizing::new(content))),
            None => draft.leave_out(What::Attachment, name),
        }
    }
    put_away(&mut draft, item);
    Ok(draft)
}

fn put_away(draft: &mut Draft, item: Node<'_>) {
    let since = 0;
    if item.at("archived").is_true() {
        draft.shelve(Shelf::Archived { since });
    }
    if item.at("trashed").is_true() {
        draft.shelve(Shelf::Trashed { since });
    }
}

fn kind(item: Node<'_>) -> Kind {
    match (item.at("category").text(), item.at("template_type").text()) {
        (_, "computer.wifi") => Kind::WiFi,
        ("login" | "password", _) => Kind::Login,
        ("creditcard", _) => Kind::Card,
        ("identity", _) => Kind::Identity,
        ("note", _) => Kind::Note,
        ("travel", "travel.passport" | "travel.visa") | ("license", "license.driving") => {
            Kind::Document
        }
        _ => Kind::Custom,
    }
}

fn put(draft: &mut Draft, field: Node<'_>) {
    let (label, value) = (field.at("label").text(), field.at("value").shown());
    let kind = field.at("type").text();
    if field.at("deleted").is_true() || kind == "section" {
        return;
    }
    let known = labels::find(TYPES, kind).or_else(|| labels::find(LABELS, label));
    // A login is known by either; an identity has its own place for the other.
    let known = match known {
        Some(Field::Email)
            if draft.kind() == Kind::Login && draft.value(Field::Username).is_empty() =>
        {
            Some(Field::Username)
        }
        known => known,
    };
    match known {
        Some(place) => {
            draft.put(place, label, &value);
            for past in field.at("history").list() {
                let until = date::epoch(past.at("updated_at").number().unwrap_or(0));
                draft.past(place, past.at("value").text(), until);
            }
        }
        None => other(draft, field, &value),
    }
}

fn other(draft: &mut Draft, field: Node<'_>, value: &str) {
    let label = field.at("label").text();
    let is_hidden = field.at("sensitive").is_true();
    match field.at("type").text() {
        "url" => draft.url(value),
        "totp" => draft.totp(label, value),
        "date" => match date::day(value) {
            Some(day) => draft.custom(FieldKind::Date, label, &day),
            None => draft.custom(FieldKind::Text, label, value),
        },
        "pin" => draft.custom(FieldKind::Hidden, label, value),
        _ if is_hidden => draft.custom(FieldKind::Hidden, label, value),
        _ => draft.custom(FieldKind::Text, label, value),
    }
}

/// A folder's path, its parents first; a folder in itself ends it.
fn path(id: &str, folders: &BTreeMap<&str, Node<'_>>) -> String {
    let mut titles = Vec::new();
    let mut next = folders.get(id);
    while let Some(folder) = next
        && titles.len() < DEEPEST
    {
        titles.push(folder.at("title").text().replace('/', " "));
        next = folders.get(folder.at("parent_uuid").text());
    }
    titles.reverse();
    titles.join("/")
}
