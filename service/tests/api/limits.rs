//! How much is allowed: the table of the confirmation protocol.

use serde_json::json;
use sigill_core::confirmation::action::Weakening;
use sigill_core::confirmation::policy::Profile;
use sigill_core::wire::problem::Code;
use sigill_core::wire::weakening::{Parameters, Stage};
use sigill_core::wire::{Bytes, SecretText};

use crate::browser::{Shown, TestBrowser};
use crate::device::PASSWORD;
use crate::factors::{NUMBER, sign_in, with_phone};
use crate::linking::forgot;
use crate::portal::signed_in;
use crate::provider::TestProvider;
use crate::rig::TestService;
use crate::third_party::rows;
use crate::vaults::{TestVault, asked, confirm, confirmation, password, proving, wrong};

on_each_database! {
    a_device_asks_twice_an_hour_and_others_go_on,
    signing_a_device_out_gives_its_share_back,
    a_device_that_signs_itself_out_comes_back_without_a_new_share,
    two_new_devices_give_each_other_no_share_back,
    a_reset_by_mail_gives_no_new_shares,
    a_visit_that_lapsed_gives_back_what_nobody_was_mailed_about,
    not_me_gives_back_what_a_visit_that_lapsed_was_mailed_about,
    a_device_confirms_eight_times_a_day,
    strangers_can_not_keep_a_known_device_out,
    verification_mails_end_silently,
    a_network_has_its_share_and_a_slash_64_is_one_network,
    what_a_proxy_says_counts_only_where_it_is_trusted,
    a_device_gets_five_code_mails_a_day,
    a_hundred_wrong_codes_in_a_row_freeze_and_a_mail_says_so,
    the_right_password_alone_ends_no_row_of_wrong_codes,
    staging_is_counted_before_a_password_is_hashed,
    strangers_use_up_no_staging_of_another_device,
    the_way_to_a_provider_is_counted,
    strangers_use_up_no_code_of_somebody_who_proved_more,
    strangers_and_enrolments_use_up_no_text_of_a_known_device,
    putting_a_device_out_gives_its_texts_back,
    strangers_use_up_no_factor_tries_of_a_known_device,
    a_known_device_has_factor_tries_of_its_own_and_no_more,
}

const EMAIL: &str = "asa@example.com";

async fn a_device_asks_twice_an_hour_and_others_go_on(service: TestService) {
    let mut laptop = service.signed_in(EMAIL).await;
    let phone = service.another(EMAIL, "Phone").await;
    let mut vault = TestVault::new();
    vault.create(&laptop, 1).await;
    for _ in 0..2 {
        asked(&laptop, &vault.clear_this_device(&laptop)).await;
    }
    for _ in 0..20 {
        let answer = laptop
            .post("/v1/operations", &vault.clear_this_device(&laptop))
            .await;
        assert_eq!(answer.refused(), Code::TooManyRequests);
        assert_eq!(answer.headers["retry-after"], "3600");
    }
    asked(&phone, &vault.clear_this_device(&phone)).await;
    service.pass(3_600);
    laptop.refresh().await;
    asked(&laptop, &vault.clear_this_device(&laptop)).await;
}

async fn signing_a_device_out_gives_its_share_back(service: TestService) {
    let mut owner = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&owner, 1).await;
    service.pass(3 * 86_400);
    owner.refresh().await;
    for name in ["A", "B"] {
        let thief = service.another(EMAIL, name).await;
        for _ in 0..2 {
            asked(&thief, &vault.clear_this_device(&thief)).await;
        }
        owner
            .delete(&format!("/v1/devices/{}", thief.id()))
            .await
            .expect(204);
    }
    for _ in 0..2 {
        asked(&owner, &vault.clear_this_device(&owner)).await;
    }
}

/// One thief with two keys, who puts the one out by the other in turns.
async fn two_new_devices_give_each_other_no_share_back(service: TestService) {
    let mut owner = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&owner, 1).await;
    let mut one = service.another(EMAIL, "A").await;
    let mut other = service.another(EMAIL, "B").await;
    for _ in 0..2 {
        let ask = vault.clear_this_device(&one);
        let waiting = asked(&one, &ask).await;
        let code = service.code(EMAIL).await;
        let guess = confirmation(&ask, &wrong(&code));
        confirm(&one, &waiting, &guess).await;
        let path = format!("/v1/devices/{}", one.id());
        other.delete(&path).await.expect(204);
        one.sign_in(EMAIL, "A").await;
        std::mem::swap(&mut one, &mut other);
    }
    let tries = "select count from limits where rule = 'confirm/account/day'";
    assert_eq!(used(&service).await, 2);
    assert_eq!(service.number(tries).await, 2);
    // An established device gives it all back.
    service.pass(3 * 86_400);
    owner.refresh().await;
    other.sign_in(EMAIL, "B").await;
    let ask = vault.clear_this_device(&other);
    let waiting = asked(&other, &ask).await;
    let code = service.code(EMAIL).await;
    confirm(&other, &waiting, &confirmation(&ask, &wrong(&code))).await;
    let path = format!("/v1/devices/{}", other.id());
    owner.delete(&path).await.expect(204);
    assert_eq!(used(&service).await, 0);
    assert_eq!(service.number(tries).await, 0);
}

/// Asks for a deletion in a visit of its own, and leaves the password out.
async fn visited(service: &TestService) -> (TestBrowser, Shown) {
    let browser = signed_in(service).await;
    browser.open("/portal/delete").await.expect(200);
    let shown = browser.submit("/portal/delete", &[]).await;
    (browser, shown)
}

/// What the account used of this hour's operations.
async fn used(service: &TestService) -> i64 {
    let query = "select coalesce(max(count), 0) from limits where rule = 'operation/account/hour'";
    service.number(query).await
}

async fn a_device_that_signs_itself_out_comes_back_without_a_new_share(service: TestService) {
    let owner = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&owner, 1).await;
    let mut thief = service.another(EMAIL, "A").await;
    let by_name = format!("/v1/devices/{}", thief.id());
    for end in ["/v1/sessions/current", &by_name] {
        asked(&thief, &vault.clear_this_device(&thief)).await;
        thief.delete(end).await.expect(204);
        thief.sign_in(EMAIL, "A").await;
    }
    let again = vault.clear_this_device(&thief);
    let answer = thief.post("/v1/operations", &again).await;
    assert_eq!(answer.refused(), Code::TooManyRequests);
    // The portal's buttons, pressed by the visit that asked.
    let (browser, shown) = visited(&service).await;
    shown.expect(200);
    browser.submit("/portal/sign-out", &[]).await.expect(200);
    let (browser, shown) = visited(&service).await;
    let place = shown.form("/portal/operations/");
    let place = place.replace("operations", "waiting");
    let button = format!("{place}/not-me").replace("/cancel", "");
    browser.post(&button, &[]).await.expect(200);
    assert_eq!(used(&service).await, 4);
}

async fn a_reset_by_mail_gives_no_new_shares(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    for _ in 0..2 {
        asked(&device, &vault.clear_this_device(&device)).await;
    }
    service.deliver().await;
    let browser = forgot(&service, EMAIL).await;
    let code = service.code(EMAIL).await;
    browser
        .submit("/portal/forgot/code", &[("code", &code)])
        .await
        .expect(200);
    let fields = [("password", PASSWORD), ("again", PASSWORD)];
    let shown = browser.submit("/portal/forgot", &fields).await;
    shown.expect(200).says("is saved");
    assert_eq!(used(&service).await, 2);
}

async fn a_visit_that_lapsed_gives_back_what_nobody_was_mailed_about(service: TestService) {
    service.signed_in(EMAIL).await;
    let (_, shown) = visited(&service).await;
    shown.expect(200);
    let (browser, shown) = visited(&service).await;
    let place = shown.form("/portal/operations/");
    let typed = [("password", "not the password")];
    browser.submit(&place, &typed).await.expect(403);
    assert_eq!(used(&service).await, 2);
    service.pass(899);
    service.tidy().await;
    assert_eq!(used(&service).await, 2);
    service.pass(1);
    service.tidy().await;
    assert_eq!(used(&service).await, 0);
    let pending = "operations where state = 'pending'";
    assert_eq!(rows(&service, pending).await, 0);
    let ended = "timeline where event = 'signed_out'";
    assert_eq!(rows(&service, ended).await, 2);
    let tries = "select count from limits where rule = 'confirm/account/day'";
    assert_eq!(service.number(tries).await, 1, "tries stay counted");
}

async fn not_me_gives_back_what_a_visit_that_lapsed_was_mailed_about(service: TestService) {
    service.signed_in(EMAIL).await;
    let mut links = Vec::new();
    for _ in 0..2 {
        let (browser, shown) = visited(&service).await;
        let place = shown.form("/portal/operations/");
        let typed = [("password", PASSWORD)];
        browser.submit(&place, &typed).await.expect(200);
        links.push(service.newest_mail(EMAIL).await.not_me());
    }
    service.pass(900);
    service.tidy().await;
    assert_eq!(
        used(&service).await,
        2,
        "or it would come back with a new share"
    );
    let reader = TestBrowser::new(&service, "10.9.9.9");
    for _ in 0..2 {
        reader.post(&links[0], &[]).await.expect(200);
    }
    assert_eq!(used(&service).await, 1, "once, and not that of the other");
}

async fn a_device_confirms_eight_times_a_day(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let mut refusals = Vec::new();
    for _ in 0..2 {
        let ask = vault.clear_this_device(&device);
        let asked = asked(&device, &ask).await;
        let code = service.code(EMAIL).await;
        for number in 0..5 {
            let guess = format!("{number}{}", &wrong(&code)[1..]);
            refusals.push(
                confirm(&device, &asked, &confirmation(&ask, &guess))
                    .await
                    .refused(),
            );
        }
    }
    let judged = refusals
        .iter()
        .filter(|code| matches!(code, Code::ProofRejected | Code::Burnt));
    assert_eq!(judged.count(), 8);
    assert_eq!(refusals[8..], [Code::TooManyRequests; 2]);
}

async fn strangers_can_not_keep_a_known_device_out(service: TestService) {
    let known = service.signed_in(EMAIL).await;
    let mut refusals = Vec::new();
    for _ in 0..25 {
        let stranger = service.device();
        refusals.push(
            stranger
                .try_sign_in(EMAIL, "a wrong password", "A")
                .await
                .refused(),
        );
        service.pass(70);
    }
    assert!(refusals.contains(&Code::SignInRejected));
    assert_eq!(refusals.last(), Some(&Code::TooManyRequests));
    let late = service.device().try_sign_in(EMAIL, PASSWORD, "A").await;
    assert_eq!(
        late.refused(),
        Code::TooManyRequests,
        "not even with the right password"
    );
    known
        .try_sign_in(EMAIL, PASSWORD, "Laptop")
        .await
        .expect(201);
    // The same for an address that nobody has.
    let mut others = Vec::new();
    for _ in 0..10 {
        let stranger = service.device();
        others.push(
            stranger
                .try_sign_in("nobody@example.com", PASSWORD, "A")
                .await
                .refused(),
        );
    }
    assert!(others.contains(&Code::TooManyRequests), "pauses grow");
}

async fn verification_mails_end_silently(service: TestService) {
    let email = "victim@example.com";
    for _ in 0..6 {
        service.device().sign_up(email).await.expect(202);
    }
    assert_eq!(service.mails(email).await.len(), 3);
    service.pass(3_600);
    for _ in 0..6 {
        service.device().sign_up(email).await.expect(202);
    }
    assert_eq!(service.mails(email).await.len(), 5, "five a day");
}

async fn a_network_has_its_share_and_a_slash_64_is_one_network(service: TestService) {
    let mut refused = 0;
    for number in 0..25 {
        let mut device = service.device();
        device.move_to(&format!("2001:db8:1:2::{number:x}"));
        let answer = device
            .sign_up(&format!("somebody{number}@example.com"))
            .await;
        if answer.status == 429 {
            refused += 1;
        }
    }
    assert_eq!(refused, 5);
    let mut other = service.device();
    other.move_to("2001:db8:1:3::1");
    other.sign_up("other@example.com").await.expect(202);
}

async fn what_a_proxy_says_counts_only_where_it_is_trusted(service: TestService) {
    drop(service);
    let service = TestService::sqlite_with(|config| config.trusted_proxies.clear()).await;
    let mut refused = 0;
    for number in 0..25 {
        let answer = service
            .device()
            .sign_up(&format!("somebody{number}@example.com"))
            .await;
        if answer.status == 429 {
            refused += 1;
        }
    }
    assert_eq!(refused, 5, "all of them are one network");
}

async fn a_device_gets_five_code_mails_a_day(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let mut refused = Vec::new();
    for _ in 0..2 {
        let waiting = asked(&device, &vault.clear_this_device(&device)).await;
        let resend = format!("/v1/operations/{}/code", waiting.operation);
        for _ in 0..2 {
            service.deliver().await;
            service.pass(60);
            refused.push(device.touch(&resend).await.status);
        }
        service.deliver().await;
    }
    assert_eq!(refused, [200, 200, 200, 429]);
    assert_eq!(service.mails(EMAIL).await.len(), 1 + 5);
}

async fn a_hundred_wrong_codes_in_a_row_freeze_and_a_mail_says_so(service: TestService) {
    drop(service);
    // Five wrong codes instead of a hundred: the counting is the same.
    let service = TestService::sqlite_with(|config| config.limits.freeze_after = 5).await;
    let mut device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let ask = vault.clear_this_device(&device);
    let waiting = asked(&device, &ask).await;
    let code = service.code(EMAIL).await;
    for number in 0..5 {
        let guess = format!("{number}{}", &wrong(&code)[1..]);
        confirm(&device, &waiting, &confirmation(&ask, &guess)).await;
    }
    let answer = device
        .post("/v1/operations", &vault.clear_this_device(&device))
        .await;
    assert_eq!(answer.refused(), Code::Frozen);
    assert_eq!(
        service.newest_mail(EMAIL).await.subject,
        "Sigill: too many wrong codes"
    );
    let records = vault.add(&device, 1);
    vault.push(&device, records).await;
    service.pass(86_400);
    device.refresh().await;
    asked(&device, &vault.clear_this_device(&device)).await;
}

async fn the_right_password_alone_ends_no_row_of_wrong_codes(service: TestService) {
    drop(service);
    let service = TestService::sqlite_with(|config| config.limits.freeze_after = 4).await;
    let device = service.signed_in(EMAIL).await;
    let vault = TestVault::new();
    for _ in 0..2 {
        let ask = vault.weaken(&device, Weakening::DeleteAccount);
        let waiting = asked(&device, &ask).await;
        let right = proving(&ask, password(PASSWORD));
        confirm(&device, &waiting, &right).await.expect(200);
        let code = service.code(EMAIL).await;
        for number in 0..2 {
            let guess = format!("{number}{}", &wrong(&code)[1..]);
            confirm(&device, &waiting, &confirmation(&ask, &guess)).await;
        }
    }
    let other = service.another(EMAIL, "Phone").await;
    let ask = vault.weaken(&other, Weakening::DeleteAccount);
    let answer = other.post("/v1/operations", &ask).await;
    assert_eq!(answer.refused(), Code::Frozen);
}

async fn strangers_use_up_no_staging_of_another_device(service: TestService) {
    let owner = service.signed_in(EMAIL).await;
    let stage = || Stage {
        what: Weakening::ShortenUndoWindow,
        blind: Bytes(vec![1; 32]),
        parameters: Parameters::UndoWindow { days: 7 },
    };
    for name in ["A", "B", "C"] {
        let thief = service.another(EMAIL, name).await;
        for _ in 0..20 {
            thief.post("/v1/weakenings", &stage()).await.expect(201);
        }
        let answer = thief.post("/v1/weakenings", &stage()).await;
        assert_eq!(answer.refused(), Code::TooManyRequests);
    }
    owner.post("/v1/weakenings", &stage()).await.expect(201);
}

async fn staging_is_counted_before_a_password_is_hashed(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let stage = |what, parameters| Stage {
        what,
        blind: Bytes(vec![1; 32]),
        parameters,
    };
    for _ in 0..20 {
        let undo = stage(
            Weakening::ShortenUndoWindow,
            Parameters::UndoWindow { days: 7 },
        );
        device.post("/v1/weakenings", &undo).await.expect(201);
    }
    // A password that is refused once it is looked at.
    let password = SecretText::new("password123".into());
    let another = stage(
        Weakening::ChangeAccountPassword,
        Parameters::AccountPassword { password },
    );
    let answer = device.post("/v1/weakenings", &another).await;
    assert_eq!(answer.refused(), Code::TooManyRequests);
    let phone = service.another(EMAIL, "Phone").await;
    let answer = phone.post("/v1/weakenings", &another).await;
    assert_eq!(answer.refused(), Code::PasswordTooCommon);
}

async fn the_way_to_a_provider_is_counted(mut service: TestService) {
    let _provider = TestProvider::beside(&mut service).await;
    let button = "/portal/to/example";
    let browser = TestBrowser::new(&service, "10.9.0.1");
    browser.open("/portal").await.expect(200);
    for _ in 0..20 {
        browser.post(button, &[]).await.expect(200).onwards();
    }
    let shown = browser.post(button, &[]).await.expect(429);
    shown.says("That was too often.");
    // A browser that throws its cookie away is of the same network.
    let mut refused = 0;
    for _ in 0..45 {
        let other = TestBrowser::new(&service, "10.9.0.1");
        other.open("/portal").await.expect(200);
        refused += u32::from(other.post(button, &[]).await.status == 429);
    }
    assert_eq!(refused, 5);
    assert_eq!(rows(&service, "oidc_flows").await, 60);
    let elsewhere = TestBrowser::new(&service, "10.9.0.2");
    elsewhere.open("/portal").await.expect(200);
    elsewhere.post(button, &[]).await.expect(200).onwards();
}

async fn strangers_use_up_no_code_of_somebody_who_proved_more(service: TestService) {
    with_phone(&service, Profile::Standard).await;
    service.pass(86_400);
    for number in 0..6 {
        forgot_from(&service, &format!("10.9.1.{number}")).await;
    }
    let before = service.mails(EMAIL).await.len();
    let ask = async || {
        let browser = TestBrowser::new(&service, "10.9.2.1");
        browser.open("/portal/lost/factor").await.expect(200);
        let typed = [("email", EMAIL), ("password", PASSWORD)];
        browser.submit("/portal/lost/factor/mail", &typed).await
    };
    for number in 1..=3 {
        ask().await.expect(200).says("Begin the seven days");
        assert_eq!(service.mails(EMAIL).await.len(), before + number);
    }
    // And whoever proved it hears where it is over.
    ask().await.expect(429).says("That was too often.");
    assert_eq!(service.mails(EMAIL).await.len(), before + 3);
}

/// Somebody else knows the account password, and uses up what strangers may.
async fn strangers_and_enrolments_use_up_no_text_of_a_known_device(service: TestService) {
    let (known, _) = with_phone(&service, Profile::Standard).await;
    let before = service.mails(NUMBER).await.len();
    for _ in 0..5 {
        let stranger = service.device();
        let answer = stranger
            .post("/v1/sessions", &sign_in(PASSWORD, None))
            .await;
        assert_eq!(answer.refused(), Code::SecondFactorNeeded);
    }
    assert_eq!(service.mails(NUMBER).await.len(), before + 5);
    let phone = json!({"kind": "phone", "number": "+46 70-765 43 21"});
    let answer = known.post("/v1/enrolments", &phone).await;
    assert_eq!(answer.refused(), Code::TooManyRequests);
    let answer = known.post("/v1/sessions", &sign_in(PASSWORD, None)).await;
    assert_eq!(answer.refused(), Code::SecondFactorNeeded);
    assert_eq!(service.mails(NUMBER).await.len(), before + 6);
    let code = service.code(NUMBER).await;
    let typed = sign_in(PASSWORD, Some(&code));
    known.post("/v1/sessions", &typed).await.expect(201);
}

/// Whoever puts a thief out gets back the texts that the thief used.
async fn putting_a_device_out_gives_its_texts_back(service: TestService) {
    let (mut owner, enrolled) = with_phone(&service, Profile::Standard).await;
    service.pass(2 * 86_400);
    owner.refresh().await;
    let mut thief = service.device();
    let backup = enrolled.backup_codes[0].expose();
    let typed = sign_in(PASSWORD, Some(backup));
    let answer = thief.post("/v1/sessions", &typed).await.expect(201);
    thief.take_session(&answer.value());
    let phone = json!({"kind": "phone", "number": "+46 70-765 43 21"});
    for _ in 0..5 {
        thief.post("/v1/enrolments", &phone).await.expect(201);
    }
    let answer = owner.post("/v1/enrolments", &phone).await;
    assert_eq!(answer.refused(), Code::TooManyRequests);
    let path = format!("/v1/devices/{}", thief.id());
    owner.delete(&path).await.expect(204);
    owner.post("/v1/enrolments", &phone).await.expect(201);
}

/// Somebody who knows the address, and nothing else.
async fn forgot_from(service: &TestService, network: &str) {
    let browser = TestBrowser::new(service, network);
    browser.open("/portal/forgot").await.expect(200);
    let shown = browser.submit("/portal/forgot/mail", &[("email", EMAIL)]);
    shown.await.expect(200);
    service.deliver().await;
}

async fn strangers_use_up_no_factor_tries_of_a_known_device(service: TestService) {
    let (known, enrolled) = with_phone(&service, Profile::Standard).await;
    let mut refusals = Vec::new();
    for _ in 0..22 {
        // Somebody else who knows the account password, again and again.
        let stranger = service.device();
        let typed = sign_in(PASSWORD, Some("1234 5678"));
        refusals.push(stranger.post("/v1/sessions", &typed).await.refused());
        service.pass(600);
    }
    let tried = refusals.iter().filter(|code| **code == Code::ProofRejected);
    assert_eq!(tried.count(), 20);
    assert_eq!(refusals[20..], [Code::TooManyRequests; 2]);
    let backup = enrolled.backup_codes[0].expose();
    let typed = sign_in(PASSWORD, Some(backup));
    known.post("/v1/sessions", &typed).await.expect(201);
}

async fn a_known_device_has_factor_tries_of_its_own_and_no_more(service: TestService) {
    let (known, enrolled) = with_phone(&service, Profile::Standard).await;
    for _ in 0..5 {
        let typed = sign_in(PASSWORD, Some("1234 5678"));
        let answer = known.post("/v1/sessions", &typed).await;
        assert_eq!(answer.refused(), Code::ProofRejected);
    }
    let backup = enrolled.backup_codes[0].expose();
    let typed = sign_in(PASSWORD, Some(backup));
    let answer = known.post("/v1/sessions", &typed).await;
    assert_eq!(answer.refused(), Code::TooManyRequests);
}
