//! The open vault's entries, as they lie in memory.

use std::collections::BTreeMap;
use std::rc::Rc;

use sigill_core::id::{Hash, ItemId};
use sigill_core::vault::head::RootEntry;
use sigill_core::vault::item::{Item, Shelf};
use sigill_core::vault::record::{Life, Opened};
use sigill_core::vault::search::Haystack;

use super::open::Open;
use super::vault::{Kept, Vault};
use crate::trouble::Trouble;

/// The open vault's entries. Wiped on drop.
pub(crate) struct Entries {
    /// Of which rows they were opened.
    pub(crate) of: Rc<Vault>,
    pub(crate) items: BTreeMap<ItemId, (Hash, Item)>,
    pub(crate) haystack: Haystack,
}

impl Entries {
    pub(crate) fn empty(of: Rc<Vault>) -> Self {
        Self {
            of,
            items: BTreeMap::new(),
            haystack: Haystack::default(),
        }
    }

    pub(crate) fn item(&self, id: ItemId) -> Result<&Item, Trouble> {
        self.items
            .get(&id)
            .map(|(_, item)| item)
            .ok_or(Trouble::NotFound)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (ItemId, &Item)> {
        self.items.iter().map(|(id, (_, item))| (*id, item))
    }

    /// Entries that are not in the trash.
    pub(crate) fn count(&self) -> usize {
        let kept = self.all();
        kept.filter(|(_, item)| !matches!(item.shelf, Shelf::Trashed { .. }))
            .count()
    }

    /// Opens what is new among `vault`'s records, forgets what is gone.
    pub(crate) fn follow(&mut self, vault: Rc<Vault>, open: &Open) -> Result<(), Trouble> {
        let is_new = |entry: &RootEntry| {
            let known = self.items.get(&entry.item).map(|(hash, _)| *hash);
            entry.life == Life::Living && known != Some(entry.record)
        };
        let new: Vec<&Kept> = vault
            .kept
            .values()
            .filter(|kept| is_new(&kept.entry))
            .collect();
        let gone = |id: &ItemId| {
            vault
                .kept
                .get(id)
                .is_none_or(|k| k.entry.life == Life::Tombstone)
        };
        let gone: Vec<ItemId> = self.items.keys().copied().filter(gone).collect();
        for id in &gone {
            self.items.remove(id);
        }
        let mut changed: Vec<ItemId> = gone;
        for kept in new {
            match kept.record.open(&open.keys) {
                Ok(Opened::Item(item)) => {
                    self.items
                        .insert(kept.entry.item, (kept.entry.record, item));
                }
                // Kept as it is; a newer program shows it.
                Ok(Opened::ReadOnly { .. } | Opened::Tombstone) => {
                    self.items.remove(&kept.entry.item);
                }
                Err(_) => return Err(Trouble::Damaged),
            }
            changed.push(kept.entry.item);
        }
        self.index(&changed);
        self.of = vault;
        Ok(())
    }

    /// A few entries are put in place; many are cheaper built anew.
    fn index(&mut self, changed: &[ItemId]) {
        if changed.len() > 32 {
            self.haystack = self.all().collect();
            return;
        }
        for id in changed {
            match self.items.get(id) {
                Some((_, item)) => self.haystack.put(*id, item),
                None => self.haystack.remove(*id),
            }
        }
    }
}
