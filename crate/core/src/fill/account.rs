//! Forms with a password: signing in, signing up, changing it.

use alloc::vec::Vec;

use super::block::Block;
use super::candidate::{SURE, candidate, is_to_be, user_name};
use super::code::is_short_code;
use super::form::{Field, Filling, Form, Kind};
use super::goal::{Goal, Goals};
use super::person::{Known, filling};
use super::secret::{Secrets, secrets};
use super::sense::{Seen, Sense};
use super::vouch::{Name, for_new, for_sign_in};
use super::words::List;

/// What passwords are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    SignIn,
    SignUp,
    Change,
}

impl Purpose {
    const fn kind(self) -> Kind {
        match self {
            Self::SignIn => Kind::SignIn,
            Self::SignUp => Kind::SignUp,
            Self::Change => Kind::ChangePassword,
        }
    }
}

/// The form with a password that a block is.
pub(super) fn form(
    block: &Block<'_>,
    goals: &Goals,
    people: &[Known],
    has_card: bool,
) -> Option<Form> {
    let Secrets { passwords, pin } = secrets(block, goals, people)?;
    let first = passwords.first()?;
    let purpose = purpose(&passwords, goals, people, has_card);
    let candidate = candidate(block, goals, first);
    let mut fields = match purpose {
        Purpose::SignIn => beside_sign_in(block, first, candidate, pin),
        Purpose::SignUp => beside_sign_up(people),
        Purpose::Change => beside_change(block, candidate),
    };
    let is_name = |filling: &Filling| filling.field == Field::Username;
    let has_name = fields.iter().any(is_name);
    let reads = if has_name { Vec::new() } else { reads(block) };
    let name = name(candidate, &reads);
    let is_vouched_for = match purpose {
        Purpose::SignIn => for_sign_in(block, goals, first, name),
        // Who signs up tells who somebody is as well.
        Purpose::SignUp => {
            let name = (!has_name).then_some(name.known());
            for_new(block, goals, &passwords, name)
        }
        Purpose::Change => for_new(block, goals, &passwords, Some(name.known())),
    };
    if !is_vouched_for {
        return None;
    }
    fields.extend(secret_fields(purpose, &passwords));
    Some(Form {
        kind: purpose.kind(),
        fields,
        reads,
        submit: block.submit,
    })
}

/// How well it is known whose password it is.
fn name(candidate: Option<(u8, usize)>, reads: &[Filling]) -> Name {
    match candidate {
        Some((rank, index)) if rank >= SURE => Name::Known(Some(index)),
        Some((_, index)) => Name::Guessed(index),
        None if reads.is_empty() => Name::Unknown,
        None => Name::Known(None),
    }
}

fn beside_sign_in(
    block: &Block<'_>,
    password: &Seen<'_>,
    candidate: Option<(u8, usize)>,
    pin: Option<usize>,
) -> Vec<Filling> {
    let name = candidate.map(|(_, index)| index);
    let others = [Field::Organization, Field::BirthDate, Field::OneTimeCode];
    let is_code = |seen: &Seen<'_>| seen.index > password.index && is_short_code(seen);
    let others = others.iter().filter_map(|&field| {
        let is_wanted =
            |seen: &&Seen<'_>| seen.is(field) || (field == Field::OneTimeCode && is_code(seen));
        let seen = block.open().find(is_wanted)?;
        (Some(seen.index) != name).then(|| filling(field, seen.index))
    });
    let has_organization = block.open().any(|seen| seen.is(Field::Organization));
    let is_other = |seen: &&Seen<'_>| {
        seen.is(Field::Username) && Some(seen.index) != name && seen.says(List::Clients)
    };
    let other = block
        .open()
        .find(|seen| !has_organization && is_other(seen));
    let other = other.map(|seen| filling(Field::Organization, seen.index));
    let others = others.chain(other);
    let name = name.map(|index| user_name(block, index));
    let pin = pin.map(|index| filling(Field::Pin, index));
    name.into_iter().chain(others).chain(pin).collect()
}

/// Everything of the person, of which one is the user name.
fn beside_sign_up(people: &[Known]) -> Vec<Filling> {
    let known = people.iter().filter(|known| !known.field.is_of_a_card());
    let mut fields: Vec<_> = known.map(Known::filling).collect();
    let names = [Field::Username, Field::Email, Field::Phone];
    let place = |field: Field| fields.iter().position(|of| of.field == field);
    let name = names.iter().find_map(|&field| place(field));
    if let Some(filling) = name.and_then(|position| fields.get_mut(position)) {
        filling.field = Field::Username;
    }
    fields
}

fn beside_change(block: &Block<'_>, candidate: Option<(u8, usize)>) -> Vec<Filling> {
    let name = candidate.filter(|&(rank, _)| rank >= SURE);
    let name = name.map(|(_, index)| user_name(block, index));
    let is_code = |seen: &&Seen<'_>| {
        let is_code = seen.is(Field::OneTimeCode) || seen.sense == Some(Sense::Code);
        is_code && !seen.is_secret()
    };
    let code = block.open().find(is_code);
    let code = code.map(|seen| filling(Field::OneTimeCode, seen.index));
    name.into_iter().chain(code).collect()
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
        let is_of_type = matches!(seen.control.kind.as_str(), "email" | "tel");
        let is_named = seen.field().is_some_and(|field| names.contains(&field));
        !seen.is_open() && seen.control.filled && !seen.is_secret() && (is_named || is_of_type)
    };
    // What stands in a text field that nobody sees or comes to was typed on the page before.
    let is_kept = |seen: &&Seen<'_>| {
        let is_put_away = seen.control.unreachable && !seen.is_open() && !seen.is_riddle();
        is_put_away && seen.control.filled && seen.control.kind == "text"
    };
    let mut names: Vec<_> = block.seen.iter().filter(is_name).collect();
    if names.is_empty() {
        names.extend(block.seen.iter().filter(is_kept));
    }
    names.sort_by_key(|seen| !seen.is(Field::Username));
    let read = |seen: &&Seen<'_>| filling(Field::Username, seen.index);
    names.first().map(read).into_iter().collect()
}

fn purpose(passwords: &[&Seen<'_>], goals: &Goals, people: &[Known], has_card: bool) -> Purpose {
    let any = |list: List| passwords.iter().any(|seen| seen.says(list));
    let has_token = |field: Field| passwords.iter().any(|seen| seen.token == Some(field));
    let has_person = !people.is_empty();
    match passwords.len() {
        0 | 1 => purpose_of_one(passwords, goals, people, has_card),
        2 if any(List::Current) || has_token(Field::CurrentPassword) => Purpose::Change,
        2 if goals.button == Some(Goal::SignIn) && !any(List::Again) => Purpose::SignIn,
        2 if any(List::Choose) || goals.nearest() == Some(Goal::SignUp) => Purpose::SignUp,
        2 if any(List::New) || goals.says(Goal::Renew) => Purpose::Change,
        2 if has_person => Purpose::SignUp,
        _ => Purpose::Change,
    }
}

fn purpose_of_one(
    passwords: &[&Seen<'_>],
    goals: &Goals,
    people: &[Known],
    has_card: bool,
) -> Purpose {
    let any = |list: List| passwords.iter().any(|seen| seen.says(list));
    let has_token = |field: Field| passwords.iter().any(|seen| seen.token == Some(field));
    let of_person = |known: &&Known| known.field.is_a_name() || known.field.is_of_a_place();
    let has_person = !people.is_empty();
    // The password of now, and none that comes to be, changes nothing.
    let is_of_now = any(List::Current) || has_token(Field::CurrentPassword);
    let is_told = has_card || people.iter().filter(of_person).count() > 1;
    match (goals.button, goals.heading, goals.place) {
        (Some(Goal::SignIn), ..) => Purpose::SignIn,
        (Some(Goal::SignUp), ..) => Purpose::SignUp,
        _ if any(List::Choose) => Purpose::SignUp,
        (Some(Goal::Renew), ..) | (_, Some(Goal::Renew), _) if !is_of_now || any(List::New) => {
            Purpose::Change
        }
        (_, Some(Goal::SignUp), _) => Purpose::SignUp,
        _ if any(List::New) => Purpose::Change,
        (_, Some(Goal::SignIn), _) => Purpose::SignIn,
        _ if has_token(Field::NewPassword) && has_person => Purpose::SignUp,
        _ if has_token(Field::CurrentPassword) => Purpose::SignIn,
        (.., Some(Goal::SignUp)) => Purpose::SignUp,
        (.., Some(Goal::SignIn)) => Purpose::SignIn,
        _ if is_told => Purpose::SignUp,
        _ => Purpose::SignIn,
    }
}

fn secret_fields(purpose: Purpose, passwords: &[&Seen<'_>]) -> Vec<Filling> {
    let is_current =
        |seen: &&Seen<'_>| seen.says(List::Current) || seen.token == Some(Field::CurrentPassword);
    let current = match (purpose, passwords.len()) {
        (Purpose::Change, 0 | 1) | (Purpose::SignUp, _) => None,
        (Purpose::Change, 2) => passwords.iter().position(is_current),
        (Purpose::Change, _) => {
            let has_new = passwords.iter().any(|seen| is_to_be(seen));
            let first = has_new.then_some(0);
            passwords.iter().position(is_current).or(first)
        }
        (Purpose::SignIn, _) => {
            let password = passwords.first();
            let password = password.map(|seen| filling(Field::Password, seen.index));
            return password.into_iter().collect();
        }
    };
    let new = passwords.iter().enumerate();
    let new = new.filter(|&(at, _)| Some(at) != current);
    let names = [Field::NewPassword, Field::ConfirmPassword];
    let new = new
        .zip(names)
        .map(|((_, seen), field)| filling(field, seen.index));
    let current = current.and_then(|at| passwords.get(at));
    let current = current.map(|seen| filling(Field::CurrentPassword, seen.index));
    current.into_iter().chain(new).collect()
}
