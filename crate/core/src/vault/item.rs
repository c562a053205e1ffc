//! One entry, as the person sees it: an item of any kind.
//!
//! | module | one idea |
//! |---|---|
//! | [`kind`] | what an item is, and which fields that gives it |
//! | [`field`] | the fields, one table |
//! | [`custom`] | fields of the person's own |
//! | [`passkey`], [`file`] | passkeys and files that belong to an item |
//! | `otp` | the keys of one-time codes that it holds |
//! | [`url`] | where it is used, and by which rule |
//! | [`shelf`] | in sight, in the archive, in the trash |
//! | [`part`], [`past`] | names of whatever can change, and what stood there before |
//! | [`sorted`] | members in the order of their keys |
//! | `build` | making an item by hand |
//! | `act` | what is done to many at once |
//! | `encoding` | its plaintext |
//! | [`bundle`] | items on their way from an importer to the vault |
//! | [`sketch`] | what a row of the list says of it |
//! | `shown` | how values are written for people |

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::RangeInclusive;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::id::BatchId;
use crate::order::sorted;
use crate::wire::Seconds;

mod act;
mod build;
pub mod bundle;
pub mod custom;
mod encoding;
pub mod field;
pub mod file;
pub mod kind;
mod otp;
pub mod part;
pub mod passkey;
pub mod past;
pub mod shelf;
mod shown;
pub mod sketch;
pub mod sorted;
#[cfg(test)]
mod tests;
pub mod url;

pub use act::Act;
pub use custom::{CustomField, FieldKind};
pub use field::{Field, Shape, Value, Values};
pub use file::FileRef;
pub use kind::Kind;
pub use otp::OtpPlace;
pub use part::Part;
pub use passkey::Passkey;
pub use past::Past;
pub use shelf::Shelf;
pub use sorted::Sorted;
pub use url::Url;

/// The schemas of [`Item`]; from 3 on its URLs have rules. An item is written in
/// the first that says all of it, for programs that know no later one.
pub const ITEM_SCHEMAS: RangeInclusive<u64> = PLAIN..=RULED;

pub(super) const PLAIN: u64 = 2;
const RULED: u64 = 3;

/// An item of any kind. All of it counts as a secret: wiped on drop, never
/// printed. What its kind does not show stays in it all the same.
#[derive(PartialEq, Eq, Default, Zeroize, ZeroizeOnDrop)]
pub struct Item {
    /// What it is.
    #[zeroize(skip)]
    pub kind: Kind,
    /// What the person calls it.
    pub name: String,
    /// What stands in its fields; empty ones are not there.
    pub values: Values,
    /// Where it is used.
    pub urls: Vec<Url>,
    /// Tags.
    pub tags: Sorted<String>,
    /// The folder that it lies in, `/` between levels; empty for none.
    pub folder: String,
    /// Fields of the person's own.
    pub fields: Vec<CustomField>,
    /// Passkeys.
    pub passkeys: Sorted<Passkey>,
    /// Files.
    pub files: Sorted<FileRef>,
    /// Whether the person marked it.
    pub favourite: bool,
    /// Where it is kept.
    #[zeroize(skip)]
    pub shelf: Shelf,
    /// When it was made.
    pub created_at: Seconds,
    /// When it last changed.
    pub modified_at: Seconds,
    /// The import or the bulk act that last brought or changed it.
    #[zeroize(skip)]
    pub batch: Option<BatchId>,
    /// What stood in its parts before, newest first.
    pub history: Vec<Past>,
}

impl Item {
    /// How many past values an item remembers; the oldest go first.
    pub const HISTORY: usize = 200;

    /// How many bytes of past values an edit leaves: the oldest go first, the
    /// newest never. An item of one long note could else not be sealed some day.
    pub const HISTORY_BYTES: usize = 256 << 10;

    /// The item after an edit at `now`: `edited`; what stood there before goes
    /// to the history. When it was made and its history stay this item's, and
    /// its batch where `edited` has none.
    #[must_use]
    pub fn revised(&self, mut edited: Self, now: Seconds) -> Self {
        edited.created_at = self.created_at;
        edited.modified_at = now.max(self.modified_at);
        edited.batch = edited.batch.or(self.batch);
        let until = edited.modified_at;
        let replaced = part::replaced(self, &edited).into_iter();
        let replaced = replaced.map(|(part, value)| Past { part, value, until });
        edited.history = self
            .history
            .iter()
            .map(Past::copy)
            .chain(replaced)
            .collect();
        edited.tidy_history();
        edited.trim_history();
        edited
    }

    /// The item after `change` at `now`; what stood there before goes to the history.
    #[must_use]
    pub fn changed(&self, now: Seconds, change: impl FnOnce(&mut Self)) -> Self {
        let mut edited = self.copy();
        change(&mut edited);
        self.revised(edited, now)
    }

    /// The item on another shelf since `now`; as it is where it is there already.
    #[must_use]
    pub fn moved(&self, shelf: Shelf, now: Seconds) -> Self {
        self.changed(now, |item| item.shelf = shelf)
    }

    /// The first schema that says all of it.
    pub(super) fn schema(&self) -> u64 {
        if self.urls.iter().any(Url::is_ruled) {
            RULED
        } else {
            PLAIN
        }
    }

    /// What stands in a field; empty where nothing does.
    #[must_use]
    pub fn value(&self, field: Field) -> &str {
        self.values.find(&field).map_or("", Value::text)
    }

    /// A second one, wiped like the first; not `Clone`, so that it stands out.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self {
            kind: self.kind,
            name: self.name.clone(),
            values: self.values.copied(Value::copy),
            urls: self.urls.clone(),
            tags: self.tags.copied(String::clone),
            folder: self.folder.clone(),
            fields: self.fields.iter().map(CustomField::copy).collect(),
            passkeys: self.passkeys.copied(Passkey::copy),
            files: self.files.copied(FileRef::copy),
            favourite: self.favourite,
            shelf: self.shelf,
            created_at: self.created_at,
            modified_at: self.modified_at,
            batch: self.batch,
            history: self.history.iter().map(Past::copy).collect(),
        }
    }

    /// The item as it comes in by a batch at `now`; when it was made stays,
    /// where anybody said it.
    #[must_use]
    pub fn brought(mut self, batch: BatchId, now: Seconds) -> Self {
        if self.created_at == 0 {
            self.created_at = now;
        }
        self.modified_at = now;
        self.batch = Some(batch);
        self
    }

    /// The item of an earlier record, back at `now`: later than what stood since.
    #[must_use]
    pub fn again(mut self, now: Seconds) -> Self {
        self.modified_at = now.max(self.modified_at);
        self
    }

    /// Adds to what stood there before.
    pub(super) fn remember<'a>(&mut self, pasts: impl Iterator<Item = &'a Past>) {
        self.history.extend(pasts.map(Past::copy));
        self.tidy_history();
        self.trim_history();
    }

    /// Newest first, each value once, the oldest dropped.
    pub(super) fn tidy_history(&mut self) {
        let history = core::mem::take(&mut self.history);
        self.history = sorted(history, |a, b| b.until.cmp(&a.until).then_with(|| a.cmp(b)));
        self.history.dedup();
        self.history.truncate(Self::HISTORY);
    }

    fn trim_history(&mut self) {
        let mut bytes = 0_usize;
        let fits = |past: &Past| {
            bytes = bytes.saturating_add(past.value.len());
            bytes <= Self::HISTORY_BYTES
        };
        let fitting = self
            .history
            .iter()
            .map(fits)
            .take_while(|fits| *fits)
            .count();
        self.history.truncate(fitting.max(1));
    }
}
