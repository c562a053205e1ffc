//! What the index says of one item; never a secret.

use alloc::string::String;

use zeroize::Zeroizing;

use super::Entry;
use crate::id::{Hash, ItemId};
use crate::vault::item::{CustomField, Field, FieldKind, Item, Kind, Shelf};
use crate::vault::search::fold_into;

/// What the index says of one item.
///
/// ```text
/// folded   name '\n' {URL '\n'} {any other part that is no secret '\n'}      without case and accents
/// shown    name ‖ detail ‖ host of the first URL that is no never ‖ folder ‖ tags, '\n' between them
/// ```
pub struct Sketch {
    fixed: Fixed,
    folded: Zeroizing<String>,
    shown: Zeroizing<String>,
}

/// The part of a sketch that is as long for every item.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Fixed {
    pub(super) id: ItemId,
    /// Of which record the sketch was made.
    pub(super) record: Hash,
    pub(super) kind: Kind,
    pub(super) shelf: Shelf,
    pub(super) marks: Marks,
    /// Lengths in `folded`: of the name, and of the URLs.
    pub(super) folded: [usize; 2],
    /// Lengths in `shown`: of name, detail, host and folder.
    pub(super) shown: [usize; 4],
}

/// What an item is or has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks(pub(super) u8);

impl Marks {
    /// The person marked it.
    pub const FAVOURITE: Self = Self(1);
    /// It has a key of one-time codes.
    pub const TOTP: Self = Self(2);
    /// It has a passkey.
    pub const PASSKEY: Self = Self(4);
    /// It has a file.
    pub const FILE: Self = Self(8);

    pub(super) const ALL: u8 = 15;

    fn of(item: &Item) -> Self {
        let is_totp = |field: &CustomField| field.kind == FieldKind::Totp;
        let totp = !item.value(Field::Totp).is_empty() || item.fields.iter().any(is_totp);
        let all = [
            (Self::FAVOURITE, item.favourite),
            (Self::TOTP, totp),
            (Self::PASSKEY, !item.passkeys.is_empty()),
            (Self::FILE, !item.files.is_empty()),
        ];
        let has = all.into_iter().filter(|(_, has)| *has);
        Self(has.fold(0, |marks, (mark, _)| marks | mark.0))
    }

    /// Whether all of `marks` are among these.
    #[must_use]
    pub const fn holds(self, marks: Self) -> bool {
        self.0 & marks.0 == marks.0
    }
}

impl Sketch {
    /// Sketches an item, as `record` holds it.
    #[must_use]
    pub fn of(id: ItemId, record: Hash, item: &Item) -> Self {
        let (folded, folded_lengths) = folded(item);
        let (shown, shown_lengths) = shown(item);
        let fixed = Fixed {
            id,
            record,
            kind: item.kind,
            shelf: item.shelf,
            marks: Marks::of(item),
            folded: folded_lengths,
            shown: shown_lengths,
        };
        Self {
            fixed,
            folded,
            shown,
        }
    }

    pub(super) fn entry(&self) -> Entry<'_> {
        Entry {
            fixed: &self.fixed,
            folded: &self.folded,
            shown: &self.shown,
        }
    }
}

fn folded(item: &Item) -> (Zeroizing<String>, [usize; 2]) {
    let mut text = Zeroizing::new(String::new());
    let mut take = |part: &str| {
        fold_into(part, &mut text);
        text.push('\n');
        text.len()
    };
    let name_end = take(&item.name);
    let urls_end = item.urls.iter().fold(name_end, |_, url| take(&url.text));
    for part in searchable(item) {
        take(part);
    }
    (text, [name_end - 1, urls_end - name_end])
}

/// All that can be searched besides name and URLs, part by part.
fn searchable(item: &Item) -> impl Iterator<Item = &str> {
    let values = item.values.iter();
    let values = values.filter(|value| !value.field().is_secret());
    let values = values.map(|value| value.text());
    let passkeys = item.passkeys.iter();
    let passkeys = passkeys.flat_map(|passkey| [passkey.rp.as_str(), &passkey.user_name]);
    values
        .chain(item.tags.iter().map(String::as_str))
        .chain([item.folder.as_str()])
        .chain(item.fields.iter().flat_map(custom))
        .chain(passkeys)
        .chain(item.files.iter().map(|file| file.name.as_str()))
        .filter(|part| !part.is_empty())
}

fn custom(field: &CustomField) -> impl Iterator<Item = &str> {
    let value = (!field.kind.is_secret()).then_some(field.value.as_str());
    [field.label.as_str()].into_iter().chain(value)
}

fn shown(item: &Item) -> (Zeroizing<String>, [usize; 4]) {
    let detail = Zeroizing::new(item.detail());
    let parts = [&item.name, detail.as_str(), item.host(), &item.folder];
    let mut text = Zeroizing::new(parts.concat());
    for (count, tag) in item.tags.iter().enumerate() {
        if count > 0 {
            text.push('\n');
        }
        // A line break in a tag would read as two tags.
        text.extend(tag.chars().map(|c| if c == '\n' { ' ' } else { c }));
    }
    (text, parts.map(str::len))
}
