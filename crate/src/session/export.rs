//! The open vault's entries, handed out for an export: to whoever types the
//! master password again, not to whoever finds the vault open.

use sigill_core::vault::item::bundle;

use super::Session;
use super::backup::{in_parts, unread, wanted};
use super::open::root;
use crate::api::BackupPart;
use crate::rim::Rim;
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// The entries as a bundle (`sigill_core::vault::item::bundle`), from byte
    /// `from` on, at most a part of it; those in the trash and in the archive too.
    /// Their files are named, and read for themselves.
    ///
    /// # Errors
    /// `wrong_master_password`, `locked`, `no_vault`, `damaged`,
    /// `malformed_input` for a place past its end.
    pub async fn export_items(&self, typed: String, from: u32) -> Result<BackupPart, Trouble> {
        let root = root(typed)?;
        let (vault, open) = self.opened().await?;
        if !vault.slots.password().matches(&root) {
            return Err(Trouble::WrongMasterPassword);
        }
        let items = vault.items(&open.keys)?;
        let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
        let bytes = bundle::to_bytes(items.iter().map(|(_, item)| item));
        let mut part = in_parts(&bytes, from, count)?;
        part.unread = unread(&vault, &items);
        part.wanted = wanted(&items);
        Ok(part)
    }
}
