//! An item in the making: what a file says of it, within the limits, each value
//! where a person finds it again.

use sigill_core::otp::Key;
use sigill_core::site::Rule;
use sigill_core::vault::item::{
    CustomField, Field, FieldKind, Item, Kind, Part, Passkey, Past, Shape, Shelf, Url,
};
use sigill_core::wire::Seconds;
use zeroize::Zeroizing;

use crate::date;
use crate::entry::{LeftOut, Reason, What};
use crate::limit::{LARGEST_ITEM, LONGEST_FIELD};

mod settled;
#[cfg(test)]
mod tests;

use settled::{fallback, recent};

/// Bytes that each member of an item costs beside its text.
const OVERHEAD: usize = 16;

/// An item in the making.
pub(crate) struct Draft {
    item: Item,
    /// Bytes of what it holds, its history aside.
    bytes: usize,
    longest: usize,
    past: Vec<Past>,
    left_out: Vec<(What, String)>,
    files: Vec<(String, Source)>,
}

/// Where the bytes of a file are.
pub(crate) enum Source {
    /// Here.
    Bytes(Zeroizing<Vec<u8>>),
    /// In a member of the archive that is read.
    Member(String),
}

/// What a draft becomes: the item, what of it is left out, and its files.
type Finished = (Item, Vec<LeftOut>, Vec<(String, Source)>);

impl Draft {
    /// An empty one.
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            item: Item::new(kind),
            bytes: 0,
            longest: 0,
            past: Vec::new(),
            left_out: Vec::new(),
            files: Vec::new(),
        }
    }

    /// Charges a member of so many bytes, whether or not it is kept then.
    fn charge(&mut self, bytes: usize) {
        self.longest = self.longest.max(bytes);
        self.bytes = self.bytes.saturating_add(bytes + OVERHEAD);
    }

    /// Whether an item has room for all that was charged. From where it has none on,
    /// nothing is kept: [`Draft::finish`] refuses the whole.
    const fn fits(&self) -> bool {
        self.longest <= LONGEST_FIELD && self.bytes <= LARGEST_ITEM
    }

    /// Calls it that; a further name becomes a field of the person's own.
    pub(crate) fn name(&mut self, name: &str) {
        let name = name.trim();
        if !self.item.name.is_empty() && self.item.name != name {
            self.custom(FieldKind::Text, "name", name);
            return;
        }
        self.charge(name.len());
        if self.fits() {
            self.item.name = name.into();
        }
    }

    /// Puts `text` into a field of its kind; where that is taken, its kind has none
    /// such, or a day or month can't be made of it, it becomes a field of the
    /// person's own, called `label`.
    pub(crate) fn put(&mut self, field: Field, label: &str, text: &str) {
        let shaped = match field.shape() {
            Shape::Month => date::month(text),
            Shape::Date => date::day(text),
            Shape::Line
            | Shape::Email
            | Shape::Phone
            | Shape::Lines
            | Shape::Secret
            | Shape::SecretLines
            | Shape::CardNumber
            | Shape::Totp => None,
        };
        let has_shape = shaped.is_some() || !matches!(field.shape(), Shape::Month | Shape::Date);
        let text = shaped.as_deref().unwrap_or(text);
        let known = self.item.value(field);
        if text.is_empty() || known == text {
            return;
        }
        if has_shape && known.is_empty() && self.item.kind.fields().contains(&field) {
            self.charge(text.len());
            if self.fits() {
                self.item.set(field, text);
            }
        } else if field.is_secret() {
            self.custom(FieldKind::Hidden, label, text);
        } else {
            self.custom(FieldKind::Text, label, text);
        }
    }

    /// Adds a field of the person's own; an empty one is none.
    pub(crate) fn custom(&mut self, kind: FieldKind, label: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        self.charge(label.len());
        self.charge(text.len());
        if self.fits() {
            let field = if kind == FieldKind::Totp {
                CustomField::new(kind, label.trim(), &Key::tidied(text))
            } else {
                CustomField::new(kind, label.trim(), text)
            };
            self.item.fields.push(field);
        }
    }

    /// Adds the key of one-time codes, as other programs write it.
    pub(crate) fn totp(&mut self, label: &str, text: &str) {
        let key = Key::tidied(text);
        let has_place = self.item.kind.fields().contains(&Field::Totp);
        let known = self.item.value(Field::Totp);
        if has_place && known.is_empty() {
            self.put(Field::Totp, label, &key);
        } else if known != key.as_str() {
            self.custom(FieldKind::Totp, label, &key);
        }
    }

    /// Splits the name of a person, where the parts are not known: the last word
    /// is the last name.
    pub(crate) fn person(&mut self, label: &str, name: &str) {
        let name = name.trim();
        let parts = [Field::FirstName, Field::MiddleName, Field::LastName];
        let known = parts.map(|part| self.item.value(part));
        let known = known.into_iter().filter(|part| !part.is_empty());
        let known = known.collect::<Vec<_>>().join(" ");
        if self.item.kind != Kind::Identity || !known.is_empty() {
            if known != name {
                self.custom(FieldKind::Text, label, name);
            }
            return;
        }
        let (first, last) = name.rsplit_once(' ').unwrap_or((name, ""));
        self.put(Field::FirstName, label, first.trim());
        self.put(Field::LastName, label, last);
    }

    /// Puts the lines of an address into one field.
    pub(crate) fn street(&mut self, label: &str, lines: &[&str]) {
        let lines = lines.iter().map(|line| line.trim());
        let lines: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
        self.put(Field::Street, label, &lines.join("\n"));
    }

    /// Adds text to the notes, after what stands there.
    pub(crate) fn notes(&mut self, text: &str) {
        self.charge(text.len());
        if !text.is_empty() && self.fits() {
            let known = self.item.value(Field::Notes);
            let all = match known {
                "" => text.into(),
                known => [known, "\n\n", text].concat(),
            };
            self.longest = self.longest.max(all.len());
            self.item.set(Field::Notes, &all);
        }
    }

    /// Adds where it is used.
    pub(crate) fn url(&mut self, url: &str) {
        self.url_by(url, Rule::default());
    }

    /// The same, under a rule.
    pub(crate) fn url_by(&mut self, url: &str, rule: Rule) {
        let url = url.trim();
        let is_known = self.item.urls.iter().any(|known| known.text == url);
        if is_known || url.is_empty() {
            return;
        }
        if !self.item.kind.has_urls() {
            self.custom(FieldKind::Url, "URL", url);
            return;
        }
        self.charge(url.len());
        if self.fits() {
            self.item.urls.push(Url::from(url).by(rule));
        }
    }

    /// Puts it into a folder, `/` between levels.
    pub(crate) fn folder(&mut self, folder: &str) {
        self.charge(folder.len());
        if !folder.is_empty() && self.fits() {
            self.item.put_into(folder);
        }
    }

    /// Puts a tag on it.
    pub(crate) fn tag(&mut self, tag: &str) {
        self.charge(tag.len());
        if !tag.is_empty() && self.fits() {
            self.item.tag(tag);
        }
    }

    /// Marks it as a favourite, where that is so.
    pub(crate) fn favourite(&mut self, is_one: bool) {
        self.item.favourite |= is_one;
    }

    /// Keeps it somewhere else than in sight.
    pub(crate) fn shelve(&mut self, shelf: Shelf) {
        self.item.shelf = shelf;
    }

    /// Says when it was made.
    pub(crate) fn created(&mut self, at: Seconds) {
        self.item.created_at = at;
    }

    /// Adds a passkey, or says that its key can't be read.
    pub(crate) fn passkey(&mut self, passkey: Option<Passkey>, rp: &str) {
        match passkey {
            Some(passkey) => {
                let bytes = [
                    &passkey.credential,
                    &passkey.user_handle,
                    &passkey.private_key,
                ];
                let texts = [&passkey.rp, &passkey.user_name, &passkey.display_name];
                let lengths = bytes
                    .map(Vec::len)
                    .into_iter()
                    .chain(texts.map(String::len));
                lengths.for_each(|length| self.charge(length));
                self.item.passkeys.put(passkey);
            }
            None => self.leave_out(What::Passkey, rp),
        }
    }

    /// Says what stood in a field until then.
    pub(crate) fn past(&mut self, field: Field, value: &str, until: Seconds) {
        if !value.is_empty() && value.len() <= LONGEST_FIELD {
            let (part, value) = (Part::Field(field), value.into());
            self.past.push(Past { part, value, until });
        }
    }

    /// Adds a file.
    pub(crate) fn file(&mut self, name: &str, source: Source) {
        self.files.push((name.into(), source));
    }

    /// Says what can't be taken along.
    pub(crate) fn leave_out(&mut self, what: What, name: &str) {
        self.left_out.push((what, name.into()));
    }

    /// What a field holds so far.
    pub(crate) fn value(&self, field: Field) -> &str {
        self.item.value(field)
    }

    /// What it is.
    pub(crate) const fn kind(&self) -> Kind {
        self.item.kind
    }

    /// The item, and what goes with it.
    pub(crate) fn finish(mut self) -> Result<Finished, Reason> {
        if self.longest > LONGEST_FIELD {
            return Err(Reason::TooLong);
        }
        if self.bytes > LARGEST_ITEM {
            return Err(Reason::TooMuch);
        }
        if self.item.name.is_empty() {
            self.item.name = fallback(&self.item).ok_or(Reason::NoName)?;
        }
        self.item.history = recent(self.past);
        let entry = self.item.name.clone();
        let left_out = self.left_out.into_iter().map(|(what, name)| LeftOut {
            entry: entry.clone(),
            what,
            name,
        });
        Ok((self.item, left_out.collect(), self.files))
    }
}
