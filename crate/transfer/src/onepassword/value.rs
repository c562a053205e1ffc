//! A field of a section: `{title, id, value: {kind: value}}`.

use sigill_core::vault::item::{Field, FieldKind, Kind};

use crate::date;
use crate::draft::{Draft, Source};
use crate::json::Node;
use crate::labels::{self, Labels};

/// Parts of an address that have a field.
const ADDRESS: Labels = &[
    ("street", Field::Street),
    ("city", Field::City),
    ("zip", Field::PostalCode),
    ("state", Field::Region),
    ("country", Field::Country),
];

/// Puts a field where its id says, else where what it holds can be seen.
pub(super) fn put(draft: &mut Draft, labels: Labels, field: Node<'_>) {
    let (id, title) = (field.at("id").text(), field.at("title").text());
    let label = if title.is_empty() { id } else { title };
    let place = labels::find(labels, id);
    for (kind, value) in field.at("value").members() {
        let text = match kind {
            "date" => value.signed().map(date::day_of).unwrap_or_default(),
            "monthYear" => month(value),
            "email" if value.is_object() => value.at("email_address").text().into(),
            _ => value.shown().into_owned(),
        };
        match (place, kind) {
            (Some(place), _) => draft.put(place, label, &text),
            (None, "address") => address(draft, label, value),
            (None, "sshKey") => ssh_key(draft, value),
            (None, "file") => file(draft, value),
            (None, "totp") => draft.totp(label, &text),
            (None, "url") => url(draft, label, &text),
            (None, kind) => draft.custom(shape(kind), label, &text),
        }
    }
}

/// `{fileName, documentId}` names a member of the archive.
pub(super) fn file(draft: &mut Draft, file: Node<'_>) {
    let (name, id) = (file.at("fileName").text(), file.at("documentId").text());
    if !name.is_empty() {
        draft.file(name, Source::Member(format!("files/{id}__{name}")));
    }
}

fn shape(kind: &str) -> FieldKind {
    match kind {
        "concealed" | "creditCardNumber" => FieldKind::Hidden,
        "date" => FieldKind::Date,
        _ => FieldKind::Text,
    }
}

/// `YYYYMM`, as a number.
fn month(value: Node<'_>) -> String {
    let text = value.shown();
    date::month(&text).unwrap_or_else(|| text.into_owned())
}

fn url(draft: &mut Draft, label: &str, url: &str) {
    if draft.kind() == Kind::Login {
        draft.url(url);
    } else {
        draft.custom(FieldKind::Url, label, url);
    }
}

fn address(draft: &mut Draft, label: &str, address: Node<'_>) {
    if draft.kind() == Kind::Identity {
        for (part, field) in ADDRESS {
            draft.put(*field, part, address.at(part).text());
        }
    } else {
        let parts = ADDRESS.iter().map(|(part, _)| address.at(part).text());
        let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
        draft.custom(FieldKind::Text, label, &parts.join(", "));
    }
}

/// `{privateKey, metadata: {publicKey, fingerprint, keyType}}`
fn ssh_key(draft: &mut Draft, key: Node<'_>) {
    let about = key.at("metadata");
    draft.put(Field::PrivateKey, "privateKey", key.at("privateKey").text());
    draft.put(Field::PublicKey, "publicKey", about.at("publicKey").text());
    draft.put(
        Field::Fingerprint,
        "fingerprint",
        about.at("fingerprint").text(),
    );
}
