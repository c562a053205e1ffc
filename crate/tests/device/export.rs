//! Entries leave for other programs: all of them, to whoever types the master
//! password again.

use sigill::api::BulkAct;
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::vault::item::{Item, Shelf, bundle};

use crate::contents::{bulk, large, whole};
use crate::rig::{OTHER_ROOT, Person, Profile, ROOT, World, connected};

/// All of it, as a page puts it together.
async fn exported(session: &Session<Profile>) -> Result<Vec<Item>, Trouble> {
    let (bytes, part) = whole(|from| session.export_items(ROOT.into(), from)).await?;
    let items = bundle::from_bytes(&bytes).unwrap();
    assert_eq!(part.count, u32::try_from(items.len()).unwrap());
    Ok(items)
}

#[tokio::test]
async fn an_export_holds_every_entry_those_in_the_trash_too() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 3).await;
    let trashed = laptop.add("old", "x").await;
    laptop.bulk(bulk(&[trashed], BulkAct::Trash)).await.unwrap();
    let items = exported(&laptop).await.unwrap();
    assert_eq!(items.len(), 4);
    let in_trash = |item: &&Item| matches!(item.shelf, Shelf::Trashed { .. });
    assert_eq!(items.iter().filter(in_trash).count(), 1);
}

#[tokio::test]
async fn no_entry_leaves_without_the_master_password_or_while_the_vault_is_locked() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    for from in [0, 1] {
        let wrong = laptop.export_items(OTHER_ROOT.into(), from).await;
        assert_eq!(wrong.unwrap_err(), Trouble::WrongMasterPassword);
        let none = laptop.export_items(String::new(), from).await;
        assert_eq!(none.unwrap_err(), Trouble::MalformedInput);
    }
    laptop.lock().await.unwrap();
    let locked = laptop.export_items(ROOT.into(), 0).await;
    assert_eq!(locked.unwrap_err(), Trouble::Locked);
}

#[tokio::test]
async fn a_large_export_comes_in_parts() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 0).await;
    laptop.import(large()).await.unwrap();
    let first = laptop.export_items(ROOT.into(), 0).await.unwrap();
    assert!(first.next.is_some());
    assert_eq!(exported(&laptop).await.unwrap().len(), 9);
    let past = laptop.export_items(ROOT.into(), u32::MAX).await;
    assert_eq!(past.unwrap_err(), Trouble::MalformedInput);
}
