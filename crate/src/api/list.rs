//! The list of entries, and what there is to choose from beside it.

use serde::{Deserialize, Serialize};
use sigill_core::vault::item::Kind;
use tsify::Tsify;

/// Which part of the list a page shows.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Query {
    /// What was typed, filters too; empty for everything.
    pub text: String,
    /// Where to look.
    pub scope: Scope,
    /// First row.
    pub from: u32,
    /// At most so many rows.
    pub count: u32,
}

/// Where to look.
#[derive(Debug, Clone, Deserialize, Tsify)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Scope {
    /// All that is in sight.
    All,
    /// What is marked.
    Favourites,
    /// Items of a kind.
    Kind {
        /// Which.
        #[tsify(type = "Kind")]
        kind: Kind,
    },
    /// A folder, and what is below it.
    Folder {
        /// Which.
        folder: String,
    },
    /// A tag.
    Tag {
        /// Which.
        tag: String,
    },
    /// The archive.
    Archive,
    /// The trash.
    Trash,
}

/// The rows that a query finds.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Rows {
    /// How many there are in all.
    pub total: u32,
    /// Those asked for, best first.
    pub rows: Vec<Row>,
}

/// A row of the list; no secrets.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The item.
    pub id: String,
    /// What it is.
    #[tsify(type = "Kind")]
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// What tells it apart: a user name, the last four digits of a card, …
    pub detail: String,
    /// Host of its first URL, for the picture and the second line.
    pub host: String,
    /// Whether it is marked.
    pub favourite: bool,
    /// Whether it has a key of one-time codes.
    pub totp: bool,
}

/// What there is to choose from beside the list, and how many of each.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Facets {
    /// In sight.
    pub all: u32,
    /// Of those, marked.
    pub favourites: u32,
    /// Of those, by kind.
    pub kinds: Vec<OfKind>,
    /// Of those, by folder.
    pub folders: Vec<Named>,
    /// Of those, by tag.
    pub tags: Vec<Named>,
    /// In the archive.
    pub archived: u32,
    /// In the trash.
    pub trashed: u32,
    /// Of those, for more than 30 days.
    pub due: u32,
}

/// How many there are of a kind.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct OfKind {
    /// Which.
    #[tsify(type = "Kind")]
    pub kind: Kind,
    /// How many.
    pub count: u32,
}

/// How many there are in a folder, or with a tag.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// Which.
    pub name: String,
    /// How many.
    pub count: u32,
}
