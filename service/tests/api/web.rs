//! CORS, headers, pages, OpenAPI.

use reqwest::{Client, Method};
use serde_json::Value;

use crate::rig::TestService;
use crate::vaults::{TestVault, asked, cloud, confirm, confirmation};

on_each_database! {
    extensions_may_ask_and_web_pages_may_not,
    every_answer_carries_its_headers,
    the_openapi_document_names_every_path,
    opening_the_not_me_link_changes_nothing_and_its_button_cancels_and_signs_out,
    a_not_me_link_that_nobody_sent_leads_nowhere,
    a_not_me_link_is_good_only_as_it_was_sent,
    after_the_act_the_not_me_page_tells_how_to_undo,
    it_says_that_it_is_alive_and_ready,
    f25_whoever_speaks_a_version_that_is_over_hears_so,
}

async fn f25_whoever_speaks_a_version_that_is_over_hears_so(service: TestService) {
    let client = Client::new();
    let origin = "chrome-extension://abcdefghijklmnop";
    for (method, path) in [
        (Method::GET, "/v0/vault"),
        (Method::POST, "/v0/vault/push"),
        (Method::DELETE, "/v0/whatever/there/was"),
    ] {
        let asked = client.request(method, format!("{}{path}", service.url));
        let answer = asked.header("origin", origin).send().await.unwrap();
        assert_eq!(answer.status(), 410, "{path}");
        let headers = answer.headers();
        assert_eq!(headers["access-control-allow-origin"], origin, "{path}");
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body["error"], "client_too_old", "{path}");
    }
}

const EMAIL: &str = "asa@example.com";

async fn extensions_may_ask_and_web_pages_may_not(service: TestService) {
    let client = Client::new();
    let preflight = |origin: &'static str, path: &str| {
        client
            .request(Method::OPTIONS, format!("{}{path}", service.url))
            .header("origin", origin)
            .header("access-control-request-method", "PUT")
            .header(
                "access-control-request-headers",
                "authorization, dpop, content-type",
            )
            .send()
    };
    for origin in [
        "chrome-extension://abcdefghijklmnop",
        "moz-extension://0a1b",
    ] {
        let answer = preflight(origin, "/v1/vault/push").await.unwrap();
        assert_eq!(answer.headers()["access-control-allow-origin"], origin);
        assert!(
            !answer
                .headers()
                .contains_key("access-control-allow-credentials")
        );
        let allowed = answer.headers()["access-control-allow-headers"]
            .to_str()
            .unwrap();
        for header in ["authorization", "dpop", "content-type"] {
            assert!(allowed.contains(header), "{header} in {allowed}");
        }
        let plain = client
            .get(format!("{}/v1/account", service.url))
            .header("origin", origin);
        let plain = plain.send().await.unwrap();
        assert_eq!(plain.headers()["access-control-allow-origin"], origin);
        let exposed = plain.headers()["access-control-expose-headers"]
            .to_str()
            .unwrap();
        assert!(
            exposed.contains("dpop-nonce") && exposed.contains("retry-after"),
            "{exposed}"
        );
    }
    for (origin, path) in [
        ("https://evil.example", "/v1/vault/push"),
        ("null", "/v1/vault/push"),
        ("http://chrome-extension.example", "/v1/vault/push"),
        ("chrome-extension://abcdefghijklmnop", "/not-me/x"),
        ("chrome-extension://abcdefghijklmnop", "/dev/inbox.json"),
    ] {
        let answer = preflight(origin, path).await.unwrap();
        assert!(
            !answer.headers().contains_key("access-control-allow-origin"),
            "{origin} {path}"
        );
    }
}

async fn every_answer_carries_its_headers(service: TestService) {
    for path in [
        "/v1/account",
        "/healthz",
        "/nowhere",
        "/not-me/x",
        "/dev/inbox",
    ] {
        let answer = reqwest::get(format!("{}{path}", service.url))
            .await
            .unwrap();
        let headers = answer.headers();
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'"), "{path}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        assert!(headers.contains_key("x-request-id"), "{path}");
        assert_eq!(
            headers.contains_key("dpop-nonce"),
            path.starts_with("/v1"),
            "{path}"
        );
    }
}

async fn the_openapi_document_names_every_path(service: TestService) {
    let answer = reqwest::get(format!("{}/v1/openapi.json", service.url))
        .await
        .unwrap();
    let document: Value = answer.json().await.unwrap();
    let paths = document["paths"].as_object().unwrap();
    assert_eq!(paths.len(), 42);
    let mut names = Vec::new();
    for path in paths.values() {
        for operation in path.as_object().unwrap().values() {
            names.push(operation["operationId"].as_str().unwrap().to_owned());
        }
    }
    names.sort();
    let count = names.len();
    names.dedup();
    assert_eq!((count, names.len()), (46, 46), "names are unique");
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for schema in [
        "Ask",
        "Asked",
        "Confirm",
        "Cloud",
        "Push",
        "Problem",
        "Session",
        "SignedReceipt",
    ] {
        assert!(schemas.contains_key(schema), "{schema}");
    }
}

async fn opening_the_not_me_link_changes_nothing_and_its_button_cancels_and_signs_out(
    service: TestService,
) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let ask = vault.clear_everywhere(&device);
    let asked = asked(&device, &ask).await;
    let mail = service.newest_mail(EMAIL).await;
    let url = format!("{}{}", service.url, mail.not_me());
    for _ in 0..3 {
        let page = reqwest::get(&url).await.unwrap();
        assert_eq!(page.status(), 200);
        let html = page.text().await.unwrap();
        assert!(html.contains("<html lang=\"en\">") && html.contains("Was this not you?"));
        assert!(html.contains("Laptop asked to clear the vault on that device and in the cloud"));
        assert!(html.contains(&asked.reference.join(" ")));
        assert!(!html.contains("<script") && !html.contains(&mail.code()));
    }
    device
        .get(&format!("/v1/operations/{}", asked.operation))
        .await
        .expect(200);
    let swedish = url.replace("lang=en", "lang=sv");
    let html = reqwest::get(&swedish).await.unwrap().text().await.unwrap();
    assert!(
        html.contains("<html lang=\"sv\">") && html.contains("Var det inte du?"),
        "{html}"
    );
    let accepted = Client::new()
        .get(url.split('?').next().unwrap())
        .header("accept-language", "sv-SE,en;q=0.5");
    let html = accepted.send().await.unwrap().text().await.unwrap();
    assert!(html.contains("<html lang=\"sv\">"));

    let done = Client::new().post(&url).send().await.unwrap();
    assert_eq!(done.status(), 200);
    assert!(
        done.text()
            .await
            .unwrap()
            .contains("It is cancelled, and the device is signed out.")
    );
    let answer = confirm(&device, &asked, &confirmation(&ask, &mail.code())).await;
    assert_eq!(
        answer.refused(),
        sigill_core::wire::problem::Code::SignedOut
    );
    let mut again = device;
    again.access = None;
    again.sign_in(EMAIL, "Laptop").await;
    let answer = confirm(&again, &asked, &confirmation(&ask, &mail.code())).await;
    assert_eq!(
        answer.refused(),
        sigill_core::wire::problem::Code::Cancelled
    );
    assert_eq!(cloud(&again).await.seq, 1);
}

async fn a_not_me_link_that_nobody_sent_leads_nowhere(service: TestService) {
    for token in [
        "x",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ] {
        let url = format!("{}/not-me/{token}", service.url);
        assert_eq!(reqwest::get(&url).await.unwrap().status(), 404);
        assert_eq!(Client::new().post(&url).send().await.unwrap().status(), 404);
    }
}

async fn a_not_me_link_is_good_only_as_it_was_sent(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let ask = vault.clear_everywhere(&device);
    asked(&device, &ask).await;
    let link = service.newest_mail(EMAIL).await.not_me();
    let link = link.split('?').next().unwrap();
    let forged = format!("{}{}AAAAAAAA", service.url, &link[..link.len() - 8]);
    let answer = Client::new().post(&forged).send().await.unwrap();
    assert_eq!(answer.status(), 404);
    device.get("/v1/account").await.expect(200);
    let sent = format!("{}{link}", service.url);
    let answer = Client::new().post(&sent).send().await.unwrap();
    assert_eq!(answer.status(), 200);
}

async fn after_the_act_the_not_me_page_tells_how_to_undo(service: TestService) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let ask = vault.clear_everywhere(&device);
    let asked = asked(&device, &ask).await;
    let mail = service.newest_mail(EMAIL).await;
    confirm(&device, &asked, &confirmation(&ask, &mail.code()))
        .await
        .expect(200);
    let url = format!("{}{}", service.url, mail.not_me());
    let html = reqwest::get(&url).await.unwrap().text().await.unwrap();
    assert!(html.contains("2026-12-23 14:05 UTC"), "{html}");
    let html = Client::new()
        .post(&url)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(html.contains("The device is signed out."), "{html}");
    let answer = device.get("/v1/account").await;
    assert_eq!(
        answer.refused(),
        sigill_core::wire::problem::Code::SignedOut
    );
}

async fn it_says_that_it_is_alive_and_ready(service: TestService) {
    for path in ["/healthz", "/readyz"] {
        assert_eq!(
            reqwest::get(format!("{}{path}", service.url))
                .await
                .unwrap()
                .status(),
            200
        );
    }
}
