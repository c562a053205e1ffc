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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confirmation::action::{Action, ClearScope};
    use crate::confirmation::operation::{Asker, Request};
    use crate::confirmation::receipt::ReceiptSigner;
    use crate::id::{AccountId, DeviceId, Hash, IdempotencyKey, OperationId, VaultId};
    use crate::wire::operation::Mail;

    const OPERATION: OperationId = OperationId([7; 16]);

    fn proving(signer: &ReceiptSigner) -> Entry {
        let asker = Asker {
            account: AccountId([1; 16]),
            device: DeviceId([2; 16]),
        };
        let request = Request {
            idempotency_key: IdempotencyKey([3; 16]),
            action: Action::ClearVault {
                scope: ClearScope::Everywhere,
            },
            vault: VaultId([4; 16]),
            base_seq: 1,
            base_head_hash: Hash([5; 32]),
            new_head_hash: None,
            new_slots_hash: None,
            upload: None,
            loss_hash: Hash([6; 32]),
        };
        let entry = Entry::new(asker, signer.key(), request, Brings::Nothing).unwrap();
        let asked = Asked {
            operation: OPERATION,
            reference: Words::reference(entry.digest, OPERATION).to_strings(),
            required: vec![Proof::EmailCode],
            mail_hint: "a***@example.com".into(),
            code_no: 1,
            mail: Mail::Queued,
            resend_at: 60,
            expires_at: 1800,
            tries_left: 5,
            second_factor: None,
            now: 0,
        };
        let (entry, _) = entry.step(Event::Asked(asked));
        entry.step(Event::Prove(Proofs::default())).0
    }

    fn receipt(entry: &Entry, signer: &ReceiptSigner) -> Receipt {
        Receipt {
            key: signer.id(),
            operation: OPERATION,
            account: entry.asker.account,
            device: entry.asker.device,
            action: entry.request.action,
            digest: entry.digest,
            executed_at: 10,
            new_seq: 2,
            quarantine_until: 20,
        }
    }

    /// The service's own key signs them all: a service that lies.
    #[test]
    fn a_signed_receipt_is_believed_only_where_every_name_is_right() {
        let signer = ReceiptSigner::new([8; 32]);
        let entry = proving(&signer);
        let changes: [fn(&mut Receipt); 5] = [
            |r| r.operation = OperationId([0; 16]),
            |r| r.account = AccountId([0; 16]),
            |r| r.device = DeviceId([0; 16]),
            |r| r.action = Action::ReplaceCloud,
            |r| r.digest = Hash([0; 32]),
        ];
        for change in changes {
            let mut lie = receipt(&entry, &signer);
            change(&mut lie);
            let event = Event::Confirmed(Confirmed::Receipt(signer.sign(lie)));
            let (after, effects) = entry.clone().step(event);
            assert_eq!(after.phase, entry.phase);
            let why = ReceiptRejected::SomethingElse;
            assert!(matches!(
                effects.as_slice(),
                [Effect::Tell(Notice::Receipt(told))] if *told == why
            ));
        }
        let truth = signer.sign(receipt(&entry, &signer));
        let (after, effects) = entry.step(Event::Confirmed(Confirmed::Receipt(truth)));
        assert!(matches!(after.phase, Phase::Receipted(_)));
        assert!(matches!(
            effects.as_slice(),
            [Effect::Save, Effect::Apply { .. }]
        ));
    }
}
