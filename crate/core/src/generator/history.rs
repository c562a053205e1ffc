//! What was made here and used, as lines: seconds since 1970, a blank, the value.

use alloc::string::{String, ToString};

use zeroize::Zeroizing;

use crate::wire::Seconds;

/// How many are kept.
const MOST: usize = 50;
/// Bytes of the longest: what the generator makes is shorter by far.
const LONGEST: usize = 1_024;

/// The value is none that was made here: empty, too long, or more than a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no value of the generator")]
pub struct NotMadeHere;

/// The lines after a value was used: it comes first and once, and fifty stay.
///
/// # Errors
/// [`NotMadeHere`].
pub fn used(before: &str, value: &str, at: Seconds) -> Result<Zeroizing<String>, NotMadeHere> {
    let is_line = !value.is_empty() && !value.contains(char::is_control);
    if !is_line || value.len() > LONGEST {
        return Err(NotMadeHere);
    }
    let room = before.len() + value.len() + 32;
    let mut lines = Zeroizing::new(String::with_capacity(room));
    for part in [&at.to_string(), " ", value, "\n"] {
        lines.push_str(part);
    }
    let is_other = |line: &&str| line.split_once(' ').is_none_or(|(_, known)| known != value);
    for other in before.lines().filter(is_other).take(MOST - 1) {
        lines.push_str(other);
        lines.push('\n');
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_comes_first_and_once() {
        let one = used("", "Tr0ub4dor", 1).unwrap();
        let two = used(&one, "two words", 2).unwrap();
        let again = used(&two, "Tr0ub4dor", 3).unwrap();
        assert_eq!(again.as_str(), "3 Tr0ub4dor\n2 two words\n");
    }

    #[test]
    fn fifty_stay() {
        let lines = (0..60).fold(Zeroizing::default(), |lines: Zeroizing<String>, at| {
            used(&lines, &["word-", &at.to_string()].concat(), at).unwrap()
        });
        assert_eq!(lines.lines().count(), 50);
        assert_eq!(lines.lines().next(), Some("59 word-59"));
        assert_eq!(lines.lines().last(), Some("10 word-10"));
    }

    #[test]
    fn nothing_that_would_be_another_line_is_taken() {
        for none in ["", "one\n2 two", "tab\t", &"x".repeat(1_025)] {
            assert_eq!(used("", none, 1).err(), Some(NotMadeHere));
        }
        assert!(used("", &"x".repeat(1_024), 1).is_ok());
    }
}
