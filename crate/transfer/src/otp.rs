//! Keys of one-time codes, as other programs write them.

use zeroize::Zeroizing;

/// The key as an item keeps it: `otpauth://…` to the letter, base32 in capitals
/// and without blanks; anything else to the letter.
pub(crate) fn normal(text: &str) -> Zeroizing<String> {
    let text = text.trim();
    if text.contains("://") {
        return Zeroizing::new(text.into());
    }
    let letters = text.chars().filter(|c| !matches!(c, ' ' | '-'));
    let bare = Zeroizing::new(letters.collect::<String>().to_ascii_uppercase());
    let digits = bare.trim_end_matches('=');
    if digits
        .bytes()
        .all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7'))
    {
        Zeroizing::new(digits.into())
    } else {
        Zeroizing::new(text.into())
    }
}

/// Settings of one-time codes that stand beside their key.
pub(crate) struct Settings<'a> {
    /// The key, base32.
    pub(crate) secret: &'a str,
    /// Who issued it.
    pub(crate) issuer: &'a str,
    /// Whose it is.
    pub(crate) account: &'a str,
    /// `SHA1`, `SHA256` or `SHA512`, in any case.
    pub(crate) algorithm: &'a str,
    /// How many digits a code has.
    pub(crate) digits: u64,
    /// How many seconds a code lasts.
    pub(crate) period: u64,
}

impl Settings<'_> {
    /// `otpauth://totp/issuer:account?secret=…` (the key URI format of Google Authenticator).
    pub(crate) fn uri(&self) -> Zeroizing<String> {
        let (issuer, account) = (encoded(self.issuer), encoded(self.account));
        let label = match (issuer.is_empty(), account.is_empty()) {
            (false, false) => format!("{issuer}:{account}"),
            _ => format!("{issuer}{account}"),
        };
        let issuer = match issuer.as_str() {
            "" => String::new(),
            issuer => format!("&issuer={issuer}"),
        };
        let algorithm = self.algorithm.to_ascii_uppercase();
        Zeroizing::new(format!(
            "otpauth://totp/{label}?secret={}{issuer}&algorithm={}&digits={}&period={}",
            encoded(self.secret),
            encoded(&algorithm),
            self.digits,
            self.period
        ))
    }
}

/// With `%XX` for what is not unreserved (RFC 3986 §2.3).
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
