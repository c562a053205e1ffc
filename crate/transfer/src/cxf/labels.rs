//! Members of credentials that we have a field for.

use sigill_core::vault::item::Field;

use crate::labels::Labels;

pub(super) const LOGIN: Labels = &[
    ("username", Field::Username),
    ("password", Field::Password),
    ("key", Field::Password),
];

pub(super) const CARD: Labels = &[
    ("number", Field::CardNumber),
    ("fullName", Field::Holder),
    ("verificationNumber", Field::SecurityCode),
    ("pin", Field::Pin),
    ("expiryDate", Field::Expiry),
];

pub(super) const ADDRESS: Labels = &[
    ("streetAddress", Field::Street),
    ("postalCode", Field::PostalCode),
    ("city", Field::City),
    ("territory", Field::Region),
    ("country", Field::Country),
    ("tel", Field::Phone),
];

pub(super) const NAME: Labels = &[
    ("given", Field::FirstName),
    ("given2", Field::MiddleName),
    ("surname", Field::LastName),
];

pub(super) const WIFI: Labels = &[
    ("ssid", Field::Network),
    ("passphrase", Field::Password),
    ("networkSecurityType", Field::Protection),
];

pub(super) const DOCUMENT: Labels = &[
    ("licenseNumber", Field::DocumentNumber),
    ("passportNumber", Field::DocumentNumber),
    ("documentNumber", Field::DocumentNumber),
    ("identificationNumber", Field::DocumentNumber),
    ("issuingAuthority", Field::Issuer),
    ("issueDate", Field::IssuedOn),
    ("expiryDate", Field::ExpiresOn),
];
