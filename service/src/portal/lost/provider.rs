//! The provider's account is gone, and with it the only way in: an established device
//! that is still signed in sends its person here, a code goes to the address that
//! the provider told, and after seven days there is an account password. Where it
//! told none there is no such way: any other address proves nothing.

use sigill_core::account::{AccountPassword, MailAddress};
use sigill_core::confirmation::policy::{Connection, Proofs};
use sigill_core::confirmation::wait::{Lost, Mailbox};
use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::Seconds;
use sigill_core::wire::problem::Code;

use super::{begin, check, load, open_code, sent_by};
use crate::account::Stranger;
use crate::courier::texts::Texts;
use crate::portal::account::note_agreement;
use crate::portal::code::{Wanted, ask};
use crate::portal::link::{Agreed, agreed};
use crate::portal::trouble::Trouble;
use crate::service::Service;
use crate::store::flows::Browser;
use crate::store::identities::identities_of;
use crate::store::portal::hint_of;
use crate::store::portal_codes::CodeFor;
use crate::store::waits::Brings;
use crate::wait::ask::Asking;

/// Who was sent here.
pub(crate) struct Sent {
    account: AccountId,
    device: DeviceId,
    /// Where the provider says that mail to the person goes.
    pub(crate) told: Option<MailAddress>,
    /// An account that gets a password has given region and terms.
    pub(crate) agreed: Agreed,
}

/// Who it is, where an established device sent this browser and the account has no password.
pub(crate) async fn sent(service: &Service, browser: Browser) -> Result<Sent, Trouble> {
    let mut tx = service.store.begin_writing().await?;
    let hint = hint_of(&mut tx, browser, service.now()).await?;
    drop(tx);
    let hint = hint.ok_or(Trouble::NoEstablishedDevice)?;
    let agreed = agreed(service, hint.account).await?;
    let mut tx = service.store.begin(hint.account).await?;
    let facts = load(&mut tx, hint.account).await?;
    if facts.standing().connection == Connection::Linked {
        return Err(Trouble::HasPassword);
    }
    let sender = (hint.account, Some(hint.device));
    let device = sent_by(service, &mut tx, sender).await?;
    let identities = identities_of(&mut tx, hint.account).await?;
    let mut told = identities.iter().map(|row| MailAddress::parse(&row.email));
    Ok(Sent {
        account: hint.account,
        device: device.ok_or(Trouble::NoEstablishedDevice)?,
        told: told.find_map(Result::ok),
        agreed,
    })
}

/// Mails a code to the address that the provider told, and nowhere else.
pub(crate) async fn ask_code(
    service: &Service,
    (stranger, browser): (Stranger, Browser),
    texts: Texts,
) -> Result<(), Trouble> {
    let sent = sent(service, browser).await?;
    let mut tx = service.store.begin(sent.account).await?;
    let facts = load(&mut tx, sent.account).await?;
    let asking = asking(&sent, stranger, Brings::Nothing);
    check(service, &mut tx, (&facts, &asking)).await?;
    drop(tx);
    let email = sent.told.ok_or(Trouble::NoKnownAddress)?;
    let wanted = Wanted {
        browser,
        purpose: CodeFor::LostProvider,
        network: stranger.network,
        account: Some(sent.account),
        base: Some(facts.base()),
        email: &email,
        language: texts.0,
    };
    Ok(ask(service, wanted).await?)
}

fn asking(sent: &Sent, stranger: Stranger, brings: Brings) -> Asking {
    Asking {
        lost: Lost::Provider,
        proofs: Proofs::CODE,
        mailbox: match sent.told {
            Some(_) => Mailbox::Known,
            None => Mailbox::Typed,
        },
        device: Some(sent.device),
        brings,
        network: stranger.network,
    }
}

/// The code was typed, and a password chosen: it begins.
pub(crate) async fn confirm(
    service: &Service,
    (stranger, browser): (Stranger, Browser),
    (password, region): (AccountPassword, Option<&str>),
) -> Result<Seconds, Trouble> {
    let sent = sent(service, browser).await?;
    let (code, owner) = open_code(service, (browser, CodeFor::LostProvider)).await?;
    let email = MailAddress::parse(&code.email).map_err(|_| Code::MalformedEmail)?;
    // The code went to the address that the provider told then.
    if owner != sent.account || sent.told.as_ref() != Some(&email) {
        return Err(Trouble::NoCode);
    }
    if service.store.account_of_address(&email).await?.is_some() {
        return Err(Trouble::AddressTaken);
    }
    let hash = service.hashing.hash(password).await?;
    let mut tx = service.store.begin(owner).await?;
    let facts = load(&mut tx, owner).await?;
    if sent.agreed != Agreed::ToThese {
        note_agreement(&mut tx, (owner, region), service.now()).await?;
    }
    let brings = Brings::Link {
        email: code.email.clone(),
        password: hash,
    };
    let asking = asking(&sent, stranger, brings);
    begin(service, tx, (&facts, &code), asking).await
}
