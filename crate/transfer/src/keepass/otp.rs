//! Keys of one-time codes. Three programs, three habits:
//!
//! | strings | written by |
//! |---|---|
//! | `otp`: `otpauth://…`, or `key=…&step=…&size=…` | KeePassXC; KeeOtp |
//! | `TimeOtp-Secret`, `-Hex`, `-Base32`, `-Base64`; `TimeOtp-Length`, `-Period`, `-Algorithm` | KeePass 2.47 and later |
//! | `TOTP Seed`, `TOTP Settings`: `30;6`, or `30;S` for Steam | KeeTrayTOTP; KeePassXC reads them |

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sigill_core::otp::{Key, Secret};
use zeroize::Zeroizing;

use super::strings::Strings;

/// How the codes are made.
struct Settings {
    period: String,
    digits: String,
    algorithm: &'static str,
}

/// Takes the key out of an entry. Empty where there is none.
pub(super) fn take(strings: &mut Strings) -> Zeroizing<String> {
    Key::tidied(&Zeroizing::new(found(strings)))
}

fn found(strings: &mut Strings) -> String {
    let otp = strings.take("otp");
    if !otp.is_empty() {
        return from_query(&otp).unwrap_or(otp);
    }
    let key = time_otp(strings);
    if !key.is_empty() {
        return key;
    }
    let seed = strings.take("TOTP Seed");
    let settings = strings.take("TOTP Settings");
    let (period, digits) = settings.split_once(';').unwrap_or_default();
    match digits.split(';').next().unwrap_or_default() {
        _ if seed.is_empty() => seed,
        "S" => url(&seed, &[("encoder", "steam")]),
        digits => Settings::new(period, digits, "").with(&seed),
    }
}

/// KeeOtp's `key=…&step=…&size=…`.
fn from_query(text: &str) -> Option<String> {
    let value = |name: &str| {
        let mut pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    };
    let key = value("key").filter(|_| !text.contains("://"))?;
    let key = key.replace("%3d", "=").replace("%3D", "=");
    let settings = Settings::new(
        value("step").unwrap_or_default(),
        value("size").unwrap_or_default(),
        value("otpHashMode").unwrap_or_default(),
    );
    Some(settings.with(&key))
}

fn time_otp(strings: &mut Strings) -> String {
    let Some(key) = secret(strings) else {
        return String::new();
    };
    let period = strings.take("TimeOtp-Period");
    let digits = strings.take("TimeOtp-Length");
    Settings::new(&period, &digits, &strings.take("TimeOtp-Algorithm")).with(&key)
}

/// Reads the bytes of a secret.
type Spelling = fn(&str) -> Option<Vec<u8>>;

/// The secret in base32, from the first of the four spellings that can be read.
fn secret(strings: &mut Strings) -> Option<String> {
    if strings.find("TimeOtp-Secret-Base32").is_some() {
        return Some(strings.take("TimeOtp-Secret-Base32"));
    }
    let spellings: [(&str, Spelling); 3] = [
        ("TimeOtp-Secret", |text| Some(text.as_bytes().to_vec())),
        ("TimeOtp-Secret-Hex", from_hex),
        ("TimeOtp-Secret-Base64", |text| {
            STANDARD.decode(text.trim()).ok()
        }),
    ];
    for (key, read) in spellings {
        if let Some(bytes) = strings.find(key).and_then(read) {
            strings.take(key);
            let secret = Secret::from_bytes(Zeroizing::new(bytes)).ok()?;
            return Some(secret.text().as_str().into());
        }
    }
    None
}

impl Settings {
    fn new(period: &str, digits: &str, algorithm: &str) -> Self {
        let number = |text: &str, usual: &str| {
            match text.trim() {
                text if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => text,
                _ => usual,
            }
            .to_owned()
        };
        let algorithm = match algorithm.to_ascii_uppercase().replace("HMAC-", "").as_str() {
            "SHA-256" | "SHA256" => "SHA256",
            "SHA-512" | "SHA512" => "SHA512",
            _ => "SHA1",
        };
        Self {
            period: number(period, "30"),
            digits: number(digits, "6"),
            algorithm,
        }
    }

    fn with(&self, key: &str) -> String {
        if (self.period.as_str(), self.digits.as_str(), self.algorithm) == ("30", "6", "SHA1") {
            return key.to_owned();
        }
        let further = [
            ("period", self.period.as_str()),
            ("digits", &self.digits),
            ("algorithm", self.algorithm),
        ];
        url(key, &further)
    }
}

fn url(key: &str, further: &[(&str, &str)]) -> String {
    let key: String = key.split([' ', '-', '=']).collect();
    let mut url = ["otpauth://totp/?secret=", &key].concat();
    for (name, value) in further {
        url.extend(["&", name, "=", value]);
    }
    url
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    let (pairs, rest) = digits.as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    let bytes = pairs.iter().map(byte).collect::<Option<Vec<_>>>();
    bytes.filter(|bytes| rest.is_empty() && !bytes.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeotp_wrote_is_read() {
        assert_eq!(
            from_query("key=JBSWY3DP&step=30&size=6").as_deref(),
            Some("JBSWY3DP")
        );
        assert_eq!(
            from_query("key=JBSWY3DP%3d&step=60&size=8&otpHashMode=Sha256").as_deref(),
            Some("otpauth://totp/?secret=JBSWY3DP&period=60&digits=8&algorithm=SHA256")
        );
        assert_eq!(from_query("otpauth://totp/a?secret=b&key=c"), None);
    }
}
