//! What is to mend among the logins: found in the open vault, told without a password.

use std::rc::Rc;
use std::slice::from_ref;

use serde_json::Value;
use sigill::api::{Breached, BulkAct, Save};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::vault::item::Field;

use crate::contents::{Fields, bulk, login, url as address};
use crate::rig::{Person, Profile, World, new_vault};

const YEAR: u64 = 365 * 24 * 60 * 60;
/// SHA-1("password") begins so, and goes on so.
const PREFIX: &str = "5BAA6";
const REST: &str = "1E4C9B93F3F0682250B6CF8331B7EE68FD8";

async fn opened() -> (Rc<World>, Session<Profile>) {
    let (world, _, session) = on_a_disk().await;
    (world, session)
}

async fn on_a_disk() -> (Rc<World>, Profile, Session<Profile>) {
    let world = World::begin().await;
    let profile = world.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    (world, profile, session)
}

async fn at(session: &Session<Profile>, url: &str, password: &str) -> String {
    let mut content = login(url, password);
    content.urls = vec![address(url)];
    session.save(Save { id: None, content }).await.unwrap()
}

/// What crosses to the page, and the same read.
async fn health(session: &Session<Profile>) -> (String, Vec<Value>) {
    let crossing = session.health().await.unwrap();
    let logins = serde_json::from_str(&crossing).unwrap();
    (crossing, logins)
}

fn findings<'a>(logins: &'a [Value], id: &str) -> Vec<&'a str> {
    let login = logins.iter().find(|login| login["id"] == id).unwrap();
    let findings = login["findings"].as_array().unwrap().iter();
    findings.map(|finding| finding.as_str().unwrap()).collect()
}

#[tokio::test]
async fn each_kind_of_finding_is_told_of_the_login_that_has_it_and_no_password_is() {
    let (world, session) = opened().await;
    let old = at(&session, "https://old.example", "kept-for-years").await;
    world.pass(3 * YEAR);
    session.unlocked().await;
    let first = at(&session, "https://a.example", "shared-secret").await;
    let second = at(&session, "http://b.example", "shared-secret").await;
    let third = at(&session, "https://github.com/login", "third-secret").await;
    let (crossing, logins) = health(&session).await;
    assert_eq!(logins.len(), 4);
    assert_eq!(findings(&logins, &old), ["old"]);
    assert_eq!(findings(&logins, &first), ["reused"]);
    assert_eq!(findings(&logins, &second), ["in_clear", "reused"]);
    assert_eq!(findings(&logins, &third), ["two_factor"]);
    for secret in ["kept-for-years", "shared-secret", "third-secret"] {
        assert!(!crossing.contains(secret), "{crossing}");
    }
}

#[tokio::test]
async fn what_lies_in_the_archive_or_the_trash_is_done_with() {
    let (_, session) = opened().await;
    let mut ids = Vec::new();
    for name in ["a", "b", "c"] {
        ids.push(session.add(name, "same").await);
    }
    let put = |id: &str, act| bulk(&[id.to_owned()], act);
    session.bulk(put(&ids[0], BulkAct::Archive)).await.unwrap();
    session.bulk(put(&ids[1], BulkAct::Trash)).await.unwrap();
    let (_, logins) = health(&session).await;
    assert_eq!(logins.len(), 1);
    assert_eq!(findings(&logins, &ids[2]), [""; 0]);
}

#[tokio::test]
async fn a_password_that_leaked_is_found_by_the_answer_about_its_prefix() {
    let (_, session) = opened().await;
    let leaked = session.add("leaked", "password").await;
    let other = session.add("other", "another").await;
    let gone = session.add("gone", "password").await;
    let (_, logins) = health(&session).await;
    let prefix =
        |id: &str| logins.iter().find(|login| login["id"] == *id).unwrap()["prefix"].clone();
    assert_eq!(prefix(&leaked), PREFIX);
    assert_ne!(prefix(&other), PREFIX);
    session
        .bulk(bulk(from_ref(&gone), BulkAct::Trash))
        .await
        .unwrap();
    session.erase(from_ref(&gone)).await.unwrap();

    let text = format!("{}:3\r\nno line\r\n{REST}:42\r\n", "0".repeat(35));
    let ids = [gone, other, leaked.clone()];
    let found = session.breached(PREFIX, &text, &ids).await.unwrap();
    let expected = Breached {
        id: leaked.clone(),
        times: 42,
    };
    assert_eq!(found, [expected], "of another password nothing is said");
    let unseen = format!("{}:3\r\n", "0".repeat(35));
    let found = session.breached(PREFIX, &unseen, &ids).await.unwrap();
    assert_eq!(found[0].times, 0);
    session
        .edit(&leaked, |content| content.put(Field::Password, "changed"))
        .await
        .unwrap();
    assert_eq!(session.breached(PREFIX, &text, &ids).await, Ok(vec![]));
    let page = "<html>Sign in to this network</html>";
    let garbage = session.breached(PREFIX, page, &ids).await;
    assert_eq!(garbage, Err(Trouble::BreachGarbage));
}

#[tokio::test]
async fn locked_nothing_is_told() {
    let (_, session) = opened().await;
    let id = session.add("a", "password").await;
    let guessable = session.guessable(&id).await.unwrap();
    assert_eq!(guessable.password, "password");
    assert_eq!(guessable.prefix, PREFIX);
    assert_eq!(guessable.known, ["a", "asa", "a.example", "example"]);
    session.lock().await.unwrap();
    assert_eq!(session.health().await, Err(Trouble::Locked));
    assert_eq!(session.guessable(&id).await.err(), Some(Trouble::Locked));
    let text = format!("{REST}:42");
    let breached = session
        .breached(PREFIX, &text, std::slice::from_ref(&id))
        .await;
    assert_eq!(breached, Err(Trouble::Locked));
    let aside = session.put_aside(&id, "weak", PREFIX).await;
    assert_eq!(aside, Err(Trouble::Locked));
    assert_eq!(session.put_back(&id, "weak").await, Err(Trouble::Locked));
    assert_eq!(session.health_of(&[id]).await, Err(Trouble::Locked));
}

/// What was put aside of a login.
async fn aside(session: &Session<Profile>, id: &str) -> Vec<Value> {
    let (_, logins) = health(session).await;
    let login = logins.iter().find(|login| login["id"] == id).unwrap();
    login["aside"].as_array().unwrap().clone()
}

#[tokio::test]
async fn what_is_put_aside_stays_so_sealed_until_it_is_taken_back_or_the_password_changes() {
    let (world, profile, session) = on_a_disk().await;
    let id = session.add("a", "password").await;
    let other = session.add("b", "another").await;
    let rows = || {
        let rows = profile.rows();
        rows.into_iter()
            .filter(|(key, _)| key.starts_with("aside/"))
    };
    for finding in ["weak", "leaked", "old"] {
        session.put_aside(&id, finding, PREFIX).await.unwrap();
    }
    session.put_back(&id, "old").await.unwrap();
    session.lock().await.unwrap();
    session.unlocked().await;
    assert_eq!(aside(&session, &id).await, ["leaked", "weak"]);
    assert_eq!(aside(&session, &other).await, [""; 0]);
    let (_, row) = rows().next().unwrap();
    for part in [PREFIX, "weak", id.as_str()] {
        let is = |window: &[u8]| window == part.as_bytes();
        assert!(!row.windows(part.len()).any(is), "{part} lies in clear");
    }

    let stale = session.put_aside(&id, "weak", "00000").await;
    assert_eq!(
        stale,
        Err(Trouble::NotFound),
        "it was found of another password"
    );
    let none = session.put_aside(&id, "fine", PREFIX).await;
    assert_eq!(none, Err(Trouble::MalformedInput));
    world.pass(1);
    session
        .edit(&id, |content| content.put(Field::Password, "changed"))
        .await
        .unwrap();
    assert_eq!(aside(&session, &id).await, [""; 0]);
}

#[tokio::test]
async fn a_text_of_what_was_put_aside_that_cannot_be_read_hides_nothing_and_is_replaced() {
    let (_, profile, session) = on_a_disk().await;
    let id = session.add("a", "password").await;
    session.put_aside(&id, "weak", PREFIX).await.unwrap();
    let key = profile
        .rows()
        .into_keys()
        .find(|key| key.starts_with("aside/"));
    profile.0.rows.borrow_mut().get_mut(&key.unwrap()).unwrap()[20] ^= 1;
    assert_eq!(aside(&session, &id).await, [""; 0]);
    session.put_aside(&id, "leaked", PREFIX).await.unwrap();
    assert_eq!(aside(&session, &id).await, ["leaked"]);
}

#[tokio::test]
async fn some_logins_are_held_against_each_other_only() {
    let (_, session) = opened().await;
    let mut ids = Vec::new();
    for (name, password) in [("a", "same"), ("b", "same"), ("c", "same"), ("d", "other")] {
        ids.push(session.add(name, password).await);
    }
    let of = async |ids: &[String]| -> Vec<Value> {
        serde_json::from_str(&session.health_of(ids).await.unwrap()).unwrap()
    };
    let pair = of(&ids[1..3]).await;
    assert_eq!(pair.len(), 2);
    assert_eq!(findings(&pair, &ids[1]), ["reused"]);
    assert_eq!(pair[0]["accounts"], 2);
    assert_eq!(findings(&of(&ids[2..]).await, &ids[2]), [""; 0]);
    let trash = bulk(&ids[1..2], BulkAct::Trash);
    session.bulk(trash).await.unwrap();
    assert_eq!(findings(&of(&ids[1..3]).await, &ids[2]), [""; 0]);
    assert_eq!(of(&["00".repeat(16)]).await, Vec::<Value>::new());
}
