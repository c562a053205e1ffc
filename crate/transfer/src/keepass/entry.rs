//! An entry of KeePass as an item, its history by playing its versions again.

use sigill_core::order::sorted;
use sigill_core::site::host;
use sigill_core::vault::item::{CustomField, Field, FieldKind, Item, Kind, Shelf, Url};

use super::marks::{Marks, Meaning};
use super::strings::{Strings, Text};
use super::xml::{Node, says_yes};
use super::{otp, passkey, time};
use crate::limit::MOST_MEMBERS_OF_ITEM;

/// Further addresses, as Keepass2Android and KeePassXC keep them.
pub(super) const FURTHER_URL: &str = "KP2A_URL";

/// What a custom field for the day is called that an entry expires on.
const EXPIRES: &str = "Expires";

/// The item, and what stood there before in its history.
pub(super) fn item(entry: &Node) -> Item {
    let history = entry.child("History");
    let before = history.iter().flat_map(|history| history.all("Entry"));
    let before = before.map(version);
    let mut before = sorted(before, |one, next| one.modified_at.cmp(&next.modified_at));
    // Older ones would leave the history again.
    let newest = before.len().saturating_sub(Item::HISTORY);
    let before = before.drain(newest..);
    let versions = before.chain([version(entry)]);
    let revise = |earlier: Item, next: Item| {
        let at = next.modified_at;
        earlier.revised(next, at)
    };
    // There is one at least: the entry itself.
    versions.reduce(revise).unwrap_or_default()
}

/// A version of it.
fn version(entry: &Node) -> Item {
    let times = entry.child("Times");
    let time = |name| times.and_then(|times| time::read(times.text_of(name)));
    let mut strings = Strings::of(entry);
    let marks = Marks::of(entry);
    let mut item = Item::default();
    item.created_at = time("CreationTime").unwrap_or_default();
    item.modified_at = time("LastModificationTime").unwrap_or_default();
    item.name = strings.take("Title");
    item.set(Field::Username, &strings.take("UserName"));
    item.set(Field::Password, &strings.take("Password"));
    item.set(Field::Notes, &strings.take("Notes"));
    item.set(Field::Totp, &otp::take(&mut strings));
    item.urls = urls(&mut strings);
    let passkey_marks = marks.as_ref().and_then(|marks| marks.passkey.as_ref());
    let passkey = passkey::take(&mut strings, passkey_marks, item.created_at);
    item.passkeys = passkey.into_iter().collect();
    let tags = entry.text_of("Tags").split([';', ',']);
    tags.take(MOST_MEMBERS_OF_ITEM)
        .for_each(|tag| item.tag(tag));
    match marks {
        Some(marks) => as_marked(&mut item, strings, &marks),
        None => as_found(&mut item, strings),
    }
    let expires = times.is_some_and(|times| says_yes(times.text_of("Expires")));
    if let Some(at) = time("ExpiryTime").filter(|_| expires) {
        let field = CustomField::new(FieldKind::Date, EXPIRES, &time::date(at));
        item.fields.push(field);
    }
    item
}

fn urls(strings: &mut Strings) -> Vec<Url> {
    let mut urls = vec![Url::from(strings.take("URL").as_str())];
    while let Some(text) = strings.take_first(|text| text.key.starts_with(FURTHER_URL)) {
        urls.push(Url::from(text.value.as_str()));
        if urls.len() == MOST_MEMBERS_OF_ITEM {
            break; // the others stay fields
        }
    }
    urls.retain(|url| !url.text.is_empty());
    urls
}

/// As Sigill wrote it.
fn as_marked(item: &mut Item, strings: Strings, marks: &Marks) {
    item.kind = marks.kind;
    item.favourite = marks.favourite;
    for url in &mut item.urls {
        url.rule = marks.rules.get(&url.text).copied().unwrap_or_default();
    }
    if let Some(since) = marks.archived_since {
        item.shelf = Shelf::Archived { since };
    }
    for text in strings.rest() {
        match marks.strings.get(&text.key) {
            Some(Meaning::Field(field)) => item.set(*field, &text.value),
            Some(Meaning::Custom(label, kind)) => {
                let kind = Meaning::kind_or_hidden(*kind);
                item.fields.push(CustomField::new(kind, label, &text.value));
            }
            None if text.value.is_empty() => {}
            None => item.fields.push(custom(&text)),
        }
    }
}

/// As KeePass and its kin write it.
fn as_found(item: &mut Item, strings: Strings) {
    let rest = strings.rest();
    let filled = rest.iter().filter(|text| !text.value.is_empty());
    item.fields = filled.map(custom).collect();
    let is_bare = item.urls.is_empty() && item.passkeys.is_empty();
    let logs_in = [Field::Username, Field::Password, Field::Totp];
    let logs_in = logs_in.iter().any(|field| !item.value(*field).is_empty());
    if is_bare && !logs_in && !item.value(Field::Notes).is_empty() {
        item.kind = Kind::Note;
    }
    if item.name.trim().is_empty() {
        item.name = stand_in(item);
    }
}

fn custom(text: &Text) -> CustomField {
    let kind = match text {
        _ if text.value.starts_with("otpauth://") => FieldKind::Totp,
        Text {
            is_protected: true, ..
        } => FieldKind::Hidden,
        Text {
            is_protected: false,
            ..
        } => FieldKind::Text,
    };
    CustomField::new(kind, &text.key, &text.value)
}

/// What an entry without a title is called: its site, its user, nothing.
fn stand_in(item: &Item) -> String {
    let url = item.urls.first().map_or("", |url| &url.text);
    let site = if url.contains("://") { host(url) } else { "" };
    let names = [site, url, item.value(Field::Username)];
    let name = names
        .into_iter()
        .map(str::trim)
        .find(|name| !name.is_empty());
    name.unwrap_or_default().into()
}
