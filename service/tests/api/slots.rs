//! Other slots within an epoch: who may put them there, and who hears of it.

use sigill_core::vault::kdf::Kdf;
use sigill_core::vault::slot::SlotKind;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{Changes, Push};

use crate::device::TestDevice;
use crate::rig::TestService;
use crate::timeline::{events, open};
use crate::vaults::{TestVault, cloud, random};

const EMAIL: &str = "asa@example.com";

on_each_database! {
    a_signed_change_of_slots_is_taken_told_and_handed_on,
    slots_that_the_password_slot_did_not_sign_for_are_refused,
    a_change_does_one_thing_and_never_a_recovery_code,
    every_other_password_slot_is_mailed_and_noted,
    a_signature_that_was_taken_serves_no_second_time,
}

async fn standing(service: &TestService) -> (TestDevice, TestVault) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    (device, vault)
}

fn recovery() -> SlotKind {
    SlotKind::Recovery { salt: [1; 16] }
}

fn password(kdf: Kdf) -> SlotKind {
    SlotKind::Password {
        kdf,
        salt: random(),
    }
}

async fn changes(device: &TestDevice, since: u64) -> Changes {
    let generation = cloud(device).await.vault.unwrap().generation;
    let path = format!("/v1/vault/changes?generation={generation}&since={since}");
    device.get(&path).await.expect(200).json()
}

async fn taken(device: &TestDevice, vault: &mut TestVault, next: TestVault) {
    let push = vault.changes_slots(device, &next).await;
    device.post("/v1/vault/push", &push).await.expect(200);
    let head = next.head(device);
    *vault = next;
    vault.stands(&head);
}

async fn a_signed_change_of_slots_is_taken_told_and_handed_on(service: TestService) {
    let (device, mut vault) = standing(&service).await;
    let with = vault.with_slot(SlotKind::Passkey);
    let push = vault.changes_slots(&device, &with).await;
    let first = device.post("/v1/vault/push", &push).await.expect(200);
    let again = device.post("/v1/vault/push", &push).await.expect(200);
    assert_eq!(first.body, again.body);
    let stands = cloud(&device).await.vault.unwrap();
    assert_eq!(stands.slots, with.slots());
    let mail = service.newest_mail(EMAIL).await;
    assert_eq!(mail.subject, "Sigill: a passkey was added to your vault");
    assert!(mail.text.contains("on Laptop, 2026-11-23"), "{}", mail.text);

    let head = with.head(&device);
    let one = changes(&device, 1).await.slots;
    assert_eq!(one.len(), 1);
    assert_eq!(one[0].slots, with.slots());
    assert_eq!(Some(&one[0].signature), push.signature.as_ref());
    let mut with = with;
    with.stands(&head);
    let records = with.add(&device, 1);
    with.push(&device, records).await;
    assert_eq!(changes(&device, 1).await.slots, one, "it stays");
    assert!(changes(&device, 2).await.slots.is_empty());

    vault = with;
    let without = vault.without_passkeys();
    taken(&device, &mut vault, without).await;
    let mail = service.newest_mail(EMAIL).await;
    assert_eq!(
        mail.subject,
        "Sigill: a passkey was removed from your vault"
    );
    open(&device).await;
    let events = events(&device).await;
    for event in ["passkey_added", "passkey_removed"] {
        let found = events.iter().filter(|found| *found == event);
        assert_eq!(found.count(), 1, "{events:?}");
    }
}

async fn slots_that_the_password_slot_did_not_sign_for_are_refused(service: TestService) {
    let (device, vault) = standing(&service).await;
    let before = cloud(&device).await;
    let with = vault.with_slot(SlotKind::Passkey);
    let good = vault.changes_slots(&device, &with).await;
    let mut cut = good.clone();
    cut.signature.as_mut().unwrap().0[0] ^= 1;
    let mut short = good.clone();
    short.signature.as_mut().unwrap().0.pop();
    let unsigned = Push {
        signature: None,
        ..good.clone()
    };
    let nothing = Push {
        slots: None,
        ..good.clone()
    };
    let other = Push {
        slots: Some(vault.slots()),
        ..good.clone()
    };
    // Signed by the slot that would come, not by the one that stands.
    let thief = vault.with_password(password(Kdf::DEFAULT));
    let by_himself = thief.changes_slots(&device, &thief).await;
    // Signed for another device's nonce.
    let phone = service.another(EMAIL, "Phone").await;
    let elsewhere = vault.changes_slots(&phone, &with).await;
    let elsewhere = Push {
        signature: elsewhere.signature,
        ..good.clone()
    };
    for (what, push, code) in [
        ("cut", cut, Code::ProofRejected),
        ("short", short, Code::MalformedVault),
        ("unsigned", unsigned, Code::MalformedVault),
        ("nothing", nothing, Code::MalformedVault),
        ("other", other, Code::MalformedVault),
        ("by himself", by_himself, Code::ProofRejected),
        ("elsewhere", elsewhere, Code::ProofRejected),
    ] {
        let answer = device.post("/v1/vault/push", &push).await;
        assert_eq!(answer.refused(), code, "{what}");
        assert_eq!(cloud(&device).await, before, "{what}");
    }
    device.post("/v1/vault/push", &good).await.expect(200);
}

async fn a_signature_that_was_taken_serves_no_second_time(service: TestService) {
    let (device, mut vault) = standing(&service).await;
    let with = vault.with_slot(SlotKind::Passkey);
    let good = vault.changes_slots(&device, &with).await;
    taken(&device, &mut vault, with.clone()).await;
    let without = vault.without_passkeys();
    taken(&device, &mut vault, without).await;
    let mut anew = with;
    (anew.seq, anew.head_hash) = (vault.seq, vault.head_hash);
    let replayed = Push {
        slots: Some(anew.slots()),
        signature: good.signature,
        ..anew.push_of(&device, Vec::new())
    };
    let answer = device.post("/v1/vault/push", &replayed).await;
    assert_eq!(answer.refused(), Code::ProofRejected);
    assert_eq!(cloud(&device).await.vault.unwrap().slots, vault.slots());
}

async fn a_change_does_one_thing_and_never_a_recovery_code(service: TestService) {
    let (device, vault) = standing(&service).await;
    let before = cloud(&device).await;
    let two = vault
        .with_slot(SlotKind::Passkey)
        .with_slot(SlotKind::Passkey);
    let both = vault
        .with_password(password(Kdf::DEFAULT))
        .with_slot(SlotKind::Passkey);
    for (what, next) in [
        ("a recovery code", vault.with_slot(recovery())),
        ("two passkeys", two),
        ("a password and a passkey", both),
        ("nothing", vault.clone()),
    ] {
        let push = vault.changes_slots(&device, &next).await;
        let answer = device.post("/v1/vault/push", &push).await;
        assert_eq!(answer.refused(), Code::MalformedVault, "{what}");
        assert_eq!(cloud(&device).await, before, "{what}");
    }
}

async fn every_other_password_slot_is_mailed_and_noted(service: TestService) {
    let (device, mut vault) = standing(&service).await;
    let mails = service.mails(EMAIL).await.len();
    let harder = vault.with_password(password(Kdf::argon2id(128 * 1024, 3, 4).unwrap()));
    taken(&device, &mut vault, harder).await;
    assert_eq!(service.mails(EMAIL).await.len(), mails + 1);
    let easier = vault.with_password(password(Kdf::DEFAULT_PBKDF2));
    taken(&device, &mut vault, easier).await;
    let mail = service.newest_mail(EMAIL).await;
    assert_eq!(
        mail.subject,
        "Sigill: your master password is protected another way"
    );
    open(&device).await;
    let events = events(&device).await;
    assert!(events.contains(&"kdf_raised".to_owned()), "{events:?}");
    assert!(events.contains(&"kdf_lowered".to_owned()), "{events:?}");
}
