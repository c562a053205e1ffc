//! Replacing the cloud with what is on the device.

use sigill_core::id::Hash;
use sigill_core::wire::Bytes;
use sigill_core::wire::operation::{Ask, Confirm};
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{Changes, Generations};

use crate::clear::receipt;
use crate::device::TestDevice;
use crate::rig::TestService;
use crate::vaults::{TestVault, Wrong, asked, cloud, confirm, confirmation, wrong};

on_each_database! {
    replacing_puts_this_devices_content_into_the_cloud,
    the_head_needs_its_tag_and_the_tag_its_length,
    what_is_brought_is_looked_at_before_any_mail_leaves,
    what_was_shown_can_not_be_changed_while_it_waits,
    an_upload_refused_for_a_limit_can_be_used_later,
}

pub(crate) fn with_tag(ask: &Ask, code: &str, tag: Bytes) -> Confirm {
    Confirm {
        head_tag: Some(tag),
        voucher: None,
        ..confirmation(ask, code)
    }
}

/// A cloud with two entries, and a device that holds another state of the same vault.
async fn both(service: &TestService, email: &str) -> (TestDevice, TestVault, TestVault) {
    let device = service.signed_in(email).await;
    let mut vault = TestVault::new();
    vault.create(&device, 2).await;
    let mut local = vault.clone();
    local.records.clear();
    local.add(&device, 150);
    (device, vault, local)
}

async fn replacing_puts_this_devices_content_into_the_cloud(service: TestService) {
    let email = "asa@example.com";
    let (device, vault, mut local) = both(&service, email).await;
    let (ask, head) = local.replace_cloud(&device).await;
    let asked = asked(&device, &ask).await;
    let mail = service.newest_mail(email).await;
    assert!(
        mail.text
            .contains("There are 2 entries in the cloud now. After it there are 150.")
    );
    let answer = confirm(
        &device,
        &asked,
        &with_tag(&ask, &mail.code(), local.tag(&head)),
    )
    .await;
    let receipt = receipt(&device, &answer).receipt;
    assert_eq!(receipt.new_seq, 2);
    let stands = cloud(&device).await;
    assert_eq!((stands.seq, stands.head_hash), (2, head.hash()));
    let shown = stands.vault.unwrap();
    assert_eq!((shown.count, shown.head), (150, local.tagged(&head)));
    // A device with a pin gets the chain, and everything.
    let path = format!("/v1/vault/changes?generation={}&since=1", shown.generation);
    let changes: Changes = device.get(&path).await.expect(200).json();
    assert_eq!(changes.heads, [local.tagged(&head)]);
    assert_eq!(changes.records.len(), 150);
    let sealed: Generations = device.get("/v1/generations").await.expect(200).json();
    assert_eq!(sealed.generations[0].head_hash, vault.head_hash);
    assert_eq!(sealed.generations[0].count, 2);
    // And life goes on.
    local.stands(&head);
    let records = local.add(&device, 1);
    assert_eq!(local.push(&device, records).await.seq, 3);
}

async fn the_head_needs_its_tag_and_the_tag_its_length(service: TestService) {
    let email = "asa@example.com";
    let (device, _, local) = both(&service, email).await;
    let (ask, head) = local.replace_cloud(&device).await;
    let asked = asked(&device, &ask).await;
    let code = service.code(email).await;
    for length in [0, 31, 33] {
        let tag = Bytes(vec![0; length]);
        let answer = confirm(&device, &asked, &with_tag(&ask, &code, tag)).await;
        assert_eq!(answer.refused(), Code::MalformedVault, "{length}");
    }
    let without = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(without.refused(), Code::MalformedRequest);
    let guess = with_tag(&ask, &wrong(&code), local.tag(&head));
    let answer = confirm(&device, &asked, &guess).await;
    assert_eq!(
        answer.value()["tries_left"],
        4,
        "no try was spent on shapes"
    );
    let answer = confirm(&device, &asked, &with_tag(&ask, &code, local.tag(&head))).await;
    receipt(&device, &answer);
}

async fn what_is_brought_is_looked_at_before_any_mail_leaves(service: TestService) {
    let email = "asa@example.com";
    let (device, _, local) = both(&service, email).await;
    let mails = service.mails(email).await.len();
    let wrong: [Wrong; 6] = [
        ("root", |head| head.items_root = Hash([1; 32])),
        ("count", |head| head.count += 1),
        ("account", |head| head.account = None),
        ("operation", |head| head.operation = None),
        ("seq", |head| head.seq += 1),
        ("restored", |head| head.restored_from = Some(Hash([1; 32]))),
    ];
    for (what, change) in wrong {
        let (mut ask, mut head) = local.replace_cloud(&device).await;
        change(&mut head);
        ask.request.new_head_hash = Some(head.hash());
        ask.new_head = Some(Bytes(head.to_bytes()));
        ask.digest = ask.request.digest(device.account, device.id());
        let answer = device.post("/v1/operations", &ask).await;
        assert_eq!(answer.refused(), Code::MalformedVault, "{what}");
    }
    let (mut ask, _) = local.replace_cloud(&device).await;
    ask.request.upload = Some(sigill_core::id::UploadId([1; 16]));
    ask.digest = ask.request.digest(device.account, device.id());
    assert_eq!(
        device.post("/v1/operations", &ask).await.refused(),
        Code::NotFound
    );
    let (mut ask, _) = local.replace_cloud(&device).await;
    ask.new_head = None;
    assert_eq!(
        device.post("/v1/operations", &ask).await.refused(),
        Code::MalformedRequest
    );
    assert_eq!(
        service.mails(email).await.len(),
        mails,
        "nothing was mailed"
    );
}

async fn what_was_shown_can_not_be_changed_while_it_waits(service: TestService) {
    let email = "asa@example.com";
    let (device, _, mut local) = both(&service, email).await;
    let (ask, _) = local.replace_cloud(&device).await;
    asked(&device, &ask).await;
    let records = local.add(&device, 1);
    let path = format!("/v1/uploads/{}", ask.request.upload.unwrap());
    let more = serde_json::json!({ "records": records });
    assert_eq!(device.put(&path, &more).await.refused(), Code::NotFound);
}

async fn an_upload_refused_for_a_limit_can_be_used_later(service: TestService) {
    let email = "asa@example.com";
    let (mut device, vault, local) = both(&service, email).await;
    for _ in 0..2 {
        asked(&device, &vault.clear_this_device(&device)).await;
    }
    let (ask, _) = local.replace_cloud(&device).await;
    let answer = device.post("/v1/operations", &ask).await;
    assert_eq!(answer.refused(), Code::TooManyRequests);
    service.pass(3_600);
    device.refresh().await;
    asked(&device, &ask).await;
}
