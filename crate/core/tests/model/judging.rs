//! Transaction B: the real judge, the effect, and what an onlooker notes of it.

use sigill_core::confirmation::grant::Granted;
use sigill_core::confirmation::operation::{
    Asker, CloudHead, Counted, Facts, Judgement, Operation, TRIES,
};
use sigill_core::confirmation::policy::{
    self, Answer, Binding, Proof, Proofs, SecondFactor, Standing,
};
use sigill_core::confirmation::receipt::{Done, ReceiptSigner};
use sigill_core::id::Hash;
use sigill_core::wire::operation::Confirmed;

use super::faults::Fault;
use super::ledger::{Base, Code, Effect, Ledger};
use super::network::{Field, Said, refused};
use super::print::Printed;
use super::service::{PASSWORD, Service, TEXT, Underway, carried, index};

const UNDO: u64 = 30 * 24 * 3600;

impl Service {
    /// Compares and judges what was counted; the answer to whoever asked.
    pub(crate) fn judge(
        &mut self,
        one: &Underway,
        signer: &ReceiptSigner,
        (fault, ledger): (Fault, &mut Ledger),
    ) -> Said {
        let asker = Asker {
            account: one.before.account,
            device: one.before.device,
        };
        let carried = carried(&one.confirming, &one.before, fault);
        let before = Operation::clone(&one.before);
        let (_, counted) = before.count_try(asker, carried, one.at);
        let Ok(Counted::Verify(attempt)) = counted else {
            unreachable!("it was counted on this very row");
        };
        let verdicts = self.verify(&attempt, one, fault);
        let proved = self.note(one, attempt.due(), ledger);
        let row = Operation::clone(self.row(one.confirming.operation).unwrap());
        let facts = self.facts_for(&row, fault);
        match row.clone().judge(attempt, verdicts, &facts, self.now) {
            Judgement::Execute { granted, finish } => {
                self.note_effect(&row, proved, ledger);
                let done = self.carry_out(&row, granted);
                let (executed, receipt) = finish.seal(done, signer);
                match fault {
                    Fault::CodeNotSingleUse => {}
                    _ => self.save(executed, ledger),
                }
                Said::Confirmed(Confirmed::Receipt(receipt))
            }
            Judgement::Next {
                operation, proof, ..
            } => {
                self.save(operation, ledger);
                Said::Confirmed(Confirmed::Next(proof))
            }
            Judgement::Refused { operation, why } => {
                self.save(late(operation, fault), ledger);
                refused(why)
            }
        }
    }

    fn facts_for(&self, row: &Operation, fault: Fault) -> Facts {
        let facts = self.facts();
        match fault {
            Fault::NoCompareAndSwapOnTheHead => Facts {
                cloud: CloudHead {
                    seq: row.request.base_seq,
                    hash: row.request.base_head_hash,
                },
                ..facts
            },
            _ => facts,
        }
    }

    /// What was right, by the mailbox and the secrets themselves: for this
    /// operation, this digest, the newest code, and in time. A password that
    /// was right stays right.
    fn note(&self, one: &Underway, due: Proofs, ledger: &mut Ledger) -> Proofs {
        let place = index(one.confirming.operation);
        let row = &self.rows[place];
        let typed = one.confirming.typed;
        let noted = &mut ledger.operations[place];
        noted.compared += 1;
        let mut proved = Proofs::from_bits(noted.proved).unwrap();
        for proof in due.iter() {
            let right = match proof {
                Proof::EmailCode => self.is_in_the_mailbox(place, typed.code),
                Proof::AccountPassword => typed.password == Field::Holds(PASSWORD),
                Proof::TextMessageCode => typed.text == Field::Holds(TEXT),
            };
            if right && one.confirming.digest == row.digest {
                proved = proved.and(proof);
            }
        }
        noted.proved = proved.both(Proofs::PASSWORD).bits();
        proved
    }

    /// The newest code of an operation, and not too old.
    fn is_in_the_mailbox(&self, place: usize, typed: Field) -> bool {
        let row = &self.rows[place];
        let newest = self.mailbox.iter().rfind(|l| l.operation == place);
        newest.is_some_and(|letter| {
            typed == Field::Holds(letter.code)
                && (letter.code_no, true) == (row.code_no, row.code.is_some())
                && self.now < letter.until
        })
    }

    fn note_effect(&self, row: &Operation, proved: Proofs, ledger: &mut Ledger) {
        let operation = index(row.id);
        let (needed, reach) = match policy::required(self.standing, row.request.action) {
            Answer::Prove(needed, reach) => (needed.bits(), reach),
            _ => (u8::MAX >> 5, row.reach),
        };
        let stands =
            row.request.base_seq == self.cloud.seq && row.request.base_head_hash == self.cloud.hash;
        let base = match policy::binding(row.request.action, reach) {
            Binding::CloudHead if stands => Base::Stands,
            Binding::CloudHead => Base::Moved,
            Binding::LocalHead | Binding::Parameters => Base::NotBound,
        };
        let number = self.mailbox.iter().rfind(|l| l.operation == operation);
        ledger.effects.push(Effect {
            operation,
            needed,
            proved: proved.bits(),
            code: number.map_or(Code::None, |letter| Code::Number(letter.code)),
            base,
            life: ledger.operations[operation].life,
            at: self.now - row.created_at,
        });
    }

    fn carry_out(&mut self, row: &Operation, granted: Granted) -> Done {
        let quarantine_until = match granted {
            Granted::ReplaceCloud(_) => {
                self.head_moves(row.request.new_head_hash.unwrap());
                self.now + UNDO
            }
            Granted::ClearEverywhere(_) => {
                self.head_moves(self.cloud.hash);
                self.now + UNDO
            }
            Granted::ClearThisDevice(_)
            | Granted::Restore(_)
            | Granted::ResetMasterPassword(_)
            | Granted::RenewMasterPassword(_)
            | Granted::Weaken(_) => self.now,
        };
        Done {
            at: self.now,
            new_seq: self.cloud.seq,
            quarantine_until,
        }
    }

    fn head_moves(&mut self, hash: Hash) {
        self.cloud = CloudHead {
            seq: self.cloud.seq + 1,
            hash,
        };
    }

    /// Another device writes.
    pub(crate) fn another_device_syncs(&mut self) {
        self.head_moves(Hash::of(self.cloud.hash.as_bytes()));
    }

    /// The account gets a second factor.
    pub(crate) fn a_factor_is_enrolled(&mut self) {
        self.standing = Standing {
            second_factor: SecondFactor::On,
            ..self.standing
        };
    }

    /// Stores the answer for equal confirmations.
    pub(crate) fn remember(&mut self, one: &Underway, said: &Said, fault: Fault) {
        if fault != Fault::CodeNotSingleUse {
            let answer = (one.confirming, Printed::new(said.clone()));
            self.answered.push(answer);
            self.answered.sort_by_key(|(_, said)| said.number());
        }
    }
}

/// With the fault, a try is counted here, after the comparison.
fn late(operation: Operation, fault: Fault) -> Operation {
    match fault {
        Fault::TryCountedAfterTheCheck => Operation {
            tries: (operation.tries + 1).min(TRIES),
            ..operation
        },
        _ => operation,
    }
}
