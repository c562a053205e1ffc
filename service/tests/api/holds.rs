//! The hold after a reset by mail alone: what waits, who lifts it, who says no.

use serde_json::json;
use sigill_core::confirmation::action::Weakening;
use sigill_core::confirmation::policy::Profile;
use sigill_core::wire::account::Alarms;
use sigill_core::wire::problem::Code;

use crate::device::TestDevice;
use crate::factors::with_phone;
use crate::guards::{EMAIL, state};
use crate::proofs::standing;
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, cloud};

on_each_database! {
    while_it_runs_whatever_reaches_beyond_this_device_waits_before_any_mail,
    a_device_that_was_there_three_days_before_lifts_it,
    a_device_that_came_later_lifts_it_by_a_factor_that_was_there_before_only,
    a_device_that_was_signed_out_hears_of_it_and_says_no_once,
    a_device_that_was_signed_out_by_hand_lifts_nothing_when_it_is_back,
}

const DAY: u64 = 86_400;

/// An account with a vault, a device of four days, and a device that came today.
async fn account(service: &TestService) -> (TestDevice, TestDevice, TestVault) {
    let mut old = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&old, 2).await;
    service.pass(4 * DAY);
    old.refresh().await;
    let new = service.another(EMAIL, "New").await;
    (old, new, vault)
}

async fn while_it_runs_whatever_reaches_beyond_this_device_waits_before_any_mail(
    service: TestService,
) {
    let (_, mut new, vault) = account(&service).await;
    service.hold(new.account).await;
    let mails = service.mails(EMAIL).await.len();
    for ask in [
        vault.clear_everywhere(&new),
        vault.weaken(&new, Weakening::TurnSyncOff),
        vault.weaken(&new, Weakening::DeleteAccount),
    ] {
        let answer = new.post("/v1/operations", &ask).await;
        assert_eq!(answer.refused(), Code::Held);
    }
    assert_eq!(service.mails(EMAIL).await.len(), mails);
    assert_eq!(
        standing(&new).await.held_until,
        Some(service.now() + 3 * DAY)
    );
    // Sync and what is this device's own go on.
    cloud(&new).await;
    asked(&new, &vault.clear_this_device(&new)).await;
    service.pass(3 * DAY);
    new.refresh().await;
    assert_eq!(standing(&new).await.held_until, None);
    asked(&new, &vault.clear_everywhere(&new)).await;
}

async fn a_device_that_was_there_three_days_before_lifts_it(service: TestService) {
    let (old, new, vault) = account(&service).await;
    service.hold(old.account).await;
    let answer = new.post("/v1/hold/lift", &json!({})).await;
    assert_eq!(answer.refused(), Code::Held, "it came today");
    let ask = vault.clear_everywhere(&new);
    let answer = new.post("/v1/operations", &ask).await;
    assert_eq!(answer.refused(), Code::Held);
    old.post("/v1/hold/lift", &json!({})).await.expect(204);
    asked(&new, &ask).await;
}

async fn a_device_that_came_later_lifts_it_by_a_factor_that_was_there_before_only(
    service: TestService,
) {
    let (device, enrolled) = with_phone(&service, Profile::Standard).await;
    let [first, second] = [0, 1].map(|number: usize| enrolled.backup_codes[number].expose());
    let new = service.device();
    let body = json!({"email": EMAIL, "password": crate::device::PASSWORD, "device_name": "New",
        "language": "en", "second_factor": first});
    let session = new.post("/v1/sessions", &body).await.expect(201).value();
    let mut new = new;
    new.take_session(&session);
    service.hold(device.account).await;
    let lift = |typed: &str| json!({"second_factor": typed});
    let answer = new.post("/v1/hold/lift", &json!({})).await;
    assert_eq!(answer.refused(), Code::SecondFactorNeeded);
    let answer = new.post("/v1/hold/lift", &lift(first)).await;
    assert_eq!(answer.refused(), Code::ProofRejected, "it was used");
    service.hold_since(device.account, 2 * DAY).await;
    let answer = new.post("/v1/hold/lift", &lift(second)).await;
    assert_eq!(
        answer.refused(),
        Code::Held,
        "the factor came after the hold"
    );
    service.hold(device.account).await;
    new.post("/v1/hold/lift", &lift(second)).await.expect(204);
    assert_eq!(standing(&new).await.held_until, None);
}

async fn a_device_that_was_signed_out_hears_of_it_and_says_no_once(service: TestService) {
    let (old, _, vault) = account(&service).await;
    service.pass(1);
    service.hold(old.account).await;
    old.delete("/v1/sessions/current").await.expect(204);
    service.pass(1);
    let thief = service.another(EMAIL, "Thief").await;
    let waiting = asked(&thief, &vault.clear_this_device(&thief)).await;
    let mut old = old;
    old.access = None;
    let alarms: Alarms = old.get("/v1/alarms").await.expect(200).json();
    let [alarm] = alarms.alarms.as_slice() else {
        panic!("one alarm");
    };
    assert_eq!(alarm.account, thief.account);
    assert!(alarm.can_veto);
    let veto = format!("/v1/alarms/{}/veto", alarm.account);
    let stranger = service.device();
    assert_eq!(stranger.touch(&veto).await.refused(), Code::NotFound);
    let until = alarm.until;
    old.touch(&veto).await.expect(204);
    assert_eq!(thief.get("/v1/account").await.refused(), Code::SignedOut);
    let alarms: Alarms = old.get("/v1/alarms").await.expect(200).json();
    assert_eq!(alarms.alarms[0].until, until + 7 * DAY);
    assert!(!alarms.alarms[0].can_veto);
    assert_eq!(old.touch(&veto).await.refused(), Code::NotOffered, "once");
    let mut thief = thief;
    thief.sign_in(EMAIL, "Thief").await;
    assert_eq!(state(&thief, &waiting).await, "cancelled");
    thief.access = None;
    assert_eq!(
        thief.touch(&veto).await.refused(),
        Code::NotFound,
        "it came after"
    );
}

async fn a_device_that_was_signed_out_by_hand_lifts_nothing_when_it_is_back(service: TestService) {
    let (mut old, new, _) = account(&service).await;
    let path = format!("/v1/devices/{}", old.id());
    new.delete(&path).await.expect(204);
    service.pass(1);
    old.sign_in(EMAIL, "Laptop").await;
    service.hold(new.account).await;
    let answer = old.post("/v1/hold/lift", &json!({})).await;
    assert_eq!(
        answer.refused(),
        Code::Held,
        "whoever holds it may be a thief"
    );
}
