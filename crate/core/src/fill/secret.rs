//! The secrets of a block, and whether they open anything that is ours.

use alloc::vec::Vec;

use super::block::Block;
use super::form::Field;
use super::goal::{Goal, Goals};
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
pub(super) fn secrets<'a, 'b>(block: &'b Block<'a>, goals: &Goals) -> Option<Secrets<'a, 'b>> {
    let length = |seen: &Seen<'_>| seen.control.max_length.unwrap_or(usize::MAX);
    let fields = [Field::Username, Field::Email, Field::NationalId];
    let has_name = block
        .open()
        .any(|seen| fields.iter().any(|&field| seen.is(field)));
    let is_account = goals.says(Goal::SignIn) && has_name;
    let is_password = |seen: &&Seen<'a>| {
        let is_known = match seen.sense {
            None => true,
            Some(Sense::Code) => !goals.speaks_of_code,
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
        is_known && (seen.is_secret() || is_shown) && length(seen) >= SHORTEST_PASSWORD
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

/// A password that stands for itself, and of which nothing says what it opens.
pub(super) fn is_bare(
    block: &Block<'_>,
    goals: &Goals,
    password: &Seen<'_>,
    has_name: bool,
) -> bool {
    let is_told = password.token.is_some() || goals.nearest().is_some();
    block.form.is_none() && !has_name && !is_told
}

/// A secret of which nothing says that it is a password, among fields that have nothing to do with one.
pub(super) fn is_doubtful(
    block: &Block<'_>,
    goals: &Goals,
    password: &Seen<'_>,
    has_name: bool,
) -> bool {
    let fields = [Field::Password, Field::CurrentPassword, Field::Pin];
    let is_told = password.token.is_some() || fields.iter().any(|&field| password.is(field));
    let is_refused = |seen: &&Seen<'_>| seen.sense == Some(Sense::Never) && !seen.is_select();
    let refused = block.open().filter(is_refused).count();
    let is_among_others = if has_name {
        refused > 1
    } else {
        block.open().count() > 1
    };
    !is_told && !goals.says(Goal::SignIn) && is_among_others
}
