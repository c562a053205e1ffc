//! Forms that are several: a whole page in one form, where a search, a sign-in and a
//! newsletter have a button each.

use alloc::vec::Vec;

use super::page::{Button, Control, MOST_BUTTONS, MOST_CONTROLS, Page};

/// Buttons of forms that are looked at for that.
const MOST_SENDERS: usize = 40;

/// The parts of forms that have a submit button each and share no field: form and part.
pub(super) fn of(page: &Page) -> Vec<(usize, usize)> {
    let buttons = page.buttons.iter().take(MOST_BUTTONS);
    let buttons = buttons.filter(|button| button.submits).take(MOST_SENDERS);
    let buttons: Vec<_> = buttons.collect();
    let parts = buttons
        .iter()
        .filter_map(|button| part(page, &buttons, button));
    let parts: Vec<_> = parts.collect();
    let is_split = |&&(form, _): &&(usize, usize)| holds_all(page, &parts, form);
    parts.iter().filter(is_split).copied().collect()
}

/// The largest group around a button in which no other sends the same form, where a
/// field is in it.
fn part(page: &Page, buttons: &[&Button], button: &Button) -> Option<(usize, usize)> {
    let form = button.form?;
    let is_shared = |group: usize| {
        let mut others = buttons.iter().filter(|other| other.place != button.place);
        others.any(|other| other.form == Some(form) && page.is_within(other.group, Some(group)))
    };
    let within = page.around(button.group).take_while(|&group| group != form);
    let part = within.take_while(|&group| !is_shared(group)).last()?;
    let mut controls = page.controls.iter().take(MOST_CONTROLS);
    let is_in = |control: &Control| page.is_within(control.group, Some(part));
    let has_field = controls.any(|control| control.form == Some(form) && is_in(control));
    has_field.then_some((form, part))
}

/// Whether a form has several parts, and every field that is seen is in one.
fn holds_all(page: &Page, parts: &[(usize, usize)], form: usize) -> bool {
    let of_form = || parts.iter().filter(|part| part.0 == form);
    let is_in_one = |control: &Control| {
        let mut parts = of_form();
        parts.any(|part| page.is_within(control.group, Some(part.1)))
    };
    let controls = page.controls.iter().take(MOST_CONTROLS);
    let mut seen = controls.filter(|control| control.hidden.is_none());
    of_form().count() > 1 && seen.all(|control| control.form != Some(form) || is_in_one(control))
}

/// The part of a form in which a group is, or all of it.
pub(super) fn around(
    page: &Page,
    parts: &[(usize, usize)],
    form: usize,
    group: Option<usize>,
) -> Option<usize> {
    let within = |part: &&(usize, usize)| part.0 == form && page.is_within(group, Some(part.1));
    Some(parts.iter().find(within).map_or(form, |part| part.1))
}
