//! A generation of the vault as it lies in the store.
//!
//! | key under `g/<generation>/` | row |
//! |---|---|
//! | `name` | the vault's name, in the clear: the typed phrase needs it |
//! | `head`, `tag` | the head over all records, rewritten with every change |
//! | `slots` | the encoded slots |
//! | `passkeys` | of the passkeys that were added on this device: credential and name |
//! | `link` | which account it belongs to and what was last pinned there |
//! | `i/<item>`, `p/<number>` | each item's newest record: see [`super::packs`] |
//! | `b/<item>`, `o/<number>` | what the cloud holds of an item that was changed here: the outbox, and the parent of a merge |

use sigill_core::encode::{Decoder, Encoder};
use sigill_core::id::{GenerationId, ItemId};
use sigill_core::vault::head::{Head, Tag};
use sigill_core::vault::record::Record;
use sigill_core::vault::slots::Slots;

use super::packs::{Changed, Laid, Members, OUTBOX, RECORDS, Reading};
use super::passkeys::{passkeys_from_bytes, passkeys_to_bytes};
use super::vault::{Kept, Link, Vault};
use crate::rim::Batch;

/// How a generation's tables lie in the store.
#[derive(Clone, Default)]
pub(crate) struct Tables {
    records: Laid,
    outbox: Laid,
}

impl Vault {
    /// What has to be written so that the store holds this and no longer `old`, and
    /// how it lies there then; without an old one the store holds nothing of it.
    pub(crate) fn difference(&self, old: Option<&Self>, batch: &mut Batch) -> Tables {
        let prefix = prefix(self.id);
        let head = self.head.to_bytes();
        if old.is_none_or(|old| old.head.to_bytes() != head || old.tag.0 != self.tag.0) {
            batch.put(prefix.clone() + "head", head);
            batch.put(prefix.clone() + "tag", self.tag.0);
        }
        if old.is_none_or(|old| old.slots != self.slots) {
            batch.put(prefix.clone() + "slots", slots_to_bytes(&self.slots));
        }
        if old.is_none_or(|old| old.name != self.name) {
            batch.put(prefix.clone() + "name", self.name.as_bytes());
        }
        match &self.link {
            Some(link) if old.is_none_or(|old| old.link.as_ref() != Some(link)) => {
                batch.put(prefix.clone() + "link", link.to_bytes());
            }
            None if old.is_some_and(|old| old.link.is_some()) => {
                batch.delete(prefix.clone() + "link");
            }
            Some(_) | None => {}
        }
        if old.map_or(!self.passkeys.is_empty(), |old| {
            old.passkeys != self.passkeys
        }) {
            let row = passkeys_to_bytes(&self.passkeys);
            batch.put(prefix.clone() + "passkeys", row);
        }
        let were = old.map(|old| old.tables.clone()).unwrap_or_default();
        let records = Members {
            all: self.kept.keys().copied().collect(),
            row: &|item| self.kept.get(&item).map(record_row).unwrap_or_default(),
        };
        let outbox = Members {
            all: self.base.keys().copied().collect(),
            // Empty where the cloud holds none.
            row: &|item| match self.base.get(&item) {
                Some(Some(kept)) => record_row(kept),
                Some(None) | None => Vec::new(),
            },
        };
        let (records, outbox) = (
            (&records, self.changed_records(old)),
            (&outbox, self.changed_outbox(old)),
        );
        Tables {
            records: RECORDS.lay((&prefix, &were.records), records, batch),
            outbox: OUTBOX.lay((&prefix, &were.outbox), outbox, batch),
        }
    }

    /// Records come and change; none goes.
    fn changed_records(&self, old: Option<&Self>) -> Changed {
        let mut changed = Changed::default();
        for (item, kept) in &self.kept {
            let before = old.and_then(|old| old.kept.get(item));
            if before.is_none_or(|before| before.entry != kept.entry) {
                changed.put.push(*item);
            }
        }
        changed
    }

    fn changed_outbox(&self, old: Option<&Self>) -> Changed {
        let mut changed = Changed::default();
        let hash = |kept: &Option<Kept>| kept.as_ref().map(|kept| kept.entry.record);
        for (item, base) in &self.base {
            let before = old.and_then(|old| old.base.get(item));
            if before.is_none_or(|before| hash(before) != hash(base)) {
                changed.put.push(*item);
            }
        }
        let old = old.into_iter().flat_map(|old| old.base.keys());
        let gone = old.filter(|item| !self.base.contains_key(item));
        changed.gone.extend(gone);
        changed
    }
}

fn record_row(kept: &Kept) -> Vec<u8> {
    kept.record.to_bytes()
}

pub(crate) fn prefix(id: GenerationId) -> String {
    ["g/", &id.to_string(), "/"].concat()
}

pub(crate) fn head_key(id: GenerationId) -> String {
    prefix(id) + "head"
}

pub(crate) fn tag_key(id: GenerationId) -> String {
    prefix(id) + "tag"
}

/// A head and its tag, as their rows have them.
pub(crate) fn read_head(head: Option<Vec<u8>>, tag: Option<Vec<u8>>) -> Option<(Head, Tag)> {
    let head = Head::from_bytes(&head?).ok()?;
    Some((head, Tag(tag?.try_into().ok()?)))
}

const SLOTS: &str = "sigill/slots-row/1";

fn slots_to_bytes(slots: &Slots) -> Vec<u8> {
    let slots = slots.to_bytes();
    Encoder::new(SLOTS)
        .list(slots.iter(), |e, slot| e.bytes(slot))
        .finish()
}

fn slots_from_bytes(bytes: &[u8]) -> Option<Slots> {
    let mut decoder = Decoder::open(SLOTS, bytes).ok()?;
    let slots = decoder.list(Decoder::bytes).ok()?;
    decoder.finish().ok()?;
    Slots::from_bytes(slots).ok()
}

/// Reads a generation; nothing where any row is not what it should be.
pub(crate) fn assemble(id: GenerationId, rows: Vec<(String, Vec<u8>)>) -> Option<Vault> {
    let prefix = prefix(id);
    let (mut name, mut head, mut tag, mut slots, mut link) = (None, None, None, None, None);
    let mut passkeys = Vec::new();
    let (mut records, mut outbox) = (Reading::begin(), Reading::begin());
    for (key, value) in rows {
        match key.strip_prefix(&prefix)? {
            "name" => name = String::from_utf8(value).ok(),
            "head" => head = Head::from_bytes(&value).ok(),
            "tag" => tag = value.try_into().ok().map(Tag),
            "slots" => slots = slots_from_bytes(&value),
            "link" => link = Some(Link::from_bytes(&value).ok()?),
            "passkeys" => passkeys = passkeys_from_bytes(&value).ok()?,
            key if RECORDS.holds(key) => RECORDS.read((key, &value), &mut records, kept_of)?,
            key => OUTBOX.read((key, &value), &mut outbox, |item, row| match row {
                [] => Some(None),
                row => kept_of(item, row).map(Some),
            })?,
        }
    }
    let (kept, records) = records.finish()?;
    let (base, outbox) = outbox.finish()?;
    let vault = Vault {
        id,
        name: name?,
        head: head?,
        tag: tag?,
        slots: slots?,
        link,
        passkeys,
        kept,
        base,
        tables: Tables { records, outbox },
    };
    (vault.is_whole() && vault.is_its_heads()).then_some(vault)
}

/// The record of that item, and of no other.
fn kept_of(item: ItemId, row: &[u8]) -> Option<Kept> {
    let kept = Record::from_bytes(row).ok().map(Kept::new);
    kept.filter(|kept| kept.entry.item == item)
}
