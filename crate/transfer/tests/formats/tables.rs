//! What reading the tables of other password managers promises: files as their
//! vendors write them, and all that they say.

use crate::said::{NOW, all, asked, of, refused};
use crate::zipped::zip;
use sigill_core::vault::item::Field;
use sigill_transfer::entry::Reason;
use sigill_transfer::fault::FileError;
use sigill_transfer::format::Format;
use sigill_transfer::mapping::Target;
use sigill_transfer::read::{Asked, read};
use sigill_transfer::{detect, limit};

/// Ten thousand characters, each of two bytes.
fn long() -> String {
    "å".repeat(5_000)
}

#[test]
fn firefox_says_realms_and_when_a_login_was_made() {
    let long = long();
    let file = format!(
        "\"url\",\"username\",\"password\",\"httpRealm\",\"formActionOrigin\",\"guid\",\"timeCreated\",\"timeLastUsed\",\"timePasswordChanged\"\r\n\
         \"https://bänk.example\",\"åsa\",\"a\"\"b,\r\nc\",,\"https://bänk.example\",\"{{d2e6}}\",\"1600000000123\",\"1600000000124\",\"1600000000125\"\r\n\
         \"https://router.example\",\"\",\"{long}\",\"Admin\",,\"{{d2e7}}\",\"\",\"\",\"\"\r\n\
         \"chrome://FirefoxAccounts\",\"u\",\"token\",\"Firefox Accounts credentials\",,\"{{d2e8}}\",\"\",\"\",\"\"\r\n"
    );
    let parsed = of(Format::Firefox, file.as_bytes());
    assert_eq!(
        all(&parsed),
        [
            "login bänk.example\nusername: åsa\npassword: a\"b,\r\nc\nat https://bänk.example\nmade 1600000000".to_owned(),
            format!("login router.example\npassword: {long}\nat https://router.example\n[text] HTTP realm: Admin"),
        ]
    );
}

#[test]
fn apple_names_a_login_by_its_site_and_keeps_codes() {
    let file = "Title,URL,Username,Password,Notes,OTPAuth\n\
        bank.example (åsa),https://bank.example/,åsa,\"p,\"\"q\",\"två\nrader\",otpauth://totp/bank:%C3%A5sa?secret=JBSWY3DP&issuer=bank\n\
        Shop,https://shop.example/,,p,,\n";
    assert_eq!(
        all(&of(Format::Apple, file.as_bytes())),
        [
            "login bank.example\nusername: åsa\npassword: p,\"q\ntotp: otpauth://totp/bank:%C3%A5sa?secret=JBSWY3DP&issuer=bank\nnotes: två\nrader\nat https://bank.example/",
            "login Shop\npassword: p\nat https://shop.example/",
        ]
    );
}

#[test]
fn onepasswords_table_says_favourites_archive_and_tags() {
    let file = "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes\n\
        Bank,https://bank.example/,åsa,p,jbsw y3dp,true,false,Money;Home/Åre,\"n,\n\"\"n\"\"\"\n\
        Old,,,q,,false,true,,\n";
    assert_eq!(
        all(&of(Format::OnePasswordCsv, file.as_bytes())),
        [
            "login Bank\nusername: åsa\npassword: p\ntotp: JBSWY3DP\nnotes: n,\n\"n\"\nat https://bank.example/\n#Home/Åre\n#Money\nfavourite".to_owned(),
            format!("login Old\npassword: q\narchived {NOW}"),
        ]
    );
}

#[test]
fn bitwardens_table_says_notes_fields_and_several_addresses() {
    let file = "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n\
        Social/Nära,1,login,Twitter,n,\"PIN: 1234\nlång: rad ett\nrad två\",0,\"https://twitter.example,https://x.example/a,b\",me,p,JBSWY3DP\n\
        ,,note,Secret note,\"text, \"\"quoted\"\"\",,0,,,,\n";
    assert_eq!(
        all(&of(Format::BitwardenCsv, file.as_bytes())),
        [
            "login Twitter\nusername: me\npassword: p\ntotp: JBSWY3DP\nnotes: n\nat https://twitter.example\nat https://x.example/a,b\nin Social/Nära\n[text] PIN: 1234\n[text] lång: rad ett\nrad två\nfavourite",
            "note Secret note\nnotes: text, \"quoted\"",
        ]
    );
    let file = "collections,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n\
        Team/Ops,login,Server,,,0,,root,p,\n";
    assert_eq!(
        all(&of(Format::BitwardenCsv, file.as_bytes())),
        ["login Server\nusername: root\npassword: p\nin Team/Ops"]
    );
}

#[test]
fn keepassxcs_table_says_groups_codes_and_what_was_deleted() {
    let file = "\"Group\",\"Title\",\"Username\",\"Password\",\"URL\",\"Notes\",\"TOTP\",\"Icon\",\"Last Modified\",\"Created\"\n\
        \"Root/Bank/Åre\",\"Bank\",\"åsa\",\"p\"\"\",\"https://bank.example\",\"n\nn\",\"otpauth://totp/x?secret=JBSWY3DP\",\"0\",\"2024-02-29T12:00:00Z\",\"2024-02-29T12:00:00Z\"\n\
        \"Root\",\"Empty\",\"\",\"\",\"\",\"\",\"\",\"0\",\"2024-02-29T12:00:00Z\",\"1970-01-01T00:00:00Z\"\n\
        \"Root/Recycle Bin\",\"Gone\",\"\",\"q\",\"\",\"\",\"\",\"0\",\"2024-02-29T12:00:00Z\",\"1970-01-01T00:00:00Z\"\n";
    assert_eq!(
        all(&of(Format::KeePassXcCsv, file.as_bytes())),
        [
            "login Bank\nusername: åsa\npassword: p\"\ntotp: otpauth://totp/x?secret=JBSWY3DP\nnotes: n\nn\nat https://bank.example\nin Bank/Åre\nmade 1709208000".to_owned(),
            "login Empty".to_owned(),
            format!("login Gone\npassword: q\ntrashed {NOW}"),
        ]
    );
}

#[test]
fn lastpass_says_logins_notes_and_items_of_its_types() {
    let file = "url,username,password,totp,extra,name,grouping,fav\n\
        https://bank.example/,åsa,p,JBSWY3DP,\"två\nrader\",Bank,Work\\Bank,1\n\
        http://sn,,,,just text: yes,Note,,0\n\
        http://sn,,,,\"NoteType:Credit Card\nLanguage:en-US\nName on Card:Åsa Berg\nType:Visa\nNumber:4242 4242 4242 4242\nSecurity Code:123\nStart Date:,\nExpiration Date:January,2027\nNotes:one\nKey:value\",Card,,0\n\
        http://sn,,,,\"NoteType:Address\nLanguage:en-US\nTitle:mrs\nFirst Name:Åsa\nMiddle Name:\nLast Name:Berg\nBirthday:March,4,1980\nAddress 1:Gatan 1\nAddress 2:tr 2\nCity / Town:Åre\nZip / Postal Code:830 13\nPhone:{\"\"num\"\":\"\"4670123\"\",\"\"ext\"\":\"\"\"\",\"\"cc3l\"\":\"\"SWE\"\"}\nNotes:\",Me,,0\n\
        http://sn,,,,\"NoteType:SSH Key\nLanguage:en-US\nBit Strength:2048\nPassphrase:pp\nPrivate Key:-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nMIIE\n-----END RSA PRIVATE KEY-----\nPublic Key:ssh-rsa AAAA\nNotes:\",Key,,0\n\
        http://sn,,,,\"NoteType:Wi-Fi Password\nLanguage:en-US\nSSID:vinden\nPassword:radio\nAuthentication:WPA2\nNotes:\",Wifi,,0\n\
        http://sn,,,,\"NoteType:Passport\nLanguage:en-US\nType:P\nNumber:AA1\nIssued Date:May,2,2020\nExpiration Date:someday\nNotes:\",Pass,,0\n";
    assert_eq!(
        all(&of(Format::LastPass, file.as_bytes())),
        [
            "login Bank\nusername: åsa\npassword: p\ntotp: JBSWY3DP\nnotes: två\nrader\nat https://bank.example/\nin Work/Bank\nfavourite",
            "note Note\nnotes: just text: yes",
            "card Card\nholder: Åsa Berg\ncard_number: 4242 4242 4242 4242\nexpiry: 2027-01\nsecurity_code: 123\nnotes: one\nKey:value\n[text] Type: Visa",
            "identity Me\nfirst_name: Åsa\nlast_name: Berg\nbirthday: 1980-03-04\nphone: 4670123\nstreet: Gatan 1\ntr 2\npostal_code: 830 13\ncity: Åre\n[text] Title: mrs",
            "ssh_key Key\nprivate_key: -----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nMIIE\n-----END RSA PRIVATE KEY-----\npublic_key: ssh-rsa AAAA\npassphrase: pp\n[text] Bit Strength: 2048",
            "wifi Wifi\npassword: radio\nnetwork: vinden\nprotection: WPA2",
            "document Pass\ntype: Passport\ndocument_number: AA1\nissued_on: 2020-05-02\n[text] Type: P\n[text] Expiration Date: someday",
        ]
    );
}

const NORDPASS: &str = "name,url,additional_urls,username,password,note,cardholdername,cardnumber,cvc,pin,expirydate,zipcode,folder,full_name,phone_number,email,address1,address2,city,country,state,type,custom_fields\n";

#[test]
fn nordpass_says_logins_notes_cards_identities_and_no_folders() {
    let file = [
        NORDPASS,
        "Work/Åre,,,,,,,,,,,,,,,,,,,,,folder,\n",
        "Bank,https://bank.example,\"[\"\"https://b.example\"\"]\",åsa,p,\"n\nn\",,,,,,,Work/Åre,,,,,,,,,password,\"[{\"\"label\"\":\"\"PIN\"\",\"\"type\"\":\"\"hidden\"\",\"\"value\"\":\"\"12\"\"},{\"\"label\"\":\"\"Kund\"\",\"\"type\"\":\"\"text\"\",\"\"value\"\":\"\"7\"\"}]\"\n",
        "Text,,,,,secret,,,,,,,,,,,,,,,,note,\n",
        "Visa,,,,,,Åsa Berg,4242424242424242,123,9876,05/29,830 13,,,,,,,,,,credit_card,\n",
        "Me,,,,,,,,,,,830 13,,Åsa Maria Berg,070,a@b.example,Gatan 1,tr 2,Åre,SE,Jämtland,identity,\n",
    ]
    .concat();
    assert_eq!(
        all(&of(Format::NordPass, file.as_bytes())),
        [
            "login Bank\nusername: åsa\npassword: p\nnotes: n\nn\nat https://bank.example\nat https://b.example\nin Work/Åre\n[hidden] PIN: 12\n[text] Kund: 7",
            "note Text\nnotes: secret",
            "card Visa\nholder: Åsa Berg\ncard_number: 4242424242424242\nexpiry: 2029-05\nsecurity_code: 123\npin: 9876\n[text] zipcode: 830 13",
            "identity Me\nfirst_name: Åsa Maria\nlast_name: Berg\nemail: a@b.example\nphone: 070\nstreet: Gatan 1\ntr 2\npostal_code: 830 13\ncity: Åre\nregion: Jämtland\ncountry: SE",
        ]
    );
}

#[test]
fn roboform_says_further_fields_in_cells_beyond_the_header() {
    let file = "Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\n\
        Bank,https://bank.example,https://bank.example/login,'@åsa,''p,\"n\nn\",/Work/Åre,\"User ID$,,,txt,@åsa\",\"TOTP KEY$,,,txt,JBSWY3DP\",\"PIN,,,pwd,12,34\"\n\
        Note,,,,,text,,\n";
    assert_eq!(
        all(&of(Format::RoboForm, file.as_bytes())),
        [
            "login Bank\nusername: @åsa\npassword: 'p\ntotp: JBSWY3DP\nnotes: n\nn\nat https://bank.example\nat https://bank.example/login\nin Work/Åre\n[hidden] PIN: 12,34",
            "note Note\nnotes: text",
        ]
    );
}

fn mapped(file: &str, targets: &[Target]) -> Vec<String> {
    let asked = Asked {
        columns: targets,
        ..asked(Format::Table)
    };
    all(&read(file.as_bytes(), asked).expect("a readable table"))
}

#[test]
fn an_unknown_table_is_read_by_the_columns_that_a_person_names() {
    let file = "Tjänst;Adress;Konto;Hemligt;Övrigt\nBank;https://bank.example;åsa;\"p;\"\"q\";vip\n;;;;text\n;;;;\n";
    let field = Target::Field;
    let targets = [
        Target::Name,
        Target::Url,
        field(Field::Username),
        field(Field::Password),
        field(Field::Notes),
    ];
    assert_eq!(
        mapped(file, &targets),
        [
            "login Bank\nusername: åsa\npassword: p;\"q\nnotes: vip\nat https://bank.example",
            "note text\nnotes: text",
        ]
    );
    let targets = [
        Target::Name,
        Target::Nothing,
        Target::Folder,
        field(Field::CardNumber),
        Target::Tags,
    ];
    assert_eq!(
        mapped("a,b,c,d,e\nVisa,x,Home,4242,\"one, two\"\n", &targets),
        ["card Visa\ncard_number: 4242\n#one\n#two\nin Home"]
    );
}

#[test]
fn the_columns_of_an_unknown_table_are_guessed_and_never_two_for_one_place() {
    let file = "Titel,Webbplats,Användarnamn,E-post,Lösenord,Anteckningar,Kundnummer\n";
    assert_eq!(detect::format(file.as_bytes()), Ok(Format::Table));
    let guessed = detect::columns(file.as_bytes());
    let guessed: Vec<_> = guessed.iter().map(|column| column.target.key()).collect();
    assert_eq!(
        guessed,
        [
            "name",
            "url",
            "username",
            "custom_text",
            "password",
            "notes",
            "custom_text"
        ]
    );
}

#[test]
fn a_table_without_a_word_of_what_its_columns_are_is_refused() {
    assert_eq!(refused(Format::Table, b"a,b\n1,2\n"), FileError::Columns);
    let only_folders = Asked {
        columns: &[Target::Folder],
        ..asked(Format::Table)
    };
    assert_eq!(
        read(b"a,b\n1,2\n", only_folders).err(),
        Some(FileError::Columns)
    );
}

#[test]
fn a_table_of_one_format_is_refused_as_another() {
    let firefox = b"url,username,password,httpRealm,formActionOrigin\nhttps://a.example,u,p,,\n";
    assert_eq!(refused(Format::LastPass, firefox), FileError::Columns);
    assert_eq!(refused(None, b"no table at all"), FileError::Unknown);
    assert_eq!(refused(None, b""), FileError::Empty);
}

#[test]
fn an_entry_beyond_what_a_record_holds_costs_that_entry_only() {
    let cell = "x".repeat(limit::LONGEST_FIELD);
    let columns = limit::LARGEST_ITEM / limit::LONGEST_FIELD + 1;
    let targets = vec![Target::from_key("custom_text").expect("a target"); columns];
    let row = |cell: &str| vec![cell; columns].join(",") + "\n";
    let file = [row("c"), row(&cell), row("small")].concat();
    let asked = Asked {
        columns: &targets,
        ..asked(Format::Table)
    };
    let parsed = read(file.as_bytes(), asked).expect("a readable table");
    let [error] = parsed.errors.as_slice() else {
        panic!("not one error");
    };
    assert_eq!((error.line, error.reason), (2, Reason::TooMuch));
}

#[test]
fn ten_thousand_characters_come_through_every_format_whole() {
    let long = "å\"".repeat(5_000);
    let cell = long.replace('"', "\"\"");
    let text = long.replace('"', "\\\"");
    let pux = format!(
        r#"{{"accounts": [{{"vaults": [{{"items": [{{"categoryUuid": "001", "overview": {{"title": "t"}}, "details": {{"notesPlain": "{text}"}}}}]}}]}}]}}"#
    );
    let proton = format!(
        r#"{{"encrypted": false, "vaults": {{"v": {{"items": [{{"data": {{"type": "note", "metadata": {{"name": "t", "note": "{text}"}}}}}}]}}}}}}"#
    );
    let files: Vec<(Format, Vec<u8>)> = vec![
        (Format::Chromium, format!("name,url,username,password,note\nt,,u,p,\"{cell}\"\n").into()),
        (Format::Apple, format!("Title,URL,Username,Password,Notes,OTPAuth\nt,,u,p,\"{cell}\",\n").into()),
        (Format::OnePasswordCsv, format!("Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes\nt,,u,p,,,,,\"{cell}\"\n").into()),
        (Format::BitwardenCsv, format!("folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n,,note,t,\"{cell}\",,0,,,,\n").into()),
        (Format::KeePassXcCsv, format!("\"Group\",\"Title\",\"Username\",\"Password\",\"URL\",\"Notes\"\n\"Root\",\"t\",\"u\",\"p\",\"\",\"{cell}\"\n").into()),
        (Format::LastPass, format!("url,username,password,extra,name,grouping,fav\nhttp://sn,,,\"{cell}\",t,,0\n").into()),
        (Format::NordPass, format!("{NORDPASS}t,,,,,\"{cell}\",,,,,,,,,,,,,,,,note,\n").into()),
        (Format::RoboForm, format!("Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\nt,,,,,\"{cell}\",,\n").into()),
        (Format::DashlaneCsv, format!("title,note\nt,\"{cell}\"\n").into()),
        (Format::BitwardenJson, format!(r#"{{"encrypted": false, "folders": [], "items": [{{"type": 2, "name": "t", "notes": "{text}"}}]}}"#).into()),
        (Format::OnePasswordPux, zip(&[("export.data", pux.as_bytes())])),
        (Format::ProtonJson, proton.into()),
        (Format::Enpass, format!(r#"{{"items": [{{"category": "note", "template_type": "note.default", "title": "t", "note": "{text}"}}]}}"#).into()),
        (Format::Kaspersky, format!("Notes\n\nName: t\nText: {long}\n\n---\n").into()),
        (Format::Cxf, format!(r#"{{"version": {{"major": 1, "minor": 0}}, "accounts": [{{"items": [{{"title": "t", "credentials": [{{"type": "note", "content": {{"fieldType": "string", "value": "{text}"}}}}]}}]}}]}}"#).into()),
    ];
    for (format, file) in files {
        let parsed = of(format, &file);
        let notes: Vec<_> = parsed
            .items
            .iter()
            .map(|item| item.value(Field::Notes))
            .collect();
        assert!(notes == [long.as_str()], "{format:?}: {:?}", parsed.errors);
    }
}
