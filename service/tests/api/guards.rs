//! What a code is good for, and what it isn't.

use futures_util::future::join_all;
use sigill_core::confirmation::action::{Action, Weakening};
use sigill_core::id::{Hash, OperationId};
use sigill_core::wire::operation::{Ask, Asked, Mail};
use sigill_core::wire::problem::Code;

use crate::clear::receipt;
use crate::device::TestDevice;
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, cloud, confirm, confirmation, wrong};

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
    a_cancelled_operation_is_void,
    any_device_of_the_account_may_cancel,
    a_newer_operation_of_the_same_device_takes_the_olders_place,
    an_operation_is_stale_once_another_device_wrote,
    of_two_devices_at_once_one_executes_and_one_is_stale,
    a_code_is_good_once_and_for_its_operation_only,
    a_foreign_operation_is_absent_to_the_byte,
    another_device_of_the_account_can_not_confirm,
    a_forged_digest_is_refused,
    the_same_key_with_another_request_is_refused,
    what_a_code_does_not_prove_is_not_offered,
    signing_out_ends_what_waits,
    a_stale_base_is_refused_before_any_mail,
}

const EMAIL: &str = "asa@example.com";

async fn waiting(service: &TestService) -> (TestDevice, TestVault, Ask, Asked) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 2).await;
    let ask = vault.clear_everywhere(&device);
    let asked = asked(&device, &ask).await;
    (device, vault, ask, asked)
}

async fn state(device: &TestDevice, asked: &Asked) -> String {
    let answer = device
        .get(&format!("/v1/operations/{}", asked.operation))
        .await;
    answer.expect(200).value()["state"].as_str().unwrap().into()
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

async fn a_cancelled_operation_is_void(service: TestService) {
    let (device, _, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let before = cloud(&device).await;
    let path = format!("/v1/operations/{}/cancel", asked.operation);
    device.touch(&path).await.expect(204);
    device.touch(&path).await.expect(204);
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(answer.refused(), Code::Cancelled);
    assert_eq!(cloud(&device).await, before);
}

async fn any_device_of_the_account_may_cancel(service: TestService) {
    let (device, _, _, asked) = waiting(&service).await;
    let phone = service.another(EMAIL, "Phone").await;
    let stranger = service.signed_in("stranger@example.com").await;
    let path = format!("/v1/operations/{}/cancel", asked.operation);
    assert_eq!(stranger.touch(&path).await.refused(), Code::NotFound);
    assert_eq!(state(&device, &asked).await, "pending");
    phone.touch(&path).await.expect(204);
    assert_eq!(state(&device, &asked).await, "cancelled");
}

async fn a_newer_operation_of_the_same_device_takes_the_olders_place(service: TestService) {
    let (device, vault, ask, first) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let newer = vault.clear_this_device(&device);
    let second = asked(&device, &newer).await;
    assert_ne!(first.operation, second.operation);
    let answer = confirm(&device, &first, &confirmation(&ask, &code)).await;
    assert_eq!(answer.refused(), Code::Superseded);
    let answer = confirm(&device, &second, &confirmation(&newer, &code)).await;
    assert_eq!(
        answer.refused(),
        Code::ProofRejected,
        "the older one's code"
    );
    let code = service.code(EMAIL).await;
    let answer = confirm(&device, &second, &confirmation(&newer, &code)).await;
    receipt(&device, &answer);
    assert_eq!(cloud(&device).await.seq, 1);
}

async fn an_operation_is_stale_once_another_device_wrote(service: TestService) {
    let (device, vault, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let phone = service.another(EMAIL, "Phone").await;
    let mut theirs = vault.clone();
    let records = theirs.add(&phone, 1);
    theirs.push(&phone, records).await;
    let before = cloud(&device).await;
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(answer.refused(), Code::Stale);
    assert_eq!(state(&device, &asked).await, "stale");
    assert_eq!(cloud(&device).await, before);
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(answer.refused(), Code::Stale);
}

async fn of_two_devices_at_once_one_executes_and_one_is_stale(service: TestService) {
    let (laptop, vault, ask, ours) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let phone = service.another(EMAIL, "Phone").await;
    let their_ask = vault.clear_everywhere(&phone);
    let theirs = asked(&phone, &their_ask).await;
    let their_code = service.code(EMAIL).await;
    let (one, other) = (
        confirmation(&ask, &code),
        confirmation(&their_ask, &their_code),
    );
    let (one, other) = tokio::join!(
        confirm(&laptop, &ours, &one),
        confirm(&phone, &theirs, &other)
    );
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{} {}", one.body, other.body);
    assert_eq!(cloud(&laptop).await.seq, 2);
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

async fn a_foreign_operation_is_absent_to_the_byte(service: TestService) {
    let (_, _, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let stranger = service.signed_in("stranger@example.com").await;
    let confirmation = serde_json::to_vec(&confirmation(&ask, &code)).unwrap();
    for (method, path) in [
        (reqwest::Method::GET, ""),
        (reqwest::Method::POST, "/code"),
        (reqwest::Method::POST, "/confirm"),
        (reqwest::Method::POST, "/cancel"),
        (reqwest::Method::POST, "/ack"),
    ] {
        let body = if path == "/confirm" {
            confirmation.clone()
        } else {
            Vec::new()
        };
        let [foreign, absent] =
            [asked.operation, OperationId([7; 16])].map(|id| format!("/v1/operations/{id}{path}"));
        let foreign = stranger
            .send((method.clone(), &foreign), body.clone())
            .await;
        let absent = stranger.send((method, &absent), body).await;
        assert_eq!(foreign.refused(), Code::NotFound, "{path}");
        assert_eq!(
            (foreign.status, foreign.body),
            (absent.status, absent.body),
            "{path}"
        );
    }
}

async fn another_device_of_the_account_can_not_confirm(service: TestService) {
    let (device, _, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let phone = service.another(EMAIL, "Phone").await;
    let answer = confirm(&phone, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(answer.refused(), Code::NotFound);
    assert_eq!(
        phone
            .get(&format!("/v1/operations/{}", asked.operation))
            .await
            .refused(),
        Code::NotFound
    );
    let resend = format!("/v1/operations/{}/code", asked.operation);
    assert_eq!(phone.touch(&resend).await.refused(), Code::NotFound);
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    receipt(&device, &answer);
}

async fn a_forged_digest_is_refused(service: TestService) {
    let (device, vault, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let forged = Ask {
        digest: Hash([1; 32]),
        ..vault.clear_everywhere(&device)
    };
    assert_eq!(
        device.post("/v1/operations", &forged).await.refused(),
        Code::DigestMismatch
    );
    let mut other = confirmation(&ask, &code);
    other.digest = Hash([1; 32]);
    assert_eq!(
        confirm(&device, &asked, &other).await.refused(),
        Code::DigestMismatch
    );
    assert_eq!(cloud(&device).await.seq, 1);
}

async fn the_same_key_with_another_request_is_refused(service: TestService) {
    let (device, vault, ask, _) = waiting(&service).await;
    let mut other = vault.clear_this_device(&device);
    other.request.idempotency_key = ask.request.idempotency_key;
    other.digest = other.request.digest(device.account, device.id());
    assert_eq!(
        device.post("/v1/operations", &other).await.refused(),
        Code::KeyReused
    );
    assert_eq!(service.mails(EMAIL).await.len(), 2);
    // Doubled on its way: one operation, one mail.
    let (one, again) = tokio::join!(
        device.post("/v1/operations", &ask),
        device.post("/v1/operations", &ask)
    );
    assert_eq!(one.expect(201).body, again.expect(201).body);
    assert_eq!(service.mails(EMAIL).await.len(), 2);
}

async fn what_a_code_does_not_prove_is_not_offered(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let mails = service.mails(EMAIL).await.len();
    for what in Weakening::ALL {
        let parameters = Hash([0; 32]);
        let ask = vault.ask(
            &device,
            Action::Weaken {
                what: *what,
                parameters,
            },
        );
        let answer = device.post("/v1/operations", &ask).await;
        assert_eq!(answer.refused(), Code::NotOffered, "{what:?}");
    }
    assert_eq!(service.mails(EMAIL).await.len(), mails);
}

async fn signing_out_ends_what_waits(service: TestService) {
    let (mut device, _, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    device.delete("/v1/sessions/current").await.expect(204);
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(answer.refused(), Code::SignedOut);
    device.access = None;
    device.sign_in(EMAIL, "Laptop").await;
    assert_eq!(state(&device, &asked).await, "cancelled");
}

async fn a_stale_base_is_refused_before_any_mail(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let mails = service.mails(EMAIL).await.len();
    let mut old = vault.clone();
    old.seq = 0;
    let ask = old.clear_everywhere(&device);
    assert_eq!(
        device.post("/v1/operations", &ask).await.refused(),
        Code::Stale
    );
    old.seq = u64::MAX;
    let ask = old.clear_everywhere(&device);
    assert_eq!(
        device.post("/v1/operations", &ask).await.refused(),
        Code::Stale
    );
    assert_eq!(service.mails(EMAIL).await.len(), mails);
}
