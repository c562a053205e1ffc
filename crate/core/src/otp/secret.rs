//! The bytes that both sides know, as base32 (RFC 4648 §6).

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::NotAKey;

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The bytes that both sides know. Wiped on drop, never printed.
#[derive(PartialEq, Eq)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// How many bytes a secret may have.
    pub const MOST: usize = 256;

    /// Takes the bytes over.
    ///
    /// # Errors
    /// [`NotAKey::NoSecret`] where there are none, [`NotAKey::TooLong`].
    pub fn from_bytes(bytes: Zeroizing<Vec<u8>>) -> Result<Self, NotAKey> {
        match bytes.len() {
            0 => Err(NotAKey::NoSecret),
            1..=Self::MOST => Ok(Self(bytes)),
            _ => Err(NotAKey::TooLong),
        }
    }

    /// Reads base32 in any case. Blanks, hyphens and what pads it don't matter;
    /// bits that are no whole byte are left out, as every program does.
    ///
    /// # Errors
    /// [`NotAKey::NotBase32`], [`NotAKey::NoSecret`], [`NotAKey::TooLong`].
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
        let (mut bits, mut count) = (0_u32, 0);
        for letter in text.trim_end_matches('=').bytes() {
            if matches!(letter, b' ' | b'-' | b'\t' | b'\n' | b'\r') {
                continue;
            }
            bits = (bits << 5 | value(letter).ok_or(NotAKey::NotBase32)?) & 0xfff;
            count += 5;
            if count >= 8 {
                count -= 8;
                let [.., byte] = (bits >> count).to_be_bytes();
                bytes.push(byte);
            }
        }
        Self::from_bytes(bytes)
    }

    /// Base32 in capitals, without padding.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(self.0.len() * 2));
        let (mut bits, mut count) = (0_u32, 0);
        let mut put = |value: u32| text.push(letter(value));
        for byte in self.0.iter() {
            bits = (bits << 8 | u32::from(*byte)) & 0xffff;
            count += 8;
            while count >= 5 {
                count -= 5;
                put(bits >> count);
            }
        }
        if count > 0 {
            put(bits << (5 - count));
        }
        text
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

fn value(letter: u8) -> Option<u32> {
    let value = match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a',
        b'2'..=b'7' => letter - b'2' + 26,
        _ => return None,
    };
    Some(value.into())
}

/// The letter of the last five bits.
fn letter(value: u32) -> char {
    let at = usize::try_from(value & 31).unwrap_or_default();
    ALPHABET.get(at).copied().map_or('A', char::from)
}
