//! One entry, as the person sees it: schema 1, a login.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::id::BatchId;
use crate::order::sorted;
use crate::wire::Seconds;

mod encoding;
#[cfg(test)]
mod tests;

/// The schema of [`Item`].
pub const LOGIN_SCHEMA: u64 = 1;

/// A login. Every field counts as a secret: wiped on drop, never printed.
#[derive(PartialEq, Eq, Default, Zeroize, ZeroizeOnDrop)]
pub struct Item {
    /// What the person calls it.
    pub name: String,
    /// User name.
    pub username: String,
    /// Password.
    pub password: String,
    /// Where it is used.
    pub urls: Vec<String>,
    /// Notes.
    pub notes: String,
    /// Fields of the person's own.
    pub fields: Vec<CustomField>,
    /// When it was made.
    pub created_at: Seconds,
    /// When it last changed.
    pub modified_at: Seconds,
    /// When it went to the trash.
    pub trashed_at: Option<Seconds>,
    /// The import that brought it.
    #[zeroize(skip)]
    pub batch: Option<BatchId>,
    /// What stood in its fields before, newest first.
    pub history: Vec<Past>,
}

/// A field of the person's own.
#[derive(PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct CustomField {
    /// Its label.
    pub label: String,
    /// Its value.
    pub value: String,
    /// How it shows.
    #[zeroize(skip)]
    pub kind: FieldKind,
}

/// How a field of the person's own shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// In clear.
    Text,
    /// As dots, until shown.
    Hidden,
}

/// What stood in a field before.
#[derive(PartialEq, Eq, PartialOrd, Ord, Zeroize, ZeroizeOnDrop)]
pub struct Past {
    /// Which field.
    pub field: Field,
    /// What stood there; URLs one a line.
    pub value: String,
    /// When it was replaced.
    pub until: Seconds,
}

/// Names a field of an item.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Zeroize)]
pub enum Field {
    /// The name.
    Name,
    /// The user name.
    Username,
    /// The password.
    Password,
    /// The URLs.
    Urls,
    /// The notes.
    Notes,
    /// One of the person's own.
    Custom {
        /// Its label.
        label: String,
    },
}

impl Item {
    /// How many past values an item remembers; the oldest go first.
    pub const HISTORY: usize = 200;

    /// The item after an edit at `now`: `edited`'s fields; what stood there
    /// before goes to the history. `edited`'s batch counts where it has one,
    /// all else stays this item's.
    #[must_use]
    pub fn revised(&self, mut edited: Self, now: Seconds) -> Self {
        edited.created_at = self.created_at;
        edited.modified_at = now.max(self.modified_at);
        edited.trashed_at = self.trashed_at;
        edited.batch = edited.batch.or(self.batch);
        let until = edited.modified_at;
        let replaced = replaced(self, &edited);
        edited.history = self.history.iter().map(Past::copy).collect();
        edited
            .history
            .extend(replaced.into_iter().map(|(field, value)| Past {
                field,
                value,
                until,
            }));
        edited.tidy_history();
        edited
    }

    /// The same item in the trash since `now`, or out of it.
    #[must_use]
    pub fn moved(&self, trashed_at: Option<Seconds>, now: Seconds) -> Self {
        let mut moved = self.copy();
        moved.trashed_at = trashed_at;
        moved.modified_at = now.max(self.modified_at);
        moved
    }

    /// A second one, wiped like the first; not `Clone`, so that it stands out.
    fn copy(&self) -> Self {
        Self {
            name: self.name.clone(),
            username: self.username.clone(),
            password: self.password.clone(),
            urls: self.urls.clone(),
            notes: self.notes.clone(),
            fields: self.fields.iter().map(CustomField::copy).collect(),
            created_at: self.created_at,
            modified_at: self.modified_at,
            trashed_at: self.trashed_at,
            batch: self.batch,
            history: self.history.iter().map(Past::copy).collect(),
        }
    }

    /// Newest first, each value once, the oldest dropped.
    pub(super) fn tidy_history(&mut self) {
        let history = core::mem::take(&mut self.history);
        self.history = sorted(history, |a, b| b.until.cmp(&a.until).then_with(|| a.cmp(b)));
        self.history.dedup();
        self.history.truncate(Self::HISTORY);
    }
}

/// The values of `before` that `after` no longer holds in their place.
fn replaced(before: &Item, after: &Item) -> Vec<(Field, String)> {
    let texts = [
        (Field::Name, &before.name, &after.name),
        (Field::Username, &before.username, &after.username),
        (Field::Password, &before.password, &after.password),
        (Field::Notes, &before.notes, &after.notes),
    ];
    let texts = texts
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(field, before, _)| (field, before.clone()));
    let urls = (before.urls != after.urls).then(|| (Field::Urls, before.urls.join("\n")));
    let still_there = |field: &CustomField| {
        let same = |other: &CustomField| other.label == field.label && other.value == field.value;
        after.fields.iter().any(same)
    };
    let custom = before
        .fields
        .iter()
        .filter(|field| !still_there(field))
        .map(|CustomField { label, value, .. }| {
            let label = label.clone();
            (Field::Custom { label }, value.clone())
        });
    let all = texts.chain(urls).chain(custom);
    all.filter(|(_, value)| !value.is_empty()).collect()
}

impl CustomField {
    /// A second one, wiped like the first; not `Clone`, so that it stands out.
    pub(super) fn copy(&self) -> Self {
        Self {
            label: self.label.clone(),
            value: self.value.clone(),
            kind: self.kind,
        }
    }
}

impl Past {
    /// A second one, wiped like the first; not `Clone`, so that it stands out.
    pub(super) fn copy(&self) -> Self {
        Self {
            field: self.field.clone(),
            value: self.value.clone(),
            until: self.until,
        }
    }
}
