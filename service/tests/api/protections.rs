//! What the portal turns on, off or over: by the proofs of every weakening, and
//! by no rule of its own.

use sigill_core::confirmation::factor::Way;
use sigill_core::confirmation::policy::{Profile, SecondFactor};
use sigill_core::wire::factor::Factors;
use sigill_core::wire::problem::Code;
use totp_rs::Totp;

use crate::browser::{Shown, TestBrowser};
use crate::device::PASSWORD;
use crate::factors::{NUMBER, with_authenticator, with_phone};
use crate::guards::{EMAIL, waiting};
use crate::portal::signed_in;
use crate::proofs::standing;
use crate::provider::{ASA, TestProvider};
use crate::rig::TestService;
use crate::third_party::{rows, signed_in_by};
use crate::vaults::wrong;

on_each_database! {
    a_phone_is_turned_on_by_its_text_then_password_and_mailed_code,
    an_authenticator_is_drawn_and_shown_once,
    another_phone_takes_the_firsts_place_by_a_factor_that_is_there,
    the_phone_goes_and_the_authenticator_stays,
    turning_the_second_factor_off_takes_the_second_factor,
    new_backup_codes_are_shown_once_and_take_the_old_ones_place,
    the_strict_profile_is_turned_on_freely_and_left_by_its_proofs,
    another_password_takes_the_old_one_and_a_mailed_code,
    another_address_is_read_first_and_the_old_one_is_told,
    a_wrong_password_mails_nothing_and_is_counted,
    wrong_codes_are_counted_and_the_last_one_ends_it,
    an_operation_of_another_device_is_absent_here,
    a_cancelled_weakening_changes_nothing,
    nothing_is_begun_without_a_form_of_this_browser,
    an_account_without_a_password_begins_nothing_and_nobody_is_mailed,
    what_is_held_names_its_end,
    what_can_not_be_a_phone_or_an_address_is_told_so,
    a_shorter_time_for_undo_takes_its_proofs_and_never_gets_longer,
}

const PLACE: &str = "/portal/operations/";

/// Types the account password where it is asked for.
async fn type_password(browser: &TestBrowser, shown: &Shown) -> (String, Shown) {
    let place = shown.form(PLACE);
    let typed = [("password", PASSWORD)];
    let shown = browser.submit(&place, &typed).await.expect(200);
    (
        place,
        shown.says("Check that the page shows the same four words"),
    )
}

/// Proves a weakening that was begun in the portal.
pub(crate) async fn prove(service: &TestService, browser: &TestBrowser, shown: Shown) -> Shown {
    let shown = shown.expect(200).says("Nothing has happened yet.");
    let (place, _) = type_password(browser, &shown).await;
    let code = service.code(EMAIL).await;
    let shown = browser.submit(&place, &[("code", &code)]).await;
    shown.expect(200).says("It is done")
}

/// The same with a second factor.
async fn prove_with(
    service: &TestService,
    browser: &TestBrowser,
    (shown, factor): (Shown, &str),
) -> Shown {
    let (place, _) = type_password(browser, &shown).await;
    let code = service.code(EMAIL).await;
    let typed = [("code", &*code), ("second_factor", factor)];
    browser.submit(&place, &typed).await
}

/// Signs in to the portal of an account that has a phone.
async fn signed_in_with_text(service: &TestService) -> TestBrowser {
    let browser = TestBrowser::new(service, crate::third_party::NETWORK);
    browser.open("/portal").await.expect(200);
    let typed = [("email", EMAIL), ("password", PASSWORD)];
    let shown = browser.submit("/portal/sign-in", &typed).await.expect(403);
    shown.says("Your account has a second factor");
    let code = service.code(NUMBER).await;
    let typed = [typed[0], typed[1], ("second_factor", &*code)];
    let shown = browser.submit("/portal/sign-in", &typed).await.expect(200);
    shown.says("<h1>Your account</h1>");
    browser
}

async fn a_phone_is_turned_on_by_its_text_then_password_and_mailed_code(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    let shown = browser.open("/portal/two-factor").await.expect(200);
    shown.says("It is off.").says_nothing_of("Turn two-factor");
    let shown = browser
        .submit(
            "/portal/two-factor/phone",
            &[("number", "+46 70-123 45 67")],
        )
        .await
        .expect(200);
    assert_eq!(shown.codes().len(), 10, "with the first factor");
    let backup = shown.codes();
    let place = shown.form("/portal/enrolments/");
    let code = service.code(NUMBER).await;
    let typed = [("code", &*wrong(&code)), ("strict", "yes")];
    let again = browser.submit(&place, &typed).await.expect(403);
    let again = again.says("4 tries left").says_nothing_of(&backup[0]);
    drop(again);
    let typed = [("code", &*code), ("strict", "yes")];
    let shown = browser.submit(&place, &typed).await;
    let account = standing(&device).await.standing;
    assert_eq!(
        account.second_factor,
        SecondFactor::Off,
        "nothing before its proofs"
    );
    prove(&service, &browser, shown).await;
    let account = standing(&device).await.standing;
    assert_eq!(
        (account.second_factor, account.profile),
        (SecondFactor::On, Profile::Strict)
    );
    let shown = browser.open("/portal/two-factor").await.expect(200);
    let shown = shown.says("+46 ··· 67").says("10 backup codes are left");
    shown.says_nothing_of(&backup[0]).says_nothing_of(NUMBER);
    // From now on the portal asks for it too, and a backup code is one.
    let other = TestBrowser::new(&service, "10.9.0.2");
    other.open("/portal").await.expect(200);
    let typed = [
        ("email", EMAIL),
        ("password", PASSWORD),
        ("second_factor", &*backup[3]),
    ];
    other.submit("/portal/sign-in", &typed).await.expect(200);
    let used = "select count(*) from timeline where event = 'backup_code_used'";
    assert_eq!(service.number(used).await, 1);
}

async fn an_authenticator_is_drawn_and_shown_once(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    browser.open("/portal/two-factor").await.expect(200);
    let button = "/portal/two-factor/authenticator";
    let shown = browser.submit(button, &[]).await.expect(200);
    let shown = shown.says("<svg class=\"picture\"").says("<path d=\"M");
    let url = shown.link("otpauth://");
    let (_, key) = url.split_once("secret=").unwrap();
    let key = key.split('&').next().unwrap().to_owned();
    let totp = Totp::from_url(&url).unwrap();
    let place = shown.form("/portal/enrolments/");
    shown.says(&key);
    let shown = browser
        .submit(&place, &[("code", "000000")])
        .await
        .expect(403);
    shown.says_nothing_of(&key).says_nothing_of("<svg");
    let code = totp.generate(service.now()).to_string();
    let shown = browser.submit(&place, &[("code", &code)]).await;
    prove(&service, &browser, shown).await;
    let account = standing(&device).await.standing;
    assert_eq!(
        (account.second_factor, account.profile),
        (SecondFactor::On, Profile::Standard),
        "the box was not ticked"
    );
    let shown = browser.open("/portal/two-factor").await.expect(200);
    shown.says("Authenticator").says_nothing_of(&key);
}

async fn another_phone_takes_the_firsts_place_by_a_factor_that_is_there(service: TestService) {
    const OTHER: &str = "+46739998877";
    let (device, enrolled) = with_phone(&service, Profile::Standard).await;
    let browser = signed_in_with_text(&service).await;
    browser.open("/portal/two-factor").await.expect(200);
    let typed = [("number", OTHER)];
    let shown = browser.submit("/portal/two-factor/phone", &typed).await;
    let shown = shown.expect(200);
    assert!(shown.codes().is_empty(), "the old ones stay good");
    let place = shown.form("/portal/enrolments/");
    let code = service.code(OTHER).await;
    let shown = browser.submit(&place, &[("code", &code)]).await;
    let backup = enrolled.backup_codes[0].expose();
    let done = prove_with(&service, &browser, (shown.expect(200), backup)).await;
    done.expect(200).says("It is done: change the account");
    let factors: Factors = device.get("/v1/factors").await.expect(200).json();
    let hints: Vec<_> = factors
        .factors
        .iter()
        .map(|it| it.hint.as_deref())
        .collect();
    assert_eq!(hints, [Some("+46 ··· 77")]);
    assert_eq!(factors.backup_codes_left, 9);
}

async fn the_phone_goes_and_the_authenticator_stays(service: TestService) {
    let (device, enrolled, _) = with_authenticator(&service).await;
    service.store_phone(device.account, NUMBER).await;
    let browser = signed_in_with_text(&service).await;
    browser.open("/portal/two-factor").await.expect(200);
    let shown = browser.submit("/portal/two-factor/no-phone", &[]).await;
    let backup = enrolled.backup_codes[0].expose();
    let done = prove_with(&service, &browser, (shown.expect(200), backup)).await;
    done.expect(200).says("It is done");
    let factors: Factors = device.get("/v1/factors").await.expect(200).json();
    let ways: Vec<Way> = factors.factors.iter().map(|factor| factor.way).collect();
    assert_eq!(ways, [Way::Authenticator]);
    let account = standing(&device).await.standing;
    assert_eq!(account.second_factor, SecondFactor::On);
}

async fn turning_the_second_factor_off_takes_the_second_factor(service: TestService) {
    let (device, enrolled) = with_phone(&service, Profile::Standard).await;
    let browser = signed_in_with_text(&service).await;
    browser.open("/portal/two-factor").await.expect(200);
    let texts = service.mails(NUMBER).await.len();
    let shown = browser
        .submit("/portal/two-factor/off", &[])
        .await
        .expect(200);
    assert_eq!(
        service.mails(NUMBER).await.len(),
        texts,
        "no text before the password"
    );
    let (place, shown) = type_password(&browser, &shown).await;
    shown.says("Code of your second factor").says("+46 ··· 67");
    assert_eq!(service.mails(NUMBER).await.len(), texts + 1);
    let code = service.code(EMAIL).await;
    let shown = browser.submit(&place, &[("code", &code)]).await;
    assert_eq!(
        standing(&device).await.standing.second_factor,
        SecondFactor::On,
        "{}",
        shown.html
    );
    let text = service.code(NUMBER).await;
    let typed = [("code", &*code), ("second_factor", &*wrong(&text))];
    browser.submit(&place, &typed).await.expect(403);
    let typed = [("code", &*code), ("second_factor", &*text)];
    let shown = browser.submit(&place, &typed).await.expect(200);
    shown.says("It is done: change or remove two-factor authentication");
    let account = standing(&device).await.standing;
    assert_eq!(account.second_factor, SecondFactor::Off);
    let factors: Factors = device.get("/v1/factors").await.expect(200).json();
    assert_eq!((factors.factors.len(), factors.backup_codes_left), (0, 0));
    drop(enrolled);
}

async fn new_backup_codes_are_shown_once_and_take_the_old_ones_place(service: TestService) {
    let (_, enrolled) = with_phone(&service, Profile::Standard).await;
    let old: Vec<&str> = enrolled.backup_codes.iter().map(|it| it.expose()).collect();
    let browser = signed_in_with_text(&service).await;
    browser.open("/portal/two-factor").await.expect(200);
    let button = "/portal/two-factor/backup-codes";
    let shown = browser.submit(button, &[]).await.expect(200);
    let new = shown.codes();
    assert_eq!(new.len(), 10);
    let place = shown.form("/portal/enrolments/");
    let shown = browser
        .submit(&place, &[("code", old[0])])
        .await
        .expect(403);
    shown.says_nothing_of(&new[0]);
    let shown = browser
        .submit(&place, &[("code", &new[0])])
        .await
        .expect(200);
    let done = prove_with(&service, &browser, (shown, old[1])).await;
    done.expect(200).says("It is done");
    for (code, status) in [(old[2], 403), (&*new[0], 200)] {
        let other = TestBrowser::new(&service, "10.9.0.2");
        other.open("/portal").await.expect(200);
        let typed = [
            ("email", EMAIL),
            ("password", PASSWORD),
            ("second_factor", code),
        ];
        other.submit("/portal/sign-in", &typed).await.expect(status);
    }
}

async fn the_strict_profile_is_turned_on_freely_and_left_by_its_proofs(service: TestService) {
    let (device, enrolled) = with_phone(&service, Profile::Standard).await;
    let browser = signed_in_with_text(&service).await;
    browser.open("/portal/two-factor").await.expect(200);
    let shown = browser.submit("/portal/two-factor/strict", &[]).await;
    shown.expect(200).says("Strict: it is asked for before");
    assert_eq!(standing(&device).await.standing.profile, Profile::Strict);
    let shown = browser.submit("/portal/two-factor/standard", &[]).await;
    assert_eq!(standing(&device).await.standing.profile, Profile::Strict);
    let backup = enrolled.backup_codes[0].expose();
    let done = prove_with(&service, &browser, (shown.expect(200), backup)).await;
    done.expect(200).says("It is done");
    assert_eq!(standing(&device).await.standing.profile, Profile::Standard);
}

async fn another_password_takes_the_old_one_and_a_mailed_code(service: TestService) {
    const NEW: &str = "quite another password";
    let device = service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    browser.open("/portal/password").await.expect(200);
    for (password, again, why) in [
        ("short", "short", "at least 10"),
        ("password123", "password123", "Many people use"),
        (NEW, PASSWORD, "not the same"),
    ] {
        let typed = [("password", password), ("again", again)];
        let shown = browser.submit("/portal/password", &typed).await;
        let shown = shown.says(why).says("New account password");
        assert!(
            shown.status == 400 && !shown.html.contains(password),
            "{}",
            shown.html
        );
    }
    let typed = [("password", NEW), ("again", NEW)];
    let shown = browser.submit("/portal/password", &typed).await;
    let shown = shown.expect(200).says_nothing_of(NEW);
    device
        .try_sign_in(EMAIL, PASSWORD, "Laptop")
        .await
        .expect(201);
    prove(&service, &browser, shown).await;
    assert_eq!(device.get("/v1/account").await.refused(), Code::SignedOut);
    let old = device.try_sign_in(EMAIL, PASSWORD, "Laptop").await;
    assert_eq!(old.refused(), Code::SignInRejected);
    device.try_sign_in(EMAIL, NEW, "Laptop").await.expect(201);
    browser.get("/portal").await.expect(200);
}

async fn another_address_is_read_first_and_the_old_one_is_told(service: TestService) {
    const NEW: &str = "asa@new.example";
    let device = service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    browser.open("/portal/email").await.expect(200).says(EMAIL);
    let shown = browser.submit("/portal/email", &[("email", NEW)]).await;
    let place = shown.expect(200).says(NEW).form("/portal/enrolments/");
    let code = service.code(NEW).await;
    let shown = browser.submit(&place, &[("code", &code)]).await;
    assert_eq!(
        standing(&device).await.email,
        EMAIL,
        "nothing before its proofs"
    );
    prove(&service, &browser, shown).await;
    assert_eq!(standing(&device).await.email, NEW);
    for mail in [
        service.newest_mail(EMAIL).await,
        service.newest_mail(NEW).await,
    ] {
        let told = mail.text.contains("change the account’s e-mail address");
        assert!(told, "{}", mail.text);
    }
}

async fn a_wrong_password_mails_nothing_and_is_counted(service: TestService) {
    service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    browser.open("/portal/delete").await.expect(200);
    let shown = browser.submit("/portal/delete", &[]).await.expect(200);
    let place = shown.form(PLACE);
    let mails = service.mails(EMAIL).await.len();
    for left in [4, 3] {
        let guess = format!("not the password {left}");
        let shown = browser.submit(&place, &[("password", &guess)]).await;
        let shown = shown.expect(403).says(&format!("{left} tries left"));
        shown
            .says_nothing_of(&guess)
            .says("Check the account password");
    }
    // Nor does a code help before it.
    let shown = browser.submit(&place, &[("code", "1234 5678")]).await;
    assert_eq!(service.mails(EMAIL).await.len(), mails, "{}", shown.html);
}

async fn wrong_codes_are_counted_and_the_last_one_ends_it(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    browser.open("/portal/delete").await.expect(200);
    let shown = browser.submit("/portal/delete", &[]).await.expect(200);
    let (place, _) = type_password(&browser, &shown).await;
    let code = service.code(EMAIL).await;
    for number in 0..4 {
        let guess = format!("{number}{}", &wrong(&code)[1..]);
        let shown = browser.submit(&place, &[("code", &guess)]).await;
        assert_ne!(shown.status, 200, "{}", shown.html);
    }
    let shown = browser.submit(&place, &[("code", &code)]).await;
    shown.says("All tries are used up.");
    assert_eq!(standing(&device).await.delete_at, None);
}

async fn an_operation_of_another_device_is_absent_here(service: TestService) {
    let (_, _, _, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let browser = signed_in(&service).await;
    let place = format!("{PLACE}{}", asked.operation);
    browser.get(&place).await.expect(404);
    browser.submit(&place, &[("code", &code)]).await.expect(404);
    for what in ["mail", "text"] {
        let shown = browser.submit(&format!("{place}/{what}"), &[]).await;
        assert_eq!(shown.status, 404, "{what}");
    }
    let unknown = format!("{PLACE}{}", "0".repeat(32));
    browser.get(&unknown).await.expect(404);
    let executed = "select count(*) from operations where state = 'executed'";
    assert_eq!(service.number(executed).await, 0);
}

async fn a_cancelled_weakening_changes_nothing(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    browser.open("/portal/delete").await.expect(200);
    let shown = browser.submit("/portal/delete", &[]).await.expect(200);
    let (place, _) = type_password(&browser, &shown).await;
    let code = service.code(EMAIL).await;
    let shown = browser.submit(&format!("{place}/cancel"), &[]).await;
    shown.expect(200).says("It was cancelled.");
    let shown = browser.submit(&place, &[("code", &code)]).await;
    shown.says("It was cancelled.");
    assert_eq!(standing(&device).await.delete_at, None);
}

async fn nothing_is_begun_without_a_form_of_this_browser(service: TestService) {
    service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    for place in [
        "/portal/two-factor/authenticator",
        "/portal/two-factor/off",
        "/portal/two-factor/strict",
        "/portal/email",
        "/portal/password",
        "/portal/delete",
        "/portal/providers/unlink",
        "/portal/providers/add/example",
        "/portal/read",
    ] {
        let shown = browser.post_with(place, &[], "AAAA").await;
        shown.expect(403).says("was not opened in this browser");
    }
    for table in ["operations", "enrolments", "weakenings"] {
        assert_eq!(rows(&service, table).await, 0, "{table}");
    }
}

async fn an_account_without_a_password_begins_nothing_and_nobody_is_mailed(
    mut service: TestService,
) {
    let provider = TestProvider::beside(&mut service).await;
    signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let browser = crate::ways_in::by_provider(&service, &provider).await;
    for path in ["/portal/two-factor", "/portal/email", "/portal/password"] {
        let shown = browser.open(path).await.expect(200);
        shown.says("Your account has no account password yet");
    }
    let chosen = [
        ("password", "a chosen password"),
        ("again", "a chosen password"),
    ];
    for (place, typed) in [
        ("/portal/two-factor/phone", &[("number", NUMBER)][..]),
        ("/portal/two-factor/authenticator", &[]),
        ("/portal/two-factor/off", &[]),
        ("/portal/two-factor/standard", &[]),
        ("/portal/two-factor/strict", &[]),
        ("/portal/email", &[("email", "b@example.com")]),
        ("/portal/password", &chosen),
        ("/portal/providers/add/example", &[]),
    ] {
        let shown = browser.submit(place, typed).await;
        assert_eq!(shown.status, 403, "{place} {}", shown.html);
    }
    assert_eq!(rows(&service, "operations").await, 0);
    assert_eq!(service.deliver().await, 0);
}

async fn what_is_held_names_its_end(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    service.hold(device.account).await;
    browser.open("/portal/delete").await.expect(200);
    let shown = browser.submit("/portal/delete", &[]).await.expect(403);
    shown.says("this has to wait until 2026-11-26 14:05 UTC");
    assert_eq!(rows(&service, "operations").await, 0);
}

async fn what_can_not_be_a_phone_or_an_address_is_told_so(service: TestService) {
    service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    browser.open("/portal/two-factor").await.expect(200);
    for number in ["", "070 123", "+1 900 123 4567", "<b>"] {
        let typed = [("number", number)];
        let shown = browser.submit("/portal/two-factor/phone", &typed).await;
        shown
            .expect(400)
            .says("be a phone number that codes are sent to");
    }
    for email in ["", "asa", "a@b@c"] {
        let shown = browser.submit("/portal/email", &[("email", email)]).await;
        shown.expect(400).says("be an e-mail address");
    }
    browser.open("/portal/two-factor?lang=sv").await.expect(200);
    let shown = browser
        .submit("/portal/two-factor/phone", &[("number", "1")])
        .await;
    shown
        .expect(400)
        .says("Det kan inte vara ett telefonnummer");
}

async fn a_shorter_time_for_undo_takes_its_proofs_and_never_gets_longer(service: TestService) {
    const UNDO: &str = "select undo from accounts";
    const DAY: i64 = 86_400;
    service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    let shown = browser.open("/portal/undo").await.expect(200);
    shown.says("stays sealed for 30 days");
    let shown = browser.submit("/portal/undo", &[("days", "7")]).await;
    let (place, _) = type_password(&browser, &shown).await;
    assert_eq!(service.number(UNDO).await, 30 * DAY);
    let code = service.code(EMAIL).await;
    let shown = browser.submit(&place, &[("code", &code)]).await;
    shown.expect(200).says("It is done");
    assert_eq!(service.number(UNDO).await, 7 * DAY);

    let shown = browser.open("/portal/undo").await.expect(200);
    shown
        .says("stays sealed for 7 days")
        .says_nothing_of("14 days");
    for (longer, status) in [("0", 400), ("30", 400), ("x", 400)] {
        let shown = browser.submit("/portal/undo", &[("days", longer)]).await;
        assert_eq!(shown.status, status, "{longer}: {}", shown.html);
    }
    assert_eq!(service.number(UNDO).await, 7 * DAY);
}
