//! Where an item is kept.

use crate::wire::Seconds;

/// Where an item is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shelf {
    /// In sight.
    #[default]
    Active,
    /// Out of sight, kept.
    Archived {
        /// Since when.
        since: Seconds,
    },
    /// In the trash.
    Trashed {
        /// Since when.
        since: Seconds,
    },
}

impl Shelf {
    /// How long an item lies in the trash before it may go: 30 days.
    pub const TRASH: Seconds = 30 * 24 * 60 * 60;

    /// Its name in the history.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Archived { .. } => "archived",
            Self::Trashed { .. } => "trashed",
        }
    }

    /// Whether an item may go from the trash at `now`.
    #[must_use]
    pub fn is_due(self, now: Seconds) -> bool {
        self.due().is_some_and(|due| due <= now)
    }

    /// When an item in the trash is due to go.
    #[must_use]
    pub const fn due(self) -> Option<Seconds> {
        match self {
            Self::Active | Self::Archived { .. } => None,
            Self::Trashed { since } => Some(since.saturating_add(Self::TRASH)),
        }
    }
}
