//! An identity of Proton Pass: some forty members, and lists of further ones.

use sigill_core::vault::item::{Field, FieldKind, Kind};

use super::item::{extra, sections};
use crate::draft::Draft;
use crate::json::Node;
use crate::labels::{self, Labels};

const LABELS: Labels = &[
    ("firstName", Field::FirstName),
    ("middleName", Field::MiddleName),
    ("lastName", Field::LastName),
    ("birthdate", Field::Birthday),
    ("email", Field::Email),
    ("phoneNumber", Field::Phone),
    ("organization", Field::Company),
    ("company", Field::Company),
    ("streetAddress", Field::Street),
    ("zipOrPostalCode", Field::PostalCode),
    ("city", Field::City),
    ("stateOrProvince", Field::Region),
    ("countryOrRegion", Field::Country),
    ("socialSecurityNumber", Field::PersonalNumber),
];

const SECRET: [&str; 2] = ["passportNumber", "licenseNumber"];

/// Lists of further fields.
const LISTS: [&str; 4] = [
    "extraPersonalDetails",
    "extraAddressDetails",
    "extraContactDetails",
    "extraWorkDetails",
];

pub(super) fn draft(content: Node<'_>) -> Draft {
    let mut draft = Draft::new(Kind::Identity);
    for (label, value) in content.members() {
        let is_one = !value.is_list() && !value.is_object() && label != "fullName";
        let kind = if SECRET.contains(&label) {
            FieldKind::Hidden
        } else {
            FieldKind::Text
        };
        if is_one {
            labels::put(&mut draft, LABELS, (kind, label), &value.shown());
        }
    }
    // After its parts, of which it may be made.
    draft.person("fullName", content.at("fullName").text());
    for list in LISTS {
        extra(&mut draft, content.at(list));
    }
    sections(&mut draft, content.at("extraSections"));
    draft
}
