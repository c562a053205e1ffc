//! An item of the Credential Exchange Format: its credentials say what it is.

use sigill_core::vault::item::{Field, FieldKind, Kind};

use super::{Folders, credential};
use crate::date;
use crate::draft::Draft;
use crate::entry::Reason;
use crate::json::Node;

/// Types of credentials, those first that say more of what an item is.
const KINDS: &[(&str, Kind)] = &[
    ("credit-card", Kind::Card),
    ("ssh-key", Kind::SshKey),
    ("wifi", Kind::WiFi),
    ("passport", Kind::Document),
    ("drivers-license", Kind::Document),
    ("identity-document", Kind::Document),
    ("basic-auth", Kind::Login),
    ("generated-password", Kind::Login),
    ("api-key", Kind::Login),
    ("totp", Kind::Login),
    ("passkey", Kind::Passkey),
    ("person-name", Kind::Identity),
    ("address", Kind::Identity),
    ("custom-fields", Kind::Custom),
    ("file", Kind::Document),
    ("note", Kind::Note),
];

pub(super) fn draft(item: Node<'_>, folders: &Folders<'_>) -> Result<Draft, Reason> {
    let credentials = item.at("credentials");
    if !credentials.is_list() {
        return Err(Reason::Shape);
    }
    let has = |kind: &str| credentials.list().any(|one| one.at("type").text() == kind);
    let kind = KINDS
        .iter()
        .find(|(kind, _)| has(kind))
        .map(|(_, kind)| *kind);
    let mut draft = Draft::new(kind.unwrap_or(Kind::Custom));
    about(&mut draft, item);
    let mut places = folders.get(item.at("id").text()).into_iter().flatten();
    draft.folder(places.next().map_or("", String::as_str));
    places.for_each(|place| draft.tag(place.trim_start_matches('/')));
    for credential in credentials.list() {
        credential::put(&mut draft, credential);
    }
    Ok(draft)
}

fn about(draft: &mut Draft, item: Node<'_>) {
    draft.name(item.at("title").text());
    draft.favourite(item.at("favorite").is_true());
    draft.created(item.at("creationAt").number().map_or(0, date::epoch));
    draft.custom(FieldKind::Text, "subtitle", item.at("subtitle").text());
    for url in item.at("scope").at("urls").list() {
        draft.url(url.text());
    }
    for app in item.at("scope").at("androidApps").list() {
        draft.custom(FieldKind::Text, "Android", app.at("bundleId").text());
    }
    for tag in item.at("tags").list() {
        draft.tag(tag.text());
    }
    if draft.kind().fields().contains(&Field::Type) {
        let kinds = item
            .at("credentials")
            .list()
            .map(|one| one.at("type").text());
        let known = ["passport", "drivers-license", "identity-document"];
        let kind = kinds.into_iter().find(|kind| known.contains(kind));
        draft.put(Field::Type, "type", kind.unwrap_or_default());
    }
}
