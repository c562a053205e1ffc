//! What a code is good for, and what it isn't.

use futures_util::future::join_all;
use sigill_core::wire::operation::{Asked, Mail};
use sigill_core::wire::problem::Code;

use crate::clear::receipt;
use crate::guards::{EMAIL, state, waiting};
use crate::rig::TestService;
use crate::vaults::{asked, cloud, confirm, confirmation, wrong};

on_each_database! {
    a_wrong_code_is_counted_and_changes_nothing,
    after_five_wrong_codes_the_right_one_is_too_late,
    parallel_guesses_share_no_try,
    fifty_equal_confirmations_have_one_effect_one_try_and_one_receipt,
    the_same_wrong_body_again_counts_nothing,
    a_code_dies_after_ten_minutes_and_the_operation_after_thirty,
    a_clock_that_is_set_back_extends_nothing,
    a_new_code_comes_after_a_minute_kills_the_old_one_and_refills_no_try,
    there_are_three_codes_at_most,
    a_code_is_good_once_and_for_its_operation_only,
}

async fn a_wrong_code_is_counted_and_changes_nothing(service: TestService) {
    let (device, _, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let before = cloud(&device).await;
    let answer = confirm(&device, &asked, &confirmation(&ask, &wrong(&code))).await;
    assert_eq!(answer.refused(), Code::ProofRejected);
    assert_eq!(answer.value()["tries_left"], 4);
    for text in ["", "what code", "1234567"] {
        let answer = confirm(&device, &asked, &confirmation(&ask, text)).await;
        assert_eq!(answer.refused(), Code::ProofRejected, "{text}");
    }
    assert_eq!(cloud(&device).await, before);
    let spaced = format!(" {} ", code.replace(' ', "\u{a0}"));
    let answer = confirm(&device, &asked, &confirmation(&ask, &spaced)).await;
    receipt(&device, &answer);
}

async fn after_five_wrong_codes_the_right_one_is_too_late(service: TestService) {
    let (device, _, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let before = cloud(&device).await;
    for number in 0..5 {
        let guess = format!("{number}{number}{number}{number} 0000");
        let guess = if guess == code { wrong(&code) } else { guess };
        let answer = confirm(&device, &asked, &confirmation(&ask, &guess)).await;
        let expected = if number < 4 {
            Code::ProofRejected
        } else {
            Code::Burnt
        };
        assert_eq!(answer.refused(), expected);
    }
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(answer.refused(), Code::Burnt);
    assert_eq!(state(&device, &asked).await, "burnt");
    assert_eq!(cloud(&device).await, before);
}

async fn parallel_guesses_share_no_try(service: TestService) {
    let (device, _, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let guesses: Vec<String> = (0..20)
        .map(|n| format!("{n:04} 9999"))
        .filter(|g| *g != code)
        .collect();
    let confirmations: Vec<_> = guesses
        .iter()
        .map(|guess| confirmation(&ask, guess))
        .collect();
    let answers = join_all(confirmations.iter().map(|c| confirm(&device, &asked, c))).await;
    let judged = |answer: &&crate::device::Answer| answer.refused() == Code::ProofRejected;
    assert!(answers.iter().filter(judged).count() <= 5);
    assert_eq!(state(&device, &asked).await, "burnt");
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(answer.refused(), Code::Burnt);
}

async fn fifty_equal_confirmations_have_one_effect_one_try_and_one_receipt(service: TestService) {
    let (device, vault, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let confirmation = confirmation(&ask, &code);
    let answers = join_all((0..50).map(|_| confirm(&device, &asked, &confirmation))).await;
    for answer in &answers {
        assert_eq!((answer.status, &answer.body), (200, &answers[0].body));
    }
    receipt(&device, &answers[0]);
    assert_eq!(service.number("select tries from operations").await, 1);
    let share = "select count from limits where rule = 'confirm/device/day'";
    assert_eq!(service.number(share).await, 1, "nor one of the day's");
    let after = cloud(&device).await;
    assert_eq!((after.seq, after.head_hash), (2, vault.head_hash));
    let done = |mail: &&crate::rig::Mail| mail.subject == "Sigill: it is done";
    assert_eq!(
        service.mails(EMAIL).await.iter().filter(done).count(),
        1,
        "one notice"
    );
}

async fn the_same_wrong_body_again_counts_nothing(service: TestService) {
    let (device, _, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let guess = confirmation(&ask, &wrong(&code));
    let answers = join_all((0..10).map(|_| confirm(&device, &asked, &guess))).await;
    for answer in answers {
        assert_eq!(answer.refused(), Code::ProofRejected);
        assert_eq!(answer.value()["tries_left"], 4);
    }
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    receipt(&device, &answer);
}

async fn a_code_dies_after_ten_minutes_and_the_operation_after_thirty(service: TestService) {
    let (mut device, _, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    service.pass(600);
    device.refresh().await;
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(answer.refused(), Code::CodeExpired);
    assert_eq!(state(&device, &asked).await, "pending");
    let resent: Asked = device
        .touch(&format!("/v1/operations/{}/code", asked.operation))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (resent.code_no, resent.tries_left),
        (2, 5),
        "an old code costs no try"
    );
    service.newest_mail(EMAIL).await;
    service.pass(1_200);
    device.refresh().await;
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(answer.refused(), Code::Expired);
    assert_eq!(state(&device, &asked).await, "expired");
    assert_eq!(cloud(&device).await.seq, 1);
}

async fn a_clock_that_is_set_back_extends_nothing(service: TestService) {
    let (mut device, _, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    service.pass(1_800);
    device.refresh().await;
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(answer.refused(), Code::Expired);
    service.set_clock_back(1_790);
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(answer.refused(), Code::Expired, "once over, it stays over");
}

async fn a_new_code_comes_after_a_minute_kills_the_old_one_and_refills_no_try(
    service: TestService,
) {
    let (device, _, ask, asked) = waiting(&service).await;
    let old = service.code(EMAIL).await;
    let answer = confirm(&device, &asked, &confirmation(&ask, &wrong(&old))).await;
    assert_eq!(answer.refused(), Code::ProofRejected);
    let path = format!("/v1/operations/{}/code", asked.operation);
    service.pass(59);
    let soon = device.touch(&path).await;
    assert_eq!(soon.refused(), Code::TooSoon);
    assert_eq!(soon.headers["retry-after"], "1");
    service.pass(1);
    let resent: Asked = device.touch(&path).await.expect(200).json();
    assert_eq!((resent.code_no, resent.mail), (2, Mail::Queued));
    let answer = confirm(&device, &asked, &confirmation(&ask, &old)).await;
    assert_eq!(answer.refused(), Code::ProofRejected, "dead at once");
    let mail = service.newest_mail(EMAIL).await;
    assert!(mail.text.contains("This is code no. 2."), "{}", mail.text);
    let answer = confirm(&device, &asked, &confirmation(&ask, &wrong(&mail.code()))).await;
    assert_eq!(answer.value()["tries_left"], 2, "not refilled");
    let answer = confirm(&device, &asked, &confirmation(&ask, &mail.code())).await;
    receipt(&device, &answer);
}

async fn there_are_three_codes_at_most(service: TestService) {
    let (device, _, _, asked) = waiting(&service).await;
    let path = format!("/v1/operations/{}/code", asked.operation);
    for _ in 0..2 {
        service.deliver().await;
        service.pass(60);
        device.touch(&path).await.expect(200);
    }
    service.deliver().await;
    service.pass(60);
    assert_eq!(device.touch(&path).await.refused(), Code::TooManyRequests);
    assert_eq!(service.mails(EMAIL).await.len(), 1 + 3);
}

async fn a_code_is_good_once_and_for_its_operation_only(service: TestService) {
    let (device, mut vault, ask, first) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let answer = confirm(&device, &first, &confirmation(&ask, &code)).await;
    let done = receipt(&device, &answer);
    // Another body with the same code: the same receipt, and nothing more.
    let other = confirmation(&ask, &code.replace(' ', ""));
    let again = confirm(&device, &first, &other).await;
    assert_eq!(receipt(&device, &again), done);
    assert_eq!(cloud(&device).await.seq, 2);
    vault.seq = 2;
    let next = vault.clear_everywhere(&device);
    let second = asked(&device, &next).await;
    let answer = confirm(&device, &second, &confirmation(&next, &code)).await;
    assert_eq!(answer.refused(), Code::ProofRejected);
}
