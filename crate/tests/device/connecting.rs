//! A vault leaves its account: connecting is taken back, or the table's proofs are given.

use sigill::api::{Act, Connect, Found, Needs, Phase, SyncState, Unlock, VaultState};
use sigill::rim::{Batch, Rim};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::wire::problem::Code;

use crate::off::password;
use crate::rig::{
    EMAIL, Fault, OTHER_ROOT, PASSWORD, Person, Profile, World, another, connected, mailed, master,
    new_vault, unlock,
};

const HOUR: u64 = 3600;

async fn all(session: &Session<Profile>) -> String {
    serde_json::to_string(&session.all().await).unwrap()
}

fn is_not_offered(trouble: &Trouble) {
    match trouble {
        Trouble::Refused(problem) => assert_eq!(problem.error, Code::NotOffered),
        other => panic!("{other:?}"),
    }
}

async fn belongs_to_nobody(session: &Session<Profile>) {
    let status = session.status().await.unwrap();
    assert!(matches!(status.sync, SyncState::NotConnected));
    assert!(status.account.is_none());
    match status.vault {
        VaultState::Open { connected, .. } | VaultState::Locked { connected, .. } => {
            assert!(!connected);
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_only_device_takes_connecting_back_by_the_master_password_alone() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 3).await;
    let before = all(&laptop).await;
    let account = laptop.account().await.unwrap();
    assert!(account.taken_back_until.is_some());

    let wrong = Unlock {
        root: OTHER_ROOT.to_owned(),
        ..unlock()
    };
    let wrong = laptop.undo_connecting(wrong).await.unwrap_err();
    assert_eq!(wrong, Trouble::WrongMasterPassword);
    laptop.undo_connecting(unlock()).await.unwrap();
    belongs_to_nobody(&laptop).await;
    assert_eq!(all(&laptop).await, before);

    // It is a vault like any other without an account, and can be connected again.
    laptop.lock().await.unwrap();
    laptop.unlock(unlock()).await.unwrap();
    laptop.add("afterwards", "x").await;
    let needs = laptop.loss(Act::ClearThisDevice).await.unwrap().needs;
    assert!(matches!(needs, Needs::TypedPhrase { .. }), "{needs:?}");
}

#[tokio::test]
async fn after_seventy_two_hours_or_beside_another_device_connecting_stays() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let (_, phone) = another(&world).await;
    assert!(laptop.account().await.unwrap().taken_back_until.is_none());
    let beside = laptop.undo_connecting(unlock()).await.unwrap_err();
    is_not_offered(&beside);
    phone.sign_out().await.unwrap();
    world.pass(72 * HOUR);
    laptop.unlocked().await;
    assert!(laptop.account().await.unwrap().taken_back_until.is_none());
    let late = laptop.undo_connecting(unlock()).await.unwrap_err();
    is_not_offered(&late);
    assert!(matches!(
        laptop.status().await.unwrap().vault,
        VaultState::Open {
            connected: true,
            ..
        }
    ));
}

#[tokio::test]
async fn a_service_that_is_away_takes_nothing_back() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    profile.fault(Fault::Offline);
    let away = laptop.undo_connecting(unlock()).await.unwrap_err();
    assert_eq!(away, Trouble::Unreachable);
    assert!(matches!(
        laptop.status().await.unwrap().vault,
        VaultState::Open {
            connected: true,
            ..
        }
    ));
}

#[tokio::test]
async fn a_service_that_says_yes_too_late_is_not_followed() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    world.pass(80 * HOUR);
    laptop.unlocked().await;
    profile.lie(|path, answer| {
        if path.ends_with("/connecting/undo") {
            answer.status = 204;
            answer.body.clear();
        }
    });
    let refused = laptop.undo_connecting(unlock()).await.unwrap_err();
    is_not_offered(&refused);
}

#[tokio::test]
async fn by_the_tables_proofs_a_vault_leaves_its_account_and_stays_here() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 3).await;
    let before = all(&laptop).await;
    let loss = laptop.loss(Act::Disconnect).await.unwrap();
    let both = ["account_password", "email_code"].map(str::to_owned);
    assert_eq!(
        loss.needs,
        Needs::Proofs {
            proofs: both.into()
        }
    );
    assert_eq!((loss.entries, loss.undo_until), (0, None));
    laptop.ask(Act::Disconnect, &loss.hash).await.unwrap();
    laptop.prove(password(PASSWORD)).await.unwrap();
    let done = laptop.prove(mailed(world.code().await)).await.unwrap();
    assert!(matches!(done.phase, Phase::Done { .. }), "{:?}", done.phase);
    belongs_to_nobody(&laptop).await;
    laptop.dismiss().await.unwrap();
    assert_eq!(all(&laptop).await, before);

    // The account keeps its copy: another device finds it.
    let (_, phone) = another(&world).await;
    phone.unlock(unlock()).await.unwrap();
    assert_eq!(all(&phone).await, before);
    let devices = phone.account().await.unwrap().devices;
    assert_eq!(devices.len(), 1, "the one that left is signed out");
    assert_eq!(phone.account().await.unwrap().email, EMAIL);
}

#[tokio::test]
async fn a_locked_vault_is_opened_first_and_one_that_locks_meanwhile_leaves_when_it_opens() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    laptop.lock().await.unwrap();
    let locked = laptop.loss(Act::Disconnect).await.unwrap_err();
    assert_eq!(locked, Trouble::Locked);
    laptop.unlock(unlock()).await.unwrap();
    let loss = laptop.loss(Act::Disconnect).await.unwrap();
    laptop.ask(Act::Disconnect, &loss.hash).await.unwrap();
    laptop.prove(password(PASSWORD)).await.unwrap();
    let code = world.code().await;
    laptop.lock().await.unwrap();
    assert_eq!(
        laptop.prove(mailed(code)).await.unwrap_err(),
        Trouble::Locked
    );
    laptop.unlock(unlock()).await.unwrap();
    let done = laptop.operation().await.unwrap().expect("an operation");
    assert!(matches!(done.phase, Phase::Done { .. }), "{:?}", done.phase);
    belongs_to_nobody(&laptop).await;
    laptop.dismiss().await.unwrap();
    laptop.add("afterwards", "x").await;
    assert_eq!(laptop.all().await.len(), 3);
}

#[tokio::test]
async fn a_vault_whose_row_says_that_it_belongs_to_nobody_is_damaged_not_unprotected() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    drop(laptop);
    let rows = profile.vault_rows();
    let link = rows
        .keys()
        .find(|key| key.ends_with("/link"))
        .expect("a link");
    let mut batch = Batch::default();
    batch.delete(link.clone());
    profile.commit(batch).await.unwrap();
    let before = profile.rows();
    let laptop = profile.session();
    let clear = laptop.clear_unconnected("Åsa’s vault").await.unwrap_err();
    assert_eq!(clear, Trouble::Damaged);
    assert_eq!(profile.rows(), before);
}

#[tokio::test]
async fn a_deleted_account_leaves_the_vault_here_and_lets_it_go_by_the_master_password() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    let before = all(&laptop).await;
    let goes = world.now() + 7 * 24 * HOUR;
    profile.lie(move |path, answer| {
        if path.ends_with("/v1/account") {
            let mut told: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
            told["delete_at"] = goes.into();
            answer.body = serde_json::to_vec(&told).unwrap();
        }
    });
    let devices = laptop.account().await.unwrap().devices;
    assert!(laptop.status().await.unwrap().deleted.is_none(), "not yet");
    profile.no_more_lies();
    let (_, phone) = another(&world).await;
    phone.sign_device_out(&devices[0].id).await.unwrap();
    world.pass(8 * 24 * HOUR);
    laptop.unlocked().await;
    laptop.sync_now().await.unwrap();
    assert_eq!(laptop.status().await.unwrap().deleted, Some(goes));
    let wrong = Unlock {
        root: OTHER_ROOT.to_owned(),
        ..unlock()
    };
    let wrong = laptop.leave_service(wrong).await.unwrap_err();
    assert_eq!(wrong, Trouble::WrongMasterPassword);
    laptop.leave_service(unlock()).await.unwrap();
    belongs_to_nobody(&laptop).await;
    assert_eq!(all(&laptop).await, before);
}

fn is_wrong(answer: Result<sigill::api::Status, Trouble>) {
    assert_eq!(answer.unwrap_err(), Trouble::WrongMasterPassword);
}

#[tokio::test]
async fn connecting_takes_the_master_password_before_anything_is_sent() {
    let world = World::begin().await;
    let profile = world.profile();
    let laptop = profile.session();
    laptop.create_vault(new_vault("Hers")).await.unwrap();
    laptop.add("bank", "x").await;
    assert_eq!(laptop.join(&world).await, Found::OnlyHere);
    let before = (profile.vault_rows(), profile.0.requests.borrow().len());
    is_wrong(laptop.connect(Connect::Upload, None).await);
    is_wrong(
        laptop
            .connect(Connect::Upload, Some(OTHER_ROOT.into()))
            .await,
    );
    let after = (profile.vault_rows(), profile.0.requests.borrow().len());
    assert_eq!(after, before);
    laptop.connect(Connect::Upload, master()).await.unwrap();

    // The same vault on both sides, taken out of the account and brought back.
    laptop.undo_connecting(unlock()).await.unwrap();
    assert_eq!(laptop.sign_in_again().await, Found::Same);
    is_wrong(laptop.connect(Connect::Merge, None).await);
    is_wrong(
        laptop
            .connect(Connect::Merge, Some(OTHER_ROOT.into()))
            .await,
    );
    belongs_to_no_account(&laptop).await;
    laptop.connect(Connect::Merge, master()).await.unwrap();
    assert_eq!(laptop.names().await, ["bank"]);
}

async fn belongs_to_no_account(session: &Session<Profile>) {
    let vault = session.status().await.unwrap().vault;
    assert!(matches!(
        vault,
        VaultState::Open {
            connected: false,
            ..
        }
    ));
}

#[tokio::test]
async fn a_vault_of_the_account_is_not_connected_a_second_time() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    laptop.sign_out().await.unwrap();
    assert_eq!(laptop.sign_in_again().await, Found::Same);
    laptop.connect(Connect::Merge, None).await.unwrap();
    is_wrong(
        laptop
            .connect(Connect::Merge, Some(OTHER_ROOT.into()))
            .await,
    );
}
