//! The Credential Exchange Format.

use crate::said::{all, of, refused};
use sigill_transfer::fault::FileError;
use sigill_transfer::format::Format;

fn file(major: u8, collections: &str, items: &[&str]) -> String {
    format!(
        r#"{{"version": {{"major": {major}, "minor": 0}}, "exporterRpId": "other.example", "exporterDisplayName": "Other", "timestamp": 1700000000,
            "accounts": [{{"id": "YQ", "username": "", "email": "a@b.example", "collections": [{collections}], "items": [{}]}}]}}"#,
        items.join(",")
    )
}

/// An editable field.
fn field(kind: &str, value: &str) -> String {
    format!(r#"{{"fieldType": "{kind}", "value": "{value}"}}"#)
}

#[test]
fn every_credential_becomes_what_a_kind_shows_of_it() {
    let (text, secret) = (
        |value| field("string", value),
        |value| field("concealed-string", value),
    );
    let login = format!(
        r#"{{"id": "bG9naW4", "creationAt": 1600000000, "modifiedAt": 1600000001, "title": "Bänk", "favorite": true,
            "scope": {{"urls": ["https://bank.example/"], "androidApps": [{{"bundleId": "com.bank"}}]}}, "tags": ["Pengar"],
            "credentials": [{{"type": "basic-auth", "username": {}, "password": {}}},
              {{"type": "totp", "secret": "JBSWY3DP", "period": 60, "digits": 8, "algorithm": "sha256", "username": "åsa", "issuer": "Bank & co"}},
              {{"type": "passkey", "credentialId": "AQID", "rpId": "bank.example", "username": "åsa", "userDisplayName": "Åsa", "userHandle": "BA", "key": "MIGHAgEA"}},
              {{"type": "note", "content": {}}},
              {{"type": "custom-fields", "fields": [{{"fieldType": "boolean", "value": "true", "label": "Ja"}}, {{"fieldType": "concealed-string", "value": "9", "label": "PIN"}}, {{"fieldType": "date", "value": "2024-02-29", "label": "Dag"}}]}},
              {{"type": "file", "id": "ZmlsZQ", "name": "a.pdf", "decryptedSize": 4, "integrityHash": "AAAA"}}]}}"#,
        text("åsa"),
        secret("p"),
        text("två\\nrader")
    );
    let card = format!(
        r#"{{"id": "Y2FyZA", "title": "Kort", "credentials": [{{"type": "credit-card", "number": {}, "fullName": {}, "cardType": {}, "verificationNumber": {}, "pin": {}, "expiryDate": {}, "validFrom": {}}}]}}"#,
        secret("4242"),
        text("Åsa Berg"),
        text("Visa"),
        secret("123"),
        secret("9"),
        field("year-month", "2029-05"),
        field("year-month", "2024-05")
    );
    let person = format!(
        r#"{{"id": "cA", "title": "Jag", "credentials": [{{"type": "person-name", "given": {}, "surname": {}}}, {{"type": "address", "streetAddress": {}, "postalCode": {}, "city": {}, "country": {}, "tel": {}}}]}}"#,
        text("Åsa"),
        text("Berg"),
        text("Gatan 1\\ntr 2"),
        text("830 13"),
        text("Åre"),
        field("country-code", "SE"),
        text("070")
    );
    let passport = format!(
        r#"{{"id": "cGFzcw", "title": "Pass", "credentials": [{{"type": "passport", "passportNumber": {}, "issueDate": {}, "issuingAuthority": {}, "fullName": {}}}]}}"#,
        text("AA1"),
        field("date", "2020-05-02"),
        text("Polisen"),
        text("Åsa Berg")
    );
    let wifi = format!(
        r#"{{"id": "dw", "title": "Nät", "credentials": [{{"type": "wifi", "ssid": {}, "passphrase": {}, "networkSecurityType": {}, "hidden": {}}}]}}"#,
        text("vinden"),
        secret("radio"),
        field("wifi-network-security-type", "wpa3-personal"),
        field("boolean", "false")
    );
    let items = [
        login.as_str(),
        &card,
        &person,
        &passport,
        &wifi,
        r#"{"id": "cw", "title": "Nyckel", "credentials": [{"type": "ssh-key", "keyType": "ssh-ed25519", "privateKey": "MC4CAQA", "keyComment": "åsa@dator"}]}"#,
        r#"{"id": "cGs", "title": "Bara nyckel", "credentials": [{"type": "passkey", "credentialId": "AQID", "rpId": "b.example", "username": "b", "userDisplayName": "B", "userHandle": "BA", "key": "MIGH"}]}"#,
        r#"{"id": "bg", "title": "Text", "credentials": [{"type": "note", "content": {"fieldType": "string", "value": "hemligt"}}]}"#,
        r#"{"id": "eA", "title": "Nytt", "credentials": [{"type": "from-the-future", "thing": {"fieldType": "string", "value": "v", "label": "Sak"}}]}"#,
    ];
    let collections = r#"{"id": "Yw", "title": "Hem", "items": [], "subCollections": [{"id": "ZA", "title": "Åre", "items": [{"item": "bG9naW4"}]}]}, {"id": "ZQ", "title": "Vip", "items": [{"item": "bG9naW4"}]}"#;
    let parsed = of(Format::Cxf, file(1, collections, &items).as_bytes());
    assert_eq!(
        all(&parsed),
        [
            "login Bänk\nusername: åsa\npassword: p\ntotp: otpauth://totp/Bank%20%26%20co:%C3%A5sa?secret=JBSWY3DP&issuer=Bank%20%26%20co&algorithm=SHA256&digits=8&period=60\nnotes: två\nrader\nat https://bank.example/\n#Pengar\n#Vip\nin Hem/Åre\n[text] Android: com.bank\n[boolean] Ja: true\n[hidden] PIN: 9\n[date] Dag: 2024-02-29\npasskey bank.example åsa Åsa [1, 2, 3] [4] 6 bytes, 0 times\nfavourite\nmade 1600000000",
            "card Kort\nholder: Åsa Berg\ncard_number: 4242\nexpiry: 2029-05\nsecurity_code: 123\npin: 9\n[text] cardType: Visa\n[text] validFrom: 2024-05",
            "identity Jag\nfirst_name: Åsa\nlast_name: Berg\nphone: 070\nstreet: Gatan 1\ntr 2\npostal_code: 830 13\ncity: Åre\ncountry: SE",
            "document Pass\ntype: passport\ndocument_number: AA1\nissuer: Polisen\nissued_on: 2020-05-02\n[text] fullName: Åsa Berg",
            "wifi Nät\npassword: radio\nnetwork: vinden\nprotection: wpa3-personal\n[boolean] hidden: false",
            "ssh_key Nyckel\nprivate_key: -----BEGIN PRIVATE KEY-----\nMC4CAQA=\n-----END PRIVATE KEY-----\n\n[text] keyType: ssh-ed25519\n[text] keyComment: åsa@dator",
            "passkey Bara nyckel\npasskey b.example b B [1, 2, 3] [4] 3 bytes, 0 times",
            "note Text\nnotes: hemligt",
            "custom Nytt\n[text] Sak: v",
        ]
    );
    assert_eq!(parsed.left_out.len(), 1);
}

#[test]
fn a_later_major_version_is_refused() {
    assert_eq!(
        refused(None, file(2, "", &[]).as_bytes()),
        FileError::Version
    );
}
