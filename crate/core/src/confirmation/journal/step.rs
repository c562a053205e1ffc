//! The machine of the asking device.

use alloc::vec;
use alloc::vec::Vec;

use super::entry::{Answer, Brings, Entry, Over, Phase};
use super::event::{Effect, Event, Meaning, Message, Notice, ReceiptRejected, meaning};
use crate::confirmation::grant::{Granted, Lapsed};
use crate::confirmation::policy::Proof;
use crate::confirmation::receipt::{Receipt, SignedReceipt};
use crate::confirmation::words::Words;
use crate::wire::Bytes;
use crate::wire::operation::{Ask, Asked, Confirm, Confirmed, Progress, Proofs};
use crate::wire::problem::Problem;

#[cfg(test)]
mod tests;

impl Entry {
    /// The entry after `event`, and what to do now.
    pub fn step(self, event: Event) -> (Self, Vec<Effect>) {
        match event {
            Event::Start => self.start(),
            Event::Asked(asked) => self.asked(asked),
            Event::Prove(proofs) => self.prove(proofs),
            Event::Confirmed(Confirmed::Receipt(receipt)) => self.receipt(receipt),
            Event::Confirmed(Confirmed::Next(proof)) => self.next(proof),
            Event::Polled(progress) => self.polled(progress),
            Event::Refused(problem) => self.refused(problem),
            Event::Resend => self.resend(),
            Event::Cancel => self.cancel(),
            Event::Cancelled => self.over(Over::Cancelled),
            Event::Applied => self.applied(),
            Event::Lapsed(why) => self.lapsed(why),
        }
    }

    fn start(self) -> (Self, Vec<Effect>) {
        let effects = match &self.phase {
            Phase::Requested => vec![Effect::Save, Effect::Send(Message::Ask(self.ask()))],
            Phase::Asked(asked) | Phase::Proving { asked, .. } => {
                vec![Effect::Send(Message::Poll(asked.operation))]
            }
            // Verified before it was stored, and again: storage is not evidence.
            Phase::Receipted(signed) => vec![match self.believe(signed) {
                Ok(receipt) => Effect::Apply {
                    granted: Granted::what_was_asked(&self.request),
                    receipt: receipt.clone(),
                },
                Err(why) => Effect::Tell(Notice::Receipt(why)),
            }],
            Phase::Done(_) | Phase::Over(_) => Vec::new(),
        };
        (self, effects)
    }

    /// The request. It has no place for the head's tag.
    fn ask(&self) -> Ask {
        let (new_head, new_slots) = match &self.brings {
            Brings::Nothing => (None, None),
            Brings::Vault(vault) => (
                Some(Bytes(vault.head.clone())),
                Some(vault.slots.iter().cloned().map(Bytes).collect()),
            ),
        };
        Ask {
            request: self.request.clone(),
            new_head,
            new_slots,
            digest: self.digest,
        }
    }

    fn asked(self, asked: Asked) -> (Self, Vec<Effect>) {
        let words = Words::reference(self.digest, asked.operation);
        let known = self.operation().unwrap_or(asked.operation);
        if !words.are(&asked.reference) || known != asked.operation {
            return (self, vec![Effect::Tell(Notice::Garbage)]);
        }
        match self.phase {
            Phase::Requested | Phase::Asked(_) => self.saved(Phase::Asked(asked)),
            Phase::Proving { .. } => self.saved(Phase::Proving {
                asked,
                answer: Answer::Given,
            }),
            // Cancelled before the service answered: it need not wait.
            Phase::Over(_) => {
                let cancel = Effect::Send(Message::Cancel(asked.operation));
                (self, vec![cancel])
            }
            Phase::Receipted(_) | Phase::Done(_) => (self, Vec::new()),
        }
    }

    fn prove(self, proofs: Proofs) -> (Self, Vec<Effect>) {
        let asked = match self.phase {
            Phase::Asked(ref asked) | Phase::Proving { ref asked, .. } => asked.clone(),
            Phase::Requested | Phase::Receipted(_) | Phase::Done(_) | Phase::Over(_) => {
                return (self, Vec::new());
            }
        };
        let brings = match &self.brings {
            Brings::Nothing => None,
            Brings::Vault(vault) => Some(vault),
        };
        let voucher = brings.and_then(|vault| vault.voucher);
        let confirm = Confirm {
            digest: self.digest,
            head_tag: brings.map(|vault| Bytes(vault.tag.0.to_vec())),
            voucher: voucher.map(|voucher| Bytes(voucher.0.to_vec())),
            proofs,
        };
        let send = Effect::Send(Message::Confirm(asked.operation, confirm));
        let answer = Answer::Awaited;
        self.moved(Phase::Proving { asked, answer }, [send])
    }

    fn receipt(self, signed: SignedReceipt) -> (Self, Vec<Effect>) {
        match &self.phase {
            Phase::Proving { .. } => {}
            Phase::Requested | Phase::Asked(_) | Phase::Over(_) => {
                let why = ReceiptRejected::NotProving;
                return (self, vec![Effect::Tell(Notice::Receipt(why))]);
            }
            // The same answer again: it was heard.
            Phase::Receipted(_) | Phase::Done(_) => return (self, Vec::new()),
        }
        match self.believe(&signed).cloned() {
            Ok(receipt) => {
                let granted = Granted::what_was_asked(&self.request);
                let apply = Effect::Apply { granted, receipt };
                self.moved(Phase::Receipted(signed), [apply])
            }
            Err(why) => (self, vec![Effect::Tell(Notice::Receipt(why))]),
        }
    }

    /// Signed by the pinned key, and about this very entry.
    fn believe<'r>(&self, signed: &'r SignedReceipt) -> Result<&'r Receipt, ReceiptRejected> {
        let receipt = signed.verify(&self.key)?;
        let about_this = self.operation() == Some(receipt.operation)
            && receipt.account == self.asker.account
            && receipt.device == self.asker.device
            && receipt.action == self.request.action
            && receipt.digest == self.digest;
        if about_this {
            Ok(receipt)
        } else {
            Err(ReceiptRejected::SomethingElse)
        }
    }

    fn next(self, proof: Proof) -> (Self, Vec<Effect>) {
        match self.phase {
            Phase::Proving { ref asked, .. } => {
                let mut asked = asked.clone();
                asked.required.retain(|required| *required >= proof);
                let poll = Effect::Send(Message::Poll(asked.operation));
                let answer = Answer::Given;
                self.moved(Phase::Proving { asked, answer }, [poll])
            }
            Phase::Requested
            | Phase::Asked(_)
            | Phase::Receipted(_)
            | Phase::Done(_)
            | Phase::Over(_) => (self, Vec::new()),
        }
    }

    fn polled(self, progress: Progress) -> (Self, Vec<Effect>) {
        match progress {
            Progress::Pending(asked) => self.asked(asked),
            Progress::Executed { receipt } => self.receipt(receipt),
            Progress::Stale => self.over(Over::Stale),
            Progress::Expired => self.over(Over::Expired),
            Progress::Burnt => self.over(Over::Burnt),
            Progress::Superseded => self.over(Over::Superseded),
            Progress::Cancelled => self.over(Over::Cancelled),
        }
    }

    fn refused(self, problem: Problem) -> (Self, Vec<Effect>) {
        let tell = Effect::Tell(Notice::Problem(problem.clone()));
        let meaning = meaning(problem.error);
        let (entry, mut effects) = match (&self.phase, meaning) {
            (Phase::Receipted(_) | Phase::Done(_) | Phase::Over(_), _) => {
                return (self, Vec::new());
            }
            (_, Meaning::Unknown) => (self, Vec::new()),
            (_, Meaning::Ended(how)) => self.over(how),
            (_, Meaning::TooLate) => self.start(),
            (Phase::Requested, Meaning::NotNow) => self.over(Over::Refused),
            (Phase::Asked(_), Meaning::NotNow) => (self, Vec::new()),
            (Phase::Proving { asked, .. }, Meaning::NotNow) => {
                let mut asked = asked.clone();
                asked.tries_left = problem.tries_left.unwrap_or(asked.tries_left);
                let answer = Answer::Given;
                self.saved(Phase::Proving { asked, answer })
            }
        };
        effects.push(tell);
        (entry, effects)
    }

    fn resend(self) -> (Self, Vec<Effect>) {
        let effects = match &self.phase {
            Phase::Asked(asked) | Phase::Proving { asked, .. } => {
                vec![Effect::Send(Message::Resend(asked.operation))]
            }
            Phase::Requested | Phase::Receipted(_) | Phase::Done(_) | Phase::Over(_) => Vec::new(),
        };
        (self, effects)
    }

    /// Before any proof left, the device's word is enough: nothing can execute.
    /// After that the service's answer decides.
    fn cancel(self) -> (Self, Vec<Effect>) {
        match &self.phase {
            Phase::Requested => self.over(Over::Cancelled),
            Phase::Asked(asked) => {
                let cancel = Effect::Send(Message::Cancel(asked.operation));
                self.moved(Phase::Over(Over::Cancelled), [cancel])
            }
            Phase::Proving { asked, .. } => {
                let cancel = Effect::Send(Message::Cancel(asked.operation));
                (self, vec![cancel])
            }
            Phase::Receipted(_) | Phase::Done(_) | Phase::Over(_) => (self, Vec::new()),
        }
    }

    fn applied(self) -> (Self, Vec<Effect>) {
        match &self.phase {
            Phase::Receipted(signed) => {
                let signed = signed.clone();
                let ack = Effect::Send(Message::Ack(signed.receipt.operation));
                self.moved(Phase::Done(signed), [ack])
            }
            Phase::Requested
            | Phase::Asked(_)
            | Phase::Proving { .. }
            | Phase::Done(_)
            | Phase::Over(_) => (self, Vec::new()),
        }
    }

    /// A permit has no effect but on this device: without it there was none.
    fn lapsed(self, why: Lapsed) -> (Self, Vec<Effect>) {
        match &self.phase {
            Phase::Receipted(signed) => {
                let ack = Effect::Send(Message::Ack(signed.receipt.operation));
                let how = match why {
                    Lapsed::TooOld => Over::Expired,
                    Lapsed::HeadMoved => Over::Stale,
                };
                self.moved(Phase::Over(how), [ack])
            }
            Phase::Requested
            | Phase::Asked(_)
            | Phase::Proving { .. }
            | Phase::Done(_)
            | Phase::Over(_) => (self, Vec::new()),
        }
    }

    fn over(self, how: Over) -> (Self, Vec<Effect>) {
        if matches!(
            self.phase,
            Phase::Receipted(_) | Phase::Done(_) | Phase::Over(_)
        ) {
            (self, Vec::new())
        } else {
            self.saved(Phase::Over(how))
        }
    }

    fn saved(self, phase: Phase) -> (Self, Vec<Effect>) {
        (Self { phase, ..self }, vec![Effect::Save])
    }

    fn moved(self, phase: Phase, then: [Effect; 1]) -> (Self, Vec<Effect>) {
        let (entry, mut effects) = self.saved(phase);
        effects.extend(then);
        (entry, effects)
    }
}
