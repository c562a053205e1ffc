//! JSON on its way out, borrowed from the items: no secret is copied before
//! it is written.

use serde::ser::{Serialize, SerializeMap, Serializer};
use zeroize::Zeroizing;

/// A value.
pub(super) enum Json<'a> {
    Null,
    Bool(bool),
    Number(u64),
    Text(&'a str),
    /// Made for the file, wiped when it is written.
    Made(Zeroizing<String>),
    List(Vec<Self>),
    /// Members in their order; those that are [`Json::Left`] are left out.
    Object(Vec<(&'static str, Self)>),
    /// No member at all.
    Left,
}

impl<'a> Json<'a> {
    /// A text of our own.
    pub(super) fn made(text: String) -> Self {
        Self::Made(Zeroizing::new(text))
    }

    /// The text, or `null` where it is empty.
    pub(super) const fn or_null(text: &'a str) -> Self {
        if text.is_empty() {
            Self::Null
        } else {
            Self::Text(text)
        }
    }

    /// The document.
    pub(super) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::new());
        // Writing into memory does not fail, nor does any of these values.
        let _ = serde_json::to_writer_pretty(&mut *bytes, self);
        bytes
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null | Self::Left => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(value) => serializer.serialize_u64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Made(text) => serializer.serialize_str(text),
            Self::List(members) => serializer.collect_seq(members),
            Self::Object(members) => {
                let mut object = serializer.serialize_map(None)?;
                for (name, value) in members {
                    if !matches!(value, Self::Left) {
                        object.serialize_entry(name, value)?;
                    }
                }
                object.end()
            }
        }
    }
}
