//! JSON of other programs: read leniently, wiped when done with.

use std::borrow::Cow;

use serde_json::{Map, Value};
use zeroize::Zeroize;

use crate::fault::FileError;
use crate::limit::MOST_NODES;

/// A document. It nests at most as deep as `serde_json` lets it: 128 levels.
pub(crate) struct Document(Value);

/// A value of it; whatever is not there is an empty one.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a>(&'a Value);

static NOTHING: Value = Value::Null;

impl Document {
    /// Reads the whole text.
    pub(crate) fn parse(text: &[u8]) -> Result<Self, FileError> {
        if memchr::memchr2_iter(b'{', b'[', text).count() > MOST_NODES {
            return Err(FileError::TooLarge);
        }
        let value = serde_json::from_slice(text).map_err(|_| FileError::Damaged)?;
        Ok(Self(value))
    }

    /// The outermost value.
    pub(crate) const fn root(&self) -> Node<'_> {
        Node(&self.0)
    }
}

impl Drop for Document {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(all) => all.iter_mut().for_each(wipe),
        Value::Object(all) => all.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl<'a> Node<'a> {
    /// The member of that name.
    pub(crate) fn at(self, name: &str) -> Self {
        Node(self.0.get(name).unwrap_or(&NOTHING))
    }

    /// The text; empty where there is none.
    pub(crate) fn text(self) -> &'a str {
        self.0.as_str().unwrap_or_default()
    }

    /// The text of a text, number or truth value; of anything else its JSON.
    pub(crate) fn shown(self) -> Cow<'a, str> {
        match self.0 {
            Value::String(text) => Cow::Borrowed(text),
            Value::Null => Cow::Borrowed(""),
            other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
                Cow::Owned(other.to_string())
            }
        }
    }

    /// The whole number, written as one or as a text.
    pub(crate) fn number(self) -> Option<u64> {
        self.0
            .as_u64()
            .or_else(|| self.0.as_str()?.trim().parse().ok())
    }

    /// The whole number, below zero too.
    pub(crate) fn signed(self) -> Option<i64> {
        self.0.as_i64()
    }

    /// Whether it says yes: `true`, `"true"` or a number other than 0.
    pub(crate) fn is_true(self) -> bool {
        let number = self.number();
        self.0
            .as_bool()
            .unwrap_or(self.text() == "true" || number.is_some_and(|n| n != 0))
    }

    /// Whether there is anything.
    pub(crate) const fn is_there(self) -> bool {
        !matches!(self.0, Value::Null)
    }

    /// Whether it is an object.
    pub(crate) fn is_object(self) -> bool {
        self.0.is_object()
    }

    /// Whether it is a list.
    pub(crate) fn is_list(self) -> bool {
        self.0.is_array()
    }

    /// Its members, in order; none where it is no list.
    pub(crate) fn list(self) -> impl Iterator<Item = Node<'a>> {
        self.0.as_array().into_iter().flatten().map(Node)
    }

    /// Its members by name; none where it is no object.
    pub(crate) fn members(self) -> impl Iterator<Item = (&'a str, Node<'a>)> {
        let members = self.0.as_object().into_iter().flat_map(Map::iter);
        members.map(|(name, value)| (name.as_str(), Node(value)))
    }
}
