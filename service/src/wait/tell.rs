//! Whoever reads the old address or the new one hears of every step, and it
//! stands in the timeline.

use sigill_core::account::MailAddress;
use sigill_core::confirmation::wait::Step;
use sigill_core::id::DeviceId;
use sigill_core::wire::Seconds;

use crate::failure::Failure;
use crate::limits::DAY;
use crate::random;
use crate::service::Service;
use crate::store::accounts::{AccountRow, former_addresses_since};
use crate::store::limits::Subject;
use crate::store::outbox::{Kind, post_naming};
use crate::store::waits::{Brings, WaitId, WaitRow};
use crate::store::{StoreError, Tx};
use crate::timeline;

/// Seconds for which an address that the account had is told, and can stop it.
const OF_LATE: Seconds = 30 * DAY;

/// The account's address, the one that is to come, and those of late; each once.
pub(crate) async fn addresses(
    tx: &mut Tx,
    (account, brings): (&AccountRow, &Brings),
    now: Seconds,
) -> Result<Vec<String>, StoreError> {
    let new = match brings {
        Brings::Address(email) | Brings::Link { email, .. } => Some(email.clone()),
        Brings::Nothing | Brings::Password(_) => None,
    };
    let of_late = former_addresses_since(tx, account.id, now.saturating_sub(OF_LATE)).await?;
    let all = [account.email.clone()].into_iter().chain(new);
    let mut seen: Vec<MailAddress> = Vec::new();
    for address in all.chain(of_late) {
        match MailAddress::parse(&address) {
            Ok(address) if !seen.contains(&address) => seen.push(address),
            Ok(_) | Err(_) => {}
        }
    }
    Ok(seen.iter().map(|address| address.as_str().into()).collect())
}

/// A mail to each of them.
pub(super) async fn post_each(
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

/// Notes a step.
pub(super) async fn note(
    service: &Service,
    tx: &mut Tx,
    (row, step): (&WaitRow, Step),
    (device, network): (Option<DeviceId>, Option<Subject>),
) -> Result<(), Failure> {
    let note = timeline::Note {
        account: row.account,
        device,
        change: row.wait.lost.change(step),
        network,
    };
    timeline::note(service, tx, note).await
}
