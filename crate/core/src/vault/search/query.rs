//! What was typed, and where to look: words and filters.
//!
//! | filter | lets through |
//! |---|---|
//! | `tag:work` `tag:"two words"` | what has that tag |
//! | `kind:card` | items of a kind whose key begins so |
//! | `url:example` | what is used at an address that contains it |
//! | `folder:home` | what lies in that folder or below it |
//! | `has:totp` `has:passkey` `has:file` | what has one |
//! | `is:favourite` | what is marked |
//! | `in:archive` `in:trash` | what is kept there, instead of what is in sight |
//!
//! Case and accents do not matter. A filter whose value is no known one finds
//! nothing; a word with another colon in it is a word.

use alloc::string::String;
use alloc::vec::Vec;

use super::fold;
use crate::vault::index::Entry;
use crate::vault::index::sketch::Marks;
use crate::vault::item::{Kind, Shelf};

/// Where a person looks, before anything is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All that is in sight.
    All,
    /// What is marked.
    Favourites,
    /// Items of that kind.
    Kind(Kind),
    /// A folder, and what is below it.
    Folder(String),
    /// A tag.
    Tag(String),
    /// The archive.
    Archive,
    /// The trash.
    Trash,
}

/// Where items are kept.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(in crate::vault) enum Kept {
    #[default]
    InSight,
    Archive,
    Trash,
}

impl Kept {
    pub(in crate::vault) const fn of(shelf: Shelf) -> Self {
        match shelf {
            Shelf::Active => Self::InSight,
            Shelf::Archived { .. } => Self::Archive,
            Shelf::Trashed { .. } => Self::Trash,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Filter {
    Tag(String),
    Kind(String),
    Url(String),
    Folder(String),
    Marked(Marks),
    Nothing,
}

/// Words and filters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
    filters: Vec<Filter>,
    kept: Kept,
}

impl Query {
    /// Reads what was typed at `scope`.
    #[must_use]
    pub fn parse(text: &str, scope: &Scope) -> Self {
        let mut query = Self::at(scope);
        for token in tokens(&fold(text)) {
            query.take(&token);
        }
        query.longest_first();
        query
    }

    /// The longest word is the rarest, most often: it is looked for first.
    fn longest_first(&mut self) {
        let words = self.words.iter().enumerate();
        let longest = words.max_by_key(|(_, word)| word.len());
        if let Some((at, _)) = longest {
            self.words.swap(0, at);
        }
    }

    fn at(scope: &Scope) -> Self {
        let filter = match scope {
            Scope::All | Scope::Archive | Scope::Trash => None,
            Scope::Favourites => Some(Filter::Marked(Marks::FAVOURITE)),
            Scope::Kind(kind) => Some(Filter::Kind(kind.key().into())),
            Scope::Folder(folder) => Some(Filter::Folder(fold(folder))),
            Scope::Tag(tag) => Some(Filter::Tag(fold(tag))),
        };
        let kept = match scope {
            Scope::Archive => Kept::Archive,
            Scope::Trash => Kept::Trash,
            Scope::All | Scope::Favourites | Scope::Kind(_) | Scope::Folder(_) | Scope::Tag(_) => {
                Kept::InSight
            }
        };
        Self {
            words: Vec::new(),
            filters: filter.into_iter().collect(),
            kept,
        }
    }

    fn take(&mut self, token: &str) {
        let filter = match token.split_once(':') {
            Some(("tag", tag)) => Filter::Tag(tag.into()),
            Some(("kind", kind)) => Filter::Kind(kind.into()),
            Some(("url", url)) => Filter::Url(url.into()),
            Some(("folder", folder)) => Filter::Folder(folder.into()),
            Some(("has", "totp")) => Filter::Marked(Marks::TOTP),
            Some(("has", "passkey")) => Filter::Marked(Marks::PASSKEY),
            Some(("has", "file")) => Filter::Marked(Marks::FILE),
            Some(("is", "favourite" | "favorite")) => Filter::Marked(Marks::FAVOURITE),
            Some(("in", "archive")) => return self.kept = Kept::Archive,
            Some(("in", "trash")) => return self.kept = Kept::Trash,
            Some(("has" | "is" | "in", _)) => Filter::Nothing,
            Some(_) | None => return self.words.push(token.into()),
        };
        self.filters.push(filter);
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// The longest text of a filter that must occur in whatever it lets through.
    pub(super) fn longest_filter(&self) -> Option<&str> {
        let texts = self.filters.iter().filter_map(Filter::text);
        texts
            .max_by_key(|text| text.len())
            .filter(|text| !text.is_empty())
    }

    /// Whether it looks at what is kept there.
    pub(super) fn looks_on(&self, kept: Kept) -> bool {
        self.kept == kept
    }

    /// Whether all that it finds was found by `before` too: whoever types on asks so.
    pub(super) fn narrows(&self, before: &Self) -> bool {
        let is_asked = |word: &String| self.words().any(|longer| longer.contains(word.as_str()));
        self.kept == before.kept
            && before.words.iter().all(is_asked)
            && before.filters.iter().all(|one| self.filters.contains(one))
    }

    pub(super) const fn has_filters(&self) -> bool {
        !self.filters.is_empty()
    }

    pub(super) fn filters_let(&self, entry: Entry<'_>) -> bool {
        self.filters.iter().all(|filter| filter.lets(entry))
    }
}

impl Filter {
    /// What occurs in the folded text of whatever it lets through.
    fn text(&self) -> Option<&str> {
        match self {
            Self::Tag(text) | Self::Url(text) | Self::Folder(text) => Some(text),
            Self::Kind(_) | Self::Marked(_) | Self::Nothing => None,
        }
    }

    fn lets(&self, entry: Entry<'_>) -> bool {
        match self {
            Self::Tag(tag) => entry.tags().any(|known| fold(known) == *tag),
            Self::Kind(kind) => entry.kind().key().starts_with(kind.as_str()),
            Self::Url(url) => entry.folded_urls().contains(url.as_str()),
            Self::Folder(folder) => is_below(&fold(entry.folder()), folder),
            Self::Marked(marks) => entry.marks().holds(*marks),
            Self::Nothing => false,
        }
    }
}

fn is_below(folder: &str, above: &str) -> bool {
    let rest = folder.strip_prefix(above);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Words, apart by blanks that do not stand between quotation marks.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut token = String::new();
    let mut is_quoted = false;
    for c in text.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            blank if blank.is_whitespace() && !is_quoted => {
                tokens.push(core::mem::take(&mut token))
            }
            other => token.push(other),
        }
    }
    tokens.push(token);
    tokens.retain(|token| !token.is_empty());
    tokens
}
