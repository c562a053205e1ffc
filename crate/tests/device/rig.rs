//! A browser's profile in memory, and the service that it talks to.

use std::cell::{Cell, Ref, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::response::Response;
use clap::Parser;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use sigill::api::{
    Connect, Content, Derivation, Found, Item, Kdf, NewVault, Operation, PauseReason, Query, Save,
    Scope, SignIn, SignUp, Status, SyncState, Typed, Unlock, VaultState,
};
use sigill::rim::{Batch, Incoming, Outgoing, Rim};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::vault::item::Field;
use sigill_core::wire::problem::Code;
use sigill_service::clock::Clock;
use sigill_service::config::Settings;
use sigill_service::service::{Service, Shared};
use sigill_service::{courier, restored, router};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::contents::{Fields, login};

pub(crate) const URL: &str = "http://127.0.0.1:8787";
pub(crate) const PASSWORD: &str = "an account password";
pub(crate) const EMAIL: &str = "asa@example.com";
const BEGINNING: u64 = 1_795_442_700;

/// A root key, as a page hands it over: base64url of 32 bytes.
pub(crate) const ROOT: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
pub(crate) const OTHER_ROOT: &str = "__ECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

/// The service, and the clock that all share.
pub(crate) struct World {
    service: Shared,
    /// Its routes: to lay them anew for every request would take longer than the rest.
    app: Router,
    clock: Arc<AtomicU64>,
    folder: TempDir,
}

impl World {
    pub(crate) async fn begin() -> Rc<Self> {
        Self::begin_with(&[]).await
    }

    /// With more settings.
    pub(crate) async fn begin_with(more: &[&str]) -> Rc<Self> {
        let clock = Arc::new(AtomicU64::new(BEGINNING));
        Self::at(tempfile::tempdir().unwrap(), clock, more).await
    }

    /// The service over the database that lies in a folder.
    async fn at(folder: TempDir, clock: Arc<AtomicU64>, more: &[&str]) -> Rc<Self> {
        let database = format!(
            "sqlite://{}?mode=rwc",
            folder.path().join("sigill.db").display()
        );
        let secrets = folder.path().join("secrets");
        let settings = [
            "sigill-service",
            "--dev",
            "--database-url",
            &database,
            "--secrets-dir",
            secrets.to_str().unwrap(),
            "--trusted-proxies",
            "127.0.0.1",
        ];
        let settings = Settings::try_parse_from(settings.iter().chain(more));
        let bound: SocketAddr = "127.0.0.1:8787".parse().unwrap();
        let config = settings.unwrap().at(bound).unwrap();
        let service = Service::open(config, Clock::held(Arc::clone(&clock)))
            .await
            .unwrap();
        Rc::new(Self {
            app: router(&service),
            service,
            clock,
            folder,
        })
    }

    /// A backup of its database and secrets.
    pub(crate) fn backup(&self) -> TempDir {
        let backup = tempfile::tempdir().unwrap();
        copy(self.folder.path(), backup.path());
        backup
    }

    /// The service as its host brings it back from a backup, at the same moment.
    pub(crate) async fn restored(&self, backup: TempDir) -> Rc<Self> {
        let world = Self::at(backup, Arc::clone(&self.clock), &[]).await;
        restored::declare(&world.service).await.unwrap();
        world
    }

    pub(crate) fn now(&self) -> u64 {
        self.clock.load(Ordering::SeqCst)
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    /// A browser with an empty profile.
    pub(crate) fn profile(self: &Rc<Self>) -> Profile {
        let mut secret = [7; 32];
        getrandom::fill(&mut secret).unwrap();
        secret[0] &= 0x7f;
        Profile(Rc::new(Disk::new(
            self,
            SigningKey::from_slice(&secret).unwrap(),
        )))
    }

    /// Every code that was mailed to the account, the newest first.
    pub(crate) async fn codes(&self) -> Vec<String> {
        courier::deliver_due(&self.service).await.unwrap();
        let answer = self
            .call(Request::get("/dev/inbox.json").body(Body::empty()).unwrap())
            .await;
        let mails: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        let mails = mails.as_array().unwrap().iter();
        let is_code =
            |line: &&str| line.len() == 9 && line.bytes().filter(u8::is_ascii_digit).count() == 8;
        mails
            .filter_map(|mail| {
                let mut lines = mail["text"].as_str().unwrap().lines().map(str::trim);
                lines.find(is_code).map(str::to_owned)
            })
            .collect()
    }

    /// The newest code mailed to the account.
    pub(crate) async fn code(&self) -> String {
        let codes = self.codes().await;
        codes.into_iter().next().expect("a mail with a code")
    }

    /// What the service answers.
    pub(crate) async fn answer(&self, mut request: Request<Body>) -> Response {
        let peer: SocketAddr = "127.0.0.1:4321".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        self.app.clone().oneshot(request).await.unwrap()
    }

    async fn call(&self, request: Request<Body>) -> Incoming {
        let answer = self.answer(request).await;
        let nonce = answer.headers().get("dpop-nonce");
        let nonce = nonce.map(|nonce| nonce.to_str().unwrap().to_owned());
        let status = answer.status().as_u16();
        let body = to_bytes(answer.into_body(), 64 << 20)
            .await
            .unwrap()
            .to_vec();
        Incoming {
            status,
            nonce,
            body,
        }
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), &to).unwrap();
        }
    }
}

/// What goes wrong, counted in steps: each write and each half of a request is one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    None,
    /// The worker is killed before step `n`: nothing happens from there on.
    KilledBefore(u32),
    /// The service can't be reached.
    Offline,
    /// The disk is full from write `n` on.
    FullFrom(u32),
    /// Read `n` of the store fails, and no other.
    UnreadAt(u32),
    /// The line carries 100 kB a second, and is cut after so many bytes, up and down.
    Cut {
        every: usize,
    },
    /// The network brings every request twice, and one of the two answers.
    Doubled(Answered),
}

/// Which of two answers comes back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Answered {
    First,
    Second,
}

/// Whether several calls are under way at once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turns {
    /// One: nobody waits for himself.
    One,
    /// Each step lets the others have theirs.
    Taken,
}

/// Changes an answer on its way; given the request's address.
type Lie = Box<dyn Fn(&str, &mut Incoming)>;

pub(crate) struct Disk {
    world: Rc<World>,
    pub(crate) rows: RefCell<BTreeMap<String, Vec<u8>>>,
    pub(crate) memory: RefCell<BTreeMap<String, Vec<u8>>>,
    key: SigningKey,
    skew: Cell<i64>,
    fault: Cell<Fault>,
    lie: RefCell<Option<Lie>>,
    steps: Cell<u32>,
    writes: Cell<u32>,
    reads: Cell<u32>,
    pub(crate) requests: RefCell<Vec<String>>,
    locks: RefCell<BTreeMap<String, Arc<tokio::sync::Mutex<()>>>>,
    turns: Cell<Turns>,
    line: Cell<Line>,
}

/// What a line that is cut carried.
#[derive(Clone, Copy, Default)]
struct Line {
    since_cut: usize,
    cuts: usize,
    largest: usize,
    bytes: usize,
}

impl Disk {
    fn new(world: &Rc<World>, key: SigningKey) -> Self {
        Self {
            world: Rc::clone(world),
            rows: RefCell::default(),
            memory: RefCell::default(),
            key,
            skew: Cell::new(0),
            fault: Cell::new(Fault::None),
            lie: RefCell::default(),
            steps: Cell::new(0),
            writes: Cell::new(0),
            reads: Cell::new(0),
            requests: RefCell::default(),
            locks: RefCell::default(),
            turns: Cell::new(Turns::One),
            line: Cell::default(),
        }
    }

    fn write(&self, batch: Batch) {
        let mut rows = self.rows.borrow_mut();
        for key in batch.deletes {
            rows.remove(&key);
        }
        rows.extend(batch.puts);
    }

    /// Whether the worker still lives at the next step.
    fn step(&self) -> bool {
        let step = self.steps.get();
        self.steps.set(step + 1);
        !matches!(self.fault.get(), Fault::KilledBefore(n) if step >= n)
    }

    /// The rows, where the next read of them is not the one that fails.
    fn read(&self) -> Result<Ref<'_, BTreeMap<String, Vec<u8>>>, Trouble> {
        let read = self.reads.get();
        self.reads.set(read + 1);
        if self.fault.get() == Fault::UnreadAt(read) {
            return Err(Trouble::StorageFailed);
        }
        Ok(self.rows.borrow())
    }

    /// Whether there is no room for the next write.
    fn is_full(&self) -> bool {
        let write = self.writes.get();
        self.writes.set(write + 1);
        matches!(self.fault.get(), Fault::FullFrom(n) if write >= n)
    }
}

/// See [`Profile::whole`].
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Whole {
    rows: BTreeMap<String, Vec<u8>>,
    sealed_here: Option<u32>,
    displaced: Vec<String>,
}

/// A browser's profile: what outlives its worker.
#[derive(Clone)]
pub(crate) struct Profile(pub(crate) Rc<Disk>);

impl Profile {
    /// The same profile where the service is another one at the same address.
    pub(crate) fn before(&self, world: &Rc<World>) -> Self {
        let profile = Self(Rc::new(Disk::new(world, self.0.key.clone())));
        profile.0.rows.replace(self.rows());
        profile
    }

    /// A new worker over what is stored.
    pub(crate) fn session(&self) -> Session<Profile> {
        self.0.locks.borrow_mut().clear(); // a dead worker holds none
        Session::new(self.clone())
    }

    pub(crate) fn fault(&self, fault: Fault) {
        self.0.steps.set(0);
        self.0.writes.set(0);
        self.0.reads.set(0);
        self.0.fault.set(fault);
    }

    /// Steps since the last [`Profile::fault`].
    pub(crate) fn steps(&self) -> u32 {
        self.0.steps.get()
    }

    /// Reads of the store since then.
    pub(crate) fn reads(&self) -> u32 {
        self.0.reads.get()
    }

    /// Of a line that is cut: how often it was, its largest message, all its bytes.
    pub(crate) fn line(&self) -> (usize, usize, usize) {
        let line = self.0.line.get();
        (line.cuts, line.largest, line.bytes)
    }

    /// Whether a message of so many bytes arrives. It takes its time.
    fn carries(&self, bytes: usize) -> bool {
        let Fault::Cut { every } = self.0.fault.get() else {
            return true;
        };
        let mut line = self.0.line.get();
        line.largest = line.largest.max(bytes);
        line.bytes += bytes;
        line.since_cut += bytes;
        let arrives = line.since_cut <= every;
        if !arrives {
            line.cuts += 1;
            line.since_cut = 0;
        }
        self.0.line.set(line);
        self.0.world.pass(u64::try_from(bytes / 100_000).unwrap());
        arrives
    }

    pub(crate) fn lie(&self, lie: impl Fn(&str, &mut Incoming) + 'static) {
        self.0.lie.replace(Some(Box::new(lie)));
    }

    pub(crate) fn no_more_lies(&self) {
        self.0.lie.replace(None);
    }

    /// Other calls go on while one waits, as pages do that ask at the same time.
    pub(crate) fn take_turns(&self) {
        self.0.turns.set(Turns::Taken);
    }

    async fn turn(&self) {
        if self.0.turns.get() == Turns::Taken {
            tokio::task::yield_now().await;
        }
    }

    pub(crate) fn skew(&self, seconds: i64) {
        self.0.skew.set(seconds);
    }

    pub(crate) fn rows(&self) -> BTreeMap<String, Vec<u8>> {
        self.0.rows.borrow().clone()
    }

    /// The rows of generations: all that a vault is.
    pub(crate) fn vault_rows(&self) -> BTreeMap<String, Vec<u8>> {
        let rows = self.rows().into_iter();
        rows.filter(|(key, _)| key.starts_with("g/") || key == "active")
            .collect()
    }

    /// Everything that a fault must leave alone: the vault here, what is kept to be
    /// brought back, and the cloud as the service shows it.
    pub(crate) async fn whole(&self, session: &Session<Profile>) -> Whole {
        let sealed_here = session.restorable_view().await.unwrap();
        let displaced = session.displaced().await.unwrap();
        Whole {
            rows: self.vault_rows(),
            sealed_here: sealed_here.map(|sealed| sealed.count),
            displaced: displaced.into_iter().map(|one| one.generation).collect(),
        }
    }

    /// It is as it was (I6, I10, I12), and still opens.
    pub(crate) async fn holds(&self, session: &Session<Profile>, before: &Whole) {
        assert_eq!(self.whole(session).await, *before);
        session.unlock(unlock()).await.unwrap();
    }

    /// Takes the vault away, as whoever sits at the device can.
    pub(crate) fn clear_vault(&self) {
        let mut rows = self.0.rows.borrow_mut();
        rows.retain(|key, _| !key.starts_with("g/") && key != "active");
    }

    /// Takes the browser's session memory away, as closing it does.
    pub(crate) fn close_browser(&self) {
        self.0.memory.borrow_mut().clear();
    }
}

impl Rim for Profile {
    type Held = tokio::sync::OwnedMutexGuard<()>;

    fn now(&self) -> u64 {
        self.0.world.now().saturating_add_signed(self.0.skew.get())
    }

    fn fill(&self, bytes: &mut [u8]) -> Result<(), Trouble> {
        getrandom::fill(bytes).map_err(|_| Trouble::NoRandomness)
    }

    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, Trouble> {
        self.turn().await;
        Ok(self.0.read()?.get(key).cloned())
    }

    async fn get_all<const N: usize>(
        &self,
        keys: [String; N],
    ) -> Result<[Option<Vec<u8>>; N], Trouble> {
        self.turn().await;
        let rows = self.0.read()?;
        Ok(keys.map(|key| rows.get(&key).cloned()))
    }

    async fn scan(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
        let rows = self.0.read()?;
        let rows = rows.iter().filter(|(key, _)| key.starts_with(prefix));
        Ok(rows
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect())
    }

    async fn keys(&self, prefix: &str) -> Result<Vec<String>, Trouble> {
        let rows = self.0.read()?;
        let keys = rows.keys().filter(|key| key.starts_with(prefix));
        Ok(keys.cloned().collect())
    }

    async fn commit(&self, batch: Batch) -> Result<(), Trouble> {
        if !self.0.step() {
            return Err(Trouble::StorageFailed);
        }
        if self.0.is_full() {
            return Err(Trouble::Full);
        }
        self.0.write(batch);
        self.turn().await;
        Ok(())
    }

    async fn session_get(&self, key: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let row = self.0.memory.borrow().get(key).cloned();
        self.turn().await;
        Ok(row)
    }

    async fn session_set(&self, key: &str, value: &[u8]) -> Result<(), Trouble> {
        if !self.0.step() {
            return Err(Trouble::StorageFailed);
        }
        self.turn().await;
        self.0
            .memory
            .borrow_mut()
            .insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    async fn session_clear(&self) -> Result<(), Trouble> {
        if !self.0.step() {
            return Err(Trouble::StorageFailed);
        }
        self.turn().await;
        self.0.memory.borrow_mut().clear();
        Ok(())
    }

    async fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Trouble> {
        let signature: Signature = self.0.key.sign(message);
        Ok(signature.to_bytes().to_vec())
    }

    async fn suffixes(&self) -> Result<String, Trouble> {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../extension/data/public-suffixes.txt"
        );
        fs::read_to_string(path).map_err(|_| Trouble::StorageFailed)
    }

    async fn public_key(&self) -> Result<[u8; 64], Trouble> {
        let point = self.0.key.verifying_key().to_sec1_bytes();
        Ok(point[1..65].try_into().unwrap())
    }

    async fn lock(&self, name: &str) -> Result<Self::Held, Trouble> {
        let lock = Arc::clone(
            self.0
                .locks
                .borrow_mut()
                .entry(name.to_owned())
                .or_default(),
        );
        if self.0.turns.get() == Turns::Taken {
            return Ok(lock.lock_owned().await);
        }
        Ok(lock
            .try_lock_owned()
            .expect("nobody waits for himself in a test"))
    }

    async fn send(&self, request: Outgoing) -> Result<Incoming, Trouble> {
        if !self.0.step() || self.0.fault.get() == Fault::Offline {
            return Err(Trouble::Unreachable);
        }
        self.0
            .requests
            .borrow_mut()
            .push(format!("{} {}", request.method.name(), request.url));
        let path = request.url.strip_prefix(URL).unwrap().to_owned();
        if !self.carries(request.body.len()) {
            return Err(Trouble::Unreachable);
        }
        let world = &self.0.world;
        let mut answer = world.call(built(&request, &path)).await;
        if let Fault::Doubled(answered) = self.0.fault.get() {
            let second = world.call(built(&request, &path)).await;
            if answered == Answered::Second {
                answer = second;
            }
        }
        if let Some(lie) = &*self.0.lie.borrow() {
            lie(&path, &mut answer);
        }
        if self.0.step() && self.carries(answer.body.len()) {
            Ok(answer)
        } else {
            Err(Trouble::Unreachable)
        }
    }
}

fn built(request: &Outgoing, path: &str) -> Request<Body> {
    let mut built = Request::builder().method(request.method.name()).uri(path);
    built = built
        .header("dpop", &request.proof)
        .header("x-forwarded-for", "10.0.0.1");
    if let Some(authorization) = &request.authorization {
        built = built.header("authorization", authorization);
    }
    if !request.body.is_empty() {
        built = built.header("content-type", "application/json");
    }
    built.body(Body::from(request.body.clone())).unwrap()
}

pub(crate) fn new_vault(name: &str) -> NewVault {
    NewVault {
        name: name.to_owned(),
        root: ROOT.to_owned(),
        derivation: Derivation {
            kdf: Kdf::Argon2id {
                memory: 65536,
                iterations: 3,
                parallelism: 4,
            },
            salt: "AAECAwQFBgcICQoLDA0ODw".to_owned(),
        },
        recovery: None,
        lock_after: 15,
    }
}

pub(crate) fn unlock() -> Unlock {
    Unlock {
        root: ROOT.to_owned(),
        lock_after: 15,
    }
}

/// The same by the other root key, where the master password was changed.
pub(crate) fn unlock_anew() -> Unlock {
    Unlock {
        root: OTHER_ROOT.to_owned(),
        ..unlock()
    }
}

/// The master password, typed where the vault is brought to an account.
pub(crate) fn master() -> Option<String> {
    Some(ROOT.to_owned())
}

/// The code from a mail, as the person types it.
pub(crate) fn mailed(code: String) -> Typed {
    Typed {
        email_code: Some(code),
        ..Typed::default()
    }
}

/// What the service said no by.
pub(crate) fn code_of(trouble: Trouble) -> Code {
    match trouble {
        Trouble::Refused(problem) => problem.error,
        other => panic!("{other:?}"),
    }
}

/// What tests do again and again.
pub(crate) trait Person {
    async fn add(&self, name: &str, password: &str) -> String;
    async fn edit(&self, id: &str, change: impl FnOnce(&mut Content)) -> Result<(), Trouble>;
    async fn names(&self) -> Vec<String>;
    async fn password(&self, name: &str) -> String;
    async fn all(&self) -> Vec<Item>;
    async fn join(&self, world: &World) -> Found;
    async fn sign_in_again(&self) -> Found;
    async fn is_open(&self) -> bool;
    async fn unlocked(&self) -> Status;
    async fn operation_now(&self) -> Operation;
    /// Why sync waits for the person, if it does.
    async fn paused(&self) -> Option<PauseReason>;
}

impl Person for Session<Profile> {
    async fn add(&self, name: &str, password: &str) -> String {
        let save = Save {
            id: None,
            content: login(name, password),
        };
        self.save(save).await.unwrap()
    }

    async fn edit(&self, id: &str, change: impl FnOnce(&mut Content)) -> Result<(), Trouble> {
        let mut content = self.item(id).await?.content;
        change(&mut content);
        self.save(Save {
            id: Some(id.to_owned()),
            content,
        })
        .await
        .map(drop)
    }

    async fn names(&self) -> Vec<String> {
        let rows = self.list(Query {
            text: String::new(),
            scope: Scope::All,
            from: 0,
            count: 9999,
        });
        let rows: serde_json::Value = serde_json::from_str(&rows.await.unwrap()).unwrap();
        let rows = rows["rows"].as_array().unwrap().iter();
        rows.map(|row| row["name"].as_str().unwrap().to_owned())
            .collect()
    }

    async fn password(&self, name: &str) -> String {
        let items = self.all().await;
        let item = items.into_iter().find(|item| item.content.name == name);
        let item = item.expect("the entry");
        item.content.text(Field::Password).to_owned()
    }

    async fn all(&self) -> Vec<Item> {
        let rows = self.list(Query {
            text: String::new(),
            scope: Scope::All,
            from: 0,
            count: 9999,
        });
        let rows: serde_json::Value = serde_json::from_str(&rows.await.unwrap()).unwrap();
        let mut items = Vec::new();
        for row in rows["rows"].as_array().unwrap() {
            items.push(self.item(row["id"].as_str().unwrap()).await.unwrap());
        }
        items
    }

    async fn join(&self, world: &World) -> Found {
        let account = SignUp {
            service: URL.to_owned(),
            email: EMAIL.to_owned(),
            password: PASSWORD.to_owned(),
            language: "en".to_owned(),
        };
        self.sign_up(account).await.unwrap();
        self.verify(world.code().await).await.unwrap();
        self.sign_in_again().await
    }

    async fn sign_in_again(&self) -> Found {
        let account = SignIn {
            service: URL.to_owned(),
            email: EMAIL.to_owned(),
            password: PASSWORD.to_owned(),
            device_name: "Laptop".to_owned(),
            language: "en".to_owned(),
            second_factor: None,
        };
        self.sign_in(account).await.unwrap()
    }

    async fn is_open(&self) -> bool {
        matches!(self.status().await.unwrap().vault, VaultState::Open { .. })
    }

    async fn unlocked(&self) -> Status {
        self.unlock(unlock()).await.unwrap()
    }

    async fn paused(&self) -> Option<PauseReason> {
        match self.status().await.unwrap().sync {
            SyncState::Paused { reason, .. } => Some(reason),
            _ => None,
        }
    }

    async fn operation_now(&self) -> Operation {
        self.operation().await.unwrap().expect("an operation")
    }
}

/// A signed-in device with a vault of some entries, in step with the cloud.
pub(crate) async fn connected(world: &Rc<World>, entries: u32) -> (Profile, Session<Profile>) {
    let profile = world.profile();
    let session = profile.session();
    session
        .create_vault(new_vault("Åsa’s vault"))
        .await
        .unwrap();
    for number in 0..entries {
        session.add(&format!("entry{number}"), "secret").await;
    }
    assert_eq!(session.join(world).await, Found::OnlyHere);
    session.connect(Connect::Upload, master()).await.unwrap();
    (profile, session)
}

/// Another device of the same account, in step with the cloud.
pub(crate) async fn another(world: &Rc<World>) -> (Profile, Session<Profile>) {
    let profile = world.profile();
    let session = profile.session();
    assert_eq!(session.sign_in_again().await, Found::OnlyInCloud);
    session.connect(Connect::Download, None).await.unwrap();
    session.unlocked().await;
    (profile, session)
}
