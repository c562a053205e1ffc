//! A table of a generation, as it lies in the store: packs, and rows over them.
//!
//! | key under `g/<generation>/` | row |
//! |---|---|
//! | `<rows>/<item>` | one member that is newer than the packs, or was never packed |
//! | `<packs>/<number>` | `encode("sigill/pack/1", [item ‖ row])`: members as they were when they were packed |
//!
//! A worker that awakes reads a few packs in the time that some hundred rows
//! take it; ten thousand rows took it longer than all the rest. A change writes
//! a row. Once reading those would be noticed, the transaction that writes the
//! next one packs all anew. Nothing here is believed: what is missing, doubled
//! or of another time shows in the head's root (docs/adr/0044).

use std::collections::{BTreeMap, BTreeSet};

use sigill_core::encode::{DecodeError, Decoder, Encoder};
use sigill_core::id::ItemId;

use crate::rim::Batch;

/// So many members lie in rows of their own, whatever their share of the table is.
const FEW: usize = 256;
/// Of a larger table, one in so many.
const SHARE: usize = 16;
/// A pack ends with the member that brings it past so many bytes.
const PACK: usize = 4 << 20;

/// The records of a generation.
pub(crate) const RECORDS: Table = Table {
    rows: "i/",
    packs: "p/",
};
/// What the cloud holds of what was changed here.
pub(crate) const OUTBOX: Table = Table {
    rows: "b/",
    packs: "o/",
};

/// How the keys of a table begin.
pub(crate) struct Table {
    rows: &'static str,
    packs: &'static str,
}

/// How a table lies in the store.
#[derive(Clone, Default)]
pub(crate) struct Laid {
    packs: u32,
    /// Members with a row of their own.
    loose: BTreeSet<ItemId>,
}

/// Members that are other than in the store.
#[derive(Default)]
pub(crate) struct Changed {
    pub(crate) put: Vec<ItemId>,
    pub(crate) gone: Vec<ItemId>,
}

/// A table that is being read, row by row.
pub(crate) struct Reading<V> {
    packed: BTreeMap<ItemId, V>,
    loose: BTreeMap<ItemId, V>,
    packs: BTreeSet<u32>,
}

/// What a table is to hold: its members, in order, and the row of each.
pub(crate) struct Members<'a> {
    pub(crate) all: Vec<ItemId>,
    pub(crate) row: &'a dyn Fn(ItemId) -> Vec<u8>,
}

impl Table {
    /// Puts into `batch` what makes the store's table `members`; how it lies then.
    pub(crate) fn lay(
        &self,
        (prefix, laid): (&str, &Laid),
        (members, changed): (&Members<'_>, Changed),
        batch: &mut Batch,
    ) -> Laid {
        let mut loose = laid.loose.clone();
        loose.extend(&changed.put);
        let most = FEW.max(members.all.len() / SHARE);
        // A member that goes may stand in a pack: no row over it would take it out.
        let is_in_the_way = !changed.gone.is_empty() && laid.packs > 0;
        if loose.len() > most || is_in_the_way {
            self.clear((prefix, laid), batch);
            return self.pack(prefix, members, batch);
        }
        for item in &changed.gone {
            loose.remove(item);
            batch.delete(self.row(prefix, *item));
        }
        for item in changed.put {
            batch.put(self.row(prefix, item), (members.row)(item));
        }
        Laid {
            packs: laid.packs,
            loose,
        }
    }

    fn clear(&self, (prefix, laid): (&str, &Laid), batch: &mut Batch) {
        for item in &laid.loose {
            batch.delete(self.row(prefix, *item));
        }
        for number in 0..laid.packs {
            batch.delete(self.pack_key(prefix, number));
        }
    }

    /// The whole table anew, in as few rows as it fits.
    fn pack(&self, prefix: &str, members: &Members<'_>, batch: &mut Batch) -> Laid {
        let mut laid = Laid::default();
        if members.all.len() <= FEW {
            for item in &members.all {
                batch.put(self.row(prefix, *item), (members.row)(*item));
                laid.loose.insert(*item);
            }
            return laid;
        }
        let (mut pack, mut size) = (Vec::new(), 0);
        for item in &members.all {
            let row = (members.row)(*item);
            size += row.len();
            pack.push((*item, row));
            if size > PACK || members.all.last() == Some(item) {
                batch.put(self.pack_key(prefix, laid.packs), to_bytes(&pack));
                laid.packs += 1;
                pack.clear();
                size = 0;
            }
        }
        laid
    }

    /// Whether a key below the generation's prefix is one of its.
    pub(crate) fn holds(&self, key: &str) -> bool {
        key.starts_with(self.rows) || key.starts_with(self.packs)
    }

    /// Takes in a row that it holds, member by member; nothing where any of it is
    /// not what it should be.
    pub(crate) fn read<V>(
        &self,
        (key, value): (&str, &[u8]),
        reading: &mut Reading<V>,
        member: impl Fn(ItemId, &[u8]) -> Option<V>,
    ) -> Option<()> {
        if let Some(item) = key.strip_prefix(self.rows) {
            let item = item.parse().ok()?;
            reading.loose.insert(item, member(item, value)?);
            return Some(());
        }
        let name = key.strip_prefix(self.packs)?;
        let number: u32 = name.parse().ok().filter(|n: &u32| n.to_string() == name)?;
        reading.packs.insert(number);
        for (item, row) in from_bytes(value).ok()? {
            let twice = reading.packed.insert(item, member(item, row)?);
            if twice.is_some() {
                return None;
            }
        }
        Some(())
    }

    fn row(&self, prefix: &str, item: ItemId) -> String {
        [prefix, self.rows, &item.to_string()].concat()
    }

    fn pack_key(&self, prefix: &str, number: u32) -> String {
        [prefix, self.packs, &number.to_string()].concat()
    }
}

impl<V> Reading<V> {
    pub(crate) const fn begin() -> Self {
        Self {
            packed: BTreeMap::new(),
            loose: BTreeMap::new(),
            packs: BTreeSet::new(),
        }
    }

    /// Every member, as its newest row says, and how the table lies; nothing
    /// where a pack before the last one is missing.
    pub(crate) fn finish(mut self) -> Option<(BTreeMap<ItemId, V>, Laid)> {
        let mut loose = BTreeSet::new();
        loose.extend(self.loose.keys());
        let laid = Laid {
            packs: u32::try_from(self.packs.len()).ok()?,
            loose,
        };
        self.packed.append(&mut self.loose);
        let follows = |(number, pack): (u32, &u32)| number == *pack;
        let all_follow = (0..).zip(&self.packs).all(follows);
        all_follow.then_some((self.packed, laid))
    }
}

const LABEL: &str = "sigill/pack/1";

fn to_bytes(members: &[(ItemId, Vec<u8>)]) -> Vec<u8> {
    Encoder::new(LABEL)
        .list(members.iter(), |e, (item, row)| item.encode(e).bytes(row))
        .finish()
}

fn from_bytes(bytes: &[u8]) -> Result<Vec<(ItemId, &[u8])>, DecodeError> {
    let mut decoder = Decoder::open(LABEL, bytes)?;
    let members = decoder.list(|d| Ok((ItemId::decode(d)?, d.bytes()?)))?;
    decoder.finish()?;
    Ok(members)
}
