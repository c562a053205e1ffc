//! The asker's rim: the real machine and its journal. Only what the journal
//! saved outlives a crash.

use sigill_core::confirmation::grant::Granted;
use sigill_core::confirmation::journal::{Brings as Brought, Effect, Entry, Event, Message, Phase};
use sigill_core::confirmation::receipt::{PinnedKey, Receipt, SignedReceipt};
use sigill_core::wire::operation::{Confirmed, Progress};

use super::faults::Fault;
use super::ledger::{self, Applied, Ledger};
use super::network::{Brings, Comes, Confirming, Network, Request, Said, Typed};
use super::print::Printed;

/// Where a process dies: before its nth effect, if at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Crash {
    Never,
    Before(usize),
}

/// One act on the device: in memory, and in the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Act {
    pub(crate) memory: Option<Printed<Entry>>,
    pub(crate) journal: Option<Printed<Entry>>,
}

/// The honest device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Device {
    pub(crate) acts: Vec<Act>,
}

/// What the device touches while it carries its effects out.
pub(crate) struct Around<'a> {
    pub(crate) network: &'a mut Network,
    pub(crate) ledger: &'a mut Ledger,
    pub(crate) key: PinnedKey,
    pub(crate) fault: Fault,
}

/// How carrying effects out ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    Well,
    InACrash,
}

impl Device {
    /// One event, its effects one after the other. None where the act is not
    /// known (any more), or where a crash comes after the last effect that matters.
    pub(crate) fn feed(
        &mut self,
        act: usize,
        event: Event,
        crash: Crash,
        around: &mut Around<'_>,
    ) -> Option<Ended> {
        let entry = self.acts[act].memory.clone()?;
        let (entry, effects) = Entry::clone(&entry).step(event);
        let matters = |n: usize| !matches!(effects.get(n), None | Some(Effect::Tell(_)));
        if matches!(crash, Crash::Before(n) if !matters(n)) {
            return None;
        }
        self.acts[act].memory = Some(Printed::new(entry));
        let mut effects = effects.into_iter().enumerate().peekable();
        while let Some((n, effect)) = effects.next() {
            if crash == Crash::Before(n) {
                self.crash();
                return Some(Ended::InACrash);
            }
            let sends_next = matches!(effects.peek(), Some((_, Effect::Send(_))));
            let forgets = around.fault == Fault::NoJournalBeforeTheRequest;
            if !(forgets && sends_next && matches!(effect, Effect::Save)) {
                self.carry_out(act, effect, around);
            }
        }
        Some(Ended::Well)
    }

    fn carry_out(&mut self, act: usize, effect: Effect, around: &mut Around<'_>) {
        match effect {
            Effect::Save => self.save(act),
            Effect::Send(message) => self.send(act, message, around),
            Effect::Apply { granted, receipt } => self.apply(act, granted, &receipt, around),
            Effect::Tell(_) => {}
        }
    }

    /// Through its bytes, as it would be read again.
    fn save(&mut self, act: usize) {
        let act = &mut self.acts[act];
        let entry = act.memory.as_ref().unwrap();
        let read = Entry::from_bytes(&entry.to_bytes()).expect("what was written reads back");
        act.journal = Some(Printed::new(read));
    }

    fn send(&mut self, act: usize, message: Message, around: &mut Around<'_>) {
        let entry = self.acts[act].memory.clone().unwrap();
        let request = match message {
            Message::Ask(ask) => {
                let has_tag = matches!(entry.brings(), Brought::Vault(_));
                let comes = match around.fault {
                    Fault::TagSentAtPrepare if has_tag => Comes::WithTag,
                    _ => Comes::WithoutTag,
                };
                Request::Ask(Box::new(ask), comes)
            }
            Message::Poll(id) => Request::Poll(id),
            Message::Resend(id) => Request::Resend(id),
            Message::Cancel(id) => Request::Cancel(id),
            Message::Confirm(operation, confirm) => {
                if around.fault == Fault::WipeBeforeReceipt {
                    self.note(act, ledger::Receipt::Missing, around.ledger);
                }
                Request::Confirm(Confirming {
                    operation,
                    digest: confirm.digest,
                    brings: confirm
                        .head_tag
                        .as_ref()
                        .map_or(Brings::Nothing, |_| Brings::Tag),
                    typed: Typed::of_wire(&confirm),
                })
            }
            // Trims the journal only.
            Message::Ack(_) => return,
        };
        around.network.send(act, request);
    }

    /// One transaction: the deed and, in the journal, that it is done.
    fn apply(&mut self, act: usize, granted: Granted, said: &Receipt, around: &mut Around<'_>) {
        let entry = self.acts[act].memory.clone().unwrap();
        let behind = match entry.phase() {
            Phase::Receipted(signed) if self.proves(act, signed, around.key) => {
                ledger::Receipt::Verified
            }
            _ => ledger::Receipt::Missing,
        };
        assert_eq!(said.action, entry.request().action);
        drop(granted);
        self.note(act, behind, around.ledger);
        let (entry, effects) = Entry::clone(&entry).step(Event::Applied);
        self.acts[act].memory = Some(Printed::new(entry));
        for effect in effects {
            self.carry_out(act, effect, around);
        }
    }

    /// By the onlooker's own reading: signed by the service, about this act of
    /// this device, and the journal says that it was being confirmed.
    fn proves(&self, act: usize, signed: &SignedReceipt, key: PinnedKey) -> bool {
        let Some(written) = &self.acts[act].journal else {
            return false;
        };
        let digest = written
            .request()
            .digest(super::world::ASKER.account, super::world::ASKER.device);
        let confirmed = matches!(written.phase(), Phase::Proving { .. } | Phase::Receipted(_));
        signed.verify(&key).is_ok_and(|receipt| {
            confirmed
                && receipt.digest == digest
                && Some(receipt.operation) == written.operation()
                && receipt.device == super::world::ASKER.device
        })
    }

    fn note(&self, act: usize, receipt: ledger::Receipt, ledger: &mut Ledger) {
        ledger.applied.push(Applied {
            act,
            receipt,
            confirmed: ledger.acts[act].confirmed,
        });
    }

    /// Memory is gone; what the journal saved is read again.
    pub(crate) fn crash(&mut self) {
        for act in &mut self.acts {
            act.memory.clone_from(&act.journal);
        }
    }

    /// The service's answer to one of the act's messages.
    pub(crate) fn hear(
        &mut self,
        act: usize,
        said: &Said,
        crash: Crash,
        around: &mut Around<'_>,
    ) -> Option<Ended> {
        if around.fault == Fault::ReceiptAloneSuffices {
            self.believe_anything(act, said, around);
        }
        let event = match said.clone() {
            Said::Asked(asked) => Event::Asked(asked),
            Said::Confirmed(confirmed) => Event::Confirmed(confirmed),
            Said::Polled(progress) => Event::Polled(progress),
            Said::Refused(problem) => Event::Refused(problem),
            Said::Cancelled => Event::Cancelled,
        };
        self.feed(act, event, crash, around)
    }

    /// With the fault: whatever the service signed is done.
    fn believe_anything(&mut self, act: usize, said: &Said, around: &mut Around<'_>) {
        let (Said::Confirmed(Confirmed::Receipt(signed))
        | Said::Polled(Progress::Executed { receipt: signed })) = said
        else {
            return;
        };
        let known = self.acts[act].memory.as_ref().map(|entry| entry.phase());
        let over = matches!(known, None | Some(Phase::Receipted(_) | Phase::Done(_)));
        if !over && signed.verify(&around.key).is_ok() {
            let behind = if self.proves(act, signed, around.key) {
                ledger::Receipt::Verified
            } else {
                ledger::Receipt::Missing
            };
            self.note(act, behind, around.ledger);
        }
    }
}
