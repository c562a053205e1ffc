//! Entries as they cross the border.

use serde::{Deserialize, Serialize};
use sigill_core::site::Rule;
use sigill_core::vault::item::{Field, Kind};
use tsify::Tsify;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const FIELD_KEY: &str = Field::DECLARATION;

#[wasm_bindgen(typescript_custom_section)]
const KIND: &str = Kind::DECLARATION;

#[wasm_bindgen(typescript_custom_section)]
const RULE: &str = Rule::DECLARATION;

/// A part of an item besides its fields; `custom` is a field of the person's own.
#[wasm_bindgen(typescript_custom_section)]
const PART_KEY: &str = "export type PartKey = FieldKey | \"kind\" | \"name\" | \"urls\" | \"tags\" \
    | \"folder\" | \"shelf\" | \"custom\" | \"passkey\" | \"file\";\n";

/// An item as the person edits it.
#[derive(Debug, Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Content {
    /// What it is.
    #[tsify(type = "Kind")]
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// What stands in its fields.
    pub values: Vec<Value>,
    /// Where it is used.
    pub urls: Vec<Url>,
    /// Tags.
    pub tags: Vec<String>,
    /// Its folder, `/` between levels; empty for none.
    pub folder: String,
    /// Fields of the person's own.
    pub fields: Vec<CustomField>,
    /// Whether it is marked.
    pub favourite: bool,
}

/// An address, and which pages are its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Url {
    /// As the person wrote it.
    pub text: String,
    /// How it is held against a page's.
    #[tsify(type = "Rule")]
    pub rule: Rule,
}

/// What stands in a field.
#[derive(Debug, Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Value {
    /// Which field.
    #[tsify(type = "FieldKey")]
    pub field: Field,
    /// What stands there.
    pub text: String,
}

/// A field of the person's own.
#[derive(Debug, Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CustomField {
    /// Its label.
    pub label: String,
    /// Its value.
    pub value: String,
    /// How it shows.
    pub kind: FieldKind,
}

/// How a field of the person's own shows.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// In clear.
    Text,
    /// As dots, until shown.
    Hidden,
    /// A tick: `true`, or anything else for none.
    Boolean,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// An address.
    Url,
    /// The key of one-time codes, as dots until shown.
    Totp,
}

/// An item, opened.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// The item.
    pub id: String,
    /// Its content, to edit.
    pub content: Content,
    /// What stands in its fields, to look at, in the order in which it shows.
    pub lines: Vec<Line>,
    /// Its passkeys.
    pub passkeys: Vec<Passkey>,
    /// Its files.
    pub files: Vec<File>,
    /// Where it is kept.
    pub shelf: Shelf,
    /// Since when, where that is not in sight.
    pub since: Option<u64>,
    /// When it may go, from the trash.
    pub due_at: Option<u64>,
    /// When it was made.
    pub created_at: u64,
    /// When it last changed.
    pub modified_at: u64,
    /// What stood in its parts before, newest first.
    pub history: Vec<Past>,
}

/// Where an item is kept.
#[derive(Debug, Clone, Copy, Serialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Shelf {
    /// In sight.
    Active,
    /// In the archive.
    Archived,
    /// In the trash.
    Trashed,
}

/// What stands in a field, to look at.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// Which field.
    #[tsify(type = "FieldKey")]
    pub field: Field,
    /// How it shows.
    pub shape: Shape,
    /// Whether it is dots until shown.
    pub secret: bool,
    /// As it is copied.
    pub text: String,
    /// As it is read.
    pub shown: String,
}

/// How a field shows and is typed.
#[derive(Debug, Clone, Copy, Serialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// One line.
    Line,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// Many lines.
    Lines,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A month; typed as `MM/YY`, or whatever the core understands.
    Month,
    /// One line, as dots until shown.
    Secret,
    /// Many lines, as dots until shown.
    SecretLines,
    /// The number of a card, as dots until shown.
    CardNumber,
    /// The key of one-time codes, as dots until shown.
    Totp,
}

/// A passkey, to look at.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Passkey {
    /// The domain that it is for.
    pub rp: String,
    /// The user's name.
    pub user_name: String,
    /// When it was made.
    pub created_at: u64,
}

/// A file, to look at.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
}

/// What stood in a part before.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Past {
    /// Which part.
    #[tsify(type = "PartKey")]
    pub part: String,
    /// The label of a field of the person's own.
    pub label: Option<String>,
    /// Whether it is dots until shown.
    pub secret: bool,
    /// As it is copied: a `Kind` of `kind`, a `Shelf` of `shelf`.
    pub text: String,
    /// As it is read.
    pub shown: String,
    /// When it was replaced.
    pub until: u64,
}

/// Writes an item.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Save {
    /// The item; none for a new one.
    pub id: Option<String>,
    /// Its content.
    pub content: Content,
}

/// The fields of a kind, in the order in which they show.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Layout {
    /// The kind.
    #[tsify(type = "Kind")]
    pub kind: Kind,
    /// Whether it says where it is used.
    pub urls: bool,
    /// Its fields.
    pub fields: Vec<Shaped>,
    /// All others, that show where something stands in them.
    pub others: Vec<Shaped>,
}

/// A field, and how it shows.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Shaped {
    /// The field.
    #[tsify(type = "FieldKey")]
    pub field: Field,
    /// How it shows.
    pub shape: Shape,
}
