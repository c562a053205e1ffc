//! A portal session is a device of its own, for 15 minutes after its last use.

use sigill_core::account::MailAddress;
use sigill_core::confirmation::code::TextFor;
use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::portal::Place;
use sigill_core::wire::problem::Code;
use sigill_core::wire::{Seconds, SecretText};

use super::browser::Cookie;
use super::trouble::Trouble;
use crate::account::Stranger;
use crate::account::session::{GivesBack, begin_session, end_device};
use crate::account::sign_in::{prove_factor, prove_password, still_stands};
use crate::courier::texts::Texts;
use crate::failure::Failure;
use crate::random;
use crate::service::{Service, Shared};
use crate::store::Tx;
use crate::store::accounts::set_language;
use crate::store::flows::Browser;
use crate::store::portal::{
    HintRow, PortalRow, SignedInBy, has_lapsed, hint_of, insert_portal_session, spend_hints,
};
use crate::store::sessions::SessionRow;

/// Seconds after its last use.
pub(crate) const LIFETIME: Seconds = 900;
/// Seconds for which a proof of who it is counts as fresh.
pub(crate) const FRESH: Seconds = 300;

/// A session that began: its cookie, and where its person wanted to go.
pub(crate) struct Begun {
    pub(crate) cookie: Cookie,
    pub(crate) place: Place,
}

/// Who is to be signed in.
pub(crate) struct Newcomer {
    pub(crate) account: AccountId,
    pub(crate) by: SignedInBy,
    /// When they proved who they are.
    pub(crate) proved_at: Seconds,
}

/// Whether no device waits for another account than this one.
fn check_hint(hint: Option<&HintRow>, account: AccountId) -> Result<(), Trouble> {
    match hint {
        Some(hint) if hint.account != account => Err(Trouble::OtherAccount),
        Some(_) | None => Ok(()),
    }
}

/// Begins a session in the place of whatever `browser` had, under a cookie of its own.
pub(crate) async fn begin(
    service: &Service,
    tx: &mut Tx,
    (browser, texts): (Browser, Texts),
    newcomer: Newcomer,
) -> Result<Begun, Trouble> {
    let now = service.now();
    let hint = hint_of(tx, browser, now).await?;
    check_hint(hint.as_ref(), newcomer.account)?;
    let cookie = Cookie::draw()?;
    let until = now.saturating_add(LIFETIME);
    let session = SessionRow {
        id: random::bytes()?,
        account: newcomer.account,
        device: DeviceId(random::bytes()?),
        serial: 0,
        refresh_until: until,
    };
    let name = texts.text("portal_device", &[]);
    begin_session(service, tx, (&session, &name), None).await?;
    let row = PortalRow {
        cookie: cookie.browser(),
        session: session.id,
        account: session.account,
        device: session.device,
        by: newcomer.by,
        proved_at: newcomer.proved_at,
        waiting: hint.as_ref().map(|hint| hint.device),
        until,
    };
    insert_portal_session(tx, &row).await?;
    spend_hints(tx, browser).await?;
    Ok(Begun {
        cookie,
        place: hint.map_or(Place::Account, |hint| hint.place),
    })
}

/// What somebody typed to sign in.
pub(crate) struct Typed<'a> {
    pub(crate) email: &'a str,
    pub(crate) password: &'a SecretText,
    /// Where the account has one.
    pub(crate) second_factor: Option<&'a SecretText>,
}

/// Signs in by address and account password, and second factor.
pub(crate) async fn sign_in(
    service: &Shared,
    (stranger, browser): (Stranger, Browser),
    texts: Texts,
    typed: Typed<'_>,
) -> Result<Begun, Trouble> {
    let email = MailAddress::parse(typed.email).map_err(|_| Code::MalformedEmail)?;
    let account = prove_password(service, stranger, (&email, typed.password)).await?;
    let shown = prove_factor(
        service,
        stranger,
        (&account, (typed.second_factor, TextFor::SignIn)),
    )
    .await?;
    let mut tx = service.store.begin(account.id).await?;
    still_stands(&mut tx, &account).await?;
    if let Some(shown) = shown {
        let whose = (account.id, stranger.device);
        shown.spend(service, &mut tx, whose).await?;
    }
    set_language(&mut tx, account.id, texts.0).await?;
    let newcomer = Newcomer {
        account: account.id,
        by: SignedInBy::Password,
        proved_at: service.now(),
    };
    let begun = begin(service, &mut tx, (browser, texts), newcomer).await?;
    tx.commit().await?;
    Ok(begun)
}

/// Ends the visits whose time is over, as a device that leaves.
///
/// # Errors
/// Where the database does not answer.
pub(crate) async fn end_lapsed(service: &Service) -> Result<(), Failure> {
    let now = service.now();
    for (account, device) in service.store.lapsed_visits(now).await? {
        let mut tx = service.store.begin(account).await?;
        // Unless it was used meanwhile.
        if has_lapsed(&mut tx, device, now).await? {
            let whose = (account, device);
            end_device(service, &mut tx, whose, GivesBack::Unmailed).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}
