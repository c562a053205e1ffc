//! Where an item is used.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroize;

use super::Item;
use crate::site::{Rule, host};

/// A URL, and which pages are its own.
#[derive(Clone, PartialEq, Eq, Zeroize)]
pub struct Url {
    /// As the person wrote it.
    pub text: String,
    /// How it is held against a page's.
    #[zeroize(skip)]
    pub rule: Rule,
}

impl From<&str> for Url {
    fn from(text: &str) -> Self {
        Self {
            text: text.into(),
            rule: Rule::default(),
        }
    }
}

impl Url {
    /// The same under another rule.
    #[must_use]
    pub fn by(mut self, rule: Rule) -> Self {
        self.rule = rule;
        self
    }

    /// Whether it has another rule than most.
    #[must_use]
    pub fn is_ruled(&self) -> bool {
        self.rule != Rule::default()
    }

    /// What the history keeps of it: the text, and after a tab the rule where it
    /// is another than most have.
    #[must_use]
    pub fn to_line(&self) -> String {
        if self.is_ruled() {
            [&self.text, "\t", self.rule.key()].concat()
        } else {
            self.text.clone()
        }
    }

    /// Undoes [`Url::to_line`].
    #[must_use]
    pub fn from_line(line: &str) -> Self {
        let ruled = line.rsplit_once('\t');
        let ruled = ruled.and_then(|(text, key)| Some(Self::from(text).by(Rule::from_key(key)?)));
        ruled.unwrap_or_else(|| line.into())
    }
}

impl Item {
    /// Where it may be offered: its URLs without those that say never.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        let urls = self.urls.iter().filter(|url| url.rule != Rule::Never);
        urls.map(|url| url.text.as_str())
    }

    /// The host of the first of these, for showing; empty where there is none.
    #[must_use]
    pub fn host(&self) -> &str {
        self.places().next().map_or("", host)
    }

    /// Its URLs, one a line.
    pub(super) fn url_lines(&self) -> String {
        let lines: Vec<String> = self.urls.iter().map(Url::to_line).collect();
        lines.join("\n")
    }
}
