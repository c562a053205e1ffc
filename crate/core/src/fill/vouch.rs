//! Whether a password is one of ours: what speaks for an account, and what against it.

use super::block::Block;
use super::form::Field;
use super::goal::{Goal, Goals};
use super::sense::{Seen, Sense};
use super::words::List;

/// How well the name is known that belongs to a password, and which control it is, where it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Known(Option<usize>),
    Guessed(usize),
    Unknown,
}

impl Name {
    /// Without a guess.
    pub(super) const fn known(self) -> Self {
        match self {
            Self::Guessed(_) => Self::Unknown,
            Self::Known(_) | Self::Unknown => self,
        }
    }

    const fn index(self) -> Option<usize> {
        match self {
            Self::Known(index) => index,
            Self::Guessed(index) => Some(index),
            Self::Unknown => None,
        }
    }
}

/// What is said at a password, or of what its form is for.
struct Evidence {
    /// It is asked for again, or as one's own.
    is_asked_again: bool,
    /// Something says that somebody signs in.
    is_about: bool,
    /// It is known for a password.
    is_told: bool,
}

impl Evidence {
    fn of(goals: &Goals, password: &Seen<'_>) -> Self {
        let has_token = has_token(password);
        let fields = [Field::Password, Field::CurrentPassword, Field::Pin];
        Self {
            is_asked_again: has_token || password.label().any(|said| said.says(List::Own)),
            is_about: goals.says(Goal::SignIn),
            is_told: has_token || fields.iter().any(|&field| password.is(field)),
        }
    }
}

/// Whether a password is asked again of somebody who is signed in: nothing says that one signs in now. A name is known
/// then, and what may be one is something else.
pub(super) fn is_of_somebody_known(goals: &Goals, password: &Seen<'_>) -> bool {
    let evidence = Evidence::of(goals, password);
    let goes_on = goals.press.goes_on || goals.press.is_plain;
    evidence.is_asked_again && !evidence.is_about && !goes_on
}

fn has_token(password: &Seen<'_>) -> bool {
    password.token == Some(Field::CurrentPassword)
}

/// Whether enough speaks for a password being one of ours, and nothing against it. A form is no sign-in merely
/// because something in it is masked.
pub(super) fn for_sign_in(
    block: &Block<'_>,
    goals: &Goals,
    password: &Seen<'_>,
    name: Name,
) -> bool {
    if is_shared_at(password) {
        return false;
    }
    let says_so = [goals.button, goals.heading].contains(&Some(Goal::SignIn));
    let strangers = strangers(block, name);
    if name != Name::Unknown && says_so && (strangers == 0 || !goals.press.keeps) {
        return true;
    }
    let evidence = Evidence::of(goals, password);
    let is_strange = goals.press.keeps || strangers > usize::from(evidence.is_about);
    if goals.around.shared || (is_strange && !evidence.is_asked_again) {
        return false;
    }
    match name {
        // Without a form it isn't known whose button is pressed.
        Name::Known(Some(_)) => {
            let is_bound = block.form.is_some() || goals.press.is_plain;
            is_bound || evidence.is_about || goals.press.goes_on || has_token(password)
        }
        // One that can't be filled, and perhaps not be seen, vouches for nothing by itself.
        Name::Known(None) => evidence.is_told || evidence.is_about,
        Name::Guessed(_) => is_likely(block, goals, password, &evidence),
        Name::Unknown => is_alone(block, goals, password, &evidence),
    }
}

/// Whether a password beside what may be a name is one of ours.
fn is_likely(block: &Block<'_>, goals: &Goals, password: &Seen<'_>, evidence: &Evidence) -> bool {
    // A code for entering opens anything.
    let is_code = password.label().any(|said| said.speaks_of(Sense::Code));
    let goes_on = goals.press.goes_on || goals.press.is_plain || has_token(password);
    let is_told = evidence.is_about || (evidence.is_told && goes_on);
    (!is_code && is_told) || is_wordless(block, goals)
}

/// Whether a password without a name is one of ours.
fn is_alone(block: &Block<'_>, goals: &Goals, password: &Seen<'_>, evidence: &Evidence) -> bool {
    let is_only = block.open().filter(|seen| !seen.is_select()).count() == 1;
    let is_own = evidence.is_told && is_only && (goals.press.goes_on || goals.around.own);
    let is_bare = block.form.is_none() && !evidence.is_about && !has_token(password);
    let is_told = evidence.is_about || evidence.is_asked_again || is_own;
    password.is_secret() && !is_bare && is_told
}

/// Whether something says that a password comes to be, and for an account: it may be a setting among others, or a
/// file's. Without a word, a name has to stand beside it and nothing else.
pub(super) fn for_new(
    block: &Block<'_>,
    goals: &Goals,
    passwords: &[&Seen<'_>],
    name: Option<Name>,
) -> bool {
    if goals.around.shared || passwords.iter().any(|seen| is_shared_at(seen)) {
        return false;
    }
    let any = |list: List| passwords.iter().any(|seen| seen.says(list));
    let is_goal = goals.says(Goal::SignUp) || goals.says(Goal::Renew);
    let is_told = is_goal || any(List::Current) || any(List::New) || any(List::Choose);
    let is_password = |seen: &&Seen<'_>| seen.is(Field::Password) || seen.token.is_some();
    if things(block) > 0 {
        return is_told && passwords.iter().all(is_password);
    }
    is_told || (!goals.press.keeps && name.is_none_or(|name| strangers(block, name) == 0))
}

/// Whether a password is one that several people are given, for a file or a room.
fn is_shared_at(password: &Seen<'_>) -> bool {
    password.label().any(|said| said.says(List::Shared))
}

/// So many controls ask for something else than who signs in has to give: a riddle or a trap is nothing.
fn strangers(block: &Block<'_>, name: Name) -> usize {
    let beside = [
        Field::Username,
        Field::Organization,
        Field::BirthDate,
        Field::OneTimeCode,
        Field::Pin,
    ];
    let is_beside = |seen: &Seen<'_>| {
        let is_named = seen.field().is_some_and(|field| beside.contains(&field));
        is_named || seen.is_secret() || seen.goes_on || name.index() == Some(seen.index)
    };
    let is_stranger = |seen: &&Seen<'_>| !seen.is_select() && !seen.is_riddle() && !is_beside(seen);
    block.open().filter(is_stranger).count()
}

/// So many controls ask for something that is refused for what it is.
pub(super) fn things(block: &Block<'_>) -> usize {
    let is_thing = |seen: &&Seen<'_>| {
        seen.sense == Some(Sense::Never) && !seen.is_select() && !seen.is_riddle()
    };
    block.open().filter(is_thing).count()
}

/// Two fields and a button without a word: that nobody has to be told what it is, tells it.
fn is_wordless(block: &Block<'_>, goals: &Goals) -> bool {
    block.form.is_some()
        && goals.press.is_plain
        && block.open().count() == 2
        && block.open().all(Seen::is_silent)
}
