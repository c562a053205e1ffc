//! Taking entries in as one batch. What each is to the vault says
//! `sigill_core::vault::intake`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sigill_core::id::{BatchId, ItemId};
use sigill_core::vault::intake::{Fate, Intake, letters, new_version};
use sigill_core::vault::item::{Item, Shelf, bundle};
use sigill_core::vault::record::Opened;
use sigill_core::wire::Seconds;
use std::collections::BTreeSet;
use zeroize::Zeroizing;

use super::Session;
use super::items::Desk;
use crate::api::{self, Batch, Deed, Import, ImportPreview, ImportRow, ImportedFile};
use crate::rim::Rim;
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// What an import of a bundle (base64) would do.
    ///
    /// # Errors
    /// `locked`, `no_vault`, `malformed_input`.
    pub async fn preview_import(&self, bundle: &str) -> Result<ImportPreview, Trouble> {
        let items = items_of(bundle)?;
        let (vault, open) = self.opened().await?;
        let fates = fates(&vault.items(&open.keys)?, &items);
        let mut preview = ImportPreview::default();
        for (item, fate) in items.iter().zip(fates) {
            let (count, shown, home) = match fate {
                Fate::New => (&mut preview.new, api::Fate::New, None),
                Fate::Same => (&mut preview.same, api::Fate::Same, None),
                Fate::Changed(id) => (&mut preview.changed, api::Fate::Changed, Some(id)),
                Fate::Trashed(_) => (&mut preview.trashed, api::Fate::Trashed, None),
            };
            *count += 1;
            let brings = matches!(fate, Fate::New | Fate::Changed(_)) && !item.files.is_empty();
            let home = match home {
                None if brings => Some(ItemId(self.random()?)),
                home => home.filter(|_| brings),
            };
            preview.rows.push(ImportRow {
                kind: item.kind,
                name: item.name.clone(),
                detail: item.detail(),
                fate: shown,
                item: home.map(|id| id.to_string()),
                files: files_of(item),
            });
        }
        Ok(preview)
    }

    /// Takes entries in, with the files that were handed over for them, as one
    /// batch and one commit.
    ///
    /// # Errors
    /// `locked`, `unanchored`, `malformed_input` where one is too large,
    /// `file_incomplete` and `file_damaged` where a file is not what its entry says.
    pub async fn import(&self, import: Import) -> Result<Batch, Trouble> {
        let mut items = items_of(&import.bundle)?;
        let brought = self.hand_over(&mut items, &import.files).await?;
        let id = BatchId(self.random()?);
        self.change_with(|session, desk, batch| {
            let fates = fates(&desk.vault.items(&desk.open.keys)?, &items);
            let now = desk.author.now;
            let mut members = Vec::new();
            for ((entry, coming), fate) in items.into_iter().enumerate().zip(fates) {
                let home = brought.home(entry);
                let taken = match fate {
                    Fate::New => {
                        let new = ItemId(session.random()?);
                        let home = home.filter(|home| !desk.vault.kept.contains_key(home));
                        Some((home.unwrap_or(new), coming.brought(id, now)))
                    }
                    Fate::Changed(known) => {
                        let version = new_version(&desk.item(known)?, &coming, (id, now));
                        Some((known, version))
                    }
                    Fate::Trashed(known) if import.restore => {
                        Some((known, restored(&desk.item(known)?, (id, now))))
                    }
                    Fate::Same | Fate::Trashed(_) => None,
                };
                let Some((item, mut taken)) = taken else {
                    continue;
                };
                if home.is_some_and(|home| home != item) {
                    brought.forget(&mut taken); // sealed for another: it changed meanwhile
                }
                brought.name(desk, &taken, batch)?;
                members.push(session.set_down(desk, item, &taken)?);
            }
            session.remember(desk, batch, (id, Deed::Import, &import.source, members))
        })
        .await
    }

    /// Seals entries of another vault into the one on the desk, as one batch;
    /// what that holds to the letter is left out. How many came.
    pub(crate) fn take_along(
        &self,
        desk: &mut Desk<'_>,
        (source, items): (&str, Vec<(ItemId, Item)>),
        batch: &mut crate::rim::Batch,
    ) -> Result<u32, Trouble> {
        let mut held = BTreeSet::new();
        for kept in desk.vault.kept.values() {
            if let Ok(Opened::Item(item)) = kept.record.open(&desk.open.keys) {
                held.insert(letters(&item));
            }
        }
        let mut members = Vec::new();
        for (known, item) in items {
            if held.contains(&letters(&item)) {
                continue;
            }
            // The same entry on both sides, different: both stay.
            let (id, item) = if desk.vault.kept.contains_key(&known) {
                let id = ItemId(self.random()?);
                (id, item.copied_to(id))
            } else {
                (known, item)
            };
            members.push(self.set_down(desk, id, &item)?);
        }
        let id = BatchId(self.random()?);
        let remembered = self.remember(desk, batch, (id, Deed::Import, source, members))?;
        Ok(remembered.count)
    }
}

/// The files of an entry that comes.
fn files_of(item: &Item) -> Vec<ImportedFile> {
    let files = item.files.iter().map(|file| ImportedFile {
        id: file.id.to_string(),
        name: file.name.clone(),
        size: file.size,
    });
    files.collect()
}

/// An item out of the trash, by a batch.
fn restored(known: &Item, (batch, now): (BatchId, Seconds)) -> Item {
    known.changed(now, |item| {
        item.shelf = Shelf::Active;
        item.batch = Some(batch);
    })
}

fn items_of(bundle: &str) -> Result<Vec<Item>, Trouble> {
    let bytes = STANDARD.decode(bundle).map(Zeroizing::new);
    let bytes = bytes.map_err(|_| Trouble::MalformedInput)?;
    bundle::from_bytes(&bytes).map_err(|_| Trouble::MalformedInput)
}

/// What each is to the vault.
fn fates(here: &[(ItemId, Item)], items: &[Item]) -> Vec<Fate> {
    let mut intake = Intake::of(here.iter().map(|(id, item)| (*id, item)));
    items.iter().map(|item| intake.next(item)).collect()
}
