//! The secrets of a block, and whether they open anything that is ours.

use alloc::vec::Vec;

use super::block::Block;
use super::form::Field;
use super::goal::{Goal, Goals};
use super::person::Known;
use super::reading::Reading;
use super::sense::{Seen, Sense};
use super::words::List;

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
        is_known
            && !is_taken(seen)
            && (seen.is_secret() || is_shown)
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

/// Whether enough speaks for a password being one of ours, and nothing against it. A form is no sign-in merely
/// because something in it is masked.
pub(super) fn is_vouched_for(
    reading: &Reading<'_>,
    block: &Block<'_>,
    goals: &Goals,
    password: &Seen<'_>,
    name: Name,
) -> bool {
    let says_so = [goals.button, goals.heading].contains(&Some(Goal::SignIn));
    let strangers = strangers(block, name);
    if name != Name::Unknown && says_so && (strangers == 0 || !goals.keeps) {
        return true;
    }
    let has_token = password.token == Some(Field::CurrentPassword);
    let is_asked_again = has_token || password.label().any(|said| said.says(List::Own));
    let is_about = goals.says(Goal::SignIn);
    let is_kept = goals.keeps && !is_asked_again;
    let says = |list: List| {
        let read = password.label().chain(block.texts(reading));
        read.chain(block.headings(reading))
            .any(|said| said.says(list))
    };
    if is_kept || says(List::Shared) || (strangers > usize::from(is_about) && !is_asked_again) {
        return false;
    }
    let fields = [Field::Password, Field::CurrentPassword, Field::Pin];
    let is_told = has_token || fields.iter().any(|&field| password.is(field));
    // A code for entering opens anything.
    let is_code = password.label().any(|said| said.speaks_of(Sense::Code));
    match name {
        Name::Known(_) => true,
        Name::Guessed(_) => is_about || (is_told && !is_code) || is_wordless(block, goals),
        Name::Unknown => {
            let is_alone = block.open().filter(|seen| !seen.is_select()).count() == 1;
            let is_own = is_told && is_alone && (goals.goes_on || says(List::Own));
            let is_bare = block.form.is_none() && !is_about && !has_token;
            password.is_secret() && !is_bare && (is_about || is_asked_again || is_own)
        }
    }
}

/// So many controls ask for something else than who signs in has to give: a riddle or a trap is nothing.
pub(super) fn strangers(block: &Block<'_>, name: Name) -> usize {
    let beside = [
        Field::Username,
        Field::Organization,
        Field::BirthDate,
        Field::OneTimeCode,
        Field::Pin,
    ];
    let is_beside = |seen: &Seen<'_>| {
        let is_named = seen.field().is_some_and(|field| beside.contains(&field));
        is_named || seen.is_secret() || name.index() == Some(seen.index)
    };
    let is_stranger = |seen: &&Seen<'_>| {
        let is_riddle = seen.sense == Some(Sense::Never) && seen.says(List::Never);
        !seen.is_select() && !is_riddle && !is_beside(seen)
    };
    block.open().filter(is_stranger).count()
}

/// So many controls ask for something that is refused for what it is.
pub(super) fn things(block: &Block<'_>) -> usize {
    let is_thing = |seen: &&Seen<'_>| {
        seen.sense == Some(Sense::Never) && !seen.is_select() && !seen.says(List::Never)
    };
    block.open().filter(is_thing).count()
}

/// Two fields and a button without a word: that nobody has to be told what it is, tells it.
fn is_wordless(block: &Block<'_>, goals: &Goals) -> bool {
    block.form.is_some()
        && goals.is_silent
        && block.open().count() == 2
        && block.open().all(Seen::is_silent)
}

/// How well the name is known that belongs to a password, and which control it is, where it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Known(Option<usize>),
    Guessed(usize),
    Unknown,
}

impl Name {
    fn index(self) -> Option<usize> {
        match self {
            Self::Known(index) => index,
            Self::Guessed(index) => Some(index),
            Self::Unknown => None,
        }
    }
}
