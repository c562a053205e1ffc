//! From "your account has no password yet" to a vault that is cleared: S16–S24.

use serde_json::json;
use sigill_core::wire::problem::Code;

use crate::browser::{Shown, TestBrowser};
use crate::device::TestDevice;
use crate::provider::{ASA, Person, TestProvider, query};
use crate::rig::TestService;
use crate::third_party::{NETWORK, rows, signed_in_by};
use crate::vaults::{TestVault, asked, cloud, confirm, confirmation};

on_each_database! {
    the_whole_way_ends_where_the_clearing_goes_on,
    another_identity_is_not_the_one_that_waits_and_nothing_is_created,
    without_a_hint_an_unknown_identity_creates_nothing,
    region_and_terms_come_first_and_are_asked_once,
    no_code_is_mailed_before_the_provider_asked_who_it_is,
    a_sign_in_at_the_provider_of_long_ago_is_not_fresh,
    another_person_at_the_provider_proves_nothing_here,
    an_address_of_another_account_is_never_merged,
    codes_are_counted_and_old_ones_dead,
    the_form_opens_for_the_browser_that_typed_the_code,
    passwords_that_will_not_do_change_nothing,
    once_a_password_exists_the_form_is_hidden,
    a_hint_is_good_in_one_browser_for_ten_minutes,
    opening_a_hint_changes_nothing_until_its_button_is_pressed,
    an_established_device_that_is_signed_out_keeps_no_hold_away,
    a_link_from_a_device_that_just_signed_in_is_held,
    the_address_that_the_provider_told_hears_of_a_link_to_another,
    choosing_a_password_keeps_what_was_to_be_deleted_without_one,
    a_forgotten_password_is_replaced_by_mail_and_held,
    a_factor_that_came_while_a_reset_waited_is_asked_for,
    a_forgotten_password_of_nobody_is_answered_alike_and_mails_nothing,
}

pub(crate) const CHOSEN: &str = "a chosen account password";

/// The portal, opened from the step that waits.
async fn sent_to_portal(service: &TestService, device: &TestDevice) -> (TestBrowser, Shown) {
    let body = json!({"place": "choose_password"});
    let hint = device
        .post("/v1/portal-hints", &body)
        .await
        .expect(201)
        .value();
    let browser = TestBrowser::new(service, NETWORK);
    let shown = browser.sent_to(&hint).await;
    (browser, shown.expect(200).says("Sign in with Example"))
}

const TO_PROVIDER: &str = "/portal/to/example";

async fn agree(browser: &TestBrowser) -> Shown {
    let agreed = [("region", "eu"), ("terms", "yes")];
    browser.submit("/portal/terms", &agreed).await.expect(200)
}

/// As far as the page that mails a code.
async fn proved(
    service: &TestService,
    provider: &TestProvider,
    device: &TestDevice,
) -> TestBrowser {
    let (browser, _) = sent_to_portal(service, device).await;
    let shown = browser.through(provider, (TO_PROVIDER, ASA)).await;
    shown.expect(200).says("Where do you live?");
    agree(&browser).await.says("Sign in again with Example");
    let shown = browser.through(provider, ("/portal/again", ASA)).await;
    shown
        .expect(200)
        .says("Mail me a code")
        .says("value=\"asa@example.com\"");
    browser
}

/// As far as the form.
pub(crate) async fn at_the_form(
    service: &TestService,
    provider: &TestProvider,
    device: &TestDevice,
) -> TestBrowser {
    let browser = proved(service, provider, device).await;
    let mail = [("email", ASA.email)];
    browser
        .submit("/portal/choose-password/mail", &mail)
        .await
        .expect(200);
    let code = service.code(ASA.email).await;
    let shown = browser
        .submit("/portal/choose-password/code", &[("code", &code)])
        .await;
    shown
        .expect(200)
        .says("Save changes")
        .says("value=\"asa@example.com\"");
    browser
}

pub(crate) async fn save(browser: &TestBrowser, password: &str, again: &str) -> Shown {
    let fields = [("password", password), ("again", again)];
    browser.submit("/portal/choose-password", &fields).await
}

async fn the_whole_way_ends_where_the_clearing_goes_on(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let mut laptop = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    service.pass(72 * 3_600);
    laptop.refresh().await;
    let phone = signed_in_by(&service, (&provider, ASA), "Phone").await;
    let mut vault = TestVault::new();
    vault.create(&laptop, 3).await;
    let ask = vault.clear_everywhere(&laptop);
    let answer = laptop.post("/v1/operations", &ask).await;
    assert_eq!(answer.refused(), Code::AccountNotLinked);
    let browser = at_the_form(&service, &provider, &laptop).await;
    let shown = save(&browser, CHOSEN, CHOSEN).await.expect(200);
    shown.says("Laptop waits for you").says(ASA.email);
    // The one that waits goes on; the other sessions ended.
    let account = laptop.get("/v1/account").await.expect(200).value();
    assert_eq!(account["standing"]["connection"], "linked");
    assert_eq!(account["email"], ASA.email);
    assert_eq!(phone.get("/v1/account").await.refused(), Code::SignedOut);
    let notice = service.newest_mail(ASA.email).await;
    assert_eq!(notice.subject, "Your Sigill account has a password now");
    let ask = vault.clear_everywhere(&laptop);
    let asked = asked(&laptop, &ask).await;
    let code = service.code(ASA.email).await;
    confirm(&laptop, &asked, &confirmation(&ask, &code))
        .await
        .expect(200);
    assert!(cloud(&laptop).await.vault.is_none());
    // The password signs in, and so does the provider.
    let another = service.device();
    another
        .try_sign_in(ASA.email, CHOSEN, "Tablet")
        .await
        .expect(201);
    let again = signed_in_by(&service, (&provider, ASA), "Phone").await;
    assert_eq!(again.account, laptop.account);
    assert_eq!(rows(&service, "accounts").await, 1);
}

async fn another_identity_is_not_the_one_that_waits_and_nothing_is_created(
    mut service: TestService,
) {
    let provider = TestProvider::beside(&mut service).await;
    let device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let bo = Person {
        subject: "bo",
        ..ASA
    };
    let (browser, _) = sent_to_portal(&service, &device).await;
    let shown = browser.through(&provider, (TO_PROVIDER, bo)).await;
    shown
        .expect(403)
        .says("This is not the account that waits.");
    assert_eq!(rows(&service, "accounts").await, 1);
    assert_eq!(rows(&service, "identities").await, 1);
    assert_eq!(rows(&service, "portal_sessions").await, 0);
    // Nor one that has an account of its own.
    signed_in_by(&service, (&provider, bo), "Laptop of Bo").await;
    browser.open("/portal/sign-in").await.expect(200);
    let shown = browser.through(&provider, (TO_PROVIDER, bo)).await;
    shown
        .expect(403)
        .says("This is not the account that waits.");
    assert_eq!(rows(&service, "portal_sessions").await, 0);
    // Nor one with a password.
    service.signed_in("cia@example.com").await;
    browser.open("/portal/sign-in").await.expect(200);
    let typed = [
        ("email", "cia@example.com"),
        ("password", crate::device::PASSWORD),
    ];
    let shown = browser.submit("/portal/sign-in", &typed).await;
    shown
        .expect(403)
        .says("This is not the account that waits.");
    // Then the right one.
    let shown = browser.through(&provider, (TO_PROVIDER, ASA)).await;
    shown.expect(200).says("Where do you live?");
}

async fn without_a_hint_an_unknown_identity_creates_nothing(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let browser = TestBrowser::new(&service, NETWORK);
    browser
        .open("/portal")
        .await
        .expect(200)
        .says("Sign in to your account");
    let shown = browser.through(&provider, (TO_PROVIDER, ASA)).await;
    shown
        .expect(403)
        .says("No Sigill account signs in with that.");
    for table in ["accounts", "identities", "portal_sessions", "devices"] {
        assert_eq!(rows(&service, table).await, 0, "{table}");
    }
}

async fn region_and_terms_come_first_and_are_asked_once(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let (browser, _) = sent_to_portal(&service, &device).await;
    browser
        .through(&provider, (TO_PROVIDER, ASA))
        .await
        .expect(200);
    for path in ["/portal", "/portal/choose-password", "/portal/devices"] {
        let shown = browser.get(path).await.expect(303);
        assert_eq!(shown.location(), "/portal/terms", "{path}");
    }
    browser.open("/portal/terms").await.expect(200);
    let shown = browser.post(
        "/portal/choose-password",
        &[("password", CHOSEN), ("again", CHOSEN)],
    );
    assert_eq!(shown.await.expect(303).location(), "/portal/terms");
    let shown = browser
        .post("/portal/choose-password/mail", &[("email", ASA.email)])
        .await;
    assert_eq!(shown.expect(303).location(), "/portal/terms");
    assert_eq!(service.deliver().await, 0);
    for wrong in [
        vec![("region", "eu")],
        vec![("region", "mars"), ("terms", "yes")],
        vec![("region", ""), ("terms", "yes")],
    ] {
        let shown = browser.post("/portal/terms", &wrong).await.expect(403);
        shown.says("Choose a region and accept the terms");
    }
    assert_eq!(rows(&service, "agreements").await, 0);
    agree(&browser).await.says("Sign in again with Example");
    let (browser, _) = sent_to_portal(&service, &device).await;
    let shown = browser.through(&provider, (TO_PROVIDER, ASA)).await;
    shown.expect(200).says("Sign in again with Example");
}

async fn no_code_is_mailed_before_the_provider_asked_who_it_is(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let (browser, _) = sent_to_portal(&service, &device).await;
    browser
        .through(&provider, (TO_PROVIDER, ASA))
        .await
        .expect(200);
    agree(&browser).await;
    let mail = [("email", ASA.email)];
    let shown = browser.submit("/portal/choose-password/mail", &mail).await;
    shown
        .says("Sign in again with Example")
        .says_nothing_of("Mail me a code");
    let shown = save(&browser, CHOSEN, CHOSEN).await;
    shown.says("Sign in again with Example");
    assert_eq!(service.deliver().await, 0);
    // The request asks the provider to ask.
    let onwards = browser
        .post("/portal/again", &[])
        .await
        .expect(200)
        .onwards();
    let asked = query(&onwards);
    assert_eq!((&*asked["prompt"], &*asked["max_age"]), ("login", "0"));
}

async fn a_sign_in_at_the_provider_of_long_ago_is_not_fresh(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let (browser, _) = sent_to_portal(&service, &device).await;
    browser
        .through(&provider, (TO_PROVIDER, ASA))
        .await
        .expect(200);
    agree(&browser).await;
    let long_ago = Person { ago: 300, ..ASA };
    let shown = browser
        .through(&provider, ("/portal/again", long_ago))
        .await;
    shown.expect(200).says("Sign in again with Example");
    provider.lies(|_, claims| {
        claims.as_object_mut().unwrap().remove("auth_time");
        crate::provider::Signing::Own
    });
    let shown = browser.through(&provider, ("/portal/again", ASA)).await;
    shown.expect(200).says("Sign in again with Example");
    // It leads back to the page that asked.
    for (then, title) in [("timeline", "Timeline"), ("delete", "Delete the account")] {
        let asks = browser.post("/portal/again", &[("then", then)]).await;
        let back = provider.signs_in(&asks.expect(200).onwards(), ASA);
        let shown = browser.open(&back).await.expect(200);
        shown
            .says(&format!("<h1>{title}</h1>"))
            .says("Sign in again with Example");
    }
    provider.lies(|_, _| crate::provider::Signing::Own);
    let just_now = Person { ago: 299, ..ASA };
    let shown = browser
        .through(&provider, ("/portal/again", just_now))
        .await;
    shown.expect(200).says("Mail me a code");
    // And it does not stay fresh.
    service.pass(1);
    let shown = browser
        .submit("/portal/choose-password/mail", &[("email", ASA.email)])
        .await;
    shown.says("Sign in again with Example");
    assert_eq!(service.deliver().await, 0);
}

async fn another_person_at_the_provider_proves_nothing_here(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let bo = Person {
        subject: "bo",
        ..ASA
    };
    signed_in_by(&service, (&provider, bo), "Laptop of Bo").await;
    let (browser, _) = sent_to_portal(&service, &device).await;
    browser
        .through(&provider, (TO_PROVIDER, ASA))
        .await
        .expect(200);
    agree(&browser).await;
    let shown = browser.through(&provider, ("/portal/again", bo)).await;
    shown
        .expect(403)
        .says("This is not the account that waits.");
    let shown = browser
        .submit("/portal/choose-password/mail", &[("email", ASA.email)])
        .await;
    shown.says("Sign in again with Example");
    assert_eq!(service.deliver().await, 0);
}

async fn an_address_of_another_account_is_never_merged(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let other = service.signed_in(ASA.email).await;
    let device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let browser = at_the_form(&service, &provider, &device).await;
    let shown = save(&browser, CHOSEN, CHOSEN).await.expect(409);
    shown.says("Another account has this address.");
    let account = device.get("/v1/account").await.expect(200).value();
    assert_eq!(account["standing"]["connection"], "third_party");
    other.get("/v1/account").await.expect(200);
    let stranger = service.device();
    let answer = stranger.try_sign_in(ASA.email, CHOSEN, "Laptop").await;
    assert_eq!(answer.refused(), Code::SignInRejected);
    // The same way with an address that is nobody's.
    let mail = [("email", "asa.berg@example.com")];
    browser
        .submit("/portal/choose-password/mail", &mail)
        .await
        .expect(200);
    let code = service.code("asa.berg@example.com").await;
    browser
        .submit("/portal/choose-password/code", &[("code", &code)])
        .await;
    save(&browser, CHOSEN, CHOSEN).await.expect(200);
    assert_eq!(rows(&service, "accounts").await, 2);
}

async fn codes_are_counted_and_old_ones_dead(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let browser = proved(&service, &provider, &device).await;
    let mail = [("email", ASA.email)];
    browser
        .submit("/portal/choose-password/mail", &mail)
        .await
        .expect(200);
    let first = service.code(ASA.email).await;
    browser
        .submit("/portal/choose-password/mail", &mail)
        .await
        .expect(200);
    let second = service.code(ASA.email).await;
    let shown = browser
        .submit("/portal/choose-password/code", &[("code", &first)])
        .await;
    shown.expect(403).says("4 tries left");
    // A code that was asked for anew refills nothing.
    browser
        .submit("/portal/choose-password/mail", &mail)
        .await
        .expect(200);
    let third = service.code(ASA.email).await;
    let shown = browser
        .submit("/portal/choose-password/code", &[("code", &second)])
        .await;
    shown.expect(403).says("3 tries left");
    service.pass(600);
    let shown = browser
        .submit("/portal/choose-password/code", &[("code", &third)])
        .await;
    assert!(
        shown.status == 410 || shown.html.contains("Sign in again"),
        "{}",
        shown.html
    );
    for _ in 0..4 {
        browser
            .submit("/portal/choose-password/code", &[("code", "0000 0000")])
            .await;
    }
    let shown = browser
        .submit("/portal/choose-password/code", &[("code", &third)])
        .await;
    shown.says_nothing_of("Save changes");
    assert_eq!(rows(&service, "portal_codes where tries > 5").await, 0);
    assert_eq!(rows(&service, "portal_codes where tries = 5").await, 1);
}

async fn the_form_opens_for_the_browser_that_typed_the_code(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let _asked = at_the_form(&service, &provider, &device).await;
    let (other, _) = sent_to_portal(&service, &device).await;
    other
        .through(&provider, (TO_PROVIDER, ASA))
        .await
        .expect(200);
    let shown = other.through(&provider, ("/portal/again", ASA)).await;
    shown.expect(200).says_nothing_of("Save changes");
    save(&other, CHOSEN, CHOSEN).await.says("Mail me a code");
    let account = device.get("/v1/account").await.expect(200).value();
    assert_eq!(account["standing"]["connection"], "third_party");
}

async fn passwords_that_will_not_do_change_nothing(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let browser = at_the_form(&service, &provider, &device).await;
    for (one, other, says) in [
        (CHOSEN, "another account password", "are not the same"),
        ("short", "short", "at least 10"),
        (
            "Password123",
            "Password123",
            "Many people use this password",
        ),
    ] {
        let shown = save(&browser, one, other).await;
        assert_eq!(shown.status, 400, "{}", shown.html);
        shown.says(says).says("Save changes").says_nothing_of(one);
    }
    let account = device.get("/v1/account").await.expect(200).value();
    assert_eq!(account["standing"]["connection"], "third_party");
    save(&browser, CHOSEN, CHOSEN).await.expect(200);
}

async fn once_a_password_exists_the_form_is_hidden(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let browser = at_the_form(&service, &provider, &device).await;
    save(&browser, CHOSEN, CHOSEN).await.expect(200);
    let shown = browser.open("/portal/choose-password").await.expect(200);
    shown
        .says("has an account password")
        .says_nothing_of("<form method=\"post\" action=\"/portal/choose-password");
    let shown = browser.open("/portal").await.expect(200);
    shown.says_nothing_of("href=\"/portal/choose-password\"");
    let other = "another account password";
    save(&browser, other, other).await.expect(409);
    let tablet = service.device();
    let answer = tablet.try_sign_in(ASA.email, other, "Tablet").await;
    assert_eq!(answer.refused(), Code::SignInRejected);
}

async fn a_hint_is_good_in_one_browser_for_ten_minutes(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let body = json!({"place": "choose_password"});
    let hint = device
        .post("/v1/portal-hints", &body)
        .await
        .expect(201)
        .value();
    let url = hint["url"].as_str().unwrap();
    let first = TestBrowser::new(&service, NETWORK);
    let second = TestBrowser::new(&service, NETWORK);
    first.sent_to(&hint).await.expect(200);
    first.sent_to(&hint).await.expect(200);
    second.open(url).await.expect(404);
    second.open("/portal/sign-in").await.expect(200);
    second.submit(url, &[]).await.expect(404);
    // It opens nothing by itself.
    assert_eq!(first.get("/portal").await.location(), "/portal/sign-in");
    let late = device
        .post("/v1/portal-hints", &body)
        .await
        .expect(201)
        .value();
    service.pass(600);
    second.open(late["url"].as_str().unwrap()).await.expect(404);
    first.open(url).await.expect(404);
    service.tidy().await;
    assert_eq!(rows(&service, "portal_hints").await, 0);
}

/// Whoever sends somebody an address does not decide which device stays.
async fn opening_a_hint_changes_nothing_until_its_button_is_pressed(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let thief = signed_in_by(&service, (&provider, ASA), "Thief").await;
    let body = json!({"place": "account"});
    let hint = thief.post("/v1/portal-hints", &body).await.expect(201);
    let hint = hint.value();
    let url = hint["url"].as_str().unwrap();
    let browser = at_the_form(&service, &provider, &device).await;
    let waits = "portal_sessions where waiting is not null";
    assert_eq!(rows(&service, waits).await, 1);
    service
        .sql("update portal_sessions set waiting = null")
        .await;
    let shown = browser.open(url).await.expect(200);
    shown.says("Thief").says("Go on from Thief");
    assert_eq!(rows(&service, waits).await, 0);
    let bound = "portal_hints where browser is not null";
    assert_eq!(rows(&service, bound).await, 0);
    browser.post_with(url, &[], "AAAA").await.expect(403);
    assert_eq!(rows(&service, waits).await, 0);
    assert_eq!(rows(&service, bound).await, 0);
    // Pressing it is saying so.
    browser.open(url).await.expect(200);
    browser.submit(url, &[]).await.expect(200);
    assert_eq!(rows(&service, waits).await, 1);
    save(&browser, CHOSEN, CHOSEN).await.expect(200);
    thief.get("/v1/account").await.expect(200);
    assert_eq!(device.get("/v1/account").await.refused(), Code::SignedOut);
}

async fn an_established_device_that_is_signed_out_keeps_no_hold_away(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let mut device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    service.pass(72 * 3_600);
    provider.set_clock(service.now());
    device.refresh().await;
    let browser = at_the_form(&service, &provider, &device).await;
    device.delete("/v1/sessions/current").await.expect(204);
    save(&browser, CHOSEN, CHOSEN).await.expect(200);
    assert_eq!(rows(&service, "timeline where event = 'held'").await, 1);
}

async fn a_link_from_a_device_that_just_signed_in_is_held(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let laptop = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let mut vault = TestVault::new();
    vault.create(&laptop, 1).await;
    let browser = at_the_form(&service, &provider, &laptop).await;
    save(&browser, CHOSEN, CHOSEN).await.expect(200);
    let ask = vault.clear_everywhere(&laptop);
    let answer = laptop.post("/v1/operations", &ask).await;
    assert_eq!(answer.refused(), Code::Held);
    // The mail and the page say what it was, and nothing of a reset.
    let mails = service.mails(ASA.email).await;
    let held = mails
        .iter()
        .find(|mail| mail.subject == "Your account has a password now, and dangerous actions wait");
    let text = &held.expect("a mail that says so").text;
    assert!(text.contains("by a device that had signed in less than 72 hours"));
    assert!(!text.contains("reset"), "{text}");
    browser.open("/portal/delete").await.expect(200);
    let shown = browser.submit("/portal/delete", &[]).await.expect(403);
    shown
        .says("by a device that had signed in less than 72 hours before")
        .says_nothing_of("reset");
}

/// Whoever has the session of the provider chooses an address of their own.
async fn the_address_that_the_provider_told_hears_of_a_link_to_another(mut service: TestService) {
    const THIEF: &str = "thief@example.com";
    const LINKED: &str = "Your Sigill account has a password now";
    const HELD: &str = "Your account has a password now, and dangerous actions wait";
    let provider = TestProvider::beside(&mut service).await;
    let device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let browser = proved(&service, &provider, &device).await;
    let mail = [("email", THIEF)];
    browser
        .submit("/portal/choose-password/mail", &mail)
        .await
        .expect(200);
    let code = service.code(THIEF).await;
    browser
        .submit("/portal/choose-password/code", &[("code", &code)])
        .await
        .expect(200);
    save(&browser, CHOSEN, CHOSEN).await.expect(200);
    for (to, says) in [
        (THIEF, "This address is the account’s"),
        (ASA.email, "with another address than this one"),
    ] {
        let mails = service.mails(to).await;
        let linked = mails.iter().find(|mail| mail.subject == LINKED);
        let text = &linked.expect(to).text;
        assert!(text.contains(says), "{text}");
        let held = mails.iter().filter(|mail| mail.subject == HELD);
        assert_eq!(held.count(), 1, "{to}");
    }
}

async fn choosing_a_password_keeps_what_was_to_be_deleted_without_one(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let laptop = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    service
        .sql("update accounts set delete_at = 4000000000")
        .await;
    let browser = at_the_form(&service, &provider, &laptop).await;
    save(&browser, CHOSEN, CHOSEN).await.expect(200);
    let goes = "select count(*) from accounts where delete_at > 0";
    assert_eq!(service.number(goes).await, 0);
    let kept = "select count(*) from timeline where event = 'deletion_cancelled'";
    assert_eq!(service.number(kept).await, 1);
}

/// A browser that typed the code of a forgotten password.
pub(crate) async fn forgot(service: &TestService, email: &str) -> TestBrowser {
    let browser = TestBrowser::new(service, NETWORK);
    browser.open("/portal/forgot").await.expect(200);
    let shown = browser
        .submit("/portal/forgot/mail", &[("email", email)])
        .await;
    shown.expect(200).says("is on its way there");
    browser
}

async fn replace(browser: &TestBrowser, password: &str) -> Shown {
    let fields = [("password", password), ("again", password)];
    browser.submit("/portal/forgot", &fields).await
}

async fn a_forgotten_password_is_replaced_by_mail_and_held(service: TestService) {
    let device = service.signed_in(ASA.email).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let ask = vault.clear_everywhere(&device);
    asked(&device, &ask).await;
    service.newest_mail(ASA.email).await; // its code's mail has left
    let browser = forgot(&service, ASA.email).await;
    replace(&browser, CHOSEN).await.says_nothing_of("is saved");
    let wrong = browser
        .submit("/portal/forgot/code", &[("code", "0000 0000")])
        .await;
    wrong.expect(403).says("4 tries left");
    let code = service.code(ASA.email).await;
    let shown = browser
        .submit("/portal/forgot/code", &[("code", &code)])
        .await;
    shown.expect(200).says("Save changes");
    // Another browser has nothing of it.
    let other = TestBrowser::new(&service, NETWORK);
    other
        .open("/portal/forgot")
        .await
        .expect(200)
        .says_nothing_of("Save changes");
    replace(&other, CHOSEN).await.says_nothing_of("is saved");
    replace(&browser, CHOSEN).await.expect(200).says("is saved");
    let mails = service.mails(ASA.email).await;
    let held = mails
        .iter()
        .find(|mail| mail.text.contains("was reset by mail"));
    held.expect("a mail that says why it waits");
    assert_eq!(device.get("/v1/account").await.refused(), Code::SignedOut);
    assert_eq!(
        rows(&service, "operations where state = 'pending'").await,
        0
    );
    let old = service.device();
    let answer = old
        .try_sign_in(ASA.email, crate::device::PASSWORD, "Laptop")
        .await;
    assert_eq!(answer.refused(), Code::SignInRejected);
    let mut thief = service.device();
    let session = thief
        .try_sign_in(ASA.email, CHOSEN, "Laptop")
        .await
        .expect(201);
    thief.take_session(&session.value());
    let answer = thief
        .post("/v1/operations", &vault.clear_everywhere(&thief))
        .await;
    assert_eq!(answer.refused(), Code::Held);
    // The code is good once.
    replace(&browser, "another account password")
        .await
        .says_nothing_of("is saved");
}

/// The owner turns two-factor authentication on just when somebody who reads the
/// mailbox presses the button.
async fn a_factor_that_came_while_a_reset_waited_is_asked_for(service: TestService) {
    if service.is_sqlite() {
        return;
    }
    let device = service.signed_in(ASA.email).await;
    let browser = forgot(&service, ASA.email).await;
    let code = service.code(ASA.email).await;
    let shown = browser
        .submit("/portal/forgot/code", &[("code", &code)])
        .await;
    shown.expect(200).says("Save changes");
    let change = "update accounts set second_factor = 'on'";
    let shown = service.overtaken(change, replace(&browser, CHOSEN)).await;
    shown.expect(403).says_nothing_of("is saved");
    device.get("/v1/account").await.expect(200);
    let reset = "timeline where event in ('held', 'password_changed')";
    assert_eq!(rows(&service, reset).await, 0);
}

async fn a_forgotten_password_of_nobody_is_answered_alike_and_mails_nothing(
    mut service: TestService,
) {
    let provider = TestProvider::beside(&mut service).await;
    service.signed_in("bo@example.com").await;
    signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let mut pages = Vec::new();
    for email in ["bo@example.com", ASA.email, "nobody@example.com"] {
        let browser = TestBrowser::new(&service, NETWORK);
        browser.open("/portal/forgot").await.expect(200);
        browser
            .post("/portal/forgot/mail", &[("email", email)])
            .await
            .expect(303);
        let shown = browser.get("/portal/forgot").await.expect(200);
        pages.push(shown.html.replace(email, "").replace(&browser.csrf(), ""));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0], pages[2]);
    assert_eq!(service.mails(ASA.email).await.len(), 0);
    assert_eq!(service.mails("nobody@example.com").await.len(), 0);
    service.code("bo@example.com").await;
}
