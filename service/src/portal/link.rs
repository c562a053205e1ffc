//! Choosing an account password: the account is linked.
//!
//! Region and terms, then a sign-in at the provider that is not older than five
//! minutes, then a mailed code, then the form. One transaction: password and
//! address, every other session ended but the one of the device that waits,
//! what waited anywhere cancelled, the notice; and a hold, where the device that
//! waits is not signed in, or has been for less than three days.

use sigill_core::account::{AccountPassword, AccountPasswordError, MailAddress};
use sigill_core::confirmation::timeline::Change;
use sigill_core::id::AccountId;
use sigill_core::wire::problem::Code;
use sigill_core::wire::{Seconds, SecretText};

use super::session::FRESH;
use super::trouble::Trouble;
use crate::account::addresses::others;
use crate::account::session::{GivesBack, cancel_pending, end_device};
use crate::account::{deletion, hold};
use crate::password::is_common;
use crate::random;
use crate::service::Service;
use crate::store::Tx;
use crate::store::accounts::{AccountRow, HeldBy, Inserted, account, link_account};
use crate::store::identities::identities_of;
use crate::store::outbox::{Kind, post, post_naming};
use crate::store::portal::{PortalRow, SignedInBy};
use crate::store::portal_codes::{CodeFor, PortalCodeRow, spend_portal_code};
use crate::store::sessions::devices_with_sessions;
use crate::timeline::{self, Note};
use crate::wait::facts::established;

/// Number of the terms that hold now.
pub(crate) const TERMS: u64 = 1;
/// Seconds from the code to the form's button.
const PATIENCE: Seconds = 900;

/// How far somebody is on the way to an account password.
pub(crate) enum Stage {
    /// The account has one.
    HasPassword,
    /// Who it is has to be proved anew at the provider.
    SignInAgain,
    /// A code is to be mailed.
    AskForCode,
    /// A code was asked for.
    TypeCode(PortalCodeRow),
    /// The form is open.
    Choose(PortalCodeRow),
}

/// Where a session stands.
pub(crate) async fn stage(
    service: &Service,
    (session, account): (&PortalRow, &AccountRow),
) -> Result<Stage, Trouble> {
    let now = service.now();
    if account.password.is_some() {
        return Ok(Stage::HasPassword);
    }
    let key = (session.cookie, CodeFor::Linking);
    let code = service.store.portal_code_of(key, now).await?;
    let code = code.filter(|row| row.account == Some(account.id));
    Ok(match code {
        Some(row) if is_open(&row, now) => Stage::Choose(row),
        _ if !is_fresh(session, now) => Stage::SignInAgain,
        Some(row) if row.proven_at == 0 => Stage::TypeCode(row),
        Some(_) | None => Stage::AskForCode,
    })
}

/// Whether the person proved who it is a moment ago.
pub(crate) const fn is_fresh(session: &PortalRow, now: Seconds) -> bool {
    now < session.proved_at.saturating_add(FRESH)
}

pub(crate) const fn is_open(row: &PortalCodeRow, now: Seconds) -> bool {
    row.proven_at > 0 && now < row.proven_at.saturating_add(PATIENCE)
}

/// A password that may be chosen, typed twice.
pub(crate) fn chosen(password: SecretText, again: &SecretText) -> Result<AccountPassword, Trouble> {
    if password.expose() != again.expose() {
        return Err(Trouble::PasswordsDiffer);
    }
    let password = AccountPassword::parse(password).map_err(|error| match error {
        AccountPasswordError::TooShort | AccountPasswordError::TooLong => Code::PasswordTooShort,
    })?;
    if is_common(&password) {
        return Err(Code::PasswordTooCommon.into());
    }
    Ok(password)
}

/// Saves the changes.
pub(crate) async fn link(
    service: &Service,
    session: &PortalRow,
    password: AccountPassword,
) -> Result<(), Trouble> {
    check_agreed(service, session).await?;
    let hash = service.hashing.hash(password).await?;
    let now = service.now();
    let key = (session.cookie, CodeFor::Linking);
    // Before the transaction: whoever holds one connection must not wait for another.
    let code = service.store.portal_code_of(key, now).await?;
    let mut tx = service.store.begin(session.account).await?;
    let known = account(&mut tx, session.account).await?;
    let known = known.ok_or(Trouble::SignedOut)?;
    if known.password.is_some() {
        return Err(Trouble::HasPassword);
    }
    let code = code.filter(|row| row.account == Some(known.id) && is_open(row, now));
    let code = code.ok_or(Trouble::NoCode)?;
    // The code is good once: the first to take the row away has it.
    if spend_portal_code(&mut tx, code.id).await? == 0 {
        return Err(Trouble::NoCode);
    }
    let email = MailAddress::parse(&code.email).map_err(|_| Code::MalformedEmail)?;
    if let Inserted::WasThere = link_account(&mut tx, (known.id, &email), &hash).await? {
        return Err(Trouble::AddressTaken);
    }
    let chosen = Note {
        account: known.id,
        device: Some(session.device),
        change: Change::PasswordChanged,
        network: None,
    };
    timeline::note(service, &mut tx, chosen).await?;
    let told = told(&mut tx, (known.id, &email)).await?;
    if !is_old(service, &mut tx, session).await? {
        hold::begin(service, &mut tx, (&known, HeldBy::Linked)).await?;
        for address in &told {
            hold::tell(service, &mut tx, (known.id, address)).await?;
        }
    }
    end_others(service, &mut tx, session).await?;
    // Asked for before there was a password to prove it with.
    deletion::cancel(service, &mut tx, (known.id, Some(session.device))).await?;
    let subject = (Kind::Linked, known.id.0);
    post(&mut tx, random::bytes()?, subject, now).await?;
    for address in &told {
        let named = (now, Some(address.as_str().into()));
        post_naming(&mut tx, random::bytes()?, subject, named).await?;
    }
    tx.commit().await?;
    service.bell.notify_one();
    Ok(())
}

/// Where the providers say that the person reads mail, but for the address that was
/// chosen: it is told there, too, that another was chosen.
async fn told(
    tx: &mut Tx,
    (account, chosen): (AccountId, &MailAddress),
) -> Result<Vec<MailAddress>, Trouble> {
    let identities = identities_of(tx, account).await?;
    let texts = identities.into_iter().map(|row| row.email);
    Ok(others(texts, chosen.as_str()))
}

/// Whether the device that waits is signed in and established.
async fn is_old(service: &Service, tx: &mut Tx, session: &PortalRow) -> Result<bool, Trouble> {
    let Some(device) = session.waiting else {
        return Ok(false);
    };
    let whose = (session.account, device);
    Ok(established(tx, whose, service.now()).await?.is_some())
}

/// Ends every session but the one that waits and the one that asks, and what
/// waits for a proof on any device.
async fn end_others(service: &Service, tx: &mut Tx, asks: &PortalRow) -> Result<(), Trouble> {
    for device in devices_with_sessions(tx, asks.account).await? {
        if device != asks.device && Some(device) != asks.waiting {
            let whose = (asks.account, device);
            end_device(service, tx, whose, GivesBack::All).await?;
        }
    }
    Ok(cancel_pending(tx, asks.account, service.now()).await?)
}

/// What an account agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Agreed {
    /// It was never asked.
    Never,
    /// To terms that changed since.
    ToOthers,
    /// To the terms that hold now.
    ToThese,
}

/// Reads it.
pub(crate) async fn agreed(service: &Service, account: AccountId) -> Result<Agreed, Trouble> {
    let agreement = service.store.agreement(account).await?;
    Ok(match agreement {
        None => Agreed::Never,
        Some(agreement) if agreement.terms < TERMS => Agreed::ToOthers,
        Some(_) => Agreed::ToThese,
    })
}

/// Region and terms: whoever signs in at a provider is asked once, and
/// everybody who was ever asked is asked again when the terms change.
///
/// # Errors
/// [`Trouble::NotAgreed`].
pub(crate) async fn check_agreed(service: &Service, session: &PortalRow) -> Result<(), Trouble> {
    match (agreed(service, session.account).await?, &session.by) {
        (Agreed::ToThese, _) | (Agreed::Never, SignedInBy::Password) => Ok(()),
        (Agreed::ToOthers, _) | (Agreed::Never, SignedInBy::Identity { .. }) => {
            Err(Trouble::NotAgreed)
        }
    }
}
