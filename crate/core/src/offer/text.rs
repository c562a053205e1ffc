//! An item's value as a control takes it: whole or split, of two digits or four,
//! as one of a select's choices.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::choice::chosen;
use crate::fill;
use crate::vault::item::{Field, Item};

/// What of a control matters for what goes into it.
#[derive(Debug, Clone, Default)]
pub struct Slot {
    /// An input's `type`, or `select`, or `textarea`.
    pub kind: String,
    /// `maxlength`.
    pub max_length: Option<usize>,
    /// `placeholder`: how a date is to be written.
    pub placeholder: String,
    /// A select's choices.
    pub choices: Vec<String>,
}

/// What of an item goes into a field's controls, one text for each; nothing
/// where the item doesn't hold it, or it doesn't go in whole.
#[must_use]
pub fn texts(item: &Item, field: fill::Field, slots: &[Slot]) -> Option<Vec<Zeroizing<String>>> {
    let value = value(item, field, slots.first()?)?;
    match slots {
        [] => None,
        [slot] => Some(Vec::from([whole(value, slot)?])),
        several => split(&value, several),
    }
}

fn whole(value: Zeroizing<String>, slot: &Slot) -> Option<Zeroizing<String>> {
    if slot.kind == "select" {
        let choice = chosen(&value, &slot.choices)?;
        return Some(Zeroizing::new(choice.into()));
    }
    let fits = slot
        .max_length
        .is_none_or(|most| value.chars().count() <= most);
    fits.then_some(value)
}

/// One character for each of as many boxes, else as much as each of them takes.
fn split(value: &str, slots: &[Slot]) -> Option<Vec<Zeroizing<String>>> {
    let mut rest = value.chars();
    let is_single = rest.clone().count() == slots.len();
    let parts = slots.iter().map(|slot| {
        let most = if is_single {
            1
        } else {
            slot.max_length.unwrap_or(usize::MAX)
        };
        Zeroizing::new(rest.by_ref().take(most).collect())
    });
    let parts: Vec<Zeroizing<String>> = parts.collect();
    let is_whole = rest.next().is_none() && parts.iter().all(|part| !part.is_empty());
    is_whole.then_some(parts)
}

fn value(item: &Item, field: fill::Field, slot: &Slot) -> Option<Zeroizing<String>> {
    use fill::Field as Of;
    let text = match field {
        Of::Username => user_name(item),
        Of::CardExpiry => expiry(item.value(Field::Expiry), slot),
        Of::CardExpiryMonth => of_date(item.value(Field::Expiry), 1),
        Of::CardExpiryYear => year(item.value(Field::Expiry), slot),
        Of::Name => Some(full_name(item)),
        Of::BirthDate => birth_date(item.value(Field::Birthday), slot),
        Of::BirthDay => of_date(item.value(Field::Birthday), 2),
        Of::BirthMonth => of_date(item.value(Field::Birthday), 1),
        Of::BirthYear => of_date(item.value(Field::Birthday), 0),
        Of::Street => line(item.value(Field::Street), 0),
        Of::Street2 => line(item.value(Field::Street), 1),
        plain => counterpart(plain).map(|field| item.value(field).into()),
    };
    text.filter(|text| !text.is_empty()).map(Zeroizing::new)
}

/// The item's field that goes into a page's as it stands.
const fn counterpart(field: fill::Field) -> Option<Field> {
    use fill::Field as Of;
    Some(match field {
        Of::Password | Of::CurrentPassword => Field::Password,
        Of::Pin => Field::Pin,
        Of::CardNumber => Field::CardNumber,
        Of::CardHolder => Field::Holder,
        Of::CardCode => Field::SecurityCode,
        Of::GivenName => Field::FirstName,
        Of::FamilyName => Field::LastName,
        Of::Email | Of::ConfirmEmail => Field::Email,
        Of::Phone => Field::Phone,
        Of::NationalId => Field::PersonalNumber,
        Of::PassportNumber | Of::LicenseNumber => Field::DocumentNumber,
        Of::Organization => Field::Company,
        Of::PostalCode => Field::PostalCode,
        Of::City => Field::City,
        Of::Region => Field::Region,
        Of::Country => Field::Country,
        // A new password is made, a code comes of its key, and a house's number
        // stands nowhere alone; the rest is made of more than one field.
        Of::NewPassword
        | Of::ConfirmPassword
        | Of::OneTimeCode
        | Of::HouseNumber
        | Of::Username
        | Of::CardExpiry
        | Of::CardExpiryMonth
        | Of::CardExpiryYear
        | Of::Name
        | Of::BirthDate
        | Of::BirthDay
        | Of::BirthMonth
        | Of::BirthYear
        | Of::Street
        | Of::Street2 => return None,
    })
}

fn line(text: &str, number: usize) -> Option<String> {
    text.lines().nth(number).map(Into::into)
}

fn user_name(item: &Item) -> Option<String> {
    let name = [Field::Username, Field::Email].map(|field| item.value(field));
    name.into_iter()
        .find(|name| !name.is_empty())
        .map(Into::into)
}

fn full_name(item: &Item) -> String {
    let parts = [Field::FirstName, Field::MiddleName, Field::LastName];
    let parts = parts.map(|field| item.value(field));
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// A part of `YYYY-MM-DD` or `YYYY-MM`.
#[inline(never)]
fn of_date(date: &str, part: usize) -> Option<String> {
    let part = date.split('-').nth(part)?;
    part.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| part.into())
}

fn year(date: &str, slot: &Slot) -> Option<String> {
    let year = of_date(date, 0)?;
    let two = || year.get(2..).map(Into::into);
    let is_short = slot.max_length == Some(2) || is_two_digit(&slot.placeholder);
    if is_short { two() } else { Some(year) }
}

/// `MM/YY`, `MM / YY`, `MM/ÅÅ`, `MM/AA`, `MM/JJ`: no four letters of one kind.
fn is_two_digit(placeholder: &str) -> bool {
    let last = placeholder.trim().chars().last();
    let length = last.map_or(0, |last| {
        placeholder
            .trim()
            .chars()
            .rev()
            .take_while(|c| c.eq_ignore_ascii_case(&last))
            .count()
    });
    let is_digits = last.is_some_and(|last| last.is_ascii_digit());
    let digits = placeholder
        .trim()
        .chars()
        .rev()
        .take_while(char::is_ascii_digit)
        .count();
    if is_digits { digits == 2 } else { length == 2 }
}

fn expiry(date: &str, slot: &Slot) -> Option<String> {
    let (year, month) = (of_date(date, 0)?, of_date(date, 1)?);
    if slot.kind == "month" {
        return Some(format!("{year}-{month}"));
    }
    let short = year.get(2..)?;
    let is_long = slot.max_length.is_none_or(|most| most >= 7)
        && slot
            .placeholder
            .chars()
            .filter(|c| c.is_alphanumeric())
            .count()
            == 6;
    Some(match slot.max_length {
        Some(4) => format!("{month}{short}"),
        _ if is_long => format!("{month}/{year}"),
        _ => format!("{month}/{short}"),
    })
}

/// As its placeholder orders it; a control of type `date` takes `YYYY-MM-DD`.
fn birth_date(date: &str, slot: &Slot) -> Option<String> {
    let [year, month, day] = [0, 1, 2].map(|part| of_date(date, part));
    let (year, month, day) = (year?, month?, day?);
    let order = slot.placeholder.to_lowercase();
    let between = order.chars().find(|c| matches!(c, '/' | '.' | ' ' | '-'));
    let (Some(between), false) = (between, slot.kind == "date") else {
        return Some(date.into());
    };
    let parts: Vec<&str> = order
        .split(between)
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let of = |part: &&str| match part.chars().next() {
        Some('y' | 'å' | 'a' | 'j' | 'v' | 'r' | '1' | '2') if part.chars().count() == 4 => {
            Some(year.as_str())
        }
        Some('m' | 'k' | 'л') => Some(month.as_str()),
        Some('d' | 't' | 'p' | 'j' | 'g') => Some(day.as_str()),
        _ => None,
    };
    let parts: Vec<&str> = parts.iter().filter_map(of).collect();
    let is_each = parts.len() == 3
        && [&year, &month, &day]
            .iter()
            .all(|part| parts.contains(&part.as_str()));
    Some(if is_each {
        parts.join(between.encode_utf8(&mut [0; 4]))
    } else {
        date.into()
    })
}
