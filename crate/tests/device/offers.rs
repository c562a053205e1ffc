//! What the open vault offers a page, and what it keeps of what was sent there.

use sigill::api::{
    Caution, Offers, OffersFor, Place, Savable, Slot, Submitted, Url, Wanted, WantedField,
};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::fill;
use sigill_core::site::Rule;
use sigill_core::vault::item::{Field, Kind};

use crate::contents::{Fields, url as address};
use crate::rig::{Person, Profile, World, new_vault};

fn at(url: &str) -> Place {
    Place {
        url: url.into(),
        top: None,
    }
}

async fn offers(session: &Session<Profile>, url: &str) -> Offers {
    let wanted = OffersFor {
        place: at(url),
        kind: Kind::Login,
    };
    session.offers(wanted).await.unwrap()
}

fn wanted(id: &str, place: Place, despite: Option<Caution>) -> Wanted {
    let field = |field| WantedField {
        field,
        slots: vec![Slot {
            kind: "text".into(),
            max_length: None,
            placeholder: String::new(),
            choices: Vec::new(),
        }],
    };
    Wanted {
        place,
        id: id.into(),
        despite,
        fields: vec![
            field(fill::Field::Username),
            field(fill::Field::Password),
            field(fill::Field::City),
        ],
    }
}

fn sent(url: &str, user_name: &str, password: &str) -> Submitted {
    Submitted {
        place: at(url),
        name: String::new(),
        user_name: user_name.into(),
        password: password.into(),
        replaced: None,
    }
}

async fn with_login() -> (Session<Profile>, String) {
    let world = World::begin().await;
    let session = world.profile().session();
    session.create_vault(new_vault("Home")).await.unwrap();
    let id = session.add("bank", "correct horse").await;
    session.add("elsewhere", "battery staple").await;
    (session, id)
}

#[tokio::test]
async fn a_page_is_offered_the_logins_of_its_site_and_gets_what_they_hold() {
    let (session, id) = with_login().await;
    let page = "https://login.bank.example/in?x";
    let offers = offers(&session, page).await;
    assert_eq!(offers.items.len(), 1);
    assert_eq!(
        (offers.items[0].id.as_str(), offers.items[0].detail.as_str()),
        (id.as_str(), "asa")
    );
    let filled = session.fillings(wanted(&id, at(page), None)).await.unwrap();
    assert_eq!(
        filled,
        [
            vec!["asa".to_owned()],
            vec!["correct horse".to_owned()],
            vec![]
        ]
    );
}

#[tokio::test]
async fn another_site_gets_nothing_whatever_it_asks_for() {
    let (session, id) = with_login().await;
    for url in [
        "https://bank.example.evil.test/",
        "https://evil.test/?https://bank.example/login",
        "https://elsewhere.example/login",
        "data:text/html,https://bank.example/login",
        "javascript:https://bank.example/login",
    ] {
        assert!(
            offers(&session, url)
                .await
                .items
                .iter()
                .all(|offered| offered.id != id),
            "{url}"
        );
        let filled = session.fillings(wanted(&id, at(url), None)).await;
        assert_eq!(filled, Err(Trouble::NotFound), "{url}");
    }
}

#[tokio::test]
async fn what_is_odd_about_a_page_is_said_before_anything_is_filled() {
    let (session, id) = with_login().await;
    let in_clear = at("http://bank.example/login");
    let framed = Place {
        url: "https://bank.example/login".into(),
        top: Some("https://evil.test/".into()),
    };
    for (place, caution) in [(in_clear, Caution::InClear), (framed, Caution::Framed)] {
        let wanted_for = OffersFor {
            place: place.clone(),
            kind: Kind::Login,
        };
        let offers = session.offers(wanted_for).await.unwrap();
        assert_eq!(offers.items[0].caution, Some(caution));
        let unsaid = session.fillings(wanted(&id, place.clone(), None)).await;
        assert_eq!(unsaid, Err(Trouble::NotFound));
        let filled = session
            .fillings(wanted(&id, place, Some(caution)))
            .await
            .unwrap();
        assert_eq!(filled[1], ["correct horse"]);
    }
    let imitates = offers(&session, "https://bank.example.evil.test/")
        .await
        .imitates;
    assert_eq!(imitates.as_deref(), Some("bank.example"));
}

#[tokio::test]
async fn an_address_counts_by_its_rule_for_offers_fillings_and_what_is_saved() {
    let (session, id) = with_login().await;
    let by = |rule, text: &str| Url {
        rule,
        ..address(text)
    };
    let ruled = vec![
        by(Rule::Host, "https://bank.example"),
        by(Rule::Never, "https://bank.example/admin"),
    ];
    session
        .edit(&id, |content| content.urls = ruled.clone())
        .await
        .unwrap();
    assert_eq!(session.item(&id).await.unwrap().content.urls, ruled);
    let here = "https://bank.example/login";
    assert_eq!(offers(&session, here).await.items.len(), 1);
    assert!(session.fillings(wanted(&id, at(here), None)).await.is_ok());
    for elsewhere in ["https://login.bank.example/", "https://bank.example/admin/"] {
        assert!(offers(&session, elsewhere).await.items.is_empty());
        let filled = session.fillings(wanted(&id, at(elsewhere), None)).await;
        assert_eq!(filled, Err(Trouble::NotFound), "{elsewhere}");
    }
    for (url, password, savable) in [
        (here, "another", Savable::Update),
        ("https://login.bank.example/", "another", Savable::New),
        ("https://bank.example/admin", "another", Savable::New),
        (
            "https://bank.example/admin",
            "correct horse",
            Savable::Known,
        ),
    ] {
        let saving = session
            .submitted(&sent(url, "asa", password))
            .await
            .unwrap();
        assert_eq!(saving.savable, savable, "{url} {password}");
    }
}

#[tokio::test]
async fn a_locked_vault_offers_and_fills_nothing() {
    let (session, id) = with_login().await;
    session.lock().await.unwrap();
    let page = "https://bank.example/login";
    let wanted_for = OffersFor {
        place: at(page),
        kind: Kind::Login,
    };
    assert_eq!(
        session.offers(wanted_for).await.err(),
        Some(Trouble::Locked)
    );
    let filled = session.fillings(wanted(&id, at(page), None)).await;
    assert_eq!(filled, Err(Trouble::Locked));
}

#[tokio::test]
async fn what_was_sent_becomes_a_login_and_its_next_password_goes_there_too() {
    let (session, _) = with_login().await;
    let page = "https://shop.example:8443/sign-up?step=2";
    let new = sent(page, "asa@example.com", "first");
    let saving = session.submitted(&new).await.unwrap();
    assert_eq!(
        (saving.savable, saving.name.as_str()),
        (Savable::New, "shop.example")
    );
    let id = session.save_submitted(new.clone()).await.unwrap();
    let item = session.item(&id).await.unwrap();
    assert_eq!(item.content.urls, [address("https://shop.example:8443")]);
    assert_eq!(item.content.text(Field::Password), "first");
    assert_eq!(
        session.submitted(&new).await.unwrap().savable,
        Savable::Known
    );

    let next = sent(
        "https://shop.example:8443/password",
        "asa@example.com",
        "second",
    );
    let saving = session.submitted(&next).await.unwrap();
    assert_eq!(
        (saving.savable, saving.id.as_deref()),
        (Savable::Update, Some(id.as_str()))
    );
    session.save_submitted(next).await.unwrap();
    let item = session.item(&id).await.unwrap();
    assert_eq!(item.content.text(Field::Password), "second");
    assert_eq!(item.history[0].text, "first");
}

#[tokio::test]
async fn what_was_sent_from_nowhere_is_not_saved() {
    let (session, _) = with_login().await;
    let sent = sent("about:blank", "asa", "secret");
    assert_eq!(
        session.save_submitted(sent).await,
        Err(Trouble::MalformedInput)
    );
    assert_eq!(session.names().await.len(), 2);
}
