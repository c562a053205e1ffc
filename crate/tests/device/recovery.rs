//! A recovery code opens the vault, and the open vault gets another master
//! password: its entries stay.

use sigill::api::{
    Act, ChangePassword, Needs, NewVault, PauseReason, Phase, Reach, SyncState, UnlockByCode,
    VaultState,
};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::wire::problem::Code;

use crate::off::{password, turn_off};
use crate::rig::{
    Fault, OTHER_ROOT, PASSWORD, Person, Profile, ROOT, World, another, connected, mailed,
    new_vault, unlock, unlock_anew,
};

const RENEW: Act = Act::RenewMasterPassword;

fn anew(recovery: Option<&str>) -> NewVault {
    NewVault {
        root: OTHER_ROOT.to_owned(),
        recovery: recovery.map(str::to_owned),
        ..new_vault("ignored")
    }
}

fn by_code(code: &str) -> UnlockByCode {
    UnlockByCode {
        code: code.to_owned(),
        lock_after: 15,
    }
}

/// The code that opens the vault from now on; the master password stays.
async fn with_code(session: &Session<Profile>) -> String {
    let code = session.new_recovery_code().await.unwrap();
    let change = ChangePassword {
        old: ROOT.to_owned(),
        root: ROOT.to_owned(),
        derivation: new_vault("").derivation,
        recovery: Some(code.clone()),
        passkeys: Vec::new(),
        lock_after: 15,
    };
    session.change_master_password(change).await.unwrap();
    code
}

async fn entries(session: &Session<Profile>) -> String {
    serde_json::to_string(&session.all().await).unwrap()
}

#[tokio::test]
async fn the_code_of_the_vault_opens_it_and_no_other_does() {
    let session = World::begin().await.profile().session();
    let code = session.new_recovery_code().await.unwrap();
    let vault = NewVault {
        recovery: Some(code.clone()),
        ..new_vault("Åsa’s vault")
    };
    session.create_vault(vault).await.unwrap();
    session.add("bank", "x").await;
    let status = session.lock().await.unwrap();
    assert!(matches!(
        status.vault,
        VaultState::Locked { recovery: true, .. }
    ));
    let other = session.new_recovery_code().await.unwrap();
    assert_ne!(other, code);
    let end = if code.ends_with('0') { "1" } else { "0" };
    let mistyped = [&code[..code.len() - 1], end].concat();
    for (typed, trouble) in [
        (other.as_str(), Trouble::WrongRecoveryCode),
        (&mistyped, Trouble::MistypedRecoveryCode),
        (&code[1..], Trouble::NoRecoveryCode),
        ("", Trouble::NoRecoveryCode),
    ] {
        let refused = session.unlock_by_code(by_code(typed)).await.unwrap_err();
        assert_eq!(refused, trouble, "{typed}");
    }
    let typed = code.to_lowercase().replace('-', " ");
    session.unlock_by_code(by_code(&typed)).await.unwrap();
    assert_eq!(session.names().await, ["bank"]);
}

#[tokio::test]
async fn a_vault_without_a_code_is_opened_by_none() {
    let session = World::begin().await.profile().session();
    session
        .create_vault(new_vault("Åsa’s vault"))
        .await
        .unwrap();
    session.lock().await.unwrap();
    let code = session.new_recovery_code().await.unwrap();
    let refused = session.unlock_by_code(by_code(&code)).await.unwrap_err();
    assert_eq!(refused, Trouble::NoRecoveryCode);
}

#[tokio::test]
async fn a_renewal_keeps_the_entries_and_voids_the_old_sheet() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 3).await;
    let old = with_code(&laptop).await;
    laptop.add("not yet in the cloud", "x").await;
    let before = entries(&laptop).await;
    laptop.lock().await.unwrap();
    laptop.unlock_by_code(by_code(&old)).await.unwrap();

    let loss = laptop.loss(RENEW).await.unwrap();
    let code = vec!["email_code".to_owned()];
    assert_eq!(loss.needs, Needs::Proofs { proofs: code });
    assert_eq!(
        (loss.entries, loss.nowhere_else, loss.reach),
        (0, 0, Reach::Cloud)
    );
    let new = laptop.new_recovery_code().await.unwrap();
    laptop
        .ask_reset(RENEW, anew(Some(&new)), &loss.hash)
        .await
        .unwrap();
    assert_eq!(entries(&laptop).await, before, "nothing has changed yet");
    let done = laptop.prove(mailed(world.code().await)).await.unwrap();
    assert!(matches!(done.phase, Phase::Done { .. }), "{:?}", done.phase);
    laptop.dismiss().await.unwrap();

    assert_eq!(
        laptop.unlock(unlock()).await.unwrap_err(),
        Trouble::WrongMasterPassword
    );
    assert_eq!(
        laptop.unlock_by_code(by_code(&old)).await.unwrap_err(),
        Trouble::WrongRecoveryCode
    );
    laptop.unlock(unlock_anew()).await.unwrap();
    assert_eq!(entries(&laptop).await, before);
    laptop.sync_now().await.unwrap();
    let state = laptop.status().await.unwrap().sync;
    assert!(
        matches!(state, SyncState::On { pending: 0, .. }),
        "{state:?}"
    );
    laptop.lock().await.unwrap();
    laptop.unlock_by_code(by_code(&new)).await.unwrap();
    let fresh = world.profile().session();
    fresh.sign_in_again().await;
    fresh
        .connect(sigill::api::Connect::Download, None)
        .await
        .unwrap();
    fresh.unlock(unlock_anew()).await.unwrap();
    assert_eq!(fresh.names().await.len(), 4);
}

#[tokio::test]
async fn a_device_that_lags_takes_over_what_the_cloud_has_more_before_it_is_renewed() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let code = with_code(&laptop).await;
    let fresh = world.profile();
    let phone = fresh.session();
    phone.sign_in_again().await;
    phone
        .connect(sigill::api::Connect::Download, None)
        .await
        .unwrap();
    phone.unlock(unlock()).await.unwrap();
    laptop.lock().await.unwrap();
    phone.add("while the laptop was locked", "x").await;
    phone.sync_now().await.unwrap();

    laptop.unlock_by_code(by_code(&code)).await.unwrap();
    let loss = laptop.loss(RENEW).await.unwrap();
    assert_eq!((loss.entries, loss.nowhere_else, loss.alike), (0, 0, 2));
    laptop
        .ask_reset(RENEW, anew(None), &loss.hash)
        .await
        .unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    laptop.dismiss().await.unwrap();
    laptop.unlock(unlock_anew()).await.unwrap();
    assert_eq!(laptop.names().await.len(), 2);
}

#[tokio::test]
async fn another_epoch_in_the_cloud_is_decided_about_before_a_renewal() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let (_, phone) = another(&world).await;
    with_code(&laptop).await;
    match phone.loss(RENEW).await {
        Err(Trouble::Refused(problem)) => assert_eq!(problem.error, Code::VaultDiffers),
        other => panic!("{other:?}"),
    }
    assert!(phone.operation().await.unwrap().is_none());
}

#[tokio::test]
async fn what_was_not_proved_leaves_no_vault_behind() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    let loss = laptop.loss(RENEW).await.unwrap();
    laptop
        .ask_reset(RENEW, anew(None), &loss.hash)
        .await
        .unwrap();
    assert!(profile.rows().contains_key("fresh"));
    laptop.cancel().await.unwrap();
    assert!(!profile.rows().contains_key("fresh"));
}

#[tokio::test]
async fn a_locked_vault_is_not_renewed() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    laptop.lock().await.unwrap();
    let before = profile.vault_rows();
    let loss = laptop.loss(RENEW).await.unwrap();
    let refused = laptop.ask_reset(RENEW, anew(None), &loss.hash).await;
    assert_eq!(refused.unwrap_err(), Trouble::Locked);
    assert_eq!(profile.vault_rows(), before);
    assert!(laptop.operation().await.unwrap().is_none());
}

#[tokio::test]
async fn only_a_reset_or_a_renewal_brings_new_keys() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let loss = laptop.loss(Act::ClearEverywhere).await.unwrap();
    let refused = laptop
        .ask_reset(Act::ClearEverywhere, anew(None), &loss.hash)
        .await;
    assert_eq!(refused.unwrap_err(), Trouble::MalformedInput);
    let loss = laptop.loss(RENEW).await.unwrap();
    let refused = laptop.ask(RENEW, &loss.hash).await;
    assert_eq!(refused.unwrap_err(), Trouble::MalformedInput);
}

#[tokio::test]
async fn another_device_asks_by_hand_before_it_takes_the_renewed_vault() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let (profile, phone) = another(&world).await;
    let loss = laptop.loss(RENEW).await.unwrap();
    laptop
        .ask_reset(RENEW, anew(None), &loss.hash)
        .await
        .unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    let before = profile.vault_rows();
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
    assert_eq!(profile.vault_rows(), before);
}

#[tokio::test]
async fn with_sync_off_a_renewal_is_this_devices_own_and_both_sides_are_asked_about_afterwards() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    turn_off(&world, &laptop).await;
    let loss = laptop.loss(RENEW).await.unwrap();
    let proof = vec!["account_password".to_owned()];
    assert_eq!(loss.needs, Needs::Proofs { proofs: proof });
    assert_eq!((loss.entries, loss.reach), (0, Reach::ThisDevice));
    laptop
        .ask_reset(RENEW, anew(None), &loss.hash)
        .await
        .unwrap();
    laptop.prove(password(PASSWORD)).await.unwrap();
    laptop.dismiss().await.unwrap();
    laptop.unlock(unlock_anew()).await.unwrap();
    assert_eq!(laptop.names().await.len(), 2);

    world.pass(3600);
    laptop.unlock(unlock_anew()).await.unwrap();
    let loss = laptop.loss(Act::TurnSyncOn).await.unwrap();
    laptop.ask(Act::TurnSyncOn, &loss.hash).await.unwrap();
    laptop.prove(password(PASSWORD)).await.unwrap();
    laptop.dismiss().await.unwrap();
    laptop.sync_now().await.unwrap();
    let differs = laptop.differs().await.unwrap();
    assert!(differs.own && !differs.connecting);
    assert_eq!((differs.here, differs.in_cloud), (2, 2));
}

#[tokio::test]
async fn killed_at_any_write_a_renewal_ends_with_one_whole_vault_and_all_entries() {
    for step in 0.. {
        let world = World::begin().await;
        let (profile, laptop) = connected(&world, 2).await;
        let loss = laptop.loss(RENEW).await.unwrap();
        laptop
            .ask_reset(RENEW, anew(None), &loss.hash)
            .await
            .unwrap();
        let code = world.code().await;
        profile.fault(Fault::KilledBefore(step));
        let survived = laptop.prove(mailed(code)).await.is_ok() && profile.steps() <= step;
        profile.fault(Fault::None);
        let after = profile.session();
        after.tick().await.unwrap();
        let _ = after.operation().await.unwrap();
        after.lock().await.unwrap();
        let old = after.unlock(unlock()).await.is_ok();
        let new = after.unlock(unlock_anew()).await.is_ok();
        assert!(old != new, "exactly one opens, killed before step {step}");
        assert_eq!(after.names().await.len(), 2);
        if survived {
            assert!(new && step >= 6, "{step}");
            break;
        }
    }
}

#[tokio::test]
async fn with_no_account_the_vaults_name_renews_it() {
    let profile = World::begin().await.profile();
    let session = profile.session();
    session
        .create_vault(new_vault("Åsa’s vault"))
        .await
        .unwrap();
    session.add("bank", "x").await;
    let before = profile.vault_rows();
    let refused = session.reset_unconnected(RENEW, anew(None), "Åsa").await;
    assert_eq!(refused.unwrap_err(), Trouble::WrongPhrase);
    assert_eq!(profile.vault_rows(), before);
    let renewed = session
        .reset_unconnected(RENEW, anew(None), "åsa’s vault")
        .await
        .unwrap();
    assert!(
        matches!(&renewed.vault, VaultState::Open { count: 1, name, .. } if name == "Åsa’s vault"),
        "{:?}",
        renewed.vault
    );
    session.lock().await.unwrap();
    session.unlock(unlock_anew()).await.unwrap();
    assert_eq!(session.names().await, ["bank"]);
    // The old one is sealed here for a while, as after every act.
    session.restore_unconnected(ROOT.into()).await.unwrap();
    session.unlocked().await;
    assert_eq!(session.names().await, ["bank"]);
}
