//! No second factor at hand: account password and mailed code, then seven days,
//! then it is off.

use sigill_core::account::MailAddress;
use sigill_core::confirmation::policy::{Proof, Proofs};
use sigill_core::confirmation::wait::{Lost, Mailbox};
use sigill_core::id::AccountId;
use sigill_core::wire::problem::Code;
use sigill_core::wire::{Seconds, SecretText};

use super::{begin, check, load, open_code, sent_by};
use crate::account::Stranger;
use crate::account::sign_in::prove_password;
use crate::courier::texts::Texts;
use crate::portal::code::{Wanted, ask};
use crate::portal::trouble::Trouble;
use crate::service::Service;
use crate::store::Tx;
use crate::store::flows::Browser;
use crate::store::portal::hint_of;
use crate::store::portal_codes::CodeFor;
use crate::store::waits::Brings;
use crate::wait::ask::Asking;

/// Address and account password.
pub(crate) struct Typed<'a> {
    pub(crate) email: &'a str,
    pub(crate) password: &'a SecretText,
}

/// Mails a code, once the password was right.
pub(crate) async fn ask_code(
    service: &Service,
    (stranger, browser): (Stranger, Browser),
    (texts, typed): (Texts, Typed<'_>),
) -> Result<(), Trouble> {
    let email = MailAddress::parse(typed.email).map_err(|_| Code::MalformedEmail)?;
    let proved = prove_password(service, stranger, (&email, typed.password)).await?;
    let mut tx = service.store.begin(proved.id).await?;
    let facts = load(&mut tx, proved.id).await?;
    if facts.account.password != proved.password {
        return Err(Code::SignInRejected.into());
    }
    let asking = asking(service, &mut tx, (proved.id, stranger, browser)).await?;
    check(service, &mut tx, (&facts, &asking)).await?;
    drop(tx);
    let email = facts.account.address()?;
    let wanted = Wanted {
        browser,
        purpose: CodeFor::LostFactor,
        network: stranger.network,
        account: Some(proved.id),
        base: Some(facts.base()),
        email: &email,
        language: texts.0,
    };
    Ok(ask(service, wanted).await?)
}

async fn asking(
    service: &Service,
    tx: &mut Tx,
    (account, stranger, browser): (AccountId, Stranger, Browser),
) -> Result<Asking, Trouble> {
    let hint = hint_of(tx, browser, service.now()).await?;
    let hint = hint.filter(|hint| hint.account == account);
    let sender = (account, hint.map(|hint| hint.device));
    Ok(Asking {
        lost: Lost::Factor,
        proofs: Proofs::PASSWORD.and(Proof::EmailCode),
        mailbox: Mailbox::Known,
        device: sent_by(service, tx, sender).await?,
        brings: Brings::Nothing,
        network: stranger.network,
    })
}

/// The code was typed: it begins.
pub(crate) async fn confirm(
    service: &Service,
    (stranger, browser): (Stranger, Browser),
) -> Result<Seconds, Trouble> {
    let (code, owner) = open_code(service, (browser, CodeFor::LostFactor)).await?;
    let mut tx = service.store.begin(owner).await?;
    let facts = load(&mut tx, owner).await?;
    let asking = asking(service, &mut tx, (owner, stranger, browser)).await?;
    begin(service, tx, (&facts, &code), asking).await
}
