//! Proofs, and sets of them.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

/// A proof, in the order in which proofs are asked for: no mail and no text
/// leaves before a required password was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The password of the account.
    AccountPassword,
    /// The code from the mail.
    EmailCode,
    /// The code from the text message (or another factor that is enrolled).
    TextMessageCode,
}

impl Proof {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [
        Self::AccountPassword,
        Self::EmailCode,
        Self::TextMessageCode,
    ];

    const fn bit(self) -> u8 {
        match self {
            Self::AccountPassword => 1,
            Self::EmailCode => 2,
            Self::TextMessageCode => 4,
        }
    }
}

/// A set of proofs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Proofs(u8);

impl Proofs {
    /// None. No action needs so little; it is where adding begins.
    pub const NONE: Self = Self(0);
    /// The code from the mail.
    pub const CODE: Self = Self::NONE.and(Proof::EmailCode);
    /// The account password.
    pub const PASSWORD: Self = Self::NONE.and(Proof::AccountPassword);

    /// These and `proof`.
    #[must_use]
    pub const fn and(self, proof: Proof) -> Self {
        Self(self.0 | proof.bit())
    }

    /// Whether `proof` is among them.
    #[must_use]
    pub const fn contains(self, proof: Proof) -> bool {
        self.0 & proof.bit() != 0
    }

    /// Whether all of `other` are among them.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// These without `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// In the order in which they are asked for.
    pub fn iter(self) -> impl Iterator<Item = Proof> {
        Proof::ALL
            .into_iter()
            .filter(move |proof| self.contains(*proof))
    }

    /// As a list, in the order in which they are asked for.
    #[must_use]
    pub fn to_vec(self) -> Vec<Proof> {
        self.iter().collect()
    }

    /// As a number to store: 1 password, 2 mailed code, 4 text-message code.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// From the number that was stored; nothing where it can't be one.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Option<Self> {
        if bits < 8 { Some(Self(bits)) } else { None }
    }

    /// Those of either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those of both.
    #[must_use]
    pub const fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The one that is asked for first.
    #[must_use]
    pub fn first(self) -> Option<Proof> {
        self.iter().next()
    }
}

impl FromIterator<Proof> for Proofs {
    fn from_iter<I: IntoIterator<Item = Proof>>(proofs: I) -> Self {
        proofs.into_iter().fold(Self::NONE, Self::and)
    }
}
