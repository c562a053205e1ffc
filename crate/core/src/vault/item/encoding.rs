//! The plaintext of an item's record.
//!
//! ```text
//! content    encode("sigill/item-content/1", name, username, password, urls, notes, fields,
//!            created_at, modified_at, trashed_at?, batch?, history)
//! plaintext  content's length (32 bits, big-endian) ‖ content ‖ 00… to the next multiple of 256
//! ```

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::{CustomField, Field, FieldKind, Item, Past};
use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::BatchId;

impl Item {
    const LABEL: &'static str = "sigill/item-content/1";

    /// Plaintexts come in multiples of this, so that a ciphertext's length
    /// says little about its content.
    const STEP: usize = 256;

    /// `plaintext`.
    pub(in crate::vault) fn to_padded(&self) -> Zeroizing<Vec<u8>> {
        let content = Zeroizing::new(self.to_bytes());
        let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
        let padded = (4 + content.len()).next_multiple_of(Self::STEP);
        let mut plaintext = Zeroizing::new(Vec::with_capacity(padded));
        plaintext.extend_from_slice(&length.to_be_bytes());
        plaintext.extend_from_slice(&content);
        plaintext.resize(padded, 0);
        plaintext
    }

    /// Undoes [`Item::to_padded`]; one plaintext for one item, so padding of
    /// another length or content is refused.
    pub(in crate::vault) fn from_padded(plaintext: &[u8]) -> Result<Self, DecodeError> {
        let (length, rest) = plaintext
            .split_first_chunk::<4>()
            .ok_or(DecodeError::Truncated)?;
        let length =
            usize::try_from(u32::from_be_bytes(*length)).map_err(|_| DecodeError::Truncated)?;
        let (content, padding) = rest
            .split_at_checked(length)
            .ok_or(DecodeError::Truncated)?;
        if plaintext.len() != (4 + length).next_multiple_of(Self::STEP) {
            return Err(DecodeError::Trailing);
        }
        if padding.iter().any(|byte| *byte != 0) {
            return Err(DecodeError::Trailing);
        }
        Self::from_bytes(content)
    }

    pub(in crate::vault) fn to_bytes(&self) -> Vec<u8> {
        Encoder::new(Self::LABEL)
            .text(&self.name)
            .text(&self.username)
            .text(&self.password)
            .list(self.urls.iter(), |e, url| e.text(url))
            .text(&self.notes)
            .list(self.fields.iter(), |e, field| field.encode(e))
            .integer(self.created_at)
            .integer(self.modified_at)
            .optional(self.trashed_at, Encoder::integer)
            .optional(self.batch, |e, batch| batch.encode(e))
            .list(self.history.iter(), |e, past| past.encode(e))
            .finish()
    }

    fn from_bytes(content: &[u8]) -> Result<Self, DecodeError> {
        let mut decoder = Decoder::open(Self::LABEL, content)?;
        let d = &mut decoder;
        let item = Self {
            name: d.text()?.into(),
            username: d.text()?.into(),
            password: d.text()?.into(),
            urls: d.list(|d| d.text().map(Into::into))?,
            notes: d.text()?.into(),
            fields: d.list(CustomField::decode)?,
            created_at: d.integer()?,
            modified_at: d.integer()?,
            trashed_at: d.optional(Decoder::integer)?,
            batch: d.optional(BatchId::decode)?,
            history: d.list(Past::decode)?,
        };
        decoder.finish()?;
        Ok(item)
    }
}

impl CustomField {
    fn encode(&self, encoder: Encoder) -> Encoder {
        let kind = match self.kind {
            FieldKind::Text => 0,
            FieldKind::Hidden => 1,
        };
        encoder.text(&self.label).text(&self.value).integer(kind)
    }

    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            label: decoder.text()?.into(),
            value: decoder.text()?.into(),
            kind: match decoder.integer()? {
                0 => FieldKind::Text,
                1 => FieldKind::Hidden,
                2.. => return Err(DecodeError::Malformed),
            },
        })
    }
}

impl Past {
    fn encode(&self, encoder: Encoder) -> Encoder {
        let (number, label) = self.field.number();
        encoder
            .integer(number)
            .text(label)
            .text(&self.value)
            .integer(self.until)
    }

    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            field: match (decoder.integer()?, decoder.text()?) {
                (0, "") => Field::Name,
                (1, "") => Field::Username,
                (2, "") => Field::Password,
                (3, "") => Field::Urls,
                (4, "") => Field::Notes,
                (5, label) => Field::Custom {
                    label: label.into(),
                },
                _ => return Err(DecodeError::Malformed),
            },
            value: decoder.text()?.into(),
            until: decoder.integer()?,
        })
    }
}

impl Field {
    /// Its number in the canonical encoding, and the label of a custom one.
    fn number(&self) -> (u64, &str) {
        match self {
            Self::Name => (0, ""),
            Self::Username => (1, ""),
            Self::Password => (2, ""),
            Self::Urls => (3, ""),
            Self::Notes => (4, ""),
            Self::Custom { label } => (5, label),
        }
    }
}
