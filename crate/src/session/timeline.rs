//! What happened in the account: read whole, verified, and held against what
//! this device saw before and against what the vault's head vouches for.

use sigill_core::confirmation::timeline::{Broken, Entry, Last, verify};
use sigill_core::id::{AccountId, DeviceId, Hash};
use sigill_core::wire::SecretText;
use sigill_core::wire::timeline::{File, Named, Network, Page, Password, Shown};

use super::Session;
use super::account::signed_out;
use super::rows::{TIMELINE, TimelineRow};
use super::service::exchange::{Call, parse};
use crate::api::{Timeline, TimelineEntry};
use crate::json;
use crate::rim::Rim;
use crate::trouble::{Trouble, name};

/// A timeline as the service showed it, and what is to be believed of it.
struct Reading {
    account: AccountId,
    shown: Vec<Shown>,
    devices: Vec<Named>,
    known: Last,
    verified: Result<Last, Broken>,
}

/// Pages that a history may have; more is no account of ours.
const MOST_PAGES: u32 = 10_000;

impl<R: Rim> Session<R> {
    /// What happened in the account.
    ///
    /// # Errors
    /// `password_needed` where this device is new, `signed_out`, or why the
    /// service can't be asked. A history that does not verify is an answer.
    pub async fn timeline(&self) -> Result<Timeline, Trouble> {
        let reading = self.read_timeline().await?;
        let this = super::service::proof::device(&self.rim).await?;
        let broken_at = reading.verified.err().map(|Broken { seq }| seq);
        let believed = |shown: &&Shown| broken_at.is_none_or(|seq| shown.entry.seq < seq);
        let entries = reading.shown.iter().filter(believed).rev();
        Ok(Timeline {
            entries: entries
                .map(|shown| view(shown, &reading.devices, this))
                .collect(),
            broken_at,
        })
    }

    /// The timeline as a file that `sigill-service verify-timeline` reads; one
    /// that does not verify too: it is the evidence.
    ///
    /// # Errors
    /// As [`Session::timeline`].
    pub async fn timeline_file(&self) -> Result<String, Trouble> {
        let reading = self.read_timeline().await?;
        let file = File {
            format: File::FORMAT.to_owned(),
            account: reading.account,
            entries: reading.entries(),
            last: reading.verified.unwrap_or(reading.known),
            devices: reading.devices,
        };
        Ok(json::pretty(&file))
    }

    /// The account password, so that a new device may read.
    ///
    /// # Errors
    /// `proof_rejected`, `too_many_requests`, or why the service can't be asked.
    pub async fn open_timeline(&self, password: String) -> Result<(), Trouble> {
        let body = Password {
            password: SecretText::new(password),
        };
        self.ask_service(&Call::post("/v1/timeline/password", &body))
            .await
            .map(drop)
    }

    /// The hash to put into a head of that account: of the last entry that
    /// this device verified.
    pub(crate) async fn timeline_seen(&self) -> Result<Option<(AccountId, Hash)>, Trouble> {
        let row: Option<TimelineRow> = self.read(TIMELINE).await?;
        Ok(row.map(|row| (row.account, row.hash)))
    }

    /// Reads all of it. Only a history that verifies is remembered.
    async fn read_timeline(&self) -> Result<Reading, Trouble> {
        let account = self.account_known().await?.ok_or_else(signed_out)?.account;
        let row: Option<TimelineRow> = self.read(TIMELINE).await?;
        let row = row.filter(|row| row.account == account);
        let known = row.map_or(Last::NOTHING, |row| Last {
            seq: row.seq,
            hash: row.hash,
        });
        let vouched = self.vouched_for(account).await?;
        let (shown, page) = self.all_pages().await?;
        let mut reading = Reading {
            account,
            shown,
            devices: page.devices,
            known,
            verified: Ok(known),
        };
        reading.verified = reading.check(page.last, vouched);
        if let Ok(last) = reading.verified
            && last != known
        {
            let row = TimelineRow {
                account,
                seq: last.seq,
                hash: last.hash,
            };
            self.write(TIMELINE, &row).await?;
        }
        Ok(reading)
    }

    /// What the head on this device says of the timeline: the word of whichever
    /// device wrote it, under keys that the service does not have.
    async fn vouched_for(&self, account: AccountId) -> Result<Option<Hash>, Trouble> {
        let vault = match self.vault_if_any().await {
            Err(Trouble::Damaged) => None,
            other => other?,
        };
        let Some(vault) = vault else {
            return Ok(None);
        };
        let head = &vault.head;
        let said = (head.account == Some(account)).then_some(head.timeline);
        Ok(said.filter(|hash| *hash != Hash::NOTHING))
    }

    /// From the first entry to the one that the service calls the last, or to
    /// where it has no more to show.
    async fn all_pages(&self) -> Result<(Vec<Shown>, Page), Trouble> {
        let mut shown: Vec<Shown> = Vec::new();
        for _ in 0..MOST_PAGES {
            let after = shown.last().map_or(0, |last| last.entry.seq);
            let path = ["/v1/timeline?after=", &after.to_string()].concat();
            let mut page: Page = parse(&self.ask_service(&Call::get(path)).await?)?;
            let goes_on = page
                .entries
                .last()
                .is_some_and(|last| last.entry.seq > after && last.entry.seq < page.last.seq);
            shown.append(&mut page.entries);
            if !goes_on {
                return Ok((shown, page));
            }
        }
        Err(Trouble::Garbage)
    }
}

impl Reading {
    fn entries(&self) -> Vec<Entry> {
        self.shown.iter().map(|shown| shown.entry).collect()
    }

    /// It holds together, leads through what this device saw and through what
    /// the head vouches for, and ends where the service says that it does.
    fn check(&self, end: Last, vouched: Option<Hash>) -> Result<Last, Broken> {
        let entries = self.entries();
        let last = verify(self.account, Last::NOTHING, &entries, self.known)?;
        if last != end {
            let seq = last.seq.saturating_add(1);
            return Err(Broken { seq });
        }
        let holds = |hash: Hash| entries.iter().any(|entry| entry.hash == hash);
        if vouched.is_none_or(holds) {
            Ok(last)
        } else {
            // Another history from some point on; nobody here can say which.
            Err(Broken { seq: 1 })
        }
    }
}

/// As a page of the device `this` shows it.
fn view(shown: &Shown, devices: &[Named], this: DeviceId) -> TimelineEntry {
    let said = shown.entry.said;
    let (event, act, why) = said.event.words();
    let named = devices
        .iter()
        .find(|named| Some(named.device) == said.device);
    TimelineEntry {
        seq: shown.entry.seq,
        at: said.at,
        event: event.to_owned(),
        act: act.map(|act| act.word().to_owned()),
        why: why.map(|why| why.word().to_owned()),
        device: named.map(|named| named.name.clone()),
        this: said.device == Some(this),
        words: shown
            .entry
            .reference()
            .map(|words| words.to_strings().to_vec()),
        network: match shown.network {
            Network::Unknown => None,
            network @ (Network::Here | Network::Elsewhere) => Some(name(&network)),
        },
        hash: shown.entry.hash.to_string(),
    }
}
