//! Changes that the cloud has not seen, carried into the next epoch of the vault
//! that they were made in: entry by entry, merged from the common parent, and
//! sealed under the new keys.

use sigill_core::id::ItemId;
use sigill_core::vault::generation::{Vouched, Voucher, vouched_for};
use sigill_core::vault::head::{Head, Tag};
use sigill_core::vault::key::EpochKeys;
use sigill_core::vault::record::{Place, Record};

use super::Session;
use super::items::Desk;
use super::status::small;
use super::sync::merge::Versions;
use super::vault::{Kept, Vault};
use crate::rim::Rim;
use crate::trouble::Trouble;

/// The vault that the changes were made in, and the keys that it is under.
struct Before<'a> {
    vault: &'a Vault,
    keys: &'a EpochKeys,
}

impl<R: Rim> Session<R> {
    /// Carries the changes made here into the vault on the desk, which the head
    /// key held here vouches for. How many entries they are.
    ///
    /// # Errors
    /// [`Trouble::Locked`]; [`Trouble::Garbage`] where nobody vouches for it.
    pub(super) async fn carry_over(
        &self,
        desk: &mut Desk<'_>,
        (heads, voucher): (&[(Head, Tag)], &Voucher),
    ) -> Result<u32, Trouble> {
        let (here, open) = self.opened().await?;
        let pin = here.link.as_ref().map(|link| link.pin);
        let pin = pin.ok_or(Trouble::Garbage)?;
        let vouched = vouched_for(&pin, &open.keys, (heads, voucher));
        let vouched = vouched.map_err(|_| Trouble::Garbage)?;
        let before = Before {
            vault: &here,
            keys: &open.keys,
        };
        self.carry(desk, &before, vouched)
    }

    fn carry(
        &self,
        desk: &mut Desk<'_>,
        before: &Before<'_>,
        vouched: Vouched,
    ) -> Result<u32, Trouble> {
        if vouched.stands() != desk.vault.head.hash() {
            return Err(Trouble::Garbage);
        }
        for item in before.vault.base.keys() {
            self.carry_one(desk, before, *item)?;
        }
        Ok(small(before.vault.base.len()))
    }

    fn carry_one(
        &self,
        desk: &mut Desk<'_>,
        before: &Before<'_>,
        item: ItemId,
    ) -> Result<(), Trouble> {
        let Some(ours) = before.vault.kept.get(&item) else {
            return Ok(());
        };
        let record = match desk.vault.kept.get(&item).cloned() {
            None => Some(self.sealed_anew(desk, ours, before.keys)?),
            Some(theirs) => {
                let base = before.vault.base.get(&item);
                let versions = Versions {
                    ours,
                    base: base.and_then(Option::as_ref),
                    keys: before.keys,
                };
                self.three_way(desk, &versions, &theirs)?
            }
        };
        if let Some(record) = record {
            desk.vault.put(record);
        }
        Ok(())
    }

    /// What only this device holds, under the keys of the vault on the desk.
    fn sealed_anew(
        &self,
        desk: &Desk<'_>,
        ours: &Kept,
        keys: &EpochKeys,
    ) -> Result<Record, Trouble> {
        let place = Place {
            epoch: desk.vault.head.epoch,
            revision: ours.entry.revision + 1,
            writer: desk.author.device,
            parent: Some(ours.entry.record),
            ..ours.record.header().place
        };
        let anew = (keys, &desk.open.keys);
        let record = ours.record.resealed(place, anew, self.random()?);
        record.map_err(|_| Trouble::Damaged)
    }
}
