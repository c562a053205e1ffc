//! Forms with a user name and no password: the step before it, and what comes when it
//! was forgotten.

use alloc::vec::Vec;

use super::account::reads;
use super::block::Block;
use super::form::{Field, Form, Kind};
use super::goal::{Goal, Goals, Lost};
use super::person::{Known, filling};
use super::sense::{Seen, Sense};

/// The form that asks for a user name, or for who one is.
pub(super) fn form(block: &Block<'_>, goals: &Goals, people: &[Known]) -> Option<Form> {
    if is_forgotten(goals) {
        forgotten(block, goals, people)
    } else {
        sign_up_step(block, goals, people).or_else(|| user_name_step(block, goals))
    }
}

fn is_forgotten(goals: &Goals) -> bool {
    let is_sign_in = goals.button == Some(Goal::SignIn);
    goals.lost.is_some() && !is_sign_in
}

fn forgotten(block: &Block<'_>, goals: &Goals, people: &[Known]) -> Option<Form> {
    let known = |field: Field| people.iter().find(|known| known.field == field);
    let names = [
        Field::Username,
        Field::Email,
        Field::Phone,
        Field::NationalId,
    ];
    let name = if goals.lost == Some(Lost::Name) {
        None
    } else {
        names.iter().find_map(|&name| known(name))
    };
    let beside = [
        Field::Email,
        Field::Phone,
        Field::BirthDate,
        Field::NationalId,
    ];
    let beside = beside.iter().filter_map(|&field| known(field));
    let beside = beside.filter(|known| name.is_none_or(|name| name.field != known.field));
    let mut fields: Vec<_> = beside.map(Known::filling).collect();
    fields.extend(name.into_iter().flat_map(|known| {
        known
            .controls
            .first()
            .map(|&control| filling(Field::Username, control))
    }));
    (!fields.is_empty()).then(|| Form {
        kind: Kind::Forgotten,
        fields,
        reads: Vec::new(),
        submit: block.submit,
    })
}

/// An account that comes to be begins with a name alone: an address of mail, a telephone.
fn sign_up_step(block: &Block<'_>, goals: &Goals, people: &[Known]) -> Option<Form> {
    let is_sign_up = goals.title == Some(Goal::SignUp) && goals.speaks_of_account;
    let names = [Field::Username, Field::Email, Field::Phone];
    let [known] = people else {
        return None;
    };
    let is_step = is_sign_up && block.landmark.is_none() && names.contains(&known.field);
    is_step.then(|| Form {
        kind: Kind::SignUp,
        fields: known
            .controls
            .first()
            .map(|&control| filling(Field::Username, control))
            .into_iter()
            .collect(),
        reads: reads(block),
        submit: block.submit,
    })
}

fn user_name_step(block: &Block<'_>, goals: &Goals) -> Option<Form> {
    // A riddle or a trap may stand beside it, but nothing else that is asked for.
    let is_typed = |seen: &&Seen<'_>| !seen.is_select() && !seen.is_riddle();
    let mut typed = block.open().filter(is_typed);
    let name = typed.next()?;
    if typed.next().is_some() || name.is_secret() || !is_a_step(name, goals) {
        return None;
    }
    Some(Form {
        kind: Kind::UserNameStep,
        fields: Vec::from([filling(Field::Username, name.index)]),
        reads: reads(block),
        submit: block.submit,
    })
}

fn is_a_step(name: &Seen<'_>, goals: &Goals) -> bool {
    let is_sign_in = goals.button == Some(Goal::SignIn);
    let is_about = match goals.heading {
        Some(goal) => goal == Goal::SignIn,
        None => goals.place == Some(Goal::SignIn),
    };
    match name.sense {
        Some(Sense::Is(Field::Username)) => {
            let goes_on = goals.press.goes_on && name.is_read_as(Field::Username);
            name.token.is_some() || is_about || is_sign_in || goes_on
        }
        Some(Sense::Is(Field::Email | Field::Phone | Field::NationalId)) => {
            is_about || (is_sign_in && goals.press.goes_on)
        }
        None => is_about && goals.press.goes_on,
        Some(_) => false,
    }
}
