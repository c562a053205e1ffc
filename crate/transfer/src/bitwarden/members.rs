//! Members of Bitwarden's JSON and the fields that they hold, as they are read and written.

use sigill_core::vault::item::Field;

use crate::labels::Labels;

pub(crate) const CARD: Labels = &[
    ("cardholderName", Field::Holder),
    ("number", Field::CardNumber),
    ("code", Field::SecurityCode),
];

pub(crate) const IDENTITY: Labels = &[
    ("firstName", Field::FirstName),
    ("middleName", Field::MiddleName),
    ("lastName", Field::LastName),
    ("city", Field::City),
    ("state", Field::Region),
    ("postalCode", Field::PostalCode),
    ("country", Field::Country),
    ("company", Field::Company),
    ("email", Field::Email),
    ("phone", Field::Phone),
    ("ssn", Field::PersonalNumber),
];
