//! Fields as a person reads them in another program.

use sigill_core::vault::item::Field;

/// `card_number` as `Card number`.
pub(crate) fn spelled(field: Field) -> String {
    let words = field.key().replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
