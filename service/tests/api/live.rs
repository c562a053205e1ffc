//! A device that waits hears at once of what another one wrote.

use futures_util::future::join_all;
use sigill_core::id::AccountId;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::Moved;

use crate::device::{Answer, TestDevice};
use crate::rig::TestService;
use crate::vaults::TestVault;

on_each_database! {
    whoever_waits_is_answered_once_another_device_writes,
    whoever_knows_less_is_answered_at_once,
    so_many_pages_of_an_account_wait_and_no_more,
    a_device_that_is_signed_out_does_not_wait,
}

const EMAIL: &str = "asa@example.com";
/// As `cloud/live.rs` allows.
const MOST: u32 = 32;

async fn waits(device: &TestDevice, seq: u64) -> Answer {
    device.get(&format!("/v1/vault/moved?seq={seq}")).await
}

fn has_moved(answer: Answer) -> bool {
    let Moved { moved } = answer.expect(200).json();
    moved
}

async fn until_waiting(service: &TestService, account: AccountId, count: u32) {
    while service.service.live.count(account) < count {
        tokio::task::yield_now().await;
    }
}

async fn whoever_waits_is_answered_once_another_device_writes(service: TestService) {
    let laptop = service.signed_in(EMAIL).await;
    let phone = service.another(EMAIL, "Phone").await;
    let mut vault = TestVault::new();
    vault.create(&laptop, 1).await;
    let (answer, ()) = tokio::join!(waits(&phone, 1), async {
        until_waiting(&service, laptop.account, 1).await;
        let more = vault.add(&laptop, 1);
        vault.push(&laptop, more).await;
    });
    assert!(has_moved(answer));
    assert_eq!(service.service.live.count(laptop.account), 0);
}

async fn whoever_knows_less_is_answered_at_once(service: TestService) {
    let laptop = service.signed_in(EMAIL).await;
    TestVault::new().create(&laptop, 1).await;
    assert!(has_moved(waits(&laptop, 0).await));
}

async fn so_many_pages_of_an_account_wait_and_no_more(service: TestService) {
    let laptop = service.signed_in(EMAIL).await;
    TestVault::new().create(&laptop, 1).await;
    let waiting = join_all((0..MOST).map(|_| waits(&laptop, 1)));
    let (answers, one_more) = tokio::join!(waiting, async {
        until_waiting(&service, laptop.account, MOST).await;
        let one_more = waits(&laptop, 1).await;
        service.service.live.end(); // as before it stops: nobody is waited for
        one_more
    });
    assert_eq!(one_more.refused(), Code::TooManyRequests);
    assert!(!answers.into_iter().any(has_moved));
}

async fn a_device_that_is_signed_out_does_not_wait(service: TestService) {
    let laptop = service.signed_in(EMAIL).await;
    let phone = service.another(EMAIL, "Phone").await;
    TestVault::new().create(&laptop, 1).await;
    let path = format!("/v1/devices/{}", phone.id());
    laptop.delete(&path).await.expect(204);
    assert_eq!(waits(&phone, 1).await.refused(), Code::SignedOut);
}
