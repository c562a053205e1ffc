//! A way is loaded, and takes a step: it is saved, stands in the timeline, and
//! whoever reads the old address or the new one hears of it.

use sigill_core::confirmation::wait::{Lost, State, Step, Wait};
use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::Seconds;

use super::facts::Facts;
use crate::account::addresses::{of_late, once};
use crate::failure::Failure;
use crate::random;
use crate::service::Service;
use crate::store::accounts::AccountRow;
use crate::store::limits::Subject;
use crate::store::outbox::{Kind, post_naming};
use crate::store::waits::{Brings, WaitId, WaitRow, put_veto, put_wait, wait_of};
use crate::store::{StoreError, Tx};
use crate::timeline;

/// The way of a kind with its account, in a transaction of theirs.
pub(super) async fn load(
    service: &Service,
    whose: (AccountId, Lost),
) -> Result<Option<(Tx, Facts, WaitRow)>, Failure> {
    let mut tx = service.store.begin(whose.0).await?;
    let facts = Facts::load(&mut tx, whose.0).await?;
    let row = wait_of(&mut tx, whose).await?;
    Ok(facts.zip(row).map(|(facts, row)| (tx, facts, row)))
}

/// Whose doing a step is: a device's, from a network; nobody's, where it was due.
pub(super) type By = (Option<DeviceId>, Option<Subject>);

/// Saves a step of `row`, and tells of it.
pub(super) async fn step(
    service: &Service,
    tx: &mut Tx,
    (facts, row, wait): (&Facts, WaitRow, Wait),
    by: By,
) -> Result<(), Failure> {
    let now = service.now();
    // As they were before: the address that goes is told, too.
    let to = addresses(tx, (&facts.account, &row.brings), now).await?;
    let row = row.after(wait);
    put_wait(tx, &row).await?;
    if let State::Vetoed(at) = wait.state {
        put_veto(tx, &row, at).await?;
    }
    let (kind, noted) = match wait.state {
        State::Waits => (Kind::WaitAsked, Some(Step::Asked)),
        State::Reminded(_) => (Kind::WaitReminded, None),
        State::Vetoed(_) | State::Lapsed(_) => (Kind::WaitStopped, Some(Step::Stopped)),
        State::Done(_) => (Kind::WaitDone, Some(Step::Done)),
    };
    if let Some(noted) = noted {
        note(service, tx, (&row, noted), by).await?;
    }
    post_each(tx, (kind, row.id, &to), now).await
}

/// The account's address, the one that is to come, and those of late; each once.
async fn addresses(
    tx: &mut Tx,
    (account, brings): (&AccountRow, &Brings),
    at: Seconds,
) -> Result<Vec<String>, StoreError> {
    let new = match brings {
        Brings::Address(email) | Brings::Link { email, .. } => Some(email.clone()),
        Brings::Nothing | Brings::Password(_) => None,
    };
    let all = [account.email.clone()].into_iter().chain(new);
    let all = once(all.chain(of_late(tx, account.id, at).await?));
    Ok(all.iter().map(|address| address.as_str().into()).collect())
}

/// A mail to each of them.
async fn post_each(
    tx: &mut Tx,
    (kind, id, to): (Kind, WaitId, &[String]),
    now: Seconds,
) -> Result<(), Failure> {
    for address in to {
        let named = (now, Some(address.clone()));
        post_naming(tx, random::bytes()?, (kind, id), named).await?;
    }
    Ok(())
}

async fn note(
    service: &Service,
    tx: &mut Tx,
    (row, step): (&WaitRow, Step),
    (device, network): By,
) -> Result<(), Failure> {
    let note = timeline::Note {
        account: row.account,
        device,
        change: row.wait.lost.change(step),
        network,
    };
    timeline::note(service, tx, note).await
}
