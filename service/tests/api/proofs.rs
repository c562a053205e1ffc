//! The account password, and devices whose sync is off.

use sigill_core::confirmation::action::{Action, RestoreReach, RestoreSource, Weakening};
use sigill_core::confirmation::policy::{Proof, Sync};
use sigill_core::id::Hash;
use sigill_core::wire::SecretText;
use sigill_core::wire::account::Account;
use sigill_core::wire::operation::{Ask, Asked, Confirmed, Mail, Proofs};
use sigill_core::wire::problem::{Code, Problem};

use crate::clear::receipt;
use crate::device::{Answer, PASSWORD, TestDevice};
use crate::guards::{EMAIL, state};
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, cloud, confirm, confirmation, password, proving, wrong};

on_each_database! {
    turning_sync_off_takes_password_and_code_and_freezes_the_cloud_for_that_device_only,
    turning_sync_on_takes_the_password_and_no_mail,
    s9_s11_s15_clearing_with_sync_off_takes_the_password_alone_and_leaves_the_cloud,
    s10_what_needs_sync_is_refused_before_any_mail,
    s12_a_wrong_account_password_clears_nothing_and_is_counted,
    proofs_sent_together_never_say_which_was_wrong,
    no_mail_leaves_before_the_password_was_right,
    with_sync_off_a_device_brings_back_what_lies_on_it_and_nothing_else,
    a_weakening_is_bound_to_its_name,
}

pub(crate) async fn next(answer: Answer) -> Proof {
    match answer.expect(200).json() {
        Confirmed::Next(proof) => proof,
        Confirmed::Receipt(_) => panic!("a receipt"),
    }
}

pub(crate) async fn standing(device: &TestDevice) -> Account {
    device.get("/v1/account").await.expect(200).json()
}

/// Proves what takes the account password and a mailed code.
pub(crate) async fn prove(service: &TestService, device: &TestDevice, ask: &Ask) -> Answer {
    let waiting = asked(device, ask).await;
    let answer = confirm(device, &waiting, &proving(ask, password(PASSWORD))).await;
    assert_eq!(next(answer).await, Proof::EmailCode);
    let code = service.code(EMAIL).await;
    confirm(device, &waiting, &confirmation(ask, &code)).await
}

/// A device with a vault of two entries, whose sync was turned off an hour ago.
pub(crate) async fn unsynced(service: &TestService) -> (TestDevice, TestVault) {
    let mut device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 2).await;
    let ask = vault.weaken(&device, Weakening::TurnSyncOff);
    receipt(&device, &prove(service, &device, &ask).await);
    service.pass(3_600);
    device.refresh().await;
    (device, vault)
}

async fn turning_sync_off_takes_password_and_code_and_freezes_the_cloud_for_that_device_only(
    service: TestService,
) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 2).await;
    let phone = service.another(EMAIL, "Phone").await;
    let before = cloud(&device).await;
    let ask = vault.weaken(&device, Weakening::TurnSyncOff);
    let waiting = asked(&device, &ask).await;
    assert_eq!(waiting.required, [Proof::AccountPassword, Proof::EmailCode]);
    let answer = confirm(&device, &waiting, &proving(&ask, password(PASSWORD))).await;
    assert_eq!(next(answer).await, Proof::EmailCode);
    assert_eq!(standing(&device).await.standing.sync, Sync::On);
    let mail = service.newest_mail(EMAIL).await;
    assert!(mail.text.contains("turn sync off on that device"));
    let answer = confirm(&device, &waiting, &confirmation(&ask, &mail.code())).await;
    let receipt = receipt(&device, &answer).receipt;
    assert_eq!(receipt.new_seq, before.seq);
    assert_eq!(standing(&device).await.standing.sync, Sync::Off);
    assert_eq!(standing(&phone).await.standing.sync, Sync::On);

    let records = vault.add(&device, 1);
    let push = vault.push_of(&device, records);
    let generation = before.vault.as_ref().unwrap().generation;
    let changes = format!("/v1/vault/changes?generation={generation}&since=0");
    for answer in [
        device.get("/v1/vault").await,
        device.get(&changes).await,
        device.post("/v1/vault/push", &push).await,
        device.touch("/v1/uploads").await,
    ] {
        assert_eq!(answer.refused(), Code::SyncIsOff);
    }
    let now = cloud(&phone).await;
    assert_eq!((now.seq, now.vault), (before.seq, before.vault));
}

async fn turning_sync_on_takes_the_password_and_no_mail(service: TestService) {
    let (device, vault) = unsynced(&service).await;
    let mails = service.mails(EMAIL).await.len();
    let ask = vault.weaken(&device, Weakening::TurnSyncOn);
    let waiting = asked(&device, &ask).await;
    assert_eq!(waiting.required, [Proof::AccountPassword]);
    assert_eq!(waiting.mail, Mail::NotDue);
    let answer = confirm(&device, &waiting, &proving(&ask, password(PASSWORD))).await;
    receipt(&device, &answer);
    assert_eq!(cloud(&device).await.seq, 1);
    assert_eq!(service.mails(EMAIL).await.len(), mails + 1, "the notice");
}

async fn s9_s11_s15_clearing_with_sync_off_takes_the_password_alone_and_leaves_the_cloud(
    service: TestService,
) {
    let (device, mut vault) = unsynced(&service).await;
    let phone = service.another(EMAIL, "Phone").await;
    let (before, mails) = (cloud(&phone).await, service.mails(EMAIL).await.len());
    // What is on the device went on by itself; the act is bound to the head there.
    vault.seq = 7;
    vault.head_hash = Hash([7; 32]);
    let ask = vault.clear_this_device(&device);
    let waiting = asked(&device, &ask).await;
    assert_eq!(waiting.required, [Proof::AccountPassword]);
    assert_eq!(service.mails(EMAIL).await.len(), mails, "no mail");
    let answer = confirm(&device, &waiting, &proving(&ask, password(PASSWORD))).await;
    let receipt = receipt(&device, &answer).receipt;
    assert_eq!(
        (receipt.digest, receipt.new_seq),
        (ask.digest, before.seq),
        "the permit names the local head by the digest"
    );
    assert!(receipt.is_permit_at(service.now() + 599));
    assert!(!receipt.is_permit_at(service.now() + 600));
    assert_eq!(cloud(&phone).await, before);
    assert_eq!(standing(&device).await.standing.sync, Sync::Off);
}

async fn s10_what_needs_sync_is_refused_before_any_mail(service: TestService) {
    let (device, vault) = unsynced(&service).await;
    let mails = service.mails(EMAIL).await.len();
    let everywhere = vault.clear_everywhere(&device);
    let replace = vault.ask(&device, Action::ReplaceCloud);
    for ask in [everywhere, replace] {
        let answer = device.post("/v1/operations", &ask).await;
        assert_eq!(answer.refused(), Code::SyncIsOff);
    }
    assert_eq!(service.mails(EMAIL).await.len(), mails);
}

async fn s12_a_wrong_account_password_clears_nothing_and_is_counted(service: TestService) {
    let (device, vault) = unsynced(&service).await;
    let ask = vault.clear_this_device(&device);
    let waiting = asked(&device, &ask).await;
    for tries_left in [4, 3, 2, 1] {
        let typed = password(&format!("wrong password {tries_left}"));
        let answer = confirm(&device, &waiting, &proving(&ask, typed)).await;
        assert_eq!(answer.refused(), Code::ProofRejected);
        assert_eq!(answer.json::<Problem>().tries_left, Some(tries_left));
        assert_eq!(state(&device, &waiting).await, "pending");
    }
    // The empty one and one too long to be any are wrong as every other.
    let typed = password(&"x".repeat(2_000));
    let answer = confirm(&device, &waiting, &proving(&ask, typed)).await;
    assert_eq!(answer.refused(), Code::Burnt);
    let answer = confirm(&device, &waiting, &proving(&ask, password(PASSWORD))).await;
    assert_eq!(answer.refused(), Code::Burnt, "also with the right one");
}

async fn waiting_for_both(service: &TestService) -> (TestDevice, Ask, Asked) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let ask = vault.weaken(&device, Weakening::TurnSyncOff);
    let waiting = asked(&device, &ask).await;
    (device, ask, waiting)
}

async fn proofs_sent_together_never_say_which_was_wrong(service: TestService) {
    let (device, ask, waiting) = waiting_for_both(&service).await;
    let code = Some(SecretText::new("0000 0000".into()));
    let both = Proofs {
        email_code: code,
        ..password("not the password")
    };
    let together = confirm(&device, &waiting, &proving(&ask, both)).await;
    assert_eq!(together.refused(), Code::ProofRejected);
    let alone = password("not the password either");
    let alone = confirm(&device, &waiting, &proving(&ask, alone)).await;
    let [together, alone]: [Problem; 2] = [together.json(), alone.json()];
    assert_eq!(
        (together.error, alone.error),
        (Code::ProofRejected, Code::ProofRejected)
    );
    assert_eq!((together.tries_left, alone.tries_left), (Some(4), Some(3)));
}

async fn no_mail_leaves_before_the_password_was_right(service: TestService) {
    let (device, ask, waiting) = waiting_for_both(&service).await;
    let mails = service.mails(EMAIL).await.len();
    let again = device
        .touch(&format!("/v1/operations/{}/code", waiting.operation))
        .await;
    assert_eq!(again.refused(), Code::NotOffered);
    confirm(
        &device,
        &waiting,
        &proving(&ask, password("a wrong password")),
    )
    .await;
    // A code by itself counts no try: the password comes first.
    let early = confirm(&device, &waiting, &confirmation(&ask, "0000 0000")).await;
    assert_eq!(next(early).await, Proof::AccountPassword);
    assert_eq!(service.mails(EMAIL).await.len(), mails);
    confirm(&device, &waiting, &proving(&ask, password(PASSWORD))).await;
    assert_eq!(service.mails(EMAIL).await.len(), mails + 1);
    let code = service.code(EMAIL).await;
    let answer = confirm(&device, &waiting, &confirmation(&ask, &wrong(&code))).await;
    assert_eq!(answer.refused(), Code::ProofRejected);
    let answer = confirm(&device, &waiting, &confirmation(&ask, &code)).await;
    receipt(&device, &answer);
}

async fn with_sync_off_a_device_brings_back_what_lies_on_it_and_nothing_else(service: TestService) {
    let (device, vault) = unsynced(&service).await;
    let here = Action::Restore {
        source: RestoreSource::Device {
            head_hash: Hash([9; 32]),
        },
        reach: RestoreReach::AcrossEpochs,
    };
    let ask = vault.ask(&device, here);
    let waiting = asked(&device, &ask).await;
    assert_eq!(waiting.required, [Proof::AccountPassword]);
    let answer = confirm(&device, &waiting, &proving(&ask, password(PASSWORD))).await;
    receipt(&device, &answer);

    let phone = service.another(EMAIL, "Phone").await;
    let ask = vault.clear_everywhere(&phone);
    let waiting = asked(&phone, &ask).await;
    let code = service.code(EMAIL).await;
    confirm(&phone, &waiting, &confirmation(&ask, &code))
        .await
        .expect(200);
    let sealed = device.get("/v1/generations").await.expect(200).value();
    let generation = serde_json::from_value(sealed["generations"][0]["generation"].clone());
    let ask = vault.restore(&device, generation.unwrap());
    let answer = device.post("/v1/operations", &ask).await;
    assert_eq!(answer.refused(), Code::SyncIsOff);
}

async fn a_weakening_is_bound_to_its_name(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let vault = TestVault::new();
    let other = vault.weaken(&device, Weakening::TurnSyncOn).request.action;
    let Action::Weaken { parameters, .. } = other else {
        panic!("a weakening");
    };
    let what = Weakening::TurnSyncOff;
    let ask = vault.ask(&device, Action::Weaken { what, parameters });
    let answer = device.post("/v1/operations", &ask).await;
    assert_eq!(answer.refused(), Code::MalformedRequest);
}
