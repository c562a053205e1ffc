//! The vault as a file, proved before it is handed out.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sigill_core::id::Hash;
use sigill_core::vault::backup::Backup;
use sigill_core::vault::record::Record;

use super::Session;
use super::vault::Vault;
use crate::api::BackupPart;
use crate::rim::Rim;
use crate::trouble::Trouble;

/// Bytes that cross to a page at once; the browser takes no message over 64 MiB.
const PART: usize = 8 << 20;

impl<R: Rim> Session<R> {
    /// The backup file from byte `from` on, at most a part of it. It was read
    /// back whole before: every record hash and the root; while the vault is
    /// open every record was opened too.
    ///
    /// # Errors
    /// `no_vault`, `damaged` where the proof fails, `malformed_input` for a
    /// place past its end.
    pub async fn backup(&self, from: u32) -> Result<BackupPart, Trouble> {
        let vault = self.vault().await?;
        let file = self.proved_backup(&vault).await?;
        let count = u32::try_from(vault.head.count).unwrap_or(u32::MAX);
        in_parts(&file, from, count)
    }

    pub(crate) async fn proved_backup(&self, vault: &Vault) -> Result<Vec<u8>, Trouble> {
        let records = vault.kept.values().map(|kept| Record::clone(&kept.record));
        let head = (&vault.head, &vault.tag);
        let backup = Backup::new(&vault.slots, head, records.collect());
        let file = backup.map_err(|_| Trouble::Damaged)?.to_bytes();
        let read = Backup::from_bytes(&file).map_err(|_| Trouble::Damaged)?;
        if let Some(open) = self.open().await? {
            read.open(&open.keys).map_err(|_| Trouble::Damaged)?;
        }
        Ok(file)
    }
}

/// The part of a file of so many entries that begins at byte `from`.
pub(super) fn in_parts(file: &[u8], from: u32, count: u32) -> Result<BackupPart, Trouble> {
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    let rest = file.get(from..).ok_or(Trouble::MalformedInput)?;
    let part = rest.get(..PART).unwrap_or(rest);
    let next = from + part.len();
    Ok(BackupPart {
        part: STANDARD.encode(part),
        next: (next < file.len()).then_some(u32::try_from(next).unwrap_or(u32::MAX)),
        sha256: Hash::of(file).to_string(),
        count,
    })
}
