//! Bytes as text, as other programs write them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

/// base64 in either alphabet, padded or not (RFC 4648 §4 and §5).
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    let plain = text.trim().trim_end_matches('=');
    let plain = plain.replace('+', "-").replace('/', "_");
    URL_SAFE_NO_PAD
        .decode(Zeroizing::new(plain).as_bytes())
        .ok()
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
