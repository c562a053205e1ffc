//! What one control is, by the evidence about itself alone: `autocomplete`, what a
//! person reads at it, what the program calls it, and its type, in this order.

use super::choices;
use super::form::Field;
use super::lexicon::Said;
use super::owner;
use super::page::{Access, Control};
use super::reading::Reading;
use super::token;
use super::words::List;

/// A placeholder with so many figures shows how a card's number is written.
const FIGURES_OF_A_CARD: usize = 15;
const LONGEST_NUMBER: usize = 40;

/// What a control is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// Something that is never filled.
    Never,
    /// A field.
    Is(Field),
    /// A code of some kind.
    Code,
    /// The day of some date.
    Day,
    /// The month of some date.
    Month,
    /// The year of some date.
    Year,
}

/// A control, and what is known of it.
pub(super) struct Seen<'a> {
    /// Its place in the page's list.
    pub(super) index: usize,
    pub(super) control: &'a Control,
    pub(super) token: Option<Field>,
    pub(super) sense: Option<Sense>,
    /// Whether it holds the rest of what stands in the box before.
    pub(super) goes_on: bool,
    /// The last two texts before it.
    near: [&'a Said; 2],
    /// Label, `aria-label`, placeholder and title, each for itself.
    read: [Said; 4],
    /// What the program calls it: name and id.
    called: [Said; 2],
}

impl<'a> Seen<'a> {
    pub(super) fn new(
        reading: &'a Reading<'a>,
        index: usize,
        control: &'a Control,
        near: [&'a Said; 2],
    ) -> Self {
        let mut seen = Self {
            index,
            control,
            token: token::field(&control.autocomplete),
            sense: None,
            goes_on: false,
            near,
            read: [
                &control.label,
                &control.aria,
                &control.placeholder,
                &control.title,
            ]
            .map(|text| reading.lexicon.read(text)),
            called: [&control.name, &control.id].map(|name| reading.lexicon.read_name(name)),
        };
        let is_elsewhere = seen.is_secret() && owner::is_another(reading, control);
        seen.sense = if is_elsewhere {
            Some(Sense::Never)
        } else {
            seen.judge()
        };
        seen
    }

    /// Whether it may be filled at all: a person sees it and could type into it.
    pub(super) fn is_open(&self) -> bool {
        self.control.hidden.is_none() && self.control.access == Access::Open
    }

    /// Whether what is typed is not shown.
    pub(super) fn is_secret(&self) -> bool {
        self.control.masked || self.kind() == "password"
    }

    pub(super) fn is_select(&self) -> bool {
        self.kind() == "select"
    }

    pub(super) fn is(&self, field: Field) -> bool {
        self.sense == Some(Sense::Is(field))
    }

    pub(super) fn field(&self) -> Option<Field> {
        match self.sense {
            Some(Sense::Is(field)) => Some(field),
            Some(Sense::Never | Sense::Code | Sense::Day | Sense::Month | Sense::Year) | None => {
                None
            }
        }
    }

    /// Whether what stands at it, or how it is called, holds one of these words.
    pub(super) fn says(&self, list: List) -> bool {
        let is_silent = self.is_unlabelled();
        self.label().any(|said| said.says(list))
            || (is_silent && self.near[0].says(list))
            || self.called.iter().any(|said| said.says(list))
    }

    /// Whether it is refused by a word of its own: a search, a voucher, a riddle, a trap. What is asked for beside it is
    /// what it would be without.
    pub(super) fn is_riddle(&self) -> bool {
        self.sense == Some(Sense::Never) && self.says(List::Never)
    }

    /// What a person reads at it: labels, placeholder.
    pub(super) fn label(&self) -> impl Iterator<Item = &Said> {
        self.read.iter().take(3)
    }

    /// The nearest text before it.
    pub(super) const fn before(&self) -> &Said {
        self.near[0]
    }

    /// Whether a person reads at it that it is this; what only the program calls it is a hint.
    pub(super) fn is_read_as(&self, field: Field) -> bool {
        let near = self.near.iter().copied();
        let mut read = self.read.iter().chain(near);
        read.any(|said| said.speaks_of(Sense::Is(field)))
    }

    /// Whether what stands at it is short enough to be a name of something.
    pub(super) fn is_named_shortly(&self) -> bool {
        self.label().all(Said::is_short)
    }

    pub(super) fn is_unlabelled(&self) -> bool {
        self.label().all(Said::is_empty)
    }

    /// Whether there is neither a label nor a text before it.
    pub(super) fn is_silent(&self) -> bool {
        self.is_unlabelled() && self.near[0].is_empty()
    }

    fn kind(&self) -> &str {
        &self.control.kind
    }

    fn judge(&self) -> Option<Sense> {
        if self.kind() == "search"
            || self.is_refused()
            || choices::are_other_things(self.control)
            || self.is_for_nobody()
        {
            return Some(Sense::Never);
        }
        let token = self.token.map(Sense::Is);
        token
            .filter(|&sense| self.takes(sense))
            .or_else(|| self.by_texts())
            .or_else(|| self.by_type())
    }

    /// Whether anything about it says that it is never filled.
    fn is_refused(&self) -> bool {
        let near = (self.is_unlabelled() && self.near[0].is_short()).then_some(self.near[0]);
        let mut texts = self.read.iter().chain(near);
        let is_of_account = self.token.is_none_or(is_of_an_account);
        texts.any(|said| {
            said.begins_with(List::Never) || (is_of_account && said.begins_with(List::NeverLabels))
        }) || self.is_called_so()
    }

    /// Whether its name alone refuses it, and what a person reads doesn't say that it is a password.
    fn is_called_so(&self) -> bool {
        let is_password = self.is_secret() && self.is_read_as(Field::Password);
        !is_password && self.called.iter().any(|said| said.says(List::Never))
    }

    /// Whether the keyboard doesn't come to it, and nothing says what it is for.
    const fn is_for_nobody(&self) -> bool {
        self.control.unreachable && self.token.is_none()
    }

    fn by_texts(&self) -> Option<Sense> {
        let takes = |sense: &Sense| self.takes(*sense);
        let read = &self.read;
        let named = read.iter().find_map(|said| said.first_senses().find(takes));
        let named = named.or_else(|| read.iter().find_map(|said| said.senses().find(takes)));
        let near = self.near.iter().filter(|said| said.is_short());
        // What has a label isn't named by what stands before it.
        let is_labelled = read.iter().take(2).any(|said| !said.is_empty());
        let near = || {
            let mut near = near.clone().filter(|_| !is_labelled);
            near.find_map(|said| said.senses().find(takes))
        };
        let called = || {
            self.called
                .iter()
                .find_map(|said| said.senses().find(takes))
        };
        let is_secret = self.is_secret();
        let is_guess = |sense: &Sense| is_secret == is_a_secret(*sense) || !is_secret;
        let is_guess =
            |sense: &Sense| is_guess(sense) && (is_secret || *sense != Sense::Is(Field::Password));
        named
            .or_else(|| near().filter(is_guess))
            .or_else(|| called().filter(is_guess))
    }

    fn by_type(&self) -> Option<Sense> {
        let placeholder = self.control.placeholder.as_str();
        if placeholder.contains('@') {
            return Some(Sense::Is(Field::Email));
        }
        let figures = placeholder
            .chars()
            .take(LONGEST_NUMBER)
            .filter(char::is_ascii_digit);
        if figures.count() >= FIGURES_OF_A_CARD {
            return Some(Sense::Is(Field::CardNumber));
        }
        match self.kind() {
            "email" => Some(Sense::Is(Field::Email)),
            "tel" => Some(Sense::Is(Field::Phone)),
            "date" | "textarea" | "url" | "time" => Some(Sense::Never),
            _ => None,
        }
    }

    /// Whether a control of its type can be this.
    fn takes(&self, sense: Sense) -> bool {
        let is_part = matches!(sense, Sense::Day | Sense::Month | Sense::Year);
        if is_part && self.read.iter().any(|said| said.says(List::FullDate)) {
            return false;
        }
        let Sense::Is(field) = sense else {
            return matches!(
                self.kind(),
                "text" | "tel" | "number" | "select" | "password"
            );
        };
        let longest = self.control.max_length.unwrap_or(usize::MAX);
        if longest < field.shortest() {
            return false;
        }
        if self.is_secret() {
            return is_secret(field);
        }
        match self.kind() {
            "select" => field.may_be_chosen(),
            "textarea" => field == Field::Street,
            "date" => field == Field::BirthDate,
            "month" => field == Field::CardExpiry,
            "email" => matches!(field, Field::Email | Field::Username),
            "url" | "time" => false,
            _ => !matches!(field, Field::NewPassword | Field::ConfirmPassword),
        }
    }
}

const fn is_of_an_account(field: Field) -> bool {
    matches!(
        field,
        Field::Username | Field::CurrentPassword | Field::NewPassword
    )
}

const fn is_secret(field: Field) -> bool {
    matches!(
        field,
        Field::Password
            | Field::CurrentPassword
            | Field::NewPassword
            | Field::Pin
            | Field::OneTimeCode
            | Field::CardCode
            | Field::Username
            | Field::NationalId
    )
}

/// Whether what is this is never shown while it is typed, as a rule.
const fn is_a_secret(sense: Sense) -> bool {
    !matches!(sense, Sense::Is(Field::Username | Field::NationalId))
}
