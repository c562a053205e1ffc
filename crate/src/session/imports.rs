//! Taking entries in as one batch, and taking that batch back.
//!
//! | the vault holds | then the row is |
//! |---|---|
//! | nothing at that site with that user name | new |
//! | an entry there with the same password (and the same notes, if any came) | the same: left out |
//! | an entry there with another password | a new version of it; the old password goes to its history |
//!
//! `batch/<generation>/<batch>` remembers each entry's record after the import
//! and before. Undoing touches no entry that was changed since.

use std::collections::{BTreeMap, BTreeSet};

use sigill_core::encode::{DecodeError, Decoder, Encoder};
use sigill_core::id::{BatchId, GenerationId, Hash, ItemId};
use sigill_core::vault::item::Item;
use sigill_core::vault::record::{Opened, Record};
use sigill_core::wire::Seconds;
use zeroize::Zeroizing;

use super::Session;
use super::items::{Desk, Entries};
use super::views::{host, item_of, item_view};
use crate::api::{self, Batch, Import, ImportPreview, Login};
use crate::rim::Rim;
use crate::trouble::Trouble;

/// Keys of a generation's batches begin so.
pub(crate) fn prefix(generation: GenerationId) -> String {
    ["batch/", &generation.to_string(), "/"].concat()
}

/// A batch as it is remembered.
struct Remembered {
    source: String,
    at: Seconds,
    members: Vec<Member>,
}

struct Member {
    item: ItemId,
    /// Its record right after the import.
    after: Hash,
    /// Its record before, encoded; none for a new entry.
    before: Option<Vec<u8>>,
}

impl Remembered {
    const LABEL: &'static str = "sigill/batch/1";

    fn to_bytes(&self) -> Vec<u8> {
        let encoder = Encoder::new(Self::LABEL)
            .text(&self.source)
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
            source: decoder.text()?.to_owned(),
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

    fn view(&self, id: BatchId) -> Batch {
        Batch {
            id: id.to_string(),
            source: self.source.clone(),
            at: self.at,
            count: u32::try_from(self.members.len()).unwrap_or(u32::MAX),
        }
    }
}

/// What a row of an import is to the vault.
enum Row {
    New,
    Same,
    Changed(ItemId),
}

/// Which entries stand at a site with a user name.
struct Sites<'a> {
    entries: &'a Entries,
    at: BTreeMap<(&'a str, &'a str), Vec<ItemId>>,
}

impl<'a> Sites<'a> {
    fn of(entries: &'a Entries) -> Self {
        let mut at = BTreeMap::<_, Vec<_>>::new();
        for (id, (_, item)) in &entries.items {
            if item.trashed_at.is_none() {
                for url in &item.urls {
                    let place = (host(url), item.username.as_str());
                    at.entry(place).or_default().push(*id);
                }
            }
        }
        Self { entries, at }
    }

    fn row(&self, login: &Login) -> Row {
        let place = login.urls.first().map_or("", |url| host(url));
        let Some(known) = self.at.get(&(place, login.username.as_str())) else {
            return Row::New;
        };
        let items = || {
            known
                .iter()
                .filter_map(|id| Some((*id, self.entries.item(*id).ok()?)))
        };
        if items().any(|(_, item)| is_same(item, login)) {
            return Row::Same;
        }
        items().next().map_or(Row::New, |(id, _)| Row::Changed(id))
    }
}

fn is_same(item: &Item, login: &Login) -> bool {
    item.password == login.password && (login.notes.is_empty() || login.notes == item.notes)
}

/// What a row says, to the letter.
fn letters(login: &Login) -> Hash {
    let encoder = Encoder::new("sigill/imported-row/2").text(&login.name);
    let encoder = encoder.list(login.fields.iter(), |e, field| {
        e.text(&field.label).text(&field.value)
    });
    let encoder = encoder.list(login.urls.iter(), |e, url| e.text(url));
    let encoder = encoder.text(&login.username).text(&login.password);
    Hash::of(&Zeroizing::new(encoder.text(&login.notes).finish()))
}

impl<R: Rim> Session<R> {
    /// What an import would do.
    ///
    /// # Errors
    /// `locked`, `no_vault`.
    pub async fn preview_import(&self, import: &Import) -> Result<ImportPreview, Trouble> {
        self.opened().await?;
        self.look(|entries| {
            let mut preview = ImportPreview {
                new: 0,
                same: Vec::new(),
                changed: Vec::new(),
            };
            for (position, row) in (0_u32..).zip(sort(entries, &import.logins)) {
                match row {
                    Row::New => preview.new += 1,
                    Row::Same => preview.same.push(position),
                    Row::Changed(_) => preview.changed.push(position),
                }
            }
            Ok(preview)
        })
    }

    /// Takes entries in, as one batch and one commit.
    ///
    /// # Errors
    /// `locked`, `unanchored`, `malformed_input` where one is too large.
    pub async fn import(&self, import: Import) -> Result<Batch, Trouble> {
        let id = BatchId(self.random()?);
        self.change_with(|session, desk, batch| {
            let rows = session.look(|entries| Ok(sort(entries, &import.logins)))?;
            let mut members = Vec::new();
            for (login, row) in import.logins.into_iter().zip(rows) {
                if let Some(member) = session.take_in(desk, login, row, id)? {
                    members.push(member);
                }
            }
            let remembered = Remembered {
                source: import.source,
                at: desk.author.now,
                members,
            };
            let key = prefix(desk.vault.id) + &id.to_string();
            batch.put(key, remembered.to_bytes());
            Ok(remembered.view(id))
        })
        .await
    }

    /// Seals entries of another vault into the one on the desk, as one batch;
    /// what that holds to the letter is left out. How many came.
    pub(crate) fn take_along(
        &self,
        desk: &mut Desk<'_>,
        (source, items): (&str, Vec<(ItemId, Item)>),
        batch: &mut crate::rim::Batch,
    ) -> Result<u32, Trouble> {
        let held = desk.vault.kept.values();
        let held: BTreeSet<Hash> = held
            .filter_map(|kept| match kept.record.open(&desk.open.keys) {
                Ok(Opened::Item(item)) => Some(letters(&item_view(kept.entry.item, &item).login)),
                Ok(Opened::Tombstone | Opened::ReadOnly { .. }) | Err(_) => None,
            })
            .collect();
        let mut members = Vec::new();
        for (known, item) in items {
            if held.contains(&letters(&item_view(known, &item).login)) {
                continue;
            }
            // The same entry on both sides, different: both stay.
            let id = if desk.vault.kept.contains_key(&known) {
                ItemId(self.random()?)
            } else {
                known
            };
            self.seal(desk, id, &item)?;
            let after = desk.vault.kept.get(&id).ok_or(Trouble::Damaged)?;
            members.push(Member {
                item: id,
                after: after.entry.record,
                before: None,
            });
        }
        let remembered = Remembered {
            source: source.to_owned(),
            at: desk.author.now,
            members,
        };
        let id = BatchId(self.random()?);
        batch.put(
            prefix(desk.vault.id) + &id.to_string(),
            remembered.to_bytes(),
        );
        Ok(remembered.view(id).count)
    }

    fn take_in(
        &self,
        desk: &mut Desk<'_>,
        login: Login,
        row: Row,
        batch: BatchId,
    ) -> Result<Option<Member>, Trouble> {
        let now = desk.author.now;
        let (item, content) = match row {
            Row::Same => return Ok(None),
            Row::New => (ItemId(self.random()?), item_of(login, Some(batch), now)),
            Row::Changed(item) => {
                let changed = |entries: &Entries| {
                    let known = entries.item(item)?;
                    Ok(known.revised(new_version(known, login, batch), now))
                };
                (item, self.look(changed)?)
            }
        };
        let before = desk
            .vault
            .kept
            .get(&item)
            .map(|kept| kept.record.to_bytes());
        self.seal(desk, item, &content)?;
        let after = desk
            .vault
            .kept
            .get(&item)
            .ok_or(Trouble::Damaged)?
            .entry
            .record;
        Ok(Some(Member {
            item,
            after,
            before,
        }))
    }

    /// Imports that can be undone, newest first.
    ///
    /// # Errors
    /// `no_vault`, `damaged`.
    pub async fn batches(&self) -> Result<Vec<Batch>, Trouble> {
        let vault = self.vault().await?;
        let prefix = prefix(vault.id);
        let mut batches = Vec::<Batch>::new();
        for (key, row) in self.rim.scan(&prefix).await? {
            let id = key.strip_prefix(&prefix).and_then(|id| id.parse().ok());
            let row = Remembered::from_bytes(&row).map_err(|_| Trouble::Damaged)?;
            let batch = row.view(id.ok_or(Trouble::Damaged)?);
            let place = batches.partition_point(|known| known.at >= batch.at);
            batches.insert(place, batch);
        }
        Ok(batches)
    }

    /// Takes an import back: new entries go, changed ones become what they
    /// were, whatever the person edited since stays. How many changed by it.
    ///
    /// # Errors
    /// `not_found`, `locked`, `unanchored`.
    pub async fn undo_import(&self, id: &str) -> Result<u32, Trouble> {
        let id: BatchId = id.parse().map_err(|_| Trouble::NotFound)?;
        let key = prefix(self.vault().await?.id) + &id.to_string();
        let row = self.rim.get(&key).await?.ok_or(Trouble::NotFound)?;
        let remembered = Remembered::from_bytes(&row).map_err(|_| Trouble::Damaged)?;
        self.change_with(|session, desk, batch| {
            let mut undone = 0;
            for member in remembered.members {
                let now = desk
                    .vault
                    .kept
                    .get(&member.item)
                    .map(|kept| kept.entry.record);
                if now == Some(member.after) {
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
            Ok(Opened::Item(item)) => self.seal(desk, member.item, &item),
            Ok(Opened::Tombstone | Opened::ReadOnly { .. }) | Err(_) => Err(Trouble::Damaged),
        }
    }
}

/// What each row is to the vault; a row that came before in the same import,
/// to the letter, is the same too.
fn sort(entries: &Entries, logins: &[Login]) -> Vec<Row> {
    let sites = Sites::of(entries);
    let mut seen = BTreeSet::new();
    let mut taken = BTreeSet::new();
    let row = |login: &Login| {
        if !seen.insert(letters(login)) {
            return Row::Same;
        }
        match sites.row(login) {
            // One new version an entry and import; a further row is an entry of its own.
            Row::Changed(id) if taken.insert(id) => Row::Changed(id),
            Row::Changed(_) | Row::New => Row::New,
            Row::Same => Row::Same,
        }
    };
    logins.iter().map(row).collect()
}

/// The known entry with what the import says: password, and notes if any.
fn new_version(known: &Item, login: Login, batch: BatchId) -> Item {
    let notes = if login.notes.is_empty() {
        known.notes.clone()
    } else {
        login.notes
    };
    let kept = item_view(ItemId([0; 16]), known).login;
    let login = api::Login {
        password: login.password,
        notes,
        ..kept
    };
    item_of(login, Some(batch), known.modified_at)
}
