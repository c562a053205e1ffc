//! Keys of one-time codes: any text, and any key.

use proptest::collection::vec;
use proptest::prelude::*;
use sigill_core::otp::{Form, Key, Moving, escaped};

/// Whatever might be said of an issuer or an account.
const NAME: &str = "[a-zA-Z:%+&=?/ åЖ漢\\PC]{0,12}";

/// A key URI, its names escaped or not.
fn uri() -> impl Strategy<Value = String> {
    let label = (NAME, NAME, any::<bool>(), any::<bool>()).prop_map(
        |(issuer, account, is_both, is_escaped)| {
            let text = if is_both {
                format!("{issuer}:{account}")
            } else {
                account
            };
            if is_escaped {
                escaped(&text).to_string()
            } else {
                text
            }
        },
    );
    let parameter = prop_oneof![
        NAME.prop_map(|name| format!("issuer={}", *escaped(&name))),
        "algorithm=(sha1|SHA-256|HmacSHA512|md5)",
        "digits=[0-9]{1,2}",
        "period=[0-9]{1,4}",
        "counter=[0-9]{1,21}",
        "encoder=(steam|x)",
        "[a-z]{1,3}=\\PC{0,5}",
        "secret=[a-z2-7 -]{0,9}",
    ];
    let kind = prop_oneof!["totp", "hotp", "steam", "TOTP", "[a-z]{0,5}"];
    let secret = "[A-Z2-7]{2,40}";
    (kind, label, secret, vec(parameter, 0..5)).prop_map(|(kind, label, secret, parameters)| {
        format!(
            "otpauth://{kind}/{label}?secret={secret}&{}",
            parameters.join("&")
        )
    })
}

fn is_written_one_way(text: &str) -> Result<(), TestCaseError> {
    let Ok(key) = Key::parse(text) else {
        return Ok(());
    };
    for written in [key.to_text(), key.to_uri()] {
        let again = Key::parse(&written);
        prop_assert!(
            again.as_ref().is_ok_and(|again| *again == key),
            "{} of {text}",
            *written
        );
        prop_assert!(again.is_ok_and(|again| again.to_text() == key.to_text()));
    }
    prop_assert_eq!(Key::tidied(text), key.to_text());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn whatever_is_read_as_a_key_is_written_one_way_and_read_back_the_same(
        uri in uri(), text in "\\PC{0,40}", bare in "[A-Za-z2-7 =-]{0,60}",
    ) {
        is_written_one_way(&uri)?;
        is_written_one_way(&text)?;
        is_written_one_way(&bare)?;
        is_written_one_way(&format!("steam://{bare}"))?;
    }

    #[test]
    fn every_key_gives_codes_of_its_length_at_any_moment(
        uri in uri(), now: u64,
    ) {
        let Ok(mut key) = Key::parse(&uri) else {
            return Ok(());
        };
        let length = match key.form() {
            Form::Digits(digits) => usize::try_from(digits).unwrap(),
            Form::Steam => 5,
        };
        match key.moving() {
            Moving::Clock(period) => {
                let current = key.code_at(now).unwrap();
                prop_assert!((1..=period).contains(&current.left));
                prop_assert_eq!(current.code.text().len(), length);
                let after = now.saturating_add(current.left);
                if after < u64::MAX - period {
                    let then = key.code_at(after).unwrap();
                    prop_assert_eq!(then.code.text(), current.next.text());
                }
            }
            Moving::Counter(u64::MAX) => prop_assert!(key.count().is_none()),
            Moving::Counter(counter) => {
                prop_assert_eq!(key.count().unwrap().text().len(), length);
                prop_assert_eq!(key.moving(), Moving::Counter(counter + 1));
            }
        }
    }
}
