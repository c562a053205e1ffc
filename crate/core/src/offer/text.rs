//! An item's value as a control takes it: whole or split, of two digits or four,
//! as one of a select's choices.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::choice::chosen;
use crate::fill;
use crate::otp::Key;
use crate::vault::item::{Field, Item, OtpPlace};
use crate::wire::Seconds;

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
pub fn texts(
    item: &Item,
    field: fill::Field,
    slots: &[Slot],
    now: Seconds,
) -> Option<Vec<Zeroizing<String>>> {
    let value = if field == fill::Field::OneTimeCode {
        code(item, now)?
    } else {
        value(item, field, slots.first()?)?
    };
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
    let text = match source(field)? {
        Source::Field(field) => Some(item.value(field).into()),
        Source::UserName => user_name(item),
        Source::FullName => Some(full_name(item)),
        Source::Month(field) => expiry(item.value(field), slot),
        Source::Day(field) => birth_date(item.value(field), slot),
        Source::Year(field) => year(item.value(field), slot),
        Source::Part(field, part) => of_date(item.value(field), part),
        Source::Line(field, number) => line(item.value(field), number),
    };
    text.filter(|text| !text.is_empty()).map(Zeroizing::new)
}

/// What of an item a page's field takes.
enum Source {
    Field(Field),
    UserName,
    FullName,
    Month(Field),
    Day(Field),
    Year(Field),
    Part(Field, usize),
    Line(Field, usize),
}

const fn source(field: fill::Field) -> Option<Source> {
    use fill::Field as Of;
    Some(match field {
        Of::Username => Source::UserName,
        Of::Password | Of::CurrentPassword => Source::Field(Field::Password),
        Of::Pin => Source::Field(Field::Pin),
        Of::CardNumber => Source::Field(Field::CardNumber),
        Of::CardHolder => Source::Field(Field::Holder),
        Of::CardCode => Source::Field(Field::SecurityCode),
        Of::CardExpiry => Source::Month(Field::Expiry),
        Of::CardExpiryMonth => Source::Part(Field::Expiry, 1),
        Of::CardExpiryYear => Source::Year(Field::Expiry),
        Of::Name => Source::FullName,
        Of::GivenName => Source::Field(Field::FirstName),
        Of::FamilyName => Source::Field(Field::LastName),
        Of::Email | Of::ConfirmEmail => Source::Field(Field::Email),
        Of::Phone => Source::Field(Field::Phone),
        Of::BirthDate => Source::Day(Field::Birthday),
        Of::BirthDay => Source::Part(Field::Birthday, 2),
        Of::BirthMonth => Source::Part(Field::Birthday, 1),
        Of::BirthYear => Source::Part(Field::Birthday, 0),
        Of::NationalId => Source::Field(Field::PersonalNumber),
        Of::PassportNumber | Of::LicenseNumber => Source::Field(Field::DocumentNumber),
        Of::Organization => Source::Field(Field::Company),
        Of::Street => Source::Line(Field::Street, 0),
        Of::Street2 => Source::Line(Field::Street, 1),
        Of::PostalCode => Source::Field(Field::PostalCode),
        Of::City => Source::Field(Field::City),
        Of::Region => Source::Field(Field::Region),
        Of::Country => Source::Field(Field::Country),
        // A new password is made, a code is of its moment, and a house's number
        // stands nowhere alone.
        Of::NewPassword | Of::ConfirmPassword | Of::OneTimeCode | Of::HouseNumber => return None,
    })
}

fn line(text: &str, number: usize) -> Option<String> {
    text.lines().nth(number).map(Into::into)
}

/// The code of this moment. One by a counter is used up by being made: a person
/// asks for it at its entry.
fn code(item: &Item, now: Seconds) -> Option<Zeroizing<String>> {
    let key = Key::parse(item.otp(OtpPlace::First)?).ok()?;
    let current = key.code_at(now)?;
    Some(Zeroizing::new(current.code.text().into()))
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
