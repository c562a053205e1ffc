//! Plaintexts come in steps, so that a ciphertext's length says little about
//! its content.
//!
//! ```text
//! plaintext  content's length (32 bits, big-endian) ‖ content ‖ 00… to the next multiple of the step
//! ```

use alloc::vec::Vec;

use zeroize::Zeroizing;

use crate::encode::DecodeError;

/// `plaintext`.
pub(super) fn padded(content: &[u8], step: usize) -> Zeroizing<Vec<u8>> {
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
    let padded = (4 + content.len()).next_multiple_of(step);
    let mut plaintext = Zeroizing::new(Vec::with_capacity(padded));
    plaintext.extend_from_slice(&length.to_be_bytes());
    plaintext.extend_from_slice(content);
    plaintext.resize(padded, 0);
    plaintext
}

/// Undoes [`padded`]; one plaintext for one content, so padding of another
/// length or content is refused.
pub(super) fn unpadded(plaintext: &[u8], step: usize) -> Result<&[u8], DecodeError> {
    let (length, rest) = plaintext
        .split_first_chunk::<4>()
        .ok_or(DecodeError::Truncated)?;
    let length =
        usize::try_from(u32::from_be_bytes(*length)).map_err(|_| DecodeError::Truncated)?;
    let (content, padding) = rest
        .split_at_checked(length)
        .ok_or(DecodeError::Truncated)?;
    if plaintext.len() != (4 + length).next_multiple_of(step) {
        return Err(DecodeError::Trailing);
    }
    if padding.iter().any(|byte| *byte != 0) {
        return Err(DecodeError::Trailing);
    }
    Ok(content)
}
