//! A device is signed in by a provider.
//!
//! ```text
//! device   POST /v1/sign-ins → a tab is opened at `url`
//! person   compares the four words, signs in at the provider, comes back
//! device   POST /v1/sign-ins/{id}/session, until it is signed in
//! ```
//! The session is granted to the device's key, whoever holds the tab. That the
//! tab belongs to the device's person, only the person can tell: by the words.

use sigill_core::account::DeviceName;
use sigill_core::id::{AccountId, DeviceId, OperationId};
use sigill_core::wire::Seconds;
use sigill_core::wire::portal::{BeginSignIn, SignInBegun, SignInProgress, sign_in_words};
use sigill_core::wire::problem::Code;

use super::Stranger;
use super::session::{begin_session, session};
use crate::courier::texts::Texts;
use crate::dpop::token::REFRESH_LIFETIME;
use crate::failure::Failure;
use crate::limits::Shares;
use crate::random;
use crate::service::Service;
use crate::store::Tx;
use crate::store::flows::{SignInRow, grant_sign_in, insert_sign_in, sign_in_waiting};
use crate::store::limits::Counted;
use crate::store::sessions::{SessionRow, session as stored};

/// Seconds that a sign-in waits for its person.
const LIFETIME: Seconds = 600;

/// A device wants to be signed in by a provider.
pub(crate) async fn begin(
    service: &Service,
    stranger: Stranger,
    request: BeginSignIn,
) -> Result<SignInBegun, Failure> {
    let name = DeviceName::parse(&request.device_name)
        .map_err(|_| Failure::from(Code::MalformedDeviceName))?;
    if service.providers.named(&request.provider).is_none() {
        return Err(Code::NotFound.into());
    }
    let new = SignInRow {
        id: random::bytes()?,
        device: stranger.device,
        device_name: name.as_str().into(),
        language: request.language,
        provider: request.provider,
        network: stranger.network,
        until: service.now().saturating_add(LIFETIME),
        granted: None,
    };
    let mut tx = service.store.begin_writing().await?;
    if let Counted::Over { wait } = count(service, &mut tx, stranger).await? {
        tx.commit().await?;
        return Err(Failure::wait(Code::TooManyRequests, wait));
    }
    insert_sign_in(&mut tx, &new).await?;
    tx.commit().await?;
    let id = OperationId(new.id);
    let lang = Texts(new.language).tag();
    Ok(SignInBegun {
        sign_in: id,
        url: format!(
            "{}/portal/device/{id}?lang={lang}",
            service.config.public_url
        ),
        words: sign_in_words(id, new.device).to_strings(),
        expires_at: new.until,
    })
}

/// By device and network: no account is known yet.
async fn count(service: &Service, tx: &mut Tx, stranger: Stranger) -> Result<Counted, Failure> {
    let shares = Shares {
        device: service.device_share(stranger.device),
        account: [0; 32],
        network: stranger.network,
    };
    let deed = &service.config.limits.provider_sign_in;
    Ok(deed.count(tx, &shares, service.now()).await?)
}

/// Signs the device in to `account`, inside the transaction that found it.
pub(crate) async fn grant(
    service: &Service,
    tx: &mut Tx,
    (waiting, account): (&SignInRow, AccountId),
) -> Result<(), Failure> {
    let now = service.now();
    let begins = SessionRow {
        id: random::bytes()?,
        account,
        device: waiting.device,
        serial: 1,
        refresh_until: now.saturating_add(REFRESH_LIFETIME),
    };
    if grant_sign_in(tx, waiting.id, (account, begins.id), now).await? == 0 {
        return Err(Code::NotFound.into());
    }
    begin_session(service, tx, (&begins, &waiting.device_name), None).await
}

/// How far the device's sign-in is. An answer that was lost can be had again,
/// until its token was used.
pub(crate) async fn progress(
    service: &Service,
    device: DeviceId,
    id: OperationId,
) -> Result<SignInProgress, Failure> {
    let absent = || Failure::from(Code::NotFound);
    let OperationId(name) = id;
    let waiting = sign_in_waiting(&service.store, name, service.now()).await?;
    let waiting = waiting
        .filter(|row| row.device == device)
        .ok_or_else(absent)?;
    let Some((_, granted)) = waiting.granted else {
        return Ok(SignInProgress::Waiting);
    };
    let row = stored(&service.store, granted).await?;
    let row = row.filter(|row| row.serial == 1).ok_or_else(absent)?;
    Ok(SignInProgress::SignedIn {
        session: session(service, &row),
    })
}
