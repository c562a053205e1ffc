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
use crate::store::portal::{HintRow, insert_hint};

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

/// Opens a hint in a browser, the first that comes with it.
pub(crate) async fn open(
    service: &Service,
    browser: Browser,
    token: &str,
) -> Result<HintRow, Failure> {
    let token = URL_SAFE_NO_PAD.decode(token).unwrap_or_default();
    let now = service.now();
    let hint = service
        .store
        .open_hint((id_of(&token), browser), now)
        .await?;
    hint.ok_or_else(|| Code::NotFound.into())
}
