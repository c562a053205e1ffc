//! The text of a file. Browsers write UTF-8; spreadsheets that a person opened
//! it in add a byte order mark or turn it into UTF-16.

use std::borrow::Cow;

use zeroize::Zeroizing;

use crate::fault::FileError;

const UTF_8_MARK: &[u8] = b"\xEF\xBB\xBF";
const UTF_16_LITTLE_MARK: &[u8] = b"\xFF\xFE";
const UTF_16_BIG_MARK: &[u8] = b"\xFE\xFF";

/// The file's text as UTF-8 without a mark.
///
/// A file without a mark is taken as it is, so that one row in another encoding
/// costs that row only. A zero byte is refused: UTF-16 without a mark, or not text.
///
/// # Errors
/// [`FileError::Encoding`].
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, [u8]>, FileError> {
    if let Some(rest) = bytes.strip_prefix(UTF_16_LITTLE_MARK) {
        return utf_16(rest, u16::from_le_bytes).map(Cow::Owned);
    }
    if let Some(rest) = bytes.strip_prefix(UTF_16_BIG_MARK) {
        return utf_16(rest, u16::from_be_bytes).map(Cow::Owned);
    }
    let text = bytes.strip_prefix(UTF_8_MARK).unwrap_or(bytes);
    if text.contains(&0) {
        return Err(FileError::Encoding);
    }
    Ok(Cow::Borrowed(text))
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Vec<u8>, FileError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(FileError::Encoding);
    }
    let units = Zeroizing::new(pairs.iter().map(|pair| unit(*pair)).collect::<Vec<_>>());
    String::from_utf16(&units)
        .map(String::into_bytes)
        .map_err(|_| FileError::Encoding)
}
