//! A restore across epochs: proved twice, anchored under new keys, and never a step back.

use sigill_core::confirmation::action::{Action, RestoreReach, RestoreSource};
use sigill_core::confirmation::policy::{Profile, Proof};
use sigill_core::id::{GenerationId, Hash, VaultId};
use sigill_core::vault::head::Head;
use sigill_core::wire::SecretText;
use sigill_core::wire::operation::{Ask, Proofs};
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{Anchoring, Cloud, Generations, HighestEpoch, NewEpoch, Push};

use crate::clear::receipt;
use crate::device::{PASSWORD, TestDevice};
use crate::factors::{NUMBER, factor, with_phone};
use crate::proofs::{next, prove};
use crate::resets::with_tag;
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, cloud, confirm, confirmation, password, proving};

const EMAIL: &str = "asa@example.com";

on_each_database! {
    across_epochs_a_restore_takes_code_and_password_and_waits_for_new_keys,
    with_two_factor_on_it_takes_the_text_too,
    what_waits_for_new_keys_takes_nothing_but_its_own_anchor,
    an_anchor_without_its_restore_is_refused,
    a_second_restore_before_the_anchor_leads_no_further_back,
    a_renewal_anchors_what_its_recovery_code_opened,
    no_lower_epoch_takes_the_place_of_a_higher_one,
    an_epoch_is_remembered_when_its_generation_is_gone,
}

/// A vault of three entries whose master password was changed an hour ago: before, and now.
async fn changed(service: &TestService, device: &mut TestDevice) -> (TestVault, TestVault) {
    let mut old = TestVault::new();
    old.create(device, 3).await;
    let mut new = old.next_epoch(device);
    let head = new.head(device);
    let begins = old.begins(device, (&new, &head)).await;
    device.post("/v1/vault/epoch", &begins).await.expect(200);
    new.stands(&head);
    service.pass(3_600);
    device.refresh().await;
    (old, new)
}

async fn sealed(device: &TestDevice) -> Generations {
    device.get("/v1/generations").await.expect(200).json()
}

fn back(vault: &TestVault, device: &TestDevice, generation: GenerationId) -> Ask {
    let action = Action::Restore {
        source: RestoreSource::Cloud { generation },
        reach: RestoreReach::AcrossEpochs,
    };
    vault.ask(device, action)
}

/// The first epoch is back, and waits; with the vault as its device has it.
async fn brought_back(service: &TestService, device: &mut TestDevice) -> (TestVault, Cloud) {
    let (mut old, new) = changed(service, device).await;
    let generation = sealed(device).await.generations[0].generation;
    let ask = back(&new, device, generation);
    receipt(device, &prove(service, device, &ask).await);
    let stands = cloud(device).await;
    old.seq = stands.seq;
    (old, stands)
}

/// What anchors `old` in `epoch`: its entries under new keys.
async fn anchor(
    device: &TestDevice,
    (old, stands): (&TestVault, &Cloud),
    epoch: u64,
) -> (TestVault, Head, NewEpoch) {
    let mut anchored = old.in_epoch(device, epoch);
    anchored.seq = stands.seq;
    anchored.head_hash = stands.head_hash;
    let head = Head {
        restored_from: Some(old.head_hash),
        ..anchored.head(device)
    };
    let begins = old.begins(device, (&anchored, &head)).await;
    (anchored, head, begins)
}

fn highest(vault: VaultId, epoch: u64) -> Vec<HighestEpoch> {
    vec![HighestEpoch { vault, epoch }]
}

async fn across_epochs_a_restore_takes_code_and_password_and_waits_for_new_keys(
    service: TestService,
) {
    let mut device = service.signed_in(EMAIL).await;
    let (old, new) = changed(&service, &mut device).await;
    let generation = sealed(&device).await.generations[0].generation;
    let mails = service.mails(EMAIL).await.len();
    let claim = new.restore(&device, generation);
    let answer = device.post("/v1/operations", &claim).await;
    assert_eq!(answer.refused(), Code::Stale, "a code alone is not enough");
    let ask = back(&new, &device, generation);
    let waiting = asked(&device, &ask).await;
    assert_eq!(waiting.required, [Proof::AccountPassword, Proof::EmailCode]);
    assert_eq!(service.mails(EMAIL).await.len(), mails, "no code is sent");
    let before = cloud(&device).await;
    let answer = confirm(&device, &waiting, &confirmation(&ask, "0000 0000")).await;
    assert_eq!(next(answer).await, Proof::AccountPassword);
    let answer = confirm(&device, &waiting, &proving(&ask, password("not that"))).await;
    assert_eq!(answer.refused(), Code::ProofRejected);
    let answer = confirm(&device, &waiting, &proving(&ask, password(PASSWORD))).await;
    assert_eq!(next(answer).await, Proof::EmailCode);
    assert_eq!(cloud(&device).await, before, "nothing yet");
    let code = service.code(EMAIL).await;
    let answer = confirm(&device, &waiting, &confirmation(&ask, &code)).await;
    assert_eq!(receipt(&device, &answer).receipt.new_seq, 3);

    let stands = cloud(&device).await;
    assert_eq!((stands.seq, stands.head_hash), (3, new.head_hash));
    assert_eq!(stands.epochs, highest(old.id, 2));
    let shown = stands.vault.clone().unwrap();
    assert_eq!((shown.epoch, shown.count), (1, 3));
    assert_eq!(
        (shown.anchoring, shown.anchor_epoch, shown.slots),
        (Anchoring::Unanchored, Some(3), old.slots())
    );

    service.pass(1);
    let (mut anchored, head, begins) = anchor(&device, (&old, &stands), 3).await;
    device.post("/v1/vault/epoch", &begins).await.expect(200);
    let stands = cloud(&device).await;
    assert_eq!((stands.seq, stands.head_hash), (4, head.hash()));
    assert_eq!(stands.epochs, highest(old.id, 3));
    let last_act = stands.last_act.unwrap().action;
    assert_eq!(last_act, ask.request.action, "the Restore goes on");
    let shown = stands.vault.unwrap();
    assert_eq!((shown.epoch, shown.anchoring), (3, Anchoring::Anchored));
    assert_eq!((shown.anchor_epoch, shown.voucher), (None, None));
    let sealed = sealed(&device).await.generations;
    let epochs: Vec<u64> = sealed.iter().map(|sealed| sealed.epoch).collect();
    assert_eq!(epochs, [1, 2], "both can be brought back");
    anchored.stands(&head);
    let records = anchored.add(&device, 1);
    anchored.push(&device, records).await;
}

async fn with_two_factor_on_it_takes_the_text_too(service: TestService) {
    let (mut device, _) = with_phone(&service, Profile::Standard).await;
    let (_, new) = changed(&service, &mut device).await;
    let generation = sealed(&device).await.generations[0].generation;
    let ask = back(&new, &device, generation);
    let waiting = asked(&device, &ask).await;
    assert_eq!(
        waiting.required,
        [
            Proof::AccountPassword,
            Proof::EmailCode,
            Proof::TextMessageCode
        ]
    );
    let before = cloud(&device).await;
    confirm(&device, &waiting, &proving(&ask, password(PASSWORD))).await;
    let code = service.code(EMAIL).await;
    let answer = confirm(&device, &waiting, &confirmation(&ask, &code)).await;
    assert_ne!(answer.status, 204);
    assert_eq!(
        cloud(&device).await,
        before,
        "code and password are not all"
    );
    let texted = service.code(NUMBER).await;
    let both = Proofs {
        email_code: Some(SecretText::new(code)),
        ..factor(&texted)
    };
    let answer = confirm(&device, &waiting, &proving(&ask, both)).await;
    receipt(&device, &answer);
    assert_eq!(cloud(&device).await.vault.unwrap().epoch, 1);
}

async fn what_waits_for_new_keys_takes_nothing_but_its_own_anchor(service: TestService) {
    let mut device = service.signed_in(EMAIL).await;
    let (old, stands) = brought_back(&service, &mut device).await;
    // In its own epoch, as within one.
    let head = Head {
        previous: stands.head_hash,
        restored_from: Some(old.head_hash),
        ..old.head(&device)
    };
    let push = Push {
        base_head_hash: stands.head_hash,
        head: old.tagged(&head),
        ..old.push_of(&device, Vec::new())
    };
    let answer = device.post("/v1/vault/push", &push).await;
    assert_eq!(answer.refused(), Code::VaultDiffers);
    for epoch in [1, 2, 4] {
        let (_, _, begins) = anchor(&device, (&old, &stands), epoch).await;
        let answer = device.post("/v1/vault/epoch", &begins).await;
        assert_eq!(answer.refused(), Code::VaultDiffers, "{epoch}");
    }
    let (anchored, head, begins) = anchor(&device, (&old, &stands), 3).await;
    for restored_from in [None, Some(Hash([1; 32]))] {
        let head = Head {
            restored_from,
            ..head.clone()
        };
        let begins = old.begins(&device, (&anchored, &head)).await;
        let answer = device.post("/v1/vault/epoch", &begins).await;
        assert_eq!(answer.refused(), Code::VaultDiffers, "{restored_from:?}");
    }
    // Signed by other slots than those that came back.
    let stranger = old.in_epoch(&device, 1);
    let signed = stranger.begins(&device, (&anchored, &head)).await;
    let answer = device.post("/v1/vault/epoch", &signed).await;
    assert_eq!(answer.refused(), Code::ProofRejected);
    let vouched = NewEpoch {
        voucher: Some(old.vouch(&head)),
        ..begins.clone()
    };
    let answer = device.post("/v1/vault/epoch", &vouched).await;
    assert_eq!(answer.refused(), Code::MalformedVault);
    assert_eq!(cloud(&device).await, stands, "nothing of it was taken");
    device.post("/v1/vault/epoch", &begins).await.expect(200);
}

async fn an_anchor_without_its_restore_is_refused(service: TestService) {
    let mut device = service.signed_in(EMAIL).await;
    let (old, new) = changed(&service, &mut device).await;
    let before = cloud(&device).await;
    // As if the first epoch had been brought back.
    let (_, _, begins) = anchor(&device, (&old, &before), 3).await;
    let answer = device.post("/v1/vault/epoch", &begins).await;
    assert_eq!(answer.refused(), Code::VaultDiffers);
    // As if the vault that stands had been.
    let (_, _, begins) = anchor(&device, (&new, &before), 3).await;
    let answer = device.post("/v1/vault/epoch", &begins).await;
    assert_eq!(answer.refused(), Code::VaultDiffers);
    assert_eq!(cloud(&device).await, before);
}

async fn a_second_restore_before_the_anchor_leads_no_further_back(service: TestService) {
    let mut device = service.signed_in(EMAIL).await;
    let (mut old, stands) = brought_back(&service, &mut device).await;
    service.pass(86_400);
    device.refresh().await;
    // What it displaced is of the epoch in use: a code brings it back, and its keys are good.
    let displaced = sealed(&device).await.generations;
    assert_eq!(displaced[0].epoch, 2);
    old.head_hash = stands.head_hash;
    let ask = old.restore(&device, displaced[0].generation);
    let waiting = asked(&device, &ask).await;
    assert_eq!(waiting.required, [Proof::EmailCode]);
    let code = service.code(EMAIL).await;
    let answer = confirm(&device, &waiting, &confirmation(&ask, &code)).await;
    receipt(&device, &answer);
    let shown = cloud(&device).await.vault.unwrap();
    assert_eq!((shown.epoch, shown.anchor_epoch), (2, Some(2)));
    // The older one is across epochs still.
    let older = sealed(&device).await.generations;
    assert_eq!(older[0].epoch, 1);
    old.seq += 1;
    let claim = old.restore(&device, older[0].generation);
    let answer = device.post("/v1/operations", &claim).await;
    assert_eq!(answer.refused(), Code::Stale);
}

async fn a_renewal_anchors_what_its_recovery_code_opened(service: TestService) {
    let mut device = service.signed_in(EMAIL).await;
    let (old, stands) = brought_back(&service, &mut device).await;
    let mut renewed = old.in_epoch(&device, 3);
    renewed.head_hash = stands.head_hash;
    let (ask, _) = renewed.bringing(&device, Action::RenewMasterPassword).await;
    let answer = device.post("/v1/operations", &ask).await;
    assert_eq!(answer.refused(), Code::MalformedVault, "it names nothing");
    let restored = old.head_hash;
    let anchors = renewed
        .bringing_with(&device, Action::RenewMasterPassword, |head| {
            head.restored_from = Some(restored);
        })
        .await;
    let (ask, head) = anchors;
    let waiting = asked(&device, &ask).await;
    let code = service.code(EMAIL).await;
    let right = with_tag(&renewed, &head, confirmation(&ask, &code));
    receipt(&device, &confirm(&device, &waiting, &right).await);
    let stands = cloud(&device).await;
    assert_eq!(stands.epochs, highest(old.id, 3));
    let shown = stands.vault.unwrap();
    assert_eq!((shown.epoch, shown.anchoring), (3, Anchoring::Anchored));
    renewed.stands(&head);
    let records = renewed.add(&device, 1);
    renewed.push(&device, records).await;
}

async fn no_lower_epoch_takes_the_place_of_a_higher_one(service: TestService) {
    let mut device = service.signed_in(EMAIL).await;
    let (old, new) = changed(&service, &mut device).await;
    let mails = service.mails(EMAIL).await.len();
    let placed = |mut vault: TestVault| {
        vault.seq = new.seq;
        vault.head_hash = new.head_hash;
        vault
    };
    for epoch in [1, 4] {
        let wrong = placed(old.in_epoch(&device, epoch));
        let (ask, _) = wrong.replace_cloud(&device).await;
        let answer = device.post("/v1/operations", &ask).await;
        assert_eq!(answer.refused(), Code::MalformedVault, "{epoch}");
    }
    assert_eq!(service.mails(EMAIL).await.len(), mails, "before any mail");
    let next = placed(old.in_epoch(&device, 3));
    let (ask, head) = next.replace_cloud(&device).await;
    let waiting = asked(&device, &ask).await;
    let code = service.code(EMAIL).await;
    let right = with_tag(&next, &head, confirmation(&ask, &code));
    receipt(&device, &confirm(&device, &waiting, &right).await);
    assert_eq!(cloud(&device).await.epochs, highest(old.id, 3));
}

async fn an_epoch_is_remembered_when_its_generation_is_gone(service: TestService) {
    let mut device = service.signed_in(EMAIL).await;
    let (old, new) = changed(&service, &mut device).await;
    let ask = new.clear_everywhere(&device);
    let waiting = asked(&device, &ask).await;
    let code = service.code(EMAIL).await;
    let answer = confirm(&device, &waiting, &confirmation(&ask, &code)).await;
    receipt(&device, &answer);
    for _ in 0..2 {
        service.pass(15 * 86_400);
        device.refresh().await;
    }
    service.tidy().await;
    assert!(sealed(&device).await.generations.is_empty());
    assert_eq!(cloud(&device).await.epochs, highest(old.id, 2));
    for (epoch, is_taken) in [(1, false), (2, true)] {
        let mut vault = old.in_epoch(&device, epoch);
        vault.seq = 3;
        vault.head_hash = new.head_hash;
        let records = vault.records.values();
        let records = records.map(|record| record.to_bytes().into()).collect();
        let push = Push {
            slots: Some(vault.slots()),
            ..vault.push_of(&device, records)
        };
        let answer = device.post("/v1/vault/push", &push).await;
        if is_taken {
            answer.expect(200);
        } else {
            assert_eq!(answer.refused(), Code::VaultDiffers);
        }
    }
}
