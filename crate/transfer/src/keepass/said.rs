//! What an item says, as strings of an entry and as marks beside it.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sigill_core::otp::Key;
use sigill_core::site::Rule;
use sigill_core::vault::item::{Field, Item, Passkey, Shelf};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::entry::FURTHER_URL;
use super::marks::{Marks, Meaning, PasskeyMarks};
use super::passkey;
use super::xml::is_writable;
use crate::spelled;

/// Keys that mean something to KeePass or its kin.
const TAKEN: [&str; 8] = [
    "Title",
    "UserName",
    "Password",
    "URL",
    "Notes",
    "otp",
    "TOTP Seed",
    "TOTP Settings",
];
/// How further such keys begin.
const TAKEN_STARTS: [&str; 4] = ["KPEX_", "KPXC_", "TimeOtp-", FURTHER_URL];

/// A string of an entry, on its way out.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(super) struct Text {
    pub(super) key: String,
    pub(super) value: String,
    pub(super) is_protected: bool,
}

/// What an item says, as strings of an entry and beside them.
pub(super) fn strings(item: &Item) -> (Vec<Text>, Marks) {
    let mut all = Strings(Vec::new());
    all.standard(item);
    let mut marks = Marks {
        kind: item.kind,
        favourite: item.favourite,
        strings: BTreeMap::new(),
        rules: rules(item),
        archived_since: match item.shelf {
            Shelf::Archived { since } => Some(since),
            Shelf::Active | Shelf::Trashed { .. } => None,
        },
        passkey: item.passkeys.iter().next().map(|passkey| {
            all.passkey(passkey);
            PasskeyMarks::of(passkey)
        }),
    };
    for value in &item.values {
        let field = value.field();
        if !STANDARD_FIELDS.contains(&field) {
            let key = all.further(&spelled(field), value.text(), field.is_secret());
            marks.strings.insert(key, Meaning::Field(field));
        }
    }
    for field in &item.fields {
        let key = all.further(&field.label, &field.value, field.kind.is_secret());
        marks.strings.insert(key, Meaning::custom(field));
    }
    (all.0, marks)
}

/// Addresses that have another rule than most.
fn rules(item: &Item) -> BTreeMap<String, Rule> {
    let ruled = item.urls.iter().filter(|url| url.is_ruled());
    ruled.map(|url| (url.text.clone(), url.rule)).collect()
}

const STANDARD_FIELDS: [Field; 4] = [Field::Username, Field::Password, Field::Notes, Field::Totp];

struct Strings(Vec<Text>);

impl Strings {
    fn push(&mut self, key: &str, value: &str, is_protected: bool) {
        self.0.push(Text {
            key: key.into(),
            value: value.into(),
            is_protected,
        });
    }

    /// The five that every entry has, further addresses, the key of codes.
    fn standard(&mut self, item: &Item) {
        let mut urls = item.urls.iter();
        self.push("Title", &item.name, false);
        self.push("UserName", item.value(Field::Username), false);
        self.push("Password", item.value(Field::Password), true);
        self.push("URL", urls.next().map_or("", |url| &url.text), false);
        self.push("Notes", item.value(Field::Notes), false);
        for (at, url) in urls.enumerate() {
            self.push(&format!("{FURTHER_URL}_{}", at + 1), &url.text, false);
        }
        let key = Key::tidied(item.value(Field::Totp));
        if key.starts_with("otpauth://") {
            self.push("otp", &key, true);
        } else if !key.is_empty() {
            self.push("TOTP Seed", &key, true);
            self.push("TOTP Settings", "30;6", false);
        }
    }

    fn passkey(&mut self, passkey: &Passkey) {
        let credential = URL_SAFE_NO_PAD.encode(&passkey.credential);
        let handle = URL_SAFE_NO_PAD.encode(&passkey.user_handle);
        let pem = crate::bytes::pem(&passkey.private_key);
        self.push(passkey::USERNAME, &passkey.user_name, false);
        self.push(passkey::CREDENTIAL, &credential, true);
        self.push(passkey::PRIVATE_KEY, &pem, true);
        self.push(passkey::RP, &passkey.rp, false);
        self.push(passkey::USER_HANDLE, &handle, true);
    }

    /// One under that label, or as near to it as nobody else has; its key.
    fn further(&mut self, label: &str, value: &str, is_secret: bool) -> String {
        let label: String = label.chars().filter(|c| is_writable(*c)).collect();
        let is_taken = label.trim().is_empty()
            || TAKEN.contains(&label.as_str())
            || TAKEN_STARTS.iter().any(|start| label.starts_with(start));
        let label = if is_taken {
            ["Field ", &label].concat()
        } else {
            label
        };
        let mut key = label.clone();
        let mut number = 1_u32;
        while self.0.iter().any(|text| text.key == key) {
            number += 1;
            key = format!("{label} ({number})");
        }
        self.push(&key, value, is_secret);
        key
    }
}

impl PasskeyMarks {
    fn of(passkey: &Passkey) -> Self {
        Self {
            display_name: passkey.display_name.clone(),
            counter: passkey.counter,
            created_at: passkey.created_at,
        }
    }
}
