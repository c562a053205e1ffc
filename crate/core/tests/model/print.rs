//! A value and its fingerprint, so that states are cheap to copy, to compare
//! and to hash: most of a state is what it was a step before.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use sigill_core::confirmation::journal::{Entry, Phase};
use sigill_core::confirmation::operation::{Operation, State};
use sigill_core::confirmation::policy::Proofs;
use sigill_core::wire::operation::{Asked, Confirmed, Mail, Progress};

use super::network::{Request, Said};

/// What can be told apart by a number.
pub(crate) trait Print {
    /// Everything that a rule could ever look at.
    fn print(&self, into: &mut DefaultHasher);
}

/// A shared value with its fingerprint.
pub(crate) struct Printed<T> {
    print: u64,
    value: Arc<T>,
}

impl<T: Print> Printed<T> {
    pub(crate) fn new(value: T) -> Self {
        let mut hasher = DefaultHasher::new();
        value.print(&mut hasher);
        Self {
            print: hasher.finish(),
            value: Arc::new(value),
        }
    }
}

impl<T> Printed<T> {
    pub(crate) fn number(&self) -> u64 {
        self.print
    }
}

impl<T> Clone for Printed<T> {
    fn clone(&self) -> Self {
        Self {
            print: self.print,
            value: Arc::clone(&self.value),
        }
    }
}

impl<T> std::ops::Deref for Printed<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Printed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T> PartialEq for Printed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.print == other.print
    }
}

impl<T> Eq for Printed<T> {}

impl<T> Hash for Printed<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.print);
    }
}

impl Print for Operation {
    fn print(&self, into: &mut DefaultHasher) {
        (self.id, self.digest, self.required.bits(), self.expires_at).hash(into);
        (self.tries, self.code_no, self.code_wanted_at).hash(into);
        self.password_proven_at.hash(into);
        if let Some(live) = &self.code {
            (live.salt, live.made_at, live.tag.as_bytes()).hash(into);
        }
        mail(self.mail, into);
        (self.text.code_no, self.text.wanted_at).hash(into);
        mail(self.text.stand, into);
        self.state.name().hash(into);
        if let State::Executed { receipt } = &self.state {
            receipt.signature.0.hash(into);
        }
    }
}

impl Print for Entry {
    fn print(&self, into: &mut DefaultHasher) {
        self.key().hash(into);
        match self.phase() {
            Phase::Requested => 0_u8.hash(into),
            Phase::Asked(told) => {
                1_u8.hash(into);
                asked(told, into);
            }
            Phase::Proving {
                asked: told,
                answer,
            } => {
                2_u8.hash(into);
                std::mem::discriminant(answer).hash(into);
                asked(told, into);
            }
            Phase::Receipted(signed) => (3_u8, &signed.signature.0).hash(into),
            Phase::Done(signed) => (4_u8, &signed.signature.0).hash(into),
            Phase::Over(how) => (5_u8, std::mem::discriminant(how)).hash(into),
        }
    }
}

impl Print for Said {
    fn print(&self, into: &mut DefaultHasher) {
        std::mem::discriminant(self).hash(into);
        match self {
            Self::Asked(told) => asked(told, into),
            Self::Confirmed(Confirmed::Receipt(signed)) => signed.signature.0.hash(into),
            Self::Confirmed(Confirmed::Next(proof)) => std::mem::discriminant(proof).hash(into),
            Self::Polled(progress) => {
                std::mem::discriminant(progress).hash(into);
                match progress {
                    Progress::Pending(told) => asked(told, into),
                    Progress::Executed { receipt } => receipt.signature.0.hash(into),
                    _ => {}
                }
            }
            Self::Refused(problem) => {
                std::mem::discriminant(&problem.error).hash(into);
                problem.tries_left.hash(into);
            }
            Self::Cancelled => {}
        }
    }
}

impl Print for Request {
    fn print(&self, into: &mut DefaultHasher) {
        std::mem::discriminant(self).hash(into);
        match self {
            Self::Ask(ask, comes) => (ask.request.idempotency_key, ask.digest, comes).hash(into),
            Self::Poll(id) | Self::Resend(id) | Self::Cancel(id) => id.hash(into),
            Self::Confirm(confirming) => confirming.hash(into),
        }
    }
}

/// For the network: which act a message is about, and the message.
impl<T: Print> Print for (usize, T) {
    fn print(&self, into: &mut DefaultHasher) {
        self.0.hash(into);
        self.1.print(into);
    }
}

fn asked(asked: &Asked, into: &mut DefaultHasher) {
    let required: Proofs = asked.required.iter().copied().collect();
    (asked.operation, required.bits(), asked.code_no).hash(into);
    (&asked.reference, asked.tries_left).hash(into);
}

fn mail(mail: Mail, into: &mut DefaultHasher) {
    std::mem::discriminant(&mail).hash(into);
    if let Mail::HandedOver { at, code_until } = mail {
        (at, code_until).hash(into);
    }
}
