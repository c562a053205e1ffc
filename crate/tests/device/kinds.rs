//! Entries of every kind, and what is done to many of them at once.

use std::rc::Rc;

use sigill::api::{BulkAct, Content, Deed, Item, Query, Save, Scope, Shelf};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::vault::item::{self, Field, Kind};

use crate::contents::{Fields, bulk, import, imported, login};
use crate::rig::{Person, Profile, World, another, connected, new_vault};

async fn opened() -> (Rc<World>, Profile, Session<Profile>) {
    let world = World::begin().await;
    let profile = world.profile();
    let session = profile.session();
    session.create_vault(new_vault("Home")).await.unwrap();
    (world, profile, session)
}

/// A content of that kind that says something else in every field.
fn full(kind: Kind) -> Content {
    let mut content = login(kind.key(), "");
    content.kind = kind;
    content.values.clear();
    for field in kind.fields() {
        content.put(*field, &format!("value-{}", field.key()));
    }
    content
}

async fn find(session: &Session<Profile>, text: &str, scope: Scope) -> Vec<String> {
    let query = Query {
        text: text.to_owned(),
        scope,
        from: 0,
        count: 99,
    };
    let rows: serde_json::Value =
        serde_json::from_str(&session.list(query).await.unwrap()).unwrap();
    let rows = rows["rows"].as_array().unwrap().iter();
    rows.map(|row| row["name"].as_str().unwrap().to_owned())
        .collect()
}

async fn ids(session: &Session<Profile>) -> Vec<String> {
    let all: Vec<Item> = session.all().await;
    all.into_iter().map(|item| item.id).collect()
}

async fn named(session: &Session<Profile>, name: &str) -> String {
    let all = session.all().await;
    let item = all.into_iter().find(|item| item.content.name == name);
    item.expect("the entry").id
}

#[tokio::test]
async fn every_kind_is_written_read_back_synced_and_its_secrets_stay_out_of_rows() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 0).await;
    for kind in Kind::ALL {
        let content = full(*kind);
        let id = laptop.save(Save { id: None, content }).await.unwrap();
        let item = laptop.item(&id).await.unwrap();
        let shown: Vec<_> = item.lines.iter().map(|line| line.field).collect();
        assert_eq!(shown, kind.fields());
        assert!(
            item.lines
                .iter()
                .all(|line| line.secret == line.field.is_secret())
        );
    }
    let query = Query {
        text: String::new(),
        scope: Scope::All,
        from: 0,
        count: 99,
    };
    let rows = laptop.list(query).await.unwrap();
    for field in Field::ALL.iter().filter(|field| field.is_secret()) {
        let secret = format!("value-{}", field.key());
        assert!(!rows.contains(&secret), "{secret} in {rows}");
        assert!(find(&laptop, &secret, Scope::All).await.is_empty());
    }
    laptop.sync_now().await.unwrap();
    let (_, phone) = another(&world).await;
    assert_eq!(phone.names().await, laptop.names().await);
    let card = find(&phone, "", Scope::Kind { kind: Kind::Card }).await;
    assert_eq!(card, ["card"]);
}

#[tokio::test]
async fn an_edit_keeps_passkeys_and_what_stood_there_before() {
    let (world, _profile, session) = opened().await;
    let passkey = item::Passkey {
        credential: vec![1],
        rp: "bank.example".into(),
        user_handle: vec![2],
        user_name: "åsa".into(),
        display_name: String::new(),
        private_key: vec![3],
        counter: 4,
        created_at: 5,
    };
    let keyed = imported("bank", "one").with_passkey(passkey);
    session.import(import("f", &[keyed])).await.unwrap();
    let id = ids(&session).await.remove(0);
    session
        .edit(&id, |content| {
            content.kind = Kind::Custom;
            content.tags = vec!["work".into()];
            content.folder = "Home".into();
        })
        .await
        .unwrap();
    world.pass(1);
    let moved = |content: &mut Content| content.folder = " Work / Banks ".into();
    session.edit(&id, moved).await.unwrap();
    let item = session.item(&id).await.unwrap();
    assert_eq!(
        (item.passkeys.len(), item.content.folder.as_str()),
        (1, "Work/Banks")
    );
    let past: Vec<_> = item
        .history
        .iter()
        .map(|p| (p.part.as_str(), p.text.as_str()))
        .collect();
    assert_eq!(past, [("folder", "Home"), ("kind", "login")]);
    assert_eq!(item.content.text(Field::Password), "one");
}

#[tokio::test]
async fn a_bulk_act_is_a_batch_and_undone_as_one_without_touching_later_edits() {
    let (_, _, session) = opened().await;
    for name in ["a", "b", "c"] {
        session.add(name, "x").await;
    }
    let all = ids(&session).await;
    let tagged = BulkAct::Tag { tag: "Work".into() };
    let batch = session.bulk(bulk(&all, tagged.clone())).await.unwrap();
    assert_eq!(
        (batch.deed, batch.source.as_str(), batch.count),
        (Deed::Tag, "Work", 3)
    );
    assert_eq!(session.bulk(bulk(&all, tagged)).await.unwrap().count, 0);
    let tag = || Scope::Tag { tag: "work".into() };
    assert_eq!(find(&session, "", tag()).await, ["a", "b", "c"]);

    session
        .edit(&all[0], |c| c.put(Field::Notes, "mine"))
        .await
        .unwrap();
    assert_eq!(session.undo(&batch.id).await.unwrap(), 2);
    assert_eq!(find(&session, "", tag()).await, ["a"]);

    for (act, scope) in [
        (BulkAct::Trash, Scope::Trash),
        (BulkAct::Archive, Scope::Archive),
        (BulkAct::Mark, Scope::Favourites),
        (
            BulkAct::Move { folder: "F".into() },
            Scope::Folder { folder: "F".into() },
        ),
    ] {
        let batch = session.bulk(bulk(&all, act)).await.unwrap();
        assert_eq!(
            find(&session, "", scope.clone()).await,
            ["a", "b", "c"],
            "{scope:?}"
        );
        assert_eq!(session.undo(&batch.id).await.unwrap(), 3);
        assert!(find(&session, "", scope).await.is_empty());
        assert_eq!(session.names().await, ["a", "b", "c"]);
    }
    assert_eq!(
        session.undo(&batch.id).await.unwrap_err(),
        Trouble::NotFound
    );
}

#[tokio::test]
async fn the_last_twenty_bulk_acts_are_remembered_and_every_import() {
    let (world, _, session) = opened().await;
    session
        .import(import("f", &[imported("a", "x")]))
        .await
        .unwrap();
    let all = ids(&session).await;
    for n in 0..25 {
        world.pass(1);
        let folder = format!("{n}");
        session
            .bulk(bulk(&all, BulkAct::Move { folder }))
            .await
            .unwrap();
    }
    let batches = session.batches().await.unwrap();
    assert_eq!(batches.len(), 21);
    assert_eq!(
        (batches[0].source.as_str(), batches[20].deed),
        ("24", Deed::Import)
    );
}

#[tokio::test]
async fn what_a_batch_was_about_lies_sealed_and_is_read_while_the_vault_is_open() {
    let (_, profile, session) = opened().await;
    session
        .import(import("Hemligt.csv", &[imported("a", "x")]))
        .await
        .unwrap();
    let all = ids(&session).await;
    let folder = "Hemligt/Bank".to_owned();
    let batch = session.bulk(bulk(&all, BulkAct::Move { folder })).await;
    assert_eq!(batch.unwrap().source, "Hemligt/Bank");
    for (key, row) in profile.rows() {
        let holds = |part: &[u8]| part == b"Hemligt";
        assert!(!row.windows(7).any(holds), "{key}");
    }
    session.lock().await.unwrap();
    assert_eq!(session.batches().await.unwrap_err(), Trouble::Locked);
}

#[tokio::test]
async fn what_lay_in_the_trash_for_thirty_days_goes_when_the_person_says_so_and_not_before() {
    let (world, _, session) = opened().await;
    for name in ["old", "young", "kept"] {
        session.add(name, "x").await;
    }
    let (old, young) = (named(&session, "old").await, named(&session, "young").await);
    session
        .bulk(bulk(std::slice::from_ref(&old), BulkAct::Trash))
        .await
        .unwrap();
    world.pass(30 * 86_400);
    session.unlocked().await;
    session
        .bulk(bulk(std::slice::from_ref(&young), BulkAct::Trash))
        .await
        .unwrap();
    let item = session.item(&old).await.unwrap();
    assert_eq!(
        (item.shelf, item.due_at),
        (Shelf::Trashed, item.since.map(|s| s + 30 * 86_400))
    );
    let facets = session.facets().await.unwrap();
    assert_eq!((facets.all, facets.trashed, facets.due), (1, 2, 1));
    assert_eq!(session.erase_due().await.unwrap(), 1);
    assert_eq!(session.item(&old).await.unwrap_err(), Trouble::NotFound);
    assert_eq!(find(&session, "", Scope::Trash).await, ["young"]);
    assert_eq!(session.erase_due().await.unwrap(), 0);
}

#[tokio::test]
async fn a_bundle_that_is_none_is_refused_and_nothing_is_changed() {
    let (_, profile, session) = opened().await;
    let before = profile.rows();
    for bundle in ["", "AAAA", "not base64"] {
        let mut broken = import("f", &[]);
        broken.bundle = bundle.into();
        assert_eq!(
            session.preview_import(&broken.bundle).await.unwrap_err(),
            Trouble::MalformedInput
        );
        assert_eq!(
            session.import(broken).await.unwrap_err(),
            Trouble::MalformedInput
        );
    }
    assert_eq!(profile.rows(), before);
}
