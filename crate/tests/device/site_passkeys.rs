//! Passkeys of sites: which there are, one to sign by, a new one.

use std::rc::Rc;

use sigill::api::{BulkAct, Content, Save};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::passkeys::home::home_of;
use sigill_core::vault::item::{Field, Kind, Passkey};

use crate::contents::{Fields, bulk, import, login, url as address};
use crate::rig::{Person, Profile, World, another, connected, new_vault, unlock};

fn passkey(credential: u8, rp: &str, user: &str) -> Passkey {
    Passkey {
        credential: vec![credential; 16],
        rp: rp.into(),
        user_handle: vec![1],
        user_name: user.into(),
        display_name: String::new(),
        private_key: vec![credential; 100],
        counter: 0,
        created_at: u64::from(credential),
    }
}

fn at(url: &str, user: &str) -> Content {
    let mut content = login("Bank", "");
    content.urls = vec![address(url)];
    content.put(Field::Username, user);
    content
}

async fn opened() -> (Rc<World>, Session<Profile>) {
    let world = World::begin().await;
    let session = world.profile().session();
    session.create_vault(new_vault("Home")).await.unwrap();
    (world, session)
}

async fn keep(session: &Session<Profile>, passkey: &Passkey) -> String {
    let bytes = passkey.to_bytes();
    let kept = session.keep_site_passkey(&bytes, "The Bank").await;
    kept.unwrap()
}

#[tokio::test]
async fn a_new_passkey_joins_the_login_of_its_user_there_else_it_is_an_entry_of_its_own() {
    let (_, session) = opened().await;
    let content = at("https://login.bank.example/in", "anna");
    let id = session.save(Save { id: None, content }).await.unwrap();

    let found = session.site_passkeys("bank.example", "anna").await.unwrap();
    assert_eq!(found.home.as_deref(), Some("Bank"));
    assert_eq!(
        keep(&session, &passkey(1, "bank.example", "anna")).await,
        id
    );
    let item = session.item(&id).await.unwrap();
    assert_eq!(item.passkeys.len(), 1);
    assert_eq!(item.content.text(Field::Username), "anna");

    let found = session.site_passkeys("bank.example", "bo").await.unwrap();
    assert_eq!(found.home, None);
    let own = keep(&session, &passkey(2, "bank.example", "bo")).await;
    let item = session.item(&own).await.unwrap();
    assert_eq!(item.content.kind, Kind::Passkey);
    assert_eq!(item.content.name, "The Bank");
    assert_eq!(item.content.urls, [address("https://bank.example")]);
    assert_eq!(item.passkeys[0].user_name, "bo");
}

#[tokio::test]
async fn only_the_relying_partys_passkeys_in_sight_are_found_the_newest_first() {
    let (_, session) = opened().await;
    keep(&session, &passkey(1, "bank.example", "anna")).await;
    keep(&session, &passkey(3, "bank.example", "bo")).await;
    keep(&session, &passkey(2, "evil.bank.example", "anna")).await;
    keep(&session, &passkey(4, "notbank.example", "anna")).await;
    let gone = keep(&session, &passkey(5, "bank.example", "cecilia")).await;
    session.bulk(bulk(&[gone], BulkAct::Trash)).await.unwrap();
    let found = session.site_passkeys("bank.example", "").await.unwrap();
    let users: Vec<_> = found
        .passkeys
        .iter()
        .map(|one| one.user_name.as_str())
        .collect();
    assert_eq!(users, ["bo", "anna"]);
    assert_eq!(found.home, None);
}

#[tokio::test]
async fn a_passkey_is_handed_out_as_it_was_kept_and_only_while_the_vault_is_open() {
    let (_, session) = opened().await;
    let kept = passkey(7, "bank.example", "anna");
    let id = keep(&session, &kept).await;
    let found = session.site_passkeys("bank.example", "").await.unwrap();
    let credential = found.passkeys[0].credential.clone();
    assert_eq!(found.passkeys[0].item, id);
    let bytes = session.site_passkey(&id, &credential).await.unwrap();
    assert!(Passkey::from_bytes(&bytes).unwrap() == kept);
    for other in ["", "AAAA"] {
        let none = session.site_passkey(&id, other).await.err();
        assert_eq!(none, Some(Trouble::NotFound));
    }
    let unread = session.site_passkey(&id, "not base64url").await.err();
    assert_eq!(unread, Some(Trouble::MalformedInput));
    session.lock().await.unwrap();
    let locked = session.site_passkey(&id, &credential).await.err();
    assert_eq!(locked, Some(Trouble::Locked));
    let locked = session.site_passkeys("bank.example", "").await.err();
    assert_eq!(locked, Some(Trouble::Locked));
    let locked = session.keep_site_passkey(&kept.to_bytes(), "").await.err();
    assert_eq!(locked, Some(Trouble::Locked));
}

#[tokio::test]
async fn when_the_person_last_opened_the_vault_is_known_and_no_touch_changes_it() {
    let (world, session) = opened().await;
    let opened_at = async || {
        let found = session.site_passkeys("bank.example", "").await;
        found.unwrap().opened_at
    };
    let first = opened_at().await;
    assert_eq!(first, world.now());
    world.pass(600);
    session.touch().await.unwrap();
    assert_eq!(opened_at().await, first);
    session.unlock(unlock()).await.unwrap();
    assert_eq!(opened_at().await, first + 600);
}

#[tokio::test]
async fn bytes_that_are_no_passkey_are_not_kept() {
    let (_, session) = opened().await;
    let whole = passkey(1, "bank.example", "anna").to_bytes();
    for bytes in [&whole[..whole.len() - 1], &[], &[0; 64]] {
        let refused = session.keep_site_passkey(bytes, "x").await.err();
        assert_eq!(refused, Some(Trouble::MalformedInput));
    }
    assert_eq!(session.all().await.len(), 0);
}

#[tokio::test]
async fn a_passkey_that_was_made_on_one_device_signs_on_another() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 0).await;
    keep(&laptop, &passkey(9, "bank.example", "anna")).await;
    laptop.sync_now().await.unwrap();
    let (_, phone) = another(&world).await;
    let found = phone.site_passkeys("bank.example", "").await.unwrap();
    let [one] = found.passkeys.as_slice() else {
        panic!("one passkey");
    };
    let bytes = phone
        .site_passkey(&one.item, &one.credential)
        .await
        .unwrap();
    assert!(Passkey::from_bytes(&bytes).unwrap() == passkey(9, "bank.example", "anna"));
}

#[tokio::test]
async fn what_another_program_brought_is_found_too() {
    let (_, session) = opened().await;
    let items = [home_of(passkey(1, "bank.example", "anna"), "")];
    session.import(import("x.json", &items)).await.unwrap();
    let found = session.site_passkeys("bank.example", "").await.unwrap();
    assert_eq!(found.passkeys.len(), 1);
}
