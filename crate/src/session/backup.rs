//! The vault as a file, proved before it is handed out: all but the chunks of its
//! files in a few parts, then those, file by file.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sigill_core::id::{Hash, ItemId};
use sigill_core::vault::backup::{Backup, SealedFile};
use sigill_core::vault::item::Item;
use sigill_core::vault::record::Record;

use super::Session;
use super::vault::Vault;
use crate::api::{BackupPart, WantedFile};
use crate::rim::Rim;
use crate::trouble::Trouble;

/// Bytes that cross to a page at once; the browser takes no message over 64 MiB.
const PART: usize = 8 << 20;

/// A backup file, but for the chunks that follow, read back whole: every record
/// hash and the root; while the vault is open every record and chunk was opened too.
pub(crate) struct Proved {
    pub(crate) begin: Vec<u8>,
    files: Vec<SealedFile>,
    /// Whether this device alone has a file that is not in it.
    pub(crate) lacks: bool,
    /// What it holds; nobody knows while the vault is locked.
    items: Option<Vec<(ItemId, Item)>>,
}

impl<R: Rim> Session<R> {
    /// The backup file from byte `from` on, at most a part of it, and which files'
    /// chunks follow.
    ///
    /// # Errors
    /// `no_vault`, `damaged` where the proof fails, `malformed_input` for a
    /// place past its end.
    pub async fn backup(&self, from: u32) -> Result<BackupPart, Trouble> {
        let vault = self.vault().await?;
        let proved = self.proved_backup(&vault).await?;
        let count = u32::try_from(vault.head.count).unwrap_or(u32::MAX);
        let mut part = in_parts(&proved.begin, from, count)?;
        if let Some(items) = &proved.items {
            part.unread = unread(&vault, items);
            part.wanted = wanted(items);
            let has = |file: &WantedFile| {
                let mut files = proved.files.iter();
                files.any(|held| held.file.to_string() == file.file)
            };
            part.wanted.retain(|file| !has(file));
        }
        let name = |file: &SealedFile| format!("{}/{}", file.files_key, file.file);
        part.held = proved.files.iter().map(name).collect();
        Ok(part)
    }

    pub(crate) async fn proved_backup(&self, vault: &Vault) -> Result<Proved, Trouble> {
        let open = self.open().await?;
        let (files, lacks) = self.sealed_files(vault, open.as_ref()).await?;
        let records = vault.kept.values().map(|kept| Record::clone(&kept.record));
        let head = (&vault.head, &vault.tag);
        let sizes: u64 = files.iter().map(SealedFile::sealed_size).sum();
        let backup = Backup::new(&vault.slots, head, (records.collect(), files));
        let damaged = |_| Trouble::Damaged;
        let begin = backup.map_err(damaged)?.to_bytes();
        let size = u64::try_from(begin.len()).unwrap_or(u64::MAX);
        let (read, _) = Backup::read(&begin, size.saturating_add(sizes)).map_err(damaged)?;
        let items = match &open {
            Some(open) => Some(read.open(&open.keys).map_err(damaged)?),
            None => None,
        };
        Ok(Proved {
            begin,
            files: read.files().to_vec(),
            lacks,
            items,
        })
    }
}

/// How many entries of a vault a newer program wrote, and nobody here can read.
pub(super) fn unread(vault: &Vault, items: &[(ItemId, Item)]) -> u32 {
    let read = u64::try_from(items.len()).unwrap_or(u64::MAX);
    u32::try_from(vault.living().saturating_sub(read)).unwrap_or(u32::MAX)
}

/// The files of entries.
pub(super) fn wanted(items: &[(ItemId, Item)]) -> Vec<WantedFile> {
    let mut all = Vec::new();
    for (id, item) in items {
        all.extend(item.files.iter().map(|file| WantedFile {
            item: id.to_string(),
            file: file.id.to_string(),
            entry: item.name.clone(),
            name: file.name.clone(),
            size: file.size,
        }));
    }
    all
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
        unread: 0,
        held: Vec::new(),
        wanted: Vec::new(),
    })
}
