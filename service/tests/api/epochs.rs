//! New keys for the vault that stands: a change of its master password, and what
//! the key before says of it.

use sigill_core::confirmation::action::Action;
use sigill_core::vault::head::Head;
use sigill_core::wire::Bytes;
use sigill_core::wire::operation::Confirm;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::NewEpoch;

use crate::clear::receipt;
use crate::device::TestDevice;
use crate::resets::with_tag;
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, cloud, confirm, confirmation};

const EMAIL: &str = "asa@example.com";

on_each_database! {
    a_voucher_is_kept_with_the_generation_that_it_is_for_and_with_no_other,
    a_voucher_of_another_length_is_refused_and_nothing_changes,
    a_renewal_may_bring_a_voucher_and_no_other_act,
}

/// A vault of three entries, in step with the cloud.
async fn standing(service: &TestService) -> (TestDevice, TestVault) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 3).await;
    (device, vault)
}

/// The next epoch of `old`, ready to begin, and its first head.
async fn next(device: &TestDevice, old: &TestVault) -> (TestVault, Head, NewEpoch) {
    let next = old.next_epoch(device);
    let head = next.head(device);
    let begins = old.begins(device, (&next, &head)).await;
    (next, head, begins)
}

async fn voucher_in_cloud(device: &TestDevice) -> Option<Bytes> {
    cloud(device).await.vault.unwrap().voucher
}

async fn a_voucher_is_kept_with_the_generation_that_it_is_for_and_with_no_other(
    service: TestService,
) {
    let (device, old) = standing(&service).await;
    assert_eq!(voucher_in_cloud(&device).await, None);
    let (mut new, head, begins) = next(&device, &old).await;
    let voucher = old.vouch(&head);
    let begins = NewEpoch {
        voucher: Some(voucher.clone()),
        ..begins
    };
    device.post("/v1/vault/epoch", &begins).await.expect(200);
    new.stands(&head);
    assert_eq!(voucher_in_cloud(&device).await, Some(voucher.clone()));
    let records = new.add(&device, 1);
    new.push(&device, records).await;
    assert_eq!(voucher_in_cloud(&device).await, Some(voucher), "it stays");

    let (silent, head, begins) = next(&device, &new).await;
    device.post("/v1/vault/epoch", &begins).await.expect(200);
    let stands = cloud(&device).await;
    assert_eq!(stands.head_hash, head.hash());
    let stands = stands.vault.unwrap();
    assert_eq!((stands.slots, stands.voucher), (silent.slots(), None));
}

async fn a_voucher_of_another_length_is_refused_and_nothing_changes(service: TestService) {
    let (device, old) = standing(&service).await;
    let before = cloud(&device).await;
    let (_, _, begins) = next(&device, &old).await;
    for length in [0, 31, 33, 4096] {
        let wrong = NewEpoch {
            voucher: Some(Bytes(vec![0; length])),
            ..begins.clone()
        };
        let answer = device.post("/v1/vault/epoch", &wrong).await;
        assert_eq!(answer.refused(), Code::MalformedVault, "{length}");
        assert_eq!(cloud(&device).await, before, "{length}");
    }
}

async fn a_renewal_may_bring_a_voucher_and_no_other_act(service: TestService) {
    let (device, old) = standing(&service).await;
    let vouched = |vault: &TestVault, head: &Head, confirm: Confirm| Confirm {
        voucher: Some(old.vouch(head)),
        ..with_tag(vault, head, confirm)
    };
    let (ask, head) = old.replace_cloud(&device).await;
    let waiting = asked(&device, &ask).await;
    let code = service.code(EMAIL).await;
    let wrong = vouched(&old, &head, confirmation(&ask, &code));
    let answer = confirm(&device, &waiting, &wrong).await;
    assert_eq!(answer.refused(), Code::MalformedRequest);

    let next = old.next_epoch(&device);
    let (ask, head) = next.bringing(&device, Action::RenewMasterPassword).await;
    let waiting = asked(&device, &ask).await;
    let code = service.code(EMAIL).await;
    let long = Confirm {
        voucher: Some(Bytes(vec![0; 33])),
        ..with_tag(&next, &head, confirmation(&ask, &code))
    };
    let answer = confirm(&device, &waiting, &long).await;
    assert_eq!(answer.refused(), Code::MalformedVault);
    let right = vouched(&next, &head, confirmation(&ask, &code));
    receipt(&device, &confirm(&device, &waiting, &right).await);
    assert_eq!(voucher_in_cloud(&device).await, Some(old.vouch(&head)));
}
