//! The account as one of its devices sees it, and what decides its proofs.

use sigill_core::account::is_to_be_asked;
use sigill_core::confirmation::policy::{Connection, Standing};
use sigill_core::id::AccountId;
use sigill_core::wire::Seconds;
use sigill_core::wire::account::{Account, Device, Waiting};
use sigill_core::wire::problem::Code;

use super::Caller;
use crate::failure::Failure;
use crate::service::Service;
use crate::store::accounts::{AccountRow, account};
use crate::store::addresses::confirm_address;
use crate::store::identities::identities_of;
use crate::store::sessions::{DeviceRow, signed_in_devices};
use crate::store::waits::{WaitRow, waits_of};

/// What decides the proofs, from our own rows. An account is linked by its
/// account password: one that signs in at a provider has none at first.
pub(crate) const fn standing(account: &AccountRow, device: &DeviceRow) -> Standing {
    Standing {
        connection: match account.password {
            Some(_) => Connection::Linked,
            None => Connection::ThirdParty,
        },
        sync: device.sync,
        second_factor: account.second_factor,
        profile: account.profile,
    }
}

/// The account.
pub(crate) async fn overview(service: &Service, caller: &Caller) -> Result<Account, Failure> {
    let session = &caller.session;
    let mut tx = service.store.begin(session.account).await?;
    let account = account(&mut tx, session.account).await?;
    let account = account.ok_or_else(|| Failure::from(Code::SignedOut))?;
    let identities = identities_of(&mut tx, session.account).await?;
    let waits = waits_of(&mut tx, session.account).await?;
    let mut devices = signed_in_devices(&mut tx, session.account).await?;
    let own = devices.iter().position(|row| row.device == session.device);
    let own = own.ok_or_else(|| Failure::from(Code::SignedOut))?;
    devices[..=own].rotate_right(1);
    let asking = devices
        .first()
        .ok_or_else(|| Failure::from(Code::SignedOut))?;
    Ok(Account {
        account: account.id,
        email: account.email.clone(),
        provider: identities
            .first()
            .map(|row| service.providers.label(&row.provider).into()),
        standing: standing(&account, asking),
        devices: devices.iter().map(shown).collect(),
        held_until: Some(account.hold.until).filter(|_| account.hold.is_on(service.now())),
        delete_at: Some(account.delete_at).filter(|at| *at > 0),
        waits: waits.iter().map(waiting).collect(),
        address_confirmed_at: to_be_asked(&account, service.now()),
        now: service.now(),
    })
}

fn waiting(row: &WaitRow) -> Waiting {
    Waiting {
        lost: row.wait.lost,
        until: row.wait.until(),
    }
}

/// When the address was last confirmed, where it is time to ask again.
pub(crate) fn to_be_asked(account: &AccountRow, now: Seconds) -> Option<Seconds> {
    let is_due = !account.email.is_empty() && is_to_be_asked(account.confirmed_at, now);
    is_due.then_some(account.confirmed_at)
}

/// *Yes, it is mine.*
pub(crate) async fn still_mine(service: &Service, account: AccountId) -> Result<(), Failure> {
    let mut tx = service.store.begin(account).await?;
    confirm_address(&mut tx, account, service.now()).await?;
    Ok(tx.commit().await?)
}

fn shown(row: &DeviceRow) -> Device {
    Device {
        device: row.device,
        name: row.name.clone(),
        known_since: row.known_since,
        last_seen: row.last_seen,
    }
}
