//! Passkeys, as KeePassXC writes them into strings, and Strongbox before it.

use sigill_core::vault::item::Passkey;

use super::marks::PasskeyMarks;
use super::strings::Strings;
use crate::bytes::{base64, from_pem};

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

/// Takes the passkey out of an entry; what can't be read stays as it is.
pub(super) fn take(
    strings: &mut Strings,
    marks: Option<&PasskeyMarks>,
    created_at: u64,
) -> Option<Passkey> {
    let found = |strings: &Strings, key: &str| strings.find(key).map(str::to_owned);
    let private_key = from_pem(strings.find(PRIVATE_KEY)?)?.to_vec();
    let credential = found(strings, CREDENTIAL).or_else(|| found(strings, OLD_CREDENTIAL))?;
    let user_name = found(strings, USERNAME).or_else(|| found(strings, OLD_USERNAME));
    let passkey = Passkey {
        credential: base64(&credential)?,
        rp: found(strings, RP).unwrap_or_default(),
        user_handle: base64(strings.find(USER_HANDLE).unwrap_or_default())?,
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
