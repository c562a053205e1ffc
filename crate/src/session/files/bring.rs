//! Files come in with an import. A page hands them over before it, as it does to
//! attach them; the import names those that proved, in its one transaction. Of what
//! it never names, nothing stays (see `tidy`).

use sigill_core::id::ItemId;
use sigill_core::vault::item::{Item, Part};

use super::attach::{may_have, tidied};
use super::{FileRow, Named, Stage};
use crate::api::ImportFile;
use crate::rim::{Batch, Rim};
use crate::session::Session;
use crate::session::items::Desk;
use crate::trouble::Trouble;

/// Files that were handed over for an import, proved.
#[derive(Default)]
pub(crate) struct Handed {
    rows: Vec<(Named, FileRow)>,
    /// The items that they were sealed for, by the entries' places.
    homes: Vec<Option<ItemId>>,
}

impl Handed {
    /// The item that the files of an entry were sealed for.
    pub(crate) fn home(&self, entry: usize) -> Option<ItemId> {
        self.homes.get(entry).copied().flatten()
    }

    /// Has an item name none of them.
    pub(crate) fn forget(&self, item: &mut Item) {
        for (named, _) in &self.rows {
            item.files.take(&named.place.file);
        }
    }

    /// Names the files that an item has now.
    pub(crate) fn name(
        &self,
        desk: &Desk<'_>,
        item: &Item,
        batch: &mut Batch,
    ) -> Result<(), Trouble> {
        may_have(item, 0)?;
        for (named, row) in &self.rows {
            if !item.files.holds(&named.place.file) {
                continue;
            }
            if desk.open.keys.files_key_id() != named.key {
                return Err(Trouble::FileIncomplete);
            }
            batch.put(named.row(), row.here().to_bytes());
        }
        Ok(())
    }
}

impl<R: Rim> Session<R> {
    /// Has each item name the files that were handed over for it, under their names
    /// here, and no others: what lies nowhere is not named, nor by its history.
    ///
    /// # Errors
    /// `file_incomplete` and `file_damaged` where one is not what the entry says.
    pub(crate) async fn hand_over(
        &self,
        items: &mut [Item],
        files: &[ImportFile],
    ) -> Result<Handed, Trouble> {
        let mut brought = Handed::default();
        let mut named = Vec::new();
        for item in items.iter_mut() {
            named.push(std::mem::take(&mut item.files));
            item.history.retain(|past| past.part != Part::File);
        }
        brought.homes.resize(items.len(), None);
        for file in files {
            let entry = usize::try_from(file.entry).unwrap_or(usize::MAX);
            let id = file.id.parse().map_err(|_| Trouble::MalformedInput)?;
            let said = named.get_mut(entry).and_then(|files| files.take(&id));
            let mut said = said.ok_or(Trouble::MalformedInput)?;
            let places = items.get_mut(entry).zip(brought.homes.get_mut(entry));
            let (item, home) = places.ok_or(Trouble::MalformedInput)?;
            let (named, row, open) = self.coming(&file.file).await?;
            if row.size != said.size || *home.get_or_insert(row.item) != row.item {
                return Err(Trouble::FileIncomplete);
            }
            if row.stage != Stage::Coming {
                continue; // it came before: this is asked for a second time
            }
            self.prove_file(&named, &open, said.sha256).await?;
            (said.id, said.name) = (named.place.file, tidied(&said.name));
            item.files.put(said);
            brought.rows.push((named, row));
        }
        Ok(brought)
    }
}
