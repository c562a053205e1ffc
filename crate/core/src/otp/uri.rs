//! A key as text.
//!
//! ```text
//! otpauth://totp/Issuer:account?secret=…&issuer=…&algorithm=SHA256&digits=8&period=60
//! otpauth://hotp/Issuer:account?secret=…&issuer=…&counter=5
//! otpauth://totp/Steam:account?secret=…&issuer=Steam&encoder=steam      as KeePassXC writes it
//! otpauth://steam/…    steam://SECRET                                    as Aegis and Bitwarden do
//! ```
//! (The key URI format of Google Authenticator.) What goes without saying is
//! not written: SHA-1, six digits, 30 seconds. What is not among these
//! parameters is not kept.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;
use core::ops::RangeInclusive;

use zeroize::Zeroizing;

use super::{Algorithm, Form, Key, Moving, NotAKey, Secret};
use crate::wire::Seconds;

const SCHEME: &str = "otpauth://";
const PERIOD: Seconds = 30;
const DIGITS: u32 = 6;
const STEAM: &str = "Steam";

type Text = Zeroizing<String>;

pub(super) fn parse(text: &str) -> Result<Key, NotAKey> {
    if text.len() > Key::MOST {
        return Err(NotAKey::TooLong);
    }
    if let Some(rest) = after(text, SCHEME) {
        return address(rest);
    }
    if let Some(secret) = after(text, "steam://") {
        return Ok(steam(bare(secret.trim_end_matches('/'))?));
    }
    if after(text, "otpauth-migration:").is_some() {
        return Err(NotAKey::Several);
    }
    if text.contains(':') {
        return Err(NotAKey::AnotherAddress);
    }
    bare(text)
}

#[inline(never)]
fn bare(secret: &str) -> Result<Key, NotAKey> {
    Ok(Key {
        secret: Secret::parse(secret)?,
        issuer: Text::default(),
        account: Text::default(),
        algorithm: Algorithm::Sha1,
        form: Form::Digits(DIGITS),
        moving: Moving::Clock(PERIOD),
    })
}

#[inline(never)]
fn steam(mut key: Key) -> Key {
    key.form = Form::Steam;
    if key.issuer.is_empty() {
        key.issuer = Zeroizing::new(STEAM.into());
        if is_alike(&key.account, STEAM) {
            key.account = Text::default();
        }
    }
    key
}

/// What stands after `otpauth://`.
fn address(rest: &str) -> Result<Key, NotAKey> {
    let (place, query) = rest.split_once('?').ok_or(NotAKey::NoSecret)?;
    let (kind, label) = place.split_once('/').unwrap_or((place, ""));
    let parameters = Parameters(query);
    let mut key = bare(&parameters.text("secret").ok_or(NotAKey::NoSecret)?)?;
    let issuer = parameters.text("issuer").unwrap_or_default();
    (key.issuer, key.account) = labelled(&unescaped(label, Plus::Itself), &issuer);
    if let Some(name) = parameters.find("algorithm") {
        key.algorithm = algorithm(name).ok_or(NotAKey::Algorithm)?;
    }
    let is_steam = |text: &str| is_alike(text, STEAM);
    if is_alike(kind, "hotp") {
        let counter = number(parameters.find("counter"), 0, 0..=u64::MAX);
        key.moving = Moving::Counter(counter.ok_or(NotAKey::Counter)?);
    } else if is_alike(kind, "totp") || is_steam(kind) {
        let period = number(parameters.find("period"), PERIOD, 1..=3600);
        key.moving = Moving::Clock(period.ok_or(NotAKey::Period)?);
        if [kind, &key.issuer, parameters.find("encoder").unwrap_or("")]
            .into_iter()
            .any(is_steam)
        {
            return Ok(steam(key));
        }
    } else {
        return Err(NotAKey::AnotherAddress);
    }
    let digits = number(parameters.find("digits"), DIGITS.into(), 6..=10);
    let digits = digits.and_then(|digits| digits.try_into().ok());
    key.form = Form::Digits(digits.ok_or(NotAKey::Digits)?);
    Ok(key)
}

/// `name=value&…`; names in any case, the first of a name counts.
struct Parameters<'a>(&'a str);

impl<'a> Parameters<'a> {
    fn find(&self, name: &str) -> Option<&'a str> {
        let mut pairs = self.0.split('&').filter_map(|pair| pair.split_once('='));
        let found = pairs.find(|(known, _)| is_alike(known, name));
        found
            .map(|(_, value)| value)
            .filter(|value| !value.is_empty())
    }

    fn text(&self, name: &str) -> Option<Text> {
        self.find(name).map(|value| unescaped(value, Plus::Blank))
    }
}

/// A number of that range; the usual one where nothing is said.
#[inline(never)]
fn number(said: Option<&str>, usual: u64, range: RangeInclusive<u64>) -> Option<u64> {
    let number = said.map_or(Some(usual), |said| said.parse().ok());
    number.filter(|number| range.contains(number))
}

/// `SHA256`, `SHA-256`, `HmacSHA256`, … in any case.
fn algorithm(name: &str) -> Option<Algorithm> {
    let all = [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512];
    all.into_iter().find(|algorithm| {
        let (sha, bits) = algorithm.key().split_at(3);
        let rest = name
            .strip_suffix(bits)
            .map(|rest| rest.trim_end_matches('-'));
        rest.is_some_and(|rest| {
            let at = rest.len().saturating_sub(3);
            rest.get(at..).is_some_and(|end| is_alike(end, sha))
        })
    })
}

/// Issuer and account. The label may begin with the issuer; where it names
/// another than the parameter does, it is all the account's.
fn labelled(label: &str, issuer: &str) -> (Text, Text) {
    let (label, issuer) = (label.trim(), issuer.trim());
    let (issuer, account) = if issuer.is_empty() {
        let label = label.trim_start_matches(|c: char| c == ':' || c.is_whitespace());
        label.split_once(':').unwrap_or(("", label))
    } else if is_alike(label, issuer) {
        (issuer, "")
    } else {
        let rest = after(label, issuer).and_then(|rest| rest.strip_prefix(':'));
        (issuer, rest.unwrap_or(label))
    };
    let text = |text: &str| Zeroizing::new(text.trim().into());
    (text(issuer), text(account))
}

/// Whether two texts differ in nothing but their case.
#[inline(never)] // the core is built for speed; here its size counts, and it is asked for everywhere
fn is_alike(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// What follows a start in any case.
#[inline(never)]
fn after<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (begins, rest) = text.split_at_checked(start.len())?;
    is_alike(begins, start).then_some(rest)
}

/// What a `+` stands for.
#[derive(Clone, Copy)]
enum Plus {
    Itself,
    Blank,
}

/// Without `%XX` (RFC 3986 §2.1) and control characters. What is no escape
/// stands for itself, and so does all of it where it would be no text.
fn unescaped(text: &str, plus: Plus) -> Text {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high << 4 | low);
                    rest = after;
                }
                _ => bytes.push(b'%'),
            },
            (b'+', _) if matches!(plus, Plus::Blank) => bytes.push(b' '),
            _ => bytes.push(*first),
        }
    }
    let mut said = Zeroizing::new(String::from(str::from_utf8(&bytes).unwrap_or(text)));
    said.retain(|c| !c.is_control());
    said
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// With `%XX` for what is not unreserved (RFC 3986 §2.3).
#[must_use]
pub fn escaped(text: &str) -> Text {
    let mut escaped = Zeroizing::new(String::with_capacity(3 * text.len()));
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                escaped.push(char::from(byte));
            }
            _ => {
                escaped.push('%');
                for half in [byte >> 4, byte & 15] {
                    let digit = char::from_digit(half.into(), 16).unwrap_or('0');
                    escaped.push(digit.to_ascii_uppercase());
                }
            }
        }
    }
    escaped
}

pub(super) fn text(key: &Key) -> Text {
    let says_more = !key.issuer.is_empty()
        || !key.account.is_empty()
        || key.algorithm != Algorithm::Sha1
        || key.form != Form::Digits(DIGITS)
        || key.moving != Moving::Clock(PERIOD);
    if says_more {
        uri(key)
    } else {
        key.secret.text()
    }
}

pub(super) fn uri(key: &Key) -> Text {
    let (issuer, account, secret) = (
        escaped(&key.issuer),
        escaped(&key.account),
        key.secret.text(),
    );
    // So large that it never moves, which would leave a copy behind.
    let most = 2 * issuer.len() + account.len() + secret.len() + 128;
    let mut text = Zeroizing::new(String::with_capacity(most));
    let kind = match key.moving {
        Moving::Clock(_) => "totp/",
        Moving::Counter(_) => "hotp/",
    };
    let colon = if issuer.is_empty() || account.is_empty() {
        ""
    } else {
        ":"
    };
    for part in [SCHEME, kind, &issuer, colon, &account, "?secret=", &secret] {
        text.push_str(part);
    }
    if !issuer.is_empty() {
        text.push_str("&issuer=");
        text.push_str(&issuer);
    }
    if key.algorithm != Algorithm::Sha1 {
        text.push_str("&algorithm=");
        text.push_str(key.algorithm.key());
    }
    match key.form {
        Form::Digits(DIGITS) => {}
        Form::Digits(digits) => put(&mut text, "&digits=", digits.into()),
        Form::Steam => text.push_str("&encoder=steam"),
    }
    match key.moving {
        Moving::Clock(PERIOD) => {}
        Moving::Clock(period) => put(&mut text, "&period=", period),
        Moving::Counter(counter) => put(&mut text, "&counter=", counter),
    }
    text
}

fn put(text: &mut String, name: &str, number: u64) {
    // Writing to a string does not fail.
    let _ = write!(text, "{name}{number}");
}
