//! Connecting is taken back by the only device: the service tells of it, by its
//! own rows, and changes nothing.

use sigill_core::wire::problem::Code;

use crate::guards::EMAIL;
use crate::rig::TestService;
use crate::vaults::TestVault;

on_each_database! {
    the_only_device_is_told_yes_for_seventy_two_hours_and_the_mail_says_so,
    the_vault_in_the_cloud_is_left_as_it_is,
    beside_another_device_it_is_refused_whatever_is_claimed,
    it_waits_while_a_hold_runs,
}

const UNDO: &str = "/v1/account/connecting/undo";
const HOUR: u64 = 3_600;
const UNDONE: &str = "select count(*) from timeline where event = 'connecting_undone'";

async fn the_only_device_is_told_yes_for_seventy_two_hours_and_the_mail_says_so(
    service: TestService,
) {
    let mut device = service.signed_in(EMAIL).await;
    device.touch(UNDO).await.expect(204);
    let mail = service.newest_mail(EMAIL).await;
    assert_eq!(
        mail.subject,
        "Sigill: a vault was taken out of your account"
    );
    assert!(mail.text.contains("Laptop took its vault"), "{}", mail.text);
    service.pass(72 * HOUR);
    device.refresh().await;
    assert_eq!(device.touch(UNDO).await.refused(), Code::NotOffered);
    assert_eq!(service.number(UNDONE).await, 1);
}

async fn the_vault_in_the_cloud_is_left_as_it_is(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    TestVault::new().create(&device, 3).await;
    let before = device.get("/v1/vault").await.expect(200);
    device.touch(UNDO).await.expect(204);
    let after = device.get("/v1/vault").await.expect(200);
    assert_eq!(before.body, after.body);
}

async fn beside_another_device_it_is_refused_whatever_is_claimed(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let phone = service.another(EMAIL, "Phone").await;
    for asking in [&device, &phone] {
        let claims = asking.post(UNDO, &serde_json::json!({"alone": true})).await;
        assert_ne!(claims.status, 204);
        assert_eq!(asking.touch(UNDO).await.refused(), Code::NotOffered);
    }
    assert_eq!(service.number(UNDONE).await, 0);
}

async fn it_waits_while_a_hold_runs(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    service.hold(device.account).await;
    assert_eq!(device.touch(UNDO).await.refused(), Code::NotOffered);
    assert_eq!(service.number(UNDONE).await, 0);
}
