//! The tokens of `autocomplete` (HTML, §4.10.18.7). What is none is passed over.

use super::form::Field;

/// The field that the tokens name.
pub(super) fn field(autocomplete: &str) -> Option<Field> {
    let mut tokens = autocomplete.split_ascii_whitespace().take(8);
    tokens.find_map(|token| {
        let known = |name: &str| name.eq_ignore_ascii_case(token);
        let row = TOKENS.iter().find(|(name, _)| known(name));
        row.map(|row| row.1)
    })
}

const TOKENS: &[(&str, Field)] = &[
    ("username", Field::Username),
    ("current-password", Field::CurrentPassword),
    ("new-password", Field::NewPassword),
    ("one-time-code", Field::OneTimeCode),
    ("cc-number", Field::CardNumber),
    ("cc-name", Field::CardHolder),
    ("cc-given-name", Field::CardHolder),
    ("cc-family-name", Field::CardHolder),
    ("cc-exp", Field::CardExpiry),
    ("cc-exp-month", Field::CardExpiryMonth),
    ("cc-exp-year", Field::CardExpiryYear),
    ("cc-csc", Field::CardCode),
    ("name", Field::Name),
    ("given-name", Field::GivenName),
    ("family-name", Field::FamilyName),
    ("email", Field::Email),
    ("tel", Field::Phone),
    ("tel-national", Field::Phone),
    ("bday", Field::BirthDate),
    ("bday-day", Field::BirthDay),
    ("bday-month", Field::BirthMonth),
    ("bday-year", Field::BirthYear),
    ("organization", Field::Organization),
    ("street-address", Field::Street),
    ("address-line1", Field::Street),
    ("address-line2", Field::Street2),
    ("postal-code", Field::PostalCode),
    ("address-level2", Field::City),
    ("address-level1", Field::Region),
    ("country", Field::Country),
    ("country-name", Field::Country),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_name_fields_and_what_is_none_is_passed_over() {
        for (autocomplete, expected) in [
            ("username webauthn", Some(Field::Username)),
            ("section-a shipping postal-code", Some(Field::PostalCode)),
            ("CURRENT-PASSWORD", Some(Field::CurrentPassword)),
            ("login off on", None),
            ("section-crew password", None),
            ("nope", None),
            ("", None),
        ] {
            assert_eq!(field(autocomplete), expected, "{autocomplete}");
        }
    }
}
