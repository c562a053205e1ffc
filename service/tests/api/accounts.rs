//! Sign-up, verification, sign-in.

use serde_json::json;
use sigill_core::wire::problem::Code;

use crate::device::PASSWORD;
use crate::rig::TestService;
use crate::vaults::wrong;

on_each_database! {
    a_verified_address_signs_in,
    sign_up_answers_alike_for_known_and_unknown_addresses,
    whoever_signs_up_with_a_known_address_is_told_by_mail_only,
    sign_in_before_verification_says_so_to_the_device_that_signed_up_only,
    a_wrong_verification_code_is_counted_and_five_are_the_end,
    a_verification_code_is_good_for_the_device_that_asked_only,
    a_verification_code_dies_after_ten_minutes_and_a_new_one_kills_it,
    a_verification_code_is_good_once,
    addresses_names_and_passwords_are_looked_at_at_the_door,
    a_device_signs_another_out,
}

async fn a_verified_address_signs_in(service: TestService) {
    let email = "asa@example.com";
    let laptop = service.signed_in(email).await;
    let account = laptop.get("/v1/account").await.expect(200).value();
    assert_eq!(account["email"], email);
    assert_eq!(account["standing"]["connection"], "linked");
    assert_eq!(account["devices"][0]["device"], laptop.id().to_string());
    assert_eq!(account["devices"][0]["name"], "Laptop");
    assert_eq!(account["now"], service.now());

    service.pass(120);
    let phone = service.another("ASA@example.com", "Phone").await;
    let account = laptop.get("/v1/account").await.expect(200).value();
    assert_eq!(
        account["devices"][0]["name"], "Laptop",
        "the asking device comes first"
    );
    assert_eq!(account["devices"][1]["device"], phone.id().to_string());
    assert_eq!(account["devices"][1]["known_since"], service.now());
}

async fn sign_up_answers_alike_for_known_and_unknown_addresses(service: TestService) {
    service.signed_in("known@example.com").await;
    let known = service.device().sign_up("known@example.com").await;
    let unknown = service.device().sign_up("unknown@example.com").await;
    assert_eq!((known.status, known.body), (202, String::new()));
    assert_eq!((unknown.status, unknown.body), (202, String::new()));

    let (one, other) = (service.device(), service.device());
    one.sign_up("known@example.com").await.expect(202);
    other.sign_up("new@example.com").await.expect(202);
    service.deliver().await;
    let guess = |answer: crate::device::Answer| (answer.status, answer.body);
    assert_eq!(
        guess(one.verify("known@example.com", "1234 5678").await),
        guess(other.verify("new@example.com", "1234 5678").await)
    );
    assert_eq!(
        guess(
            one.try_sign_in("known@example.com", "a wrong password", "A")
                .await
        ),
        guess(
            other
                .try_sign_in("new@example.com", "a wrong password", "A")
                .await
        )
    );
    assert_eq!(
        guess(
            service
                .device()
                .try_sign_in("known@example.com", "a wrong password", "A")
                .await
        ),
        guess(
            service
                .device()
                .try_sign_in("nobody@example.com", "a wrong password", "A")
                .await
        )
    );
}

async fn whoever_signs_up_with_a_known_address_is_told_by_mail_only(service: TestService) {
    let email = "known@example.com";
    service.signed_in(email).await;
    let stranger = service.device();
    let body = json!({"email": email, "password": "the stranger's own", "language": "sv"});
    stranger.post("/v1/accounts", &body).await.expect(202);
    let mail = service.newest_mail(email).await;
    assert_eq!(mail.subject, "Du har redan ett Sigill-konto");
    assert!(
        !mail.text.chars().any(|c| c.is_ascii_digit()),
        "no code: {}",
        mail.text
    );
    // The stranger's password opens nothing, and hears what it would hear of a new address.
    let answer = stranger.try_sign_in(email, "the stranger's own", "A").await;
    assert_eq!(answer.refused(), Code::EmailNotVerified);
    let answer = service.device().try_sign_in(email, PASSWORD, "A").await;
    assert_eq!(answer.status, 201);
}

async fn sign_in_before_verification_says_so_to_the_device_that_signed_up_only(
    service: TestService,
) {
    let (device, stranger) = (service.device(), service.device());
    device.sign_up("asa@example.com").await.expect(202);
    let answer = device.try_sign_in("asa@example.com", PASSWORD, "A").await;
    assert_eq!(answer.refused(), Code::EmailNotVerified);
    let answer = stranger.try_sign_in("asa@example.com", PASSWORD, "A").await;
    assert_eq!(answer.refused(), Code::SignInRejected);
}

async fn a_wrong_verification_code_is_counted_and_five_are_the_end(service: TestService) {
    let device = service.device();
    device.sign_up("asa@example.com").await.expect(202);
    let code = service.code("asa@example.com").await;
    for left in (0..5).rev() {
        let answer = device.verify("asa@example.com", &wrong(&code)).await;
        assert_eq!(answer.refused(), Code::ProofRejected);
        assert_eq!(answer.value()["tries_left"], left);
    }
    let answer = device.verify("asa@example.com", &code).await;
    assert_eq!(
        answer.refused(),
        Code::ProofRejected,
        "the right one comes too late"
    );
}

async fn a_verification_code_is_good_for_the_device_that_asked_only(service: TestService) {
    let (device, thief) = (service.device(), service.device());
    device.sign_up("asa@example.com").await.expect(202);
    let code = service.code("asa@example.com").await;
    thief.sign_up("asa@example.com").await.expect(202);
    assert_eq!(
        thief.verify("asa@example.com", &code).await.refused(),
        Code::ProofRejected
    );
    device.verify("asa@example.com", &code).await.expect(204);
}

async fn a_verification_code_dies_after_ten_minutes_and_a_new_one_kills_it(service: TestService) {
    let device = service.device();
    let email = "asa@example.com";
    device.sign_up(email).await.expect(202);
    let old = service.code(email).await;
    service.pass(600);
    assert_eq!(
        device.verify(email, &old).await.refused(),
        Code::CodeExpired
    );
    let again = json!({ "email": email });
    device
        .post("/v1/accounts/verification", &again)
        .await
        .expect(202);
    let new = service.code(email).await;
    assert_eq!(
        device.verify(email, &old).await.refused(),
        Code::ProofRejected
    );
    device.verify(email, &new).await.expect(204);
    let nobody = json!({ "email": "nobody@example.com" });
    device
        .post("/v1/accounts/verification", &nobody)
        .await
        .expect(202);
    assert_eq!(service.mails("nobody@example.com").await.len(), 0);
}

async fn a_verification_code_is_good_once(service: TestService) {
    let device = service.device();
    device.sign_up("asa@example.com").await.expect(202);
    let code = service.code("asa@example.com").await;
    device.verify("asa@example.com", &code).await.expect(204);
    let again = device.verify("asa@example.com", &code).await;
    assert_eq!(again.refused(), Code::ProofRejected);
}

async fn addresses_names_and_passwords_are_looked_at_at_the_door(service: TestService) {
    let device = service.device();
    let sign_up = async |email: &str, password: &str| {
        let body = json!({"email": email, "password": password, "language": "en"});
        device.post("/v1/accounts", &body).await.refused()
    };
    assert_eq!(sign_up("nobody", PASSWORD).await, Code::MalformedEmail);
    assert_eq!(
        sign_up("a@b.example\u{0}", PASSWORD).await,
        Code::MalformedEmail
    );
    assert_eq!(
        sign_up("a@b.example", "123456789").await,
        Code::PasswordTooShort
    );
    assert_eq!(
        sign_up("a@b.example", "PassWord123").await,
        Code::PasswordTooCommon
    );
    service.signed_in("a@b.example").await;
    for name in [
        "",
        "http://evil.example",
        "call 0800123456",
        "a\u{202e}b",
        "a\u{0}b",
    ] {
        let answer = device.try_sign_in("a@b.example", PASSWORD, name).await;
        assert_eq!(answer.refused(), Code::MalformedDeviceName, "{name}");
    }
}

async fn a_device_signs_another_out(service: TestService) {
    let laptop = service.signed_in("asa@example.com").await;
    let phone = service.another("asa@example.com", "Phone").await;
    let stranger = service.signed_in("stranger@example.com").await;
    let path = format!("/v1/devices/{}", phone.id());
    assert_eq!(stranger.delete(&path).await.refused(), Code::NotFound);
    phone.get("/v1/account").await.expect(200);
    laptop.delete(&path).await.expect(204);
    assert_eq!(phone.get("/v1/account").await.refused(), Code::SignedOut);
    let refresh = phone.refresh.clone().unwrap();
    assert_eq!(
        phone.refresh_with(&refresh).await.refused(),
        Code::SignedOut
    );
    let account = laptop.get("/v1/account").await.expect(200).value();
    assert_eq!(account["devices"].as_array().unwrap().len(), 1);
    laptop.delete("/v1/sessions/current").await.expect(204);
    assert_eq!(laptop.get("/v1/account").await.refused(), Code::SignedOut);
}
