//! The open vault's entries: an index of them in memory, the items in their
//! records until they are asked for.
//!
//! `index/<generation>` is the index sealed, as it was last written. It is
//! written when more of it is new than is cheap to open anew, not with every
//! change: what it lacks or has too much of shows by the records' hashes
//! (docs/adr/0040). A row that does not open is as good as none.

use std::rc::Rc;

use sigill_core::id::{GenerationId, Hash, ItemId};
use sigill_core::vault::head::Head;
use sigill_core::vault::index::{Index, SealedIndex, Sketch};
use sigill_core::vault::item::{Item, Shelf};
use sigill_core::vault::key::EpochKeys;
use sigill_core::vault::record::{Life, Opened};

use super::Session;
use super::open::Open;
use super::stored::{head_key, read_head, tag_key};
use super::vault::Vault;
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

/// The row of a generation's index begins so, and is all of it.
pub(crate) fn prefix(generation: GenerationId) -> String {
    ["index/", &generation.to_string()].concat()
}

/// The open vault's entries. Wiped on drop.
pub(crate) struct Entries {
    /// Of which rows they are.
    of: Rc<Vault>,
    pub(crate) index: Index,
    /// How many of them differ from what the row says.
    behind: usize,
}

/// The index of a vault whose rows were not read yet. Wiped on drop.
pub(crate) struct Early {
    generation: GenerationId,
    /// Of which records it is.
    root: Hash,
    index: Index,
}

impl Entries {
    /// The entries of `vault`, from an index of any records of it.
    fn of(vault: &Rc<Vault>, index: Index, open: &Open) -> Result<Self, Trouble> {
        let before = index.records().into_iter();
        let mut entries = Self {
            of: Rc::clone(vault),
            index,
            behind: 0,
        };
        entries.update(before, Rc::clone(vault), open)?;
        Ok(entries)
    }

    /// Entries that are not in the trash.
    pub(crate) fn count(&self) -> usize {
        let all = self.index.entries();
        all.filter(|entry| !matches!(entry.shelf(), Shelf::Trashed { .. }))
            .count()
    }

    /// Sketches what is new among `vault`'s records, forgets what is gone.
    fn follow(&mut self, vault: Rc<Vault>, open: &Open) -> Result<(), Trouble> {
        if Rc::ptr_eq(&self.of, &vault) {
            return Ok(());
        }
        check_proved(&vault, open)?;
        let before = Rc::clone(&self.of);
        self.update(before.records(), vault, open)
    }

    /// From the records that the index was made of to those of `vault`.
    fn update(
        &mut self,
        before: impl Iterator<Item = (ItemId, Hash)>,
        vault: Rc<Vault>,
        open: &Open,
    ) -> Result<(), Trouble> {
        let differing = differing(before, vault.records());
        let mut new = Vec::new();
        for id in &differing {
            match vault.item(*id, &open.keys) {
                Ok(item) => new.push(Sketch::of(*id, vault.record(*id), &item)),
                Err(Trouble::NotFound) => {} // gone, or of a newer program: kept, that one shows it
                Err(trouble) => return Err(trouble),
            }
        }
        self.behind = self.behind.saturating_add(differing.len());
        self.index = std::mem::take(&mut self.index).changed(&differing, new);
        self.of = vault;
        Ok(())
    }

    /// Whether opening anew what the row lacks would be noticed.
    fn is_due(&self) -> bool {
        self.behind > 64 + self.index.len() / 64
    }
}

/// Rows that hang together prove nothing yet: the tag does.
fn check_proved(vault: &Vault, open: &Open) -> Result<(), Trouble> {
    if vault.head.is_tagged(&open.keys, &vault.tag) {
        Ok(())
    } else {
        Err(Trouble::Damaged)
    }
}

/// What is on one side only, or of another record; both sides and the answer
/// are in ascending order.
fn differing(
    before: impl Iterator<Item = (ItemId, Hash)>,
    now: impl Iterator<Item = (ItemId, Hash)>,
) -> Vec<ItemId> {
    let (mut before, mut now) = (before.peekable(), now.peekable());
    let mut differing = Vec::new();
    loop {
        let next = match (before.peek(), now.peek()) {
            (None, None) => return differing,
            (Some(one), Some(other)) if one == other => None,
            (Some((one, _)), Some((other, _))) => Some(*one.min(other)),
            (Some((id, _)), None) | (None, Some((id, _))) => Some(*id),
        };
        let is_next = |side: &(ItemId, Hash)| next.is_none_or(|next| side.0 == next);
        before.next_if(is_next);
        now.next_if(is_next);
        differing.extend(next);
    }
}

impl Vault {
    /// Living items and their records, by id.
    fn records(&self) -> impl Iterator<Item = (ItemId, Hash)> {
        let living = self.kept.values();
        let living = living.filter(|kept| kept.entry.life == Life::Living);
        living.map(|kept| (kept.entry.item, kept.entry.record))
    }

    fn record(&self, id: ItemId) -> Hash {
        let kept = self.kept.get(&id);
        kept.map_or(Hash::NOTHING, |kept| kept.entry.record)
    }

    /// An item, opened.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] for one that is erased or of a newer program,
    /// [`Trouble::Damaged`] for one that does not open.
    pub(crate) fn item(&self, id: ItemId, keys: &EpochKeys) -> Result<Item, Trouble> {
        let kept = self.kept.get(&id).ok_or(Trouble::NotFound)?;
        match kept.record.open(keys) {
            Ok(Opened::Item(item)) => Ok(item),
            Ok(Opened::ReadOnly { .. } | Opened::Tombstone) => Err(Trouble::NotFound),
            Err(_) => Err(Trouble::Damaged),
        }
    }

    /// All items, opened: for what looks at more of them than an index holds.
    ///
    /// # Errors
    /// [`Trouble::Damaged`] where one does not open.
    pub(crate) fn items(&self, keys: &EpochKeys) -> Result<Vec<(ItemId, Item)>, Trouble> {
        let all = self.kept.keys().map(|id| (*id, self.item(*id, keys)));
        let there = all.filter(|(_, item)| !matches!(item, Err(Trouble::NotFound)));
        there.map(|(id, item)| Ok((id, item?))).collect()
    }
}

impl<R: Rim> Session<R> {
    /// The open vault, its entries up to date in [`Session::entries`].
    pub(crate) async fn opened(&self) -> Result<(Rc<Vault>, Open), Trouble> {
        let vault = self.vault().await?;
        let is_known = |known: &Entries| known.of.id == vault.id;
        let knows = || self.entries.borrow().as_ref().is_some_and(is_known);
        let (mut loading, mut read) = (None, None);
        if !knows() {
            loading = Some(self.rim.lock("load").await?);
            if !knows() {
                read = Some(self.read_index(&vault).await?);
            }
        }
        let open = self.keys().await?;
        // Since the keys were there nothing was waited for: no lock came between.
        let mut known = match self.entries.take().filter(is_known).or(read) {
            Some(known) => known,
            None => Entries::of(&vault, Index::default(), &open)?, // locked and opened meanwhile
        };
        known.follow(Rc::clone(&vault), &open)?;
        let row = self.row_when_due(&mut known, &open)?;
        self.entries.replace(Some(known));
        drop(loading);
        if !row.puts.is_empty() {
            // Only time would be lost with it: whatever is asked for is answered all the same.
            let _ = self.rim.commit(row).await;
        }
        Ok((vault, open))
    }

    /// The entries as the index in the store has them, brought up to date.
    async fn read_index(&self, vault: &Rc<Vault>) -> Result<Entries, Trouble> {
        let open = self.keys().await?;
        check_proved(vault, &open)?;
        let is_of = |early: &Early| early.root == vault.head.items_root;
        if let Some(early) = self.early.take().filter(is_of) {
            return Ok(Entries {
                of: Rc::clone(vault),
                index: early.index,
                behind: 0,
            });
        }
        let row = self.rim.get(&prefix(vault.id)).await?;
        let sealed = row.and_then(|row| SealedIndex::from_bytes(&row).ok());
        let index = match &sealed {
            Some(sealed) => self.unsealed(sealed, &vault.head, &open).await,
            None => None,
        };
        match (index, sealed) {
            (Some(index), Some(sealed)) if sealed.is_of(&vault.head) => Ok(Entries {
                of: Rc::clone(vault),
                index,
                behind: 0,
            }),
            (index, _) => Entries::of(vault, index.unwrap_or_default(), &open),
        }
    }

    async fn unsealed(&self, sealed: &SealedIndex, head: &Head, open: &Open) -> Option<Index> {
        let plaintext = self.rim.unseal(&sealed.locked(head, &open.keys)).await?;
        SealedIndex::read(&plaintext).ok()
    }

    /// Looks at the index alone, while the rows were not read yet since the worker
    /// awoke: a page that waits for its list gets it first. Only where it is of just
    /// the records that the head names, and the head of whoever had the keys.
    /// Of an item nothing is told before all rows are read and checked.
    pub(crate) async fn look_early<T>(
        &self,
        look: impl FnOnce(&Index) -> T,
    ) -> Result<Option<T>, Trouble> {
        if self.loaded().is_some() {
            return Ok(None);
        }
        let before = self.forgotten.get();
        let Some(open) = self.open().await? else {
            return Ok(None);
        };
        let is_known = |early: &Early| early.generation == open.generation;
        if !self.early.borrow().as_ref().is_some_and(is_known) {
            let early = self.read_early(&open).await?;
            if self.forgotten.get() != before || self.loaded().is_some() {
                return Ok(None); // locked meanwhile, or read by another call
            }
            self.early.replace(early);
        }
        Ok(self.early.borrow().as_ref().map(|early| look(&early.index)))
    }

    async fn read_early(&self, open: &Open) -> Result<Option<Early>, Trouble> {
        let generation = open.generation;
        let [row, head, tag] = self
            .rim
            .get_all([
                prefix(generation),
                head_key(generation),
                tag_key(generation),
            ])
            .await?;
        let sealed = row.and_then(|row| SealedIndex::from_bytes(&row).ok());
        let (Some(sealed), Some((head, tag))) = (sealed, read_head(head, tag)) else {
            return Ok(None);
        };
        if !sealed.is_of(&head) || !head.is_tagged(&open.keys, &tag) {
            return Ok(None);
        }
        let index = self.unsealed(&sealed, &head, open).await;
        Ok(index.map(|index| Early {
            generation,
            root: head.items_root,
            index,
        }))
    }

    /// What is known of the open vault's entries goes.
    pub(crate) fn forget_entries(&self) {
        self.entries.replace(None);
        self.early.replace(None);
        self.forgotten.set(self.forgotten.get().wrapping_add(1));
    }

    /// What has to be written so that the store's index is theirs.
    fn row_when_due(&self, known: &mut Entries, open: &Open) -> Result<Batch, Trouble> {
        let mut batch = Batch::default();
        if known.is_due() {
            let (head, nonce) = (&known.of.head, self.random()?);
            let sealed = SealedIndex::seal(&known.index, head, &open.keys, nonce);
            batch.put(prefix(known.of.id), sealed.to_bytes());
            known.behind = 0;
        }
        Ok(batch)
    }

    /// Looks at the entries; [`Session::opened`] was called before.
    pub(crate) fn look<T>(
        &self,
        look: impl FnOnce(&Entries) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        look(self.entries.borrow().as_ref().ok_or(Trouble::Locked)?)
    }
}
