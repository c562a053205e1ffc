//! The mailbox is dead: account password, and the second factor or a device of
//! old, then a code to the new address, then seven days.

use sigill_core::account::MailAddress;
use sigill_core::confirmation::code::TextFor;
use sigill_core::confirmation::policy::{Proof, Proofs, SecondFactor};
use sigill_core::confirmation::wait::{By, Lost, Mailbox, needs};
use sigill_core::wire::problem::Code;
use sigill_core::wire::{Seconds, SecretText};

use super::{begin, check, load, open_code, sent_by};
use crate::account::Stranger;
use crate::account::sign_in::{prove_factor, prove_password};
use crate::courier::texts::Texts;
use crate::portal::code::{Wanted, ask};
use crate::portal::trouble::Trouble;
use crate::service::{Service, Shared};
use crate::store::Tx;
use crate::store::portal::PortalRow;
use crate::store::portal_codes::CodeFor;
use crate::store::waits::Brings;
use crate::wait::ask::Asking;
use crate::wait::facts::Facts;

/// The new address, and what proves that the account is the person's.
pub(crate) struct Typed<'a> {
    pub(crate) email: &'a str,
    pub(crate) password: &'a SecretText,
    pub(crate) second_factor: Option<&'a SecretText>,
}

/// Whether the way is open to this session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Open {
    Yes,
    /// It takes an established device, and none sent the person here.
    NeedsDevice,
}

/// Whether it is, before anything is typed.
pub(crate) async fn is_open(service: &Service, session: &PortalRow) -> Result<Open, Trouble> {
    let mut tx = service.store.begin(session.account).await?;
    let facts = load(&mut tx, session.account).await?;
    let (_, by) = needs(Lost::Address, facts.standing()).ok_or(Code::AccountNotLinked)?;
    let sender = (session.account, session.waiting);
    let device = sent_by(service, &mut tx, sender).await?;
    Ok(match (by, device) {
        (By::EstablishedDevice, None) => Open::NeedsDevice,
        (By::EstablishedDevice, Some(_)) | (By::Anyone, _) => Open::Yes,
    })
}

/// Mails a code to the new address, once everything else was right.
pub(crate) async fn ask_code(
    service: &Shared,
    (session, stranger): (&PortalRow, Stranger),
    (texts, typed): (Texts, Typed<'_>),
) -> Result<(), Trouble> {
    let new = MailAddress::parse(typed.email).map_err(|_| Code::MalformedEmail)?;
    // Whoever is signed in is no stranger: strangers use up nothing of the session's.
    let stranger = Stranger {
        device: session.device,
        ..stranger
    };
    let mut tx = service.store.begin(session.account).await?;
    let facts = load(&mut tx, session.account).await?;
    let asking = asking(service, &mut tx, (session, stranger), (&facts, &new)).await?;
    check(service, &mut tx, (&facts, &asking)).await?;
    drop(tx);
    let own = facts.account.address()?;
    let proved = prove_password(service, stranger, (&own, typed.password)).await?;
    let shown = prove_factor(
        service,
        stranger,
        (&proved, (typed.second_factor, TextFor::LostAddress)),
    )
    .await?;
    let mut tx = service.store.begin(session.account).await?;
    if load(&mut tx, session.account).await?.base() != facts.base() || proved.id != session.account
    {
        return Err(Code::SignInRejected.into());
    }
    if let Some(shown) = shown {
        let whose = (session.account, stranger.device);
        shown.spend(service, &mut tx, whose).await?;
    }
    tx.commit().await?;
    let wanted = Wanted {
        browser: session.cookie,
        purpose: CodeFor::LostAddress,
        network: stranger.network,
        account: Some(session.account),
        base: Some(facts.base()),
        email: &new,
        language: texts.0,
    };
    Ok(ask(service, wanted).await?)
}

/// The row of the code is there because password and factor were right.
async fn asking(
    service: &Service,
    tx: &mut Tx,
    (session, stranger): (&PortalRow, Stranger),
    (facts, new): (&Facts, &MailAddress),
) -> Result<Asking, Trouble> {
    let proofs = match facts.account.second_factor {
        SecondFactor::On => Proofs::PASSWORD.and(Proof::TextMessageCode),
        SecondFactor::Off => Proofs::PASSWORD,
    };
    let sender = (session.account, session.waiting);
    Ok(Asking {
        lost: Lost::Address,
        proofs,
        mailbox: Mailbox::Typed,
        device: sent_by(service, tx, sender).await?,
        brings: Brings::Address(new.as_str().into()),
        network: stranger.network,
    })
}

/// The code was typed: it begins.
pub(crate) async fn confirm(
    service: &Service,
    (session, stranger): (&PortalRow, Stranger),
) -> Result<Seconds, Trouble> {
    let (code, owner) = open_code(service, (session.cookie, CodeFor::LostAddress)).await?;
    let new = MailAddress::parse(&code.email).map_err(|_| Code::MalformedEmail)?;
    // Whoever reads mail there may hear it.
    if service.store.account_of_address(&new).await?.is_some() {
        return Err(Trouble::AddressTaken);
    }
    if owner != session.account {
        return Err(Trouble::NoCode);
    }
    let mut tx = service.store.begin(owner).await?;
    let facts = load(&mut tx, owner).await?;
    let asking = asking(service, &mut tx, (session, stranger), (&facts, &new)).await?;
    begin(service, tx, (&facts, &code), asking).await
}
