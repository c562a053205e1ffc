//! Codes.
//!
//! ```text
//! value(counter)  S mod 2^31, S = four bytes of HMAC(secret, counter as 8 bytes) from where
//!                 its last four bits say                                        RFC 4226 §5.3
//! HOTP            value(counter) mod 10^digits                                  RFC 4226 §5.3
//! TOTP            HOTP at the counter ⌊seconds since 1970 / period⌋             RFC 6238 §4.2
//! Steam           the same value five times by 26, remainders first, as letters
//! ```

use alloc::string::String;

use sha1::Sha1;
use sha2::{Sha256, Sha512};
use zeroize::Zeroizing;

use super::{Algorithm, Form, Key, Moving, Secret};
use crate::wire::Seconds;

const STEAM: &[u8; 26] = b"23456789BCDFGHJKMNPQRTVWXY";

/// One code, as it is typed. Wiped on drop, never printed.
#[derive(PartialEq, Eq)]
pub struct Code(Zeroizing<String>);

/// The code of this moment, and the one after it.
pub struct Current {
    /// The code.
    pub code: Code,
    /// The one that comes after it.
    pub next: Code,
    /// For how many seconds a code is good.
    pub period: Seconds,
    /// For how many more this one is: 1 up to `period`.
    pub left: Seconds,
}

impl Code {
    /// As it is typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// As people read it: digits in two halves.
    #[must_use]
    pub fn shown(&self) -> Zeroizing<String> {
        let mut shown = Zeroizing::new(String::with_capacity(self.0.len() + 1));
        let (one, other) = if self.0.len() < 6 {
            (self.text(), "")
        } else {
            self.0.split_at(self.0.len() / 2)
        };
        shown.push_str(one);
        if !other.is_empty() {
            shown.push(' ');
            shown.push_str(other);
        }
        shown
    }
}

impl Key {
    /// The code of `now`; none where a counter makes them.
    #[must_use]
    pub fn code_at(&self, now: Seconds) -> Option<Current> {
        let Moving::Clock(period) = self.moving else {
            return None;
        };
        let step = now.checked_div(period)?;
        Some(Current {
            code: self.code(step),
            next: self.code(step.saturating_add(1)),
            period,
            left: period - now.checked_rem(period)?,
        })
    }

    /// The next code of a counter, which it counts; none where the clock makes
    /// them, or the counter is at its end.
    #[must_use]
    pub fn count(&mut self) -> Option<Code> {
        let Moving::Counter(counter) = self.moving else {
            return None;
        };
        self.moving = Moving::Counter(counter.checked_add(1)?);
        Some(self.code(counter))
    }

    fn code(&self, counter: u64) -> Code {
        let mut value = value(self.algorithm, &self.secret, counter);
        Code(match self.form {
            Form::Digits(digits) => {
                let mut text = Zeroizing::new(String::with_capacity(10));
                for place in (0..digits).rev() {
                    // Ten digits are more than a value has: the first of them is 0, 1 or 2.
                    let digit = value / 10_u32.pow(place) % 10;
                    text.push(char::from_digit(digit, 10).unwrap_or('0'));
                }
                text
            }
            Form::Steam => {
                let mut text = Zeroizing::new(String::with_capacity(5));
                for _ in 0..5 {
                    let at = usize::try_from(value % 26).unwrap_or_default();
                    text.push(STEAM.get(at).copied().map_or('2', char::from));
                    value /= 26;
                }
                text
            }
        })
    }
}

/// `value(counter)`.
fn value(algorithm: Algorithm, secret: &Secret, counter: u64) -> u32 {
    let tag = hmac(algorithm, secret.as_bytes(), &counter.to_be_bytes());
    truncated(tag.as_slice())
}

/// `H((key ⊕ opad) ‖ H((key ⊕ ipad) ‖ message))` (RFC 2104), once for three hashes:
/// the crate `hmac` would be here three times over.
fn hmac(algorithm: Algorithm, key: &[u8], message: &[u8]) -> Digest {
    let block = match algorithm {
        Algorithm::Sha1 | Algorithm::Sha256 => 64,
        Algorithm::Sha512 => 128,
    };
    let hashed = (key.len() > block).then(|| hash(algorithm, key, &[]));
    let key = hashed.as_ref().map_or(key, Digest::as_slice);
    let padded = |pad: u8| {
        let mut padded = Zeroizing::new([pad; 128]);
        padded
            .iter_mut()
            .zip(key)
            .for_each(|(byte, key)| *byte ^= key);
        padded
    };
    let start = |padded: &[u8; 128], rest: &[u8]| {
        hash(algorithm, padded.get(..block).unwrap_or_default(), rest)
    };
    start(&padded(0x5c), start(&padded(0x36), message).as_slice())
}

/// At most 64 bytes. Wiped on drop.
struct Digest(Zeroizing<[u8; 64]>, usize);

impl Digest {
    fn as_slice(&self) -> &[u8] {
        self.0.get(..self.1).unwrap_or_default()
    }
}

/// The hash of two parts in a row.
fn hash(algorithm: Algorithm, one: &[u8], other: &[u8]) -> Digest {
    fn of<H: sha2::Digest>(one: &[u8], other: &[u8]) -> Digest {
        let hash = H::new().chain_update(one).chain_update(other).finalize();
        let mut bytes = Zeroizing::new([0; 64]);
        bytes
            .iter_mut()
            .zip(&hash)
            .for_each(|(byte, hash)| *byte = *hash);
        Digest(bytes, hash.len())
    }
    match algorithm {
        Algorithm::Sha1 => of::<Sha1>(one, other),
        Algorithm::Sha256 => of::<Sha256>(one, other),
        Algorithm::Sha512 => of::<Sha512>(one, other),
    }
}

/// Dynamic truncation (RFC 4226 §5.3).
fn truncated(mac: &[u8]) -> u32 {
    let last = mac.last().copied().unwrap_or_default();
    let from = usize::from(last & 15);
    let four = mac.get(from..).and_then(|rest| rest.first_chunk());
    u32::from_be_bytes(four.copied().unwrap_or_default()) & 0x7fff_ffff
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use hmac::{Hmac, KeyInit, Mac};

    use super::*;

    fn by_crate<M: Mac + KeyInit>(key: &[u8]) -> alloc::vec::Vec<u8> {
        let mac = <M as KeyInit>::new_from_slice(key).unwrap();
        mac.chain_update(b"message")
            .finalize()
            .into_bytes()
            .to_vec()
    }

    #[test]
    fn hmac_is_that_of_the_crate_for_keys_of_any_length() {
        for length in 0..=Secret::MOST {
            let key = vec![0xab; length];
            let tag = |algorithm| hmac(algorithm, &key, b"message").as_slice().to_vec();
            assert_eq!(tag(Algorithm::Sha1), by_crate::<Hmac<Sha1>>(&key));
            assert_eq!(tag(Algorithm::Sha256), by_crate::<Hmac<Sha256>>(&key));
            assert_eq!(tag(Algorithm::Sha512), by_crate::<Hmac<Sha512>>(&key));
        }
    }
}
