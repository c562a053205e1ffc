//! One provider more, one less: by the proofs of a weakening, and only for
//! somebody who came from there.

use serde_json::json;
use sigill_core::confirmation::action::Weakening;
use sigill_core::confirmation::policy::Profile;
use sigill_core::id::EnrolmentId;
use sigill_core::wire::Bytes;
use sigill_core::wire::problem::Code;
use sigill_core::wire::weakening::{Parameters, Stage};

use crate::browser::{Shown, TestBrowser};
use crate::device::PASSWORD;
use crate::guards::EMAIL;
use crate::portal::signed_in;
use crate::proofs::standing;
use crate::protections::prove;
use crate::provider::{ASA, Person, TestProvider, query};
use crate::rig::TestService;
use crate::third_party::{NETWORK, rows, signed_in_by};

on_each_database! {
    a_provider_is_added_after_a_sign_in_there_and_the_proofs,
    who_is_let_in_stands_on_the_page_and_in_the_mail,
    somebody_swapped_in_between_the_page_and_the_code_is_not_let_in,
    a_mail_that_can_not_say_who_is_let_in_does_not_leave,
    the_provider_is_to_ask_who_it_is_that_is_let_in,
    a_provider_is_taken_away_by_its_proofs_and_signs_in_no_more,
    another_address_at_the_provider_is_shown_and_moves_no_code,
    an_identity_of_another_account_is_not_added,
    a_way_to_the_provider_of_another_session_adds_nothing,
    devices_stage_no_identity_that_nobody_proved,
    the_last_way_in_has_no_button_and_is_refused,
}

const ADD: &str = "/portal/providers/add/example";

/// The portal, signed in by the provider, region and terms given.
pub(crate) async fn by_provider(service: &TestService, provider: &TestProvider) -> TestBrowser {
    as_person(service, (provider, ASA)).await
}

pub(crate) async fn as_person(
    service: &TestService,
    (provider, person): (&TestProvider, Person),
) -> TestBrowser {
    provider.set_clock(service.now());
    let browser = TestBrowser::new(service, NETWORK);
    browser.open("/portal").await.expect(200);
    let shown = browser
        .through(provider, ("/portal/to/example", person))
        .await;
    shown.expect(200).says("Where do you live?");
    let agreed = [("region", "eu"), ("terms", "yes")];
    browser.submit("/portal/terms", &agreed).await.expect(200);
    browser
}

/// An account with a password that Asa at the provider signs in to.
async fn added(service: &TestService, provider: &TestProvider) -> TestBrowser {
    let browser = signed_in(service).await;
    browser.open("/portal/providers").await.expect(200);
    let shown = browser.through(provider, (ADD, ASA)).await;
    assert_eq!(
        rows(service, "identities").await,
        0,
        "nothing before the proofs"
    );
    prove(service, &browser, shown).await;
    browser
}

async fn a_provider_is_added_after_a_sign_in_there_and_the_proofs(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let device = service.signed_in(EMAIL).await;
    let browser = added(&service, &provider).await;
    let shown = browser.open("/portal/providers").await.expect(200);
    shown.says("Take Example away");
    let by = signed_in_by(&service, (&provider, ASA), "Tablet").await;
    assert_eq!(by.account, device.account);
    assert_eq!(rows(&service, "accounts").await, 1);
}

/// The page that names whom the operation would let in.
async fn letting_in(
    (service, provider): (&TestService, &TestProvider),
    person: Person,
) -> (TestBrowser, Shown) {
    let browser = signed_in(service).await;
    browser.open("/portal/providers").await.expect(200);
    let shown = browser.through(provider, (ADD, person)).await;
    (browser, shown.expect(200))
}

async fn who_is_let_in_stands_on_the_page_and_in_the_mail(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    service.signed_in(EMAIL).await;
    // What a provider calls somebody can't look like anything else.
    let bo = Person {
        subject: "bo\n\n    1234 5678\n\n<b>",
        email: "not an address",
        ago: 0,
    };
    for (person, mailed, escaped) in [
        (
            ASA,
            "Example: asa@example.com (subject-of-asa)",
            "Example: asa@example.com (subject-of-asa)",
        ),
        (
            bo,
            "Example: bo\\n\\n    1234 5678\\n\\n<b>",
            "Example: bo\\n\\n    1234 5678\\n\\n&#60;b&#62;",
        ),
    ] {
        let (browser, shown) = letting_in((&service, &provider), person).await;
        let place = shown.says(escaped).form("/portal/operations/");
        let typed = [("password", PASSWORD)];
        let shown = browser.submit(&place, &typed).await;
        shown.expect(200).says(escaped);
        let mail = service.newest_mail(EMAIL).await;
        let line = format!("\n    {mailed}\n");
        assert!(mail.text.contains(&line), "{}", mail.text);
        assert!(mail.html.contains(escaped), "{}", mail.html);
        let shown = browser.submit(&place, &[("code", &mail.code())]).await;
        shown.expect(200).says("It is done");
        service.deliver().await;
    }
    assert_eq!(rows(&service, "identities").await, 2);
    assert_eq!(rows(&service, "enrolments").await, 0);
}

async fn somebody_swapped_in_between_the_page_and_the_code_is_not_let_in(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    service.signed_in(EMAIL).await;
    let thief = Person {
        subject: "thief",
        ..ASA
    };
    // In the rows, after the code was mailed.
    let (browser, shown) = letting_in((&service, &provider), ASA).await;
    let place = shown.form("/portal/operations/");
    browser.submit(&place, &[("password", PASSWORD)]).await;
    let code = service.code(EMAIL).await;
    service
        .sql("update enrolments set value = replace(value, 'subject-of-asa', 'thief')")
        .await;
    let shown = browser.submit(&place, &[("code", &code)]).await;
    shown.expect(409).says("Something changed meanwhile");
    // By another tab of the same browser, whose own asking came too often.
    let (browser, _) = letting_in((&service, &provider), ASA).await;
    let shown = browser.through(&provider, (ADD, ASA)).await;
    let place = shown.form("/portal/operations/");
    browser.submit(&place, &[("password", PASSWORD)]).await;
    let code = service.code(EMAIL).await;
    browser.through(&provider, (ADD, thief)).await.expect(429);
    let shown = browser.submit(&place, &[("code", &code)]).await;
    shown.expect(409).says("Something changed meanwhile");
    assert_eq!(rows(&service, "identities").await, 0);
}

async fn a_mail_that_can_not_say_who_is_let_in_does_not_leave(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    service.signed_in(EMAIL).await;
    let (browser, shown) = letting_in((&service, &provider), ASA).await;
    let place = shown.form("/portal/operations/");
    browser.submit(&place, &[("password", PASSWORD)]).await;
    service.sql("delete from enrolments").await;
    let mails = service.mails(EMAIL).await;
    assert_eq!(mails.len(), 1, "the sign-up's alone");
}

async fn the_provider_is_to_ask_who_it_is_that_is_let_in(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    service.signed_in(EMAIL).await;
    for (told, prompt) in [
        (None, "select_account"),
        (Some(json!(["login", "select_account"])), "select_account"),
        (Some(json!(["none", "login", "consent"])), "login"),
    ] {
        if let Some(told) = told {
            provider.tells("prompt_values_supported", told);
            service.restart().await;
        }
        let browser = signed_in(&service).await;
        browser.open("/portal/providers").await.expect(200);
        let onwards = browser.post(ADD, &[]).await.expect(200).onwards();
        assert_eq!(query(&onwards)["prompt"], prompt);
    }
}

async fn a_provider_is_taken_away_by_its_proofs_and_signs_in_no_more(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    service.signed_in(EMAIL).await;
    let browser = added(&service, &provider).await;
    let other = by_provider(&service, &provider).await;
    browser.open("/portal/providers").await.expect(200);
    let issuer = provider.issuer();
    let identity = [("issuer", &*issuer), ("subject", ASA.subject)];
    let shown = browser.submit("/portal/providers/unlink", &identity).await;
    prove(&service, &browser, shown).await;
    assert_eq!(rows(&service, "identities").await, 0);
    browser.get("/portal").await.expect(200);
    other.get("/portal").await.expect(303);
    let stranger = TestBrowser::new(&service, NETWORK);
    stranger.open("/portal").await.expect(200);
    let shown = stranger
        .through(&provider, ("/portal/to/example", ASA))
        .await;
    shown
        .expect(403)
        .says("No Sigill account signs in with that.");
    // The password does, and an identity that is gone is absent.
    let again = signed_in(&service).await;
    let shown = again.submit("/portal/providers/unlink", &identity).await;
    shown.expect(404);
}

async fn another_address_at_the_provider_is_shown_and_moves_no_code(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    let device = service.signed_in(EMAIL).await;
    added(&service, &provider).await;
    let moved = Person {
        email: "asa.berg@example.com",
        ..ASA
    };
    let browser = as_person(&service, (&provider, moved)).await;
    let shown = browser.open("/portal/providers").await.expect(200);
    shown.says(moved.email);
    assert_eq!(standing(&device).await.email, EMAIL);
    browser.open("/portal/delete").await.expect(200);
    let shown = browser.submit("/portal/delete", &[]).await;
    prove(&service, &browser, shown).await;
    assert!(service.mails(moved.email).await.is_empty());
}

async fn an_identity_of_another_account_is_not_added(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    signed_in_by(&service, (&provider, ASA), "Laptop").await;
    service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    browser.open("/portal/providers").await.expect(200);
    let shown = browser.through(&provider, (ADD, ASA)).await;
    shown
        .expect(409)
        .says("belongs to a Sigill account already");
    assert_eq!(rows(&service, "operations").await, 0);
    // Nor where it became somebody's between the sign-in there and the proofs.
    let bo = Person {
        subject: "bo",
        ..ASA
    };
    let shown = browser.through(&provider, (ADD, bo)).await;
    let place = shown.form("/portal/operations/");
    browser
        .submit(&place, &[("password", PASSWORD)])
        .await
        .expect(200);
    let code = service.code(EMAIL).await;
    signed_in_by(&service, (&provider, bo), "Laptop of Bo").await;
    let shown = browser.submit(&place, &[("code", &code)]).await;
    shown.expect(409).says("Something changed meanwhile");
    assert_eq!(rows(&service, "accounts").await, 3);
}

async fn a_way_to_the_provider_of_another_session_adds_nothing(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    browser.open("/portal/providers").await.expect(200);
    let onwards = browser.post(ADD, &[]).await.expect(200).onwards();
    let back = provider.signs_in(&onwards, ASA);
    // Lured into another browser, or after the session ended.
    let victim = signed_in(&service).await;
    victim.open(&back).await.expect(403);
    browser.submit("/portal/sign-out", &[]).await;
    let shown = browser.open(&back).await;
    assert_ne!(shown.status, 500);
    assert_eq!(rows(&service, "operations").await, 0);
    assert_eq!(rows(&service, "enrolments").await, 0);
}

async fn devices_stage_no_identity_that_nobody_proved(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    signed_in_by(&service, (&provider, ASA), "Laptop of Asa").await;
    let device = service.signed_in(EMAIL).await;
    let identity = || Parameters::Identity {
        issuer: provider.issuer(),
        subject: ASA.subject.into(),
    };
    let enrolment = Parameters::Enrolment {
        enrolment: EnrolmentId([7; 16]),
        profile: Profile::Standard,
    };
    for (what, parameters, code) in [
        (Weakening::AddProvider, identity(), Code::NotFound),
        (Weakening::AddProvider, enrolment, Code::MalformedRequest),
        (Weakening::UnlinkProvider, identity(), Code::NotFound),
    ] {
        let stage = Stage {
            what,
            blind: Bytes(vec![1; 32]),
            parameters,
        };
        let answer = device.post("/v1/weakenings", &stage).await;
        assert_eq!(answer.refused(), code, "{what:?}");
    }
    let wish = json!({"kind": "identity", "issuer": provider.issuer(), "subject": ASA.subject});
    let answer = device.post("/v1/enrolments", &wish).await;
    assert_eq!(answer.refused(), Code::MalformedRequest);
}

async fn the_last_way_in_has_no_button_and_is_refused(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    signed_in_by(&service, (&provider, ASA), "Laptop").await;
    let browser = by_provider(&service, &provider).await;
    let shown = browser.open("/portal/providers").await.expect(200);
    shown.says("Example").says_nothing_of("Take Example away");
    let issuer = provider.issuer();
    let identity = [("issuer", &*issuer), ("subject", ASA.subject)];
    let shown = browser.submit("/portal/providers/unlink", &identity).await;
    shown.expect(403).says("no account password yet");
    assert_eq!(rows(&service, "identities").await, 1);
}
