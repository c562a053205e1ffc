//! The sealed index: lists come from it, items don't.

use std::rc::Rc;

use sigill::api::{BulkAct, ChangePassword, Query, Save, Scope, VaultState};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::encode::{Decoder, Encoder};
use sigill_core::id::{Hash, ItemId};
use sigill_core::vault::head::{Head, items_root};
use sigill_core::vault::index::{Index, SealedIndex, Sketch};
use sigill_core::vault::item::{Item, Kind};
use sigill_core::vault::key::EpochKeys;
use sigill_core::vault::record::{Place, Record};
use sigill_core::wire::problem::Code;

use crate::contents::{bulk, import, imported, login};
use crate::rig::{Fault, OTHER_ROOT, Person, Profile, ROOT, World, new_vault};

/// More entries than an index is written for.
const MANY: u32 = 100;

fn many() -> usize {
    usize::try_from(MANY).unwrap()
}

async fn furnished() -> (Profile, Session<Profile>) {
    furnished_in(&World::begin().await).await
}

async fn furnished_in(world: &Rc<World>) -> (Profile, Session<Profile>) {
    let profile = world.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    let items: Vec<Item> = (0..MANY)
        .map(|number| imported(&format!("site{number:03}"), "secret"))
        .collect();
    session.import(import("a.csv", &items)).await.unwrap();
    assert_eq!(session.names().await.len(), items.len());
    (profile, session)
}

/// The index as it lies in the store: its key and its row.
fn row(profile: &Profile) -> Option<(String, Vec<u8>)> {
    let mut rows = profile.rows().into_iter();
    rows.find(|(key, _)| key.starts_with("index/"))
}

fn put(profile: &Profile, key: &str, row: impl Into<Vec<u8>>) {
    let mut rows = profile.0.rows.borrow_mut();
    rows.insert(key.to_owned(), row.into());
}

fn find(profile: &Profile, suffix: &str) -> (String, Vec<u8>) {
    let mut rows = profile.rows().into_iter();
    let is_it = |key: &str| key.starts_with("g/") && key.ends_with(suffix);
    rows.find(|(key, _)| is_it(key)).unwrap()
}

fn head(profile: &Profile) -> Head {
    Head::from_bytes(&find(profile, "/head").1).unwrap()
}

/// The keys of the open vault, as the browser's session storage holds them.
fn keys(profile: &Profile) -> EpochKeys {
    let memory = profile.0.memory.borrow();
    let mut decoder = Decoder::open("sigill/open/2", &memory["open"]).unwrap();
    decoder.bytes().unwrap();
    EpochKeys::import(&decoder.array().unwrap())
}

fn open(profile: &Profile) -> Index {
    let (_, row) = row(profile).unwrap();
    let sealed = SealedIndex::from_bytes(&row).unwrap();
    sealed.open(&head(profile), &keys(profile)).unwrap()
}

/// An index that calls an entry otherwise than its record does.
fn lie(profile: &Profile, name: &str) -> ItemId {
    let index = open(profile);
    let entry = index.entries().find(|entry| entry.name() == "site007");
    let (id, record) = entry.map(|entry| (entry.id(), entry.record())).unwrap();
    let item = Item::new(Kind::Login).named(name);
    let lie = Sketch::of(id, record, &item);
    let index = index.changed(&[id], vec![lie]);
    let sealed = SealedIndex::seal(&index, &head(profile), &keys(profile), [9; 12]);
    put(profile, &row(profile).unwrap().0, sealed.to_bytes());
    id
}

#[tokio::test]
async fn a_list_comes_from_the_index_and_the_item_decides() {
    let (profile, session) = furnished().await;
    drop(session);
    lie(&profile, "a lie");
    let session = profile.session();
    let names = session.names().await;
    assert_eq!(names.first().map(String::as_str), Some("a lie"));
    let item = session
        .all()
        .await
        .into_iter()
        .find(|item| item.content.name == "site007");
    assert!(item.is_some(), "the opened item says its own name");
}

#[tokio::test]
async fn few_entries_need_no_index_and_few_changes_do_not_rewrite_it() {
    let profile = World::begin().await.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    session.add("bank", "x").await;
    session.names().await;
    assert!(row(&profile).is_none());

    let (profile, session) = furnished().await;
    let written = row(&profile);
    assert!(written.is_some());
    session.add("bank", "x").await;
    let all = session.all().await;
    session
        .bulk(bulk(&[all[1].id.clone()], BulkAct::Trash))
        .await
        .unwrap();
    let names = session.names().await;
    assert_eq!(row(&profile), written, "it is behind, and stays so");
    drop(session);
    assert_eq!(
        profile.session().names().await,
        names,
        "a new worker opens what changed"
    );
    assert!(names.contains(&"bank".to_owned()));
    assert_eq!(names.len(), all.len() - 1);
}

/// Another session may begin meanwhile, over the same store.
#[tokio::test]
async fn a_wait_for_another_device_opens_no_entry() {
    let (profile, session) = furnished().await;
    drop(session);
    let (key, _) = row(&profile).unwrap();
    profile.0.rows.borrow_mut().remove(&key);
    let session = profile.session();
    let asked = session.moved().await;
    assert!(matches!(asked, Err(Trouble::Refused(problem)) if problem.error == Code::SignedOut));
    assert!(row(&profile).is_none());
    session.names().await;
    assert!(row(&profile).is_some()); // whoever opens the entries writes it

    session.lock().await.unwrap();
    assert!(matches!(session.moved().await, Err(Trouble::Locked)));
}

#[tokio::test]
async fn it_is_written_anew_once_much_has_changed() {
    let (profile, session) = furnished().await;
    let written = row(&profile);
    let ids: Vec<String> = session
        .all()
        .await
        .into_iter()
        .map(|item| item.id)
        .collect();
    session
        .bulk(bulk(&ids[..80], BulkAct::Archive))
        .await
        .unwrap();
    assert_eq!(session.names().await.len(), 20);
    assert_ne!(row(&profile), written);
    assert_eq!(profile.session().names().await.len(), 20);
}

#[tokio::test]
async fn a_row_that_does_not_open_is_as_good_as_none() {
    let (profile, session) = furnished().await;
    let names = session.names().await;
    drop(session);
    let (key, whole) = row(&profile).unwrap();
    let later = Head {
        epoch: 2,
        ..head(&profile)
    };
    let of_another_epoch =
        SealedIndex::seal(&Index::default(), &later, &keys(&profile), [9; 12]).to_bytes();
    let nonsense = Encoder::new("sigill/nonsense/1").finish();
    let mut flipped = whole.clone();
    flipped[1000] ^= 1;
    for bad in [
        Vec::new(),
        whole[..whole.len() - 1].to_vec(),
        flipped,
        nonsense,
        of_another_epoch,
    ] {
        put(&profile, &key, bad.clone());
        assert_eq!(profile.session().names().await, names);
        assert_ne!(row(&profile), Some((key.clone(), bad)), "built anew");
    }
}

#[tokio::test]
async fn an_index_of_nothing_is_brought_up_to_date() {
    let (profile, session) = furnished().await;
    let names = session.names().await;
    drop(session);
    let earlier = Head {
        items_root: Hash([8; 32]),
        ..head(&profile)
    };
    let empty = SealedIndex::seal(&Index::default(), &earlier, &keys(&profile), [9; 12]);
    put(&profile, &row(&profile).unwrap().0, empty.to_bytes());
    assert_eq!(profile.session().names().await, names);
}

#[tokio::test]
async fn a_new_worker_lists_at_once_and_tells_of_no_item_before_all_rows_are_whole() {
    let (profile, session) = furnished().await;
    let names = session.names().await;
    let id = session.all().await.swap_remove(3).id;
    drop(session);
    let (key, mut record) = find(&profile, &format!("/i/{id}"));
    *record.last_mut().unwrap() ^= 1;
    put(&profile, &key, record);
    let session = profile.session();
    assert_eq!(session.names().await, names, "from the index alone");
    assert_eq!(session.item(&id).await.unwrap_err(), Trouble::Damaged);
    let state = session.status().await.unwrap().vault;
    assert!(matches!(state, VaultState::Damaged { .. }), "{state:?}");
}

#[tokio::test]
async fn a_new_worker_lists_nothing_by_a_head_without_its_tag_nor_while_it_is_locked() {
    let (profile, session) = furnished().await;
    drop(session);
    let (key, tag) = find(&profile, "/tag");
    put(&profile, &key, [0; 32]);
    let refused = profile.session().list(everything()).await;
    assert_eq!(refused.unwrap_err(), Trouble::Damaged);
    put(&profile, &key, tag);
    profile.close_browser();
    let refused = profile.session().list(everything()).await;
    assert_eq!(refused.unwrap_err(), Trouble::Locked);
}

fn everything() -> Query {
    Query {
        text: String::new(),
        scope: Scope::All,
        from: 0,
        count: 1,
    }
}

#[tokio::test]
async fn an_entry_that_does_not_open_is_told_and_never_written_over() {
    let (profile, session) = furnished().await;
    let id = lie(&profile, "site007");
    drop(session);
    damage(&profile, id);
    let session = profile.session();
    assert_eq!(session.names().await.len(), many(), "the index lists it");
    let id = id.to_string();
    assert_eq!(session.item(&id).await.unwrap_err(), Trouble::Damaged);
    let save = Save {
        id: Some(id.clone()),
        content: login("site007", "new"),
    };
    assert_eq!(session.save(save).await.unwrap_err(), Trouble::Damaged);
    let trash = session.bulk(bulk(&[id], BulkAct::Trash)).await;
    assert_eq!(trash.unwrap_err(), Trouble::Damaged);
}

/// Puts a record that does not open in an entry's place, in a head that names it
/// and an index that lists it: only whoever has the keys could.
fn damage(profile: &Profile, id: ItemId) {
    let (key, known) = find(profile, &format!("/i/{id}"));
    let known = Record::from_bytes(&known).unwrap();
    let place = Place {
        revision: known.header().place.revision + 1,
        ..known.header().place
    };
    let strangers = EpochKeys::import(&[0; 128]);
    let record = Record::seal(place, &Item::default(), &strangers, [1; 12]).unwrap();
    put(profile, &key, record.to_bytes());
    let rows = profile.rows();
    let records = rows.iter().filter(|(key, _)| key.contains("/i/"));
    let records = records.map(|(_, row)| Record::from_bytes(row).unwrap().root_entry());
    let head = Head {
        items_root: items_root(records).unwrap(),
        ..head(profile)
    };
    let tag = head.tag(&keys(profile));
    let old = open(profile);
    put(profile, &find(profile, "/head").0, head.to_bytes());
    put(profile, &find(profile, "/tag").0, tag.0);
    let sketch = Sketch::of(id, record.hash(), &Item::default().named("site007"));
    let index = old.changed(&[id], vec![sketch]);
    let sealed = SealedIndex::seal(&index, &head, &keys(profile), [2; 12]);
    put(profile, &row(profile).unwrap().0, sealed.to_bytes());
}

#[tokio::test]
async fn a_full_disk_keeps_no_list_from_being_shown() {
    let (profile, session) = furnished().await;
    let names = session.names().await;
    drop(session);
    profile
        .0
        .rows
        .borrow_mut()
        .retain(|key, _| !key.starts_with("index/"));
    profile.fault(Fault::FullFrom(0));
    assert_eq!(profile.session().names().await, names);
    assert!(row(&profile).is_none());
}

#[tokio::test]
async fn it_holds_no_secret() {
    let (_, session) = furnished().await;
    for (text, total) in [("secret", 0), ("site003", 1)] {
        let query = Query {
            text: text.into(),
            ..everything()
        };
        let found = session.list(query).await.unwrap();
        let found: serde_json::Value = serde_json::from_str(&found).unwrap();
        assert_eq!(found["total"], total, "{text}");
    }
    assert_eq!(session.password("site003").await, "secret");
}

#[tokio::test]
async fn each_generation_has_its_own_and_it_goes_with_it() {
    let world = World::begin().await;
    let (profile, session) = furnished_in(&world).await;
    let (old, _) = row(&profile).unwrap();
    let change = ChangePassword {
        old: ROOT.to_owned(),
        root: OTHER_ROOT.to_owned(),
        derivation: new_vault("").derivation,
        recovery: None,
        passkeys: Vec::new(),
        lock_after: 15,
    };
    session.change_master_password(change).await.unwrap();
    assert_eq!(session.names().await.len(), many());
    let rows = profile.rows().into_keys();
    let rows: Vec<String> = rows.filter(|key| key.starts_with("index/")).collect();
    assert!(rows.len() == 2 && rows.contains(&old), "{rows:?}");

    world.pass(8 * 86_400);
    profile.session().status().await.unwrap();
    let (left, _) = row(&profile).unwrap();
    assert_ne!(left, old);
    assert!(!profile.rows().contains_key(&old));
}
