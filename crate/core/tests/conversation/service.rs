//! The judge with its rows in memory: the real rules, each transaction one method.

use sigill_core::confirmation::action::{Action, RestoreReach, RestoreSource};
use sigill_core::confirmation::code::{Code, Pepper, Verdict};
use sigill_core::confirmation::grant::{
    ClearEverywhere, Grant, Granted, ReplaceCloud, Restore, Restoring,
};
use sigill_core::confirmation::journal::{Event, Message};
use sigill_core::confirmation::operation::{
    Asker, Attempt, Carried, Clearance, CloudHead, Counted, Facts, Fresh, Judgement, LiveCode,
    Operation, Refused, State, Verdicts,
};
use sigill_core::confirmation::policy::{
    Connection, Profile, Proof, Proofs, SecondFactor, Standing, Sync,
};
use sigill_core::confirmation::receipt::{Done, ReceiptSigner};
use sigill_core::id::{GenerationId, Hash, OperationId};
use sigill_core::wire::operation::{Ask, Confirm, Confirmed, Progress};

const HINT: &str = "a***@example.com";
const UNDO: u64 = 30 * 24 * 3600;

pub(crate) struct Letter {
    pub(crate) code_no: u32,
    pub(crate) code: String,
    pub(crate) words: String,
}

/// A displaced state of the cloud.
pub(crate) struct Displaced {
    pub(crate) generation: GenerationId,
    pub(crate) content: Option<String>,
    pub(crate) reach: RestoreReach,
}

pub(crate) struct Service {
    pub(crate) now: u64,
    pub(crate) standing: Standing,
    pub(crate) clearance: Clearance,
    pub(crate) cloud: CloudHead,
    pub(crate) content: Option<String>,
    pub(crate) displaced: Vec<Displaced>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) mailbox: Vec<Letter>,
    pub(crate) effects: u32,
    pub(crate) password: &'static str,
    pub(crate) signer: ReceiptSigner,
    pepper: Pepper,
    drawn: u32,
}

impl Service {
    pub(crate) fn new() -> Self {
        Self {
            now: 1_000_000,
            standing: Standing {
                connection: Connection::Linked,
                sync: Sync::On,
                second_factor: SecondFactor::Off,
                profile: Profile::Standard,
            },
            clearance: Clearance::Clear,
            cloud: CloudHead {
                seq: 7,
                hash: Hash([7; 32]),
            },
            content: Some("the cloud's".into()),
            displaced: Vec::new(),
            operations: Vec::new(),
            mailbox: Vec::new(),
            effects: 0,
            password: "account password",
            signer: ReceiptSigner::new([42; 32]),
            pepper: Pepper::new([43; 32]),
            drawn: 0,
        }
    }

    /// Answers a message, as each handler does: extract, run, reply.
    pub(crate) fn handle(&mut self, asker: Asker, message: Message) -> Option<Event> {
        Some(match message {
            Message::Ask(ask) => match self.ask(asker, &ask) {
                Ok(()) => Event::Asked(self.last().asked(HINT.into(), self.now)),
                Err(refused) => Event::Refused(refused.into()),
            },
            Message::Poll(id) => match self.poll(asker, id) {
                Ok(progress) => Event::Polled(progress),
                Err(refused) => Event::Refused(refused.into()),
            },
            Message::Resend(id) => match self.resend(asker, id) {
                Ok(()) => Event::Asked(self.row(id).asked(HINT.into(), self.now)),
                Err(refused) => Event::Refused(refused.into()),
            },
            Message::Confirm(id, confirm) => match self.confirm(asker, id, &confirm) {
                Ok(confirmed) => Event::Confirmed(confirmed),
                Err(refused) => Event::Refused(refused.into()),
            },
            Message::Cancel(id) => match self.cancel(asker, id) {
                Ok(()) => Event::Cancelled,
                Err(refused) => Event::Refused(refused.into()),
            },
            Message::Ack(_) => return None,
        })
    }

    pub(crate) fn row(&self, id: OperationId) -> &Operation {
        let row = self.operations.iter().find(|row| row.id == id);
        row.expect("an operation of that name")
    }

    pub(crate) fn last(&self) -> &Operation {
        self.operations.last().expect("an operation")
    }

    fn load(&self, id: OperationId) -> Result<Operation, Refused> {
        let row = self.operations.iter().find(|row| row.id == id);
        row.cloned().ok_or(Refused::NotFound)
    }

    pub(crate) fn save(&mut self, operation: Operation) {
        let row = self
            .operations
            .iter_mut()
            .find(|row| row.id == operation.id);
        *row.expect("loaded before") = operation;
    }

    fn facts(&self, action: Action) -> Facts {
        let generation = match action {
            Action::Restore {
                source: RestoreSource::Cloud { generation },
                ..
            } => {
                let known = self.displaced.iter();
                known
                    .filter(|d| d.generation == generation)
                    .map(|d| d.reach)
                    .next()
            }
            _ => None,
        };
        Facts {
            standing: self.standing,
            clearance: self.clearance,
            cloud: self.cloud,
            generation,
        }
    }

    pub(crate) fn ask(&mut self, asker: Asker, ask: &Ask) -> Result<(), Refused> {
        let key = ask.request.idempotency_key;
        let is_known = |row: &&Operation| {
            row.request.idempotency_key == key
                && row.device == asker.device
                && row.account == asker.account
        };
        if let Some(known) = self.operations.iter().find(is_known) {
            return known.asked_again(ask);
        }
        let id = OperationId([u8::try_from(self.operations.len()).unwrap() + 1; 16]);
        let fresh = Fresh { id, now: self.now };
        let facts = self.facts(ask.request.action);
        let (operation, send) = Operation::prepare(asker, ask, &facts, fresh)?;
        for row in &mut self.operations {
            if row.device == asker.device {
                *row = row.clone().supersede(self.now);
            }
        }
        self.operations.push(operation);
        if send.contains(Proof::EmailCode) {
            self.courier(id);
        }
        Ok(())
    }

    /// Draws the code, stores its tag, hands it over.
    pub(crate) fn courier(&mut self, id: OperationId) {
        let row = self.load(id).unwrap();
        let binding = row.next_code(self.now).expect("a code is due");
        let code = Code::draw(|| {
            self.drawn += 1;
            self.drawn.wrapping_mul(79_764_919).to_be_bytes()
        });
        let salt = [u8::try_from(self.drawn).unwrap(); 16];
        let live = LiveCode {
            salt,
            tag: binding.tag(&code, &self.pepper, &salt).unwrap(),
            made_at: self.now,
        };
        let words = row.reference().to_string();
        let (row, made) = row.code_made(&binding, live, self.now);
        made.expect("it is the next code");
        self.save(row.handed_over(binding.code_no, self.now));
        self.mailbox.push(Letter {
            code_no: binding.code_no,
            code: code.grouped().as_str().into(),
            words,
        });
    }

    fn poll(&self, asker: Asker, id: OperationId) -> Result<Progress, Refused> {
        self.load(id)?.progress(asker, HINT.into(), self.now)
    }

    pub(crate) fn resend(&mut self, asker: Asker, id: OperationId) -> Result<(), Refused> {
        let (row, sent) = self.load(id)?.resend(asker, self.now);
        self.save(row);
        if sent?.contains(Proof::EmailCode) {
            self.courier(id);
        }
        Ok(())
    }

    fn cancel(&mut self, asker: Asker, id: OperationId) -> Result<(), Refused> {
        let (row, cancelled) = self.load(id)?.cancel(asker.account, self.now);
        self.save(row);
        cancelled
    }

    pub(crate) fn confirm(
        &mut self,
        asker: Asker,
        id: OperationId,
        confirm: &Confirm,
    ) -> Result<Confirmed, Refused> {
        match self.count(asker, id, confirm)? {
            Counted::Executed(receipt) => Ok(Confirmed::Receipt(receipt)),
            Counted::Next(proof) => Ok(Confirmed::Next(proof)),
            Counted::Verify(attempt) => {
                let verdicts = self.verify(&attempt, confirm);
                self.judge(id, attempt, verdicts)
            }
        }
    }

    /// Transaction A.
    pub(crate) fn count(
        &mut self,
        asker: Asker,
        id: OperationId,
        confirm: &Confirm,
    ) -> Result<Counted, Refused> {
        let (row, counted) = self
            .load(id)?
            .count_try(asker, Carried::from(confirm), self.now);
        self.save(row);
        counted
    }

    /// Between the transactions.
    pub(crate) fn verify(&self, attempt: &Attempt, confirm: &Confirm) -> Verdicts {
        let mut verdicts = Verdicts::NONE;
        for proof in attempt.due().iter() {
            let verdict = match proof {
                Proof::EmailCode => self.verify_code(attempt, confirm),
                Proof::AccountPassword => {
                    let typed = confirm.proofs.account_password.as_ref();
                    verdict(typed.is_some_and(|typed| typed.expose() == self.password))
                }
                Proof::TextMessageCode => {
                    let typed = confirm.proofs.text_message_code.as_ref();
                    verdict(typed.is_some_and(|typed| typed.expose() == "1234 5678"))
                }
            };
            verdicts = verdicts.with(proof, verdict);
        }
        verdicts
    }

    fn verify_code(&self, attempt: &Attempt, confirm: &Confirm) -> Verdict {
        let typed = confirm.proofs.email_code.as_ref().expect("due");
        match (Code::parse(typed.expose()), attempt.live()) {
            (Ok(code), Some(live)) => {
                let tag = attempt.binding().tag(&code, &self.pepper, &live.salt);
                live.tag.verdict(&tag.unwrap())
            }
            _ => Verdict::Wrong,
        }
    }

    /// Transaction B.
    pub(crate) fn judge(
        &mut self,
        id: OperationId,
        attempt: Attempt,
        verdicts: Verdicts,
    ) -> Result<Confirmed, Refused> {
        let row = self.load(id)?;
        let facts = self.facts(row.request.action);
        match row.judge(attempt, verdicts, &facts, self.now) {
            Judgement::Execute { granted, finish } => {
                let done = self.execute(granted);
                let (row, receipt) = finish.seal(done, &self.signer);
                self.save(row);
                Ok(Confirmed::Receipt(receipt))
            }
            Judgement::Next {
                operation,
                proof,
                send,
            } => {
                self.save(operation);
                if send.contains(Proof::EmailCode) {
                    self.courier(id);
                }
                Ok(Confirmed::Next(proof))
            }
            Judgement::Refused { operation, why } => {
                self.save(operation);
                Err(why)
            }
        }
    }

    fn execute(&mut self, granted: Granted) -> Done {
        self.effects += 1;
        match granted {
            Granted::ClearEverywhere(grant) => self.clear(grant),
            Granted::ReplaceCloud(grant) => self.replace(grant),
            Granted::Restore(grant) => self.restore(grant),
            // What happens on the asking device only, or to the account.
            Granted::ClearThisDevice(_)
            | Granted::ResetMasterPassword(_)
            | Granted::RenewMasterPassword(_)
            | Granted::Weaken(_) => Done {
                at: self.now,
                new_seq: self.cloud.seq,
                quarantine_until: self.now,
            },
        }
    }

    fn clear(&mut self, grant: Grant<ClearEverywhere>) -> Done {
        assert_eq!(
            grant.target().head_hash,
            self.cloud.hash,
            "judged on this head"
        );
        self.displace(None, RestoreReach::SameEpoch)
    }

    fn replace(&mut self, grant: Grant<ReplaceCloud>) -> Done {
        assert_eq!(
            grant.target().head_hash,
            self.cloud.hash,
            "judged on this head"
        );
        self.displace(Some("the device's".into()), RestoreReach::SameEpoch)
    }

    fn restore(&mut self, grant: Grant<Restore>) -> Done {
        let Restoring { source, .. } = *grant.about();
        let RestoreSource::Cloud { generation } = source else {
            return Done {
                at: self.now,
                new_seq: self.cloud.seq,
                quarantine_until: self.now,
            };
        };
        let found = self
            .displaced
            .iter()
            .position(|d| d.generation == generation);
        let restored = self.displaced.remove(found.expect("judged to be there"));
        self.displace(restored.content, RestoreReach::SameEpoch)
    }

    fn displace(&mut self, content: Option<String>, reach: RestoreReach) -> Done {
        let content = std::mem::replace(&mut self.content, content);
        let generation = GenerationId([u8::try_from(self.cloud.seq).unwrap(); 16]);
        self.displaced.push(Displaced {
            generation,
            content,
            reach,
        });
        self.another_device_syncs();
        Done {
            at: self.now,
            new_seq: self.cloud.seq,
            quarantine_until: self.now + UNDO,
        }
    }

    /// The head moves.
    pub(crate) fn another_device_syncs(&mut self) {
        self.cloud = CloudHead {
            seq: self.cloud.seq + 1,
            hash: Hash::of(self.cloud.hash.as_bytes()),
        };
    }

    /// A right code that was mailed last, or a wrong one.
    pub(crate) fn mailed_code(&self) -> String {
        self.mailbox.last().expect("a mail").code.clone()
    }

    pub(crate) fn is_pending(&self) -> bool {
        self.last().state == State::Pending
    }

    pub(crate) fn required(&self) -> Proofs {
        self.last().required
    }
}

fn verdict(right: bool) -> Verdict {
    if right {
        Verdict::Right
    } else {
        Verdict::Wrong
    }
}
