//! Proton Pass's JSON and archive.

use crate::said::{NOW, all, files, of, refused};
use crate::zipped::zip;
use sigill_transfer::entry::What;
use sigill_transfer::fault::FileError;
use sigill_transfer::format::Format;

/// An item as Proton writes it.
fn item(kind: &str, name: &str, content: &str, rest: &str) -> String {
    format!(
        r#"{{"itemId": "i", "shareId": "s", "data": {{"metadata": {{"name": "{name}", "note": "n\nn", "itemUuid": "u"}},
            "extraFields": [], "platformSpecific": {{}}, "type": "{kind}", "content": {content}}},
            "state": 1, "aliasEmail": null, "contentFormatVersion": 6, "createTime": 1689182868, "modifyTime": 1689182868,
            "pinned": false{rest}}}"#
    )
}

fn file(vaults: &[(&str, &[String])]) -> String {
    let vaults = vaults.iter().map(|(name, items)| {
        format!(r#""{name}-id": {{"name": "{name}", "description": "", "display": {{}}, "items": [{}]}}"#, items.join(","))
    });
    let vaults: Vec<_> = vaults.collect();
    format!(
        r#"{{"version": "1.31.0", "userId": "u", "encrypted": false, "vaults": {{{}}}}}"#,
        vaults.join(",")
    )
}

const LOGIN: &str = r#"{"itemId": "i1", "shareId": "s", "data": {"metadata": {"name": "Bänk", "note": "två\nrader", "itemUuid": "u"},
  "extraFields": [
    {"fieldName": "öppen", "type": "text", "data": {"content": "t"}},
    {"fieldName": "gömd", "type": "hidden", "data": {"content": "h"}},
    {"fieldName": "kod 2", "type": "totp", "data": {"totpUri": "JBSWY3DP"}},
    {"fieldName": "dag", "type": "timestamp", "data": {"timestamp": "2024-02-29T00:00:00.000Z"}}
  ], "platformSpecific": {}, "type": "login",
  "content": {"itemEmail": "a@b.example", "password": "p\"q", "urls": ["https://bank.example/", "https://b.example/"],
    "totpUri": "otpauth://totp/x?secret=JBSWY3DP", "passkeys": [{"keyId": "k", "content": "gqNrZXk=", "rpId": "bank.example"}], "itemUsername": "åsa"}},
  "state": 2, "aliasEmail": null, "contentFormatVersion": 6, "createTime": 1689182868, "modifyTime": 1689182869, "pinned": true, "files": ["abcdefghijklmnop"]}"#;

#[test]
fn a_login_says_all_that_proton_says_of_it() {
    let parsed = of(
        Format::ProtonJson,
        file(&[("Personligt", &[LOGIN.into()])]).as_bytes(),
    );
    assert_eq!(
        all(&parsed),
        [format!(
            "login Bänk\nusername: åsa\npassword: p\"q\ntotp: otpauth://totp/x?secret=JBSWY3DP\nnotes: två\nrader\nat https://bank.example/\nat https://b.example/\n[text] Email: a@b.example\n[text] öppen: t\n[hidden] gömd: h\n[totp] kod 2: JBSWY3DP\n[date] dag: 2024-02-29\nfavourite\ntrashed {NOW}\nmade 1689182868"
        )]
    );
    let left: Vec<_> = parsed
        .left_out
        .iter()
        .map(|left| (left.what, left.name.as_str()))
        .collect();
    assert_eq!(
        left,
        [(What::Passkey, "bank.example"), (What::Attachment, "")]
    );
}

#[test]
fn every_type_becomes_a_kind_that_shows_its_fields() {
    let identity = r#"{"fullName": "Åsa Berg", "email": "a@b.example", "phoneNumber": "070", "firstName": "", "middleName": "", "lastName": "",
        "birthdate": "someday", "gender": "", "extraPersonalDetails": [{"fieldName": "p", "type": "text", "data": {"content": "1"}}],
        "organization": "", "streetAddress": "Gatan 1", "zipOrPostalCode": "830 13", "city": "Åre", "stateOrProvince": "Z", "countryOrRegion": "SE",
        "floor": "3", "county": "", "extraAddressDetails": [], "socialSecurityNumber": "1912", "passportNumber": "AA1", "licenseNumber": "",
        "extraContactDetails": [], "company": "AB", "jobTitle": "", "extraWorkDetails": [],
        "extraSections": [{"sectionName": "S", "sectionFields": [{"fieldName": "s", "type": "hidden", "data": {"content": "2"}}]}]}"#;
    let card = r#"{"cardholderName": "Åsa Berg", "cardType": 0, "number": "4242", "verificationNumber": "123", "expirationDate": "2029-05", "pin": "9"}"#;
    let items = [
        item("note", "Text", "{}", ""),
        item("creditCard", "Kort", card, ""),
        item("identity", "Jag", identity, ""),
        item(
            "sshKey",
            "Nyckel",
            r#"{"privateKey": "-----BEGIN", "publicKey": "ssh-ed25519 AAAA", "sections": []}"#,
            "",
        ),
        item(
            "wifi",
            "Nät",
            r#"{"ssid": "vinden", "password": "radio", "security": 3, "sections": []}"#,
            "",
        ),
        item(
            "custom",
            "Eget",
            r#"{"sections": [{"sectionName": "S", "sectionFields": [{"fieldName": "f", "type": "text", "data": {"content": "v"}}]}]}"#,
            "",
        ),
        item("alias", "Alias", "{}", "").replace(
            r#""aliasEmail": null"#,
            r#""aliasEmail": "x@alias.example""#,
        ),
    ];
    let said = all(&of(Format::ProtonJson, file(&[("P", &items)]).as_bytes()));
    let said: Vec<_> = said
        .iter()
        .map(|said| said.trim_end_matches("\nmade 1689182868"))
        .collect();
    assert_eq!(
        said,
        [
            "note Text\nnotes: n\nn",
            "card Kort\nholder: Åsa Berg\ncard_number: 4242\nexpiry: 2029-05\nsecurity_code: 123\npin: 9\nnotes: n\nn",
            "identity Jag\nfirst_name: Åsa\nlast_name: Berg\nemail: a@b.example\nphone: 070\ncompany: AB\nstreet: Gatan 1\npostal_code: 830 13\ncity: Åre\nregion: Z\ncountry: SE\npersonal_number: 1912\nnotes: n\nn\n[text] birthdate: someday\n[text] floor: 3\n[hidden] passportNumber: AA1\n[text] p: 1\n[hidden] s: 2",
            "ssh_key Nyckel\nprivate_key: -----BEGIN\npublic_key: ssh-ed25519 AAAA\nnotes: n\nn",
            "wifi Nät\npassword: radio\nnetwork: vinden\nprotection: WPA3\nnotes: n\nn",
            "custom Eget\nnotes: n\nn\n[text] f: v",
            "custom Alias\ntype: Alias\nnotes: n\nn\n[text] Email: x@alias.example",
        ]
    );
}

#[test]
fn vaults_are_folders_where_there_are_several() {
    let note = [item("note", "n", "{}", "")];
    let parsed = of(
        Format::ProtonJson,
        file(&[("A", &note), ("B", &note)]).as_bytes(),
    );
    let folders: Vec<_> = parsed
        .items
        .iter()
        .map(|item| item.folder.as_str())
        .collect();
    assert_eq!(folders, ["A", "B"]);
}

#[test]
fn an_archive_says_the_same_and_names_what_is_attached() {
    let data = file(&[("P", &[LOGIN.into()])]);
    let archive = zip(&[
        ("Proton Pass/data.json", data.as_bytes()),
        (
            "Proton Pass/files/abcdefghijklmnop-räkning 1-2.pdf",
            b"%PDF",
        ),
    ]);
    let parsed = of(Format::ProtonZip, &archive);
    assert_eq!(parsed.items.len(), 1);
    let brought = files(&parsed);
    let names: Vec<_> = brought.iter().map(|(_, name, _)| *name).collect();
    assert_eq!(names, ["räkning 1-2.pdf"]);
    assert!(
        parsed
            .left_out
            .iter()
            .all(|left| left.what != What::Attachment)
    );
}

#[test]
fn an_encrypted_export_is_told_apart_and_not_opened() {
    let message = b"-----BEGIN PGP MESSAGE-----\n\nwy4ECQMI\n-----END PGP MESSAGE-----\n";
    assert_eq!(refused(None, message), FileError::Encrypted);
    assert_eq!(
        refused(None, &zip(&[("Proton Pass/data.pgp", message)])),
        FileError::Encrypted
    );
}
