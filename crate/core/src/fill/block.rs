//! Which controls belong together: a form, a part of a form with a button of its own,
//! or, without a form, what stands around a button.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::form::Field;
use super::goal::Goal;
use super::lexicon::Said;
use super::loose;
use super::page::{Button, Control, Hidden, Page, Text};
use super::parts;
use super::reading::Reading;
use super::sense::{Seen, Sense};
use super::split;
use super::words::List;

/// Headings and texts that are asked what a block is for, the nearest.
const MOST_HEADINGS: usize = 6;

/// Controls that are sent together.
pub(super) struct Block<'a> {
    /// The group that holds all of it; nothing where that is the page.
    pub(super) root: Option<usize>,
    /// Its form, where it has one.
    pub(super) form: Option<usize>,
    /// The header, footer or the like in which it stands.
    pub(super) landmark: Option<usize>,
    pub(super) seen: Vec<Seen<'a>>,
    pub(super) submit: Option<usize>,
}

/// The blocks of a page, in order.
pub(super) fn blocks<'a>(reading: &'a Reading<'a>) -> Vec<Block<'a>> {
    let page = reading.page;
    let mut of: BTreeMap<(Option<usize>, Option<usize>), Vec<Seen<'_>>> = BTreeMap::new();
    let parts = parts::of(page);
    let useful = useful(reading);
    let around_buttons = around_buttons(reading, &useful);
    let mut before = 0;
    for (index, control) in reading.controls().enumerate() {
        let mut seen = Seen::new(reading, index, control, near(reading, before, control));
        if is_search(page, control.group) {
            seen.sense = Some(Sense::Never);
        }
        let form = control.form.filter(|&form| form < page.groups.len());
        let root = match form {
            Some(form) => parts::around(page, &parts, form, control.group),
            None => around_a_button(page, &around_buttons, control.group),
        };
        if control.hidden.is_none() {
            before = control.place;
        }
        of.entry((form, root)).or_default().push(seen);
    }
    let block = |(places, seen)| Block::new(reading, &useful, places, seen);
    let mut blocks: Vec<_> = of.into_iter().map(block).collect();
    loose::join(reading, &mut blocks, &useful);
    loose::merge(reading, &mut blocks, &useful);
    blocks.sort_by_key(|block: &Block<'_>| block.seen.first().map(|seen| seen.index));
    blocks
}

impl<'a> Block<'a> {
    pub(super) fn new(
        reading: &Reading<'_>,
        useful: &[usize],
        (form, root): (Option<usize>, Option<usize>),
        mut seen: Vec<Seen<'a>>,
    ) -> Self {
        split::join(&mut seen);
        let page = reading.page;
        let mut block = Self {
            root,
            form,
            landmark: page.around(root).find(|&group| is_landmark(page, group)),
            seen,
            submit: None,
        };
        block.submit = block.find_submit(reading, useful);
        block
    }

    /// The controls that may be filled.
    pub(super) fn open(&self) -> impl Iterator<Item = &Seen<'a>> {
        self.seen.iter().filter(|seen| seen.is_open())
    }

    fn first_place(&self) -> usize {
        self.open().next().map_or(0, |seen| seen.control.place)
    }

    /// Where the last field stands of those that are known for something.
    fn last_place(&self) -> usize {
        let is_known = |seen: &&Seen<'_>| seen.field().is_some() || seen.is_secret();
        let known = self.open().filter(is_known).last();
        known
            .or_else(|| self.open().last())
            .map_or(0, |seen| seen.control.place)
    }

    /// The texts of a kind that speak of it, the nearest first: those above its first control, in it, or around it after
    /// the last control of something else.
    fn above<'b>(
        &self,
        reading: &'b Reading<'_>,
        is_asked: impl Fn(&Text) -> bool,
    ) -> Vec<&'b Said> {
        let page = reading.page;
        let first = self.first_place();
        let earlier = reading.controls().filter(|control| {
            control.place < first && control.hidden.is_none() && !self.holds(page, control)
        });
        let earlier = earlier.filter(|control| page.is_within(control.group, self.landmark));
        let of_others = earlier.map(|control| control.place).max().unwrap_or(0);
        let is_ours = |text: &Text| {
            let is_around = text.place > of_others && page.is_within(self.root, text.group);
            page.is_within(text.group, self.root)
                || (is_around && page.is_within(text.group, self.landmark))
        };
        let texts = reading.texts().rev();
        let texts = texts.filter(|(_, text)| text.place < first && is_asked(text) && is_ours(text));
        let nearest = texts.take(MOST_HEADINGS);
        nearest.map(|(index, _)| reading.text(index)).collect()
    }

    pub(super) fn texts<'b>(&self, reading: &'b Reading<'_>) -> Vec<&'b Said> {
        self.above(reading, |_| true)
    }

    pub(super) fn headings<'b>(&self, reading: &'b Reading<'_>) -> Vec<&'b Said> {
        let page = reading.page;
        self.above(reading, |text| {
            text.heading && !self.is_of_a_part(page, text.group)
        })
    }

    /// Whether a group holds some of the fields and not all: what heads it heads them alone.
    fn is_of_a_part(&self, page: &Page, group: Option<usize>) -> bool {
        let is_in = |seen: &Seen<'_>| page.is_within(seen.control.group, group);
        self.open().any(is_in) && !self.open().all(is_in)
    }

    /// What the groups around it are called.
    pub(super) fn names(&self, reading: &Reading<'_>) -> Vec<Said> {
        let groups = reading.page.around(self.root);
        let groups = groups.filter_map(|group| reading.page.groups.get(group));
        let groups = groups.filter(|group| !group.label.is_empty());
        groups
            .map(|group| reading.lexicon.read(&group.label))
            .collect()
    }

    fn holds(&self, page: &Page, control: &Control) -> bool {
        match self.form {
            Some(form) => control.form == Some(form),
            None => control.form.is_none() && page.is_within(control.group, self.root),
        }
    }

    /// The button that sends it: one that submits before one that doesn't, one after
    /// the last field before one above it.
    pub(super) fn find_submit(&self, reading: &Reading<'_>, useful: &[usize]) -> Option<usize> {
        let page = reading.page;
        let own = |button: &Button| match self.form {
            Some(form) if self.root == Some(form) => button.form == Some(form),
            Some(form) => button.form == Some(form) && page.is_within(button.group, self.root),
            None => button.form.is_none() && page.is_within(button.group, self.root),
        };
        self.best(reading, useful, own).or_else(|| {
            let mut around = page.around(self.root);
            around.find_map(|group| {
                let loose = |button: &Button| {
                    button.form.is_none()
                        && button.place > self.last_place()
                        && page.is_within(button.group, Some(group))
                };
                self.best(reading, useful, loose)
            })
        })
    }

    /// Whether a button is called one that does something else, or, without a form that it could send, says nothing
    /// that is known.
    fn is_aside(&self, reading: &Reading<'_>, index: usize) -> bool {
        let said = reading.button(Some(index));
        let is_known = said.goal().is_some() || said.says(List::On) || said.says(List::Plain);
        let name = reading.page.buttons.get(index);
        let is_called = |button: &Button| reading.lexicon.read_name(&button.name).says(List::Aside);
        (self.form.is_none() && !is_known) || name.is_some_and(is_called)
    }

    fn best(
        &self,
        reading: &Reading<'_>,
        useful: &[usize],
        own: impl Fn(&Button) -> bool,
    ) -> Option<usize> {
        let last = self.last_place();
        let buttons = useful
            .iter()
            .filter_map(|&index| Some((index, reading.page.buttons.get(index)?)));
        let buttons = buttons.filter(|(_, button)| own(button));
        let rank = |&(index, button): &(usize, &Button)| {
            let is_above = button.place < last;
            let distance = button.place.abs_diff(last);
            let is_aside = self.is_aside(reading, index);
            (
                is_above,
                is_of_others(reading, index),
                !sends(button),
                is_aside,
                distance,
            )
        };
        buttons.min_by_key(rank).map(|(index, _)| index)
    }
}

/// The buttons that don't merely show, clear or cancel something, or lead elsewhere.
fn useful(reading: &Reading<'_>) -> Vec<usize> {
    let buttons = reading.buttons().enumerate();
    let is_useful = |&(index, button): &(usize, &Button)| {
        let said = reading.button(Some(index));
        let is_of_password = said.sense() == Some(Sense::Is(Field::Password));
        let is_aside = is_of_password && said.goal().is_none();
        !said.says(List::Aside) && (sends(button) || !is_aside && !said.says(List::Elsewhere))
    };
    let useful = buttons.filter(is_useful);
    useful.map(|(index, _)| index).collect()
}

/// Whether a button says that it sends something else than a vault holds: a search, a newsletter.
fn is_of_others(reading: &Reading<'_>, index: usize) -> bool {
    let said = reading.button(Some(index));
    said.goal() == Some(Goal::NotOurs) || said.says(List::Never)
}

/// Whether a button sends a form by itself.
const fn sends(button: &Button) -> bool {
    button.submits && button.form.is_some()
}

/// The groups in which there is a button of no form that says something.
fn around_buttons(reading: &Reading<'_>, useful: &[usize]) -> BTreeSet<usize> {
    let page = reading.page;
    let says_something = |index: &&usize| !reading.button(Some(**index)).is_empty();
    let buttons = useful.iter().filter(says_something);
    let buttons = buttons.filter_map(|&index| page.buttons.get(index));
    let loose = buttons.filter(|button| button.form.is_none());
    loose.flat_map(|button| page.around(button.group)).collect()
}

/// Whether what stands there looks for something: a search, the head of a table.
fn is_search(page: &Page, group: Option<usize>) -> bool {
    let mut around = page.around(group);
    around.any(|group| matches!(page.tag(group), "search" | "thead"))
}

fn is_landmark(page: &Page, group: usize) -> bool {
    matches!(page.tag(group), "header" | "footer" | "nav" | "aside")
}

/// The innermost group around a control without a form in which there is a button.
fn around_a_button(
    page: &Page,
    around_buttons: &BTreeSet<usize>,
    group: Option<usize>,
) -> Option<usize> {
    let mut around = page.around(group);
    around.find(|&group| {
        let ends = is_landmark(page, group) || page.tag(group) == "dialog";
        ends || around_buttons.contains(&group)
    })
}

/// The last two texts between the control before and this one, the nearest first.
fn near<'a>(reading: &'a Reading<'a>, before: usize, control: &Control) -> [&'a Said; 2] {
    if control.hidden == Some(Hidden::Type) {
        return [reading.nothing(); 2];
    }
    let texts = reading.texts().rev();
    let between = texts.filter(|(_, text)| text.place > before && text.place < control.place);
    let mut said = between.map(|(index, _)| reading.text(index));
    let mut next = || {
        said.find(|said| !said.is_empty())
            .unwrap_or(reading.nothing())
    };
    [next(), next()]
}
