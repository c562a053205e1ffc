use serde_json::{Value, json};
use sigill_core::passkeys::{Elsewhere, Occasion, Place};
use sigill_passkey::ceremony::{Asking, Ceremony};

use crate::rig::{ORIGIN, asking, begin, creation, request, suffixes};

#[test]
fn a_page_asks_in_its_own_name_only() {
    for (origin, rp) in [
        ("https://evil.example", "example.com"),
        ("https://example.com.evil.example", "example.com"),
        ("https://notexample.com", "example.com"),
        ("https://login.example.com", "com"),
        ("https://login.example.com", "other.example.com"),
        ("https://shop.co.uk", "co.uk"),
    ] {
        let mut words = request();
        words["options"]["rpId"] = json!(rp);
        assert_eq!(begin(&words, origin).err(), Some(Elsewhere::RelyingParty));
        let mut words = creation();
        words["options"]["rp"]["id"] = json!(rp);
        assert_eq!(begin(&words, origin).err(), Some(Elsewhere::RelyingParty));
    }
    for origin in ["http://login.example.com", "https://192.0.2.1", "null", ""] {
        assert_eq!(begin(&request(), origin).err(), Some(Elsewhere::Origin));
    }
}

#[test]
fn a_frame_of_another_site_asks_for_nothing() {
    let words = request().to_string();
    let ask = |around: &[&str]| {
        let place = Place::Inside(around);
        let who = Asking {
            place,
            ..asking(ORIGIN)
        };
        Ceremony::begin(&words, who, &suffixes()).err()
    };
    assert_eq!(ask(&[ORIGIN]), None);
    assert_eq!(ask(&["https://evil.example"]), Some(Elsewhere::Frame));
    assert_eq!(
        ask(&[ORIGIN, "https://evil.example"]),
        Some(Elsewhere::Frame)
    );
    assert_eq!(ask(&[]), Some(Elsewhere::Frame));
}

#[test]
fn a_page_that_asks_on_and_on_opens_no_window() {
    let ask = |words: Value, occasion| {
        let who = Asking {
            occasion,
            ..asking(ORIGIN)
        };
        Ceremony::begin(&words.to_string(), who, &suffixes()).err()
    };
    assert_eq!(ask(request(), Occasion::First), None);
    assert_eq!(ask(request(), Occasion::Again), Some(Elsewhere::Unasked));
    assert_eq!(ask(creation(), Occasion::Again), Some(Elsewhere::Unasked));
    let mut beside = request();
    beside["mediation"] = json!("conditional");
    assert_eq!(ask(beside, Occasion::Again), None);
}

#[test]
fn what_sigill_does_not_do_is_the_browsers() {
    let with = |words: Value, pointer: &str, value: Value| {
        let mut words = words;
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        words.pointer_mut(parent).unwrap()[name] = value;
        begin(&words, ORIGIN).err()
    };
    for (words, pointer, value, why) in [
        (
            creation(),
            "/mediation",
            json!("conditional"),
            Elsewhere::Silent,
        ),
        (request(), "/mediation", json!("silent"), Elsewhere::Silent),
        (
            creation(),
            "/options/pubKeyCredParams",
            json!([{ "type": "public-key", "alg": -257 }]),
            Elsewhere::Algorithm,
        ),
        (
            creation(),
            "/options/authenticatorSelection/authenticatorAttachment",
            json!("cross-platform"),
            Elsewhere::Attachment,
        ),
        (
            creation(),
            "/options/hints",
            json!(["security-key"]),
            Elsewhere::Attachment,
        ),
        (
            request(),
            "/options/hints",
            json!(["security-key", "client-device"]),
            Elsewhere::Attachment,
        ),
        (
            creation(),
            "/options/user/id",
            json!(""),
            Elsewhere::Malformed,
        ),
        (
            creation(),
            "/options/user/id",
            json!("A".repeat(88)),
            Elsewhere::Malformed,
        ),
        (
            request(),
            "/options/challenge",
            json!("A".repeat(8_000)),
            Elsewhere::Malformed,
        ),
        (
            request(),
            "/options/allowCredentials",
            json!(vec![json!({ "type": "public-key", "id": "AA" }); 513]),
            Elsewhere::Malformed,
        ),
        (request(), "/act", json!("steal"), Elsewhere::Malformed),
        (request(), "/options", json!([]), Elsewhere::Malformed),
    ] {
        assert_eq!(with(words, pointer, value), Some(why), "{pointer}");
    }
}

#[test]
fn any_words_end_in_an_answer() {
    let list = suffixes();
    let ask = |words: &str| Ceremony::begin(words, asking(ORIGIN), &list).is_ok();
    for words in [creation().to_string(), request().to_string()] {
        assert!(ask(&words));
        for end in 0..words.len() {
            assert!(!ask(words.get(..end).unwrap_or_default()));
        }
    }
    assert!(!ask(&"[".repeat(60_000)));
    let filler = "x".repeat(70_000);
    assert!(!ask(&format!("{}{filler}", request())));
    let mut long = request();
    long["filler"] = json!(filler);
    assert!(!ask(&long.to_string()));
}

#[test]
fn names_are_cut_and_turn_no_text_around() {
    let mut words = creation();
    words["options"]["user"]["name"] = json!(format!("  a\u{202e}b\n{}  ", "c".repeat(5_000)));
    let made = begin(&words, ORIGIN).unwrap().make(&[], crate::rig::NOW);
    let name = made.unwrap().passkey.user_name.clone();
    assert!(name.starts_with("abccc"), "{name}");
    assert!(name.chars().count() <= 256);
}
