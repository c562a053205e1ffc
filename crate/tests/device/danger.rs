//! Dangerous acts, from what would be lost to what is left.

use sigill::api::{Act, Connect, Needs, PauseReason, Phase, SyncState, VaultState};
use sigill::trouble::Trouble;
use sigill_core::wire::problem::Code;

use crate::rig::{OTHER_ROOT, Person, ROOT, World, another, code_of, connected, mailed, new_vault};

#[tokio::test]
async fn this_device_is_cleared_by_a_mailed_code_and_comes_back() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 3).await;
    let loss = laptop.loss(Act::ClearThisDevice).await.unwrap();
    assert_eq!(
        loss.needs,
        Needs::Proofs {
            proofs: vec!["email_code".into()]
        }
    );
    assert_eq!(
        (loss.entries, loss.nowhere_else, loss.alike, loss.in_step),
        (3, 0, 3, true)
    );
    assert_eq!(loss.mail_hint.as_deref(), Some("a***@example.com"));

    let before = profile.vault_rows();
    let asked = laptop.ask(Act::ClearThisDevice, &loss.hash).await.unwrap();
    let Phase::Asked {
        reference,
        tries_left: 5,
        ..
    } = asked.phase
    else {
        panic!("{:?}", asked.phase);
    };
    assert_eq!(reference.len(), 4);
    let status = laptop.status().await.unwrap();
    assert!(matches!(
        status.sync,
        SyncState::Paused {
            reason: PauseReason::OperationPending,
            ..
        }
    ));
    assert_eq!(profile.vault_rows(), before, "nothing is destroyed yet");

    let done = laptop.prove(mailed(world.code().await)).await.unwrap();
    let Phase::Done {
        undo_until: Some(until),
        ..
    } = done.phase
    else {
        panic!("{:?}", done.phase);
    };
    assert_eq!(until, world.now() + 7 * 24 * 3600);
    let status = laptop.status().await.unwrap();
    assert!(matches!(
        status.vault,
        VaultState::None {
            in_cloud: true,
            restorable_until: Some(_)
        }
    ));
    assert!(
        matches!(
            status.sync,
            SyncState::Paused {
                reason: PauseReason::ClearedHere,
                ..
            }
        ),
        "{:?}",
        status.sync
    );
    laptop.dismiss().await.unwrap();
    assert!(laptop.operation().await.unwrap().is_none());

    laptop.connect(Connect::Download, None).await.unwrap();
    laptop.unlocked().await;
    assert_eq!(laptop.names().await.len(), 3);
}

#[tokio::test]
async fn a_wrong_code_changes_nothing_and_counts() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    let loss = laptop.loss(Act::ClearEverywhere).await.unwrap();
    laptop.ask(Act::ClearEverywhere, &loss.hash).await.unwrap();
    let right = world.code().await;
    let wrong = if right.starts_with('1') {
        "2000 0000"
    } else {
        "1000 0000"
    };
    let before = profile.vault_rows();
    match laptop.prove(mailed(wrong.into())).await.unwrap_err() {
        Trouble::Refused(problem) => {
            assert_eq!(
                (problem.error, problem.tries_left),
                (Code::ProofRejected, Some(4))
            );
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(profile.vault_rows(), before);
    let operation = laptop.operation_now().await;
    assert!(
        matches!(operation.phase, Phase::Asked { tries_left: 4, .. }),
        "{:?}",
        operation.phase
    );
    laptop.prove(mailed(right)).await.unwrap();
    assert!(matches!(
        laptop.status().await.unwrap().vault,
        VaultState::None {
            in_cloud: false,
            ..
        }
    ));
}

#[tokio::test]
async fn cancelled_means_nothing_happened_and_the_outbox_goes_on() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    let loss = laptop.loss(Act::ClearThisDevice).await.unwrap();
    laptop.ask(Act::ClearThisDevice, &loss.hash).await.unwrap();
    let code = world.code().await;
    let before = profile.vault_rows();
    laptop.cancel().await.unwrap();
    assert!(
        matches!(laptop.operation_now().await.phase, Phase::Over { how } if how == "cancelled")
    );
    assert_eq!(
        laptop.prove(mailed(code)).await.unwrap_err(),
        Trouble::NotFound
    );
    assert_eq!(profile.vault_rows(), before);
    laptop.add("next", "x").await;
    laptop.sync_now().await.unwrap();
    assert!(matches!(
        laptop.status().await.unwrap().sync,
        SyncState::On { pending: 0, .. }
    ));
}

#[tokio::test]
async fn another_code_can_be_had_and_the_old_one_is_dead() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let loss = laptop.loss(Act::ClearThisDevice).await.unwrap();
    laptop.ask(Act::ClearThisDevice, &loss.hash).await.unwrap();
    let first = world.code().await;
    assert_eq!(code_of(laptop.resend().await.unwrap_err()), Code::TooSoon);
    world.pass(61);
    let again = laptop.resend().await.unwrap();
    assert!(
        matches!(again.phase, Phase::Asked { code_no: 2, .. }),
        "{:?}",
        again.phase
    );
    let second = world.code().await;
    assert_eq!(
        code_of(laptop.prove(mailed(first)).await.unwrap_err()),
        Code::ProofRejected
    );
    assert!(matches!(
        laptop.prove(mailed(second)).await.unwrap().phase,
        Phase::Done { .. }
    ));
}

#[tokio::test]
async fn cleared_everywhere_and_brought_back_to_the_byte() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 20).await;
    let (_, phone) = another(&world).await;
    let before = serde_json::to_string(&laptop.all().await).unwrap();
    let loss = laptop.loss(Act::ClearEverywhere).await.unwrap();
    assert_eq!((loss.entries, loss.nowhere_else), (20, 20));
    laptop.ask(Act::ClearEverywhere, &loss.hash).await.unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    laptop.dismiss().await.unwrap();
    assert!(matches!(
        laptop.status().await.unwrap().vault,
        VaultState::None {
            in_cloud: false,
            ..
        }
    ));

    phone.sync_now().await.unwrap();
    let state = phone.status().await.unwrap().sync;
    let SyncState::Paused {
        reason: PauseReason::CloudCleared,
        device: Some(device),
        ..
    } = state
    else {
        panic!("{state:?}");
    };
    assert_eq!((device.as_str(), phone.names().await.len()), ("Laptop", 20));

    let displaced = laptop.displaced().await.unwrap();
    assert_eq!(
        (
            displaced.len(),
            displaced[0].count,
            displaced[0].by.as_str()
        ),
        (1, 20, "clear_everywhere")
    );
    let act = Act::RestoreCloud {
        generation: displaced[0].generation.clone(),
    };
    let loss = laptop.loss(act.clone()).await.unwrap();
    assert_eq!(
        loss.needs,
        Needs::Proofs {
            proofs: vec!["email_code".into()]
        }
    );
    laptop.ask(act, &loss.hash).await.unwrap();
    let done = laptop.prove(mailed(world.code().await)).await.unwrap();
    assert!(matches!(done.phase, Phase::Done { .. }), "{:?}", done.phase);
    laptop.dismiss().await.unwrap();
    let status = laptop.unlocked().await;
    assert!(
        matches!(&status.vault, VaultState::Open { unanchored: false, count: 20, name, .. } if name == "Åsa’s vault"),
        "{:?}",
        status.vault
    );
    laptop.sync_now().await.unwrap();
    let state = laptop.status().await.unwrap().sync;
    assert!(
        matches!(state, SyncState::On { pending: 0, .. }),
        "{state:?}"
    );
    assert_eq!(serde_json::to_string(&laptop.all().await).unwrap(), before);

    phone.sync_now().await.unwrap();
    let state = phone.status().await.unwrap().sync;
    assert!(
        matches!(
            state,
            SyncState::Paused {
                reason: PauseReason::CloudRestored,
                ..
            }
        ),
        "{state:?}"
    );
    phone.connect(Connect::Download, None).await.unwrap();
    phone.unlocked().await;
    assert_eq!(serde_json::to_string(&phone.all().await).unwrap(), before);
    phone.add("afterwards", "x").await;
    phone.sync_now().await.unwrap();
    laptop.sync_now().await.unwrap();
    assert_eq!(laptop.names().await.len(), 21);
}

#[tokio::test]
async fn what_is_here_takes_the_clouds_place_and_other_devices_take_it() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let (profile, phone) = another(&world).await;
    phone.add("from the phone", "x").await;
    phone.sync_now().await.unwrap();
    phone.add("not yet synced", "x").await;
    // The laptop has not heard of it, and would rather have its own.
    let loss = laptop.loss(Act::ReplaceCloud).await.unwrap();
    assert_eq!(
        (loss.entries, loss.only_in_cloud.count, loss.nowhere_else),
        (3, 1, 1)
    );
    assert_eq!(loss.only_in_cloud.names, ["from the phone"]);
    laptop.ask(Act::ReplaceCloud, &loss.hash).await.unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    laptop.dismiss().await.unwrap();
    assert!(laptop.is_open().await);
    laptop.add("and on", "x").await;
    laptop.sync_now().await.unwrap();
    let state = laptop.status().await.unwrap().sync;
    assert!(
        matches!(state, SyncState::On { pending: 0, .. }),
        "{state:?}"
    );

    phone.sync_now().await.unwrap();
    assert_eq!(phone.names().await, ["and on", "entry0", "entry1"]);
    assert!(phone.is_open().await, "the same keys open it");
    let sealed = profile
        .rows()
        .keys()
        .filter(|key| key.ends_with("/name"))
        .count();
    assert_eq!(sealed, 2, "its old copy is sealed");
    assert_eq!(laptop.displaced().await.unwrap()[0].by, "replace_cloud");
}

#[tokio::test]
async fn what_was_shown_is_what_is_asked_or_nothing_is() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let loss = laptop.loss(Act::ClearThisDevice).await.unwrap();
    laptop.add("meanwhile", "x").await;
    let refused = laptop
        .ask(Act::ClearThisDevice, &loss.hash)
        .await
        .unwrap_err();
    assert_eq!(refused, Trouble::LossChanged);
    assert!(laptop.operation().await.unwrap().is_none());

    let loss = laptop.loss(Act::ClearThisDevice).await.unwrap();
    assert_eq!(
        (loss.nowhere_else, loss.only_here.names.clone()),
        (1, vec!["meanwhile".to_owned()])
    );
    laptop.ask(Act::ClearThisDevice, &loss.hash).await.unwrap();
    let code = world.code().await;
    laptop.add("after the mail", "x").await;
    assert_eq!(
        code_of(laptop.prove(mailed(code)).await.unwrap_err()),
        Code::Stale
    );
    assert_eq!(laptop.names().await.len(), 3);
}

#[tokio::test]
async fn another_device_that_syncs_makes_it_stale() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    let (_, phone) = another(&world).await;
    let loss = laptop.loss(Act::ClearEverywhere).await.unwrap();
    laptop.ask(Act::ClearEverywhere, &loss.hash).await.unwrap();
    let code = world.code().await;
    phone.add("racing", "x").await;
    phone.sync_now().await.unwrap();
    let before = profile.vault_rows();
    assert_eq!(
        code_of(laptop.prove(mailed(code)).await.unwrap_err()),
        Code::Stale
    );
    assert!(matches!(laptop.operation_now().await.phase, Phase::Over { how } if how == "stale"));
    assert_eq!(profile.vault_rows(), before);
    laptop.dismiss().await.unwrap();
    laptop.sync_now().await.unwrap();
    assert_eq!(laptop.names().await, ["entry0", "racing"]);
}

#[tokio::test]
async fn no_account_means_the_vaults_name_typed_and_its_old_master_password() {
    let world = World::begin().await;
    let profile = world.profile();
    let session = profile.session();
    session.create_vault(new_vault("Åsas valv")).await.unwrap();
    session.add("bank", "x").await;
    let loss = session.loss(Act::ClearThisDevice).await.unwrap();
    assert_eq!(
        loss.needs,
        Needs::TypedPhrase {
            phrase: "Åsas valv".into()
        }
    );
    assert_eq!((loss.nowhere_else, loss.in_step), (1, false));
    assert_eq!(
        session.loss(Act::ReplaceCloud).await.unwrap().needs,
        Needs::NotOffered
    );
    assert_eq!(
        code_of(
            session
                .ask(Act::ClearThisDevice, &loss.hash)
                .await
                .unwrap_err()
        ),
        Code::NotOffered
    );
    assert_eq!(
        session.clear_unconnected("Åsa").await.unwrap_err(),
        Trouble::WrongPhrase
    );
    session.clear_unconnected(" åsas VALV ").await.unwrap();
    assert!(matches!(
        session.status().await.unwrap().vault,
        VaultState::None {
            restorable_until: Some(_),
            ..
        }
    ));
    assert!(profile.0.memory.borrow().is_empty());

    assert_eq!(
        session.loss(Act::RestoreDevice).await.unwrap().needs,
        Needs::OldMasterPassword
    );
    assert_eq!(
        session
            .restore_unconnected(OTHER_ROOT.into())
            .await
            .unwrap_err(),
        Trouble::WrongMasterPassword
    );
    session.restore_unconnected(ROOT.into()).await.unwrap();
    session.unlocked().await;
    assert_eq!(session.names().await, ["bank"]);
}

#[tokio::test]
async fn what_lay_sealed_for_seven_days_goes_at_the_next_start() {
    let world = World::begin().await;
    let profile = world.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    session.clear_unconnected("home").await.unwrap();
    world.pass(7 * 24 * 3600 - 1);
    profile.session().status().await.unwrap();
    assert!(profile.rows().keys().any(|key| key.starts_with("g/")));
    world.pass(1);
    profile.session().status().await.unwrap();
    assert!(!profile.rows().keys().any(|key| key.starts_with("g/")));
}

/// Seven days and a little, in seconds.
const A_WEEK_LATER: i64 = 7 * 24 * 3600 + 60;

async fn cleared_everywhere(world: &std::rc::Rc<World>) -> crate::rig::Profile {
    let (profile, laptop) = connected(world, 1).await;
    let loss = laptop.loss(Act::ClearEverywhere).await.unwrap();
    laptop.ask(Act::ClearEverywhere, &loss.hash).await.unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    profile
}

fn is_kept(profile: &crate::rig::Profile) -> bool {
    profile.rows().keys().any(|key| key.starts_with("g/"))
}

#[tokio::test]
async fn a_clock_set_forward_on_the_device_alone_erases_nothing() {
    let world = World::begin().await;
    let profile = cleared_everywhere(&world).await;
    profile.skew(A_WEEK_LATER);
    for _ in 0..2 {
        profile.session().tick().await.unwrap();
        assert!(is_kept(&profile));
    }
}

#[tokio::test]
async fn a_service_whose_clock_runs_ahead_alone_erases_nothing() {
    let world = World::begin().await;
    let profile = cleared_everywhere(&world).await;
    world.pass(A_WEEK_LATER.unsigned_abs());
    profile.skew(-A_WEEK_LATER);
    for _ in 0..2 {
        profile.session().tick().await.unwrap();
        assert!(is_kept(&profile));
    }
}

#[tokio::test]
async fn a_window_that_ended_while_the_device_was_off_is_over_at_its_next_start() {
    let world = World::begin().await;
    let profile = cleared_everywhere(&world).await;
    world.pass(A_WEEK_LATER.unsigned_abs());
    let session = profile.session();
    session.status().await.unwrap();
    assert!(
        is_kept(&profile),
        "the service has not said what time it is"
    );
    session.tick().await.unwrap();
    assert!(!is_kept(&profile));
    assert_eq!(
        session.loss(Act::RestoreDevice).await.unwrap_err(),
        Trouble::NotFound
    );
    session.tick().await.unwrap();
}

#[tokio::test]
async fn a_connected_vault_is_not_cleared_by_its_name() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    laptop.sign_out().await.unwrap();
    let before = profile.vault_rows();
    assert_eq!(
        code_of(laptop.clear_unconnected("Åsa’s vault").await.unwrap_err()),
        Code::NotOffered
    );
    assert_eq!(
        code_of(laptop.loss(Act::ClearThisDevice).await.unwrap_err()),
        Code::SignedOut
    );
    assert_eq!(profile.vault_rows(), before);
}

#[tokio::test]
async fn a_cleared_device_is_restored_from_its_own_sealed_copy() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let loss = laptop.loss(Act::ClearThisDevice).await.unwrap();
    laptop.ask(Act::ClearThisDevice, &loss.hash).await.unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    let loss = laptop.loss(Act::RestoreDevice).await.unwrap();
    laptop.ask(Act::RestoreDevice, &loss.hash).await.unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    laptop.unlocked().await;
    laptop.add("on it goes", "x").await;
    laptop.sync_now().await.unwrap();
    let state = laptop.status().await.unwrap().sync;
    assert!(
        matches!(state, SyncState::On { pending: 0, .. }),
        "{state:?}"
    );
}
