//! A real OpenID provider (npm `oidc-provider`, `tests/rig/oidc.mjs`): what the
//! provider of these tests does is not our own idea of one.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde::Deserialize;
use serde_json::json;

use crate::browser::{Shown, TestBrowser};
use crate::device::TestDevice;
use crate::rig::{BEGINNING, TestService};
use crate::third_party::{NETWORK, rows};

on_each_database! {
    a_real_provider_signs_in_and_links,
}

/// Its first line.
#[derive(Deserialize)]
struct Ready {
    issuer: String,
    now: u64,
}

struct RealProvider {
    node: Child,
    ready: Ready,
}

impl Drop for RealProvider {
    fn drop(&mut self) {
        let _ = self.node.kill();
        let _ = self.node.wait();
    }
}

impl RealProvider {
    /// None where there is no Node, or the package is not installed.
    fn spawn(back: &str) -> Option<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let home =
            std::env::var("SIGILL_TEST_OIDC_HOME").map_or_else(|_| root.into(), PathBuf::from);
        let is_there = home.join("node_modules/oidc-provider").exists();
        let node = Command::new("node")
            .arg(root.join("tests/rig/oidc.mjs"))
            .args([back, home.to_str().unwrap()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Some(mut node) = node.ok().filter(|_| is_there) else {
            println!("SKIPPED a real OpenID provider: npm install");
            assert_ne!(
                std::env::var("CI").as_deref(),
                Ok("true"),
                "CI has to have it"
            );
            return None;
        };
        let mut line = String::new();
        let output = node.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut line).unwrap();
        let ready = serde_json::from_str(&line).unwrap();
        Some(Self { node, ready })
    }
}

/// Types a name and a password there, says yes, and is sent back.
async fn signs_in(provider: &RealProvider, there: &TestBrowser, url: &str) -> String {
    let mut shown = there.get(url).await;
    for _ in 0..12 {
        if shown.status == 303 || shown.status == 302 {
            let to = shown.location().to_owned();
            if to.contains("/portal/back/") {
                return to;
            }
            shown = there.get(&to).await;
            continue;
        }
        let action = form_of(&shown, &provider.ready.issuer);
        let fields: &[(&str, &str)] = if shown.html.contains("name=\"login\"") {
            &[("prompt", "login"), ("login", "asa"), ("password", "x")]
        } else {
            &[("prompt", "consent")]
        };
        shown = there.post(&action, fields).await;
    }
    panic!(
        "the provider never sent back: {} {}",
        shown.status, shown.html
    );
}

fn form_of(shown: &Shown, issuer: &str) -> String {
    let (_, rest) = shown
        .html
        .split_once("action=\"")
        .unwrap_or_else(|| panic!("{} {}", shown.status, shown.html));
    let action = rest.split('"').next().unwrap();
    if action.starts_with("http") {
        action.into()
    } else {
        format!("{issuer}{action}")
    }
}

async fn signed_in_by(service: &TestService, provider: &RealProvider, name: &str) -> TestDevice {
    let mut device = service.device();
    device.move_to(NETWORK);
    let body = json!({"provider": "real", "device_name": name, "language": "en"});
    let begun = device.post("/v1/sign-ins", &body).await.expect(201).value();
    let browser = TestBrowser::new(service, NETWORK);
    let url = begun["url"].as_str().unwrap();
    browser.open(url).await.expect(200);
    let button = url.split('?').next().unwrap();
    let onwards = browser.post(button, &[]).await.expect(200).onwards();
    let there = TestBrowser::at(&provider.ready.issuer, NETWORK);
    let back = signs_in(provider, &there, &onwards).await;
    browser.open(&back).await.expect(200).says("is signed in");
    let path = format!(
        "/v1/sign-ins/{}/session",
        begun["sign_in"].as_str().unwrap()
    );
    let progress = device.touch(&path).await.expect(200).value();
    device.take_session(&progress["session"]);
    device
}

async fn a_real_provider_signs_in_and_links(mut service: TestService) {
    let back = format!("{}/portal/back/real", service.url);
    let Some(provider) = RealProvider::spawn(&back) else {
        return;
    };
    let settings = json!([{
        "name": "real", "label": "Real", "issuer": provider.ready.issuer,
        "client_id": "sigill", "client_secret": "the-client-secret",
    }]);
    service.config.oidc_providers = settings.to_string().parse().unwrap();
    service.restart().await;
    service.set_clock_back(BEGINNING);
    service.pass(provider.ready.now);
    let device = signed_in_by(&service, &provider, "Laptop").await;
    let phone = signed_in_by(&service, &provider, "Phone").await;
    assert_eq!(device.account, phone.account);

    let hint = device
        .post("/v1/portal-hints", &json!({"place": "choose_password"}))
        .await;
    let hint = hint.expect(201).value();
    let browser = TestBrowser::new(&service, NETWORK);
    let there = TestBrowser::at(&provider.ready.issuer, NETWORK);
    browser.sent_to(&hint).await.expect(200);
    let onwards = browser
        .post("/portal/to/real", &[])
        .await
        .expect(200)
        .onwards();
    let back = signs_in(&provider, &there, &onwards).await;
    browser
        .open(&back)
        .await
        .expect(200)
        .says("Where do you live?");
    let agreed = [("region", "europe"), ("terms", "yes")];
    browser.submit("/portal/terms", &agreed).await.expect(200);
    let onwards = browser
        .post("/portal/again", &[])
        .await
        .expect(200)
        .onwards();
    let back = signs_in(&provider, &there, &onwards).await;
    browser.open(&back).await.expect(200).says("Mail me a code");
    let mail = [("email", "asa@example.com")];
    browser
        .submit("/portal/choose-password/mail", &mail)
        .await
        .expect(200);
    let code = service.code("asa@example.com").await;
    browser
        .submit("/portal/choose-password/code", &[("code", &code)])
        .await
        .expect(200);
    let chosen = "a chosen account password";
    let fields = [("password", chosen), ("again", chosen)];
    let shown = browser
        .submit("/portal/choose-password", &fields)
        .await
        .expect(200);
    shown.says("Laptop waits for you");
    let account = device.get("/v1/account").await.expect(200).value();
    assert_eq!(account["standing"]["connection"], "linked");
    assert_eq!(rows(&service, "accounts").await, 1);
}
