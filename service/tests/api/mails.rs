//! What mails say, and mail servers that refuse them.

use std::sync::{Arc, Mutex};

use sigill_core::wire::operation::{Mail as Way, Progress};
use sigill_service::config::Delivery;
use sigill_service::courier;
use sigill_service::limits::DAY;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};

use crate::device::TestDevice;
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, confirm, confirmation};

on_each_database! {
    a_code_mail_says_what_would_happen_and_hides_the_code_from_previews,
    a_code_mail_for_this_device_says_that_the_cloud_stays,
    a_code_mail_speaks_the_persons_language,
    the_notice_says_what_was_done_and_until_when_it_can_be_undone,
    an_operation_that_is_over_sends_no_code,
}

const EMAIL: &str = "asa@example.com";

async fn with_vault(service: &TestService) -> (TestDevice, TestVault) {
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 3).await;
    (device, vault)
}

fn hides(mail: &crate::rig::Mail) {
    let code = mail.code();
    for shown in [code.clone(), code.replace(' ', "")] {
        assert!(!mail.subject.contains(&shown));
        let preview: String = mail.text.chars().take(150).collect();
        assert!(!preview.contains(&shown), "{preview}");
    }
    let visible: String = mail
        .html
        .split("<body")
        .nth(1)
        .unwrap()
        .chars()
        .take(150)
        .collect();
    assert!(!visible.contains(&code));
    assert!(
        !mail.html.contains("<script") && !mail.html.contains("<img"),
        "nothing is loaded"
    );
}

async fn a_code_mail_says_what_would_happen_and_hides_the_code_from_previews(service: TestService) {
    let (device, vault) = with_vault(&service).await;
    hides(&service.newest_mail(EMAIL).await);
    let asked = asked(&device, &vault.clear_everywhere(&device)).await;
    let mail = service.newest_mail(EMAIL).await;
    hides(&mail);
    for part in [
        "Laptop asks to clear the vault on that device and in the cloud.",
        "There are 3 entries in the cloud now. After it there are 0.",
        &asked.reference.join(" "),
        "Give the code to no one",
        "known since 2026-11-23 14:05 UTC, from the network address 10.0.0.1",
        "It works until 2026-11-23 14:15 UTC",
        "/not-me/",
    ] {
        assert!(mail.text.contains(part), "{part} in {}", mail.text);
        assert!(
            part.contains('/') || mail.html.contains(part),
            "{part} in {}",
            mail.html
        );
    }
    assert!(
        !mail.text.contains("entry 0"),
        "names of entries are never mailed"
    );
}

async fn a_code_mail_for_this_device_says_that_the_cloud_stays(service: TestService) {
    let (device, vault) = with_vault(&service).await;
    asked(&device, &vault.clear_this_device(&device)).await;
    let mail = service.newest_mail(EMAIL).await;
    hides(&mail);
    let said = "Laptop asks to clear the vault on that device.";
    assert!(mail.text.contains(said), "{}", mail.text);
    let said = "The cloud stays as it is, with 3 entries.";
    assert!(mail.text.contains(said), "{}", mail.text);
}

async fn a_code_mail_speaks_the_persons_language(service: TestService) {
    let (mut device, vault) = with_vault(&service).await;
    device.access = None;
    let body = serde_json::json!({"email": EMAIL, "password": crate::device::PASSWORD,
        "device_name": "Datorn", "language": "sv"});
    let session = device.post("/v1/sessions", &body).await.expect(201).value();
    device.take_session(&session);
    let ask = vault.clear_everywhere(&device);
    let asked = asked(&device, &ask).await;
    let mail = service.newest_mail(EMAIL).await;
    hides(&mail);
    assert_eq!(mail.subject, "Din verifieringskod från Sigill");
    assert!(
        mail.text
            .contains("Datorn vill rensa valvet på den enheten och i molnet.")
    );
    assert!(
        mail.text
            .contains("Det finns 3 poster i molnet nu. Efteråt finns det 0.")
    );
    assert!(mail.html.contains("<html lang=\"sv\">"));
    let code = mail.code();
    confirm(&device, &asked, &confirmation(&ask, &code))
        .await
        .expect(200);
    assert_eq!(
        service.newest_mail(EMAIL).await.subject,
        "Sigill: det är klart"
    );
}

async fn the_notice_says_what_was_done_and_until_when_it_can_be_undone(service: TestService) {
    let (device, vault) = with_vault(&service).await;
    let ask = vault.clear_everywhere(&device);
    let asked = asked(&device, &ask).await;
    let code = service.code(EMAIL).await;
    confirm(&device, &asked, &confirmation(&ask, &code))
        .await
        .expect(200);
    let mail = service.newest_mail(EMAIL).await;
    assert!(
        mail.text
            .contains("It can be brought back until 2026-12-23 14:05 UTC"),
        "{}",
        mail.text
    );
    assert!(
        mail.text
            .contains("clear the vault on that device and in the cloud")
    );
    assert!(!mail.text.contains(&code));
}

async fn an_operation_that_is_over_sends_no_code(service: TestService) {
    let (device, vault) = with_vault(&service).await;
    let mails = service.mails(EMAIL).await.len();
    let asked = asked(&device, &vault.clear_everywhere(&device)).await;
    device
        .touch(&format!("/v1/operations/{}/cancel", asked.operation))
        .await
        .expect(204);
    assert_eq!(service.deliver().await, 1, "the mail was looked at");
    assert_eq!(service.mails(EMAIL).await.len(), mails);
    assert_eq!(service.deliver().await, 0, "and forgotten");
}

/// A mail server of few words: it answers each message with what comes next.
pub(crate) struct TestServer {
    pub(crate) url: String,
    taken: Arc<Mutex<Vec<String>>>,
    answers: Arc<Mutex<Vec<&'static str>>>,
    pause: Arc<Pause>,
}

/// Where the answer "250 at last" stands until it is let go.
#[derive(Default)]
struct Pause {
    reached: Notify,
    go: Notify,
}

impl TestServer {
    pub(crate) async fn start(answers: &[&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            url: format!("smtp://{}", listener.local_addr().unwrap()),
            taken: Arc::default(),
            answers: Arc::new(Mutex::new(answers.to_vec())),
            pause: Arc::default(),
        };
        let shared: Shared = (
            Arc::clone(&server.taken),
            Arc::clone(&server.answers),
            Arc::clone(&server.pause),
        );
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, shared.clone()));
            }
        });
        server
    }

    pub(crate) fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }
}

type Shared = (
    Arc<Mutex<Vec<String>>>,
    Arc<Mutex<Vec<&'static str>>>,
    Arc<Pause>,
);

async fn talk(mut stream: TcpStream, (taken, answers, pause): Shared) {
    let (read, mut write) = stream.split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 test\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let verb = line.split(' ').next().unwrap().to_uppercase();
        let reply = match verb.as_str() {
            "EHLO" => "250-test\r\n250 8BITMIME",
            "DATA" => {
                write.write_all(b"354 go on\r\n").await.unwrap();
                let mut message = String::new();
                while let Ok(Some(line)) = lines.next_line().await {
                    if line == "." {
                        break;
                    }
                    // RFC 5321 §4.5.2
                    message.push_str(line.strip_prefix('.').unwrap_or(&line));
                    message.push('\n');
                }
                let next = answers.lock().unwrap().pop().unwrap_or("250 taken");
                if next.starts_with('2') || next == "hang up" {
                    taken.lock().unwrap().push(message);
                }
                if next == "hang up" {
                    return;
                }
                if next == "250 at last" {
                    pause.reached.notify_one();
                    pause.go.notified().await;
                }
                next
            }
            "QUIT" => "221 bye",
            _ => "250 well",
        };
        if write
            .write_all(format!("{reply}\r\n").as_bytes())
            .await
            .is_err()
        {
            return;
        }
    }
}

/// A service that mails through `server`, with an operation of an account that was made before.
async fn asking(server: &TestServer) -> (TestService, TestDevice, String) {
    let url = server.url.clone();
    let service = TestService::sqlite_with(|config| config.delivery = Delivery::Smtp(url)).await;
    let mut device = service.device();
    device.sign_up(EMAIL).await.expect(202);
    service.deliver().await;
    let mail = decoded(server.taken().last().unwrap());
    device.verify(EMAIL, &code_in(&mail)).await.expect(204);
    device.sign_in(EMAIL, "Laptop").await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let asked = asked(&device, &vault.clear_everywhere(&device)).await;
    (
        service,
        device,
        format!("/v1/operations/{}", asked.operation),
    )
}

/// The plain part of a message, its quoted-printable undone as far as digits need it.
pub(crate) fn decoded(message: &str) -> String {
    message.replace("=\n", "")
}

pub(crate) fn code_in(message: &str) -> String {
    let is_code = |line: &&str| {
        let digits = line.bytes().filter(u8::is_ascii_digit).count();
        line.len() == 9 && digits == 8
    };
    message
        .lines()
        .map(str::trim)
        .find(is_code)
        .expect("a code")
        .to_owned()
}

async fn way(device: &TestDevice, path: &str) -> (Way, u32) {
    match device.get(path).await.expect(200).json() {
        Progress::Pending(asked) => (asked.mail, asked.code_no),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_gets_a_whole_message() {
    let server = TestServer::start(&[]).await;
    let (service, device, path) = asking(&server).await;
    service.deliver().await;
    assert!(matches!(
        way(&device, &path).await,
        (Way::HandedOver { .. }, 1)
    ));
    let message = server.taken().last().unwrap().clone();
    for part in [
        "From: Sigill <sigill@localhost>",
        "To: asa@example.com",
        "Auto-Submitted: auto-generated",
        "Subject: Your verification code from Sigill",
        "multipart/alternative",
        "text/plain",
        "text/html",
    ] {
        assert!(message.contains(part), "{part} in {message}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_temporary_refusal_is_tried_again_and_uses_no_code_up() {
    let server = TestServer::start(&[
        "250 taken",
        "451 later",
        "451 later",
        "451 later",
        "250 taken",
    ])
    .await;
    let (service, device, path) = asking(&server).await;
    for wait in [2, 4, 8] {
        service.deliver().await;
        assert_eq!(way(&device, &path).await, (Way::Queued, 1));
        assert_eq!(service.deliver().await, 0, "not at once");
        service.pass(wait);
    }
    service.deliver().await;
    assert!(matches!(
        way(&device, &path).await,
        (Way::HandedOver { .. }, 1)
    ));
    assert_eq!(server.taken().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_for_good_is_told_on_the_page() {
    let server = TestServer::start(&["550 no such mailbox", "250 taken"]).await;
    let (service, device, path) = asking(&server).await;
    service.deliver().await;
    assert_eq!(way(&device, &path).await, (Way::Bounced, 1));
    service.pass(60);
    assert_eq!(service.deliver().await, 0, "never again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_answer_was_lost_a_second_mail_says_code_no_2_and_only_that_works() {
    let server = TestServer::start(&["250 taken", "hang up", "250 taken"]).await;
    let (service, device, path) = asking(&server).await;
    service.deliver().await;
    service.pass(2);
    service.deliver().await;
    assert!(matches!(
        way(&device, &path).await,
        (Way::HandedOver { .. }, 2)
    ));
    let mails = server.taken();
    let [first, second] = [&mails[1], &mails[2]].map(|mail| decoded(mail));
    assert!(second.contains("code no. 2"), "{second}");
    assert_ne!(code_in(&first), code_in(&second));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_is_down_uses_no_code_up() {
    let server = TestServer::start(&[]).await;
    let (mut service, device, path) = asking(&server).await;
    // A door that is shut in everyone's face; a port without one might be another test's.
    let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", door.local_addr().unwrap());
    tokio::spawn(async move { while door.accept().await.is_ok() {} });
    service.config.delivery = Delivery::Smtp(url);
    service.restart().await;
    for _ in 0..5 {
        assert_eq!(service.deliver().await, 1);
        assert_eq!(way(&device, &path).await, (Way::Queued, 1));
        service.pass(64);
    }
    service.config.delivery = Delivery::Smtp(server.url.clone());
    service.restart().await;
    service.deliver().await;
    let handed_over = way(&device, &path).await;
    assert!(matches!(handed_over, (Way::HandedOver { .. }, 1)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_stop_the_courier_settles_the_mail_that_it_hands_over() {
    let server = TestServer::start(&["250 at last", "250 taken"]).await;
    let (service, device, path) = asking(&server).await;
    let (stop, stopped) = oneshot::channel();
    let courier = tokio::spawn(courier::run(service.service.clone(), stopped));
    server.pause.reached.notified().await;
    drop(stop);
    server.pause.go.notify_one();
    courier.await.unwrap();
    assert!(matches!(
        way(&device, &path).await,
        (Way::HandedOver { .. }, 1)
    ));
    service.pass(DAY);
    assert_eq!(service.deliver().await, 0, "it is not sent once more");
    assert_eq!(server.taken().len(), 2);
}
