//! The hold at the service: begun, shown, lifted, vetoed. A device that the
//! reset signed out keeps two rights by its key alone: to hear of it, and to say no.

use sigill_core::account::MailAddress;
use sigill_core::confirmation::code::TextFor;
use sigill_core::confirmation::hold::{Hold, Veto};
use sigill_core::confirmation::operation::Asker;
use sigill_core::confirmation::policy::SecondFactor;
use sigill_core::confirmation::timeline::Change;
use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::account::{Alarm, Alarms};
use sigill_core::wire::problem::Code;
use sigill_core::wire::{Seconds, SecretText};

use super::Stranger;
use super::second_step::second_step;
use super::session::{GivesBack, cancel_pending, end_device};
use crate::failure::Failure;
use crate::limits::Shares;
use crate::random;
use crate::service::{Service, Shared};
use crate::store::Tx;
use crate::store::accounts::{AccountRow, HeldBy, account, set_held_by, set_hold};
use crate::store::outbox::{Kind, post, post_naming};
use crate::store::sessions::{DeviceRow, device_in, devices_by_key, signed_in_devices};
use crate::timeline::{self, Note};

/// Begins a hold, in the transaction of what makes it necessary.
pub(crate) async fn begin(
    service: &Service,
    tx: &mut Tx,
    (row, by): (&AccountRow, HeldBy),
) -> Result<(), Failure> {
    let now = service.now();
    begin_for(service, tx, (row, by), (now, None)).await?;
    let AccountId(subject) = row.id;
    Ok(post(tx, random::bytes()?, (Kind::Held, subject), now).await?)
}

/// The notice of it to another address, where the person reads mail as well.
pub(crate) async fn tell(
    service: &Service,
    tx: &mut Tx,
    (account, to): (AccountId, &MailAddress),
) -> Result<(), Failure> {
    let named = (service.now(), Some(to.as_str().into()));
    Ok(post_naming(tx, random::bytes()?, (Kind::Held, account.0), named).await?)
}

/// The same for what `asker` asked for at `from` and took effect now; the mail
/// that says so names its end.
pub(crate) async fn begin_for(
    service: &Service,
    tx: &mut Tx,
    (row, by): (&AccountRow, HeldBy),
    asked: (Seconds, Option<DeviceId>),
) -> Result<(), Failure> {
    let hold = row.hold.begin_for(asked, service.now());
    save(service, tx, (row.id, hold), by).await
}

/// The same after the service was restored from a backup.
pub(crate) async fn begin_restored(
    service: &Service,
    tx: &mut Tx,
    row: &AccountRow,
) -> Result<(), Failure> {
    let now = service.now();
    let hold = row.hold.begin_restored(now);
    save(service, tx, (row.id, hold), HeldBy::Restored).await?;
    if row.email.is_empty() {
        return Ok(());
    }
    let AccountId(subject) = row.id;
    Ok(post(tx, random::bytes()?, (Kind::Held, subject), now).await?)
}

async fn save(
    service: &Service,
    tx: &mut Tx,
    (account, hold): (AccountId, Hold),
    by: HeldBy,
) -> Result<(), Failure> {
    set_hold(tx, account, hold).await?;
    set_held_by(tx, account, by).await?;
    timeline::note(service, tx, held_note(account, Change::Held)).await
}

const fn held_note(account: AccountId, change: Change) -> Note {
    Note {
        account,
        device: None,
        change,
        network: None,
    }
}

/// Lifts it, by a device that was there three days before and did not ask for
/// what it follows, with the vault opened
/// on it by its master password (which the device sees to), or by a second
/// factor that was enrolled before.
pub(crate) async fn lift(
    service: &Shared,
    (asker, shares): (Asker, Shares),
    typed: Option<SecretText>,
) -> Result<(), Failure> {
    let (row, device) = load(service, asker).await?;
    if !row.hold.is_on(service.now()) {
        return Ok(());
    }
    let mut shown = None;
    if !row.hold.is_lifted_by(asker.device, device.known_since) {
        if row.second_factor == SecondFactor::Off {
            return Err(Code::Held.into());
        }
        let whose = (asker.account, asker.device);
        let factor = second_step(service, (whose, shares), (typed.as_ref(), TextFor::Hold)).await?;
        if !factor.was_before(row.hold) {
            return Err(Code::Held.into());
        }
        shown = Some(factor);
    }
    let mut tx = service.store.begin(asker.account).await?;
    let now = account(&mut tx, asker.account).await?;
    if now.is_none_or(|now| now.hold != row.hold) {
        return Err(Code::Held.into()); // vetoed, or begun anew, meanwhile
    }
    if let Some(factor) = shown {
        let whose = (asker.account, asker.device);
        factor.spend(service, &mut tx, whose).await?;
    }
    set_hold(&mut tx, asker.account, Hold::NONE).await?;
    let lifted = held_note(asker.account, Change::HoldLifted);
    timeline::note(service, &mut tx, lifted).await?;
    Ok(tx.commit().await?)
}

async fn load(service: &Service, asker: Asker) -> Result<(AccountRow, DeviceRow), Failure> {
    let mut tx = service.store.begin(asker.account).await?;
    let row = account(&mut tx, asker.account).await?;
    let device = device_in(&mut tx, asker.account, asker.device).await?;
    row.zip(device)
        .ok_or_else(|| Failure::from(Code::SignedOut))
}

/// The holds that a device may say no to: of accounts that knew it before.
async fn alarms_of(service: &Service, device: DeviceId) -> Result<Vec<AccountRow>, Failure> {
    let now = service.now();
    let mut found = Vec::new();
    for (owner, known_since) in devices_by_key(&service.store, device).await? {
        let mut tx = service.store.begin(owner).await?;
        let row = account(&mut tx, owner).await?;
        let held = row.filter(|row| row.hold.is_on(now) && row.hold.was_before(known_since, 1));
        found.extend(held);
    }
    Ok(found)
}

/// What a device is told by its key alone.
pub(crate) async fn alarms(service: &Service, stranger: Stranger) -> Result<Alarms, Failure> {
    let held = alarms_of(service, stranger.device).await?;
    let shown = held.iter().map(|row| Alarm {
        account: row.id,
        from: row.hold.from,
        until: row.hold.until,
        can_veto: row.hold.veto == Veto::Unused,
    });
    Ok(Alarms {
        alarms: shown.collect(),
        now: service.now(),
    })
}

/// Says no: what waits is cancelled, devices that came with the reset are signed
/// out, and the hold lasts seven days more.
pub(crate) async fn veto(
    service: &Service,
    stranger: Stranger,
    id: AccountId,
) -> Result<(), Failure> {
    let held = alarms_of(service, stranger.device).await?;
    if !held.iter().any(|row| row.id == id) {
        return Err(Code::NotFound.into());
    }
    let now = service.now();
    let mut tx = service.store.begin(id).await?;
    let row = account(&mut tx, id).await?;
    let row = row.ok_or_else(|| Failure::from(Code::NotFound))?;
    let hold = row.hold.vetoed(now);
    let hold = hold.map_err(|_| Failure::from(Code::NotOffered))?;
    set_hold(&mut tx, id, hold).await?;
    timeline::note(service, &mut tx, held_note(id, Change::Vetoed)).await?;
    cancel_pending(&mut tx, id, now).await?;
    for device in signed_in_devices(&mut tx, id).await? {
        if !hold.was_before(device.known_since, 1) {
            let whose = (id, device.device);
            end_device(service, &mut tx, whose, GivesBack::All).await?;
        }
    }
    Ok(tx.commit().await?)
}
