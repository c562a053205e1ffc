//! A device sends its person to the portal and waits: a hint says which device,
//! of which account, and where to go. It opens nothing by itself.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sigill_core::encode::Encoder;
use sigill_core::id::Hash;
use sigill_core::wire::Seconds;
use sigill_core::wire::portal::{Hint, Place};
use sigill_core::wire::problem::Code;

use crate::account::Caller;
use crate::failure::Failure;
use crate::random;
use crate::service::Service;
use crate::store::flows::Browser;
use crate::store::portal::{HintRow, PortalRow, insert_hint, set_waiting};
use crate::store::sessions::{DeviceRow, device_in};

/// Seconds that a hint lives.
const LIFETIME: Seconds = 600;

fn id_of(token: &[u8]) -> [u8; 32] {
    let Hash(hash) = Hash::of(&Encoder::new("sigill/portal-hint/1").bytes(token).finish());
    hash
}

/// The way to the portal, for the device that asks.
pub(crate) async fn ask(service: &Service, caller: &Caller, place: Place) -> Result<Hint, Failure> {
    let token: [u8; 32] = random::bytes()?;
    let expires_at = service.now().saturating_add(LIFETIME);
    let mut tx = service.store.begin(caller.session.account).await?;
    insert_hint(&mut tx, (id_of(&token), &caller.session), place, expires_at).await?;
    tx.commit().await?;
    let token = URL_SAFE_NO_PAD.encode(token);
    Ok(Hint {
        url: format!("{}/portal/hint/{token}", service.config.public_url),
        expires_at,
    })
}

/// A hint, and the device that it names.
pub(crate) struct Waiting {
    pub(crate) hint: HintRow,
    pub(crate) device: DeviceRow,
}

fn id_in(token: &str) -> [u8; 32] {
    id_of(&URL_SAFE_NO_PAD.decode(token).unwrap_or_default())
}

/// What a hint says, to a browser that could open it; nothing is changed.
pub(crate) async fn look(
    service: &Service,
    browser: Browser,
    token: &str,
) -> Result<Waiting, Failure> {
    let absent = || Failure::from(Code::NotFound);
    let key = (id_in(token), browser);
    let hint = service.store.hint(key, service.now()).await?;
    let hint = hint.ok_or_else(absent)?;
    let mut tx = service.store.begin(hint.account).await?;
    let device = device_in(&mut tx, hint.account, hint.device).await?;
    let device = device.ok_or_else(absent)?;
    Ok(Waiting { hint, device })
}

/// Opens a hint in a browser, the first that does: its device is the one that
/// waits for whoever signs in there, or is signed in.
pub(crate) async fn bind(
    service: &Service,
    (browser, session): (Browser, Option<&PortalRow>),
    token: &str,
) -> Result<HintRow, Failure> {
    let key = (id_in(token), browser);
    let hint = service.store.open_hint(key, service.now()).await?;
    let hint = hint.ok_or_else(|| Failure::from(Code::NotFound))?;
    if let Some(session) = session.filter(|session| session.account == hint.account) {
        let mut tx = service.store.begin(session.account).await?;
        set_waiting(&mut tx, session.session, hint.device).await?;
        tx.commit().await?;
    }
    Ok(hint)
}
