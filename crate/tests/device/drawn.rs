//! What the generator made and was used.

use sigill::session::{Drawing, Session};
use sigill::trouble::Trouble;

use crate::rig::{Person, Profile, World, new_vault};

const SECRET: &str = "Tr0ub4dor&3-horse";

fn holds(profile: &Profile, text: &str) -> bool {
    let part = text.as_bytes();
    let rows = profile.rows();
    let has = |row: &Vec<u8>| row.windows(part.len()).any(|window| window == part);
    rows.values().any(has)
}

fn kept(profile: &Profile) -> usize {
    let rows = profile.rows();
    rows.keys().filter(|key| key.starts_with("drawn/")).count()
}

fn keep(value: &str) -> Drawing {
    Drawing::Keep(value.to_owned().into())
}

async fn values(session: &Session<Profile>) -> Vec<String> {
    let lines = session.drawn(Drawing::Look).await.unwrap();
    let values = lines.lines().map(|line| line.split_once(' ').unwrap().1);
    values.map(str::to_owned).collect()
}

async fn with_vault() -> (std::rc::Rc<World>, Profile, Session<Profile>) {
    let world = World::begin().await;
    let profile = world.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    (world, profile, session)
}

#[tokio::test]
async fn what_was_used_is_there_again_newest_first_and_once() {
    let (world, profile, session) = with_vault().await;
    assert_eq!(session.drawn(Drawing::Look).await.unwrap(), "");
    session.drawn(keep(SECRET)).await.unwrap();
    world.pass(60);
    session.drawn(keep("two words")).await.unwrap();
    world.pass(60);
    session.drawn(keep(SECRET)).await.unwrap();
    let again = profile.session();
    assert_eq!(values(&again).await, [SECRET, "two words"]);
    let now = world.now().to_string();
    assert!(again.drawn(Drawing::Look).await.unwrap().starts_with(&now));
}

#[tokio::test]
async fn what_was_used_lies_sealed_and_opens_only_while_the_vault_does() {
    let (_world, profile, session) = with_vault().await;
    session.drawn(keep(SECRET)).await.unwrap();
    assert_eq!(kept(&profile), 1);
    assert!(!holds(&profile, SECRET), "no row holds it in clear");
    session.lock().await.unwrap();
    assert_eq!(
        session.drawn(Drawing::Look).await.unwrap_err(),
        Trouble::Locked
    );
    let kept_locked = session.drawn(keep("other")).await;
    assert_eq!(kept_locked.unwrap_err(), Trouble::Locked);
    assert_eq!(
        session.drawn(Drawing::Erase).await.unwrap_err(),
        Trouble::Locked
    );
    session.unlocked().await;
    assert_eq!(values(&session).await, [SECRET]);
}

#[tokio::test]
async fn what_was_used_is_erased_when_that_is_asked_for() {
    let (_world, profile, session) = with_vault().await;
    session.drawn(keep(SECRET)).await.unwrap();
    session.drawn(Drawing::Erase).await.unwrap();
    assert_eq!(kept(&profile), 0);
    assert_eq!(session.drawn(Drawing::Look).await.unwrap(), "");
}

#[tokio::test]
async fn what_was_used_goes_with_its_vault() {
    let (world, profile, session) = with_vault().await;
    session.drawn(keep(SECRET)).await.unwrap();
    session.clear_unconnected("home").await.unwrap();
    session.create_vault(new_vault("Other")).await.unwrap();
    assert_eq!(
        session.drawn(Drawing::Look).await.unwrap(),
        "",
        "another vault, another history"
    );
    world.pass(7 * 24 * 3600);
    profile.session().status().await.unwrap();
    assert_eq!(kept(&profile), 0, "gone with the vault that lay sealed");
}

#[tokio::test]
async fn a_row_that_was_changed_or_moved_is_damaged_not_believed() {
    let (_world, profile, session) = with_vault().await;
    session.drawn(keep(SECRET)).await.unwrap();
    let key = profile
        .rows()
        .into_keys()
        .find(|key| key.starts_with("drawn/"));
    let key = key.unwrap();
    profile.0.rows.borrow_mut().get_mut(&key).unwrap()[20] ^= 1;
    assert_eq!(
        session.drawn(Drawing::Look).await.unwrap_err(),
        Trouble::Damaged
    );
    session.drawn(Drawing::Erase).await.unwrap();
    assert_eq!(session.drawn(Drawing::Look).await.unwrap(), "");
}

#[tokio::test]
async fn nothing_that_would_be_another_line_is_taken() {
    let (_world, profile, session) = with_vault().await;
    for none in ["", "one\n2 two", "tab\t", &"x".repeat(1_025)] {
        let refused = session.drawn(keep(none)).await.unwrap_err();
        assert_eq!(refused, Trouble::MalformedInput);
    }
    assert_eq!(kept(&profile), 0);
}
