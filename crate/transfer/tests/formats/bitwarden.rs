//! Bitwarden's JSON, plain and sealed, and its archive.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::said::{all, asked, files, of, refused};
use crate::zipped::zip;
use sigill_core::vault::item::Url;
use sigill_transfer::entry::{LeftOut, Reason, What};
use sigill_transfer::fault::FileError;
use sigill_transfer::format::Format;
use sigill_transfer::read::{Asked, read};

const PLAIN: &str = r#"{
  "encrypted": false,
  "folders": [{"id": "f1", "name": "Work/Åre"}],
  "items": [
    {
      "passwordHistory": [
        {"lastUsedDate": "2023-05-01T10:00:00.000Z", "password": "old \"1\""},
        {"lastUsedDate": "2024-05-01T10:00:00.000Z", "password": "old 2"}
      ],
      "revisionDate": "2024-05-02T10:00:00.000Z",
      "creationDate": "2022-01-01T00:00:00.000Z",
      "deletedDate": null,
      "id": "i1", "organizationId": null, "folderId": "f1", "type": 1, "reprompt": 0,
      "name": "Bänk", "notes": "två\nrader", "favorite": true,
      "fields": [
        {"name": "Text", "value": "t", "type": 0, "linkedId": null},
        {"name": "PIN", "value": "1234", "type": 1, "linkedId": null},
        {"name": "Ja", "value": "true", "type": 2, "linkedId": null},
        {"name": "Linked", "value": null, "type": 3, "linkedId": 100},
        {"name": "Empty", "value": "", "type": 0, "linkedId": null}
      ],
      "login": {
        "fido2Credentials": [{
          "credentialId": "01020304-0506-0708-090a-0b0c0d0e0f10",
          "keyType": "public-key", "keyAlgorithm": "ECDSA", "keyCurve": "P-256",
          "keyValue": "MIGHAgEA", "rpId": "bank.example", "userHandle": "AQI", "userName": "åsa",
          "counter": "7", "rpName": "Bank", "userDisplayName": "Åsa", "discoverable": "true",
          "creationDate": "2024-01-01T00:00:00.000Z"
        }, {
          "credentialId": "b64.-_8", "keyValue": "not base64 !", "rpId": "broken.example", "userHandle": "AQI"
        }],
        "uris": [{"match": null, "uri": "https://bank.example/"}, {"match": 3, "uri": "androidapp://com.bank"}],
        "username": "åsa", "password": "p\"q,\r\n", "totp": "jbsw y3dp"
      },
      "collectionIds": null
    },
    {"id": "i2", "type": 2, "name": "Note", "notes": "hemligt", "favorite": false, "secureNote": {"type": 0}},
    {"id": "i3", "type": 3, "name": "Visa", "notes": null, "card": {"cardholderName": "Åsa Berg",
      "brand": "Visa", "number": "4242424242424242", "expMonth": "5", "expYear": "2029", "code": "123"}},
    {"id": "i4", "type": 4, "name": "Jag", "notes": null, "identity": {"title": "Dr", "firstName": "Åsa",
      "middleName": null, "lastName": "Berg", "address1": "Gatan 1", "address2": "tr 2", "address3": null,
      "city": "Åre", "state": "Z", "postalCode": "830 13", "country": "SE", "company": "AB", "email": "a@b.example",
      "phone": "070", "ssn": "19121212-1212", "username": "asa", "passportNumber": "AA1", "licenseNumber": null}},
    {"id": "i5", "type": 5, "name": "Nyckel", "notes": null, "sshKey": {"privateKey": "-----BEGIN\nX",
      "publicKey": "ssh-ed25519 AAAA", "keyFingerprint": "SHA256:abc"}},
    {"id": "i6", "type": 6, "name": "Konto", "notes": null, "bankAccount": {"bankName": "Bank", "accountNumber": "1-2"}},
    {"id": "i7", "type": 2, "name": "Gone", "notes": "x", "deletedDate": "2024-02-29T12:00:00.000Z"},
    {"id": "i8", "type": 2, "name": "Kept", "notes": "x", "archivedDate": "2024-02-29T12:00:00.000Z"}
  ]
}"#;

const SAID: [&str; 8] = [
    "login Bänk\nusername: åsa\npassword: p\"q,\r\n\ntotp: JBSWY3DP\nnotes: två\nrader\nat https://bank.example/\nat androidapp://com.bank\texact\nin Work/Åre\n[text] Text: t\n[hidden] PIN: 1234\n[boolean] Ja: true\npasskey bank.example åsa Åsa [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] [1, 2] 6 bytes, 7 times\nwas password: old 2 until 1714557600\nwas password: old \"1\" until 1682935200\nfavourite\nmade 1640995200",
    "note Note\nnotes: hemligt",
    "card Visa\nholder: Åsa Berg\ncard_number: 4242424242424242\nexpiry: 2029-05\nsecurity_code: 123\n[text] brand: Visa",
    "identity Jag\nfirst_name: Åsa\nlast_name: Berg\nemail: a@b.example\nphone: 070\ncompany: AB\nstreet: Gatan 1\ntr 2\npostal_code: 830 13\ncity: Åre\nregion: Z\ncountry: SE\npersonal_number: 19121212-1212\n[text] title: Dr\n[text] username: asa\n[hidden] passportNumber: AA1",
    "ssh_key Nyckel\nprivate_key: -----BEGIN\nX\npublic_key: ssh-ed25519 AAAA\nfingerprint: SHA256:abc",
    "custom Konto\ntype: bankAccount\n[text] bankName: Bank\n[hidden] accountNumber: 1-2",
    "note Gone\nnotes: x\ntrashed 1709208000",
    "note Kept\nnotes: x\narchived 1709208000",
];

#[test]
fn every_kind_of_item_says_all_that_bitwarden_says_of_it() {
    let parsed = of(Format::BitwardenJson, PLAIN.as_bytes());
    assert_eq!(all(&parsed), SAID);
    let broken = LeftOut {
        entry: "Bänk".into(),
        what: What::Passkey,
        name: "broken.example".into(),
    };
    assert_eq!(parsed.left_out, [broken]);
}

#[test]
fn each_address_keeps_its_rule_and_a_regular_expression_matches_to_the_letter_only() {
    let uris = [
        r#"{"match": 0, "uri": "https://a.example/"}"#,
        r#"{"match": 1, "uri": "https://b.example/"}"#,
        r#"{"match": 2, "uri": "https://c.example/in"}"#,
        r#"{"match": 3, "uri": "https://d.example/in"}"#,
        r#"{"match": 4, "uri": "^https://.*\\.e\\.example/"}"#,
        r#"{"match": 5, "uri": "https://f.example/"}"#,
        r#"{"match": 9, "uri": "https://g.example/"}"#,
    ]
    .join(", ");
    let file =
        format!(r#"{{"items": [{{"type": 1, "name": "a", "login": {{"uris": [{uris}]}}}}]}}"#);
    let parsed = of(Format::BitwardenJson, file.as_bytes());
    let lines = parsed.items[0].urls.iter().map(Url::to_line);
    let expected = [
        "https://a.example/",
        "https://b.example/\thost",
        "https://c.example/in\tstarts_with",
        "https://d.example/in\texact",
        r"^https://.*\.e\.example/	exact",
        "https://f.example/\tnever",
        "https://g.example/",
    ];
    assert_eq!(lines.collect::<Vec<_>>(), expected);
    let regex = LeftOut {
        entry: "a".into(),
        what: What::Regex,
        name: r"^https://.*\.e\.example/".into(),
    };
    assert_eq!(parsed.left_out, [regex]);
}

#[test]
fn an_organizations_collections_are_folder_and_tags() {
    let file = r#"{"encrypted": false, "collections": [{"id": "a", "organizationId": "o", "name": "Ops", "externalId": null},
        {"id": "b", "name": "Web"}], "items": [{"type": 1, "name": "S", "folderId": null, "login": {"password": "p"},
        "collectionIds": ["a", "b"]}]}"#;
    let parsed = of(Format::BitwardenJson, file.as_bytes());
    assert_eq!(all(&parsed), ["login S\npassword: p\n#Web\nin Ops"]);
}

#[test]
fn an_export_that_says_nothing_of_encryption_or_folders_is_read() {
    let file = br#"{"items": [{"type": 1, "name": "a", "login": {"password": "p"}}]}"#;
    let said = all(&of(Format::BitwardenJson, file));
    assert_eq!(said, ["login a\npassword: p"]);
}

#[test]
fn an_entry_of_another_shape_costs_that_entry_only() {
    let file = r#"{"encrypted": false, "folders": [], "items": [7, {"name": "no type"},
        {"type": 2, "name": "Good"}, {"type": 1, "name": null, "login": {"password": "p"}}]}"#;
    let parsed = of(Format::BitwardenJson, file.as_bytes());
    let names: Vec<_> = parsed.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["Good"]);
    let errors: Vec<_> = parsed
        .errors
        .iter()
        .map(|error| (error.line, error.reason))
        .collect();
    assert_eq!(
        errors,
        [(1, Reason::Shape), (2, Reason::Shape), (4, Reason::NoName)]
    );
}

/// Written by Python's hashlib, cryptography and argon2-cffi, as Bitwarden writes them.
const SEALED: [&[u8]; 2] = [
    include_bytes!("files/bitwarden-pbkdf2.json"),
    include_bytes!("files/bitwarden-argon2id.json"),
];

fn opened(file: &[u8], password: &str) -> Result<Vec<String>, FileError> {
    let asked = Asked {
        password: Some(password.as_bytes()),
        ..asked(None)
    };
    read(file, asked).map(|parsed| all(&parsed))
}

#[test]
fn a_sealed_file_opens_with_its_password_and_no_other() {
    let said =
        "login Bänk\nusername: åsa\npassword: korrekt häst\nat https://bank.example/\nin Åre";
    for file in SEALED {
        assert_eq!(opened(file, "lösen ord"), Ok(vec![said.into()]));
        assert_eq!(opened(file, "losen ord"), Err(FileError::WrongPassword));
        assert_eq!(refused(None, file), FileError::NeedsPassword);
    }
}

fn changed(file: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = str::from_utf8(file).expect("JSON");
    assert!(text.contains(from), "{from}");
    text.replace(from, to).into_bytes()
}

/// In the clear the second byte is a line feed; a flip of the same bits in the vector
/// makes it a carriage return, of which padding and JSON say nothing.
#[test]
fn a_change_that_only_the_tag_can_tell_is_told() {
    let [file, _] = SEALED;
    let text = str::from_utf8(file).expect("JSON");
    let sealed = text.split_once("\"data\": \"2.").expect("data").1;
    let vector = sealed.split_once('|').expect("a vector").0;
    let mut bytes = STANDARD.decode(vector).expect("base64");
    bytes[1] ^= b'\n' ^ b'\r';
    let changed = changed(file, vector, &STANDARD.encode(bytes));
    assert_eq!(opened(&changed, "lösen ord"), Err(FileError::Damaged));
}

#[test]
fn a_sealed_file_asks_for_no_more_work_than_bitwarden_ever_does() {
    let [pbkdf2, argon2id] = SEALED;
    for (file, from, to) in [
        (
            pbkdf2,
            "\"kdfIterations\": 5000",
            "\"kdfIterations\": 4000000000",
        ),
        (pbkdf2, "\"kdfIterations\": 5000", "\"kdfIterations\": 0"),
        (argon2id, "\"kdfMemory\": 16", "\"kdfMemory\": 1048576"),
        (argon2id, "\"kdfIterations\": 2", "\"kdfIterations\": 11"),
        (argon2id, "\"kdfParallelism\": 2", "\"kdfParallelism\": 17"),
    ] {
        let file = changed(file, from, to);
        assert_eq!(
            opened(&file, "lösen ord"),
            Err(FileError::Derivation),
            "{to}"
        );
    }
    let later = changed(pbkdf2, "\"kdfType\": 0", "\"kdfType\": 2");
    assert_eq!(opened(&later, "lösen ord"), Err(FileError::Version));
}

#[test]
fn a_file_under_an_accounts_key_is_told_apart() {
    let file = br#"{"encrypted": true, "encKeyValidation_DO_NOT_EDIT": "2.a|b|c", "folders": [], "items": []}"#;
    assert_eq!(refused(None, file), FileError::OfAnAccount);
}

#[test]
fn an_archive_says_the_same_and_brings_what_is_attached() {
    let file = zip(&[
        ("data.json", PLAIN.as_bytes()),
        ("attachments/i2/räkning.pdf", b"%PDF"),
        ("attachments/i2/b.txt", b"b"),
    ]);
    let parsed = of(Format::BitwardenZip, &file);
    assert_eq!(all(&parsed), SAID);
    let names: Vec<_> = parsed
        .left_out
        .iter()
        .map(|left| (left.entry.as_str(), left.name.as_str()))
        .collect();
    assert_eq!(names, [("Bänk", "broken.example")]);
    let (pdf, text): (&[u8], &[u8]) = (b"%PDF", b"b");
    assert_eq!(
        files(&parsed),
        [("Note", "räkning.pdf", pdf), ("Note", "b.txt", text)]
    );
}
