//! Files of items: attached, synced, read on another device, under new keys, and
//! killed at every step on the way.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sigill::api::{Act, ChangePassword, Connect, FileState, NewFile, Quota, SyncState, Take};
use sigill::rim::Incoming;
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::id::Hash;
use sigill_core::vault::file::CHUNK;
use sigill_core::vault::item::FileRef;

use crate::change::change;
use crate::contents::bulk;
use crate::rig::{
    Fault, Person, Profile, ROOT, World, another, connected, mailed, new_vault, unlock, unlock_anew,
};

/// Chunks that cross to the session at once.
const STEP: usize = 16;

pub(crate) fn bytes(size: usize) -> Vec<u8> {
    let number = |at: usize| u8::try_from((at * 7 + at / CHUNK) % 251).unwrap();
    (0..size).map(number).collect()
}

/// As a page does it; the file's name.
pub(crate) async fn attach(
    session: &Session<Profile>,
    item: &str,
    bytes: &[u8],
) -> Result<String, Trouble> {
    let file = hand_over(session, item, bytes).await?;
    session.attach_end(&file, said_of(bytes)).await?;
    Ok(file)
}

/// All but the end, which names it.
pub(crate) async fn hand_over(
    session: &Session<Profile>,
    item: &str,
    bytes: &[u8],
) -> Result<String, Trouble> {
    let size = u64::try_from(bytes.len()).unwrap();
    let file = session.attach(item, size).await?;
    for (at, part) in bytes.chunks(STEP * CHUNK).enumerate() {
        let from = u32::try_from(at * STEP).unwrap();
        let part = STANDARD.encode(part);
        session.attach_part(&file, from, part).await?;
    }
    if bytes.is_empty() {
        session.attach_part(&file, 0, String::new()).await?;
    }
    Ok(file)
}

fn said_of(bytes: &[u8]) -> NewFile {
    NewFile {
        name: "pass.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        sha256: Hash::of(bytes).to_string(),
    }
}

/// The same way back.
pub(crate) async fn read(
    session: &Session<Profile>,
    item: &str,
    file: &str,
) -> Result<Vec<u8>, Trouble> {
    loop {
        let brought = session.bring_file(item, file).await?;
        if brought.have == brought.of {
            break;
        }
    }
    let mut whole = Vec::new();
    let mut from = Some(0);
    while let Some(at) = from {
        let part = session.read_file(item, file, at).await?;
        whole.extend(STANDARD.decode(&part.part).unwrap());
        from = part.next;
    }
    Ok(whole)
}

/// The state of an item's only file.
async fn state(session: &Session<Profile>, item: &str) -> FileState {
    let shown = session.files(item).await.unwrap();
    assert_eq!(shown.files.len(), 1);
    shown.files[0].state
}

/// Rows of files and their chunks.
pub(crate) fn rows_of_files(profile: &Profile) -> usize {
    let is_file = |key: &String| key.starts_with("f/") || key.starts_with("fc/");
    profile.rows().into_keys().filter(is_file).count()
}

fn puts(profile: &Profile) -> usize {
    let requests = profile.0.requests.borrow();
    let puts = requests
        .iter()
        .filter(|request| request.starts_with("PUT "));
    puts.count()
}

#[tokio::test]
async fn what_is_attached_here_is_read_to_the_byte_on_another_device() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    let (other, phone) = another(&world).await;
    let content = bytes(3_000_000);
    let item = laptop.add("passport", "x").await;
    let file = attach(&laptop, &item, &content).await.unwrap();
    assert_eq!(state(&laptop, &item).await, FileState::Waiting);
    laptop.sync_now().await.unwrap();
    assert_eq!(state(&laptop, &item).await, FileState::Here);
    assert_eq!(puts(&profile), 6, "46 chunks, 8 a request");

    phone.sync_now().await.unwrap();
    assert_eq!(state(&phone, &item).await, FileState::InCloud);
    assert_eq!(rows_of_files(&other), 0, "it comes when it is asked for");
    assert_eq!(read(&phone, &item, &file).await.unwrap(), content);
    assert_eq!(state(&phone, &item).await, FileState::Here);
    let shown = phone.files(&item).await.unwrap();
    assert_eq!(
        (shown.files[0].name.as_str(), shown.files[0].size),
        ("pass.pdf", 3_000_000)
    );
    other.fault(Fault::Offline);
    assert_eq!(read(&phone, &item, &file).await.unwrap(), content);
}

#[tokio::test]
async fn nothing_of_a_file_lies_open_in_the_store() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 0).await;
    let item = laptop.add("passport", "x").await;
    let mut content = bytes(2 * CHUNK);
    let needle = b"the number of my passport";
    content[CHUNK..CHUNK + needle.len()].copy_from_slice(needle);
    attach(&laptop, &item, &content).await.unwrap();
    for (key, row) in profile.rows() {
        let holds = |needle: &[u8]| row.windows(needle.len()).any(|window| window == needle);
        assert!(!holds(needle) && !holds(b"pass.pdf"), "{key}");
    }
}

#[tokio::test]
async fn without_an_account_a_file_lives_here() {
    let world = World::begin().await;
    let profile = world.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    let item = session.add("passport", "x").await;
    for size in [0, 1, CHUNK, 17 * CHUNK + 1] {
        let content = bytes(size);
        let file = attach(&session, &item, &content).await.unwrap();
        assert_eq!(read(&session, &item, &file).await.unwrap(), content);
        session.detach(&item, &file).await.unwrap();
    }
    session.lock().await.unwrap();
    assert_eq!(session.attach(&item, 1).await, Err(Trouble::Locked));
}

#[tokio::test]
async fn what_is_too_large_or_not_what_the_page_read_is_refused() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 0).await;
    let item = laptop.add("passport", "x").await;
    let too_large = laptop.attach(&item, FileRef::MOST + 1).await;
    assert_eq!(too_large, Err(Trouble::FileTooLarge));
    let before = profile.vault_rows();

    let content = bytes(CHUNK + 9);
    let file = laptop.attach(&item, 65_545).await.unwrap();
    let short = laptop
        .attach_part(&file, 0, STANDARD.encode(&content[..9]))
        .await;
    assert_eq!(short, Err(Trouble::FileIncomplete));
    let half = STANDARD.encode(&content[..CHUNK]);
    laptop.attach_part(&file, 0, half).await.unwrap();
    let cut = laptop.attach_end(&file, said_of(&content)).await;
    assert_eq!(cut, Err(Trouble::FileIncomplete));
    let rest = STANDARD.encode(&content[CHUNK..]);
    laptop.attach_part(&file, 1, rest).await.unwrap();
    let other = laptop.attach_end(&file, said_of(b"other")).await;
    assert_eq!(other, Err(Trouble::FileDamaged));
    assert_eq!(profile.vault_rows(), before, "no item names it");
    laptop.attach_cancel(&file).await.unwrap();
    assert_eq!(rows_of_files(&profile), 0);
}

#[tokio::test]
async fn a_file_that_goes_can_be_brought_back() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 0).await;
    let (_, phone) = another(&world).await;
    let item = laptop.add("passport", "x").await;
    let content = bytes(CHUNK + 1);
    let file = attach(&laptop, &item, &content).await.unwrap();
    laptop.detach(&item, &file).await.unwrap();
    assert!(laptop.files(&item).await.unwrap().files.is_empty());
    laptop.reattach(&item, &file).await.unwrap();
    let twice = laptop.reattach(&item, &file).await;
    assert_eq!(twice, Err(Trouble::NotFound));
    laptop.sync_now().await.unwrap();
    phone.sync_now().await.unwrap();
    assert_eq!(read(&phone, &item, &file).await.unwrap(), content);
}

/// Each worker dies one step later; what a page asks for again is there once.
#[tokio::test]
async fn killed_anywhere_on_its_way_up_a_file_is_there_whole_or_not_at_all() {
    let content = bytes(17 * CHUNK + 5);
    let world = World::begin().await;
    let (profile, first) = connected(&world, 0).await;
    let (_, phone) = another(&world).await;
    drop(first);
    for step in 0.. {
        let laptop = profile.session();
        let item = laptop.add("passport", "x").await;
        laptop.sync_now().await.unwrap();
        profile.fault(Fault::KilledBefore(step));
        let attached = attach(&laptop, &item, &content).await;
        let _ = laptop.sync_now().await;
        let killed = profile.steps() > step;
        profile.fault(Fault::None);

        let laptop = profile.session();
        laptop.sync_now().await.unwrap();
        let named = laptop.files(&item).await.unwrap().files;
        assert!(named.len() <= 1, "step {step}");
        if attached.is_ok() {
            assert_eq!(named.len(), 1, "step {step}");
        }
        let file = match named.first() {
            Some(file) => file.id.clone(),
            None => attach(&laptop, &item, &content).await.unwrap(),
        };
        laptop.sync_now().await.unwrap();
        phone.sync_now().await.unwrap();
        let came = read(&phone, &item, &file).await.unwrap();
        assert!(came == content, "step {step}");
        if !killed {
            println!("killed at {step} steps");
            assert!(step >= 8, "{step}");
            break;
        }
        assert!(step < 60);
    }
}

#[tokio::test]
async fn killed_anywhere_on_its_way_down_a_file_is_read_whole_afterwards() {
    let content = bytes(17 * CHUNK + 5);
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 0).await;
    let item = laptop.add("passport", "x").await;
    let file = attach(&laptop, &item, &content).await.unwrap();
    laptop.sync_now().await.unwrap();
    let (profile, _) = another(&world).await;
    for step in 0.. {
        let phone = profile.session();
        profile.fault(Fault::KilledBefore(step));
        let done = read(&phone, &item, &file).await;
        profile.fault(Fault::None);
        let phone = profile.session();
        let came = read(&phone, &item, &file).await.unwrap();
        assert!(came == content, "step {step}");
        if done.is_ok() {
            assert!(step >= 4, "{step}");
            break;
        }
        assert!(step < 20);
        let mut rows = profile.0.rows.borrow_mut();
        rows.retain(|key, _| !key.starts_with("f/") && !key.starts_with("fc/"));
    }
}

#[tokio::test]
async fn a_service_that_mixes_chunks_up_gives_no_file() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 0).await;
    let item = laptop.add("passport", "x").await;
    let file = attach(&laptop, &item, &bytes(3 * CHUNK)).await.unwrap();
    laptop.sync_now().await.unwrap();
    let (profile, phone) = another(&world).await;
    profile.lie(|path, answer: &mut Incoming| {
        if path.starts_with("/v1/files/") && answer.status == 200 {
            let mut body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
            body["chunks"].as_array_mut().unwrap().swap(0, 1);
            answer.body = serde_json::to_vec(&body).unwrap();
        }
    });
    assert_eq!(read(&phone, &item, &file).await, Err(Trouble::FileDamaged));
    assert_eq!(
        rows_of_files(&profile),
        0,
        "nothing is kept that does not open"
    );
    profile.no_more_lies();
    assert_eq!(read(&phone, &item, &file).await.unwrap(), bytes(3 * CHUNK));
}

#[tokio::test]
async fn under_a_new_master_password_files_are_read_on_both_devices() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 0).await;
    let (other, phone) = another(&world).await;
    let item = laptop.add("passport", "x").await;
    let content = bytes(20 * CHUNK);
    let file = attach(&laptop, &item, &content).await.unwrap();
    laptop.sync_now().await.unwrap();
    phone.sync_now().await.unwrap();
    // The phone has none of its chunks, and changes the master password.
    phone.change_master_password(change(ROOT)).await.unwrap();
    assert_eq!(read(&phone, &item, &file).await.unwrap(), content);
    let own = laptop.add("receipt", "x").await;
    let receipt = attach(&laptop, &own, b"paid").await.unwrap();
    laptop.sync_now().await.unwrap();
    laptop.take_over(Take::Merged, unlock_anew()).await.unwrap();
    laptop.sync_now().await.unwrap();
    assert_eq!(read(&laptop, &item, &file).await.unwrap(), content);
    phone.sync_now().await.unwrap();
    assert_eq!(read(&phone, &own, &receipt).await.unwrap(), b"paid");
    assert!(rows_of_files(&other) > 0);
}

/// The same master password again and again, under new keys each time.
#[tokio::test]
async fn killed_anywhere_while_the_keys_change_the_file_is_read_under_those_that_stand() {
    let content = bytes(CHUNK + 5);
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 0).await;
    let item = laptop.add("passport", "x").await;
    let file = attach(&laptop, &item, &content).await.unwrap();
    laptop.sync_now().await.unwrap();
    for step in 0.. {
        let anew = ChangePassword {
            root: ROOT.to_owned(),
            ..change(ROOT)
        };
        let worker = profile.session();
        profile.fault(Fault::KilledBefore(step));
        let survived = worker.change_master_password(anew).await.is_ok();
        profile.fault(Fault::None);
        let after = profile.session();
        after.tick().await.unwrap();
        after.unlock(unlock()).await.unwrap();
        let came = read(&after, &item, &file).await.unwrap();
        assert!(came == content, "step {step}");
        let sync = after.status().await.unwrap().sync;
        if matches!(sync, SyncState::Paused { .. }) {
            // The cloud has the new keys already: its vault is taken.
            after.take_over(Take::Theirs, unlock()).await.unwrap();
            let came = read(&after, &item, &file).await.unwrap();
            assert!(came == content, "step {step}");
        }
        if survived {
            println!("killed at {step} steps");
            assert!(step >= 10, "{step}");
            break;
        }
        assert!(step < 60);
    }
}

#[tokio::test]
async fn without_room_at_the_service_entries_go_up_and_the_file_says_so() {
    let world = World::begin_with(&["--files-mib", "1"]).await;
    let (_, laptop) = connected(&world, 0).await;
    let (_, phone) = another(&world).await;
    let item = laptop.add("passport", "x").await;
    let content = bytes(1_500_000);
    let file = attach(&laptop, &item, &content).await.unwrap();
    laptop.sync_now().await.unwrap();
    let sync = laptop.status().await.unwrap().sync;
    assert!(matches!(sync, SyncState::On { pending: 1, .. }), "{sync:?}");
    let shown = laptop.files(&item).await.unwrap();
    assert_eq!(shown.files[0].state, FileState::Waiting);
    let quota = Quota {
        used: 0,
        wanted: 1_500_000,
        limit: 1 << 20,
    };
    assert_eq!(shown.quota, Some(quota));
    phone.sync_now().await.unwrap();
    assert_eq!(phone.names().await, ["passport"]);
    assert_eq!(read(&phone, &item, &file).await, Err(Trouble::FileNotHere));
    // Nor is it let go of where it is, nor goes unmentioned.
    let loss = laptop.loss(Act::ClearThisDevice).await.unwrap();
    assert_eq!((loss.nowhere_else, loss.files_only_here), (0, 1));
    assert_eq!(laptop.leave_nothing(None).await, Err(Trouble::OnlyHere));
    laptop.change_master_password(change(ROOT)).await.unwrap();
    assert_eq!(read(&laptop, &item, &file).await.unwrap(), content);
    assert_eq!(state(&laptop, &item).await, FileState::Waiting);
}

/// A proxy before the service that takes no large bodies.
#[tokio::test]
async fn a_file_that_is_not_taken_keeps_no_entry_from_going_up() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 0).await;
    let item = laptop.add("passport", "x").await;
    let file = attach(&laptop, &item, b"scan").await.unwrap();
    profile.lie(|path, answer| {
        if path == "/v1/files" {
            answer.status = 413;
            answer.body = b"<html>".to_vec();
        }
    });
    laptop.sync_now().await.unwrap();
    let (_, phone) = another(&world).await;
    assert_eq!(phone.names().await, ["passport"]);
    let shown = laptop.files(&item).await.unwrap();
    assert_eq!(shown.files[0].state, FileState::Waiting);
    assert!(shown.refused);
    profile.no_more_lies();
    laptop.sync_now().await.unwrap();
    assert!(!laptop.files(&item).await.unwrap().refused);
    assert_eq!(read(&phone, &item, &file).await.unwrap(), b"scan");
}

fn flip_a_chunk(profile: &Profile) {
    let mut rows = profile.0.rows.borrow_mut();
    let mut chunks = rows.iter_mut().filter(|(key, _)| key.starts_with("fc/"));
    let (_, chunk) = chunks.next().unwrap();
    chunk[20] ^= 1;
}

#[tokio::test]
async fn a_chunk_that_rotted_here_comes_from_the_cloud_again() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 0).await;
    let item = laptop.add("passport", "x").await;
    let file = attach(&laptop, &item, &bytes(2 * CHUNK)).await.unwrap();
    laptop.sync_now().await.unwrap();
    flip_a_chunk(&profile);
    assert_eq!(read(&laptop, &item, &file).await, Err(Trouble::FileDamaged));
    let again = read(&laptop, &item, &file).await.unwrap();
    assert!(again == bytes(2 * CHUNK));

    flip_a_chunk(&profile);
    laptop.change_master_password(change(ROOT)).await.unwrap();
    assert!(read(&laptop, &item, &file).await.unwrap() == bytes(2 * CHUNK));
}

#[tokio::test]
async fn a_file_that_opens_nowhere_keeps_nobody_from_new_keys() {
    let profile = World::begin().await.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    let item = session.add("passport", "x").await;
    let file = attach(&session, &item, b"scan").await.unwrap();
    flip_a_chunk(&profile);
    let whole = session.add("receipt", "x").await;
    let receipt = attach(&session, &whole, b"paid").await.unwrap();
    session.change_master_password(change(ROOT)).await.unwrap();
    assert_eq!(read(&session, &whole, &receipt).await.unwrap(), b"paid");
    assert_eq!(
        read(&session, &item, &file).await,
        Err(Trouble::FileNotHere)
    );
}

#[tokio::test]
async fn both_vaults_in_one_have_both_ones_files() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 0).await;
    let theirs = laptop.add("passport", "x").await;
    let passport = attach(&laptop, &theirs, &bytes(CHUNK)).await.unwrap();
    laptop.sync_now().await.unwrap();

    let profile = world.profile();
    let phone = profile.session();
    phone.create_vault(new_vault("Own")).await.unwrap();
    let own = phone.add("receipt", "x").await;
    let receipt = attach(&phone, &own, b"paid").await.unwrap();
    phone.sign_in_again().await;
    phone.take_over(Take::Both, unlock()).await.unwrap();
    phone.sync_now().await.unwrap();
    assert_eq!(
        read(&phone, &theirs, &passport).await.unwrap(),
        bytes(CHUNK)
    );
    assert_eq!(read(&phone, &own, &receipt).await.unwrap(), b"paid");
    laptop.sync_now().await.unwrap();
    assert_eq!(read(&laptop, &own, &receipt).await.unwrap(), b"paid");
}

#[tokio::test]
async fn what_no_item_names_is_released_after_a_day_and_what_one_names_never() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 0).await;
    let kept = laptop.add("kept", "x").await;
    let gone = laptop.add("gone", "x").await;
    let file = attach(&laptop, &kept, b"kept").await.unwrap();
    let other = attach(&laptop, &gone, b"gone").await.unwrap();
    laptop.sync_now().await.unwrap();
    laptop
        .bulk(bulk(
            std::slice::from_ref(&gone),
            sigill::api::BulkAct::Trash,
        ))
        .await
        .unwrap();
    laptop.erase(&[gone]).await.unwrap();
    // In the history of an item it can be brought back from there.
    laptop.detach(&kept, &file).await.unwrap();
    laptop.sync_now().await.unwrap();
    world.pass(2 * 24 * 60 * 60);
    laptop.sign_in_again().await;
    laptop.unlocked().await;
    laptop.sync_now().await.unwrap();
    let requests = profile.0.requests.borrow().clone();
    let mut released = requests
        .iter()
        .filter(|request| request.starts_with("DELETE "));
    assert!(
        released
            .next()
            .is_some_and(|request| request.contains(&other))
    );
    assert_eq!(released.next(), None);
    assert_eq!(rows_of_files(&profile), 2, "what goes there goes here");
    laptop.reattach(&kept, &file).await.unwrap();
    laptop.sync_now().await.unwrap();
    let (_, phone) = another(&world).await;
    assert_eq!(read(&phone, &kept, &file).await.unwrap(), b"kept");
}

#[tokio::test]
async fn a_clear_that_is_to_leave_nothing_leaves_no_file() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 0).await;
    let item = laptop.add("passport", "x").await;
    let file = attach(&laptop, &item, &bytes(CHUNK)).await.unwrap();
    laptop.sync_now().await.unwrap();
    laptop.leave_nothing(None).await.unwrap();
    let loss = laptop.loss(Act::ClearThisDevice).await.unwrap();
    laptop.ask(Act::ClearThisDevice, &loss.hash).await.unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    assert_eq!(rows_of_files(&profile), 0);
    laptop.dismiss().await.unwrap();
    laptop.connect(Connect::Download, None).await.unwrap();
    laptop.unlocked().await;
    assert_eq!(read(&laptop, &item, &file).await.unwrap(), bytes(CHUNK));
}

#[tokio::test]
async fn what_was_cleared_everywhere_comes_back_with_its_files() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 0).await;
    let item = laptop.add("passport", "x").await;
    let file = attach(&laptop, &item, &bytes(CHUNK)).await.unwrap();
    laptop.sync_now().await.unwrap();
    let loss = laptop.loss(Act::ClearEverywhere).await.unwrap();
    laptop.ask(Act::ClearEverywhere, &loss.hash).await.unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    laptop.dismiss().await.unwrap();
    // Another browser, so that nothing comes from here.
    drop(profile);
    world.pass(3_600);
    let phone = world.profile().session();
    phone.sign_in_again().await;
    let displaced = phone.displaced().await.unwrap();
    let back = Act::RestoreCloud {
        generation: displaced[0].generation.clone(),
    };
    let loss = phone.loss(back.clone()).await.unwrap();
    phone.ask(back, &loss.hash).await.unwrap();
    phone.prove(mailed(world.code().await)).await.unwrap();
    phone.dismiss().await.unwrap();
    phone.unlocked().await;
    phone.sync_now().await.unwrap();
    assert_eq!(read(&phone, &item, &file).await.unwrap(), bytes(CHUNK));
}
