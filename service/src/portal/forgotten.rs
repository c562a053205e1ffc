//! Another account password in the place of a forgotten one, by mail alone, or
//! by mail and second factor where the account has one.
//!
//! An address that has no account, or an account without a password, is
//! answered like any other; only no mail goes there.

use sigill_core::account::{AccountPassword, MailAddress};
use sigill_core::confirmation::code::TextFor;
use sigill_core::confirmation::timeline::Change;
use sigill_core::wire::SecretText;
use sigill_core::wire::problem::Code;

use super::code::{Wanted, ask};
use super::link::is_open;
use super::trouble::Trouble;
use crate::account::session::{GivesBack, end_device};
use crate::account::sign_in::prove_factor;
use crate::account::{Stranger, hold};
use crate::courier::texts::Texts;
use crate::random;
use crate::service::{Service, Shared};
use crate::store::Tx;
use crate::store::accounts::{AccountRow, HeldBy, account, set_password};
use crate::store::flows::Browser;
use crate::store::outbox::{Kind, post};
use crate::store::portal_codes::{CodeFor, PortalCodeRow, spend_portal_code};
use crate::store::sessions::devices_with_sessions;
use crate::timeline::{self, Note};

/// Mails a code, if the address has an account with a password.
pub(crate) async fn ask_code(
    service: &Service,
    (stranger, browser): (Stranger, Browser),
    (texts, email): (Texts, &str),
) -> Result<(), Trouble> {
    let email = MailAddress::parse(email).map_err(|_| Code::MalformedEmail)?;
    let known = service.store.account_of_address(&email).await?;
    let known = known.filter(|account| account.password.is_some());
    let wanted = Wanted {
        browser,
        purpose: CodeFor::Forgotten,
        network: stranger.network,
        account: known.map(|account| account.id),
        base: None,
        email: &email,
        language: texts.0,
    };
    Ok(ask(service, wanted).await?)
}

/// The code that this browser asked for.
pub(crate) async fn code_of(
    service: &Service,
    browser: Browser,
) -> Result<Option<PortalCodeRow>, Trouble> {
    let key = (browser, CodeFor::Forgotten);
    Ok(service.store.portal_code_of(key, service.now()).await?)
}

/// The account as it is inside the transaction, where it still asks for what was
/// shown: a factor that came meanwhile is asked for, too.
async fn still_asks_the_same(tx: &mut Tx, compared: &AccountRow) -> Result<AccountRow, Trouble> {
    let now = account(tx, compared.id).await?.ok_or(Trouble::NoCode)?;
    if now.password != compared.password {
        return Err(Trouble::NoCode);
    }
    if now.second_factor != compared.second_factor {
        return Err(Code::SecondFactorNeeded.into());
    }
    Ok(now)
}

/// Saves another password. One transaction: password, every session ended and
/// what waited there cancelled, the notice; and the hold, where mail alone proved it.
pub(crate) async fn reset(
    service: &Shared,
    (stranger, browser): (Stranger, Browser),
    (password, factor): (AccountPassword, Option<&SecretText>),
) -> Result<(), Trouble> {
    let now = service.now();
    let code = code_of(service, browser).await?;
    let code = code
        .filter(|row| is_open(row, now))
        .ok_or(Trouble::NoCode)?;
    let email = MailAddress::parse(&code.email).map_err(|_| Code::MalformedEmail)?;
    let known = service.store.account_of_address(&email).await?;
    let known = known.filter(|known| Some(known.id) == code.account);
    let known = known.ok_or(Trouble::NoCode)?;
    let shown = prove_factor(service, stranger, (&known, (factor, TextFor::Reset))).await?;
    let hash = service.hashing.hash(password).await?;
    let mut tx = service.store.begin(known.id).await?;
    let known = still_asks_the_same(&mut tx, &known).await?;
    // The code is good once: the first to take the row away has it.
    // Two spellings of an address are one.
    if known.address()? != email || spend_portal_code(&mut tx, code.id).await? == 0 {
        return Err(Trouble::NoCode);
    }
    set_password(&mut tx, known.id, &hash).await?;
    let changed = Note {
        account: known.id,
        device: None,
        change: Change::PasswordChanged,
        network: Some(stranger.network),
    };
    timeline::note(service, &mut tx, changed).await?;
    for device in devices_with_sessions(&mut tx, known.id).await? {
        let whose = (known.id, device);
        // Whoever reads the mailbox gets no new shares by it.
        end_device(service, &mut tx, whose, GivesBack::Nothing).await?;
    }
    match shown {
        Some(shown) => {
            let whose = (known.id, stranger.device);
            shown.spend(service, &mut tx, whose).await?;
        }
        None => hold::begin(service, &mut tx, (&known, HeldBy::Reset)).await?,
    }
    let subject = (Kind::PasswordReset, known.id.0);
    post(&mut tx, random::bytes()?, subject, now).await?;
    tx.commit().await?;
    service.bell.notify_one();
    Ok(())
}
