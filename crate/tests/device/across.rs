//! What comes back from an older epoch, or as another vault, gets new keys; and no
//! lower epoch of a vault takes the place of a higher one.

use serde_json::{Value, json};
use sigill::api::{
    Act, ChangePassword, ChangeSlots, Kdf, Needs, NewVault, PauseReason, Phase, SlotsAct,
    SyncState, Take, Typed, Unlock, UnlockByCode, VaultState,
};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::vault::item::Field;
use sigill_core::wire::problem::Code;

use crate::contents::Fields;
use crate::rig::{
    Fault, OTHER_ROOT, PASSWORD, Person, Profile, ROOT, World, another, connected, mailed, master,
    new_vault, unlock,
};

const THIRD_ROOT: &str = "_wECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

fn typed(root: &str) -> Unlock {
    Unlock {
        root: root.to_owned(),
        lock_after: 15,
    }
}

async fn change(session: &Session<Profile>, new: &str, recovery: Option<String>) {
    let change = ChangePassword {
        old: ROOT.to_owned(),
        root: new.to_owned(),
        derivation: new_vault("").derivation,
        recovery,
        passkeys: Vec::new(),
        lock_after: 15,
    };
    session.change_master_password(change).await.unwrap();
}

/// Code and account password, as the row across epochs takes them.
async fn both_proofs(world: &World, session: &Session<Profile>) {
    let password = Typed {
        account_password: Some(PASSWORD.to_owned()),
        ..Typed::default()
    };
    let next = session.prove(password).await.unwrap();
    assert!(
        !matches!(next.phase, Phase::Done { .. }),
        "a code is needed"
    );
    let done = session.prove(mailed(world.code().await)).await.unwrap();
    assert!(matches!(done.phase, Phase::Done { .. }), "{:?}", done.phase);
    session.dismiss().await.unwrap();
}

/// The newest generation that was set aside comes back.
async fn bring_back(world: &World, session: &Session<Profile>) {
    let newest = session.displaced().await.unwrap().remove(0);
    let act = Act::RestoreCloud {
        generation: newest.generation,
    };
    let loss = session.loss(act.clone()).await.unwrap();
    let proofs = ["account_password", "email_code"].map(str::to_owned);
    let proofs = proofs.to_vec();
    assert_eq!(loss.needs, Needs::Proofs { proofs });
    session.ask(act, &loss.hash).await.unwrap();
    both_proofs(world, session).await;
}

/// The laptop changed its master password, added an entry, and brought back what
/// was before.
async fn back_across(world: &World, laptop: &Session<Profile>) {
    change(laptop, OTHER_ROOT, None).await;
    laptop.add("after the change", "x").await;
    laptop.sync_now().await.unwrap();
    world.pass(3_600);
    bring_back(world, laptop).await;
}

async fn sync_of(session: &Session<Profile>) -> SyncState {
    session.sync_now().await.unwrap();
    session.status().await.unwrap().sync
}

async fn is_in_step(session: &Session<Profile>) {
    let state = sync_of(session).await;
    assert!(
        matches!(state, SyncState::On { pending: 0, .. }),
        "{state:?}"
    );
}

async fn is_read_only(session: &Session<Profile>) -> bool {
    match session.status().await.unwrap().vault {
        VaultState::Open { unanchored, .. } => unanchored,
        other => panic!("{other:?}"),
    }
}

async fn why_it_waits(session: &Session<Profile>) -> Option<PauseReason> {
    match sync_of(session).await {
        SyncState::Paused { reason, .. } => Some(reason),
        _ => None,
    }
}

async fn differs(session: &Session<Profile>) -> bool {
    why_it_waits(session).await == Some(PauseReason::CloudDiffers)
}

#[tokio::test]
async fn the_generation_before_a_change_comes_back_under_new_keys_by_its_old_master_password() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    back_across(&world, &laptop).await;
    let wrong = laptop.unlock(typed(OTHER_ROOT)).await;
    assert_eq!(wrong.unwrap_err(), Trouble::WrongMasterPassword);
    laptop.unlocked().await;
    assert_eq!(laptop.names().await, ["entry0", "entry1"]);
    assert!(!is_read_only(&laptop).await);
    laptop.add("goes on", "x").await;
    is_in_step(&laptop).await;
    laptop.lock().await.unwrap();
    laptop.unlocked().await;
    let fresh = world.profile().session();
    fresh.sign_in_again().await;
    fresh
        .connect(sigill::api::Connect::Download, None)
        .await
        .unwrap();
    fresh.unlocked().await;
    assert_eq!(fresh.names().await, ["entry0", "entry1", "goes on"]);
}

/// What comes back is derived as it was then: less than what is known here by now.
#[tokio::test]
async fn a_generation_from_before_a_costlier_derivation_comes_back_too() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    change(&laptop, OTHER_ROOT, None).await;
    let costly = Kdf::Argon2id {
        memory: 128 * 1024,
        iterations: 3,
        parallelism: 4,
    };
    let derivation = laptop.derivation_for(&costly).await.unwrap();
    let derive = ChangeSlots {
        root: OTHER_ROOT.to_owned(),
        act: SlotsAct::Derive {
            root: THIRD_ROOT.to_owned(),
            derivation,
        },
    };
    laptop.change_slots(derive).await.unwrap();
    world.pass(3_600);
    bring_back(&world, &laptop).await;
    laptop.unlocked().await;
    assert_eq!(laptop.names().await, ["entry0"]);
    is_in_step(&laptop).await;
}

#[tokio::test]
async fn until_its_master_password_was_typed_with_the_service_at_hand_it_is_read_only() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    back_across(&world, &laptop).await;
    profile.fault(Fault::Offline);
    laptop.unlocked().await;
    assert_eq!(laptop.names().await, ["entry0"]);
    assert!(is_read_only(&laptop).await);
    let id = laptop.all().await[0].id.clone();
    let refused = laptop.edit(&id, |login| login.put(Field::Notes, "")).await;
    assert_eq!(refused.unwrap_err(), Trouble::Unanchored);
    profile.fault(Fault::None);
    laptop.sync_now().await.unwrap();
    assert!(is_read_only(&laptop).await, "a push anchors nothing");
    laptop.unlocked().await;
    assert!(!is_read_only(&laptop).await);
    is_in_step(&laptop).await;
}

#[tokio::test]
async fn another_device_asks_by_hand_and_follows_by_the_old_master_password() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let (profile, phone) = another(&world).await;
    change(&laptop, OTHER_ROOT, None).await;
    phone.sync_now().await.unwrap();
    phone
        .take_over(Take::Merged, typed(OTHER_ROOT))
        .await
        .unwrap();
    is_in_step(&phone).await;
    laptop.sync_now().await.unwrap();
    world.pass(3_600);
    bring_back(&world, &laptop).await;
    let before = profile.vault_rows();
    assert!(differs(&phone).await, "while it waits for its anchor");
    laptop.unlocked().await;
    assert!(differs(&phone).await, "and after it");
    assert!(!phone.differs().await.unwrap().vouched);
    phone.unlock(typed(OTHER_ROOT)).await.unwrap();
    let merged = phone.take_over(Take::Merged, typed(ROOT)).await;
    assert_eq!(merged.unwrap_err(), Trouble::Garbage);
    assert_eq!(profile.vault_rows(), before);
    phone.take_over(Take::Theirs, typed(ROOT)).await.unwrap();
    assert_eq!(phone.names().await, ["entry0", "entry1"]);
    is_in_step(&phone).await;
}

/// It may be the other one that anchors it, and the first follows by hand.
#[tokio::test]
async fn whoever_types_the_old_master_password_first_anchors_it() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let (_, phone) = another(&world).await;
    phone.add("only on the phone", "x").await;
    back_across(&world, &laptop).await;
    // It never heard of the later epoch.
    let restored = Some(PauseReason::CloudRestored);
    assert_eq!(why_it_waits(&phone).await, restored);
    let locked = phone.take_over(Take::Both, typed(ROOT)).await;
    assert_eq!(locked.unwrap_err(), Trouble::Locked);
    phone.unlocked().await;
    let came = phone.take_over(Take::Both, typed(ROOT)).await.unwrap();
    assert_eq!(came, 1);
    is_in_step(&phone).await;
    assert!(differs(&laptop).await);
    laptop.take_over(Take::Theirs, typed(ROOT)).await.unwrap();
    is_in_step(&laptop).await;
    let all = ["entry0", "entry1", "only on the phone"];
    assert_eq!(laptop.names().await, all);
}

#[tokio::test]
async fn another_vault_comes_back_under_new_keys_too() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    laptop.lock().await.unwrap();
    let reset = Act::ResetMasterPassword;
    let loss = laptop.loss(reset.clone()).await.unwrap();
    let anew = NewVault {
        root: OTHER_ROOT.to_owned(),
        ..new_vault("Another")
    };
    laptop.ask_reset(reset, anew, &loss.hash).await.unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    laptop.dismiss().await.unwrap();
    is_in_step(&laptop).await;
    world.pass(3_600);
    bring_back(&world, &laptop).await;
    laptop.unlocked().await;
    assert!(!is_read_only(&laptop).await);
    is_in_step(&laptop).await;
    assert_eq!(laptop.names().await, ["entry0", "entry1"]);
}

fn by_code(code: &str) -> UnlockByCode {
    UnlockByCode {
        code: code.to_owned(),
        lock_after: 15,
    }
}

/// Its master password is forgotten: a new one, with the proofs of a renewal, anchors it.
#[tokio::test]
async fn opened_by_its_recovery_code_it_is_anchored_by_a_new_master_password() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let code = laptop.new_recovery_code().await.unwrap();
    change(&laptop, ROOT, Some(code.clone())).await;
    back_across(&world, &laptop).await;
    laptop.unlock_by_code(by_code(&code)).await.unwrap();
    assert!(is_read_only(&laptop).await);
    let renew = Act::RenewMasterPassword;
    let loss = laptop.loss(renew.clone()).await.unwrap();
    let anew = NewVault {
        root: THIRD_ROOT.to_owned(),
        ..new_vault("ignored")
    };
    laptop.ask_reset(renew, anew, &loss.hash).await.unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    laptop.dismiss().await.unwrap();
    laptop.unlock(typed(THIRD_ROOT)).await.unwrap();
    assert!(!is_read_only(&laptop).await);
    laptop.add("goes on", "x").await;
    is_in_step(&laptop).await;
    assert_eq!(laptop.names().await, ["entry0", "entry1", "goes on"]);
}

/// A service that says that a restored generation keeps its old epoch.
#[tokio::test]
async fn no_anchor_leads_back_behind_an_epoch_that_the_device_knows() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    change(&laptop, OTHER_ROOT, None).await;
    world.pass(3_600);
    let newest = laptop.displaced().await.unwrap().remove(0);
    let act = Act::RestoreCloud {
        generation: newest.generation,
    };
    let loss = laptop.loss(act.clone()).await.unwrap();
    laptop.ask(act, &loss.hash).await.unwrap();
    let password = Typed {
        account_password: Some(PASSWORD.to_owned()),
        ..Typed::default()
    };
    laptop.prove(password).await.unwrap();
    let before = profile.vault_rows();
    let mut code = Some(world.code().await);
    for lie in [json!(1), json!(2), json!(0), Value::Null] {
        let said = lie.clone();
        profile.lie(move |path, answer| {
            let mut body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            let cloud = if path.starts_with("/v1/vault/changes") {
                &mut body["cloud"]
            } else if path == "/v1/vault" {
                &mut body
            } else {
                return;
            };
            cloud["vault"]["anchor_epoch"] = said.clone();
            answer.body = serde_json::to_vec(&body).unwrap();
        });
        let refused = match code.take() {
            Some(code) => laptop.prove(mailed(code)).await.map(drop),
            None => laptop.operation().await.map(drop),
        };
        assert_eq!(refused.unwrap_err(), Trouble::Garbage, "{lie}");
        assert_eq!(profile.vault_rows(), before, "{lie}");
    }
    profile.no_more_lies();
    laptop.operation().await.unwrap();
    laptop.dismiss().await.unwrap();
    laptop.unlocked().await;
    is_in_step(&laptop).await;
}

#[tokio::test]
async fn killed_anywhere_while_it_gets_new_keys_it_opens_by_its_master_password() {
    let mut killed = 0;
    for step in 0.. {
        let world = World::begin().await;
        let (profile, laptop) = connected(&world, 2).await;
        back_across(&world, &laptop).await;
        profile.fault(Fault::KilledBefore(step));
        let survived = laptop.unlock(unlock()).await.is_ok() && profile.steps() <= step;
        profile.fault(Fault::None);
        let after = profile.session();
        after.tick().await.unwrap();
        after.unlock(unlock()).await.unwrap();
        if differs(&after).await {
            // The cloud has it already: the same master password takes it.
            after.take_over(Take::Theirs, typed(ROOT)).await.unwrap();
        }
        assert_eq!(after.names().await.len(), 2, "killed before step {step}");
        assert!(!is_read_only(&after).await, "killed before step {step}");
        is_in_step(&after).await;
        if survived {
            break;
        }
        killed += 1;
    }
    assert!(killed >= 6, "{killed}");
}

/// *It was not you*: the device of the older epoch puts its content into the cloud.
#[tokio::test]
async fn the_cloud_is_replaced_over_a_later_epoch_under_new_keys_only() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let (profile, phone) = another(&world).await;
    phone.add("only on the phone", "x").await;
    change(&laptop, OTHER_ROOT, None).await;
    phone.sync_now().await.unwrap();
    let replace = Act::ReplaceCloud;
    let loss = phone.loss(replace.clone()).await.unwrap();
    assert!(loss.new_keys);
    let before = profile.vault_rows();
    for refused in [
        phone.ask(replace.clone(), &loss.hash).await,
        phone.ask_anew(OTHER_ROOT.to_owned(), &loss.hash).await,
    ] {
        assert_eq!(refused.unwrap_err(), Trouble::WrongMasterPassword);
    }
    phone.ask_anew(ROOT.to_owned(), &loss.hash).await.unwrap();
    assert_eq!(profile.vault_rows(), before, "nothing has changed yet");
    phone.prove(mailed(world.code().await)).await.unwrap();
    phone.dismiss().await.unwrap();
    phone.unlocked().await;
    let all = ["entry0", "entry1", "only on the phone"];
    assert_eq!(phone.names().await, all);
    phone.add("goes on", "x").await;
    is_in_step(&phone).await;
    assert!(differs(&laptop).await, "it asks by hand");
    laptop.take_over(Take::Theirs, typed(ROOT)).await.unwrap();
    is_in_step(&laptop).await;
    let loss = phone.loss(replace).await.unwrap();
    assert!(!loss.new_keys, "they are of one epoch now");
}

#[tokio::test]
async fn a_lower_epoch_does_not_go_up_into_a_cleared_cloud() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let (_, phone) = another(&world).await;
    change(&laptop, OTHER_ROOT, None).await;
    let everywhere = Act::ClearEverywhere;
    let loss = laptop.loss(everywhere.clone()).await.unwrap();
    laptop.ask(everywhere, &loss.hash).await.unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    phone.sync_now().await.unwrap();
    match phone.connect(sigill::api::Connect::Upload, master()).await {
        Err(Trouble::Refused(problem)) => assert_eq!(problem.error, Code::VaultDiffers),
        other => panic!("{:?}", other.map(drop)),
    }
    assert_eq!(phone.names().await, ["entry0"]);
}
