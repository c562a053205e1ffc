//! Nothing that a client sends is answered with 500.

use reqwest::Method;
use serde_json::{Value, json};
use sigill_core::wire::problem::Code;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::device::{Draft, TestDevice};
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, confirmation, random};

on_each_database! {
    garbage_to_every_route_is_answered_below_500,
    every_truncation_of_a_good_body_is_answered_below_500,
    every_field_of_a_good_body_may_be_anything,
    unknown_actions_and_fields_are_refused,
    a_body_over_8_mib_is_refused,
    bodies_that_are_not_declared_as_json_are_refused,
    raw_bytes_on_the_wire_do_no_harm,
}

const ROUTES: &[(&str, &str)] = &[
    ("POST", "/v1/accounts"),
    ("POST", "/v1/accounts/verify"),
    ("POST", "/v1/accounts/verification"),
    ("POST", "/v1/sessions"),
    ("POST", "/v1/sessions/refresh"),
    ("GET", "/v1/account"),
    ("DELETE", "/v1/devices/00112233445566778899aabbccddeeff"),
    ("DELETE", "/v1/devices/%00"),
    ("GET", "/v1/vault"),
    ("GET", "/v1/vault/changes"),
    (
        "GET",
        "/v1/vault/changes?generation=00112233445566778899aabbccddeeff&since=18446744073709551615",
    ),
    (
        "GET",
        "/v1/vault/changes?generation=00112233445566778899aabbccddeeff&since=0&after=%ff",
    ),
    ("GET", "/v1/vault/changes?generation=x&since=-1&x=y"),
    ("POST", "/v1/vault/push"),
    ("POST", "/v1/uploads"),
    ("PUT", "/v1/uploads/00112233445566778899aabbccddeeff"),
    ("PUT", "/v1/uploads/%F0%9F%94%91"),
    ("GET", "/v1/generations"),
    ("GET", "/v1/files"),
    (
        "GET",
        "/v1/files?vault=00112233445566778899aabbccddeeff&epoch=18446744073709551615",
    ),
    ("POST", "/v1/files"),
    ("PUT", "/v1/files/00112233445566778899aabbccddeeff"),
    ("GET", "/v1/files/%00?files_key=x&from=-1"),
    (
        "GET",
        "/v1/files/00112233445566778899aabbccddeeff?files_key=00112233445566778899aabbccddeeff&from=4294967295",
    ),
    (
        "DELETE",
        "/v1/files/00112233445566778899aabbccddeeff?files_key=%ff",
    ),
    ("GET", "/v1/timeline"),
    ("GET", "/v1/timeline?after=-1"),
    ("GET", "/v1/timeline?after=18446744073709551615"),
    ("GET", "/v1/timeline?after=1&x=y"),
    ("POST", "/v1/timeline/password"),
    ("POST", "/v1/operations"),
    ("GET", "/v1/operations/00112233445566778899aabbccddeeff"),
    ("GET", "/v1/operations/nonsense"),
    (
        "POST",
        "/v1/operations/00112233445566778899aabbccddeeff/code",
    ),
    (
        "POST",
        "/v1/operations/00112233445566778899aabbccddeeff/confirm",
    ),
    (
        "POST",
        "/v1/operations/00112233445566778899aabbccddeeff/cancel",
    ),
    (
        "POST",
        "/v1/operations/00112233445566778899aabbccddeeff/ack",
    ),
    ("GET", "/not-me/nonsense?lang=%00"),
    ("POST", "/not-me/%00"),
    ("GET", "/dev/inbox.json?to=%00"),
    ("PATCH", "/v1/vault"),
    ("GET", "/nowhere"),
    ("DELETE", "/v1/sessions/current"),
];

fn method(name: &str) -> Method {
    name.parse().unwrap()
}

fn below_500(answer: &crate::device::Answer, what: &str) {
    assert!(
        answer.status < 500 || answer.status == 503,
        "{} to {what}: {}",
        answer.status,
        answer.body
    );
    assert_ne!(answer.status, 503, "busy at {what}");
}

async fn garbage_to_every_route_is_answered_below_500(service: TestService) {
    let mut device = service.signed_in("asa@example.com").await;
    let deep = "[".repeat(10_000);
    let mut bodies: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"{}".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"\"\\ud800\"".to_vec(),
        b"{\"email\":\"a@b.example\",\"email\":\"a@b.example\"}".to_vec(),
        b"1e999999".to_vec(),
        deep.into_bytes(),
        vec![0xff; 100],
    ];
    bodies.extend((0..3).map(|_| random::<64>().to_vec()));
    for (name, path) in ROUTES {
        for body in &bodies {
            let answer = device.send((method(name), path), body.clone()).await;
            below_500(
                &answer,
                &format!("{name} {path} {}", String::from_utf8_lossy(body)),
            );
        }
    }
    device.access = None;
    for (name, path) in ROUTES {
        below_500(&device.send((method(name), path), Vec::new()).await, path);
    }
}

/// Good bodies, each with its path.
async fn good(service: &TestService, device: &TestDevice) -> Vec<(Method, String, Value)> {
    let mut vault = TestVault::new();
    vault.create(device, 1).await;
    let (replace, _) = vault.replace_cloud(device).await;
    let ask = vault.clear_this_device(device);
    let waiting = asked(device, &ask).await;
    let code = service.code("asa@example.com").await;
    let records = vault.add(device, 1);
    let upload = replace.request.upload.unwrap();
    let json = |value: &dyn erased::Json| value.json();
    vec![
        (
            Method::POST,
            "/v1/accounts".into(),
            json!({"email": "x@y.example", "password": "a long password", "language": "en"}),
        ),
        (
            Method::POST,
            "/v1/accounts/verify".into(),
            json!({"email": "x@y.example", "code": "1234 5678"}),
        ),
        (
            Method::POST,
            "/v1/sessions".into(),
            json!({"email": "x@y.example", "password": "a long password", "device_name": "A", "language": "sv"}),
        ),
        (
            Method::POST,
            "/v1/sessions/refresh".into(),
            json!({"refresh_token": "x"}),
        ),
        (
            Method::POST,
            "/v1/vault/push".into(),
            json(&vault.push_of(device, records.clone())),
        ),
        (
            Method::PUT,
            format!("/v1/uploads/{upload}"),
            json!({ "records": records }),
        ),
        (Method::POST, "/v1/operations".into(), json(&replace)),
        (
            Method::POST,
            format!("/v1/operations/{}/confirm", waiting.operation),
            json(&confirmation(&ask, &crate::vaults::wrong(&code))),
        ),
    ]
}

mod erased {
    pub(super) trait Json {
        fn json(&self) -> serde_json::Value;
    }
    impl<T: serde::Serialize> Json for T {
        fn json(&self) -> serde_json::Value {
            serde_json::to_value(self).unwrap()
        }
    }
}

async fn every_truncation_of_a_good_body_is_answered_below_500(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    for (method, path, body) in good(&service, &device).await {
        let bytes = serde_json::to_vec(&body).unwrap();
        for part in 0..12 {
            let cut = bytes[..bytes.len() * part / 12].to_vec();
            let answer = device.send((method.clone(), &path), cut).await;
            below_500(&answer, &path);
            assert!(answer.status >= 400, "{path}");
        }
    }
}

/// Every place in a JSON value, as pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.into());
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                places(member, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(members) => {
            for (number, member) in members.iter().enumerate().take(2) {
                places(member, &format!("{at}/{number}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

async fn every_field_of_a_good_body_may_be_anything(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let odd = [
        Value::Null,
        json!(true),
        json!(-1),
        json!(u64::MAX),
        json!(1.5),
        json!(""),
        json!("\u{0}"),
        json!("A".repeat(400)),
        json!("ffffffffffffffffffffffffffffffff"),
        json!([]),
        json!({}),
    ];
    for (method, path, body) in good(&service, &device).await {
        let mut found = Vec::new();
        places(&body, "", &mut found);
        for place in found {
            for value in &odd {
                let mut body = body.clone();
                *body.pointer_mut(&place).unwrap() = value.clone();
                let bytes = serde_json::to_vec(&body).unwrap();
                let answer = device.send((method.clone(), &path), bytes).await;
                below_500(&answer, &format!("{path} {place} {value}"));
            }
        }
    }
}

async fn unknown_actions_and_fields_are_refused(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let good = serde_json::to_value(vault.clear_everywhere(&device)).unwrap();
    let mut unknown = good.clone();
    unknown["request"]["action"] = json!({"kind": "explode"});
    assert_eq!(
        device.post("/v1/operations", &unknown).await.refused(),
        Code::MalformedRequest
    );
    for place in ["", "/request"] {
        let mut more = good.clone();
        more.pointer_mut(place).unwrap()["more"] = json!(1);
        assert_eq!(
            device.post("/v1/operations", &more).await.refused(),
            Code::MalformedRequest
        );
    }
    let body = b"{}".to_vec();
    let with_body = device.send((Method::POST, "/v1/uploads"), body).await;
    assert_eq!(
        with_body.refused(),
        Code::MalformedRequest,
        "a body where none belongs"
    );
}

async fn a_body_over_8_mib_is_refused(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let body = vec![b' '; (8 << 20) + 1];
    let answer = device.send((Method::POST, "/v1/vault/push"), body).await;
    assert_eq!(answer.refused(), Code::TooLarge);
    let body = vec![b' '; 8 << 20];
    let answer = device.send((Method::POST, "/v1/vault/push"), body).await;
    assert_eq!(answer.refused(), Code::MalformedRequest);
}

async fn bodies_that_are_not_declared_as_json_are_refused(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    for kind in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
    ] {
        let tamper = |draft: &mut Draft| draft.content_type = kind;
        let to = (Method::POST, "/v1/accounts/verification");
        let answer = device
            .send_with(to, b"{\"email\":\"a@b.example\"}".to_vec(), tamper)
            .await;
        assert_eq!(answer.refused(), Code::UnsupportedMediaType, "{kind:?}");
    }
    let tamper = |draft: &mut Draft| draft.content_type = Some("application/json; charset=utf-8");
    let to = (Method::POST, "/v1/accounts/verification");
    device
        .send_with(to, b"{\"email\":\"a@b.example\"}".to_vec(), tamper)
        .await
        .expect(202);
}

async fn raw_bytes_on_the_wire_do_no_harm(service: TestService) {
    let address = service.url.strip_prefix("http://").unwrap().to_owned();
    let mut garbage: Vec<Vec<u8>> = (0..20).map(|_| random::<200>().to_vec()).collect();
    garbage.push(
        b"GET /v1/account HTTP/1.1\r\nhost: x\r\ndpop: \xff\xfe\r\nauthorization: \xff\r\n\r\n"
            .to_vec(),
    );
    garbage.push(
        b"POST /v1/accounts HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999999999999\r\n\r\n"
            .to_vec(),
    );
    garbage.push(
        b"POST /v1/accounts HTTP/1.1\r\nhost: x\r\ndpop: a.b.c\r\ncontent-length: 10\r\n\r\nabc"
            .to_vec(),
    );
    garbage.push(b"GET /%ZZ/../..//v1/account HTTP/1.1\r\nhost: x\r\ndpop: ..\r\n\r\n".to_vec());
    for bytes in garbage {
        let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
        stream.write_all(&bytes).await.unwrap();
        let _ = stream.shutdown().await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer);
        assert!(!answer.starts_with("HTTP/1.1 5"), "{answer}");
    }
    service.signed_in("asa@example.com").await;
}
