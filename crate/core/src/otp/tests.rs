use alloc::string::ToString;
use alloc::vec::Vec;

use super::*;

const HELLO: &str = "JBSWY3DPEHPK3PXP";
/// Of the RFCs' secret at the counter 1, whose value is 1,094,287,082: worked out by hand.
const STEAM_CODE: &str = "PV9M4";

fn key(text: &str) -> Key {
    Key::parse(text).ok().unwrap()
}

fn why(text: &str) -> Option<NotAKey> {
    Key::parse(text).err()
}

fn at(text: &str, now: Seconds) -> (String, String, Seconds) {
    let current = key(text).code_at(now).unwrap();
    let text = |code: &Code| code.text().to_string();
    (text(&current.code), text(&current.next), current.left)
}

/// The ASCII secret that the RFCs repeat to the length that each hash asks for.
fn rfc(bytes: usize) -> String {
    let secret: Vec<u8> = b"1234567890".iter().copied().cycle().take(bytes).collect();
    let secret = Secret::from_bytes(Zeroizing::new(secret)).ok().unwrap();
    secret.text().to_string()
}

#[test]
fn codes_by_a_counter_are_those_of_rfc_4226_appendix_d() {
    let uri = ["otpauth://hotp/?secret=", &rfc(20), "&counter=0"].concat();
    let mut key = key(&uri);
    for code in [
        "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
        "520489",
    ] {
        assert_eq!(key.count().unwrap().text(), code);
    }
    assert_eq!(key.moving(), Moving::Counter(10));
    assert!(key.code_at(59).is_none());
}

#[test]
fn codes_by_the_clock_are_those_of_rfc_6238_appendix_b() {
    for (now, sha1, sha256, sha512) in [
        (59, "94287082", "46119246", "90693936"),
        (1_111_111_109, "07081804", "68084774", "25091201"),
        (1_111_111_111, "14050471", "67062674", "99943326"),
        (1_234_567_890, "89005924", "91819424", "93441116"),
        (2_000_000_000, "69279037", "90698825", "38618901"),
        (20_000_000_000, "65353130", "77737706", "47863826"),
    ] {
        for (name, bytes, code) in [
            ("SHA1", 20, sha1),
            ("SHA256", 32, sha256),
            ("SHA512", 64, sha512),
        ] {
            let secret = rfc(bytes);
            let uri = [
                "otpauth://totp/x?digits=8&algorithm=",
                name,
                "&secret=",
                &secret,
            ]
            .concat();
            assert_eq!(at(&uri, now).0, code, "{name} at {now}");
        }
    }
}

#[test]
fn a_code_says_how_long_it_is_good_and_what_comes_after_it() {
    let (code, next, left) = at(HELLO, 59);
    assert_eq!(left, 1);
    assert_eq!(at(HELLO, 60), (next, at(HELLO, 90).0, 30));
    assert_eq!(at(HELLO, 30), (code, at(HELLO, 60).0, 30));
    let slow = ["otpauth://totp/x?period=60&secret=", HELLO].concat();
    assert_eq!(at(&slow, 61).2, 59);
    assert_eq!(at(HELLO, Seconds::MAX).1.len(), 6);
}

#[test]
fn digits_are_as_many_as_the_key_says_and_read_in_two_halves_steams_letters_in_one() {
    for (digits, shown) in [
        ("6", "287 082"),
        ("7", "428 7082"),
        ("8", "9428 7082"),
        ("9", "0942 87082"),
        ("10", "10942 87082"),
    ] {
        let uri = ["otpauth://totp/?digits=", digits, "&secret=", &rfc(20)].concat();
        let current = key(&uri).code_at(59).unwrap();
        assert_eq!(*current.code.shown(), *shown);
        assert_eq!(current.code.text(), shown.replace(' ', ""));
    }
    let steam = ["steam://", &rfc(20)].concat();
    let current = key(&steam).code_at(59).unwrap();
    assert_eq!(
        (current.code.text(), current.code.shown().as_str()),
        (STEAM_CODE, STEAM_CODE)
    );
}

#[test]
fn a_counter_at_its_end_gives_no_code() {
    let last = [
        r"otpauth://hotp/?counter=18446744073709551615&secret=",
        HELLO,
    ]
    .concat();
    let mut key = key(&last);
    assert!(key.count().is_none());
    assert_eq!(key.moving(), Moving::Counter(u64::MAX));
}

#[test]
fn a_steam_key_is_known_however_it_is_written() {
    let written = "otpauth://totp/Steam?secret=JBSWY3DPEHPK3PXP&issuer=Steam&encoder=steam";
    for text in [
        "steam://jbswy3dpehpk3pxp",
        "otpauth://totp/Steam?secret=JBSWY3DPEHPK3PXP&issuer=Steam",
        "otpauth://totp/Steam:?secret=JBSWY3DPEHPK3PXP&digits=5",
        "otpauth://totp/?secret=JBSWY3DPEHPK3PXP&period=30&digits=5&encoder=steam",
        "otpauth://steam/Steam?secret=JBSWY3DPEHPK3PXP",
        written,
    ] {
        let key = key(text);
        assert_eq!(key.form(), Form::Steam, "{text}");
        assert_eq!(*key.to_text(), *written, "{text}");
    }
    let other = key("otpauth://totp/Valve:bo?secret=JBSWY3DPEHPK3PXP&issuer=Valve&encoder=steam");
    assert_eq!((other.issuer(), other.form()), ("Valve", Form::Steam));
}

#[test]
fn a_secret_is_read_however_it_is_written() {
    for text in [
        "JBSWY3DPEHPK3PXP",
        "jbsw y3dp ehpk 3pxp",
        "  JBSW-Y3DP-EHPK-3PXP\n",
        "JBSWY3DPEHPK3PXP====",
        "otpauth://totp/?secret=jbsw%20y3dp+ehpk3pxp%3D%3D",
        "OTPAUTH://TOTP/?SECRET=JBSWY3DPEHPK3PXP",
    ] {
        assert_eq!(*key(text).to_text(), *HELLO, "{text}");
    }
}

#[test]
fn base32_is_that_of_rfc_4648() {
    for (bytes, text) in [
        ("f", "MY"),
        ("fo", "MZXQ"),
        ("foo", "MZXW6"),
        ("foob", "MZXW6YQ"),
        ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ] {
        let secret = Secret::from_bytes(Zeroizing::new(bytes.as_bytes().to_vec()));
        assert_eq!(*secret.ok().unwrap().text(), *text);
        assert_eq!(
            Secret::parse(text).ok().unwrap().as_bytes(),
            bytes.as_bytes()
        );
    }
}

#[test]
fn issuer_and_account_are_told_apart_by_label_and_parameter() {
    for (label, issuer, parts) in [
        ("alice%40x.example", "", ("", "alice@x.example")),
        ("Bank:alice", "", ("Bank", "alice")),
        ("Bank%3A%20alice", "Bank", ("Bank", "alice")),
        ("bank:alice", "&issuer=Bank", ("Bank", "alice")),
        ("alice", "&issuer=Big+Bank%20AB", ("Big Bank AB", "alice")),
        ("Other:alice", "&issuer=Bank", ("Bank", "Other:alice")),
        ("Bank", "&issuer=Bank", ("Bank", "")),
        (
            "a+b@x.example",
            "&issuer=%C3%85bank",
            ("Åbank", "a+b@x.example"),
        ),
        (":alice", "&issuer=", ("", "alice")),
        ("100%:x%0A%00y", "", ("100%", "xy")),
        ("x%FF", "", ("", "x%FF")),
        ("", "", ("", "")),
    ] {
        let issuer = issuer.trim_start_matches("Bank");
        let uri = ["otpauth://totp/", label, "?secret=", HELLO, issuer].concat();
        let key = key(&uri);
        assert_eq!((key.issuer(), key.account()), parts, "{uri}");
    }
}

#[test]
fn what_goes_without_saying_is_not_written() {
    for (text, written) in [
        (
            "otpauth://totp/a:b?secret=JBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30",
            "otpauth://totp/a:b?secret=JBSWY3DPEHPK3PXP&issuer=a",
        ),
        (
            "otpauth://totp/b?period=60&digits=8&image=x&secret=JBSWY3DPEHPK3PXP&algorithm=HmacSHA-512",
            "otpauth://totp/b?secret=JBSWY3DPEHPK3PXP&algorithm=SHA512&digits=8&period=60",
        ),
        (
            "otpauth://hotp/b?secret=JBSWY3DPEHPK3PXP&period=60",
            "otpauth://hotp/b?secret=JBSWY3DPEHPK3PXP&counter=0",
        ),
        ("otpauth://totp/?secret=JBSWY3DPEHPK3PXP", HELLO),
    ] {
        assert_eq!(*key(text).to_text(), *written);
        assert_eq!(*Key::tidied(text), *written);
    }
    assert_eq!(
        *key(HELLO).to_uri(),
        *"otpauth://totp/?secret=JBSWY3DPEHPK3PXP"
    );
    assert_eq!(*Key::tidied(" ask Bo: 08-12 "), *"ask Bo: 08-12");
}

#[test]
fn what_is_no_key_says_why() {
    use NotAKey::{
        Algorithm, AnotherAddress, Counter, Digits, NoSecret, NotBase32, Period, Several, TooLong,
    };
    let long = "A".repeat(Secret::MOST * 2);
    let longer = "A".repeat(Key::MOST + 1);
    for (text, reason) in [
        ("", NoSecret),
        ("  ", NoSecret),
        ("A", NoSecret),
        ("====", NoSecret),
        ("otpauth://totp/x", NoSecret),
        ("otpauth://totp/x?", NoSecret),
        ("otpauth://totp/x?secret=", NoSecret),
        ("otpauth://totp/x?secret=%20", NoSecret),
        (&long, TooLong),
        (&longer, TooLong),
        ("JBSWY3DPEHPK3PX0", NotBase32),
        ("JBSW=Y3DP", NotBase32),
        ("ДBSWY3DP", NotBase32),
        ("otpauth://totp/x?secret=JBSWY3D1", NotBase32),
        ("https://bank.example/?secret=JBSWY3DP", AnotherAddress),
        ("otpauth://yaotp/x?secret=JBSWY3DP", AnotherAddress),
        ("otpauth://?secret=JBSWY3DP", AnotherAddress),
        ("mailto:a@b.example", AnotherAddress),
        ("otpauth-migration://offline?data=CjEK", Several),
        ("otpauth://totp/x?secret=JBSWY3DP&algorithm=MD5", Algorithm),
        ("otpauth://totp/x?secret=JBSWY3DP&digits=5", Digits),
        ("otpauth://totp/x?secret=JBSWY3DP&digits=11", Digits),
        ("otpauth://totp/x?secret=JBSWY3DP&digits=six", Digits),
        ("otpauth://totp/x?secret=JBSWY3DP&period=0", Period),
        ("otpauth://totp/x?secret=JBSWY3DP&period=3601", Period),
        ("otpauth://totp/x?secret=JBSWY3DP&period=-30", Period),
        ("otpauth://hotp/x?secret=JBSWY3DP&counter=x", Counter),
        (
            "otpauth://hotp/x?secret=JBSWY3DP&counter=18446744073709551616",
            Counter,
        ),
    ] {
        assert_eq!(why(text), Some(reason), "{text}");
    }
    assert!(why(&"A".repeat(Secret::MOST * 8 / 5)).is_none());
}

#[test]
fn a_word_that_is_base32_by_chance_is_told_from_an_address() {
    assert!(Key::parse("a poem").is_ok() && !Key::is_address("a poem"));
    assert!(Key::is_address("steam://JBSWY3DP") && Key::is_address("otpauth://totp/?secret=MY"));
}

#[test]
fn a_key_that_was_counted_on_is_the_same_key() {
    let counted =
        |counter: &str| ["otpauth://hotp/a?secret=", HELLO, "&counter=", counter].concat();
    let (five, seven) = (counted("5"), counted("7"));
    assert!(same::is_same(&five, &seven));
    assert_eq!(same::further(&five, &seven), seven);
    assert_eq!(same::further(&seven, &five), seven);
    let other = seven.replace("hotp/a", "hotp/b");
    let by_clock = seven.replace("hotp", "totp");
    for text in [other.as_str(), &by_clock, HELLO, ""] {
        assert!(!same::is_same(&five, text), "{text}");
        assert_eq!(same::further(&five, text), five);
    }
    assert!(same::is_same("anything", "anything"));
}
