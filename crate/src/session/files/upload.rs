//! What waits goes up, chunk by chunk, before the item that names it: claimed,
//! and only what is missing is sent.
//!
//! Where the service has no room, or does not take a file for whatever reason, the
//! items go up all the same: passwords don't wait for a picture. The file stays
//! here, says so, and is tried again with every look at the cloud.

use sigill_core::id::{AccountId, VaultId};
use sigill_core::wire::Bytes;
use sigill_core::wire::file::{FileChunks, FileClaim, FileStand};
use sigill_core::wire::problem::{Code, Quota};

use super::tidy::FilesRow;
use super::{FILES, FileRow, Named, Stage};
use crate::rim::{Batch, Method, Rim};
use crate::session::Session;
use crate::session::service::exchange::{Call, parse};
use crate::session::vault::Vault;
use crate::trouble::Trouble;

/// Chunks that are sent at once. In base64 they stay below a mebibyte, the largest
/// body that many a proxy in front of a service lets through.
const SENT: usize = 8;

/// Which files are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Those that the account's cloud has not got from here.
    Waiting,
    /// All: the cloud may have lost what it got.
    All,
}

impl<R: Rim> Session<R> {
    /// Sends the files of a vault's epoch that lie here.
    pub(crate) async fn send_files(&self, vault: &Vault, which: Which) -> Result<(), Trouble> {
        let Some(link) = &vault.link else {
            return Ok(());
        };
        let of = (vault.head.vault, vault.head.epoch);
        self.send_files_of(of, link.account, which).await
    }

    /// The same for a vault that is to stand in an account's cloud.
    pub(crate) async fn send_files_of(
        &self,
        of: (VaultId, u64),
        account: AccountId,
        which: Which,
    ) -> Result<(), Trouble> {
        let mut told = Told::default();
        let mut any = false;
        for (named, row) in self.file_rows(of).await? {
            let all = which == Which::All && row.stage != Stage::Coming;
            if !all && !row.waits(Some(account)) {
                continue;
            }
            any = true;
            match self.send_file(&named, row.size).await {
                Ok(()) => self.check_in_cloud(&named, account).await?,
                Err(trouble) => told.take(trouble)?,
            }
        }
        if any { self.note(told).await } else { Ok(()) }
    }

    async fn send_file(&self, named: &Named, size: u64) -> Result<(), Trouble> {
        let claim = FileClaim {
            file: named.place.file,
            files_key: named.key,
            vault: named.place.vault,
            epoch: named.place.epoch,
            size,
        };
        let stand = self.ask_service(&Call::post("/v1/files", &claim)).await?;
        let FileStand { missing } = parse(&stand)?;
        let here = self.chunks_here(named).await?;
        let due: Vec<u32> = missing
            .into_iter()
            .filter(|index| here.binary_search(index).is_ok())
            .collect();
        for run in due.chunk_by(|one, next| one + 1 == *next) {
            for step in run.chunks(SENT) {
                self.send_step(named, step).await?;
            }
        }
        Ok(())
    }

    async fn send_step(&self, named: &Named, step: &[u32]) -> Result<(), Trouble> {
        let Some(from) = step.first() else {
            return Ok(());
        };
        let mut part = FileChunks {
            files_key: named.key,
            from: *from,
            chunks: Vec::new(),
        };
        for index in step {
            let chunk = self.rim.get(&named.chunk(*index)).await?;
            part.chunks
                .push(Bytes(chunk.ok_or(Trouble::FileIncomplete)?));
        }
        let path = format!("/v1/files/{}", named.place.file);
        let call = Call::with(Method::Put, path, &part);
        self.ask_service(&call).await.map(drop)
    }

    /// What stands in the row now, but for how far it is.
    async fn check_in_cloud(&self, named: &Named, account: AccountId) -> Result<(), Trouble> {
        let Some(row) = self.file_row(named).await? else {
            return Ok(());
        };
        let stage = Stage::InCloud(account);
        let mut batch = Batch::default();
        batch.put(named.row(), FileRow { stage, ..row }.to_bytes());
        self.rim.commit(batch).await
    }

    async fn note(&self, told: Told) -> Result<(), Trouble> {
        let mut row: FilesRow = self.read(FILES).await?.unwrap_or_default();
        if (row.full, row.refused) == (told.full, told.refused) {
            return Ok(());
        }
        row.full = told.full;
        row.refused = told.refused;
        self.write(FILES, &row).await
    }
}

/// Why files stayed here.
#[derive(Default)]
struct Told {
    /// What the service had no room for.
    full: Option<Quota>,
    /// Whether it did not take another one.
    refused: Option<bool>,
}

impl Told {
    /// One file that does not go up is noted. Whatever would keep the items here
    /// too ends the sending.
    fn take(&mut self, trouble: Trouble) -> Result<(), Trouble> {
        if trouble.is(Code::QuotaExceeded) {
            self.full = trouble.quota();
            return Ok(());
        }
        let not_taken = [
            Code::FileDiffers,
            Code::TooLarge,
            Code::MalformedVault,
            Code::NotFound,
        ];
        let broken = [
            Trouble::Garbage,
            Trouble::FileIncomplete,
            Trouble::FileDamaged,
        ];
        if not_taken.iter().any(|code| trouble.is(*code)) || broken.contains(&trouble) {
            self.refused = Some(true);
            return Ok(());
        }
        Err(trouble)
    }
}
