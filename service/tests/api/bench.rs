//! Whether the time of an answer tells that an address has an account: `npm run bench`.
//! Known and unknown addresses take turns in one run, by chance, while the courier works.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use sigill_service::courier;
use sigill_service::limits::DAY;
use tokio::sync::oneshot;

use crate::browser::TestBrowser;
use crate::device::TestDevice;
use crate::rig::TestService;
use crate::statistics::{Chance, compare};

const ADDRESSES: usize = 100;
const ROUNDS: usize = 10;
const PASSWORD: &str = "a wrong account password";

/// Whose address it is, and the time of its answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Address {
    Known(usize),
    Unknown(usize),
}

impl Address {
    /// As long whosever it is: pages may show it.
    fn mail(self) -> String {
        match self {
            Self::Known(number) => format!("known-person-{number:03}@example.com"),
            Self::Unknown(number) => format!("no-such-human-{number:02}@example.com"),
        }
    }
}

/// All addresses, in an order of chance.
fn all(chance: &mut Chance) -> Vec<Address> {
    let mut all: Vec<_> = (0..ADDRESSES)
        .flat_map(|number| [Address::Known(number), Address::Unknown(number)])
        .collect();
    for at in (1..all.len()).rev() {
        all.swap(at, chance.below(at + 1));
    }
    all
}

/// A service where the known ones have accounts, and mails leave by themselves while the sender lives.
async fn peopled() -> (TestService, oneshot::Sender<()>) {
    let service = TestService::on_sqlite().await;
    for number in 0..ADDRESSES {
        let (device, email) = (service.device(), Address::Known(number).mail());
        device.sign_up(&email).await.expect(202);
        let code = service.code(&email).await;
        device.verify(&email, &code).await.expect(204);
    }
    let (courier, stopped) = oneshot::channel();
    tokio::spawn(courier::run(service.service.clone(), stopped));
    (service, courier)
}

/// What was measured: milliseconds by whose address it was, and every answer's bytes.
#[derive(Default)]
struct Measured {
    known: Vec<f64>,
    unknown: Vec<f64>,
    answers: BTreeSet<(u16, String)>,
}

impl Measured {
    fn take(&mut self, address: Address, time: Duration, answer: (u16, String)) {
        let times = match address {
            Address::Known(_) => &mut self.known,
            Address::Unknown(_) => &mut self.unknown,
        };
        times.push(time.as_secs_f64() * 1_000.0);
        self.answers.insert(answer);
    }

    fn tells_nothing(&self, what: &str, chance: &mut Chance) {
        assert_eq!(self.answers.len(), 1, "{what}: {:?}", self.answers);
        assert_eq!((self.known.len(), self.unknown.len()), (1_000, 1_000));
        let compared = compare(&self.known, &self.unknown, chance);
        println!("{what}: {compared}; bodies equal");
        assert!(compared.is_nothing(), "{what}: {compared}");
    }
}

/// One request, its time and its answer.
async fn timed(device: &TestDevice, path: &str, body: &Value) -> (Duration, (u16, String)) {
    let body = serde_json::to_vec(body).unwrap();
    let begun = Instant::now();
    let answer = device.send_once((Method::POST, path), body, |_| {}).await;
    (begun.elapsed(), (answer.status, answer.body))
}

/// Signs in with a wrong password.
async fn signs_in(device: &TestDevice, email: &str) -> (Duration, (u16, String)) {
    let body = json!({"email": email, "password": PASSWORD, "device_name": "A", "language": "en"});
    timed(device, "/v1/sessions", &body).await
}

/// A new day: limits begin anew, and so does the nonce.
async fn next_day(service: &TestService, device: &mut TestDevice) {
    service.pass(DAY);
    device.move_to("10.200.0.1");
    signs_in(device, "warm@example.com").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a benchmark: npm run bench"]
async fn a_refused_sign_in_takes_as_long_for_an_address_that_nobody_has() {
    let (service, _courier) = peopled().await;
    let mut chance = Chance::new();
    let mut measured = Measured::default();
    let mut device = service.device();
    for _ in 0..ROUNDS {
        next_day(&service, &mut device).await;
        for (number, address) in all(&mut chance).into_iter().enumerate() {
            device.move_to(&format!("10.100.{number}.1"));
            let (time, answer) = signs_in(&device, &address.mail()).await;
            measured.take(address, time, answer);
        }
    }
    assert_eq!(measured.answers.first().unwrap().0, 403);
    measured.tells_nothing("sign-in", &mut chance);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a benchmark: npm run bench"]
async fn a_sign_up_takes_as_long_for_an_address_that_nobody_has() {
    let (service, _courier) = peopled().await;
    let mut chance = Chance::new();
    let (mut measured, mut after) = (Measured::default(), Measured::default());
    let mut device = service.device();
    for round in 0..ROUNDS {
        next_day(&service, &mut device).await;
        for (number, address) in all(&mut chance).into_iter().enumerate() {
            device.move_to(&format!("10.100.{number}.1"));
            let body = json!({"email": address.mail(), "password": PASSWORD, "language": "en"});
            let (time, answer) = timed(&device, "/v1/accounts", &body).await;
            measured.take(address, time, answer);
            let next = format!("next-{round}-{number}@example.com");
            let (time, answer) = signs_in(&device, &next).await;
            after.take(address, time, answer);
        }
    }
    measured.tells_nothing("sign-up", &mut chance);
    after.tells_nothing("sign-in right after a sign-up", &mut chance);
}

/// The page where somebody forgot, without what differs from one browser to the next.
fn plain(html: &str, browser: &TestBrowser, email: &str) -> String {
    html.replace(&browser.csrf(), "CSRF")
        .replace(email, "EMAIL")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a benchmark: npm run bench"]
async fn a_forgotten_password_takes_as_long_for_an_address_that_nobody_has() {
    let (service, _courier) = peopled().await;
    let mut chance = Chance::new();
    let (mut measured, mut after) = (Measured::default(), Measured::default());
    let mut device = service.device();
    for round in 0..ROUNDS {
        next_day(&service, &mut device).await;
        for (number, address) in all(&mut chance).into_iter().enumerate() {
            let (email, network) = (address.mail(), format!("10.100.{number}.1"));
            let browser = TestBrowser::new(&service, &network);
            browser.open("/portal/forgot").await.expect(200);
            let begun = Instant::now();
            let sent = browser
                .post("/portal/forgot/mail", &[("email", &email)])
                .await;
            let time = begun.elapsed();
            // Nor does it tell by how long it keeps the service busy afterwards.
            device.move_to(&network);
            let next = format!("next-{round}-{number}@example.com");
            let (time_after, answer) = signs_in(&device, &next).await;
            after.take(address, time_after, answer);
            let shown = browser.open("/portal/forgot").await.expect(200);
            let page = plain(&shown.html, &browser, &email);
            measured.take(address, time, (sent.status, format!("{}{page}", sent.html)));
        }
    }
    measured.tells_nothing("forgotten password", &mut chance);
    after.tells_nothing("sign-in right after a forgotten password", &mut chance);
}
