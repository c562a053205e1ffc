//! The variant dictionary of version 4: names, types, values.
//!
//! ```text
//! dictionary = version (16), the high byte 1 ‖ entry … ‖ 00
//! entry      = type (8) ‖ length (32) ‖ name ‖ length (32) ‖ value
//! ```

use super::cursor::{Cursor, array};
use crate::keepass::KeePassError;

const VERSION: u16 = 0x0100;
const U32: u8 = 0x04;
const U64: u8 = 0x05;
const BYTES: u8 = 0x42;

/// The entries, as they stand.
pub(super) struct Dictionary<'a>(Vec<(&'a [u8], &'a [u8])>);

impl<'a> Dictionary<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, KeePassError> {
        let mut cursor = Cursor(bytes);
        if cursor.u16()? & 0xff00 != VERSION {
            return Err(KeePassError::Unsupported);
        }
        let mut entries = Vec::new();
        while cursor.byte()? != 0 {
            entries.push((cursor.sized()?, cursor.sized()?));
        }
        Ok(Self(entries))
    }

    fn find(&self, name: &str) -> Option<&'a [u8]> {
        let found = self.0.iter().find(|entry| entry.0 == name.as_bytes());
        found.map(|entry| entry.1)
    }

    pub(super) fn holds(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    pub(super) fn value(&self, name: &str) -> Result<&'a [u8], KeePassError> {
        self.find(name).ok_or(KeePassError::Damaged)
    }

    pub(super) fn u32(&self, name: &str) -> Result<u32, KeePassError> {
        array(self.value(name)?).map(u32::from_le_bytes)
    }

    pub(super) fn u64(&self, name: &str) -> Result<u64, KeePassError> {
        array(self.value(name)?).map(u64::from_le_bytes)
    }
}

/// Writes one.
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) fn new() -> Self {
        Self(VERSION.to_le_bytes().to_vec())
    }

    pub(super) fn bytes(self, name: &str, value: &[u8]) -> Self {
        self.entry(BYTES, name, value)
    }

    pub(super) fn u32(self, name: &str, value: u32) -> Self {
        self.entry(U32, name, &value.to_le_bytes())
    }

    pub(super) fn u64(self, name: &str, value: u64) -> Self {
        self.entry(U64, name, &value.to_le_bytes())
    }

    fn entry(mut self, kind: u8, name: &str, value: &[u8]) -> Self {
        self.0.push(kind);
        for part in [name.as_bytes(), value] {
            self.0.extend(super::length(part).to_le_bytes());
            self.0.extend(part);
        }
        self
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.0.push(0);
        self.0
    }
}
