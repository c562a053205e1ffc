//! What Sigill writes beside an entry, in its custom data, because KeePass has
//! no place for it: its kind, the rules of its addresses, what its further strings are, its mark. Values
//! stand in the strings alone, so what a person changes in KeePass holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sigill_core::site::Rule;
use sigill_core::vault::item::{CustomField, Field, FieldKind, Kind};

use super::xml::Node;

/// The name of the custom data.
pub(super) const KEY: &str = "Sigill";

/// What Sigill knows beyond KeePass.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Marks {
    pub(super) kind: Kind,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) strings: BTreeMap<String, Meaning>,
    /// By address.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) rules: BTreeMap<String, Rule>,
    #[serde(default, skip_serializing_if = "is_not")]
    pub(super) favourite: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) archived_since: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) passkey: Option<PasskeyMarks>,
}

/// What KeePassXC's convention has no place for.
#[derive(Serialize, Deserialize)]
pub(super) struct PasskeyMarks {
    pub(super) display_name: String,
    pub(super) counter: u64,
    pub(super) created_at: u64,
}

/// What a string of an entry is.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Meaning {
    /// A field that Sigill knows.
    Field(Field),
    /// One of the person's own: its label, the number of how it shows.
    Custom(String, u64),
}

impl Meaning {
    pub(super) fn custom(field: &CustomField) -> Self {
        Self::Custom(field.label.clone(), field.kind.code())
    }

    /// How a field of the person's own shows; one of a kind that isn't known, hidden.
    pub(super) fn kind_or_hidden(code: u64) -> FieldKind {
        FieldKind::from_code(code).unwrap_or(FieldKind::Hidden)
    }
}

impl Marks {
    /// What stands beside an entry; nothing that another program wrote there.
    pub(super) fn of(entry: &Node) -> Option<Self> {
        let all = entry.child("CustomData")?;
        let ours = all.all("Item").find(|item| item.text_of("Key") == KEY)?;
        serde_json::from_str(ours.text_of("Value")).ok()
    }

    /// As it is written.
    pub(super) fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_not(value: &bool) -> bool {
    !*value
}
