//! What an open vault offers a page, as it crosses the border.

use serde::{Deserialize, Serialize};
use sigill_core::fill::Field;
use sigill_core::vault::item::Kind;
use tsify::Tsify;

/// Where a form stands. The browser says both, never the page.
#[derive(Debug, Clone, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The document's address.
    pub url: String,
    /// That of the tab, where the document is a frame.
    pub top: Option<String>,
}

/// What a page may be offered.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Offers {
    /// The items, the closest first.
    pub items: Vec<Offered>,
    /// The host of a login that this page could be taken for, and isn't.
    pub imitates: Option<String>,
}

/// An item that a page may be offered.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Offered {
    /// The item.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What tells it apart.
    pub detail: String,
    /// Where it was saved for; empty of what has no site.
    pub host: String,
    /// Whether it was saved for this very host and port, over TLS: what goes in without
    /// a press was.
    pub own: bool,
    /// What is said before anything is filled.
    pub caution: Option<Caution>,
}

/// What is said before anything is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Caution {
    /// It was saved for `https`, and the page came in clear.
    InClear,
    /// The form is a frame's, within a page of another site.
    Framed,
}

/// What of an item is wanted.
#[derive(Debug, Clone, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Wanted {
    /// Where it goes.
    pub place: Place,
    /// The item.
    pub id: String,
    /// What the person was told, and went on.
    pub despite: Option<Caution>,
    /// The fields of the form.
    pub fields: Vec<WantedField>,
}

/// A field of a form.
#[derive(Debug, Clone, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct WantedField {
    /// Which.
    #[tsify(type = "string")]
    pub field: Field,
    /// The controls that it is split over.
    pub slots: Vec<Slot>,
}

/// What of a control matters for what goes into it.
#[derive(Debug, Clone, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Slot {
    /// An input's `type`, or `select`, or `textarea`.
    pub kind: String,
    /// `maxlength`.
    pub max_length: Option<u32>,
    /// `placeholder`.
    pub placeholder: String,
    /// A select's choices.
    pub choices: Vec<String>,
}

/// What a person typed and sent.
#[derive(Debug, Clone, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Submitted {
    /// Where.
    pub place: Place,
    /// What the login is to be called; its host where it is empty.
    pub name: String,
    /// The user name; empty where there was none.
    pub user_name: String,
    /// The password that counts from now on.
    pub password: String,
    /// The one that it replaces, where the form asked for it.
    pub replaced: Option<String>,
}

/// What a submitted form is to the vault.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Saving {
    /// Which of the three.
    pub savable: Savable,
    /// The login that it would change.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
}

/// Which of the three a submitted form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Savable {
    /// A new login.
    New,
    /// Another password of one.
    Update,
    /// Known.
    Known,
}

/// Which items a page is offered.
#[derive(Debug, Clone, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct OffersFor {
    /// Where.
    pub place: Place,
    /// Of which kind.
    #[tsify(type = "Kind")]
    pub kind: Kind,
}
