//! A service that is broken, lies, or is not there: the vault stays as it is.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::Value;
use sigill::api::{Act, PauseReason, Phase, SyncState, VaultState};
use sigill::trouble::Trouble;
use sigill_core::wire::problem::Code;

use crate::rig::{Fault, Person, Profile, World, another, connected, mailed};

fn json(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or(Value::Null)
}

async fn is_paused(profile: &Profile, reason: PauseReason) {
    let session = profile.session();
    let _ = session.sync_now().await;
    let state = session.status().await.unwrap().sync;
    assert!(
        matches!(state, SyncState::Paused { reason: why, .. } if why == reason),
        "{state:?}"
    );
}

#[tokio::test]
async fn garbage_is_named_and_nothing_changes() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    laptop.add("waiting", "x").await;
    let before = profile.vault_rows();
    let bodies: [&'static [u8]; 6] = [b"", b"{", b"null", b"[]", b"{\"seq\":1}", b"\xff\xfe"];
    for body in bodies {
        profile.lie(move |_, answer| answer.body = body.to_vec());
        assert_eq!(laptop.sync_now().await.unwrap_err(), Trouble::Garbage);
        assert_eq!(
            laptop.loss(Act::ClearEverywhere).await.unwrap_err(),
            Trouble::Garbage
        );
        assert_eq!(profile.vault_rows(), before);
    }
    for status in [302, 418, 500] {
        profile.lie(move |_, answer| {
            answer.status = status;
            answer.body = b"<html>".to_vec();
        });
        assert_eq!(laptop.sync_now().await.unwrap_err(), Trouble::Garbage);
    }
    profile.lie(|_, answer| answer.status = 502);
    profile.no_more_lies();
    laptop.sync_now().await.unwrap();
    assert!(matches!(
        laptop.status().await.unwrap().sync,
        SyncState::On { pending: 0, .. }
    ));
}

/// F25: the service was brought up to date, this device was not.
#[tokio::test]
async fn f25_a_service_that_no_longer_speaks_this_version_is_named_and_everything_stays() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    laptop.add("waiting", "x").await;
    let before = profile.vault_rows();
    profile.lie(|_, answer| {
        answer.status = 410;
        answer.body = br#"{"error":"client_too_old"}"#.to_vec();
    });
    is_paused(&profile, PauseReason::Outdated).await;
    match laptop.loss(Act::ClearEverywhere).await {
        Err(Trouble::Refused(problem)) => assert_eq!(problem.error, Code::ClientTooOld),
        other => panic!("{:?}", other.map(drop)),
    }
    assert_eq!(profile.vault_rows(), before);
    laptop.add("afterwards", "x").await;
    profile.no_more_lies();
    laptop.sync_now().await.unwrap();
    assert!(matches!(
        laptop.status().await.unwrap().sync,
        SyncState::On { pending: 0, .. }
    ));
}

#[tokio::test]
async fn the_past_shown_again_pauses_sync() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    let old = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&old);
    profile.lie(move |path, answer| {
        if path == "/v1/vault" && answer.status == 200 {
            seen.replace(answer.body.clone());
        }
    });
    laptop.sync_now().await.unwrap();
    profile.no_more_lies();
    laptop.add("later", "x").await;
    laptop.sync_now().await.unwrap();
    let before = profile.vault_rows();
    profile.lie(move |path, answer| {
        if path == "/v1/vault" && answer.status == 200 {
            answer.body = old.borrow().clone();
        }
    });
    is_paused(&profile, PauseReason::RolledBack).await;
    assert_eq!(profile.vault_rows(), before);
    profile.no_more_lies();
    profile.session().sync_now().await.unwrap();
}

/// The laptop is behind by one entry, and the service lies about what changed.
async fn behind(lie: impl Fn(&mut Value) + 'static) -> Profile {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    let (_, phone) = another(&world).await;
    phone.add("one", "x").await;
    phone.sync_now().await.unwrap();
    phone.add("two", "x").await;
    phone.sync_now().await.unwrap();
    let before = profile.vault_rows();
    profile.lie(move |path, answer| {
        if path.starts_with("/v1/vault/changes") {
            let mut changes = json(&answer.body);
            lie(&mut changes);
            answer.body = serde_json::to_vec(&changes).unwrap();
        }
    });
    let _ = laptop.sync_now().await;
    assert_eq!(
        profile.vault_rows(),
        before,
        "nothing on the service's word"
    );
    profile
}

#[tokio::test]
async fn a_withheld_record_is_noticed() {
    let profile = behind(|changes| {
        changes["records"].as_array_mut().unwrap().pop();
    })
    .await;
    is_paused(&profile, PauseReason::Unverified).await;
}

#[tokio::test]
async fn a_withheld_head_is_noticed() {
    let profile = behind(|changes| {
        changes["heads"].as_array_mut().unwrap().remove(0);
    })
    .await;
    is_paused(&profile, PauseReason::RolledBack).await;
}

#[tokio::test]
async fn a_head_with_another_tag_is_noticed() {
    let profile = behind(|changes| {
        let zeros = Value::String("A".repeat(43));
        changes["heads"][0]["tag"] = zeros;
    })
    .await;
    is_paused(&profile, PauseReason::Unverified).await;
}

#[tokio::test]
async fn a_record_twice_is_garbage() {
    let profile = behind(|changes| {
        let first = changes["records"][0].clone();
        changes["records"].as_array_mut().unwrap().push(first);
    })
    .await;
    assert_eq!(
        profile.session().sync_now().await.unwrap_err(),
        Trouble::Garbage
    );
}

#[tokio::test]
async fn a_cleared_cloud_is_said_and_nothing_follows_by_itself() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    let before = profile.vault_rows();
    profile.lie(|path, answer| {
        if path == "/v1/vault" && answer.status == 200 {
            let mut cloud = json(&answer.body);
            cloud["vault"] = Value::Null;
            cloud["seq"] = Value::from(99);
            answer.body = serde_json::to_vec(&cloud).unwrap();
        }
    });
    is_paused(&profile, PauseReason::CloudCleared).await;
    assert_eq!(profile.vault_rows(), before);
    assert!(laptop.is_open().await);
}

/// Asks for a clear, and lets the service lie about how it went.
async fn cleared_by_a_liar(lie: impl Fn(&str, &mut Value) + 'static) -> (Profile, Trouble) {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    let loss = laptop.loss(Act::ClearThisDevice).await.unwrap();
    laptop.ask(Act::ClearThisDevice, &loss.hash).await.unwrap();
    let code = world.code().await;
    let before = profile.vault_rows();
    profile.lie(move |path, answer| {
        let mut body = json(&answer.body);
        lie(path, &mut body);
        answer.body = serde_json::to_vec(&body).unwrap();
    });
    let refused = laptop.prove(mailed(code)).await.unwrap_err();
    assert_eq!(profile.vault_rows(), before);
    assert!(matches!(
        laptop.status().await.unwrap().vault,
        VaultState::Open { .. }
    ));
    (profile, refused)
}

#[tokio::test]
async fn a_receipt_about_something_else_or_unsigned_is_rejected_and_the_right_one_taken() {
    for field in ["digest", "operation", "account", "device", "key"] {
        let (profile, refused) = cleared_by_a_liar(move |_, body| {
            if let Some(text) = body["receipt"][field].as_str() {
                let other = if text.starts_with('0') { "1" } else { "0" };
                body["receipt"][field] = Value::String([other, &text[1..]].concat());
            }
        })
        .await;
        assert_eq!(refused, Trouble::ReceiptRejected, "{field}");
        profile.no_more_lies();
        let phase = profile.session().operation_now().await.phase;
        assert!(matches!(phase, Phase::Done { .. }), "{phase:?}");
    }
}

#[tokio::test]
async fn executed_is_not_believed_before_the_person_confirmed() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    // A true receipt of an earlier act, replayed into a later one.
    let receipt = Rc::new(RefCell::new(Value::Null));
    let kept = Rc::clone(&receipt);
    profile.lie(move |path, answer| {
        if path.ends_with("/confirm") {
            kept.replace(json(&answer.body)["receipt"].clone());
        }
    });
    let loss = laptop.loss(Act::ClearThisDevice).await.unwrap();
    laptop.ask(Act::ClearThisDevice, &loss.hash).await.unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    laptop.dismiss().await.unwrap();
    laptop
        .connect(sigill::api::Connect::Download, None)
        .await
        .unwrap();
    laptop.unlocked().await;

    let loss = laptop.loss(Act::ClearThisDevice).await.unwrap();
    laptop.ask(Act::ClearThisDevice, &loss.hash).await.unwrap();
    let before = profile.vault_rows();
    profile.lie(move |path, answer| {
        if path.starts_with("/v1/operations/") {
            let told = serde_json::json!({"state": "executed", "receipt": *receipt.borrow()});
            answer.body = serde_json::to_vec(&told).unwrap();
        }
    });
    assert_eq!(
        laptop.operation().await.unwrap_err(),
        Trouble::ReceiptRejected
    );
    assert_eq!(profile.vault_rows(), before);
    assert_eq!(laptop.names().await, ["entry0"]);
}

#[tokio::test]
async fn a_service_that_is_away_means_nothing_is_erased() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    let before = profile.vault_rows();
    profile.fault(Fault::Offline);
    assert_eq!(
        laptop.loss(Act::ClearThisDevice).await.unwrap_err(),
        Trouble::Unreachable
    );
    assert_eq!(
        laptop.loss(Act::ClearEverywhere).await.unwrap_err(),
        Trouble::Unreachable
    );
    assert_eq!(profile.vault_rows(), before);
}

#[tokio::test]
async fn another_receipt_key_for_a_known_account_is_not_taken() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    laptop.sign_out().await.unwrap();
    profile.lie(|path, answer| {
        if path == "/v1/sessions" {
            let mut session = json(&answer.body);
            let public = [1_u8; 32];
            let key = sigill_core::confirmation::receipt::PinnedKey::parse(
                &sigill_core::wire::account::ReceiptKey {
                    id: sigill_core::id::KeyId(
                        sigill_core::id::Hash::of(&public).0[..16]
                            .try_into()
                            .unwrap(),
                    ),
                    public: public.to_vec().into(),
                },
            );
            session["receipt_key"] = serde_json::to_value(key.unwrap().to_wire()).unwrap();
            answer.body = serde_json::to_vec(&session).unwrap();
        }
    });
    let account = sigill::api::SignIn {
        service: crate::rig::URL.into(),
        email: crate::rig::EMAIL.into(),
        password: crate::rig::PASSWORD.into(),
        device_name: "Laptop".into(),
        language: "en".into(),
        second_factor: None,
    };
    assert_eq!(laptop.sign_in(account).await.unwrap_err(), Trouble::Garbage);
    assert!(laptop.status().await.unwrap().account.is_none());
}
