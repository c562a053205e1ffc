//! Second factors: enrolled, asked for, used once.

use serde_json::{Value, json};
use sigill_core::confirmation::action::{Action, Weakening};
use sigill_core::confirmation::factor::Way;
use sigill_core::confirmation::policy::{Profile, Proof, SecondFactor};
use sigill_core::confirmation::weakening::parameters_hash;
use sigill_core::id::Hash;
use sigill_core::wire::factor::{Enrolled, Factors};
use sigill_core::wire::operation::{Ask, Asked, Mail, Proofs};
use sigill_core::wire::problem::{Code, Problem};
use sigill_core::wire::weakening::{Parameters, Stage, Staged};
use sigill_core::wire::{Bytes, SecretText};
use sigill_service::courier::gateway::Gateway;
use totp_rs::Totp;

use crate::clear::receipt;
use crate::device::{Answer, PASSWORD, TestDevice};
use crate::guards::EMAIL;
use crate::linking::forgot;
use crate::proofs::{next, standing};
use crate::rig::TestService;
use crate::third_party::rows;
use crate::vaults::{TestVault, asked, confirm, password, proving, random, wrong};

on_each_database! {
    a_phone_is_a_factor_once_its_text_was_read_and_its_operation_executed,
    s13_s14_no_text_leaves_before_the_password_and_both_are_needed,
    a_text_that_is_too_old_is_refused_and_a_new_one_is_good,
    an_authenticator_code_is_good_once,
    a_backup_code_is_good_once,
    what_was_not_tried_or_not_staged_can_not_be_named,
    texts_go_to_allowed_countries_only,
    signing_in_takes_the_second_factor_too,
    a_text_says_what_it_is_for_and_is_good_once_for_that,
    taking_the_factor_away_takes_the_factor,
}

pub(crate) const NUMBER: &str = "+46701234567";

pub(crate) fn factor(typed: &str) -> Proofs {
    Proofs {
        text_message_code: Some(SecretText::new(typed.into())),
        ..Proofs::default()
    }
}

pub(crate) async fn enrol(device: &TestDevice, what: &Value) -> Enrolled {
    device.post("/v1/enrolments", what).await.expect(201).json()
}

pub(crate) async fn try_it(device: &TestDevice, enrolled: &Enrolled, code: &str) -> Answer {
    let path = format!("/v1/enrolments/{}/try", enrolled.enrolment);
    device.post(&path, &json!({"code": code})).await
}

/// Stages; the hash is the device's own.
pub(crate) async fn stage(device: &TestDevice, what: Weakening, parameters: Parameters) -> Hash {
    let blind = random();
    let own = parameters_hash(what, &blind, &parameters);
    let stage = Stage {
        what,
        blind: Bytes(blind.to_vec()),
        parameters,
    };
    let staged: Staged = device
        .post("/v1/weakenings", &stage)
        .await
        .expect(201)
        .json();
    assert_eq!(staged.parameters, own);
    own
}

/// Asks for a weakening that was staged, and has its password proved.
pub(crate) async fn weakening(
    device: &TestDevice,
    (what, parameters): (Weakening, Hash),
) -> (Ask, Asked) {
    let ask = TestVault::new().ask(device, Action::Weaken { what, parameters });
    let waiting = asked(device, &ask).await;
    let answer = confirm(device, &waiting, &proving(&ask, password(PASSWORD))).await;
    assert_eq!(next(answer).await, Proof::EmailCode);
    (ask, waiting)
}

pub(crate) fn enrolment(enrolled: &Enrolled, profile: Profile) -> Parameters {
    Parameters::Enrolment {
        enrolment: enrolled.enrolment,
        profile,
    }
}

/// A first factor takes effect: password and mailed code.
pub(crate) async fn take_effect(
    service: &TestService,
    device: &TestDevice,
    (enrolled, profile): (&Enrolled, Profile),
) {
    let what = Weakening::AddFactor;
    let parameters = stage(device, what, enrolment(enrolled, profile)).await;
    let (ask, waiting) = weakening(device, (what, parameters)).await;
    let code = service.code(EMAIL).await;
    let proofs = Proofs {
        email_code: Some(SecretText::new(code)),
        ..Proofs::default()
    };
    receipt(
        device,
        &confirm(device, &waiting, &proving(&ask, proofs)).await,
    );
}

pub(crate) async fn a_day(service: &TestService, device: &mut TestDevice) {
    service.pass(86_400);
    device.refresh().await;
}

pub(crate) async fn with_phone(service: &TestService, profile: Profile) -> (TestDevice, Enrolled) {
    let mut device = service.signed_in(EMAIL).await;
    let enrolled = enrol(
        &device,
        &json!({"kind": "phone", "number": "+46 70-123 45 67"}),
    )
    .await;
    let code = service.code(NUMBER).await;
    try_it(&device, &enrolled, &code).await.expect(204);
    take_effect(service, &device, (&enrolled, profile)).await;
    a_day(service, &mut device).await;
    (device, enrolled)
}

pub(crate) async fn with_authenticator(service: &TestService) -> (TestDevice, Enrolled, Totp) {
    let mut device = service.signed_in(EMAIL).await;
    let enrolled = enrol(&device, &json!({"kind": "authenticator"})).await;
    let totp = Totp::from_url(enrolled.otpauth.as_ref().unwrap().expose()).unwrap();
    let code = totp.generate(service.now()).to_string();
    try_it(&device, &enrolled, &code).await.expect(204);
    take_effect(service, &device, (&enrolled, Profile::Standard)).await;
    a_day(service, &mut device).await;
    (device, enrolled, totp)
}

/// The sync of a device with a second factor goes off.
async fn sync_off(service: &TestService, device: &mut TestDevice, typed: &str) {
    let ask = TestVault::new().weaken(device, Weakening::TurnSyncOff);
    let waiting = asked(device, &ask).await;
    let answer = confirm(device, &waiting, &proving(&ask, password(PASSWORD))).await;
    assert_eq!(next(answer).await, Proof::EmailCode);
    let code = service.code(EMAIL).await;
    let texted = if typed.is_empty() {
        service.code(NUMBER).await
    } else {
        typed.to_owned()
    };
    let both = Proofs {
        email_code: Some(SecretText::new(code)),
        ..factor(&texted)
    };
    receipt(
        device,
        &confirm(device, &waiting, &proving(&ask, both)).await,
    );
    a_day(service, device).await;
}

async fn a_phone_is_a_factor_once_its_text_was_read_and_its_operation_executed(
    service: TestService,
) {
    let device = service.signed_in(EMAIL).await;
    let enrolled = enrol(&device, &json!({"kind": "phone", "number": NUMBER})).await;
    assert_eq!(enrolled.backup_codes.len(), 10, "with the first factor");
    let code = service.code(NUMBER).await;
    let answer = try_it(&device, &enrolled, &wrong(&code)).await;
    assert_eq!(answer.refused(), Code::ProofRejected);
    assert_eq!(answer.json::<Problem>().tries_left, Some(4));
    try_it(&device, &enrolled, &code).await.expect(204);
    let factors: Factors = device.get("/v1/factors").await.expect(200).json();
    assert!(factors.factors.is_empty(), "nothing before its operation");
    assert_eq!(
        standing(&device).await.standing.second_factor,
        SecondFactor::Off
    );

    take_effect(&service, &device, (&enrolled, Profile::Strict)).await;
    let factors: Factors = device.get("/v1/factors").await.expect(200).json();
    assert_eq!(factors.factors.len(), 1);
    assert_eq!(factors.factors[0].way, Way::TextMessage);
    assert_eq!(factors.factors[0].hint.as_deref(), Some("+46 ··· 67"));
    assert_eq!(
        (factors.backup_codes_left, factors.profile),
        (10, Profile::Strict)
    );
    let standing = standing(&device).await.standing;
    assert_eq!(
        (standing.second_factor, standing.profile),
        (SecondFactor::On, Profile::Strict)
    );
    // Strict: the text too, where a code alone was enough.
    let waiting = asked(&device, &TestVault::new().clear_this_device(&device)).await;
    assert_eq!(waiting.required, [Proof::EmailCode, Proof::TextMessageCode]);
}

async fn s13_s14_no_text_leaves_before_the_password_and_both_are_needed(service: TestService) {
    let (mut device, _) = with_phone(&service, Profile::Standard).await;
    sync_off(&service, &mut device, "").await;
    let texts = service.mails(NUMBER).await.len();
    let ask = TestVault::new().clear_this_device(&device);
    let waiting = asked(&device, &ask).await;
    assert_eq!(
        waiting.required,
        [Proof::AccountPassword, Proof::TextMessageCode]
    );
    let step = waiting.second_factor.clone().unwrap();
    assert_eq!(step.ways, [Way::TextMessage, Way::BackupCode]);
    assert_eq!(step.phone_hint.as_deref(), Some("+46 ··· 67"));
    let path = format!("/v1/operations/{}/text", waiting.operation);
    assert_eq!(device.touch(&path).await.refused(), Code::NotOffered);
    let typed = password("not the password");
    let answer = confirm(&device, &waiting, &proving(&ask, typed)).await;
    assert_eq!(answer.refused(), Code::ProofRejected);
    assert_eq!(service.mails(NUMBER).await.len(), texts, "no text yet");

    let answer = confirm(&device, &waiting, &proving(&ask, password(PASSWORD))).await;
    assert_eq!(next(answer).await, Proof::TextMessageCode);
    assert_eq!(service.mails(NUMBER).await.len(), texts + 1);
    let text = service.newest_mail(NUMBER).await;
    assert!(
        text.text.contains(&waiting.reference.join(" ")),
        "{}",
        text.text
    );
    let code = service.code(NUMBER).await;
    let answer = confirm(&device, &waiting, &proving(&ask, factor(&wrong(&code)))).await;
    assert_eq!(answer.json::<Problem>().tries_left, Some(2));
    // The password needn't be typed again.
    let answer = confirm(&device, &waiting, &proving(&ask, factor(&code))).await;
    receipt(&device, &answer);
}

async fn a_text_that_is_too_old_is_refused_and_a_new_one_is_good(service: TestService) {
    let (mut device, _) = with_phone(&service, Profile::Standard).await;
    sync_off(&service, &mut device, "").await;
    let ask = TestVault::new().clear_this_device(&device);
    let waiting = asked(&device, &ask).await;
    confirm(&device, &waiting, &proving(&ask, password(PASSWORD)))
        .await
        .expect(200);
    let old = service.code(NUMBER).await;
    let path = format!("/v1/operations/{}/text", waiting.operation);
    let soon = device.touch(&path).await;
    assert_eq!(soon.refused(), Code::TooSoon);
    service.pass(600);
    device.refresh().await;
    let answer = confirm(&device, &waiting, &proving(&ask, factor(&old))).await;
    assert_eq!(answer.refused(), Code::CodeExpired);
    let again: Asked = device.touch(&path).await.expect(200).json();
    assert_eq!(
        again.tries_left, 4,
        "the password's; an old code counts none"
    );
    let new = service.code(NUMBER).await;
    let step = match device
        .get(&format!("/v1/operations/{}", waiting.operation))
        .await
        .json()
    {
        sigill_core::wire::operation::Progress::Pending(asked) => asked.second_factor.unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!(step.text_no, 2);
    assert!(matches!(step.text, Mail::HandedOver { .. }));
    let answer = confirm(&device, &waiting, &proving(&ask, factor(&old))).await;
    assert_eq!(answer.refused(), Code::ProofRejected, "the old one is dead");
    let answer = confirm(&device, &waiting, &proving(&ask, factor(&new))).await;
    receipt(&device, &answer);
}

/// Asks to clear a device whose sync is off, and proves the password.
async fn clearing(device: &TestDevice) -> (Ask, Asked) {
    let ask = TestVault::new().clear_this_device(device);
    let waiting = asked(device, &ask).await;
    let answer = confirm(device, &waiting, &proving(&ask, password(PASSWORD))).await;
    assert_eq!(next(answer).await, Proof::TextMessageCode);
    (ask, waiting)
}

async fn an_authenticator_code_is_good_once(service: TestService) {
    let (mut device, _, totp) = with_authenticator(&service).await;
    let code = totp.generate(service.now()).to_string();
    sync_off(&service, &mut device, &code).await;
    let (ask, waiting) = clearing(&device).await;
    let code = totp.generate(service.now()).to_string();
    let old = totp.generate(service.now() - 60).to_string();
    let answer = confirm(&device, &waiting, &proving(&ask, factor(&old))).await;
    assert_eq!(answer.refused(), Code::ProofRejected, "two steps ago");
    let answer = confirm(&device, &waiting, &proving(&ask, factor(&code))).await;
    receipt(&device, &answer);
    let (ask, waiting) = clearing(&device).await;
    let answer = confirm(&device, &waiting, &proving(&ask, factor(&code))).await;
    assert_eq!(answer.refused(), Code::ProofRejected, "used");
    service.pass(30);
    let code = totp.generate(service.now()).to_string();
    let answer = confirm(&device, &waiting, &proving(&ask, factor(&code))).await;
    receipt(&device, &answer);
}

async fn a_backup_code_is_good_once(service: TestService) {
    let (mut device, enrolled) = with_phone(&service, Profile::Standard).await;
    sync_off(&service, &mut device, "").await;
    let code = enrolled.backup_codes[3].expose().to_lowercase();
    let (ask, waiting) = clearing(&device).await;
    let answer = confirm(&device, &waiting, &proving(&ask, factor(&code))).await;
    receipt(&device, &answer);
    let factors: Factors = device.get("/v1/factors").await.expect(200).json();
    assert_eq!(factors.backup_codes_left, 9);
    let (ask, waiting) = clearing(&device).await;
    let answer = confirm(&device, &waiting, &proving(&ask, factor(&code))).await;
    assert_eq!(answer.refused(), Code::ProofRejected, "used");
    let code = enrolled.backup_codes[4].expose();
    let answer = confirm(&device, &waiting, &proving(&ask, factor(code))).await;
    receipt(&device, &answer);
}

async fn what_was_not_tried_or_not_staged_can_not_be_named(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let other = service.another(EMAIL, "Phone").await;
    let stage = |enrolled: &Enrolled| Stage {
        what: Weakening::AddFactor,
        blind: Bytes(vec![1; 32]),
        parameters: enrolment(enrolled, Profile::Strict),
    };
    let enrolled = enrol(&device, &json!({"kind": "phone", "number": NUMBER})).await;
    let answer = device.post("/v1/weakenings", &stage(&enrolled)).await;
    assert_eq!(answer.refused(), Code::NotFound, "not tried");
    let code = service.code(NUMBER).await;
    let answer = try_it(&other, &enrolled, &code).await;
    assert_eq!(answer.refused(), Code::NotFound, "another device's");
    try_it(&device, &enrolled, &code).await.expect(204);
    let answer = other.post("/v1/weakenings", &stage(&enrolled)).await;
    assert_eq!(answer.refused(), Code::NotFound, "another device's");
    device
        .post("/v1/weakenings", &stage(&enrolled))
        .await
        .expect(201);
    let mails = service.mails(EMAIL).await.len();
    // The same enrolment under another name, another blind or another device is another act.
    let strict = enrolment(&enrolled, Profile::Strict);
    let standard = enrolment(&enrolled, Profile::Standard);
    for (asking, what, parameters) in [
        (
            &device,
            Weakening::AddPhone,
            parameters_hash(Weakening::AddFactor, &[1; 32], &strict),
        ),
        (
            &device,
            Weakening::AddFactor,
            parameters_hash(Weakening::AddFactor, &[2; 32], &strict),
        ),
        (
            &device,
            Weakening::AddFactor,
            parameters_hash(Weakening::AddFactor, &[1; 32], &standard),
        ),
        (
            &other,
            Weakening::AddFactor,
            parameters_hash(Weakening::AddFactor, &[1; 32], &strict),
        ),
    ] {
        let ask = TestVault::new().ask(asking, Action::Weaken { what, parameters });
        let answer = asking.post("/v1/operations", &ask).await;
        assert_eq!(answer.refused(), Code::NotFound);
    }
    assert_eq!(service.mails(EMAIL).await.len(), mails);
}

async fn texts_go_to_allowed_countries_only(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    for number in ["+1 900 123 4567", "+882 1234 5678", "070 123 45 67", ""] {
        let body = json!({"kind": "phone", "number": number});
        let answer = device.post("/v1/enrolments", &body).await;
        assert_eq!(answer.refused(), Code::MalformedPhone, "{number}");
    }
}

pub(crate) fn sign_in(password: &str, second_factor: Option<&str>) -> Value {
    let mut body =
        json!({"email": EMAIL, "password": password, "device_name": "New", "language": "en"});
    if let Some(typed) = second_factor {
        body["second_factor"] = typed.into();
    }
    body
}

async fn signing_in_takes_the_second_factor_too(service: TestService) {
    let (_, enrolled) = with_phone(&service, Profile::Standard).await;
    let new = service.device();
    let texts = service.mails(NUMBER).await.len();
    let answer = new
        .post("/v1/sessions", &sign_in("a wrong password", None))
        .await;
    assert_eq!(answer.refused(), Code::SignInRejected);
    assert_eq!(
        service.mails(NUMBER).await.len(),
        texts,
        "no text for a wrong password"
    );
    for _ in 0..2 {
        let answer = new.post("/v1/sessions", &sign_in(PASSWORD, None)).await;
        assert_eq!(answer.refused(), Code::SecondFactorNeeded);
    }
    assert_eq!(service.mails(NUMBER).await.len(), texts + 1, "one a minute");
    let code = service.code(NUMBER).await;
    let answer = new
        .post("/v1/sessions", &sign_in(PASSWORD, Some(&wrong(&code))))
        .await;
    assert_eq!(answer.refused(), Code::ProofRejected);
    let stranger = service.device();
    let answer = stranger
        .post("/v1/sessions", &sign_in(PASSWORD, Some(&code)))
        .await;
    assert_eq!(
        answer.refused(),
        Code::ProofRejected,
        "another device's code"
    );
    let answer = new
        .post("/v1/sessions", &sign_in("a wrong password", Some(&code)))
        .await;
    assert_eq!(answer.refused(), Code::SignInRejected);
    service.pass(120);
    new.post("/v1/sessions", &sign_in(PASSWORD, Some(&code)))
        .await
        .expect(201);
    service.pass(3_600);
    let answer = new
        .post("/v1/sessions", &sign_in(PASSWORD, Some(&code)))
        .await;
    assert_eq!(answer.refused(), Code::ProofRejected, "good once");
    let backup = enrolled.backup_codes[0].expose();
    new.post("/v1/sessions", &sign_in(PASSWORD, Some(backup)))
        .await
        .expect(201);
    let answer = new
        .post("/v1/sessions", &sign_in(PASSWORD, Some(backup)))
        .await;
    assert_eq!(answer.refused(), Code::ProofRejected, "good once");
}

/// Somebody tricked out of a code that "signs in" must not lose more by it.
async fn a_text_says_what_it_is_for_and_is_good_once_for_that(service: TestService) {
    let (device, _) = with_phone(&service, Profile::Standard).await;
    let browser = forgot(&service, EMAIL).await;
    let code = service.code(EMAIL).await;
    let typed = [("code", &*code)];
    let shown = browser.submit("/portal/forgot/code", &typed);
    shown.await.expect(200).says("Save changes");
    let chosen = "another account password";
    let reset = async |factor: Option<&str>| {
        let typed = [("password", chosen), ("again", chosen)];
        let factor = factor.map(|code| ("second_factor", code));
        let all: Vec<_> = typed.into_iter().chain(factor).collect();
        browser.submit("/portal/forgot", &all).await
    };
    // A text for signing in, asked for by the same browser.
    browser.open("/portal/sign-in").await.expect(200);
    let typed = [("email", EMAIL), ("password", PASSWORD)];
    browser.submit("/portal/sign-in", &typed).await.expect(403);
    let to_sign_in = service.newest_mail(NUMBER).await;
    assert!(to_sign_in.text.contains("code to sign in"));
    let shown = reset(Some(&to_sign_in.code())).await;
    shown.expect(403).says_nothing_of("is saved");
    reset(None).await.expect(403);
    let to_reset = service.newest_mail(NUMBER).await;
    assert!(
        to_reset
            .text
            .contains("code to choose another account password")
    );
    browser.open("/portal/sign-in").await.expect(200);
    let code = to_reset.code();
    let typed = [
        ("email", EMAIL),
        ("password", PASSWORD),
        ("second_factor", &*code),
    ];
    browser.submit("/portal/sign-in", &typed).await.expect(403);
    device.get("/v1/account").await.expect(200);
    reset(Some(&code)).await.expect(200).says("is saved");
    assert_eq!(rows(&service, "sign_in_texts").await, 0);
}

async fn taking_the_factor_away_takes_the_factor(service: TestService) {
    let (device, _) = with_phone(&service, Profile::Strict).await;
    let what = Weakening::ChangeSecondFactor;
    let parameters = stage(&device, what, Parameters::NoFactor).await;
    let (ask, waiting) = weakening(&device, (what, parameters)).await;
    let code = Some(SecretText::new(service.code(EMAIL).await));
    let mail_alone = Proofs {
        email_code: code,
        ..Proofs::default()
    };
    let answer = confirm(&device, &waiting, &proving(&ask, mail_alone)).await;
    assert_eq!(next(answer).await, Proof::TextMessageCode);
    assert_eq!(
        standing(&device).await.standing.second_factor,
        SecondFactor::On
    );
    let both = Proofs {
        email_code: Some(SecretText::new(service.code(EMAIL).await)),
        ..factor(&service.code(NUMBER).await)
    };
    receipt(
        &device,
        &confirm(&device, &waiting, &proving(&ask, both)).await,
    );
    let factors: Factors = device.get("/v1/factors").await.expect(200).json();
    assert!(factors.factors.is_empty());
    assert_eq!(factors.backup_codes_left, 0);
    assert_eq!(
        standing(&device).await.standing.second_factor,
        SecondFactor::Off
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f19_where_the_gateway_is_down_the_other_ways_are_offered() {
    let service = TestService::sqlite_with(|config| {
        // Nothing listens there.
        config.sms = Some(Gateway::parse("http://127.0.0.1:9/").unwrap());
    })
    .await;
    let mut device = service.signed_in(EMAIL).await;
    let enrolled = enrol(&device, &json!({"kind": "authenticator"})).await;
    let totp = Totp::from_url(enrolled.otpauth.as_ref().unwrap().expose()).unwrap();
    let code = totp.generate(service.now()).to_string();
    try_it(&device, &enrolled, &code).await.expect(204);
    take_effect(&service, &device, (&enrolled, Profile::Standard)).await;
    a_day(&service, &mut device).await;
    service.store_phone(device.account, NUMBER).await;
    let ask = TestVault::new().weaken(&device, Weakening::TurnSyncOff);
    let waiting = asked(&device, &ask).await;
    confirm(&device, &waiting, &proving(&ask, password(PASSWORD)))
        .await
        .expect(200);
    let code = service.code(EMAIL).await;
    let path = format!("/v1/operations/{}", waiting.operation);
    let step = match device.get(&path).await.expect(200).json() {
        sigill_core::wire::operation::Progress::Pending(asked) => asked.second_factor.unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!((step.text, step.text_no), (Mail::Bounced, 0));
    assert_eq!(
        step.ways,
        [Way::TextMessage, Way::Authenticator, Way::BackupCode]
    );
    let both = Proofs {
        email_code: Some(SecretText::new(code)),
        ..factor(&totp.generate(service.now()).to_string())
    };
    receipt(
        &device,
        &confirm(&device, &waiting, &proving(&ask, both)).await,
    );
}

/// A server that keeps the request that it got, and says 201.
async fn listening() -> (String, tokio::task::JoinHandle<String>) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = Vec::new();
        loop {
            let mut part = [0; 4096];
            let read = stream.read(&mut part).await.unwrap();
            heard.extend_from_slice(&part[..read]);
            let text = String::from_utf8_lossy(&heard).to_string();
            let Some((head, body)) = text.split_once("\r\n\r\n") else {
                continue;
            };
            let length = head.lines().find_map(|line| {
                line.to_lowercase()
                    .strip_prefix("content-length: ")
                    .map(str::to_owned)
            });
            if length.and_then(|l| l.parse().ok()) == Some(body.len()) {
                let answer =
                    b"HTTP/1.1 201 Created\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
                stream.write_all(answer).await.unwrap();
                return text;
            }
        }
    });
    (address, heard)
}

async fn texted_through(scheme: &str, query: &str) -> String {
    let (address, heard) = listening().await;
    let gateway = format!("{scheme}AC1:token@{address}/send{query}");
    let service = TestService::sqlite_with(|config| {
        config.sms = Some(Gateway::parse(&gateway).unwrap());
    })
    .await;
    let device = service.signed_in(EMAIL).await;
    enrol(&device, &json!({"kind": "phone", "number": NUMBER})).await;
    service.deliver().await;
    heard.await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_gateway_gets_a_form_as_twilio_takes_it_or_json() {
    let form = texted_through("twilio+http://", "?from=%2B15005550006").await;
    assert!(form.starts_with("POST /send HTTP/1.1"), "{form}");
    assert!(
        form.to_lowercase()
            .contains("authorization: basic qumxonrva2vu"),
        "{form}"
    );
    assert!(
        form.contains("To=%2B46701234567&From=%2B15005550006&Body=Sigill"),
        "{form}"
    );
    let json = texted_through("http://", "?key=1").await;
    assert!(json.starts_with("POST /send?key=1 HTTP/1.1"), "{json}");
    let body: Value = serde_json::from_str(json.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(body["to"], NUMBER);
    assert!(body["text"].as_str().unwrap().contains("Sigill"));
}
