//! Codes: how long they live, how often they come.

use sigill_core::confirmation::journal::Event;
use sigill_core::confirmation::operation::{Counted, Refused};
use sigill_core::confirmation::policy::Proofs;
use sigill_core::wire::operation::Mail;
use sigill_core::wire::problem::Code;

use super::device::{ASKER, CLEAR_EVERYWHERE, wrong};
use super::scene::{asked, confirm, nothing_happened};

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
fn a_minute_passes_between_a_hand_over_and_the_next_code() {
    let (service, _, _) = asked(CLEAR_EVERYWHERE);
    let mut row = service.last().clone();
    row.mail = Mail::Queued;
    let late = row.handed_over(1, service.now + 50);
    let (_, sent) = late.resend(ASKER, service.now + 60);
    assert_eq!(sent, Err(Refused::TooSoon { wait: 50 }));
}

#[test]
fn while_a_mail_is_under_way_no_other_is_sent() {
    let (service, _, _) = asked(CLEAR_EVERYWHERE);
    let mut row = service.last().clone();
    row.mail = Mail::Queued;
    let (same, sent) = row.clone().resend(ASKER, service.now + 60);
    assert_eq!((same, sent), (row, Ok(Proofs::NONE)));
}

#[test]
fn no_code_is_made_that_no_mail_waits_for() {
    let (service, _, _) = asked(CLEAR_EVERYWHERE);
    let handed_over = service.last().clone();
    assert_eq!(handed_over.next_code(service.now), Err(Refused::NoCodeDue));
    let mut unheard = handed_over.clone();
    unheard.mail = Mail::Queued;
    unheard.code_no = 3;
    assert_eq!(unheard.next_code(service.now), Err(Refused::NoCodesLeft));
    let mut never_due = handed_over;
    never_due.mail = Mail::NotDue;
    let (_, sent) = never_due.resend(ASKER, service.now + 60);
    assert_eq!(sent, Err(Refused::NoCodeDue));
}

#[test]
fn a_courier_that_comes_second_stores_nothing() {
    let (service, _, _) = asked(CLEAR_EVERYWHERE);
    let (queued, _) = service.last().clone().resend(ASKER, service.now + 60);
    let binding = queued.next_code(service.now).unwrap();
    let live = service.last().code.clone().unwrap();
    let (made, first) = queued.code_made(&binding, live.clone(), service.now);
    assert_eq!(first, Ok(()));
    let (same, second) = made.clone().code_made(&binding, live, service.now);
    assert_eq!((same, second), (made.clone(), Err(Refused::NoCodeDue)));
    // The first code's answer comes late, while the second is under way.
    assert_eq!(made.clone().handed_over(1, service.now), made);
    assert_eq!(made.clone().not_taken(1), made);
}
