//! What exporting promises: a file that other programs read, and a list of
//! what it can't carry that leaves nothing out.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::collections::BTreeMap;

use keepass::{Database, DatabaseKey};
use proptest::collection::vec;
use proptest::prelude::*;
use sigill_core::id::{FileId, Hash};
use sigill_core::otp::Key;
use sigill_core::site::Rule;
use sigill_core::vault::intake::letters;
use sigill_core::vault::item::{
    CustomField, Field, FieldKind, FileRef, Item, Kind, Passkey, Past, Shape, Shelf, Url,
};
use sigill_transfer::export::{ExportError, Format, Loss, Making, cannot_carry, losses_of, write};
use sigill_transfer::keepass::{self as kdbx, Credentials, Files, Randomness};
use sigill_transfer::read::{self, Asked};

#[path = "../../core/tests/properties/drawn.rs"]
#[expect(dead_code, reason = "the core's tests use more of it")]
mod drawn;

use drawn::Drawn;

const PASSWORD: &str = "lösen ord";

fn random() -> Randomness {
    Randomness::from_bytes(&[7; Randomness::LENGTH]).expect("enough bytes")
}

fn written(format: Format, items: &[Item]) -> Vec<u8> {
    let making = Making {
        password: Some(PASSWORD),
        random: &random(),
        now: 1_709_287_200,
        files: &Files::new(),
    };
    let file = write(format, items, &making).expect("a written file");
    file.to_vec()
}

fn opened(file: &[u8]) -> Vec<Item> {
    let credentials = Credentials {
        password: Some(PASSWORD),
        key_file: None,
    };
    kdbx::read(file, credentials)
        .expect("a readable database")
        .items
}

/// Whatever wrote it, as our own importer reads it.
fn read_back(format: Format, file: &[u8]) -> Vec<Item> {
    let as_one = |id: &str| {
        let asked = Asked {
            format: sigill_transfer::format::Format::from_id(id),
            password: None,
            key_file: None,
            columns: &[],
            now: 1,
        };
        read::read(file, asked).expect("a readable file").items
    };
    match format {
        Format::Kdbx => opened(file),
        Format::Bitwarden => as_one("bitwarden_json"),
        Format::Cxf => as_one("cxf"),
        Format::Csv => as_one("chromium"),
    }
}

/// Whether two items are the same but for when they last changed and by which batch.
fn same(one: &Item, other: &Item) -> bool {
    letters(one) == letters(other)
        && one.shelf == other.shelf
        && one.favourite == other.favourite
        && one.created_at == other.created_at
        && one.history == other.history
}

fn passkey() -> Passkey {
    Passkey {
        credential: vec![1, 2, 3, 4],
        rp: "example.com".into(),
        user_handle: vec![5, 6],
        user_name: "anna".into(),
        display_name: "Anna Å".into(),
        private_key: vec![9; 70],
        counter: 0,
        created_at: 1_600_000_000,
    }
}

fn login() -> Item {
    let mut item = Item::new(Kind::Login)
        .named("Banken på hörnet")
        .with(Field::Username, "åsa")
        .with(Field::Password, "hunter2 <&> \"ö\"")
        .with(Field::Totp, "JBSWY3DPEHPK3PXP")
        .with(Field::Notes, "första\r\nandra\n")
        .with_url("https://bank.example/")
        .with_url("https://m.bank.example/")
        .tagged("hem")
        .in_folder("Hem/Bank")
        .with_custom(CustomField::new(FieldKind::Hidden, "PIN", "4821"))
        .with_custom(CustomField::new(FieldKind::Date, "otp", "2027-01-01"))
        .with_custom(CustomField::new(FieldKind::Boolean, "PIN", "true"))
        .with_passkey(passkey());
    item.favourite = true;
    item.created_at = 1_500_000_000;
    item.modified_at = 1_500_000_000;
    let next = item.changed(1_500_000_100, |item| item.set(Field::Password, "second"));
    next.changed(1_500_000_200, |item| item.named_anew("Banken"))
}

trait NamedAnew {
    fn named_anew(&mut self, name: &str);
}

impl NamedAnew for Item {
    fn named_anew(&mut self, name: &str) {
        self.name = name.into();
        self.set(Field::Password, "third");
    }
}

/// One of each kind, every field of it filled.
fn every_kind() -> Vec<Item> {
    let of = |kind: &Kind| {
        let mut item = Item::new(*kind).named(kind.key());
        for field in kind.fields() {
            let text = match field.shape() {
                Shape::Month => "2027-04",
                Shape::Date => "2001-02-03",
                Shape::Totp => "JBSWY3DPEHPK3PXP",
                Shape::CardNumber => "4242424242424242",
                Shape::Line
                | Shape::Email
                | Shape::Phone
                | Shape::Lines
                | Shape::Secret
                | Shape::SecretLines => field.key(),
            };
            item.set(*field, text);
        }
        item
    };
    Kind::ALL.iter().map(of).collect()
}

fn lost(format: Format, item: &Item) -> Vec<&'static str> {
    losses_of(format, item).into_iter().map(Loss::key).collect()
}

#[test]
fn kdbx_carries_every_kind_with_every_field_and_a_whole_login() {
    let mut items = every_kind();
    items.push(login());
    let mut archived = login();
    archived.shelf = Shelf::Archived {
        since: 1_700_000_000,
    };
    let mut trashed = login();
    trashed.shelf = Shelf::Trashed {
        since: 1_700_000_001,
    };
    items.extend([archived, trashed]);
    assert_eq!(cannot_carry(Format::Kdbx, &items), BTreeMap::new());
    let back = opened(&written(Format::Kdbx, &items));
    assert_eq!(back.len(), items.len());
    for item in &items {
        assert!(back.iter().any(|other| same(item, other)), "{}", item.name);
    }
}

#[test]
fn the_peer_opens_what_we_write_and_finds_it_where_keepass_does() {
    let file = written(Format::Kdbx, &[login()]);
    let key = DatabaseKey::new().with_password(PASSWORD);
    let database = Database::open(&mut file.as_slice(), key).expect("an opened database");
    let group = database.root();
    let group = group.group_by_path(&["Hem", "Bank"]).expect("the folder");
    let entry = group.entry_by_name("Banken").expect("the entry");
    assert_eq!(entry.get_password(), Some("third"));
    assert_eq!(entry.get_username(), Some("åsa"));
    assert_eq!(entry.get_url(), Some("https://bank.example/"));
    assert_eq!(entry.get("TOTP Seed"), Some("JBSWY3DPEHPK3PXP"));
    assert_eq!(entry.get("PIN"), Some("4821"));
    assert_eq!(entry.tags, ["hem"]);
    let before = entry.historical(0).expect("an earlier version");
    assert!(
        before
            .get_password()
            .is_some_and(|password| password != "third")
    );
}

#[test]
fn what_each_format_cannot_carry_is_named() {
    let item = login();
    assert_eq!(lost(Format::Kdbx, &item), [""; 0]);
    assert_eq!(lost(Format::Bitwarden, &item), ["tags", "history"]);
    assert_eq!(lost(Format::Cxf, &item), ["history", "created_at"]);
    let mut counting = login();
    let mut counts = passkey();
    counts.counter = 1;
    counting.passkeys = [counts].into_iter().collect();
    assert_eq!(lost(Format::Cxf, &counting), ["passkeys", "history"]);
    assert_eq!(
        lost(Format::Csv, &item),
        [
            "totp",
            "urls",
            "tags",
            "folder",
            "fields",
            "passkeys",
            "favourite",
            "history",
            "created_at"
        ]
    );
    let note = Item::new(Kind::Note).named("n").with(Field::Notes, "text");
    assert_eq!(lost(Format::Csv, &note), ["item"]);
    assert_eq!(lost(Format::Cxf, &note), [""; 0]);
    let trashed = item.moved(Shelf::Trashed { since: 1 }, 1);
    assert_eq!(lost(Format::Cxf, &trashed), ["item"]);
}

#[test]
fn rules_go_where_there_is_a_place_for_them_and_an_address_that_says_never_nowhere_else() {
    let ruled = || Item::new(Kind::Login).named("a").with(Field::Password, "p");
    let host = ruled().with_url_by("https://a.example/", Rule::Host);
    let never = ruled()
        .with_url_by("https://never.example/", Rule::Never)
        .with_url("https://a.example/");
    for item in [&host, &never] {
        assert_eq!(lost(Format::Kdbx, item), [""; 0]);
        assert_eq!(lost(Format::Bitwarden, item), [""; 0]);
    }
    for format in [Format::Cxf, Format::Csv] {
        assert_eq!(lost(format, &host), ["rules"]);
        assert_eq!(lost(format, &never), ["urls"]);
        let file = String::from_utf8(written(format, &[never.copy()])).expect("text");
        assert!(file.contains("a.example") && !file.contains("never.example"));
    }
}

#[test]
fn kinds_that_a_format_lacks_keep_what_they_say() {
    for (format, kinds) in [
        (
            Format::Bitwarden,
            &[Kind::Document, Kind::WiFi, Kind::Passkey, Kind::Custom][..],
        ),
        (Format::Cxf, &[Kind::SshKey, Kind::Passkey]),
    ] {
        for item in every_kind() {
            let expected: &[&str] = if kinds.contains(&item.kind) {
                &["kind"]
            } else {
                &[]
            };
            assert_eq!(lost(format, &item), expected, "{format:?} {}", item.name);
        }
    }
}

#[test]
fn the_list_counts_items() {
    let mut items = every_kind();
    items.push(login());
    let lost = cannot_carry(Format::Csv, &items);
    assert_eq!(lost.get(&Loss::Item), Some(&8));
    assert_eq!(lost.get(&Loss::Tags), Some(&1));
}

#[test]
fn a_sealed_file_needs_a_password() {
    for password in [None, Some("")] {
        let making = Making {
            password,
            random: &random(),
            now: 0,
            files: &Files::new(),
        };
        let refused = write(Format::Kdbx, &[], &making).err();
        assert_eq!(refused, Some(ExportError::NoPassword));
    }
}

#[test]
fn a_file_in_clear_says_what_other_programs_look_for() {
    let items = [login()];
    let bitwarden = String::from_utf8(written(Format::Bitwarden, &items)).expect("text");
    for part in [
        "\"encrypted\": false",
        "\"name\": \"Hem/Bank\"",
        "\"type\": 1",
        "\"totp\": \"JBSWY3DPEHPK3PXP\"",
        "\"credentialId\": \"b64.AQIDBA\"",
        "\"lastUsedDate\": \"2017-07-14T02:41:40.000Z\"",
    ] {
        assert!(bitwarden.contains(part), "{part}");
    }
    let csv = String::from_utf8(written(Format::Csv, &items)).expect("text");
    assert!(
        csv.starts_with("name,url,username,password,note\nBanken,https://bank.example/,åsa,third,")
    );
}

#[test]
fn each_program_is_told_by_its_own_words_how_codes_are_made() {
    let of = |key: &str| Item::new(Kind::Login).named("a").with(Field::Totp, key);
    let text = |format, key: &str| String::from_utf8(written(format, &[of(key)])).expect("text");
    let steam = "otpauth://totp/Steam:bo?secret=JBSWY3DPEHPK3PXP&issuer=Steam&encoder=steam";
    let bitwarden = text(Format::Bitwarden, steam);
    assert!(bitwarden.contains("\"totp\": \"steam://JBSWY3DPEHPK3PXP\""));
    let eight = "otpauth://totp/Bank:a%40b?secret=JBSWY3DPEHPK3PXP&issuer=Bank&digits=8";
    let cxf = text(Format::Cxf, eight);
    for part in [
        "\"digits\": 8",
        "\"issuer\": \"Bank\"",
        "\"username\": \"a@b\"",
    ] {
        assert!(cxf.contains(part), "{part} in {cxf}");
    }
    // What has no place there goes as a field of the person's own.
    for key in [steam, "otpauth://hotp/?secret=JBSWY3DPEHPK3PXP&counter=5"] {
        let cxf = text(Format::Cxf, key);
        assert!(
            !cxf.contains("\"type\": \"totp\"") && cxf.contains(key),
            "{cxf}"
        );
    }
}

/// What XML, and with it KDBX, can say at all, and how Sigill keeps it.
fn sayable(drawn: &Drawn) -> Item {
    let mut item = drawn.item();
    let clean = |text: &str| -> String {
        let is_sayable = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
        text.chars().filter(is_sayable).collect()
    };
    item.name = clean(&item.name);
    for field in Field::ALL {
        let text = clean(item.value(*field));
        item.set(*field, &text);
    }
    let key = Key::tidied(item.value(Field::Totp));
    item.set(Field::Totp, &key); // a blank one is none
    let urls = core::mem::take(&mut item.urls);
    for url in urls {
        let url = Url::from(clean(&url.text).as_str()).by(url.rule);
        let is_known = item.urls.iter().any(|known| known.text == url.text);
        if !url.text.is_empty() && !is_known {
            item.urls.push(url); // one rule an address
        }
    }
    for field in &mut item.fields {
        field.value = clean(&field.value);
    }
    let first = item.passkeys.iter().next().map(Passkey::copy);
    item.passkeys = first.into_iter().collect();
    item.files = [].into_iter().collect();
    item.history.clear();
    item
}

/// Fields that a format has a member for.
const fn members(format: Format) -> &'static [Field] {
    use Field::{
        CardNumber, City, Company, Country, Email, Expiry, Fingerprint, FirstName, Holder,
        LastName, MiddleName, Network, Notes, Password, PersonalNumber, Phone, Pin, PostalCode,
        PrivateKey, Protection, PublicKey, Region, SecurityCode, Street, Totp, Username,
    };
    match format {
        Format::Kdbx => Field::ALL,
        Format::Bitwarden => &[
            Username,
            Password,
            Totp,
            Notes,
            Holder,
            CardNumber,
            Expiry,
            SecurityCode,
            FirstName,
            MiddleName,
            LastName,
            Company,
            Email,
            Phone,
            Street,
            PostalCode,
            City,
            Region,
            Country,
            PersonalNumber,
            PrivateKey,
            PublicKey,
            Fingerprint,
        ],
        Format::Cxf => &[
            Username,
            Password,
            Notes,
            Holder,
            CardNumber,
            Expiry,
            SecurityCode,
            Pin,
            FirstName,
            MiddleName,
            LastName,
            Phone,
            Street,
            PostalCode,
            City,
            Region,
            Country,
            Network,
            Protection,
        ],
        Format::Csv => &[Username, Password, Notes],
    }
}

/// What a format in clear carries to the letter: its kinds and members, without
/// blanks at the ends, and what beside them it has a place for.
fn carried(drawn: &Drawn, format: Format) -> Item {
    let plain = |text: &str| -> String {
        let text: String = text
            .chars()
            .filter(|c| c.is_alphanumeric() || *c == ' ')
            .collect();
        text.trim().into()
    };
    let all = drawn.item();
    let kind = match (format, all.kind) {
        (Format::Bitwarden, Kind::SshKey) | (Format::Cxf, Kind::WiFi) => all.kind,
        (Format::Bitwarden | Format::Cxf, Kind::Note | Kind::Card | Kind::Identity) => all.kind,
        _ => Kind::Login,
    };
    let mut item = Item::new(kind).named(&format!("n{}", plain(&all.name)));
    for field in kind
        .fields()
        .iter()
        .filter(|field| members(format).contains(field))
    {
        let text = match (all.value(*field), field) {
            ("", _) => String::new(),
            (_, Field::Expiry) => "2027-04".into(),
            (_, Field::Totp) => "JBSWY3DPEHPK3PXP".into(),
            (text, _) => plain(text),
        };
        item.set(*field, &text);
    }
    item.created_at = all.created_at;
    if format == Format::Csv {
        item.set(
            Field::Password,
            &format!("p{}", item.value(Field::Password)),
        );
        item.created_at = 0;
        return item;
    }
    item.favourite = all.favourite;
    item.folder.clone_from(&all.folder);
    // A note with fields is a kind of the person's own there.
    let has_fields = (format, kind) != (Format::Cxf, Kind::Note);
    for field in all.fields.iter().filter(|_| has_fields) {
        let value = format!("v{}", plain(&field.value));
        if matches!(
            field.kind,
            FieldKind::Text | FieldKind::Hidden | FieldKind::Boolean
        ) {
            item.fields
                .push(CustomField::new(field.kind, &field.label, &value));
        }
    }
    if kind == Kind::Login {
        item.urls = all
            .urls
            .iter()
            .enumerate()
            .map(|(at, url)| {
                let text = format!("https://{at}{}", plain(&url.text));
                let rule = if format == Format::Bitwarden {
                    url.rule
                } else {
                    Rule::Domain
                };
                Url::from(text.as_str()).by(rule)
            })
            .collect();
        item.passkeys = all
            .passkeys
            .iter()
            .map(Passkey::copy)
            .map(|mut passkey| {
                if format == Format::Cxf {
                    (passkey.counter, passkey.created_at) = (0, 0);
                }
                passkey
            })
            .collect();
    }
    if format == Format::Cxf {
        all.tags.iter().for_each(|tag| item.tag(tag));
        return item;
    }
    item.shelf = match all.shelf {
        Shelf::Archived { since } => Shelf::Archived { since: since + 1 },
        Shelf::Trashed { since } => Shelf::Trashed { since: since + 1 },
        Shelf::Active => Shelf::Active,
    };
    item.history = all
        .history
        .iter()
        .filter(|past| !past.value.is_empty())
        .map(Past::copy)
        .collect();
    item
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn kdbx_carries_whatever_xml_can_say(items in vec(any::<Drawn>(), 0..6)) {
        let items: Vec<Item> = items.iter().map(sayable).collect();
        for item in &items {
            prop_assert_eq!(losses_of(Format::Kdbx, item), []);
        }
    }

    #[test]
    fn what_is_not_listed_as_lost_comes_back(drawn: Drawn) {
        let item = drawn.item();
        for format in [Format::Bitwarden, Format::Cxf, Format::Csv] {
            let lost = losses_of(format, &item);
            let back = read_back(format, &written(format, &[item.copy()]));
            prop_assert_eq!(back.is_empty(), lost == [Loss::Item]);
            if lost.is_empty() {
                let back = back.first().expect("an item");
                prop_assert_eq!(&back.name, &item.name);
                prop_assert_eq!(back.kind, item.kind);
                prop_assert!(back.tags == item.tags && back.folder == item.folder);
                prop_assert_eq!(back.favourite, item.favourite);
                prop_assert_eq!(back.shelf.key(), item.shelf.key());
                prop_assert!(item.history.iter().all(|past| back.history.contains(past)));
                prop_assert!(back.passkeys.iter().count() == item.passkeys.len());
            }
        }
    }

    #[test]
    fn a_vault_of_what_a_format_carries_comes_back_the_same(items in vec(any::<Drawn>(), 0..6)) {
        for format in [Format::Bitwarden, Format::Cxf, Format::Csv] {
            let items: Vec<Item> = items.iter().map(|drawn| carried(drawn, format)).collect();
            prop_assert_eq!(cannot_carry(format, &items), BTreeMap::new(), "{:?}", format);
            let back = read_back(format, &written(format, &items));
            prop_assert_eq!(back.len(), items.len());
            for (item, back) in items.iter().zip(&back) {
                prop_assert!(same(item, back), "{:?}", format);
            }
        }
    }

    #[test]
    fn items_do_not_spoil_each_other(items in vec(any::<Drawn>(), 0..5)) {
        let items: Vec<Item> = items.iter().map(Drawn::item).collect();
        for format in [Format::Bitwarden, Format::Cxf, Format::Csv] {
            let alone: usize = items.iter().map(|item| read_back(format, &written(format, &[item.copy()])).len()).sum();
            prop_assert_eq!(read_back(format, &written(format, &items)).len(), alone);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn a_vault_of_what_kdbx_carries_comes_back_the_same(items in vec(any::<Drawn>(), 0..20)) {
        let items: Vec<Item> = items.iter().map(sayable).collect();
        let mut back = opened(&written(Format::Kdbx, &items));
        prop_assert_eq!(back.len(), items.len());
        for item in &items {
            let at = back.iter().position(|other| same(item, other));
            prop_assert!(at.is_some(), "an item is missing");
            back.swap_remove(at.expect("its place"));
        }
    }
}

/// A login with files of each of these contents.
fn with_files(contents: &[&[u8]]) -> (Item, Files) {
    let (mut item, mut files) = (login(), Files::new());
    for (number, content) in (1..).zip(contents) {
        let id = FileId([number; 16]);
        item.files.put(FileRef {
            id,
            name: "pass.pdf".into(),
            size: content.len().try_into().expect("a size"),
            sha256: Hash::of(content),
            media_type: "application/pdf".into(),
        });
        files.insert(id, content.to_vec().into());
    }
    (item, files)
}

#[test]
fn a_database_carries_files_to_the_byte_and_the_clear_formats_say_that_they_do_not() {
    let (item, files) = with_files(&[b"", b"\x00\xff<&>", &[7; 70_000]]);
    let making = Making {
        password: Some(PASSWORD),
        random: &random(),
        now: 0,
        files: &files,
    };
    let file = write(Format::Kdbx, &[item.copy(), login()], &making).expect("a written file");
    let asked = Asked {
        format: None,
        password: Some(PASSWORD.as_bytes()),
        key_file: None,
        columns: &[],
        now: 1,
    };
    let parsed = read::read(&file, asked).expect("a readable file");
    let came: Vec<_> = parsed.files.iter().map(|file| &file.content).collect();
    assert_eq!(came, files.values().collect::<Vec<_>>());
    assert_eq!(
        parsed
            .items
            .iter()
            .map(|item| item.files.len())
            .sum::<usize>(),
        3
    );
    assert!(losses_of(Format::Kdbx, &item).is_empty());
    for format in [Format::Bitwarden, Format::Cxf, Format::Csv] {
        assert!(losses_of(format, &item).contains(&Loss::Files));
    }
    // The peer finds them where it looks.
    let key = DatabaseKey::new().with_password(PASSWORD);
    let peer = Database::open(&mut &file[..], key).expect("a database");
    assert_eq!(
        peer.iter_all_entries()
            .map(|entry| entry.attachments().count())
            .sum::<usize>(),
        3
    );
}

#[test]
fn a_file_whose_content_is_not_handed_over_is_not_named_in_a_database() {
    let (item, _) = with_files(&[b"a"]);
    let parsed = read_back(Format::Kdbx, &written(Format::Kdbx, &[item]));
    assert_eq!(parsed.first().map(|item| item.files.len()), Some(0));
}
