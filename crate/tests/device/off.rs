//! A device whose sync is off: what it sends, what it asks for, and how it
//! comes back.

use sigill::api::{
    Act, Connect, Needs, NewVault, Operation, PauseReason, Phase, Reach, SyncState, Typed, Unlock,
    VaultState,
};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::wire::problem::Code;

use crate::rig::{
    OTHER_ROOT, PASSWORD, Person, Profile, World, another, code_of, connected, mailed, master,
    new_vault, unlock,
};

const HOUR: u64 = 3600;

pub(crate) fn password(typed: &str) -> Typed {
    Typed {
        account_password: Some(typed.to_owned()),
        ..Typed::default()
    }
}

fn proofs(names: &[&str]) -> Needs {
    Needs::Proofs {
        proofs: names.iter().map(|name| (*name).to_owned()).collect(),
    }
}

fn next(operation: &Operation) -> Vec<String> {
    match &operation.phase {
        Phase::Asked { required, .. } => required.clone(),
        other => panic!("{other:?}"),
    }
}

async fn asked(session: &Session<Profile>, act: Act) -> Operation {
    let loss = session.loss(act.clone()).await.unwrap();
    session.ask(act, &loss.hash).await.unwrap()
}

/// By password and mailed code, as the table has it.
pub(crate) async fn turn_off(world: &World, session: &Session<Profile>) {
    asked(session, Act::TurnSyncOff).await;
    let then = session.prove(password(PASSWORD)).await.unwrap();
    assert_eq!(next(&then), ["email_code"]);
    let done = session.prove(mailed(world.code().await)).await.unwrap();
    assert!(
        matches!(
            done.phase,
            Phase::Done {
                undo_until: None,
                ..
            }
        ),
        "{:?}",
        done.phase
    );
    session.dismiss().await.unwrap();
    world.pass(HOUR); // two acts an hour are all that a device has
    session.unlocked().await;
}

async fn turn_on(world: &World, session: &Session<Profile>) {
    asked(session, Act::TurnSyncOn).await;
    let done = session.prove(password(PASSWORD)).await.unwrap();
    assert!(matches!(done.phase, Phase::Done { .. }), "{:?}", done.phase);
    session.dismiss().await.unwrap();
    session.sync_now().await.unwrap();
    world.pass(HOUR);
}

async fn sync_of(session: &Session<Profile>) -> SyncState {
    session.status().await.unwrap().sync
}

/// Requests but those that ask after a hold.
fn about_the_vault(profile: &Profile) -> usize {
    let requests = profile.0.requests.borrow();
    let about = requests.iter().filter(|line| {
        let hears = ["/v1/alarms", "/v1/account", "/v1/sessions/refresh"];
        !hears.iter().any(|path| line.ends_with(path))
    });
    about.count()
}

#[tokio::test]
async fn turned_off_by_password_and_code_nothing_is_sent_or_fetched() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    let loss = laptop.loss(Act::TurnSyncOff).await.unwrap();
    assert_eq!(loss.needs, proofs(&["account_password", "email_code"]));
    assert_eq!((loss.entries, loss.undo_until), (0, None));
    let operation = asked(&laptop, Act::TurnSyncOff).await;
    assert!(matches!(&operation.phase, Phase::Asked { mail, .. } if mail == "not_due"));
    turn_off(&world, &laptop).await;
    assert!(matches!(
        sync_of(&laptop).await,
        SyncState::Off { pending: 0 }
    ));

    laptop.add("only here", "x").await;
    let before = about_the_vault(&profile);
    laptop.tick().await.unwrap();
    laptop.sync_now().await.unwrap();
    assert_eq!(about_the_vault(&profile), before);
    assert!(matches!(
        sync_of(&laptop).await,
        SyncState::Off { pending: 1 }
    ));
    for act in [Act::ReplaceCloud, Act::ClearEverywhere] {
        let needs = laptop.loss(act).await.unwrap().needs;
        assert!(matches!(needs, Needs::Refused { reason } if reason == "sync_is_off"));
    }
}

#[tokio::test]
async fn the_account_password_clears_this_device_and_a_wrong_one_nothing() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    turn_off(&world, &laptop).await;
    laptop.add("only here", "x").await;
    let loss = laptop.loss(Act::ClearThisDevice).await.unwrap();
    assert_eq!(loss.needs, proofs(&["account_password"]));
    assert_eq!((loss.entries, loss.nowhere_else), (3, 1));
    laptop.ask(Act::ClearThisDevice, &loss.hash).await.unwrap();
    let before = profile.vault_rows();
    match laptop.prove(password("another password")).await {
        Err(Trouble::Refused(problem)) => assert_eq!(
            (problem.error, problem.tries_left),
            (Code::ProofRejected, Some(4))
        ),
        other => panic!("{other:?}"),
    }
    assert_eq!(profile.vault_rows(), before);
    let done = laptop.prove(password(PASSWORD)).await.unwrap();
    assert!(matches!(done.phase, Phase::Done { .. }), "{:?}", done.phase);
    let status = laptop.status().await.unwrap();
    assert!(matches!(status.vault, VaultState::None { .. }));
    assert!(matches!(status.sync, SyncState::Off { .. }));
    assert!(status.account.is_some(), "still signed in");

    laptop.dismiss().await.unwrap();
    world.pass(HOUR);
    asked(&laptop, Act::RestoreDevice).await;
    laptop.prove(password(PASSWORD)).await.unwrap();
    laptop.unlocked().await;
    assert_eq!(laptop.names().await.len(), 3);
}

/// Proved, but the receipt could not be applied: the service's time is not known.
pub(crate) async fn permitted(world: &World, profile: &Profile, laptop: &Session<Profile>) {
    turn_off(world, laptop).await;
    asked(laptop, Act::ClearThisDevice).await;
    profile.lie(|path, answer| {
        if path == "/v1/account" {
            answer.status = 503;
            answer.body.clear();
        }
    });
    let waits = laptop.prove(password(PASSWORD)).await.unwrap();
    assert!(matches!(waits.phase, Phase::Receipted), "{:?}", waits.phase);
    profile.no_more_lies();
}

#[tokio::test]
async fn a_permit_is_applied_within_ten_minutes() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    permitted(&world, &profile, &laptop).await;
    world.pass(9 * 60);
    let done = profile.session().operation_now().await;
    assert!(matches!(done.phase, Phase::Done { .. }), "{:?}", done.phase);
}

#[tokio::test]
async fn a_permit_is_dead_after_ten_minutes_of_the_services_time() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    permitted(&world, &profile, &laptop).await;
    let before = profile.vault_rows();
    world.pass(10 * 60);
    profile.skew(-3600); // this device's clock does not help
    let over = profile.session().operation_now().await;
    assert!(
        matches!(&over.phase, Phase::Over { how } if how == "expired"),
        "{:?}",
        over.phase
    );
    assert_eq!(profile.vault_rows(), before);
}

#[tokio::test]
async fn a_permit_is_dead_when_the_head_moved_that_it_names() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    permitted(&world, &profile, &laptop).await;
    let (journal, operation) = {
        let mut rows = profile.0.rows.borrow_mut();
        (rows.remove("journal"), rows.remove("operation"))
    };
    laptop.add("meanwhile", "x").await;
    {
        let mut rows = profile.0.rows.borrow_mut();
        rows.insert("journal".into(), journal.unwrap());
        rows.insert("operation".into(), operation.unwrap());
    }
    let before = profile.vault_rows();
    let over = profile.session().operation_now().await;
    assert!(
        matches!(&over.phase, Phase::Over { how } if how == "stale"),
        "{:?}",
        over.phase
    );
    assert_eq!(profile.vault_rows(), before);
}

#[tokio::test]
async fn on_again_the_same_vault_merges() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let (_, phone) = another(&world).await;
    turn_off(&world, &laptop).await;
    laptop.add("from the laptop", "x").await;
    phone.unlocked().await;
    phone.add("from the phone", "x").await;
    phone.sync_now().await.unwrap();
    assert_eq!(laptop.names().await, ["entry0", "from the laptop"]);

    let loss = laptop.loss(Act::TurnSyncOn).await.unwrap();
    assert_eq!(loss.needs, proofs(&["account_password"]));
    turn_on(&world, &laptop).await;
    laptop.unlocked().await;
    phone.unlocked().await;
    phone.sync_now().await.unwrap();
    let all = ["entry0", "from the laptop", "from the phone"];
    assert_eq!(laptop.names().await, all);
    assert_eq!(phone.names().await, all);
    assert!(matches!(
        sync_of(&laptop).await,
        SyncState::On { pending: 0, .. }
    ));
}

#[tokio::test]
async fn on_again_another_vault_in_the_cloud_is_the_persons_choice() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    let (_, phone) = another(&world).await;
    turn_off(&world, &laptop).await;
    asked(&phone, Act::ClearEverywhere).await;
    phone.prove(mailed(world.code().await)).await.unwrap();
    phone.dismiss().await.unwrap();
    phone.create_vault(new_vault("Another")).await.unwrap();
    phone.connect(Connect::Upload, master()).await.unwrap();

    let before = profile.vault_rows();
    turn_on(&world, &laptop).await;
    let state = sync_of(&laptop).await;
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
    assert_eq!(profile.vault_rows(), before);
}

#[tokio::test]
async fn the_password_is_not_asked_for_again_while_the_operation_lives() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    asked(&laptop, Act::TurnSyncOff).await;
    laptop.prove(password(PASSWORD)).await.unwrap();
    let code = world.code().await;

    let laptop = profile.session();
    assert_eq!(next(&laptop.operation_now().await), ["email_code"]);
    let wrong = if code.starts_with('1') {
        "2000 0000"
    } else {
        "1000 0000"
    };
    let refused = laptop.prove(mailed(wrong.into())).await.unwrap_err();
    assert_eq!(code_of(refused), Code::ProofRejected);
    assert_eq!(next(&laptop.operation_now().await), ["email_code"]);
    let done = laptop.prove(mailed(code)).await.unwrap();
    assert!(matches!(done.phase, Phase::Done { .. }), "{:?}", done.phase);
}

#[tokio::test]
async fn signing_in_again_leaves_sync_off() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    turn_off(&world, &laptop).await;
    laptop.sign_out().await.unwrap();
    assert_eq!(laptop.sign_in_again().await, sigill::api::Found::SyncIsOff);
    assert!(matches!(sync_of(&laptop).await, SyncState::Off { .. }));
}

#[tokio::test]
async fn s10_a_reset_with_sync_off_means_this_device_only_and_is_asked_about_when_sync_is_on_again()
{
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let (_, phone) = another(&world).await;
    turn_off(&world, &laptop).await;
    laptop.lock().await.unwrap();
    let loss = laptop.loss(Act::ResetMasterPassword).await.unwrap();
    assert_eq!(loss.reach, Reach::ThisDevice);
    assert_eq!(loss.needs, proofs(&["account_password"]));
    let anew = NewVault {
        root: OTHER_ROOT.to_owned(),
        ..new_vault("Anew")
    };
    laptop
        .ask_reset(Act::ResetMasterPassword, anew, &loss.hash)
        .await
        .unwrap();
    let done = laptop.prove(password(PASSWORD)).await.unwrap();
    assert!(matches!(done.phase, Phase::Done { .. }), "{:?}", done.phase);
    laptop.dismiss().await.unwrap();
    phone.unlocked().await;
    phone.sync_now().await.unwrap();
    assert_eq!(phone.names().await, ["entry0", "entry1"], "the cloud stays");

    world.pass(HOUR);
    let unlock = Unlock {
        root: OTHER_ROOT.to_owned(),
        ..unlock()
    };
    laptop.unlock(unlock).await.unwrap();
    turn_on(&world, &laptop).await;
    let differs = laptop.differs().await.unwrap();
    assert_eq!((differs.own, differs.here, differs.in_cloud), (true, 0, 2));
}
