//! The ways that take seven days, for whoever lost a factor, the mailbox, the
//! provider or the password: each works, not a second too early, and anybody of
//! the account stops it.

use serde_json::json;
use sigill_core::confirmation::policy::{Connection, Profile, SecondFactor};
use sigill_core::confirmation::wait::Lost;
use sigill_core::wire::account::Waiting;
use sigill_core::wire::problem::Code;
use sigill_service::config::Delivery;
use tokio::net::TcpListener;

use crate::browser::{Shown, TestBrowser};
use crate::device::{PASSWORD, TestDevice};
use crate::factors::{NUMBER, with_phone};
use crate::guards::EMAIL;
use crate::proofs::standing;
use crate::provider::{ASA, Signing, TestProvider};
use crate::rig::{Mail, TestService};
use crate::third_party::{NETWORK, rows, signed_in_by};
use crate::vaults::TestVault;

on_each_database! {
    s34_two_factor_goes_off_after_seven_days_and_not_a_second_before,
    s36_another_address_takes_a_dead_ones_place_after_seven_days,
    s36_where_two_factor_is_on_the_factor_is_asked_for_and_no_device,
    s37_a_password_without_the_provider_is_good_after_seven_days,
    after_a_lost_provider_it_signs_in_no_more,
    a_forgotten_password_without_a_factor_is_replaced_after_seven_days_and_the_factor_stays,
    whoever_is_of_the_account_stops_it_for_a_lost_factor,
    whoever_is_of_the_account_stops_it_for_a_lost_address,
    whoever_is_of_the_account_stops_it_for_a_lost_provider,
    whoever_is_of_the_account_stops_it_for_a_lost_password,
    a_link_ends_its_own_asking_only,
    the_mailbox_alone_begins_nothing,
    the_password_alone_begins_nothing,
    a_young_device_begins_nothing,
    where_the_provider_tells_no_address_a_lost_provider_begins_nothing,
    asking_again_makes_it_no_sooner_and_changes_nothing,
    what_was_stopped_is_not_asked_for_again_from_there_for_seven_days,
    asking_in_turns_does_not_get_round_a_no,
    it_happens_once_however_often_and_after_a_restart,
    every_address_hears_of_its_beginning_the_day_before_and_its_end,
    nothing_falls_due_less_than_a_day_after_its_reminder,
    while_no_mail_server_takes_its_reminder_nothing_falls_due,
    a_device_that_came_while_it_waited_does_not_lift_the_hold,
    the_device_that_asked_does_not_lift_the_hold_of_its_effect,
    another_password_meanwhile_ends_it,
    a_device_that_is_signed_out_by_hand_takes_what_it_asked_for_along,
    an_address_that_somebody_got_meanwhile_is_not_taken,
    nothing_begins_while_a_hold_runs,
    a_code_of_before_a_change_begins_nothing,
    while_the_address_is_to_change_no_code_goes_to_the_old_one,
    once_a_year_the_address_is_asked_about,
}

pub(crate) const DAY: u64 = 86_400;
pub(crate) const WEEK: u64 = 7 * DAY;
pub(crate) const NEW: &str = "asa.ny@example.com";
pub(crate) const CHOSEN: &str = "a password after seven days";

/// Somebody who lost something, and a device that is still signed in.
pub(crate) struct Scene {
    lost: Lost,
    pub(crate) device: TestDevice,
    pub(crate) provider: Option<TestProvider>,
}

async fn established(service: &TestService, device: &mut TestDevice) {
    service.pass(3 * DAY);
    device.refresh().await;
}

/// Six days, and its reminder leaves; then the seventh.
pub(crate) async fn week(service: &TestService) {
    all_but_a_second(service).await;
    service.pass(1);
    service.tidy().await;
}

/// The same up to its last second.
async fn all_but_a_second(service: &TestService) {
    service.pass(6 * DAY);
    service.tidy().await;
    service.deliver().await;
    service.pass(DAY - 1);
    service.tidy().await;
}

impl Scene {
    pub(crate) async fn of(service: &mut TestService, lost: Lost) -> Self {
        let mut provider = None;
        let mut device = match lost {
            Lost::Factor | Lost::Password => with_phone(service, Profile::Standard).await.0,
            Lost::Address => service.signed_in(EMAIL).await,
            Lost::Provider => {
                let there = TestProvider::beside(service).await;
                let device = signed_in_by(service, (&there, ASA), "Laptop").await;
                provider = Some(there);
                device
            }
        };
        established(service, &mut device).await;
        Self {
            lost,
            device,
            provider,
        }
    }

    /// Goes the way to its end: it has begun.
    pub(crate) async fn begin(&self, service: &TestService) {
        let shown = match self.lost {
            Lost::Factor => ask_factor(service, &TestBrowser::new(service, NETWORK)).await,
            Lost::Address => {
                ask_address(service, &signed_in_from(service, &self.device).await).await
            }
            Lost::Provider => ask_provider(service, &sent_from(service, &self.device).await).await,
            Lost::Password => ask_password(service, &TestBrowser::new(service, NETWORK)).await,
        };
        let until = Waiting {
            lost: self.lost,
            until: service.now() + WEEK,
        };
        shown.expect(200).says("It has begun");
        assert_eq!(standing(&self.device).await.waits, [until]);
    }

    pub(crate) fn addresses(&self) -> &'static [&'static str] {
        match self.lost {
            Lost::Factor | Lost::Password => &[EMAIL],
            Lost::Address => &[EMAIL, NEW],
            Lost::Provider => &[ASA.email],
        }
    }

    pub(crate) async fn happened(&self, service: &TestService) -> i64 {
        let event = format!("timeline where event = 'lost_{}_done'", self.lost.word());
        rows(service, &event).await
    }

    async fn stopped(&self, service: &TestService) -> i64 {
        let event = format!("timeline where event = 'lost_{}_stopped'", self.lost.word());
        rows(service, &event).await
    }
}

/// A browser that a device sent here, not signed in.
async fn sent_from(service: &TestService, device: &TestDevice) -> TestBrowser {
    let body = json!({"place": "account"});
    let hint = device.post("/v1/portal-hints", &body).await;
    let hint = hint.expect(201).value();
    let browser = TestBrowser::new(service, NETWORK);
    browser.sent_to(&hint).await.expect(200);
    browser
}

/// The same, signed in by the password.
async fn signed_in_from(service: &TestService, device: &TestDevice) -> TestBrowser {
    let browser = sent_from(service, device).await;
    let typed = [("email", EMAIL), ("password", PASSWORD)];
    let shown = browser.submit("/portal/sign-in", &typed).await;
    shown.expect(200).says("<h1>Your account</h1>");
    browser
}

async fn ask_factor(service: &TestService, browser: &TestBrowser) -> Shown {
    let shown = browser.open("/portal/lost/factor").await.expect(200);
    shown.says("Look for your authenticator or a backup code first");
    let typed = [("email", EMAIL), ("password", PASSWORD)];
    let shown = browser.submit("/portal/lost/factor/mail", &typed).await;
    shown.expect(200).says("Begin the seven days");
    let code = service.code(EMAIL).await;
    browser
        .submit("/portal/lost/factor/code", &[("code", &code)])
        .await
}

async fn ask_address(service: &TestService, browser: &TestBrowser) -> Shown {
    let shown = browser.open("/portal/email").await.expect(200);
    browser.open(&shown.link("/portal/lost/")).await.expect(200);
    let typed = [("email", NEW), ("password", PASSWORD)];
    let shown = browser.submit("/portal/lost/address/mail", &typed).await;
    shown.expect(200).says("Begin the seven days").says(NEW);
    let code = service.code(NEW).await;
    browser
        .submit("/portal/lost/address/code", &[("code", &code)])
        .await
}

async fn ask_provider(service: &TestService, browser: &TestBrowser) -> Shown {
    let shown = browser.open("/portal/sign-in").await.expect(200);
    let shown = browser.open(&shown.link("/portal/lost/")).await.expect(200);
    shown.says(ASA.email);
    let typed = [("email", "thief@example.com")];
    let shown = browser.submit("/portal/lost/provider/mail", &typed).await;
    shown.expect(200).says(ASA.email);
    let code = service.code(ASA.email).await;
    let typed = [("code", &*code)];
    let shown = browser.submit("/portal/lost/provider/code", &typed).await;
    shown.expect(200).says("Choose the account password");
    let chosen = [
        ("password", CHOSEN),
        ("again", CHOSEN),
        ("region", "eu"),
        ("terms", "yes"),
    ];
    browser.submit("/portal/lost/provider", &chosen).await
}

pub(crate) async fn ask_password(service: &TestService, browser: &TestBrowser) -> Shown {
    browser.open("/portal/forgot").await.expect(200);
    let shown = browser.submit("/portal/forgot/mail", &[("email", EMAIL)]);
    shown.await.expect(200);
    let code = service.code(EMAIL).await;
    let typed = [("code", &*code)];
    let shown = browser.submit("/portal/forgot/code", &typed);
    shown.await.expect(200).says_nothing_of("/portal/lost/");
    let chosen = [("password", CHOSEN), ("again", CHOSEN)];
    let shown = browser.submit("/portal/forgot", &chosen).await;
    let there = shown.expect(403).link("/portal/lost/");
    let shown = browser.open(&there).await.expect(200);
    shown.says("The second factor stays on");
    browser.submit("/portal/lost/password", &chosen).await
}

async fn s34_two_factor_goes_off_after_seven_days_and_not_a_second_before(
    mut service: TestService,
) {
    let mut scene = Scene::of(&mut service, Lost::Factor).await;
    scene.begin(&service).await;
    all_but_a_second(&service).await;
    scene.device.refresh().await;
    let before = standing(&scene.device).await;
    assert_eq!(before.standing.second_factor, SecondFactor::On);
    service.pass(1);
    service.tidy().await;
    let after = standing(&scene.device).await;
    assert_eq!(after.standing.second_factor, SecondFactor::Off);
    assert!(after.waits.is_empty());
    assert_eq!(after.held_until, Some(service.now() + 3 * DAY));
    for table in ["factors", "backup_codes"] {
        assert_eq!(rows(&service, table).await, 0, "{table}");
    }
    let new = service.device();
    new.try_sign_in(EMAIL, PASSWORD, "New").await.expect(201);
}

async fn s36_another_address_takes_a_dead_ones_place_after_seven_days(mut service: TestService) {
    let mut scene = Scene::of(&mut service, Lost::Address).await;
    scene.begin(&service).await;
    all_but_a_second(&service).await;
    scene.device.refresh().await;
    assert_eq!(standing(&scene.device).await.email, EMAIL);
    service.pass(1);
    service.tidy().await;
    let after = standing(&scene.device).await;
    assert_eq!(after.email, NEW);
    assert_eq!(after.held_until, Some(service.now() + 3 * DAY));
    let new = service.device();
    new.try_sign_in(NEW, PASSWORD, "New").await.expect(201);
}

async fn s36_where_two_factor_is_on_the_factor_is_asked_for_and_no_device(service: TestService) {
    let (mut device, _) = with_phone(&service, Profile::Standard).await;
    let browser = TestBrowser::new(&service, NETWORK);
    browser.open("/portal").await.expect(200);
    let typed = [("email", EMAIL), ("password", PASSWORD)];
    browser.submit("/portal/sign-in", &typed).await.expect(403);
    let code = service.code(NUMBER).await;
    let typed = [typed[0], typed[1], ("second_factor", &*code)];
    browser.submit("/portal/sign-in", &typed).await.expect(200);
    browser.open("/portal/lost/address").await.expect(200);
    service.pass(60);
    let typed = [("email", NEW), ("password", PASSWORD)];
    let shown = browser.submit("/portal/lost/address/mail", &typed).await;
    shown.expect(403).says("second_factor");
    assert!(service.mails(NEW).await.is_empty());
    let code = service.code(NUMBER).await;
    let typed = [typed[0], typed[1], ("second_factor", &*code)];
    let shown = browser.submit("/portal/lost/address/mail", &typed).await;
    shown.expect(200).says("Begin the seven days");
    let code = service.code(NEW).await;
    let typed = [("code", &*code)];
    let shown = browser.submit("/portal/lost/address/code", &typed);
    shown.await.expect(200).says("It has begun");
    week(&service).await;
    device.refresh().await;
    assert_eq!(standing(&device).await.email, NEW);
}

async fn s37_a_password_without_the_provider_is_good_after_seven_days(mut service: TestService) {
    let mut scene = Scene::of(&mut service, Lost::Provider).await;
    let provider = scene.provider.as_ref().unwrap();
    signed_in_by(&service, (provider, ASA), "Thief").await;
    scene.begin(&service).await;
    assert!(service.mails("thief@example.com").await.is_empty());
    all_but_a_second(&service).await;
    let early = service.device();
    let answer = early.try_sign_in(ASA.email, CHOSEN, "New").await;
    assert_eq!(answer.refused(), Code::SignInRejected);
    service.pass(1);
    service.tidy().await;
    scene.device.refresh().await;
    let after = standing(&scene.device).await;
    assert_eq!(after.standing.connection, Connection::Linked);
    assert_eq!(after.email, ASA.email);
    assert_eq!(after.held_until, Some(service.now() + 3 * DAY));
    assert_eq!(after.devices.len(), 1, "who came by the provider is out");
    let new = service.device();
    new.try_sign_in(ASA.email, CHOSEN, "New").await.expect(201);
}

/// Whoever has the account at the provider now is not who had it.
async fn after_a_lost_provider_it_signs_in_no_more(mut service: TestService) {
    let mut scene = Scene::of(&mut service, Lost::Provider).await;
    scene.begin(&service).await;
    week(&service).await;
    scene.device.refresh().await;
    assert_eq!(rows(&service, "identities").await, 0);
    let there = scene.provider.as_ref().unwrap();
    there.set_clock(service.now());
    let thief = TestBrowser::new(&service, "10.9.9.9");
    thief.open("/portal/sign-in").await.expect(200);
    let shown = thief.through(there, ("/portal/to/example", ASA)).await;
    shown.expect(403).says_nothing_of("<h1>Your account</h1>");
    let stays = standing(&scene.device).await;
    assert_eq!(stays.devices.len(), 1, "nobody came, and nobody is out");
}

async fn a_forgotten_password_without_a_factor_is_replaced_after_seven_days_and_the_factor_stays(
    mut service: TestService,
) {
    let mut scene = Scene::of(&mut service, Lost::Password).await;
    scene.begin(&service).await;
    all_but_a_second(&service).await;
    let early = service.device();
    let answer = early.try_sign_in(EMAIL, CHOSEN, "New").await;
    assert_eq!(answer.refused(), Code::SignInRejected);
    service.pass(1);
    service.tidy().await;
    scene.device.refresh().await;
    let after = standing(&scene.device).await;
    assert_eq!(after.standing.second_factor, SecondFactor::On);
    assert_eq!(after.held_until, Some(service.now() + 3 * DAY));
    let new = service.device();
    let answer = new.try_sign_in(EMAIL, CHOSEN, "New").await;
    assert_eq!(answer.refused(), Code::SecondFactorNeeded);
}

/// Path and query of the link that stops it.
pub(crate) fn link_of(mail: &Mail) -> String {
    let begin = mail.text.find("/stop/").expect("a link in the mail");
    let words = mail.text[begin..].split_whitespace();
    words.into_iter().next().unwrap().to_owned()
}

/// Its week goes by, and nothing happens.
async fn never(service: &TestService, scene: &mut Scene) {
    assert!(standing(&scene.device).await.waits.is_empty());
    week(service).await;
    scene.device.refresh().await;
    assert_eq!(scene.happened(service).await, 0);
    assert_eq!(standing(&scene.device).await.held_until, None);
}

/// A device, and a reader of each address, say no to one asking after the other.
async fn stopped_by_each(mut service: TestService, lost: Lost) {
    let mut scene = Scene::of(&mut service, lost).await;
    scene.begin(&service).await;
    let path = format!("/v1/waits/{}/stop", lost.word());
    for _ in 0..2 {
        scene.device.touch(&path).await.expect(204);
    }
    assert_eq!(scene.stopped(&service).await, 1, "twice is once");
    never(&service, &mut scene).await;
    for address in scene.addresses() {
        scene.begin(&service).await;
        let mail = service.newest_mail(address).await;
        assert_eq!(
            mail.subject,
            "Your Sigill account is to change in seven days"
        );
        let link = link_of(&mail);
        let reader = TestBrowser::new(&service, "10.9.9.9");
        reader.get(&link).await.expect(200).says("Stop this");
        assert_eq!(standing(&scene.device).await.waits.len(), 1);
        for other in [
            "/stop/AAAA",
            "/stop/%00",
            &link.replace("/stop/", "/stop/A"),
        ] {
            reader.get(other).await.expect(404);
        }
        reader.post(&link, &[]).await.expect(200).says("Stopped.");
        reader.post(&link, &[]).await.expect(404);
        let told = service.newest_mail(address).await;
        assert_eq!(told.subject, "Your Sigill account stays as it is");
        never(&service, &mut scene).await;
    }
}

async fn whoever_is_of_the_account_stops_it_for_a_lost_factor(service: TestService) {
    stopped_by_each(service, Lost::Factor).await;
}

async fn whoever_is_of_the_account_stops_it_for_a_lost_address(service: TestService) {
    stopped_by_each(service, Lost::Address).await;
}

async fn whoever_is_of_the_account_stops_it_for_a_lost_provider(service: TestService) {
    stopped_by_each(service, Lost::Provider).await;
}

async fn whoever_is_of_the_account_stops_it_for_a_lost_password(service: TestService) {
    stopped_by_each(service, Lost::Password).await;
}

/// The one it was about was stopped, and another begun, just when it was pressed.
async fn a_link_ends_its_own_asking_only(mut service: TestService) {
    let scene = Scene::of(&mut service, Lost::Factor).await;
    scene.begin(&service).await;
    let link = link_of(&service.newest_mail(EMAIL).await);
    let reader = TestBrowser::new(&service, "10.9.9.9");
    reader.get(&link).await.expect(200);
    let another = "update waits set id = '0123456789abcdef'";
    if service.is_sqlite() {
        service
            .sql("update waits set id = cast('0123456789abcdef' as blob)")
            .await;
        reader.post(&link, &[]).await.expect(404);
    } else {
        let press = reader.post(&link, &[]);
        service.overtaken(another, press).await.expect(404);
    }
    assert_eq!(rows(&service, "waits where state = 'waits'").await, 1);
    assert_eq!(scene.stopped(&service).await, 0);
}

/// Every form of these ways, sent without what has to come before.
async fn forms(browser: &TestBrowser, password: &str) {
    for (place, typed) in [
        (
            "factor/mail",
            &[("email", EMAIL), ("password", password)][..],
        ),
        ("factor/code", &[("code", "1234 5678")]),
        ("address/mail", &[("email", NEW), ("password", password)]),
        ("address/code", &[("code", "1234 5678")]),
        ("provider/mail", &[("email", NEW)]),
        ("provider/code", &[("code", "1234 5678")]),
        (
            "provider",
            &[
                ("password", CHOSEN),
                ("again", CHOSEN),
                ("region", "eu"),
                ("terms", "yes"),
            ],
        ),
        ("password", &[("password", CHOSEN), ("again", CHOSEN)]),
    ] {
        let shown = browser
            .submit(&format!("/portal/lost/{place}"), typed)
            .await;
        shown.says_nothing_of("It has begun");
    }
}

async fn the_mailbox_alone_begins_nothing(service: TestService) {
    let (device, _) = with_phone(&service, Profile::Standard).await;
    let browser = TestBrowser::new(&service, NETWORK);
    browser.open("/portal/lost/factor").await.expect(200);
    let before = service.mails(EMAIL).await.len();
    forms(&browser, "not the account password").await;
    assert_eq!(service.mails(EMAIL).await.len(), before);
    assert!(service.mails(NEW).await.is_empty());
    assert_eq!(rows(&service, "waits").await, 0);
    assert!(standing(&device).await.waits.is_empty());
}

async fn the_password_alone_begins_nothing(service: TestService) {
    service.signed_in(EMAIL).await;
    // Without a second factor: an established device is missing.
    let browser = TestBrowser::new(&service, NETWORK);
    browser.open("/portal").await.expect(200);
    let typed = [("email", EMAIL), ("password", PASSWORD)];
    browser.submit("/portal/sign-in", &typed).await.expect(200);
    let shown = browser.open("/portal/lost/address").await.expect(200);
    shown.says("for at least three days");
    forms(&browser, PASSWORD).await;
    assert!(service.mails(NEW).await.is_empty());
    assert_eq!(rows(&service, "waits").await, 0);
}

async fn a_young_device_begins_nothing(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let mut young = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    service.pass(3 * DAY - 1);
    young.refresh().await;
    let browser = sent_from(&service, &young).await;
    let shown = browser.open("/portal/lost/provider").await.expect(200);
    shown.says("for at least three days");
    forms(&browser, PASSWORD).await;
    assert!(service.mails(ASA.email).await.is_empty());
    let mut device = service.signed_in(EMAIL).await;
    service.pass(3 * DAY - 1);
    device.refresh().await;
    let browser = signed_in_from(&service, &device).await;
    forms(&browser, PASSWORD).await;
    assert!(service.mails(NEW).await.is_empty());
    assert_eq!(rows(&service, "waits").await, 0);
}

/// Whoever sits at the device chooses no address that could say so.
async fn where_the_provider_tells_no_address_a_lost_provider_begins_nothing(
    mut service: TestService,
) {
    let provider = TestProvider::beside(&mut service).await;
    provider.lies(|_, claims| {
        claims.as_object_mut().unwrap().remove("email");
        Signing::Own
    });
    let mut device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    established(&service, &mut device).await;
    let browser = sent_from(&service, &device).await;
    let shown = browser.open("/portal/lost/provider").await.expect(200);
    shown
        .says("Your provider told us no address")
        .says_nothing_of("/portal/lost/provider/mail");
    let thief = "thief@example.com";
    let typed = [("email", thief)];
    let shown = browser.submit("/portal/lost/provider/mail", &typed).await;
    shown.expect(403).says("Your provider told us no address");
    assert!(service.mails(thief).await.is_empty());
    assert_eq!(rows(&service, "portal_codes").await, 0);
    forms(&browser, PASSWORD).await;
    assert_eq!(rows(&service, "waits").await, 0);
}

async fn asking_again_makes_it_no_sooner_and_changes_nothing(mut service: TestService) {
    let mut scene = Scene::of(&mut service, Lost::Factor).await;
    scene.begin(&service).await;
    let until = standing(&scene.device).await.waits;
    for _ in 0..3 {
        service.pass(2 * DAY);
        service.tidy().await;
        let browser = TestBrowser::new(&service, NETWORK);
        browser.open("/portal/lost/factor").await.expect(200);
        let before = service.mails(EMAIL).await.len();
        let typed = [("email", EMAIL), ("password", PASSWORD)];
        let shown = browser.submit("/portal/lost/factor/mail", &typed).await;
        shown
            .expect(409)
            .says("Asking again does not make it sooner");
        assert_eq!(service.mails(EMAIL).await.len(), before);
        scene.device.refresh().await;
        assert_eq!(standing(&scene.device).await.waits, until);
    }
    service.deliver().await;
    service.pass(DAY - 1);
    service.tidy().await;
    assert_eq!(scene.happened(&service).await, 0);
    service.pass(1);
    service.tidy().await;
    assert_eq!(scene.happened(&service).await, 1);
}

async fn what_was_stopped_is_not_asked_for_again_from_there_for_seven_days(
    mut service: TestService,
) {
    let mut scene = Scene::of(&mut service, Lost::Address).await;
    scene.begin(&service).await;
    scene
        .device
        .touch("/v1/waits/address/stop")
        .await
        .expect(204);
    for pass in [1, WEEK - 2] {
        service.pass(pass);
        scene.device.refresh().await;
        let browser = signed_in_from(&service, &scene.device).await;
        browser.open("/portal/lost/address").await.expect(200);
        let typed = [("email", NEW), ("password", PASSWORD)];
        let shown = browser.submit("/portal/lost/address/mail", &typed).await;
        shown.expect(403).says("stopped it a short while ago");
    }
    service.pass(1);
    scene.begin(&service).await;
}

/// A device, and a browser that no device sent, each of the same thief.
async fn asking_in_turns_does_not_get_round_a_no(mut service: TestService) {
    let mut scene = Scene::of(&mut service, Lost::Factor).await;
    let stop = "/v1/waits/factor/stop";
    let sent = sent_from(&service, &scene.device).await;
    ask_factor(&service, &sent).await.says("It has begun");
    scene.device.touch(stop).await.expect(204);
    service.pass(DAY);
    scene.device.refresh().await;
    scene.begin(&service).await;
    scene.device.touch(stop).await.expect(204);
    service.pass(DAY);
    scene.device.refresh().await;
    let before = service.mails(EMAIL).await.len();
    for browser in [
        sent_from(&service, &scene.device).await,
        TestBrowser::new(&service, NETWORK),
    ] {
        browser.open("/portal/lost/factor").await.expect(200);
        let typed = [("email", EMAIL), ("password", PASSWORD)];
        let shown = browser.submit("/portal/lost/factor/mail", &typed).await;
        shown.expect(403).says("stopped it a short while ago");
    }
    assert_eq!(service.mails(EMAIL).await.len(), before);
}

async fn it_happens_once_however_often_and_after_a_restart(mut service: TestService) {
    let scene = Scene::of(&mut service, Lost::Factor).await;
    scene.begin(&service).await;
    service.mails(EMAIL).await;
    all_but_a_second(&service).await;
    service.pass(1);
    service.restart().await;
    tokio::join!(service.tidy(), service.tidy());
    service.tidy().await;
    assert_eq!(scene.happened(&service).await, 1);
    let mails = service.mails(EMAIL).await;
    let told = |subject| mails.iter().filter(|mail| mail.subject == subject).count();
    assert_eq!(told("Your Sigill account has changed"), 1);
    let held = "timeline where event = 'held'";
    assert_eq!(rows(&service, held).await, 1);
}

async fn every_address_hears_of_its_beginning_the_day_before_and_its_end(mut service: TestService) {
    let scene = Scene::of(&mut service, Lost::Address).await;
    scene.begin(&service).await;
    for (pass, subject) in [
        (0, "Your Sigill account is to change in seven days"),
        (6 * DAY, "Your Sigill account changes tomorrow"),
        (DAY, "Your Sigill account has changed"),
    ] {
        service.pass(pass);
        service.tidy().await;
        service.tidy().await;
        service.deliver().await;
        for address in [EMAIL, NEW] {
            let mails = service.mails(address).await;
            let told = mails.iter().filter(|mail| mail.subject == subject);
            assert_eq!(told.count(), 1, "{subject} {address}");
        }
    }
    let mail = service.newest_mail(EMAIL).await;
    assert!(
        mail.text.contains("Another address took the place"),
        "{}",
        mail.text
    );
    assert!(
        mail.text.contains("dangerous actions therefore wait until"),
        "{}",
        mail.text
    );
}

/// The service was off for weeks: nobody could have said no.
async fn nothing_falls_due_less_than_a_day_after_its_reminder(mut service: TestService) {
    let mut scene = Scene::of(&mut service, Lost::Factor).await;
    scene.begin(&service).await;
    service.mails(EMAIL).await;
    service.pass(3 * WEEK);
    service.tidy().await;
    assert_eq!(scene.happened(&service).await, 0);
    scene.device.refresh().await;
    let moved = Waiting {
        lost: Lost::Factor,
        until: service.now() + DAY,
    };
    assert_eq!(standing(&scene.device).await.waits, [moved]);
    let mail = service.newest_mail(EMAIL).await;
    assert_eq!(mail.subject, "Your Sigill account changes tomorrow");
    service.pass(DAY - 1);
    service.tidy().await;
    assert_eq!(scene.happened(&service).await, 0);
    service.pass(1);
    service.tidy().await;
    assert_eq!(scene.happened(&service).await, 1);
}

async fn while_no_mail_server_takes_its_reminder_nothing_falls_due(mut service: TestService) {
    let scene = Scene::of(&mut service, Lost::Factor).await;
    scene.begin(&service).await;
    service.mails(EMAIL).await;
    let delivery = service.config.delivery.clone();
    // A door that is shut in everyone's face; a port without one might be another test's.
    let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", door.local_addr().unwrap());
    tokio::spawn(async move { while door.accept().await.is_ok() {} });
    service.config.delivery = Delivery::Smtp(url);
    service.restart().await;
    for _ in 0..12 {
        service.pass(DAY);
        service.tidy().await;
        service.deliver().await;
    }
    assert_eq!(scene.happened(&service).await, 0);
    service.config.delivery = delivery;
    service.restart().await;
    service.pass(64); // the longest pause before it is tried again
    service.tidy().await;
    let mail = service.newest_mail(EMAIL).await;
    assert_eq!(mail.subject, "Your Sigill account changes tomorrow");
    service.pass(DAY - 1);
    service.tidy().await;
    assert_eq!(scene.happened(&service).await, 0);
    service.pass(1);
    service.tidy().await;
    assert_eq!(scene.happened(&service).await, 1);
}

async fn a_device_that_came_while_it_waited_does_not_lift_the_hold(mut service: TestService) {
    let (scene, mut other) = two_established(&mut service).await;
    scene.begin(&service).await;
    let mut thief = service.another(EMAIL, "Thief").await;
    week(&service).await;
    thief.refresh().await;
    other.refresh().await;
    let lift = json!({});
    let answer = thief.post("/v1/hold/lift", &lift).await;
    assert_eq!(answer.refused(), Code::Held);
    other.post("/v1/hold/lift", &lift).await.expect(204);
}

/// Whoever sits at an established device and knows the account password gets another
/// address in seven days, and no hold that ends with them.
async fn the_device_that_asked_does_not_lift_the_hold_of_its_effect(mut service: TestService) {
    let (mut scene, mut other) = two_established(&mut service).await;
    scene.begin(&service).await;
    week(&service).await;
    scene.device.refresh().await;
    let lift = json!({});
    let answer = scene.device.post("/v1/hold/lift", &lift).await;
    assert_eq!(answer.refused(), Code::Held);
    let held = standing(&scene.device).await.held_until;
    assert_eq!(held, Some(service.now() + 3 * DAY));
    other.refresh().await;
    other.post("/v1/hold/lift", &lift).await.expect(204);
    assert_eq!(standing(&scene.device).await.held_until, None);
}

/// Somebody whose mailbox is dead, and another device of theirs as old.
async fn two_established(service: &mut TestService) -> (Scene, TestDevice) {
    let mut device = service.signed_in(EMAIL).await;
    let mut other = service.another(EMAIL, "Other").await;
    established(service, &mut device).await;
    other.refresh().await;
    let scene = Scene {
        lost: Lost::Address,
        device,
        provider: None,
    };
    (scene, other)
}

async fn lapsed(service: &TestService, scene: &mut Scene) {
    service.tidy().await;
    assert_eq!(scene.stopped(service).await, 1);
    let mails = service.mails(EMAIL).await;
    let told = |mail: &Mail| mail.subject == "Your Sigill account stays as it is";
    assert!(mails.iter().any(told));
    week(service).await;
    assert_eq!(scene.happened(service).await, 0);
}

async fn another_password_meanwhile_ends_it(mut service: TestService) {
    let mut scene = Scene::of(&mut service, Lost::Address).await;
    scene.begin(&service).await;
    let browser = TestBrowser::new(&service, NETWORK);
    browser.open("/portal/forgot").await.expect(200);
    let shown = browser.submit("/portal/forgot/mail", &[("email", EMAIL)]);
    shown.await.expect(200);
    let code = service.code(EMAIL).await;
    let typed = [("code", &*code)];
    let shown = browser.submit("/portal/forgot/code", &typed);
    shown.await.expect(200);
    let chosen = [("password", CHOSEN), ("again", CHOSEN)];
    let shown = browser.submit("/portal/forgot", &chosen).await;
    shown.expect(200).says("is saved");
    lapsed(&service, &mut scene).await;
    assert_eq!(
        rows(&service, "accounts where email = 'asa.ny@example.com'").await,
        0
    );
}

async fn a_device_that_is_signed_out_by_hand_takes_what_it_asked_for_along(
    mut service: TestService,
) {
    let mut scene = Scene::of(&mut service, Lost::Address).await;
    scene.begin(&service).await;
    let other = service.another(EMAIL, "Other").await;
    let path = format!("/v1/devices/{}", scene.device.id());
    other.delete(&path).await.expect(204);
    lapsed(&service, &mut scene).await;
}

async fn an_address_that_somebody_got_meanwhile_is_not_taken(mut service: TestService) {
    let mut scene = Scene::of(&mut service, Lost::Address).await;
    scene.begin(&service).await;
    service.signed_in(NEW).await;
    week(&service).await;
    scene.device.refresh().await;
    assert_eq!(standing(&scene.device).await.email, EMAIL);
    assert_eq!(scene.stopped(&service).await, 1);
    assert_eq!(standing(&scene.device).await.held_until, None);
}

async fn nothing_begins_while_a_hold_runs(mut service: TestService) {
    let mut scene = Scene::of(&mut service, Lost::Factor).await;
    service.hold(scene.device.account).await;
    let browser = TestBrowser::new(&service, NETWORK);
    browser.open("/portal/lost/factor").await.expect(200);
    let before = service.mails(EMAIL).await.len();
    let typed = [("email", EMAIL), ("password", PASSWORD)];
    let shown = browser.submit("/portal/lost/factor/mail", &typed).await;
    shown.expect(403);
    assert_eq!(service.mails(EMAIL).await.len(), before);
    service.pass(3 * DAY);
    scene.device.refresh().await;
    scene.begin(&service).await;
}

async fn a_code_of_before_a_change_begins_nothing(mut service: TestService) {
    Scene::of(&mut service, Lost::Factor).await;
    let browser = TestBrowser::new(&service, NETWORK);
    browser.open("/portal/lost/factor").await.expect(200);
    let typed = [("email", EMAIL), ("password", PASSWORD)];
    let shown = browser.submit("/portal/lost/factor/mail", &typed).await;
    shown.expect(200);
    let code = service.code(EMAIL).await;
    service.sql("update accounts set password = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA'").await;
    let typed = [("code", &*code)];
    let shown = browser.submit("/portal/lost/factor/code", &typed).await;
    shown.says_nothing_of("It has begun");
    assert_eq!(rows(&service, "waits").await, 0);
}

async fn once_a_year_the_address_is_asked_about(service: TestService) {
    let young = service.signed_in(EMAIL).await;
    assert_eq!(standing(&young).await.address_confirmed_at, None);
    let made = service.now();
    service.pass(366 * DAY);
    for button in ["/v1/account/address", "/portal/email/mine"] {
        let device = service.another(EMAIL, "Laptop").await;
        assert!(standing(&device).await.address_confirmed_at >= Some(made));
        let browser = signed_in_from(&service, &device).await;
        let shown = browser.open("/portal").await.expect(200);
        shown.says("still your address").says("Yes, it is mine");
        if button.starts_with("/v1") {
            device.touch(button).await.expect(204);
        } else {
            let shown = browser.submit(button, &[]).await;
            shown.expect(200).says_nothing_of("still your address");
        }
        assert_eq!(standing(&device).await.address_confirmed_at, None);
        service.pass(366 * DAY);
    }
}

async fn while_the_address_is_to_change_no_code_goes_to_the_old_one(mut service: TestService) {
    let scene = Scene::of(&mut service, Lost::Address).await;
    let mut vault = TestVault::new();
    vault.create(&scene.device, 1).await;
    scene.begin(&service).await;
    let mails = service.mails(EMAIL).await.len();
    let asks = vault.clear_everywhere(&scene.device);
    let asked = scene.device.post("/v1/operations", &asks).await;
    assert_eq!(asked.refused(), Code::EmailNotVerified);
    assert_eq!(
        service.mails(EMAIL).await.len(),
        mails,
        "nothing was mailed"
    );
    let stop = "/v1/waits/address/stop";
    scene.device.touch(stop).await.expect(204);
    let asks = vault.clear_everywhere(&scene.device);
    let asked = scene.device.post("/v1/operations", &asks).await;
    asked.expect(201);
}
