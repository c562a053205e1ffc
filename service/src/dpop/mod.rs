//! Who speaks: DPoP (RFC 9449), with keys that never leave their devices.
//!
//! | module | one idea |
//! |---|---|
//! | [`proof`] | the signed claim that goes with every request |
//! | [`nonce`] | the service's sealed time, which makes a proof fresh |
//! | [`token`] | access and refresh tokens, bound to a session and its device |

pub(crate) mod nonce;
pub(crate) mod proof;
pub(crate) mod token;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// HMAC-SHA-256 (RFC 2104).
pub(crate) fn mac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    // A key of 32 bytes is always taken.
    Hmac::<Sha256>::new_from_slice(key).map_or([0; 32], |mac| {
        mac.chain_update(message).finalize().into_bytes().into()
    })
}
