//! An item of 1Password: `categoryUuid` says what it is, `details` what it holds, in
//! `loginFields`, in sections of fields and in `notesPlain`.

use sigill_core::vault::item::{Field, FieldKind, Kind, Shelf};

use super::value;
use crate::draft::Draft;
use crate::entry::{Reason, What};
use crate::json::Node;
use crate::labels::Labels;

/// A category: its number, its name, the kind, and the ids of fields that we have too.
type Category = (&'static str, &'static str, Kind, Labels);

const LOGIN: Labels = &[
    ("username", Field::Username),
    ("password", Field::Password),
    ("credential", Field::Password),
];

const CARD: Labels = &[
    ("cardholder", Field::Holder),
    ("ccnum", Field::CardNumber),
    ("cvv", Field::SecurityCode),
    ("expiry", Field::Expiry),
    ("pin", Field::Pin),
    ("bank", Field::Bank),
];

const IDENTITY: Labels = &[
    ("firstname", Field::FirstName),
    ("lastname", Field::LastName),
    ("birthdate", Field::Birthday),
    ("email", Field::Email),
    ("defphone", Field::Phone),
    ("company", Field::Company),
];

const DOCUMENT: Labels = &[
    ("number", Field::DocumentNumber),
    ("membership_no", Field::DocumentNumber),
    ("issuing_authority", Field::Issuer),
    ("org_name", Field::Issuer),
    ("issue_date", Field::IssuedOn),
    ("expiry_date", Field::ExpiresOn),
];

const ROUTER: Labels = &[
    ("network_name", Field::Network),
    ("wireless_password", Field::Password),
    ("wireless_security", Field::Protection),
];

/// The categories, but for those that are a custom kind by their names.
const CATEGORIES: &[Category] = &[
    ("001", "Login", Kind::Login, LOGIN),
    ("002", "Credit Card", Kind::Card, CARD),
    ("003", "Secure Note", Kind::Note, &[]),
    ("004", "Identity", Kind::Identity, IDENTITY),
    ("005", "Password", Kind::Login, LOGIN),
    ("006", "Document", Kind::Document, &[]),
    ("100", "Software License", Kind::Custom, &[]),
    ("101", "Bank Account", Kind::Custom, &[]),
    ("102", "Database", Kind::Login, LOGIN),
    ("103", "Driver License", Kind::Document, DOCUMENT),
    ("104", "Outdoor License", Kind::Document, DOCUMENT),
    ("105", "Membership", Kind::Document, DOCUMENT),
    ("106", "Passport", Kind::Document, DOCUMENT),
    ("107", "Reward Program", Kind::Document, DOCUMENT),
    ("108", "Social Security Number", Kind::Document, DOCUMENT),
    ("109", "Wireless Router", Kind::WiFi, ROUTER),
    ("110", "Server", Kind::Login, LOGIN),
    ("111", "Email Account", Kind::Custom, &[]),
    ("112", "API Credential", Kind::Login, LOGIN),
    ("113", "Medical Record", Kind::Custom, &[]),
    ("114", "SSH Key", Kind::SshKey, &[]),
    ("115", "Crypto Wallet", Kind::Custom, &[]),
];

pub(super) fn draft(item: Node<'_>) -> Result<Draft, Reason> {
    let (overview, details) = (item.at("overview"), item.at("details"));
    if !item.is_object() || !overview.is_object() {
        return Err(Reason::Shape);
    }
    let number = item.at("categoryUuid").text();
    let known = CATEGORIES.iter().find(|(known, ..)| *known == number);
    let (_, category, kind, labels) = known.copied().unwrap_or(("", number, Kind::Custom, &[]));
    let mut draft = Draft::new(kind);
    about(&mut draft, item);
    if kind.fields().contains(&Field::Type) && number != "006" {
        draft.put(Field::Type, "category", category);
    }
    for field in details.at("loginFields").list() {
        login_field(&mut draft, field);
    }
    draft.put(Field::Password, "password", details.at("password").text());
    let sections = details.at("sections").list();
    for field in sections.flat_map(|section| section.at("fields").list()) {
        value::put(&mut draft, labels, field);
    }
    for past in details.at("passwordHistory").list() {
        let until = past.at("time").number().unwrap_or(0);
        draft.past(Field::Password, past.at("value").text(), until);
    }
    value::file(&mut draft, details.at("documentAttributes"));
    if details.at("passkey").is_there() {
        draft.leave_out(What::Passkey, details.at("passkey").at("rpId").text());
    }
    draft.notes(details.at("notesPlain").text());
    Ok(draft)
}

fn about(draft: &mut Draft, item: Node<'_>) {
    let overview = item.at("overview");
    draft.name(overview.at("title").text());
    draft.url(overview.at("url").text());
    for url in overview.at("urls").list() {
        draft.url(url.at("url").text());
    }
    for tag in overview.at("tags").list() {
        draft.tag(tag.text());
    }
    draft.favourite(item.at("favIndex").is_true());
    draft.created(item.at("createdAt").number().unwrap_or(0));
    match item.at("state").text() {
        "archived" => draft.shelve(Shelf::Archived { since: 0 }),
        "trashed" | "deleted" => draft.shelve(Shelf::Trashed { since: 0 }),
        _ => {}
    }
}

/// A field of a web form; `designation` names the two that matter.
fn login_field(draft: &mut Draft, field: Node<'_>) {
    let (name, value) = (field.at("name").text(), field.at("value").shown());
    match (field.at("designation").text(), field.at("fieldType").text()) {
        ("username", _) => draft.put(Field::Username, name, &value),
        ("password", _) => draft.put(Field::Password, name, &value),
        (_, "P") => draft.custom(FieldKind::Hidden, name, &value),
        // Buttons and ticks of the form say nothing of the person.
        (_, "I" | "B" | "C") => {}
        _ => draft.custom(FieldKind::Text, name, &value),
    }
}
