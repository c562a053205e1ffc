//! What is due is done whenever the service tidies: one account and one way at a
//! time, each in a transaction of its own, so that being cut off loses nothing
//! and doing it twice does nothing.

use sigill_core::account::MailAddress;
use sigill_core::confirmation::policy::SecondFactor;
use sigill_core::confirmation::wait::{Base, Due, Lost, State, Step, Wait};
use sigill_core::id::AccountId;
use sigill_core::wire::problem::Code;

use super::facts::Facts;
use super::tell::{addresses, note, post_each};
use crate::account::session::{GivesBack, cancel_pending, end_device};
use crate::account::{deletion, hold};
use crate::failure::Failure;
use crate::service::Service;
use crate::store::accounts::{
    AccountRow, Inserted, link_account, set_email, set_password, set_protection,
};
use crate::store::factors::{factors, remove_backup_set, remove_factor};
use crate::store::outbox::Kind;
use crate::store::sessions::devices_with_sessions;
use crate::store::waits::{Brings, WaitRow, put_wait, wait_of};
use crate::store::{StoreError, Tx};

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
    match row.wait.due((base, facts.account.hold), service.now()) {
        Due::Nothing => return Ok(()),
        Due::Reminder(wait) => step(service, &mut tx, (&facts, row), wait).await?,
        Due::Lapse(wait) => step(service, &mut tx, (&facts, row), wait).await?,
        Due::Effect(wait) => {
            let taken = take_effect(service, &mut tx, (&facts.account, &row)).await?;
            if taken == Inserted::WasThere {
                drop(tx);
                return lapse(service, whose).await;
            }
            step(service, &mut tx, (&facts, row), wait).await?;
        }
    }
    tx.commit().await?;
    service.bell.notify_one();
    Ok(())
}

async fn load(
    service: &Service,
    whose: (AccountId, Lost),
) -> Result<Option<(Tx, Facts, WaitRow)>, Failure> {
    let mut tx = service.store.begin(whose.0).await?;
    let facts = Facts::load(&mut tx, whose.0).await?;
    let row = wait_of(&mut tx, whose).await?;
    Ok(facts.zip(row).map(|(facts, row)| (tx, facts, row)))
}

/// The address is another account's by now.
async fn lapse(service: &Service, whose: (AccountId, Lost)) -> Result<(), Failure> {
    let Some((mut tx, facts, row)) = load(service, whose).await? else {
        return Ok(());
    };
    let moved = (Base::Moved, facts.account.hold);
    if let Due::Lapse(wait) = row.wait.due(moved, service.now()) {
        step(service, &mut tx, (&facts, row), wait).await?;
        tx.commit().await?;
        service.bell.notify_one();
    }
    Ok(())
}

/// Saves a step and tells of it.
async fn step(
    service: &Service,
    tx: &mut Tx,
    (facts, row): (&Facts, WaitRow),
    wait: Wait,
) -> Result<(), Failure> {
    let now = service.now();
    // As they were before: the address that goes is told, too.
    let to = addresses(tx, (&facts.account, &row.brings), now).await?;
    let row = row.after(wait);
    put_wait(tx, &row).await?;
    let (kind, noted) = match wait.state {
        State::Waits | State::Reminded => (Kind::WaitReminded, None),
        State::Vetoed(_) | State::Lapsed(_) => (Kind::WaitStopped, Some(Step::Stopped)),
        State::Done(_) => (Kind::WaitDone, Some(Step::Done)),
    };
    if let Some(noted) = noted {
        note(service, tx, (&row, noted), (None, None)).await?;
    }
    post_each(tx, (kind, row.id, &to), now).await
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
        hold::begin_for(service, tx, (account, row.wait.asked_at)).await?;
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
    for device in devices_with_sessions(tx, row.account).await? {
        if Some(device) != row.wait.asker {
            let whose = (row.account, device);
            end_device(service, tx, whose, GivesBack::Nothing).await?;
        }
    }
    deletion::cancel(service, tx, (row.account, None)).await?;
    Ok(linked)
}
