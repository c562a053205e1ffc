//! Mailed codes: drawn, parsed, tagged, compared.
//!
//! ```text
//! code = 8 decimal digits, uniform; shown "4821 7730"
//! tag  = Argon2id(HMAC-SHA-256(pepper, encode("sigill/code/1", operation, account, device,
//!                 action, scope, digest, code_no, code)), salt)     19 MiB, t = 2, p = 1
//! ```
//! The pepper lives outside the database: who holds the database alone can't
//! try the hundred million codes. Everything else in the tag makes a code good
//! for one act only.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::action::Action;
use crate::encode::Encoder;
use crate::id::{AccountId, DeviceId, Hash, OperationId};
use crate::vault::primitive::{self, Argon2Cost, Argon2Error};

/// Digits of a code.
const DIGITS: usize = 8;
/// Codes that there are.
const COUNT: u32 = 100_000_000;

/// The text is not eight digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not eight digits")]
pub struct NotACode;

/// A code, on its way from the courier to the mail or from the person to the judge.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Code([u8; DIGITS]);

impl Code {
    /// Draws a code, uniformly: 32 random bits at a time, those at or above the
    /// last whole multiple of 10^8 (42 · 10^8) rejected.
    #[must_use]
    pub fn draw(mut random: impl FnMut() -> [u8; 4]) -> Self {
        const BOUND: u32 = u32::MAX / COUNT * COUNT;
        loop {
            let drawn = u32::from_be_bytes(random());
            if drawn < BOUND {
                return Self::of_number(drawn % COUNT);
            }
        }
    }

    fn of_number(number: u32) -> Self {
        let mut digits = [b'0'; DIGITS];
        let mut rest = number;
        for digit in digits.iter_mut().rev() {
            *digit = b'0'.saturating_add(u8::try_from(rest % 10).unwrap_or(0));
            rest /= 10;
        }
        Self(digits)
    }

    /// Reads what a person typed or pasted: eight decimal digits of any script,
    /// with spaces anywhere.
    ///
    /// # Errors
    /// [`NotACode`].
    pub fn parse(typed: &str) -> Result<Self, NotACode> {
        let mut code = Self([0; DIGITS]);
        let mut places = code.0.iter_mut();
        for character in typed.chars().filter(|c| !is_blank(*c)) {
            let digit = decimal(character).ok_or(NotACode)?;
            *places.next().ok_or(NotACode)? = b'0'.saturating_add(digit);
        }
        match places.next() {
            None => Ok(code),
            Some(_) => Err(NotACode),
        }
    }

    /// `4821 7730`, for the mail.
    #[must_use]
    pub fn grouped(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(DIGITS + 1));
        for (place, digit) in self.0.iter().enumerate() {
            if place == DIGITS / 2 {
                text.push(' ');
            }
            text.push(char::from(*digit));
        }
        text
    }
}

/// White space, and the invisible marks that come along when text is pasted.
fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// The value of a decimal digit of any script.
fn decimal(character: char) -> Option<u8> {
    ZEROS.iter().find_map(|zero| {
        let distance = u32::from(character).checked_sub(u32::from(*zero))?;
        u8::try_from(distance).ok().filter(|digit| *digit < 10)
    })
}

/// The zeros of every script: Unicode 14, general category Nd, each followed by its 1 to 9.
#[rustfmt::skip]
const ZEROS: &[char] = &[
    '\u{30}', '\u{660}', '\u{6F0}', '\u{7C0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}',
    '\u{B66}', '\u{BE6}', '\u{C66}', '\u{CE6}', '\u{D66}', '\u{DE6}', '\u{E50}', '\u{ED0}',
    '\u{F20}', '\u{1040}', '\u{1090}', '\u{17E0}', '\u{1810}', '\u{1946}', '\u{19D0}', '\u{1A80}',
    '\u{1A90}', '\u{1B50}', '\u{1BB0}', '\u{1C40}', '\u{1C50}', '\u{A620}', '\u{A8D0}', '\u{A900}',
    '\u{A9D0}', '\u{A9F0}', '\u{AA50}', '\u{ABF0}', '\u{FF10}', '\u{104A0}', '\u{10D30}', '\u{11066}',
    '\u{110F0}', '\u{11136}', '\u{111D0}', '\u{112F0}', '\u{11450}', '\u{114D0}', '\u{11650}', '\u{116C0}',
    '\u{11730}', '\u{118E0}', '\u{11950}', '\u{11C50}', '\u{11D50}', '\u{11DA0}', '\u{16A60}', '\u{16AC0}',
    '\u{16B50}', '\u{1D7CE}', '\u{1D7D8}', '\u{1D7E2}', '\u{1D7EC}', '\u{1D7F6}', '\u{1E140}', '\u{1E2F0}',
    '\u{1E950}', '\u{1FBF0}',
];

/// 16 random bytes, new for every tag.
pub type Salt = [u8; 16];

/// The secret that is kept outside the database.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Pepper([u8; 32]);

impl Pepper {
    /// Takes the secret over.
    #[must_use]
    pub const fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }
}

/// What is stored of a code. Compared in constant time, never printed.
#[derive(Clone)]
pub struct CodeTag([u8; 32]);

/// What comparing found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the one.
    Right,
    /// It isn't.
    Wrong,
}

impl CodeTag {
    /// As it was stored.
    #[must_use]
    pub const fn of_column(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// To be stored.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether `typed` is the tag of the same code; in constant time.
    #[must_use]
    pub fn verdict(&self, typed: &Self) -> Verdict {
        if bool::from(self.0.ct_eq(&typed.0)) {
            Verdict::Right
        } else {
            Verdict::Wrong
        }
    }
}

impl PartialEq for CodeTag {
    fn eq(&self, other: &Self) -> bool {
        self.verdict(other) == Verdict::Right
    }
}

impl Eq for CodeTag {}

impl fmt::Debug for CodeTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeTag(…)")
    }
}

/// The one act that a code is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBinding {
    /// The operation.
    pub operation: OperationId,
    /// Whose.
    pub account: AccountId,
    /// The device that asked.
    pub device: DeviceId,
    /// The act.
    pub action: Action,
    /// Everything that it is bound to.
    pub digest: Hash,
    /// Which code of the operation: 1, 2 or 3.
    pub code_no: u32,
}

impl CodeBinding {
    const LABEL: &'static str = "sigill/code/1";

    /// The tag of `code` for this act. Takes 19 MiB and some tens of milliseconds.
    ///
    /// # Errors
    /// [`Argon2Error`] where there is not so much memory.
    pub fn tag(&self, code: &Code, pepper: &Pepper, salt: &Salt) -> Result<CodeTag, Argon2Error> {
        let encoder = Encoder::new(Self::LABEL);
        let encoder = self.account.encode(self.operation.encode(encoder));
        let encoder = self.action.encode(self.device.encode(encoder));
        let encoder = self.digest.encode(encoder).integer(self.code_no.into());
        tag(encoder.bytes(&code.0).finish(), pepper, salt)
    }
}

/// The address that a verification code is good for: it proves that mail to it
/// is read, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressBinding<'a> {
    /// The account that wants the address.
    pub account: AccountId,
    /// The address.
    pub email: &'a str,
}

impl AddressBinding<'_> {
    const LABEL: &'static str = "sigill/address-code/1";

    /// The tag of `code` for this address; see [`CodeBinding::tag`].
    ///
    /// # Errors
    /// [`Argon2Error`] where there is not so much memory.
    pub fn tag(&self, code: &Code, pepper: &Pepper, salt: &Salt) -> Result<CodeTag, Argon2Error> {
        let encoder = self.account.encode(Encoder::new(Self::LABEL));
        tag(
            encoder.text(self.email).bytes(&code.0).finish(),
            pepper,
            salt,
        )
    }
}

/// `Argon2id(HMAC-SHA-256(pepper, bound), salt)`.
fn tag(bound: Vec<u8>, pepper: &Pepper, salt: &Salt) -> Result<CodeTag, Argon2Error> {
    const COST: Argon2Cost = Argon2Cost {
        memory_kib: 19 * 1024,
        iterations: 2,
        parallelism: 1,
    };
    let bound = Zeroizing::new(bound);
    let peppered = Zeroizing::new(primitive::hmac(&pepper.0, &bound));
    primitive::argon2id(&peppered[..], salt, COST).map(|tag| CodeTag(*tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(code: &Code) -> String {
        code.grouped().as_str().into()
    }

    #[test]
    fn a_code_is_shown_in_two_groups_of_four() {
        assert_eq!(text(&Code::of_number(48_217_730)), "4821 7730");
        assert_eq!(text(&Code::of_number(7)), "0000 0007");
    }

    #[test]
    fn draws_above_the_last_whole_multiple_are_rejected() {
        let mut draws = [u32::MAX, 4_200_000_000, 4_199_999_999, 0].into_iter();
        let code = Code::draw(|| draws.next().unwrap().to_be_bytes());
        assert_eq!(text(&code), "9999 9999");
        assert_eq!(draws.next(), Some(0), "the third draw was taken");
    }

    #[test]
    fn spaces_and_digits_of_any_script_are_read() {
        for typed in [
            "48217730",
            "4821 7730",
            " 4821\u{a0}7730\n",
            "٤٨٢١ ٧٧٣٠",
            "۴۸۲۱۷۷۳۰",
            "४८२१ ७७३०",
            "４８２１　７７３０",
            "\u{200f}4821\u{200e} 7730",
        ] {
            let code = Code::parse(typed).map(|c| text(&c));
            assert_eq!(code.as_deref(), Ok("4821 7730"), "{typed}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for typed in [
            "",
            "4821773",
            "482177300",
            "4821-7730",
            "4821773a",
            "½8217730",
            "Ⅷ8217730",
        ] {
            assert!(Code::parse(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn every_zero_begins_a_run_of_ten_that_no_other_run_touches() {
        assert!(ZEROS.is_sorted_by(|a, b| u32::from(*a) + 10 <= u32::from(*b)));
    }

    fn binding() -> CodeBinding {
        CodeBinding {
            operation: OperationId([1; 16]),
            account: AccountId([2; 16]),
            device: DeviceId([3; 16]),
            action: Action::ReplaceCloud,
            digest: Hash([4; 32]),
            code_no: 1,
        }
    }

    fn tagged(binding: &CodeBinding, number: u32) -> CodeTag {
        let pepper = Pepper::new([9; 32]);
        binding
            .tag(&Code::of_number(number), &pepper, &[8; 16])
            .unwrap()
    }

    #[test]
    fn a_code_is_right_for_its_own_act_and_for_no_other() {
        let stored = tagged(&binding(), 5);
        assert_eq!(stored.verdict(&tagged(&binding(), 5)), Verdict::Right);
        assert_eq!(stored.verdict(&tagged(&binding(), 6)), Verdict::Wrong);
        let others = [
            CodeBinding {
                operation: OperationId([0; 16]),
                ..binding()
            },
            CodeBinding {
                account: AccountId([0; 16]),
                ..binding()
            },
            CodeBinding {
                device: DeviceId([0; 16]),
                ..binding()
            },
            CodeBinding {
                action: Action::ResetMasterPassword,
                ..binding()
            },
            CodeBinding {
                digest: Hash([0; 32]),
                ..binding()
            },
            CodeBinding {
                code_no: 2,
                ..binding()
            },
        ];
        for other in others {
            assert_eq!(
                stored.verdict(&tagged(&other, 5)),
                Verdict::Wrong,
                "{other:?}"
            );
        }
    }

    #[test]
    fn another_pepper_or_salt_makes_another_tag() {
        let code = Code::of_number(5);
        let stored = tagged(&binding(), 5);
        let other_pepper = binding()
            .tag(&code, &Pepper::new([0; 32]), &[8; 16])
            .unwrap();
        let other_salt = binding()
            .tag(&code, &Pepper::new([9; 32]), &[0; 16])
            .unwrap();
        assert_eq!(stored.verdict(&other_pepper), Verdict::Wrong);
        assert_eq!(stored.verdict(&other_salt), Verdict::Wrong);
    }
}
