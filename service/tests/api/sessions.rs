//! Tokens and DPoP.

use reqwest::Method;
use serde_json::json;
use sha2::{Digest, Sha256};
use sigill_core::wire::problem::Code;

use crate::device::Draft;
use crate::rig::TestService;

on_each_database! {
    a_proof_serves_once,
    a_proof_for_another_request_is_refused,
    a_proof_needs_a_fresh_nonce_and_no_right_clock,
    a_plain_bearer_token_is_refused,
    a_token_is_good_with_the_key_of_its_device_only,
    a_proof_by_another_algorithm_or_with_a_broken_signature_is_refused,
    an_access_token_lives_ten_minutes_and_a_refresh_token_thirty_days,
    a_refresh_token_has_one_successor_until_that_one_is_used,
    a_refresh_token_used_after_its_successor_ends_the_session,
    two_refreshes_at_once_sign_nobody_out,
}

async fn a_proof_serves_once(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let to = || (Method::GET, "/v1/account");
    let mut kept = None;
    device
        .send_once(to(), Vec::new(), |draft| kept = Some(draft.claims.clone()))
        .await
        .expect(200);
    let kept = kept.unwrap();
    let again = device
        .send_once(to(), Vec::new(), |draft| draft.claims = kept)
        .await;
    assert_eq!(again.refused(), Code::DpopRejected);
}

async fn a_proof_for_another_request_is_refused(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    for (claim, value) in [
        ("htm", json!("POST")),
        ("htu", json!(format!("{}/v1/vault", service.url))),
        ("htu", json!("https://evil.example/v1/account")),
        ("htu", json!("/v1/account")),
        ("bh", json!("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFX")),
        ("bh", json!(null)),
        ("ath", json!("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU")),
        ("ath", json!(null)),
        ("jti", json!("")),
        ("jti", json!("x".repeat(129))),
    ] {
        let to = (Method::GET, "/v1/account");
        let answer = device
            .send_once(to, Vec::new(), |draft| draft.claims[claim] = value.clone())
            .await;
        assert_eq!(answer.refused(), Code::DpopRejected, "{claim} {value}");
    }
    // A body that was changed on its way.
    let mut drafted = None;
    let to = || (Method::POST, "/v1/accounts/verification");
    device
        .send_once(to(), b"{\"email\":\"a@b.example\"}".to_vec(), |d| {
            drafted = Some(d.claims["bh"].clone());
        })
        .await
        .expect(202);
    let answer = device
        .send_once(to(), b"{\"email\":\"x@b.example\"}".to_vec(), |draft| {
            draft.claims["bh"] = drafted.clone().unwrap();
        })
        .await;
    assert_eq!(answer.refused(), Code::DpopRejected);
}

async fn a_proof_needs_a_fresh_nonce_and_no_right_clock(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let to = || (Method::GET, "/v1/account");
    let without = device
        .send_once(to(), Vec::new(), |draft| {
            draft.claims.as_object_mut().unwrap().remove("nonce");
        })
        .await;
    assert_eq!(without.refused(), Code::UseDpopNonce);
    assert!(without.headers.contains_key("dpop-nonce"));
    let made_up = |draft: &mut Draft| draft.claims["nonce"] = json!("made up");
    let answer = device.send_once(to(), Vec::new(), made_up).await;
    assert_eq!(answer.refused(), Code::UseDpopNonce);
    device
        .send_once(to(), Vec::new(), |draft| draft.claims["iat"] = json!(0))
        .await
        .expect(200);
    device
        .send_once(to(), Vec::new(), |draft| {
            draft.claims["iat"] = json!(9_999_999_999_u64)
        })
        .await
        .expect(200);
    service.pass(299);
    device.send_once(to(), Vec::new(), |_| {}).await.expect(200);
    service.pass(300);
    let old = device.send_once(to(), Vec::new(), |_| {}).await;
    assert_eq!(old.refused(), Code::UseDpopNonce);
    device.send_once(to(), Vec::new(), |_| {}).await.expect(200);
}

async fn a_plain_bearer_token_is_refused(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let access = device.access.clone().unwrap();
    for (authorization, code) in [
        (Some(format!("Bearer {access}")), Code::DpopRejected),
        (Some(access.clone()), Code::DpopRejected),
        (Some("DPoP made-up".into()), Code::DpopRejected),
        (None, Code::SignedOut),
    ] {
        let to = (Method::GET, "/v1/account");
        let answer = device
            .send_once(to, Vec::new(), |draft| {
                draft.authorization = authorization.clone()
            })
            .await;
        assert_eq!(answer.refused(), code, "{authorization:?}");
    }
    let client = reqwest::Client::new();
    let plain = client.get(format!("{}/v1/account", service.url));
    let answer = plain.bearer_auth(access).send().await.unwrap();
    assert_eq!(answer.status(), 401);
}

async fn a_token_is_good_with_the_key_of_its_device_only(service: TestService) {
    let owner = service.signed_in("asa@example.com").await;
    let mut thief = service.device();
    thief.access = owner.access.clone();
    let answer = thief.get("/v1/account").await;
    assert_eq!(answer.refused(), Code::SignedOut);
    let refresh = owner.refresh.clone().unwrap();
    assert_eq!(
        thief.refresh_with(&refresh).await.refused(),
        Code::SignedOut
    );
    owner.get("/v1/account").await.expect(200);
    owner.refresh_with(&refresh).await.expect(200);
    // An access token is no refresh token, and the other way round.
    let access = owner.access.clone().unwrap();
    assert_eq!(owner.refresh_with(&access).await.refused(), Code::SignedOut);
    // A token that is made up but for its beginning, which names the session.
    let owner = service.signed_in("bo@example.com").await;
    for token in [
        owner.refresh.clone().unwrap(),
        owner.access.clone().unwrap(),
    ] {
        let forged = format!("{}AAAAAAAA", &token[..token.len() - 8]);
        assert_eq!(owner.refresh_with(&forged).await.refused(), Code::SignedOut);
        let with_it = |draft: &mut Draft| {
            draft.claims["ath"] = json!(crate::device::base64url(Sha256::digest(&forged)));
            draft.authorization = Some(format!("DPoP {forged}"));
        };
        let to = (Method::GET, "/v1/account");
        let answer = owner.send_once(to, Vec::new(), with_it).await;
        assert_eq!(answer.refused(), Code::SignedOut);
    }
    let refresh = owner.refresh.clone().unwrap();
    owner.refresh_with(&refresh).await.expect(200);
}

async fn a_proof_by_another_algorithm_or_with_a_broken_signature_is_refused(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let to = || (Method::GET, "/v1/account");
    for (field, value) in [
        ("alg", json!("none")),
        ("alg", json!("HS256")),
        ("typ", json!("JWT")),
    ] {
        let answer = device
            .send_once(to(), Vec::new(), |draft| {
                draft.header[field] = value.clone()
            })
            .await;
        assert_eq!(answer.refused(), Code::DpopRejected, "{field} {value}");
    }
    let private = device
        .send_once(to(), Vec::new(), |draft| {
            draft.header["jwk"]["d"] = json!("AAAA")
        })
        .await;
    assert_eq!(
        private.refused(),
        Code::DpopRejected,
        "a private key in the header"
    );
    // Everything right, and signed by another key than the one in the header.
    let other = service.device();
    let mut own = None;
    let keep = |draft: &mut Draft| own = Some((draft.header.clone(), draft.claims.clone()));
    device.send_once(to(), Vec::new(), keep).await.expect(200);
    let (header, mut claims) = own.unwrap();
    claims["jti"] = json!("a new one");
    let access = device.access.clone();
    let answer = other
        .send_once(to(), Vec::new(), |draft| {
            draft.header = header;
            draft.claims = claims;
            draft.authorization = access.map(|access| format!("DPoP {access}"));
        })
        .await;
    assert_eq!(answer.refused(), Code::DpopRejected);
}

async fn an_access_token_lives_ten_minutes_and_a_refresh_token_thirty_days(service: TestService) {
    let mut device = service.signed_in("asa@example.com").await;
    service.pass(599);
    device.get("/v1/account").await.expect(200);
    service.pass(1);
    assert_eq!(device.get("/v1/account").await.refused(), Code::SignedOut);
    device.refresh().await;
    device.get("/v1/account").await.expect(200);
    service.pass(30 * 86_400 - 1);
    device.refresh().await;
    service.pass(30 * 86_400);
    let token = device.refresh.clone().unwrap();
    assert_eq!(device.refresh_with(&token).await.refused(), Code::SignedOut);
}

async fn a_refresh_token_has_one_successor_until_that_one_is_used(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let first = device.refresh.clone().unwrap();
    let answer = device.refresh_with(&first).await.expect(200).value();
    let second = answer["refresh_token"].as_str().unwrap();
    assert_ne!(first, second);
    for _ in 0..3 {
        let again = device.refresh_with(&first).await.expect(200).value();
        assert_eq!(
            again["refresh_token"], second,
            "the answer was lost, and is the same again"
        );
    }
    device.refresh_with(second).await.expect(200);
}

async fn a_refresh_token_used_after_its_successor_ends_the_session(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let first = device.refresh.clone().unwrap();
    let second = device.refresh_with(&first).await.expect(200).value();
    let second = second["refresh_token"].as_str().unwrap();
    let third = device.refresh_with(second).await.expect(200).value();
    let third = third["refresh_token"].as_str().unwrap();
    assert_eq!(device.refresh_with(&first).await.refused(), Code::SignedOut);
    assert_eq!(device.refresh_with(third).await.refused(), Code::SignedOut);
    assert_eq!(device.get("/v1/account").await.refused(), Code::SignedOut);
}

async fn two_refreshes_at_once_sign_nobody_out(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let token = device.refresh.clone().unwrap();
    let (one, other) = tokio::join!(device.refresh_with(&token), device.refresh_with(&token));
    let (one, other) = (one.expect(200).value(), other.expect(200).value());
    assert_eq!(one["refresh_token"], other["refresh_token"]);
    let next = one["refresh_token"].as_str().unwrap();
    device.refresh_with(next).await.expect(200);
}
