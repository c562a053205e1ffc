//! One-time codes of entries: by the session's clock, by a counter that the entry keeps.

use std::rc::Rc;

use sigill::api::{Codes, CustomField, FieldKind, Save, SyncState};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::vault::item::Field;

use crate::contents::{Fields, login};
use crate::rig::{Fault, Person, Profile, World, another, connected, new_vault};

/// The secret of the RFCs' vectors.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
/// What it gives by a counter (RFC 4226, appendix D).
const COUNTED: [&str; 4] = ["755224", "287082", "359152", "969429"];

fn by_counter(counter: u32) -> String {
    format!("otpauth://hotp/Bank:asa?secret={SECRET}&issuer=Bank&counter={counter}")
}

async fn opened() -> (Rc<World>, Profile, Session<Profile>) {
    let world = World::begin().await;
    let profile = world.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    (world, profile, session)
}

async fn save(session: &Session<Profile>, key: &str) -> String {
    let mut content = login("bank", "x");
    content.put(Field::Totp, key);
    session.save(Save { id: None, content }).await.unwrap()
}

/// The code of now, the next one, and for how many seconds it is good.
async fn clock(session: &Session<Profile>, id: &str) -> (String, String, u64) {
    match session.one_time_code(id, None).await.unwrap() {
        Codes::Clock {
            now, next, left, ..
        } => (now.text.clone(), next.text.clone(), left),
        Codes::Counter | Codes::Nothing { .. } => panic!("no codes by the clock"),
    }
}

async fn counted(session: &Session<Profile>, id: &str) -> String {
    session.next_code(id, None).await.unwrap().text.clone()
}

async fn key(session: &Session<Profile>, id: &str) -> String {
    let item = session.item(id).await.unwrap();
    item.content.text(Field::Totp).to_owned()
}

#[tokio::test]
async fn a_code_by_the_clock_is_that_of_the_rfc_and_comes_without_its_key() {
    let (world, profile, session) = opened().await;
    let uri = format!("otpauth://totp/?secret={SECRET}&digits=8");
    let id = save(&session, &uri).await;
    let at_59 = 59 - i64::try_from(world.now()).unwrap();
    profile.skew(at_59);
    session.unlocked().await;
    let (now, next, left) = clock(&session, &id).await;
    assert_eq!((now.as_str(), left), ("94287082", 1));
    let codes = session.one_time_code(&id, None).await.unwrap();
    let crossing = serde_json::to_string(&codes).unwrap();
    assert!(crossing.contains(r#""shown":"9428 7082""#), "{crossing}");
    assert!(!crossing.contains("GEZDGNBV"), "{crossing}");
    world.pass(1);
    let (now, _, left) = clock(&session, &id).await;
    assert_eq!((now, left), (next, 30));
}

#[tokio::test]
async fn codes_need_an_open_vault_and_a_key_that_can_be_read() {
    let (_, _, session) = opened().await;
    let bare = session.add("bare", "x").await;
    let absent = session.one_time_code(&bare, None).await.err();
    assert_eq!(absent, Some(Trouble::NotFound));
    let id = save(&session, "ask Bo: 08-12").await;
    let codes = session.one_time_code(&id, None).await.unwrap();
    assert!(matches!(codes, Codes::Nothing { why } if why == "otp_another_address"));
    assert_eq!(key(&session, &id).await, "ask Bo: 08-12");
    let id = save(&session, SECRET).await;
    assert_eq!(
        session.next_code(&id, None).await.err(),
        Some(Trouble::NotFound)
    );
    session.lock().await.unwrap();
    assert_eq!(
        session.one_time_code(&id, None).await.err(),
        Some(Trouble::Locked)
    );
    assert_eq!(
        session.next_code(&id, None).await.err(),
        Some(Trouble::Locked)
    );
}

#[tokio::test]
async fn a_key_in_a_field_of_ones_own_gives_codes_and_is_kept_in_one_way() {
    let (_, _, session) = opened().await;
    let mut content = login("bank", "x");
    content.fields.push(CustomField {
        label: "Second".into(),
        value: format!("  {}", SECRET.to_lowercase()),
        kind: FieldKind::Totp,
    });
    let id = session.save(Save { id: None, content }).await.unwrap();
    assert_eq!(
        session.item(&id).await.unwrap().content.fields[1].value,
        SECRET
    );
    assert!(matches!(
        session.one_time_code(&id, Some(1)).await,
        Ok(Codes::Clock { .. })
    ));
    assert_eq!(clock(&session, &id).await.0.len(), 6);
    for at in [0, 2, u32::MAX] {
        let none = session.one_time_code(&id, Some(at)).await.err();
        assert_eq!(none, Some(Trouble::NotFound), "{at}");
    }
}

#[tokio::test]
async fn a_counter_is_kept_before_its_code_is_given_and_leaves_the_history_alone() {
    let (world, profile, session) = opened().await;
    let id = save(&session, &by_counter(0)).await;
    let made = session.item(&id).await.unwrap().modified_at;
    assert!(matches!(
        session.one_time_code(&id, None).await,
        Ok(Codes::Counter)
    ));
    profile.fault(Fault::FullFrom(0));
    assert_eq!(
        session.next_code(&id, None).await.err(),
        Some(Trouble::Full)
    );
    profile.fault(Fault::None);
    world.pass(60);
    for code in &COUNTED[..3] {
        assert_eq!(counted(&session, &id).await, *code);
    }
    drop(session);
    let session = profile.session();
    assert_eq!(counted(&session, &id).await, COUNTED[3]);
    let item = session.item(&id).await.unwrap();
    assert_eq!(item.content.text(Field::Totp), by_counter(4));
    assert!(item.history.is_empty());
    assert_eq!(item.modified_at, made);
    session
        .edit(&id, |content| content.name = "other".into())
        .await
        .unwrap();
    assert_eq!(session.item(&id).await.unwrap().history.len(), 1);
}

#[tokio::test]
async fn what_two_devices_counted_apart_goes_on_from_the_higher_and_is_no_conflict() {
    let world = World::begin().await;
    let (laptop_profile, laptop) = connected(&world, 0).await;
    let id = save(&laptop, &by_counter(0)).await;
    laptop.sync_now().await.unwrap();
    let (phone_profile, phone) = another(&world).await;
    for profile in [&laptop_profile, &phone_profile] {
        profile.fault(Fault::Offline);
    }
    counted(&laptop, &id).await;
    for code in &COUNTED[..2] {
        assert_eq!(counted(&phone, &id).await, *code);
    }
    for profile in [&laptop_profile, &phone_profile] {
        profile.fault(Fault::None);
    }
    for session in [&phone, &laptop, &phone] {
        session.sync_now().await.unwrap();
        let sync = session.status().await.unwrap().sync;
        assert!(!matches!(sync, SyncState::Paused { .. }));
    }
    for session in [&laptop, &phone] {
        let item = session.item(&id).await.unwrap();
        assert_eq!(item.content.text(Field::Totp), by_counter(2));
        assert!(item.history.is_empty());
    }
    assert_eq!(counted(&laptop, &id).await, COUNTED[2]);
}
