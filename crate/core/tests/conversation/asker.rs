//! What should not happen doesn't: the asking device's side.

use sigill_core::confirmation::action::Action;
use sigill_core::confirmation::journal::{
    Answer, Brings, Entry, EntryError, Event, Message, Notice, Over, Phase, ReceiptRejected,
};
use sigill_core::confirmation::operation::Asker;
use sigill_core::confirmation::receipt::{ReceiptError, ReceiptSigner, SignedReceipt};
use sigill_core::confirmation::words::Words;
use sigill_core::id::DeviceId;
use sigill_core::wire::operation::{Confirmed, Progress};
use sigill_core::wire::problem::{Code, Problem};

use super::device::{ASKER, CLEAR_EVERYWHERE, CLEAR_HERE, Device, OTHER, code_of, request, wrong};
use super::service::Service;

/// A device whose confirmation left, and the receipt that answers it.
fn proving() -> (Service, Device, SignedReceipt) {
    let mut service = Service::new();
    let mut device = Device::new(&service, CLEAR_EVERYWHERE, 1);
    device.asks(&mut service);
    let code = service.mailed_code();
    device.feed(Event::Prove(code_of(&code)));
    let Some(Message::Confirm(id, confirm)) = device.wire.pop_front() else {
        panic!();
    };
    let Ok(Confirmed::Receipt(receipt)) = service.confirm(ASKER, id, &confirm) else {
        panic!();
    };
    (service, device, receipt)
}

/// The receipt that another conversation ends with.
fn receipt_of(asker: Asker, action: Action) -> SignedReceipt {
    let mut service = Service::new();
    let mut device = Device::of(asker, &service, action, 1);
    device.asks(&mut service);
    let code = service.mailed_code();
    device.types_code(&mut service, &code);
    let Phase::Done(receipt) = device.entry.phase() else {
        panic!();
    };
    receipt.clone()
}

fn refuses(device: &mut Device, event: Event, why: ReceiptRejected) {
    let phase = device.entry.phase().clone();
    device.feed(event);
    assert_eq!(device.told.last(), Some(&Notice::Receipt(why)));
    assert_eq!(device.entry.phase(), &phase);
    assert_eq!((device.applied, device.content), (0, Some("the device's")));
}

#[test]
fn a_receipt_for_what_was_never_confirmed_here_is_refused() {
    let (service, _, receipt) = proving();
    for prepare in [|_: &mut Device, _: &mut Service| {}, Device::asks] {
        let mut fresh = Service::new();
        let mut device = Device::new(&fresh, CLEAR_EVERYWHERE, 1);
        prepare(&mut device, &mut fresh);
        let answers = [
            Event::Confirmed(Confirmed::Receipt(receipt.clone())),
            Event::Polled(Progress::Executed {
                receipt: receipt.clone(),
            }),
        ];
        for answer in answers {
            refuses(&mut device, answer, ReceiptRejected::NotProving);
        }
    }
    assert_eq!(service.effects, 1);
}

#[test]
fn a_receipt_after_the_end_is_refused() {
    let (_, _, receipt) = proving();
    let mut service = Service::new();
    let mut device = Device::new(&service, CLEAR_EVERYWHERE, 1);
    device.asks(&mut service);
    device.feed(Event::Cancel);
    let event = Event::Confirmed(Confirmed::Receipt(receipt));
    refuses(&mut device, event, ReceiptRejected::NotProving);
}

#[test]
fn a_receipt_about_something_else_is_refused() {
    let (_, mut device, good) = proving();
    let others = [
        receipt_of(OTHER, CLEAR_EVERYWHERE),
        receipt_of(ASKER, CLEAR_HERE),
        receipt_of(ASKER, Action::ReplaceCloud),
    ];
    for other in others {
        let event = Event::Confirmed(Confirmed::Receipt(other));
        refuses(&mut device, event, ReceiptRejected::SomethingElse);
    }
    device.feed(Event::Confirmed(Confirmed::Receipt(good)));
    assert!(device.is_done());
}

#[test]
fn a_receipt_with_any_field_changed_is_refused() {
    let (_, mut device, good) = proving();
    let changes: [fn(&mut SignedReceipt); 5] = [
        |r| r.receipt.device = DeviceId([0; 16]),
        |r| r.receipt.action = CLEAR_HERE,
        |r| r.receipt.new_seq += 1,
        |r| r.receipt.quarantine_until = 0,
        |r| r.signature.0[0] ^= 1,
    ];
    for change in changes {
        let mut changed = good.clone();
        change(&mut changed);
        let event = Event::Confirmed(Confirmed::Receipt(changed));
        refuses(
            &mut device,
            event,
            ReceiptRejected::Unsigned(ReceiptError::Signature),
        );
    }
}

#[test]
fn a_receipt_by_another_key_than_the_pinned_one_is_refused() {
    let mut service = Service::new();
    let pinned = ReceiptSigner::new([1; 32]).key();
    let mut device = Device::new(&service, CLEAR_EVERYWHERE, 1).pinning(pinned);
    device.asks(&mut service);
    let code = service.mailed_code();
    device.types_code(&mut service, &code);
    let why = ReceiptRejected::Unsigned(ReceiptError::Key);
    assert_eq!(device.told, [Notice::Receipt(why)]);
    assert_eq!((service.effects, device.applied), (1, 0));
    assert!(matches!(device.entry.phase(), Phase::Proving { .. }));
}

#[test]
fn the_worker_may_die_after_any_message_and_the_act_happens_once() {
    // 0: before the request arrives … each cut loses what is on the wire.
    for cut in 0..6 {
        let mut service = Service::new();
        let mut device = Device::new(&service, CLEAR_EVERYWHERE, 1);
        device.feed(Event::Start);
        let mut messages = 0;
        let mut deliver = |device: &mut Device, service: &mut Service| {
            while let Some(message) = device.wire.pop_front() {
                // Before the message arrives, or after, before its answer does.
                if cut == 2 * messages {
                    messages += 1;
                    device.crash();
                    continue;
                }
                let answer = service.handle(ASKER, message);
                messages += 1;
                if cut == 2 * messages - 1 {
                    device.crash();
                } else if let Some(answer) = answer {
                    device.feed(answer);
                }
            }
        };
        deliver(&mut device, &mut service);
        let code = service.mailed_code();
        if !matches!(device.entry.phase(), Phase::Done(_)) {
            device.feed(Event::Prove(code_of(&code)));
            deliver(&mut device, &mut service);
        }
        if !device.is_done() {
            device.feed(Event::Prove(code_of(&code)));
            deliver(&mut device, &mut service);
        }
        assert!(device.is_done(), "cut {cut}: {:?}", device.entry.phase());
        assert_eq!((service.effects, device.applied), (1, 1), "cut {cut}");
        assert_eq!(
            (service.operations.len(), service.mailbox.len()),
            (1, 1),
            "cut {cut}"
        );
    }
}

#[test]
fn a_receipt_that_was_written_down_is_applied_at_the_next_start() {
    let (_, mut device, receipt) = proving();
    let (entry, effects) = device
        .entry
        .clone()
        .step(Event::Confirmed(Confirmed::Receipt(receipt)));
    assert_eq!(effects.len(), 2, "save, then apply");
    // Killed between the two.
    device.journal = entry.to_bytes();
    device.crash();
    assert!(device.is_done());
    assert_eq!(device.applied, 1);
}

#[test]
fn a_receipt_that_was_changed_in_the_journal_is_not_believed() {
    let (_, mut device, mut receipt) = proving();
    let (good, _) = device
        .entry
        .clone()
        .step(Event::Confirmed(Confirmed::Receipt(receipt.clone())));
    let bytes = good.to_bytes();
    let at = bytes.len() - receipt.signature.0.len();
    receipt.signature.0[0] ^= 1;
    device.journal = [&bytes[..at], &receipt.signature.0].concat();
    device.crash();
    assert_eq!(device.applied, 0);
    let why = ReceiptRejected::Unsigned(ReceiptError::Signature);
    assert_eq!(device.told, [Notice::Receipt(why)]);
}

#[test]
fn a_journal_reads_back_in_every_phase_and_nothing_else_does() {
    let (mut service, mut device, receipt) = proving();
    let mut entries = vec![device.entry.clone()];
    let fresh = Device::new(&service, Action::ReplaceCloud, 2).entry;
    entries.push(fresh.clone());
    let code = "0".repeat(8);
    device.types_code(&mut service, &wrong(&code));
    let (receipted, _) = entries[0]
        .clone()
        .step(Event::Confirmed(Confirmed::Receipt(receipt)));
    entries.push(receipted.clone());
    entries.push(receipted.step(Event::Applied).0);
    for how in [
        Code::Stale,
        Code::Expired,
        Code::Burnt,
        Code::Superseded,
        Code::NotFound,
    ] {
        entries.push(fresh.clone().step(Event::Refused(Problem::from(how))).0);
    }
    for entry in entries {
        let bytes = entry.to_bytes();
        let read = Entry::from_bytes(&bytes).unwrap();
        assert_eq!(
            (read.phase(), read.to_bytes()),
            (entry.phase(), bytes.clone())
        );
        for end in 0..bytes.len() {
            assert!(
                Entry::from_bytes(&bytes[..end]).is_err(),
                "{end} of {}",
                bytes.len()
            );
        }
        assert!(Entry::from_bytes(&[bytes, vec![0]].concat()).is_err());
    }
}

#[test]
fn other_words_or_another_operation_are_not_believed() {
    let mut service = Service::new();
    let mut device = Device::new(&service, CLEAR_EVERYWHERE, 1);
    device.asks(&mut service);
    let Phase::Asked(asked) = device.entry.phase().clone() else {
        panic!();
    };
    let mut words = asked.clone();
    words.reference[0] = "other".into();
    let mut operation = asked.clone();
    operation.operation.0[0] ^= 1;
    let digest = device.entry.request().digest(ASKER.account, ASKER.device);
    operation.reference = Words::reference(digest, operation.operation).to_strings();
    for garbage in [words, operation] {
        device.feed(Event::Asked(garbage));
        assert_eq!(device.told.last(), Some(&Notice::Garbage));
        assert_eq!(device.entry.phase(), &Phase::Asked(asked.clone()));
    }
}

#[test]
fn cancelling_before_any_proof_left_is_the_devices_own_word() {
    let mut service = Service::new();
    let mut device = Device::new(&service, CLEAR_EVERYWHERE, 1);
    device.feed(Event::Start);
    device.feed(Event::Cancel);
    assert_eq!(device.entry.phase(), &Phase::Over(Over::Cancelled));
    // The request was on its way: its answer cancels it at the service too.
    device.talk(&mut service);
    assert_eq!(service.last().state.name(), "cancelled");
    assert_eq!((service.effects, device.applied), (0, 0));
}

#[test]
fn an_unknown_outcome_is_asked_for_again_and_a_refusal_ends() {
    let service = Service::new();
    let mut device = Device::new(&service, CLEAR_EVERYWHERE, 1);
    device.feed(Event::Start);
    device.feed(Event::Refused(Problem::from(Code::Busy)));
    assert_eq!(device.entry.phase(), &Phase::Requested);
    device.feed(Event::Refused(Problem::from(Code::EmailNotVerified)));
    assert_eq!(device.entry.phase(), &Phase::Over(Over::Refused));
    assert!(!device.entry.is_open());
}

#[test]
fn a_lost_answer_to_proofs_is_polled_for() {
    let (mut service, mut device, _) = proving();
    let Phase::Proving { answer, .. } = device.entry.phase() else {
        panic!();
    };
    assert_eq!(*answer, Answer::Awaited);
    device.crash();
    assert!(matches!(device.wire.front(), Some(Message::Poll(_))));
    device.talk(&mut service);
    assert!(device.is_done());
    assert_eq!((service.effects, device.applied), (1, 1));
}

#[test]
fn a_request_that_names_another_head_is_no_entry() {
    let service = Service::new();
    let (request, _) = request(Action::ReplaceCloud, service.cloud, 1);
    let entry = Entry::new(ASKER, service.signer.key(), request, Brings::Nothing);
    assert_eq!(entry.map(drop), Err(EntryError::OtherHead));
}
