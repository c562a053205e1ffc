//! The judge's rim: rows and transactions in memory, around the real judge.

use sigill_core::confirmation::code::Verdict;
use sigill_core::confirmation::factor::Way;
use sigill_core::confirmation::operation::{
    Asker, Attempt, Carried, Clearance, CloudHead, Counted, Facts, Fresh, HeadTag, Operation,
    Refused, State, Verdicts, Vouching,
};
use sigill_core::confirmation::policy::{Proof, Proofs, SecondFactor, Standing};
use sigill_core::id::OperationId;
use sigill_core::wire::Seconds;
use sigill_core::wire::operation::{Ask, Confirmed};

use super::courier::{Letter, tag};
use super::faults::Fault;
use super::ledger::{Ledger, Life};
use super::network::{Confirming, Field, Request, Said, quiet, quietly, refused};
use super::print::Printed;

pub(crate) const PASSWORD: u32 = 7;
pub(crate) const TEXT: u32 = 8;
/// No code and no password.
pub(crate) const WRONG: u32 = 9;
const HINT: &str = "a***@example.com";

/// A confirmation between transaction A and transaction B.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Underway {
    /// The row that its try was counted on: from it, the attempt can be had again.
    pub(crate) before: Printed<Operation>,
    pub(crate) at: Seconds,
    pub(crate) confirming: Confirming,
    pub(crate) from: From,
}

/// Whose request it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum From {
    /// The honest device's, for one of its acts.
    Honest(usize),
    Hostile,
}

/// What the service stores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Service {
    pub(crate) now: Seconds,
    pub(crate) standing: Standing,
    pub(crate) cloud: CloudHead,
    pub(crate) rows: Vec<Printed<Operation>>,
    pub(crate) underway: Vec<Underway>,
    /// Answers to confirmations, given again to equal ones.
    pub(crate) answered: Vec<(Confirming, Printed<Said>)>,
    pub(crate) mailbox: Vec<Letter>,
    /// Tags of heads that have reached it, by their vault's act.
    pub(crate) tags: Vec<usize>,
}

impl std::hash::Hash for Service {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.now, self.cloud.seq, self.cloud.hash).hash(state);
        (self.standing.second_factor == SecondFactor::On).hash(state);
        (&self.rows, &self.underway, &self.answered).hash(state);
        (&self.mailbox, &self.tags).hash(state);
    }
}

pub(crate) fn index(id: OperationId) -> usize {
    usize::from(id.0[0]) - 1
}

impl Service {
    pub(crate) fn new(standing: Standing, cloud: CloudHead) -> Self {
        Self {
            now: 1_000_000,
            standing,
            cloud,
            rows: Vec::new(),
            underway: Vec::new(),
            answered: Vec::new(),
            mailbox: Vec::new(),
            tags: Vec::new(),
        }
    }

    pub(crate) fn row(&self, id: OperationId) -> Option<&Printed<Operation>> {
        self.rows.get(index(id))
    }

    pub(crate) fn facts(&self) -> Facts {
        Facts {
            standing: self.standing,
            clearance: Clearance::Clear,
            cloud: self.cloud,
            generation: None,
        }
    }

    /// Stores a row; the onlooker sees whether it ended.
    pub(crate) fn save(&mut self, row: Operation, ledger: &mut Ledger) {
        let place = index(row.id);
        match row.state {
            State::Pending | State::Executed { .. } => {}
            State::Stale | State::Expired | State::Burnt | State::Superseded | State::Cancelled => {
                ledger.operations[place].life = Life::Ended
            }
        }
        self.rows[place] = Printed::new(row);
    }

    /// One request in one transaction; a confirmation only begins here.
    pub(crate) fn handle(
        &mut self,
        (asker, from): (Asker, From),
        request: &Request,
        (fault, ledger): (Fault, &mut Ledger),
    ) -> Option<Said> {
        let said = match request {
            Request::Ask(ask, _) => self.ask(asker, ask, ledger),
            Request::Poll(id) => self.load(*id).and_then(|row| {
                let progress = row.progress(asker, HINT.into(), self.now)?;
                Ok(Said::Polled(quietly(progress)))
            }),
            Request::Resend(id) => self.resend(asker, *id, ledger),
            Request::Cancel(id) => self.cancel(asker, *id, ledger),
            Request::Confirm(confirming) => {
                return self.begin((asker, from), *confirming, (fault, ledger));
            }
        };
        Some(said.unwrap_or_else(refused))
    }

    fn load(&self, id: OperationId) -> Result<Operation, Refused> {
        let row = self.row(id).ok_or(Refused::NotFound)?;
        Ok(Operation::clone(row))
    }

    fn asked(&self, row: &Operation) -> Said {
        Said::Asked(quiet(row.asked(HINT.into(), self.now)))
    }

    fn ask(&mut self, asker: Asker, ask: &Ask, ledger: &mut Ledger) -> Result<Said, Refused> {
        let key = ask.request.idempotency_key;
        let known = |row: &&Printed<Operation>| {
            row.request.idempotency_key == key && row.device == asker.device
        };
        if let Some(row) = self.rows.iter().find(known) {
            row.asked_again(ask)?;
            return Ok(self.asked(row));
        }
        let fresh = Fresh {
            id: OperationId([u8::try_from(self.rows.len()).unwrap() + 1; 16]),
            now: self.now,
        };
        // What is to be sent is what the row says: see `post`.
        let (operation, _) = Operation::prepare(asker, ask, &self.facts(), fresh)?;
        let said = self.asked(&operation);
        for row in self.rows.clone() {
            if row.device == asker.device {
                self.save(Operation::clone(&row).supersede(self.now), ledger);
            }
        }
        ledger.operations.push(super::ledger::Noted::default());
        self.rows.push(Printed::new(operation));
        Ok(said)
    }

    fn resend(
        &mut self,
        asker: Asker,
        id: OperationId,
        ledger: &mut Ledger,
    ) -> Result<Said, Refused> {
        let (row, sent) = self.load(id)?.resend(asker, self.now);
        let said = self.asked(&row);
        self.save(row, ledger);
        sent.map(|_| said)
    }

    fn cancel(
        &mut self,
        asker: Asker,
        id: OperationId,
        ledger: &mut Ledger,
    ) -> Result<Said, Refused> {
        let (row, cancelled) = self.load(id)?.cancel(asker.account, self.now);
        self.save(row, ledger);
        cancelled.map(|()| Said::Cancelled)
    }

    /// Transaction A.
    fn begin(
        &mut self,
        (asker, from): (Asker, From),
        confirming: Confirming,
        (fault, ledger): (Fault, &mut Ledger),
    ) -> Option<Said> {
        let Some(before) = self.row(confirming.operation).cloned() else {
            return Some(refused(Refused::NotFound));
        };
        if before.device != asker.device {
            return Some(refused(Refused::NotFound));
        }
        if let Some((_, said)) = self.answered.iter().find(|(known, _)| *known == confirming) {
            return Some(Said::clone(said));
        }
        if self.underway.iter().any(|one| one.confirming == confirming) {
            return None;
        }
        let carried = carried(&confirming, &before, fault);
        let (row, counted) = Operation::clone(&before).count_try(asker, carried, self.now);
        if fault != Fault::TryCountedAfterTheCheck {
            self.save(row, ledger);
        }
        match counted {
            Err(why) => Some(refused(why)),
            Ok(Counted::Next(proof)) => Some(Said::Confirmed(Confirmed::Next(proof))),
            Ok(Counted::Executed(receipt)) => Some(Said::Confirmed(Confirmed::Receipt(receipt))),
            Ok(Counted::Verify(_)) => {
                self.underway.push(Underway {
                    before,
                    at: self.now,
                    confirming,
                    from,
                });
                None
            }
        }
    }

    /// Between the transactions: what was counted, compared.
    pub(crate) fn verify(&self, attempt: &Attempt, one: &Underway, fault: Fault) -> Verdicts {
        let typed = one.confirming.typed;
        let mut verdicts = Verdicts::NONE;
        for proof in attempt.due().iter() {
            let right = match proof {
                Proof::EmailCode => self.is_right(attempt, typed.code, fault),
                Proof::AccountPassword => typed.password == Field::Holds(PASSWORD),
                Proof::TextMessageCode => typed.text == Field::Holds(TEXT),
            };
            let verdict = if right {
                Verdict::Right
            } else {
                Verdict::Wrong
            };
            verdicts = verdicts.with(proof, verdict);
        }
        verdicts
    }

    fn is_right(&self, attempt: &Attempt, typed: Field, fault: Fault) -> bool {
        let (Field::Holds(code), Some(live)) = (typed, attempt.live()) else {
            return false;
        };
        if fault == Fault::CodeNotBoundToTheOperation {
            return self.mailbox.iter().any(|letter| letter.code == code);
        }
        live.tag.verdict(&tag(attempt.binding(), code)) == Verdict::Right
    }
}

/// What a confirmation carries, as the judge takes it.
pub(crate) fn carried(confirming: &Confirming, row: &Operation, fault: Fault) -> Carried {
    let typed = confirming.typed;
    let brought = [
        (Proof::AccountPassword, typed.password),
        (Proof::EmailCode, typed.code),
        (Proof::TextMessageCode, typed.text),
    ];
    let filled = brought
        .into_iter()
        .filter(|(_, field)| *field != Field::Empty);
    Carried {
        digest: match fault {
            Fault::DigestNotChecked => row.digest,
            _ => confirming.digest,
        },
        proofs: filled.map(|(proof, _)| proof).collect::<Proofs>(),
        head_tag: HeadTag::from(confirming.brings),
        voucher: Vouching::Absent,
        // An authenticator's code stands for every second factor: it has no message of its own.
        way: (typed.text != Field::Empty).then_some(Way::Authenticator),
    }
}
