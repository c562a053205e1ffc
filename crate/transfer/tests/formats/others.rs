//! Dashlane, Enpass and Kaspersky.

use crate::said::{NOW, all, files, of, refused};
use crate::zipped::zip;
use sigill_transfer::entry::Reason;
use sigill_transfer::fault::FileError;
use sigill_transfer::format::Format;

const CREDENTIALS: &str = "username,username2,username3,title,password,note,url,category,otpUrl\n\
    åsa,a@b.example,,Bänk,\"p\"\"q\",\"två\nrader\",https://bank.example/,Pengar,otpauth://totp/x?secret=JBSWY3DP\n";
const PAYMENTS: &str = "type,account_name,account_holder,cc_number,code,expiration_month,expiration_year,routing_number,account_number,country,issuing_bank,note,name\n\
    payment_card,Åsa Berg,,4242,123,05,2029,,,SE,B,n,Kort\n\
    bank,,Åsa Berg,,,,,12,34,SE,B,,Konto\n";
const PERSONS: &str = "type,title,first_name,middle_name,last_name,login,date_of_birth,place_of_birth,email,email_type,item_name,phone_number,address,country,state,city,zip,address_recipient,address_building,address_apartment,address_floor,address_door_code,job_title,url\n\
    name,MR,Åsa,,Berg,asa,1980-03-04,Åre,,,,,,,,,,,,,,,,\n\
    email,,,,,,,,a@b.example,personal,Mejl,,,,,,,,,,,,,\n";
const IDS: &str = "type,number,name,issue_date,expiration_date,place_of_issue,state\n\
    passport,AA1,Åsa Berg,2020-05-02,2030-05-02,Åre,\n";
const NOTES: &str = "title,note\nHemligt,\"a,\nb\"\n";

const DASHLANE: [&str; 7] = [
    "login Bänk\nusername: åsa\npassword: p\"q\ntotp: otpauth://totp/x?secret=JBSWY3DP\nnotes: två\nrader\nat https://bank.example/\nin Pengar\n[text] username2: a@b.example",
    "card Kort\nholder: Åsa Berg\ncard_number: 4242\nexpiry: 2029-05\nsecurity_code: 123\nbank: B\nnotes: n\n[text] country: SE",
    "custom Konto\ntype: bank\n[text] account_holder: Åsa Berg\n[text] issuing_bank: B\n[hidden] routing_number: 12\n[hidden] account_number: 34\n[text] country: SE",
    "identity Åsa Berg\nfirst_name: Åsa\nlast_name: Berg\nbirthday: 1980-03-04\n[text] title: MR\n[text] login: asa\n[text] place_of_birth: Åre",
    "identity Mejl\nemail: a@b.example\n[text] email_type: personal",
    "document passport\ntype: passport\ndocument_number: AA1\nissuer: Åre\nissued_on: 2020-05-02\nexpires_on: 2030-05-02\n[text] name: Åsa Berg",
    "note Hemligt\nnotes: a,\nb",
];

#[test]
fn each_of_dashlanes_tables_is_told_by_its_columns() {
    let tables = [CREDENTIALS, PAYMENTS, PERSONS, IDS, NOTES];
    let said = tables.map(|table| all(&of(Format::DashlaneCsv, table.as_bytes())));
    assert_eq!(said.concat(), DASHLANE);
}

#[test]
fn dashlanes_archive_holds_them_all_and_names_the_table_of_a_broken_row() {
    let members: [(&str, &[u8]); 6] = [
        ("credentials.csv", CREDENTIALS.as_bytes()),
        ("payments.csv", PAYMENTS.as_bytes()),
        ("personalInfo.csv", PERSONS.as_bytes()),
        ("ids.csv", IDS.as_bytes()),
        ("securenotes.csv", NOTES.as_bytes()),
        ("empty.csv", b""),
    ];
    assert_eq!(all(&of(Format::DashlaneZip, &zip(&members))), DASHLANE);

    let notes = [NOTES, "too,many,cells\n"].concat();
    let broken = zip(&[
        ("ids.csv", IDS.as_bytes()),
        ("securenotes.csv", notes.as_bytes()),
        ("wifi.csv", b"a,b\n1,2\n"),
    ]);
    let parsed = of(Format::DashlaneZip, &broken);
    assert_eq!(parsed.items.len(), 2);
    let errors: Vec<_> = parsed
        .errors
        .iter()
        .map(|e| (e.file.as_str(), e.line, e.reason))
        .collect();
    assert_eq!(
        errors,
        [
            ("securenotes.csv", 4, Reason::Fields),
            ("wifi.csv", 1, Reason::Shape)
        ]
    );
}

fn field(kind: &str, label: &str, value: &str, sensitive: u8) -> String {
    format!(
        r#"{{"deleted": 0, "label": "{label}", "order": 1, "sensitive": {sensitive}, "type": "{kind}", "uid": 10, "updated_at": 1, "value": "{value}", "value_updated_at": 1}}"#
    )
}

fn enpass(category: &str, template: &str, title: &str, fields: &[String]) -> String {
    format!(
        r#"{{"archived": 0, "auto_submit": 1, "category": "{category}", "createdAt": 1697729073, "favorite": 0, "fields": [{}],
            "icon": {{}}, "note": "", "subtitle": "", "template_type": "{template}", "title": "{title}", "trashed": 0, "updated_at": 2, "uuid": "u"}}"#,
        fields.join(",")
    )
}

#[test]
fn enpass_says_fields_their_history_folders_and_what_is_put_away() {
    let password = field("password", "Lösenord", "p", 1).replace(
        r#""deleted": 0"#,
        r#""deleted": 0, "history": [{"updated_at": 1534490049, "value": "old"}]"#,
    );
    let gone = field("text", "borta", "x", 0).replace(r#""deleted": 0"#, r#""deleted": 1"#);
    let login = enpass(
        "login",
        "login.default",
        "Bänk",
        &[
            field("username", "Namn", "", 0),
            field("email", "E-post", "a@b.example", 0),
            password,
            field("url", "Webb", "https://bank.example/", 0),
            field("section", "MER", "", 0),
            field("totp", "Kod", "jbsw y3dp", 0),
            field("text", "Fråga", "var?", 0),
            field("text", "Svar", "där", 1),
            gone,
        ],
    );
    let login = login
        .replace(r#""archived": 0"#, r#""archived": 1, "folders": ["f2", "f3"], "attachments": [{"name": "a.pdf", "kind": "application/pdf", "data": "JVBERg=="}]"#)
        .replace(r#""favorite": 0"#, r#""favorite": 1"#);
    let items = [
        login,
        enpass(
            "creditcard",
            "creditcard.default",
            "Kort",
            &[
                field("ccName", "Innehavare", "Åsa Berg", 0),
                field("ccNumber", "Nummer", "4242", 0),
                field("ccExpiry", "Till", "05/29", 0),
                field("ccCvc", "CVC", "123", 1),
                field("ccPin", "PIN", "9", 1),
                field("ccType", "Typ", "Visa", 0),
            ],
        ),
        enpass(
            "identity",
            "identity.default",
            "Jag",
            &[
                field("text", "First name", "Åsa", 0),
                field("text", "Last name", "Berg", 0),
                field("email", "E-mail", "a@b.example", 0),
                field("phone", "Mobile", "070", 0),
            ],
        ),
        enpass("note", "note.default", "Text", &[])
            .replace(r#""note": """#, r#""note": "hemligt\nmer""#),
        enpass(
            "misc",
            "misc.library",
            "Lånekort",
            &[field("numeric", "Nr", "7", 0), field("pin", "PIN", "9", 0)],
        )
        .replace(r#""trashed": 0"#, r#""trashed": 1"#),
    ];
    let file = format!(
        r#"{{"folders": [{{"uuid": "f1", "title": "Hem", "parent_uuid": "f2"}}, {{"uuid": "f2", "title": "Pengar", "parent_uuid": "f4"}}, {{"uuid": "f3", "title": "Vip", "parent_uuid": ""}}, {{"uuid": "f4", "title": "Allt", "parent_uuid": ""}}], "items": [{}]}}"#,
        items.join(",")
    );
    let parsed = of(Format::Enpass, file.as_bytes());
    let said = all(&parsed);
    let said: Vec<_> = said
        .iter()
        .map(|said| said.trim_end_matches("\nmade 1697729073"))
        .collect();
    assert_eq!(
        said,
        [
            format!("login Bänk\nusername: a@b.example\npassword: p\ntotp: JBSWY3DP\nat https://bank.example/\n#Vip\nin Allt/Pengar\n[text] Fråga: var?\n[hidden] Svar: där\nwas password: old until 1534490049\nfavourite\narchived {NOW}"),
            "card Kort\nholder: Åsa Berg\ncard_number: 4242\nexpiry: 2029-05\nsecurity_code: 123\npin: 9\n[text] Typ: Visa".into(),
            "identity Jag\nfirst_name: Åsa\nlast_name: Berg\nemail: a@b.example\nphone: 070".into(),
            "note Text\nnotes: hemligt\nmer".into(),
            format!("custom Lånekort\ntype: misc\n[text] Nr: 7\n[hidden] PIN: 9\ntrashed {NOW}"),
        ]
    );
    let pdf: &[u8] = b"%PDF";
    assert_eq!(files(&parsed), [("Bänk", "a.pdf", pdf)]);
}

#[test]
fn enpass_folders_that_lie_in_each_other_end() {
    let file = r#"{"folders": [{"uuid": "a", "title": "A", "parent_uuid": "b"}, {"uuid": "b", "title": "B", "parent_uuid": "a"}],
        "items": [{"category": "note", "template_type": "note.default", "title": "n", "note": "x", "folders": ["a"], "trashed": 0}]}"#;
    let parsed = of(Format::Enpass, file.as_bytes());
    assert!(
        parsed
            .items
            .first()
            .is_some_and(|item| item.folder.ends_with("B/A"))
    );
}

const KASPERSKY: &str = "Websites\n\nWebsite name: Bänk\nWebsite URL: bank.example\nLogin name: Privat\nLogin: åsa\nPassword: p: \"q\"\nComment: två\nrader\n---\nmed streck\n\n---\n\n\
    Website name: Butik\nWebsite URL: https://butik.example\nLogin name:\nLogin: b\nPassword: q\nComment:\n\n---\n\n\
    Applications\n\nApplication: Spel\nLogin name: \nLogin: c\nPassword: r\nComment:\n\n---\n\n\
    Other Accounts\n\nAccount name: Konto\nLogin name:\nLogin: d\nPassword: s\nComment:\n\n---\n\n\
    Notes\n\nName: Text\nText: rad 1\nUsername: ser ut som en nyckel\nNotes\n\n---\n\nName: Tom\nText:\n\n---\n";

#[test]
fn kasperskys_text_says_sections_and_texts_that_look_like_records() {
    let said = [
        "login Bänk\nusername: åsa\npassword: p: \"q\"\nnotes: två\nrader\n---\nmed streck\nat bank.example\n[text] Login name: Privat",
        "login Butik\nusername: b\npassword: q\nat https://butik.example",
        "login Spel\nusername: c\npassword: r",
        "login Konto\nusername: d\npassword: s",
        "note Text\nnotes: rad 1\nUsername: ser ut som en nyckel\nNotes",
        "note Tom",
    ];
    for file in [
        KASPERSKY.into(),
        KASPERSKY.replace('\n', "\r\n"),
        format!("\u{FEFF}{KASPERSKY}"),
    ] {
        assert_eq!(all(&of(Format::Kaspersky, file.as_bytes())), said);
    }
}

#[test]
fn a_record_of_kaspersky_that_begins_with_nothing_known_costs_that_record_only() {
    let file = "Websites\n\nnonsense\nmore nonsense\n\n---\n\nWebsite name: A\nLogin: u\nPassword: p\nComment:\n\n---\n";
    let parsed = of(Format::Kaspersky, file.as_bytes());
    assert_eq!(parsed.items.len(), 1);
    let errors: Vec<_> = parsed.errors.iter().map(|e| (e.line, e.reason)).collect();
    assert_eq!(errors, [(3, Reason::Shape)]);
    assert_eq!(
        refused(Format::Kaspersky, b"Groceries\n---\n"),
        FileError::Other
    );
}
