//! Fields of the person's own.

use alloc::string::String;

use zeroize::{Zeroize, ZeroizeOnDrop};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldKind {
    /// In clear.
    Text,
    /// As dots, until shown.
    Hidden,
    /// A tick: `true`, or anything else for none.
    Boolean,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// An address.
    Url,
    /// The key of one-time codes, as dots until shown.
    Totp,
}

impl FieldKind {
    const ALL: [Self; 6] = [
        Self::Text,
        Self::Hidden,
        Self::Boolean,
        Self::Date,
        Self::Url,
        Self::Totp,
    ];

    /// Its number in the canonical encoding.
    #[must_use]
    pub const fn code(self) -> u64 {
        match self {
            Self::Text => 0,
            Self::Hidden => 1,
            Self::Boolean => 2,
            Self::Date => 3,
            Self::Url => 4,
            Self::Totp => 5,
        }
    }

    /// The kind of that number.
    #[must_use]
    pub fn from_code(code: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether the value shows as dots, and stays out of the search.
    #[must_use]
    pub const fn is_secret(self) -> bool {
        match self {
            Self::Hidden | Self::Totp => true,
            Self::Text | Self::Boolean | Self::Date | Self::Url => false,
        }
    }
}

impl CustomField {
    /// A field of that kind.
    #[must_use]
    pub fn new(kind: FieldKind, label: &str, value: &str) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            kind,
        }
    }

    /// A second one, wiped like the first; not `Clone`, so that it stands out.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self::new(self.kind, &self.label, &self.value)
    }
}
