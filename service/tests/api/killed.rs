//! The program itself, killed: between the transaction that counts a try and the
//! one that judges it (F9), anywhere (F14), and while it makes its tables (F25); and on a disk without
//! room (F15).

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, UNIX_EPOCH};

use futures_util::future::join_all;
use sigill_core::wire::problem::Code;
use sigill_service::config::Config;
use sigill_service::limits::DAY;

use crate::clear::receipt;
use crate::guards::{EMAIL, state, waiting};
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, cloud, confirm, confirmation};

on_each_database! {
    f9_killed_between_counting_and_judging_the_try_is_counted_and_the_code_still_good,
    f14_killed_anywhere_nothing_came_of_a_confirmation_or_all_of_it,
}

/// The service as a program, where a service of the test's own listened.
struct Program {
    child: Child,
    clock: PathBuf,
}

const BINARY: &str = env!("CARGO_BIN_EXE_sigill-service");

impl Program {
    async fn in_place_of(service: &mut TestService) -> Self {
        let database = service.config.database_url.clone();
        Self::run(service, (Command::new(BINARY), &database)).await
    }

    async fn run(service: &mut TestService, (mut command, database): (Command, &str)) -> Self {
        service.stop().await;
        let clock = clock_of(service);
        let config = &service.config;
        command
            .args(["--dev", "--trusted-proxies", "127.0.0.1"])
            .args(["--listen", service.url.trim_start_matches("http://")])
            .args(["--database-url", database])
            .args(["--secrets-dir", config.secrets_dir.to_str().unwrap()])
            .env("SIGILL_TEST_CLOCK", &clock)
            .stderr(Stdio::null());
        let ready = format!("{}/readyz", service.url);
        let listening = async {
            let mut child = command.spawn().unwrap();
            while reqwest::get(&ready).await.is_err() {
                // Meanwhile the port may have been another test's for a moment.
                if child.try_wait().unwrap().is_some() {
                    child = command.spawn().unwrap();
                }
            }
            child
        };
        let listening = tokio::time::timeout(Duration::from_secs(60), listening);
        let child = listening.await.expect("the program listens");
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

/// Kills of F14 on each database, each of a confirmation of its own.
const KILLS: u32 = 50;

/// A random part of `whole`.
fn part_of(whole: Duration) -> Duration {
    let mut random = [0; 2];
    getrandom::fill(&mut random).unwrap();
    whole * u32::from(u16::from_be_bytes(random)) / u32::from(u16::MAX)
}

async fn f14_killed_anywhere_nothing_came_of_a_confirmation_or_all_of_it(mut service: TestService) {
    let mut whole = Duration::from_millis(100);
    let mut came_of_it = 0;
    for number in 0..KILLS {
        service.pass(DAY);
        let email = format!("person{number}@example.com");
        let mut device = service.signed_in(&email).await;
        let mut vault = TestVault::new();
        vault.create(&device, 2).await;
        let ask = vault.clear_everywhere(&device);
        let asked = asked(&device, &ask).await;
        let confirmation = confirmation(&ask, &service.code(&email).await);
        let mut program = Program::in_place_of(&mut service).await;
        device.hang_up();
        let begun = Instant::now();
        tokio::select! {
            answer = confirm(&device, &asked, &confirmation) => {
                receipt(&device, &answer);
                whole = begun.elapsed();
            }
            () = tokio::time::sleep(part_of(whole)) => {}
        }
        program.kill();
        service.restart().await;
        device.hang_up();
        let there = cloud(&device).await;
        match state(&device, &asked).await.as_str() {
            "pending" => {
                whole = whole * 5 / 4; // it takes longer than that
                assert_eq!((there.seq, there.vault.map(|it| it.count)), (1, Some(2)));
            }
            "executed" => {
                came_of_it += 1;
                assert_eq!((there.seq, there.vault), (2, None));
            }
            other => panic!("{other}"),
        }
        service.pass(120); // a try that was counted is judged by nobody any more, a mail is anybody's
        receipt(&device, &confirm(&device, &asked, &confirmation).await);
        assert_eq!(cloud(&device).await.seq, 2, "one effect");
        service.deliver().await;
        assert_eq!(service.number("select count(*) from outbox").await, 0);
    }
    println!("{KILLS} killed: all came of {came_of_it}, nothing of the others");
}

/// The program on a file system of 1 MiB more than the database takes, which only it sees.
async fn crowded(service: &mut TestService, folder: &Path) -> Program {
    let url = &service.config.database_url;
    let from = url.strip_prefix("sqlite://").unwrap();
    let from = from.strip_suffix("?mode=rwc").unwrap();
    let script = format!(
        "mount -t tmpfs -o size=$(($(cat {from}* | wc -c) + 1048576)) tmpfs {there} && cp {from} {from}-wal {there}/ && exec {BINARY} \"$@\"",
        there = folder.display(),
    );
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-ec", &script, "sigill-service"]);
    let database = format!("sqlite://{}/sigill.db?mode=rwc", folder.display());
    Program::run(service, (command, &database)).await
}

fn can_mount() -> bool {
    let mount = ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"];
    let tried = Command::new("unshare").args(mount).output();
    tried.is_ok_and(|tried| tried.status.success())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f15_on_a_full_disk_it_says_so_nothing_is_half_done_and_with_room_it_goes_on() {
    if !can_mount() {
        println!("SKIPPED a full disk: it takes root, to mount a small file system");
        return;
    }
    let mut service = TestService::on_sqlite().await;
    let (mut device, mut vault, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let folder = tempfile::tempdir().unwrap();
    let program = crowded(&mut service, folder.path()).await;
    device.hang_up();
    let seen = format!(
        "/proc/{}/root{}",
        program.child.id(),
        folder.path().display()
    );
    let filler = Path::new(&seen).join("filler");
    let mut file = std::fs::File::create(&filler).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}

    let right = confirmation(&ask, &code);
    let answer = confirm(&device, &asked, &right).await;
    assert_eq!(answer.refused(), Code::Busy);
    let more = vault.add(&device, 1);
    let push = vault.push_of(&device, more);
    assert_eq!(
        device.post("/v1/vault/push", &push).await.refused(),
        Code::Busy
    );

    drop(file);
    std::fs::remove_file(&filler).unwrap();
    assert_eq!(state(&device, &asked).await, "pending");
    assert_eq!(cloud(&device).await.seq, 1);
    receipt(&device, &confirm(&device, &asked, &right).await);
    assert_eq!(cloud(&device).await.seq, 2);
}

/// Kills of F25, each of a first start.
const STARTS: u32 = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f25_killed_while_it_brings_a_database_up_to_date_it_does_so_at_its_next_start() {
    let mut service = TestService::on_sqlite().await;
    for number in 0..STARTS {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sigill.db");
        service.config.database_url = format!("sqlite://{}?mode=rwc", file.display());
        service.stop().await;
        let mut child = Command::new(BINARY)
            .args(["--dev", "--listen", "127.0.0.1:0"])
            .args(["--database-url", &service.config.database_url])
            .args([
                "--secrets-dir",
                service.config.secrets_dir.to_str().unwrap(),
            ])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while !file.exists() {
            tokio::task::yield_now().await;
        }
        tokio::time::sleep(part_of(Duration::from_millis(60))).await;
        child.kill().unwrap();
        child.wait().unwrap();
        service.restart().await;
        let device = service
            .signed_in(&format!("person{number}@example.com"))
            .await;
        TestVault::new().create(&device, 1).await;
        assert_eq!(cloud(&device).await.seq, 1);
    }
}
