//! Passkeys, as KeePassXC writes them into strings, and Strongbox before it.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use sigill_core::vault::item::Passkey;
use zeroize::Zeroizing;

use super::marks::PasskeyMarks;
use super::strings::Strings;

/// Names of strings.
pub(super) const USERNAME: &str = "KPEX_PASSKEY_USERNAME";
pub(super) const CREDENTIAL: &str = "KPEX_PASSKEY_CREDENTIAL_ID";
pub(super) const PRIVATE_KEY: &str = "KPEX_PASSKEY_PRIVATE_KEY_PEM";
pub(super) const RP: &str = "KPEX_PASSKEY_RELYING_PARTY";
pub(super) const USER_HANDLE: &str = "KPEX_PASSKEY_USER_HANDLE";
/// Older names, by Strongbox and by early KeePassXC.
const OLD_CREDENTIAL: &str = "KPEX_PASSKEY_GENERATED_USER_ID";
const OLD_USERNAME: &str = "KPXC_PASSKEY_USERNAME";
/// Whether it may be and is backed up: what a passkey in a vault always is.
const FLAGS: [&str; 2] = ["KPEX_PASSKEY_FLAG_BE", "KPEX_PASSKEY_FLAG_BS"];

const PEM_START: &str = "-----BEGIN PRIVATE KEY-----";
const PEM_END: &str = "-----END PRIVATE KEY-----";

/// Takes the passkey out of an entry; what can't be read stays as it is.
pub(super) fn take(
    strings: &mut Strings,
    marks: Option<&PasskeyMarks>,
    created_at: u64,
) -> Option<Passkey> {
    let found = |strings: &Strings, key: &str| strings.find(key).map(str::to_owned);
    let private_key = from_pem(strings.find(PRIVATE_KEY)?)?;
    let credential = found(strings, CREDENTIAL).or_else(|| found(strings, OLD_CREDENTIAL))?;
    let user_name = found(strings, USERNAME).or_else(|| found(strings, OLD_USERNAME));
    let passkey = Passkey {
        credential: from_base64(&credential)?,
        rp: found(strings, RP).unwrap_or_default(),
        user_handle: from_base64(strings.find(USER_HANDLE).unwrap_or_default())?,
        user_name: user_name.unwrap_or_default(),
        display_name: marks.map_or_else(String::new, |marks| marks.display_name.clone()),
        private_key,
        counter: marks.map_or(0, |marks| marks.counter),
        created_at: marks.map_or(created_at, |marks| marks.created_at),
    };
    let names = [USERNAME, CREDENTIAL, PRIVATE_KEY, RP, USER_HANDLE];
    for name in names
        .iter()
        .chain(&FLAGS)
        .chain(&[OLD_CREDENTIAL, OLD_USERNAME])
    {
        strings.take(name);
    }
    Some(passkey)
}

/// base64url, or base64 of those who did not know better, padded or not.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    let plain = text.trim_ascii().trim_end_matches('=');
    let plain = plain.replace('+', "-").replace('/', "_");
    URL_SAFE_NO_PAD.decode(plain).ok()
}

/// RFC 7468 §10.
fn from_pem(text: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.split_once(PEM_START)?;
    let (body, _) = rest.split_once(PEM_END)?;
    let body: Zeroizing<String> = Zeroizing::new(body.split_ascii_whitespace().collect());
    STANDARD.decode(body.as_str()).ok()
}

/// RFC 7468 §2: lines of 64.
pub(super) fn to_pem(key: &[u8]) -> String {
    let body = Zeroizing::new(STANDARD.encode(key));
    let mut pem = String::from(PEM_START);
    for (at, letter) in body.chars().enumerate() {
        if at % 64 == 0 {
            pem.push('\n');
        }
        pem.push(letter);
    }
    pem + "\n" + PEM_END
}
