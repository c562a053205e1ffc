//! A new master password for whoever knows the old one.

use std::cell::Cell;
use std::rc::Rc;

use sigill::api::{BulkAct, ChangePassword, PauseReason, SyncState, Take, VaultState};
use sigill::rim::Incoming;
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::wire::problem::Code;

use crate::contents::bulk;
use crate::rig::{
    Fault, OTHER_ROOT, Person, Profile, ROOT, World, another, connected, new_vault, unlock,
    unlock_anew,
};

pub(crate) fn change(old: &str) -> ChangePassword {
    ChangePassword {
        old: old.to_owned(),
        root: OTHER_ROOT.to_owned(),
        derivation: new_vault("").derivation,
        recovery: None,
        passkeys: Vec::new(),
        lock_after: 15,
    }
}

#[tokio::test]
async fn the_entries_stay_to_the_byte_and_only_the_new_master_password_opens() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 3).await;
    let trashed = laptop.add("old", "x").await;
    laptop.bulk(bulk(&[trashed], BulkAct::Trash)).await.unwrap();
    let before = serde_json::to_string(&laptop.all().await).unwrap();
    let refused = laptop.change_master_password(change(OTHER_ROOT)).await;
    assert_eq!(refused.unwrap_err(), Trouble::WrongMasterPassword);
    laptop.change_master_password(change(ROOT)).await.unwrap();
    assert_eq!(serde_json::to_string(&laptop.all().await).unwrap(), before);

    laptop.lock().await.unwrap();
    let old = laptop.unlock(unlock()).await;
    assert_eq!(old.unwrap_err(), Trouble::WrongMasterPassword);
    laptop.unlock(unlock_anew()).await.unwrap();
    laptop.add("afterwards", "x").await;
    laptop.sync_now().await.unwrap();
    let state = laptop.status().await.unwrap().sync;
    assert!(
        matches!(state, SyncState::On { pending: 0, .. }),
        "{state:?}"
    );
    let fresh = world.profile().session();
    fresh.sign_in_again().await;
    fresh
        .connect(sigill::api::Connect::Download, None)
        .await
        .unwrap();
    fresh.unlock(unlock_anew()).await.unwrap();
    assert_eq!(fresh.names().await.len(), 4);
    assert!(!profile.rows().is_empty());
}

#[tokio::test]
async fn another_device_takes_it_after_the_new_master_password_and_keeps_its_edits() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let (_, phone) = another(&world).await;
    phone.add("only on the phone", "x").await;
    laptop.change_master_password(change(ROOT)).await.unwrap();
    phone.sync_now().await.unwrap();
    let state = phone.status().await.unwrap().sync;
    assert!(
        matches!(
            state,
            SyncState::Paused {
                reason: PauseReason::MasterPasswordChanged,
                ..
            }
        ),
        "{state:?}"
    );
    let came = phone.take_over(Take::Merged, unlock_anew()).await.unwrap();
    assert_eq!(came, 1, "what both hold to the letter is there once");
    phone.sync_now().await.unwrap();
    laptop.sync_now().await.unwrap();
    assert_eq!(laptop.names().await, ["entry0", "only on the phone"]);
}

#[tokio::test]
async fn a_status_asked_for_while_the_keys_change_never_finds_the_vault_locked() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    profile.take_turns();
    let changing = laptop.change_master_password(change(ROOT));
    let looking = async {
        for looked in 0_u32.. {
            let vault = laptop.status().await.unwrap().vault;
            assert!(matches!(vault, VaultState::Open { .. }), "look {looked}");
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        changed = changing => changed.map(drop).unwrap(),
        () = looking => panic!("it was looked at often"),
    }
    assert!(laptop.is_open().await);
}

/// What came of `work`, while which the person locked as soon as the service was asked for `path`.
pub(crate) async fn locked_meanwhile<T>(
    (profile, session): (&Profile, &Session<Profile>),
    path: &'static str,
    work: impl Future<Output = T>,
) -> T {
    let asked = Rc::new(Cell::new(false));
    let seen = Rc::clone(&asked);
    profile.lie(move |now, _| seen.set(seen.get() || now.starts_with(path)));
    profile.take_turns();
    let locking = async {
        while !asked.get() {
            tokio::task::yield_now().await;
        }
        session.lock().await.unwrap();
    };
    let (came, ()) = tokio::join!(work, locking);
    profile.no_more_lies();
    came
}

/// What is under way does not undo what the person did.
#[tokio::test]
async fn locked_while_the_keys_change_the_vault_stays_locked() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    let changing = laptop.change_master_password(change(ROOT));
    let changed = locked_meanwhile((&profile, &laptop), "/v1/vault/epoch", changing).await;
    changed.unwrap();
    assert!(!laptop.is_open().await);
    laptop.unlock(unlock_anew()).await.unwrap();
    assert_eq!(laptop.names().await.len(), 2);
}

/// The click that signs out is something done, too.
#[tokio::test]
async fn touched_while_it_signs_out_the_vault_is_locked() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    profile.take_turns();
    let over = Cell::new(false);
    let touching = async {
        while !over.get() {
            laptop.touch().await.unwrap();
        }
    };
    let signing_out = async {
        laptop.sign_out().await.unwrap();
        over.set(true);
    };
    tokio::join!(touching, signing_out);
    assert!(!laptop.is_open().await);
}

#[tokio::test]
async fn without_an_account_it_works_without_any_network() {
    let world = World::begin().await;
    let profile = world.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    session.add("bank", "x").await;
    profile.fault(Fault::Offline);
    session.change_master_password(change(ROOT)).await.unwrap();
    profile.fault(Fault::None);
    session.lock().await.unwrap();
    session.unlock(unlock_anew()).await.unwrap();
    assert_eq!(session.names().await, ["bank"]);
}

/// A thief with an open vault can sign nothing; whatever is signed, is signed
/// for one place of the cloud.
#[tokio::test]
async fn the_service_takes_no_epoch_whose_signature_is_not_over_its_own_nonce() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    profile.lie(|path, answer: &mut Incoming| {
        if path == "/v1/vault/epoch" && answer.status == 200 && answer.body.len() < 100 {
            let mut body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
            if body["nonce"].is_string() {
                body["nonce"] = serde_json::json!("A".repeat(43));
                answer.body = serde_json::to_vec(&body).unwrap();
            }
        }
    });
    let before = profile.vault_rows();
    match laptop.change_master_password(change(ROOT)).await {
        Err(Trouble::Refused(problem)) => assert_eq!(problem.error, Code::ProofRejected),
        other => panic!("{:?}", other.map(drop)),
    }
    assert_eq!(profile.vault_rows(), before);
    profile.no_more_lies();
    laptop.sync_now().await.unwrap();
    assert_eq!(laptop.names().await.len(), 2);
}

#[tokio::test]
async fn offline_a_connected_vault_keeps_its_master_password() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    profile.fault(Fault::Offline);
    let refused = laptop.change_master_password(change(ROOT)).await;
    assert_eq!(refused.unwrap_err(), Trouble::Unreachable);
    profile.fault(Fault::None);
    laptop.lock().await.unwrap();
    laptop.unlocked().await;
}

#[tokio::test]
async fn killed_anywhere_one_of_the_two_passwords_opens_what_is_here() {
    let mut killed = 0;
    for step in 0.. {
        let world = World::begin().await;
        let (profile, laptop) = connected(&world, 2).await;
        profile.fault(Fault::KilledBefore(step));
        let survived = laptop.change_master_password(change(ROOT)).await.is_ok();
        profile.fault(Fault::None);
        let after = profile.session();
        after.tick().await.unwrap();
        let old = after.unlock(unlock()).await.is_ok();
        let new = after.unlock(unlock_anew()).await.is_ok();
        assert!(old != new, "killed before step {step}");
        if old {
            // Where the cloud has it already, the new master password takes it.
            let _ = after.take_over(Take::Theirs, unlock_anew()).await;
        }
        assert_eq!(after.names().await.len(), 2, "killed before step {step}");
        if survived {
            assert!(new);
            break;
        }
        killed += 1;
    }
    println!("killed at {killed} steps");
    assert!(killed >= 6, "{killed}");
}
