//! A service of a test's own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use clap::Parser;
use serde::Deserialize;
use sigill_core::id::AccountId;
use sigill_service::clock::Clock;
use sigill_service::config::{Config, Settings};
use sigill_service::service::{Service, Shared};
use sigill_service::{courier, router, tidy};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::device::TestDevice;

/// 2026-11-23 14:05:00 UTC.
pub(crate) const BEGINNING: u64 = 1_795_442_700;

pub(crate) struct TestService {
    pub(crate) url: String,
    pub(crate) service: Shared,
    clock: Arc<AtomicU64>,
    devices: AtomicU32,
    server: tokio::task::JoinHandle<()>,
    /// What it is started again with.
    pub(crate) config: Config,
    _folder: TempDir,
}

/// A mail as the inbox page has it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Mail {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

impl Mail {
    /// The code in it.
    pub(crate) fn code(&self) -> String {
        self.find_code().expect("a code in the mail")
    }

    fn find_code(&self) -> Option<String> {
        let is_code = |line: &&str| {
            let digits = line.bytes().filter(u8::is_ascii_digit).count();
            line.len() == 9 && digits == 8 && line.as_bytes()[4] == b' '
        };
        self.text
            .lines()
            .map(str::trim)
            .find(is_code)
            .map(str::to_owned)
    }

    /// Path and query of the *not me* link in it.
    pub(crate) fn not_me(&self) -> String {
        let begin = self.text.find("/not-me/").expect("a link in the mail");
        self.text[begin..]
            .split_whitespace()
            .next()
            .unwrap()
            .to_owned()
    }
}

async fn serve(
    listener: TcpListener,
    (config, clock): (&Config, &Arc<AtomicU64>),
) -> (Shared, tokio::task::JoinHandle<()>) {
    let clock = Clock::held(Arc::clone(clock));
    let service = Service::open(config.clone(), clock).await.unwrap();
    let app = router(&service).into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(async move {
        axum::serve(listener, app).await.unwrap();
    });
    (service, server)
}

impl TestService {
    pub(crate) async fn on_sqlite() -> Self {
        Self::sqlite_with(|_| {}).await
    }

    pub(crate) async fn sqlite_with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!(
            "sqlite://{}?mode=rwc",
            folder.path().join("sigill.db").display()
        );
        Self::spawn(folder, &url, change).await
    }

    /// A service on a schema of its own, where there is a server for it.
    pub(crate) async fn on_postgres() -> Option<Self> {
        let Ok(server) = std::env::var("SIGILL_TEST_POSTGRES_URL") else {
            println!(
                "SKIPPED postgres: set SIGILL_TEST_POSTGRES_URL or apt-get install postgresql"
            );
            assert!(
                std::env::var("CI").as_deref() != Ok("true"),
                "CI has to have PostgreSQL"
            );
            return None;
        };
        let mut random = [0; 8];
        getrandom::fill(&mut random).unwrap();
        let name = format!("sigill_test_{:016x}", u64::from_be_bytes(random));
        sqlx::any::install_default_drivers();
        let mut connection = <sqlx::AnyConnection as sqlx::Connection>::connect(&server)
            .await
            .unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!("create schema {name}")))
            .execute(&mut connection)
            .await
            .unwrap();
        let joint = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{joint}options[search_path]={name}");
        Some(Self::spawn(tempfile::tempdir().unwrap(), &url, |_| {}).await)
    }

    async fn spawn(folder: TempDir, database: &str, change: impl FnOnce(&mut Config)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let bound = listener.local_addr().unwrap();
        let secrets = folder.path().join("secrets");
        let settings = Settings::try_parse_from([
            "sigill-service",
            "--dev",
            "--database-url",
            database,
            "--secrets-dir",
            secrets.to_str().unwrap(),
            "--trusted-proxies",
            "127.0.0.1",
        ]);
        let mut config = settings.unwrap().at(bound).unwrap();
        change(&mut config);
        let clock = Arc::new(AtomicU64::new(BEGINNING));
        let (service, server) = serve(listener, (&config, &clock)).await;
        Self {
            url: format!("http://{bound}"),
            service,
            clock,
            devices: AtomicU32::new(0),
            server,
            config,
            _folder: folder,
        }
    }

    /// Stops it as a crash would, and starts it again on the same database,
    /// with the same secrets, at the same address.
    pub(crate) async fn restart(&mut self) {
        self.stop().await;
        let address = self.url.strip_prefix("http://").unwrap();
        let listener = TcpListener::bind(address).await.unwrap();
        let (service, server) = serve(listener, (&self.config, &self.clock)).await;
        self.service = service;
        self.server = server;
    }

    /// Nobody listens there any more.
    pub(crate) async fn stop(&mut self) {
        self.server.abort();
        if !self.server.is_finished() {
            let _ = (&mut self.server).await;
        }
    }

    pub(crate) fn now(&self) -> u64 {
        self.clock.load(Ordering::SeqCst)
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn set_clock_back(&self, seconds: u64) {
        self.clock.fetch_sub(seconds, Ordering::SeqCst);
    }

    /// A device with a key and a network address of its own.
    pub(crate) fn device(&self) -> TestDevice {
        let number = self.devices.fetch_add(1, Ordering::SeqCst);
        TestDevice::new(
            &self.url,
            format!("10.0.{}.{}", number / 250, number % 250 + 1),
        )
    }

    /// Lets everything leave that is due, and returns how many mails were looked at.
    pub(crate) async fn deliver(&self) -> u32 {
        courier::deliver_due(&self.service).await.unwrap()
    }

    /// Every value of every row, one after the other (SQLite).
    pub(crate) async fn everything_stored(&self) -> Vec<u8> {
        use sqlx::{Connection, Row};
        let mut connection = sqlx::AnyConnection::connect(&self.config.database_url)
            .await
            .unwrap();
        let tables = sqlx::query("select name from sqlite_master where type = 'table' and name not like '\\_sqlx%' escape '\\'")
            .fetch_all(&mut connection)
            .await
            .unwrap();
        let mut all = Vec::new();
        for table in tables {
            let name: String = table.get(0);
            let rows = sqlx::query(sqlx::AssertSqlSafe(format!("select * from \"{name}\"")))
                .fetch_all(&mut connection)
                .await
                .unwrap();
            for row in rows {
                for column in 0..row.len() {
                    let bytes = row.try_get::<Vec<u8>, _>(column);
                    let text = row.try_get::<String, _>(column).map(String::into_bytes);
                    all.extend(bytes.or(text).unwrap_or_default());
                    all.push(b'\n');
                }
            }
        }
        all
    }

    /// A statement of somebody who has the database in hand.
    pub(crate) async fn sql(&self, statement: &'static str) {
        use sqlx::Connection;
        let mut connection = sqlx::AnyConnection::connect(&self.config.database_url)
            .await
            .unwrap();
        sqlx::raw_sql(statement)
            .execute(&mut connection)
            .await
            .unwrap();
    }

    /// What comes of `act` where another transaction has the accounts' rows, and
    /// makes `change` once `act` waits for them: it has looked already. Only
    /// PostgreSQL lets two write at once.
    pub(crate) async fn overtaken<T>(&self, change: &str, act: impl Future<Output = T>) -> T {
        use sqlx::{AssertSqlSafe, Connection, Row};
        let connect = || sqlx::AnyConnection::connect(&self.config.database_url);
        let (mut other, mut watch) = (connect().await.unwrap(), connect().await.unwrap());
        let take = "begin; update accounts set touched = touched";
        sqlx::raw_sql(take).execute(&mut other).await.unwrap();
        let own = sqlx::query("select pg_backend_pid() as pid");
        let own: i32 = own.fetch_one(&mut other).await.unwrap().get("pid");
        let waiting = format!(
            "select count(*) as n from pg_stat_activity where {own} = any(pg_blocking_pids(pid))"
        );
        let changing = async {
            let mut looked = 0;
            loop {
                let row = sqlx::query(AssertSqlSafe(waiting.clone()));
                if row.fetch_one(&mut watch).await.unwrap().get::<i64, _>("n") > 0 {
                    break;
                }
                looked += 1;
                assert!(looked < 100_000, "it never waited");
            }
            let change = AssertSqlSafe(format!("{change}; commit"));
            sqlx::raw_sql(change).execute(&mut other).await.unwrap();
        };
        tokio::join!(act, changing).0
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.config.database_url.starts_with("sqlite")
    }

    /// The one number that a query finds.
    pub(crate) async fn number(&self, query: &'static str) -> i64 {
        use sqlx::{Connection, Row};
        let mut connection = sqlx::AnyConnection::connect(&self.config.database_url)
            .await
            .unwrap();
        let row = sqlx::query(query).fetch_one(&mut connection).await.unwrap();
        row.get(0)
    }

    /// A phone as if it had been enrolled while the gateway still answered.
    pub(crate) async fn store_phone(&self, account: AccountId, number: &str) {
        use sqlx::Connection;
        let mut connection = sqlx::AnyConnection::connect(&self.config.database_url)
            .await
            .unwrap();
        sqlx::query("insert into factors (account, way, value, step, since) values ($1, 'text_message', $2, 0, 0)")
            .bind(account.as_bytes())
            .bind(number)
            .execute(&mut connection)
            .await
            .unwrap();
    }

    /// An address as if the account had had it until now.
    pub(crate) async fn former_address(&self, account: AccountId, email: &str) {
        use sqlx::Connection;
        let mut connection = sqlx::AnyConnection::connect(&self.config.database_url)
            .await
            .unwrap();
        sqlx::query("insert into former_addresses (account, email, at) values ($1, $2, $3)")
            .bind(account.as_bytes())
            .bind(email)
            .bind(i64::try_from(self.now()).unwrap())
            .execute(&mut connection)
            .await
            .unwrap();
    }

    /// A hold that begins now.
    pub(crate) async fn hold(&self, account: AccountId) {
        self.hold_since(account, 0).await;
    }

    /// A hold that began some time ago, as if the portal had reset the password then.
    pub(crate) async fn hold_since(&self, account: AccountId, ago: u64) {
        use sqlx::Connection;
        let from = i64::try_from(self.now() - ago).unwrap();
        let mut connection = sqlx::AnyConnection::connect(&self.config.database_url)
            .await
            .unwrap();
        sqlx::query(
            "update accounts set held_from = $2, held_until = $3, vetoed = 0 where id = $1",
        )
        .bind(account.as_bytes())
        .bind(from)
        .bind(from + 3 * 86_400)
        .execute(&mut connection)
        .await
        .unwrap();
    }

    pub(crate) async fn tidy(&self) {
        tidy::tidy(&self.service).await.unwrap();
    }

    /// The mails to an address, newest first, after all that is due has left.
    pub(crate) async fn mails(&self, to: &str) -> Vec<Mail> {
        self.deliver().await;
        let url = format!("{}/dev/inbox.json", self.url);
        let all: Vec<Mail> = reqwest::get(url).await.unwrap().json().await.unwrap();
        all.into_iter().filter(|mail| mail.to == to).collect()
    }

    pub(crate) async fn newest_mail(&self, to: &str) -> Mail {
        self.mails(to).await.into_iter().next().expect("a mail")
    }

    /// The newest code to an address.
    pub(crate) async fn code(&self, to: &str) -> String {
        let mails = self.mails(to).await;
        mails
            .iter()
            .find_map(Mail::find_code)
            .expect("a code in a mail")
    }

    /// A device that is signed in to an account of its own.
    pub(crate) async fn signed_in(&self, email: &str) -> TestDevice {
        let mut device = self.device();
        device.sign_up(email).await.expect(202);
        let code = self.code(email).await;
        device.verify(email, &code).await.expect(204);
        device.sign_in(email, "Laptop").await;
        device
    }

    /// Another device of the same account.
    pub(crate) async fn another(&self, email: &str, name: &str) -> TestDevice {
        let mut device = self.device();
        device.sign_in(email, name).await;
        device
    }
}

impl Drop for TestService {
    fn drop(&mut self) {
        self.server.abort();
    }
}
