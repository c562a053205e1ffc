//! Bringing back what was displaced.

use std::error::Error as _;

use sigill_core::confirmation::action::{Action, RestoreReach, RestoreSource};
use sigill_core::confirmation::policy::Proof;
use sigill_core::id::GenerationId;
use sigill_core::vault::generation::{Standing, anchor};
use sigill_core::vault::head::Head;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{Anchoring, Changes, Generations, Push};

use crate::clear::receipt;
use crate::device::TestDevice;
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, cloud, confirm, confirmation};

on_each_database! {
    what_was_cleared_comes_back_byte_for_byte_and_waits_for_its_anchor,
    an_unanchored_generation_takes_nothing_but_its_anchoring_head,
    after_thirty_days_nothing_is_left_to_bring_back,
    a_generation_of_another_account_or_none_is_not_found,
    a_generation_sealed_under_other_keys_needs_more_than_a_code,
    what_lies_on_the_device_comes_back_there_only,
    one_restore_a_day_lies_outside_the_limits,
}

async fn clear(service: &TestService, device: &TestDevice, vault: &TestVault, email: &str) {
    let ask = vault.clear_everywhere(device);
    let asked = asked(device, &ask).await;
    let code = service.code(email).await;
    confirm(device, &asked, &confirmation(&ask, &code))
        .await
        .expect(200);
}

async fn sealed(device: &TestDevice) -> Vec<GenerationId> {
    let found: Generations = device.get("/v1/generations").await.expect(200).json();
    found
        .generations
        .into_iter()
        .map(|sealed| sealed.generation)
        .collect()
}

/// A vault of `entries`, cleared everywhere; the device knows where the cloud stands.
async fn cleared(service: &TestService, email: &str, entries: usize) -> (TestDevice, TestVault) {
    let device = service.signed_in(email).await;
    let mut vault = TestVault::new();
    vault.create(&device, entries).await;
    clear(service, &device, &vault, email).await;
    vault.seq = cloud(&device).await.seq;
    (device, vault)
}

pub(crate) async fn restore(
    service: &TestService,
    device: &TestDevice,
    vault: &TestVault,
    email: &str,
) {
    let generation = sealed(device).await[0];
    let ask = vault.restore(device, generation);
    let asked = asked(device, &ask).await;
    let code = service.code(email).await;
    let answer = confirm(device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(receipt(device, &answer).receipt.new_seq, vault.seq + 1);
}

async fn what_was_cleared_comes_back_byte_for_byte_and_waits_for_its_anchor(service: TestService) {
    let email = "asa@example.com";
    let (device, mut vault) = cleared(&service, email, 5).await;
    let head_before = vault.head_hash;
    restore(&service, &device, &vault, email).await;
    assert!(
        sealed(&device).await.is_empty(),
        "nothing stood there to be displaced"
    );
    let back = cloud(&device).await;
    assert_eq!((back.seq, back.head_hash), (3, head_before));
    let shown = back.vault.unwrap();
    assert_eq!(
        (shown.vault, shown.count, shown.anchoring),
        (vault.id, 5, Anchoring::Unanchored)
    );
    assert_eq!(shown.slots, vault.slots());
    let path = format!("/v1/vault/changes?generation={}&since=2", shown.generation);
    let changes: Changes = device.get(&path).await.expect(200).json();
    let mut found: Vec<_> = changes.records.into_iter().map(|bytes| bytes.0).collect();
    let mut expected: Vec<_> = vault
        .records
        .values()
        .map(|record| record.to_bytes())
        .collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);

    let restored = Head::from_bytes(&shown.head.head.0).unwrap();
    let standing = Standing {
        seq: back.seq,
        head_hash: back.head_hash,
    };
    let head = anchor(&restored, standing, device.id(), 9);
    vault.seq = back.seq;
    let push = Push {
        head: vault.tagged(&head),
        ..vault.push_of(&device, Vec::new())
    };
    device.post("/v1/vault/push", &push).await.expect(200);
    let anchored = cloud(&device).await;
    assert_eq!((anchored.seq, anchored.head_hash), (4, head.hash()));
    assert_eq!(anchored.vault.unwrap().anchoring, Anchoring::Anchored);
    vault.stands(&head);
    let records = vault.add(&device, 1);
    vault.push(&device, records).await;
}

async fn an_unanchored_generation_takes_nothing_but_its_anchoring_head(service: TestService) {
    let email = "asa@example.com";
    let (device, mut vault) = cleared(&service, email, 2).await;
    restore(&service, &device, &vault, email).await;
    vault.seq = 3;
    let records = vault.add(&device, 1);
    let push = vault.push_of(&device, records);
    assert_eq!(
        device.post("/v1/vault/push", &push).await.refused(),
        Code::VaultDiffers
    );
    let head = Head {
        restored_from: Some(sigill_core::id::Hash([1; 32])),
        ..vault.head(&device)
    };
    let push = Push {
        head: vault.tagged(&head),
        ..push
    };
    assert_eq!(
        device.post("/v1/vault/push", &push).await.refused(),
        Code::VaultDiffers
    );
}

async fn after_thirty_days_nothing_is_left_to_bring_back(service: TestService) {
    let email = "asa@example.com";
    let (mut device, vault) = cleared(&service, email, 2).await;
    let generation = sealed(&device).await[0];
    service.pass(30 * 86_400 - 1);
    device.refresh().await;
    service.tidy().await;
    assert_eq!(sealed(&device).await, [generation], "until its last second");
    service.pass(1);
    assert!(
        sealed(&device).await.is_empty(),
        "also before it is tidied away"
    );
    let ask = vault.restore(&device, generation);
    assert_eq!(
        device.post("/v1/operations", &ask).await.refused(),
        Code::NotFound
    );
    service.tidy().await;
    service.tidy().await;
    service.set_clock_back(2);
    assert!(
        sealed(&device).await.is_empty(),
        "a clock set back brings nothing back"
    );
}

async fn a_generation_of_another_account_or_none_is_not_found(service: TestService) {
    let (asa, _) = cleared(&service, "asa@example.com", 1).await;
    let (bo, vault) = cleared(&service, "bo@example.com", 1).await;
    let foreign = vault.restore(&bo, sealed(&asa).await[0]);
    let absent = vault.restore(&bo, GenerationId([1; 16]));
    let foreign = bo.post("/v1/operations", &foreign).await;
    let absent = bo.post("/v1/operations", &absent).await;
    assert_eq!(foreign.refused(), Code::NotFound);
    assert_eq!((foreign.status, foreign.body), (absent.status, absent.body));
}

async fn a_generation_sealed_under_other_keys_needs_more_than_a_code(service: TestService) {
    let email = "asa@example.com";
    let (device, vault) = cleared(&service, email, 1).await;
    let generation = sealed(&device).await[0];
    let mut new = TestVault::new();
    new.seq = vault.seq;
    new.head_hash = vault.head_hash;
    new.create(&device, 1).await;
    let mails = service.mails(email).await.len();
    // Claiming that the keys are the same does not make them so.
    let claim = new.restore(&device, generation);
    assert_eq!(
        device.post("/v1/operations", &claim).await.refused(),
        Code::Stale
    );
    let source = RestoreSource::Cloud { generation };
    let reach = RestoreReach::AcrossEpochs;
    let honest = new.ask(&device, Action::Restore { source, reach });
    let waiting = asked(&device, &honest).await;
    assert_eq!(waiting.required, [Proof::AccountPassword, Proof::EmailCode]);
    assert_eq!(service.mails(email).await.len(), mails);
}

async fn what_lies_on_the_device_comes_back_there_only(service: TestService) {
    let email = "asa@example.com";
    let device = service.signed_in(email).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let before = cloud(&device).await;
    let source = RestoreSource::Device {
        head_hash: vault.head_hash,
    };
    let reach = RestoreReach::SameEpoch;
    let ask = vault.ask(&device, Action::Restore { source, reach });
    let asked = asked(&device, &ask).await;
    let code = service.code(email).await;
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    let receipt = receipt(&device, &answer).receipt;
    assert_eq!(
        (receipt.new_seq, receipt.quarantine_until),
        (1, receipt.executed_at)
    );
    assert_eq!(cloud(&device).await, before);
}

async fn one_restore_a_day_lies_outside_the_limits(service: TestService) {
    let email = "asa@example.com";
    let (device, vault) = cleared(&service, email, 1).await;
    // One operation was spent on clearing; the second is the last of this hour.
    let ask = vault.clear_this_device(&device);
    let waiting = asked(&device, &ask).await;
    device
        .touch(&format!("/v1/operations/{}/cancel", waiting.operation))
        .await
        .expect(204);
    let more = vault.clear_this_device(&device);
    assert_eq!(
        device.post("/v1/operations", &more).await.refused(),
        Code::TooManyRequests
    );
    restore(&service, &device, &vault, email).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erasing_that_is_cut_off_leaves_nothing_that_opens_and_goes_on_later() {
    let service = TestService::on_sqlite().await;
    cleared(&service, "asa@example.com", 3).await;
    service.pass(30 * 86_400);
    service
        .sql(
            "create trigger cut before delete on records begin select raise(abort, 'cut off'); end",
        )
        .await;
    for _ in 0..2 {
        let cut = sigill_service::tidy::tidy(&service.service).await;
        let cause = cut.unwrap_err().source().unwrap().to_string();
        assert!(cause.contains("cut off"), "{cause}");
        let with_slots = "select count(*) from generations where slots is not null";
        assert_eq!(service.number(with_slots).await, 0, "slots go first");
        assert_eq!(service.number("select count(*) from records").await, 3);
    }
    service.sql("drop trigger cut").await;
    for _ in 0..2 {
        service.tidy().await;
        assert_eq!(service.number("select count(*) from records").await, 0);
        assert_eq!(service.number("select count(*) from generations").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn erasing_takes_only_what_has_had_its_time() {
    let service = TestService::on_sqlite().await;
    cleared(&service, "asa@example.com", 3).await;
    service.pass(15 * 86_400);
    cleared(&service, "bo@example.com", 2).await;
    service.pass(15 * 86_400);
    service.tidy().await;
    assert_eq!(service.number("select count(*) from records").await, 2);
    let with_slots = "select count(*) from generations where slots is not null";
    assert_eq!(service.number(with_slots).await, 1);
}
