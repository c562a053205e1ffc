//! A forgotten master password: a new, empty vault takes the old one's place.

use sigill::api::{
    Act, Connect, Needs, NewVault, PauseReason, Phase, Reach, SyncState, VaultState,
};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::wire::problem::Code;

use crate::rig::{
    Fault, OTHER_ROOT, Person, Profile, ROOT, World, another, code_of, connected, mailed, master,
    new_vault, unlock, unlock_anew,
};

const RESET: Act = Act::ResetMasterPassword;

/// A vault under another master password.
fn anew() -> NewVault {
    NewVault {
        root: OTHER_ROOT.to_owned(),
        ..new_vault("Åsa’s vault")
    }
}

async fn asked(laptop: &Session<Profile>) {
    laptop.lock().await.unwrap();
    let loss = laptop.loss(RESET).await.unwrap();
    laptop.ask_reset(RESET, anew(), &loss.hash).await.unwrap();
}

#[tokio::test]
async fn a_new_vault_takes_over_only_after_the_code_and_the_old_one_is_sealed() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 3).await;
    laptop.lock().await.unwrap();
    let loss = laptop.loss(RESET).await.unwrap();
    assert_eq!(
        loss.needs,
        Needs::Proofs {
            proofs: vec!["email_code".into()]
        }
    );
    assert_eq!(
        (loss.entries, loss.nowhere_else, loss.reach),
        (3, 3, Reach::Cloud)
    );
    let before = profile.vault_rows();
    laptop.ask_reset(RESET, anew(), &loss.hash).await.unwrap();
    assert_eq!(profile.vault_rows(), before, "nothing is lost yet");
    assert_eq!(laptop.displaced().await.unwrap().len(), 0);

    let done = laptop.prove(mailed(world.code().await)).await.unwrap();
    let Phase::Done {
        undo_until: Some(until),
        ..
    } = done.phase
    else {
        panic!("{:?}", done.phase);
    };
    assert_eq!(until, world.now() + 30 * 24 * 3600);
    laptop.dismiss().await.unwrap();
    assert_eq!(
        laptop.unlock(unlock()).await.unwrap_err(),
        Trouble::WrongMasterPassword
    );
    let status = laptop.unlock(unlock_anew()).await.unwrap();
    assert!(
        matches!(&status.vault, VaultState::Open { count: 0, connected: true, name, .. } if name == "Åsa’s vault"),
        "{:?}",
        status.vault
    );
    let displaced = laptop.displaced().await.unwrap();
    assert_eq!(
        (
            displaced.len(),
            displaced[0].count,
            displaced[0].by.as_str()
        ),
        (1, 3, "reset")
    );
    let kept = laptop.restorable_view().await.unwrap().unwrap();
    assert_eq!(
        (kept.count, kept.until),
        (3, world.now() + 7 * 24 * 3600),
        "sealed on the device too"
    );

    laptop.add("the first", "x").await;
    laptop.sync_now().await.unwrap();
    let state = laptop.status().await.unwrap().sync;
    assert!(
        matches!(state, SyncState::On { pending: 0, .. }),
        "{state:?}"
    );
}

#[tokio::test]
async fn a_wrong_code_or_a_change_of_mind_leaves_the_old_vault_to_the_byte() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    let before = profile.vault_rows();
    asked(&laptop).await;
    let right = world.code().await;
    let wrong = if right.starts_with('1') {
        "2000 0000"
    } else {
        "1000 0000"
    };
    let refused = laptop.prove(mailed(wrong.into())).await.unwrap_err();
    assert_eq!(code_of(refused), Code::ProofRejected);
    assert_eq!(profile.vault_rows(), before);
    laptop.cancel().await.unwrap();
    assert_eq!(
        laptop.prove(mailed(right)).await.unwrap_err(),
        Trouble::NotFound
    );
    assert_eq!(profile.vault_rows(), before);
    laptop.unlocked().await;
    assert_eq!(laptop.names().await.len(), 2);
}

#[tokio::test]
async fn another_device_asks_by_hand_before_it_takes_the_new_vault() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let (profile, phone) = another(&world).await;
    asked(&laptop).await;
    laptop.prove(mailed(world.code().await)).await.unwrap();
    laptop.dismiss().await.unwrap();

    let before = profile.vault_rows();
    phone.sync_now().await.unwrap();
    let state = phone.status().await.unwrap().sync;
    let SyncState::Paused {
        reason: PauseReason::CloudDiffers,
        device: Some(device),
        ..
    } = state
    else {
        panic!("{state:?}");
    };
    assert_eq!((device.as_str(), phone.names().await.len()), ("Laptop", 2));
    assert_eq!(profile.vault_rows(), before);
}

#[tokio::test]
async fn asked_again_it_takes_the_password_typed_last() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    laptop.lock().await.unwrap();
    let loss = laptop.loss(RESET).await.unwrap();
    let first = NewVault {
        root: ROOT.to_owned(),
        ..anew()
    };
    laptop.ask_reset(RESET, first, &loss.hash).await.unwrap();
    let dead = world.code().await;
    laptop.ask_reset(RESET, anew(), &loss.hash).await.unwrap();
    let code = world.code().await;
    let refused = laptop.prove(mailed(dead)).await.unwrap_err();
    assert_eq!(code_of(refused), Code::ProofRejected);
    laptop.prove(mailed(code)).await.unwrap();
    laptop.dismiss().await.unwrap();
    laptop.unlock(unlock_anew()).await.unwrap();
}

#[tokio::test]
async fn without_a_new_vault_a_reset_is_not_asked_for() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let loss = laptop.loss(RESET).await.unwrap();
    assert_eq!(
        laptop.ask(RESET, &loss.hash).await.unwrap_err(),
        Trouble::MalformedInput
    );
    assert!(laptop.operation().await.unwrap().is_none());
}

#[tokio::test]
async fn killed_at_any_write_a_reset_ends_with_one_whole_vault() {
    let mut killed = 0;
    for step in 0.. {
        let world = World::begin().await;
        let (profile, laptop) = connected(&world, 2).await;
        asked(&laptop).await;
        let code = world.code().await;
        profile.fault(Fault::KilledBefore(step));
        let survived = laptop.prove(mailed(code)).await.is_ok() && profile.steps() <= step;
        profile.fault(Fault::None);
        let after = profile.session();
        after.tick().await.unwrap();
        let _ = after.operation().await.unwrap();
        let old = after.unlock(unlock()).await.is_ok();
        let new = after.unlock(unlock_anew()).await.is_ok();
        assert!(old != new, "exactly one opens, killed before step {step}");
        if survived {
            assert!(new);
            break;
        }
        killed += 1;
    }
    println!("killed at {killed} steps");
    assert!(killed >= 6, "{killed}");
}

#[tokio::test]
async fn no_account_means_the_old_vaults_name_typed_and_the_old_password_brings_it_back() {
    let world = World::begin().await;
    let profile = world.profile();
    let session = profile.session();
    session
        .create_vault(new_vault("Åsa’s vault"))
        .await
        .unwrap();
    session.add("bank", "x").await;
    session.lock().await.unwrap();
    let loss = session.loss(RESET).await.unwrap();
    assert_eq!(
        (loss.needs, loss.reach),
        (
            Needs::TypedPhrase {
                phrase: "Åsa’s vault".into()
            },
            Reach::ThisDevice
        )
    );
    let before = profile.vault_rows();
    let refused = session.reset_unconnected(RESET, anew(), "Åsa").await;
    assert_eq!(refused.unwrap_err(), Trouble::WrongPhrase);
    assert_eq!(profile.vault_rows(), before);
    session
        .reset_unconnected(RESET, anew(), " åsa’s VAULT ")
        .await
        .unwrap();
    assert_eq!(session.names().await, [""; 0]);

    // S29: the old password comes back to mind.
    session.restore_unconnected(ROOT.into()).await.unwrap();
    session.unlocked().await;
    assert_eq!(session.names().await, ["bank"]);
}

#[tokio::test]
async fn only_a_reset_or_a_renewal_is_granted_by_a_name_that_brings_a_new_vault() {
    let world = World::begin().await;
    let profile = world.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    let before = profile.rows();
    for act in [Act::ClearThisDevice, Act::RestoreDevice, Act::TurnSyncOff] {
        let refused = session.reset_unconnected(act, anew(), "not its name").await;
        assert_eq!(refused.unwrap_err(), Trouble::MalformedInput);
    }
    assert_eq!(profile.rows(), before);
}

#[tokio::test]
async fn a_connected_vault_is_not_reset_by_its_name() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    laptop.sign_out().await.unwrap();
    let before = profile.vault_rows();
    let refused = laptop.reset_unconnected(RESET, anew(), "Åsa’s vault").await;
    assert_eq!(code_of(refused.unwrap_err()), Code::NotOffered);
    assert_eq!(profile.vault_rows(), before);
    laptop.sign_in_again().await;
    laptop.lock().await.unwrap();
    laptop.connect(Connect::Merge, master()).await.unwrap();
}
