//! What a person does to many items at once.

use alloc::string::String;

use super::{Item, Shelf};
use crate::wire::Seconds;

/// What a person does to many items at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Into the trash.
    Trash,
    /// Into the archive.
    Archive,
    /// Back in sight, out of the trash or the archive.
    Restore,
    /// Into a folder; the empty one is none.
    Move {
        /// The folder.
        folder: String,
    },
    /// A tag on.
    Tag {
        /// The tag.
        tag: String,
    },
    /// A tag off.
    Untag {
        /// The tag.
        tag: String,
    },
    /// Marked as a favourite.
    Mark,
    /// No longer marked.
    Unmark,
}

impl Item {
    /// The item after `act` at `now`; nothing where it is so already.
    #[must_use]
    pub fn after(&self, act: &Act, now: Seconds) -> Option<Self> {
        let after = self.changed(now, |item| item.take(act, now));
        (!after.is_kept_as(self)).then_some(after)
    }

    fn take(&mut self, act: &Act, now: Seconds) {
        match act {
            Act::Trash => self.shelve(Shelf::Trashed { since: now }),
            Act::Archive => self.shelve(Shelf::Archived { since: now }),
            Act::Restore => self.shelve(Shelf::Active),
            Act::Move { folder } => self.put_into(folder),
            Act::Tag { tag } => self.tag(tag),
            Act::Untag { tag } => {
                self.tags.take(tag);
            }
            Act::Mark => self.favourite = true,
            Act::Unmark => self.favourite = false,
        }
    }

    /// Where it is already it stays since when it was.
    fn shelve(&mut self, shelf: Shelf) {
        if self.shelf.key() != shelf.key() {
            self.shelf = shelf;
        }
    }

    fn is_kept_as(&self, before: &Self) -> bool {
        self.shelf == before.shelf
            && self.folder == before.folder
            && self.tags == before.tags
            && self.favourite == before.favourite
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::fixture::item;

    #[test]
    fn an_act_done_again_or_not_needed_changes_nothing() {
        let tag = || "work".into();
        for (act, undone) in [
            (Act::Trash, Act::Restore),
            (Act::Archive, Act::Restore),
            (Act::Tag { tag: tag() }, Act::Untag { tag: tag() }),
            (Act::Mark, Act::Unmark),
            (
                Act::Move { folder: tag() },
                Act::Move {
                    folder: String::new(),
                },
            ),
        ] {
            assert!(item().after(&undone, 300).is_none(), "{undone:?}");
            let after = item().after(&act, 300).unwrap();
            assert!(after.after(&act, 400).is_none(), "{act:?}");
            assert!(after.after(&undone, 400).unwrap().is_kept_as(&item()));
        }
    }

    #[test]
    fn folders_are_named_one_way() {
        let moved = |folder: &str| {
            let folder = folder.into();
            let moved = item().after(&Act::Move { folder }, 300);
            moved.map(|item| item.folder.clone())
        };
        assert_eq!(moved(" Home / Bank /").as_deref(), Some("Home/Bank"));
        assert_eq!(moved(" / "), None);
    }
}
