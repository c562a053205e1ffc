//! Large tables lie in packs, with rows over them: whole or not at all, whatever
//! is torn, and as they lay before there were packs.

use std::collections::BTreeMap;
use std::rc::Rc;

use sigill::api::{BulkAct, Connect, Status, SyncState, VaultState};
use sigill::session::Session;
use sigill_core::encode::Decoder;
use sigill_core::id::ItemId;
use sigill_core::vault::item::Item;

use crate::contents::{bulk, import, imported};
use crate::rig::{Fault, Person, Profile, World, another, connected, master, new_vault};

/// More entries than lie in rows of their own.
const MANY: usize = 300;

fn logins(count: usize, of: &str) -> Vec<Item> {
    let name = |number| format!("{of}{number:04}");
    let all = (0..count).map(|number| imported(&name(number), "secret"));
    all.collect()
}

async fn furnished(world: &Rc<World>) -> (Profile, Session<Profile>) {
    let profile = world.profile();
    let session = profile.session();
    session.create_vault(new_vault("Large")).await.unwrap();
    let many = import("a.csv", &logins(MANY, "site"));
    session.import(many).await.unwrap();
    (profile, session)
}

/// Keys of the vault's rows whose last part but one is `table`.
fn keys(profile: &Profile, table: &str) -> Vec<String> {
    let part = format!("/{table}/");
    let keys = profile.vault_rows().into_keys();
    keys.filter(|key| key.contains(&part)).collect()
}

fn is_damaged(status: &Status) -> bool {
    matches!(status.vault, VaultState::Damaged { .. })
}

#[tokio::test]
async fn many_records_lie_in_packs_and_what_changes_in_rows_until_they_are_many() {
    let world = World::begin().await;
    let (profile, session) = furnished(&world).await;
    assert_eq!(keys(&profile, "p").len(), 1);
    assert!(keys(&profile, "i").is_empty());

    let packed = keys(&profile, "p").remove(0);
    let before = profile.rows()[&packed].clone();
    session.add("bank", "x").await;
    let id = session.all().await.remove(7).id;
    session.bulk(bulk(&[id], BulkAct::Mark)).await.unwrap();
    assert_eq!(keys(&profile, "i").len(), 2);
    assert_eq!(profile.rows()[&packed], before, "a change rewrites no pack");
    let names = session.names().await;
    assert_eq!(profile.session().names().await, names);

    let more = import("b.csv", &logins(MANY, "more"));
    session.import(more).await.unwrap();
    assert!(keys(&profile, "i").is_empty(), "packed anew");
    let all = session.all().await;
    assert_eq!(all.len(), 2 * MANY + 1);
    drop(session);
    let session = profile.session();
    assert_eq!(session.all().await.len(), all.len());
    let marked = session.all().await;
    let marked = marked.iter().filter(|item| item.content.favourite);
    assert_eq!(marked.count(), 1, "the newest record of each");
}

#[tokio::test]
async fn f5_a_pack_or_a_row_over_it_that_is_torn_away_changed_or_of_another_time_is_damage() {
    let world = World::begin().await;
    let (profile, session) = furnished(&world).await;
    let key = keys(&profile, "p").remove(0);
    let earlier = profile.rows()[&key].clone();
    let more = import("b.csv", &logins(MANY, "more"));
    session.import(more).await.unwrap();
    session.add("bank", "x").await;
    drop(session);
    let whole = profile.rows();
    let loose = keys(&profile, "i").remove(0);
    let refused = |what: &str, rows: BTreeMap<String, Vec<u8>>| {
        profile.0.rows.replace(rows);
        let (session, what) = (profile.session(), what.to_owned());
        async move {
            assert!(is_damaged(&session.status().await.unwrap()), "{what}");
        }
    };
    for (what, key, torn) in [
        ("a pack is gone", &key, None),
        ("a row is gone", &loose, None),
        ("a pack of yesterday", &key, Some(earlier)),
        ("a pack cut short", &key, Some(whole[&key][..5000].to_vec())),
        ("an empty pack", &key, Some(Vec::new())),
    ] {
        let mut rows = whole.clone();
        rows.remove(key);
        rows.extend(torn.map(|torn| (key.clone(), torn)));
        refused(what, rows).await;
    }
    for place in [3, 100, 5000, whole[&key].len() - 1] {
        let mut rows = whole.clone();
        rows.get_mut(&key).unwrap()[place] ^= 1;
        refused("a bit is another", rows).await;
    }
    for (what, name) in [("a pack twice", "1"), ("a pack too many", "7")] {
        let mut rows = whole.clone();
        let other = key.replace("/p/0", &format!("/p/{name}"));
        rows.insert(other, whole[&key].clone());
        refused(what, rows).await;
    }
    profile.0.rows.replace(whole);
    assert!(!is_damaged(&profile.session().status().await.unwrap()));
}

/// The rows of a pack, each for itself: as all of them lay before there were packs.
fn unpacked(pack: &[u8]) -> Vec<(ItemId, Vec<u8>)> {
    let mut decoder = Decoder::open("sigill/pack/1", pack).unwrap();
    let rows = decoder.list(|d| Ok((ItemId::decode(d)?, d.bytes()?.to_vec())));
    rows.unwrap()
}

#[tokio::test]
async fn a_database_from_before_there_were_packs_opens_and_is_packed_with_the_next_change() {
    let world = World::begin().await;
    let (profile, session) = furnished(&world).await;
    let names = session.names().await;
    drop(session);
    for key in keys(&profile, "p") {
        let mut rows = profile.0.rows.borrow_mut();
        let pack = rows.remove(&key).unwrap();
        let prefix = key.split("p/").next().unwrap();
        rows.extend(unpacked(&pack).into_iter().map(|(item, row)| {
            let key = format!("{prefix}i/{item}");
            (key, row)
        }));
    }
    assert_eq!(keys(&profile, "i").len(), MANY);
    let session = profile.session();
    assert!(!is_damaged(&session.status().await.unwrap()));
    assert_eq!(session.names().await, names);
    session.add("bank", "x").await;
    assert!(keys(&profile, "i").is_empty());
    assert_eq!(keys(&profile, "p").len(), 1);
    assert_eq!(profile.session().all().await.len(), MANY + 1);
}

#[tokio::test]
async fn a_large_outbox_lies_in_packs_and_is_empty_once_the_cloud_has_it() {
    let world = World::begin().await;
    let (profile, session) = furnished(&world).await;
    session.join(&world).await;
    profile.fault(Fault::KilledBefore(6)); // linked, and not sent
    let _ = session.connect(Connect::Upload, master()).await;
    profile.fault(Fault::None);
    assert_eq!(keys(&profile, "o").len(), 1, "{:?}", profile.rows().len());
    assert!(keys(&profile, "b").is_empty());
    let session = profile.session();
    session.add("bank", "x").await;
    assert_eq!(keys(&profile, "b").len(), 1);
    let status = profile.session().sync_now().await.unwrap();
    assert!(
        matches!(status.sync, SyncState::On { pending: 0, .. }),
        "{status:?}"
    );
    assert!(keys(&profile, "o").is_empty() && keys(&profile, "b").is_empty());
    let (_, phone) = another(&world).await;
    assert_eq!(phone.all().await.len(), MANY + 1);
}

#[tokio::test]
async fn what_the_cloud_holds_of_one_entry_is_not_taken_for_anothers() {
    let world = World::begin().await;
    let (profile, session) = connected(&world, 2).await;
    let ids: Vec<_> = session
        .all()
        .await
        .into_iter()
        .map(|item| item.id)
        .collect();
    let [one, other] = ids.as_slice() else {
        panic!("{ids:?}")
    };
    let marked = bulk(std::slice::from_ref(one), BulkAct::Mark);
    session.bulk(marked).await.unwrap();
    let key = keys(&profile, "b").remove(0);
    let mut rows = profile.rows();
    let row = rows[&key].clone();
    rows.insert(key.replace(one, other), row);
    profile.0.rows.replace(rows);
    assert!(is_damaged(&profile.session().status().await.unwrap()));
}

#[tokio::test]
async fn killed_at_any_write_of_a_change_to_many_there_is_all_of_it_or_none() {
    let world = World::begin().await;
    let (profile, session) = furnished(&world).await;
    session.names().await;
    drop(session);
    let whole = profile.rows();
    let (mut none, mut all) = (0, 0);
    for step in 0..4 {
        profile.0.rows.replace(whole.clone());
        let session = profile.session();
        profile.fault(Fault::KilledBefore(step));
        let more = import("b.csv", &logins(MANY, "more"));
        let _ = session.import(more).await;
        profile.fault(Fault::None);
        match profile.session().all().await.len() {
            MANY => none += 1,
            count if count == 2 * MANY => all += 1,
            count => panic!("{count} at step {step}"),
        }
    }
    assert!(none > 0 && all > 0, "{none} none, {all} all");
}
