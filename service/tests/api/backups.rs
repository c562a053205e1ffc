//! The service is restored from a backup of yesterday: nothing that was under way
//! goes on, and what was forgotten is not done behind anybody's back.

use sigill_core::confirmation::wait::Lost;
use sigill_core::wire::problem::Code;
use sigill_service::restored;

use crate::guards::{EMAIL, state};
use crate::lost::{DAY, Scene, WEEK};
use crate::proofs::standing;
use crate::rig::TestService;
use crate::third_party::rows;
use crate::vaults::{TestVault, asked, confirm, confirmation};

on_each_database! {
    f22_pending_operations_are_void_and_everybody_signs_in_again,
    f22_dangerous_acts_wait_a_day_and_the_mail_says_why,
    f22_what_waits_seven_days_lapses_and_a_deletion_waits_anew,
    f22_declared_twice_it_does_no_harm,
}

async fn f22_pending_operations_are_void_and_everybody_signs_in_again(service: TestService) {
    let mut device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 3).await;
    let ask = vault.clear_everywhere(&device);
    let waiting = asked(&device, &ask).await;
    let code = service.code(EMAIL).await;
    let token = device.refresh.clone().unwrap();
    restored::declare(&service.service).await.unwrap();
    for path in ["/v1/account", "/v1/vault"] {
        assert_eq!(device.get(path).await.refused(), Code::SignedOut);
    }
    let refreshed = device.refresh_with(&token).await;
    assert_eq!(refreshed.refused(), Code::SignedOut);
    device.sign_in(EMAIL, "Laptop").await;
    let late = confirm(&device, &waiting, &confirmation(&ask, &code)).await;
    assert_eq!(late.refused(), Code::Cancelled);
    assert_eq!(state(&device, &waiting).await, "cancelled");
    assert_eq!(device.get("/v1/vault").await.value()["vault"]["count"], 3);
}

async fn f22_dangerous_acts_wait_a_day_and_the_mail_says_why(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    restored::declare(&service.service).await.unwrap();
    let mail = service.newest_mail(EMAIL).await;
    assert_eq!(mail.subject, "The service was restored: sign in again");
    assert!(
        mail.text.contains("restored from a backup"),
        "{}",
        mail.text
    );
    let mut new = service.another(EMAIL, "New").await;
    let ask = vault.clear_everywhere(&new);
    for pass in [0, DAY - 1] {
        service.pass(pass);
        new.refresh().await;
        let held = new.post("/v1/operations", &ask).await;
        assert_eq!(held.refused(), Code::Held);
    }
    service.pass(1);
    asked(&new, &ask).await;
}

async fn f22_what_waits_seven_days_lapses_and_a_deletion_waits_anew(mut service: TestService) {
    let scene = Scene::of(&mut service, Lost::Factor).await;
    scene.begin(&service).await;
    // The no came after the backup, and is forgotten.
    service.pass(WEEK - 60);
    service
        .sql("update accounts set delete_at = 1795442701")
        .await;
    restored::declare(&service.service).await.unwrap();
    let anew = service.now() + WEEK;
    let goes = format!("accounts where delete_at = {anew}");
    assert_eq!(rows(&service, &goes).await, 1);
    service.pass(120);
    service.tidy().await;
    assert_eq!(scene.happened(&service).await, 0);
    assert_eq!(rows(&service, "factors").await, 1);
    assert_eq!(rows(&service, "waits where state = 'lapsed'").await, 1);
    assert_eq!(rows(&service, "accounts").await, 1);
}

async fn f22_declared_twice_it_does_no_harm(service: TestService) {
    service.signed_in(EMAIL).await;
    for _ in 0..2 {
        assert_eq!(restored::declare(&service.service).await.unwrap(), 1);
    }
    let device = service.another(EMAIL, "Laptop").await;
    assert_eq!(
        standing(&device).await.held_until,
        Some(service.now() + DAY)
    );
}
