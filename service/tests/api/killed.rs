//! F9: the program itself, killed between the transaction that counts a try and
//! the one that judges it.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, UNIX_EPOCH};

use futures_util::future::join_all;
use sigill_service::config::Config;

use crate::clear::receipt;
use crate::guards::{EMAIL, state, waiting};
use crate::rig::TestService;
use crate::vaults::{cloud, confirm, confirmation};

on_each_database! {
    f9_killed_between_counting_and_judging_the_try_is_counted_and_the_code_still_good,
}

/// The service as a program, where a service of the test's own listened.
struct Program {
    child: Child,
    clock: PathBuf,
}

impl Program {
    async fn in_place_of(service: &mut TestService) -> Self {
        service.stop().await;
        let clock = clock_of(service);
        let config = &service.config;
        let child = Command::new(env!("CARGO_BIN_EXE_sigill-service"))
            .args(["--dev", "--trusted-proxies", "127.0.0.1"])
            .args(["--listen", service.url.trim_start_matches("http://")])
            .args(["--database-url", &config.database_url])
            .args(["--secrets-dir", config.secrets_dir.to_str().unwrap()])
            .env("SIGILL_TEST_CLOCK", &clock)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let ready = format!("{}/readyz", service.url);
        let listening = async { while reqwest::get(&ready).await.is_err() {} };
        let listening = tokio::time::timeout(Duration::from_secs(30), listening);
        listening.await.expect("the program listens");
        Self { child, clock }
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.clock);
    }
}

/// A file that shifts the computer's clock to the service's, by the time that
/// the file itself was written.
fn clock_of(service: &TestService) -> PathBuf {
    let Config { secrets_dir, .. } = &service.config;
    let path = secrets_dir.with_file_name("clock");
    let mut file = std::fs::File::create(&path).unwrap();
    file.write_all(b"0").unwrap();
    let written = file.metadata().unwrap().modified().unwrap();
    let now = written.duration_since(UNIX_EPOCH).unwrap().as_secs();
    let shift = service.now().cast_signed() - now.cast_signed();
    std::fs::write(&path, shift.to_string()).unwrap();
    path
}

async fn until(service: &TestService, query: &'static str, enough: i64) {
    while service.number(query).await < enough {}
}

/// More passwords to be hashed than can be hashed at once: what comes after them waits.
fn crowd() -> i64 {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    i64::try_from(24 * (cores / 2).max(1)).unwrap()
}

const CROWD: &str = "select count(*) from limits where rule = 'stranger/account/hour'";
const TRIES: &str = "select tries from operations";

async fn f9_killed_between_counting_and_judging_the_try_is_counted_and_the_code_still_good(
    mut service: TestService,
) {
    let (mut device, _, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let confirmation = confirmation(&ask, &code);
    let before = (cloud(&device).await, service.number(CROWD).await);
    let mut program = Program::in_place_of(&mut service).await;
    device.hang_up();
    let strangers: Vec<_> = (0..crowd()).map(|_| service.device()).collect();
    let knocking = strangers
        .iter()
        .enumerate()
        .map(|(number, stranger)| async move {
            let email = format!("stranger{number}@example.com");
            stranger.try_sign_in(&email, "a wrong password", "A").await
        });
    let confirming = async {
        until(&service, CROWD, before.1 + crowd()).await;
        confirm(&device, &asked, &confirmation).await
    };
    tokio::select! {
        _ = async { join_all(knocking).await; std::future::pending::<()>().await } => {}
        answer = confirming => panic!("judged too soon: {}", answer.body),
        () = async { until(&service, TRIES, 1).await; program.kill() } => {}
    }
    service.restart().await;
    device.hang_up();
    assert_eq!(service.number(TRIES).await, 1, "counted");
    assert_eq!(state(&device, &asked).await, "pending");
    assert_eq!(cloud(&device).await, before.0, "and nothing happened");
    service.pass(60); // nobody judges it any more
    let answer = confirm(&device, &asked, &confirmation).await;
    receipt(&device, &answer);
    assert_eq!(service.number(TRIES).await, 2);
    assert_eq!(cloud(&device).await.seq, 2);
}
