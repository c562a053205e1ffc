//! Understanding forms: what a page asks for, from a description of it.
//!
//! Start at [`understand`]. Nothing is filled that a person doesn't see, and
//! nothing that isn't known for what it is: a field that is left empty costs a
//! person a second, a password in the wrong place more.
//!
//! | file | what lives there |
//! |---|---|
//! | `page` | what the reader says of a document: [`Page`], with its limits |
//! | `form` | what is made of it: [`Form`], [`Kind`], [`Field`] |
//! | `sense` | what one control is, by itself; `token`: the tokens of `autocomplete`; `choices`: what a select offers; `owner`: whose a secret is said to be |
//! | `block` | which controls belong together, and which button sends them; `parts`: forms that are several; `loose`: fields without a form; `split`: one number in several boxes |
//! | `goal` | what the texts around say that a form is for; `exhibit`: forms that are only shown |
//! | `account` | signing in, signing up, changing a password; `secret`: which passwords those are; `candidate`: whose; `vouch`: whether they are ours; `step`: a user name alone, a forgotten password |
//! | `code` | codes of a second step |
//! | `person` | the fields of people, places and cards; `belongings`: which of the three a block is |
//! | `words` | the words of all languages; `lexicon`: all of them in a `table`; `text`: how texts are made alike |
//! | `reading` | what the page's texts say |

use alloc::vec::Vec;

mod account;
mod belongings;
mod block;
mod candidate;
mod choices;
mod code;
mod exhibit;
mod form;
mod goal;
mod lexicon;
mod loose;
mod owner;
mod page;
mod parts;
mod person;
mod reading;
mod secret;
mod sense;
mod split;
mod step;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod token;
mod vouch;
mod words;

pub use form::{Field, Filling, Form, Kind};
pub use lexicon::Lexicon;
pub use page::{
    Access, Button, Control, DEEPEST, Group, Hidden, LONGEST_TEXT, MOST_BUTTONS, MOST_CHOICES,
    MOST_CONTROLS, MOST_TEXTS, Page, Text,
};

use block::Block;
use goal::{Goal, Goals};
use reading::Reading;

/// Groups of controls that are looked at.
const MOST_BLOCKS: usize = 48;

/// The forms of a page, in order; one that asks for things of two kinds is two.
#[must_use]
pub fn understand(lexicon: &Lexicon, page: &Page) -> Vec<Form> {
    let reading = Reading::new(page, lexicon);
    let blocks = block::blocks(&reading);
    let blocks = blocks.iter().filter(|block| block.open().next().is_some());
    let blocks = blocks.take(MOST_BLOCKS);
    blocks.flat_map(|block| forms(&reading, block)).collect()
}

fn forms(reading: &Reading<'_>, block: &Block<'_>) -> Vec<Form> {
    let goals = Goals::of(reading, block);
    if goals.is_not_ours(block) || exhibit::is_one(reading, block) {
        return Vec::new();
    }
    let codes = code::boxes(block, &goals);
    let people = person::fields(reading, block);
    let card = belongings::card(block, &people, &goals);
    if let Some(account) = account::form(block, &goals, &people, card.is_some()) {
        let card = card.filter(|card| !shares(&account, card));
        return [Some(account), card].into_iter().flatten().collect();
    }
    if let Some(code) = code::form(block, &goals, &codes) {
        return [Some(code), card].into_iter().flatten().collect();
    }
    let step = if card.is_none() {
        step::form(block, &goals, &people)
    } else {
        None
    };
    if let Some(step) = step {
        return Vec::from([step]);
    }
    let guest = goals.says(Goal::Guest);
    let person = belongings::address(block, &people, guest, card.as_ref())
        .or_else(|| belongings::identity(block, &people, card.as_ref()));
    [person, card].into_iter().flatten().collect()
}

fn shares(one: &Form, other: &Form) -> bool {
    let controls = |form: &Form| -> Vec<usize> {
        let fields = form.fields.iter();
        fields.flat_map(|of| of.controls.iter().copied()).collect()
    };
    let of_one = controls(one);
    controls(other)
        .iter()
        .any(|control| of_one.contains(control))
}
