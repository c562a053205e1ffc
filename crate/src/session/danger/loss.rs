//! What would be lost, compared record by record before anything is asked for.

use std::collections::BTreeMap;
use std::rc::Rc;

use sigill_core::account::MailAddress;
use sigill_core::confirmation::action::Action;
use sigill_core::confirmation::loss::{Entry, Loss as Weighed};
use sigill_core::confirmation::policy::{Answer, Connection, Proof, Reach};
use sigill_core::id::{Hash, ItemId};
use sigill_core::vault::generation::LEAP;
use sigill_core::vault::head::RootEntry;
use sigill_core::vault::record::Opened;
use sigill_core::wire::Seconds;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::Cloud;

use super::act::{Takes, Understood};
use crate::api::{self, Act, Loss, Side};
use crate::rim::Rim;
use crate::session::Session;
use crate::session::status::small;
use crate::session::vault::{Kept, Vault};
use crate::session::wholesale::KEPT_FOR;
use crate::trouble::Trouble;

/// How long the service keeps a displaced generation.
const CLOUD_KEEPS: Seconds = 30 * 24 * 60 * 60;
/// Names that a page shows.
const NAMES: usize = 20;

/// An act, weighed against what both sides hold now.
pub(super) struct Weighing {
    pub(super) understood: Understood,
    pub(super) here: Option<Rc<Vault>>,
    /// Where the cloud stands; none where it was not asked.
    pub(super) cloud: Option<Cloud>,
    in_cloud: BTreeMap<ItemId, Kept>,
    weighed: Weighed,
}

impl Weighing {
    pub(super) fn hash(&self) -> Hash {
        self.weighed.hash()
    }

    /// The epoch that this device's vault has to begin before it may take the
    /// cloud's place: where the cloud saw a later one of it than the one here.
    pub(super) fn later_epoch(&self) -> Option<u64> {
        if self.understood.action != Action::ReplaceCloud {
            return None;
        }
        let here = &self.here.as_ref()?.head;
        let mut known = self.cloud.as_ref()?.epochs.iter();
        let highest = known.find(|known| known.vault == here.vault)?.epoch;
        let is_later = highest > here.epoch && highest - here.epoch < LEAP;
        is_later.then(|| highest + 1)
    }

    /// Whether entries would go that exist nowhere else afterwards.
    pub(super) fn loses(&self) -> bool {
        self.weighed.nowhere_else() > 0
    }
}

impl<R: Rim> Session<R> {
    /// What an act would cost.
    ///
    /// # Errors
    /// `not_found` where there is nothing to act on, `service_unreachable`
    /// where the cloud must be compared and can't.
    pub async fn loss(&self, act: Act) -> Result<Loss, Trouble> {
        let weighing = self.weigh(&act).await?;
        let _ = self.opened().await; // names only while it is open
        let weighed = &weighing.weighed;
        let here = weighing.here.as_deref();
        let head = here.map(|vault| vault.head.hash());
        let differing = weighed.differing().iter().map(|difference| difference.item);
        let waiting = match here {
            Some(vault) => self.files_waiting(vault).await?, // the cloud has yet to get them
            None => 0,
        };
        let in_cloud = weighing.cloud.as_ref().map(|cloud| cloud.head_hash);
        Ok(Loss {
            needs: weighing
                .understood
                .needs(here.map(|vault| vault.name.as_str())),
            reach: match weighing.understood.reach() {
                Reach::ThisDevice => api::Reach::ThisDevice,
                Reach::Cloud => api::Reach::Cloud,
            },
            entries: small(weighed.entries()),
            nowhere_else: small(weighed.nowhere_else()),
            files_only_here: if weighed.takes_from_here() {
                small(waiting)
            } else {
                0
            },
            only_here: self.side(weighed.only_here()),
            only_in_cloud: self.cloud_side(&weighing).await?,
            differing: self.side(differing),
            alike: small(weighed.alike()),
            in_step: head.is_some() && head == in_cloud && waiting == 0,
            undo_until: self.undo_until(&weighing.understood),
            mail_hint: self.mail_hint(&weighing.understood).await?,
            hash: weighing.hash().to_string(),
            new_keys: weighing.later_epoch().is_some(),
            act,
        })
    }

    /// Compares both sides as they are now.
    pub(super) async fn weigh(&self, act: &Act) -> Result<Weighing, Trouble> {
        let here = self.vault_if_any().await?;
        self.learn_standing(act, here.as_deref()).await?;
        let here = self.caught_up(act, here).await?;
        let before = self.understand(act, here.as_deref(), None).await?;
        let compares = matches!(
            (before.answer, before.takes()),
            (Answer::Prove(..), Takes::Entries)
        );
        let (cloud, in_cloud) = if !compares {
            (None, BTreeMap::new())
        } else if self.sync_is_off().await? {
            (None, here.as_deref().map(last_agreed).unwrap_or_default())
        } else {
            let (cloud, records) = self.cloud_records(here.as_deref()).await?;
            (Some(cloud), records)
        };
        if *act == Act::RenewMasterPassword {
            check_epoch(here.as_deref(), cloud.as_ref())?;
        }
        if *act == Act::Disconnect {
            self.opened().await?; // its head is to say so
        }
        let understood = self
            .understand(act, here.as_deref(), cloud.as_ref())
            .await?;
        let ours = match understood.takes() {
            Takes::Entries => here.as_deref().map(living).unwrap_or_default(),
            Takes::Nothing => Vec::new(),
        };
        let theirs: Vec<Entry> = in_cloud.values().map(|kept| entry(kept.entry)).collect();
        let weighed = Weighed::weigh(understood.action, understood.reach(), &ours, &theirs);
        Ok(Weighing {
            understood,
            here,
            cloud,
            in_cloud,
            weighed,
        })
    }

    /// The entries that a renewal keeps are this device's: it takes over first
    /// what the cloud has more.
    async fn caught_up(
        &self,
        act: &Act,
        here: Option<Rc<Vault>>,
    ) -> Result<Option<Rc<Vault>>, Trouble> {
        let renews = *act == Act::RenewMasterPassword && here.is_some();
        if !renews || self.open().await?.is_none() {
            return Ok(here);
        }
        match self.sync().await {
            Ok(()) | Err(Trouble::Unreachable) => self.vault().await.map(Some),
            Err(trouble) if trouble.is(Code::SignedOut) => Ok(here),
            Err(trouble) => Err(trouble),
        }
    }

    /// What decides proofs may have changed elsewhere: in the portal, say. A
    /// service that is away is missed by whatever needs it next.
    async fn learn_standing(&self, act: &Act, here: Option<&Vault>) -> Result<(), Trouble> {
        if self.standing(act, here).await?.connection == Connection::NotConnected {
            return Ok(());
        }
        match self.refresh_account().await {
            Err(Trouble::Unreachable) => Ok(()),
            Err(trouble) if trouble.is(Code::SignedOut) => Ok(()),
            other => other.map(drop),
        }
    }

    /// What the cloud holds: what was agreed on, with what changed since; the
    /// whole, where nothing was.
    async fn cloud_records(
        &self,
        here: Option<&Vault>,
    ) -> Result<(Cloud, BTreeMap<ItemId, Kept>), Trouble> {
        let cloud = self.refresh_cloud().await?;
        let Some(there) = &cloud.vault else {
            return Ok((cloud, BTreeMap::new()));
        };
        let known = here.and_then(|vault| Some((vault, vault.link.as_ref()?)));
        let known = known.filter(|(_, link)| link.generation == Some(there.generation));
        let mut records = BTreeMap::new();
        let since = known.map_or(0, |(_, link)| link.pin.seq);
        if let Some((vault, _)) = known {
            records = last_agreed(vault);
        }
        let reading = self.read_changes(there.generation, since).await?;
        records.extend(reading.records);
        Ok((reading.cloud, records))
    }

    fn side(&self, items: impl ExactSizeIterator<Item = ItemId>) -> Side {
        Side {
            count: small(items.len()),
            names: self.names(items, NAMES),
        }
    }

    /// Names of what only the cloud holds, where the keys held here open it.
    async fn cloud_side(&self, weighing: &Weighing) -> Result<Side, Trouble> {
        let items = weighing.weighed.only_in_cloud();
        let count = small(items.len());
        let Some(open) = self.open().await? else {
            return Ok(Side {
                count,
                names: Vec::new(),
            });
        };
        let name = |item| match weighing.in_cloud.get(&item)?.record.open(&open.keys) {
            Ok(Opened::Item(item)) => Some(item.name.clone()),
            Ok(Opened::Tombstone | Opened::ReadOnly { .. }) | Err(_) => None,
        };
        Ok(Side {
            count,
            names: items.filter_map(name).take(NAMES).collect(),
        })
    }

    /// Nothing is displaced by what only changes a protection.
    fn undo_until(&self, understood: &Understood) -> Option<Seconds> {
        let kept = match (understood.takes(), understood.reach()) {
            (Takes::Nothing, _) => return None,
            (Takes::Entries, Reach::ThisDevice) => KEPT_FOR,
            (Takes::Entries, Reach::Cloud) => CLOUD_KEEPS,
        };
        Some(self.rim.now().saturating_add(kept))
    }

    async fn mail_hint(&self, understood: &Understood) -> Result<Option<String>, Trouble> {
        match understood.answer {
            Answer::Prove(proofs, _) if proofs.contains(Proof::EmailCode) => {
                let row = self.account_known().await?;
                let address = row.and_then(|row| MailAddress::parse(&row.email).ok());
                Ok(address.map(|address| address.hint()))
            }
            Answer::Prove(..)
            | Answer::TypedPhrase
            | Answer::OldMasterPassword
            | Answer::NotOffered
            | Answer::Refuse(_) => Ok(None),
        }
    }
}

/// Another vault in the cloud, or another epoch of it, is for the person to
/// decide about before this one gets new keys.
fn check_epoch(here: Option<&Vault>, cloud: Option<&Cloud>) -> Result<(), Trouble> {
    let there = cloud.and_then(|cloud| cloud.vault.as_ref());
    let one = here.zip(there).is_none_or(|(here, there)| {
        (here.head.vault, here.head.epoch) == (there.vault, there.epoch)
    });
    if one {
        Ok(())
    } else {
        Err(Trouble::refused(Code::VaultDiffers))
    }
}

/// What the cloud held when this device last looked: for one whose sync is off
/// it is frozen there.
fn last_agreed(vault: &Vault) -> BTreeMap<ItemId, Kept> {
    let kept = vault.in_cloud().map(|kept| (kept.entry.item, kept.clone()));
    let mut records = BTreeMap::new();
    records.extend(kept);
    records
}

fn living(vault: &Vault) -> Vec<Entry> {
    vault.kept.values().map(|kept| entry(kept.entry)).collect()
}

const fn entry(entry: RootEntry) -> Entry {
    Entry {
        item: entry.item,
        record: entry.record,
        life: entry.life,
    }
}
