//! Forms with a password: signing in, signing up, changing it.

use alloc::vec::Vec;

use super::block::Block;
use super::form::{Field, Filling, Form, Kind};
use super::goal::{Goal, Goals};
use super::person::{Known, filling};
use super::sense::{Seen, Sense};
use super::words::{AGAIN, CHOOSE, CURRENT, NEW};

/// More passwords in one form than that are something else.
const MOST_PASSWORDS: usize = 4;
/// Shorter ones are asked for letter by letter.
const SHORTEST_PASSWORD: usize = 3;

/// The form with a password that a block is.
pub(super) fn form(
    block: &Block<'_>,
    goals: &Goals,
    people: &[Known],
    has_card: bool,
) -> Option<Form> {
    let Secrets { passwords, pin } = secrets(block, goals)?;
    let kind = kind(&passwords, goals, people, has_card);
    let first = passwords.first()?;
    let mut fields = Vec::new();
    match kind {
        Kind::SignUp => sign_up(&mut fields, people),
        Kind::ChangePassword => {
            let name = candidate(block, first).filter(|&(rank, _)| rank >= SURE);
            fields.extend(name.map(|(_, index)| filling(Field::Username, index)));
            let code =
                |seen: &&Seen<'_>| seen.is(Field::OneTimeCode) || seen.sense == Some(Sense::Code);
            let code = block.open().find(|seen| code(seen) && !seen.is_secret());
            fields.extend(code.map(|seen| filling(Field::OneTimeCode, seen.index)));
        }
        _ => {
            let name = candidate(block, first);
            fields.extend(name.map(|(_, index)| filling(Field::Username, index)));
            let beside = [Field::Organization, Field::BirthDate, Field::OneTimeCode];
            fields.extend(beside.iter().filter_map(|&field| {
                let seen = block.open().find(|seen| seen.is(field))?;
                let is_name = name.is_some_and(|(_, index)| index == seen.index);
                (!is_name).then(|| filling(field, seen.index))
            }));
        }
    }
    let has_name = fields
        .iter()
        .any(|filling| filling.field == Field::Username);
    let reads = if has_name { Vec::new() } else { reads(block) };
    if kind == Kind::SignIn && is_bare(block, goals, first, has_name || !reads.is_empty()) {
        return None;
    }
    fields.extend(secret_fields(kind, &passwords));
    if kind == Kind::SignIn {
        fields.extend(pin.map(|pin| filling(Field::Pin, pin)));
    }
    Some(Form {
        kind,
        fields,
        reads,
        submit: block.submit,
    })
}

/// The names that stand in a form but can't be filled there.
pub(super) fn reads(block: &Block<'_>) -> Vec<Filling> {
    let is_name = |seen: &&Seen<'_>| {
        let names = [
            Field::Username,
            Field::Email,
            Field::Phone,
            Field::NationalId,
        ];
        !seen.is_open()
            && seen.control.filled
            && !seen.is_secret()
            && seen.field().is_some_and(|field| names.contains(&field))
    };
    let mut names: Vec<_> = block.seen.iter().filter(is_name).collect();
    names.sort_by_key(|seen| !seen.is(Field::Username));
    let read = |seen: &&Seen<'_>| filling(Field::Username, seen.index);
    names.first().map(read).into_iter().collect()
}

struct Secrets<'a, 'b> {
    passwords: Vec<&'b Seen<'a>>,
    pin: Option<usize>,
}

/// The passwords of a block, and the second secret beside them.
fn secrets<'a, 'b>(block: &'b Block<'a>, goals: &Goals) -> Option<Secrets<'a, 'b>> {
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
    let mut pins: Vec<_> = block.open().filter(|seen| seen.is(Field::Pin)).collect();
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

fn kind(passwords: &[&Seen<'_>], goals: &Goals, people: &[Known], has_card: bool) -> Kind {
    let any = |words: &str| passwords.iter().any(|seen| seen.says(words));
    let has_token = |field: Field| passwords.iter().any(|seen| seen.token == Some(field));
    let has_person = !people.is_empty();
    let is_change = |chosen: bool| {
        if chosen {
            Kind::SignUp
        } else {
            Kind::ChangePassword
        }
    };
    match passwords.len() {
        0 | 1 => kind_of_one(passwords, goals, people, has_card),
        2 if any(CURRENT) || has_token(Field::CurrentPassword) => Kind::ChangePassword,
        2 if goals.button == Some(Goal::SignIn) && !any(AGAIN) => Kind::SignIn,
        2 if any(CHOOSE) || goals.nearest() == Some(Goal::SignUp) => Kind::SignUp,
        2 if any(NEW) || goals.says(Goal::Renew) => Kind::ChangePassword,
        2 => is_change(has_person),
        _ => Kind::ChangePassword,
    }
}

fn kind_of_one(passwords: &[&Seen<'_>], goals: &Goals, people: &[Known], has_card: bool) -> Kind {
    let any = |words: &str| passwords.iter().any(|seen| seen.says(words));
    let has_token = |field: Field| passwords.iter().any(|seen| seen.token == Some(field));
    let of_person = |known: &&Known| known.field.is_a_name() || known.field.is_of_a_place();
    let is_told = has_card || people.iter().filter(of_person).count() > 1;
    match (goals.button, goals.heading, goals.place) {
        (Some(Goal::SignIn), ..) => Kind::SignIn,
        (Some(Goal::SignUp), ..) => Kind::SignUp,
        _ if any(CHOOSE) => Kind::SignUp,
        (Some(Goal::Renew), ..) | (_, Some(Goal::Renew), _) => Kind::ChangePassword,
        (_, Some(Goal::SignUp), _) => Kind::SignUp,
        _ if any(NEW) => Kind::ChangePassword,
        (_, Some(Goal::SignIn), _) => Kind::SignIn,
        _ if has_token(Field::NewPassword) && people.is_empty() => Kind::ChangePassword,
        _ if has_token(Field::NewPassword) => Kind::SignUp,
        _ if has_token(Field::CurrentPassword) => Kind::SignIn,
        (.., Some(Goal::SignUp)) => Kind::SignUp,
        (.., Some(Goal::SignIn)) => Kind::SignIn,
        _ if is_told => Kind::SignUp,
        _ => Kind::SignIn,
    }
}

/// A password that stands for itself, and of which nothing says what it opens.
fn is_bare(block: &Block<'_>, goals: &Goals, password: &Seen<'_>, has_name: bool) -> bool {
    let is_told = password.token.is_some() || goals.nearest().is_some();
    block.form.is_none() && !has_name && !is_told
}

/// From this rank on it is known that a control is a user name.
const SURE: u8 = 3;

/// The control that is the user name, most likely, and how likely.
fn candidate(block: &Block<'_>, password: &Seen<'_>) -> Option<(u8, usize)> {
    let rank = |seen: &Seen<'_>| {
        if seen.is_secret() && !(seen.is(Field::Username) || seen.is(Field::NationalId)) {
            return None;
        }
        let is_typed = !seen.is_select();
        match seen.sense {
            Some(Sense::Is(Field::Username)) => Some(if seen.token.is_some() { 6 } else { 5 }),
            Some(Sense::Is(Field::Email)) => Some(4),
            Some(Sense::Is(Field::NationalId | Field::Phone | Field::CardNumber)) => Some(SURE),
            Some(Sense::Is(field)) if field.is_a_name() => Some(2),
            Some(Sense::Is(Field::Organization)) => Some(0),
            None | Some(Sense::Code) => is_typed.then_some(1),
            Some(_) => None,
        }
    };
    let place = |seen: &Seen<'_>| {
        let is_before = seen.index < password.index;
        (
            is_before,
            core::cmp::Reverse(seen.index.abs_diff(password.index)),
        )
    };
    let ranked = block.open().filter_map(|seen| Some((rank(seen)?, seen)));
    let best = ranked.max_by_key(|&(rank, seen)| (rank, place(seen)));
    best.map(|(rank, seen)| (rank, seen.index))
}

/// Everything of the person, of which one is the user name.
fn sign_up(fields: &mut Vec<Filling>, people: &[Known]) {
    let known = people.iter().filter(|known| !known.field.is_of_a_card());
    fields.extend(known.map(Known::filling));
    let names = [Field::Username, Field::Email, Field::Phone];
    let name = names
        .iter()
        .find_map(|&field| fields.iter().position(|of| of.field == field));
    if let Some(filling) = name.and_then(|position| fields.get_mut(position)) {
        filling.field = Field::Username;
    }
}

fn secret_fields(kind: Kind, passwords: &[&Seen<'_>]) -> Vec<Filling> {
    let says = |seen: &&Seen<'_>, words: &str| seen.says(words);
    let is_current =
        |seen: &&Seen<'_>| says(seen, CURRENT) || seen.token == Some(Field::CurrentPassword);
    let (current, new): (Vec<&Seen<'_>>, Vec<&Seen<'_>>) = match kind {
        Kind::ChangePassword if passwords.len() > 2 && !passwords.iter().any(is_current) => {
            passwords.iter().enumerate().fold(
                Default::default(),
                |(mut old, mut new), (at, seen)| {
                    if at == 0 {
                        old.push(*seen)
                    } else {
                        new.push(*seen)
                    }
                    (old, new)
                },
            )
        }
        Kind::ChangePassword if passwords.len() > 1 => {
            passwords.iter().copied().partition(is_current)
        }
        _ => (Vec::new(), passwords.to_vec()),
    };
    if kind == Kind::SignIn {
        let password = passwords
            .first()
            .map(|seen| filling(Field::Password, seen.index));
        return password.into_iter().collect();
    }
    let current = current
        .first()
        .map(|seen| filling(Field::CurrentPassword, seen.index));
    let names = [Field::NewPassword, Field::ConfirmPassword];
    let new = new
        .iter()
        .zip(names)
        .map(|(seen, field)| filling(field, seen.index));
    current.into_iter().chain(new).collect()
}
