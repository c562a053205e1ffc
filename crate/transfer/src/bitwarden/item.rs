//! An item of Bitwarden's JSON: `type` says what it is, a member of that name what it
//! holds; `fields` are the person's own, `passwordHistory` what its password was.

use std::collections::BTreeMap;

use sigill_core::site::Rule;
use sigill_core::vault::item::{Field, FieldKind, Kind, Passkey, Shelf};

use super::members::{CARD, IDENTITY};
use crate::bytes;
use crate::date;
use crate::draft::Draft;
use crate::entry::{Reason, What};
use crate::json::Node;
use crate::labels::{self, Labels};

const SSH_KEY: Labels = &[
    ("privateKey", Field::PrivateKey),
    ("publicKey", Field::PublicKey),
    ("keyFingerprint", Field::Fingerprint),
    ("fingerprint", Field::Fingerprint),
];

/// Members that show as dots where they have no field.
const SECRET: [&str; 8] = [
    "passportNumber",
    "licenseNumber",
    "accountNumber",
    "routingNumber",
    "iban",
    "swiftCode",
    "pin",
    "nationalIdentificationNumber",
];

/// The members that hold what an item of a known type is about.
const KNOWN: [&str; 5] = ["login", "secureNote", "card", "identity", "sshKey"];

/// An item; `places` names folders and collections by their ids.
pub(super) fn draft(item: Node<'_>, places: &BTreeMap<&str, &str>) -> Result<Draft, Reason> {
    if !item.is_object() {
        return Err(Reason::Shape);
    }
    let mut draft = about(item)?;
    draft.name(item.at("name").text());
    draft.notes(item.at("notes").text());
    draft.favourite(item.at("favorite").is_true());
    put_away(&mut draft, item, places);
    for field in item.at("fields").list() {
        custom(&mut draft, field);
    }
    for past in item.at("passwordHistory").list() {
        let until = date::moment(past.at("lastUsedDate").text()).unwrap_or(0);
        draft.past(Field::Password, past.at("password").text(), until);
    }
    Ok(draft)
}

fn about(item: Node<'_>) -> Result<Draft, Reason> {
    Ok(match item.at("type").number().ok_or(Reason::Shape)? {
        1 => login(item.at("login")),
        2 => Draft::new(Kind::Note),
        3 => card(item.at("card")),
        4 => identity(item.at("identity")),
        5 => labelled(Kind::SshKey, item.at("sshKey"), SSH_KEY),
        _ => other(item),
    })
}

fn login(login: Node<'_>) -> Draft {
    let mut draft = Draft::new(Kind::Login);
    for uri in login.at("uris").list() {
        url(&mut draft, uri);
    }
    draft.put(Field::Username, "username", login.at("username").text());
    draft.put(Field::Password, "password", login.at("password").text());
    draft.totp("totp", login.at("totp").text());
    for credential in login.at("fido2Credentials").list() {
        draft.passkey(passkey(credential), credential.at("rpId").text());
    }
    draft
}

/// By Bitwarden's number of a rule (4 is a regular expression); without one by
/// whatever the person set there for all, which most leave at the domain.
fn url(draft: &mut Draft, uri: Node<'_>) {
    let text = uri.at("uri").text();
    let rule = match uri.at("match").number() {
        Some(1) => Rule::Host,
        Some(2) => Rule::StartsWith,
        Some(3) => Rule::Exact,
        Some(4) => {
            draft.leave_out(What::Regex, text);
            Rule::Exact // an expression read as an address could be any site's
        }
        Some(5) => Rule::Never,
        Some(_) | None => Rule::Domain,
    };
    draft.url_by(text, rule);
}

/// Its id is a UUID, or `b64.` and base64url; its key is PKCS #8 in base64url.
fn passkey(credential: Node<'_>) -> Option<Passkey> {
    let id = credential.at("credentialId").text();
    let private_key = bytes::base64(credential.at("keyValue").text())?;
    Some(Passkey {
        credential: match id.strip_prefix("b64.") {
            Some(id) => bytes::base64(id)?,
            None => bytes::uuid(id)?,
        },
        rp: credential.at("rpId").text().into(),
        user_handle: bytes::base64(credential.at("userHandle").text())?,
        user_name: credential.at("userName").text().into(),
        display_name: credential.at("userDisplayName").text().into(),
        private_key: (!private_key.is_empty()).then_some(private_key)?,
        counter: credential.at("counter").number().unwrap_or(0),
        created_at: date::moment(credential.at("creationDate").text()).unwrap_or(0),
    })
}

fn card(card: Node<'_>) -> Draft {
    let mut draft = labelled(Kind::Card, card, CARD);
    let (month, year) = (card.at("expMonth").shown(), card.at("expYear").shown());
    let expiry = date::month_of(&month, &year);
    let raw = [month.trim(), year.trim()].join("/");
    match expiry {
        Some(expiry) => draft.put(Field::Expiry, "expiry", &expiry),
        None => draft.custom(FieldKind::Text, "expiry", raw.trim_matches('/')),
    }
    draft
}

fn identity(identity: Node<'_>) -> Draft {
    let mut draft = labelled(Kind::Identity, identity, IDENTITY);
    let lines = ["address1", "address2", "address3"].map(|line| identity.at(line).text());
    draft.street("address", &lines);
    draft
}

/// Members by their labels; expiry and address are made of several.
fn labelled(kind: Kind, members: Node<'_>, labels: Labels) -> Draft {
    let mut draft = Draft::new(kind);
    for (label, value) in members.members() {
        if !label.starts_with("address") && !matches!(label, "expMonth" | "expYear") {
            let kind = if SECRET.contains(&label) {
                FieldKind::Hidden
            } else {
                FieldKind::Text
            };
            labels::put(&mut draft, labels, (kind, label), &value.shown());
        }
    }
    draft
}

/// An item of a type that is not known: whatever it holds.
fn other(item: Node<'_>) -> Draft {
    let mut draft = Draft::new(Kind::Custom);
    let about = item
        .members()
        .filter(|(name, value)| value.is_object() && !KNOWN.contains(name));
    for (name, members) in about {
        draft.put(Field::Type, "type", name);
        for (label, value) in members.members() {
            let kind = if SECRET.contains(&label) {
                FieldKind::Hidden
            } else {
                FieldKind::Text
            };
            draft.custom(kind, label, &value.shown());
        }
    }
    draft
}

/// Folder, archive and trash. An item in several collections has the others as tags.
fn put_away(draft: &mut Draft, item: Node<'_>, places: &BTreeMap<&str, &str>) {
    let name = |id: Node<'_>| places.get(id.text()).copied();
    let mut collections = item.at("collectionIds").list().filter_map(name);
    let folder = name(item.at("folderId")).or_else(|| collections.next());
    draft.folder(folder.unwrap_or_default());
    collections.for_each(|collection| draft.tag(collection));
    draft.created(date::moment(item.at("creationDate").text()).unwrap_or(0));
    if item.at("archivedDate").is_there() {
        let since = date::moment(item.at("archivedDate").text()).unwrap_or(0);
        draft.shelve(Shelf::Archived { since });
    }
    if item.at("deletedDate").is_there() {
        let since = date::moment(item.at("deletedDate").text()).unwrap_or(0);
        draft.shelve(Shelf::Trashed { since });
    }
}

/// Types are 0 text, 1 hidden, 2 boolean; one of type 3 stands for another field.
fn custom(draft: &mut Draft, field: Node<'_>) {
    let kind = match field.at("type").number() {
        Some(1) => FieldKind::Hidden,
        Some(2) => FieldKind::Boolean,
        Some(3) => return,
        Some(_) | None => FieldKind::Text,
    };
    draft.custom(kind, field.at("name").text(), &field.at("value").shown());
}
