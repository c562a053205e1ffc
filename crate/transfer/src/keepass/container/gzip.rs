//! gzip (RFC 1952), within a bound.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use zeroize::Zeroizing;

use crate::keepass::{KeePassError, LARGEST_CONTENT};

/// Unpacks; a small file that would fill the memory is refused on its way.
pub(in crate::keepass) fn unpack(packed: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeePassError> {
    let mut content = Zeroizing::new(Vec::new());
    let most = u64::try_from(LARGEST_CONTENT).unwrap_or(u64::MAX);
    GzDecoder::new(packed)
        .take(most.saturating_add(1))
        .read_to_end(&mut content)
        .map_err(|_| KeePassError::Damaged)?;
    if content.len() > LARGEST_CONTENT {
        return Err(KeePassError::TooLarge);
    }
    Ok(content)
}

/// Packs.
pub(super) fn pack(content: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeePassError> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder
        .write_all(content)
        .and_then(|()| encoder.finish())
        .map(Zeroizing::new)
        .map_err(|_| KeePassError::TooLarge)
}
