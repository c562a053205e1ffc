//! Passkeys that open the vault, and a master password that is derived another way.

use sigill::api::{
    Act, ChangePassword, ChangeSlots, Connect, Derivation, Kdf, NewPasskey, NewVault, PasskeySlot,
    PauseReason, SlotsAct, SyncState, UnlockByPasskey, VaultState,
};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::id::SlotId;
use sigill_core::wire::problem::Code;

use crate::rig::{
    Fault, OTHER_ROOT, Person, Profile, ROOT, World, another, connected, mailed, new_vault, unlock,
    unlock_anew,
};

const SLOT: SlotId = SlotId([7; 16]);
const OTHER_SLOT: SlotId = SlotId([8; 16]);
/// What the PRF gives for [`SLOT`].
const PRF: &str = "Zm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm8";

fn passkey(slot: SlotId, name: &str) -> NewPasskey {
    NewPasskey {
        slot,
        root: PRF.to_owned(),
        credential: "AQID".to_owned(),
        name: name.to_owned(),
    }
}

fn add(slot: SlotId, name: &str) -> ChangeSlots {
    typed(
        ROOT,
        SlotsAct::AddPasskey {
            passkey: passkey(slot, name),
        },
    )
}

fn typed(root: &str, act: SlotsAct) -> ChangeSlots {
    ChangeSlots {
        root: root.to_owned(),
        act,
    }
}

fn remove(slot: SlotId) -> ChangeSlots {
    typed(ROOT, SlotsAct::RemovePasskey { slot })
}

fn derive(root: &str, derivation: Derivation) -> SlotsAct {
    SlotsAct::Derive {
        root: root.to_owned(),
        derivation,
    }
}

fn touched(slot: SlotId, root: &str) -> UnlockByPasskey {
    UnlockByPasskey {
        slot,
        root: root.to_owned(),
        lock_after: 15,
    }
}

async fn slots(session: &Session<Profile>) -> Vec<PasskeySlot> {
    match session.status().await.unwrap().vault {
        VaultState::Open { passkeys, .. } | VaultState::Locked { passkeys, .. } => passkeys,
        other => panic!("{other:?}"),
    }
}

async fn names_of_passkeys(session: &Session<Profile>) -> Vec<Option<String>> {
    let slots = slots(session).await.into_iter();
    slots.map(|slot| slot.name).collect()
}

fn named(name: &str) -> Option<String> {
    Some(name.to_owned())
}

async fn in_step(session: &Session<Profile>) {
    session.sync_now().await.unwrap();
    let state = session.status().await.unwrap().sync;
    assert!(
        matches!(state, SyncState::On { pending: 0, .. }),
        "{state:?}"
    );
}

/// A vault of no account, with one entry and a passkey.
async fn alone(world: &std::rc::Rc<World>) -> (Profile, Session<Profile>) {
    let profile = world.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    session.add("bank", "x").await;
    session.change_slots(add(SLOT, "Laptop")).await.unwrap();
    (profile, session)
}

#[tokio::test]
async fn without_account_and_network_a_passkey_is_added_opens_and_is_removed() {
    let world = World::begin().await;
    let (profile, session) = alone(&world).await;
    profile.fault(Fault::Offline);
    session.lock().await.unwrap();
    let known = slots(&profile.session()).await;
    assert_eq!(known[0].slot, SLOT.to_string());
    assert_eq!(known[0].credential.as_deref(), Some("AQID"));
    assert_eq!(known[0].name.as_deref(), Some("Laptop"));

    for (slot, root) in [(SLOT, OTHER_ROOT), (SLOT, ROOT), (OTHER_SLOT, PRF)] {
        let refused = session.unlock_by_passkey(touched(slot, root)).await;
        assert_eq!(refused.unwrap_err(), Trouble::WrongPasskey);
    }
    session.unlock_by_passkey(touched(SLOT, PRF)).await.unwrap();
    assert_eq!(session.names().await, ["bank"]);
    session.add("shop", "x").await;

    let slot = SLOT.to_string();
    session.name_passkey(&slot, " Blue key ").await.unwrap();
    assert_eq!(names_of_passkeys(&session).await, [named("Blue key")]);
    let refused = session.name_passkey(&slot, " ").await;
    assert_eq!(refused.unwrap_err(), Trouble::MalformedInput);

    session.change_slots(remove(SLOT)).await.unwrap();
    session.lock().await.unwrap();
    assert!(slots(&session).await.is_empty());
    let refused = session.unlock_by_passkey(touched(SLOT, PRF)).await;
    assert_eq!(refused.unwrap_err(), Trouble::WrongPasskey);
    session.unlock(unlock()).await.unwrap();
    assert_eq!(session.names().await, ["bank", "shop"]);
}

#[tokio::test]
async fn no_slot_is_changed_without_the_master_password() {
    let world = World::begin().await;
    let (profile, session) = alone(&world).await;
    let before = profile.vault_rows();
    let derivation = session.new_derivation().await.unwrap();
    for act in [
        SlotsAct::AddPasskey {
            passkey: passkey(OTHER_SLOT, "Thief"),
        },
        SlotsAct::RemovePasskey { slot: SLOT },
        derive(OTHER_ROOT, derivation),
    ] {
        // What opens the vault, and is not the master password.
        let refused = session.change_slots(typed(PRF, act)).await;
        assert_eq!(refused.unwrap_err(), Trouble::WrongMasterPassword);
    }
    let gone = session.change_slots(remove(OTHER_SLOT)).await;
    assert_eq!(gone.unwrap_err(), Trouble::NotFound);
    let twice = session.change_slots(add(SLOT, "Again")).await;
    assert_eq!(twice.unwrap_err(), Trouble::MalformedInput);
    session.lock().await.unwrap();
    let locked = session.change_slots(add(OTHER_SLOT, "Locked")).await;
    assert_eq!(locked.unwrap_err(), Trouble::Locked);
    assert_eq!(profile.vault_rows(), before);
}

#[tokio::test]
async fn sixteen_passkeys_open_a_vault_and_the_next_is_refused() {
    let world = World::begin().await;
    let (_, session) = alone(&world).await;
    for name in 8..=22 {
        let added = session.change_slots(add(SlotId([name; 16]), "key")).await;
        added.unwrap();
    }
    let refused = session.change_slots(add(SlotId([23; 16]), "key")).await;
    assert_eq!(refused.unwrap_err(), Trouble::TooManyPasskeys);
    assert_eq!(slots(&session).await.len(), 16);
    session.lock().await.unwrap();
    let last = touched(SlotId([22; 16]), PRF);
    session.unlock_by_passkey(last).await.unwrap();
}

#[tokio::test]
async fn other_devices_follow_a_passkey_know_nothing_of_it_and_can_remove_it() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let (_, phone) = another(&world).await;
    phone.add("phone", "x").await;
    laptop.change_slots(add(SLOT, "Laptop")).await.unwrap();
    laptop.add("laptop", "x").await;
    in_step(&laptop).await;
    in_step(&phone).await;
    assert_eq!(phone.names().await.len(), 4);
    assert_eq!(names_of_passkeys(&phone).await, [None]);
    phone.change_slots(add(OTHER_SLOT, "Phone")).await.unwrap();
    assert_eq!(names_of_passkeys(&phone).await, [named("Phone"), None]);
    phone.change_slots(remove(SLOT)).await.unwrap();
    in_step(&laptop).await;
    assert_eq!(names_of_passkeys(&laptop).await, [None]);
    laptop.lock().await.unwrap();
    let gone = laptop.unlock_by_passkey(touched(SLOT, PRF)).await;
    assert_eq!(gone.unwrap_err(), Trouble::WrongPasskey);
    laptop.unlock(unlock()).await.unwrap();

    let fresh = world.profile().session();
    fresh.sign_in_again().await;
    fresh.connect(Connect::Download, None).await.unwrap();
    fresh.unlock(unlock()).await.unwrap();
    assert_eq!(names_of_passkeys(&fresh).await, [None]);
    in_step(&fresh).await;
}

#[tokio::test]
async fn slots_that_nobody_signed_for_pause_sync() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let (profile, phone) = another(&world).await;
    laptop.change_slots(add(SLOT, "Laptop")).await.unwrap();
    let before = profile.vault_rows();
    let lies: [fn(&mut serde_json::Value); 3] = [
        |body| body["slots"] = serde_json::json!([]),
        |body| body["slots"][0]["signature"] = serde_json::json!("A".repeat(86)),
        |body| body["slots"][0]["nonce"] = serde_json::json!("A".repeat(43)),
    ];
    for (number, lie) in lies.into_iter().enumerate() {
        profile.lie(move |path, answer| {
            if path.starts_with("/v1/vault/changes") && answer.status == 200 {
                let mut body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
                lie(&mut body);
                answer.body = serde_json::to_vec(&body).unwrap();
            }
        });
        phone.sync_now().await.unwrap();
        let state = phone.status().await.unwrap().sync;
        let reason = PauseReason::Unverified;
        assert!(
            matches!(state, SyncState::Paused { reason: why, .. } if why == reason),
            "lie {number}: {state:?}"
        );
        assert_eq!(profile.vault_rows(), before, "lie {number}");
    }
    profile.no_more_lies();
    in_step(&phone).await;
}

#[tokio::test]
async fn the_service_takes_no_slots_that_are_not_signed_over_its_own_nonce() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    profile.lie(|path, answer| {
        if path == "/v1/vault/epoch" && answer.status == 200 {
            answer.body =
                serde_json::to_vec(&serde_json::json!({ "nonce": "A".repeat(43) })).unwrap();
        }
    });
    match laptop.change_slots(add(SLOT, "Laptop")).await {
        Err(Trouble::Refused(problem)) => assert_eq!(problem.error, Code::ProofRejected),
        other => panic!("{:?}", other.map(drop)),
    }
    profile.no_more_lies();
    assert!(slots(&laptop).await.is_empty());
    in_step(&laptop).await;
}

#[tokio::test]
async fn offline_a_connected_vault_opens_by_its_passkey_and_keeps_its_slots() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    laptop.change_slots(add(SLOT, "Laptop")).await.unwrap();
    profile.fault(Fault::Offline);
    let refused = laptop.change_slots(remove(SLOT)).await;
    assert_eq!(refused.unwrap_err(), Trouble::Unreachable);
    laptop.lock().await.unwrap();
    laptop.unlock_by_passkey(touched(SLOT, PRF)).await.unwrap();
    laptop.add("offline", "x").await;
    profile.fault(Fault::None);
    in_step(&laptop).await;
}

#[tokio::test]
async fn killed_anywhere_the_passkey_is_there_or_not_and_keeps_its_name() {
    let mut killed = 0;
    for step in 0.. {
        let world = World::begin().await;
        let (profile, laptop) = connected(&world, 1).await;
        profile.fault(Fault::KilledBefore(step));
        let survived = laptop.change_slots(add(SLOT, "Laptop")).await.is_ok();
        profile.fault(Fault::None);
        let after = profile.session();
        after.unlock(unlock()).await.unwrap();
        in_step(&after).await;
        let known = names_of_passkeys(&after).await;
        assert!(
            known.is_empty() && !survived || known == [named("Laptop")],
            "killed before step {step}: {known:?}"
        );
        after.lock().await.unwrap();
        let opens = after.unlock_by_passkey(touched(SLOT, PRF)).await.is_ok();
        assert_eq!(opens, !known.is_empty());
        if survived {
            break;
        }
        killed += 1;
    }
    println!("killed at {killed} steps");
    assert!(killed >= 4, "{killed}");
}

#[tokio::test]
async fn a_new_epoch_keeps_the_passkeys_that_were_touched_and_no_other() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    laptop.change_slots(add(SLOT, "Laptop")).await.unwrap();
    laptop.change_slots(add(OTHER_SLOT, "Key")).await.unwrap();
    let anew = SlotId([9; 16]);
    let change = ChangePassword {
        old: ROOT.to_owned(),
        root: OTHER_ROOT.to_owned(),
        derivation: new_vault("").derivation,
        recovery: None,
        passkeys: vec![passkey(anew, "Laptop")],
        lock_after: 15,
    };
    laptop.change_master_password(change).await.unwrap();
    assert_eq!(names_of_passkeys(&laptop).await, [named("Laptop")]);
    laptop.lock().await.unwrap();
    for gone in [SLOT, OTHER_SLOT] {
        let refused = laptop.unlock_by_passkey(touched(gone, PRF)).await;
        assert_eq!(refused.unwrap_err(), Trouble::WrongPasskey);
    }
    laptop.unlock_by_passkey(touched(anew, PRF)).await.unwrap();
    in_step(&laptop).await;
}

#[tokio::test]
async fn what_was_brought_back_waits_for_its_master_password() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    laptop.change_slots(add(SLOT, "Laptop")).await.unwrap();
    let loss = laptop.loss(Act::ClearEverywhere).await.unwrap();
    laptop.ask(Act::ClearEverywhere, &loss.hash).await.unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    laptop.dismiss().await.unwrap();
    let displaced = laptop.displaced().await.unwrap();
    let generation = displaced[0].generation.clone();
    let act = Act::RestoreCloud { generation };
    let loss = laptop.loss(act.clone()).await.unwrap();
    laptop.ask(act, &loss.hash).await.unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    laptop.dismiss().await.unwrap();
    let refused = laptop.unlock_by_passkey(touched(SLOT, PRF)).await;
    assert_eq!(refused.unwrap_err(), Trouble::Unanchored);
    laptop.unlock(unlock()).await.unwrap();
    in_step(&laptop).await;
    laptop.lock().await.unwrap();
    laptop.unlock_by_passkey(touched(SLOT, PRF)).await.unwrap();
}

fn weak() -> NewVault {
    NewVault {
        derivation: Derivation {
            kdf: Kdf::Argon2id {
                memory: 19 * 1024,
                iterations: 2,
                parallelism: 1,
            },
            ..new_vault("").derivation
        },
        ..new_vault("Home")
    }
}

#[tokio::test]
async fn a_weaker_derivation_is_raised_in_its_own_algorithm_and_a_strong_one_stays() {
    let world = World::begin().await;
    let session = world.profile().session();
    session.create_vault(weak()).await.unwrap();
    session.add("bank", "x").await;
    let raised = session.new_derivation().await.unwrap();
    assert!(matches!(
        raised.kdf,
        Kdf::Argon2id {
            memory: 65_536,
            iterations: 3,
            parallelism: 4
        }
    ));
    let act = derive(OTHER_ROOT, raised);
    session.change_slots(typed(ROOT, act)).await.unwrap();
    session.lock().await.unwrap();
    let old = session.unlock(unlock()).await;
    assert_eq!(old.unwrap_err(), Trouble::WrongMasterPassword);
    session.unlock(unlock_anew()).await.unwrap();
    assert_eq!(session.names().await, ["bank"]);

    let rounds = session
        .derivation_for(&Kdf::Pbkdf2 {
            iterations: 600_000,
        })
        .await
        .unwrap();
    let act = derive(ROOT, rounds);
    session.change_slots(typed(OTHER_ROOT, act)).await.unwrap();
    let next = session.new_derivation().await.unwrap().kdf;
    assert!(matches!(next, Kdf::Pbkdf2 { .. }), "{next:?}");
}

#[tokio::test]
async fn a_derivation_out_of_bounds_is_refused_before_any_work() {
    let session = World::begin().await.profile().session();
    let argon2id = |memory, iterations, parallelism| Kdf::Argon2id {
        memory,
        iterations,
        parallelism,
    };
    let (weak, heavy) = (Trouble::KdfTooWeak, Trouble::KdfTooHeavy);
    for (kdf, trouble) in [
        (argon2id(19 * 1024 - 1, 3, 4), &weak),
        (argon2id(65_536, 1, 4), &weak),
        (argon2id(65_535, 3, 4), &weak), // within the bounds, below today's default
        (argon2id(65_536, 2, 4), &weak),
        (argon2id(65_536, 3, 3), &weak),
        (argon2id(1024 * 1024 + 1, 3, 4), &heavy),
        (argon2id(65_536, 17, 4), &heavy),
        (argon2id(65_536, 3, 17), &heavy),
        (
            Kdf::Pbkdf2 {
                iterations: 599_999,
            },
            &weak,
        ),
        (
            Kdf::Pbkdf2 {
                iterations: 10_000_001,
            },
            &heavy,
        ),
    ] {
        let refused = session.derivation_for(&kdf).await.unwrap_err();
        assert_eq!(refused, *trouble);
    }
}

/// What the password slot before signed for is followed, weaker or not; what only
/// the service says is not.
#[tokio::test]
async fn a_device_takes_a_weaker_derivation_for_the_signature_of_the_slot_before() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let (_, phone) = another(&world).await;
    let rounds = Kdf::Pbkdf2 {
        iterations: 600_000,
    };
    let rounds = laptop.derivation_for(&rounds).await.unwrap();
    let act = derive(OTHER_ROOT, rounds);
    laptop.change_slots(typed(ROOT, act)).await.unwrap();
    in_step(&phone).await;
    phone.lock().await.unwrap();
    let old = phone.unlock(unlock()).await;
    assert_eq!(old.unwrap_err(), Trouble::WrongMasterPassword);
    phone.unlock(unlock_anew()).await.unwrap();
    assert_eq!(phone.names().await, ["entry0"]);
    in_step(&phone).await;
}

/// Whoever has the vault open can put it in the cloud's place, with a code from the
/// mail on the same screen: another device asks for the master password first.
#[tokio::test]
async fn a_cloud_that_was_replaced_under_another_password_slot_is_the_persons_choice() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    let (other, phone) = another(&world).await;
    let before = other.rows();
    let rounds = Kdf::Pbkdf2 {
        iterations: 600_000,
    };
    let rounds = laptop.derivation_for(&rounds).await.unwrap();
    let act = derive(OTHER_ROOT, rounds);
    phone.change_slots(typed(ROOT, act)).await.unwrap();
    in_step(&laptop).await;
    // A copy of the phone of yesterday: its slot is another one.
    other.0.rows.replace(before);
    other.close_browser();
    let phone = other.session();
    phone.unlocked().await;
    let loss = phone.loss(Act::ReplaceCloud).await.unwrap().hash;
    phone.ask(Act::ReplaceCloud, &loss).await.unwrap();
    phone.prove(mailed(world.code().await)).await.unwrap();
    let held = profile.vault_rows();
    let _ = laptop.sync_now().await;
    assert_eq!(laptop.paused().await, Some(PauseReason::CloudDiffers));
    assert_eq!(profile.vault_rows(), held, "nothing by itself");
    assert!(laptop.is_open().await);
}
