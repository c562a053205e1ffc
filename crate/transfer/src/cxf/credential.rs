//! A credential of the Credential Exchange Format. Most are members that are editable
//! fields: `{fieldType, value, label?}`.

use sigill_core::vault::item::{Field, FieldKind, Passkey};
use zeroize::Zeroizing;

use super::labels::{ADDRESS, CARD, DOCUMENT, LOGIN, NAME, WIFI};
use crate::bytes::{base64, pem};
use crate::date;
use crate::draft::Draft;
use crate::entry::What;
use crate::json::Node;
use crate::labels::{self, Labels};
use crate::otp::Settings;

pub(super) fn put(draft: &mut Draft, credential: Node<'_>) {
    match credential.at("type").text() {
        "basic-auth" | "api-key" => fields(draft, credential, LOGIN),
        "credit-card" => fields(draft, credential, CARD),
        "address" => fields(draft, credential, ADDRESS),
        "person-name" => fields(draft, credential, NAME),
        "wifi" => fields(draft, credential, WIFI),
        "passport" | "drivers-license" | "identity-document" => fields(draft, credential, DOCUMENT),
        "generated-password" => {
            draft.put(
                Field::Password,
                "password",
                credential.at("password").text(),
            );
        }
        "note" => draft.notes(credential.at("content").at("value").text()),
        "totp" => totp(draft, credential),
        "passkey" => draft.passkey(passkey(credential), credential.at("rpId").text()),
        "ssh-key" => ssh_key(draft, credential),
        "custom-fields" => custom(draft, credential),
        "file" => draft.leave_out(What::Attachment, credential.at("name").text()),
        // Another item is one of its own.
        "item-reference" => {}
        _ => fields(draft, credential, &[]),
    }
}

fn fields(draft: &mut Draft, credential: Node<'_>, labels: Labels) {
    for (name, field) in credential.members() {
        let value = field.at("value").shown();
        match labels::find(labels, name) {
            Some(place) => draft.put(place, name, &value),
            None if name == "url" => draft.url(&value),
            None => {
                let label = field.at("label").text();
                let label = if label.is_empty() { name } else { label };
                own(draft, (field.at("fieldType").text(), label), &value);
            }
        }
    }
}

fn custom(draft: &mut Draft, credential: Node<'_>) {
    for field in credential.at("fields").list() {
        let about = (field.at("fieldType").text(), field.at("label").text());
        own(draft, about, &field.at("value").shown());
    }
}

fn own(draft: &mut Draft, (kind, label): (&str, &str), value: &str) {
    let kind = match kind {
        "concealed-string" => FieldKind::Hidden,
        "boolean" => FieldKind::Boolean,
        "date" => FieldKind::Date,
        _ => FieldKind::Text,
    };
    draft.custom(kind, label, value);
}

fn totp(draft: &mut Draft, totp: Node<'_>) {
    let settings = Settings {
        secret: totp.at("secret").text(),
        issuer: totp.at("issuer").text(),
        account: totp.at("username").text(),
        algorithm: totp.at("algorithm").text(),
        digits: totp.at("digits").number().unwrap_or(6),
        period: totp.at("period").number().unwrap_or(30),
    };
    draft.totp("TOTP", &settings.uri());
}

/// Whoever imports one sets its count to 0.
fn passkey(passkey: Node<'_>) -> Option<Passkey> {
    let credential = base64(passkey.at("credentialId").text())?;
    let private_key = base64(passkey.at("key").text())?;
    let is_one = !credential.is_empty() && !private_key.is_empty();
    is_one.then_some(())?;
    Some(Passkey {
        credential,
        rp: passkey.at("rpId").text().into(),
        user_handle: base64(passkey.at("userHandle").text())?,
        user_name: passkey.at("username").text().into(),
        display_name: passkey.at("userDisplayName").text().into(),
        private_key,
        counter: 0,
        created_at: passkey.at("creationAt").number().map_or(0, date::epoch),
    })
}

/// The private key is PKCS #8 in base64url; an item keeps it as a file of it has it.
fn ssh_key(draft: &mut Draft, key: Node<'_>) {
    let text = key.at("privateKey").text();
    match base64(text).map(Zeroizing::new) {
        Some(der) => {
            let mut pem = pem(&der);
            pem.push('\n');
            draft.put(Field::PrivateKey, "privateKey", &pem);
        }
        None => draft.put(Field::PrivateKey, "privateKey", text),
    }
    draft.custom(FieldKind::Text, "keyType", key.at("keyType").text());
    draft.custom(FieldKind::Text, "keyComment", key.at("keyComment").text());
    for (label, kind) in [
        ("creationDate", FieldKind::Date),
        ("expiryDate", FieldKind::Date),
        ("keyGenerationSource", FieldKind::Text),
    ] {
        draft.custom(kind, label, key.at(label).at("value").text());
    }
}
