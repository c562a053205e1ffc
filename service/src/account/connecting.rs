//! Connecting is taken back by the only device, within 72 hours. The device saw
//! the master password, which never comes here; what the service adds are its own
//! rows, a word in the timeline and a mail. The cloud's copy stays as it is.

use sigill_core::confirmation::connecting::{Company, Connected};
use sigill_core::confirmation::timeline::Change;
use sigill_core::id::AccountId;
use sigill_core::wire::problem::Code;

use super::Caller;
use super::session::{Pending, has_pending};
use crate::failure::Failure;
use crate::random;
use crate::service::Service;
use crate::store::accounts::account;
use crate::store::outbox::{Kind, post};
use crate::store::sessions::signed_in_devices;
use crate::timeline::{self, Note};

/// Tells of it, where it may be; the device unties its vault after that, and
/// signs out. Asked again, because an answer was lost, it is told again.
pub(crate) async fn undo(service: &Service, caller: &Caller) -> Result<(), Failure> {
    let (id, device) = (caller.session.account, caller.session.device);
    let mut tx = service.store.begin(id).await?;
    let row = account(&mut tx, id).await?;
    let row = row.ok_or_else(|| Failure::from(Code::SignedOut))?;
    let devices = signed_in_devices(&mut tx, id).await?;
    let own = devices.iter().find(|row| row.device == device);
    let connected = Connected {
        since: own
            .ok_or_else(|| Failure::from(Code::SignedOut))?
            .known_since,
        company: Company::of(devices.len()),
        hold: row.hold,
    };
    let allowed = connected.taken_back_until(service.now());
    allowed.map_err(|_| Failure::from(Code::NotOffered))?;
    if has_pending(&mut tx, (id, device), service.now()).await? == Pending::One {
        return Err(Code::OperationPending.into());
    }
    let undone = Note {
        account: id,
        device: Some(device),
        change: Change::ConnectingUndone,
        network: Some(caller.network),
    };
    timeline::note(service, &mut tx, undone).await?;
    let AccountId(subject) = id;
    let about = (Kind::ConnectingUndone, subject);
    post(&mut tx, random::bytes()?, about, service.now()).await?;
    tx.commit().await?;
    service.bell.notify_one();
    Ok(())
}
