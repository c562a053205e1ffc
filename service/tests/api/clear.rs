//! Clearing, with the code from the mail.

use sigill_core::confirmation::receipt::{PinnedKey, SignedReceipt};
use sigill_core::wire::account::ReceiptKey;
use sigill_core::wire::operation::{Asked, Confirmed, Mail, Progress};
use sigill_core::wire::vault::Generations;

use crate::device::{Answer, TestDevice};
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, cloud, confirm, confirmation};

on_each_database! {
    clearing_everywhere_empties_the_cloud_and_keeps_it_for_thirty_days,
    clearing_this_device_leaves_the_cloud_as_it_is,
    an_empty_cloud_takes_a_new_vault_chained_to_the_old_one,
    progress_tells_where_it_stands,
}

pub(crate) fn receipt(device: &TestDevice, answer: &Answer) -> SignedReceipt {
    assert_eq!(answer.status, 200, "{}", answer.body);
    match answer.json() {
        Confirmed::Receipt(receipt) => {
            let key: ReceiptKey = serde_json::from_value(device.receipt_key.clone()).unwrap();
            receipt.verify(&PinnedKey::parse(&key).unwrap()).unwrap();
            receipt
        }
        Confirmed::Next(proof) => panic!("one more proof: {proof:?}"),
    }
}

async fn clearing_everywhere_empties_the_cloud_and_keeps_it_for_thirty_days(service: TestService) {
    let email = "asa@example.com";
    let device = service.signed_in(email).await;
    let mut vault = TestVault::new();
    vault.create(&device, 3).await;
    let before = service.mails(email).await.len();

    let ask = vault.clear_everywhere(&device);
    let asked = asked(&device, &ask).await;
    assert_eq!(asked.mail_hint, "a***@example.com");
    assert_eq!(asked.mail, Mail::Queued);
    assert_eq!((asked.tries_left, asked.code_no), (5, 1));
    assert_eq!(asked.expires_at, service.now() + 1_800);
    assert_eq!(cloud(&device).await.seq, 1, "nothing happened yet");
    assert_eq!(service.mails(email).await.len(), before + 1, "one mail");

    let mail = service.newest_mail(email).await;
    assert!(
        mail.text.contains(&asked.reference.join(" ")),
        "{}",
        mail.text
    );
    service.pass(30);
    let answer = confirm(&device, &asked, &confirmation(&ask, &mail.code())).await;
    let receipt = receipt(&device, &answer).receipt;
    assert_eq!(receipt.operation, asked.operation);
    assert_eq!(receipt.account, device.account);
    assert_eq!(receipt.device, device.id());
    assert_eq!(receipt.action, ask.request.action);
    assert_eq!(receipt.digest, ask.digest);
    assert_eq!(receipt.executed_at, service.now());
    assert_eq!(receipt.new_seq, 2);
    assert_eq!(receipt.quarantine_until, service.now() + 30 * 86_400);

    let empty = cloud(&device).await;
    assert_eq!((empty.seq, empty.head_hash), (2, vault.head_hash));
    assert_eq!(empty.vault, None);
    let act = empty.last_act.unwrap();
    assert_eq!(
        (act.action, act.seq, act.at),
        (ask.request.action, 2, service.now())
    );
    assert_eq!(act.device_name, "Laptop");

    let sealed: Generations = device.get("/v1/generations").await.expect(200).json();
    let sealed = &sealed.generations[0];
    assert_eq!((sealed.vault, sealed.count, sealed.seq), (vault.id, 3, 1));
    assert_eq!(
        (sealed.by, sealed.until),
        (ask.request.action, receipt.quarantine_until)
    );
}

async fn clearing_this_device_leaves_the_cloud_as_it_is(service: TestService) {
    let email = "asa@example.com";
    let device = service.signed_in(email).await;
    let mut vault = TestVault::new();
    vault.create(&device, 3).await;
    let before = cloud(&device).await;
    let ask = vault.clear_this_device(&device);
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

async fn an_empty_cloud_takes_a_new_vault_chained_to_the_old_one(service: TestService) {
    let email = "asa@example.com";
    let device = service.signed_in(email).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let ask = vault.clear_everywhere(&device);
    let asked = asked(&device, &ask).await;
    let code = service.code(email).await;
    confirm(&device, &asked, &confirmation(&ask, &code))
        .await
        .expect(200);
    let mut new = TestVault::new();
    new.seq = 2;
    new.head_hash = vault.head_hash;
    assert_eq!(new.create(&device, 2).await.seq, 3);
}

async fn progress_tells_where_it_stands(service: TestService) {
    let email = "asa@example.com";
    let device = service.signed_in(email).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let ask = vault.clear_everywhere(&device);
    let first = asked(&device, &ask).await;
    let again: Asked = device.post("/v1/operations", &ask).await.expect(201).json();
    assert_eq!(first, again, "the same key gets the same answer");
    let path = format!("/v1/operations/{}", first.operation);
    let code = service.code(email).await;
    match device.get(&path).await.expect(200).json() {
        Progress::Pending(asked) => {
            let handed_over = Mail::HandedOver {
                at: service.now(),
                code_until: service.now() + 600,
            };
            assert_eq!(asked.mail, handed_over);
            assert_eq!(asked.resend_at, service.now() + 60);
        }
        other => panic!("{other:?}"),
    }
    let answer = confirm(&device, &first, &confirmation(&ask, &code)).await;
    let receipt = receipt(&device, &answer);
    match device.get(&path).await.expect(200).json() {
        Progress::Executed { receipt: found } => assert_eq!(found, receipt),
        other => panic!("{other:?}"),
    }
    device.touch(&format!("{path}/ack")).await.expect(204);
    match device.get(&path).await.expect(200).json() {
        Progress::Executed { receipt: found } => {
            assert_eq!(found, receipt, "an ack changes nothing")
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(
        service.mails(email).await.len(),
        3,
        "verification, code, notice"
    );
}
