//! Entries: listed, looked at, written.

use sigill_core::id::ItemId;
use sigill_core::vault::index::{Entry, Index};
use sigill_core::vault::item::{Item, Shelf};
use sigill_core::vault::record::{Place, Record};
use sigill_core::vault::search;
use sigill_core::wire::problem::Code;

use super::Session;
use super::content;
use super::open::Open;
use super::vault::{Author, Vault};
use crate::api::{self, Facets, Query, Rows, Save};
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

/// What a change of the vault has at hand.
pub(crate) struct Desk<'a> {
    pub(crate) vault: Vault,
    pub(crate) open: &'a Open,
    pub(crate) author: Author,
}

/// A change of the vault, called once.
type Change<'a> = &'a mut dyn FnMut(&mut Desk<'_>, &mut Batch) -> Result<(), Trouble>;

impl Desk<'_> {
    /// An item of the vault, opened.
    pub(crate) fn item(&self, id: ItemId) -> Result<Item, Trouble> {
        self.vault.item(id, &self.open.keys)
    }

    /// Which record comes next for an item.
    fn next(&self, item: ItemId) -> Place {
        let before = self.vault.kept.get(&item).map(|kept| kept.entry);
        Place {
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
    /// JSON text of [`Rows`].
    ///
    /// # Errors
    /// `locked`, `no_vault`, `damaged`.
    pub async fn list(&self, query: Query) -> Result<String, Trouble> {
        let rows = match self.look_early(|index| rows(index, &query)).await? {
            Some(rows) => rows,
            None => {
                self.opened().await?;
                self.look(|entries| Ok(rows(&entries.index, &query)))?
            }
        };
        serde_json::to_string(&rows).map_err(|_| Trouble::Damaged)
    }

    /// What there is to choose from beside the list.
    ///
    /// # Errors
    /// `locked`, `no_vault`, `damaged`.
    pub async fn facets(&self) -> Result<Facets, Trouble> {
        self.opened().await?;
        let now = self.rim.now();
        self.look(|entries| Ok(content::facets(search::Facets::of(&entries.index, now))))
    }

    /// An item, opened.
    ///
    /// # Errors
    /// `not_found`, `locked`, `no_vault`, `damaged`.
    pub async fn item(&self, id: &str) -> Result<api::Item, Trouble> {
        let id = parse(id)?;
        let (vault, open) = self.opened().await?;
        Ok(content::item(id, &vault.item(id, &open.keys)?))
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
            let now = desk.author.now;
            let item = if is_new {
                content::begun(save.content, now)
            } else {
                desk.item(id)?
                    .changed(now, |item| content::fill(item, save.content))
            };
            session.seal(desk, id, &item)
        })
        .await?;
        Ok(id.to_string())
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
                match desk.item(id)?.shelf {
                    Shelf::Trashed { .. } => session.bury(desk, id)?,
                    Shelf::Active | Shelf::Archived { .. } => return Err(Trouble::NotFound),
                }
            }
            Ok(())
        })
        .await
    }

    /// Removes what has been in the trash for more than 30 days; how many went.
    /// The person asks for it: a clock that goes wrong must not.
    ///
    /// # Errors
    /// As [`Session::save`].
    pub async fn erase_due(&self) -> Result<u32, Trouble> {
        self.change(|session, desk| {
            let now = desk.author.now;
            let due = session.look(|entries| {
                let all = entries.index.entries();
                let due = all.filter(|entry| entry.shelf().is_due(now));
                Ok(due.map(Entry::id).collect::<Vec<_>>())
            })?;
            let mut count = 0;
            for id in due {
                // The index proposes, the item decides.
                if desk.item(id)?.shelf.is_due(now) {
                    session.bury(desk, id)?;
                    count += 1;
                }
            }
            Ok(count)
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
        let mut change = Some(change);
        let mut done = None;
        self.write_change(&mut |desk, batch| {
            let change = change.take().ok_or(Trouble::Damaged)?;
            done = Some(change(self, desk, batch)?);
            Ok(())
        })
        .await?;
        done.ok_or(Trouble::Damaged)
    }

    /// Not generic: it would be in the program once for each kind of change.
    async fn write_change(&self, change: Change<'_>) -> Result<(), Trouble> {
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
        change(&mut desk, &mut batch)?;
        desk.vault.redraft(&open.keys, author)?;
        self.keep(desk.vault, batch).await?;
        Ok(())
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

pub(super) fn parse(id: &str) -> Result<ItemId, Trouble> {
    id.parse().map_err(|_| Trouble::NotFound)
}

fn rows(index: &Index, query: &Query) -> Rows {
    let search = search::Query::parse(&query.text, &content::scope(&query.scope));
    let found = index.find(&search);
    let from = usize::try_from(query.from).unwrap_or(usize::MAX);
    let count = usize::try_from(query.count).unwrap_or(usize::MAX);
    let shown = found.iter().skip(from).take(count);
    let rows = shown.filter_map(|position| index.at(*position).map(content::row));
    Rows {
        total: u32::try_from(found.len()).unwrap_or(u32::MAX),
        rows: rows.collect(),
    }
}
