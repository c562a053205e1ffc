//! What should not happen doesn't: tries, races, ends.

use sigill_core::confirmation::action::Action;
use sigill_core::confirmation::journal::{Event, Over, Phase};
use sigill_core::confirmation::operation::{Asker, Counted, Refused, State};
use sigill_core::confirmation::policy::Sync;
use sigill_core::wire::Bytes;
use sigill_core::wire::operation::{Confirm, Confirmed};
use sigill_core::wire::problem::Code;

use super::device::{ASKER, CLEAR_EVERYWHERE, CLEAR_HERE, Device, OTHER, STRANGER, code_of, wrong};
use super::scene::{asked, confirm, nothing_happened};

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
fn an_act_that_takes_more_by_now_must_be_asked_for_anew() {
    let (mut service, mut device, code) = asked(CLEAR_HERE);
    service.standing.sync = Sync::Off;
    device.types_code(&mut service, &code);
    assert_eq!(device.entry.phase(), &Phase::Over(Over::Stale));
    nothing_happened(&service, &device);
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
fn what_replaces_the_cloud_or_brings_nothing_is_not_vouched_for() {
    for (action, head_tag) in [
        (Action::ReplaceCloud, Some(Bytes(vec![0; 32]))),
        (CLEAR_EVERYWHERE, None),
    ] {
        let (mut service, _, code) = asked(action);
        let id = service.last().id;
        let vouched = Confirm {
            head_tag,
            voucher: Some(Bytes(vec![0; 32])),
            ..confirm(&service, &code)
        };
        let refused = service.confirm(ASKER, id, &vouched);
        assert_eq!(refused, Err(Refused::Shape), "{action:?}");
        assert_eq!(service.last().tries, 0);
    }
}

#[test]
fn a_foreign_operation_is_an_absent_one() {
    let (mut service, _, code) = asked(CLEAR_EVERYWHERE);
    let before = service.last().clone();
    let good = confirm(&service, &code);
    let same_device = Asker {
        account: STRANGER.account,
        ..ASKER
    };
    for foreign in [OTHER, STRANGER, same_device] {
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

#[test]
fn an_executed_operation_answers_again_to_its_own_digest_only() {
    let (mut service, mut device, code) = asked(CLEAR_EVERYWHERE);
    device.types_code(&mut service, &code);
    let id = service.last().id;
    let own = confirm(&service, "00000000");
    assert!(matches!(
        service.confirm(ASKER, id, &own),
        Ok(Confirmed::Receipt(_))
    ));
    let other = Confirm {
        digest: sigill_core::id::Hash([0; 32]),
        ..own
    };
    assert_eq!(service.confirm(ASKER, id, &other), Err(Refused::Digest));
}
