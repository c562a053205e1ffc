//! Who may read, page by page.

use sigill_core::confirmation::code::Verdict;
use sigill_core::confirmation::timeline::Change;
use sigill_core::wire::Seconds;
use sigill_core::wire::problem::Code;
use sigill_core::wire::timeline::{Network, Page, Password, Shown};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::write::{Note, commit, note};
use crate::account::Caller;
use crate::failure::Failure;
use crate::limits::{HOUR, Limit, RateLimit, Shares};
use crate::service::Service;
use crate::store::Tx;
use crate::store::accounts::account;
use crate::store::limits::Counted;
use crate::store::portal::is_portal_session;
use crate::store::sessions::device_in;
use crate::store::timeline::{
    EntryRow, allow_reader, device_names, entries_after, entries_before, last_entry, reader_until,
};

/// Seconds after which a device is no longer new.
const KNOWN_AFTER: Seconds = 72 * HOUR;
/// Seconds that a new device may read after the account password.
const READS_FOR: Seconds = 600;
/// Entries on a page.
const MOST: u32 = 200;
/// … and on one that a person reads.
const FEW: u32 = 50;

/// The entries after `after`.
pub(crate) async fn page(service: &Service, caller: &Caller, after: u64) -> Result<Page, Failure> {
    let account = caller.session.account;
    let mut tx = service.store.begin(account).await?;
    may_read(service, &mut tx, caller).await?;
    let entries = entries_after(&mut tx, account, (after, MOST)).await?;
    page_of(service, &mut tx, (caller, &entries)).await
}

/// The newest entries before `before`, newest first, and whether older ones follow.
pub(crate) async fn newest(
    service: &Service,
    caller: &Caller,
    before: u64,
) -> Result<Page, Failure> {
    let account = caller.session.account;
    let mut tx = service.store.begin(account).await?;
    may_read(service, &mut tx, caller).await?;
    let entries = entries_before(&mut tx, account, (before, FEW)).await?;
    page_of(service, &mut tx, (caller, &entries)).await
}

/// These entries, and what is needed to read them.
async fn page_of(
    service: &Service,
    tx: &mut Tx,
    (caller, entries): (&Caller, &[EntryRow]),
) -> Result<Page, Failure> {
    let account = caller.session.account;
    Ok(Page {
        entries: entries
            .iter()
            .map(|row| shown(service, caller, row))
            .collect(),
        last: last_entry(tx, account).await?,
        devices: device_names(tx, account).await?,
        now: service.now(),
    })
}

/// A thief's new device does not learn from the timeline what the owner does.
pub(crate) async fn may_read(
    service: &Service,
    tx: &mut Tx,
    caller: &Caller,
) -> Result<(), Failure> {
    let session = &caller.session;
    let now = service.now();
    let device = device_in(tx, session.account, session.device).await?;
    let device = device.ok_or_else(|| Failure::from(Code::SignedOut))?;
    // A visit to the portal stays a new device, however long it is kept alive.
    let is_known = now >= device.known_since.saturating_add(KNOWN_AFTER)
        && !is_portal_session(tx, session.id).await?;
    if is_known || now < reader_until(tx, session.id).await? {
        Ok(())
    } else {
        Err(Code::PasswordNeeded.into())
    }
}

fn shown(service: &Service, caller: &Caller, row: &EntryRow) -> Shown {
    let network = match row.commitment {
        None => Network::Unknown,
        Some(kept) => {
            let here = commit(service, kept.salt, &caller.network);
            if bool::from(here.ct_eq(&kept.address)) {
                Network::Here
            } else {
                Network::Elsewhere
            }
        }
    };
    Shown {
        entry: row.entry,
        network,
    }
}

/// The account password: the session that asks may read for ten minutes.
pub(crate) async fn open(
    service: &Service,
    caller: &Caller,
    request: Password,
) -> Result<(), Failure> {
    count_try(service, caller).await?;
    let id = caller.session.account;
    let mut tx = service.store.begin(id).await?;
    let stored = account(&mut tx, id)
        .await?
        .and_then(|account| account.password);
    drop(tx);
    let typed = Zeroizing::new(String::from(request.password.expose()));
    if service.hashing.compare(typed, stored).await? == Verdict::Wrong {
        return Err(Code::ProofRejected.into());
    }
    allow(service, caller).await
}

/// Lets the session that asks read, now that its person proved who they are.
pub(crate) async fn allow(service: &Service, caller: &Caller) -> Result<(), Failure> {
    let id = caller.session.account;
    let mut tx = service.store.begin(id).await?;
    let until = service.now().saturating_add(READS_FOR);
    allow_reader(&mut tx, caller.session.id, until).await?;
    let opened = Note {
        account: id,
        device: Some(caller.session.device),
        change: Change::TimelineOpened,
        network: Some(caller.network),
    };
    note(service, &mut tx, opened).await?;
    Ok(tx.commit().await?)
}

/// Counted and committed before the password is looked at.
async fn count_try(service: &Service, caller: &Caller) -> Result<(), Failure> {
    let limit = |rule, count| Limit {
        rule,
        count,
        window: HOUR,
    };
    let tries = RateLimit {
        device: vec![limit("timeline/device/hour", 10)],
        account: vec![limit("timeline/account/hour", 20)],
        network: vec![limit("timeline/network/hour", 30)],
    };
    let session = &caller.session;
    let shares = Shares {
        device: service.device_share(session.device),
        account: service.account_share(session.account),
        network: caller.network,
    };
    let mut tx = service.store.begin(session.account).await?;
    let counted = tries.count(&mut tx, &shares, service.now()).await?;
    tx.commit().await?;
    match counted {
        Counted::Within { .. } => Ok(()),
        Counted::Over { wait } => Err(Failure::wait(Code::TooManyRequests, wait)),
    }
}
