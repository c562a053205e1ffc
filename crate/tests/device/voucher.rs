//! A new epoch that devices can follow: the head key before it vouches for it.

use std::cell::RefCell;
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sigill::api::{Act, BulkAct, ChangePassword, NewVault, PauseReason, SyncState, Take, Unlock};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::id::Hash;
use sigill_core::vault::head::Head;
use sigill_core::vault::item::Field;

use crate::contents::{Fields, bulk};
use crate::rig::{OTHER_ROOT, Person, Profile, ROOT, World, another, connected, mailed, new_vault};

/// A third master password.
const THIRD_ROOT: &str = "_wECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

fn change(old: &str, new: &str) -> ChangePassword {
    ChangePassword {
        old: old.to_owned(),
        root: new.to_owned(),
        derivation: new_vault("").derivation,
        recovery: None,
        passkeys: Vec::new(),
        lock_after: 15,
    }
}

fn typed(root: &str) -> Unlock {
    Unlock {
        root: root.to_owned(),
        lock_after: 15,
    }
}

fn anew(root: &str) -> NewVault {
    NewVault {
        root: root.to_owned(),
        ..new_vault("Åsa’s vault")
    }
}

async fn changed(laptop: &Session<Profile>) {
    let change = change(ROOT, OTHER_ROOT);
    laptop.change_master_password(change).await.unwrap();
}

async fn why_it_waits(session: &Session<Profile>) -> Option<PauseReason> {
    session.sync_now().await.unwrap();
    match session.status().await.unwrap().sync {
        SyncState::Paused { reason, .. } => Some(reason),
        _ => None,
    }
}

const CHANGED: Option<PauseReason> = Some(PauseReason::MasterPasswordChanged);
const DIFFERS: Option<PauseReason> = Some(PauseReason::CloudDiffers);

#[tokio::test]
async fn the_next_epoch_is_followed_after_its_master_password_and_edits_are_merged_in() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 3).await;
    let (profile, phone) = another(&world).await;
    let id = |items: Vec<sigill::api::Item>| items[0].id.clone();
    let both = id(laptop.all().await);
    laptop
        .edit(&both, |login| login.put(Field::Username, "of the laptop"))
        .await
        .unwrap();
    laptop.sync_now().await.unwrap();
    phone
        .edit(&both, |login| login.put(Field::Notes, "of the phone"))
        .await
        .unwrap();
    phone.add("only on the phone", "x").await;
    let gone = phone.all().await[2].id.clone();
    phone.erase_or_trash(&gone).await;
    changed(&laptop).await;
    assert_eq!(why_it_waits(&phone).await, CHANGED);
    let differs = phone.differs().await.unwrap();
    assert!(differs.vouched && !differs.own);
    assert_eq!(differs.device.as_deref(), Some("Laptop"));
    assert_eq!(differs.pending, 3);
    let before = profile.vault_rows();
    let old = phone.take_over(Take::Merged, typed(ROOT)).await;
    assert_eq!(old.unwrap_err(), Trouble::WrongMasterPassword);
    assert_eq!(profile.vault_rows(), before, "nothing before it is typed");

    let merged = phone.take_over(Take::Merged, typed(OTHER_ROOT)).await;
    assert_eq!(merged.unwrap(), 3);
    for device in [&phone, &laptop] {
        assert_eq!(why_it_waits(device).await, None);
        let names = device.names().await;
        assert_eq!(names, ["entry0", "entry1", "only on the phone"]);
        let login = device.item(&both).await.unwrap().content;
        assert_eq!(
            (login.text(Field::Username), login.text(Field::Notes)),
            ("of the laptop", "of the phone"),
            "one entry of both"
        );
    }
    assert!(phone.batches().await.unwrap().is_empty(), "no import");
}

trait Trash {
    async fn erase_or_trash(&self, id: &str);
}

impl Trash for Session<Profile> {
    async fn erase_or_trash(&self, id: &str) {
        let act = bulk(&[id.to_owned()], BulkAct::Trash);
        self.bulk(act).await.unwrap();
    }
}

#[tokio::test]
async fn a_locked_device_is_told_once_its_own_keys_have_looked_and_not_before() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let (_, phone) = another(&world).await;
    phone.lock().await.unwrap();
    changed(&laptop).await;
    assert_eq!(why_it_waits(&phone).await, DIFFERS, "pins vouch for nobody");
    phone.unlocked().await;
    assert_eq!(why_it_waits(&phone).await, CHANGED);
    phone.lock().await.unwrap();
    laptop.add("afterwards", "x").await;
    laptop.sync_now().await.unwrap();
    assert_eq!(why_it_waits(&phone).await, CHANGED, "it is remembered");
    let locked = phone.take_over(Take::Merged, typed(OTHER_ROOT)).await;
    assert_eq!(locked.unwrap_err(), Trouble::Locked);
    phone.unlocked().await;
    phone
        .take_over(Take::Merged, typed(OTHER_ROOT))
        .await
        .unwrap();
    assert_eq!(phone.names().await, ["afterwards", "entry0"]);
}

#[tokio::test]
async fn what_was_vouched_for_is_not_remembered_for_another_history() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let (profile, phone) = another(&world).await;
    changed(&laptop).await;
    assert_eq!(why_it_waits(&phone).await, CHANGED);
    phone.lock().await.unwrap();
    forges(&profile, other_head);
    assert_eq!(why_it_waits(&phone).await, DIFFERS);
}

/// Tampers with whatever the service says of the cloud.
fn forges(profile: &Profile, forge: impl Fn(&mut Value) + 'static) {
    profile.lie(move |path, answer| {
        if path.starts_with("/v1/vault") && answer.status == 200 {
            let mut body = serde_json::from_slice(&answer.body).unwrap();
            forge(&mut body);
            answer.body = serde_json::to_vec(&body).unwrap();
        }
    });
}

/// The cloud in an answer, whichever it is.
fn cloud(body: &mut Value) -> &mut Value {
    if body.get("cloud").is_some() {
        &mut body["cloud"]
    } else {
        body
    }
}

fn says(voucher: Value) -> impl Fn(&mut Value) {
    move |body| cloud(body)["vault"]["voucher"] = voucher.clone()
}

/// Another first head of the new epoch in the vouched one's place.
fn other_head(body: &mut Value) {
    let bytes = cloud(body)["vault"]["head"]["head"].as_str().unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(bytes).unwrap();
    let mut head = Head::from_bytes(&bytes).unwrap();
    head.items_root = Hash([9; 32]);
    let bytes = json!(URL_SAFE_NO_PAD.encode(head.to_bytes()));
    cloud(body)["vault"]["head"]["head"] = bytes.clone();
    cloud(body)["head_hash"] = json!(head.hash().to_string());
    if let Some(heads) = body["heads"].as_array_mut()
        && let Some(last) = heads.last_mut()
    {
        last["head"] = bytes;
    }
}

#[tokio::test]
async fn without_a_voucher_or_with_a_forged_one_it_is_s30_and_nothing_changes() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    let (profile, phone) = another(&world).await;
    phone.add("only on the phone", "x").await;
    changed(&laptop).await;
    let before = profile.vault_rows();
    let forged: [(&str, Value); 5] = [
        ("none", Value::Null),
        ("zeros", json!(URL_SAFE_NO_PAD.encode([0; 32]))),
        ("random bytes", json!(URL_SAFE_NO_PAD.encode([0xA5; 32]))),
        ("too short", json!(URL_SAFE_NO_PAD.encode([0; 31]))),
        ("too long", json!(URL_SAFE_NO_PAD.encode([0; 33]))),
    ];
    for (claim, voucher) in forged {
        forges(&profile, says(voucher));
        assert_eq!(why_it_waits(&phone).await, DIFFERS, "{claim}");
        assert!(!phone.differs().await.unwrap().vouched, "{claim}");
        let refused = phone.take_over(Take::Merged, typed(OTHER_ROOT)).await;
        assert_eq!(refused.unwrap_err(), Trouble::Garbage, "{claim}");
        assert_eq!(profile.vault_rows(), before, "{claim}");
    }
    forges(&profile, other_head);
    assert_eq!(why_it_waits(&phone).await, DIFFERS, "another head");
    assert_eq!(profile.vault_rows(), before);
    profile.no_more_lies();
    assert_eq!(why_it_waits(&phone).await, CHANGED);
}

#[tokio::test]
async fn a_voucher_of_an_older_change_is_no_good_for_the_next() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let (profile, phone) = another(&world).await;
    changed(&laptop).await;
    let first: Rc<RefCell<Value>> = Rc::default();
    let heard = Rc::clone(&first);
    forges(&profile, move |body| {
        *heard.borrow_mut() = cloud(body)["vault"]["voucher"].clone();
    });
    assert_eq!(why_it_waits(&phone).await, CHANGED);
    let first = first.borrow().clone();
    assert!(first.is_string());
    profile.no_more_lies();
    phone
        .take_over(Take::Merged, typed(OTHER_ROOT))
        .await
        .unwrap();
    let again = change(OTHER_ROOT, THIRD_ROOT);
    laptop.change_master_password(again).await.unwrap();
    forges(&profile, says(first));
    let before = profile.vault_rows();
    assert_eq!(why_it_waits(&phone).await, DIFFERS);
    assert_eq!(profile.vault_rows(), before);
    profile.no_more_lies();
    assert_eq!(why_it_waits(&phone).await, CHANGED);
}

/// The key before the last one vouches for what this device's key can't check.
#[tokio::test]
async fn two_changes_while_a_device_was_away_are_for_its_person() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let (_, phone) = another(&world).await;
    changed(&laptop).await;
    let again = change(OTHER_ROOT, THIRD_ROOT);
    laptop.change_master_password(again).await.unwrap();
    assert_eq!(why_it_waits(&phone).await, DIFFERS);
    phone
        .take_over(Take::Theirs, typed(THIRD_ROOT))
        .await
        .unwrap();
    assert_eq!(phone.names().await, ["entry0"]);
}

async fn proved(session: &Session<Profile>, world: &World, act: Act) {
    let loss = session.loss(act.clone()).await.unwrap();
    session
        .ask_reset(act, anew(OTHER_ROOT), &loss.hash)
        .await
        .unwrap();
    session.prove(mailed(world.code().await)).await.unwrap();
    session.dismiss().await.unwrap();
}

#[tokio::test]
async fn an_open_vault_vouches_for_its_renewal() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let (_, phone) = another(&world).await;
    phone.add("only on the phone", "x").await;
    proved(&laptop, &world, Act::RenewMasterPassword).await;
    assert_eq!(why_it_waits(&phone).await, CHANGED);
    let merged = phone.take_over(Take::Merged, typed(OTHER_ROOT)).await;
    assert_eq!(merged.unwrap(), 1);
    assert_eq!(why_it_waits(&phone).await, None);
    assert_eq!(phone.names().await, ["entry0", "only on the phone"]);
}

#[tokio::test]
async fn after_a_forgotten_master_password_nobody_vouches() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let (_, phone) = another(&world).await;
    laptop.lock().await.unwrap();
    proved(&laptop, &world, Act::ResetMasterPassword).await;
    assert_eq!(why_it_waits(&phone).await, DIFFERS);
}
