//! Accounts that sign in at a provider: issuer and subject decide, and a token
//! that proves less than everything proves nothing.

use serde_json::{Value, json};
use sigill_core::confirmation::action::{
    Action, ClearScope, RestoreReach, RestoreSource, Weakening,
};
use sigill_core::id::{GenerationId, Hash};
use sigill_core::wire::operation::Ask;
use sigill_core::wire::problem::Code;

use crate::browser::{Shown, TestBrowser};
use crate::device::TestDevice;
use crate::provider::{ASA, Lie, Person, Signing, TestProvider, encoded, query};
use crate::rig::TestService;
use crate::vaults::{TestVault, cloud};

on_each_database! {
    the_extensions_sign_in_makes_the_account_without_region_or_terms,
    the_same_identity_is_the_same_account_whatever_its_address,
    an_identity_without_its_account_signs_in_nowhere,
    a_provider_sign_in_beside_a_veto_fails_neither,
    a_provider_sign_in_reads_the_account_after_what_came_first,
    the_address_that_a_provider_tells_opens_no_account,
    every_dangerous_action_is_refused_before_any_mail,
    an_account_that_is_not_linked_mails_nobody_a_code_for_a_factor,
    a_token_that_lies_creates_nothing,
    a_callback_is_good_once,
    a_callback_is_good_only_in_the_browser_that_began,
    an_answer_of_another_issuer_is_refused,
    a_person_who_says_no_creates_nothing,
    a_provider_that_is_down_creates_nothing_and_sessions_go_on,
    keys_that_could_be_swapped_on_their_way_are_not_read,
    a_sign_in_is_its_devices_alone_and_dies_after_ten_minutes,
    a_lost_answer_can_be_had_again_until_its_token_was_used,
    the_tab_shows_the_devices_words_and_warns_of_another_network,
    a_provider_that_nobody_named_is_not_found,
}

pub(crate) const NETWORK: &str = "10.9.0.1";

/// A device that asks to be signed in, its browser, and what was answered.
pub(crate) struct Asking {
    pub(crate) device: TestDevice,
    pub(crate) browser: TestBrowser,
    pub(crate) begun: Value,
}

impl Asking {
    /// Path and query of the tab.
    pub(crate) fn tab(&self) -> &str {
        let url = self.begun["url"].as_str().unwrap();
        &url[url.find("/portal").unwrap()..]
    }

    /// The same without the query.
    pub(crate) fn button(&self) -> &str {
        self.tab().split('?').next().unwrap()
    }

    async fn progress(&self) -> crate::device::Answer {
        let id = self.begun["sign_in"].as_str().unwrap();
        self.device
            .touch(&format!("/v1/sign-ins/{id}/session"))
            .await
    }
}

pub(crate) async fn asking(service: &TestService, name: &str) -> Asking {
    let mut device = service.device();
    device.move_to(NETWORK);
    let body = json!({"provider": "example", "device_name": name, "language": "en"});
    let begun = device.post("/v1/sign-ins", &body).await.expect(201).value();
    Asking {
        device,
        browser: TestBrowser::new(service, NETWORK),
        begun,
    }
}

/// Opens the tab and presses its button: the address at the provider.
async fn at_the_provider(asking: &Asking) -> String {
    asking.browser.open(asking.tab()).await.expect(200);
    let shown = asking.browser.post(asking.button(), &[]).await;
    shown.expect(200).onwards()
}

/// Goes through the whole sign-in, and shows the last page.
pub(crate) async fn tries(asking: &Asking, provider: &TestProvider, person: Person) -> Shown {
    let onwards = at_the_provider(asking).await;
    asking
        .browser
        .open(&provider.signs_in(&onwards, person))
        .await
}

/// A device that is signed in by the provider.
pub(crate) async fn signed_in_by(
    service: &TestService,
    (provider, person): (&TestProvider, Person),
    name: &str,
) -> TestDevice {
    provider.set_clock(service.now());
    let mut asking = asking(service, name).await;
    let shown = tries(&asking, provider, person).await;
    shown.expect(200).says(&format!("{name} is signed in."));
    let progress = asking.progress().await.expect(200).value();
    assert_eq!(progress["state"], "signed_in");
    asking.device.take_session(&progress["session"]);
    asking.device
}

/// How many rows a table has.
pub(crate) async fn rows(service: &TestService, table: &str) -> i64 {
    use sqlx::{Connection, Row};
    let mut connection = sqlx::AnyConnection::connect(&service.config.database_url)
        .await
        .unwrap();
    let text = format!("select count(*) as n from {table}");
    let row = sqlx::query(sqlx::AssertSqlSafe(text))
        .fetch_one(&mut connection)
        .await
        .unwrap();
    row.get("n")
}

async fn nothing_was_created(service: &TestService) {
    for table in ["accounts", "identities", "sessions", "devices"] {
        assert_eq!(rows(service, table).await, 0, "{table}");
    }
}

async fn the_extensions_sign_in_makes_the_account_without_region_or_terms(
    mut service: TestService,
) {
    let provider = TestProvider::beside(&mut service).await;
    let answer = reqwest::get(format!("{}/v1/providers", service.url))
        .await
        .unwrap();
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(
        answer["providers"],
        json!([{"name": "example", "label": "Example"}])
    );
    let waiting = asking(&service, "Laptop").await;
    let progress = waiting.progress().await.expect(200).value();
    assert_eq!(progress, json!({"state": "waiting"}));
    let device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let account = device.get("/v1/account").await.expect(200).value();
    assert_eq!(account["standing"]["connection"], "third_party");
    assert_eq!(account["email"], "");
    assert_eq!(account["provider"], "Example");
    assert_eq!(rows(&service, "agreements").await, 0);
    TestVault::new().create(&device, 3).await;
    assert_eq!(cloud(&device).await.vault.unwrap().count, 3);
}

async fn the_same_identity_is_the_same_account_whatever_its_address(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let laptop = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let moved = Person {
        email: "other@example.com",
        ..ASA
    };
    let phone = signed_in_by(&service, (&provider, moved), "Phone").await;
    assert_eq!(laptop.account, phone.account);
    let another = Person {
        subject: "somebody-else",
        ..ASA
    };
    let other = signed_in_by(&service, (&provider, another), "Laptop").await;
    assert_ne!(laptop.account, other.account);
    assert_eq!(rows(&service, "accounts").await, 2);
}

/// Its account went just now.
async fn an_identity_without_its_account_signs_in_nowhere(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    signed_in_by(&service, (&provider, ASA), "Laptop").await;
    for gone in [
        "delete from sessions",
        "delete from devices",
        "delete from accounts",
    ] {
        service.sql(gone).await;
    }
    let browser = TestBrowser::new(&service, NETWORK);
    browser.open("/portal/sign-in").await.expect(200);
    let shown = browser
        .through(&provider, ("/portal/to/example", ASA))
        .await;
    shown.expect(403);
    let asking = asking(&service, "Phone").await;
    tries(&asking, &provider, ASA).await.expect(403);
    for table in ["sessions", "portal_sessions", "devices", "accounts"] {
        assert_eq!(rows(&service, table).await, 0, "{table}");
    }
}

/// A browser that is on its way back from the provider.
async fn on_its_way(service: &TestService, provider: &TestProvider) -> (TestBrowser, String) {
    let browser = TestBrowser::new(service, NETWORK);
    browser.open("/portal/sign-in").await.expect(200);
    let shown = browser.post("/portal/to/example", &[]).await;
    let back = provider.signs_in(&shown.expect(200).onwards(), ASA);
    (browser, back)
}

async fn a_provider_sign_in_beside_a_veto_fails_neither(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let mut device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    device.access = None;
    let veto = format!("/v1/alarms/{}/veto", device.account);
    service.pass(1);
    for _ in 0..8 {
        service.hold(device.account).await;
        let (browser, back) = on_its_way(&service, &provider).await;
        let (shown, vetoed) = tokio::join!(browser.get(&back), device.touch(&veto));
        vetoed.expect(204);
        shown.expect(303);
    }
    assert_eq!(rows(&service, "timeline where event = 'vetoed'").await, 8);
}

async fn a_provider_sign_in_reads_the_account_after_what_came_first(mut service: TestService) {
    if service.is_sqlite() {
        return;
    }
    let provider = TestProvider::beside(&mut service).await;
    signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let (browser, back) = on_its_way(&service, &provider).await;
    let change = "update accounts set second_factor = 'on'";
    let shown = service.overtaken(change, browser.get(&back)).await;
    shown.expect(403);
    assert_eq!(rows(&service, "portal_sessions").await, 0);
}

async fn the_address_that_a_provider_tells_opens_no_account(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let victim = service.signed_in(ASA.email).await;
    TestVault::new().create(&victim, 2).await;
    // The provider says `email_verified` of the victim's address.
    let thief = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    assert_ne!(thief.account, victim.account);
    assert!(cloud(&thief).await.vault.is_none());
    victim.get("/v1/account").await.expect(200);
    let account = thief.get("/v1/account").await.expect(200).value();
    assert_eq!(account["email"], "");
}

async fn every_dangerous_action_is_refused_before_any_mail(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let mut vault = TestVault::new();
    vault.create(&device, 2).await;
    let before = cloud(&device).await;
    let (replace, _) = vault.replace_cloud(&device).await;
    let source = RestoreSource::Cloud {
        generation: GenerationId([7; 16]),
    };
    let reach = RestoreReach::SameEpoch;
    let mut asks: Vec<Ask> = [
        Action::ClearVault {
            scope: ClearScope::ThisDevice,
        },
        Action::ClearVault {
            scope: ClearScope::Everywhere,
        },
        Action::ResetMasterPassword,
        Action::Restore { source, reach },
        Action::Weaken {
            what: Weakening::TurnSyncOff,
            parameters: Hash::NOTHING,
        },
    ]
    .map(|action| vault.ask(&device, action))
    .into();
    asks.push(replace);
    for ask in &asks {
        let answer = device.post("/v1/operations", ask).await;
        assert_eq!(
            answer.refused(),
            Code::AccountNotLinked,
            "{:?}",
            ask.request.action
        );
    }
    // Nor does it help to say otherwise.
    let mut forged = serde_json::to_value(&asks[0]).unwrap();
    forged["linked"] = json!(true);
    forged["required"] = json!([]);
    let answer = device.post("/v1/operations", &forged).await;
    assert!((400..500).contains(&answer.status), "{}", answer.body);
    assert_eq!(rows(&service, "operations").await, 0);
    assert_eq!(service.deliver().await, 0);
    assert_eq!(cloud(&device).await, before);
}

/// What is wrong with a token, and the lie.
const LIES: [(&str, Lie); 16] = [
    ("nonce", |_, claims| {
        claims["nonce"] = json!("another");
        Signing::Own
    }),
    ("no nonce", |_, claims| {
        claims.as_object_mut().unwrap().remove("nonce");
        Signing::Own
    }),
    ("audience", |_, claims| {
        claims["aud"] = json!("another-client");
        Signing::Own
    }),
    ("two audiences", |_, claims| {
        claims["aud"] = json!(["sigill", "another-client"]);
        Signing::Own
    }),
    ("no audience", |_, claims| {
        claims.as_object_mut().unwrap().remove("aud");
        Signing::Own
    }),
    ("authorized party", |_, claims| {
        claims["azp"] = json!("another-client");
        Signing::Own
    }),
    ("issuer", |_, claims| {
        claims["iss"] = json!("https://accounts.example.org");
        Signing::Own
    }),
    ("alg none, unsigned", |header, _| {
        header["alg"] = json!("none");
        Signing::None
    }),
    ("signature left out", |_, _| Signing::None),
    ("another key", |_, _| Signing::Stranger),
    ("a key that is not there", |header, _| {
        header["kid"] = json!("2");
        Signing::Stranger
    }),
    ("our own secret", |header, _| {
        header["alg"] = json!("HS256");
        header.as_object_mut().unwrap().remove("kid");
        Signing::ClientSecret
    }),
    ("expired", |_, claims| {
        claims["exp"] = json!(claims["iat"].as_u64().unwrap());
        Signing::Own
    }),
    ("issued tomorrow", |_, claims| {
        claims["iat"] = json!(claims["iat"].as_u64().unwrap() + 86_400);
        claims["exp"] = json!(claims["exp"].as_u64().unwrap() + 86_400);
        Signing::Own
    }),
    ("access token of another", |_, claims| {
        claims["at_hash"] = json!("AAAAAAAAAAAAAAAAAAAAAA");
        Signing::Own
    }),
    ("endless subject", |_, claims| {
        claims["sub"] = json!("x".repeat(256));
        Signing::Own
    }),
];

async fn an_account_that_is_not_linked_mails_nobody_a_code_for_a_factor(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let victim = "victim@example.com";
    for wish in [
        serde_json::json!({"kind": "email", "email": victim}),
        serde_json::json!({"kind": "phone", "number": "+46701234567"}),
        serde_json::json!({"kind": "authenticator"}),
    ] {
        let answer = device.post("/v1/enrolments", &wish).await;
        assert_eq!(answer.refused(), Code::AccountNotLinked, "{wish}");
    }
    assert!(service.mails(victim).await.is_empty());
}

async fn a_token_that_lies_creates_nothing(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    for (what, lie) in LIES {
        provider.lies(lie);
        let asking = asking(&service, "Laptop").await;
        let shown = tries(&asking, &provider, ASA).await;
        assert_eq!(shown.status, 403, "{what}: {}", shown.html);
        let shown = shown.says("proves nothing").says_nothing_of(ASA.email);
        drop(shown);
        assert_eq!(
            asking.progress().await.value()["state"],
            "waiting",
            "{what}"
        );
        nothing_was_created(&service).await;
    }
    provider.lies(|_, _| Signing::Own);
    signed_in_by(&service, (&provider, ASA), "Laptop").await;
}

async fn a_callback_is_good_once(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let first = asking(&service, "Laptop").await;
    let onwards = at_the_provider(&first).await;
    let back = provider.signs_in(&onwards, ASA);
    first.browser.open(&back).await.expect(200);
    first
        .browser
        .open(&back)
        .await
        .expect(403)
        .says("used before");
    // Its code with the state of another flow is of no use either.
    let second = asking(&service, "Laptop").await;
    let state = query(&at_the_provider(&second).await)["state"].clone();
    let spent = query(&back);
    let mixed = format!(
        "/portal/back/example?code={}&state={}&iss={}",
        spent["code"],
        encoded(&state),
        encoded(&spent["iss"])
    );
    second.browser.open(&mixed).await.expect(403);
    assert_eq!(second.progress().await.value()["state"], "waiting");
    // A code that was never used, injected into another flow, fails at PKCE.
    let third = asking(&service, "Laptop").await;
    let fresh = query(&provider.signs_in(&at_the_provider(&third).await, ASA));
    let fourth = asking(&service, "Laptop").await;
    let state = query(&at_the_provider(&fourth).await)["state"].clone();
    let injected = format!(
        "/portal/back/example?code={}&state={}&iss={}",
        fresh["code"],
        encoded(&state),
        encoded(&fresh["iss"])
    );
    fourth.browser.open(&injected).await.expect(403);
    assert_eq!(fourth.progress().await.value()["state"], "waiting");
    assert_eq!(rows(&service, "sessions").await, 1);
}

async fn a_callback_is_good_only_in_the_browser_that_began(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let victim = asking(&service, "Laptop").await;
    let back = provider.signs_in(&at_the_provider(&victim).await, ASA);
    let thief = TestBrowser::new(&service, NETWORK);
    thief.open(&back).await.expect(403).says("another browser");
    thief.open("/portal/sign-in").await.expect(200);
    thief.open(&back).await.expect(403).says("another browser");
    nothing_was_created(&service).await;
    for state in ["", "AAAA", &"A".repeat(64)] {
        let forged = format!("/portal/back/example?code=x&state={state}");
        victim.browser.open(&forged).await.expect(403);
    }
    victim.browser.open(&back).await.expect(200);
    // Nor after its ten minutes.
    let late = asking(&service, "Laptop").await;
    let back = provider.signs_in(&at_the_provider(&late).await, ASA);
    service.pass(600);
    late.browser.open(&back).await.expect(403);
}

async fn an_answer_of_another_issuer_is_refused(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    for change in [
        |back: &str| back[..back.find("&iss=").unwrap()].to_owned(),
        |back: &str| {
            let cut = back.find("&iss=").unwrap();
            format!(
                "{}&iss={}",
                &back[..cut],
                encoded("https://accounts.example.org")
            )
        },
        |back: &str| back.replace("/back/example", "/back/another"),
    ] {
        let asking = asking(&service, "Laptop").await;
        let back = provider.signs_in(&at_the_provider(&asking).await, ASA);
        asking.browser.open(&change(&back)).await.expect(403);
        nothing_was_created(&service).await;
    }
}

async fn a_person_who_says_no_creates_nothing(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let asking = asking(&service, "Laptop").await;
    let back = provider.signs_in(&at_the_provider(&asking).await, ASA);
    let refused = back.replace("?code=", "?error=access_denied&x=");
    let shown = asking.browser.open(&refused).await;
    shown.expect(403).says("You were not signed in");
    nothing_was_created(&service).await;
}

async fn a_provider_that_is_down_creates_nothing_and_sessions_go_on(mut service: TestService) {
    let mut provider = TestProvider::beside(&mut service).await;
    let mut device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    // Between the way there and the way back.
    let asking_one = asking(&service, "Phone").await;
    let back = provider.signs_in(&at_the_provider(&asking_one).await, ASA);
    provider.stop().await;
    let shown = asking_one.browser.open(&back).await;
    shown.expect(503).says("The provider does not answer");
    assert_eq!(asking_one.progress().await.value()["state"], "waiting");
    // Before the way there, where it was never found.
    service.restart().await;
    let asking_two = asking(&service, "Phone").await;
    asking_two.browser.open(asking_two.tab()).await.expect(200);
    let shown = asking_two.browser.post(asking_two.button(), &[]).await;
    shown.expect(503).says("your devices stay signed in");
    assert_eq!(rows(&service, "sessions").await, 1);
    assert_eq!(rows(&service, "accounts").await, 1);
    device.refresh().await;
    device.get("/v1/account").await.expect(200);
}

async fn a_sign_in_is_its_devices_alone_and_dies_after_ten_minutes(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let asking = asking(&service, "Laptop").await;
    tries(&asking, &provider, ASA).await.expect(200);
    let id = asking.begun["sign_in"].as_str().unwrap();
    let path = format!("/v1/sign-ins/{id}/session");
    let thief = service.device();
    assert_eq!(thief.touch(&path).await.refused(), Code::NotFound);
    let absent = format!("/v1/sign-ins/{}/session", "0".repeat(32));
    assert_eq!(thief.touch(&absent).await.refused(), Code::NotFound);
    // The tab is of no use any more.
    asking.browser.open(asking.tab()).await.expect(404);
    service.pass(600);
    assert_eq!(asking.progress().await.refused(), Code::NotFound);
    service.tidy().await;
    assert_eq!(rows(&service, "sign_ins").await, 0);
}

async fn a_lost_answer_can_be_had_again_until_its_token_was_used(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let mut asking = asking(&service, "Laptop").await;
    tries(&asking, &provider, ASA).await.expect(200);
    let lost = asking.progress().await.expect(200).value();
    let again = asking.progress().await.expect(200).value();
    assert_eq!(
        lost["session"]["refresh_token"],
        again["session"]["refresh_token"]
    );
    asking.device.take_session(&again["session"]);
    asking.device.refresh().await;
    let access = asking.device.access.take();
    assert_eq!(asking.progress().await.refused(), Code::NotFound);
    asking.device.access = access;
    asking.device.get("/v1/account").await.expect(200);
}

async fn the_tab_shows_the_devices_words_and_warns_of_another_network(mut service: TestService) {
    let _provider = TestProvider::beside(&mut service).await;
    let asking = asking(&service, "Laptop").await;
    let words: Vec<String> = serde_json::from_value(asking.begun["words"].clone()).unwrap();
    let shown = asking.browser.open(asking.tab()).await.expect(200);
    shown
        .says(&words.join(" "))
        .says("Laptop asks to be signed in with Example")
        .says_nothing_of("another network");
    let elsewhere = TestBrowser::new(&service, "10.77.0.1");
    elsewhere
        .open(asking.tab())
        .await
        .expect(200)
        .says("another network");
}

async fn a_provider_that_nobody_named_is_not_found(mut service: TestService) {
    let _provider = TestProvider::beside(&mut service).await;
    let device = service.device();
    let body = json!({"provider": "another", "device_name": "Laptop", "language": "en"});
    let answer = device.post("/v1/sign-ins", &body).await;
    assert_eq!(answer.refused(), Code::NotFound);
    let body = json!({"provider": "example", "device_name": "http://x.example", "language": "en"});
    let answer = device.post("/v1/sign-ins", &body).await;
    assert_eq!(answer.refused(), Code::MalformedDeviceName);
}

async fn keys_that_could_be_swapped_on_their_way_are_not_read(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    // The same place by a name that is not this machine's own: what comes from
    // there could be anybody's.
    let issuer = provider.issuer();
    let elsewhere = issuer.replace("127.0.0.1", "0.0.0.0");
    provider.names_keys_at(format!("{elsewhere}/jwks"));
    let asking = asking(&service, "Laptop").await;
    asking.browser.open(asking.tab()).await.expect(200);
    let shown = asking.browser.post(asking.button(), &[]).await;
    shown.expect(503).says("The provider does not answer.");
    assert_eq!(rows(&service, "oidc_flows").await, 0);
    provider.names_keys_at(format!("{issuer}/jwks"));
    tries(&asking, &provider, ASA).await.expect(200);
}
