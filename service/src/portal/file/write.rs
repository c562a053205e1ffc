//! Written piece by piece while it is read, so that its size costs no memory
//! here, and nothing is locked meanwhile. A vault that changed under it, or a
//! fault, breaks the file off: a browser then says that it is not whole.

use std::io;
use std::time::Duration;

use axum::body::Bytes as Piece;
use http_body_util::channel::{Channel, Sender};
use serde::Serialize;
use sigill_core::confirmation::timeline::Last;
use sigill_core::id::{AccountId, GenerationId, ItemId};
use sigill_core::wire::problem::Code;
use sigill_core::wire::timeline::File as TimelineFile;

use super::about::{self, About};
use crate::account::Caller;
use crate::failure::Failure;
use crate::operation::ask::shares;
use crate::service::{Service, Shared};
use crate::store::clouds::{CloudRow, cloud};
use crate::store::limits::Counted;
use crate::store::records::{Page, changed_records, fitting, heads_after};
use crate::store::slots::slots_changed_since;
use crate::store::timeline::{device_names, entries_after};
use crate::store::{StoreError, Tx, as_json};

/// How long the slowest reader may take.
const PATIENCE: Duration = Duration::from_secs(600);
/// Rows that are read at once …
const MOST: u32 = 100;
/// … and bytes of records, unless one alone has more.
const MOST_BYTES: u64 = 256 << 10;

/// What is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Saved {
    Account,
    Timeline,
}

/// Why a file breaks off.
#[derive(Debug, thiserror::Error)]
enum Broken {
    #[error("nobody reads it any more")]
    Gone,
    #[error("the vault changed while it was saved")]
    Moved,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Begins a file. It is counted, and what is wrong at once is an answer, not a
/// file that breaks off.
pub(crate) async fn begin(
    service: &Shared,
    caller: &Caller,
    what: Saved,
) -> Result<Channel<Piece, io::Error>, Failure> {
    let owner = caller.session.account;
    count_in(service, caller).await?;
    // Before the transaction: whoever holds one connection must not wait for another.
    let agreement = service.store.agreement(owner).await?;
    let mut tx = service.store.begin_writing().await?;
    let stand = cloud(&mut tx, owner).await?;
    let about = match what {
        Saved::Account => Some(about::read(service, &mut tx, (owner, &stand, agreement)).await?),
        Saved::Timeline => None,
    };
    drop(tx);
    let (sender, body) = Channel::new(2);
    let mut file = Writer {
        service: Shared::clone(service),
        owner,
        sender,
    };
    tokio::spawn(async move {
        let writing = async {
            match about {
                Some(about) => file.account(&about, &stand).await,
                None => file.timeline().await,
            }
        };
        match tokio::time::timeout(PATIENCE, writing).await {
            Ok(Ok(())) => return,
            Ok(Err(error)) => tracing::info!(%error, "a file broke off"),
            Err(_) => tracing::info!("a file was read too slowly"),
        }
        file.sender.abort(io::Error::other("not whole"));
    });
    Ok(body)
}

async fn count_in(service: &Service, caller: &Caller) -> Result<(), Failure> {
    let deed = &service.config.limits.download;
    let shares = shares(service, caller);
    let mut tx = service.store.begin(caller.session.account).await?;
    let counted = deed.count(&mut tx, &shares, service.now()).await?;
    tx.commit().await?;
    match counted {
        Counted::Within { .. } => Ok(()),
        Counted::Over { wait } => Err(Failure::wait(Code::TooManyRequests, wait)),
    }
}

/// Whether the first member of a list was written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    First,
    Later,
}

struct Writer {
    service: Shared,
    owner: AccountId,
    sender: Sender<Piece, io::Error>,
}

impl Writer {
    async fn put(&mut self, text: String) -> Result<(), Broken> {
        let sent = self.sender.send_data(Piece::from(text)).await;
        sent.map_err(|_| Broken::Gone)
    }

    /// Members of a list, and the place of the next one.
    async fn members<T: Serialize>(
        &mut self,
        members: &[T],
        place: Place,
    ) -> Result<Place, Broken> {
        let mut piece = String::new();
        let mut place = place;
        for member in members {
            if place == Place::Later {
                piece.push_str(",\n");
            }
            piece.push_str(&as_json(member));
            place = Place::Later;
        }
        if !piece.is_empty() {
            self.put(piece).await?;
        }
        Ok(place)
    }

    /// A transaction that only reads: nobody waits for it.
    async fn reading(&self) -> Result<Tx, Broken> {
        Ok(self.service.store.begin_writing().await?)
    }

    async fn account(&mut self, about: &About, stand: &CloudRow) -> Result<(), Broken> {
        let about = as_json(about);
        // The lists go on where its last brace stood.
        let about = about.strip_suffix('}').unwrap_or(&about);
        self.put(format!("{about},\n\"timeline\":")).await?;
        self.timeline().await?;
        self.put(",\n\"heads\":[".into()).await?;
        self.heads().await?;
        self.put("],\n\"slots_changes\":[".into()).await?;
        let mut tx = self.reading().await?;
        let changes = slots_changed_since(&mut tx, self.owner, 0).await?;
        drop(tx);
        self.members(&changes, Place::First).await?;
        self.put("],\n\"records\":[".into()).await?;
        if let Some(generation) = stand.generation {
            self.records(generation).await?;
        }
        let mut tx = self.reading().await?;
        let now = cloud(&mut tx, self.owner).await?;
        drop(tx);
        if now.head != stand.head || now.generation != stand.generation {
            return Err(Broken::Moved);
        }
        self.put("]}\n".into()).await
    }

    /// As `sigill-service verify-timeline` takes it.
    async fn timeline(&mut self) -> Result<(), Broken> {
        let begins = format!(
            "{{\"format\":{},\"account\":{},\"entries\":[",
            as_json(&TimelineFile::FORMAT),
            as_json(&self.owner)
        );
        self.put(begins).await?;
        let (mut last, mut place) = (Last::NOTHING, Place::First);
        loop {
            let mut tx = self.reading().await?;
            let rows = entries_after(&mut tx, self.owner, (last.seq, MOST)).await?;
            drop(tx);
            let Some(newest) = rows.last() else { break };
            last = newest.entry.last();
            let entries: Vec<_> = rows.iter().map(|row| row.entry).collect();
            place = self.members(&entries, place).await?;
        }
        let mut tx = self.reading().await?;
        let devices = device_names(&mut tx, self.owner).await?;
        drop(tx);
        let ends = format!(
            "],\"last\":{},\"devices\":{}}}",
            as_json(&last),
            as_json(&devices)
        );
        self.put(ends).await
    }

    async fn heads(&mut self) -> Result<(), Broken> {
        let (mut after, mut place) = (0, Place::First);
        loop {
            let mut tx = self.reading().await?;
            let rows = heads_after(&mut tx, self.owner, (after, MOST)).await?;
            drop(tx);
            let Some((newest, _)) = rows.last() else {
                return Ok(());
            };
            after = *newest;
            let heads: Vec<_> = rows.iter().map(|(_, head)| head).collect();
            place = self.members(&heads, place).await?;
        }
    }

    async fn records(&mut self, generation: GenerationId) -> Result<(), Broken> {
        let (mut after, mut place) = (ItemId([0; 16]), Place::First);
        loop {
            let page = Page {
                generation,
                since: 0,
                after,
                most: MOST,
            };
            let mut tx = self.reading().await?;
            let most = fitting(&mut tx, page, MOST_BYTES).await?;
            let rows = changed_records(&mut tx, Page { most, ..page }).await?;
            drop(tx);
            let Some((newest, _)) = rows.last() else {
                return Ok(());
            };
            after = *newest;
            let records: Vec<_> = rows.iter().map(|(_, record)| record).collect();
            place = self.members(&records, place).await?;
        }
    }
}
