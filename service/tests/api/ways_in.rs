//! One provider more, one less: by the proofs of a weakening, and only for
//! somebody who came from there.

use serde_json::json;
use sigill_core::confirmation::action::Weakening;
use sigill_core::confirmation::policy::Profile;
use sigill_core::id::EnrolmentId;
use sigill_core::wire::Bytes;
use sigill_core::wire::problem::Code;
use sigill_core::wire::weakening::{Parameters, Stage};

use crate::browser::TestBrowser;
use crate::device::PASSWORD;
use crate::guards::EMAIL;
use crate::portal::signed_in;
use crate::protections::prove;
use crate::provider::{ASA, Person, TestProvider};
use crate::rig::TestService;
use crate::third_party::{NETWORK, rows, signed_in_by};

on_each_database! {
    a_provider_is_added_after_a_sign_in_there_and_the_proofs,
    a_provider_is_taken_away_by_its_proofs_and_signs_in_no_more,
    an_identity_of_another_account_is_not_added,
    a_way_to_the_provider_of_another_session_adds_nothing,
    devices_stage_no_identity_that_nobody_proved,
    the_last_way_in_has_no_button_and_is_refused,
}

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
    let shown = browser
        .through(provider, ("/portal/providers/add/example", ASA))
        .await;
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

async fn an_identity_of_another_account_is_not_added(mut service: TestService) {
    let provider = TestProvider::beside(&mut service).await;
    signed_in_by(&service, (&provider, ASA), "Laptop").await;
    service.signed_in(EMAIL).await;
    let browser = signed_in(&service).await;
    browser.open("/portal/providers").await.expect(200);
    let shown = browser
        .through(&provider, ("/portal/providers/add/example", ASA))
        .await;
    shown
        .expect(409)
        .says("belongs to a Sigill account already");
    assert_eq!(rows(&service, "operations").await, 0);
    // Nor where it became somebody's between the sign-in there and the proofs.
    let bo = Person {
        subject: "bo",
        ..ASA
    };
    let shown = browser
        .through(&provider, ("/portal/providers/add/example", bo))
        .await;
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
    let button = "/portal/providers/add/example";
    let onwards = browser.post(button, &[]).await.expect(200).onwards();
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
        (Weakening::AddProvider, identity(), Code::MalformedRequest),
        (Weakening::AddProvider, enrolment, Code::NotFound),
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
