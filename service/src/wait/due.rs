//! What is due is done whenever the service tidies: one account and one way at a
//! time, each in a transaction of its own, so that being cut off loses nothing
//! and doing it twice does nothing.

use sigill_core::account::MailAddress;
use sigill_core::confirmation::policy::SecondFactor;
use sigill_core::confirmation::wait::{Base, Due, Lost, Mails, Scene};
use sigill_core::id::AccountId;
use sigill_core::wire::problem::Code;

use super::step::{By, load, step};
use crate::account::session::{GivesBack, cancel_pending, end_device};
use crate::account::{deletion, hold};
use crate::failure::Failure;
use crate::service::Service;
use crate::store::accounts::{
    AccountRow, HeldBy, Inserted, link_account, set_password, set_protection,
};
use crate::store::addresses::set_email;
use crate::store::factors::{factors, remove_backup_set, remove_factor};
use crate::store::identities::delete_identities;
use crate::store::outbox::{Kind, is_posted};
use crate::store::sessions::devices_with_sessions;
use crate::store::waits::{Brings, WaitRow, put_wait};
use crate::store::{StoreError, Tx};

/// The week is over, by nobody's doing.
const NOBODY: By = (None, None);

/// Does it for every account. One that can't be turned keeps no other waiting.
pub(crate) async fn turn_all(service: &Service) -> Result<(), StoreError> {
    for account in service.store.accounts_that_wait().await? {
        for lost in Lost::ALL {
            if turn(service, (account, lost)).await.is_err() {
                tracing::warn!(lost = lost.word(), "what is due waits");
            }
        }
    }
    Ok(())
}

async fn turn(service: &Service, whose: (AccountId, Lost)) -> Result<(), Failure> {
    let Some((mut tx, facts, row)) = load(service, whose).await? else {
        return Ok(());
    };
    let base = facts.base_of(&mut tx, &row).await?;
    let scene = Scene {
        base,
        hold: facts.account.hold,
        mails: mails(&mut tx, &row).await?,
    };
    match row.wait.due(scene, service.now()) {
        Due::Nothing => return Ok(()),
        Due::Delay(wait) => put_wait(&mut tx, &row.after(wait)).await?,
        Due::Reminder(wait) | Due::Lapse(wait) => {
            step(service, &mut tx, (&facts, row, wait), NOBODY).await?;
        }
        Due::Effect(wait) => {
            let taken = take_effect(service, &mut tx, (&facts.account, &row)).await?;
            if taken == Inserted::WasThere {
                drop(tx);
                return lapse(service, whose).await;
            }
            step(service, &mut tx, (&facts, row, wait), NOBODY).await?;
        }
    }
    tx.commit().await?;
    service.bell.notify_one();
    Ok(())
}

/// Whether those that say what is to happen have left.
async fn mails(tx: &mut Tx, row: &WaitRow) -> Result<Mails, StoreError> {
    let kinds = [Kind::WaitAsked, Kind::WaitReminded];
    Ok(match is_posted(tx, (&kinds, row.id)).await? {
        true => Mails::Wait,
        false => Mails::Left,
    })
}

/// Ends one that waits, without effect: the address is another account's by
/// now, or nobody knows any more whether somebody said no.
pub(crate) async fn lapse(service: &Service, whose: (AccountId, Lost)) -> Result<(), Failure> {
    let Some((mut tx, facts, row)) = load(service, whose).await? else {
        return Ok(());
    };
    let moved = Scene {
        base: Base::Moved,
        hold: facts.account.hold,
        mails: Mails::Left,
    };
    if let Due::Lapse(wait) = row.wait.due(moved, service.now()) {
        step(service, &mut tx, (&facts, row, wait), NOBODY).await?;
        tx.commit().await?;
        service.bell.notify_one();
    }
    Ok(())
}

/// What was asked for happens, and a hold begins as after a reset by mail:
/// for a device that came meanwhile, it was not there before.
async fn take_effect(
    service: &Service,
    tx: &mut Tx,
    (account, row): (&AccountRow, &WaitRow),
) -> Result<Inserted, Failure> {
    let id = account.id;
    let made = match (row.wait.lost, &row.brings) {
        (Lost::Factor, Brings::Nothing) => {
            turn_factors_off(tx, account).await?;
            Inserted::Made
        }
        (Lost::Address, Brings::Address(new)) => {
            set_email(tx, id, (&account.email, new), service.now()).await?
        }
        (Lost::Password, Brings::Password(hash)) => {
            set_password(tx, id, hash).await?;
            Inserted::Made
        }
        (Lost::Provider, Brings::Link { email, password }) => {
            link(service, tx, row, (email, password)).await?
        }
        (Lost::Factor | Lost::Address | Lost::Password | Lost::Provider, _) => {
            return Err(Code::Internal.into());
        }
    };
    if made == Inserted::Made {
        cancel_pending(tx, id, service.now()).await?;
        let asked = (row.wait.asked_at, row.wait.asker);
        hold::begin_for(service, tx, (account, HeldBy::Waited), asked).await?;
    }
    Ok(made)
}

async fn turn_factors_off(tx: &mut Tx, account: &AccountRow) -> Result<(), Failure> {
    for factor in factors(tx, account.id).await? {
        remove_factor(tx, account.id, factor.way).await?;
    }
    remove_backup_set(tx, account.id.as_bytes()).await?;
    let protection = (SecondFactor::Off, account.profile);
    Ok(set_protection(tx, account.id, protection).await?)
}

/// As choosing a password does: whoever came by the provider is out, but for the
/// device that asked; a deletion that was asked for without a password is off.
/// And nobody comes that way any more: the account there is whoever's has it now.
async fn link(
    service: &Service,
    tx: &mut Tx,
    row: &WaitRow,
    (email, password): (&str, &str),
) -> Result<Inserted, Failure> {
    let email = MailAddress::parse(email).map_err(|_| Failure::from(Code::MalformedEmail))?;
    let linked = link_account(tx, (row.account, &email), password).await?;
    if linked == Inserted::WasThere {
        return Ok(linked);
    }
    delete_identities(tx, row.account).await?;
    for device in devices_with_sessions(tx, row.account).await? {
        if Some(device) != row.wait.asker {
            let whose = (row.account, device);
            end_device(service, tx, whose, GivesBack::Nothing).await?;
        }
    }
    deletion::cancel(service, tx, (row.account, None)).await?;
    Ok(linked)
}
