//! The FIDO Alliance's Credential Exchange Format 1.0, as one JSON document in
//! the clear: an account, its folders as collections, its items as credentials.
//!
//! What its credentials have no member for becomes `custom-fields`. A passkey
//! that counts is left out, as the format asks: two would count apart.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sigill_core::otp::{Form, Key, Moving};
use sigill_core::vault::item::{CustomField, Field, FieldKind, Item, Kind, Passkey, Shape};
use sigill_core::wire::Seconds;
use zeroize::Zeroizing;

use super::json::Json;
use crate::bytes::from_pem;
use crate::folders::Folder;
use crate::spelled;

/// A member, the type of its field, and the field that it holds.
type Members = &'static [(&'static str, &'static str, Field)];

const TEXT: &str = "string";
const HIDDEN: &str = "concealed-string";

const LOGIN: Members = &[
    ("username", TEXT, Field::Username),
    ("password", HIDDEN, Field::Password),
];

const CARD: Members = &[
    ("number", HIDDEN, Field::CardNumber),
    ("fullName", TEXT, Field::Holder),
    ("verificationNumber", HIDDEN, Field::SecurityCode),
    ("pin", HIDDEN, Field::Pin),
    ("expiryDate", "year-month", Field::Expiry),
];

const NAME: Members = &[
    ("given", TEXT, Field::FirstName),
    ("given2", TEXT, Field::MiddleName),
    ("surname", TEXT, Field::LastName),
];

const ADDRESS: Members = &[
    ("streetAddress", TEXT, Field::Street),
    ("postalCode", TEXT, Field::PostalCode),
    ("city", TEXT, Field::City),
    ("territory", TEXT, Field::Region),
    ("country", TEXT, Field::Country),
    ("tel", TEXT, Field::Phone),
];

const DOCUMENT: Members = &[
    ("documentNumber", HIDDEN, Field::DocumentNumber),
    ("issuingAuthority", TEXT, Field::Issuer),
    ("issueDate", "date", Field::IssuedOn),
    ("expiryDate", "date", Field::ExpiresOn),
];

const WIFI: Members = &[
    ("ssid", TEXT, Field::Network),
    ("passphrase", HIDDEN, Field::Password),
    (
        "networkSecurityType",
        "wifi-network-security-type",
        Field::Protection,
    ),
];

/// The credentials that a kind is made of.
const fn credentials(kind: Kind) -> &'static [(&'static str, Members)] {
    match kind {
        Kind::Login => &[("basic-auth", LOGIN)],
        Kind::Card => &[("credit-card", CARD)],
        Kind::Identity => &[("person-name", NAME), ("address", ADDRESS)],
        Kind::Document => &[("identity-document", DOCUMENT)],
        Kind::WiFi => &[("wifi", WIFI)],
        Kind::Note | Kind::SshKey | Kind::Passkey | Kind::Custom => &[],
    }
}

/// The document, of `now`.
pub(super) fn document(items: &[&Item], now: Seconds) -> Zeroizing<Vec<u8>> {
    let mut folders = Folder::default();
    for (at, item) in items.iter().enumerate() {
        folders.put(at, item);
    }
    let all = items.iter().enumerate();
    let account = Json::Object(vec![
        ("id", id(0xacc0, 0)),
        ("username", Json::Text("")),
        ("email", Json::Text("")),
        ("collections", collections(&folders, &mut 0)),
        (
            "items",
            Json::List(all.map(|(at, one)| item(at, one)).collect()),
        ),
    ]);
    let version = vec![("major", Json::Number(1)), ("minor", Json::Number(0))];
    let root = Json::Object(vec![
        ("version", Json::Object(version)),
        ("exporterRpId", Json::Text("sigill.invalid")),
        ("exporterDisplayName", Json::Text("Sigill")),
        ("timestamp", Json::Number(now)),
        ("accounts", Json::List(vec![account])),
    ]);
    root.to_bytes()
}

/// An id for this file alone: importers make their own.
fn id<'a>(group: u16, at: usize) -> Json<'a> {
    let bytes = [&group.to_be_bytes()[..], &at.to_be_bytes()].concat();
    Json::made(URL_SAFE_NO_PAD.encode(bytes))
}

fn collections<'a>(folder: &Folder<'a>, count: &mut usize) -> Json<'a> {
    let mut all = Vec::new();
    for (name, folder) in &folder.folders {
        *count += 1;
        let linked = |(at, _): &(usize, &Item)| Json::Object(vec![("item", id(ITEM, *at))]);
        all.push(Json::Object(vec![
            ("id", id(0xf01d, *count)),
            ("title", Json::Text(name)),
            (
                "items",
                Json::List(folder.items.iter().map(linked).collect()),
            ),
            ("subCollections", collections(folder, count)),
        ]));
    }
    Json::List(all)
}

const ITEM: u16 = 0x17e3;

fn item(at: usize, item: &Item) -> Json<'_> {
    let list = |texts: &mut dyn Iterator<Item = &'_ str>| {
        Json::List(texts.map(|text| Json::made(text.to_owned())).collect())
    };
    let scope = Json::Object(vec![
        ("urls", list(&mut item.places())),
        ("androidApps", Json::List(Vec::new())),
    ]);
    Json::Object(vec![
        ("id", id(ITEM, at)),
        ("creationAt", Json::Number(item.created_at)),
        ("modifiedAt", Json::Number(item.modified_at)),
        ("title", Json::Text(&item.name)),
        ("favorite", Json::Bool(item.favourite)),
        (
            "scope",
            if item.places().next().is_none() {
                Json::Left
            } else {
                scope
            },
        ),
        ("credentials", Json::List(all_credentials(item))),
        ("tags", list(&mut item.tags.iter().map(String::as_str))),
    ])
}

fn all_credentials(item: &Item) -> Vec<Json<'_>> {
    let mut all = Vec::new();
    let mut placed = vec![Field::Notes];
    for (name, members) in credentials(item.kind) {
        all.push(credential(item, name, members));
        placed.extend(members.iter().map(|(_, _, field)| *field));
    }
    if let Some(key) = ssh_key(item) {
        all.push(key);
        placed.push(Field::PrivateKey);
    }
    if let Some(key) = totp(item) {
        all.push(key);
        placed.push(Field::Totp);
    }
    let passkeys = item.passkeys.iter().filter(|passkey| passkey.counter == 0);
    all.extend(passkeys.map(passkey));
    all.extend(custom_fields(item, &placed));
    let notes = item.value(Field::Notes);
    if !notes.is_empty() || all.is_empty() {
        let content = editable(TEXT, Json::Text(notes), Json::Left);
        all.push(Json::Object(vec![
            ("type", Json::Text("note")),
            ("content", content),
        ]));
    }
    all
}

fn credential<'a>(item: &'a Item, name: &'static str, members: Members) -> Json<'a> {
    let mut credential = vec![("type", Json::Text(name))];
    for (name, kind, field) in members {
        let value = item.value(*field);
        if !value.is_empty() {
            credential.push((name, editable(kind, Json::Text(value), Json::Left)));
        }
    }
    Json::Object(credential)
}

fn editable<'a>(kind: &'static str, value: Json<'a>, label: Json<'a>) -> Json<'a> {
    Json::Object(vec![
        ("fieldType", Json::Text(kind)),
        ("value", value),
        ("label", label),
    ])
}

/// Only a key in PKCS #8 has a place: the format takes no other.
fn ssh_key(item: &Item) -> Option<Json<'_>> {
    let pem = item.value(Field::PrivateKey);
    let der = from_pem(pem)?;
    let public = item.value(Field::PublicKey);
    (item.kind == Kind::SshKey).then(|| {
        Json::Object(vec![
            ("type", Json::Text("ssh-key")),
            (
                "keyType",
                Json::Text(public.split(' ').next().unwrap_or_default()),
            ),
            ("privateKey", Json::made(URL_SAFE_NO_PAD.encode(&*der))),
        ])
    })
}

/// Only codes of digits by the clock have a place.
fn totp(item: &Item) -> Option<Json<'_>> {
    let key = Key::parse(item.value(Field::Totp)).ok()?;
    let (Form::Digits(digits), Moving::Clock(period)) = (key.form(), key.moving()) else {
        return None;
    };
    let text = |text: &str| {
        if text.is_empty() {
            Json::Left
        } else {
            Json::made(text.to_owned())
        }
    };
    Some(Json::Object(vec![
        ("type", Json::Text("totp")),
        ("secret", text(&key.secret().text())),
        ("period", Json::Number(period)),
        ("digits", Json::Number(digits.into())),
        ("username", text(key.account())),
        (
            "algorithm",
            text(&key.algorithm().key().to_ascii_lowercase()),
        ),
        ("issuer", text(key.issuer())),
    ]))
}

fn passkey(passkey: &Passkey) -> Json<'_> {
    let base64 = |bytes: &[u8]| Json::made(URL_SAFE_NO_PAD.encode(bytes));
    Json::Object(vec![
        ("type", Json::Text("passkey")),
        ("credentialId", base64(&passkey.credential)),
        ("rpId", Json::Text(&passkey.rp)),
        ("username", Json::Text(&passkey.user_name)),
        ("userDisplayName", Json::Text(&passkey.display_name)),
        ("userHandle", base64(&passkey.user_handle)),
        ("key", base64(&passkey.private_key)),
    ])
}

/// Values without a member of their own, and the person's own fields.
fn custom_fields<'a>(item: &'a Item, placed: &[Field]) -> Option<Json<'a>> {
    let values = item
        .values
        .iter()
        .filter(|value| !placed.contains(&value.field()));
    let values = values.map(|value| {
        let label = Json::made(spelled(value.field()));
        editable(type_of(value.field()), Json::Text(value.text()), label)
    });
    let own = item.fields.iter().map(|field: &CustomField| {
        let label = Json::Text(&field.label);
        editable(type_of_own(field.kind), Json::Text(&field.value), label)
    });
    let fields: Vec<_> = values.chain(own).collect();
    (!fields.is_empty()).then(|| {
        let about = vec![
            ("type", Json::Text("custom-fields")),
            ("fields", Json::List(fields)),
        ];
        Json::Object(about)
    })
}

const fn type_of(field: Field) -> &'static str {
    match field.shape() {
        Shape::Email => "email",
        Shape::Date => "date",
        Shape::Month => "year-month",
        Shape::Line | Shape::Phone | Shape::Lines => TEXT,
        Shape::Secret | Shape::SecretLines | Shape::CardNumber | Shape::Totp => HIDDEN,
    }
}

const fn type_of_own(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text | FieldKind::Url => TEXT,
        FieldKind::Hidden | FieldKind::Totp => HIDDEN,
        FieldKind::Boolean => "boolean",
        FieldKind::Date => "date",
    }
}
