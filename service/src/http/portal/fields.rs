//! Fields that several pages ask for alike.

use sigill_core::account::MailAddress;

use super::page::{Field, Input};
use super::visit::Visit;

/// A mailed code.
pub(super) fn code_field(visit: &Visit) -> Field {
    Field::Text(Input {
        name: "code",
        label: visit.say("portal_code"),
        kind: "text",
        fills: "one-time-code",
        value: String::new(),
    })
}

/// A second factor.
pub(super) fn factor_field(visit: &Visit) -> Field {
    Field::Text(Input {
        name: "second_factor",
        label: visit.say("portal_second_factor"),
        kind: "text",
        fills: "one-time-code",
        value: String::new(),
    })
}

/// The field for the account password that there is.
pub(super) fn password_field(visit: &Visit) -> Field {
    Field::Text(Input {
        name: "password",
        label: visit.say("portal_password"),
        kind: "password",
        fills: "current-password",
        value: String::new(),
    })
}

/// An address, under the label of `key`.
pub(super) fn email_field(visit: &Visit, key: &str) -> Field {
    Field::Text(email_input(visit, key))
}

/// The same, to say more about it.
pub(super) fn email_input(visit: &Visit, key: &str) -> Input {
    Input {
        name: "email",
        label: visit.say(key),
        kind: "email",
        fills: "email",
        value: String::new(),
    }
}

/// The address that a provider told, or a field for one where it told none.
pub(super) fn told_field(visit: &Visit, told: Option<&MailAddress>) -> Field {
    match told {
        Some(told) => Field::Shown {
            name: "email",
            label: visit.say("portal_email"),
            value: told.as_str().into(),
        },
        None => email_field(visit, "portal_email"),
    }
}
