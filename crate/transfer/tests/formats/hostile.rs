//! Files that are broken, cut off, or made to harm.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use sigill_transfer::fault::FileError;
use sigill_transfer::format::Format;
use sigill_transfer::limit::{LARGEST_FILE, LARGEST_MEMBER, MOST_MEMBERS};
use sigill_transfer::mapping::Target;
use sigill_transfer::read::{Asked, read};
use zip::unstable::write::FileOptionsExt;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::said::{asked, refused};
use crate::zipped::{stored, zip};

#[test]
fn a_member_that_inflates_beyond_measure_is_refused_before_it_fills_the_memory() {
    let steep = vec![b' '; 8 << 20];
    let bomb = zip(&[("export.data", &steep)]);
    assert!(bomb.len() < 64 << 10);
    assert_eq!(refused(None, &bomb), FileError::Inflates);

    let long = vec![b' '; usize::try_from(LARGEST_MEMBER).expect("fits") + 1];
    assert_eq!(
        refused(None, &stored(&[("export.data", &long)])),
        FileError::Inflates
    );
}

#[test]
fn an_archive_of_too_many_members_is_refused_unread() {
    let directory = b"PK\x01\x02".repeat(MOST_MEMBERS + 1);
    let file = [b"PK\x03\x04".as_slice(), &directory].concat();
    assert_eq!(refused(None, &file), FileError::Inflates);
}

#[test]
fn an_encrypted_archive_is_told_apart() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    writer
        .start_file(
            "export.data",
            options.with_deprecated_encryption(b"pw").expect("a key"),
        )
        .expect("a member");
    writer.write_all(b"{}").expect("writing to memory");
    let file = writer.finish().expect("an archive").into_inner();
    assert_eq!(refused(None, &file), FileError::Encrypted);
}

#[test]
fn json_that_nests_without_end_is_refused() {
    for open in ["[", "{\"a\":"] {
        let deep = [r#"{"encrypted": false, "items": "#, &open.repeat(1_000_000)].concat();
        assert_eq!(refused(None, deep.as_bytes()), FileError::Damaged);
    }
}

#[test]
fn a_huge_file_is_refused_unread() {
    for format in Format::ALL {
        assert_eq!(
            refused(*format, &vec![b'{'; LARGEST_FILE + 1]),
            FileError::TooLarge
        );
    }
}

#[test]
fn json_of_no_format_and_json_that_was_cut_off_are_told_apart() {
    assert_eq!(refused(None, br#"{"some": "thing"}"#), FileError::Unknown);
    assert_eq!(
        refused(None, br#"{"encrypted": false, "items": ["#),
        FileError::Damaged
    );
    assert_eq!(
        refused(Format::Enpass, br#"{"some": "thing"}"#),
        FileError::Other
    );
}

/// A file of each shape, for breaking.
fn samples() -> Vec<Vec<u8>> {
    let json = br#"{"encrypted": false, "folders": [{"id": "f", "name": "n"}], "items": [{"type": 1, "name": "a", "creationDate": "2024-02-29T12:00:00Z", "login": {"password": "p", "uris": [{"uri": "u"}], "totp": "jbsw", "fido2Credentials": [{"credentialId": "b64.AQ", "keyValue": "AQ", "userHandle": "AQ"}]}, "passwordHistory": [{"lastUsedDate": "2024-02-29T12:00:00+02:00", "password": "x"}]}]}"#;
    let pux = br#"{"accounts": [{"vaults": [{"attrs": {"name": "v"}, "items": [{"categoryUuid": "004", "overview": {"title": "t"}, "details": {"sections": [{"fields": [{"id": "birthdate", "title": "x", "value": {"date": -9223372036854775808}}, {"id": "a", "title": "x", "value": {"monthYear": 202905}}]}]}}]}]}]}"#;
    vec![
        json.to_vec(),
        include_bytes!("files/bitwarden-pbkdf2.json").to_vec(),
        zip(&[("data.json", json), ("attachments/a/b", b"x")]),
        zip(&[("export.data", pux)]),
        zip(&[("Proton Pass/data.json", br#"{"encrypted": false, "vaults": {"v": {"items": [{"data": {"type": "login", "metadata": {"name": "n"}, "content": {}}, "state": 2}]}}}"#)]),
        zip(&[("credentials.csv", b"username,username2,username3,title,password,note,url,category\na,b,c,d,e,f,g,h\n")]),
        b"url,username,password,totp,extra,name,grouping,fav\nhttp://sn,,,,\"NoteType:Credit Card\nExpiration Date:January,2027\n\",n,,0\n".to_vec(),
        b"name,url,additional_urls,username,password,note,cardholdername,cardnumber,cvc,pin,expirydate,zipcode,folder,full_name,type,custom_fields\na,b,[\"c\"],d,e,f,g,h,i,j,05/29,l,m,n o,identity,[]\n".to_vec(),
        b"Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\na,b,c,'@d,e,f,g,\"a,,,txt,b\",c\n".to_vec(),
        b"Websites\n\nWebsite name: a\nLogin: b\nPassword: c\nComment: d\ne\n\n---\n\nNotes\n\nName: a\nText: b\n\n---\n".to_vec(),
        br#"{"folders": [], "items": [{"category": "login", "template_type": "login.default", "title": "t", "fields": [{"type": "ccExpiry", "label": "l", "value": "1"}]}]}"#.to_vec(),
        br#"{"version": {"major": 1}, "accounts": [{"collections": [], "items": [{"id": "a", "title": "t", "credentials": [{"type": "passkey", "credentialId": "AQ", "key": "AQ", "userHandle": ""}, {"type": "ssh-key", "privateKey": "AQ"}]}]}]}"#.to_vec(),
    ]
}

/// Read as what it seems to be, and as every format there is.
fn survives(bytes: &[u8]) {
    let targets = [
        "name", "url", "username", "password", "totp", "expiry", "tags",
    ]
    .map(Target::from_key);
    let targets: Vec<_> = targets.into_iter().flatten().collect();
    let any = Asked {
        password: Some(b"x"),
        key_file: None,
        columns: &targets,
        ..asked(None)
    };
    let _ = read(bytes, any);
    for format in Format::ALL {
        let _ = read(
            bytes,
            Asked {
                format: Some(*format),
                ..any
            },
        );
    }
}

#[test]
fn a_file_cut_off_anywhere_ends_in_an_answer() {
    for sample in samples() {
        for end in (0..sample.len()).step_by(7) {
            survives(&sample[..end]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_end_in_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        survives(&bytes);
    }

    #[test]
    fn a_file_with_bits_flipped_ends_in_an_answer(
        which in any::<prop::sample::Index>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8), 1..6),
    ) {
        let samples = samples();
        let mut sample = samples[which.index(samples.len())].clone();
        for (at, bit) in flips {
            let at = at.index(sample.len());
            sample[at] ^= 1 << bit;
        }
        survives(&sample);
    }

    #[test]
    fn any_texts_in_any_place_end_in_an_answer(text in "\\PC{0,40}", which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>()) {
        let samples = samples();
        let sample = &samples[which.index(samples.len())];
        let at = at.index(sample.len());
        survives(&[&sample[..at], text.as_bytes(), &sample[at..]].concat());
    }
}
