//! Making an item by hand: `Item::new(Kind::WiFi).named("Home").with(Field::Network, "attic")`.

use alloc::string::String;
use alloc::vec::Vec;

use super::field::Value;
use super::{CustomField, Field, FileRef, Item, Kind, Passkey, Url};
use crate::site::Rule;

impl Item {
    /// An empty one.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        let mut item = Self::default();
        item.kind = kind;
        item
    }

    /// The same under that name.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        self.name = name.into();
        self
    }

    /// The same with `text` in a field.
    #[must_use]
    pub fn with(mut self, field: Field, text: &str) -> Self {
        self.set(field, text);
        self
    }

    /// The same, used at `url` too; nothing where that is empty.
    #[must_use]
    pub fn with_url(mut self, url: &str) -> Self {
        if !url.is_empty() {
            self.urls.push(url.into());
        }
        self
    }

    /// The same, with a URL that has a rule of its own.
    #[must_use]
    pub fn with_url_by(mut self, url: &str, rule: Rule) -> Self {
        self.urls.push(Url::from(url).by(rule));
        self
    }

    /// The same with a tag.
    #[must_use]
    pub fn tagged(mut self, tag: &str) -> Self {
        self.tag(tag);
        self
    }

    /// The same in a folder.
    #[must_use]
    pub fn in_folder(mut self, folder: &str) -> Self {
        self.put_into(folder);
        self
    }

    /// The same with a field of the person's own.
    #[must_use]
    pub fn with_custom(mut self, field: CustomField) -> Self {
        self.fields.push(field);
        self
    }

    /// The same with a passkey, in place of an earlier one of that credential id.
    #[must_use]
    pub fn with_passkey(mut self, passkey: Passkey) -> Self {
        self.passkeys.put(passkey);
        self
    }

    /// The same with a file.
    #[must_use]
    pub fn with_file(mut self, file: FileRef) -> Self {
        self.files.put(file);
        self
    }

    /// Puts `text` into a field; takes the field away where it is empty.
    pub fn set(&mut self, field: Field, text: &str) {
        if text.is_empty() {
            self.values.take(&field);
        } else {
            let text = String::from(text);
            self.values.put(Value { field, text });
        }
    }

    /// Puts a tag on it, without the blanks around it; an empty one is none.
    pub fn tag(&mut self, tag: &str) {
        let tag = tag.trim();
        if !tag.is_empty() {
            self.tags.put(tag.into());
        }
    }

    /// Puts it into a folder, without the blanks around its levels; an empty
    /// one is none.
    pub fn put_into(&mut self, folder: &str) {
        let levels = folder.split('/').map(str::trim);
        let levels: Vec<&str> = levels.filter(|level| !level.is_empty()).collect();
        self.folder = levels.join("/");
    }
}
