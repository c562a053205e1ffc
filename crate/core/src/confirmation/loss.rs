//! What would be lost: compared item by item before anything is asked for,
//! shown, and bound into the operation by [`Loss::hash`].

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::action::{Action, ClearScope, RestoreSource};
use super::policy::Reach;
use crate::encode::Encoder;
use crate::id::{Hash, ItemId};
use crate::vault::record::Life;

#[cfg(test)]
mod tests;

/// An entry of one side, as far as it can be told from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The item.
    pub item: ItemId,
    /// Hash of its record: equal hashes are equal entries.
    pub record: Hash,
    /// Whether it is there or a tombstone.
    pub life: Life,
}

/// An entry that both sides hold, differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// The item.
    pub item: ItemId,
    /// Hash of the record on this device.
    pub here: Hash,
    /// Hash of the record in the cloud.
    pub in_cloud: Hash,
}

/// What the two sides hold, and what an act would take from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    action: Action,
    reach: Reach,
    only_here: Vec<(ItemId, Hash)>,
    only_in_cloud: Vec<(ItemId, Hash)>,
    differing: Vec<Difference>,
    alike: Vec<(ItemId, Hash)>,
}

/// Which sides an act takes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Nothing,
    Here,
    Cloud,
    /// What the cloud holds and this device does not.
    Missing,
    Both,
}

impl Loss {
    const LABEL: &'static str = "sigill/loss/1";

    /// Compares the living entries of this device with those of the cloud (none,
    /// where the vault belongs to no account or the cloud is empty).
    #[must_use]
    pub fn weigh(action: Action, reach: Reach, here: &[Entry], in_cloud: &[Entry]) -> Self {
        let mut loss = Self {
            action,
            reach,
            only_here: Vec::new(),
            only_in_cloud: Vec::new(),
            differing: Vec::new(),
            alike: Vec::new(),
        };
        let here = living(here);
        let mut in_cloud = living(in_cloud);
        for (item, record) in here {
            match in_cloud.remove(&item) {
                None => loss.only_here.push((item, record)),
                Some(same) if same == record => loss.alike.push((item, record)),
                Some(other) => loss.differing.push(Difference {
                    item,
                    here: record,
                    in_cloud: other,
                }),
            }
        }
        loss.only_in_cloud.extend(in_cloud);
        loss
    }

    /// Entries in what would go.
    #[must_use]
    pub fn entries(&self) -> usize {
        let both = self.alike.len() + self.differing.len();
        match self.takes() {
            Takes::Nothing => 0,
            Takes::Here => both + self.only_here.len(),
            Takes::Cloud => both + self.only_in_cloud.len(),
            Takes::Missing => self.differing.len() + self.only_in_cloud.len(),
            Takes::Both => both + self.only_here.len() + self.only_in_cloud.len(),
        }
    }

    /// Of those, how many exist nowhere else afterwards, as far as this device
    /// and the cloud know: a differing entry goes in the version that goes.
    #[must_use]
    pub fn nowhere_else(&self) -> usize {
        match self.takes() {
            Takes::Nothing => 0,
            Takes::Here => self.only_here.len() + self.differing.len(),
            Takes::Cloud => self.only_in_cloud.len() + self.differing.len(),
            Takes::Missing | Takes::Both => self.entries(),
        }
    }

    /// Whether what lies on this device goes.
    #[must_use]
    pub fn takes_from_here(&self) -> bool {
        matches!(self.takes(), Takes::Here | Takes::Both)
    }

    /// Entries that only this device holds, by item.
    pub fn only_here(&self) -> impl ExactSizeIterator<Item = ItemId> {
        self.only_here.iter().map(|(item, _)| *item)
    }

    /// Entries that only the cloud holds, by item.
    pub fn only_in_cloud(&self) -> impl ExactSizeIterator<Item = ItemId> {
        self.only_in_cloud.iter().map(|(item, _)| *item)
    }

    /// Entries that both hold, differently, by item.
    #[must_use]
    pub fn differing(&self) -> &[Difference] {
        &self.differing
    }

    /// How many both hold alike.
    #[must_use]
    pub fn alike(&self) -> usize {
        self.alike.len()
    }

    /// ```text
    /// SHA-256(encode("sigill/loss/1", action, scope, parameters_hash, reach,
    ///         only_here [item, record], only_in_cloud [item, record],
    ///         differing [item, here, in_cloud], alike [item, record]))      each list by item
    /// ```
    #[must_use]
    pub fn hash(&self) -> Hash {
        let encoder = self.action.encode(Encoder::new(Self::LABEL));
        let encoder = self.action.parameters_hash().encode(encoder);
        let encoder = encoder.integer(match self.reach {
            Reach::ThisDevice => 0,
            Reach::Cloud => 1,
        });
        let pair = |e, (item, record): &(ItemId, Hash)| record.encode(item.encode(e));
        let encoder = encoder
            .list(self.only_here.iter(), pair)
            .list(self.only_in_cloud.iter(), pair)
            .list(self.differing.iter(), |e, differing| {
                let encoder = differing.here.encode(differing.item.encode(e));
                differing.in_cloud.encode(encoder)
            })
            .list(self.alike.iter(), pair);
        Hash::of(&encoder.finish())
    }

    /// A restored or new vault takes the place of what stands, wherever the act
    /// reaches; what it brings back can't be read before, so all of it counts.
    const fn takes(&self) -> Takes {
        match (self.action, self.reach) {
            (Action::Weaken { .. }, _) | (Action::RenewMasterPassword, Reach::ThisDevice) => {
                Takes::Nothing
            }
            (Action::RenewMasterPassword, Reach::Cloud) => Takes::Missing,
            (Action::ReplaceCloud, _) => Takes::Cloud,
            (
                Action::ClearVault {
                    scope: ClearScope::ThisDevice,
                }
                | Action::Restore {
                    source: RestoreSource::Device { .. },
                    ..
                },
                _,
            )
            | (_, Reach::ThisDevice) => Takes::Here,
            (
                Action::ResetMasterPassword
                | Action::ClearVault {
                    scope: ClearScope::Everywhere,
                }
                | Action::Restore {
                    source: RestoreSource::Cloud { .. },
                    ..
                },
                Reach::Cloud,
            ) => Takes::Both,
        }
    }
}

fn living(entries: &[Entry]) -> BTreeMap<ItemId, Hash> {
    let living = entries.iter().filter(|entry| entry.life == Life::Living);
    // Pair by pair: collecting would bring a whole sort into the program.
    let mut records = BTreeMap::new();
    records.extend(living.map(|entry| (entry.item, entry.record)));
    records
}
