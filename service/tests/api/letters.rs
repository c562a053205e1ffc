//! Every mail as it comes out of a real SMTP conversation: two parts that hold
//! the same facts, in both languages.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sigill_service::config::Delivery;

use crate::device::{PASSWORD, TestDevice};
use crate::mails::TestServer;
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, confirm, confirmation};

const EMAIL: &str = "asa@example.com";

/// A mail, read as a mail program reads it.
struct Read {
    subject: String,
    text: String,
    html: String,
}

impl Read {
    fn of(message: &str) -> Self {
        let (head, body) = message.split_once("\n\n").unwrap();
        let head = head.replace("\n ", " ").replace("\n\t", " ");
        let line = |name: &str| {
            let lines = head.lines();
            lines
                .filter_map(|line| line.strip_prefix(name))
                .next()
                .unwrap()
                .to_owned()
        };
        let kind = line("Content-Type: ");
        assert!(kind.starts_with("multipart/alternative"), "{kind}");
        let boundary = kind.split("boundary=").nth(1).unwrap().trim_matches('"');
        let parts: Vec<_> = body.split(&format!("--{boundary}")).collect();
        let [_, text, html, end] = parts[..] else {
            panic!("{} parts", parts.len());
        };
        assert_eq!(end.trim(), "--");
        Self {
            subject: words(&line("Subject: ")),
            text: part(text, "text/plain"),
            html: part(html, "text/html"),
        }
    }

    /// What the plain part says, without its addresses of pages.
    fn said(&self) -> String {
        let words = self.text.split_whitespace();
        let words: Vec<_> = words.filter(|word| !word.starts_with("http")).collect();
        words.join(" ")
    }

    fn links(&self) -> Vec<&str> {
        let words = self.text.split_whitespace();
        words.filter(|word| word.starts_with("http")).collect()
    }

    /// What is to be read in the HTML part.
    fn seen(&self) -> String {
        let body = self.html.split_once("<body").unwrap().1;
        let mut seen = String::new();
        for piece in body.split('<').skip(1) {
            seen.push(' ');
            seen.push_str(piece.split_once('>').unwrap().1);
        }
        let seen = seen
            .replace("&#34;", "\"")
            .replace("&#39;", "'")
            .replace("&#60;", "<")
            .replace("&#62;", ">")
            .replace("&#38;", "&");
        seen.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn code(&self) -> Option<String> {
        let is_code =
            |line: &&str| line.len() == 9 && line.bytes().filter(u8::is_ascii_digit).count() == 8;
        self.text
            .lines()
            .map(str::trim)
            .find(is_code)
            .map(str::to_owned)
    }
}

fn part(part: &str, kind: &str) -> String {
    let (head, body) = part.trim_start().split_once("\n\n").unwrap();
    assert!(head.contains(kind), "{head}");
    let bytes = if head.contains("base64") {
        STANDARD
            .decode(body.split_whitespace().collect::<String>())
            .unwrap()
    } else if head.contains("quoted-printable") {
        quoted_printable(body)
    } else {
        body.as_bytes().to_vec()
    };
    String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
}

/// RFC 2045 §6.7.
fn quoted_printable(text: &str) -> Vec<u8> {
    let text = text.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if *first == b'=' {
            let hex = std::str::from_utf8(&after[..2]).unwrap();
            bytes.push(u8::from_str_radix(hex, 16).unwrap());
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    bytes
}

/// Encoded words of a header (RFC 2047), as lettre writes them.
fn words(header: &str) -> String {
    let mut text = String::new();
    for word in header.split(' ') {
        match word
            .strip_prefix("=?utf-8?b?")
            .and_then(|word| word.strip_suffix("?="))
        {
            Some(encoded) => {
                text.push_str(std::str::from_utf8(&STANDARD.decode(encoded).unwrap()).unwrap())
            }
            None => {
                text.push_str(if text.is_empty() { "" } else { " " });
                text.push_str(word);
            }
        }
    }
    text
}

/// One account's mails, through a mail server.
struct Scene {
    server: TestServer,
    service: TestService,
    device: TestDevice,
    vault: TestVault,
}

impl Scene {
    async fn begin(language: &str) -> Self {
        let server = TestServer::start(&[]).await;
        let url = server.url.clone();
        let service = TestService::sqlite_with(|config| {
            config.delivery = Delivery::Smtp(url);
            config.limits.freeze_after = 1;
        })
        .await;
        let mut device = service.device();
        let body = json!({"email": EMAIL, "password": PASSWORD, "language": language});
        device.post("/v1/accounts", &body).await.expect(202);
        service.deliver().await;
        let code = Read::of(server.taken().last().unwrap()).code().unwrap();
        device.verify(EMAIL, &code).await.expect(204);
        let body = json!({"email": EMAIL, "password": PASSWORD, "device_name": "Åsa’s <b>laptop</b>", "language": language});
        let session = device.post("/v1/sessions", &body).await.expect(201).value();
        device.take_session(&session);
        let mut vault = TestVault::new();
        vault.create(&device, 3).await;
        Self {
            server,
            service,
            device,
            vault,
        }
    }

    async fn newest(&self) -> Read {
        self.service.deliver().await;
        Read::of(self.server.taken().last().unwrap())
    }

    /// Code, code no. 2, what was done, too many wrong ones, an account that is there.
    async fn live(&self, language: &str) -> Vec<String> {
        let ask = self.vault.clear_everywhere(&self.device);
        let waiting = asked(&self.device, &ask).await;
        self.newest().await;
        self.service.pass(60);
        let path = format!("/v1/operations/{}/code", waiting.operation);
        self.device.touch(&path).await.expect(200);
        let code = self.newest().await.code().unwrap();
        confirm(&self.device, &waiting, &confirmation(&ask, &code))
            .await
            .expect(200);
        self.newest().await;
        let ask = self.vault.clear_this_device(&self.device);
        let again = asked(&self.device, &ask).await;
        let code = self.newest().await.code().unwrap();
        confirm(
            &self.device,
            &again,
            &confirmation(&ask, &crate::vaults::wrong(&code)),
        )
        .await;
        let stranger = self.service.device();
        let body = json!({"email": EMAIL, "password": PASSWORD, "language": language});
        stranger.post("/v1/accounts", &body).await.expect(202);
        self.newest().await;
        waiting.reference.to_vec()
    }
}

async fn every_mail(language: &str) -> (Vec<Read>, Vec<String>) {
    let scene = Scene::begin(language).await;
    let words = scene.live(language).await;
    let mails = scene.server.taken();
    (mails.iter().map(|mail| Read::of(mail)).collect(), words)
}

async fn hold(language: &str) {
    let (mails, _) = every_mail(language).await;
    assert_eq!(
        mails.len(),
        7,
        "verification, code, code no. 2, done, code, frozen, has account"
    );
    for mail in &mails {
        assert_eq!(mail.seen(), format!("Sigill {}", mail.said()));
        for link in mail.links() {
            let href = link.replace('&', "&#38;");
            assert!(
                mail.html.contains(&format!("href=\"{href}\"")),
                "{link} in {}",
                mail.html
            );
        }
        assert!(mail.html.contains(&format!("<html lang=\"{language}\">")));
        for loaded in ["<script", "<img", "<link", "@import", "url(", "src="] {
            assert!(!mail.html.contains(loaded), "{loaded} would be loaded");
        }
        assert!(!mail.html.contains("<b>"), "a device's name is text");
        assert!(
            !mail.text.contains("entry 0"),
            "names of entries are never mailed"
        );
        if let Some(code) = mail.code() {
            let digits = code.replace(' ', "");
            let preview: String = mail.text.chars().take(150).collect();
            for shown in [&code, &digits] {
                assert!(!mail.subject.contains(shown) && !preview.contains(shown));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_parts_of_every_mail_hold_the_same_facts_in_english() {
    hold("en").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_parts_of_every_mail_hold_the_same_facts_in_swedish() {
    hold("sv").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_notice_after_an_act_names_words_counts_device_time_address_and_the_way_out() {
    for (language, facts) in [
        (
            "en",
            [
                "There were 3 entries in the cloud before. Now there are 0.",
                "Confirmed by Åsa’s <b>laptop</b>, known since 2026-11-23 14:05 UTC, from the network address 10.0.0.1, \
                 2026-11-23 14:06 UTC.",
                "Not you? Sign that device out",
                "lang=en",
            ],
        ),
        (
            "sv",
            [
                "Det fanns 3 poster i molnet före. Nu finns det 0.",
                "Bekräftat av Åsa’s <b>laptop</b>, känd sedan 2026-11-23 14:05 UTC, från nätverksadressen 10.0.0.1, \
                 2026-11-23 14:06 UTC.",
                "Inte du? Logga ut enheten",
                "lang=sv",
            ],
        ),
    ] {
        let (mails, words) = every_mail(language).await;
        let done = &mails[3];
        for fact in facts {
            assert!(done.text.contains(fact), "{fact} in {}", done.text);
        }
        assert!(done.text.contains(&words.join(" ")));
        assert_eq!(done.code(), None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_way_out_of_a_notice_signs_the_device_out_and_the_address_is_kept_nowhere() {
    let scene = Scene::begin("en").await;
    let ask = scene.vault.clear_everywhere(&scene.device);
    let waiting = asked(&scene.device, &ask).await;
    let code = scene.newest().await.code().unwrap();
    confirm(&scene.device, &waiting, &confirmation(&ask, &code))
        .await
        .expect(200);
    let notice = scene.newest().await;
    let link = notice.links()[0];
    reqwest::get(link).await.unwrap();
    scene.device.get("/v1/account").await.expect(200);
    reqwest::Client::new().post(link).send().await.unwrap();
    scene.device.get("/v1/account").await.expect(401);
    let stored = scene.service.everything_stored().await;
    let address = b"10.0.0.1";
    assert!(
        !stored
            .windows(address.len())
            .any(|window| window == address)
    );
}

/// For looking at them: `SIGILL_SAVE_MAILS=folder cargo test … saves_every_mail`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn saves_every_mail_where_it_is_asked_to() {
    let Ok(folder) = std::env::var("SIGILL_SAVE_MAILS") else {
        return;
    };
    for language in ["en", "sv"] {
        for (number, mail) in every_mail(language).await.0.iter().enumerate() {
            let path = format!("{folder}/mail-{language}-{number}.html");
            std::fs::write(path, &mail.html).unwrap();
        }
    }
}
