//! `keepassxc-cli` opens what we write, where it is installed (Debian: `keepassxc`).

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sigill_core::id::{FileId, Hash};
use sigill_core::vault::item::{CustomField, Field, FieldKind, FileRef, Item, Kind, Shelf};
use sigill_transfer::export::{Format, Making, write};
use sigill_transfer::keepass::{self, Credentials, Files, Randomness};

const PASSWORD: &str = "lösen ord";

/// What is attached to the login.
const FILE: &[u8] = &[0, 1, 254, 255];

/// A file beside the test's own program, taken away with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, content: &[u8]) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(&path, content).expect("a written file");
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Whether it is there; on CI it may be missing too: the files that it wrote are read there (`keepass.rs`).
fn is_installed() -> bool {
    let found = Command::new("keepassxc-cli").arg("--version").output();
    let found = found.is_ok_and(|output| output.status.success());
    if !found {
        println!("SKIPPED KeePassXC: apt-get install --no-install-recommends keepassxc");
    }
    found
}

fn run(command: &[&str], database: &Path, rest: &[&str]) -> String {
    let mut child = Command::new("keepassxc-cli")
        .args(command)
        .arg("--quiet")
        .arg(database)
        .args(rest)
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a started program");
    let mut stdin = child.stdin.take().expect("a way in");
    let typed = format!("{PASSWORD}\n");
    stdin.write_all(typed.as_bytes()).expect("typed");
    drop(stdin);
    let output = child.wait_with_output().expect("an ended program");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
    String::from_utf8(output.stdout).expect("text")
}

fn items() -> Vec<Item> {
    let mut login = Item::new(Kind::Login)
        .named("Banken på hörnet")
        .with(Field::Username, "åsa")
        .with(Field::Password, "first")
        .with(Field::Totp, "JBSWY3DPEHPK3PXP")
        .with(Field::Notes, "första\nandra")
        .with_url("https://bank.example/")
        .tagged("hem")
        .in_folder("Hem/Bank")
        .with_custom(CustomField::new(FieldKind::Hidden, "PIN", "4821"));
    login.files.put(FileRef {
        id: FileId([1; 16]),
        name: "pass.bin".into(),
        size: 4,
        sha256: Hash::of(FILE),
        media_type: String::new(),
    });
    login.created_at = 1_500_000_000;
    login.modified_at = 1_500_000_000;
    let login = login.changed(1_500_000_100, |item| {
        item.set(Field::Password, "hunter2 <&> \"ö\"")
    });
    let card = Item::new(Kind::Card)
        .named("Kort")
        .with(Field::CardNumber, "4242424242424242");
    let mut gone = Item::new(Kind::Login).named("Borta");
    gone.shelf = Shelf::Trashed {
        since: 1_600_000_000,
    };
    vec![login, card, gone]
}

fn read(path: &Path) -> Vec<Item> {
    let file = std::fs::read(path).expect("a read file");
    let credentials = Credentials {
        password: Some(PASSWORD),
        key_file: None,
    };
    keepass::read(&file, credentials)
        .expect("a readable database")
        .items
}

fn database(name: &str) -> Scratch {
    let random = Randomness::from_bytes(&[7; Randomness::LENGTH]).expect("enough bytes");
    let making = Making {
        password: Some(PASSWORD),
        random: &random,
        now: 0,
        files: &Files::from([(FileId([1; 16]), FILE.to_vec().into())]),
    };
    let file = write(Format::Kdbx, &items(), &making).expect("a written file");
    Scratch::new(name, &file)
}

#[test]
fn keepassxc_opens_what_we_write_and_finds_it_where_it_looks() {
    if !is_installed() {
        return;
    }
    let database = database("ours.kdbx");
    let xml = run(&["export"], &database.0, &[]);
    for part in [
        "<Name>Bank</Name>",
        "<Value>Banken på hörnet</Value>",
        "hunter2 &lt;&amp;&gt; &quot;ö&quot;",
        "<Value>https://bank.example/</Value>",
        "<Tags>hem</Tags>",
        "4242424242424242",
    ] {
        assert!(xml.contains(part), "{part}");
    }
    let listed = run(&["ls", "--recursive"], &database.0, &[]);
    assert!(listed.contains("Recycle Bin/\n  Borta"), "{listed}");
    let saved = Scratch::new("pass.bin", b"");
    let place = saved.0.to_str().expect("a path");
    let entry = "Hem/Bank/Banken på hörnet";
    run(
        &["attachment-export"],
        &database.0,
        &[entry, "pass.bin", place],
    );
    assert_eq!(std::fs::read(&saved.0).expect("a read file"), FILE);
}

#[test]
fn what_keepassxc_saved_again_says_all_that_it_said() {
    if !is_installed() {
        return;
    }
    let database = database("saved.kdbx");
    let before = read(&database.0);
    run(&["mkdir"], &database.0, &["Ny"]);
    let after = read(&database.0);
    assert_eq!(after.len(), items().len());
    assert!(before == after);
    let login = after.iter().find(|item| item.name == "Banken på hörnet");
    let login = login.expect("the login");
    assert_eq!(login.history.len(), 1);
    assert_eq!(
        login.fields.first().map(|field| field.kind),
        Some(FieldKind::Hidden)
    );
    assert!(after.iter().any(|item| item.kind == Kind::Card));
}
