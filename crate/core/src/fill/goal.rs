//! What the texts around a form say that it is for.

use super::block::Block;
use super::goal_words::{GOALS, ON};
use super::page::Page;
use super::text::{first, plain, plain_name, says_any};

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
    /// Whether that button goes on to a next step.
    pub(super) goes_on: bool,
    /// Headings, legends, names of dialogs.
    pub(super) heading: Option<Goal>,
    /// The form's name and address, then the page's title and address.
    pub(super) place: Option<Goal>,
    /// Whether any text within the form speaks of a code.
    pub(super) speaks_of_code: bool,
    /// What was forgotten, where anything near speaks of that, whatever else it says.
    pub(super) lost: Option<Lost>,
}

impl Goals {
    pub(super) fn of(page: &Page, block: &Block<'_>) -> Self {
        let button = block.submit.and_then(|index| page.buttons.get(index));
        let pressed = button.map(|button| plain(&button.text)).unwrap_or_default();
        let headings = block.headings(page);
        let heading = headings.iter().find_map(|text| about(text));
        let texts = block.texts(page);
        let is_code = |text: &alloc::string::String| first(GOALS, text) == Some(Goal::Code);
        let names = "identifiant|username|user name|anvandarnamn*|benutzername*|usuario|nome utente|gebruikersnaam|brukernavn|brugernavn|kayttajatunnus";
        let is_about_names = headings.iter().any(|text| says_any(text, names));
        let place = place(page, block);
        let speaks = |text: &alloc::string::String| {
            let mut rows = GOALS.iter().filter(|row| row.0 == Goal::Renew);
            rows.any(|row| says_any(text, row.1))
        };
        let renews = headings.iter().chain([&pressed]).any(speaks) || place == Some(Goal::Renew);
        Self {
            button: about(&pressed),
            goes_on: says_any(&pressed, ON),
            heading,
            place,
            speaks_of_code: texts.iter().any(is_code) || headings.iter().any(is_code),
            lost: renews.then_some(if is_about_names {
                Lost::Name
            } else {
                Lost::Password
            }),
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

    /// Whether it is for something that isn't ours, and its button doesn't say
    /// otherwise.
    pub(super) fn is_not_ours(&self) -> bool {
        let is_account = matches!(self.button, Some(Goal::SignIn | Goal::SignUp));
        self.says(Goal::NotOurs) && !is_account
    }
}

/// What a text is about. One that speaks of signing in and of signing up stands over
/// either.
fn about(text: &str) -> Option<Goal> {
    let goal = first(GOALS, text);
    let mut sign_in = GOALS.iter().filter(|row| row.0 == Goal::SignIn);
    let is_either = goal == Some(Goal::SignUp) && sign_in.any(|row| says_any(text, row.1));
    goal.filter(|_| !is_either)
}

fn place(page: &Page, block: &Block<'_>) -> Option<Goal> {
    let form = block.form.and_then(|form| page.groups.get(form));
    let form = form.and_then(|form| {
        let goal = about(&plain_name(&form.action));
        goal.or_else(|| about(&plain_name(&form.name)))
    });
    if form.is_some() || block.landmark.is_some() {
        return form;
    }
    let path = page.url.splitn(4, '/').nth(3).unwrap_or_default();
    let path = path.split(['?', '#']).next().unwrap_or_default();
    about(&plain(&page.title)).or_else(|| about(&plain_name(path)))
}
