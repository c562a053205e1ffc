//! The worker is killed before every single write and around every single
//! request; the next one over the same store goes on.

use sigill::api::{Connect, VaultState};

use crate::contents::{import, imported};
use crate::rig::{Fault, Person, Profile, World, another, connected, new_vault};

/// Exactly one complete generation is active, and it opens.
async fn one_whole_vault(profile: &Profile) -> Vec<String> {
    profile.close_browser();
    let session = profile.session();
    session.unlocked().await;
    let names = session.names().await;
    assert!(
        !profile.rows().contains_key("staging"),
        "what was half-written is gone"
    );
    names
}

#[tokio::test]
async fn writing_leaves_the_vault_before_or_after() {
    for step in 0..4 {
        let profile = World::begin().await.profile();
        let session = profile.session();
        session.create_vault(new_vault("Home")).await.unwrap();
        session.add("kept", "x").await;
        profile.fault(Fault::KilledBefore(step));
        let items: Vec<_> = (0..10)
            .map(|n| imported(&format!("imported{n}"), "x"))
            .collect();
        let done = session.import(import("f", &items)).await.is_ok();
        profile.fault(Fault::None);
        let names = one_whole_vault(&profile).await;
        assert_eq!(names.len(), if done { 11 } else { 1 }, "step {step}");
    }
}

#[tokio::test]
async fn making_a_vault_leaves_none_or_one() {
    for step in 0..6 {
        let profile = World::begin().await.profile();
        let session = profile.session();
        profile.fault(Fault::KilledBefore(step));
        let _ = session.create_vault(new_vault("Home")).await;
        profile.fault(Fault::None);
        profile.close_browser();
        let session = profile.session();
        match session.status().await.unwrap().vault {
            VaultState::None { .. } => {
                session.create_vault(new_vault("Home")).await.unwrap();
            }
            VaultState::Locked { .. } => drop(session.unlocked().await),
            other => panic!("{other:?} at step {step}"),
        }
        let generations = profile
            .rows()
            .keys()
            .filter(|key| key.ends_with("/head"))
            .count();
        assert_eq!(generations, 1, "step {step}");
    }
}

#[tokio::test]
async fn taking_the_clouds_vault_leaves_the_old_one_or_the_new_one() {
    let mut step = 0;
    loop {
        let world = World::begin().await;
        let (_, _laptop) = connected(&world, 2).await;
        let profile = world.profile();
        let phone = profile.session();
        phone.create_vault(new_vault("Own")).await.unwrap();
        phone.add("own", "x").await;
        phone.sign_in_again().await;
        profile.fault(Fault::KilledBefore(step));
        let done = phone.connect(Connect::Download, None).await.is_ok();
        profile.fault(Fault::None);
        let names = one_whole_vault(&profile).await;
        assert!(
            names == ["own"] || names == ["entry0", "entry1"],
            "{names:?} at step {step}"
        );
        if done {
            assert_eq!(names.len(), 2);
            break;
        }
        step += 1;
        assert!(step < 60);
    }
}

#[tokio::test]
async fn syncing_loses_no_change_wherever_it_is_killed() {
    let mut step = 0;
    loop {
        let world = World::begin().await;
        let (profile, laptop) = connected(&world, 1).await;
        let (_, phone) = another(&world).await;
        phone.add("from the phone", "x").await;
        phone.sync_now().await.unwrap();
        laptop.add("from the laptop", "x").await;
        profile.fault(Fault::KilledBefore(step));
        let _ = laptop.sync_now().await;
        let killed = profile.steps() > step;
        profile.fault(Fault::None);
        let laptop = profile.session();
        laptop.sync_now().await.unwrap();
        phone.sync_now().await.unwrap();
        for device in [&laptop, &phone] {
            let names = device.names().await;
            assert_eq!(
                names,
                ["entry0", "from the laptop", "from the phone"],
                "step {step}"
            );
        }
        if !killed {
            break;
        }
        step += 1;
        assert!(step < 60);
    }
}
