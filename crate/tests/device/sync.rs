//! Two devices and the cloud between them.

use sigill::api::{Connect, Content, Found, Item, PauseReason, SyncState, Url, VaultState};
use sigill::trouble::Trouble;
use sigill_core::site::Rule;
use sigill_core::vault::item::Field;

use crate::contents::{Fields, url};
use crate::rig::{Fault, Person, World, another, connected, master, new_vault};

#[tokio::test]
async fn a_vault_goes_up_and_comes_down_on_another_device() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 3).await;
    let state = laptop.status().await.unwrap().sync;
    assert!(
        matches!(
            state,
            SyncState::On {
                pending: 0,
                last: Some(_)
            }
        ),
        "{state:?}"
    );
    let (_, phone) = another(&world).await;
    assert_eq!(phone.names().await, ["entry0", "entry1", "entry2"]);
    assert_eq!(phone.password("entry1").await, "secret");
    assert_eq!(phone.account().await.unwrap().devices.len(), 2);
}

#[tokio::test]
async fn edits_of_both_devices_meet_field_by_field() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let (_, phone) = another(&world).await;
    let id = laptop.all().await[0].id.clone();
    laptop
        .edit(&id, |login| login.put(Field::Password, "from the laptop"))
        .await
        .unwrap();
    world.pass(1);
    phone
        .edit(&id, |login| login.put(Field::Notes, "from the phone"))
        .await
        .unwrap();
    phone.add("only on the phone", "x").await;
    laptop.sync_now().await.unwrap();
    phone.sync_now().await.unwrap();
    laptop.sync_now().await.unwrap();
    for device in [&laptop, &phone] {
        let login = device.item(&id).await.unwrap().content;
        assert_eq!(
            (login.text(Field::Password), login.text(Field::Notes)),
            ("from the laptop", "from the phone")
        );
        assert_eq!(device.names().await.len(), 3);
        let state = device.status().await.unwrap().sync;
        assert!(
            matches!(state, SyncState::On { pending: 0, .. }),
            "{state:?}"
        );
    }
}

#[tokio::test]
async fn a_value_that_loses_goes_to_the_history() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let (_, phone) = another(&world).await;
    let id = laptop.all().await[0].id.clone();
    laptop
        .edit(&id, |login| login.put(Field::Password, "earlier"))
        .await
        .unwrap();
    world.pass(10);
    phone
        .edit(&id, |login| login.put(Field::Password, "later"))
        .await
        .unwrap();
    laptop.sync_now().await.unwrap();
    phone.sync_now().await.unwrap();
    laptop.sync_now().await.unwrap();
    for device in [&laptop, &phone] {
        let item = device.item(&id).await.unwrap();
        assert_eq!(item.content.text(Field::Password), "later");
        assert!(item.history.iter().any(|past| past.text == "earlier"));
    }
}

#[tokio::test]
async fn a_rule_set_here_and_an_address_added_there_come_together_and_a_rule_that_lost_is_remembered()
 {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let (_, phone) = another(&world).await;
    let id = laptop.all().await[0].id.clone();
    let by = |rule, text: &str| Url { rule, ..url(text) };
    let set = |rule| move |content: &mut Content| content.urls[0].rule = rule;
    let of = |item: &Item| item.content.urls.clone();
    let saved = laptop.item(&id).await.unwrap().content.urls[0].text.clone();

    laptop.edit(&id, set(Rule::Never)).await.unwrap();
    let add = |content: &mut Content| content.urls.push(url("https://b.example"));
    phone.edit(&id, add).await.unwrap();
    for session in [&laptop, &phone, &laptop] {
        session.sync_now().await.unwrap();
    }
    for session in [&laptop, &phone] {
        let item = session.item(&id).await.unwrap();
        assert_eq!(
            of(&item),
            [by(Rule::Never, &saved), url("https://b.example")]
        );
    }

    laptop.edit(&id, set(Rule::Host)).await.unwrap();
    world.pass(1);
    phone.edit(&id, set(Rule::Exact)).await.unwrap();
    for session in [&laptop, &phone, &laptop] {
        session.sync_now().await.unwrap();
    }
    for session in [&laptop, &phone] {
        let item = session.item(&id).await.unwrap();
        assert_eq!(of(&item)[0], by(Rule::Exact, &saved));
        let lost = saved.clone() + "\thost";
        assert!(item.history.iter().any(|past| past.text == lost));
    }
}

#[tokio::test]
async fn without_the_service_everything_goes_on_and_is_sent_later() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    profile.fault(Fault::Offline);
    laptop.add("offline", "x").await;
    laptop.sync_now().await.unwrap();
    let state = laptop.status().await.unwrap().sync;
    assert!(
        matches!(
            state,
            SyncState::Offline {
                pending: 1,
                last: Some(_)
            }
        ),
        "{state:?}"
    );
    profile.fault(Fault::None);
    world.pass(60);
    laptop.tick().await.unwrap();
    let state = laptop.status().await.unwrap().sync;
    assert!(
        matches!(state, SyncState::On { pending: 0, .. }),
        "{state:?}"
    );
    let (_, phone) = another(&world).await;
    assert_eq!(phone.names().await, ["entry0", "offline"]);
}

#[tokio::test]
async fn changes_go_up_from_a_locked_vault_too() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    profile.fault(Fault::Offline);
    laptop.add("offline", "x").await;
    laptop.lock().await.unwrap();
    profile.fault(Fault::None);
    laptop.sync_now().await.unwrap();
    let state = laptop.status().await.unwrap().sync;
    assert!(
        matches!(state, SyncState::On { pending: 0, .. }),
        "{state:?}"
    );
}

#[tokio::test]
async fn a_session_that_ended_says_so_and_signing_in_again_goes_on() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let (_, phone) = another(&world).await;
    let devices = phone.account().await.unwrap().devices;
    let other = devices.iter().find(|device| !device.this).unwrap();
    phone.sign_device_out(&other.id).await.unwrap();
    laptop.add("afterwards", "x").await;
    laptop.sync_now().await.unwrap();
    let status = laptop.status().await.unwrap();
    assert!(
        matches!(status.sync, SyncState::SignedOut { pending: 1 }),
        "{:?}",
        status.sync
    );
    assert!(status.account.is_none());
    assert_eq!(laptop.sign_in_again().await, Found::Same);
    laptop.unlocked().await;
    laptop.connect(Connect::Merge, master()).await.unwrap();
    phone.sync_now().await.unwrap();
    assert_eq!(phone.names().await, ["afterwards", "entry0"]);
}

#[tokio::test]
async fn another_vault_in_the_cloud_is_the_persons_choice() {
    let world = World::begin().await;
    let (_, _laptop) = connected(&world, 2).await;
    let profile = world.profile();
    let phone = profile.session();
    phone
        .create_vault(new_vault("The phone’s own"))
        .await
        .unwrap();
    phone.add("own", "x").await;
    assert_eq!(phone.sign_in_again().await, Found::Different);
    let refused = phone.connect(Connect::Upload, master()).await.unwrap_err();
    assert!(matches!(refused, Trouble::Refused(_)), "{refused:?}");
    assert_eq!(phone.names().await, ["own"]);
    phone.connect(Connect::Download, None).await.unwrap();
    phone.unlocked().await;
    assert_eq!(phone.names().await, ["entry0", "entry1"]);
    let sealed = profile
        .rows()
        .keys()
        .filter(|key| key.ends_with("/name"))
        .count();
    assert_eq!(sealed, 2, "what was here is sealed");
}

#[tokio::test]
async fn large_vaults_go_up_in_parts() {
    let world = World::begin().await;
    let profile = world.profile();
    let laptop = profile.session();
    laptop.create_vault(new_vault("Large")).await.unwrap();
    for number in 0..5 {
        let id = laptop.add(&format!("large{number}"), "x").await;
        laptop
            .edit(&id, |login| login.put(Field::Notes, &"n".repeat(900_000)))
            .await
            .unwrap();
    }
    laptop.join(&world).await;
    laptop.connect(Connect::Upload, master()).await.unwrap();
    let requests = profile.0.requests.borrow().clone();
    assert!(
        requests
            .iter()
            .filter(|request| request.contains("/v1/uploads/"))
            .count()
            > 2
    );
    let (_, phone) = another(&world).await;
    assert_eq!(phone.names().await.len(), 5);
}

#[tokio::test]
async fn a_vault_made_beside_an_empty_cloud_belongs_to_the_account_at_once() {
    let world = World::begin().await;
    let profile = world.profile();
    let laptop = profile.session();
    assert_eq!(laptop.join(&world).await, Found::Nothing);
    let status = laptop.create_vault(new_vault("New")).await.unwrap();
    assert!(matches!(
        status.vault,
        VaultState::Open {
            connected: true,
            ..
        }
    ));
    laptop.add("first", "x").await;
    laptop.tick().await.unwrap();
    let (_, phone) = another(&world).await;
    assert_eq!(phone.names().await, ["first"]);
}

#[tokio::test]
async fn signing_out_locks_and_keeps_the_vault() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let status = laptop.sign_out().await.unwrap();
    assert!(matches!(
        status.vault,
        VaultState::Locked {
            connected: true,
            ..
        }
    ));
    assert!(matches!(status.sync, SyncState::SignedOut { .. }));
    laptop.unlocked().await;
    assert_eq!(laptop.names().await, ["entry0"]);
    assert_ne!(laptop.paused().await, Some(PauseReason::RolledBack));
}
