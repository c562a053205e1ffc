//! A whole vault as one file, sealed as it lay: it opens with the master
//! password (or recovery code) that it was made under, whatever came after.
//!
//! ```text
//! vault  encode("sigill/backup/1", suite, slots [slot] (no passkeys), head, tag, records [record])
//!        encode("sigill/backup/2", …) the same, where files follow
//! files  encode("sigill/backup-files/1", [item, file, files key's name, size, SHA-256(its chunks)])
//! file   vault ‖ SHA-256(vault)                                       where no item has a file
//!        vault ‖ SHA-256(vault) ‖ files ‖ SHA-256(all before) ‖ the chunks of each file, sealed as they lay
//! ```
//! What comes before the chunks is the [`Backup`]: it is held as a whole, the
//! chunks one at a time, whatever they come to. A file that was cut off has no
//! right end, and its length is what the backup says. A backup that was read is
//! proved as far as that goes without a key: every record hash and the root over
//! them are what the head says. With the keys, [`Backup::open`] proves the rest,
//! and every chunk its place.

use alloc::vec::Vec;

use super::head::{Head, HeadError, RootEntry, Tag, items_root};
use super::item::Item;
use super::key::{EpochKeys, RootKey};
use super::primitive::SUITE;
use super::record::{Life, Opened, Record, RecordError};
use super::slot::{Slot, SlotError, SlotKind};
use super::slots::{Slots, SlotsError};
use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::{Hash, ItemId};

mod sealed;
#[cfg(test)]
mod tests;

pub use sealed::SealedFile;

/// A vault, whole: its root is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    slots: Slots,
    head: Head,
    tag: [u8; 32],
    records: Vec<Record>,
    files: Vec<SealedFile>,
}

/// Why bytes are no backup that can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// They are something else.
    #[error("the file is no backup")]
    NoBackup,
    /// They end before the backup does, or were changed.
    #[error("the file ends too early, or was changed")]
    Incomplete,
    /// It was made with a suite that this program does not know.
    #[error("its suite is not known here")]
    UnknownSuite,
    /// Its records are not those that its head names.
    #[error("the records are not those that the head names")]
    OtherRecords,
    /// A record is not what was sealed.
    #[error("record {item} does not open")]
    DoesNotOpen {
        /// Its item.
        item: ItemId,
    },
    /// The head was not written by whoever could open the vault.
    #[error("the head does not verify")]
    BadTag,
    /// Its head can't be read.
    #[error(transparent)]
    Head(#[from] HeadError),
    /// A record can't be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// Its slots can't be read.
    #[error(transparent)]
    Slots(#[from] SlotsError),
    /// A slot can't be read, or does not open.
    #[error(transparent)]
    Slot(#[from] SlotError),
    /// It is not encoded as it must be.
    #[error(transparent)]
    Encoding(#[from] DecodeError),
}

/// Slots, head, tag and records, not yet read.
type Parts<'a> = (Vec<&'a [u8]>, &'a [u8], [u8; 32], Vec<&'a [u8]>);

impl Backup {
    const LABEL: &'static str = "sigill/backup/1";
    /// Where files follow: cut off before them it is not one without any.
    const WITH_FILES: &'static str = "sigill/backup/2";

    /// Takes a vault. Passkey slots stay behind: they open nothing elsewhere.
    ///
    /// # Errors
    /// [`BackupError::OtherRecords`] where they don't belong together.
    pub fn new(
        slots: &Slots,
        (head, tag): (&Head, &Tag),
        (records, files): (Vec<Record>, Vec<SealedFile>),
    ) -> Result<Self, BackupError> {
        let typed = |slot: &&Slot| !matches!(slot.public().kind, SlotKind::Passkey);
        let backup = Self {
            slots: Slots::parse(slots.iter().filter(typed).cloned())?,
            head: head.clone(),
            tag: tag.0,
            records,
            files,
        };
        backup.hangs_together()?;
        Ok(backup)
    }

    /// The file, but for the chunks that follow.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let slots = self.slots.to_bytes();
        let label = if self.files.is_empty() {
            Self::LABEL
        } else {
            Self::WITH_FILES
        };
        let mut file = Encoder::new(label)
            .integer(SUITE)
            .list(slots.iter(), |e, slot| e.bytes(slot))
            .bytes(&self.head.to_bytes())
            .bytes(&self.tag)
            .list(self.records.iter(), |e, record| e.bytes(&record.to_bytes()))
            .finish();
        end(&mut file);
        if !self.files.is_empty() {
            file.extend_from_slice(&SealedFile::list(&self.files));
            end(&mut file);
        }
        file
    }

    /// Reads the beginning of a file of `size` bytes, and nothing else than what
    /// [`Backup::to_bytes`] wrote: the proof that can be had without a key. And
    /// where its chunks begin.
    ///
    /// # Errors
    /// [`BackupError::Incomplete`] where more of the file has to be read as well
    /// as where there is no more; see [`BackupError`].
    pub fn read(begin: &[u8], size: u64) -> Result<(Self, u64), BackupError> {
        let (label, decoder) = [Self::LABEL, Self::WITH_FILES]
            .into_iter()
            .find_map(|label| Some((label, Decoder::open(label, begin).ok()?)))
            .ok_or(BackupError::NoBackup)?;
        let (mut backup, rest) = Self::read_vault(begin, decoder)?;
        let mut chunks = place(begin, rest);
        if label == Self::WITH_FILES {
            let (files, rest) = SealedFile::read_list(rest)?;
            chunks = place(begin, ended(begin, rest)?);
            backup.files = files;
        }
        let all = backup.files.iter().map(SealedFile::sealed_size);
        if all.fold(chunks, u64::saturating_add) != size {
            return Err(BackupError::Incomplete);
        }
        Ok((backup, chunks))
    }

    /// All but the files, and what is left.
    fn read_vault<'a>(
        begin: &'a [u8],
        mut decoder: Decoder<'a>,
    ) -> Result<(Self, &'a [u8]), BackupError> {
        let d = &mut decoder;
        if d.integer() != Ok(SUITE) {
            return Err(BackupError::UnknownSuite);
        }
        let mut parts = || {
            Ok((
                d.list(Decoder::bytes)?,
                d.bytes()?,
                d.array()?,
                d.list(Decoder::bytes)?,
            ))
        };
        let parts: Result<Parts<'_>, DecodeError> = parts();
        let (slots, head, tag, records) = parts.map_err(|_| BackupError::Incomplete)?;
        let rest = ended(begin, decoder.rest())?;
        let records: Result<Vec<Record>, RecordError> =
            records.into_iter().map(Record::from_bytes).collect();
        let backup = Self {
            slots: Slots::from_bytes(slots)?,
            head: Head::from_bytes(head)?,
            tag,
            records: records?,
            files: Vec::new(),
        };
        let is_passkey = |slot: &Slot| matches!(slot.public().kind, SlotKind::Passkey);
        if backup.slots.iter().any(is_passkey) {
            return Err(DecodeError::Malformed.into());
        }
        backup.hangs_together()?;
        Ok((backup, rest))
    }

    /// Whether slots and records are those of the head.
    fn hangs_together(&self) -> Result<(), BackupError> {
        let of = (self.head.vault, self.head.epoch);
        let mut places = self.records.iter().map(|record| record.header().place);
        let entries: Vec<RootEntry> = self.records.iter().map(Record::root_entry).collect();
        let living = entries.iter().filter(|entry| entry.life == Life::Living);
        let is_whole = (self.slots.vault(), self.slots.epoch()) == of
            && places.all(|place| (place.vault, place.epoch) == of)
            && u64::try_from(living.count()) == Ok(self.head.count)
            && items_root(entries) == Ok(self.head.items_root);
        if is_whole {
            Ok(())
        } else {
            Err(BackupError::OtherRecords)
        }
    }

    /// How it is opened.
    #[must_use]
    pub const fn slots(&self) -> &Slots {
        &self.slots
    }

    /// The files whose chunks follow, in their order.
    #[must_use]
    pub fn files(&self) -> &[SealedFile] {
        &self.files
    }

    /// What it is as a whole.
    #[must_use]
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// The keys that it was sealed with, by its master password.
    ///
    /// # Errors
    /// [`SlotError::WrongKey`].
    pub fn unlock(&self, root: &RootKey) -> Result<EpochKeys, SlotError> {
        let vault_key = self.slots.password().open(root)?;
        Ok(EpochKeys::derive(
            &vault_key,
            self.head.vault,
            self.head.epoch,
        ))
    }

    /// Opens every record: the proof that can be had with the keys. Entries of
    /// a kind that this program does not know are left out.
    ///
    /// # Errors
    /// [`BackupError::BadTag`], [`BackupError::DoesNotOpen`].
    pub fn open(&self, keys: &EpochKeys) -> Result<Vec<(ItemId, Item)>, BackupError> {
        if !self.head.is_tagged(keys, &Tag(self.tag)) {
            return Err(BackupError::BadTag);
        }
        let mut items = Vec::new();
        for record in &self.records {
            let item = record.header().place.item;
            match record.open(keys) {
                Ok(Opened::Item(opened)) => items.push((item, opened)),
                Ok(Opened::Tombstone | Opened::ReadOnly { .. }) => {}
                Err(_) => return Err(BackupError::DoesNotOpen { item }),
            }
        }
        Ok(items)
    }
}

/// Ends what was written so far with its hash.
fn end(file: &mut Vec<u8>) {
    let Hash(end) = Hash::of(file);
    file.extend_from_slice(&end);
}

/// What is left after the hash over all that comes before `rest`.
fn ended<'a>(file: &[u8], rest: &'a [u8]) -> Result<&'a [u8], BackupError> {
    let (end, after) = rest.split_first_chunk().ok_or(BackupError::Incomplete)?;
    let before = file.get(..file.len() - rest.len());
    if before.map(Hash::of) == Some(Hash(*end)) {
        Ok(after)
    } else {
        Err(BackupError::Incomplete)
    }
}

/// Where in a file `rest` begins.
fn place(file: &[u8], rest: &[u8]) -> u64 {
    u64::try_from(file.len() - rest.len()).unwrap_or(u64::MAX)
}
