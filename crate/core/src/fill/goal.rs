//! What the texts around a form say that it is for.

use alloc::vec::Vec;

use super::block::Block;
use super::form::Field;
use super::lexicon::Said;
use super::page::Control;
use super::reading::Reading;
use super::sense::{Seen, Sense};
use super::vouch::things;
use super::words::List;

/// What a form is for, as far as texts tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal {
    /// Nothing that a vault holds anything for.
    NotOurs,
    /// A code of a second step is asked.
    Code,
    /// A password is changed, or was forgotten.
    Renew,
    /// Somebody buys without an account.
    Guest,
    /// An account comes to be.
    SignUp,
    /// Somebody signs in.
    SignIn,
}

/// What somebody forgot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    Password,
    Name,
}

/// What each kind of text says, the nearest of its kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Goals {
    /// The button that sends the form.
    pub(super) button: Option<Goal>,
    /// What else that button says.
    pub(super) press: Press,
    /// Headings, legends, names of dialogs.
    pub(super) heading: Option<Goal>,
    /// The nearest heading alone.
    pub(super) title: Option<Goal>,
    /// The form's name and address, then the page's title and address.
    pub(super) place: Option<Goal>,
    /// What is spoken of around it, whatever it is for.
    pub(super) around: Around,
    /// Whether a heading or the button speaks of an account.
    pub(super) speaks_of_account: bool,
    /// What was forgotten, where anything near speaks of that, whatever else it says.
    pub(super) lost: Option<Lost>,
}

/// What headings and texts above the first control speak of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    /// A code of a second step.
    pub(super) code: bool,
    /// What many may open who know the same password.
    pub(super) shared: bool,
    /// The password of whoever reads it.
    pub(super) own: bool,
}

/// What a button does, whatever the form is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Press {
    /// It goes on to a next step.
    pub(super) goes_on: bool,
    /// It keeps what was typed, tries it out or fetches something: settings, files.
    pub(super) keeps: bool,
    /// It says nothing of what it sends.
    pub(super) is_plain: bool,
}

impl Around {
    fn of(said: &[&Said]) -> Self {
        let any = |list: List| said.iter().any(|said| said.says(list));
        Self {
            code: said.iter().any(|said| is_of_a_code(said)),
            shared: any(List::Shared),
            own: any(List::Own),
        }
    }
}

/// Whether a text is about a code of a second step: it says so, or speaks of a code that was sent.
fn is_of_a_code(said: &Said) -> bool {
    let is_sent = said.speaks_of(Sense::Code) && said.says(List::Sent);
    said.goal().map_or(is_sent, |goal| goal == Goal::Code)
}

impl Press {
    fn of(said: &Said) -> Self {
        Self {
            goes_on: said.says(List::On),
            keeps: said.says(List::Keeps),
            is_plain: said.is_empty() || said.says(List::Plain),
        }
    }
}

impl Goals {
    pub(super) fn of(reading: &Reading<'_>, block: &Block<'_>) -> Self {
        let pressed = reading.button(block.submit);
        let (headings, groups) = (block.headings(reading), block.names(reading));
        let about_names = |said: &Said| said.says(List::UserNames);
        let renews = |said: &Said| said.aims_at(Goal::Renew);
        let heads = || headings.iter().copied().chain(&groups);
        let place = place(reading, block);
        let is_lost = heads().chain([pressed]).any(renews) || place == Some(Goal::Renew);
        let lost = if heads().any(about_names) {
            Lost::Name
        } else {
            Lost::Password
        };
        let texts = block.texts(reading);
        // Who is looked for by papers is oneself; by a year, anybody.
        let is_of_papers = |field: Field| field.is_of_papers() && field != Field::BirthYear;
        let is_of_papers = |seen: &Seen<'_>| seen.field().is_some_and(is_of_papers);
        let is_search = pressed.says(List::Never) && !block.open().any(is_of_papers);
        let search = (is_search && !is_lost).then_some(Goal::NotOurs);
        Self {
            button: about(pressed).or(search),
            press: Press::of(pressed),
            heading: heads().find_map(about),
            title: headings.first().and_then(|said| about(said)),
            place,
            around: Around::of(&heads().chain(texts).collect::<Vec<_>>()),
            speaks_of_account: heads()
                .chain([pressed])
                .any(|said| said.says(List::Accounts)),
            lost: is_lost.then_some(lost),
        }
    }

    /// The nearest that says anything.
    pub(super) fn nearest(&self) -> Option<Goal> {
        self.button.or(self.heading).or(self.place)
    }

    /// Whether any of them says so.
    pub(super) fn says(&self, goal: Goal) -> bool {
        [self.button, self.heading, self.place].contains(&Some(goal))
    }

    /// Whether it is for something that isn't ours, and its button doesn't say otherwise: under such a heading, what
    /// signs in to a machine that is asked for signs in there.
    pub(super) fn is_not_ours(&self, block: &Block<'_>) -> bool {
        let is_account = matches!(self.button, Some(Goal::SignIn | Goal::SignUp));
        let is_elsewhere = self.heading == Some(Goal::NotOurs) && things(block) > 0;
        self.says(Goal::NotOurs) && !(is_account && !self.press.is_plain && !is_elsewhere)
    }
}

/// What a text is about. One that speaks of signing in and of signing up stands over
/// either.
fn about(said: &Said) -> Option<Goal> {
    let goal = said.goal();
    let is_either = goal == Some(Goal::SignUp) && said.aims_at(Goal::SignIn);
    goal.filter(|_| !is_either)
}

fn place(reading: &Reading<'_>, block: &Block<'_>) -> Option<Goal> {
    let Reading { page, lexicon, .. } = reading;
    let form = block.form.and_then(|form| page.groups.get(form));
    let form = form.and_then(|form| {
        let goal = about(&lexicon.read_name(&form.action));
        goal.or_else(|| about(&lexicon.read_name(&form.name)))
    });
    if form.is_some() || block.landmark.is_some() {
        return form;
    }
    let path = page.url.splitn(4, '/').nth(3).unwrap_or_default();
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let of_page = about(&lexicon.read(&page.title)).or_else(|| about(&lexicon.read_name(path)));
    of_page.filter(|&goal| goal == Goal::Renew || !is_about_others(reading, block))
}

/// Where somebody signs in on a page, its title is about that, not about what else is there.
fn is_about_others(reading: &Reading<'_>, block: &Block<'_>) -> bool {
    let is_shown_secret = |control: &Control| {
        let is_secret = control.kind == "password" || control.masked;
        is_secret && control.hidden.is_none()
    };
    !block.open().any(Seen::is_secret) && reading.controls().any(is_shown_secret)
}
