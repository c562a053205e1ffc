//! What else ends an operation, and what never begins one.

use sigill_core::confirmation::action::{Action, Weakening};
use sigill_core::id::{Hash, OperationId};
use sigill_core::wire::operation::{Ask, Asked};
use sigill_core::wire::problem::Code;

use crate::clear::receipt;
use crate::device::TestDevice;
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, cloud, confirm, confirmation};

on_each_database! {
    a_cancelled_operation_is_void,
    any_device_of_the_account_may_cancel,
    a_newer_operation_of_the_same_device_takes_the_olders_place,
    an_operation_is_stale_once_another_device_wrote,
    of_two_devices_at_once_one_executes_and_one_is_stale,
    a_foreign_operation_is_absent_to_the_byte,
    another_device_of_the_account_can_not_confirm,
    a_forged_digest_is_refused,
    the_same_key_with_another_request_is_refused,
    a_weakening_about_nothing_known_is_refused_before_any_mail,
    signing_out_ends_what_waits,
    a_stale_base_is_refused_before_any_mail,
}

pub(crate) const EMAIL: &str = "asa@example.com";

pub(crate) async fn waiting(service: &TestService) -> (TestDevice, TestVault, Ask, Asked) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 2).await;
    let ask = vault.clear_everywhere(&device);
    let asked = asked(&device, &ask).await;
    (device, vault, ask, asked)
}

pub(crate) async fn state(device: &TestDevice, asked: &Asked) -> String {
    let answer = device
        .get(&format!("/v1/operations/{}", asked.operation))
        .await;
    answer.expect(200).value()["state"].as_str().unwrap().into()
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

async fn a_weakening_about_nothing_known_is_refused_before_any_mail(service: TestService) {
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
        let refused = [Code::MalformedRequest, Code::NotFound, Code::NotOffered];
        assert!(refused.contains(&answer.refused()), "{what:?}");
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
