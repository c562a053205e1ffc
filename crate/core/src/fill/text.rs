//! Texts made alike, so that word lists can be held to them.

use alloc::string::String;

use super::page::LONGEST_TEXT;
use crate::vault::search::fold;

/// Of a label or a text beside a control, so many words name it.
const FIRST_WORDS: usize = 6;

/// A text folded as search folds, with one space between words and at both ends.
pub(super) fn plain(text: &str) -> String {
    spaced(&fold(cut(text)))
}

/// A name that a program gave, its words apart: `billingLastName2` is four.
pub(super) fn plain_name(name: &str) -> String {
    let mut apart = String::new();
    let mut before = ' ';
    for c in cut(name).chars() {
        let begins = before.is_lowercase() && c.is_uppercase();
        if begins || before.is_numeric() != c.is_numeric() {
            apart.push(' ');
        }
        apart.push(c);
        before = c;
    }
    spaced(&fold(&apart))
}

/// Whether a [`plain`] text holds any of the words of a list, which `|` parts. `*`
/// stands for more letters, at the beginning or the end: `losenord*`, `*メール*`; `=` for
/// the whole text.
pub(super) fn says_any(text: &str, list: &str) -> bool {
    !is_empty(text) && list.split('|').any(|words| says(text, words))
}

fn says(text: &str, words: &str) -> bool {
    if let Some(whole) = words.strip_prefix('=') {
        return text.trim_ascii() == whole;
    }
    let (open, words) = open_end(words, str::strip_prefix);
    let (goes_on, words) = open_end(words, str::strip_suffix);
    text.match_indices(words).any(|(begin, found)| {
        let before = text.get(..begin).unwrap_or_default();
        let after = text.get(begin + found.len()..).unwrap_or_default();
        (open || before.ends_with(' ')) && (goes_on || after.starts_with(' '))
    })
}

/// What the first row of a table that a text holds words of stands for.
pub(super) fn first<T: Copy>(table: &[(T, &str)], text: &str) -> Option<T> {
    let row = table.iter().find(|row| says_any(text, row.1));
    row.map(|row| row.0)
}

/// The first words of a [`plain`] text: what comes after explains.
pub(super) fn beginning(text: &str) -> &str {
    let ends = text.match_indices(' ').nth(FIRST_WORDS);
    ends.map_or(text, |(end, _)| text.get(..=end).unwrap_or(text))
}

pub(super) fn is_empty(plain: &str) -> bool {
    plain.trim_ascii().is_empty()
}

fn open_end<'a>(
    words: &'a str,
    strip: impl Fn(&'a str, char) -> Option<&'a str>,
) -> (bool, &'a str) {
    strip(words, '*').map_or((false, words), |rest| (true, rest))
}

fn spaced(text: &str) -> String {
    let mut spaced = String::from(" ");
    for c in text.chars() {
        if c.is_alphanumeric() {
            spaced.push(c);
        } else if !spaced.ends_with(' ') {
            spaced.push(' ');
        }
    }
    if !spaced.ends_with(' ') {
        spaced.push(' ');
    }
    spaced
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST_TEXT))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_alike_whatever_their_case_accents_and_marks() {
        assert_eq!(plain("E-Mail-Adresse*"), " e mail adresse ");
        assert_eq!(plain("  Lösenord:"), " losenord ");
        assert_eq!(plain("…"), " ");
        assert_eq!(plain_name("billingLastName2"), " billing last name 2 ");
        assert_eq!(plain_name("login[user_name]"), " login user name ");
    }

    #[test]
    fn words_are_whole_unless_a_star_says_otherwise() {
        assert!(says(&plain("Your name"), "name"));
        assert!(!says(&plain("Username"), "name"));
        assert!(says(&plain("Lösenordet"), "losenord*"));
        assert!(says(&plain("Username"), "*name"));
        assert!(says(&plain("メールアドレス"), "*メール*"));
    }
}
