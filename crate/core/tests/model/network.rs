//! The network: it loses, doubles and delays.
//!
//! Nothing that was sent ever leaves it. A message that is not delivered is
//! lost, one that is delivered again is doubled, and order means nothing: so
//! it is the worst network that there can be, and the cheapest to search.

use sigill_core::confirmation::operation::{HeadTag, Refused};
use sigill_core::id::{Hash, OperationId};
use sigill_core::wire::SecretText;
use sigill_core::wire::operation::{Ask, Asked, Confirm, Confirmed, Mail, Progress, Proofs};
use sigill_core::wire::problem::Problem;

use super::print::Printed;

/// What a device says to the service.
#[derive(Clone, Debug)]
pub(crate) enum Request {
    Ask(Box<Ask>, Comes),
    Poll(OperationId),
    Resend(OperationId),
    Confirm(Confirming),
    Cancel(OperationId),
}

/// Whether a head's tag comes along with the wish for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Comes {
    WithoutTag,
    WithTag,
}

/// A confirmation, as its secrets matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Confirming {
    pub(crate) operation: OperationId,
    pub(crate) digest: Hash,
    pub(crate) brings: Brings,
    pub(crate) typed: Typed,
}

/// Whether the head's tag comes with a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Brings {
    Nothing,
    Tag,
}

impl From<Brings> for HeadTag {
    fn from(brings: Brings) -> Self {
        match brings {
            Brings::Nothing => Self::Absent,
            Brings::Tag => Self::Present,
        }
    }
}

/// What was typed, proof by proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub(crate) struct Typed {
    pub(crate) code: Field,
    pub(crate) password: Field,
    pub(crate) text: Field,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub(crate) enum Field {
    #[default]
    Empty,
    Holds(u32),
}

impl Field {
    fn to_wire(self) -> Option<SecretText> {
        match self {
            Self::Empty => None,
            Self::Holds(number) => Some(SecretText::new(number.to_string())),
        }
    }

    fn of_wire(text: Option<&SecretText>) -> Self {
        text.map_or(Self::Empty, |text| {
            Self::Holds(text.expose().parse().unwrap())
        })
    }
}

impl Typed {
    pub(crate) fn to_wire(self) -> Proofs {
        Proofs {
            email_code: self.code.to_wire(),
            account_password: self.password.to_wire(),
            text_message_code: self.text.to_wire(),
        }
    }

    pub(crate) fn of_wire(confirm: &Confirm) -> Self {
        let proofs = &confirm.proofs;
        Self {
            code: Field::of_wire(proofs.email_code.as_ref()),
            password: Field::of_wire(proofs.account_password.as_ref()),
            text: Field::of_wire(proofs.text_message_code.as_ref()),
        }
    }
}

/// What the service says to a device.
#[derive(Clone, Debug)]
pub(crate) enum Said {
    Asked(Asked),
    Confirmed(Confirmed),
    Polled(Progress),
    Refused(Problem),
    Cancelled,
}

/// No rule of the device looks at a clock, at how far a mail is or at how much
/// is left: without them, two states that differ in nothing else are one.
pub(crate) fn quiet(asked: Asked) -> Asked {
    Asked {
        mail: Mail::NotDue,
        code_no: 1,
        tries_left: 5,
        resend_at: 0,
        expires_at: 0,
        now: 0,
        ..asked
    }
}

/// [`quiet`], wherever an operation stands.
pub(crate) fn quietly(progress: Progress) -> Progress {
    match progress {
        Progress::Pending(asked) => Progress::Pending(quiet(asked)),
        Progress::Executed { .. }
        | Progress::Stale
        | Progress::Expired
        | Progress::Burnt
        | Progress::Superseded
        | Progress::Cancelled => progress,
    }
}

/// [`quiet`], of a refusal.
pub(crate) fn refused(why: Refused) -> Said {
    Said::Refused(Problem::from(why.code()))
}

/// Everything that was said between the honest device and the service, each
/// with the act that it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Network {
    pub(crate) requests: Vec<Printed<(usize, Request)>>,
    pub(crate) answers: Vec<Printed<(usize, Said)>>,
}

impl Network {
    pub(crate) fn send(&mut self, act: usize, request: Request) {
        put(&mut self.requests, Printed::new((act, request)));
    }

    pub(crate) fn answer(&mut self, act: usize, said: Said) {
        put(&mut self.answers, Printed::new((act, said)));
    }
}

/// In an order of its own: which was sent first is not part of a state.
fn put<T>(messages: &mut Vec<Printed<T>>, message: Printed<T>) {
    if let Err(place) = messages.binary_search_by_key(&message.number(), Printed::number) {
        messages.insert(place, message);
    }
}
