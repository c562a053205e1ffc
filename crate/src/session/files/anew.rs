//! Under new keys every chunk is sealed anew, a few at a time: from this device,
//! or from the cloud what is not here. Nothing of the old ones is touched.

use sigill_core::id::{ItemId, VaultId};
use sigill_core::vault::file::{Cut, FilePlace, open_chunk, seal_chunk};
use sigill_core::vault::item::FileRef;
use sigill_core::vault::key::EpochKeys;
use sigill_core::vault::record::{Life, Opened};
use zeroize::Zeroizing;

use super::{CHUNKS, FileRow, Named, ROWS, STEP, Stage, epoch_of};
use crate::rim::{Batch, Rim};
use crate::session::Session;
use crate::session::epoch::Next;
use crate::session::vault::Vault;
use crate::trouble::Trouble;

/// The keys of two epochs: those that files lie under, and those that they get.
pub(crate) type Both<'a> = (&'a EpochKeys, &'a EpochKeys);

impl<R: Rim> Session<R> {
    /// The files of a vault, under the keys of its next epoch. What neither this
    /// device nor the cloud has is left out: it lies where it was attached.
    pub(crate) async fn seal_files_anew(
        &self,
        vault: &Vault,
        old: &EpochKeys,
        next: &Next,
    ) -> Result<(), Trouble> {
        let head = &next.vault.head;
        self.drop_files_of((head.vault, head.epoch), &next.keys)
            .await?;
        let keys = (old, &next.keys);
        for (item, kept) in &next.vault.kept {
            if kept.entry.life == Life::Tombstone {
                continue;
            }
            let opened = kept.record.open(&next.keys).map_err(|_| Trouble::Damaged)?;
            let Opened::Item(opened) = opened else {
                continue; // of a newer program: nobody knows which files it names
            };
            for file in &opened.files_named() {
                let from = (vault, *item, file);
                self.seal_one_anew(from, (&next.vault, *item, file), keys)
                    .await?;
            }
        }
        Ok(())
    }

    /// Rows of an epoch that was begun before, and did not come: its keys are lost.
    /// Those of one of which a generation lies here stay, sealed as it may be.
    async fn drop_files_of(&self, of: (VaultId, u64), keys: &EpochKeys) -> Result<(), Trouble> {
        if self
            .epochs_here()
            .await?
            .is_none_or(|here| here.contains(&of))
        {
            return Ok(());
        }
        let own = [epoch_of(of), keys.files_key_id().to_string()].concat();
        let mut batch = Batch::default();
        for rows in [ROWS, CHUNKS] {
            let lost = self.rim.keys(&[rows, &epoch_of(of)].concat()).await?;
            let own = [rows, &own].concat();
            batch
                .deletes
                .extend(lost.into_iter().filter(|key| !key.starts_with(&own)));
        }
        if batch.deletes.is_empty() {
            return Ok(());
        }
        self.rim.commit(batch).await
    }

    /// One file of an item of a vault, as one of an item of another vault or epoch.
    pub(crate) async fn seal_one_anew(
        &self,
        (vault, item, file): (&Vault, ItemId, &FileRef),
        to: (&Vault, ItemId, &FileRef),
        keys: Both<'_>,
    ) -> Result<(), Trouble> {
        let Ok(cut) = Cut::of(file.size) else {
            return Ok(());
        };
        let from = place(vault, (item, file), (cut, keys.0));
        let (target, new_item, new_file) = to;
        let to = place(target, (new_item, new_file), (cut, keys.1));
        match self.chunks_anew(&from, &to, keys).await {
            // It never came up from the device that it was attached on, or what is left
            // of it opens nowhere: one file keeps nobody from new keys.
            Err(Trouble::FileNotHere | Trouble::FileDamaged) => return self.drop_own(&to).await,
            other => other?,
        }
        let row = FileRow {
            item: new_item,
            size: file.size,
            stage: Stage::Waiting,
            at: self.rim.now(),
        };
        let mut batch = Batch::default();
        batch.put(to.row(), row.to_bytes());
        self.rim.commit(batch).await
    }

    /// Files of entries that were carried or brought into another vault or epoch,
    /// and those that the cloud never got, under the keys of that.
    pub(crate) async fn carry_files(
        &self,
        (here, target): (&Vault, &Vault),
        keys: Both<'_>,
    ) -> Result<(), Trouble> {
        let known = files_of(here, keys.0)?;
        if known.is_empty() {
            return Ok(());
        }
        let rows = self.file_rows((here.head.vault, here.head.epoch)).await?;
        let waits = |id| {
            let mut rows = rows.iter();
            rows.any(|(file, row)| file.place.file == id && row.stage == Stage::Waiting)
        };
        for (item, kept) in &target.kept {
            let Ok(Opened::Item(opened)) = kept.record.open(keys.1) else {
                continue;
            };
            for file in &opened.files {
                let is_it = |(old, known): &&(ItemId, FileRef)| {
                    let same = *old == *item && known.id == file.id;
                    same || known.id.copied_to(*item) == file.id
                };
                let Some((old, known)) = known.iter().find(is_it) else {
                    continue;
                };
                if target.base.contains_key(item) || waits(known.id) {
                    let from = (here, *old, known);
                    self.seal_one_anew(from, (target, *item, file), keys)
                        .await?;
                }
            }
        }
        Ok(())
    }

    /// Removes what came of a file so far, if it is that item's.
    async fn drop_own(&self, named: &Named) -> Result<(), Trouble> {
        let row = self.file_row(named).await?;
        if row.is_some_and(|row| row.item != named.place.item) {
            return Ok(());
        }
        let mut batch = Batch::default();
        self.drop_file(named, &mut batch).await?;
        self.rim.commit(batch).await
    }

    async fn chunks_anew(&self, from: &Named, to: &Named, keys: Both<'_>) -> Result<(), Trouble> {
        let (old, new) = keys;
        let mut index = 0;
        while index < from.cut.chunks() {
            let mut batch = Batch::default();
            for bytes in self.step_wherever(from, index, old).await? {
                let seal = (new, self.random()?);
                let anew = seal_chunk(&to.place, (to.cut, index), &bytes, seal)?;
                batch.put(to.chunk(index), anew);
                index += 1;
            }
            self.rim.commit(batch).await?;
        }
        Ok(())
    }

    /// Some chunks from one on, opened: those that are here, else from the cloud.
    async fn step_wherever(
        &self,
        named: &Named,
        from: u32,
        keys: &EpochKeys,
    ) -> Result<Vec<Zeroizing<Vec<u8>>>, Trouble> {
        let open = |chunks: Vec<Vec<u8>>| {
            let chunks = (from..).zip(chunks);
            let chunks = chunks.map(|(index, chunk)| {
                open_chunk(&named.place, (named.cut, index), &chunk, keys).map_err(Trouble::from)
            });
            chunks.collect::<Result<Vec<_>, _>>()
        };
        match open(self.step_here(named, from).await?) {
            Ok(opened) if !opened.is_empty() => Ok(opened),
            Ok(_) | Err(_) => open(self.fetch(named, from).await?),
        }
    }

    async fn step_here(&self, named: &Named, from: u32) -> Result<Vec<Vec<u8>>, Trouble> {
        let mut chunks = Vec::new();
        for index in from..named.cut.chunks().min(from + STEP) {
            match self.rim.get(&named.chunk(index)).await? {
                Some(chunk) => chunks.push(chunk),
                None => break,
            }
        }
        Ok(chunks)
    }
}

fn place(vault: &Vault, (item, file): (ItemId, &FileRef), (cut, keys): (Cut, &EpochKeys)) -> Named {
    Named {
        place: FilePlace {
            vault: vault.head.vault,
            epoch: vault.head.epoch,
            item,
            file: file.id,
        },
        key: keys.files_key_id(),
        cut,
    }
}

/// The files of all items of a vault.
pub(super) fn files_of(vault: &Vault, keys: &EpochKeys) -> Result<Vec<(ItemId, FileRef)>, Trouble> {
    let mut all = Vec::new();
    for (id, item) in vault.items(keys)? {
        all.extend(item.files.iter().map(|file| (id, file.copy())));
    }
    Ok(all)
}
