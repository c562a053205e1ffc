//! Nothing secret rests in the database or in the log.

use std::io;
use std::sync::{Arc, Mutex};

use crate::clear::receipt;
use crate::device::PASSWORD;
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, confirm, confirmation};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle.as_bytes())
}

#[tokio::test]
async fn no_code_password_token_or_network_address_rests_in_database_or_log() {
    const EMAIL: &str = "unmistakable@example.com";
    let log = Log::default();
    let writer = log.clone();
    let logging = tracing_subscriber::fmt()
        .json()
        .with_max_level(tracing::Level::INFO)
        .with_writer(move || writer.clone())
        .finish();
    // For all tests at once: what is looked for below is in none of their logs either.
    tracing::subscriber::set_global_default(logging).unwrap();

    let service = TestService::on_sqlite().await;
    let mut device = service.device();
    device.move_to("203.0.113.77");
    device.sign_up(EMAIL).await.expect(202);
    let first = service.code(EMAIL).await;
    device.verify(EMAIL, &first).await.expect(204);
    device.sign_in(EMAIL, "Laptop").await;
    let mut vault = TestVault::new();
    vault.create(&device, 2).await;
    let ask = vault.clear_everywhere(&device);
    let waiting = asked(&device, &ask).await;
    let mail = service.newest_mail(EMAIL).await;
    let answer = confirm(&device, &waiting, &confirmation(&ask, &mail.code())).await;
    receipt(&device, &answer);
    let link = mail.not_me();
    reqwest::get(format!("{}{link}", service.url))
        .await
        .unwrap();
    let token = link
        .trim_start_matches("/not-me/")
        .split('?')
        .next()
        .unwrap()
        .to_owned();

    let secrets = [
        first.clone(),
        first.replace(' ', ""),
        mail.code(),
        mail.code().replace(' ', ""),
        PASSWORD.into(),
        device.access.clone().unwrap(),
        device.refresh.clone().unwrap(),
        token,
        "203.0.113.77".into(),
    ];
    let log = log.0.lock().unwrap().clone();
    assert!(
        contains(&log, "/v1/operations/{operation}/confirm"),
        "there is a log"
    );
    assert!(contains(&log, "/not-me/{token}"));
    for secret in &secrets {
        assert!(!contains(&log, secret), "{secret} is in the log");
    }
    assert!(!contains(&log, EMAIL), "an address is in the log");
    // The notice names the network address; once it has left, its row is gone.
    service.newest_mail(EMAIL).await;
    let rows = service.everything_stored().await;
    assert!(contains(&rows, EMAIL), "this is what is stored");
    for secret in &secrets {
        assert!(!contains(&rows, secret), "{secret} is in the database");
    }
}
