//! Which of a select's choices a value is.

use crate::vault::search::fold;

/// The choice that says the value: the same without case and accents; a number
/// by itself or at an end (`03 – March`, `2031` for `31`); the beginning of one
/// that goes on (`Sverige (SE)`).
pub(super) fn chosen<'a>(value: &str, choices: &'a [alloc::string::String]) -> Option<&'a str> {
    let value = fold(value.trim());
    let number: Option<u32> = value.parse().ok();
    let says = |choice: &str| fold(choice.trim()) == value;
    let counts = |choice: &str| number.is_some_and(|number| is_number(choice, number));
    let begins = |choice: &str| {
        let rest = fold(choice.trim());
        let rest = rest.strip_prefix(&value).map(|rest| rest.chars().next());
        rest.is_some_and(|next| next.is_none_or(|next| !next.is_alphanumeric()))
    };
    let find = |is: &dyn Fn(&str) -> bool| choices.iter().find(|choice| is(choice));
    let choice = find(&says)
        .or_else(|| find(&counts))
        .or_else(|| find(&begins));
    choice.map(|choice| choice.as_str())
}

fn is_number(choice: &str, number: u32) -> bool {
    let parts = choice.split(|c: char| !c.is_ascii_digit());
    let mut numbers = parts.filter_map(|part| part.parse::<u32>().ok());
    let (first, more) = (numbers.next(), numbers.next());
    more.is_none()
        && first.is_some_and(|first| {
            first == number || (first < 100 && number >= 1000 && number % 100 == first)
        })
}
