//! 1Password's archive.

use crate::said::{NOW, all, files, of, refused};
use crate::zipped::zip;
use sigill_transfer::fault::FileError;
use sigill_transfer::format::Format;

fn pux(vaults: &str) -> Vec<u8> {
    let data = format!(
        r#"{{"accounts": [{{"attrs": {{"accountName": "Åsa", "name": "Åsa", "email": "a@b.example", "uuid": "U", "domain": "https://my.1password.com/"}}, "vaults": [{vaults}]}}]}}"#
    );
    zip(&[
        ("export.attributes", br#"{"version": 3, "description": "1Password Unencrypted Export", "createdAt": 1700000000}"#),
        ("export.data", data.as_bytes()),
        ("files/doc1__räkning.pdf", b"%PDF"),
    ])
}

/// An item as 1Password writes it: everything around what the test is about.
fn item(category: &str, title: &str, details: &str) -> String {
    format!(
        r#"{{"uuid": "x", "favIndex": 0, "createdAt": 1600000000, "updatedAt": 1600000001, "state": "active",
            "categoryUuid": "{category}", "details": {details},
            "overview": {{"subtitle": "", "title": "{title}", "url": "", "urls": null, "ps": 0, "pbe": 0.0, "pgrng": false, "tags": []}}}}"#
    )
}

fn vault(name: &str, items: &[String]) -> String {
    format!(
        r#"{{"attrs": {{"uuid": "v", "desc": "", "avatar": "", "name": "{name}", "type": "P"}}, "items": [{}]}}"#,
        items.join(",")
    )
}

const LOGIN: &str = r#"{"uuid": "i1", "favIndex": 1, "createdAt": 1600000000, "updatedAt": 1600000001, "state": "archived", "categoryUuid": "001",
 "details": {
  "loginFields": [
   {"value": "åsa", "id": "", "name": "user", "fieldType": "T", "designation": "username"},
   {"value": "p\"q", "id": "", "name": "pass", "fieldType": "P", "designation": "password"},
   {"value": "", "id": "", "name": "submit", "fieldType": "I"},
   {"value": "SE", "id": "", "name": "country", "fieldType": "T"}
  ],
  "notesPlain": "två\nrader",
  "sections": [
   {"title": "", "name": "", "fields": [
    {"title": "engångskod", "id": "TOTP_1", "value": {"totp": "otpauth://totp/x?secret=JBSWY3DP"}, "indexAtSource": 0, "guarded": false, "multiline": false, "dontGenerate": false, "inputTraits": {"keyboard": "default"}},
    {"title": "PIN", "id": "a", "value": {"concealed": "1234"}},
    {"title": "sedan", "id": "b", "value": {"date": 951825600}},
    {"title": "före 1970", "id": "b2", "value": {"date": -86400}},
    {"title": "till", "id": "c", "value": {"monthYear": 202905}},
    {"title": "tel", "id": "d", "value": {"phone": "070"}},
    {"title": "mejl", "id": "e", "value": {"email": {"email_address": "a@b.example", "provider": null}}},
    {"title": "bo", "id": "f", "value": {"address": {"street": "Gatan 1", "city": "Åre", "country": "se", "zip": "830 13", "state": ""}}},
    {"title": "mer", "id": "g", "value": {"url": "https://b.example"}},
    {"title": "fil", "id": "h", "value": {"file": {"fileName": "räkning.pdf", "documentId": "doc1", "decryptedSize": 4}}},
    {"title": "tom", "id": "i", "value": {"string": ""}}
   ]}
  ],
  "passwordHistory": [{"value": "old", "time": 1590000000}]
 },
 "overview": {"subtitle": "åsa", "title": "Bänk", "url": "https://bank.example/", "urls": [{"label": "", "url": "https://bank.example/"}, {"label": "x", "url": "https://c.example/"}], "tags": ["Pengar", "Hem/Åre"]}
}"#;

#[test]
fn a_login_says_all_that_1password_says_of_it() {
    let file = pux(&vault("Privat", &[LOGIN.into()]));
    let parsed = of(Format::OnePasswordPux, &file);
    assert_eq!(
        all(&parsed),
        [format!(
            "login Bänk\nusername: åsa\npassword: p\"q\ntotp: otpauth://totp/x?secret=JBSWY3DP\nnotes: två\nrader\nat https://bank.example/\nat https://c.example/\nat https://b.example\n#Hem/Åre\n#Pengar\n[text] country: SE\n[hidden] PIN: 1234\n[date] sedan: 2000-02-29\n[date] före 1970: 1969-12-31\n[text] till: 2029-05\n[text] tel: 070\n[text] mejl: a@b.example\n[text] bo: Gatan 1, Åre, 830 13, se\nwas password: old until 1590000000\nfavourite\narchived {NOW}\nmade 1600000000"
        )]
    );
    assert_eq!(parsed.left_out, []);
    let pdf: &[u8] = b"%PDF";
    assert_eq!(files(&parsed), [("Bänk", "räkning.pdf", pdf)]);
}

#[test]
fn every_category_becomes_a_kind_that_shows_its_fields() {
    let sections = |fields: &str| {
        format!(
            r#"{{"loginFields": [], "notesPlain": "", "sections": [{{"title": "", "name": "", "fields": [{fields}]}}], "passwordHistory": []}}"#
        )
    };
    let items = [
        item(
            "002",
            "Kort",
            &sections(
                r#"{"title": "innehavare", "id": "cardholder", "value": {"string": "Åsa Berg"}}, {"title": "typ", "id": "type", "value": {"creditCardType": "visa"}}, {"title": "nummer", "id": "ccnum", "value": {"creditCardNumber": "4242"}}, {"title": "kod", "id": "cvv", "value": {"concealed": "123"}}, {"title": "till", "id": "expiry", "value": {"monthYear": 202905}}, {"title": "bank", "id": "bank", "value": {"string": "B"}}, {"title": "pin", "id": "pin", "value": {"concealed": "9"}}"#,
            ),
        ),
        item(
            "003",
            "Text",
            r#"{"loginFields": [], "notesPlain": "hemligt", "sections": [], "passwordHistory": []}"#,
        ),
        item(
            "004",
            "Jag",
            &sections(
                r#"{"title": "förnamn", "id": "firstname", "value": {"string": "Åsa"}}, {"title": "efternamn", "id": "lastname", "value": {"string": "Berg"}}, {"title": "född", "id": "birthdate", "value": {"date": 951825600}}, {"title": "adress", "id": "address", "value": {"address": {"street": "Gatan 1", "city": "Åre", "country": "se", "zip": "830 13", "state": "Z"}}}, {"title": "tel", "id": "defphone", "value": {"phone": "070"}}, {"title": "mejl", "id": "email", "value": {"email": {"email_address": "a@b.example", "provider": null}}}"#,
            ),
        ),
        item(
            "005",
            "Bara lösenord",
            r#"{"loginFields": [], "password": "pw", "sections": [], "passwordHistory": []}"#,
        ),
        item(
            "006",
            "Fil",
            r#"{"loginFields": [], "sections": [], "documentAttributes": {"fileName": "a.txt", "documentId": "d", "decryptedSize": 1}}"#,
        ),
        item(
            "101",
            "Konto",
            &sections(r#"{"title": "IBAN", "id": "iban", "value": {"string": "SE1"}}"#),
        ),
        item(
            "106",
            "Pass",
            &sections(
                r#"{"title": "nummer", "id": "number", "value": {"string": "AA1"}}, {"title": "utfärdat", "id": "issue_date", "value": {"date": 951825600}}, {"title": "utfärdare", "id": "issuing_authority", "value": {"string": "Polisen"}}"#,
            ),
        ),
        item(
            "109",
            "Router",
            &sections(
                r#"{"title": "nät", "id": "network_name", "value": {"string": "vinden"}}, {"title": "lösen", "id": "wireless_password", "value": {"concealed": "radio"}}, {"title": "skydd", "id": "wireless_security", "value": {"menu": "wpa2"}}, {"title": "bas", "id": "password", "value": {"concealed": "admin"}}"#,
            ),
        ),
        item(
            "114",
            "Nyckel",
            &sections(
                r#"{"title": "private key", "id": "private_key", "value": {"sshKey": {"privateKey": "-----BEGIN", "metadata": {"privateKey": "-----BEGIN", "publicKey": "ssh-ed25519 AAAA", "fingerprint": "SHA256:abc", "keyType": {"t": "ed25519"}}}}}"#,
            ),
        ),
        item(
            "999",
            "Okänt",
            &sections(r#"{"title": "x", "id": "x", "value": {"string": "y"}}"#),
        ),
    ];
    let said = all(&of(Format::OnePasswordPux, &pux(&vault("Privat", &items))));
    let said: Vec<_> = said
        .iter()
        .map(|said| said.trim_end_matches("\nmade 1600000000"))
        .collect();
    assert_eq!(
        said,
        [
            "card Kort\nholder: Åsa Berg\ncard_number: 4242\nexpiry: 2029-05\nsecurity_code: 123\npin: 9\nbank: B\n[text] typ: visa",
            "note Text\nnotes: hemligt",
            "identity Jag\nfirst_name: Åsa\nlast_name: Berg\nbirthday: 2000-02-29\nemail: a@b.example\nphone: 070\nstreet: Gatan 1\npostal_code: 830 13\ncity: Åre\nregion: Z\ncountry: se",
            "login Bara lösenord\npassword: pw",
            "document Fil",
            "custom Konto\ntype: Bank Account\n[text] IBAN: SE1",
            "document Pass\ntype: Passport\ndocument_number: AA1\nissuer: Polisen\nissued_on: 2000-02-29",
            "wifi Router\npassword: radio\nnetwork: vinden\nprotection: wpa2\n[hidden] bas: admin",
            "ssh_key Nyckel\nprivate_key: -----BEGIN\npublic_key: ssh-ed25519 AAAA\nfingerprint: SHA256:abc",
            "custom Okänt\ntype: 999\n[text] x: y",
        ]
    );
}

#[test]
fn vaults_are_folders_where_there_are_several() {
    let one = |name: &str| vault(name, &[item("003", "n", r#"{"notesPlain": "x"}"#)]);
    let said = all(&of(
        Format::OnePasswordPux,
        &pux(&[one("Privat"), one("Familjen")].join(",")),
    ));
    let folders: Vec<_> = said.iter().filter_map(|said| said.lines().nth(2)).collect();
    assert_eq!(folders, ["in Privat", "in Familjen"]);
}

#[test]
fn an_archive_without_its_data_or_with_broken_data_is_refused() {
    let broken = zip(&[
        ("export.attributes", b"{}"),
        ("export.data", b"{\"accounts\": ["),
    ]);
    assert_eq!(refused(None, &broken), FileError::Damaged);
    let other = zip(&[("readme.txt", b"hello")]);
    assert_eq!(refused(None, &other), FileError::Unknown);
    assert_eq!(refused(Format::OnePasswordPux, &other), FileError::Other);
}
