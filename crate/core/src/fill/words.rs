//! The words by which fields, and what forms are for, are known, in every language we
//! know them in: a file a meaning in `words/`, written as texts are folded
//! ([`super::text`]), `|` or a new line between two; `*` stands for more letters, at the
//! beginning or the end (`losenord*`, `*メール*`), `=` for the whole text.

use super::form::Field;
use super::goal::Goal;
use super::sense::Sense::{self, Code, Day, Is, Month, Never, Year};

/// What a control's texts and names say that it is. A row is asked before the ones
/// below it.
pub(super) const FIELDS: &[(Sense, &str)] = &[
    (
        Is(Field::NationalId),
        include_str!("words/identity_card.txt"),
    ),
    (Is(Field::Username), include_str!("words/member_card.txt")),
    (
        Is(Field::OneTimeCode),
        include_str!("words/one_time_code.txt"),
    ),
    (Is(Field::CardHolder), include_str!("words/card_holder.txt")),
    (Is(Field::CardCode), include_str!("words/card_code.txt")),
    (Is(Field::CardNumber), include_str!("words/card_number.txt")),
    (
        Is(Field::CardExpiryMonth),
        include_str!("words/card_expiry_month.txt"),
    ),
    (
        Is(Field::CardExpiryYear),
        include_str!("words/card_expiry_year.txt"),
    ),
    (Is(Field::CardExpiry), include_str!("words/card_expiry.txt")),
    (Is(Field::Pin), include_str!("words/pin.txt")),
    (Is(Field::Password), include_str!("words/password.txt")),
    (Is(Field::NationalId), include_str!("words/national_id.txt")),
    (
        Is(Field::PassportNumber),
        include_str!("words/passport_number.txt"),
    ),
    (
        Is(Field::LicenseNumber),
        include_str!("words/license_number.txt"),
    ),
    (Is(Field::BirthYear), include_str!("words/birth_year.txt")),
    (Is(Field::BirthDate), include_str!("words/birth_date.txt")),
    (Is(Field::Username), include_str!("words/username.txt")),
    (Is(Field::Email), include_str!("words/email.txt")),
    (Is(Field::Phone), include_str!("words/phone.txt")),
    (
        Is(Field::Organization),
        include_str!("words/organization.txt"),
    ),
    (Is(Field::Street2), include_str!("words/street_2.txt")),
    (Is(Field::PostalCode), include_str!("words/postal_code.txt")),
    (Is(Field::Street), include_str!("words/street.txt")),
    (
        Is(Field::HouseNumber),
        include_str!("words/house_number.txt"),
    ),
    (Is(Field::City), include_str!("words/city.txt")),
    (Is(Field::Country), include_str!("words/country.txt")),
    (Is(Field::Region), include_str!("words/region.txt")),
    (Is(Field::Name), include_str!("words/name.txt")),
    (Is(Field::FamilyName), include_str!("words/family_name.txt")),
    (Is(Field::GivenName), include_str!("words/given_name.txt")),
    (Is(Field::Name), include_str!("words/name_alone.txt")),
    (Code, include_str!("words/code.txt")),
    (Day, include_str!("words/day.txt")),
    (Month, include_str!("words/month.txt")),
    (Year, include_str!("words/year.txt")),
    (Never, include_str!("words/other_things.txt")),
];

/// What headings, buttons, addresses and titles are about, likewise.
pub(super) const GOALS: &[(Goal, &str)] = &[
    (Goal::NotOurs, include_str!("words/goal_not_ours.txt")),
    (Goal::Code, include_str!("words/goal_code.txt")),
    (Goal::Renew, include_str!("words/goal_renew.txt")),
    (Goal::Guest, include_str!("words/goal_guest.txt")),
    (Goal::SignUp, include_str!("words/goal_sign_up.txt")),
    (Goal::SignIn, include_str!("words/goal_sign_in.txt")),
];

/// Words that a single question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    /// Said anywhere about a control, its own names included: it is never filled.
    /// Searches, vouchers, riddles, newsletters.
    Never,
    /// Said by a label or the text beside a control: it is never filled. Sums, numbers
    /// of other things, machines, somebody else, messages, secrets that are no login's.
    NeverLabels,
    /// A password that is there already.
    Current,
    /// A password that comes to be.
    New,
    /// A password that somebody is to think of.
    Choose,
    /// The same again.
    Again,
    /// Beside a user name: whose user it is.
    Clients,
    /// What one writes to somebody, unlike what one writes for all to read.
    Messages,
    /// Buttons that go on to the next step.
    On,
    /// Buttons that say nothing of what they send.
    Plain,
    /// Buttons that keep settings, or try them out.
    Keeps,
    /// The password of whoever reads it.
    Own,
    /// What many may open who know the same password.
    Shared,
    /// Buttons that do something else than send what was typed.
    Aside,
    /// Buttons that lead elsewhere, unless they send the form.
    Elsewhere,
    /// Names of accounts, in a text about forgetting.
    UserNames,
    /// A number, and nothing of what.
    Number,
    /// A first name, or the whole one.
    FirstOrWhole,
    /// A last name, or the whole one.
    LastOrWhole,
    /// Two letters for the day in French; for the year of a card in German.
    FrenchDay,
    /// How a date with its day is written, unlike a card's.
    FullDate,
    /// What comes to be when somebody signs up.
    Accounts,
    /// How somebody came by a code.
    Sent,
    /// Where something is known: the name of a site follows.
    At,
    /// Figures of a number that stands in several boxes.
    Figures,
    /// What stands before one's name in a sentence.
    IAm,
    /// What a form is called that is shown for what it looks like.
    Samples,
}

/// The words of each list.
pub(super) const LISTS: &[(List, &str)] = &[
    (List::Never, include_str!("words/never.txt")),
    (List::NeverLabels, include_str!("words/never_labels.txt")),
    (List::Current, include_str!("words/current.txt")),
    (List::New, include_str!("words/new.txt")),
    (List::Choose, include_str!("words/choose.txt")),
    (List::Again, include_str!("words/again.txt")),
    (List::Clients, include_str!("words/clients.txt")),
    (List::Messages, include_str!("words/messages.txt")),
    (List::On, include_str!("words/on.txt")),
    (List::Plain, include_str!("words/plain.txt")),
    (List::Keeps, include_str!("words/keeps.txt")),
    (List::Own, include_str!("words/own.txt")),
    (List::Shared, include_str!("words/shared.txt")),
    (List::Aside, include_str!("words/aside.txt")),
    (List::Elsewhere, include_str!("words/elsewhere.txt")),
    (List::UserNames, include_str!("words/user_names.txt")),
    (List::Number, include_str!("words/number.txt")),
    (List::FirstOrWhole, include_str!("words/first_or_whole.txt")),
    (List::LastOrWhole, include_str!("words/last_or_whole.txt")),
    (List::FrenchDay, include_str!("words/french_day.txt")),
    (List::FullDate, include_str!("words/full_date.txt")),
    (List::Accounts, include_str!("words/accounts.txt")),
    (List::Sent, include_str!("words/sent.txt")),
    (List::At, include_str!("words/at.txt")),
    (List::Figures, include_str!("words/figures.txt")),
    (List::IAm, include_str!("words/i_am.txt")),
    (List::Samples, include_str!("words/samples.txt")),
];
