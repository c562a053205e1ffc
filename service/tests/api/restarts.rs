//! What a restart must not change.

use reqwest::Method;
use sigill_core::wire::problem::Code;

use crate::clear::receipt;
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, confirm, confirmation, wrong};

on_each_database! {
    sessions_nonces_and_used_proofs_survive,
    operations_tries_and_limits_survive,
    a_mail_that_waited_leaves_after_it,
}

const EMAIL: &str = "asa@example.com";

async fn sessions_nonces_and_used_proofs_survive(mut service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let to = || (Method::GET, "/v1/account");
    let mut kept = None;
    let keep = |draft: &mut crate::device::Draft| kept = Some(draft.claims.clone());
    device.send_once(to(), Vec::new(), keep).await.expect(200);
    service.restart().await;
    let kept = kept.unwrap();
    let replayed = device
        .send_once(to(), Vec::new(), |draft| draft.claims = kept)
        .await;
    assert_eq!(replayed.refused(), Code::DpopRejected);
    let fresh = device.send_once(to(), Vec::new(), |_| {}).await;
    assert_eq!(fresh.status, 200, "the nonce of before is still good");
    let token = device.refresh.clone().unwrap();
    device.refresh_with(&token).await.expect(200);
}

async fn operations_tries_and_limits_survive(mut service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    asked(&device, &vault.clear_this_device(&device)).await;
    let ask = vault.clear_everywhere(&device);
    let waiting = asked(&device, &ask).await;
    let code = service.code(EMAIL).await;
    let guess = confirmation(&ask, &wrong(&code));
    confirm(&device, &waiting, &guess).await.expect(403);
    service.restart().await;
    let again = confirm(&device, &waiting, &guess).await;
    assert_eq!(again.value()["tries_left"], 4, "the same answer");
    let other = confirmation(&ask, "what code");
    let answer = confirm(&device, &waiting, &other).await;
    assert_eq!(answer.value()["tries_left"], 3, "not refilled");
    let third = device
        .post("/v1/operations", &vault.clear_this_device(&device))
        .await;
    assert_eq!(third.refused(), Code::TooManyRequests);
    let answer = confirm(&device, &waiting, &confirmation(&ask, &code)).await;
    receipt(&device, &answer);
    service.restart().await;
    let repeated = confirm(&device, &waiting, &confirmation(&ask, &code)).await;
    assert_eq!(
        repeated.body, answer.body,
        "the same receipt, under the same key"
    );
}

async fn a_mail_that_waited_leaves_after_it(mut service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let ask = vault.clear_everywhere(&device);
    let waiting = asked(&device, &ask).await;
    service.restart().await;
    let code = service.code(EMAIL).await;
    let answer = confirm(&device, &waiting, &confirmation(&ask, &code)).await;
    receipt(&device, &answer);
}
