//! Files in backup files and with imports: whole or not at all, and named where they
//! are missing.

use std::rc::Rc;

use sigill::api::{Act, Batch, BulkAct, Fate, FileState, Import, ImportFile};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::id::{FileId, Hash};
use sigill_core::vault::file::{CHUNK, SEAL};
use sigill_core::vault::item::{FileRef, Item};

use crate::backup::{file, inspect, open};
use crate::contents::{bulk, import, imported};
use crate::files::{attach, bytes, hand_over, read, rows_of_files};
use crate::rig::{Fault, Person, Profile, ROOT, World, another, connected, mailed, new_vault};

const SIZES: [usize; 4] = [0, 9, CHUNK, 17 * CHUNK + 5];

/// A vault without an account, with a file of each size at one entry.
async fn with_files(world: &Rc<World>) -> (Profile, Session<Profile>) {
    let profile = world.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    let item = session.add("passport", "x").await;
    for size in SIZES {
        attach(&session, &item, &bytes(size)).await.unwrap();
    }
    session.add("bank", "x").await;
    (profile, session)
}

async fn empty(world: &Rc<World>) -> (Profile, Session<Profile>) {
    let profile = world.profile();
    let session = profile.session();
    session.create_vault(new_vault("Other")).await.unwrap();
    (profile, session)
}

/// As a page does it; what does not open is left out.
async fn restore(session: &Session<Profile>, kept: &[u8]) -> Result<Batch, Trouble> {
    let opened = open(kept, ROOT.into())?;
    let mut import = Import {
        source: "kept.sigill".to_owned(),
        bundle: opened.held().bundle.clone(),
        files: Vec::new(),
        restore: false,
    };
    let preview = session.preview_import(&import.bundle).await?;
    for (number, place) in opened.held().files.iter().enumerate() {
        let Some(item) = &preview.rows[usize::try_from(place.entry).unwrap()].item else {
            continue;
        };
        let at = usize::try_from(place.at).unwrap();
        let until = at + usize::try_from(place.length).unwrap();
        let Ok(content) = opened.opened(number, &kept[at..until]) else {
            continue;
        };
        import.files.push(ImportFile {
            entry: place.entry,
            id: place.id.clone(),
            file: hand_over(session, item, &content).await?,
        });
    }
    session.import(import).await
}

/// What the files of an entry hold, the smallest first.
async fn contents(session: &Session<Profile>, name: &str) -> Vec<Vec<u8>> {
    let all = session.all().await;
    let item = all.iter().find(|item| item.content.name == name).unwrap();
    let mut contents = Vec::new();
    for shown in session.files(&item.id).await.unwrap().files {
        assert_ne!(shown.state, FileState::InCloud);
        contents.push(read(session, &item.id, &shown.id).await.unwrap());
    }
    contents.sort_by_key(Vec::len);
    contents
}

#[tokio::test]
async fn a_backup_file_brings_every_file_back_to_the_byte_and_its_undo_takes_it_away() {
    let world = World::begin().await;
    let (_, session) = with_files(&world).await;
    let kept = file(&session).await.unwrap();
    assert_eq!(inspect(&kept).unwrap().files.len(), SIZES.len());
    session.lock().await.unwrap();
    assert!(file(&session).await.unwrap() == kept, "locked too");

    let (_, other) = empty(&world).await;
    let batch = restore(&other, &kept).await.unwrap();
    assert_eq!(batch.count, 2);
    assert_eq!(other.names().await, ["bank", "passport"]);
    assert!(contents(&other, "passport").await == SIZES.map(bytes));
    // A second time nothing comes, whatever the files are called here.
    assert_eq!(restore(&other, &kept).await.unwrap().count, 0);
    // And the backup of what was restored holds it all again.
    let again = file(&other).await.unwrap();
    assert_eq!(inspect(&again).unwrap().files.len(), SIZES.len());
    assert_eq!(other.undo(&batch.id).await.unwrap(), 2);
    assert_eq!(other.names().await.len(), 0);
}

#[tokio::test]
async fn a_chunk_that_was_changed_swapped_or_cut_off_is_no_file() {
    let world = World::begin().await;
    let (_, session) = with_files(&world).await;
    let kept = file(&session).await.unwrap();
    let opened = open(&kept, ROOT.into()).unwrap();
    let places = &opened.held().files;
    let largest = places.iter().max_by_key(|place| place.length).unwrap();
    let number = places
        .iter()
        .position(|place| place.at == largest.at)
        .unwrap();
    let at = usize::try_from(largest.at).unwrap();
    let until = at + usize::try_from(largest.length).unwrap();
    let sealed = CHUNK + SEAL;
    let chunks = &kept[at..until];
    assert!(opened.opened(number, chunks).unwrap() == bytes(SIZES[3]));
    for (bad, trouble) in [
        (chunks[..chunks.len() - 1].to_vec(), Trouble::FileIncomplete),
        (chunks[..2 * sealed].to_vec(), Trouble::FileIncomplete),
        ([chunks, chunks].concat(), Trouble::FileIncomplete),
        (
            [
                &chunks[sealed..2 * sealed],
                &chunks[..sealed],
                &chunks[2 * sealed..],
            ]
            .concat(),
            Trouble::FileDamaged,
        ),
    ] {
        assert_eq!(opened.opened(number, &bad).err(), Some(trouble));
    }
    for flipped in [at, at + 12, at + sealed, until - 1] {
        let mut other = kept.clone();
        other[flipped] ^= 1;
        assert_eq!(inspect(&other).err(), Some(Trouble::NoBackup));
        let damaged = opened.opened(number, &other[at..until]).err();
        assert_eq!(damaged, Some(Trouble::FileDamaged));
        // The entry comes all the same, and every file that is whole.
        let (_, fresh) = empty(&world).await;
        assert_eq!(restore(&fresh, &other).await.unwrap().count, 2);
        assert!(
            contents(&fresh, "passport").await
                == SIZES[..3].iter().copied().map(bytes).collect::<Vec<_>>()
        );
    }
    for end in [kept.len() - 1, until - sealed, at] {
        assert_eq!(inspect(&kept[..end]).err(), Some(Trouble::NoBackup));
    }
}

#[tokio::test]
async fn what_is_not_on_this_device_is_named_until_it_was_brought() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 0).await;
    let item = laptop.add("passport", "x").await;
    let name = attach(&laptop, &item, &bytes(CHUNK)).await.unwrap();
    laptop.sync_now().await.unwrap();
    let (_, phone) = another(&world).await;
    let part = phone.backup(0).await.unwrap();
    let wanted: Vec<_> = part
        .wanted
        .iter()
        .map(|file| (&*file.entry, &*file.name))
        .collect();
    assert_eq!(wanted, [("passport", "pass.pdf")]);
    assert!(part.held.is_empty());
    phone.bring_file(&item, &name).await.unwrap();
    let part = phone.backup(0).await.unwrap();
    assert_eq!((part.wanted.len(), part.held.len()), (0, 1));
    // An export names them all; it reads them for itself.
    let part = phone.export_items(ROOT.into(), 0).await.unwrap();
    assert_eq!(part.wanted.len(), 1);
    let locked = phone.lock().await.and(phone.backup(0).await).unwrap();
    assert_eq!((locked.wanted.len(), locked.held.len()), (0, 1));
}

#[tokio::test]
async fn nothing_is_left_where_a_backup_file_holds_the_files_and_refused_where_none_can() {
    let world = World::begin().await;
    let (profile, session) = with_files(&world).await;
    let sha256 = inspect(&file(&session).await.unwrap()).unwrap().sha256;
    session.leave_nothing(Some(sha256.clone())).await.unwrap();
    session.leave_sealed().await.unwrap();
    let chunk = profile
        .rows()
        .into_keys()
        .find(|key| key.starts_with("fc/"));
    let (chunk, row) = (
        chunk.clone().unwrap(),
        profile.rows()[&chunk.unwrap()].clone(),
    );
    profile.0.rows.borrow_mut().remove(&chunk);
    let after = profile.session();
    let refused = after.leave_nothing(Some(sha256.clone())).await;
    assert_eq!(refused, Err(Trouble::FileIncomplete));
    // What lacks it can be had all the same, and says so.
    let part = after.backup(0).await.unwrap();
    assert_eq!((part.held.len(), part.wanted.len()), (SIZES.len() - 1, 1));
    profile.0.rows.borrow_mut().insert(chunk, row);
    let session = profile.session();
    session.leave_nothing(Some(sha256)).await.unwrap();
    session.clear_unconnected("home").await.unwrap();
    assert_eq!(rows_of_files(&profile), 0);
}

#[tokio::test]
async fn a_file_that_the_cloud_has_no_room_for_is_let_go_into_a_backup_file_only() {
    let world = World::begin_with(&["--files-mib", "1"]).await;
    let (profile, laptop) = connected(&world, 0).await;
    let item = laptop.add("passport", "x").await;
    attach(&laptop, &item, &bytes(1_500_000)).await.unwrap();
    laptop.sync_now().await.unwrap();
    let loss = laptop.loss(Act::ClearThisDevice).await.unwrap();
    assert!(
        !loss.in_step,
        "the cloud lacks the file, and the page says so"
    );
    assert_eq!(laptop.leave_nothing(None).await, Err(Trouble::OnlyHere));
    let sha256 = inspect(&file(&laptop).await.unwrap()).unwrap().sha256;
    laptop.leave_nothing(Some(sha256)).await.unwrap();
    laptop.ask(Act::ClearThisDevice, &loss.hash).await.unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    assert_eq!(rows_of_files(&profile), 0);
}

#[tokio::test]
async fn nothing_is_let_go_of_into_a_backup_file_that_lacks_what_was_here_alone() {
    let world = World::begin_with(&["--files-mib", "1"]).await;
    let (profile, laptop) = connected(&world, 0).await;
    let item = laptop.add("passport", "x").await;
    attach(&laptop, &item, &bytes(1_500_000)).await.unwrap();
    laptop.sync_now().await.unwrap();
    let mut rows = profile.rows();
    let chunk = rows.keys().find(|key| key.starts_with("fc/")).cloned();
    rows.remove(&chunk.unwrap());
    profile.0.rows.replace(rows);
    let laptop = profile.session();
    let sha256 = inspect(&file(&laptop).await.unwrap()).unwrap().sha256;
    let refused = laptop.leave_nothing(Some(sha256)).await;
    assert_eq!(refused, Err(Trouble::FileIncomplete));
}

/// Each worker dies one step later.
#[tokio::test]
async fn killed_anywhere_while_a_backup_comes_back_all_of_it_is_there_or_nothing() {
    let world = World::begin().await;
    let (_, session) = with_files(&world).await;
    let kept = file(&session).await.unwrap();
    for step in 0.. {
        let (profile, other) = empty(&world).await;
        profile.fault(Fault::KilledBefore(step));
        let done = restore(&other, &kept).await;
        profile.fault(Fault::None);
        let after = profile.session();
        after.unlock(crate::rig::unlock()).await.unwrap();
        let came = after.names().await.len();
        match came {
            0 => assert!(done.is_err(), "step {step}"),
            2 => assert!(
                contents(&after, "passport").await == SIZES.map(bytes),
                "step {step}"
            ),
            other => panic!("{other} entries at step {step}"),
        }
        if done.is_ok() {
            println!("killed at {step} steps");
            assert!(step >= 8, "{step}");
            break;
        }
        // What was handed over and never named goes after a day.
        world.pass(25 * 60 * 60);
        let later = profile.session();
        later.tick().await.unwrap();
        if came == 0 {
            assert_eq!(rows_of_files(&profile), 0, "step {step}");
        }
        assert!(step < 60);
    }
}

/// An entry as an importer hands it over, with a file.
fn with_file(name: &str, content: &[u8]) -> Item {
    let mut item = imported(name, "x");
    item.files.put(FileRef {
        id: FileId([7; 16]),
        name: "pass.pdf".to_owned(),
        size: u64::try_from(content.len()).unwrap(),
        sha256: Hash::of(content),
        media_type: String::new(),
    });
    item
}

#[tokio::test]
async fn an_import_names_only_what_was_handed_over_and_proved() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 0).await;
    let content = bytes(CHUNK + 1);
    let items = [with_file("bank", &content), with_file("shop", &content)];
    let mut coming = import("bank.zip", &items);
    let preview = laptop.preview_import(&coming.bundle).await.unwrap();
    let home = preview.rows[0].item.clone().unwrap();
    let given = |file| {
        let id = FileId([7; 16]).to_string();
        ImportFile { entry: 0, id, file }
    };
    let other = hand_over(&laptop, &home, &bytes(CHUNK + 2)[1..])
        .await
        .unwrap();
    coming.files.push(given(other));
    let bundle = coming.bundle.clone();
    assert_eq!(
        laptop.import(coming).await.unwrap_err(),
        Trouble::FileDamaged
    );
    assert_eq!(laptop.names().await.len(), 0);

    let whole = hand_over(&laptop, &home, &content).await.unwrap();
    let mut coming = import("bank.zip", &[]);
    (coming.bundle, coming.files) = (bundle, vec![given(whole)]);
    assert_eq!(laptop.import(coming).await.unwrap().count, 2);
    assert!(contents(&laptop, "bank").await == [content]);
    assert!(
        contents(&laptop, "shop").await.is_empty(),
        "its file was not taken"
    );
    laptop.sync_now().await.unwrap();
    let (_, phone) = another(&world).await;
    assert_eq!(phone.files(&home).await.unwrap().files.len(), 1);
}

#[tokio::test]
async fn a_known_entry_gets_a_file_that_it_lacks_and_gives_it_back_with_the_batch() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 0).await;
    laptop
        .import(import("a", &[imported("bank", "x")]))
        .await
        .unwrap();
    let content = bytes(3);
    let mut coming = import("b", &[with_file("bank", &content)]);
    let row = laptop
        .preview_import(&coming.bundle)
        .await
        .unwrap()
        .rows
        .remove(0);
    assert_eq!(row.fate, Fate::Changed);
    let file = hand_over(&laptop, &row.item.unwrap(), &content)
        .await
        .unwrap();
    let id = row.files[0].id.clone();
    coming.files.push(ImportFile { entry: 0, id, file });
    let batch = laptop.import(coming).await.unwrap();
    assert!(contents(&laptop, "bank").await == [content]);
    laptop.undo(&batch.id).await.unwrap();
    assert!(contents(&laptop, "bank").await.is_empty());
}

#[tokio::test]
async fn what_lies_in_the_trash_is_offered_back_and_not_added_again() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 0).await;
    let first = import("a", &[imported("bank", "x")]);
    laptop.import(first).await.unwrap();
    let ids: Vec<_> = laptop
        .all()
        .await
        .iter()
        .map(|item| item.id.clone())
        .collect();
    laptop.bulk(bulk(&ids, BulkAct::Trash)).await.unwrap();
    let again = || import("a", &[imported("bank", "x")]);
    let preview = laptop.preview_import(&again().bundle).await.unwrap();
    assert_eq!((preview.new, preview.trashed), (0, 1));
    assert_eq!(laptop.import(again()).await.unwrap().count, 0);
    let wanted = Import {
        restore: true,
        ..again()
    };
    let batch = laptop.import(wanted).await.unwrap();
    assert_eq!(batch.count, 1);
    assert_eq!(
        laptop.preview_import(&again().bundle).await.unwrap().same,
        1
    );
    laptop.undo(&batch.id).await.unwrap();
    assert_eq!(
        laptop
            .preview_import(&again().bundle)
            .await
            .unwrap()
            .trashed,
        1
    );
}
