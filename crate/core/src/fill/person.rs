//! The fields of a block that are of a person, a place or a card.

use alloc::vec::Vec;

use super::block::Block;
use super::choices;
use super::form::{Field, Filling};
use super::goal::Goal;
use super::lexicon::Said;
use super::reading::Reading;
use super::sense::{Seen, Sense};
use super::words::List;

/// A field of a person, and the controls that are it.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) field: Field,
    pub(super) controls: Vec<usize>,
}

impl Known {
    pub(super) fn filling(&self) -> Filling {
        Filling {
            field: self.field,
            controls: self.controls.clone(),
        }
    }
}

pub(super) fn filling(field: Field, control: usize) -> Filling {
    Filling {
        field,
        controls: Vec::from([control]),
    }
}

/// The fields of a block that are of a person, each once, the first of its kind.
pub(super) fn fields(reading: &Reading<'_>, block: &Block<'_>) -> Vec<Known> {
    let has_card = block
        .open()
        .any(|seen| seen.is(Field::CardNumber) || seen.is(Field::CardCode));
    let mut known: Vec<Known> = Vec::new();
    let mut before: Option<usize> = None;
    for seen in block.open() {
        let field = field(reading, block, seen, has_card);
        let last = before.and_then(|at| known.get_mut(at));
        match (field, last) {
            (Some(field), Some(last)) if field == last.field && goes_on(last, seen) => {
                last.controls.push(seen.index);
            }
            (Some(field), _) => before = add(&mut known, field, seen),
            (None, Some(last)) if goes_on(last, seen) => last.controls.push(seen.index),
            (None, _) => before = None,
        }
    }
    nearest_names(block, &mut known);
    chosen_name(block, &mut known);
    names(block, &mut known);
    without_lone_parts(&mut known);
    short_expiry(block, &mut known);
    known
}

/// Two figures are no date of a card: its month, beside which the year stands.
fn short_expiry(block: &Block<'_>, known: &mut [Known]) {
    let is_short = |known: &&mut Known| {
        let mut seen = block
            .open()
            .filter(|seen| known.controls.contains(&seen.index));
        known.field == Field::CardExpiry && seen.all(|seen| seen.control.max_length == Some(2))
    };
    if let Some(known) = known.iter_mut().find(is_short) {
        known.field = Field::CardExpiryMonth;
    }
}

/// Where a first name is asked twice, the person's is the one beside the last name.
fn nearest_names(block: &Block<'_>, known: &mut [Known]) {
    let of = |wanted: Field| known.iter().find(|known| known.field == wanted);
    let Some(&last) = of(Field::FamilyName).and_then(|known| known.controls.first()) else {
        return;
    };
    let first = block.open().filter(|seen| seen.is(Field::GivenName));
    let nearest = first
        .map(|seen| seen.index)
        .min_by_key(|index| index.abs_diff(last));
    let known = known
        .iter_mut()
        .find(|known| known.field == Field::GivenName);
    if let (Some(nearest), Some(known)) = (nearest, known) {
        known.controls = Vec::from([nearest]);
    }
}

/// Of two user names, the one that is to be thought of is the account's.
fn chosen_name(block: &Block<'_>, known: &mut [Known]) {
    let is_chosen = |seen: &&Seen<'_>| seen.is(Field::Username) && seen.says(List::Choose);
    let known = known
        .iter_mut()
        .find(|known| known.field == Field::Username);
    if let (Some(seen), Some(known)) = (block.open().find(is_chosen), known) {
        known.controls = Vec::from([seen.index]);
    }
}

/// A day, a month or a year alone is of something else than a birth; a flat or a house without a street is none.
fn without_lone_parts(known: &mut Vec<Known>) {
    let parts = [Field::BirthDay, Field::BirthMonth, Field::BirthYear];
    let is_part = |of: &Known| parts.contains(&of.field);
    if known.iter().filter(|of| is_part(of)).count() == 1 {
        known.retain(|of| !is_part(of));
    }
    let places = [Field::Street, Field::PostalCode];
    let details = [Field::Street2, Field::HouseNumber];
    if !known.iter().any(|of| places.contains(&of.field)) {
        known.retain(|of| !details.contains(&of.field));
    }
}

/// What a control is among its fellows.
fn field(
    reading: &Reading<'_>,
    block: &Block<'_>,
    seen: &Seen<'_>,
    has_card: bool,
) -> Option<Field> {
    let legend = legend(reading, block, seen);
    if legend.is_some_and(|legend| legend == Legend::NotOurs) {
        return None;
    }
    let is_of_card = has_card && legend != Some(Legend::Born);
    let is_number = seen.label().any(|said| said.says(List::Number));
    if has_card && is_number && !block.open().any(|seen| seen.is(Field::CardNumber)) {
        return Some(Field::CardNumber);
    }
    if is_number && block.open().any(|seen| seen.is(Field::Street)) {
        return Some(Field::HouseNumber);
    }
    let sense = seen.sense.or_else(|| choices::sense(seen.control));
    match sense? {
        Sense::Is(field) if field.is_a_name() && legend == Some(Legend::Holder) => {
            Some(Field::CardHolder)
        }
        Sense::Is(Field::CardHolder) if seen.label().any(is_in_a_passport) => Some(Field::Name),
        // In India, of a place.
        Sense::Is(Field::Pin) if !seen.is_secret() && is_in_a_town(block) => {
            Some(Field::PostalCode)
        }
        Sense::Is(Field::Password | Field::CurrentPassword | Field::NewPassword | Field::Pin) => {
            None
        }
        Sense::Is(Field::Username) if is_mail_too(seen) => Some(Field::Email),
        Sense::Is(field) => Some(field),
        Sense::Day => Some(Field::BirthDay),
        Sense::Month if is_of_card => Some(Field::CardExpiryMonth),
        Sense::Month => Some(Field::BirthMonth),
        Sense::Year if is_of_card => Some(Field::CardExpiryYear),
        Sense::Year if seen.label().any(|said| said.says(List::FrenchDay)) => Some(Field::BirthDay),
        Sense::Year => Some(Field::BirthYear),
        Sense::Code | Sense::Never => None,
    }
}

fn is_in_a_town(block: &Block<'_>) -> bool {
    block.open().any(|seen| seen.is(Field::City)) && !block.open().any(Seen::is_secret)
}

/// Whether a user name may be an address of mail as well.
fn is_mail_too(seen: &Seen<'_>) -> bool {
    let is_mail = |said: &Said| said.speaks_of(Sense::Is(Field::Email));
    seen.token.is_none() && seen.label().any(is_mail)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Legend {
    NotOurs,
    Holder,
    Born,
}

/// What the heading of a part of a block says of a control in that part.
fn legend(reading: &Reading<'_>, block: &Block<'_>, seen: &Seen<'_>) -> Option<Legend> {
    let groups = reading.page.around(seen.control.group);
    let inner: Vec<_> = groups
        .take_while(|&group| Some(group) != block.root)
        .collect();
    let texts = reading.texts().filter(|(_, text)| text.heading);
    let texts = texts.filter(|(_, text)| text.place < seen.control.place);
    let of_part = |group: Option<usize>| group.is_some_and(|group| inner.contains(&group));
    let (index, _) = texts.rev().find(|(_, text)| of_part(text.group))?;
    let legend = reading.text(index);
    if legend.goal() == Some(Goal::NotOurs) {
        return Some(Legend::NotOurs);
    }
    match legend.sense() {
        Some(Sense::Is(Field::CardHolder)) if is_in_a_passport(legend) => None,
        Some(Sense::Is(Field::CardHolder)) => Some(Legend::Holder),
        Some(Sense::Is(Field::BirthDate)) => Some(Legend::Born),
        _ => None,
    }
}

/// Whether a name that is asked for as it is written somewhere is so in a passport.
fn is_in_a_passport(said: &Said) -> bool {
    said.speaks_of(Sense::Is(Field::PassportNumber))
}

/// Adds a field; what is there already may be its second half. Returns its place.
fn add(known: &mut Vec<Known>, field: Field, seen: &Seen<'_>) -> Option<usize> {
    let place = known.iter().position(|known| known.field == field);
    let field = match (place.and_then(|place| known.get_mut(place)), field) {
        (None, field) => field,
        (Some(_), Field::Email) => Field::ConfirmEmail,
        (Some(month), Field::CardExpiry) => {
            month.field = Field::CardExpiryMonth;
            Field::CardExpiryYear
        }
        (Some(holder), Field::CardHolder) => {
            holder.controls.push(seen.index);
            return place;
        }
        (Some(_), _) => return None,
    };
    let is_repetition = seen.says(List::Again);
    if known.iter().any(|known| known.field == field)
        || (field == Field::ConfirmEmail && !is_repetition)
    {
        return None;
    }
    known.push(Known {
        field,
        controls: Vec::from([seen.index]),
    });
    Some(known.len() - 1)
}

/// Whether a control without a text is the rest of the one before it.
fn goes_on(last: &Known, seen: &Seen<'_>) -> bool {
    let is_split = matches!(
        last.field,
        Field::PostalCode | Field::CardNumber | Field::Phone | Field::NationalId
    );
    let is_short = seen.control.max_length.is_some_and(|length| length <= 6);
    let is_silent = seen.is_silent();
    let is_silent =
        is_silent || (last.field == Field::CardNumber && seen.field() == Some(last.field));
    let is_same = seen.field() == Some(last.field);
    seen.goes_on || (is_split && is_silent && (is_same || (is_short && seen.field().is_none())))
}

/// A word for "name" alone is the whole name; beside a first name it is the last.
fn names(block: &Block<'_>, known: &mut Vec<Known>) {
    let has = |known: &[Known], field: Field| known.iter().any(|known| known.field == field);
    let says = |known: &Known, list: List| {
        let control = known.controls.first();
        let seen = block.seen.iter().find(|seen| Some(&seen.index) == control);
        seen.is_some_and(|seen| seen.says(list))
    };
    let (given, family) = (has(known, Field::GivenName), has(known, Field::FamilyName));
    let whole = has(known, Field::Name);
    if given && family {
        // A whole name beside them is somebody else's.
        known.retain(|known| known.field != Field::Name);
    }
    for known in known {
        let is = |field: Field, list: List| known.field == field && says(known, list);
        let is_first = !family && is(Field::GivenName, List::FirstOrWhole);
        let is_last = !given && is(Field::FamilyName, List::LastOrWhole);
        let is_whole = !whole && (is_first || is_last);
        if is_whole {
            known.field = Field::Name;
        } else if known.field == Field::Name && given && !family {
            known.field = Field::FamilyName;
        }
    }
}
