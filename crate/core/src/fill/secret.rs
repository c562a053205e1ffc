//! The secrets of a block.

use alloc::vec::Vec;

use super::block::Block;
use super::form::Field;
use super::goal::{Goal, Goals};
use super::person::Known;
use super::sense::{Seen, Sense};

/// More passwords in one form than that are something else.
const MOST_PASSWORDS: usize = 4;
/// Shorter ones are asked for letter by letter.
const SHORTEST_PASSWORD: usize = 3;

pub(super) struct Secrets<'a, 'b> {
    pub(super) passwords: Vec<&'b Seen<'a>>,
    pub(super) pin: Option<usize>,
}

/// The passwords of a block, and the second secret beside them.
pub(super) fn secrets<'a, 'b>(
    block: &'b Block<'a>,
    goals: &Goals,
    people: &[Known],
) -> Option<Secrets<'a, 'b>> {
    let length = |seen: &Seen<'_>| seen.control.max_length.unwrap_or(usize::MAX);
    let fields = [Field::Username, Field::Email, Field::NationalId];
    let has_name = block
        .open()
        .any(|seen| fields.iter().any(|&field| seen.is(field)));
    let is_account = goals.says(Goal::SignIn) && has_name;
    // A part of a card's number may be masked too.
    let is_taken = |seen: &Seen<'a>| people.iter().any(|of| of.controls.contains(&seen.index));
    let is_password = |seen: &&Seen<'a>| {
        may_be_a_password(seen, goals, is_account)
            && !is_taken(seen)
            && length(seen) >= SHORTEST_PASSWORD
    };
    let mut passwords: Vec<_> = block.open().filter(is_password).collect();
    let is_pin = |seen: &&Seen<'_>| seen.is(Field::Pin) && length(seen) >= SHORTEST_PASSWORD;
    let mut pins: Vec<_> = block.open().filter(is_pin).collect();
    if passwords.is_empty() {
        let is_sign_in = goals.says(Goal::SignIn) || pins.iter().all(|seen| seen.is_secret());
        passwords = core::mem::take(&mut pins);
        if passwords.len() > 1 || !is_sign_in {
            return None;
        }
    }
    let count = passwords.len();
    let pin = pins.first().map(|seen| seen.index);
    (count > 0 && count <= MOST_PASSWORDS).then_some(Secrets { passwords, pin })
}

fn may_be_a_password(seen: &Seen<'_>, goals: &Goals, is_account: bool) -> bool {
    let is_known = match seen.sense {
        None => true,
        Some(Sense::Code) => !goals.around.code,
        Some(Sense::Is(Field::CardCode)) => is_account,
        Some(Sense::Is(field)) => {
            matches!(
                field,
                Field::Password | Field::CurrentPassword | Field::NewPassword
            )
        }
        Some(_) => false,
    };
    let is_shown = seen.is(Field::Password) || seen.is(Field::CurrentPassword);
    is_known && (seen.is_secret() || is_shown)
}
