//! What an onlooker who sees everything writes down. The invariants are about
//! this, not about what the rules say of themselves.

use sigill_core::confirmation::policy::Proofs;
use sigill_core::wire::Seconds;
use sigill_core::wire::operation::Confirmed as Confirmation;
use sigill_core::wire::problem;

use super::network::Said;

/// The onlooker's notes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Ledger {
    /// Operation by operation, in the order in which they were prepared.
    pub(crate) operations: Vec<Noted>,
    /// Act by act of the honest device.
    pub(crate) acts: Vec<Act>,
    /// Codes that were mailed.
    pub(crate) mailed: u8,
    /// Effects, in order.
    pub(crate) effects: Vec<Effect>,
    /// What was done on the honest device, in order.
    pub(crate) applied: Vec<Applied>,
    /// Whether the service lied.
    pub(crate) word: Word,
    /// Answers that show what was reached.
    pub(crate) heard: Heard,
    /// Heads that the other device followed.
    pub(crate) followed: Vec<Confirmed>,
}

/// Whether some answers were ever given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Heard {
    #[default]
    NothingOfNote,
    CodeExpired,
    NotLinked,
    NextProof,
}

impl Ledger {
    pub(crate) fn hear(&mut self, said: &Said) {
        self.heard = match said {
            Said::Refused(problem) if problem.error == problem::Code::CodeExpired => {
                Heard::CodeExpired
            }
            Said::Refused(problem) if problem.error == problem::Code::AccountNotLinked => {
                Heard::NotLinked
            }
            Said::Confirmed(Confirmation::Next(_)) => Heard::NextProof,
            _ => self.heard,
        };
    }
}

/// Of one operation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Noted {
    /// Whether the password was right for this operation and digest (bits).
    pub(crate) proved: u8,
    /// Comparisons whose outcome somebody learned.
    pub(crate) compared: u8,
    /// Whether it was seen superseded, expired, burnt or cancelled.
    pub(crate) life: Life,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Life {
    #[default]
    MayHappen,
    Ended,
}

/// Of one act of the honest device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Act {
    /// Whether the person gave proofs for it here.
    pub(crate) confirmed: Confirmed,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Confirmed {
    #[default]
    Never,
    ByThePerson,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Word {
    #[default]
    Kept,
    Broken,
}

/// An effect at the service.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Effect {
    pub(crate) operation: usize,
    /// What the table asks for as things stand (bits); what was proved (bits).
    pub(crate) needed: u8,
    pub(crate) proved: u8,
    pub(crate) code: Code,
    pub(crate) base: Base,
    pub(crate) life: Life,
    pub(crate) at: Seconds,
}

impl Effect {
    pub(crate) fn is_proved(&self) -> bool {
        let bits = |bits| Proofs::from_bits(bits).unwrap();
        bits(self.proved).covers(bits(self.needed))
    }
}

/// The code that an effect used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Code {
    None,
    Number(u32),
}

/// Whether the cloud stood where the act was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Base {
    Stands,
    Moved,
    NotBound,
}

/// Something that was done on the honest device.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Applied {
    pub(crate) act: usize,
    pub(crate) receipt: Receipt,
    pub(crate) confirmed: Confirmed,
}

/// What stood behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Receipt {
    /// A receipt that verifies, about this act, with the journal in Proving or beyond.
    Verified,
    /// Anything else.
    Missing,
}
