//! A forgotten account password where the account has a second factor and none is
//! at hand: the mailed code of every forgotten password, then seven days. The
//! second factor stays: it is asked for at the next sign-in.

use sigill_core::account::{AccountPassword, MailAddress};
use sigill_core::confirmation::policy::Proofs;
use sigill_core::confirmation::wait::{Lost, Mailbox};
use sigill_core::wire::Seconds;
use sigill_core::wire::problem::Code;

use super::{begin, load, open_code};
use crate::account::Stranger;
use crate::portal::trouble::Trouble;
use crate::service::Service;
use crate::store::flows::Browser;
use crate::store::portal_codes::CodeFor;
use crate::store::waits::Brings;
use crate::wait::ask::Asking;

/// The code was typed, and a password chosen: it begins.
pub(crate) async fn confirm(
    service: &Service,
    (stranger, browser): (Stranger, Browser),
    password: AccountPassword,
) -> Result<Seconds, Trouble> {
    let (code, owner) = open_code(service, (browser, CodeFor::Forgotten)).await?;
    let email = MailAddress::parse(&code.email).map_err(|_| Code::MalformedEmail)?;
    let hash = service.hashing.hash(password).await?;
    let mut tx = service.store.begin(owner).await?;
    let facts = load(&mut tx, owner).await?;
    // The code went to the address that the account had then.
    if facts.account.address()? != email {
        return Err(Trouble::NoCode);
    }
    let asking = Asking {
        lost: Lost::Password,
        proofs: Proofs::CODE,
        mailbox: Mailbox::Known,
        device: None,
        brings: Brings::Password(hash),
        network: stranger.network,
    };
    begin(service, tx, (&facts, &code), asking).await
}
