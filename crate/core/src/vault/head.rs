//! What the vault is as a whole: a root over all its records, chained to the
//! head before it, tagged under a key that only an opened vault has.
//!
//! ```text
//! items_root = SHA-256(encode("sigill/items-root/1", list of (item id, revision, record hash, tombstone) sorted by item id))
//! head_hash  = SHA-256(encode("sigill/head/1", suite, account?, vault, epoch, seq, prev_head_hash, items_root, count,
//!              slots hash, timeline hash, service key?, writer, operation?, restored_from?, seen, time))
//! tag        = HMAC(head key, encode("sigill/head/1", …))
//! ```

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use subtle::ConstantTimeEq;

use super::key::EpochKeys;
use super::primitive::{self, SUITE};
use super::record::Life;
use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::{AccountId, DeviceId, Hash, IdempotencyKey, ItemId, KeyId, VaultId};
use crate::order::sorted;
use crate::wire::Seconds;

#[cfg(test)]
mod tests;

/// A head, without its tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The account that the vault belongs to.
    pub account: Option<AccountId>,
    /// The vault.
    pub vault: VaultId,
    /// Its epoch.
    pub epoch: u64,
    /// Rises with every head.
    pub seq: u64,
    /// Hash of the head before; [`Hash::NOTHING`] for the first.
    pub previous: Hash,
    /// [`items_root`] over all records.
    pub items_root: Hash,
    /// Living items.
    pub count: u64,
    /// [`super::slots::Slots::hash`].
    pub slots_hash: Hash,
    /// The last entry of the account's timeline; [`Hash::NOTHING`] without one.
    pub timeline: Hash,
    /// The service's receipt key, as pinned by the writer.
    pub service_key: Option<KeyId>,
    /// The device that wrote it.
    pub writer: DeviceId,
    /// The operation that brought it, where a dangerous act did.
    pub operation: Option<IdempotencyKey>,
    /// Hash of the head that was brought back, where this one anchors it.
    pub restored_from: Option<Hash>,
    /// The highest `seq` that the writer saw of each device.
    pub seen: BTreeMap<DeviceId, u64>,
    /// When it was written, by the writer's clock.
    pub time: Seconds,
}

/// Why bytes are not a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeadError {
    /// It belongs to a suite that this program does not know.
    #[error("suite {0} is not known here")]
    UnknownSuite(u64),
    /// `seen` is not in order, or names a device twice.
    #[error("`seen` is not strictly in order of devices")]
    SeenOutOfOrder,
    /// It is not encoded as it must be.
    #[error(transparent)]
    Encoding(#[from] DecodeError),
}

impl Head {
    const LABEL: &'static str = "sigill/head/1";

    /// Its canonical encoding.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let encoder = Encoder::new(Self::LABEL)
            .integer(SUITE)
            .optional(self.account, |e, account| account.encode(e));
        let encoder = self.vault.encode(encoder);
        let encoder = self
            .previous
            .encode(encoder.integer(self.epoch).integer(self.seq));
        let encoder = self.items_root.encode(encoder).integer(self.count);
        let encoder = self.timeline.encode(self.slots_hash.encode(encoder));
        let encoder = encoder.optional(self.service_key, |e, key| key.encode(e));
        self.writer
            .encode(encoder)
            .optional(self.operation, |e, operation| operation.encode(e))
            .optional(self.restored_from, |e, hash| hash.encode(e))
            .list(self.seen.iter(), |e, (device, seq)| {
                device.encode(e).integer(*seq)
            })
            .integer(self.time)
            .finish()
    }

    /// Reads what [`Head::to_bytes`] wrote, and nothing else.
    ///
    /// # Errors
    /// See [`HeadError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, HeadError> {
        let mut decoder = Decoder::open(Self::LABEL, bytes)?;
        let d = &mut decoder;
        let suite = d.integer()?;
        if suite != SUITE {
            return Err(HeadError::UnknownSuite(suite));
        }
        let account = d.optional(AccountId::decode)?;
        let vault = VaultId::decode(d)?;
        let epoch = d.integer()?;
        let seq = d.integer()?;
        let head = Self {
            account,
            vault,
            epoch,
            seq,
            previous: Hash::decode(d)?,
            items_root: Hash::decode(d)?,
            count: d.integer()?,
            slots_hash: Hash::decode(d)?,
            timeline: Hash::decode(d)?,
            service_key: d.optional(KeyId::decode)?,
            writer: DeviceId::decode(d)?,
            operation: d.optional(IdempotencyKey::decode)?,
            restored_from: d.optional(Hash::decode)?,
            seen: decode_seen(d)?,
            time: d.integer()?,
        };
        decoder.finish()?;
        Ok(head)
    }

    /// Its hash; the tag is not part of it.
    #[must_use]
    pub fn hash(&self) -> Hash {
        Hash::of(&self.to_bytes())
    }

    /// Its tag: the proof that whoever wrote it had opened the vault.
    #[must_use]
    pub fn tag(&self, keys: &EpochKeys) -> Tag {
        Tag(primitive::hmac(keys.head.as_ref(), &self.to_bytes()))
    }

    /// Whether `tag` is this head's, in constant time.
    #[must_use]
    pub fn is_tagged(&self, keys: &EpochKeys, tag: &Tag) -> bool {
        self.tag(keys).0.ct_eq(&tag.0).into()
    }
}

fn decode_seen(decoder: &mut Decoder<'_>) -> Result<BTreeMap<DeviceId, u64>, HeadError> {
    let seen = decoder.list(|d| Ok((DeviceId::decode(d)?, d.integer()?)))?;
    if seen.is_sorted_by(|(first, _), (second, _)| first < second) {
        // Pair by pair: collecting would bring a whole sort into the program.
        let mut devices = BTreeMap::new();
        devices.extend(seen);
        Ok(devices)
    } else {
        Err(HeadError::SeenOutOfOrder)
    }
}

/// HMAC of a head under the head key.
#[derive(Debug, Clone, Copy)]
pub struct Tag(pub [u8; 32]);

/// What the root says of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RootEntry {
    /// The item.
    pub item: ItemId,
    /// Its newest record's revision.
    pub revision: u64,
    /// Its newest record's hash.
    pub record: Hash,
    /// Whether it lives.
    pub life: Life,
}

/// Two records claim to be the newest of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("two records of item {item}")]
pub struct DuplicateItem {
    /// The item.
    pub item: ItemId,
}

/// The root over all records, tombstones too, in whatever order they come.
///
/// # Errors
/// [`DuplicateItem`].
pub fn items_root(entries: impl IntoIterator<Item = RootEntry>) -> Result<Hash, DuplicateItem> {
    let entries = sorted(entries, RootEntry::cmp);
    if let Some([first, _]) = entries
        .array_windows()
        .find(|[first, second]| first.item == second.item)
    {
        return Err(DuplicateItem { item: first.item });
    }
    let encoder = Encoder::new("sigill/items-root/1");
    let encoding = encoder.list(entries.iter(), |e, entry| {
        let e = entry.item.encode(e).integer(entry.revision);
        entry.record.encode(e).integer(entry.life.number())
    });
    Ok(Hash::of(&encoding.finish()))
}
