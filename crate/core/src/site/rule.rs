//! How a saved URL is held against a page's.

use serde::{Deserialize, Serialize};

/// How a saved URL is held against a page's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Of the same registrable domain, or of one that shares its accounts.
    #[default]
    Domain,
    /// Of the same host and port.
    Host,
    /// The same host, port and scheme, and a path that begins alike.
    StartsWith,
    /// The same but for what follows `#`.
    Exact,
    /// Never, nor by another URL of its item: see [`super::fit::bars`].
    Never,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Domain,
        Self::Host,
        Self::StartsWith,
        Self::Exact,
        Self::Never,
    ];

    /// Its type in TypeScript.
    pub const DECLARATION: &'static str =
        "export type Rule = \"domain\" | \"host\" | \"starts_with\" | \"exact\" | \"never\";\n";

    /// Its number in the canonical encoding.
    #[must_use]
    pub const fn code(self) -> u64 {
        match self {
            Self::Domain => 0,
            Self::Host => 1,
            Self::StartsWith => 2,
            Self::Exact => 3,
            Self::Never => 4,
        }
    }

    /// The rule of that number.
    #[must_use]
    pub fn from_code(code: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }

    /// Its name across the border, and in the history.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Host => "host",
            Self::StartsWith => "starts_with",
            Self::Exact => "exact",
            Self::Never => "never",
        }
    }

    /// The rule of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.key() == key)
    }
}
