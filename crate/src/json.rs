//! JSON into values, strictly and small; and values into JSON.
//!
//! Text becomes a tree (`serde_json`), the tree a value. Deriving the second
//! step would make every shape's reader several times over, once for each
//! place that it is read from: two thirds of the program. [`object!`] names a
//! shape's fields instead, and the compiler sees to it that none is missing.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::de::value::{Error, StrDeserializer};
use serde::de::{Deserialize, IntoDeserializer};
use serde::ser::Serialize;
use serde_json::Value;
use sigill_core::id::{
    AccountId, DeviceId, FileId, FilesKeyId, GenerationId, Hash, IdempotencyKey, KeyId,
    OperationId, SlotId, UploadId, VaultId,
};
use sigill_core::wire::{Bytes, SecretText};
use zeroize::Zeroize;

use crate::trouble::Trouble;

/// What a JSON tree can be read as.
pub(crate) trait Read: Sized {
    /// Nothing where the tree is of another shape.
    fn read(value: &Value) -> Option<Self>;
}

/// Reads JSON text; wipes what it was read from.
pub(crate) fn parse<T: Read>(text: &[u8]) -> Option<T> {
    let mut tree = serde_json::from_slice(text).ok()?;
    let value = T::read(&tree);
    wipe(&mut tree);
    value
}

fn wipe(tree: &mut Value) {
    match tree {
        Value::String(text) => text.zeroize(),
        Value::Array(members) => members.iter_mut().for_each(wipe),
        Value::Object(fields) => fields.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A field of an object; absent ones are null.
pub(crate) fn field<T: Read>(value: &Value, name: &str) -> Option<T> {
    T::read(value.as_object()?.get(name).unwrap_or(&Value::Null))
}

/// Bytes, as a page hands them over: base64url, without padding.
pub(crate) fn base64url(text: &str) -> Result<Vec<u8>, Trouble> {
    let bytes = URL_SAFE_NO_PAD.decode(text);
    bytes.map_err(|_| Trouble::MalformedInput)
}

/// A value of ours as JSON. Nothing is written in the place of what could not be: an
/// empty row would be a row lost.
pub(crate) fn text<T: Serialize>(value: &T) -> String {
    written(serde_json::to_string(value))
}

/// The same, laid out for people.
pub(crate) fn pretty<T: Serialize>(value: &T) -> String {
    written(serde_json::to_string_pretty(value))
}

#[expect(
    clippy::expect_used,
    reason = "our shapes have no member that fails, and no map with keys that are no text"
)]
fn written(json: serde_json::Result<String>) -> String {
    json.expect("a shape of ours")
}

/// The text of a field that says which variant an object is.
pub(crate) fn tag<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

/// A value that is one word, by its derived reader.
pub(crate) fn word<T: DeserializeOwned>(value: &Value) -> Option<T> {
    let text: StrDeserializer<'_, Error> = value.as_str()?.into_deserializer();
    T::deserialize(text).ok()
}

/// Reads structs by their fields' names, or the names given.
macro_rules! object {
    ($($shape:ty { $($field:ident $(= $name:literal)?),* $(,)? })*) => {$(
        impl $crate::json::Read for $shape {
            fn read(value: &serde_json::Value) -> Option<Self> {
                Some(Self {
                    $($field: $crate::json::field(value, object!(@ $field $($name)?))?,)*
                })
            }
        }
    )*};
    (@ $field:ident) => { stringify!($field) };
    (@ $field:ident $name:literal) => { $name };
}

/// Reads enums that are one word.
macro_rules! words {
    ($($shape:ty),* $(,)?) => {$(
        impl $crate::json::Read for $shape {
            fn read(value: &serde_json::Value) -> Option<Self> {
                $crate::json::word(value)
            }
        }
    )*};
}

pub(crate) use {object, words};

impl<T: Read> Read for Option<T> {
    fn read(value: &Value) -> Option<Self> {
        if value.is_null() {
            Some(None)
        } else {
            T::read(value).map(Some)
        }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &Value) -> Option<Self> {
        value.as_array()?.iter().map(T::read).collect()
    }
}

impl Read for bool {
    fn read(value: &Value) -> Option<Self> {
        value.as_bool()
    }
}

impl Read for u64 {
    fn read(value: &Value) -> Option<Self> {
        value.as_u64()
    }
}

impl Read for u32 {
    fn read(value: &Value) -> Option<Self> {
        value.as_u64()?.try_into().ok()
    }
}

impl Read for String {
    fn read(value: &Value) -> Option<Self> {
        value.as_str().map(Into::into)
    }
}

impl Read for SecretText {
    fn read(value: &Value) -> Option<Self> {
        String::read(value).map(Self::new)
    }
}

impl Read for Bytes {
    fn read(value: &Value) -> Option<Self> {
        let text: StrDeserializer<'_, Error> = value.as_str()?.into_deserializer();
        Self::deserialize(text).ok()
    }
}

impl Read for [String; 4] {
    fn read(value: &Value) -> Option<Self> {
        Vec::read(value)?.try_into().ok()
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn read(value: &Value) -> Option<Self> {
        match value.as_array()?.as_slice() {
            [one, other] => Some((A::read(one)?, B::read(other)?)),
            _ => None,
        }
    }
}

macro_rules! names {
    ($($name:ty),*) => {$(
        impl Read for $name {
            fn read(value: &Value) -> Option<Self> {
                value.as_str()?.parse().ok()
            }
        }
    )*};
}

names!(
    AccountId,
    DeviceId,
    FileId,
    FilesKeyId,
    GenerationId,
    Hash,
    IdempotencyKey,
    KeyId,
    OperationId,
    SlotId,
    UploadId,
    VaultId
);
