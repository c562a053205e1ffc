//! What reading a KeePass database promises. The files were written by
//! KeePassXC 2.7.4 (`files/keepass/README.md`); others come from the crate `keepass`.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use keepass::config::{DatabaseConfig, InnerCipherConfig, KdfConfig, OuterCipherConfig};
use keepass::db::Value;
use keepass::{Database, DatabaseKey};
use proptest::prelude::*;
use sigill_core::vault::item::{Field, FieldKind, Item, Kind, Part, Shelf, Url};
use sigill_transfer::keepass::{self as ours, Content, Credentials, KeePassError};

const PASSWORD: &str = "lösen ord";
const XC_3: &[u8] = include_bytes!("files/keepass/keepassxc-3.1.kdbx");
const XC_4: &[u8] = include_bytes!("files/keepass/keepassxc-4.0.kdbx");
const XC_XML: &[u8] = include_bytes!("files/keepass/keepassxc.xml");
const XC_ARGON2: &[u8] = include_bytes!("files/keepass/argon2id-4.0.kdbx");
const BOTH: &[u8] = include_bytes!("files/keepass/password-and-key-file.kdbx");
const ALONE: &[u8] = include_bytes!("files/keepass/key-file-alone.kdbx");
const HASHED_KEY: &[u8] = include_bytes!("files/keepass/hashed.key");
const RAW_KEY: &[u8] = include_bytes!("files/keepass/raw.key");

const BY_PASSWORD: Credentials<'_> = Credentials {
    password: Some(PASSWORD),
    key_file: None,
};

fn by_key_file(file: &[u8]) -> Credentials<'_> {
    Credentials {
        password: None,
        key_file: Some(file),
    }
}

fn read(file: &[u8], credentials: Credentials<'_>) -> Content {
    ours::read(file, credentials).expect("a readable database")
}

fn refused(file: &[u8], credentials: Credentials<'_>) -> KeePassError {
    ours::read(file, credentials)
        .err()
        .expect("a refused database")
}

fn named<'a>(content: &'a Content, name: &str) -> &'a Item {
    let mut items = content.items.iter();
    items.find(|item| item.name == name).expect("such an item")
}

fn past(item: &Item) -> Vec<(&Part, &str, u64)> {
    let past = item.history.iter();
    past.map(|past| (&past.part, past.value.as_str(), past.until))
        .collect()
}

/// 2024-03-01T10:00:00Z and its like.
const IN_2022: u64 = 1_640_995_200;
const IN_2024: u64 = 1_709_287_200;

#[test]
fn what_keepassxc_wrote_is_read_from_3_1_from_4_0_and_from_its_xml() {
    for file in [XC_3, XC_4, XC_XML] {
        let content = read(file, BY_PASSWORD);
        let names: Vec<&str> = content
            .items
            .iter()
            .map(|item| item.name.as_str())
            .collect();
        let expected = [
            "Banken på hörnet",
            "Passkey",
            "untitled.example",
            "Anteckning",
            "KeePass codes",
            "Tray codes",
            "Expiring",
            "Gone",
        ];
        assert_eq!(names, expected);
        assert!(content.too_large.is_empty());
    }
}

#[test]
fn a_login_is_read_to_the_letter_with_its_history() {
    for file in [XC_3, XC_4, XC_XML] {
        let content = read(file, BY_PASSWORD);
        let bank = named(&content, "Banken på hörnet");
        assert_eq!(bank.kind, Kind::Login);
        assert_eq!(bank.value(Field::Username), "åsa@example.com");
        assert_eq!(bank.value(Field::Password), "hunter2 <&> \"ö\"");
        assert_eq!(bank.value(Field::Notes), "första\nandra raden  ");
        let codes = "otpauth://totp/bank?secret=JBSWY3DPEHPK3PXP";
        assert_eq!(bank.value(Field::Totp), codes);
        let urls = [
            "https://bank.example/login",
            "https://m.bank.example/",
            "https://bank.example.org/",
        ];
        assert!(bank.urls == urls.map(Url::from));
        let tags: Vec<&str> = bank.tags.iter().map(String::as_str).collect();
        assert_eq!(tags, ["hem", "pengar"]);
        let fields: Vec<_> = bank
            .fields
            .iter()
            .map(|f| (f.label.as_str(), f.value.as_str(), f.kind))
            .collect();
        assert!(fields.contains(&("PIN", "4821", FieldKind::Hidden)));
        assert!(fields.contains(&("Kontor", "Södermalm", FieldKind::Text)));
        assert_eq!(
            (bank.created_at, bank.modified_at),
            (1_577_934_245, IN_2024)
        );
        let pin = Part::Custom {
            label: "PIN".into(),
            kind: FieldKind::Hidden,
        };
        let history = past(bank);
        assert!(history.contains(&(&Part::Field(Field::Password), "second", IN_2024)));
        assert!(history.contains(&(&Part::Field(Field::Password), "first", IN_2022)));
        assert!(history.contains(&(&Part::Name, "Bank", IN_2022)));
        assert!(history.contains(&(&pin, "1111", IN_2022)));
    }
}

#[test]
fn groups_are_folders_and_the_recycle_bin_is_the_trash() {
    for file in [XC_3, XC_4, XC_XML] {
        let content = read(file, BY_PASSWORD);
        assert_eq!(named(&content, "Passkey").folder, "");
        assert_eq!(named(&content, "Anteckning").folder, "Hem");
        assert_eq!(named(&content, "Tray codes").folder, "Hem/AC\u{2215}DC");
        let since = 1_711_929_600;
        assert_eq!(named(&content, "Gone").shelf, Shelf::Trashed { since });
    }
}

#[test]
fn notes_codes_passkeys_and_days_find_their_place() {
    for file in [XC_3, XC_4, XC_XML] {
        let content = read(file, BY_PASSWORD);
        let note = named(&content, "Anteckning");
        assert_eq!(
            (note.kind, note.value(Field::Notes).len()),
            (Kind::Note, 10_240)
        );
        let codes = named(&content, "KeePass codes").value(Field::Totp);
        let url = "otpauth://totp/?secret=GEZDGNBVGY3TQOJQ&algorithm=SHA256&digits=8&period=60";
        assert_eq!(codes, url);
        assert_eq!(
            named(&content, "Tray codes").value(Field::Totp),
            "GEZDGNBVGY3TQOJQ"
        );
        let item = named(&content, "Passkey");
        let passkey = item.passkeys.iter().next().expect("a passkey");
        assert_eq!(passkey.credential, [1, 2, 3, 4]);
        assert_eq!(passkey.user_handle, [5, 6, 7]);
        assert_eq!(
            (passkey.rp.as_str(), passkey.user_name.as_str()),
            ("example.com", "anna")
        );
        assert_eq!(passkey.private_key.get(..2), Some(&[0x30, 0x81][..]));
        assert!(item.fields.is_empty());
        let day = named(&content, "Expiring").fields.first().expect("a field");
        assert_eq!(
            (day.value.as_str(), day.kind),
            ("2030-12-24", FieldKind::Date)
        );
        let [attachment] = content.attachments.as_slice() else {
            panic!("not one file");
        };
        assert_eq!(content.items[attachment.entry].name, "Passkey");
        assert_eq!(attachment.name, "hello.txt");
        let bytes = attachment.content.as_ref().expect("its content");
        assert_eq!(bytes.as_slice(), b"hello\n");
    }
}

#[test]
fn a_key_file_opens_alone_or_with_a_password_and_nothing_else_does() {
    let both = Credentials {
        password: Some(PASSWORD),
        key_file: Some(HASHED_KEY),
    };
    assert_eq!(read(BOTH, both).items.len(), 8);
    assert_eq!(read(ALONE, by_key_file(RAW_KEY)).items.len(), 8);
    for (file, credentials) in [
        (BOTH, BY_PASSWORD),
        (BOTH, by_key_file(HASHED_KEY)),
        (ALONE, by_key_file(HASHED_KEY)),
        (
            ALONE,
            Credentials {
                password: Some(""),
                key_file: Some(RAW_KEY),
            },
        ),
        (
            XC_4,
            Credentials {
                password: Some("wrong"),
                key_file: None,
            },
        ),
        (
            XC_3,
            Credentials {
                password: None,
                key_file: None,
            },
        ),
    ] {
        assert_eq!(refused(file, credentials), KeePassError::WrongKey);
    }
}

/// A small database by the peer, quick to open.
fn by_peer(config: DatabaseConfig, key: DatabaseKey) -> Vec<u8> {
    let mut database = Database::with_config(config);
    let mut root = database.root_mut();
    let mut entry = root.add_entry();
    entry.set_unprotected("Title", "Bank");
    entry.set_unprotected("UserName", "anna");
    entry.set_protected("Password", "hunter2");
    entry.set_protected("PIN", "4821");
    entry.tags.push("hem".into());
    entry.add_attachment("a.bin", Value::protected(vec![1, 2, 255]));
    let mut file = Vec::new();
    database.save(&mut file, key).expect("a written database");
    file
}

fn quick() -> DatabaseConfig {
    let mut config = DatabaseConfig::default();
    config.kdf_config = KdfConfig::Aes { rounds: 3 };
    config
}

fn peers_key() -> DatabaseKey {
    DatabaseKey::new().with_password(PASSWORD)
}

#[test]
fn every_cipher_and_derivation_of_the_peer_is_read() {
    let KdfConfig::Argon2 { version, .. } = DatabaseConfig::default().kdf_config else {
        unreachable!("the peer's default is Argon2");
    };
    let (iterations, memory, parallelism) = (2, 64 << 10, 2);
    let kdfs = [
        KdfConfig::Aes { rounds: 5 },
        KdfConfig::Argon2 {
            iterations,
            memory,
            parallelism,
            version,
        },
        KdfConfig::Argon2id {
            iterations,
            memory,
            parallelism,
            version,
        },
    ];
    for kdf in kdfs {
        for outer in [
            OuterCipherConfig::AES256,
            OuterCipherConfig::Twofish,
            OuterCipherConfig::ChaCha20,
        ] {
            for inner in [
                InnerCipherConfig::Salsa20,
                InnerCipherConfig::ChaCha20,
                InnerCipherConfig::Plain,
            ] {
                let mut config = quick();
                config.kdf_config = kdf.clone();
                config.outer_cipher_config = outer.clone();
                config.inner_cipher_config = inner;
                let content = read(&by_peer(config, peers_key()), BY_PASSWORD);
                let bank = named(&content, "Bank");
                assert_eq!(bank.value(Field::Password), "hunter2");
                assert_eq!(bank.fields.first().map(|f| f.value.as_str()), Some("4821"));
                let [attachment] = content.attachments.as_slice() else {
                    panic!("not one file");
                };
                let bytes = attachment.content.as_ref().expect("its content");
                assert_eq!(
                    (attachment.name.as_str(), bytes.as_slice()),
                    ("a.bin", &[1, 2, 255][..])
                );
            }
        }
    }
}

#[test]
fn all_five_forms_of_a_key_file_open_what_the_peer_locked_with_them() {
    let hex = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    let version_1 = "<?xml version=\"1.0\"?>\n<KeyFile><Meta><Version>1.00</Version></Meta><Key><Data>AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=</Data></Key></KeyFile>";
    let version_2 = "\u{feff}<?xml version=\"1.0\"?>\n<KeyFile><Meta><Version>2.0</Version></Meta><Key><Data Hash=\"CE1F8D16\">\n  00112233 44556677 8899AABB CCDDEEFF\n  00112233 44556677 8899AABB CCDDEEFF\n</Data></Key></KeyFile>";
    for file in [
        hex.as_bytes(),
        version_1.as_bytes(),
        RAW_KEY,
        HASHED_KEY,
        b"any <file",
    ] {
        let mut bytes = file;
        let key = DatabaseKey::new()
            .with_keyfile(&mut bytes)
            .expect("a key file");
        let locked = by_peer(quick(), key);
        assert_eq!(read(&locked, by_key_file(file)).items.len(), 1);
    }
    // The same key in hexadecimal and in XML 2.0.
    let mut bytes = hex.as_bytes();
    let key = DatabaseKey::new()
        .with_keyfile(&mut bytes)
        .expect("a key file");
    let locked = by_peer(quick(), key);
    let hash = {
        let key: Vec<u8> = (0..32)
            .map(|at| {
                [
                    0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc,
                    0xdd, 0xee, 0xff,
                ][at % 16]
            })
            .collect();
        sigill_core::id::Hash::of(&key).to_string()
    };
    let version_2 = version_2.replace("CE1F8D16", &hash[..8].to_uppercase());
    assert_eq!(
        read(&locked, by_key_file(version_2.as_bytes())).items.len(),
        1
    );
    let broken = version_2.replace("00112233", "00112234");
    assert_eq!(
        refused(&locked, by_key_file(broken.as_bytes())),
        KeePassError::KeyFile
    );
}

#[test]
fn a_derivation_beyond_every_bound_is_refused_before_any_work() {
    let KdfConfig::Argon2 { version, .. } = DatabaseConfig::default().kdf_config else {
        unreachable!("the peer's default is Argon2");
    };
    // The peer would derive before it wrote: the numbers are changed in what it wrote.
    let (iterations, memory, parallelism) = (2, 64 << 10, 2);
    let mut config = quick();
    config.kdf_config = KdfConfig::Argon2id {
        iterations,
        memory,
        parallelism,
        version,
    };
    let argon2 = by_peer(config, peers_key());
    let aes = by_peer(quick(), peers_key());
    for (file, name, value) in [
        (&argon2, b'M', 2_u64 << 30),
        (&argon2, b'I', 1 << 40),
        (&argon2, b'M', u64::MAX),
        (&aes, b'R', 1 << 40),
    ] {
        let mut costly = file.clone();
        let entry = [5, 1, 0, 0, 0, name, 8, 0, 0, 0];
        let at = costly
            .windows(10)
            .position(|bytes| bytes == entry)
            .expect("an entry");
        costly[at + 10..at + 18].copy_from_slice(&value.to_le_bytes());
        assert_eq!(refused(&costly, BY_PASSWORD), KeePassError::TooCostly);
    }
}

#[test]
fn every_truncation_and_every_flipped_byte_of_4_is_refused_without_harm() {
    let file = by_peer(quick(), peers_key());
    assert_eq!(read(&file, BY_PASSWORD).items.len(), 1);
    for end in 0..file.len() {
        refused(&file[..end], BY_PASSWORD);
    }
    for at in 0..file.len() {
        for bit in [1, 128] {
            let mut flipped = file.clone();
            flipped[at] ^= bit;
            refused(&flipped, BY_PASSWORD);
        }
    }
    let longer = [&file[..], b"x"].concat();
    assert_eq!(refused(&longer, BY_PASSWORD), KeePassError::Damaged);
}

#[test]
fn truncations_and_flipped_bytes_of_3_1_are_refused_without_harm() {
    for at in (0..XC_3.len()).step_by(211) {
        refused(&XC_3[..at], BY_PASSWORD);
        let mut flipped = XC_3.to_vec();
        flipped[at] ^= 4;
        refused(&flipped, BY_PASSWORD);
    }
}

#[test]
fn what_is_no_database_says_so() {
    let old = [
        &[0x03, 0xd9, 0xa2, 0x9a, 0x65, 0xfb, 0x4b, 0xb5][..],
        &[0; 200],
    ]
    .concat();
    for (file, expected) in [
        (&b""[..], KeePassError::NotKeePass),
        (b"name,url\n", KeePassError::NotKeePass),
        (b"<html></html>", KeePassError::NotKeePass),
        (b"<html>", KeePassError::Damaged),
        (&old, KeePassError::Unsupported),
    ] {
        assert_eq!(refused(file, BY_PASSWORD), expected);
    }
}

#[test]
fn xml_that_expands_nests_without_end_or_is_cut_off_is_refused() {
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><KeePassFile><Root><Group><Name>&b;</Name></Group></Root></KeePassFile>";
    let entity = "<KeePassFile><Root><Group><Name>&b;</Name></Group></Root></KeePassFile>";
    let deep = "<Group>".repeat(100_000);
    let wide = format!(
        "<KeePassFile><Root><Group><Entry>{}",
        "<a/>".repeat(2_000_000)
    );
    for text in [
        bomb,
        entity,
        &deep,
        &wide,
        "<KeePassFile><Root>",
        "<KeePassFile></Root>",
        "<KeePassFile/><KeePassFile/>",
    ] {
        assert_eq!(refused(text.as_bytes(), BY_PASSWORD), KeePassError::Damaged);
    }
}

#[test]
fn a_packed_file_that_would_fill_the_memory_is_refused() {
    // 64 KiB of zeros a block: packed by the peer as one long note.
    let mut database = Database::with_config(quick());
    let note = "x".repeat(ours::LARGEST_CONTENT + 1);
    database
        .root_mut()
        .add_entry()
        .set_unprotected("Notes", note);
    let mut file = Vec::new();
    database
        .save(&mut file, peers_key())
        .expect("a written database");
    assert!(file.len() < 1 << 20);
    assert_eq!(refused(&file, BY_PASSWORD), KeePassError::TooLarge);
}

#[test]
fn what_keepassxc_saved_under_argon2id_is_read() {
    let content = read(XC_ARGON2, BY_PASSWORD);
    assert_eq!(named(&content, "Banken").value(Field::Password), "hunter2");
    assert_eq!(named(&content, "Andra").value(Field::Username), "bo");
}

#[test]
fn many_entries_are_read_and_too_many_are_refused() {
    let of = |count: usize| {
        let entry = format!("<Entry>{}</Entry>", "<a/>".repeat(24));
        let entries = entry.repeat(count);
        format!("<KeePassFile><Root><Group>{entries}</Group></Root></KeePassFile>")
    };
    assert_eq!(read(of(50_000).as_bytes(), BY_PASSWORD).items.len(), 50_000);
    let many = of(0).replace("<Group>", &format!("<Group>{}", "<Entry/>".repeat(200_001)));
    assert_eq!(
        refused(many.as_bytes(), BY_PASSWORD),
        KeePassError::TooLarge
    );
}

#[test]
fn an_entry_that_no_vault_could_take_costs_no_other() {
    let note = "x".repeat(ours::LARGEST_ITEM + 1);
    let entry = |title: &str, notes: &str| {
        format!(
            "<Entry><String><Key>Title</Key><Value>{title}</Value></String><String><Key>Notes</Key><Value>{notes}</Value></String></Entry>"
        )
    };
    let entries = [entry("a", "1"), entry("b", &note), entry("c", "3")].concat();
    let text = format!("<KeePassFile><Root><Group>{entries}</Group></Root></KeePassFile>");
    let content = read(text.as_bytes(), BY_PASSWORD);
    assert_eq!(content.too_large, [2]);
    let names: Vec<&str> = content
        .items
        .iter()
        .map(|item| item.name.as_str())
        .collect();
    assert_eq!(names, ["a", "c"]);
}

proptest! {
    #[test]
    fn bytes_and_text_that_nobody_wrote_are_read_without_harm(
        bytes in proptest::collection::vec(any::<u8>(), 0..600), text in "[<>/&;A-Za-z ]{0,200}",
    ) {
        prop_assert!(ours::read(&bytes, BY_PASSWORD).is_err());
        let file = [&XC_4[..12], &bytes].concat();
        prop_assert!(ours::read(&file, BY_PASSWORD).is_err());
        let document = format!("<KeePassFile><Root><Group><Entry>{text}</Entry></Group></Root></KeePassFile>");
        let _ = ours::read(document.as_bytes(), BY_PASSWORD);
    }
}
