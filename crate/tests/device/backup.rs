//! The vault as a file: proved before it is handed out, opened with its own
//! master password, taken in as one batch.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sigill::api::{Act, BackupFile, BulkAct, Connect, NewVault, Phase};
use sigill::backup::{self, OpenBackup};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::id::Hash;
use sigill_core::vault::item::{Field, Item, bundle};

use crate::contents::{Fields, bulk, import, large, login, whole};
use crate::rig::{OTHER_ROOT, Person, Profile, ROOT, World, connected, mailed, new_vault};

/// The whole file, as a page puts it together.
pub(crate) async fn file(session: &Session<Profile>) -> Result<Vec<u8>, Trouble> {
    let (mut file, last) = whole(|from| session.backup(from)).await?;
    for held in &last.held {
        let mut next = Some(0);
        while let Some(from) = next {
            let part = session.backup_chunks(held, from).await?;
            file.extend(STANDARD.decode(&part.part).unwrap());
            next = part.next;
        }
    }
    Ok(file)
}

/// The file, looked at from outside: as a page does it, each file's chunks too.
pub(crate) fn inspect(file: &[u8]) -> Result<BackupFile, Trouble> {
    let about = backup::inspect(file, file.len().try_into().unwrap())?;
    for chunks in &about.files {
        let at = usize::try_from(chunks.at).unwrap();
        let until = at + usize::try_from(chunks.length).unwrap();
        if Hash::of(&file[at..until]).to_string() != chunks.sha256 {
            return Err(Trouble::NoBackup);
        }
    }
    Ok(about)
}

pub(crate) fn open(file: &[u8], root: String) -> Result<OpenBackup, Trouble> {
    backup::open(file, file.len().try_into().unwrap(), root)
}

fn held(backup: &OpenBackup) -> Vec<Item> {
    bundle::from_bytes(&STANDARD.decode(&backup.held().bundle).unwrap()).unwrap()
}

fn names(items: &[Item]) -> Vec<&str> {
    let mut names: Vec<_> = items.iter().map(|item| item.name.as_str()).collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn open_or_locked_the_file_holds_the_vault_and_opens_with_its_master_password_only() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 3).await;
    let trashed = laptop.add("old", "x").await;
    laptop.bulk(bulk(&[trashed], BulkAct::Trash)).await.unwrap();
    let made_open = file(&laptop).await.unwrap();
    laptop.lock().await.unwrap();
    assert_eq!(file(&laptop).await.unwrap(), made_open);

    let about = inspect(&made_open).unwrap();
    assert_eq!(about.count, 4);
    let wrong = open(&made_open, OTHER_ROOT.into()).err();
    assert_eq!(wrong, Some(Trouble::WrongMasterPassword));
    let items = open(&made_open, ROOT.into()).unwrap();
    assert_eq!(names(&held(&items)), ["entry0", "entry1", "entry2"]);
    assert_eq!(items.held().trashed, 1);
    assert_eq!(held(&items)[0].fields[0].value, "1234");
}

#[tokio::test]
async fn a_large_vault_comes_in_parts() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 0).await;
    laptop.import(large()).await.unwrap();
    let first = laptop.backup(0).await.unwrap();
    assert!(first.next.is_some());
    let kept = file(&laptop).await.unwrap();
    assert_eq!(held(&open(&kept, ROOT.into()).unwrap()).len(), 9);
    let past = u32::try_from(kept.len() + 1).unwrap();
    assert_eq!(
        laptop.backup(past).await.unwrap_err(),
        Trouble::MalformedInput
    );
}

#[tokio::test]
async fn no_file_is_made_of_a_vault_that_does_not_prove() {
    for lock in ["open", "locked"] {
        let world = World::begin().await;
        let (profile, laptop) = connected(&world, 2).await;
        if lock == "locked" {
            laptop.lock().await.unwrap();
        }
        flip_a_bit(&profile);
        let after = profile.session();
        assert_eq!(file(&after).await.unwrap_err(), Trouble::Damaged, "{lock}");
    }
}

/// Of one record, as it lies in the store.
fn flip_a_bit(profile: &Profile) {
    let key = profile
        .rows()
        .into_keys()
        .find(|key| key.contains("/i/"))
        .unwrap();
    if let Some(row) = profile.0.rows.borrow_mut().get_mut(&key) {
        let last = row.len() - 1;
        row[last] ^= 1;
    }
}

#[tokio::test]
async fn another_file_is_refused_by_name() {
    assert_eq!(inspect(b"name,url\n").unwrap_err(), Trouble::NoBackup);
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    let kept = file(&laptop).await.unwrap();
    let cut = &kept[..kept.len() - 1];
    assert_eq!(inspect(cut).unwrap_err(), Trouble::NoBackup);
}

#[tokio::test]
async fn after_a_reset_the_old_entries_come_back_as_one_batch_that_can_be_undone() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 2).await;
    // Two that differ in nothing but name and fields.
    for (name, pin) in [("door", "1"), ("gate", "2")] {
        let mut bare = login(name, "");
        bare.urls.clear();
        bare.put(Field::Username, "");
        let id = laptop.add("x", "x").await;
        laptop
            .edit(&id, |written| {
                *written = bare;
                written.fields[0].value = pin.to_owned();
            })
            .await
            .unwrap();
    }
    laptop.sync_now().await.unwrap();
    laptop.lock().await.unwrap();
    let kept = file(&laptop).await.unwrap();
    let loss = laptop.loss(Act::ResetMasterPassword).await.unwrap();
    let anew = NewVault {
        root: OTHER_ROOT.to_owned(),
        ..new_vault("Åsa’s vault")
    };
    laptop
        .ask_reset(Act::ResetMasterPassword, anew, &loss.hash)
        .await
        .unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    laptop.dismiss().await.unwrap();
    let unlock = sigill::api::Unlock {
        root: OTHER_ROOT.to_owned(),
        lock_after: 15,
    };
    laptop.unlock(unlock).await.unwrap();
    assert_eq!(laptop.names().await.len(), 0);

    let came = held(&open(&kept, ROOT.into()).unwrap());
    let came = import("sigill.sigill", &came);
    let batch = laptop.import(came).await.unwrap();
    assert_eq!(batch.count, 4);
    assert_eq!(laptop.names().await, ["door", "entry0", "entry1", "gate"]);
    assert_eq!(laptop.undo(&batch.id).await.unwrap(), 4);
    assert_eq!(laptop.names().await.len(), 0);
}

/// Rows of any vault, sealed ones too.
fn remains(profile: &Profile) -> usize {
    let rows = profile.rows().into_keys();
    rows.filter(|key| key.starts_with("g/")).count()
}

#[tokio::test]
async fn nothing_stays_where_the_cloud_holds_the_same_and_the_person_says_so() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    laptop.leave_nothing(None).await.unwrap();
    let loss = laptop.loss(Act::ClearThisDevice).await.unwrap();
    laptop.ask(Act::ClearThisDevice, &loss.hash).await.unwrap();
    let done = laptop.prove(mailed(world.code().await)).await.unwrap();
    assert!(
        matches!(
            done.phase,
            Phase::Done {
                undo_until: None,
                ..
            }
        ),
        "{:?}",
        done.phase
    );
    assert_eq!(remains(&profile), 0);
    assert!(laptop.restorable_view().await.unwrap().is_none());
    laptop.dismiss().await.unwrap();
    laptop.connect(Connect::Download, None).await.unwrap();
    laptop.unlocked().await;
    assert_eq!(laptop.names().await.len(), 2);
}

#[tokio::test]
async fn what_only_this_device_holds_is_not_left_to_nothing() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    laptop.add("not yet in the cloud", "x").await;
    assert_eq!(
        laptop.leave_nothing(None).await.unwrap_err(),
        Trouble::OnlyHere
    );
    let other = Hash::of(b"another file").to_string();
    assert_eq!(
        laptop.leave_nothing(Some(other)).await.unwrap_err(),
        Trouble::OnlyHere
    );
    let kept = Hash::of(&file(&laptop).await.unwrap()).to_string();
    laptop.leave_nothing(Some(kept)).await.unwrap();
    // What changes after that is sealed after all.
    laptop.add("after the file", "x").await;
    let loss = laptop.loss(Act::ClearThisDevice).await.unwrap();
    laptop.ask(Act::ClearThisDevice, &loss.hash).await.unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    assert!(remains(&profile) > 0);
    assert_eq!(laptop.restorable_view().await.unwrap().unwrap().count, 3);
}

#[tokio::test]
async fn without_an_account_a_proved_file_lets_everything_go() {
    let world = World::begin().await;
    let profile = world.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    session.add("bank", "x").await;
    assert_eq!(
        session.leave_nothing(None).await.unwrap_err(),
        Trouble::OnlyHere
    );
    let kept = file(&session).await.unwrap();
    let sha256 = Hash::of(&kept).to_string();
    session.leave_nothing(Some(sha256)).await.unwrap();
    session.clear_unconnected("home").await.unwrap();
    assert_eq!(remains(&profile), 0);
    assert_eq!(held(&open(&kept, ROOT.into()).unwrap()).len(), 1);
}
