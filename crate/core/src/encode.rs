//! The one canonical encoding: everything hashed, authenticated or signed
//! passes through here, and equal bytes mean equal values.
//!
//! ```text
//! field    = length (32 bits, big-endian) ‖ content
//! encoding = field(ASCII label) ‖ field …      the label fixes how many
//! integer  = field of 8 bytes, big-endian
//! optional = 00                absent
//!          | 01 ‖ field        present
//! list     = integer(count) ‖ the members' fields
//! ```

use alloc::vec::Vec;
use core::str;

/// Why bytes are not a canonical encoding of what was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The label names another thing, or another version of it.
    #[error("the label is not the one expected")]
    Label,
    /// The bytes end inside a field.
    #[error("the bytes end inside a field")]
    Truncated,
    /// Bytes follow the last field.
    #[error("bytes follow the last field")]
    Trailing,
    /// A field has a length or a content that its type does not allow.
    #[error("a field has a length or content that its type does not allow")]
    Malformed,
}

/// Writes a canonical encoding, field by field.
#[derive(Debug)]
pub struct Encoder(Vec<u8>);

impl Encoder {
    /// Begins with the ASCII `label` that names what follows and its version.
    #[must_use]
    #[inline(never)]
    pub fn new(label: &'static str) -> Self {
        // Most of what is encoded fits: a header, an item, a slot.
        Self(Vec::with_capacity(512)).bytes(label.as_bytes())
    }

    /// A field of bytes. Fields over 4 GiB can't be written; none comes near.
    #[must_use]
    pub fn bytes(mut self, content: &[u8]) -> Self {
        self.write(content);
        self
    }

    /// Once in the program, not once a field: that is 4 kB of what the browser loads.
    #[inline(never)]
    fn write(&mut self, content: &[u8]) {
        let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
        self.0.extend_from_slice(&length.to_be_bytes());
        self.0.extend_from_slice(content);
    }

    /// A field of UTF-8 text.
    #[must_use]
    pub fn text(self, content: &str) -> Self {
        self.bytes(content.as_bytes())
    }

    /// A field of 64 bits.
    #[must_use]
    pub fn integer(self, value: u64) -> Self {
        self.bytes(&value.to_be_bytes())
    }

    /// A field that may be absent; `write` writes it when it is not.
    #[must_use]
    pub fn optional<T>(mut self, value: Option<T>, write: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            None => {
                self.0.push(0);
                self
            }
            Some(value) => {
                self.0.push(1);
                write(self, value)
            }
        }
    }

    /// A count, then the members, each written by `write`.
    #[must_use]
    pub fn list<T>(
        self,
        members: impl ExactSizeIterator<Item = T>,
        write: impl FnMut(Self, T) -> Self,
    ) -> Self {
        let count = u64::try_from(members.len()).unwrap_or(u64::MAX);
        members.fold(self.integer(count), write)
    }

    /// The encoding.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Reads a canonical encoding, strictly: [`Decoder::finish`] refuses what is
/// left over, so an encoding has exactly one reading.
#[derive(Debug)]
pub struct Decoder<'a>(&'a [u8]);

impl<'a> Decoder<'a> {
    /// Begins after `label`.
    ///
    /// # Errors
    /// [`DecodeError::Label`] where the bytes begin with another one.
    pub fn open(label: &'static str, encoding: &'a [u8]) -> Result<Self, DecodeError> {
        let mut decoder = Self(encoding);
        match decoder.bytes() {
            Ok(found) if found == label.as_bytes() => Ok(decoder),
            Ok(_) | Err(_) => Err(DecodeError::Label),
        }
    }

    /// A field of bytes.
    ///
    /// # Errors
    /// [`DecodeError::Truncated`] where it is cut off.
    #[inline(never)]
    pub fn bytes(&mut self) -> Result<&'a [u8], DecodeError> {
        let (length, rest) = self
            .0
            .split_first_chunk::<4>()
            .ok_or(DecodeError::Truncated)?;
        let length =
            usize::try_from(u32::from_be_bytes(*length)).map_err(|_| DecodeError::Truncated)?;
        let (content, rest) = rest
            .split_at_checked(length)
            .ok_or(DecodeError::Truncated)?;
        self.0 = rest;
        Ok(content)
    }

    /// A field of exactly `N` bytes.
    ///
    /// # Errors
    /// [`DecodeError::Malformed`] where it has another length.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        self.bytes()?.try_into().map_err(|_| DecodeError::Malformed)
    }

    /// A field of UTF-8 text.
    ///
    /// # Errors
    /// [`DecodeError::Malformed`] where it is not UTF-8.
    pub fn text(&mut self) -> Result<&'a str, DecodeError> {
        str::from_utf8(self.bytes()?).map_err(|_| DecodeError::Malformed)
    }

    /// A field of 64 bits.
    ///
    /// # Errors
    /// [`DecodeError::Malformed`] where it has another length.
    #[inline(never)]
    pub fn integer(&mut self) -> Result<u64, DecodeError> {
        self.array().map(u64::from_be_bytes)
    }

    /// A field that may be absent, read by `read` when it is there.
    ///
    /// # Errors
    /// [`DecodeError::Malformed`] where neither 0 nor 1 stands before it.
    pub fn optional<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<Option<T>, DecodeError> {
        let (mark, rest) = self.0.split_first().ok_or(DecodeError::Truncated)?;
        self.0 = rest;
        match mark {
            0 => Ok(None),
            1 => read(self).map(Some),
            2.. => Err(DecodeError::Malformed),
        }
    }

    /// A count and that many members. Nothing is reserved on the count's word.
    ///
    /// # Errors
    /// Whatever `read` says of a member.
    pub fn list<T>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<Vec<T>, DecodeError> {
        let count = self.integer()?;
        let mut members = Vec::new();
        for _ in 0..count {
            members.push(read(self)?);
        }
        Ok(members)
    }

    /// What is left: for whoever puts something else after an encoding.
    #[must_use]
    pub const fn rest(self) -> &'a [u8] {
        self.0
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// [`DecodeError::Trailing`] where bytes are left.
    pub fn finish(self) -> Result<(), DecodeError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(DecodeError::Trailing)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    /// Golden vectors: these bytes are what other implementations must write.
    #[test]
    fn five_golden_vectors_stay_as_they_are() {
        assert_eq!(Encoder::new("a").finish(), b"\0\0\0\x01a");
        assert_eq!(
            Encoder::new("a").bytes(b"xy").finish(),
            b"\0\0\0\x01a\0\0\0\x02xy"
        );
        assert_eq!(
            Encoder::new("a").integer(258).finish(),
            b"\0\0\0\x01a\0\0\0\x08\0\0\0\0\0\0\x01\x02"
        );
        assert_eq!(
            Encoder::new("a")
                .optional(None::<&str>, Encoder::text)
                .optional(Some("å"), Encoder::text)
                .finish(),
            b"\0\0\0\x01a\0\x01\0\0\0\x02\xc3\xa5"
        );
        assert_eq!(
            Encoder::new("a")
                .list(["b", "c"].iter(), |e, m| e.text(m))
                .finish(),
            b"\0\0\0\x01a\0\0\0\x08\0\0\0\0\0\0\0\x02\0\0\0\x01b\0\0\0\x01c"
        );
    }

    #[test]
    fn what_was_written_is_read_back() {
        let encoding = Encoder::new("sigill/test/1")
            .text("Åsa")
            .integer(u64::MAX)
            .optional(Some(7), Encoder::integer)
            .list([1_u64, 2].into_iter(), Encoder::integer)
            .finish();
        let mut decoder = Decoder::open("sigill/test/1", &encoding).unwrap();
        assert_eq!(decoder.text(), Ok("Åsa"));
        assert_eq!(decoder.integer(), Ok(u64::MAX));
        assert_eq!(decoder.optional(Decoder::integer), Ok(Some(7)));
        assert_eq!(decoder.list(Decoder::integer), Ok(vec![1, 2]));
        assert_eq!(decoder.finish(), Ok(()));
    }

    #[test]
    fn every_truncation_is_refused() {
        let encoding = Encoder::new("l").integer(1).text("x").finish();
        for end in 0..encoding.len() {
            let read = Decoder::open("l", &encoding[..end])
                .and_then(|mut d| d.integer().and(d.text().map(drop)).and(d.finish()));
            assert!(read.is_err(), "accepted {end} bytes");
        }
    }

    #[test]
    fn a_trailing_byte_is_refused() {
        let mut encoding = Encoder::new("l").finish();
        encoding.push(0);
        let decoder = Decoder::open("l", &encoding).unwrap();
        assert_eq!(decoder.finish(), Err(DecodeError::Trailing));
    }

    #[test]
    fn a_count_without_members_is_refused_without_reserving_memory() {
        let encoding = Encoder::new("l").integer(u64::MAX).finish();
        let mut decoder = Decoder::open("l", &encoding).unwrap();
        assert_eq!(decoder.list(Decoder::integer), Err(DecodeError::Truncated));
    }

    #[test]
    fn an_optional_mark_other_than_0_and_1_is_refused() {
        let mut encoding = Encoder::new("l").finish();
        encoding.push(2);
        let mut decoder = Decoder::open("l", &encoding).unwrap();
        assert_eq!(
            decoder.optional(Decoder::integer),
            Err(DecodeError::Malformed)
        );
    }
}
