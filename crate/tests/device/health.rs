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
    let world = World::begin().await;
    let session = world.profile().session();
    session.create_vault(new_vault("Home")).await.unwrap();
    (world, session)
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
    assert_eq!(found, [expected]);
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
    assert_eq!(guessable.known, ["a", "asa", "a.example", "example"]);
    session.lock().await.unwrap();
    assert_eq!(session.health().await, Err(Trouble::Locked));
    assert_eq!(session.guessable(&id).await.err(), Some(Trouble::Locked));
    let text = format!("{REST}:42");
    let breached = session.breached(PREFIX, &text, &[id]).await;
    assert_eq!(breached, Err(Trouble::Locked));
}
