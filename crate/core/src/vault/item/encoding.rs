//! The plaintext of an item's record.
//!
//! ```text
//! content    encode("sigill/item-content/2" | "…/3", kind, name, values, urls, tags, folder, fields,
//!            passkeys, files, favourite, shelf, created_at, modified_at, batch?, history)
//! values     list of (field, text), by field, none empty
//! urls       list of text; from 3 on of (text, rule), one rule at least another than most have
//! tags       list of text, in order, none empty
//! fields     list of (label, value, kind)
//! passkeys   list of (credential, rp, user_handle, user_name, display_name, private_key, counter, created_at),
//!            by credential
//! files      list of (id, name, size, sha256, media_type), by id
//! shelf      0 | 1, archived_since | 2, trashed_since
//! history    list of (part, number, label, value, until); part 2: the field's number, 7: the kind's and the label,
//!            else 0 and empty
//! plaintext  content, padded to the next multiple of 256
//! ```

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::sorted::Keyed;
use super::{
    CustomField, Field, FieldKind, FileRef, Item, Kind, PLAIN, Part, Passkey, Past, RULED, Shelf,
    Sorted, Url, Value,
};
use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::BatchId;
use crate::site::Rule;
use crate::vault::padding::{padded, unpadded};

mod members;

impl Item {
    /// By the schema.
    const LABELS: [(u64, &'static str); 2] = [
        (PLAIN, "sigill/item-content/2"),
        (RULED, "sigill/item-content/3"),
    ];

    /// Plaintexts come in multiples of this.
    const STEP: usize = 256;

    /// `plaintext`.
    pub(in crate::vault) fn to_padded(&self) -> Zeroizing<Vec<u8>> {
        padded(&Zeroizing::new(self.to_bytes()), Self::STEP)
    }

    /// Undoes [`Item::to_padded`].
    pub(in crate::vault) fn from_padded(plaintext: &[u8]) -> Result<Self, DecodeError> {
        Self::from_bytes(unpadded(plaintext, Self::STEP)?)
    }

    pub(in crate::vault) fn to_bytes(&self) -> Vec<u8> {
        let schema = self.schema();
        let [(_, plain), (_, ruled)] = Self::LABELS;
        let encoder = Encoder::new(if schema == RULED { ruled } else { plain })
            .integer(self.kind.code())
            .text(&self.name)
            .list(self.values.iter(), |e, value| {
                e.integer(value.field.code()).text(&value.text)
            })
            .list(self.urls.iter(), |e, url| url.encode(e, schema))
            .list(self.tags.iter(), |e, tag| e.text(tag))
            .text(&self.folder)
            .list(self.fields.iter(), |e, field| field.encode(e))
            .list(self.passkeys.iter(), |e, passkey| passkey.encode(e))
            .list(self.files.iter(), |e, file| file.encode(e))
            .integer(u64::from(self.favourite));
        self.shelf
            .encode(encoder)
            .integer(self.created_at)
            .integer(self.modified_at)
            .optional(self.batch, |e, batch| batch.encode(e))
            .list(self.history.iter(), |e, past| past.encode(e))
            .finish()
    }

    #[inline(never)] // called ten thousand times in a row: V8 compiles such a function well in the midst of it
    pub(super) fn from_bytes(content: &[u8]) -> Result<Self, DecodeError> {
        let open = |(schema, label)| Some((Decoder::open(label, content).ok()?, schema));
        let opened = Self::LABELS.into_iter().find_map(open);
        let (mut decoder, schema) = opened.ok_or(DecodeError::Label)?;
        let d = &mut decoder;
        let item = Self {
            kind: Kind::from_code(d.integer()?).ok_or(DecodeError::Malformed)?,
            name: d.text()?.into(),
            values: in_order(d.list(Value::decode)?)?,
            urls: d.list(|d| Url::decode(d, schema))?,
            tags: in_order(d.list(|d| filled(d).map(Into::into))?)?,
            folder: d.text()?.into(),
            fields: d.list(CustomField::decode)?,
            passkeys: in_order(d.list(Passkey::decode)?)?,
            files: in_order(d.list(FileRef::decode)?)?,
            favourite: match d.integer()? {
                0 => false,
                1 => true,
                2.. => return Err(DecodeError::Malformed),
            },
            shelf: Shelf::decode(d)?,
            created_at: d.integer()?,
            modified_at: d.integer()?,
            batch: d.optional(BatchId::decode)?,
            history: d.list(Past::decode)?,
        };
        decoder.finish()?;
        // In a later schema than it needs it would be another encoding of the same.
        (item.schema() == schema)
            .then_some(item)
            .ok_or(DecodeError::Malformed)
    }
}

impl Url {
    fn encode(&self, encoder: Encoder, schema: u64) -> Encoder {
        let encoder = encoder.text(&self.text);
        match schema {
            PLAIN => encoder,
            _ => encoder.integer(self.rule.code()),
        }
    }

    fn decode(decoder: &mut Decoder<'_>, schema: u64) -> Result<Self, DecodeError> {
        let url = Self::from(decoder.text()?);
        if schema == PLAIN {
            return Ok(url);
        }
        let rule = Rule::from_code(decoder.integer()?).ok_or(DecodeError::Malformed)?;
        Ok(url.by(rule))
    }
}

/// Members in any other order, or twice, are another encoding of the same.
fn in_order<T: Keyed>(members: Vec<T>) -> Result<Sorted<T>, DecodeError> {
    Sorted::parse(members).map_err(|_| DecodeError::Malformed)
}

/// A text that is not empty.
fn filled<'a>(decoder: &mut Decoder<'a>) -> Result<&'a str, DecodeError> {
    let text = decoder.text()?;
    if text.is_empty() {
        Err(DecodeError::Malformed)
    } else {
        Ok(text)
    }
}

impl Value {
    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            field: Field::decode(decoder)?,
            text: filled(decoder)?.into(),
        })
    }
}

impl Field {
    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Self::from_code(decoder.integer()?).ok_or(DecodeError::Malformed)
    }
}

impl Shelf {
    fn encode(self, encoder: Encoder) -> Encoder {
        match self {
            Self::Active => encoder.integer(0),
            Self::Archived { since } => encoder.integer(1).integer(since),
            Self::Trashed { since } => encoder.integer(2).integer(since),
        }
    }

    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(match decoder.integer()? {
            0 => Self::Active,
            1 => Self::Archived {
                since: decoder.integer()?,
            },
            2 => Self::Trashed {
                since: decoder.integer()?,
            },
            3.. => return Err(DecodeError::Malformed),
        })
    }
}

impl Past {
    fn encode(&self, encoder: Encoder) -> Encoder {
        let (part, number, label) = self.part.numbers();
        encoder
            .integer(part)
            .integer(number)
            .text(label)
            .text(&self.value)
            .integer(self.until)
    }

    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            part: Part::decode(decoder)?,
            value: decoder.text()?.into(),
            until: decoder.integer()?,
        })
    }
}

impl Part {
    /// Its number, that of its field or of its kind, its label.
    fn numbers(&self) -> (u64, u64, &str) {
        match self {
            Self::Kind => (0, 0, ""),
            Self::Name => (1, 0, ""),
            Self::Field(field) => (2, field.code(), ""),
            Self::Urls => (3, 0, ""),
            Self::Tags => (4, 0, ""),
            Self::Folder => (5, 0, ""),
            Self::Shelf => (6, 0, ""),
            Self::Custom { label, kind } => (7, kind.code(), label),
            Self::Passkey => (8, 0, ""),
            Self::File => (9, 0, ""),
        }
    }

    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let (part, number, label) = (decoder.integer()?, decoder.integer()?, decoder.text()?);
        Ok(match (part, number, label) {
            (0, 0, "") => Self::Kind,
            (1, 0, "") => Self::Name,
            (2, code, "") => Self::Field(Field::from_code(code).ok_or(DecodeError::Malformed)?),
            (3, 0, "") => Self::Urls,
            (4, 0, "") => Self::Tags,
            (5, 0, "") => Self::Folder,
            (6, 0, "") => Self::Shelf,
            (7, code, label) => Self::Custom {
                label: label.into(),
                kind: FieldKind::from_code(code).ok_or(DecodeError::Malformed)?,
            },
            (8, 0, "") => Self::Passkey,
            (9, 0, "") => Self::File,
            _ => return Err(DecodeError::Malformed),
        })
    }
}
