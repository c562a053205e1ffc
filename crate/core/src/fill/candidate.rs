//! Which control is the user name beside a password, and how likely.

use core::cmp::Reverse;

use super::block::Block;
use super::form::{Field, Filling};
use super::goal::Goals;
use super::sense::{Seen, Sense};
use super::vouch::is_of_somebody_known;
use super::words::List;

/// From this rank on it is known that a control is a user name.
pub(super) const SURE: u8 = 3;

/// Up to this rank nothing says what a control is.
const GUESS: u8 = 1;

/// The control that is the user name, most likely, and how likely. Where somebody is known already, what nothing says
/// anything of is no name.
pub(super) fn candidate(
    block: &Block<'_>,
    goals: &Goals,
    password: &Seen<'_>,
) -> Option<(u8, usize)> {
    let before = block.open().take_while(|seen| seen.index != password.index);
    let before = before.last().map(|seen| seen.index);
    let place = |seen: &Seen<'_>| {
        let is_before = seen.index < password.index;
        (is_before, Reverse(seen.index.abs_diff(password.index)))
    };
    let ranked = |seen| Some((rank(seen, Some(seen.index) == before)?, seen));
    let ranked = block.open().filter_map(ranked);
    let (rank, seen) = ranked.max_by_key(|&(rank, seen)| (rank, place(seen)))?;
    (rank > GUESS || !is_of_somebody_known(goals, password)).then_some((rank, seen.index))
}

/// How likely a control is a user name; some are only right before the password.
fn rank(seen: &Seen<'_>, is_just_before: bool) -> Option<u8> {
    if seen.is_secret() && !(seen.is(Field::Username) || seen.is(Field::NationalId)) {
        return None;
    }
    if is_to_be(seen) || seen.goes_on {
        return None;
    }
    let is_introduced = seen.is_unlabelled() && seen.before().says(List::IAm);
    match seen.sense {
        Some(Sense::Is(Field::Username)) => Some(if seen.token.is_some() { 6 } else { 5 }),
        Some(Sense::Is(Field::Email)) => Some(4),
        Some(Sense::Is(Field::NationalId | Field::Phone)) => Some(SURE),
        // A library's card signs in, a shop's pays: something else has to tell.
        Some(Sense::Is(Field::CardNumber)) => Some(2),
        None | Some(Sense::Year | Sense::Is(Field::Name)) if is_introduced && is_just_before => {
            (!seen.is_select()).then_some(SURE)
        }
        Some(Sense::Is(field)) if field.is_a_name() => Some(2),
        Some(Sense::Is(Field::Organization)) if is_just_before => Some(0),
        None | Some(Sense::Code) if is_just_before && seen.is_named_shortly() => {
            (!seen.is_select()).then_some(1)
        }
        None | Some(_) => None,
    }
}

/// Whether a name is one that comes to be, or the same again: nobody signs in with it.
pub(super) fn is_to_be(seen: &Seen<'_>) -> bool {
    let lists = [List::New, List::Again];
    seen.label()
        .any(|said| lists.iter().any(|&list| said.says(list)))
}

/// The user name that begins in a control, and goes on in others.
pub(super) fn user_name(block: &Block<'_>, index: usize) -> Filling {
    let rest = block.open().skip_while(|seen| seen.index <= index);
    let rest = rest.take_while(|seen| seen.goes_on).map(|seen| seen.index);
    Filling {
        field: Field::Username,
        controls: core::iter::once(index).chain(rest).collect(),
    }
}
