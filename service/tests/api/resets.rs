//! A forgotten master password.

use sigill_core::confirmation::action::{Action, RestoreReach, RestoreSource};
use sigill_core::confirmation::policy::Proof;
use sigill_core::vault::head::Head;
use sigill_core::wire::operation::{Ask, Confirm};
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{Anchoring, Generations};

use crate::clear::receipt;
use crate::device::{PASSWORD, TestDevice};
use crate::guards::EMAIL;
use crate::proofs::{prove, unsynced};
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, cloud, confirm, confirmation, password, proving};

on_each_database! {
    s2_after_a_reset_a_new_vault_stands_and_the_old_one_lies_sealed_for_thirty_days,
    a_reset_brings_keys_that_nobody_had,
    a_renewal_brings_the_next_epoch_of_the_vault_that_stands_and_nothing_else,
    with_sync_off_a_reset_is_this_devices_own,
    s29_the_old_vault_comes_back_with_code_and_password,
}

/// A new vault, chained to where `old` stands.
fn new_after(old: &TestVault) -> TestVault {
    let mut new = TestVault::new();
    new.seq = old.seq;
    new.head_hash = old.head_hash;
    new
}

pub(crate) fn with_tag(vault: &TestVault, head: &Head, confirm: Confirm) -> Confirm {
    Confirm {
        head_tag: Some(vault.tag(head)),
        ..confirm
    }
}

async fn reset(service: &TestService, device: &TestDevice, old: &TestVault) -> (Ask, TestVault) {
    let mut new = new_after(old);
    let (ask, head) = new.bringing(device, Action::ResetMasterPassword).await;
    let waiting = asked(device, &ask).await;
    assert_eq!(waiting.required, [Proof::EmailCode]);
    let code = service.code(EMAIL).await;
    let confirmation = with_tag(&new, &head, confirmation(&ask, &code));
    let answer = confirm(device, &waiting, &confirmation).await;
    let receipt = receipt(device, &answer).receipt;
    assert_eq!(receipt.new_seq, head.seq);
    assert_eq!(receipt.quarantine_until, service.now() + 30 * 86_400);
    new.stands(&head);
    (ask, new)
}

async fn s2_after_a_reset_a_new_vault_stands_and_the_old_one_lies_sealed_for_thirty_days(
    service: TestService,
) {
    let device = service.signed_in(EMAIL).await;
    let mut old = TestVault::new();
    old.create(&device, 3).await;
    let (ask, mut new) = reset(&service, &device, &old).await;
    let now = cloud(&device).await;
    assert_eq!((now.seq, now.head_hash), (new.seq, new.head_hash));
    let vault = now.vault.unwrap();
    assert_eq!((vault.vault, vault.count), (new.id, 0));
    assert_eq!(
        (vault.slots, vault.anchoring),
        (new.slots(), Anchoring::Anchored)
    );
    assert_eq!(now.last_act.unwrap().action, ask.request.action);
    let sealed: Generations = device.get("/v1/generations").await.expect(200).json();
    let sealed = &sealed.generations[0];
    assert_eq!((sealed.vault, sealed.count), (old.id, 3));
    assert_eq!(sealed.until, service.now() + 30 * 86_400);
    let records = new.add(&device, 1);
    new.push(&device, records).await;
}

async fn a_reset_brings_keys_that_nobody_had(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let mut old = TestVault::new();
    old.create(&device, 3).await;
    let mails = service.mails(EMAIL).await.len();
    let (ask, _) = old.bringing(&device, Action::ResetMasterPassword).await;
    let answer = device.post("/v1/operations", &ask).await;
    assert_eq!(answer.refused(), Code::MalformedVault);
    let nothing = old.ask(&device, Action::ResetMasterPassword);
    let answer = device.post("/v1/operations", &nothing).await;
    assert_eq!(answer.refused(), Code::MalformedRequest);
    assert_eq!(service.mails(EMAIL).await.len(), mails);
    assert_eq!(cloud(&device).await.vault.unwrap().vault, old.id);
}

async fn a_renewal_brings_the_next_epoch_of_the_vault_that_stands_and_nothing_else(
    service: TestService,
) {
    let device = service.signed_in(EMAIL).await;
    let mut old = TestVault::new();
    old.create(&device, 3).await;
    let mails = service.mails(EMAIL).await.len();
    let foreign = new_after(&old);
    for wrong in [&old, &foreign] {
        let (ask, _) = wrong.bringing(&device, Action::RenewMasterPassword).await;
        let answer = device.post("/v1/operations", &ask).await;
        assert_eq!(answer.refused(), Code::MalformedVault);
    }
    let next = old.next_epoch(&device);
    let (ask, _) = next.bringing(&device, Action::ResetMasterPassword).await;
    let answer = device.post("/v1/operations", &ask).await;
    assert_eq!(
        answer.refused(),
        Code::MalformedVault,
        "it says that all is new"
    );
    assert_eq!(service.mails(EMAIL).await.len(), mails);

    let (ask, head) = next.bringing(&device, Action::RenewMasterPassword).await;
    let waiting = asked(&device, &ask).await;
    assert_eq!(waiting.required, [Proof::EmailCode]);
    let code = service.code(EMAIL).await;
    let confirmation = with_tag(&next, &head, confirmation(&ask, &code));
    receipt(&device, &confirm(&device, &waiting, &confirmation).await);
    let stands = cloud(&device).await.vault.unwrap();
    assert_eq!((stands.vault, stands.epoch), (old.id, 2));
    assert_eq!((stands.count, stands.slots), (3, next.slots()));
    let sealed: Generations = device.get("/v1/generations").await.expect(200).json();
    assert_eq!(sealed.generations[0].count, 3);
}

async fn with_sync_off_a_reset_is_this_devices_own(service: TestService) {
    let (device, old) = unsynced(&service).await;
    let phone = service.another(EMAIL, "Phone").await;
    let before = cloud(&phone).await;
    let ask = old.ask(&device, Action::ResetMasterPassword);
    let waiting = asked(&device, &ask).await;
    assert_eq!(waiting.required, [Proof::AccountPassword]);
    let answer = confirm(&device, &waiting, &proving(&ask, password(PASSWORD))).await;
    let receipt = receipt(&device, &answer).receipt;
    assert_eq!(receipt.quarantine_until, receipt.executed_at);
    assert_eq!(cloud(&phone).await, before);
}

async fn s29_the_old_vault_comes_back_with_code_and_password(service: TestService) {
    let mut device = service.signed_in(EMAIL).await;
    let mut old = TestVault::new();
    old.create(&device, 3).await;
    let (_, new) = reset(&service, &device, &old).await;
    service.pass(3_600);
    device.refresh().await;
    let sealed: Generations = device.get("/v1/generations").await.expect(200).json();
    let generation = sealed.generations[0].generation;
    let action = Action::Restore {
        source: RestoreSource::Cloud { generation },
        reach: RestoreReach::AcrossEpochs,
    };
    let ask = new.ask(&device, action);
    receipt(&device, &prove(&service, &device, &ask).await);
    let back = cloud(&device).await.vault.unwrap();
    assert_eq!((back.vault, back.count), (old.id, 3));
    assert_eq!(back.anchoring, Anchoring::Unanchored);
}
