//! What a site gets signed of the page that asked.

use alloc::string::String;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::RelyingParty;

/// What is done with a passkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It is made.
    Create,
    /// It signs in.
    Get,
}

impl Act {
    const fn kind(self) -> &'static str {
        match self {
            Self::Create => "webauthn.create",
            Self::Get => "webauthn.get",
        }
    }
}

/// `clientDataJSON` (`WebAuthn` Level 3, section 5.8.1.1):
///
/// ```text
/// {"type":kind,"challenge":base64url(challenge),"origin":origin,"crossOrigin":false}
/// ```
///
/// The origin is the one that was checked. None of the three texts holds a sign that
/// JSON escapes. A frame of another origin is not answered, so it is never crossed.
#[must_use]
pub fn client_data(act: Act, challenge: &[u8], party: &RelyingParty) -> String {
    [
        r#"{"type":""#,
        act.kind(),
        r#"","challenge":""#,
        &URL_SAFE_NO_PAD.encode(challenge),
        r#"","origin":""#,
        party.origin(),
        r#"","crossOrigin":false}"#,
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passkeys::Origin;
    use crate::site::Suffixes;

    #[test]
    fn client_data_is_the_standards_serialization() {
        let origin = Origin::parse("https://login.example.com:8443").unwrap();
        let suffixes = Suffixes::parse("# list, 1 rules\ncom\n".into()).unwrap();
        let party = RelyingParty::of(&origin, Some("example.com"), &suffixes).unwrap();
        assert_eq!(
            client_data(Act::Get, &[0xfb, 0xff, 0x00], &party),
            r#"{"type":"webauthn.get","challenge":"-_8A","origin":"https://login.example.com:8443","crossOrigin":false}"#
        );
        assert!(client_data(Act::Create, &[], &party).starts_with(r#"{"type":"webauthn.create","#));
    }
}
