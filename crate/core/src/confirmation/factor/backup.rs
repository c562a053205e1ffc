//! Backup codes: for whoever has lost the phone.

use alloc::string::String;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::confirmation::code::{CodeTag, NotACode, Pepper, Salt, tag_bound};
use crate::encode::Encoder;
use crate::id::AccountId;
use crate::vault::primitive::Argon2Error;

/// Backup codes of a set.
pub const BACKUP_CODES: usize = 10;
/// Bytes of a code: 80 bits.
const BYTES: usize = 10;
/// Characters of a code: 5 bits each.
const CHARACTERS: usize = 16;
/// Crockford's base32.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A backup code, on its way to the person or from the person to the judge.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct BackupCode([u8; BYTES]);

impl BackupCode {
    /// Takes 80 random bits over.
    #[must_use]
    pub const fn from_random(bits: [u8; BYTES]) -> Self {
        Self(bits)
    }

    /// Reads what a person typed: case, blanks and dashes don't matter, nor
    /// whether 0 was read as O, or 1 as I or L.
    ///
    /// # Errors
    /// [`NotACode`].
    pub fn parse(typed: &str) -> Result<Self, NotACode> {
        let mut code = Self([0; BYTES]);
        let mut characters = 0;
        let mut window = 0_u32;
        let mut bits = 0_u32;
        let mut places = code.0.iter_mut();
        for character in typed.chars().filter(|c| !is_between(*c)) {
            window = (window << 5) | value(character).ok_or(NotACode)?;
            bits += 5;
            characters += 1;
            if bits >= 8 {
                bits -= 8;
                let byte = u8::try_from((window >> bits) & 0xff).map_err(|_| NotACode)?;
                *places.next().ok_or(NotACode)? = byte;
            }
        }
        if characters == CHARACTERS {
            Ok(code)
        } else {
            Err(NotACode)
        }
    }

    /// `7Q4X-9M2C-…`: four groups of four.
    #[must_use]
    pub fn grouped(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(CHARACTERS + 3));
        let all = self
            .0
            .iter()
            .fold(0_u128, |all, byte| (all << 8) | u128::from(*byte));
        for place in 0..CHARACTERS {
            if place > 0 && place % 4 == 0 {
                text.push('-');
            }
            let shift = 5 * (CHARACTERS - 1 - place);
            let digit = usize::try_from((all >> shift) & 31).unwrap_or(0);
            text.push(ALPHABET.get(digit).copied().map_or('0', char::from));
        }
        text
    }
}

pub(super) fn is_between(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '\u{2011}' | '\u{2013}')
}

fn value(character: char) -> Option<u32> {
    let upper = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let mut known = ALPHABET.iter();
    let place = known.position(|digit| char::from(*digit) == upper)?;
    u32::try_from(place).ok()
}

/// What a set of backup codes is good for: one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupBinding {
    /// Whose.
    pub account: AccountId,
}

impl BackupBinding {
    const LABEL: &'static str = "sigill/backup-code/1";

    /// The tag of `code`; all codes of a set have one salt, so that a code that
    /// was typed is hashed once. See [`crate::confirmation::code::CodeBinding::tag`].
    ///
    /// # Errors
    /// [`Argon2Error`] where there is not so much memory.
    pub fn tag(
        &self,
        code: &BackupCode,
        pepper: &Pepper,
        salt: &Salt,
    ) -> Result<CodeTag, Argon2Error> {
        let encoder = self.account.encode(Encoder::new(Self::LABEL));
        tag_bound(encoder.bytes(&code.0).finish(), pepper, salt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_shown_and_as_it_is_misread() {
        let bits = [0x08, 0x42, 0x10, 0x84, 0x21, 0xff, 0xee, 0xdd, 0xcc, 0xbb];
        let shown = BackupCode::from_random(bits).grouped();
        assert_eq!(shown.as_str(), "1111-1111-ZZQD-VK5V");
        for typed in [
            "1111-1111-ZZQD-VK5V",
            "iLlI 1111 zzqd vk5v",
            " 11111111ZZQDVK5V ",
        ] {
            let read = BackupCode::parse(typed).map(|code| code.0);
            assert_eq!(read, Ok(bits), "{typed}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for typed in [
            "",
            "1111-1111-ZZQD-SJX",
            "1111-1111-ZZQD-SJXV0",
            "1111-1111-ZZQD-SJXU",
            "48217730",
            "1111.1111.ZZQD.SJXV",
        ] {
            assert!(BackupCode::parse(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_code_is_good_for_its_account_only() {
        let tag = |account| {
            let code = BackupCode::from_random([7; BYTES]);
            let binding = BackupBinding {
                account: AccountId([account; 16]),
            };
            binding.tag(&code, &Pepper::new([9; 32]), &[8; 16]).unwrap()
        };
        assert!(tag(1) == tag(1));
        assert!(tag(1) != tag(2));
    }
}
