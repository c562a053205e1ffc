//! Texts made alike, so that words can be looked for in them.

use alloc::string::String;

use super::page::LONGEST_TEXT;
use crate::vault::search::fold;

/// Of a label or a text beside a control, so many words name it.
const FIRST_WORDS: usize = 6;

/// Names in which letters and figures take turns more often were drawn by lot.
const MOST_TURNS: usize = 3;

/// A text folded as search folds, with one space between words and at both ends.
pub(super) fn plain(text: &str) -> String {
    spaced(&fold(cut(text)))
}

/// A name that a program gave, its words apart: `billingLastName2` is four. One that was
/// drawn by lot (`f3q8kx91c`) says nothing.
pub(super) fn plain_name(name: &str) -> String {
    let mut apart = String::new();
    let mut before = ' ';
    let mut turns = 0;
    for c in cut(name).chars() {
        let turns_here = before.is_numeric() != c.is_numeric();
        turns += usize::from(turns_here && before.is_alphanumeric() && c.is_alphanumeric());
        if turns_here || (before.is_lowercase() && c.is_uppercase()) {
            apart.push(' ');
        }
        apart.push(c);
        before = c;
    }
    if turns > MOST_TURNS {
        apart.clear();
    }
    spaced(&fold(&apart))
}

/// The first words of a [`plain`] text: what comes after explains.
pub(super) fn beginning(text: &str) -> &str {
    let ends = text.match_indices(' ').nth(FIRST_WORDS);
    ends.map_or(text, |(end, _)| text.get(..=end).unwrap_or(text))
}

fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 2);
    spaced.push(' ');
    for c in text.chars() {
        if (c.is_alphanumeric() && !ORDINALS.contains(&c)) || c == POSTAL_MARK {
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

/// Short for "number" after an N, like the sign of degrees that is typed for them.
const ORDINALS: [char; 2] = ['º', 'ª'];

/// Stands for a postal code in Japan, like a word.
const POSTAL_MARK: char = '〒';

/// What is looked at of a text.
pub(super) fn cut(text: &str) -> &str {
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
        assert_eq!(plain("Nº Tarjeta"), plain("N° tarjeta"));
        assert_eq!(plain_name("billingLastName2"), " billing last name 2 ");
        assert_eq!(plain_name("login[user_name]"), " login user name ");
    }

    #[test]
    fn names_drawn_by_lot_say_nothing() {
        assert_eq!(plain_name("f3q8kx91c"), " ");
        assert_eq!(plain_name("address1line2"), " address 1 line 2 ");
    }
}
