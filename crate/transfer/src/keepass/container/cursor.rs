//! Reading numbers and slices, little-endian, never past the end.

use crate::keepass::KeePassError;

/// What is left to read.
pub(super) struct Cursor<'a>(pub(super) &'a [u8]);

impl<'a> Cursor<'a> {
    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8], KeePassError> {
        let (taken, rest) = self
            .0
            .split_at_checked(length)
            .ok_or(KeePassError::Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], KeePassError> {
        array(self.take(N)?)
    }

    pub(super) fn byte(&mut self) -> Result<u8, KeePassError> {
        self.array().map(u8::from_le_bytes)
    }

    pub(super) fn u16(&mut self) -> Result<u16, KeePassError> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Result<u32, KeePassError> {
        self.array().map(u32::from_le_bytes)
    }

    /// A length of 32 bits and as many bytes.
    pub(super) fn sized(&mut self) -> Result<&'a [u8], KeePassError> {
        let length = usize::try_from(self.u32()?).map_err(|_| KeePassError::Damaged)?;
        self.take(length)
    }
}

/// Exactly `N` bytes.
pub(super) fn array<const N: usize>(bytes: &[u8]) -> Result<[u8; N], KeePassError> {
    bytes.try_into().map_err(|_| KeePassError::Damaged)
}
