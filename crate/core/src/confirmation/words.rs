//! Four words that a person compares: the same in the mail and on the page,
//! whatever the language; and a key's fingerprint in the same way.
//!
//! ```text
//! reference   = words of the first four bytes of SHA-256(digest ‖ operation id)
//! fingerprint = words of the first four bytes of SHA-256(public key)
//! ```

use alloc::string::{String, ToString};
use core::fmt;
use core::str::Lines;

use crate::id::{Hash, OperationId};

/// 256 short words, one a line, no two with the same first three letters.
const LIST: &str = include_str!("words.txt");

/// Four words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words([&'static str; 4]);

impl Words {
    /// The words of an operation.
    #[must_use]
    pub fn reference(digest: Hash, operation: OperationId) -> Self {
        let mut bytes = [0; 48];
        bytes[..32].copy_from_slice(digest.as_bytes());
        bytes[32..].copy_from_slice(operation.as_bytes());
        Self::of(Hash::of(&bytes))
    }

    /// The words of a public key.
    #[must_use]
    pub fn fingerprint(public: &[u8; 32]) -> Self {
        Self::of(Hash::of(public))
    }

    fn of(Hash([a, b, c, d, ..]): Hash) -> Self {
        Self([a, b, c, d].map(word))
    }

    /// For the wire.
    #[must_use]
    pub fn to_strings(self) -> [String; 4] {
        self.0.map(|word| word.to_string())
    }

    /// Whether these are the words that came over the wire.
    #[must_use]
    pub fn are(self, others: &[String; 4]) -> bool {
        self.0
            .iter()
            .zip(others)
            .all(|(ours, theirs)| ours == theirs)
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}

fn word(number: u8) -> &'static str {
    let mut lines: Lines<'static> = LIST.lines();
    lines.nth(number.into()).unwrap_or("?")
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;

    #[test]
    fn the_list_has_256_words_of_three_to_seven_letters_told_apart_by_their_first_three() {
        let words: BTreeSet<_> = LIST.lines().collect();
        let beginnings: BTreeSet<_> = LIST.lines().map(|word| &word[..3]).collect();
        assert_eq!(LIST.lines().count(), 256);
        assert_eq!(words.len(), 256);
        assert_eq!(beginnings.len(), 256);
        for word in words {
            assert!((3..=7).contains(&word.len()), "{word}");
            assert!(word.bytes().all(|b| b.is_ascii_lowercase()), "{word}");
        }
    }

    #[test]
    fn the_words_depend_on_digest_and_operation() {
        let words = Words::reference(Hash([1; 32]), OperationId([2; 16]));
        assert_ne!(words, Words::reference(Hash([0; 32]), OperationId([2; 16])));
        assert_ne!(words, Words::reference(Hash([1; 32]), OperationId([0; 16])));
        assert!(words.are(&words.to_strings()));
    }
}
