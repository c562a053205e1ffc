//! Bytes as text, as other programs write them.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

/// base64 in either alphabet, padded or not (RFC 4648 §4 and §5).
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    let plain = text.trim().trim_end_matches('=');
    let plain = plain.replace('+', "-").replace('/', "_");
    URL_SAFE_NO_PAD
        .decode(Zeroizing::new(plain).as_bytes())
        .ok()
}

/// Characters of a line of PEM (RFC 7468 §2).
const LINE: usize = 64;
const PEM_START: &str = "-----BEGIN PRIVATE KEY-----";
const PEM_END: &str = "-----END PRIVATE KEY-----";

/// A key in PKCS #8 as PEM (RFC 7468 §10), the last line not ended.
pub(crate) fn pem(der: &[u8]) -> Zeroizing<String> {
    let text = Zeroizing::new(STANDARD.encode(der));
    let mut pem = Zeroizing::new(String::with_capacity(text.len() + text.len() / LINE + 64));
    pem.push_str(PEM_START);
    for (at, letter) in text.chars().enumerate() {
        if at % LINE == 0 {
            pem.push('\n');
        }
        pem.push(letter);
    }
    pem.push('\n');
    pem.push_str(PEM_END);
    pem
}

/// What [`pem`] wrote.
pub(crate) fn from_pem(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let (_, rest) = text.split_once(PEM_START)?;
    let (body, _) = rest.split_once(PEM_END)?;
    let body: Zeroizing<String> = Zeroizing::new(body.split_ascii_whitespace().collect());
    STANDARD.decode(body.as_str()).ok().map(Zeroizing::new)
}

/// The 16 bytes of `12345678-1234-1234-1234-123456789abc` (RFC 9562).
pub(crate) fn uuid(text: &str) -> Option<Vec<u8>> {
    let hex: Vec<u8> = text.bytes().filter(|byte| *byte != b'-').collect();
    let is_one = hex.len() == 32 && text.len() == 36;
    let pairs = is_one.then(|| hex.as_chunks::<2>().0)?;
    pairs
        .iter()
        .map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?))
        .collect()
}

const fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}
