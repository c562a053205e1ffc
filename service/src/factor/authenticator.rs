//! Authenticators (RFC 6238: SHA-1, six digits, 30 seconds, as every program
//! for them takes). The secret rests sealed.
//!
//! ```text
//! stored = base64url(nonce ‖ AES-256-GCM(factor key, nonce, secret, aad = encode("sigill/authenticator/1", account)))
//! ```

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sigill_core::confirmation::factor::{AuthenticatorCode, Step, candidates};
use sigill_core::encode::Encoder;
use sigill_core::id::AccountId;
use sigill_core::vault::primitive::{open, seal};
use sigill_core::wire::{Seconds, SecretText};
use subtle::ConstantTimeEq;
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::random;
use crate::secrets::Key;
use crate::store::StoreError;

/// Bytes of a secret: as many as SHA-1 gives (RFC 4226 §4).
const SECRET: usize = 20;

/// What an authenticator's program is told about.
pub(crate) struct NewAuthenticator {
    /// To be stored.
    pub(crate) sealed: String,
    /// To be shown, once.
    pub(crate) otpauth: SecretText,
}

fn about(account: AccountId) -> Vec<u8> {
    let encoder = Encoder::new("sigill/authenticator/1");
    account.encode(encoder).finish()
}

/// Draws a secret for the account with this address.
pub(crate) fn draw(
    key: &Key,
    (account, email): (AccountId, &str),
) -> Result<NewAuthenticator, Failure> {
    let secret: Zeroizing<[u8; SECRET]> = Zeroizing::new(random::bytes()?);
    let nonce: [u8; 12] = random::bytes()?;
    let sealed = seal(key, &nonce, &about(account), secret.as_slice());
    let totp = Builder::new()
        .with_secret(*secret)
        .with_account_name(email)
        .with_issuer(Some("Sigill"))
        .build_noncompliant();
    let otpauth = totp.to_url().map_err(|error| Failure::internal(&error))?;
    Ok(NewAuthenticator {
        sealed: URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()),
        otpauth: SecretText::new(otpauth),
    })
}

fn totp(key: &Key, account: AccountId, sealed: &str) -> Result<Totp, StoreError> {
    let damaged = || StoreError::Damaged { column: "value" };
    let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| damaged())?;
    let (nonce, sealed) = bytes.split_first_chunk::<12>().ok_or_else(damaged)?;
    let secret = open(key, nonce, &about(account), sealed).map_err(|_| damaged())?;
    Ok(Builder::new()
        .with_secret(secret.as_slice())
        .build_noncompliant())
}

/// The time step whose code was typed, where it counts and was not used.
pub(crate) fn step(
    key: &Key,
    (account, sealed, used): (AccountId, &str, Step),
    (typed, now): (&AuthenticatorCode, Seconds),
) -> Result<Option<Step>, Failure> {
    let totp = totp(key, account, sealed)?;
    let mut found = None;
    for step in candidates(now, Some(used)) {
        let code = Zeroizing::new(totp.generate(step.begins_at()).to_string());
        if bool::from(code.as_bytes().ct_eq(typed.as_bytes())) {
            found = Some(step);
        }
    }
    Ok(found)
}
