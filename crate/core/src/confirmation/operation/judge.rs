//! Confirming: counted first, verified next, judged last.
//!
//! ```text
//! transaction A   count_try   a try is counted and stored before anything is compared
//! outside         verify      each proof that the attempt names, in constant time
//! transaction B   judge       everything is looked at again, then effect and receipt together
//! ```

use alloc::boxed::Box;

use super::TRIES;
use super::attempt::{
    Attempt, AttemptedText, Carried, Counted, Finish, HeadTag, Judgement, Verdicts, Vouching,
};
use super::brought::may_be_vouched_for;
use super::prepare::Facts;
use super::refused::Refused;
use super::row::{Asker, Operation, State};
use crate::confirmation::factor::Way;
use crate::confirmation::grant::Granted;
use crate::confirmation::policy::{Proof, Proofs};
use crate::wire::Seconds;

impl Operation {
    /// Transaction A: counts a try, and stores it, before anything is compared,
    /// so that parallel guesses share none.
    ///
    /// # Errors
    /// [`Refused`]; no try was counted then.
    pub fn count_try(
        self,
        asker: Asker,
        carried: Carried,
        now: Seconds,
    ) -> (Self, Result<Counted, Refused>) {
        if let Err(refused) = self.check_asker(asker) {
            return (self, Err(refused));
        }
        let this = self.tick(now).burn_if_used_up();
        match this.what_to_verify(carried, now) {
            Ok(due) if due.is_empty() => {
                let counted = this.next(due).map(Counted::Next);
                (this, counted)
            }
            Ok(due) => this.counting(due, carried.way),
            Err(Refused::Executed) => this.answering_again(carried),
            Err(refused) => (this, Err(refused)),
        }
    }

    /// A try was counted and its answer lost: nothing is left to compare.
    fn burn_if_used_up(self) -> Self {
        if self.state == State::Pending && self.tries >= TRIES {
            self.end(State::Burnt)
        } else {
            self
        }
    }

    /// The password alone while it is not proven; after that, whatever is still
    /// required and was brought.
    fn what_to_verify(&self, carried: Carried, now: Seconds) -> Result<Proofs, Refused> {
        self.check_pending()?;
        if carried.digest != self.digest {
            return Err(Refused::Digest);
        }
        if (carried.head_tag == HeadTag::Present) != self.request.new_head_hash.is_some() {
            return Err(Refused::Shape);
        }
        if carried.voucher == Vouching::Present && !may_be_vouched_for(&self.request) {
            return Err(Refused::Shape);
        }
        let still = self.still_required();
        let askable = if still.contains(Proof::AccountPassword) {
            Proofs::PASSWORD
        } else {
            still
        };
        let due = askable.both(carried.proofs);
        let code_is_old = self.code_until().is_some_and(|until| now >= until);
        if due.contains(Proof::EmailCode) && code_is_old {
            return Err(Refused::CodeExpired);
        }
        if due.contains(Proof::TextMessageCode) && self.text_is_old(carried.way, now) {
            return Err(Refused::CodeExpired);
        }
        Ok(due)
    }

    /// Whether the code of a text message was typed, and is too old. The other
    /// ways have clocks of their own.
    fn text_is_old(&self, way: Option<Way>, now: Seconds) -> bool {
        let until = self.text.code_until();
        way == Some(Way::TextMessage) && until.is_some_and(|until| now >= until)
    }

    fn counting(self, due: Proofs, way: Option<Way>) -> (Self, Result<Counted, Refused>) {
        let number = self.tries.saturating_add(1);
        let attempt = Attempt {
            number,
            due,
            binding: self.binding(self.code_no),
            live: self.code.clone(),
            text: Box::new(AttemptedText {
                way,
                binding: self.binding(self.text.code_no),
                live: self.text.code.clone(),
            }),
        };
        let counted = Self {
            tries: number,
            ..self
        };
        (counted, Ok(Counted::Verify(attempt)))
    }

    fn answering_again(self, carried: Carried) -> (Self, Result<Counted, Refused>) {
        let again = match &self.state {
            State::Executed { receipt } if carried.digest == self.digest => {
                Ok(Counted::Executed(receipt.clone()))
            }
            State::Executed { .. } => Err(Refused::Digest),
            State::Pending
            | State::Stale
            | State::Expired
            | State::Burnt
            | State::Superseded
            | State::Cancelled => self
                .check_pending()
                .map(|()| Counted::Next(Proof::EmailCode)),
        };
        (self, again)
    }

    /// The proof to ask for, once `right` were right.
    fn next(&self, right: Proofs) -> Result<Proof, Refused> {
        let left = self.still_required().without(right);
        left.first().ok_or(Refused::NotOffered)
    }

    /// Transaction B: looks at everything again, on the row and the facts as
    /// this transaction finds them, and only then lets the effect happen.
    pub fn judge(
        self,
        attempt: Attempt,
        verdicts: Verdicts,
        facts: &Facts,
        now: Seconds,
    ) -> Judgement {
        let operation = self.tick(now).base_moved(facts.cloud);
        if let Err(why) = operation.still_stands(&attempt, now) {
            return Judgement::Refused { operation, why };
        }
        if !verdicts.right.covers(attempt.due) {
            return operation.wrong(attempt.number);
        }
        operation.right(attempt.due, facts, now)
    }

    /// An attempt is good for the row that it was counted on: this operation,
    /// pending, its code neither replaced nor too old.
    fn still_stands(&self, attempt: &Attempt, now: Seconds) -> Result<(), Refused> {
        if attempt.binding.operation != self.id {
            return Err(Refused::NotFound);
        }
        self.check_pending()?;
        if attempt.binding.digest != self.digest {
            return Err(Refused::Digest);
        }
        let text = &attempt.text;
        let is_texted =
            text.way == Some(Way::TextMessage) && attempt.due.contains(Proof::TextMessageCode);
        if is_texted && (text.live != self.text.code || self.text_is_old(text.way, now)) {
            return Err(Refused::CodeExpired);
        }
        if !attempt.due.contains(Proof::EmailCode) {
            return Ok(());
        }
        let replaced = attempt.live != self.code;
        let old = self.code_until().is_some_and(|until| now >= until);
        if replaced || old {
            return Err(Refused::CodeExpired);
        }
        Ok(())
    }

    /// The last try burns the operation; an earlier one, answered late, doesn't.
    fn wrong(self, number: u32) -> Judgement {
        let tries_left = TRIES.saturating_sub(self.tries);
        if number >= TRIES {
            Judgement::Refused {
                operation: self.end(State::Burnt),
                why: Refused::Burnt,
            }
        } else {
            Judgement::Refused {
                operation: self,
                why: Refused::Proof { tries_left },
            }
        }
    }

    fn right(self, due: Proofs, facts: &Facts, now: Seconds) -> Judgement {
        let before = self.still_required();
        let operation = if due.contains(Proof::AccountPassword) {
            Self {
                password_proven_at: Some(now),
                ..self
            }
        } else {
            self
        };
        if let Some(proof) = before.without(due).first() {
            let (operation, send) = operation.send_what_is_due(now);
            return Judgement::Next {
                operation,
                proof,
                send,
            };
        }
        match operation.may_happen(facts) {
            Ok(()) => Judgement::Execute {
                granted: Granted::to_the_judge(&operation),
                finish: Finish(operation),
            },
            Err(Refused::Stale) => Judgement::Refused {
                operation: operation.end(State::Stale),
                why: Refused::Stale,
            },
            Err(why) => Judgement::Refused { operation, why },
        }
    }

    /// What was asked of the person must still be what the table asks.
    fn may_happen(&self, facts: &Facts) -> Result<(), Refused> {
        let (required, reach) = facts.answer(self.request.action)?;
        if self.required.covers(required) && self.reach == reach {
            Ok(())
        } else {
            Err(Refused::Stale)
        }
    }
}
