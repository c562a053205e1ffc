//! Files as a backup takes them along: sealed, as they lie.

use sigill_core::id::Hash;
use sigill_core::vault::backup::SealedFile;
use sigill_core::vault::file::open_chunk;

use super::{Named, Stage, names_in};
use crate::api::FilePart;
use crate::rim::Rim;
use crate::session::Session;
use crate::session::open::Open;
use crate::session::vault::Vault;
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// The files of a vault that lie here whole, in the order of their rows, and
    /// whether one does not that nobody else has. While the vault is open their
    /// chunks are opened, one file at a time.
    pub(crate) async fn sealed_files(
        &self,
        vault: &Vault,
        open: Option<&Open>,
    ) -> Result<(Vec<SealedFile>, bool), Trouble> {
        let account = vault.link.as_ref().map(|link| link.account);
        let own = open.map(|open| open.keys.files_key_id());
        let (mut whole, mut lacks) = (Vec::new(), false);
        for (named, row) in self.file_rows((vault.head.vault, vault.head.epoch)).await? {
            // Not yet an entry's, or of keys that never came.
            if row.stage == Stage::Coming || own.is_some_and(|own| own != named.key) {
                continue;
            }
            match self.sealed_file(&named, open).await? {
                Some(file) => whole.push(file),
                None => lacks |= row.waits(account),
            }
        }
        Ok((whole, lacks))
    }

    async fn sealed_file(
        &self,
        named: &Named,
        open: Option<&Open>,
    ) -> Result<Option<SealedFile>, Trouble> {
        let mut sealed = Vec::new();
        for index in 0..named.cut.chunks() {
            let Some(chunk) = self.rim.get(&named.chunk(index)).await? else {
                return Ok(None);
            };
            let place = (named.cut, index);
            let fits = match open {
                Some(open) => open_chunk(&named.place, place, &chunk, &open.keys).map(drop),
                None => named.cut.fits(index, chunk.len()),
            };
            if fits.is_err() {
                return Ok(None);
            }
            sealed.extend_from_slice(&chunk);
        }
        Ok(Some(SealedFile {
            files_key: named.key,
            file: named.place.file,
            item: named.place.item,
            size: named.cut.size(),
            sha256: Hash::of(&sealed),
        }))
    }

    /// Some chunks of a file as they lie here, from one on. `file` is how the
    /// backup names it: files key and file.
    ///
    /// # Errors
    /// `not_found`, `file_incomplete` where they are not here.
    pub async fn backup_chunks(&self, file: &str, from: u32) -> Result<FilePart, Trouble> {
        let vault = self.vault().await?;
        let wanted = names_in(file).ok_or(Trouble::NotFound)?;
        let rows = self.file_rows((vault.head.vault, vault.head.epoch)).await?;
        let mut rows = rows.iter().map(|(named, _)| named);
        let named = rows.find(|named| (named.key, named.place.file) == wanted);
        self.part_of(named.ok_or(Trouble::NotFound)?, from, None)
            .await
    }
}
