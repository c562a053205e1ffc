use super::*;
use alloc::format;
use alloc::string::ToString;

#[test]
fn addresses_that_mail_servers_take_are_taken() {
    for (text, expected) in [
        ("a@x.se", "a@x.se"),
        (" Åsa@x.se ", ""),
        (
            " Asa.Berg+vault@EXAMPLE.com\n",
            "Asa.Berg+vault@example.com",
        ),
        ("o'neil@mail.example.co.uk", "o'neil@mail.example.co.uk"),
        ("a@xn--malm-8qa.se", "a@xn--malm-8qa.se"),
    ] {
        let parsed = MailAddress::parse(text).map_or_else(|_| String::new(), |a| a.to_string());
        assert_eq!(parsed, expected, "{text}");
    }
}

#[test]
fn everything_else_is_refused_with_the_part_that_is_wrong() {
    use MailAddressError::{Domain, Mailbox, NoAt, TooLong};
    let long_mailbox = format!("{}@x.se", "a".repeat(65));
    let long = format!("a@{}se", "x.".repeat(130));
    for (text, error) in [
        ("", NoAt),
        ("a", NoAt),
        ("@x.se", NoAt),
        ("a@", NoAt),
        ("a@b@x.se", Mailbox),
        (".a@x.se", Mailbox),
        ("a..b@x.se", Mailbox),
        ("a b@x.se", Mailbox),
        ("a\r\nBcc:b@x.se", Mailbox),
        ("\"a\"@x.se", Mailbox),
        (&long_mailbox, Mailbox),
        ("a@x", Domain),
        ("a@x.1", Domain),
        ("a@127.0.0.1", Domain),
        ("a@-x.se", Domain),
        ("a@x-.se", Domain),
        ("a@x..se", Domain),
        ("a@x.se.", Domain),
        ("a@å.se", Domain),
        (&long, TooLong),
    ] {
        assert_eq!(MailAddress::parse(text).err(), Some(error), "{text}");
    }
}

#[test]
fn case_does_not_tell_addresses_apart() {
    let [one, other] = ["Asa@x.se", "aSA@X.SE"].map(|text| MailAddress::parse(text).unwrap());
    assert_eq!(one, other);
    assert_eq!(one.key(), other.key());
}

#[test]
fn a_hint_shows_one_letter_and_the_domain() {
    let address = MailAddress::parse("asa.berg@x.se").unwrap();
    assert_eq!(address.hint(), "a***@x.se");
}

#[test]
fn an_address_is_asked_about_once_it_was_confirmed_over_a_year_ago() {
    let year = 365 * 86_400;
    assert!(!is_to_be_asked(1_000, 1_000 + year));
    assert!(is_to_be_asked(1_000, 1_001 + year));
}

#[test]
fn ordinary_device_names_are_taken() {
    for name in [
        "Åsas laptop",
        "Windows 11 2024",
        "ThinkPad X1 (kontoret)",
        "iPhone 15 Pro, v. 17.4",
        "东京办公室",
        "Anna's PC no. 2",
    ] {
        assert!(DeviceName::parse(name).is_ok(), "{name}");
    }
    assert!(DeviceName::parse(&"å".repeat(40)).is_ok());
    assert!(DeviceName::parse(" x ").is_ok_and(|name| name.as_str() == "x"));
}

#[test]
fn names_that_would_mislead_in_a_mail_are_refused() {
    use DeviceNameError::{Control, Digits, Empty, Link, TooLong};
    let long = "å".repeat(41);
    for (name, error) in [
        ("  ", Empty),
        (&long, TooLong),
        ("a\nb", Control),
        ("a\u{0}b", Control),
        ("abc\u{202e}cba", Control),
        ("a\u{2066}b", Control),
        ("a\u{200b}b", Control),
        ("http://evil.example", Link),
        ("see evil.example/now", Link),
        ("WWW.evil", Link),
        ("help@evil.example", Link),
        ("(evil.example)", Link),
        ("code 48217730", Digits),
        ("482177", Digits),
        ("code 4821 7730", Digits),
        ("code 4821-7730", Digits),
        ("٤٨٢١٧٧", Digits),
    ] {
        assert_eq!(DeviceName::parse(name).err(), Some(error), "{name}");
    }
}

#[test]
fn an_account_password_has_10_to_256_characters() {
    let parse = |text: String| AccountPassword::parse(SecretText::new(text)).err();
    assert_eq!(parse("å".repeat(9)), Some(AccountPasswordError::TooShort));
    assert_eq!(parse("å".repeat(10)), None);
    assert_eq!(parse("å".repeat(256)), None);
    assert_eq!(parse("å".repeat(257)), Some(AccountPasswordError::TooLong));
}
