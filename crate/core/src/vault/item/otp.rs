//! Keys of one-time codes that an item holds.

use super::{CustomField, Field, FieldKind, Item};
use crate::otp::{Code, Key};

/// Which of an item's keys of one-time codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtpPlace {
    /// The first: in the item's field for it, else in a field of the person's own.
    First,
    /// In the field of the person's own that stands at this place, from 0.
    Custom(usize),
}

/// Where a key stands.
#[derive(Clone, Copy)]
enum Stands {
    Field,
    Custom(usize),
}

impl Item {
    /// The text of a key; none where no key stands.
    #[must_use]
    pub fn otp(&self, place: OtpPlace) -> Option<&str> {
        match self.stands(place)? {
            Stands::Field => Some(self.value(Field::Totp)),
            Stands::Custom(at) => self.fields.get(at).map(|field| field.value.as_str()),
        }
    }

    /// The next code of a key that goes by a counter, and the item with the
    /// counter moved on. Nothing else changes: neither when the item was edited
    /// nor what stood there before.
    #[must_use]
    pub fn count_otp(&self, place: OtpPlace) -> Option<(Code, Self)> {
        let mut key = Key::parse(self.otp(place)?).ok()?;
        let code = key.count()?;
        let text = key.to_text();
        let mut item = self.copy();
        match self.stands(place)? {
            Stands::Field => item.set(Field::Totp, &text),
            Stands::Custom(at) => {
                let field = item.fields.get_mut(at)?;
                *field = CustomField::new(field.kind, &field.label, &text);
            }
        }
        Some((code, item))
    }

    fn stands(&self, place: OtpPlace) -> Option<Stands> {
        let is_key = |field: &CustomField| field.kind == FieldKind::Totp && !field.value.is_empty();
        match place {
            OtpPlace::First if !self.value(Field::Totp).is_empty() => Some(Stands::Field),
            OtpPlace::First => self.fields.iter().position(is_key).map(Stands::Custom),
            OtpPlace::Custom(at) => self
                .fields
                .get(at)
                .filter(|field| is_key(field))
                .map(|_| Stands::Custom(at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::item::Kind;

    const CLOCK: &str = "JBSWY3DPEHPK3PXP";
    const FIVE: &str = "otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP&counter=5";
    const SIX: &str = "otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP&counter=6";

    fn custom(item: Item, key: &str) -> Item {
        let item = item.with_custom(CustomField::new(FieldKind::Text, "a", key));
        let item = item.with_custom(CustomField::new(FieldKind::Totp, "b", ""));
        item.with_custom(CustomField::new(FieldKind::Totp, "c", key))
    }

    #[test]
    fn the_first_key_is_that_of_the_field_else_that_of_a_field_of_ones_own() {
        let bare = || Item::new(Kind::Login);
        assert_eq!(bare().otp(OtpPlace::First), None);
        assert_eq!(
            bare().with(Field::Totp, CLOCK).otp(OtpPlace::First),
            Some(CLOCK)
        );
        let both = custom(bare().with(Field::Totp, CLOCK), FIVE);
        assert_eq!(both.otp(OtpPlace::First), Some(CLOCK));
        assert_eq!(custom(bare(), FIVE).otp(OtpPlace::First), Some(FIVE));
        let places = [0, 1, 2, 3].map(|at| both.otp(OtpPlace::Custom(at)));
        assert_eq!(places, [None, None, Some(FIVE), None]);
    }

    #[test]
    fn a_code_by_a_counter_moves_the_counter_on_and_nothing_else() {
        let item = custom(Item::new(Kind::Login).with(Field::Totp, FIVE), FIVE).brought_at(7);
        let (first, counted) = item.count_otp(OtpPlace::First).unwrap();
        assert_eq!(counted.value(Field::Totp), SIX);
        assert_eq!(counted.otp(OtpPlace::Custom(2)), Some(FIVE));
        assert_eq!((counted.modified_at, counted.history.len()), (7, 0));
        let (same, _) = item.count_otp(OtpPlace::Custom(2)).unwrap();
        assert_eq!(first.text(), same.text());
        let (next, _) = counted.count_otp(OtpPlace::First).unwrap();
        assert_ne!(first.text(), next.text());
        let by_clock = Item::new(Kind::Login).with(Field::Totp, CLOCK);
        assert!(by_clock.count_otp(OtpPlace::First).is_none());
    }

    #[test]
    fn a_counter_leaves_nothing_in_the_history_another_key_does() {
        let item = custom(Item::new(Kind::Login).with(Field::Totp, FIVE), FIVE);
        let (_, counted) = item.count_otp(OtpPlace::First).unwrap();
        let (_, counted) = counted.count_otp(OtpPlace::Custom(2)).unwrap();
        assert!(item.revised(counted, 300).history.is_empty());
        let other = custom(Item::new(Kind::Login).with(Field::Totp, CLOCK), CLOCK);
        assert_eq!(item.revised(other, 300).history.len(), 3);
    }

    impl Item {
        fn brought_at(mut self, at: u64) -> Self {
            self.modified_at = at;
            self
        }
    }
}
