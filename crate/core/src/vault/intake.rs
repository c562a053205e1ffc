//! What items that come from elsewhere are to those that are here.
//!
//! | the vault holds | then the item is |
//! |---|---|
//! | all that it says, to the letter, or a login of that site and user name that says all of it | the same: left out |
//! | a login of that site and user name that says otherwise | a new version of it; what stood there goes to its history |
//! | in its trash what says all of it | nothing new: that one can be taken out of the trash |
//! | none of these | new |
//!
//! When it was made and changed does not count, nor a folder where the item here
//! lies in one, nor what its files are called among files: their bytes do. An empty
//! password says nothing. What came before in the same file counts as here.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::item::{CustomField, Field, FileRef, Item, Kind, Part, Past, Shelf, Url};
use crate::encode::Encoder;
use crate::id::{BatchId, FileId, Hash, ItemId};
use crate::site::host;
use crate::wire::Seconds;

#[cfg(test)]
mod tests;

/// What an item that comes is to those that are here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// An item of its own.
    New,
    /// Nothing that is not here.
    Same,
    /// A new version of that item.
    Changed(ItemId),
    /// Nothing that that item does not say, which lies in the trash.
    Trashed(ItemId),
}

/// What is here, and in the trash.
#[derive(Default)]
pub struct Intake<'a> {
    items: Vec<(ItemId, &'a Item)>,
    /// Their positions, by what they say, and logins by where they are used.
    known: BTreeMap<Hash, Vec<usize>>,
    came: BTreeSet<Hash>,
    changed: BTreeSet<ItemId>,
}

/// Where an item is looked for.
const HERE: &str = "sigill/intake-here/1";
const TRASH: &str = "sigill/intake-trash/1";

impl<'a> Intake<'a> {
    /// Looks at what is here, and in the trash.
    #[must_use]
    pub fn of(items: impl Iterator<Item = (ItemId, &'a Item)>) -> Self {
        let mut intake = Self::default();
        items.for_each(|(id, item)| intake.know(id, item));
        intake
    }

    fn know(&mut self, id: ItemId, item: &'a Item) {
        let place = match item.shelf {
            Shelf::Trashed { .. } => TRASH,
            Shelf::Active | Shelf::Archived { .. } => HERE,
        };
        let mut keys = Vec::from([letters_in(place, said(item))]);
        if item.kind == Kind::Login {
            keys.extend(item.urls.iter().map(|url| site_in(place, &url.text, item)));
        }
        for key in keys {
            self.known.entry(key).or_default().push(self.items.len());
        }
        self.items.push((id, item));
    }

    /// What the next one is.
    pub fn next(&mut self, coming: &Item) -> Fate {
        let said = said(coming);
        if !self.came.insert(said) || self.holding(HERE, coming, said).is_some() {
            return Fate::Same;
        }
        // One new version an item and file; a further one is an item of its own.
        let same_site = self.of_site(HERE, coming).next();
        if let Some((id, _)) = same_site {
            return if self.changed.insert(id) {
                Fate::Changed(id)
            } else {
                Fate::New
            };
        }
        match (self.holding(TRASH, coming, said), coming.shelf) {
            (Some(_), Shelf::Trashed { .. }) => Fate::Same,
            (Some(id), Shelf::Active | Shelf::Archived { .. }) => Fate::Trashed(id),
            (None, _) => Fate::New,
        }
    }

    fn at(&self, key: Hash) -> impl Iterator<Item = (ItemId, &'a Item)> {
        let known = self.known.get(&key).into_iter().flatten();
        known.filter_map(|at| self.items.get(*at).copied())
    }

    /// Logins of the site and user name of a login.
    fn of_site(
        &self,
        place: &'static str,
        coming: &Item,
    ) -> impl Iterator<Item = (ItemId, &'a Item)> {
        let url = coming.urls.first().map_or("", |url| &url.text);
        let is_login = coming.kind == Kind::Login;
        self.at(site_in(place, url, coming))
            .filter(move |_| is_login)
    }

    /// The one that says all that comes.
    fn holding(&self, place: &'static str, coming: &Item, said: Hash) -> Option<ItemId> {
        let same = self.at(letters_in(place, said)).next();
        let covering = || {
            self.of_site(place, coming)
                .find(|(_, item)| covers(item, coming))
        };
        same.or_else(covering).map(|(id, _)| id)
    }
}

fn letters_in(place: &'static str, said: Hash) -> Hash {
    Hash::of(&said.encode(Encoder::new(place)).finish())
}

fn site_in(place: &'static str, url: &str, item: &Item) -> Hash {
    let site = Encoder::new(place).text(host(url));
    Hash::of(&site.text(item.value(Field::Username)).finish())
}

/// Whether `known` says all that `coming` does, its name aside.
fn covers(known: &Item, coming: &Item) -> bool {
    let has = |field: &CustomField| {
        let same = |other: &CustomField| other.label == field.label && other.value == field.value;
        known.fields.iter().any(same)
    };
    let mut values = coming.values.iter();
    let mut passkeys = coming.passkeys.iter();
    values.all(|value| known.value(value.field()) == value.text())
        && coming.fields.iter().all(has)
        && coming.urls.iter().all(|url| is_used_at(known, url))
        && coming.tags.iter().all(|tag| known.tags.holds(tag))
        && (coming.folder.is_empty() || !known.folder.is_empty())
        && passkeys.all(|passkey| known.passkeys.holds(&passkey.credential))
        && coming.files.iter().all(|file| has_file(known, file))
        && coming.history.iter().all(|past| remembers(known, past))
}

/// Whether it is used at that address by that rule. Without a rule of its own it
/// widens none that is known: the same address, or another one of its site, will do.
fn is_used_at(known: &Item, url: &Url) -> bool {
    let site = host(&url.text);
    known.urls.iter().any(|other| {
        let is_there = other.text == url.text || (!site.is_empty() && host(&other.text) == site);
        other == url || (!url.is_ruled() && is_there)
    })
}

/// Whether what stood in a part before is known, or stands there now, or has no
/// place in a full history. A file of which only the history tells has left its
/// bytes behind.
fn remembers(known: &Item, past: &Past) -> bool {
    let same = |other: &Past| (&other.part, &other.value) == (&past.part, &past.value);
    let stands = if let Part::Field(field) = &past.part {
        known.value(*field) == past.value
    } else {
        past.part == Part::File
    };
    stands || known.history.len() >= Item::HISTORY || known.history.iter().any(same)
}

/// Whether it has a file of that name with those bytes.
fn has_file(known: &Item, file: &FileRef) -> bool {
    let same = |other: &FileRef| (&other.name, other.sha256) == (&file.name, file.sha256);
    known.files.iter().any(same)
}

/// `known` with all that `coming` says, as a batch brought it at `now`.
#[must_use]
pub fn new_version(known: &Item, coming: &Item, (batch, now): (BatchId, Seconds)) -> Item {
    let mut version = known.changed(now, |item| {
        for value in &coming.values {
            item.set(value.field(), value.text());
        }
        for url in &coming.urls {
            if !is_used_at(item, url) {
                let mut known = item.urls.iter_mut();
                match known.find(|known| known.text == url.text) {
                    Some(known) => known.rule = url.rule,
                    None => item.urls.push(url.clone()),
                }
            }
        }
        coming.tags.iter().for_each(|tag| item.tag(tag));
        if item.folder.is_empty() {
            item.put_into(&coming.folder);
        }
        for field in &coming.fields {
            let same = |other: &CustomField| *other == *field;
            if !item.fields.iter().any(same) {
                item.fields.push(field.copy());
            }
        }
        for passkey in &coming.passkeys {
            if !item.passkeys.holds(&passkey.credential) {
                item.passkeys.put(passkey.copy());
            }
        }
        for file in &coming.files {
            if !has_file(item, file) {
                item.files.put(file.copy());
            }
        }
        item.batch = Some(batch);
    });
    version.remember(coming.history.iter().filter(|past| !remembers(known, past)));
    version
}

/// All that an item says, to the letter, whenever it was made and wherever it
/// is kept.
#[must_use]
pub fn letters(item: &Item) -> Hash {
    bare(item.copy())
}

/// The same, whatever its files are called among files, and of whatever type they
/// are said to be.
fn said(item: &Item) -> Hash {
    let nameless = |file: &FileRef| {
        let encoder = file.sha256.encode(Encoder::new("sigill/file-said/1"));
        let of = Hash::of(&encoder.text(&file.name).finish());
        let id = of.0.first_chunk().copied().unwrap_or_default();
        let mut file = file.copy();
        file.id = FileId(id);
        file.media_type.clear();
        file
    };
    let mut item = item.copy();
    item.files = item.files.iter().map(nameless).collect();
    bare(item)
}

fn bare(mut bare: Item) -> Hash {
    bare.shelf = Shelf::Active;
    bare.favourite = false;
    bare.created_at = 0;
    bare.modified_at = 0;
    bare.batch = None;
    bare.history.clear();
    Hash::of(&Zeroizing::new(bare.to_bytes()))
}
