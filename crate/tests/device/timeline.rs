//! The timeline on the device: what is verified, remembered and vouched for.

use serde_json::Value;
use sigill::api::{Act, Timeline};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::confirmation::timeline::{Entry, Last, verify};
use sigill_core::vault::head::Head;
use sigill_core::wire::problem::Code;
use sigill_core::wire::timeline::{File, Page};

use crate::rig::{PASSWORD, Person, Profile, World, another, connected, mailed};

/// A device that is known for long enough.
async fn known(world: &std::rc::Rc<World>) -> (Profile, Session<Profile>) {
    let (profile, session) = connected(world, 1).await;
    world.pass(72 * 3600);
    session.unlocked().await;
    (profile, session)
}

fn events(timeline: &Timeline) -> Vec<&str> {
    let entries = timeline.entries.iter().rev();
    entries.map(|entry| entry.event.as_str()).collect()
}

async fn clear_and_restore(world: &World, session: &Session<Profile>) {
    for act in [Act::ClearThisDevice, Act::RestoreDevice] {
        let loss = session.loss(act.clone()).await.unwrap();
        session.ask(act, &loss.hash).await.unwrap();
        session.prove(mailed(world.code().await)).await.unwrap();
    }
    session.unlocked().await;
}

/// Lies about every page of the timeline.
fn lie(profile: &Profile, change: impl Fn(&mut Page) + 'static) {
    profile.lie(move |path, answer| {
        if path.starts_with("/v1/timeline") && answer.status == 200 {
            let mut page: Page = serde_json::from_slice(&answer.body).unwrap();
            change(&mut page);
            answer.body = serde_json::to_vec(&page).unwrap();
        }
    });
}

fn account(profile: &Profile) -> sigill_core::id::AccountId {
    let row: Value = serde_json::from_slice(&profile.rows()["account"]).unwrap();
    row["account"].as_str().unwrap().parse().unwrap()
}

/// What a lie does to a page.
type Change = fn(&mut Page);

/// Writes the history anew, with good hashes, as a hostile service can.
fn rewrite(account: sigill_core::id::AccountId, page: &mut Page, change: impl Fn(&mut Entry)) {
    let mut last = Last::NOTHING;
    for shown in &mut page.entries {
        change(&mut shown.entry);
        shown.entry = last.then(account, shown.entry.said);
        last = shown.entry.last();
    }
    page.last = last;
}

#[tokio::test]
async fn a_clear_and_its_undo_are_read_with_their_words_newest_first() {
    let world = World::begin().await;
    let (_, session) = known(&world).await;
    clear_and_restore(&world, &session).await;
    let timeline = session.timeline().await.unwrap();
    assert_eq!(timeline.broken_at, None);
    let expected = [
        "account_made",
        "signed_in",
        "asked",
        "done",
        "asked",
        "undone",
    ];
    assert_eq!(events(&timeline), expected);
    let [undone, asked, done, ..] = &timeline.entries[..] else {
        panic!("too few");
    };
    assert_eq!(undone.act.as_deref(), Some("restore_device"));
    assert_eq!(done.act.as_deref(), Some("clear_this_device"));
    assert_eq!(undone.words, asked.words);
    assert_ne!(undone.words, done.words);
    assert_eq!(undone.device.as_deref(), Some("Laptop"));
    assert!(undone.this);
    assert_eq!(asked.network.as_deref(), Some("here"));
}

#[tokio::test]
async fn a_new_device_is_asked_for_the_account_password() {
    let world = World::begin().await;
    let (_, session) = connected(&world, 1).await;
    let refused =
        |trouble: Trouble, code| matches!(trouble, Trouble::Refused(why) if why.error == code);
    let asked = session.timeline().await.unwrap_err();
    assert!(refused(asked, Code::PasswordNeeded));
    let wrong = session
        .open_timeline("not the password".into())
        .await
        .unwrap_err();
    assert!(refused(wrong, Code::ProofRejected));
    session.open_timeline(PASSWORD.into()).await.unwrap();
    assert_eq!(session.timeline().await.unwrap().broken_at, None);
}

#[tokio::test]
async fn a_history_rewritten_with_good_hashes_is_refused_and_not_remembered() {
    let world = World::begin().await;
    let (profile, session) = known(&world).await;
    let seen = session.timeline().await.unwrap();
    let row = profile.rows()["timeline"].clone();
    let account = account(&profile);
    lie(&profile, move |page| {
        rewrite(account, page, |entry| entry.said.at += 1)
    });
    let shown = session.timeline().await.unwrap();
    assert_eq!(shown.broken_at, Some(2), "where the device knew the end");
    assert_eq!(profile.rows()["timeline"], row);
    let file: File = serde_json::from_str(&session.timeline_file().await.unwrap()).unwrap();
    let read = verify(account, Last::NOTHING, &file.entries, file.last);
    assert!(read.is_err(), "the file is the evidence");
    profile.no_more_lies();
    let again = session.timeline().await.unwrap();
    assert_eq!(again.broken_at, None);
    assert_eq!(again.entries[0].hash, seen.entries[0].hash);
}

#[tokio::test]
async fn changed_removed_missing_and_withheld_entries_are_found() {
    let world = World::begin().await;
    let (profile, session) = known(&world).await;
    session.timeline().await.unwrap();
    let lies: [(Change, u64); 5] = [
        (|page| page.entries[0].entry.said.at += 1, 1),
        (|page| page.entries.truncate(0), 1),
        (|page| page.entries.retain(|shown| shown.entry.seq > 1), 1),
        (|page| page.entries.reverse(), 1),
        (
            |page| {
                page.entries.pop();
                page.last = page.entries[0].entry.last();
            },
            2,
        ),
    ];
    for (number, (change, seq)) in lies.into_iter().enumerate() {
        lie(&profile, change);
        let shown = session.timeline().await.unwrap();
        assert_eq!(shown.broken_at, Some(seq), "lie {number}");
        let before = usize::try_from(seq - 1).unwrap();
        assert_eq!(shown.entries.len(), before, "only what verifies is shown");
    }
}

#[tokio::test]
async fn another_history_for_another_device_is_found_by_what_the_head_vouches_for() {
    let world = World::begin().await;
    let (profile, laptop) = known(&world).await;
    let (phone_profile, phone) = another(&world).await;
    world.pass(72 * 3600);
    laptop.unlocked().await;
    laptop.timeline().await.unwrap();
    laptop.add("vouched", "x").await;
    laptop.sync_now().await.unwrap();
    phone.unlocked().await;
    phone.sync_now().await.unwrap();
    let account = account(&profile);
    assert_eq!(phone.timeline().await.unwrap().broken_at, None);
    // A device that never read before, and is shown a history of its own.
    phone_profile.0.rows.borrow_mut().remove("timeline");
    lie(&phone_profile, move |page| {
        rewrite(account, page, |entry| entry.said.at += 1)
    });
    assert_eq!(phone.timeline().await.unwrap().broken_at, Some(1));
}

#[tokio::test]
async fn the_last_verified_hash_is_in_the_next_head_and_stays_there() {
    let world = World::begin().await;
    let (profile, session) = known(&world).await;
    let head = || {
        let rows = profile.rows();
        let key = rows
            .keys()
            .find(|key| key.starts_with("g/") && key.ends_with("/head"));
        Head::from_bytes(&rows[key.unwrap()]).unwrap()
    };
    let seen = session.timeline().await.unwrap();
    session.add("one", "x").await;
    session.sync_now().await.unwrap();
    assert_eq!(head().timeline.to_string(), seen.entries[0].hash);
    profile.0.rows.borrow_mut().remove("timeline");
    session.add("two", "x").await;
    assert_eq!(head().timeline.to_string(), seen.entries[0].hash);
}
