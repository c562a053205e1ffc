//! Codes of a second step, in one field or in a box a figure.

use alloc::vec::Vec;

use super::account::reads;
use super::block::Block;
use super::form::{Field, Filling, Form, Kind};
use super::goal::{Goal, Goals};
use super::person::filling;
use super::sense::{Seen, Sense};
use super::words::List;

/// Fewer boxes of a figure each aren't a code.
const FEWEST_BOXES: usize = 4;

/// Whether a control takes one figure.
pub(super) fn is_box(seen: &Seen<'_>) -> bool {
    let control = seen.control;
    let patterns = ["[0-9]", "\\d", "[0-9]{1}", "\\d{1}"];
    let is_single = control.max_length == Some(1) || control.max == "9";
    !seen.is_select() && (is_single || patterns.contains(&control.pattern.as_str()))
}

/// The controls that are one code together.
pub(super) fn boxes(block: &Block<'_>, goals: &Goals) -> Vec<usize> {
    let is_first = |seen: &&Seen<'_>| seen.token == Some(Field::OneTimeCode);
    let single: Vec<_> = block
        .open()
        .filter(|seen| is_box(seen) || is_first(seen))
        .collect();
    let is_code = speaks_of_code(goals) || single.iter().any(|seen| seen.is(Field::OneTimeCode));
    let indexes = |seen: &[&Seen<'_>]| seen.iter().map(|seen| seen.index).collect();
    if single.len() >= FEWEST_BOXES {
        return if is_code {
            indexes(&single)
        } else {
            Vec::new()
        };
    }
    let parts: Vec<_> = block.open().collect();
    // A code that there is, and a new one, are two.
    let is_several = |seen: &Seen<'_>| {
        let lists = [List::Current, List::New, List::Again];
        lists.iter().any(|&list| seen.says(list))
    };
    let is_part =
        |seen: &&Seen<'_>| matches!(seen.control.max_length, Some(2..=4)) && !is_several(seen);
    let is_split = (2..FEWEST_BOXES).contains(&parts.len()) && parts.iter().all(is_part);
    if is_split
        && is_code
        && parts
            .iter()
            .all(|seen| seen.field().is_none() || seen.is(Field::OneTimeCode))
    {
        return indexes(&parts);
    }
    Vec::new()
}

/// The form that asks for a code and for nothing else that we know.
pub(super) fn form(block: &Block<'_>, goals: &Goals, boxes: &[usize]) -> Option<Form> {
    let controls = if boxes.is_empty() {
        Vec::from([single(block, goals)?])
    } else {
        boxes.to_vec()
    };
    // A bank's device gives a code in place of a password.
    let name = block
        .open()
        .find(|seen| seen.is(Field::Username) || seen.is(Field::NationalId));
    let is_before = |seen: &&Seen<'_>| controls.first().is_some_and(|&code| seen.index < code);
    let name = name.filter(|seen| goals.says(Goal::SignIn) && is_before(seen));
    let code = Filling {
        field: Field::OneTimeCode,
        controls,
    };
    let fields = name.map(|seen| filling(Field::Username, seen.index));
    Some(Form {
        kind: name.map_or(Kind::OneTimeCode, |_| Kind::SignIn),
        fields: fields.into_iter().chain([code]).collect(),
        reads: reads(block),
        submit: block.submit,
    })
}

fn single(block: &Block<'_>, goals: &Goals) -> Option<usize> {
    let known = block.open().find(|seen| seen.is(Field::OneTimeCode));
    if let Some(seen) = known {
        return Some(seen.index);
    }
    if !speaks_of_code(goals) && !is_only_a_code(block) {
        return None;
    }
    let may_be = |seen: &&Seen<'_>| {
        let fields = [Field::CardCode, Field::Pin];
        let is_known = seen.field().is_some_and(|field| fields.contains(&field));
        let is_open = seen.sense.is_none() || seen.sense == Some(Sense::Code);
        !seen.is_select() && !is_box(seen) && (is_known || is_open)
    };
    let others = |seen: &&Seen<'_>| seen.field().is_some() && !may_be(seen);
    let mut codes = block.open().filter(may_be);
    let code = codes.next()?;
    let is_alone = codes.next().is_none() && block.open().find(others).is_none();
    is_alone.then(|| {
        filling(Field::OneTimeCode, code.index)
            .controls
            .first()
            .copied()
    })?
}

/// Whether nothing is asked but figures, as many as codes have, called a code.
fn is_only_a_code(block: &Block<'_>) -> bool {
    let mut open = block.open();
    let only = open.next().filter(|_| open.next().is_none());
    only.is_some_and(is_short_code)
}

/// Whether it is called a code, and takes figures, as many as codes have.
pub(super) fn is_short_code(seen: &Seen<'_>) -> bool {
    let is_numeric = seen.control.input_mode == "numeric" || seen.control.pattern.contains("0-9");
    seen.sense == Some(Sense::Code) && is_numeric && matches!(seen.control.max_length, Some(4..=8))
}

fn speaks_of_code(goals: &Goals) -> bool {
    goals.around.code || goals.says(Goal::Code)
}
