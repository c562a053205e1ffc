//! S30, S31: the cloud holds another vault, and the person's hand decides.

use sigill::api::{Act, Connect, Found, NewVault, PauseReason, SyncState, Take, VaultState};
use sigill::rim::Incoming;
use sigill::session::Session;
use sigill::trouble::Trouble;

use crate::change::locked_meanwhile;
use crate::rig::{
    OTHER_ROOT, Person, Profile, World, another, connected, mailed, master, new_vault, unlock,
    unlock_anew,
};

fn anew() -> NewVault {
    NewVault {
        root: OTHER_ROOT.to_owned(),
        ..new_vault("Åsa’s vault")
    }
}

/// The laptop forgot its master password; the phone is open, with an edit that
/// nobody has seen.
async fn replaced(laptop: &Session<Profile>, phone: &Session<Profile>, world: &World) {
    phone.add("only on the phone", "x").await;
    laptop.lock().await.unwrap();
    let loss = laptop.loss(Act::ResetMasterPassword).await.unwrap();
    laptop
        .ask_reset(Act::ResetMasterPassword, anew(), &loss.hash)
        .await
        .unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    laptop.dismiss().await.unwrap();
    laptop.unlock(unlock_anew()).await.unwrap();
    laptop.add("in the new vault", "y").await;
    laptop.sync_now().await.unwrap();
    phone.sync_now().await.unwrap();
}

async fn in_step(session: &Session<Profile>) {
    session.sync_now().await.unwrap();
    let state = session.status().await.unwrap().sync;
    assert!(
        matches!(state, SyncState::On { pending: 0, .. }),
        "{state:?}"
    );
}

#[tokio::test]
async fn the_other_device_tells_who_and_what_is_at_stake_and_changes_nothing() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let (profile, phone) = another(&world).await;
    replaced(&laptop, &phone, &world).await;
    let before = profile.vault_rows();
    let differs = phone.differs().await.unwrap();
    assert_eq!(differs.device.as_deref(), Some("Laptop"));
    assert_eq!(differs.at, Some(world.now()));
    assert_eq!((differs.here, differs.pending, differs.in_cloud), (3, 1, 1));
    assert!(!differs.connecting && !differs.own);
    let wrong = phone.take_over(Take::Theirs, unlock()).await.unwrap_err();
    assert_eq!(wrong, Trouble::WrongMasterPassword);
    assert_eq!(profile.vault_rows(), before);
    assert_eq!(phone.names().await.len(), 3);
}

#[tokio::test]
async fn the_new_master_password_takes_the_clouds_vault_and_seals_what_was_here() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let (_, phone) = another(&world).await;
    replaced(&laptop, &phone, &world).await;
    phone.lock().await.unwrap();
    let came = phone.take_over(Take::Theirs, unlock_anew()).await.unwrap();
    assert_eq!(came, 0);
    assert_eq!(phone.names().await, ["in the new vault"]);
    assert_eq!(phone.restorable_view().await.unwrap().unwrap().count, 3);
    in_step(&phone).await;
}

#[tokio::test]
async fn locked_while_it_takes_the_clouds_vault_it_stays_locked() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let (profile, phone) = another(&world).await;
    replaced(&laptop, &phone, &world).await;
    assert!(phone.is_open().await);
    let taking = phone.take_over(Take::Theirs, unlock_anew());
    let came = locked_meanwhile((&profile, &phone), "/v1/vault/changes", taking).await;
    came.unwrap();
    assert!(!phone.is_open().await);
    phone.unlock(unlock_anew()).await.unwrap();
    assert_eq!(phone.names().await, ["in the new vault"]);
}

#[tokio::test]
async fn keeping_both_brings_the_entries_along_as_a_batch_that_can_be_undone() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let (_, phone) = another(&world).await;
    replaced(&laptop, &phone, &world).await;
    let came = phone.take_over(Take::Both, unlock_anew()).await.unwrap();
    assert_eq!(came, 3);
    let all = ["entry0", "entry1", "in the new vault", "only on the phone"];
    assert_eq!(phone.names().await, all);
    in_step(&phone).await;
    laptop.sync_now().await.unwrap();
    assert_eq!(laptop.names().await, all);
    let batches = phone.batches().await.unwrap();
    assert_eq!((batches.len(), batches[0].count), (1, 3));
    phone.undo(&batches[0].id).await.unwrap();
    assert_eq!(phone.names().await, ["in the new vault"]);
}

#[tokio::test]
async fn locked_entries_do_not_come_along() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let (profile, phone) = another(&world).await;
    replaced(&laptop, &phone, &world).await;
    phone.lock().await.unwrap();
    let before = profile.vault_rows();
    let refused = phone.take_over(Take::Both, unlock_anew()).await;
    assert_eq!(refused.unwrap_err(), Trouble::Locked);
    assert_eq!(profile.vault_rows(), before);
}

#[tokio::test]
async fn i_dont_know_it_puts_this_devices_content_back_by_a_code() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let (_, phone) = another(&world).await;
    replaced(&laptop, &phone, &world).await;
    let loss = phone.loss(Act::ReplaceCloud).await.unwrap();
    phone.ask(Act::ReplaceCloud, &loss.hash).await.unwrap();
    phone.prove(mailed(world.code().await)).await.unwrap();
    phone.dismiss().await.unwrap();
    in_step(&phone).await;
    assert_eq!(phone.names().await.len(), 3);
    laptop.sync_now().await.unwrap();
    let state = laptop.status().await.unwrap().sync;
    assert!(
        matches!(
            state,
            SyncState::Paused {
                reason: PauseReason::CloudDiffers,
                ..
            }
        ),
        "{state:?}"
    );
}

/// A vault that was made for this lie, under a password that the liar knows and
/// the person types: it does not come after what the phone knows.
#[tokio::test]
async fn a_vault_that_does_not_come_after_what_is_known_is_refused_even_with_its_password() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let (profile, phone) = another(&world).await;
    replaced(&laptop, &phone, &world).await;
    profile.lie(|path, answer: &mut Incoming| {
        if path.starts_with("/v1/vault/changes") {
            let mut body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
            let heads = body["heads"].as_array_mut().unwrap();
            let last = heads.len() - 1;
            heads.drain(..last); // the chain to the phone's pin is withheld
            answer.body = serde_json::to_vec(&body).unwrap();
        }
    });
    let before = profile.vault_rows();
    let refused = phone.take_over(Take::Theirs, unlock_anew()).await;
    assert_eq!(refused.unwrap_err(), Trouble::Garbage);
    assert_eq!(profile.vault_rows(), before);
    profile.no_more_lies();
    phone.take_over(Take::Theirs, unlock_anew()).await.unwrap();
}

#[tokio::test]
async fn connecting_with_both_sides_full_is_asked_and_both_can_be_kept() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let profile = world.profile();
    let phone = profile.session();
    phone.create_vault(anew()).await.unwrap();
    phone.add("of the phone", "x").await;
    assert_eq!(phone.sign_in_again().await, Found::Different);
    let differs = phone.differs().await.unwrap();
    assert_eq!(
        (differs.here, differs.in_cloud, differs.connecting),
        (1, 1, true)
    );
    let came = phone.take_over(Take::Both, unlock()).await.unwrap();
    assert_eq!(came, 1);
    in_step(&phone).await;
    laptop.sync_now().await.unwrap();
    assert_eq!(laptop.names().await, ["entry0", "of the phone"]);
    let status = phone.status().await.unwrap();
    assert!(
        matches!(
            status.vault,
            VaultState::Open {
                connected: true,
                ..
            }
        ),
        "{:?}",
        status.vault
    );
    let same = phone.connect(Connect::Merge, master()).await;
    assert!(same.is_ok());
}

#[tokio::test]
async fn s31_while_connecting_this_devices_content_takes_the_clouds_place_by_a_code() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let profile = world.profile();
    let phone = profile.session();
    phone.create_vault(anew()).await.unwrap();
    phone.add("of the phone", "x").await;
    assert_eq!(phone.sign_in_again().await, Found::Different);
    let before = profile.vault_rows();
    let loss = phone.loss(Act::ReplaceCloud).await.unwrap();
    assert_eq!(loss.only_in_cloud.count, 1);
    phone.ask(Act::ReplaceCloud, &loss.hash).await.unwrap();
    assert_eq!(profile.vault_rows(), before);
    let done = phone.prove(mailed(world.code().await)).await.unwrap();
    assert!(matches!(done.phase, sigill::api::Phase::Done { .. }));
    phone.dismiss().await.unwrap();
    in_step(&phone).await;
    assert_eq!(phone.names().await, ["of the phone"]);
    assert_eq!(phone.displaced().await.unwrap().len(), 1);

    // The cloud is what the phone holds; the laptop is asked.
    laptop.sync_now().await.unwrap();
    assert_eq!(laptop.names().await, ["entry0"]);
    assert_eq!(laptop.differs().await.unwrap().in_cloud, 1);
    laptop.take_over(Take::Theirs, unlock_anew()).await.unwrap();
    assert_eq!(laptop.names().await, ["of the phone"]);
}
