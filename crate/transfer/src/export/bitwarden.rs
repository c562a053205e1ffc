//! Bitwarden's JSON, unencrypted, as its own export of a person's vault is.
//!
//! What Bitwarden has no type for (documents, networks, kinds of the person's
//! own) becomes a secure note with fields; a passkey of its own becomes a login.
//! Values without a member of their own become custom fields.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sigill_core::otp::{Form, Key};
use sigill_core::site::Rule;
use sigill_core::vault::item::{
    CustomField, Field, FieldKind, Item, Kind, Part, Passkey, Past, Shelf, Url,
};
use zeroize::Zeroizing;

use super::json::Json;
use crate::bitwarden::members::{CARD, IDENTITY};
use crate::keepass::time::moment;
use crate::labels::Labels;
use crate::spelled;

const SSH_KEY: Labels = &[
    ("privateKey", Field::PrivateKey),
    ("publicKey", Field::PublicKey),
    ("keyFingerprint", Field::Fingerprint),
];

/// Numbers of types.
const LOGIN: u64 = 1;
const NOTE: u64 = 2;
const CARD_TYPE: u64 = 3;
const IDENTITY_TYPE: u64 = 4;
const SSH_KEY_TYPE: u64 = 5;

/// The document.
pub(super) fn document(items: &[&Item]) -> Zeroizing<Vec<u8>> {
    let mut folders = BTreeMap::new();
    for item in items.iter().filter(|item| !item.folder.is_empty()) {
        let next = folders.len();
        folders.entry(item.folder.as_str()).or_insert(next);
    }
    let folder = |(name, at): (&&'_ str, &usize)| {
        Json::Object(vec![
            ("id", Json::made(uuid(0xf01d, *at))),
            ("name", Json::made((*name).to_owned())),
        ])
    };
    let all = items.iter().zip(0..);
    let root = Json::Object(vec![
        ("encrypted", Json::Bool(false)),
        ("folders", Json::List(folders.iter().map(folder).collect())),
        (
            "items",
            Json::List(
                all.map(|(item, at)| self::item(item, at, &folders))
                    .collect(),
            ),
        ),
    ]);
    root.to_bytes()
}

/// An id for this file alone: importers make their own.
fn uuid(group: u16, at: usize) -> String {
    format!("00000000-{group:04x}-4000-8000-{at:012x}")
}

fn item<'a>(item: &'a Item, at: usize, folders: &BTreeMap<&str, usize>) -> Json<'a> {
    let (number, name, about, placed) = about(item);
    let (archived, deleted) = match item.shelf {
        Shelf::Active => (Json::Left, Json::Null),
        Shelf::Archived { since } => (Json::made(moment(since)), Json::Null),
        Shelf::Trashed { since } => (Json::Left, Json::made(moment(since))),
    };
    let folder = folders.get(item.folder.as_str());
    let history: Vec<_> = item.history.iter().filter_map(past).collect();
    Json::Object(vec![
        (
            "passwordHistory",
            if history.is_empty() {
                Json::Null
            } else {
                Json::List(history)
            },
        ),
        ("revisionDate", Json::made(moment(item.modified_at))),
        ("creationDate", Json::made(moment(item.created_at))),
        ("archivedDate", archived),
        ("deletedDate", deleted),
        ("id", Json::made(uuid(0x17e3, at))),
        ("organizationId", Json::Null),
        (
            "folderId",
            folder.map_or(Json::Null, |at| Json::made(uuid(0xf01d, *at))),
        ),
        ("type", Json::Number(number)),
        ("reprompt", Json::Number(0)),
        ("name", Json::Text(&item.name)),
        ("notes", Json::or_null(item.value(Field::Notes))),
        ("favorite", Json::Bool(item.favourite)),
        ("fields", Json::List(fields(item, &placed))),
        (name, about),
        ("collectionIds", Json::Null),
    ])
}

/// Its type, the member that says what it is about, and the fields that have
/// a place there.
fn about(item: &Item) -> (u64, &'static str, Json<'_>, Vec<Field>) {
    let placed = |members: Labels| members.iter().map(|(_, field)| *field);
    match item.kind {
        Kind::Login | Kind::Passkey => {
            let placed = vec![Field::Username, Field::Password, Field::Totp];
            (LOGIN, "login", login(item), placed)
        }
        Kind::Card => {
            let (about, expiry) = card(item);
            let placed = placed(CARD).chain(expiry).collect();
            (CARD_TYPE, "card", about, placed)
        }
        Kind::Identity => {
            let placed = placed(IDENTITY).chain([Field::Street]).collect();
            (IDENTITY_TYPE, "identity", identity(item), placed)
        }
        Kind::SshKey => {
            let about = Json::Object(members(item, SSH_KEY));
            (SSH_KEY_TYPE, "sshKey", about, placed(SSH_KEY).collect())
        }
        Kind::Note | Kind::Document | Kind::WiFi | Kind::Custom => {
            let about = Json::Object(vec![("type", Json::Number(0))]);
            (NOTE, "secureNote", about, Vec::new())
        }
    }
}

fn members<'a>(item: &'a Item, members: Labels) -> Vec<(&'static str, Json<'a>)> {
    let member = |(name, field): &(&'static str, Field)| (*name, Json::or_null(item.value(*field)));
    members.iter().map(member).collect()
}

fn login(item: &Item) -> Json<'_> {
    Json::Object(vec![
        (
            "fido2Credentials",
            Json::List(item.passkeys.iter().map(passkey).collect()),
        ),
        ("uris", Json::List(item.urls.iter().map(uri).collect())),
        ("username", Json::or_null(item.value(Field::Username))),
        ("password", Json::or_null(item.value(Field::Password))),
        ("totp", totp(item.value(Field::Totp))),
    ])
}

fn uri(url: &Url) -> Json<'_> {
    let rule = number_of(url.rule).map_or(Json::Null, Json::Number);
    Json::Object(vec![("match", rule), ("uri", Json::Text(&url.text))])
}

/// Without a number it is by whatever the person sets there for all.
const fn number_of(rule: Rule) -> Option<u64> {
    match rule {
        Rule::Domain => None,
        Rule::Host => Some(1),
        Rule::StartsWith => Some(2),
        Rule::Exact => Some(3),
        Rule::Never => Some(5),
    }
}

/// A Steam key has an address of its own.
fn totp(text: &str) -> Json<'_> {
    match Key::parse(text) {
        Ok(key) if key.form() == Form::Steam => {
            Json::made(["steam://", &key.secret().text()].concat())
        }
        Ok(_) | Err(_) => Json::or_null(text),
    }
}

/// Its id is a UUID where it has 16 bytes, else `b64.` and base64url.
fn passkey(passkey: &Passkey) -> Json<'_> {
    let base64 = |bytes: &[u8]| Json::made(URL_SAFE_NO_PAD.encode(bytes));
    let id = match <[u8; 16]>::try_from(passkey.credential.as_slice()) {
        Ok(bytes) => {
            let hex = format!("{:032x}", u128::from_be_bytes(bytes));
            let cut = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
            [cut(0, 8), cut(8, 12), cut(12, 16), cut(16, 20), cut(20, 32)].join("-")
        }
        Err(_) => ["b64.", &URL_SAFE_NO_PAD.encode(&passkey.credential)].concat(),
    };
    Json::Object(vec![
        ("credentialId", Json::made(id)),
        ("keyType", Json::Text("public-key")),
        ("keyAlgorithm", Json::Text("ECDSA")),
        ("keyCurve", Json::Text("P-256")),
        ("keyValue", base64(&passkey.private_key)),
        ("rpId", Json::Text(&passkey.rp)),
        ("userHandle", base64(&passkey.user_handle)),
        ("userName", Json::Text(&passkey.user_name)),
        ("counter", Json::made(passkey.counter.to_string())),
        ("rpName", Json::Text(&passkey.rp)),
        ("userDisplayName", Json::Text(&passkey.display_name)),
        ("discoverable", Json::Text("true")),
        ("creationDate", Json::made(moment(passkey.created_at))),
    ])
}

/// The month and the year of its expiry stand apart.
fn card(item: &Item) -> (Json<'_>, Option<Field>) {
    let mut card = members(item, CARD);
    card.push(("brand", Json::Null));
    let expiry = item.value(Field::Expiry).split_once('-');
    let (year, month) = expiry.unwrap_or_default();
    let is_one = year.len() == 4 && month.len() == 2 && item.value(Field::Expiry).len() == 7;
    if !is_one {
        return (Json::Object(card), None);
    }
    card.push(("expMonth", Json::Text(month.trim_start_matches('0'))));
    card.push(("expYear", Json::Text(year)));
    (Json::Object(card), Some(Field::Expiry))
}

/// An address has three lines there.
fn identity(item: &Item) -> Json<'_> {
    let mut identity = members(item, IDENTITY);
    let mut lines = item.value(Field::Street).splitn(3, '\n');
    for name in ["address1", "address2", "address3"] {
        identity.push((name, Json::or_null(lines.next().unwrap_or_default())));
    }
    Json::Object(identity)
}

/// Values that have no place, addresses of what is no login, the person's own.
fn fields<'a>(item: &'a Item, placed: &[Field]) -> Vec<Json<'a>> {
    let mut fields = Vec::new();
    for value in &item.values {
        if value.field() != Field::Notes && !placed.contains(&value.field()) {
            let name = Json::made(spelled(value.field()));
            fields.push(field(
                name,
                value.text(),
                u64::from(value.field().is_secret()),
            ));
        }
    }
    if !matches!(item.kind, Kind::Login | Kind::Passkey) {
        let urls = item.urls.iter();
        fields.extend(urls.map(|url| field(Json::Text("URL"), &url.text, 0)));
    }
    let own = |own: &'a CustomField| field(Json::Text(&own.label), &own.value, number(own.kind));
    fields.extend(item.fields.iter().map(own));
    fields
}

const fn number(kind: FieldKind) -> u64 {
    match kind {
        FieldKind::Text | FieldKind::Date | FieldKind::Url => 0,
        FieldKind::Hidden | FieldKind::Totp => 1,
        FieldKind::Boolean => 2,
    }
}

fn field<'a>(name: Json<'a>, value: &'a str, number: u64) -> Json<'a> {
    Json::Object(vec![
        ("name", name),
        ("value", Json::Text(value)),
        ("type", Json::Number(number)),
        ("linkedId", Json::Null),
    ])
}

fn past(past: &Past) -> Option<Json<'_>> {
    (past.part == Part::Field(Field::Password)).then(|| {
        Json::Object(vec![
            ("lastUsedDate", Json::made(moment(past.until))),
            ("password", Json::Text(&past.value)),
        ])
    })
}
