//! A file comes in from a page, part by part: sealed as it comes, proved when all
//! of it is here, and then named by its item in one transaction with that.
//!
//! A page whose call got no answer calls again: every step done twice is done once.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sigill_core::id::{FileId, Hash, ItemId};
use sigill_core::vault::file::{CHUNK, Reading, seal_chunk};
use sigill_core::vault::item::{FileRef, Item};
use zeroize::Zeroizing;

use super::{FileRow, Named, STEP, Stage, named};
use crate::api::NewFile;
use crate::rim::{Batch, Rim};
use crate::session::Session;
use crate::session::items::parse;
use crate::session::open::Open;
use crate::trouble::Trouble;

/// Letters of a file's name, at most.
const NAME: usize = 255;
/// Files that an item may have.
const FILES: usize = 100;

impl<R: Rim> Session<R> {
    /// Begins to attach a file of so many bytes to an item, or to one that is yet to
    /// come by an import; the file's name.
    ///
    /// # Errors
    /// `file_too_large`, `too_many_files`, `not_found`, `locked`, `unanchored`.
    pub async fn attach(&self, item: &str, size: u64) -> Result<String, Trouble> {
        let item = parse(item)?;
        let (vault, open) = self.opened().await?;
        if vault.is_unanchored() {
            return Err(Trouble::Unanchored);
        }
        if vault.kept.contains_key(&item) {
            may_have(&vault.item(item, &open.keys)?, 1)?;
        }
        let file = FileId(self.random()?);
        let named = named(&vault, &open, (item, file, size))?;
        let row = FileRow {
            item,
            size,
            stage: Stage::Coming,
            at: self.rim.now(),
        };
        let mut batch = Batch::default();
        batch.put(named.row(), row.to_bytes());
        self.rim.commit(batch).await?;
        Ok(file.to_string())
    }

    /// A file that is being attached, and how far it is.
    pub(super) async fn coming(&self, file: &str) -> Result<(Named, FileRow, Open), Trouble> {
        let file: FileId = file.parse().map_err(|_| Trouble::NotFound)?;
        let (vault, open) = self.opened().await?;
        // Its item is in its row, and not in the row's key.
        let nobody = ItemId([0; 16]);
        let place = named(&vault, &open, (nobody, file, 0))?;
        let row = self
            .file_row(&place)
            .await?
            .ok_or(Trouble::FileIncomplete)?;
        let named = named(&vault, &open, (row.item, file, row.size))?;
        Ok((named, row, open))
    }

    /// Takes a part of a file in: base64, from chunk `from` on, whole chunks but
    /// for the file's last.
    ///
    /// # Errors
    /// `file_incomplete` where it does not fit, or the keys changed meanwhile.
    pub async fn attach_part(&self, file: &str, from: u32, part: String) -> Result<(), Trouble> {
        let (named, row, open) = self.coming(file).await?;
        if row.stage != Stage::Coming {
            return Ok(()); // all of it was here before
        }
        let part = Zeroizing::new(part);
        let bytes = STANDARD.decode(&*part).map(Zeroizing::new);
        let bytes = bytes.map_err(|_| Trouble::MalformedInput)?;
        let mut batch = Batch::default();
        for (index, bytes) in (from..).zip(chunks_of(&bytes)) {
            let seal = (&open.keys, self.random()?);
            let chunk = seal_chunk(&named.place, (named.cut, index), bytes, seal)?;
            batch.put(named.chunk(index), chunk);
        }
        self.rim.commit(batch).await
    }

    /// All of it is here: it is proved, and its item names it.
    ///
    /// # Errors
    /// `file_incomplete` where it is not what the page read, `not_found`, `locked`,
    /// `unanchored`.
    pub async fn attach_end(&self, file: &str, new: NewFile) -> Result<(), Trouble> {
        let (named, row, open) = self.coming(file).await?;
        if row.stage != Stage::Coming {
            return Ok(());
        }
        let sha256: Hash = new.sha256.parse().map_err(|_| Trouble::MalformedInput)?;
        self.prove_file(&named, &open, sha256).await?;
        let file = FileRef {
            id: named.place.file,
            name: tidied(&new.name),
            size: row.size,
            sha256,
            media_type: new.media_type.chars().take(NAME).collect(),
        };
        let row = row.here();
        self.change_with(|session, desk, batch| {
            if desk.open.keys.files_key_id() != named.key {
                return Err(Trouble::FileIncomplete);
            }
            let now = desk.author.now;
            let known = desk.item(row.item)?;
            let item = known.changed(now, |item| {
                item.files.put(file);
            });
            batch.put(named.row(), row.to_bytes());
            session.seal(desk, row.item, &item)
        })
        .await
    }

    /// Gives up a file that was being attached.
    ///
    /// # Errors
    /// `locked`, or where the store fails.
    pub async fn attach_cancel(&self, file: &str) -> Result<(), Trouble> {
        match self.coming(file).await {
            Ok((named, row, _)) if row.stage == Stage::Coming => {
                let mut batch = Batch::default();
                self.drop_file(&named, &mut batch).await?;
                self.rim.commit(batch).await
            }
            Ok(_) | Err(Trouble::FileIncomplete) => Ok(()),
            Err(trouble) => Err(trouble),
        }
    }

    /// Whether what is here is whole, and what its item names.
    pub(super) async fn prove_file(
        &self,
        named: &Named,
        open: &Open,
        sha256: Hash,
    ) -> Result<(), Trouble> {
        let mut reading = Reading::begin(named.place, named.cut.size(), &open.keys)?;
        for index in 0..named.cut.chunks() {
            let chunk = self.rim.get(&named.chunk(index)).await?;
            reading.next(&chunk.ok_or(Trouble::FileIncomplete)?)?;
        }
        Ok(reading.finish(sha256)?)
    }

    /// An item's file goes; its history can bring it back.
    ///
    /// # Errors
    /// `not_found`, `locked`, `unanchored`.
    pub async fn detach(&self, item: &str, file: &str) -> Result<(), Trouble> {
        self.refile(item, file, |item, id| item.files.take(&id).is_some())
            .await
    }

    /// A file comes back from an item's history.
    ///
    /// # Errors
    /// `not_found`, `locked`, `unanchored`.
    pub async fn reattach(&self, item: &str, file: &str) -> Result<(), Trouble> {
        self.refile(item, file, |item, id| {
            let named = item.files_named();
            let past = named.find(&id).map(FileRef::copy);
            past.is_some_and(|file| item.files.put(file).is_none())
        })
        .await
    }

    async fn refile(
        &self,
        item: &str,
        file: &str,
        change: impl FnOnce(&mut Item, FileId) -> bool,
    ) -> Result<(), Trouble> {
        let id = parse(item)?;
        let file: FileId = file.parse().map_err(|_| Trouble::NotFound)?;
        self.change(|session, desk| {
            let now = desk.author.now;
            let mut found = false;
            let known = desk.item(id)?;
            let item = known.changed(now, |item| found = change(item, file));
            if !found {
                return Err(Trouble::NotFound);
            }
            session.seal(desk, id, &item)
        })
        .await
    }
}

/// Whether an item may have that many files more.
pub(crate) fn may_have(item: &Item, more: usize) -> Result<(), Trouble> {
    if item.files.len().saturating_add(more) > FILES {
        return Err(Trouble::TooManyFiles);
    }
    Ok(())
}

/// A part in chunks; an empty one is one empty chunk.
fn chunks_of(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let empty = bytes.is_empty().then_some(bytes);
    let most = usize::try_from(STEP).unwrap_or_default();
    bytes.chunks(CHUNK).take(most).chain(empty)
}

/// A name as a person reads it: no control characters, none that turn the order of
/// letters around (`gpj.exe`), and not endless.
pub(super) fn tidied(name: &str) -> String {
    let turns = |letter: &char| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let letters = name.trim().chars();
    let letters = letters.filter(|letter| !letter.is_control() && !turns(letter));
    letters.take(NAME).collect()
}
