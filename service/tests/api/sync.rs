//! The cloud's copy: pushes, changes, uploads.

use sigill_core::id::Hash;
use sigill_core::vault::head::Head;
use sigill_core::wire::Bytes;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{Changes, Push};

use crate::device::TestDevice;
use crate::rig::TestService;
use crate::vaults::{TestVault, Wrong, asked, cloud};

on_each_database! {
    a_vault_goes_up_and_comes_down_byte_for_byte,
    a_delta_holds_what_changed_and_the_heads_to_follow,
    of_two_pushes_on_one_head_the_later_is_told_that_the_head_moved,
    a_push_again_after_its_answer_was_lost_is_the_same_push,
    many_records_go_up_in_parts_and_come_down_in_pages,
    a_head_that_does_not_fit_is_refused_and_changes_nothing,
    another_vault_is_refused_where_one_stands,
    a_device_whose_operation_waits_does_not_push,
    an_upload_is_its_devices_own_and_lives_a_day,
    records_of_another_vault_are_refused_whichever_way_they_come,
    accounts_do_not_see_each_other,
}

async fn changes(device: &TestDevice, since: u64) -> Changes {
    let generation = cloud(device).await.vault.unwrap().generation;
    let path = format!("/v1/vault/changes?generation={generation}&since={since}");
    device.get(&path).await.expect(200).json()
}

async fn a_vault_goes_up_and_comes_down_byte_for_byte(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let empty = cloud(&device).await;
    assert_eq!(
        (empty.seq, empty.head_hash, empty.vault),
        (0, Hash::NOTHING, None)
    );
    let mut vault = TestVault::new();
    let pushed = vault.create(&device, 7).await;
    assert_eq!(pushed.seq, 1);
    let stands = cloud(&device).await;
    assert_eq!((stands.seq, stands.head_hash), (1, vault.head_hash));
    let shown = stands.vault.unwrap();
    assert_eq!(
        (shown.vault, shown.count, shown.slots),
        (vault.id, 7, vault.slots())
    );
    let came = changes(&device, 0).await;
    let mut expected: Vec<Bytes> = vault
        .records
        .values()
        .map(|r| Bytes(r.to_bytes()))
        .collect();
    expected.sort_by_key(|bytes| bytes.0.clone());
    let mut records = came.records;
    records.sort_by_key(|bytes| bytes.0.clone());
    assert_eq!(records, expected);
    assert_eq!(came.heads, [shown.head]);
    assert_eq!(came.after, None);
}

async fn a_delta_holds_what_changed_and_the_heads_to_follow(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let mut vault = TestVault::new();
    vault.create(&device, 3).await;
    let erased = *vault.records.keys().next().unwrap();
    let second = vault.add(&device, 1);
    vault.push(&device, second).await;
    let tombstone = vault.erase(&device, erased);
    vault.push(&device, vec![tombstone.clone()]).await;
    let after_first = changes(&device, 1).await;
    assert_eq!(after_first.records.len(), 2);
    let seqs: Vec<u64> = after_first
        .heads
        .iter()
        .map(|head| Head::from_bytes(&head.head.0).unwrap().seq)
        .collect();
    assert_eq!(seqs, [2, 3]);
    let after_second = changes(&device, 2).await;
    assert_eq!(after_second.records, [tombstone]);
    assert_eq!(cloud(&device).await.vault.unwrap().count, 3);
    assert_eq!(changes(&device, 3).await.records, []);
}

async fn of_two_pushes_on_one_head_the_later_is_told_that_the_head_moved(service: TestService) {
    let laptop = service.signed_in("asa@example.com").await;
    let phone = service.another("asa@example.com", "Phone").await;
    let mut vault = TestVault::new();
    vault.create(&laptop, 1).await;
    let (mut ours, mut theirs) = (vault.clone(), vault);
    let first = ours.add(&laptop, 1);
    let second = theirs.add(&phone, 1);
    ours.push(&laptop, first).await;
    let late = theirs.push_of(&phone, second);
    assert_eq!(
        phone.post("/v1/vault/push", &late).await.refused(),
        Code::HeadMoved
    );
    assert_eq!(cloud(&laptop).await.head_hash, ours.head_hash);

    // Both at once: exactly one gets through.
    let records = ours.add(&laptop, 1);
    let one = ours.push_of(&laptop, records);
    let mut theirs = ours.clone();
    let records = theirs.add(&phone, 1);
    let other = theirs.push_of(&phone, [one.records.clone(), records].concat());
    let (one, other) = tokio::join!(
        laptop.post("/v1/vault/push", &one),
        phone.post("/v1/vault/push", &other)
    );
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
}

async fn a_push_again_after_its_answer_was_lost_is_the_same_push(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let records = vault.add(&device, 1);
    let push = vault.push_of(&device, records);
    let first = device.post("/v1/vault/push", &push).await.expect(200);
    let again = device.post("/v1/vault/push", &push).await.expect(200);
    assert_eq!(first.body, again.body);
    assert_eq!(cloud(&device).await.seq, 2);
}

async fn many_records_go_up_in_parts_and_come_down_in_pages(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let mut vault = TestVault::new();
    vault.add(&device, 2_300);
    let upload = vault.stage(&device).await;
    let head = vault.head(&device);
    let push = Push {
        slots: Some(vault.slots()),
        upload: Some(upload),
        ..vault.push_of(&device, Vec::new())
    };
    device.post("/v1/vault/push", &push).await.expect(200);
    vault.stands(&head);
    let generation = cloud(&device).await.vault.unwrap().generation;
    let mut path = format!("/v1/vault/changes?generation={generation}&since=0");
    let mut records = Vec::new();
    loop {
        let page: Changes = device.get(&path).await.expect(200).json();
        assert_eq!(
            page.heads.len(),
            usize::from(records.is_empty()),
            "heads on the first page"
        );
        records.extend(page.records);
        match page.after {
            Some(after) => {
                path = format!("/v1/vault/changes?generation={generation}&since=0&after={after}");
            }
            None => break,
        }
    }
    assert_eq!(records.len(), 2_300);
    let used = device
        .put(
            &format!("/v1/uploads/{upload}"),
            &serde_json::json!({"records": []}),
        )
        .await;
    assert_eq!(used.refused(), Code::NotFound, "an upload serves once");
}

async fn a_head_that_does_not_fit_is_refused_and_changes_nothing(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let mut vault = TestVault::new();
    vault.create(&device, 2).await;
    let before = (
        cloud(&device).await.head_hash,
        changes(&device, 0).await.records,
    );
    let records = vault.add(&device, 1);
    let head = vault.head(&device);
    let wrong: [Wrong; 9] = [
        ("root", |head| head.items_root = Hash([1; 32])),
        ("count", |head| head.count += 1),
        ("seq", |head| head.seq += 1),
        ("previous", |head| head.previous = Hash([1; 32])),
        ("slots", |head| head.slots_hash = Hash([1; 32])),
        ("account", |head| head.account = None),
        ("writer", |head| head.writer.0[0] ^= 1),
        ("operation", |head| {
            head.operation = Some(sigill_core::id::IdempotencyKey([1; 16]))
        }),
        ("other account", |head| {
            head.account = Some(sigill_core::id::AccountId([1; 16]))
        }),
    ];
    for (what, change) in wrong {
        let mut head = head.clone();
        change(&mut head);
        let push = Push {
            head: vault.tagged(&head),
            ..vault.push_of(&device, records.clone())
        };
        let answer = device.post("/v1/vault/push", &push).await;
        assert_eq!(answer.refused(), Code::MalformedVault, "{what}");
    }
    let mut cut = vault.push_of(&device, records.clone());
    cut.head.tag.0.pop();
    assert_eq!(
        device.post("/v1/vault/push", &cut).await.refused(),
        Code::MalformedVault
    );
    let mut cut = vault.push_of(&device, records);
    cut.records[0].0.pop();
    assert_eq!(
        device.post("/v1/vault/push", &cut).await.refused(),
        Code::MalformedVault
    );
    let after = (
        cloud(&device).await.head_hash,
        changes(&device, 0).await.records,
    );
    assert_eq!(before, after);
}

async fn another_vault_is_refused_where_one_stands(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let mut other = TestVault::new();
    other.seq = vault.seq;
    other.head_hash = vault.head_hash;
    let records = other.add(&device, 1);
    let push = Push {
        slots: Some(other.slots()),
        ..other.push_of(&device, records)
    };
    assert_eq!(
        device.post("/v1/vault/push", &push).await.refused(),
        Code::VaultDiffers
    );
    let generation = sigill_core::id::GenerationId([1; 16]);
    let path = format!("/v1/vault/changes?generation={generation}&since=0");
    assert_eq!(device.get(&path).await.refused(), Code::GenerationReplaced);
}

async fn a_device_whose_operation_waits_does_not_push(service: TestService) {
    let laptop = service.signed_in("asa@example.com").await;
    let phone = service.another("asa@example.com", "Phone").await;
    let mut vault = TestVault::new();
    vault.create(&laptop, 1).await;
    let asked = asked(&laptop, &vault.clear_this_device(&laptop)).await;
    let records = vault.add(&laptop, 1);
    let push = vault.push_of(&laptop, records);
    assert_eq!(
        laptop.post("/v1/vault/push", &push).await.refused(),
        Code::OperationPending
    );
    let mut theirs = vault.clone();
    let new = theirs.add(&phone, 1);
    let all = [push.records.clone(), new].concat();
    theirs.push(&phone, all).await;
    laptop
        .touch(&format!("/v1/operations/{}/cancel", asked.operation))
        .await
        .expect(204);
    assert_eq!(
        laptop.post("/v1/vault/push", &push).await.refused(),
        Code::HeadMoved
    );
}

async fn an_upload_is_its_devices_own_and_lives_a_day(service: TestService) {
    let laptop = service.signed_in("asa@example.com").await;
    let mut phone = service.another("asa@example.com", "Phone").await;
    let mut vault = TestVault::new();
    vault.add(&laptop, 2);
    let upload = vault.stage(&laptop).await;
    let path = format!("/v1/uploads/{upload}");
    let none = serde_json::json!({"records": []});
    assert_eq!(phone.put(&path, &none).await.refused(), Code::NotFound);
    let record = Bytes(vault.records.values().next().unwrap().to_bytes());
    let again = serde_json::json!({ "records": [record] });
    laptop.put(&path, &again).await.expect(204);
    service.pass(86_400);
    service.tidy().await;
    phone.refresh().await;
    let mut laptop = laptop;
    laptop.refresh().await;
    assert_eq!(laptop.put(&path, &again).await.refused(), Code::NotFound);
}

async fn records_of_another_vault_are_refused_whichever_way_they_come(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let mut other = TestVault::new();
    let foreign = other.add(&device, 1);
    vault.records.extend(other.records.clone());
    let push = vault.push_of(&device, foreign);
    let answer = device.post("/v1/vault/push", &push).await;
    assert_eq!(answer.refused(), Code::MalformedVault);
    let push = Push {
        upload: Some(other.stage(&device).await),
        ..vault.push_of(&device, Vec::new())
    };
    let answer = device.post("/v1/vault/push", &push).await;
    assert_eq!(answer.refused(), Code::MalformedVault);
}

async fn accounts_do_not_see_each_other(service: TestService) {
    let asa = service.signed_in("asa@example.com").await;
    let bo = service.signed_in("bo@example.com").await;
    let mut vault = TestVault::new();
    vault.create(&asa, 1).await;
    let generation = cloud(&asa).await.vault.unwrap().generation;
    assert_eq!(cloud(&bo).await.vault, None);
    let path = format!("/v1/vault/changes?generation={generation}&since=0");
    assert_eq!(bo.get(&path).await.refused(), Code::GenerationReplaced);
}
