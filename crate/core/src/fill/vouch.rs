//! Whether a password is one of ours: what speaks for an account, and what against it.

use super::block::Block;
use super::form::Field;
use super::goal::{Goal, Goals};
use super::lexicon::Said;
use super::reading::Reading;
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

/// Whether enough speaks for a password being one of ours, and nothing against it. A form is no sign-in merely
/// because something in it is masked.
pub(super) fn for_sign_in(
    reading: &Reading<'_>,
    block: &Block<'_>,
    goals: &Goals,
    password: &Seen<'_>,
    name: Name,
) -> bool {
    if password.label().any(|said| said.says(List::Shared)) {
        return false;
    }
    let says_so = [goals.button, goals.heading].contains(&Some(Goal::SignIn));
    let strangers = strangers(block, name);
    if name != Name::Unknown && says_so && (strangers == 0 || !goals.press.keeps) {
        return true;
    }
    let has_token = password.token == Some(Field::CurrentPassword);
    let is_asked_again = has_token || password.label().any(|said| said.says(List::Own));
    let is_about = goals.says(Goal::SignIn);
    let is_kept = goals.press.keeps && !is_asked_again;
    let is_shared = is_shared(reading, block, &[password]);
    if is_kept || is_shared || (strangers > usize::from(is_about) && !is_asked_again) {
        return false;
    }
    let fields = [Field::Password, Field::CurrentPassword, Field::Pin];
    let is_told = has_token || fields.iter().any(|&field| password.is(field));
    // A code for entering opens anything.
    let is_code = password.label().any(|said| said.speaks_of(Sense::Code));
    match name {
        Name::Known(Some(_)) => true,
        // One that can't be filled, and perhaps not be seen, vouches for nothing by itself.
        Name::Known(None) => is_told || is_about,
        Name::Guessed(_) => {
            let goes_on = goals.press.goes_on || goals.press.is_plain || has_token;
            let is_told = !is_code && (is_about || (is_told && goes_on));
            is_told || is_wordless(block, goals)
        }
        Name::Unknown => {
            let is_alone = block.open().filter(|seen| !seen.is_select()).count() == 1;
            let is_said = said_around(reading, block, &[password]).any(|said| said.says(List::Own));
            let is_own = is_told && is_alone && (goals.press.goes_on || is_said);
            let is_bare = block.form.is_none() && !is_about && !has_token;
            password.is_secret() && !is_bare && (is_about || is_asked_again || is_own)
        }
    }
}

/// Whether something says that a password comes to be, and for an account: it may be a setting among others, or a
/// file's. Without a word, a name has to stand beside it and nothing else.
pub(super) fn for_new(
    reading: &Reading<'_>,
    block: &Block<'_>,
    goals: &Goals,
    passwords: &[&Seen<'_>],
    name: Option<Name>,
) -> bool {
    let any = |list: List| passwords.iter().any(|seen| seen.says(list));
    if is_shared(reading, block, passwords) {
        return false;
    }
    let is_goal = [Goal::SignUp, Goal::Renew]
        .iter()
        .any(|&goal| goals.says(goal));
    let is_told = is_goal
        || [List::Current, List::New, List::Choose]
            .into_iter()
            .any(any);
    let is_password = |seen: &&Seen<'_>| seen.is(Field::Password) || seen.token.is_some();
    if things(block) > 0 {
        return is_told && passwords.iter().all(is_password);
    }
    is_told || (!goals.press.keeps && name.is_none_or(|name| strangers(block, name) == 0))
}

/// What is said of passwords: at them, beside them, above them.
fn said_around<'r>(
    reading: &'r Reading<'_>,
    block: &'r Block<'_>,
    passwords: &'r [&'r Seen<'_>],
) -> impl Iterator<Item = &'r Said> {
    let labels = passwords.iter().flat_map(|seen| seen.label());
    labels
        .chain(block.texts(reading))
        .chain(block.headings(reading))
}

/// Whether a password is one that several people are given, for a file or a room.
fn is_shared(reading: &Reading<'_>, block: &Block<'_>, passwords: &[&Seen<'_>]) -> bool {
    said_around(reading, block, passwords).any(|said| said.says(List::Shared))
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
        is_named || seen.is_secret() || name.index() == Some(seen.index)
    };
    let is_stranger = |seen: &&Seen<'_>| {
        let is_riddle = seen.sense == Some(Sense::Never) && seen.says(List::Never);
        !seen.is_select() && !is_riddle && !is_beside(seen)
    };
    block.open().filter(is_stranger).count()
}

/// So many controls ask for something that is refused for what it is.
pub(super) fn things(block: &Block<'_>) -> usize {
    let is_thing = |seen: &&Seen<'_>| {
        seen.sense == Some(Sense::Never) && !seen.is_select() && !seen.says(List::Never)
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
