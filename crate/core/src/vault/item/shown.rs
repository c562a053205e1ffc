//! How what stands in a field is written for people, and how what they typed
//! is stored.

use alloc::string::String;
use alloc::vec::Vec;

use super::Item;
use super::field::{Field, Shape};
use crate::otp::Key;

impl Shape {
    /// As people read it: a card's number in groups of four, a month as `MM/YY`.
    #[must_use]
    pub fn shown(self, text: &str) -> String {
        match self {
            Self::CardNumber if is_digits(text) => groups(text),
            Self::Month => month(text).unwrap_or_else(|| text.into()),
            Self::CardNumber
            | Self::Line
            | Self::Email
            | Self::Phone
            | Self::Lines
            | Self::Date
            | Self::Secret
            | Self::SecretLines
            | Self::Totp => text.into(),
        }
    }

    /// As it is stored: a card's number without blanks and hyphens, a month as
    /// `YYYY-MM`, a key of one-time codes in the one way in which it is written.
    /// What can't be read stays as it was typed.
    #[must_use]
    pub fn tidied(self, text: &str) -> String {
        match self {
            Self::CardNumber => {
                let number: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
                if is_digits(&number) {
                    number
                } else {
                    text.into()
                }
            }
            Self::Month => year_and_month(text).unwrap_or_else(|| text.trim().into()),
            Self::Totp => Key::tidied(text).as_str().into(),
            Self::Line
            | Self::Email
            | Self::Phone
            | Self::Lines
            | Self::Date
            | Self::Secret
            | Self::SecretLines => text.into(),
        }
    }
}

impl Item {
    /// The fields that show: those of its kind in their order, and whatever
    /// else holds something.
    #[must_use]
    pub fn shown_fields(&self) -> Vec<Field> {
        let kind = self.kind.fields();
        let others = self.values.iter().map(|value| value.field());
        let others = others.filter(|field| !kind.contains(field));
        kind.iter().copied().chain(others).collect()
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn groups(number: &str) -> String {
    let mut shown = String::new();
    for (at, digit) in number.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            shown.push(' ');
        }
        shown.push(digit);
    }
    shown
}

/// `2027-04` as `04/27`.
fn month(stored: &str) -> Option<String> {
    let (year, month) = stored.split_once('-')?;
    let is_one = year.len() == 4 && is_digits(year) && month.len() == 2 && is_digits(month);
    let year = year.get(2..).filter(|_| is_one)?;
    Some([month, "/", year].concat())
}

/// `4/27`, `04/2027`, `2027-4` and their like as `2027-04`.
fn year_and_month(typed: &str) -> Option<String> {
    let mut parts = typed
        .split(['/', '-', '.', ' '])
        .filter(|part| !part.is_empty());
    let (one, other) = (parts.next()?, parts.next()?);
    let (month, year) = if one.len() == 4 {
        (other, one)
    } else {
        (one, other)
    };
    let is_good = parts.next().is_none() && is_digits(month) && is_digits(year);
    let number: u8 = month
        .parse()
        .ok()
        .filter(|number| (1..=12).contains(number))?;
    let century = match year.len() {
        2 => "20",
        4 => "",
        _ => return None,
    };
    let tens = if number < 10 { "0" } else { "" };
    let month = month.trim_start_matches('0');
    is_good.then(|| [century, year, "-", tens, month].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::item::Kind;

    #[test]
    fn a_cards_number_shows_in_groups_and_is_stored_without() {
        assert_eq!(
            Shape::CardNumber.shown("4242424242424242"),
            "4242 4242 4242 4242"
        );
        assert_eq!(
            Shape::CardNumber.tidied("4242-4242 4242 4242"),
            "4242424242424242"
        );
        assert_eq!(Shape::CardNumber.tidied("ask Bo"), "ask Bo");
        assert_eq!(Shape::CardNumber.shown("ask Bo"), "ask Bo");
    }

    #[test]
    fn a_month_is_understood_however_it_is_typed() {
        for (typed, stored) in [
            ("04/27", "2027-04"),
            ("4/2027", "2027-04"),
            ("2027-04", "2027-04"),
            ("12.2031", "2031-12"),
            (" 04 / 27 ", "2027-04"),
            ("13/27", "13/27"),
            ("0/27", "0/27"),
            ("soon", "soon"),
            ("1/2/27", "1/2/27"),
        ] {
            assert_eq!(Shape::Month.tidied(typed), stored, "{typed}");
        }
        assert_eq!(Shape::Month.shown("2027-04"), "04/27");
        assert_eq!(Shape::Month.shown("soon"), "soon");
    }

    #[test]
    fn what_the_kind_does_not_have_shows_where_something_stands_there() {
        let note = Item::new(Kind::Note).with(Field::Pin, "1");
        assert_eq!(note.shown_fields(), [Field::Notes, Field::Pin]);
    }
}
