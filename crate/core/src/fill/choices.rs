//! What a select is by its choices.

use alloc::string::String;
use alloc::vec::Vec;

use super::page::{Control, MOST_CHOICES};
use super::sense::Sense;

/// Whether they are codes of countries' telephones, or hours of the world.
pub(super) fn are_other_things(control: &Control) -> bool {
    let is_other = |choice: &&String| choice.contains('+') || choice.contains("00:");
    let others = control.choices.iter().filter(is_other).count();
    others > 1 && others * 2 > control.choices.len()
}

/// What a select is by its choices: days, months or years.
pub(super) fn sense(control: &Control) -> Option<Sense> {
    let choices = control.choices.iter().take(MOST_CHOICES);
    let numbers: Vec<u16> = choices.filter_map(|choice| number(choice)).collect();
    let all = |from: u16, to: u16| numbers.iter().all(|number| (from..=to).contains(number));
    if control.kind != "select" || numbers.len() < 3 {
        None
    } else if numbers.len() <= 12 && all(1, 12) {
        Some(Sense::Month)
    } else if numbers.len() > 27 && all(1, 31) {
        Some(Sense::Day)
    } else if all(24, 60) || all(1900, 2100) {
        Some(Sense::Year)
    } else {
        None
    }
}

/// The number with which a choice begins (`01 – January`, `5月`).
fn number(choice: &str) -> Option<u16> {
    let choice = choice.trim();
    let end = choice
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(choice.len());
    choice.get(..end)?.parse().ok()
}
