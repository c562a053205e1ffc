//! One entry, as the person sees it: schema 1, a login.
//!
//! ```text
//! content    encode("sigill/item-content/1", name, username, password, urls, notes, fields,
//!            created_at, modified_at, trashed_at?, batch?, history)
//! plaintext  content's length (32 bits, big-endian) ‖ content ‖ 00… to the next multiple of 256
//! ```

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::BatchId;
use crate::wire::Seconds;

/// The schema of [`Item`].
pub const LOGIN_SCHEMA: u64 = 1;

/// A login. Every field counts as a secret: wiped on drop, never printed.
#[derive(PartialEq, Eq, Default, Zeroize, ZeroizeOnDrop)]
pub struct Item {
    /// What the person calls it.
    pub name: String,
    /// User name.
    pub username: String,
    /// Password.
    pub password: String,
    /// Where it is used.
    pub urls: Vec<String>,
    /// Notes.
    pub notes: String,
    /// Fields of the person's own.
    pub fields: Vec<CustomField>,
    /// When it was made.
    pub created_at: Seconds,
    /// When it last changed.
    pub modified_at: Seconds,
    /// When it went to the trash.
    pub trashed_at: Option<Seconds>,
    /// The import that brought it.
    #[zeroize(skip)]
    pub batch: Option<BatchId>,
    /// What stood in its fields before, newest first.
    pub history: Vec<Past>,
}

/// A field of the person's own.
#[derive(PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct CustomField {
    /// Its label.
    pub label: String,
    /// Its value.
    pub value: String,
    /// How it shows.
    #[zeroize(skip)]
    pub kind: FieldKind,
}

/// How a field of the person's own shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// In clear.
    Text,
    /// As dots, until shown.
    Hidden,
}

/// What stood in a field before.
#[derive(PartialEq, Eq, PartialOrd, Ord, Zeroize, ZeroizeOnDrop)]
pub struct Past {
    /// Which field.
    pub field: Field,
    /// What stood there; URLs one a line.
    pub value: String,
    /// When it was replaced.
    pub until: Seconds,
}

/// Names a field of an item.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Zeroize)]
pub enum Field {
    /// The name.
    Name,
    /// The user name.
    Username,
    /// The password.
    Password,
    /// The URLs.
    Urls,
    /// The notes.
    Notes,
    /// One of the person's own.
    Custom {
        /// Its label.
        label: String,
    },
}

impl Item {
    const LABEL: &'static str = "sigill/item-content/1";

    /// Plaintexts come in multiples of this, so that a ciphertext's length
    /// says little about its content.
    const STEP: usize = 256;

    /// How many past values an item remembers; the oldest go first.
    pub const HISTORY: usize = 200;

    /// The item after an edit at `now`: `edited`'s fields; what stood there
    /// before goes to the history. `edited`'s batch counts where it has one,
    /// all else stays this item's.
    #[must_use]
    pub fn revised(&self, mut edited: Self, now: Seconds) -> Self {
        edited.created_at = self.created_at;
        edited.modified_at = now.max(self.modified_at);
        edited.trashed_at = self.trashed_at;
        edited.batch = edited.batch.or(self.batch);
        let until = edited.modified_at;
        let replaced = replaced(self, &edited);
        edited.history = self.history.iter().map(Past::copy).collect();
        edited
            .history
            .extend(replaced.into_iter().map(|(field, value)| Past {
                field,
                value,
                until,
            }));
        edited.tidy_history();
        edited
    }

    /// The same item in the trash since `now`, or out of it.
    #[must_use]
    pub fn moved(&self, trashed_at: Option<Seconds>, now: Seconds) -> Self {
        let mut moved = self.copy();
        moved.trashed_at = trashed_at;
        moved.modified_at = now.max(self.modified_at);
        moved
    }

    /// A second one, wiped like the first; not `Clone`, so that it stands out.
    fn copy(&self) -> Self {
        Self {
            name: self.name.clone(),
            username: self.username.clone(),
            password: self.password.clone(),
            urls: self.urls.clone(),
            notes: self.notes.clone(),
            fields: self.fields.iter().map(CustomField::copy).collect(),
            created_at: self.created_at,
            modified_at: self.modified_at,
            trashed_at: self.trashed_at,
            batch: self.batch,
            history: self.history.iter().map(Past::copy).collect(),
        }
    }

    /// Newest first, each value once, the oldest dropped.
    pub(super) fn tidy_history(&mut self) {
        self.history
            .sort_unstable_by(|a, b| b.until.cmp(&a.until).then_with(|| a.cmp(b)));
        self.history.dedup();
        self.history.truncate(Self::HISTORY);
    }

    /// `plaintext`.
    pub(super) fn to_padded(&self) -> Zeroizing<Vec<u8>> {
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
    pub(super) fn from_padded(plaintext: &[u8]) -> Result<Self, DecodeError> {
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

    pub(super) fn to_bytes(&self) -> Vec<u8> {
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

/// The values of `before` that `after` no longer holds in their place.
fn replaced(before: &Item, after: &Item) -> Vec<(Field, String)> {
    let texts = [
        (Field::Name, &before.name, &after.name),
        (Field::Username, &before.username, &after.username),
        (Field::Password, &before.password, &after.password),
        (Field::Notes, &before.notes, &after.notes),
    ];
    let texts = texts
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(field, before, _)| (field, before.clone()));
    let urls = (before.urls != after.urls).then(|| (Field::Urls, before.urls.join("\n")));
    let still_there = |field: &CustomField| {
        let same = |other: &CustomField| other.label == field.label && other.value == field.value;
        after.fields.iter().any(same)
    };
    let custom = before
        .fields
        .iter()
        .filter(|field| !still_there(field))
        .map(|CustomField { label, value, .. }| {
            let label = label.clone();
            (Field::Custom { label }, value.clone())
        });
    let all = texts.chain(urls).chain(custom);
    all.filter(|(_, value)| !value.is_empty()).collect()
}

impl CustomField {
    /// A second one, wiped like the first; not `Clone`, so that it stands out.
    pub(super) fn copy(&self) -> Self {
        Self {
            label: self.label.clone(),
            value: self.value.clone(),
            kind: self.kind,
        }
    }

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
    /// A second one, wiped like the first; not `Clone`, so that it stands out.
    pub(super) fn copy(&self) -> Self {
        Self {
            field: self.field.clone(),
            value: self.value.clone(),
            until: self.until,
        }
    }

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
