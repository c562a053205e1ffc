//! Items on their way from an importer, a program of its own, to the vault.
//!
//! ```text
//! bundle = encode("sigill/bundle/1", [item_content])
//! ```

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::Item;
use crate::encode::{DecodeError, Decoder, Encoder};

const LABEL: &str = "sigill/bundle/1";

/// The items' canonical encoding, in their order.
#[must_use]
pub fn to_bytes<'a>(items: impl ExactSizeIterator<Item = &'a Item>) -> Zeroizing<Vec<u8>> {
    let encoder =
        Encoder::new(LABEL).list(items, |e, item| e.bytes(&Zeroizing::new(item.to_bytes())));
    Zeroizing::new(encoder.finish())
}

/// Reads what [`to_bytes`] wrote, and nothing else.
///
/// # Errors
/// [`DecodeError`].
pub fn from_bytes(bytes: &[u8]) -> Result<Vec<Item>, DecodeError> {
    let mut decoder = Decoder::open(LABEL, bytes)?;
    let items = decoder.list(|d| Item::from_bytes(d.bytes()?))?;
    decoder.finish()?;
    Ok(items)
}
