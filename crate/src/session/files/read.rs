//! A file is brought from the cloud, a step at a time, proved, and handed out.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sigill_core::id::{FileId, ItemId};
use sigill_core::vault::file::open_chunk;
use sigill_core::vault::item::FileRef;
use sigill_core::wire::file::FileChunks;
use sigill_core::wire::problem::Code;
use zeroize::Zeroizing;

use super::anew::files_of;
use super::tidy::FilesRow;
use super::{FILES, FileRow, Named, STEP, Stage, named};
use crate::api::{Brought, FilePart, FileShown, FileState, FilesShown};
use crate::rim::{Batch, Rim};
use crate::session::Session;
use crate::session::items::parse;
use crate::session::open::Open;
use crate::session::service::exchange::{Call, parse as parsed};
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// An item's files, and where they are.
    ///
    /// # Errors
    /// `not_found`, `locked`, `no_vault`, `damaged`.
    pub async fn files(&self, item: &str) -> Result<FilesShown, Trouble> {
        let item = parse(item)?;
        let (vault, open) = self.opened().await?;
        let opened = vault.item(item, &open.keys)?;
        let files: Vec<FileRef> = opened.files.iter().map(FileRef::copy).collect();
        let mut shown = Vec::new();
        for file in &files {
            let named = named(&vault, &open, (item, file.id, file.size))?;
            shown.push(FileShown {
                id: file.id.to_string(),
                name: file.name.clone(),
                size: file.size,
                media_type: file.media_type.clone(),
                state: self.state_of(&named).await?,
            });
        }
        let row: FilesRow = self.read(FILES).await?.unwrap_or_default();
        let waits = shown.iter().any(|file| file.state == FileState::Waiting);
        Ok(FilesShown {
            files: shown,
            quota: row.full.filter(|_| waits).map(Into::into),
            refused: waits && row.refused == Some(true),
        })
    }

    async fn state_of(&self, named: &Named) -> Result<FileState, Trouble> {
        let linked = self.vault().await?.link.is_some();
        Ok(match self.file_row(named).await?.map(|row| row.stage) {
            Some(Stage::Waiting) if linked => FileState::Waiting,
            Some(Stage::Waiting) => FileState::Here,
            Some(Stage::InCloud(_)) if self.missing(named).await?.is_none() => FileState::Here,
            Some(Stage::InCloud(_) | Stage::Coming) | None => FileState::InCloud,
        })
    }

    /// The first chunk that is not here.
    async fn missing(&self, named: &Named) -> Result<Option<u32>, Trouble> {
        let here = self.chunks_here(named).await?;
        let mut places = 0..named.cut.chunks();
        Ok(places.find(|index| here.binary_search(index).is_err()))
    }

    /// Brings a step of a file from the cloud, until all of it is here. Nothing
    /// is kept that does not open.
    ///
    /// # Errors
    /// `file_not_here` where the cloud has it not (yet), `file_damaged`, and why the
    /// service can't be asked.
    pub async fn bring_file(&self, item: &str, file: &str) -> Result<Brought, Trouble> {
        let item = parse(item)?;
        let file: FileId = file.parse().map_err(|_| Trouble::NotFound)?;
        let (named, open, _) = self.file_of(item, file).await?;
        if let Some(from) = self.missing(&named).await? {
            let chunks = self.fetch(&named, from).await?;
            let mut batch = Batch::default();
            for (index, chunk) in (from..).zip(chunks) {
                open_chunk(&named.place, (named.cut, index), &chunk, &open.keys)?;
                batch.put(named.chunk(index), chunk);
            }
            if self.file_row(&named).await?.is_none() {
                batch.put(
                    named.row(),
                    self.row_in_cloud(&named, item).await?.to_bytes(),
                );
            }
            self.rim.commit(batch).await?;
        }
        let next = self.missing(&named).await?;
        Ok(Brought {
            have: next.unwrap_or(named.cut.chunks()),
            of: named.cut.chunks(),
        })
    }

    /// Brings what the cloud has of all files, before this device leaves its account.
    /// What does not come does not keep it there.
    pub(crate) async fn bring_all_files(&self) -> Result<(), Trouble> {
        let (vault, open) = self.opened().await?;
        for (item, file) in files_of(&vault, &open.keys)? {
            let (item, file) = (item.to_string(), file.id.to_string());
            loop {
                match self.bring_file(&item, &file).await {
                    Ok(brought) if brought.have < brought.of => {}
                    Err(Trouble::Full) => return Err(Trouble::Full),
                    Ok(_) | Err(_) => break,
                }
            }
        }
        Ok(())
    }

    async fn row_in_cloud(&self, named: &Named, item: ItemId) -> Result<FileRow, Trouble> {
        let vault = self.vault().await?;
        let link = vault.link.as_ref().ok_or(Trouble::FileNotHere)?;
        Ok(FileRow {
            item,
            size: named.cut.size(),
            stage: Stage::InCloud(link.account),
            at: self.rim.now(),
        })
    }

    /// Chunks of a file from the service, from one on: at least that.
    pub(super) async fn fetch(&self, named: &Named, from: u32) -> Result<Vec<Vec<u8>>, Trouble> {
        if self.signed_in_view().await?.is_none() {
            return Err(Trouble::FileNotHere);
        }
        let path = format!(
            "/v1/files/{}?files_key={}&from={from}",
            named.place.file, named.key
        );
        let answer = match self.ask_service(&Call::get(path)).await {
            Err(trouble) if trouble.is(Code::NotFound) => return Err(Trouble::FileNotHere),
            answer => answer?,
        };
        let part: FileChunks = parsed(&answer)?;
        let count = u32::try_from(part.chunks.len()).unwrap_or(u32::MAX);
        let is_asked = part.from == from && part.files_key == named.key;
        if !is_asked || count == 0 || count > STEP {
            return Err(Trouble::Garbage);
        }
        Ok(part.chunks.into_iter().map(|chunk| chunk.0).collect())
    }

    /// A part of a file that is here, from chunk `from` on. The first part comes
    /// after all of it was proved; what does not prove goes, where the cloud has
    /// another copy to bring.
    ///
    /// # Errors
    /// `file_incomplete` where not all of it is here, `file_damaged`.
    pub async fn read_file(&self, item: &str, file: &str, from: u32) -> Result<FilePart, Trouble> {
        let item = parse(item)?;
        let file: FileId = file.parse().map_err(|_| Trouble::NotFound)?;
        let (named, open, known) = self.file_of(item, file).await?;
        if from == 0 {
            match self.prove_file(&named, &open, known.sha256).await {
                Err(Trouble::FileDamaged) => return self.drop_damaged(&named).await,
                proved => proved?,
            }
        }
        self.part_of(&named, from, Some(&open)).await
    }

    /// Some chunks of a file that is here, from one on: opened where the keys are
    /// given, else as they lie.
    pub(super) async fn part_of(
        &self,
        named: &Named,
        from: u32,
        open: Option<&Open>,
    ) -> Result<FilePart, Trouble> {
        let until = named.cut.chunks().min(from.saturating_add(STEP));
        let mut bytes = Zeroizing::new(Vec::new());
        for index in from..until {
            let chunk = self.rim.get(&named.chunk(index)).await?;
            let mut chunk = Zeroizing::new(chunk.ok_or(Trouble::FileIncomplete)?);
            if let Some(open) = open {
                chunk = open_chunk(&named.place, (named.cut, index), &chunk, &open.keys)?;
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(FilePart {
            part: STANDARD.encode(&*bytes),
            next: (until < named.cut.chunks()).then_some(until),
        })
    }

    async fn drop_damaged<T>(&self, named: &Named) -> Result<T, Trouble> {
        let row = self.file_row(named).await?;
        if row.is_some_and(|row| matches!(row.stage, Stage::InCloud(_))) {
            let mut batch = Batch::default();
            batch.deletes.extend(self.rim.keys(&named.chunks()).await?);
            self.rim.commit(batch).await?;
        }
        Err(Trouble::FileDamaged)
    }
}
