//! Entries that came or changed together, and can go back together.
//!
//! `batch/<generation>/<batch>` remembers each entry's record after the act and
//! before, and sealed what the act was about: names of folders, tags and files say
//! something of a vault. Undoing touches no entry that was changed since.

use sigill_core::encode::{DecodeError, Decoder, Encoder};
use sigill_core::id::{BatchId, GenerationId, Hash, ItemId};
use sigill_core::vault::item::Item;
use sigill_core::vault::key::EpochKeys;
use sigill_core::vault::record::{Opened, Record};
use sigill_core::wire::Seconds;

use super::Session;
use super::content;
use super::items::{Desk, parse};
use crate::api::{Batch, Bulk, Deed};
use crate::rim::{self, Rim};
use crate::trouble::Trouble;

/// How many bulk acts are remembered; imports all are.
const REMEMBERED: usize = 20;

/// Keys of a generation's batches begin so.
pub(crate) fn prefix(generation: GenerationId) -> String {
    ["batch/", &generation.to_string(), "/"].concat()
}

/// A batch as it is remembered.
pub(crate) struct Remembered {
    deed: Deed,
    /// The file, the folder or the tag, sealed as a note under the batch's name.
    source: Vec<u8>,
    at: Seconds,
    members: Vec<Member>,
}

pub(crate) struct Member {
    item: ItemId,
    /// Its record right after the act.
    after: Hash,
    /// Its record before, encoded; none for a new entry.
    before: Option<Vec<u8>>,
}

impl Remembered {
    const LABEL: &'static str = "sigill/batch/3";

    fn to_bytes(&self) -> Vec<u8> {
        let encoder = Encoder::new(Self::LABEL)
            .integer(number(self.deed))
            .bytes(&self.source)
            .integer(self.at);
        let encoder = encoder.list(self.members.iter(), |e, member| {
            let encoder = member.after.encode(member.item.encode(e));
            encoder.optional(member.before.as_ref(), |e, before| e.bytes(before))
        });
        encoder.finish()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut decoder = Decoder::open(Self::LABEL, bytes)?;
        let remembered = Self {
            deed: deed(decoder.integer()?)?,
            source: decoder.bytes()?.to_vec(),
            at: decoder.integer()?,
            members: decoder.list(|d| {
                Ok(Member {
                    item: ItemId::decode(d)?,
                    after: Hash::decode(d)?,
                    before: d.optional(|d| d.bytes().map(<[u8]>::to_vec))?,
                })
            })?,
        };
        decoder.finish()?;
        Ok(remembered)
    }

    fn view(&self, id: BatchId, keys: &EpochKeys) -> Result<Batch, Trouble> {
        let id = id.to_string();
        let source = keys.open_note(&id, &self.source);
        Ok(Batch {
            deed: self.deed,
            source: source.map_err(|_| Trouble::Damaged)?,
            at: self.at,
            count: u32::try_from(self.members.len()).unwrap_or(u32::MAX),
            id,
        })
    }
}

const DEEDS: [Deed; 9] = [
    Deed::Import,
    Deed::Trash,
    Deed::Archive,
    Deed::Restore,
    Deed::Move,
    Deed::Tag,
    Deed::Untag,
    Deed::Mark,
    Deed::Unmark,
];

const fn number(deed: Deed) -> u64 {
    match deed {
        Deed::Import => 0,
        Deed::Trash => 1,
        Deed::Archive => 2,
        Deed::Restore => 3,
        Deed::Move => 4,
        Deed::Tag => 5,
        Deed::Untag => 6,
        Deed::Mark => 7,
        Deed::Unmark => 8,
    }
}

fn deed(of: u64) -> Result<Deed, DecodeError> {
    let deed = DEEDS.into_iter().find(|deed| number(*deed) == of);
    deed.ok_or(DecodeError::Malformed)
}

impl<R: Rim> Session<R> {
    /// Does one thing to many entries, as one batch and one commit; those that
    /// are so already are left as they are.
    ///
    /// # Errors
    /// `not_found`, `locked`, `unanchored`.
    pub async fn bulk(&self, bulk: Bulk) -> Result<Batch, Trouble> {
        let ids = bulk.ids.iter().map(|id| parse(id));
        let ids = ids.collect::<Result<Vec<_>, _>>()?;
        let (act, deed, source) = content::act(bulk.act);
        let id = BatchId(self.random()?);
        let forgotten = self.forgotten().await?;
        self.change_with(|session, desk, batch| {
            let now = desk.author.now;
            let mut members = Vec::new();
            for item in ids {
                if let Some(after) = desk.item(item)?.after(&act, now) {
                    members.push(session.set_down(desk, item, &after)?);
                }
            }
            forgotten.into_iter().for_each(|key| batch.delete(key));
            session.remember(desk, batch, (id, deed, &source, members))
        })
        .await
    }

    /// Remembers a batch, in the transaction that it comes with.
    pub(crate) fn remember(
        &self,
        desk: &Desk<'_>,
        batch: &mut rim::Batch,
        (id, deed, source, members): (BatchId, Deed, &str, Vec<Member>),
    ) -> Result<Batch, Trouble> {
        let keys = &desk.open.keys;
        let name = id.to_string();
        let remembered = Remembered {
            deed,
            source: keys.seal_note(&name, source, self.random()?),
            at: desk.author.now,
            members,
        };
        batch.put(prefix(desk.vault.id) + &name, remembered.to_bytes());
        remembered.view(id, keys)
    }

    /// Keys of bulk acts that make room for another one.
    async fn forgotten(&self) -> Result<Vec<String>, Trouble> {
        let prefix = prefix(self.vault().await?.id);
        let all = self.batches().await?.into_iter();
        let acts = all.filter(|batch| batch.deed != Deed::Import);
        let old = acts.skip(REMEMBERED - 1);
        Ok(old.map(|batch| prefix.clone() + &batch.id).collect())
    }

    /// Seals an item as its next record; what a batch remembers of that.
    pub(crate) fn set_down(
        &self,
        desk: &mut Desk<'_>,
        id: ItemId,
        item: &Item,
    ) -> Result<Member, Trouble> {
        let before = desk.vault.kept.get(&id);
        let before = before.map(|kept| kept.record.to_bytes());
        self.seal(desk, id, item)?;
        let after = desk.vault.kept.get(&id).ok_or(Trouble::Damaged)?;
        Ok(Member {
            item: id,
            after: after.entry.record,
            before,
        })
    }

    /// Batches that can be undone, newest first.
    ///
    /// # Errors
    /// `no_vault`, `locked`, `damaged`.
    pub async fn batches(&self) -> Result<Vec<Batch>, Trouble> {
        let (vault, open) = self.opened().await?;
        let prefix = prefix(vault.id);
        let mut batches = Vec::<Batch>::new();
        for (key, row) in self.rim.scan(&prefix).await? {
            let id = key.strip_prefix(&prefix).and_then(|id| id.parse().ok());
            let Ok(row) = Remembered::from_bytes(&row) else {
                continue; // written by another version: it can't be undone here
            };
            let batch = row.view(id.ok_or(Trouble::Damaged)?, &open.keys)?;
            let place = batches.partition_point(|known| known.at >= batch.at);
            batches.insert(place, batch);
        }
        Ok(batches)
    }

    /// Takes a batch back: new entries go, changed ones become what they were,
    /// whatever the person edited since stays. How many changed by it.
    ///
    /// # Errors
    /// `not_found`, `locked`, `unanchored`.
    pub async fn undo(&self, id: &str) -> Result<u32, Trouble> {
        let id: BatchId = id.parse().map_err(|_| Trouble::NotFound)?;
        let key = prefix(self.vault().await?.id) + &id.to_string();
        let row = self.rim.get(&key).await?.ok_or(Trouble::NotFound)?;
        let remembered = Remembered::from_bytes(&row).map_err(|_| Trouble::Damaged)?;
        self.change_with(|session, desk, batch| {
            let mut undone = 0;
            for member in remembered.members {
                let now = desk.vault.kept.get(&member.item);
                if now.map(|kept| kept.entry.record) == Some(member.after) {
                    session.take_back(desk, &member)?;
                    undone += 1;
                }
            }
            batch.delete(key);
            Ok(undone)
        })
        .await
    }

    fn take_back(&self, desk: &mut Desk<'_>, member: &Member) -> Result<(), Trouble> {
        let Some(before) = &member.before else {
            return self.bury(desk, member.item);
        };
        let record = Record::from_bytes(before).map_err(|_| Trouble::Damaged)?;
        match record.open(&desk.open.keys) {
            Ok(Opened::Item(item)) => self.seal(desk, member.item, &item.again(desk.author.now)),
            Ok(Opened::Tombstone | Opened::ReadOnly { .. }) | Err(_) => Err(Trouble::Damaged),
        }
    }
}
