//! What the service shows, checked before anything is believed.

use std::collections::BTreeMap;

use sigill_core::id::{GenerationId, ItemId};
use sigill_core::vault::generation::Pin;
use sigill_core::vault::head::{Head, RootEntry, Tag, items_root};
use sigill_core::vault::record::{Life, Record};
use sigill_core::vault::slots::{SignedSlots, Slots, follow_slots};
use sigill_core::wire::vault::{Anchoring, Changes, Cloud, CloudVault, SlotsChanged, TaggedHead};

use super::{Next, Outcome, paused};
use crate::api::PauseReason;
use crate::rim::{Batch, Rim};
use crate::session::Session;
use crate::session::service::exchange::{Call, parse};
use crate::session::stored::Tables;
use crate::session::vault::{Kept, Vault, kdf_of};
use crate::trouble::Trouble;

/// Pages that one reading may have; more is no vault of ours.
const MOST_PAGES: u32 = 10_000;

/// All pages of one reading, of one state of the cloud.
pub(crate) struct Reading {
    pub(crate) cloud: Cloud,
    pub(crate) heads: Vec<(Head, Tag)>,
    pub(crate) slots: Vec<SignedSlots>,
    pub(crate) records: BTreeMap<ItemId, Kept>,
}

impl<R: Rim> Session<R> {
    /// What changed in a generation since `since`.
    pub(crate) async fn read_changes(
        &self,
        generation: GenerationId,
        since: u64,
    ) -> Result<Reading, Trouble> {
        let path = path(generation, since);
        let mut reading = Reading::begin(self.page(path.clone()).await?)?;
        for _ in 0..MOST_PAGES {
            let Some(after) = reading.1.take() else {
                return Ok(reading.0);
            };
            let page = self.page([&path, "&after=", &after].concat()).await?;
            if page.cloud.head_hash == reading.0.cloud.head_hash {
                reading.1 = reading.0.add(page)?;
            } else {
                // Someone wrote meanwhile: this reading is of no one state.
                reading = Reading::begin(self.page(path.clone()).await?)?;
            }
        }
        Err(Trouble::Garbage)
    }

    /// The first page of them: all heads since `since`, and some records.
    pub(super) async fn first_page(
        &self,
        generation: GenerationId,
        since: u64,
    ) -> Result<Changes, Trouble> {
        self.page(path(generation, since)).await
    }

    async fn page(&self, path: String) -> Result<Changes, Trouble> {
        parse(&self.insist(&Call::get(path)).await?)
    }

    /// The cloud's vault as a generation of this device, whole and checked but
    /// for its tag: the keys for that come with the master password.
    pub(crate) async fn download(&self, there: &CloudVault) -> Result<Vault, Trouble> {
        self.download_with_heads(there)
            .await
            .map(|(vault, _)| vault)
    }

    /// The same, and all heads that the service has.
    pub(crate) async fn download_with_heads(
        &self,
        there: &CloudVault,
    ) -> Result<(Vault, Vec<(Head, Tag)>), Trouble> {
        let reading = self.read_changes(there.generation, 0).await?;
        let there = reading.cloud.vault.as_ref().ok_or(Trouble::Garbage)?;
        let (head, tag) = read_head(&there.head)?;
        let slots = there.slots.iter().map(AsRef::as_ref);
        let mut vault = Vault {
            id: GenerationId(self.random()?),
            name: self.name_for(&head).await?,
            head,
            tag,
            slots: Slots::from_bytes(slots).map_err(|_| Trouble::Garbage)?,
            link: None,
            passkeys: Vec::new(),
            kept: BTreeMap::new(),
            base: BTreeMap::new(),
            tables: Tables::default(),
        };
        let known = self
            .vault()
            .await
            .ok()
            .filter(|known| known.head.vault == vault.head.vault);
        if let Some(known) = &known {
            // What was signed for on the way may be weaker than what is known here. What
            // was brought back is as it was then: its proofs were given, its master
            // password is typed, and raised to what is due then.
            let signed = slots_after(known, &reading);
            let least = kdf_of(signed.as_ref().unwrap_or(&known.slots))?;
            let was_brought_back = there.anchoring == Anchoring::Unanchored;
            if !was_brought_back && !vault.kdf()?.is_at_least(least) {
                return Err(Trouble::Garbage);
            }
            vault.passkeys.clone_from(&known.passkeys);
        }
        vault.kept = reading.records;
        if !vault.is_whole() {
            return Err(Trouble::Garbage);
        }
        let mut link = self.link_to(&vault, &reading.cloud, there).await?;
        match there.anchoring {
            Anchoring::Unanchored => {
                link.restored = Some(self.brought_back(&vault, there.anchor_epoch).await?);
            }
            Anchoring::Anchored => {
                let pin = Pin::first(&vault.head, link.pin.kdf);
                if pin != link.pin {
                    return Err(Trouble::Garbage);
                }
            }
        }
        vault.link = Some(link);
        Ok((vault, reading.heads))
    }

    /// Names don't leave the device: the one known here, else the address.
    async fn name_for(&self, head: &Head) -> Result<String, Trouble> {
        if let Ok(known) = self.vault().await
            && known.head.vault == head.vault
        {
            return Ok(known.name.clone());
        }
        for row in self.quarantine().await?.into_iter().rev() {
            match self.generation(row.generation).await {
                Ok(known) if known.head.vault == head.vault => return Ok(known.name),
                Ok(_) | Err(_) => {}
            }
        }
        let row = self.account_known().await?;
        Ok(row.map_or_else(String::new, |row| row.email))
    }

    /// Takes a delta over whose heads were followed to `pin`.
    pub(super) async fn take_delta(&self, reading: Reading, pin: Pin) -> Result<Next, Trouble> {
        let Some(there) = reading.cloud.vault.as_ref() else {
            return Err(Trouble::Garbage);
        };
        let (head, tag) = read_head(&there.head)?;
        let _held = self.rim.lock("vault").await?;
        let (vault, open) = self.opened().await?;
        let opens = reading
            .records
            .values()
            .all(|kept| kept.record.open(&open.keys).is_ok());
        let unverified = || Ok(Next::Done(paused(PauseReason::Unverified, &reading.cloud)));
        let Some(slots) = slots_after(&vault, &reading) else {
            return unverified();
        };
        if head.hash() != pin.head_hash || !opens || !is_root_of(&head, (&vault, &slots), &reading)
        {
            return unverified();
        }
        let author = self.author().await?;
        let mut desk = crate::session::items::Desk {
            vault: Vault::clone(&vault),
            open: &open,
            author,
        };
        desk.vault.slots = slots;
        let kdf = desk.vault.kdf()?;
        if let Some(link) = &mut desk.vault.link {
            link.pin = Pin { kdf, ..pin };
            link.generation = Some(there.generation);
            link.restored = None;
        }
        self.merge_in(&mut desk, reading.records.into_values())?;
        let mut next = desk.vault;
        next.head.clone_from(&head);
        next.tag = tag;
        let changed = !next.base.is_empty();
        if changed {
            next.head.seen.insert(head.writer, head.seq);
            next.redraft(&open.keys, author)?;
        }
        self.keep(next, Batch::default()).await?;
        Ok(if changed {
            Next::Push(Box::new(reading.cloud))
        } else {
            Next::Done(Outcome::InStep)
        })
    }
}

fn path(generation: GenerationId, since: u64) -> String {
    format!("/v1/vault/changes?generation={generation}&since={since}")
}

impl Reading {
    fn begin(page: Changes) -> Result<(Self, Option<String>), Trouble> {
        let heads = page.heads.iter().map(read_head).collect::<Result<_, _>>()?;
        let mut reading = Self {
            cloud: page.cloud.clone(),
            heads,
            slots: page
                .slots
                .iter()
                .map(signed_slots)
                .collect::<Result<_, _>>()?,
            records: BTreeMap::new(),
        };
        let after = reading.add(page)?;
        Ok((reading, after))
    }

    /// Takes a page in; where the next begins.
    fn add(&mut self, page: Changes) -> Result<Option<String>, Trouble> {
        let there = self.cloud.vault.as_ref().ok_or(Trouble::Garbage)?;
        for bytes in &page.records {
            let record = Record::from_bytes(&bytes.0).map_err(|_| Trouble::Garbage)?;
            let place = record.header().place;
            if (place.vault, place.epoch) != (there.vault, there.epoch) {
                return Err(Trouble::Garbage);
            }
            if self.records.insert(place.item, Kept::new(record)).is_some() {
                return Err(Trouble::Garbage); // an item twice
            }
        }
        let is_cursor = |text: &String| {
            let mut bytes = text.bytes();
            text.len() <= 200 && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        match page.after {
            Some(after) if !is_cursor(&after) => Err(Trouble::Garbage),
            after => Ok(after),
        }
    }
}

/// The slots of `known`, changed as its password slot signed for on the way.
pub(super) fn slots_after(known: &Vault, reading: &Reading) -> Option<Slots> {
    let link = known.link.as_ref()?;
    let from = (link.account, &link.pin);
    follow_slots(&known.slots, from, &reading.heads, &reading.slots).ok()
}

fn signed_slots(changed: &SlotsChanged) -> Result<SignedSlots, Trouble> {
    let garbage = |_| Trouble::Garbage;
    let slots = Slots::from_bytes(changed.slots.iter().map(AsRef::as_ref));
    Ok(SignedSlots {
        slots: slots.map_err(|_| Trouble::Garbage)?,
        nonce: changed.nonce.0.as_slice().try_into().map_err(garbage)?,
        signature: changed.signature.0.as_slice().try_into().map_err(garbage)?,
    })
}

pub(super) fn read_head(tagged: &TaggedHead) -> Result<(Head, Tag), Trouble> {
    let head = Head::from_bytes(&tagged.head.0).map_err(|_| Trouble::Garbage)?;
    let tag = tagged
        .tag
        .0
        .as_slice()
        .try_into()
        .map_err(|_| Trouble::Garbage)?;
    Ok((head, Tag(tag)))
}

/// Whether what the cloud held, with the delta over it, is what the head says.
fn is_root_of(head: &Head, (vault, slots): (&Vault, &Slots), reading: &Reading) -> bool {
    let held = vault
        .in_cloud()
        .filter(|kept| !reading.records.contains_key(&kept.entry.item));
    let new = reading.records.values();
    let entries: Vec<RootEntry> = held.chain(new).map(|kept| kept.entry).collect();
    let living = entries
        .iter()
        .filter(|entry| entry.life == Life::Living)
        .count();
    u64::try_from(living) == Ok(head.count)
        && slots.hash() == head.slots_hash
        && items_root(entries) == Ok(head.items_root)
}
