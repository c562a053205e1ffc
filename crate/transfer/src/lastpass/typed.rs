//! LastPass's notes with a type: `NoteType:Credit Card`, then a field a line,
//! `Name on Card:Anna Berg`; lines that begin no field belong to the one above;
//! all that follows `Notes:` is the note's text.

use sigill_core::vault::item::{Field, FieldKind, Kind};

use crate::draft::Draft;
use crate::json::Document;
use crate::labels::{self, Labels};

const TYPE: &str = "NoteType:";
const NOTES: &str = "Notes";

/// Says in which language the labels are kept, which is always English.
const LANGUAGE: &str = "Language";

const CARD: Labels = &[
    ("Name on Card", Field::Holder),
    ("Number", Field::CardNumber),
    ("Security Code", Field::SecurityCode),
    ("Expiration Date", Field::Expiry),
];

const ADDRESS: Labels = &[
    ("First Name", Field::FirstName),
    ("Middle Name", Field::MiddleName),
    ("Last Name", Field::LastName),
    ("Birthday", Field::Birthday),
    ("Company", Field::Company),
    ("City / Town", Field::City),
    ("State", Field::Region),
    ("Zip / Postal Code", Field::PostalCode),
    ("Country", Field::Country),
    ("Email Address", Field::Email),
    ("Phone", Field::Phone),
];

const SSH_KEY: Labels = &[
    ("Passphrase", Field::Passphrase),
    ("Private Key", Field::PrivateKey),
    ("Public Key", Field::PublicKey),
];

const WIFI: Labels = &[
    ("SSID", Field::Network),
    ("Password", Field::Password),
    ("Authentication", Field::Protection),
];

const DOCUMENT: Labels = &[
    ("Number", Field::DocumentNumber),
    ("Issuing Authority", Field::Issuer),
    ("Issued Date", Field::IssuedOn),
    ("Expiration Date", Field::ExpiresOn),
];

/// Labels of fields that show as dots where they have no place of their own.
const SECRET: [&str; 8] = [
    "Password",
    "Pin",
    "PIN",
    "Account Number",
    "IBAN Number",
    "License Key",
    "Passphrase",
    "Private Key",
];

/// The note, or the item that it is.
pub(super) fn draft(text: &str) -> Draft {
    let Some(rest) = text.strip_prefix(TYPE) else {
        let mut draft = Draft::new(Kind::Note);
        draft.notes(text);
        return draft;
    };
    let (name, fields) = rest.split_once('\n').unwrap_or((rest, ""));
    let name = name.trim();
    let (kind, labels): (_, Labels) = match name {
        "Credit Card" => (Kind::Card, CARD),
        "Address" => (Kind::Identity, ADDRESS),
        "SSH Key" => (Kind::SshKey, SSH_KEY),
        "Wi-Fi Password" => (Kind::WiFi, WIFI),
        "Passport" | "Driver's License" | "Membership" => (Kind::Document, DOCUMENT),
        _ => (Kind::Custom, &[]),
    };
    let mut draft = Draft::new(kind);
    draft.put(
        Field::Type,
        "NoteType",
        if draft.kind().fields().contains(&Field::Type) {
            name
        } else {
            ""
        },
    );
    let fields = cut(fields);
    let lines = ["Address 1", "Address 2", "Address 3"].map(|line| value(&fields, line));
    if kind == Kind::Identity {
        draft.street("Address", &lines);
    }
    for (label, value) in &fields {
        if kind != Kind::Identity || !label.starts_with("Address ") {
            put(&mut draft, labels, label, value);
        }
    }
    draft
}

fn put(draft: &mut Draft, labels: Labels, label: &str, value: &str) {
    let kind = if SECRET.contains(&label) {
        FieldKind::Hidden
    } else {
        FieldKind::Text
    };
    match label {
        NOTES => draft.notes(value),
        LANGUAGE => {}
        _ => labels::put(draft, labels, (kind, label), &number(value)),
    }
}

/// The number of `{"num":"…","ext":"…","cc3l":"…"}`, as telephone numbers are kept.
fn number(value: &str) -> String {
    let is_object = value
        .starts_with('{')
        .then(|| Document::parse(value.as_bytes()).ok());
    let number = is_object
        .flatten()
        .map(|number| String::from(number.root().at("num").text()));
    number
        .filter(|number| !number.is_empty())
        .unwrap_or_else(|| value.into())
}

fn value<'a>(fields: &'a [(&str, String)], label: &str) -> &'a str {
    fields
        .iter()
        .find(|(known, _)| *known == label)
        .map_or("", |(_, value)| value)
}

/// Fields with their labels, in order; those that say nothing left away.
fn cut(text: &str) -> Vec<(&str, String)> {
    let mut fields: Vec<(&str, String)> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (line, below) = rest.split_once('\n').unwrap_or((rest, ""));
        match line.split_once(':').filter(|(label, _)| is_label(label)) {
            Some((NOTES, first)) => {
                let notes = [first, "\n", below].concat();
                fields.push((NOTES, notes.trim_end_matches('\n').into()));
                break;
            }
            Some((label, value)) => fields.push((label, value.trim_end_matches('\r').into())),
            None => {
                if let Some((_, value)) = fields.last_mut() {
                    value.push('\n');
                    value.push_str(line);
                }
            }
        }
        rest = below;
    }
    fields.retain(|(_, value)| !matches!(value.trim(), "" | "," | ",,"));
    fields
}

/// Whether it may stand before a colon; a line of a key file, base64, may not:
/// `Proc-Type: 4,ENCRYPTED` and `DEK-Info: …` stand in such a file.
fn is_label(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text != "Proc-Type"
        && text != "DEK-Info"
        && !text.contains("://")
}
