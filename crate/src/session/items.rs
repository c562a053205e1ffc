//! Entries: listed, looked at, written.

use std::collections::BTreeMap;
use std::rc::Rc;

use sigill_core::id::{Hash, ItemId};
use sigill_core::vault::head::RootEntry;
use sigill_core::vault::item::Item;
use sigill_core::vault::record::{Life, Opened, Place as RecordPlace, Record};
use sigill_core::vault::search::Haystack;
use sigill_core::wire::problem::Code;

use super::Session;
use super::open::Open;
use super::vault::{Author, Kept, Vault};
use super::views;
use crate::api::{self, Place, Query, Rows, Save};
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

/// The open vault's entries. Wiped on drop.
pub(crate) struct Entries {
    /// Of which rows they were opened.
    of: Rc<Vault>,
    pub(crate) items: BTreeMap<ItemId, (Hash, Item)>,
    vault: Haystack,
    trash: Haystack,
}

impl Entries {
    fn empty(of: Rc<Vault>) -> Self {
        Self {
            of,
            items: BTreeMap::new(),
            vault: Haystack::default(),
            trash: Haystack::default(),
        }
    }

    pub(crate) fn item(&self, id: ItemId) -> Result<&Item, Trouble> {
        self.items
            .get(&id)
            .map(|(_, item)| item)
            .ok_or(Trouble::NotFound)
    }

    /// Entries that are not in the trash.
    pub(crate) fn count(&self) -> usize {
        self.items
            .values()
            .filter(|(_, item)| item.trashed_at.is_none())
            .count()
    }

    /// Opens what is new among `vault`'s records, forgets what is gone.
    fn follow(&mut self, vault: Rc<Vault>, open: &Open) -> Result<(), Trouble> {
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
            let of = |trashed: bool| -> Haystack {
                let items = self.items.iter();
                let items = items.filter(|(_, (_, item))| item.trashed_at.is_some() == trashed);
                items
                    .map(|(id, (_, item))| (*id, views::searchable(item)))
                    .collect()
            };
            (self.vault, self.trash) = (of(false), of(true));
            return;
        }
        for id in changed {
            self.vault.remove(*id);
            self.trash.remove(*id);
            if let Some((_, item)) = self.items.get(id) {
                let place = if item.trashed_at.is_some() {
                    &mut self.trash
                } else {
                    &mut self.vault
                };
                place.put(*id, &views::searchable(item));
            }
        }
    }
}

/// What a change of the vault has at hand.
pub(crate) struct Desk<'a> {
    pub(crate) vault: Vault,
    pub(crate) open: &'a Open,
    pub(crate) author: Author,
}

impl Desk<'_> {
    /// Which record comes next for an item.
    fn next(&self, item: ItemId) -> RecordPlace {
        let before = self.vault.kept.get(&item).map(|kept| kept.entry);
        RecordPlace {
            vault: self.vault.head.vault,
            epoch: self.vault.head.epoch,
            item,
            revision: before.map_or(1, |entry| entry.revision + 1),
            writer: self.author.device,
            parent: before.map(|entry| entry.record),
        }
    }
}

impl<R: Rim> Session<R> {
    /// The open vault, its entries up to date in [`Session::entries`].
    pub(crate) async fn opened(&self) -> Result<(Rc<Vault>, Open), Trouble> {
        let vault = self.vault().await?;
        let open = self.keys().await?;
        let mut entries = self.entries.borrow_mut();
        let known = entries.take().filter(|known| known.of.id == vault.id);
        let mut known = known.unwrap_or_else(|| Entries::empty(Rc::clone(&vault)));
        if known.items.is_empty() || !Rc::ptr_eq(&known.of, &vault) {
            // Rows that hang together prove nothing yet: the tag does.
            if !vault.head.is_tagged(&open.keys, &vault.tag) {
                return Err(Trouble::Damaged);
            }
            known.follow(Rc::clone(&vault), &open)?;
        }
        *entries = Some(known);
        drop(entries);
        Ok((vault, open))
    }

    /// Looks at the entries; [`Session::opened`] was called before.
    pub(crate) fn look<T>(
        &self,
        look: impl FnOnce(&Entries) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        look(self.entries.borrow().as_ref().ok_or(Trouble::Locked)?)
    }

    /// JSON text of [`Rows`].
    ///
    /// # Errors
    /// `locked`, `no_vault`, `damaged`.
    pub async fn list(&self, query: Query) -> Result<String, Trouble> {
        self.opened().await?;
        let rows = self.look(|entries| {
            let found = match query.place {
                Place::Vault => entries.vault.find(&query.text),
                Place::Trash => entries.trash.find(&query.text),
            };
            let from = usize::try_from(query.from).unwrap_or(usize::MAX);
            let count = usize::try_from(query.count).unwrap_or(usize::MAX);
            let shown = found.iter().skip(from).take(count);
            let rows = shown.filter_map(|id| Some(views::row_view(*id, entries.item(*id).ok()?)));
            Ok(Rows {
                total: u32::try_from(found.len()).unwrap_or(u32::MAX),
                rows: rows.collect(),
            })
        })?;
        serde_json::to_string(&rows).map_err(|_| Trouble::Damaged)
    }

    /// An item, opened.
    ///
    /// # Errors
    /// `not_found`, `locked`, `no_vault`, `damaged`.
    pub async fn item(&self, id: &str) -> Result<api::Item, Trouble> {
        let id = parse(id)?;
        self.opened().await?;
        self.look(|entries| Ok(views::item_view(id, entries.item(id)?)))
    }

    /// Writes an item; its name.
    ///
    /// # Errors
    /// `not_found`, `locked`, `unanchored`, `malformed_input` where it is too large.
    pub async fn save(&self, save: Save) -> Result<String, Trouble> {
        let id = match &save.id {
            Some(id) => parse(id)?,
            None => ItemId(self.random()?),
        };
        let is_new = save.id.is_none();
        self.change(|session, desk| {
            let written = views::item_of(save.login, None, desk.author.now);
            let item = if is_new {
                written
            } else {
                session.look(|entries| Ok(entries.item(id)?.revised(written, desk.author.now)))?
            };
            session.seal(desk, id, &item)
        })
        .await?;
        Ok(id.to_string())
    }

    /// Puts items into the trash.
    ///
    /// # Errors
    /// As [`Session::save`].
    pub async fn trash(&self, ids: &[String]) -> Result<(), Trouble> {
        self.move_all(ids, Place::Trash).await
    }

    /// Takes items out of the trash.
    ///
    /// # Errors
    /// As [`Session::save`].
    pub async fn untrash(&self, ids: &[String]) -> Result<(), Trouble> {
        self.move_all(ids, Place::Vault).await
    }

    async fn move_all(&self, ids: &[String], to: Place) -> Result<(), Trouble> {
        let ids = ids
            .iter()
            .map(|id| parse(id))
            .collect::<Result<Vec<_>, _>>()?;
        self.change(|session, desk| {
            let now = desk.author.now;
            for id in ids {
                let trashed_at = match to {
                    Place::Trash => Some(now),
                    Place::Vault => None,
                };
                let moved = session.look(|entries| Ok(entries.item(id)?.moved(trashed_at, now)))?;
                session.seal(desk, id, &moved)?;
            }
            Ok(())
        })
        .await
    }

    /// Removes items that are in the trash: their tombstones stay.
    ///
    /// # Errors
    /// As [`Session::save`]; `not_found` for one that is not in the trash.
    pub async fn erase(&self, ids: &[String]) -> Result<(), Trouble> {
        let ids = ids
            .iter()
            .map(|id| parse(id))
            .collect::<Result<Vec<_>, _>>()?;
        self.change(|session, desk| {
            for id in ids {
                session.look(|entries| entries.item(id)?.trashed_at.ok_or(Trouble::NotFound))?;
                session.bury(desk, id)?;
            }
            Ok(())
        })
        .await
    }

    /// Changes the vault: one transaction over rows and head.
    pub(crate) async fn change<T>(
        &self,
        change: impl FnOnce(&Self, &mut Desk<'_>) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        self.change_with(|session, desk, _| change(session, desk))
            .await
    }

    /// The same, with rows of other kinds in the same transaction.
    pub(crate) async fn change_with<T>(
        &self,
        change: impl FnOnce(&Self, &mut Desk<'_>, &mut Batch) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let _held = self.rim.lock("vault").await?;
        if self.is_being_decided().await? {
            return Err(Trouble::refused(Code::OperationPending));
        }
        let (vault, open) = self.opened().await?;
        if vault.is_unanchored() {
            return Err(Trouble::Unanchored);
        }
        let author = self.author().await?;
        let mut desk = Desk {
            vault: Vault::clone(&vault),
            open: &open,
            author,
        };
        let mut batch = Batch::default();
        let done = change(self, &mut desk, &mut batch)?;
        desk.vault.redraft(&open.keys, author)?;
        self.keep(desk.vault, batch).await?;
        Ok(done)
    }

    /// Seals an item as the next record of its id.
    pub(crate) fn seal(&self, desk: &mut Desk<'_>, id: ItemId, item: &Item) -> Result<(), Trouble> {
        let record = Record::seal(desk.next(id), item, &desk.open.keys, self.random()?);
        desk.vault.put(record.map_err(|_| Trouble::MalformedInput)?);
        Ok(())
    }

    /// Seals the tombstone of an item.
    pub(crate) fn bury(&self, desk: &mut Desk<'_>, id: ItemId) -> Result<(), Trouble> {
        let tombstone = Record::erase(desk.next(id), &desk.open.keys, self.random()?);
        desk.vault.put(tombstone);
        Ok(())
    }
}

fn parse(id: &str) -> Result<ItemId, Trouble> {
    id.parse().map_err(|_| Trouble::NotFound)
}
