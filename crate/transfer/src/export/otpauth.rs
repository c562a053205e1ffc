//! The key of one-time codes, taken apart (the key URI format of Google Authenticator).

use crate::otp::Settings;

/// Takes `otpauth://totp/…` or bare base32 apart; nothing where it says more
/// than codes by the clock, or is neither.
pub(super) fn parse(text: &str) -> Option<Settings<'_>> {
    let mut key = Settings {
        secret: text,
        issuer: "",
        account: "",
        algorithm: "sha1",
        digits: 6,
        period: 30,
    };
    if let Some(rest) = text.strip_prefix("otpauth://totp/") {
        let (label, query) = rest.split_once('?')?;
        key.secret = "";
        key.account = label.rsplit([':', '/']).next().unwrap_or(label);
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            match name {
                "secret" => key.secret = value,
                "issuer" => key.issuer = value,
                "algorithm" => key.algorithm = algorithm(value)?,
                "digits" => key.digits = value.parse().ok()?,
                "period" => key.period = value.parse().ok()?,
                _ => return None,
            }
        }
    }
    let is_base32 = |byte: u8| matches!(byte, b'A'..=b'Z' | b'2'..=b'7');
    let is_plain = [key.issuer, key.account]
        .iter()
        .all(|text| !text.contains('%'));
    let is_one = !key.secret.is_empty() && key.secret.bytes().all(is_base32) && is_plain;
    is_one.then_some(key)
}

fn algorithm(name: &str) -> Option<&'static str> {
    match name.to_ascii_uppercase().as_str() {
        "SHA1" => Some("sha1"),
        "SHA256" => Some("sha256"),
        "SHA512" => Some("sha512"),
        _ => None,
    }
}
