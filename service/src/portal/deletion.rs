//! Deleting an account that signs in at a provider and has no account password:
//! a sign-in there that is not older than five minutes, a mailed code, and seven
//! days. One with a password takes the proofs of every weakening instead.

use sigill_core::account::MailAddress;
use sigill_core::confirmation::timeline::Change;
use sigill_core::wire::Seconds;
use sigill_core::wire::account::Language;
use sigill_core::wire::problem::Code;

use super::account::Shown;
use super::code::{Wanted, ask};
use super::link::{is_fresh, is_open};
use super::trouble::Trouble;
use crate::account::deletion;
use crate::random;
use crate::service::Service;
use crate::store::accounts::account;
use crate::store::flows::Then;
use crate::store::limits::Subject;
use crate::store::outbox::{Kind, post_naming};
use crate::store::portal::{PortalRow, SignedInBy};
use crate::store::portal_codes::{CodeFor, PortalCodeRow, spend_portal_code};
use crate::timeline::{self, Note};

/// How far somebody is on the way.
pub(crate) enum Stage {
    /// It goes then.
    Waits(Seconds),
    /// The account has a password: it is a weakening.
    Weakening,
    /// Who it is has to be proved anew at the provider.
    SignInAgain,
    /// A code is to be mailed: to the address that the provider tells, or to the
    /// one that is typed.
    AskForCode(Option<MailAddress>),
    /// A code was asked for.
    TypeCode(PortalCodeRow),
    /// The button is there.
    Confirm,
}

/// Where a session stands.
pub(crate) async fn stage(
    service: &Service,
    (session, shown): (&PortalRow, &Shown),
) -> Result<Stage, Trouble> {
    let now = service.now();
    if shown.account.delete_at > 0 {
        return Ok(Stage::Waits(shown.account.delete_at));
    }
    if shown.account.password.is_some() {
        return Ok(Stage::Weakening);
    }
    let key = (session.cookie, CodeFor::Deleting);
    let code = service.store.portal_code_of(key, now).await?;
    let code = code.filter(|row| row.account == Some(session.account));
    Ok(match code {
        _ if !is_fresh(session, now) => Stage::SignInAgain,
        Some(row) if is_open(&row, now) => Stage::Confirm,
        Some(row) if row.proven_at == 0 => Stage::TypeCode(row),
        Some(_) | None => Stage::AskForCode(told(session, shown)),
    })
}

/// The address that the provider of this session tells.
fn told(session: &PortalRow, shown: &Shown) -> Option<MailAddress> {
    let SignedInBy::Identity { issuer, subject } = &session.by else {
        return None;
    };
    let mut identities = shown.identities.iter();
    let own = identities.find(|row| row.issuer == *issuer && row.subject == *subject)?;
    MailAddress::parse(&own.email).ok()
}

/// Mails a code. Where the provider tells an address, it goes there and nowhere else.
pub(crate) async fn ask_code(
    service: &Service,
    (session, shown): (&PortalRow, &Shown),
    (typed, language, network): (&str, Language, Subject),
) -> Result<(), Trouble> {
    if shown.account.password.is_some() {
        return Err(Trouble::HasPassword);
    }
    if !is_fresh(session, service.now()) {
        return Err(Trouble::NotFresh(Then::DeleteAccount));
    }
    let email = match told(session, shown) {
        Some(told) => told,
        None => MailAddress::parse(typed).map_err(|_| Code::MalformedEmail)?,
    };
    let wanted = Wanted {
        browser: session.cookie,
        purpose: CodeFor::Deleting,
        network,
        account: Some(session.account),
        base: None,
        email: &email,
        language,
    };
    Ok(ask(service, wanted).await?)
}

/// The account goes in seven days; a mail says so, and keeps it.
pub(crate) async fn begin(service: &Service, session: &PortalRow) -> Result<(), Trouble> {
    let now = service.now();
    if !is_fresh(session, now) {
        return Err(Trouble::NotFresh(Then::DeleteAccount));
    }
    let key = (session.cookie, CodeFor::Deleting);
    // Before the transaction: whoever holds one connection must not wait for another.
    let code = service.store.portal_code_of(key, now).await?;
    let mut tx = service.store.begin(session.account).await?;
    let row = account(&mut tx, session.account).await?;
    let row = row.ok_or(Trouble::SignedOut)?;
    if row.password.is_some() {
        return Err(Trouble::HasPassword);
    }
    let code = code.filter(|code| code.account == Some(row.id) && is_open(code, now));
    let code = code.ok_or(Trouble::NoCode)?;
    // The code is good once: the first to take the row away has it.
    if spend_portal_code(&mut tx, code.id).await? == 0 {
        return Err(Trouble::NoCode);
    }
    deletion::ask(&mut tx, &row, now).await?;
    let asked = Note {
        account: row.id,
        device: Some(session.device),
        change: Change::DeletionAsked,
        network: None,
    };
    timeline::note(service, &mut tx, asked).await?;
    let about = (Kind::DeletionAsked, row.id.0);
    post_naming(&mut tx, random::bytes()?, about, (now, Some(code.email))).await?;
    tx.commit().await?;
    service.bell.notify_one();
    Ok(())
}
