//! What should not happen doesn't: the judge's side.

use sigill_core::confirmation::action::{Action, RestoreReach, RestoreSource};
use sigill_core::confirmation::journal::{Event, Over, Phase};
use sigill_core::confirmation::operation::{Clearance, Counted, Refused, State};
use sigill_core::confirmation::policy::{Connection, Sync};
use sigill_core::id::{GenerationId, Hash};
use sigill_core::wire::Bytes;
use sigill_core::wire::operation::{Ask, Confirm, Confirmed, Mail};
use sigill_core::wire::problem::Code;

use super::device::{
    ASKER, CLEAR_EVERYWHERE, CLEAR_HERE, Device, OTHER, STRANGER, code_of, request, wrong,
};
use super::service::Service;

/// An operation that waits for its code, and the code.
fn asked(action: Action) -> (Service, Device, String) {
    let mut service = Service::new();
    let mut device = Device::new(&service, action, 1);
    device.asks(&mut service);
    let code = service.mailed_code();
    (service, device, code)
}

fn confirm(service: &Service, code: &str) -> Confirm {
    Confirm {
        digest: service.last().digest,
        head_tag: None,
        proofs: code_of(code),
    }
}

fn ask(action: Action, service: &Service) -> Ask {
    let (request, brings) = request(action, service.cloud, 1);
    let (new_head, new_slots) = match brings {
        sigill_core::confirmation::journal::Brings::Nothing => (None, None),
        sigill_core::confirmation::journal::Brings::Vault(vault) => (
            Some(Bytes(vault.head)),
            Some(vault.slots.into_iter().map(Bytes).collect()),
        ),
    };
    Ask {
        digest: request.digest(ASKER.account, ASKER.device),
        request,
        new_head,
        new_slots,
    }
}

fn nothing_happened(service: &Service, device: &Device) {
    assert_eq!((service.effects, device.applied), (0, 0));
    assert_eq!(device.content, Some("the device's"));
    assert_eq!(service.content.as_deref(), Some("the cloud's"));
}

#[test]
fn five_wrong_codes_burn_the_operation_and_the_right_one_comes_too_late() {
    let (mut service, mut device, code) = asked(CLEAR_EVERYWHERE);
    for left in [4, 3, 2, 1] {
        device.types_code(&mut service, &wrong(&code));
        assert_eq!(device.heard(), Some(Code::ProofRejected));
        let Phase::Proving { asked, .. } = device.entry.phase() else {
            panic!();
        };
        assert_eq!(asked.tries_left, left);
    }
    device.types_code(&mut service, &wrong(&code));
    assert_eq!(device.entry.phase(), &Phase::Over(Over::Burnt));
    let late = confirm(&service, &code);
    let answer = service.confirm(ASKER, service.last().id, &late);
    assert_eq!(answer, Err(Refused::Burnt));
    nothing_happened(&service, &device);
}

#[test]
fn a_try_is_counted_before_anything_is_compared() {
    let (mut service, device, code) = asked(CLEAR_EVERYWHERE);
    let id = service.last().id;
    let guess = confirm(&service, &wrong(&code));
    // Eight guesses at once, none of them verified yet.
    let counted: Vec<_> = (0..8).map(|_| service.count(ASKER, id, &guess)).collect();
    let tries = counted
        .iter()
        .filter(|c| matches!(c, Ok(Counted::Verify(_))))
        .count();
    assert_eq!(tries, 5);
    assert!(matches!(counted[5], Err(Refused::Burnt)));
    nothing_happened(&service, &device);
}

#[test]
fn a_wrong_answer_that_comes_late_does_not_burn_a_last_try_under_way() {
    let (mut service, _, code) = asked(CLEAR_EVERYWHERE);
    let id = service.last().id;
    let (bad, good) = (confirm(&service, &wrong(&code)), confirm(&service, &code));
    for _ in 0..3 {
        assert!(service.confirm(ASKER, id, &bad).is_err());
    }
    let Ok(Counted::Verify(fourth)) = service.count(ASKER, id, &bad) else {
        panic!();
    };
    let Ok(Counted::Verify(fifth)) = service.count(ASKER, id, &good) else {
        panic!();
    };
    let verdicts = service.verify(&fourth, &bad);
    assert_eq!(
        service.judge(id, fourth, verdicts),
        Err(Refused::Proof { tries_left: 0 })
    );
    let verdicts = service.verify(&fifth, &good);
    assert!(matches!(
        service.judge(id, fifth, verdicts),
        Ok(Confirmed::Receipt(_))
    ));
}

#[test]
fn a_try_whose_answer_was_lost_stays_counted_and_the_code_stays_good() {
    let (mut service, mut device, code) = asked(CLEAR_EVERYWHERE);
    let good = confirm(&service, &code);
    // The service dies between its two transactions.
    let lost = service.count(ASKER, service.last().id, &good);
    assert!(matches!(lost, Ok(Counted::Verify(_))));
    drop(lost);
    device.types_code(&mut service, &code);
    assert!(device.is_done());
    assert_eq!((service.last().tries, service.effects), (2, 1));
}

#[test]
fn two_right_confirmations_at_once_have_one_effect() {
    let (mut service, _, code) = asked(CLEAR_EVERYWHERE);
    let id = service.last().id;
    let good = confirm(&service, &code);
    let mut attempts = Vec::new();
    for _ in 0..2 {
        let Ok(Counted::Verify(attempt)) = service.count(ASKER, id, &good) else {
            panic!();
        };
        attempts.push(attempt);
    }
    let answers: Vec<_> = attempts
        .into_iter()
        .map(|attempt| {
            let verdicts = service.verify(&attempt, &good);
            service.judge(id, attempt, verdicts)
        })
        .collect();
    assert!(answers[0].is_ok());
    assert_eq!(answers[1], Err(Refused::Executed));
    assert_eq!(service.effects, 1);
}

#[test]
fn a_code_lives_ten_minutes_from_its_hand_over() {
    let (mut service, mut device, code) = asked(CLEAR_EVERYWHERE);
    service.now += 599;
    let id = service.last().id;
    let good = confirm(&service, &code);
    let Ok(Counted::Verify(in_time)) = service.count(ASKER, id, &good) else {
        panic!("still good");
    };
    service.now += 1;
    let verdicts = service.verify(&in_time, &good);
    assert_eq!(
        service.judge(id, in_time, verdicts),
        Err(Refused::CodeExpired)
    );
    device.types_code(&mut service, &code);
    assert_eq!(device.heard(), Some(Code::CodeExpired));
    assert_eq!(
        service.last().tries,
        1,
        "nothing was compared, nothing is counted"
    );
    nothing_happened(&service, &device);
    device.feed(Event::Resend);
    device.talk(&mut service);
    let code = service.mailed_code();
    device.types_code(&mut service, &code);
    assert!(device.is_done());
}

#[test]
fn a_code_whose_hand_over_was_never_heard_of_ages_from_when_it_was_made() {
    let (mut service, _, code) = asked(CLEAR_EVERYWHERE);
    let mut row = service.last().clone();
    row.mail = Mail::Queued;
    service.save(row);
    let good = confirm(&service, &code);
    service.now += 600;
    let counted = service.count(ASKER, service.last().id, &good);
    assert!(matches!(counted, Err(Refused::CodeExpired)));
}

#[test]
fn an_operation_lives_thirty_minutes() {
    let (mut service, mut device, code) = asked(CLEAR_EVERYWHERE);
    service.now += 1800;
    device.types_code(&mut service, &code);
    assert_eq!(device.entry.phase(), &Phase::Over(Over::Expired));
    nothing_happened(&service, &device);
}

#[test]
fn a_clock_set_back_extends_nothing() {
    let (mut service, _, _) = asked(CLEAR_EVERYWHERE);
    let ends = service.last().expires_at;
    service.now -= 3600;
    let row = service.last().clone().tick(service.now);
    assert_eq!(
        (row.expires_at, row.code.clone()),
        (ends, service.last().code.clone())
    );
}

#[test]
fn sending_again_kills_the_old_code_and_refills_nothing() {
    let (mut service, mut device, old) = asked(CLEAR_EVERYWHERE);
    device.types_code(&mut service, &wrong(&old));
    device.feed(Event::Resend);
    device.talk(&mut service);
    assert_eq!(device.heard(), Some(Code::TooSoon));
    service.now += 60;
    device.feed(Event::Resend);
    device.talk(&mut service);
    assert_eq!(service.mailbox.last().unwrap().code_no, 2);
    assert_eq!(service.last().tries, 1, "not refilled");
    device.types_code(&mut service, &old);
    assert_eq!(device.heard(), Some(Code::ProofRejected));
    assert_eq!(service.last().tries, 2);
    nothing_happened(&service, &device);
    let new = service.mailed_code();
    device.types_code(&mut service, &new);
    assert!(device.is_done());
}

#[test]
fn the_old_code_is_dead_before_the_new_one_is_made() {
    let (mut service, device, old) = asked(CLEAR_EVERYWHERE);
    service.now += 60;
    let (row, sent) = service.last().clone().resend(ASKER, service.now);
    assert!(sent.is_ok());
    assert_eq!(
        (row.mail, row.asked(String::new(), 0).code_no),
        (Mail::Queued, 2)
    );
    service.save(row);
    let answer = service.confirm(ASKER, service.last().id, &confirm(&service, &old));
    assert_eq!(answer, Err(Refused::Proof { tries_left: 4 }));
    nothing_happened(&service, &device);
}

#[test]
fn a_code_replaced_between_counting_and_judging_is_refused() {
    let (mut service, device, old) = asked(CLEAR_EVERYWHERE);
    service.now += 60;
    let id = service.last().id;
    let good = confirm(&service, &old);
    let Ok(Counted::Verify(attempt)) = service.count(ASKER, id, &good) else {
        panic!();
    };
    let verdicts = service.verify(&attempt, &good);
    service.resend(ASKER, id).unwrap();
    assert_eq!(
        service.judge(id, attempt, verdicts),
        Err(Refused::CodeExpired)
    );
    nothing_happened(&service, &device);
}

#[test]
fn an_operation_has_three_codes() {
    let (mut service, _, _) = asked(CLEAR_EVERYWHERE);
    let id = service.last().id;
    for _ in 0..2 {
        service.now += 60;
        service.resend(ASKER, id).unwrap();
    }
    service.now += 60;
    assert_eq!(service.resend(ASKER, id), Err(Refused::NoCodesLeft));
    assert_eq!(service.mailbox.len(), 3);
}

#[test]
fn a_mail_that_never_left_gives_its_number_back_and_a_lost_answer_does_not() {
    let (service, _, _) = asked(CLEAR_EVERYWHERE);
    let mut row = service.last().clone();
    row.mail = Mail::Queued;
    let again = row.clone().not_taken(1);
    assert_eq!((again.code_no, again.code), (0, None));
    assert_eq!(row.next_code(service.now).unwrap().code_no, 2);
}

#[test]
fn an_answer_about_an_older_mail_changes_nothing() {
    let (service, _, _) = asked(CLEAR_EVERYWHERE);
    let row = service.last().clone();
    assert_eq!(row.clone().bounced(1), row, "handed over is handed over");
    let (queued, _) = row.resend(ASKER, service.now + 60);
    assert_eq!(queued.clone().handed_over(1, service.now), queued);
}

#[test]
fn a_cancelled_operation_never_executes() {
    let (mut service, mut device, code) = asked(CLEAR_EVERYWHERE);
    device.types_code(&mut service, &wrong(&code));
    device.feed(Event::Cancel);
    device.talk(&mut service);
    assert_eq!(device.entry.phase(), &Phase::Over(Over::Cancelled));
    let answer = service.confirm(ASKER, service.last().id, &confirm(&service, &code));
    assert_eq!(answer, Err(Refused::Cancelled));
    nothing_happened(&service, &device);
}

#[test]
fn cancelling_too_late_says_so_and_the_act_is_finished() {
    let (mut service, mut device, code) = asked(CLEAR_EVERYWHERE);
    device.feed(Event::Prove(code_of(&code)));
    let Some(sent) = device.wire.pop_front() else {
        panic!();
    };
    // The answer is lost; the person presses "keep everything".
    service.handle(ASKER, sent);
    device.feed(Event::Cancel);
    device.talk(&mut service);
    assert_eq!(device.heard(), Some(Code::AlreadyExecuted));
    assert!(device.is_done());
    assert_eq!((service.effects, device.applied), (1, 1));
}

#[test]
fn a_newer_operation_of_the_device_supersedes_and_the_old_code_is_dead() {
    let (mut service, first, code) = asked(CLEAR_EVERYWHERE);
    let old = service.last().id;
    let old_confirm = confirm(&service, &code);
    let mut second = Device::new(&service, CLEAR_HERE, 2);
    second.asks(&mut service);
    assert_eq!(
        service.confirm(ASKER, old, &old_confirm),
        Err(Refused::Superseded)
    );
    second.types_code(&mut service, &code);
    assert_eq!(
        second.heard(),
        Some(Code::ProofRejected),
        "good for one act only"
    );
    nothing_happened(&service, &first);
}

#[test]
fn two_devices_may_both_wait_and_the_second_to_confirm_is_stale() {
    let (mut service, mut first, code) = asked(CLEAR_EVERYWHERE);
    let mut second = Device::of(OTHER, &service, CLEAR_EVERYWHERE, 2);
    second.asks(&mut service);
    let other_code = service.mailed_code();
    first.types_code(&mut service, &code);
    second.types_code(&mut service, &other_code);
    assert!(first.is_done());
    assert_eq!(second.entry.phase(), &Phase::Over(Over::Stale));
    assert_eq!((service.effects, second.applied), (1, 0));
}

#[test]
fn an_operation_whose_base_moved_is_stale_and_its_code_burnt() {
    for action in [CLEAR_EVERYWHERE, Action::ReplaceCloud] {
        let (mut service, mut device, code) = asked(action);
        service.another_device_syncs();
        device.types_code(&mut service, &code);
        assert_eq!(device.entry.phase(), &Phase::Over(Over::Stale));
        assert_eq!(
            (&service.last().state, &service.last().code),
            (&State::Stale, &None)
        );
        nothing_happened(&service, &device);
    }
}

#[test]
fn clearing_this_device_does_not_mind_the_cloud() {
    let (mut service, mut device, code) = asked(CLEAR_HERE);
    service.another_device_syncs();
    device.types_code(&mut service, &code);
    assert!(device.is_done());
}

#[test]
fn a_base_that_is_not_the_clouds_head_is_refused_before_any_mail() {
    let mut service = Service::new();
    let stale = ask(CLEAR_EVERYWHERE, &service);
    service.another_device_syncs();
    assert_eq!(service.ask(ASKER, &stale), Err(Refused::Stale));
    assert!(service.mailbox.is_empty());
}

#[test]
fn an_act_that_takes_more_by_now_must_be_asked_for_anew() {
    let (mut service, mut device, code) = asked(CLEAR_HERE);
    service.standing.sync = Sync::Off;
    device.types_code(&mut service, &code);
    assert_eq!(device.entry.phase(), &Phase::Over(Over::Stale));
    nothing_happened(&service, &device);
}

#[test]
fn the_service_decides_from_its_own_rows_before_any_mail() {
    let refused = |change: fn(&mut Service), action: Action| {
        let mut service = Service::new();
        change(&mut service);
        let asked = ask(action, &service);
        let answer = service.ask(ASKER, &asked);
        assert!(service.mailbox.is_empty());
        assert!(service.operations.is_empty());
        answer.map_err(Refused::code)
    };
    let unlinked = |s: &mut Service| s.standing.connection = Connection::ThirdParty;
    assert_eq!(refused(unlinked, CLEAR_HERE), Err(Code::AccountNotLinked));
    let unsynced = |s: &mut Service| s.standing.sync = Sync::Off;
    assert_eq!(refused(unsynced, CLEAR_EVERYWHERE), Err(Code::SyncIsOff));
    let nowhere = |s: &mut Service| s.standing.connection = Connection::NotConnected;
    assert_eq!(refused(nowhere, CLEAR_HERE), Err(Code::NotOffered));
    let unverified = |s: &mut Service| s.clearance = Clearance::EmailNotVerified;
    assert_eq!(refused(unverified, CLEAR_HERE), Err(Code::EmailNotVerified));
    let frozen = |s: &mut Service| s.clearance = Clearance::Frozen;
    assert_eq!(refused(frozen, CLEAR_HERE), Err(Code::Frozen));
    let held = |s: &mut Service| s.clearance = Clearance::Held;
    assert_eq!(refused(held, CLEAR_HERE), Err(Code::Held));
}

#[test]
fn the_digest_is_recomputed() {
    let mut service = Service::new();
    let right = ask(CLEAR_EVERYWHERE, &service);
    let claimed = Ask {
        digest: Hash([0; 32]),
        ..right.clone()
    };
    assert_eq!(service.ask(ASKER, &claimed), Err(Refused::Digest));
    assert_eq!(
        service.ask(OTHER, &right),
        Err(Refused::Digest),
        "of another device"
    );
    assert_eq!(service.ask(ASKER, &right), Ok(()));
    let mut another = confirm(&service, "00000000");
    another.digest = Hash([0; 32]);
    let answer = service.confirm(ASKER, service.last().id, &another);
    assert_eq!(answer, Err(Refused::Digest));
    assert_eq!(service.last().tries, 0);
}

#[test]
fn a_key_is_good_for_one_request() {
    let (mut service, _, _) = asked(CLEAR_EVERYWHERE);
    let other = ask(CLEAR_HERE, &service);
    assert_eq!(service.ask(ASKER, &other), Err(Refused::KeyReused));
    assert!(service.is_pending());
}

#[test]
fn a_vault_comes_with_replace_cloud_and_with_no_other_act() {
    let service = || Service::new();
    let full = ask(Action::ReplaceCloud, &service());
    assert_eq!(service().ask(ASKER, &full), Ok(()));
    let redigested = |change: fn(&mut Ask)| {
        let mut changed = full.clone();
        change(&mut changed);
        changed.digest = changed.request.digest(ASKER.account, ASKER.device);
        service().ask(ASKER, &changed)
    };
    assert_eq!(redigested(|a| a.new_head = None), Err(Refused::Shape));
    assert_eq!(redigested(|a| a.new_slots = None), Err(Refused::Shape));
    assert_eq!(
        redigested(|a| a.request.new_head_hash = None),
        Err(Refused::Shape)
    );
    assert_eq!(
        redigested(|a| a.request.new_slots_hash = None),
        Err(Refused::Shape)
    );
    assert_eq!(
        redigested(|a| a.request.action = CLEAR_EVERYWHERE),
        Err(Refused::Shape)
    );
    assert_eq!(
        redigested(|a| a.new_slots = Some(vec![])),
        Err(Refused::Vault)
    );
    let garbage = |a: &mut Ask| {
        a.new_head = Some(Bytes(vec![1]));
        a.request.new_head_hash = Some(Hash::of(&[1]));
    };
    assert_eq!(redigested(garbage), Err(Refused::Vault));
    let other_vault = |a: &mut Ask| a.request.vault = sigill_core::id::VaultId([0; 16]);
    assert_eq!(redigested(other_vault), Err(Refused::Vault));
}

#[test]
fn a_head_that_does_not_follow_the_base_is_refused() {
    let mut service = Service::new();
    let mut late = ask(Action::ReplaceCloud, &service);
    service.another_device_syncs();
    // The same head, said to follow the new one.
    late.request.base_seq = service.cloud.seq;
    late.request.base_head_hash = service.cloud.hash;
    late.digest = late.request.digest(ASKER.account, ASKER.device);
    assert_eq!(service.ask(ASKER, &late), Err(Refused::Vault));
}

#[test]
fn a_confirmation_brings_the_tag_exactly_where_a_head_comes() {
    let (mut service, _, code) = asked(Action::ReplaceCloud);
    let id = service.last().id;
    let without = confirm(&service, &code);
    assert_eq!(service.confirm(ASKER, id, &without), Err(Refused::Shape));
    let (mut service, _, code) = asked(CLEAR_EVERYWHERE);
    let id = service.last().id;
    let with = Confirm {
        head_tag: Some(Bytes(vec![0; 32])),
        ..confirm(&service, &code)
    };
    assert_eq!(service.confirm(ASKER, id, &with), Err(Refused::Shape));
    assert_eq!(service.last().tries, 0);
}

#[test]
fn a_foreign_operation_is_an_absent_one() {
    let (mut service, _, code) = asked(CLEAR_EVERYWHERE);
    let before = service.last().clone();
    let good = confirm(&service, &code);
    for foreign in [OTHER, STRANGER] {
        assert_eq!(
            service.confirm(foreign, before.id, &good),
            Err(Refused::NotFound)
        );
        assert_eq!(service.resend(foreign, before.id), Err(Refused::NotFound));
        let polled = before.progress(foreign, String::new(), service.now);
        assert_eq!(polled, Err(Refused::NotFound));
    }
    let (_, cancelled) = before.clone().cancel(STRANGER.account, service.now);
    assert_eq!(cancelled, Err(Refused::NotFound));
    assert_eq!(service.last(), &before);
}

#[test]
fn a_generation_that_is_not_there_or_is_claimed_otherwise_is_refused() {
    let mut service = Service::new();
    let restore = |reach| Action::Restore {
        source: RestoreSource::Cloud {
            generation: GenerationId([7; 16]),
        },
        reach,
    };
    let absent = ask(restore(RestoreReach::SameEpoch), &service);
    assert_eq!(service.ask(ASKER, &absent), Err(Refused::NotFound));
    service.displaced.push(super::service::Displaced {
        generation: GenerationId([7; 16]),
        content: None,
        reach: RestoreReach::AcrossEpochs,
    });
    assert_eq!(
        service.ask(ASKER, &absent),
        Err(Refused::Stale),
        "claimed to need less"
    );
    let honest = ask(restore(RestoreReach::AcrossEpochs), &service);
    assert_eq!(service.ask(ASKER, &honest), Ok(()));
}

#[test]
fn an_attempt_at_one_operation_is_no_good_for_another() {
    let (mut service, device, code) = asked(CLEAR_EVERYWHERE);
    let good = confirm(&service, &code);
    let first = service.last().id;
    let Ok(Counted::Verify(attempt)) = service.count(ASKER, first, &good) else {
        panic!();
    };
    let verdicts = service.verify(&attempt, &good);
    let mut other = Device::of(OTHER, &service, CLEAR_EVERYWHERE, 2);
    other.asks(&mut service);
    let second = service.last().id;
    assert_eq!(
        service.judge(second, attempt, verdicts),
        Err(Refused::NotFound)
    );
    nothing_happened(&service, &device);
}

#[test]
fn every_state_goes_through_the_database_and_nothing_else_does() {
    let (mut service, mut device, code) = asked(CLEAR_EVERYWHERE);
    device.types_code(&mut service, &code);
    let executed = service.last().state.clone();
    let State::Executed { receipt } = executed.clone() else {
        panic!();
    };
    assert_eq!(
        State::of_columns(executed.name(), Some(receipt.clone())),
        Some(executed)
    );
    let others = [
        State::Pending,
        State::Stale,
        State::Expired,
        State::Burnt,
        State::Superseded,
        State::Cancelled,
    ];
    for state in others {
        assert_eq!(State::of_columns(state.name(), None), Some(state.clone()));
        assert_eq!(State::of_columns(state.name(), Some(receipt.clone())), None);
    }
    assert_eq!(State::of_columns("executed", None), None);
    assert_eq!(State::of_columns("other", None), None);
}
