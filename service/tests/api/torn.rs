//! A database that was torn: the last commit is there, or it is refused; what is
//! served is never a part (SQLite; PostgreSQL sees to its own).

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use serde_json::Value;
use sigill_service::clock::Clock;
use sigill_service::config::Config;
use sigill_service::service::Service;

use crate::device::PASSWORD;
use crate::guards::EMAIL;
use crate::rig::TestService;
use crate::vaults::{TestVault, cloud};

/// The database's own file and its write-ahead log, as a crash leaves them.
fn files(config: &Config) -> [PathBuf; 2] {
    let url = config.database_url.strip_prefix("sqlite://").unwrap();
    let file = url.strip_suffix("?mode=rwc").unwrap();
    [file.into(), format!("{file}-wal").into()]
}

/// The same service over a copy of them.
fn copy(config: &Config, folder: &Path) -> Config {
    let [file, log] = files(config);
    let there = folder.join("sigill.db");
    fs::copy(file, &there).unwrap();
    if log.exists() {
        fs::copy(log, folder.join("sigill.db-wal")).unwrap();
    }
    Config {
        database_url: format!("sqlite://{}?mode=rwc", there.display()),
        ..config.clone()
    }
}

/// Cuts a file off behind `length` bytes.
fn cut(path: &Path, length: u64) {
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_len(length).unwrap();
}

/// What the account's device is told of its cloud: where it stands, and every record.
async fn told(service: &TestService) -> (u64, Value, usize) {
    let mut device = service.device();
    let session = device.try_sign_in(EMAIL, PASSWORD, "Looks").await;
    if session.status != 201 {
        return (0, Value::Null, 0); // of before the account
    }
    device.take_session(&session.value());
    let there = cloud(&device).await;
    let Some(vault) = there.vault else {
        return (there.seq, Value::Null, 0);
    };
    let path = format!("/v1/vault/changes?generation={}&since=0", vault.generation);
    let changes = device.get(&path).await.expect(200).value();
    let records = changes["records"].as_array().unwrap().len();
    assert_eq!(usize::try_from(vault.count), Ok(records), "never a part");
    (there.seq, changes["heads"].clone(), records)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f5_a_log_that_lost_its_end_holds_a_commit_as_a_whole_or_not_at_all() {
    let mut service = TestService::on_sqlite().await;
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 2).await;
    let mut known = vec![(0, Value::Null, 0), told(&service).await];
    for _ in 0..3 {
        let records = vault.add(&device, 5);
        vault.push(&device, records).await;
        known.push(told(&service).await);
    }
    let crashed = tempfile::tempdir().unwrap();
    let whole = copy(&service.config, crashed.path());
    let [_, log] = files(&whole);
    let length = fs::metadata(&log).unwrap().len();
    assert!(length > 100_000, "nothing of it was written back yet");
    let mut seen = std::collections::BTreeSet::new();
    for step in 0..24 {
        let folder = tempfile::tempdir().unwrap();
        service.config = copy(&whole, folder.path());
        // At odd bytes too: in the middle of a frame.
        cut(
            &folder.path().join("sigill.db-wal"),
            length - step * (length / 48) - step,
        );
        service.restart().await;
        let now = told(&service).await;
        assert!(known.contains(&now), "{step}: {} records", now.2);
        seen.insert(now.2);
        service.stop().await;
        service.service.close().await;
    }
    assert!(seen.len() > 1, "cut off where it matters: {seen:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f5_a_copy_that_lost_pages_is_refused_at_the_start() {
    let mut service = TestService::on_sqlite().await;
    let device = service.signed_in(EMAIL).await;
    let mut vault = TestVault::new();
    vault.create(&device, 200).await;
    service.stop().await;
    service.service.close().await; // writes the log back
    let [file, log] = files(&service.config);
    assert!(!log.exists());
    let length = fs::metadata(&file).unwrap().len();
    let open = async |config: Config| {
        let clock = Clock::held(Arc::new(AtomicU64::new(service.now())));
        match Service::open(config, clock).await {
            Ok(opened) => {
                opened.close().await;
                None
            }
            Err(error) => Some(error.to_string()),
        }
    };
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(open(copy(&service.config, folder.path())).await, None);
    for kept in [length - 4096, length - 4097, length / 2, length / 2 + 77] {
        let folder = tempfile::tempdir().unwrap();
        let config = copy(&service.config, folder.path());
        cut(&folder.path().join("sigill.db"), kept);
        let refused = open(config).await;
        let refused = refused.unwrap_or_default();
        assert!(
            refused.contains("is torn"),
            "{kept} of {length}: {refused:?}"
        );
    }
    for page in [2, 5, length / 4096 - 2] {
        let folder = tempfile::tempdir().unwrap();
        let config = copy(&service.config, folder.path());
        let there = folder.path().join("sigill.db");
        let mut bytes = fs::read(&there).unwrap();
        let at = usize::try_from(page * 4096).unwrap();
        bytes[at..at + 4096].fill(0);
        fs::write(&there, bytes).unwrap();
        let refused = open(config).await;
        let refused = refused.unwrap_or_default();
        assert!(refused.contains("is torn"), "page {page}: {refused:?}");
    }
}
