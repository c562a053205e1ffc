//! Deleting the account from the portal, and keeping it.

use sigill_core::wire::problem::Code;

use crate::browser::TestBrowser;
use crate::device::TestDevice;
use crate::guards::EMAIL;
use crate::portal::signed_in;
use crate::proofs::standing;
use crate::protections::prove;
use crate::provider::{ASA, Person, TestProvider};
use crate::rig::{Mail, TestService};
use crate::third_party::{rows, signed_in_by};
use crate::ways_in::by_provider;

on_each_database! {
    an_account_with_a_password_goes_by_its_proofs_after_seven_days,
    the_portal_shows_a_deletion_that_waits_and_keeps_the_account,
    without_a_password_a_fresh_sign_in_and_a_mailed_code_delete_it,
    the_link_in_the_mail_keeps_it_and_is_dead_afterwards,
    no_code_is_mailed_before_a_fresh_sign_in_and_nothing_goes_without_it,
    a_former_address_hears_of_a_deletion_and_keeps_the_account,
    the_code_goes_where_the_provider_says_and_nowhere_else,
    the_code_goes_where_the_provider_says_now_and_a_silent_one_moves_nothing,
}

const WEEK: u64 = 7 * 86_400;

async fn an_account_with_a_password_goes_by_its_proofs_after_seven_days(service: TestService) {
    let mut device = service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    browser.open("/portal/delete").await.expect(200);
    let shown = browser.submit("/portal/delete", &[]).await;
    prove(&service, &browser, shown).await;
    assert_eq!(
        standing(&device).await.delete_at,
        Some(service.now() + WEEK)
    );
    service.pass(WEEK - 1);
    service.tidy().await;
    device.refresh().await;
    standing(&device).await;
    service.pass(1);
    service.tidy().await;
    assert_eq!(device.get("/v1/account").await.refused(), Code::SignedOut);
    assert_eq!(rows(&service, "accounts").await, 0);
}

async fn the_portal_shows_a_deletion_that_waits_and_keeps_the_account(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    browser.open("/portal/delete").await.expect(200);
    let shown = browser.submit("/portal/delete", &[]).await;
    prove(&service, &browser, shown).await;
    for path in ["/portal", "/portal/delete"] {
        let shown = browser.open(path).await.expect(200);
        shown
            .says("is to be deleted 2026-11-30 14:05 UTC")
            .says("Keep the account");
    }
    for _ in 0..2 {
        let shown = browser.submit("/portal/delete/keep", &[]).await;
        shown.expect(200).says("The account stays.");
    }
    assert_eq!(standing(&device).await.delete_at, None);
    let kept = "select count(*) from timeline where event = 'deletion_cancelled'";
    assert_eq!(service.number(kept).await, 1, "twice is once");
}

/// An account without a password that is to be deleted, and the mail that says so.
async fn going(service: &TestService, provider: &TestProvider) -> (TestDevice, TestBrowser, Mail) {
    let device = signed_in_by(service, (provider, ASA), "Laptop").await;
    let browser = by_provider(service, provider).await;
    let shown = browser.open("/portal/delete").await.expect(200);
    shown.says("Example has to ask you once more who you are");
    let onwards = browser
        .post("/portal/again", &[("then", "delete")])
        .await
        .expect(200)
        .onwards();
    let back = provider.signs_in(&onwards, ASA);
    let shown = browser.open(&back).await.expect(200);
    shown.says("We mail a code first").says(ASA.email);
    let shown = browser.submit("/portal/delete/mail", &[]).await;
    shown.expect(200).says("Verification code");
    let code = service.code(ASA.email).await;
    let shown = browser
        .submit("/portal/delete/code", &[("code", &code)])
        .await;
    shown.expect(200).says("Delete the account in seven days");
    assert_eq!(standing(&device).await.delete_at, None);
    let shown = browser.submit("/portal/delete", &[]).await;
    shown.expect(200).says("is to be deleted");
    let mail = service.newest_mail(ASA.email).await;
    assert_eq!(mail.subject, "Your Sigill account is to be deleted");
    (device, browser, mail)
}

async fn without_a_password_a_fresh_sign_in_and_a_mailed_code_delete_it(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let (mut device, _, _) = going(&service, &provider).await;
    assert_eq!(
        standing(&device).await.delete_at,
        Some(service.now() + WEEK)
    );
    let asked = "select count(*) from timeline where event = 'deletion_asked'";
    assert_eq!(service.number(asked).await, 1);
    // Any device keeps it.
    device.touch("/v1/account/keep").await.expect(204);
    service.pass(WEEK);
    service.tidy().await;
    device.refresh().await;
    assert_eq!(standing(&device).await.delete_at, None);
}

async fn the_link_in_the_mail_keeps_it_and_is_dead_afterwards(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let (device, _, mail) = going(&service, &provider).await;
    let begin = mail.text.find("/keep/").expect("a link in the mail");
    let link = mail.text[begin..].split_whitespace().next().unwrap();
    let reader = TestBrowser::new(&service, "10.9.9.9");
    let shown = reader.get(link).await.expect(200);
    shown.says("Keep the account").says_nothing_of(ASA.email);
    assert!(
        standing(&device).await.delete_at.is_some(),
        "opening it changes nothing"
    );
    let mut forged = link.replace("/keep/", "/keep/A");
    forged.truncate(link.len());
    for other in [&*forged, "/keep/AAAA", "/keep/%00", "/keep/é"] {
        reader.get(other).await.expect(404);
    }
    reader
        .post(link, &[])
        .await
        .expect(200)
        .says("The account stays.");
    assert_eq!(standing(&device).await.delete_at, None);
    reader.get(link).await.expect(404);
    reader.post(link, &[]).await.expect(404);
}

/// A thief who changed the address and then deletes has the new one's mail.
async fn a_former_address_hears_of_a_deletion_and_keeps_the_account(service: TestService) {
    const FORMER: &str = "asa.before@example.com";
    let device = service.signed_in(EMAIL).await;
    service.former_address(device.account, FORMER).await;
    service.pass(1);
    let browser = signed_in(&service).await;
    browser.open("/portal/delete").await.expect(200);
    let shown = browser.submit("/portal/delete", &[]).await;
    prove(&service, &browser, shown).await;
    assert!(standing(&device).await.delete_at.is_some());
    let mail = service.newest_mail(FORMER).await;
    assert_eq!(mail.subject, "Your Sigill account is to be deleted");
    assert!(mail.text.contains("typed your account password"));
    let begin = mail.text.find("/keep/").expect("a link in the mail");
    let link = mail.text[begin..].split_whitespace().next().unwrap();
    let reader = TestBrowser::new(&service, "10.9.9.9");
    reader.get(link).await.expect(200).says("Keep the account");
    let shown = reader.post(link, &[]).await.expect(200);
    shown.says("The account stays.");
    assert_eq!(standing(&device).await.delete_at, None);
    service.pass(30 * 86_400 + 1);
    let browser = signed_in(&service).await;
    browser.open("/portal/delete").await.expect(200);
    let shown = browser.submit("/portal/delete", &[]).await;
    prove(&service, &browser, shown).await;
    let told = service.mails(FORMER).await.len();
    assert_eq!(told, 1, "one of long ago is nobody's business");
}

async fn no_code_is_mailed_before_a_fresh_sign_in_and_nothing_goes_without_it(
    mut service: TestService,
) {
    let provider = TestProvider::beside(&mut service).await;
    let device = signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let browser = by_provider(&service, &provider).await;
    browser.open("/portal/delete").await.expect(200);
    for (place, typed) in [
        ("/portal/delete/mail", &[("email", ASA.email)][..]),
        ("/portal/delete/code", &[("code", "1234 5678")]),
        ("/portal/delete", &[]),
    ] {
        browser.submit(place, typed).await;
    }
    assert_eq!(service.deliver().await, 0);
    // Proven, but five minutes ago.
    let onwards = browser
        .post("/portal/again", &[("then", "delete")])
        .await
        .expect(200)
        .onwards();
    browser
        .open(&provider.signs_in(&onwards, ASA))
        .await
        .expect(200);
    browser.submit("/portal/delete/mail", &[]).await.expect(200);
    let code = service.code(ASA.email).await;
    let typed = [("code", &*code)];
    browser
        .submit("/portal/delete/code", &typed)
        .await
        .expect(200);
    service.pass(300);
    let shown = browser.submit("/portal/delete", &[]).await.expect(200);
    shown.says("Example has to ask you once more who you are");
    assert_eq!(standing(&device).await.delete_at, None);
}

async fn the_code_goes_where_the_provider_says_and_nowhere_else(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let silent = Person { email: "", ..ASA };
    for (person, typed, told) in [
        (ASA, "thief@example.com", ASA.email),
        (
            Person {
                subject: "b",
                ..silent
            },
            "bo@example.com",
            "bo@example.com",
        ),
    ] {
        signed_in_by(&service, (&provider, person), "Laptop").await;
        let browser = crate::ways_in::as_person(&service, (&provider, person)).await;
        let onwards = browser
            .post("/portal/again", &[("then", "delete")])
            .await
            .expect(200)
            .onwards();
        browser
            .open(&provider.signs_in(&onwards, person))
            .await
            .expect(200);
        let shown = browser
            .submit("/portal/delete/mail", &[("email", typed)])
            .await;
        shown.expect(200).says(told);
        assert_eq!(service.mails(told).await.len(), 1);
    }
    assert!(service.mails("thief@example.com").await.is_empty());
}

async fn the_code_goes_where_the_provider_says_now_and_a_silent_one_moves_nothing(
    mut service: TestService,
) {
    let provider = TestProvider::beside(&mut service).await;
    signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let browser = by_provider(&service, &provider).await;
    let moved = Person {
        email: "asa.berg@example.com",
        ..ASA
    };
    let silent = Person { email: "", ..ASA };
    for person in [moved, silent] {
        browser.open("/portal/delete").await.expect(200);
        let again = browser.post("/portal/again", &[("then", "delete")]).await;
        let back = provider.signs_in(&again.expect(200).onwards(), person);
        let shown = browser.open(&back).await.expect(200);
        shown.says(moved.email).says_nothing_of(ASA.email);
        let typed = [("email", "thief@example.com")];
        let shown = browser.submit("/portal/delete/mail", &typed).await;
        shown.expect(200).says(moved.email);
        service.code(moved.email).await;
        service.sql("delete from portal_codes").await;
    }
    assert_eq!(service.mails(moved.email).await.len(), 2);
    for other in [ASA.email, "thief@example.com"] {
        assert!(service.mails(other).await.is_empty(), "{other}");
    }
}
