//! A vault on one device, without any service.

use sigill::api::{BulkAct, Failure, Query, Save, Scope, VaultState};
use sigill::trouble::Trouble;
use sigill_core::vault::item::Field;

use crate::contents::{Fields, bulk, import, imported, login};
use crate::rig::{Fault, OTHER_ROOT, Person, World, new_vault, unlock};

#[tokio::test]
async fn a_vault_is_made_locked_and_opened_by_its_master_password_only() {
    let profile = World::begin().await.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    session.add("bank", "hunter2").await;
    session.lock().await.unwrap();
    assert!(
        matches!(session.status().await.unwrap().vault, VaultState::Locked { name, connected: false, recovery: false, .. } if name == "Home")
    );
    assert_eq!(session.item("00").await.unwrap_err(), Trouble::NotFound);
    let query = Query {
        text: String::new(),
        scope: Scope::All,
        from: 0,
        count: 10,
    };
    assert_eq!(session.list(query).await.unwrap_err(), Trouble::Locked);

    let mut wrong = unlock();
    wrong.root = OTHER_ROOT.into();
    assert_eq!(
        session.unlock(wrong).await.unwrap_err(),
        Trouble::WrongMasterPassword
    );
    session.unlocked().await;
    assert_eq!(session.password("bank").await, "hunter2");
    assert!(session.is_master_password(unlock().root).await.unwrap());
    assert!(!session.is_master_password(OTHER_ROOT.into()).await.unwrap());
    assert_eq!(
        session.create_vault(new_vault("Two")).await.unwrap_err(),
        Trouble::VaultExists
    );
}

#[tokio::test]
async fn it_locks_at_its_deadline_and_where_the_clock_has_gone_back() {
    let world = World::begin().await;
    let profile = world.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    world.pass(14 * 60);
    assert!(session.is_open().await);
    session.touch().await.unwrap();
    world.pass(14 * 60);
    assert!(session.is_open().await, "a touch pushes the lock on");
    world.pass(60);
    assert!(!session.is_open().await);
    assert!(profile.0.memory.borrow().is_empty(), "the keys are gone");

    session.unlocked().await;
    profile.skew(-3600);
    assert!(!session.is_open().await);
    profile.skew(0);
    assert!(!session.is_open().await, "they stay gone");
}

#[tokio::test]
async fn a_new_worker_goes_on_where_the_old_one_was_killed() {
    let profile = World::begin().await.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    session.add("bank", "hunter2").await;
    drop(session);
    let session = profile.session();
    assert_eq!(session.password("bank").await, "hunter2");
    profile.close_browser();
    assert!(!profile.session().is_open().await);
}

#[tokio::test]
async fn entries_go_to_the_trash_come_back_and_are_erased() {
    let profile = World::begin().await.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    let id = session.add("bank", "one").await;
    session
        .edit(&id, |login| login.put(Field::Password, "two"))
        .await
        .unwrap();
    let item = session.item(&id).await.unwrap();
    assert_eq!(item.history[0].text, "one");
    let ids = [id.clone()];
    assert_eq!(
        session.erase(&ids).await.unwrap_err(),
        Trouble::NotFound,
        "not in the trash"
    );
    session.bulk(bulk(&ids, BulkAct::Trash)).await.unwrap();
    assert!(session.names().await.is_empty());
    session.bulk(bulk(&ids, BulkAct::Restore)).await.unwrap();
    assert_eq!(session.names().await, ["bank"]);
    session.bulk(bulk(&ids, BulkAct::Trash)).await.unwrap();
    session.erase(&ids).await.unwrap();
    assert_eq!(session.item(&id).await.unwrap_err(), Trouble::NotFound);
    let missing = Save {
        id: Some(id),
        content: login("bank", "x"),
    };
    assert_eq!(session.save(missing).await.unwrap_err(), Trouble::NotFound);
}

#[tokio::test]
async fn a_changed_or_missing_row_is_damage_and_nothing_is_changed() {
    let profile = World::begin().await.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    session.add("bank", "one").await;
    let whole = profile.rows();
    for key in whole
        .keys()
        .filter(|key| key.starts_with("g/") && !key.ends_with("/name"))
    {
        for change in ["removed", "bit", "cut", "foreign"] {
            let mut rows = whole.clone();
            let row = rows.get_mut(key).unwrap();
            match change {
                "removed" => drop(rows.remove(key)),
                "bit" => *row.last_mut().unwrap() ^= 1,
                "cut" => drop(row.pop()),
                _ => *row = b"not ours".to_vec(),
            }
            profile.0.rows.replace(rows.clone());
            let session = profile.session();
            let state = session.status().await.unwrap().vault;
            assert!(
                matches!(state, VaultState::Damaged { .. }),
                "{key} {change}: {state:?}"
            );
            assert_eq!(
                session.unlock(unlock()).await.unwrap_err(),
                Trouble::Damaged
            );
            assert_eq!(profile.rows(), rows, "{key} {change}");
        }
    }
    profile.0.rows.replace(whole);
    assert_eq!(profile.session().password("bank").await, "one");
}

#[tokio::test]
async fn an_item_row_that_no_head_names_is_damage() {
    let profile = World::begin().await.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    session.add("bank", "one").await;
    let (key, row) = profile
        .rows()
        .into_iter()
        .find(|(key, _)| key.contains("/i/"))
        .unwrap();
    let at = key.len() - 1;
    let other = if key.ends_with('0') { "1" } else { "0" };
    profile
        .0
        .rows
        .borrow_mut()
        .insert([&key[..at], other].concat(), row);
    let state = profile.session().status().await.unwrap().vault;
    assert!(matches!(state, VaultState::Damaged { .. }));
}

#[tokio::test]
async fn a_full_disk_is_a_clear_failure_and_nothing_is_lost() {
    let profile = World::begin().await.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    session.add("bank", "one").await;
    let before = profile.rows();
    profile.fault(Fault::FullFrom(0));
    let save = Save {
        id: None,
        content: login("shop", "two"),
    };
    assert_eq!(session.save(save).await.unwrap_err(), Trouble::Full);
    assert_eq!(profile.rows(), before);
    profile.fault(Fault::None);
    assert_eq!(session.names().await, ["bank"]);
    session.add("shop", "two").await;
    assert_eq!(session.names().await, ["bank", "shop"]);
}

#[tokio::test]
async fn an_import_is_one_batch_and_is_undone_without_touching_later_edits() {
    let profile = World::begin().await.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    session.add("same", "one").await;
    let changed = session.add("changed", "old").await;
    let rows = || {
        let rows = [
            ("same", "one"),
            ("changed", "new"),
            ("fresh", "x"),
            ("mine", "y"),
            ("fresh", "x"),
        ];
        let items = rows.map(|(name, password)| imported(name, password));
        import("passwords.csv", &items)
    };
    let preview = session.preview_import(&rows().bundle).await.unwrap();
    assert_eq!((preview.new, preview.same, preview.changed), (2, 2, 1));

    let batch = session.import(rows()).await.unwrap();
    assert_eq!(batch.count, 3);
    assert_eq!(session.names().await, ["changed", "fresh", "mine", "same"]);
    let item = session.item(&changed).await.unwrap();
    assert_eq!(
        (
            item.content.text(Field::Password),
            item.history[0].text.as_str()
        ),
        ("new", "old")
    );

    let mine = session
        .all()
        .await
        .into_iter()
        .find(|item| item.content.name == "mine")
        .unwrap();
    session
        .edit(&mine.id, |login| login.put(Field::Notes, "kept"))
        .await
        .unwrap();
    assert_eq!(session.batches().await.unwrap().len(), 1);
    assert_eq!(session.undo(&batch.id).await.unwrap(), 2);
    assert_eq!(session.names().await, ["changed", "mine", "same"]);
    assert_eq!(session.password("changed").await, "old");
    assert!(session.batches().await.unwrap().is_empty());
    assert_eq!(
        session.undo(&batch.id).await.unwrap_err(),
        Trouble::NotFound
    );
}

#[tokio::test]
async fn what_can_not_be_is_refused_at_the_door() {
    let profile = World::begin().await.profile();
    let session = profile.session();
    let mut weak = new_vault("Home");
    weak.derivation.kdf = sigill::api::Kdf::Pbkdf2 { iterations: 1000 };
    assert_eq!(
        session.create_vault(weak).await.unwrap_err(),
        Trouble::MalformedInput
    );
    let mut short = new_vault("Home");
    short.root = "AAAA".into();
    assert_eq!(
        session.create_vault(short).await.unwrap_err(),
        Trouble::MalformedInput
    );
    assert_eq!(
        session.create_vault(new_vault("  ")).await.unwrap_err(),
        Trouble::MalformedInput
    );
    assert!(profile.rows().is_empty());
    assert_eq!(Failure::from(Trouble::WrongPhrase).code, "wrong_phrase");
}
