//! Tokens are swapped, sessions end.

use sigill_core::confirmation::operation::Operation;
use sigill_core::confirmation::timeline::Change;
use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::Seconds;
use sigill_core::wire::account::{Refresh, Session};
use sigill_core::wire::problem::Code;

use super::Stranger;
use crate::dpop::token::{self, ACCESS_LIFETIME, REFRESH_LIFETIME, Use};
use crate::failure::Failure;
use crate::limits::Shares;
use crate::service::Service;
use crate::store::limits::Subject;
use crate::store::operation_row::OperationRow;
use crate::store::operations::{
    pending_operations, pending_operations_of_account, save_operation, was_mailed,
};
use crate::store::sessions::{
    SessionRow, device_in, end_session, forget_trust, know_device, replace_session, rotate_session,
    session as stored, session_in,
};
use crate::store::{StoreError, Tx};
use crate::timeline::{self, Note};
use crate::wait::facts::established;

/// The session as its device gets it.
pub(super) fn session(service: &Service, row: &SessionRow) -> Session {
    let key = &service.secrets.token;
    let until = service.now().saturating_add(ACCESS_LIFETIME);
    Session {
        account: row.account,
        device: row.device,
        access_token: token::make(key, row, (Use::Access, until)),
        refresh_token: token::make(key, row, (Use::Refresh, row.serial)),
        expires_in: ACCESS_LIFETIME,
        receipt_key: service.signer.key().to_wire(),
    }
}

/// Begins a session in the place of whatever the device had; `name` is what it
/// is called where it was not known.
pub(crate) async fn begin_session(
    service: &Service,
    tx: &mut Tx,
    (begins, name): (&SessionRow, &str),
    network: Option<Subject>,
) -> Result<(), Failure> {
    know_device(tx, begins, name, service.now()).await?;
    replace_session(tx, begins).await?;
    let signed_in = Note {
        account: begins.account,
        device: Some(begins.device),
        change: Change::SignedIn,
        network,
    };
    timeline::note(service, tx, signed_in).await
}

/// Swaps a refresh token for its successor.
///
/// A token asked with again returns the same successor, until that one is used
/// itself: an answer that was lost, or two tabs, sign nobody out. Whoever comes
/// with an older one has a copy: the session ends.
pub(crate) async fn refresh(
    service: &Service,
    stranger: Stranger,
    request: Refresh,
) -> Result<Session, Failure> {
    let signed_out = || Failure::from(Code::SignedOut);
    let presented = token::parse(request.refresh_token.expose()).ok_or_else(signed_out)?;
    let row = stored(&service.store, presented.session).await?;
    let row = row.ok_or_else(signed_out)?;
    if row.device != stranger.device || !presented.is_of(&service.secrets.token, &row, Use::Refresh)
    {
        return Err(signed_out());
    }
    let mut tx = service.store.begin(row.account).await?;
    let row = session_in(&mut tx, row.id).await?.ok_or_else(signed_out)?;
    let now = service.now();
    let is_newest = presented.number == row.serial;
    let is_before = presented.number.checked_add(1) == Some(row.serial);
    if now >= row.refresh_until || !(is_newest || is_before) {
        end_session(&mut tx, row.account, row.device).await?;
        timeline::note(service, &mut tx, signed_out_note(row.account, row.device)).await?;
        tx.commit().await?;
        return Err(signed_out());
    }
    if !is_newest {
        return Ok(session(service, &row));
    }
    let row = SessionRow {
        serial: row.serial.saturating_add(1),
        refresh_until: now.saturating_add(REFRESH_LIFETIME),
        ..row
    };
    rotate_session(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(session(service, &row))
}

/// What an end gives back of the account's limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GivesBack {
    /// All that the device used: somebody put it out whom no thief is at once, a
    /// established device, whoever reads the mail, or whoever proved more.
    All,
    /// What it asked for, where nobody was mailed about it; tries stay counted.
    Unmailed,
    /// Nothing: a device that leaves could come back with a new share.
    Nothing,
}

impl GivesBack {
    /// What a device gives back that `by` puts out. Two new devices of one thief
    /// would give each other new tries for ever.
    pub(crate) async fn put_out(
        tx: &mut Tx,
        (account, device, by): (AccountId, DeviceId, DeviceId),
        now: Seconds,
    ) -> Result<Self, StoreError> {
        if device == by {
            return Ok(Self::Nothing);
        }
        let by = established(tx, (account, by), now).await?;
        Ok(by.map_or(Self::Unmailed, |_| Self::All))
    }
}

/// Ends the session that asks.
pub(crate) async fn sign_out(
    service: &Service,
    (account, device): (AccountId, DeviceId),
) -> Result<(), Failure> {
    let mut tx = service.store.begin(account).await?;
    let whose = (account, device);
    end_device(service, &mut tx, whose, GivesBack::Nothing).await?;
    Ok(tx.commit().await?)
}

/// Ends the sessions of any device of the account.
pub(crate) async fn sign_device_out(
    service: &Service,
    (account, own): (AccountId, DeviceId),
    device: DeviceId,
) -> Result<(), Failure> {
    let mut tx = service.store.begin(account).await?;
    if device_in(&mut tx, account, device).await?.is_none() {
        return Err(Code::NotFound.into());
    }
    forget_trust(&mut tx, (account, device), service.now()).await?;
    let gives = GivesBack::put_out(&mut tx, (account, device, own), service.now()).await?;
    end_device(service, &mut tx, (account, device), gives).await?;
    Ok(tx.commit().await?)
}

/// Ends a device's session and what it had begun.
pub(crate) async fn end_device(
    service: &Service,
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
    gives: GivesBack,
) -> Result<(), Failure> {
    let now = service.now();
    if end_session(tx, account, device).await? > 0 {
        timeline::note(service, tx, signed_out_note(account, device)).await?;
    }
    let pending = pending_operations(tx, (account, device)).await?;
    cancel_each(tx, (account, pending), now).await?;
    let limits = &service.config.limits;
    let asked = [&limits.operation, &limits.code_mail];
    let more = [&limits.confirm, &limits.text, &limits.known_text];
    let deeds = match gives {
        GivesBack::All => [asked.as_slice(), &more].concat(),
        GivesBack::Unmailed if !was_mailed(tx, (account, device)).await? => asked.into(),
        GivesBack::Unmailed | GivesBack::Nothing => return Ok(()),
    };
    let shares = Shares {
        device: service.device_share(device),
        account: service.account_share(account),
        network: [0; 32],
    };
    for deed in deeds {
        deed.give_back(tx, &shares, now).await?;
    }
    Ok(())
}

/// What waits for a proof on any device of the account is cancelled.
pub(crate) async fn cancel_pending(
    tx: &mut Tx,
    account: AccountId,
    now: Seconds,
) -> Result<(), Failure> {
    let pending = pending_operations_of_account(tx, account).await?;
    cancel_each(tx, (account, pending), now).await
}

async fn cancel_each(
    tx: &mut Tx,
    (account, pending): (AccountId, Vec<OperationRow>),
    now: Seconds,
) -> Result<(), Failure> {
    for row in pending {
        let (operation, _cancelled) = row.operation.cancel(account, now);
        save_operation(tx, &operation, now).await?;
    }
    Ok(())
}

const fn signed_out_note(account: AccountId, device: DeviceId) -> Note {
    Note {
        account,
        device: Some(device),
        change: Change::SignedOut,
        network: None,
    }
}

/// Whether a device has an operation that waits; ended ones are saved as such.
pub(crate) async fn has_pending(
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
    now: Seconds,
) -> Result<Pending, Failure> {
    let mut pending = Pending::None;
    for row in pending_operations(tx, (account, device)).await? {
        let ticked: Operation = row.operation.tick(now);
        if ticked.state == sigill_core::confirmation::operation::State::Pending {
            pending = Pending::One;
        } else {
            save_operation(tx, &ticked, now).await?;
        }
    }
    Ok(pending)
}

/// Whether an operation of a device waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pending {
    None,
    One,
}
