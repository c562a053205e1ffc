//! The parts of an item that change and merge each for itself, and what of
//! them an edit replaced. One table: the history and the merge read it.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroize;

use super::{CustomField, Field, FieldKind, Item};
use crate::otp::same::is_same;

/// Names a part of an item.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Zeroize)]
pub enum Part {
    /// What it is; a past one is the kind's key.
    Kind,
    /// Its name.
    Name,
    /// A field.
    Field(#[zeroize(skip)] Field),
    /// Its URLs, one a line; see [`super::Url::from_line`].
    Urls,
    /// Its tags, one a line.
    Tags,
    /// Its folder.
    Folder,
    /// Where it was kept; a past one is the shelf's key.
    Shelf,
    /// A field of the person's own.
    Custom {
        /// Its label.
        label: String,
        /// How it showed.
        #[zeroize(skip)]
        kind: FieldKind,
    },
    /// A passkey; see [`super::Past::passkey`].
    Passkey,
    /// A file; see [`super::Past::file`].
    File,
}

impl Part {
    /// The part that a field of the person's own is.
    #[must_use]
    pub fn custom(field: &CustomField) -> Self {
        Self::Custom {
            label: field.label.clone(),
            kind: field.kind,
        }
    }

    /// Whether what stood there shows as dots.
    #[must_use]
    pub const fn is_secret(&self) -> bool {
        match self {
            Self::Field(field) => field.is_secret(),
            Self::Custom { kind, .. } => kind.is_secret(),
            Self::Kind
            | Self::Name
            | Self::Urls
            | Self::Tags
            | Self::Folder
            | Self::Shelf
            | Self::Passkey
            | Self::File => false,
        }
    }
}

/// The values of `before` that `after` no longer holds in their place. A mark
/// as a favourite leaves nothing behind, nor does the counter of one-time codes.
pub(super) fn replaced(before: &Item, after: &Item) -> Vec<(Part, String)> {
    let mut all = whole(before, after);
    let values = before.values.iter();
    let values = values.filter(|value| {
        let now = after.value(value.field());
        now != value.text() && !(value.field() == Field::Totp && is_same(now, value.text()))
    });
    all.extend(values.map(|value| (Part::Field(value.field()), value.text().into())));
    all.extend(members(before, after));
    all.retain(|(_, value)| !value.is_empty());
    all
}

/// Parts that stand for themselves.
fn whole(before: &Item, after: &Item) -> Vec<(Part, String)> {
    let mut all = Vec::new();
    if before.kind != after.kind {
        all.push((Part::Kind, before.kind.key().into()));
    }
    if before.name != after.name {
        all.push((Part::Name, before.name.clone()));
    }
    if before.urls != after.urls {
        all.push((Part::Urls, before.url_lines()));
    }
    if before.tags != after.tags {
        all.push((Part::Tags, tags_text(before)));
    }
    if before.folder != after.folder {
        all.push((Part::Folder, before.folder.clone()));
    }
    if before.shelf.key() != after.shelf.key() {
        all.push((Part::Shelf, before.shelf.key().into()));
    }
    all
}

/// Parts of which there are many.
fn members(before: &Item, after: &Item) -> Vec<(Part, String)> {
    let mut all = Vec::new();
    let still_there = |field: &CustomField| {
        let same = |other: &CustomField| {
            let is_key = field.kind == FieldKind::Totp && other.kind == FieldKind::Totp;
            other.label == field.label
                && (other.value == field.value || is_key && is_same(&other.value, &field.value))
        };
        after.fields.iter().any(same)
    };
    let gone = before.fields.iter().filter(|field| !still_there(field));
    all.extend(gone.map(|field| (Part::custom(field), field.value.clone())));
    for passkey in &before.passkeys {
        let now = after.passkeys.find(&passkey.credential);
        if !now.is_some_and(|now| now.is_same(passkey)) {
            all.push((Part::Passkey, passkey.to_text()));
        }
    }
    for file in &before.files {
        if after.files.find(&file.id) != Some(file) {
            all.push((Part::File, file.to_text()));
        }
    }
    all
}

/// The tags, one a line.
fn tags_text(item: &Item) -> String {
    let tags: Vec<&str> = item.tags.iter().map(String::as_str).collect();
    tags.join("\n")
}
