//! What no item names any more goes: here at once, at the service 30 days after
//! it was released. What an item names, and the service was told to let go of or
//! has lost, is claimed again.

use std::collections::BTreeSet;

use serde::Serialize;
use sigill_core::id::{FileId, VaultId};
use sigill_core::vault::head::Head;
use sigill_core::wire::Seconds;
use sigill_core::wire::file::{FileClaim, FileKept, Files};
use sigill_core::wire::problem::Quota;

use super::upload::Which;
use super::{CHUNKS, ROWS, Stage, epoch_of};
use crate::json::object;
use crate::rim::{Batch, Method, Rim};
use crate::session::Session;
use crate::session::danger::fresh_place;
use crate::session::rows::FRESH;
use crate::session::service::exchange::{Call, parse};
use crate::session::status::small;
use crate::session::stored::head_key;
use crate::session::vault::Vault;
use crate::trouble::Trouble;

pub(crate) const FILES: &str = "files";

/// How often the service is looked through, and how long a file may lie there
/// before an item that names it is pushed.
const DAY: Seconds = 24 * 60 * 60;

/// `files`.
#[derive(Default, Serialize)]
pub(super) struct FilesRow {
    /// When the service was last looked through.
    pub(super) looked: Seconds,
    /// What it had no room for.
    pub(super) full: Option<Quota>,
    /// Whether it did not take another one.
    pub(super) refused: Option<bool>,
}

object! {
    FilesRow { looked, full, refused }
}

fn claim_of(kept: &FileKept, (vault, epoch): (VaultId, u64)) -> FileClaim {
    FileClaim {
        file: kept.file,
        files_key: kept.files_key,
        vault,
        epoch,
        size: kept.size,
    }
}

impl<R: Rim> Session<R> {
    /// This device and the cloud agree on the items: what is left of their files
    /// goes up, and once a day what none names is let go.
    pub(crate) async fn files_in_step(&self) -> Result<(), Trouble> {
        let vault = self.vault().await?;
        if vault.link.is_none() || vault.is_unanchored() {
            return Ok(());
        }
        self.send_files(&vault, Which::Waiting).await?;
        let mut row: FilesRow = self.read(FILES).await?.unwrap_or_default();
        let now = self.rim.now();
        if now.abs_diff(row.looked) < DAY || self.open().await?.is_none() {
            return Ok(());
        }
        let Some(named) = self.named_by_items().await? else {
            return Ok(());
        };
        if row.looked == 0 && named.is_empty() {
            return Ok(()); // there never was one
        }
        self.look_through(&vault, &named).await?;
        row.looked = now;
        self.write(FILES, &row).await
    }

    async fn look_through(&self, vault: &Vault, named: &BTreeSet<FileId>) -> Result<(), Trouble> {
        let of = (vault.head.vault, vault.head.epoch);
        let path = format!("/v1/files?vault={}&epoch={}", of.0, of.1);
        let there: Files = parse(&self.ask_service(&Call::get(path)).await?)?;
        for kept in &there.files {
            let is_old = kept.touched_at.saturating_add(DAY) < there.now;
            let call = match (named.contains(&kept.file), kept.until) {
                (false, None) if is_old => {
                    let path = format!("/v1/files/{}?files_key={}", kept.file, kept.files_key);
                    Call::empty(Method::Delete, path)
                }
                (true, Some(_)) => Call::post("/v1/files", &claim_of(kept, of)),
                (false | true, _) => continue,
            };
            self.ask_service(&call).await?;
        }
        let whole = there.files.iter().filter(|kept| kept.missing == 0);
        let mut there_whole = BTreeSet::new();
        there_whole.extend(whole.map(|kept| kept.file));
        self.compare_files(of, named, &there_whole).await
    }

    /// Here goes what no item names; what the cloud has not got waits anew.
    async fn compare_files(
        &self,
        of: (VaultId, u64),
        named: &BTreeSet<FileId>,
        whole: &BTreeSet<FileId>,
    ) -> Result<(), Trouble> {
        let mut batch = Batch::default();
        for (file, row) in self.file_rows(of).await? {
            if !matches!(row.stage, Stage::InCloud(_)) {
                continue;
            }
            let id = file.place.file;
            if !named.contains(&id) {
                self.drop_file(&file, &mut batch).await?;
            } else if !whole.contains(&id) {
                let stage = Stage::Waiting;
                batch.put(file.row(), super::FileRow { stage, ..row }.to_bytes());
            }
        }
        if batch.puts.is_empty() && batch.deletes.is_empty() {
            return Ok(());
        }
        self.rim.commit(batch).await
    }

    /// Every file that an item of the open vault has, or can bring back; nothing
    /// where an item is of a newer program, and nobody here knows what it names.
    async fn named_by_items(&self) -> Result<Option<BTreeSet<FileId>>, Trouble> {
        let (vault, open) = self.opened().await?;
        let items = vault.items(&open.keys)?;
        if u64::try_from(items.len()) != Ok(vault.living()) {
            return Ok(None);
        }
        let mut named = BTreeSet::new();
        for (_, item) in &items {
            named.extend(item.files_named().iter().map(|file| file.id));
        }
        Ok(Some(named))
    }

    /// How many files of the vault here the cloud lacks.
    pub(crate) async fn files_waiting(&self, vault: &Vault) -> Result<usize, Trouble> {
        let of = (vault.head.vault, vault.head.epoch);
        let rows = self.file_rows(of).await?;
        let account = vault.link.as_ref().map(|link| link.account);
        let waiting = rows.iter().filter(|(_, row)| row.waits(account));
        Ok(waiting.count())
    }

    /// Changes and files of a vault that its cloud has not got from here.
    pub(crate) async fn pending(&self, vault: &Vault) -> Result<u32, Trouble> {
        if vault.link.is_none() {
            return Ok(0);
        }
        Ok(small(vault.base.len() + self.files_waiting(vault).await?))
    }

    /// Rows of epochs of which no generation is here, and files that a page began
    /// to hand over a day ago. Where a generation can't be read, nothing goes.
    pub(crate) async fn drop_stray_files(&self, batch: &mut Batch) -> Result<(), Trouble> {
        let Some(here) = self.epochs_here().await? else {
            return Ok(());
        };
        for of in &here {
            self.drop_half_files(*of, batch).await?;
        }
        let staying: Vec<String> = here.into_iter().map(epoch_of).collect();
        for rows in [ROWS, CHUNKS] {
            let is_stray = |key: &String| {
                let tail = key.strip_prefix(rows).unwrap_or_default();
                !staying.iter().any(|epoch| tail.starts_with(epoch))
            };
            let stray = self.rim.keys(rows).await?.into_iter().filter(is_stray);
            batch.deletes.extend(stray);
        }
        Ok(())
    }

    async fn drop_half_files(&self, of: (VaultId, u64), batch: &mut Batch) -> Result<(), Trouble> {
        let now = self.rim.now();
        for (file, row) in self.file_rows(of).await? {
            if row.stage == Stage::Coming && row.at.saturating_add(DAY) < now {
                self.drop_file(&file, batch).await?;
            }
        }
        Ok(())
    }

    /// The epochs of the generations that are here.
    pub(super) async fn epochs_here(&self) -> Result<Option<Vec<(VaultId, u64)>>, Trouble> {
        let sealed = self
            .quarantine()
            .await?
            .into_iter()
            .map(|row| row.generation);
        let ids = sealed
            .chain(self.active().await?)
            .chain(self.staged().await?);
        let mut epochs = Vec::new();
        for id in ids {
            let head = self.rim.get(&head_key(id)).await?;
            let Some(head) = head.and_then(|head| Head::from_bytes(&head).ok()) else {
                return Ok(None);
            };
            epochs.push((head.vault, head.epoch));
        }
        if let Some(fresh) = self.rim.get(FRESH).await? {
            let Some(of) = fresh_place(&fresh) else {
                return Ok(None);
            };
            epochs.push(of);
        }
        Ok(Some(epochs))
    }

    /// All rows of files: nothing is to stay.
    pub(crate) async fn drop_all_files(&self, batch: &mut Batch) -> Result<(), Trouble> {
        for rows in [ROWS, CHUNKS] {
            batch.deletes.extend(self.rim.keys(rows).await?);
        }
        batch.delete(FILES);
        Ok(())
    }
}
