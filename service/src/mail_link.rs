//! What a link in a mail carries: a name, and the proof that we wrote it.
//!
//! ```text
//! token = base64url(name ‖ HMAC-SHA-256(token key, what the link says))
//! ```

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sigill_core::encode::Encoder;
use subtle::ConstantTimeEq;

use crate::dpop::mac;
use crate::service::Service;

/// A token that somebody came with.
pub(crate) struct Token {
    /// What it names.
    pub(crate) name: [u8; 16],
    tag: Vec<u8>,
}

/// The token that names `name` and says `says`, which has a label of its own.
pub(crate) fn write(service: &Service, (name, says): ([u8; 16], Encoder)) -> String {
    URL_SAFE_NO_PAD.encode([name.as_slice(), &tag(service, says)].concat())
}

/// Reads one; whether it is ours only [`Token::says`] tells.
pub(crate) fn read(token: &str) -> Option<Token> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (name, tag) = bytes.split_first_chunk::<16>()?;
    Some(Token {
        name: *name,
        tag: tag.to_vec(),
    })
}

impl Token {
    /// Whether we wrote it, to say `says`.
    pub(crate) fn says(&self, service: &Service, says: Encoder) -> bool {
        bool::from(tag(service, says).as_slice().ct_eq(&self.tag))
    }
}

fn tag(service: &Service, says: Encoder) -> [u8; 32] {
    mac(&service.secrets.token, &says.finish())
}
