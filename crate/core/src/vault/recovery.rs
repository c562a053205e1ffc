//! The recovery code: 160 random bits on paper that open the vault when the
//! master password is forgotten.
//!
//! ```text
//! text   Crockford base32 of code (32 letters) and of the check (4), in groups of four
//! check  the first 20 bits of SHA-256(encode("sigill/recovery-check/1", code))
//! R      HKDF-Extract(salt, code)                                  RFC 5869, 2.2
//! ```
//! The alphabet has no I, L, O and U; what looks like one of the first three is
//! read as 1, 1 and 0. A slip of the pen passes the check once in 2^20.

use alloc::string::String;

use zeroize::{Zeroize, Zeroizing};

use super::key::RootKey;
use super::primitive;
use crate::encode::Encoder;
use crate::id::Hash;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters that carry the code; as many bits as 20 bytes.
const LETTERS: usize = 32;
const CHECK: usize = 4;
const GROUP: usize = 4;

/// What was typed is not a recovery code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotACode {
    /// Another number of letters, or one that no code has.
    #[error("a recovery code has 36 letters and digits")]
    Shape,
    /// At least one letter is another than on the sheet.
    #[error("a letter of the recovery code is another than on the sheet")]
    Mistyped,
}

/// 160 random bits.
pub struct RecoveryCode(Zeroizing<[u8; 20]>);

impl RecoveryCode {
    /// Takes the random bytes over.
    #[must_use]
    pub fn from_random(bytes: [u8; 20]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Reads what a person typed: case, spaces and hyphens don't matter.
    ///
    /// # Errors
    /// See [`NotACode`].
    pub fn parse(typed: &str) -> Result<Self, NotACode> {
        let mut values = Zeroizing::new([0_u8; LETTERS + CHECK]);
        let mut places = values.iter_mut();
        for letter in typed.chars().filter(|c| !c.is_whitespace() && !is_dash(*c)) {
            *places.next().ok_or(NotACode::Shape)? = value(letter).ok_or(NotACode::Shape)?;
        }
        if places.next().is_some() {
            return Err(NotACode::Shape);
        }
        let (letters, check) = values.split_at(LETTERS);
        let mut code = Self::from_random([0; 20]);
        // Eight letters are five bytes.
        for (bytes, letters) in code.0.chunks_mut(5).zip(letters.chunks(8)) {
            let bits = letters
                .iter()
                .fold(0_u64, |bits, v| (bits << 5) | u64::from(*v));
            let [_, _, _, five @ ..] = bits.to_be_bytes();
            bytes.copy_from_slice(&five);
        }
        if code.check() == check {
            Ok(code)
        } else {
            Err(NotACode::Mistyped)
        }
    }

    /// As it is printed: nine groups of four with hyphens between.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(LETTERS + CHECK + 8));
        let mut values = self.values();
        for (at, value) in values.iter().chain(&self.check()).enumerate() {
            if at > 0 && at % GROUP == 0 {
                text.push('-');
            }
            let letter = ALPHABET.get(usize::from(*value)).copied();
            text.push(char::from(letter.unwrap_or(b'0')));
        }
        values.zeroize();
        text
    }

    /// `R = HKDF-Extract(salt, code)`: it needs no stretching, nobody guesses 160 bits.
    #[must_use]
    pub fn root(&self, salt: &[u8; 16]) -> RootKey {
        RootKey::from_bytes(primitive::hmac(salt, self.0.as_ref()))
    }

    fn values(&self) -> [u8; LETTERS] {
        let mut values = [0; LETTERS];
        for (eight, bytes) in values.chunks_mut(8).zip(self.0.chunks(5)) {
            let bits = bytes
                .iter()
                .fold(0_u64, |bits, b| (bits << 8) | u64::from(*b));
            fives(bits, eight);
        }
        values
    }

    fn check(&self) -> [u8; CHECK] {
        let encoder = Encoder::new("sigill/recovery-check/1").bytes(self.0.as_ref());
        let encoded = Zeroizing::new(encoder.finish());
        let Hash([one, two, three, ..]) = Hash::of(&encoded);
        let mut check = [0; CHECK];
        let bits = u64::from(u32::from_be_bytes([0, one, two, three]) >> 4);
        fives(bits, &mut check);
        check
    }
}

/// Writes `bits` in fives, the highest first.
fn fives(bits: u64, into: &mut [u8]) {
    let mut rest = bits;
    for five in into.iter_mut().rev() {
        *five = u8::try_from(rest & 31).unwrap_or(0);
        rest >>= 5;
    }
}

/// Any hyphen or dash that an editor makes of one.
const fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn value(letter: char) -> Option<u8> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = ALPHABET
        .iter()
        .position(|known| char::from(*known) == letter)?;
    u8::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BYTES: [u8; 20] =
        *b"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xff";

    fn written() -> Zeroizing<String> {
        RecoveryCode::from_random(BYTES).text()
    }

    #[test]
    fn what_is_printed_is_read_again() {
        let text = written();
        assert_eq!(text.len(), 44);
        assert!(
            text.starts_with("000G-40R4-0M30-E209-Y3RZ-5WZM-YQVF-FY7Z-"),
            "{}",
            *text
        );
        let read = RecoveryCode::parse(&text).unwrap();
        assert_eq!(*read.0, BYTES);
    }

    #[test]
    fn case_spaces_dashes_and_letters_that_look_alike_dont_matter() {
        let typed = written().to_lowercase();
        let typed = typed
            .replace('-', " – ")
            .replace('0', "o")
            .replace('1', "l");
        assert_eq!(*RecoveryCode::parse(&typed).unwrap().0, BYTES);
    }

    #[test]
    fn every_single_slip_is_noticed() {
        let text = written();
        for at in (0..text.len()).filter(|at| text.as_bytes()[*at] != b'-') {
            for letter in ALPHABET {
                let mut typed = text.as_bytes().to_vec();
                if typed[at] == *letter {
                    continue;
                }
                typed[at] = *letter;
                let typed = String::from_utf8(typed).unwrap();
                assert_eq!(RecoveryCode::parse(&typed).err(), Some(NotACode::Mistyped));
            }
        }
    }

    #[test]
    fn another_shape_is_told_from_a_slip() {
        let text = written();
        let typed = [
            &text[1..],
            &[&text, "0"].concat(),
            "",
            &text.replace('G', "U"),
        ];
        for typed in typed {
            assert_eq!(
                RecoveryCode::parse(typed).err(),
                Some(NotACode::Shape),
                "{typed}"
            );
        }
    }

    #[test]
    fn the_root_is_hkdf_extract() {
        // RFC 5869, test case 1: PRK of a salt of 13 bytes; here the same function over 16.
        let salt = [7; 16];
        let root = RecoveryCode::from_random(BYTES).root(&salt);
        let (prk, _) = hkdf::Hkdf::<sha2::Sha256>::extract(Some(&salt), &BYTES);
        assert_eq!(root.expose().as_slice(), prk.as_slice());
    }
}
