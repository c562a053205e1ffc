//! An item of Proton Pass: `data.type` says what it is, `data.content` what it holds.

use std::collections::BTreeMap;

use sigill_core::vault::item::{Field, FieldKind, Kind, Shelf};

use super::{FILES, identity};
use crate::date;
use crate::draft::{Draft, Source};
use crate::entry::{Reason, What};
use crate::json::Node;
use crate::labels::{self, Labels};

const CARD: Labels = &[
    ("cardholderName", Field::Holder),
    ("number", Field::CardNumber),
    ("verificationNumber", Field::SecurityCode),
    ("expirationDate", Field::Expiry),
    ("pin", Field::Pin),
];

const SSH_KEY: Labels = &[
    ("publicKey", Field::PublicKey),
    ("privateKey", Field::PrivateKey),
];

const WIFI: Labels = &[("ssid", Field::Network), ("password", Field::Password)];

/// The state of an item in the trash.
const TRASHED: u64 = 2;

pub(super) fn draft(item: Node<'_>, files: &BTreeMap<String, String>) -> Result<Draft, Reason> {
    let data = item.at("data");
    if !data.is_object() {
        return Err(Reason::Shape);
    }
    let mut draft = about(item);
    draft.name(data.at("metadata").at("name").text());
    draft.notes(data.at("metadata").at("note").text());
    draft.favourite(item.at("pinned").is_true());
    draft.created(item.at("createTime").number().map_or(0, date::epoch));
    extra(&mut draft, data.at("extraFields"));
    sections(&mut draft, data.at("content").at("sections"));
    if item.at("state").number() == Some(TRASHED) {
        draft.shelve(Shelf::Trashed { since: 0 });
    }
    for id in item.at("files").list() {
        match files.get(id.text()) {
            Some(name) => {
                let member = format!("{FILES}{}-{name}", id.text());
                draft.file(name, Source::Member(member));
            }
            None => draft.leave_out(What::Attachment, ""),
        }
    }
    Ok(draft)
}

fn about(item: Node<'_>) -> Draft {
    let content = item.at("data").at("content");
    match item.at("data").at("type").text() {
        "login" => login(content),
        "note" => Draft::new(Kind::Note),
        "creditCard" => card(content),
        "identity" => identity::draft(content),
        "sshKey" => labelled(Kind::SshKey, content, SSH_KEY),
        "wifi" => wifi(content),
        "alias" => alias(item),
        other => {
            let mut draft = labelled(Kind::Custom, content, &[]);
            draft.put(
                Field::Type,
                "type",
                if other == "custom" { "" } else { other },
            );
            draft
        }
    }
}

/// Known by its user name, else by its e-mail address; before version 1.18 there was
/// one `username`.
fn login(content: Node<'_>) -> Draft {
    let mut draft = Draft::new(Kind::Login);
    for name in ["username", "itemUsername", "itemEmail"] {
        let label = if name == "itemEmail" {
            "Email"
        } else {
            "Username"
        };
        draft.put(Field::Username, label, content.at(name).text());
    }
    draft.put(Field::Password, "password", content.at("password").text());
    draft.totp("TOTP", content.at("totpUri").text());
    for url in content.at("urls").list() {
        draft.url(url.text());
    }
    // Their keys stand in MessagePack of Proton's own making.
    for passkey in content.at("passkeys").list() {
        draft.passkey(None, passkey.at("rpId").text());
    }
    draft
}

fn card(content: Node<'_>) -> Draft {
    let mut draft = Draft::new(Kind::Card);
    for (label, field) in CARD {
        draft.put(*field, label, content.at(label).text());
    }
    draft
}

fn wifi(content: Node<'_>) -> Draft {
    let mut draft = Draft::new(Kind::WiFi);
    for (label, field) in WIFI {
        draft.put(*field, label, content.at(label).text());
    }
    let protection = match content.at("security").number() {
        Some(1) => "WPA",
        Some(2) => "WPA2",
        Some(3) => "WPA3",
        Some(4) => "WEP",
        Some(_) | None => "",
    };
    draft.put(Field::Protection, "security", protection);
    draft
}

/// An address that forwards; Proton keeps it, the item only names it.
fn alias(item: Node<'_>) -> Draft {
    let mut draft = Draft::new(Kind::Custom);
    draft.put(Field::Type, "type", "Alias");
    draft.custom(FieldKind::Text, "Email", item.at("aliasEmail").text());
    draft
}

/// Texts by their labels; lists and sections are read for themselves.
pub(super) fn labelled(kind: Kind, content: Node<'_>, labels: Labels) -> Draft {
    let mut draft = Draft::new(kind);
    for (label, value) in content.members() {
        if !value.is_list() && !value.is_object() {
            labels::put(&mut draft, labels, (FieldKind::Text, label), &value.shown());
        }
    }
    draft
}

/// Fields of the person's own: `{fieldName, type, data}`.
pub(super) fn extra(draft: &mut Draft, fields: Node<'_>) {
    for field in fields.list() {
        let (label, data) = (field.at("fieldName").text(), field.at("data"));
        let content = data.at("content").shown();
        match field.at("type").text() {
            "totp" => draft.custom(FieldKind::Totp, label, data.at("totpUri").text()),
            "hidden" => draft.custom(FieldKind::Hidden, label, &content),
            "timestamp" => timestamp(draft, label, &data.at("timestamp").shown()),
            _ => draft.custom(FieldKind::Text, label, &content),
        }
    }
}

fn timestamp(draft: &mut Draft, label: &str, moment: &str) {
    match date::day(moment) {
        Some(day) => draft.custom(FieldKind::Date, label, &day),
        None => draft.custom(FieldKind::Text, label, moment),
    }
}

/// Sections of an item of the person's own: `{sectionName, sectionFields}`.
pub(super) fn sections(draft: &mut Draft, sections: Node<'_>) {
    for section in sections.list() {
        extra(draft, section.at("sectionFields"));
    }
}
