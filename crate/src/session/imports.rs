//! Taking entries in as one batch. What each is to the vault says
//! `sigill_core::vault::intake`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sigill_core::id::{BatchId, Hash, ItemId};
use sigill_core::vault::intake::{Fate, Intake, letters, new_version};
use sigill_core::vault::item::{Item, bundle};
use sigill_core::vault::record::Opened;
use std::collections::BTreeSet;
use zeroize::Zeroizing;

use super::Session;
use super::batches::{Member, Remembered, prefix};
use super::items::Desk;
use crate::api::{self, Batch, Deed, Import, ImportPreview, ImportRow};
use crate::rim::Rim;
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// What an import would do.
    ///
    /// # Errors
    /// `locked`, `no_vault`, `malformed_input`.
    pub async fn preview_import(&self, import: &Import) -> Result<ImportPreview, Trouble> {
        let items = items_of(&import.bundle)?;
        let (vault, open) = self.opened().await?;
        let fates = fates(&vault.items(&open.keys)?, &items);
        let mut preview = ImportPreview {
            new: 0,
            same: 0,
            changed: 0,
            rows: Vec::new(),
        };
        for (item, fate) in items.iter().zip(fates) {
            let (count, fate) = match fate {
                Fate::New => (&mut preview.new, api::Fate::New),
                Fate::Same => (&mut preview.same, api::Fate::Same),
                Fate::Changed(_) => (&mut preview.changed, api::Fate::Changed),
            };
            *count += 1;
            preview.rows.push(ImportRow {
                kind: item.kind,
                name: item.name.clone(),
                detail: item.detail(),
                fate,
            });
        }
        Ok(preview)
    }

    /// Takes entries in, as one batch and one commit.
    ///
    /// # Errors
    /// `locked`, `unanchored`, `malformed_input` where one is too large.
    pub async fn import(&self, import: Import) -> Result<Batch, Trouble> {
        let items = items_of(&import.bundle)?;
        let id = BatchId(self.random()?);
        self.change_with(|session, desk, batch| {
            let fates = fates(&desk.vault.items(&desk.open.keys)?, &items);
            let mut members = Vec::new();
            for (item, fate) in items.into_iter().zip(fates) {
                members.extend(session.take_in(desk, item, fate, id)?);
            }
            let remembered = Remembered {
                deed: Deed::Import,
                source: import.source,
                at: desk.author.now,
                members,
            };
            let key = prefix(desk.vault.id) + &id.to_string();
            batch.put(key, remembered.to_bytes());
            Ok(remembered.view(id))
        })
        .await
    }

    fn take_in(
        &self,
        desk: &mut Desk<'_>,
        coming: Item,
        fate: Fate,
        batch: BatchId,
    ) -> Result<Option<Member>, Trouble> {
        let now = desk.author.now;
        let (id, item) = match fate {
            Fate::Same => return Ok(None),
            Fate::New => (ItemId(self.random()?), coming.brought(batch, now)),
            Fate::Changed(id) => {
                let known = desk.item(id)?;
                (id, new_version(&known, &coming, (batch, now)))
            }
        };
        self.set_down(desk, id, &item).map(Some)
    }

    /// Seals entries of another vault into the one on the desk, as one batch;
    /// what that holds to the letter is left out. How many came.
    pub(crate) fn take_along(
        &self,
        desk: &mut Desk<'_>,
        (source, items): (&str, Vec<(ItemId, Item)>),
        batch: &mut crate::rim::Batch,
    ) -> Result<u32, Trouble> {
        let held = desk.vault.kept.values();
        let held: BTreeSet<Hash> = held
            .filter_map(|kept| match kept.record.open(&desk.open.keys) {
                Ok(Opened::Item(item)) => Some(letters(&item)),
                Ok(Opened::Tombstone | Opened::ReadOnly { .. }) | Err(_) => None,
            })
            .collect();
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
        let remembered = Remembered {
            deed: Deed::Import,
            source: source.to_owned(),
            at: desk.author.now,
            members,
        };
        let id = BatchId(self.random()?);
        batch.put(
            prefix(desk.vault.id) + &id.to_string(),
            remembered.to_bytes(),
        );
        Ok(remembered.view(id).count)
    }
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
