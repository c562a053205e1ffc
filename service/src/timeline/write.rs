//! Entries are added in the transaction that they tell of.

use sigill_core::confirmation::action::Action;
use sigill_core::confirmation::operation::Operation;
use sigill_core::confirmation::timeline::{Change, Event, Said, Why};
use sigill_core::encode::Encoder;
use sigill_core::id::{AccountId, DeviceId};

use crate::account::Caller;
use crate::dpop::mac;
use crate::failure::Failure;
use crate::limits::{DAY, Limit};
use crate::random;
use crate::service::Service;
use crate::store::Tx;
use crate::store::limits::{Counted, Subject, count};
use crate::store::timeline::{Commitment, about, append};

/// Refusals before there is an operation that are noted in a day: whoever asks
/// and asks does not fill the page.
const REFUSED: Limit = Limit {
    rule: "timeline/refused",
    count: 20,
    window: DAY,
};

/// Something about the account itself.
#[derive(Clone, Copy)]
pub(crate) struct Note {
    pub(crate) account: AccountId,
    pub(crate) device: Option<DeviceId>,
    pub(crate) change: Change,
    /// Where it came from, as a share that shows no address.
    pub(crate) network: Option<Subject>,
}

/// Notes something about the account.
pub(crate) async fn note(service: &Service, tx: &mut Tx, note: Note) -> Result<(), Failure> {
    let said = Said {
        at: service.now(),
        device: note.device,
        event: Event::Account(note.change),
        operation: None,
        digest: None,
    };
    let commitment = commitment(service, note.network)?;
    Ok(append(tx, note.account, said, commitment).await?)
}

/// Notes something about an operation; how it ends is noted by itself.
pub(crate) async fn note_operation(
    service: &Service,
    tx: &mut Tx,
    (operation, event): (&Operation, Event),
    network: Option<Subject>,
) -> Result<(), Failure> {
    let said = about(operation, event, service.now());
    let commitment = commitment(service, network)?;
    Ok(append(tx, operation.account, said, commitment).await?)
}

/// Notes that an act was refused, in a transaction of its own: the one that
/// refused was rolled back. Hands the refusal on.
pub(crate) async fn refused(
    service: &Service,
    caller: &Caller,
    (action, failure): (Action, Failure),
) -> Result<Failure, Failure> {
    let code = failure.0.error;
    if Why::from(code) == Why::Other {
        return Ok(failure);
    }
    let account = caller.session.account;
    let mut tx = service.store.begin(account).await?;
    let share = service.account_share(account);
    if let Counted::Within { .. } = count(&mut tx, &REFUSED, &share, service.now()).await? {
        let said = Said {
            at: service.now(),
            device: Some(caller.session.device),
            event: Event::refused(action, code),
            operation: None,
            digest: None,
        };
        let commitment = commitment(service, Some(caller.network))?;
        append(&mut tx, account, said, commitment).await?;
    }
    tx.commit().await?;
    Ok(failure)
}

fn commitment(service: &Service, network: Option<Subject>) -> Result<Option<Commitment>, Failure> {
    let Some(network) = network else {
        return Ok(None);
    };
    let salt = random::bytes()?;
    let address = commit(service, salt, &network);
    Ok(Some(Commitment { salt, address }))
}

/// `HMAC-SHA-256(pepper, encode("sigill/timeline-address/1", salt, network))`:
/// without the pepper, which is not in the database, addresses can't be tried.
pub(super) fn commit(service: &Service, salt: [u8; 16], network: &Subject) -> [u8; 32] {
    let encoder = Encoder::new("sigill/timeline-address/1")
        .bytes(&salt)
        .bytes(network);
    mac(&service.secrets.pepper, &encoder.finish())
}
