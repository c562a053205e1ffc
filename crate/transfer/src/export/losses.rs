//! What of an item does not come back from a file: the item that was written,
//! held against the item that was read.

use sigill_core::order::sorted;
use sigill_core::otp::Key;
use sigill_core::vault::item::{CustomField, Field, Item, Passkey, Past, Url, Value};

/// What does not come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// All of it: it is left out.
    Item,
    /// It comes back as another kind.
    Kind,
    /// Its name, to the letter.
    Name,
    /// What stands in a field; where it comes back as a field of the person's
    /// own it is no loss.
    Field(Field),
    /// An address.
    Urls,
    /// The rule of an address that comes back.
    Rules,
    /// A tag.
    Tags,
    /// Its folder.
    Folder,
    /// A field of the person's own.
    Fields,
    /// A passkey.
    Passkeys,
    /// A file.
    Files,
    /// That it is marked.
    Favourite,
    /// That it lies in the archive or in the trash.
    Shelf,
    /// What stood there before.
    History,
    /// When it was made.
    CreatedAt,
}

impl Loss {
    /// Its name across the border.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Kind => "kind",
            Self::Name => "name",
            Self::Field(field) => field.key(),
            Self::Urls => "urls",
            Self::Rules => "rules",
            Self::Tags => "tags",
            Self::Folder => "folder",
            Self::Fields => "fields",
            Self::Passkeys => "passkeys",
            Self::Files => "files",
            Self::Favourite => "favourite",
            Self::Shelf => "shelf",
            Self::History => "history",
            Self::CreatedAt => "created_at",
        }
    }
}

/// What `back` lacks of `item`.
pub(super) fn between(item: &Item, back: Option<&Item>) -> Vec<Loss> {
    let Some(back) = back else {
        return vec![Loss::Item];
    };
    let lost_value = |value: &&Value| !holds(back, value.field(), value.text());
    let values = item.values.iter().filter(lost_value);
    let mut losses: Vec<Loss> = values.map(|value| Loss::Field(value.field())).collect();
    let has_url = |url: &Url| is_among(&back.urls, url) || is_own(back, &url.text);
    let lost_rule = |url: &Url| url.is_ruled() && has_url(url) && !back.urls.contains(url);
    let has_field = |field: &CustomField| has_own(back, field);
    let has_tag = |tag: &String| back.tags.holds(tag);
    let has_passkey = |passkey: &Passkey| has_passkey(back, passkey);
    let has_past = |past: &Past| back.history.contains(past);
    for (is_lost, loss) in [
        (item.kind != back.kind, Loss::Kind),
        (item.name != back.name, Loss::Name),
        (!item.urls.iter().all(has_url), Loss::Urls),
        (item.urls.iter().any(lost_rule), Loss::Rules),
        (!item.tags.iter().all(has_tag), Loss::Tags),
        (item.folder != back.folder, Loss::Folder),
        (!item.fields.iter().all(has_field), Loss::Fields),
        (!item.passkeys.iter().all(has_passkey), Loss::Passkeys),
        (item.files != back.files, Loss::Files),
        (item.favourite != back.favourite, Loss::Favourite),
        (item.shelf.key() != back.shelf.key(), Loss::Shelf),
        (!item.history.iter().all(has_past), Loss::History),
        (!is_as_old(item, back), Loss::CreatedAt),
    ] {
        if is_lost {
            losses.push(loss);
        }
    }
    sorted(losses, Loss::cmp)
}

/// Whether a value comes back, in its field or as a field of the person's own.
/// The key of codes comes back where it makes the same codes.
fn holds(back: &Item, field: Field, text: &str) -> bool {
    let known = back.value(field);
    known == text || is_own(back, text) || field == Field::Totp && makes_same_codes(known, text)
}

fn makes_same_codes(one: &str, other: &str) -> bool {
    let (Ok(one), Ok(other)) = (Key::parse(one), Key::parse(other)) else {
        return false;
    };
    let made = |key: &Key| (key.algorithm(), key.form(), key.moving());
    one.secret() == other.secret() && made(&one) == made(&other)
}

/// Whether an address is there, by whatever rule.
fn is_among(urls: &[Url], url: &Url) -> bool {
    urls.iter().any(|known| known.text == url.text)
}

fn is_own(back: &Item, text: &str) -> bool {
    back.fields.iter().any(|own| own.value == text)
}

fn has_own(back: &Item, field: &CustomField) -> bool {
    let same = |own: &CustomField| own.label == field.label && own.value == field.value;
    back.fields.iter().any(same)
}

/// Whether a passkey comes back; when it was made counts apart.
fn has_passkey(back: &Item, passkey: &Passkey) -> bool {
    back.passkeys
        .find(&passkey.credential)
        .is_some_and(|found| {
            let mut found = found.copy();
            found.created_at = passkey.created_at;
            found == *passkey
        })
}

/// Whether it and its passkeys were made when they were made.
fn is_as_old(item: &Item, back: &Item) -> bool {
    let is_as_old = |passkey: &Passkey| {
        let found = back.passkeys.find(&passkey.credential);
        found.is_none_or(|found| found.created_at == passkey.created_at)
    };
    item.created_at == back.created_at && item.passkeys.iter().all(is_as_old)
}
