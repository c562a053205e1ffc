//! One number in several boxes: what is read before the first names all of them.

use super::form::Field;
use super::sense::{Seen, Sense};
use super::words::List;

/// A box for a part of a number takes no more.
const LONGEST_PART: usize = 8;

/// Finds the boxes that go on with the number of the box before them.
pub(super) fn join(seen: &mut [Seen<'_>]) {
    let mut open = seen.iter_mut().filter(|seen| seen.is_open());
    let Some(mut before) = open.next() else {
        return;
    };
    for here in open {
        if let Some(field) = named(before).filter(|_| is_next(before, here)) {
            before.sense = Some(Sense::Is(field));
            here.sense = before.sense;
            here.goes_on = true;
        }
        before = here;
    }
}

/// What number it is that a box holds a part of, where it tells one person from others.
fn named(seen: &Seen<'_>) -> Option<Field> {
    let of_text = || seen.before().senses().find_map(number);
    if seen.goes_on || !is_counted(seen) {
        seen.sense.and_then(number)
    } else {
        of_text()
    }
}

const fn number(sense: Sense) -> Option<Field> {
    match sense {
        Sense::Is(field @ (Field::Username | Field::NationalId)) => Some(field),
        Sense::Never | Sense::Is(_) | Sense::Code | Sense::Day | Sense::Month | Sense::Year => None,
    }
}

/// Whether a box stands beside the one before it and, like that, says no more than which figures go there.
fn is_next(before: &Seen<'_>, here: &Seen<'_>) -> bool {
    let is_alike = here.is_silent() || (is_counted(before) && is_counted(here));
    is_part(before) && is_part(here) && before.control.group == here.control.group && is_alike
}

fn is_part(seen: &Seen<'_>) -> bool {
    let is_short = matches!(seen.control.max_length, Some(2..=LONGEST_PART));
    is_short && !seen.is_secret() && !seen.is_select()
}

/// Whether its label tells which figures go there, and not of what: "first" and "last" are no names here.
fn is_counted(seen: &Seen<'_>) -> bool {
    let is_order = |sense: Sense| matches!(sense, Sense::Is(field) if field.is_a_name());
    let mut label = seen.label();
    label.any(|said| said.says(List::Figures) && said.senses().all(is_order))
}
