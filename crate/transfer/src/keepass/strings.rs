//! The strings of an entry: keys and values, in their order.

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::xml::Node;

/// A string of an entry.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(super) struct Text {
    pub(super) key: String,
    pub(super) value: String,
    pub(super) is_protected: bool,
}

/// Those that nobody took yet.
pub(super) struct Strings(Vec<Text>);

impl Strings {
    pub(super) fn of(entry: &Node) -> Self {
        let text = |string: &Node| {
            let value = string.child("Value")?;
            Some(Text {
                key: string.text_of("Key").to_owned(),
                value: value.text.clone(),
                is_protected: value.is("Protected") || value.is("ProtectInMemory"),
            })
        };
        Self(entry.all("String").filter_map(text).collect())
    }

    /// The value of that key, unless it is empty.
    pub(super) fn find(&self, key: &str) -> Option<&str> {
        let mut filled = self.0.iter().filter(|text| !text.value.is_empty());
        let found = filled.find(|text| text.key == key);
        found.map(|text| text.value.as_str())
    }

    /// Takes the string of that key; empty where there is none.
    pub(super) fn take(&mut self, key: &str) -> String {
        self.take_first(|text| text.key == key)
            .map_or_else(String::new, |mut text| core::mem::take(&mut text.value))
    }

    /// Takes the first that is so.
    pub(super) fn take_first(&mut self, is_one: impl Fn(&Text) -> bool) -> Option<Text> {
        let at = self.0.iter().position(is_one)?;
        Some(self.0.remove(at))
    }

    /// What is left.
    pub(super) fn rest(self) -> Vec<Text> {
        self.0
    }
}
