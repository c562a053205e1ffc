//! Records of both sides become one.
//!
//! | here | in the cloud | then |
//! |---|---|---|
//! | unchanged | changed | the cloud's |
//! | changed, and follows the cloud's record | – | this device's goes up |
//! | changed | changed by a program that says more than this one reads | the cloud's; this device's becomes an entry of its own |
//! | changed | changed | `sigill_core` merges from the common parent; the result follows the cloud's |

use sigill_core::id::ItemId;
use sigill_core::vault::item::Item;
use sigill_core::vault::key::EpochKeys;
use sigill_core::vault::merge::{Outcome, Side, Version, merge};
use sigill_core::vault::record::{Opened, Place, Record};

use crate::rim::Rim;
use crate::session::Session;
use crate::session::items::Desk;
use crate::session::vault::Kept;
use crate::trouble::Trouble;

/// An entry as this device has it, and as both sides had it before; the keys that
/// both are under.
pub(crate) struct Versions<'a> {
    pub(crate) ours: &'a Kept,
    pub(crate) base: Option<&'a Kept>,
    pub(crate) keys: &'a EpochKeys,
}

impl<R: Rim> Session<R> {
    /// Takes records of the cloud in. They verified before.
    pub(crate) fn merge_in(
        &self,
        desk: &mut Desk<'_>,
        theirs: impl Iterator<Item = Kept>,
    ) -> Result<(), Trouble> {
        for kept in theirs {
            self.merge_one(desk, kept)?;
        }
        Ok(())
    }

    fn merge_one(&self, desk: &mut Desk<'_>, theirs: Kept) -> Result<(), Trouble> {
        let item = theirs.entry.item;
        let vault = &mut desk.vault;
        let Some(ours) = vault.kept.get(&item) else {
            vault.kept.insert(item, theirs);
            return Ok(());
        };
        let Some(base) = vault.base.get(&item) else {
            vault.kept.insert(item, theirs);
            return Ok(());
        };
        if ours.entry == theirs.entry {
            vault.base.remove(&item);
            return Ok(());
        }
        if ours.record.header().place.parent == Some(theirs.entry.record) {
            vault.base.insert(item, Some(theirs));
            return Ok(());
        }
        let (ours, base) = (ours.clone(), base.clone());
        let versions = Versions {
            ours: &ours,
            base: base.as_ref(),
            keys: &desk.open.keys,
        };
        match self.three_way(desk, &versions, &theirs)? {
            None => {
                desk.vault.base.remove(&item);
                desk.vault.kept.insert(item, theirs);
            }
            Some(merged) => {
                desk.vault.base.insert(item, Some(theirs));
                desk.vault.kept.insert(item, Kept::new(merged));
            }
        }
        Ok(())
    }

    /// What becomes of two versions: nothing where theirs already is it.
    pub(crate) fn three_way(
        &self,
        desk: &mut Desk<'_>,
        versions: &Versions<'_>,
        theirs: &Kept,
    ) -> Result<Option<Record>, Trouble> {
        let open = |kept: &Kept, keys| kept.record.open(keys).map_err(|_| Trouble::Damaged);
        let ours = versions.ours;
        let one = open(ours, versions.keys)?;
        let other = open(theirs, &desk.open.keys)?;
        let parent = versions.base.map(|base| open(base, versions.keys));
        let parent = parent.transpose()?;
        let (Some(one), Some(other)) = (side(&one, ours), side(&other, theirs)) else {
            if let Some(item) = apart(&one, &other) {
                self.seal(desk, ItemId(self.random()?), item)?;
            }
            return Ok(None);
        };
        let place = Place {
            revision: ours.entry.revision.max(theirs.entry.revision) + 1,
            writer: desk.author.device,
            parent: Some(theirs.entry.record),
            ..theirs.record.header().place
        };
        let keys = &desk.open.keys;
        match (merge(parent.as_ref().and_then(item), one, other), other) {
            (Outcome::Erased, Side::Erased) => Ok(None),
            (Outcome::Erased, Side::Living(_)) => {
                Ok(Some(Record::erase(place, keys, self.random()?)))
            }
            (Outcome::Living(merged), Side::Living(theirs)) if merged.item == *theirs.item => {
                Ok(None)
            }
            (Outcome::Living(merged), _) => Record::seal(place, &merged.item, keys, self.random()?)
                .map(Some)
                .map_err(|_| Trouble::Damaged),
        }
    }

    /// Names of living entries of this device, at most `most`.
    pub(crate) fn names(&self, items: impl Iterator<Item = ItemId>, most: usize) -> Vec<String> {
        let names = self.look(|entries| Ok(entries.index.names_of(items, most)));
        names.unwrap_or_default()
    }
}

/// What this device wrote before a newer program wrote what it can't read: it
/// becomes an entry of its own, so that neither is lost.
const fn apart<'a>(ours: &'a Opened, theirs: &Opened) -> Option<&'a Item> {
    match (ours, theirs) {
        (Opened::Item(item), Opened::ReadOnly { .. }) => Some(item),
        _ => None,
    }
}

fn item(opened: &Opened) -> Option<&Item> {
    match opened {
        Opened::Item(item) => Some(item),
        Opened::Tombstone | Opened::ReadOnly { .. } => None,
    }
}

fn side<'a>(opened: &'a Opened, kept: &Kept) -> Option<Side<'a>> {
    let writer = kept.record.header().place.writer;
    match opened {
        Opened::Item(item) => Some(Side::Living(Version { item, writer })),
        Opened::Tombstone => Some(Side::Erased),
        Opened::ReadOnly { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use sigill_core::vault::item::Kind;

    use super::*;

    #[test]
    fn what_was_written_here_beside_what_a_newer_program_wrote_is_set_apart() {
        let ours = || Opened::Item(Item::new(Kind::Login));
        let newer = || Opened::ReadOnly {
            schema: 99,
            content: Vec::new().into(),
        };
        assert!(apart(&ours(), &newer()).is_some());
        for (one, other) in [
            (ours(), ours()),
            (ours(), Opened::Tombstone),
            (Opened::Tombstone, newer()),
            (newer(), newer()),
        ] {
            assert!(apart(&one, &other).is_none());
        }
    }
}
