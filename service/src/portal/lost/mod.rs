//! The way of somebody who lost something, as far as a browser goes it: the
//! proofs that are left, a mailed code, and then seven days.
//!
//! | module | who, and by what |
//! |---|---|
//! | [`factor`] | no second factor at hand: account password, mailed code |
//! | [`address`] | the mailbox is dead: account password, and second factor or established device |
//! | [`provider`] | the provider's account is gone: mailed code, established device |
//! | [`password`] | a forgotten account password, and no second factor: mailed code |
//!
//! What was shown before the code is remembered by the row of the code, which is
//! made only then, and names what the account was: one that changed since has to
//! be shown anew.

pub(crate) mod address;
pub(crate) mod factor;
pub(crate) mod password;
pub(crate) mod provider;

use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::Seconds;

use super::link::is_open;
use super::trouble::Trouble;
use crate::service::Service;
use crate::store::Tx;
use crate::store::flows::Browser;
use crate::store::portal_codes::{CodeFor, PortalCodeRow, spend_portal_code};
use crate::wait::ask::{Asking, ask, may_ask};
use crate::wait::facts::{Facts, established};

/// The code that a browser asked for on one of these ways.
pub(crate) async fn code_of(
    service: &Service,
    (browser, purpose): (Browser, CodeFor),
) -> Result<Option<PortalCodeRow>, Trouble> {
    let key = (browser, purpose);
    Ok(service.store.portal_code_of(key, service.now()).await?)
}

/// A code that was typed.
async fn open_code(
    service: &Service,
    key: (Browser, CodeFor),
) -> Result<(PortalCodeRow, AccountId), Trouble> {
    let code = code_of(service, key).await?;
    let code = code.filter(|row| is_open(row, service.now()));
    let owner = code.as_ref().and_then(|row| row.account);
    code.zip(owner).ok_or(Trouble::NoCode)
}

async fn load(tx: &mut Tx, id: AccountId) -> Result<Facts, Trouble> {
    Facts::load(tx, id).await?.ok_or(Trouble::SignedOut)
}

/// Whether the way could begin with this and a code, so that nobody is mailed
/// one who has to be refused afterwards.
async fn check(
    service: &Service,
    tx: &mut Tx,
    (facts, asking): (&Facts, &Asking),
) -> Result<(), Trouble> {
    may_ask(tx, (facts, asking), service.now()).await?;
    Ok(())
}

/// Begins it: the code is spent, the account is what it was, the wait is there.
async fn begin(
    service: &Service,
    mut tx: Tx,
    (facts, code): (&Facts, &PortalCodeRow),
    asking: Asking,
) -> Result<Seconds, Trouble> {
    if code.base.is_some_and(|base| base != facts.base()) {
        return Err(Trouble::NoCode);
    }
    // The code is good once: the first to take the row away has it.
    if spend_portal_code(&mut tx, code.id).await? == 0 {
        return Err(Trouble::NoCode);
    }
    let until = ask(service, &mut tx, (facts, asking)).await?;
    tx.commit().await?;
    service.bell.notify_one();
    Ok(until)
}

/// The device that sent a browser here, where it is established.
async fn sent_by(
    service: &Service,
    tx: &mut Tx,
    (account, device): (AccountId, Option<DeviceId>),
) -> Result<Option<DeviceId>, Trouble> {
    match device {
        Some(device) => Ok(established(tx, (account, device), service.now()).await?),
        None => Ok(None),
    }
}
