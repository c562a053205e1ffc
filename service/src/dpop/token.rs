//! Tokens, made from the session's row and a key outside the database: nothing
//! that is stored opens a session.
//!
//! ```text
//! refresh token = base64url(session ‖ serial ‖ MAC("sigill/refresh/1", session, account, device, serial))
//! access token  = base64url(session ‖ until  ‖ MAC("sigill/access/1",  session, account, device, until))
//! MAC(label, …) = HMAC-SHA-256(token key, encode(label, …))
//! ```
//! The successor of a refresh token is the same however often it is asked for.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

use sigill_core::encode::Encoder;
use sigill_core::wire::{Seconds, SecretText};

use super::mac;
use crate::secrets::Key;
use crate::store::sessions::{SessionId, SessionRow};

/// Seconds that an access token lives.
pub(crate) const ACCESS_LIFETIME: Seconds = 600;
/// Seconds that a refresh token lives.
pub(crate) const REFRESH_LIFETIME: Seconds = 30 * 24 * 3_600;

/// Which token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Access,
    Refresh,
}

/// What a token says before its session is looked up.
pub(crate) struct Presented {
    pub(crate) session: SessionId,
    /// `until` of an access token, `serial` of a refresh token.
    pub(crate) number: u64,
    tag: [u8; 32],
}

fn tag(key: &Key, session: &SessionRow, (of, number): (Use, u64)) -> [u8; 32] {
    let label = match of {
        Use::Access => "sigill/access/1",
        Use::Refresh => "sigill/refresh/1",
    };
    let encoder = session
        .account
        .encode(Encoder::new(label).bytes(&session.id));
    let encoder = session.device.encode(encoder).integer(number);
    mac(key, &encoder.finish())
}

/// Makes a token.
pub(crate) fn make(key: &Key, session: &SessionRow, (of, number): (Use, u64)) -> SecretText {
    let tag = tag(key, session, (of, number));
    let bytes = [session.id.as_slice(), &number.to_be_bytes(), &tag].concat();
    SecretText::new(URL_SAFE_NO_PAD.encode(bytes))
}

/// Reads a token; nothing is believed yet.
pub(crate) fn parse(token: &str) -> Option<Presented> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (session, rest) = bytes.split_first_chunk::<16>()?;
    let (number, rest) = rest.split_first_chunk::<8>()?;
    Some(Presented {
        session: *session,
        number: u64::from_be_bytes(*number),
        tag: rest.try_into().ok()?,
    })
}

impl Presented {
    /// Whether it was made for `session`, in constant time.
    pub(crate) fn is_of(&self, key: &Key, session: &SessionRow, of: Use) -> bool {
        tag(key, session, (of, self.number)).ct_eq(&self.tag).into()
    }
}
