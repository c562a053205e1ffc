//! Fields of other programs by what they call them.

use sigill_core::vault::item::{Field, FieldKind};

use crate::draft::Draft;

/// What a program calls the fields that we have too.
pub(crate) type Labels = &'static [(&'static str, Field)];

/// Puts a value where its label says; a label that nothing is known of makes a
/// field of the person's own, of that kind.
pub(crate) fn put(
    draft: &mut Draft,
    labels: Labels,
    (kind, label): (FieldKind, &str),
    value: &str,
) {
    match find(labels, label) {
        Some(Field::Totp) => draft.totp(label, value),
        Some(Field::Notes) => draft.notes(value),
        Some(field) => draft.put(field, label, value),
        None => draft.custom(kind, label, value),
    }
}

/// The field that a label names.
pub(crate) fn find(labels: Labels, label: &str) -> Option<Field> {
    labels
        .iter()
        .find_map(|(known, field)| (*known == label).then_some(*field))
}
