//! The portal: sessions, forms, devices, what waits, undo.

use sigill_core::wire::problem::Code;

use crate::browser::{Shown, TestBrowser};
use crate::device::PASSWORD;
use crate::guards::{EMAIL, state, waiting};
use crate::provider::{ASA, Person, TestProvider};
use crate::rig::TestService;
use crate::third_party::{NETWORK, rows, signed_in_by};
use crate::vaults::{cloud, confirm, confirmation};

on_each_database! {
    address_and_password_sign_in_and_the_cookie_changes,
    a_wrong_password_says_what_an_unknown_address_does,
    a_session_ends_fifteen_minutes_after_its_last_use,
    what_a_session_asked_for_keeps_its_device_row_until_it_is_forgotten,
    signing_out_ends_it,
    a_form_of_another_browser_or_of_none_changes_nothing,
    pages_hold_no_script_and_answer_no_extension,
    no_page_takes_a_second_connection_while_it_holds_one,
    pages_are_in_the_language_that_was_chosen,
    devices_are_shown_and_signed_out,
    this_was_not_me_cancels_and_signs_the_device_out,
    this_was_not_me_said_twice_stands_in_the_timeline_once,
    terms_are_asked_again_when_they_change,
    what_was_displaced_is_shown_until_its_time_is_over,
    a_portal_session_is_no_device_session,
    nothing_of_a_cookie_is_stored,
}

pub(crate) async fn signed_in(service: &TestService) -> TestBrowser {
    let browser = TestBrowser::new(service, NETWORK);
    browser.open("/portal").await.expect(200);
    let typed = [("email", EMAIL), ("password", PASSWORD)];
    let shown = browser.submit("/portal/sign-in", &typed).await;
    shown.expect(200).says("<h1>Your account</h1>").says(EMAIL);
    browser
}

async fn address_and_password_sign_in_and_the_cookie_changes(service: TestService) {
    service.signed_in(EMAIL).await;
    let browser = TestBrowser::new(&service, NETWORK);
    let shown = browser.get("/portal/sign-in").await.expect(200);
    let set = shown.headers["set-cookie"].to_str().unwrap();
    assert!(
        set.starts_with("sigill=") && set.contains("HttpOnly; SameSite=Lax"),
        "{set}"
    );
    let before = browser.cookies();
    let typed = [("email", EMAIL), ("password", PASSWORD)];
    browser.submit("/portal/sign-in", &typed).await.expect(200);
    assert_ne!(browser.cookies(), before);
    // Whoever fixed the first cookie has nothing.
    let fixed = TestBrowser::new(&service, NETWORK);
    fixed.take_cookies(before);
    assert_eq!(
        fixed.get("/portal").await.expect(303).location(),
        "/portal/sign-in"
    );
}

async fn a_wrong_password_says_what_an_unknown_address_does(service: TestService) {
    service.signed_in(EMAIL).await;
    let browser = TestBrowser::new(&service, NETWORK);
    browser.open("/portal").await.expect(200);
    let mut pages = Vec::new();
    for (email, password) in [(EMAIL, "not the password"), ("bo@example.com", PASSWORD)] {
        let typed = [("email", email), ("password", password)];
        let shown = browser.submit("/portal/sign-in", &typed).await.expect(403);
        assert!(!shown.html.contains(password));
        pages.push(shown.html.replace(email, ""));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(rows(&service, "portal_sessions").await, 0);
}

async fn a_session_ends_fifteen_minutes_after_its_last_use(service: TestService) {
    service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    service.pass(899);
    browser.get("/portal").await.expect(200);
    service.pass(899);
    browser.get("/portal").await.expect(200);
    service.pass(900);
    assert_eq!(
        browser.get("/portal").await.expect(303).location(),
        "/portal/sign-in"
    );
    service.tidy().await;
    assert_eq!(rows(&service, "portal_sessions").await, 0);
    assert_eq!(rows(&service, "sessions").await, 1);
    assert_eq!(rows(&service, "devices").await, 1);
}

async fn what_a_session_asked_for_keeps_its_device_row_until_it_is_forgotten(service: TestService) {
    service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    browser.open("/portal/delete").await.expect(200);
    browser.submit("/portal/delete", &[]).await.expect(200);
    service.pass(900);
    service.tidy().await;
    assert_eq!(rows(&service, "sessions").await, 1);
    assert_eq!(rows(&service, "devices").await, 2);
    service.pass(90 * 86_400);
    service.tidy().await;
    service.tidy().await;
    assert_eq!(rows(&service, "operations").await, 0);
    assert_eq!(rows(&service, "devices").await, 1);
    assert_eq!(rows(&service, "portal_sessions").await, 0);
}

async fn signing_out_ends_it(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    let copied = browser.cookies();
    browser
        .submit("/portal/sign-out", &[])
        .await
        .expect(200)
        .says("Sign in to your account");
    let thief = TestBrowser::new(&service, NETWORK);
    thief.take_cookies(copied);
    thief.get("/portal").await.expect(303);
    device.get("/v1/account").await.expect(200);
}

async fn a_form_of_another_browser_or_of_none_changes_nothing(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    let other = TestBrowser::new(&service, NETWORK);
    other.open("/portal/sign-in").await.expect(200);
    let button = format!("/portal/devices/{}/sign-out", device.id());
    for csrf in ["", "AAAA", &other.csrf()] {
        browser
            .post_with(&button, &[], csrf)
            .await
            .expect(403)
            .says("was not opened in this browser");
    }
    device.get("/v1/account").await.expect(200);
    let typed = [("email", EMAIL), ("password", PASSWORD)];
    other
        .post_with("/portal/sign-in", &typed, &browser.csrf())
        .await
        .expect(403);
    // Without a cookie, as from another site.
    let none = TestBrowser::new(&service, NETWORK);
    none.post_with("/portal/sign-in", &typed, &other.csrf())
        .await
        .expect(403);
    assert_eq!(rows(&service, "portal_sessions").await, 1);
    browser.post(&button, &[]).await.expect(303);
    assert_eq!(device.get("/v1/account").await.refused(), Code::SignedOut);
}

const PAGES: [&str; 12] = [
    "/portal",
    "/portal/devices",
    "/portal/waiting",
    "/portal/undo",
    "/portal/choose-password",
    "/portal/two-factor",
    "/portal/email",
    "/portal/password",
    "/portal/providers",
    "/portal/timeline",
    "/portal/data",
    "/portal/delete",
];

/// Sends a form, and shows the page that follows.
async fn sends(browser: &TestBrowser, place: &str, typed: &[(&str, &str)]) -> Shown {
    let shown = browser.submit(place, typed).await;
    assert_eq!(shown.status, 200, "{place}: {}", shown.html);
    shown
}

async fn no_page_takes_a_second_connection_while_it_holds_one(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    service.signed_in(EMAIL).await;
    let waits = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    service.config.database_connections = 1;
    service.restart().await;
    let browser = signed_in(&service).await;
    for path in PAGES {
        browser.get(path).await.expect(200);
    }
    let typed = [("password", PASSWORD), ("then", "data")];
    sends(&browser, "/portal/read", &typed).await;
    for path in [
        "/portal/timeline",
        "/portal/timeline/file",
        "/portal/data/file",
    ] {
        browser.get(path).await.expect(200);
    }
    sends(&browser, "/portal/two-factor/authenticator", &[]).await;
    let typed = [("email", "asa@new.example")];
    sends(&browser, "/portal/email", &typed).await;
    let bo = Person {
        subject: "bo",
        ..ASA
    };
    let button = "/portal/providers/add/example";
    let shown = browser.through(&provider, (button, bo)).await;
    let shown = crate::protections::prove(&service, &browser, shown).await;
    drop(shown);
    sends(&browser, "/portal/sign-out", &[]).await;
    // The way to an account password, and to a deletion without one.
    let place = serde_json::json!({"place": "choose_password"});
    let hint = waits.post("/v1/portal-hints", &place).await.expect(201);
    let browser = TestBrowser::new(&service, NETWORK);
    let hint = hint.value();
    browser.open(hint["url"].as_str().unwrap()).await;
    sends(&browser, hint["url"].as_str().unwrap(), &[]).await;
    let button = "/portal/to/example";
    browser.through(&provider, (button, ASA)).await.expect(200);
    let agreed = [("region", "eu"), ("terms", "yes")];
    sends(&browser, "/portal/terms", &agreed).await;
    for path in PAGES {
        browser.get(path).await.expect(200);
    }
    browser.open("/portal/choose-password").await.expect(200);
    let again = ("/portal/again", ASA);
    browser.through(&provider, again).await.expect(200);
    let linking = "linked@example.com";
    for place in ["/portal/delete", "/portal/choose-password"] {
        sends(&browser, &format!("{place}/mail"), &[("email", linking)]).await;
        let to = if place == "/portal/delete" {
            ASA.email
        } else {
            linking
        };
        let code = service.code(to).await;
        sends(&browser, &format!("{place}/code"), &[("code", &code)]).await;
    }
    sends(&browser, "/portal/delete", &[]).await;
    sends(&browser, "/portal/delete/keep", &[]).await;
    let typed = [("password", PASSWORD), ("again", PASSWORD)];
    sends(&browser, "/portal/choose-password", &typed).await;
    // Forgotten again.
    let browser = crate::linking::forgot(&service, linking).await;
    let code = service.code(linking).await;
    sends(&browser, "/portal/forgot/code", &[("code", &code)]).await;
    sends(&browser, "/portal/forgot", &typed).await;
}

async fn pages_hold_no_script_and_answer_no_extension(service: TestService) {
    service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    for path in PAGES {
        let shown = browser.get(path).await.expect(200);
        let policy = shown.headers["content-security-policy"].to_str().unwrap();
        assert_eq!(
            policy,
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        );
        assert_eq!(shown.headers["cache-control"], "no-store");
        assert!(!shown.headers.contains_key("access-control-allow-origin"));
        for never in ["<script", "style=", "onclick", "javascript:"] {
            assert!(!shown.html.contains(never), "{path}: {never}");
        }
    }
    let client = reqwest::Client::new();
    let asked = client
        .request(reqwest::Method::OPTIONS, format!("{}/portal", service.url))
        .header("origin", "chrome-extension://abcdefghijklmnop")
        .header("access-control-request-method", "POST");
    let answer = asked.send().await.unwrap();
    assert!(!answer.headers().contains_key("access-control-allow-origin"));
}

async fn pages_are_in_the_language_that_was_chosen(service: TestService) {
    let browser = TestBrowser::new(&service, NETWORK);
    browser
        .get("/portal/sign-in")
        .await
        .says("<html lang=\"en\">");
    let shown = browser.get("/portal/sign-in?lang=sv").await;
    shown
        .says("<html lang=\"sv\">")
        .says("Logga in på ditt konto");
    browser
        .get("/portal/sign-in")
        .await
        .says("<html lang=\"sv\">");
    let shown = browser.get("/portal/sign-in?lang=en").await;
    shown.says("<html lang=\"en\">");
}

async fn devices_are_shown_and_signed_out(service: TestService) {
    let laptop = service.signed_in(EMAIL).await;
    let phone = service.another(EMAIL, "Phone <b>").await;
    let browser = signed_in(&service).await;
    let shown = browser.open("/portal/devices").await.expect(200);
    let shown = shown.says("Laptop").says("This visit to the portal");
    shown.says("Phone &#60;b&#62;").says_nothing_of("<b>");
    let button = format!("/portal/devices/{}/sign-out", phone.id());
    browser
        .submit(&button, &[])
        .await
        .expect(200)
        .says_nothing_of("Phone");
    assert_eq!(phone.get("/v1/account").await.refused(), Code::SignedOut);
    laptop.get("/v1/account").await.expect(200);
    let other = service.signed_in("bo@example.com").await;
    let button = format!("/portal/devices/{}/sign-out", other.id());
    browser.submit(&button, &[]).await.expect(404);
    other.get("/v1/account").await.expect(200);
}

async fn this_was_not_me_cancels_and_signs_the_device_out(service: TestService) {
    let (device, _, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let before = cloud(&device).await;
    let browser = signed_in(&service).await;
    browser
        .open("/portal")
        .await
        .says("1 action waits for its code");
    let shown = browser.open("/portal/waiting").await.expect(200);
    shown
        .says("Laptop asked to clear the vault on that device and in the cloud")
        .says(&asked.reference.join(" "))
        .says_nothing_of(&code);
    assert_eq!(state(&device, &asked).await, "pending");
    let button = format!("/portal/waiting/{}/not-me", asked.operation);
    browser
        .post(&button, &[])
        .await
        .expect(200)
        .says("It is cancelled");
    let answer = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(answer.refused(), Code::SignedOut);
    let again = service.another(EMAIL, "Tablet").await;
    assert_eq!(cloud(&again).await, before);
    browser
        .open("/portal/waiting")
        .await
        .says("Nothing waits for a code.");
    // Another account's is absent.
    let stranger = service.signed_in("bo@example.com").await;
    let mut vault = crate::vaults::TestVault::new();
    vault.create(&stranger, 1).await;
    let theirs = crate::vaults::asked(&stranger, &vault.clear_everywhere(&stranger)).await;
    let button = format!("/portal/waiting/{}/not-me", theirs.operation);
    browser.post(&button, &[]).await.expect(404);
    assert_eq!(state(&stranger, &theirs).await, "pending");
}

async fn this_was_not_me_said_twice_stands_in_the_timeline_once(service: TestService) {
    let (_, _, _, asked) = waiting(&service).await;
    let link = service.newest_mail(EMAIL).await.not_me();
    let browser = signed_in(&service).await;
    let button = format!("/portal/waiting/{}/not-me", asked.operation);
    for _ in 0..2 {
        browser.post(&button, &[]).await.expect(200);
        let by_mail = reqwest::Client::new().post(format!("{}{link}", service.url));
        assert_eq!(by_mail.send().await.unwrap().status(), 200);
    }
    let said = "select count(*) from timeline where event = 'not_me clear_everywhere'";
    assert_eq!(service.number(said).await, 1);
    let cancelled = "select count(*) from timeline where event = 'cancelled clear_everywhere'";
    assert_eq!(service.number(cancelled).await, 1);
}

async fn terms_are_asked_again_when_they_change(service: TestService) {
    service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    let agreed = [("region", "eu"), ("terms", "yes")];
    browser.open("/portal/terms").await.expect(200);
    browser.submit("/portal/terms", &agreed).await.expect(200);
    browser.get("/portal").await.expect(200);
    service.sql("update agreements set terms = 0").await;
    for path in ["/portal", "/portal/two-factor", "/portal/data"] {
        let shown = browser.get(path).await.expect(303);
        assert_eq!(shown.location(), "/portal/terms", "{path}");
    }
    let shown = browser.post("/portal/two-factor/authenticator", &[]).await;
    assert_eq!(shown.expect(303).location(), "/portal/terms");
    let shown = browser.open("/portal").await.expect(200);
    shown.says("The terms have changed since you accepted them.");
    browser.submit("/portal/terms", &agreed).await.expect(200);
    browser.get("/portal").await.expect(200);
}

async fn what_was_displaced_is_shown_until_its_time_is_over(service: TestService) {
    let (device, _, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    confirm(&device, &asked, &confirmation(&ask, &code))
        .await
        .expect(200);
    let browser = signed_in(&service).await;
    let shown = browser.open("/portal/undo").await.expect(200);
    shown
        .says("A vault of 2 entries")
        .says("Can come back until 2026-12-23 14:05 UTC");
    service.pass(30 * 86_400);
    let browser = signed_in(&service).await;
    browser
        .open("/portal/undo")
        .await
        .says("Nothing was displaced");
}

async fn a_portal_session_is_no_device_session(service: TestService) {
    service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    let cookie = browser.cookies()["sigill"].clone();
    let mut device = service.device();
    device.access = Some(cookie.clone());
    assert_eq!(device.get("/v1/account").await.refused(), Code::SignedOut);
    let answer = device.refresh_with(&cookie).await;
    assert_eq!(answer.refused(), Code::SignedOut);
}

async fn nothing_of_a_cookie_is_stored(service: TestService) {
    use base64::Engine;
    service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    let cookie = browser.cookies()["sigill"].clone();
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(&cookie)
        .unwrap();
    if service.config.database_url.starts_with("sqlite") {
        let stored = service.everything_stored().await;
        assert!(!stored.windows(32).any(|window| window == bytes));
        assert!(
            !stored
                .windows(cookie.len())
                .any(|window| window == cookie.as_bytes())
        );
        assert!(stored.len() > 1_000);
    }
}
