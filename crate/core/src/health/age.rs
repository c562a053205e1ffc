//! Since when a password is what it is.
//!
//! Age alone makes no password worse: NIST SP 800-63B-4, 3.1.1.2, tells sites not
//! to ask for another one periodically. It is a hint and no alarm: what is that
//! old was often made before there was a generator at hand, and its site has had
//! that long to lose it.

use crate::vault::item::{Field, Item, Part};
use crate::wire::Seconds;

/// Three years, in seconds.
pub const OLD: Seconds = 3 * 365 * 24 * 60 * 60;

/// When the password that stood there before was replaced, else when the item was made.
#[must_use]
pub fn since(item: &Item) -> Seconds {
    let is_password = |part: &Part| *part == Part::Field(Field::Password);
    let mut history = item.history.iter(); // newest first
    let before = history.find(|past| is_password(&past.part));
    before.map_or(item.created_at, |past| past.until)
}

/// Whether a password that is what it is since `since` is old at `now`; one of an
/// unknown day is not.
#[must_use]
pub const fn is_old(since: Seconds, now: Seconds) -> bool {
    since > 0 && now.saturating_sub(since) >= OLD
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::item::Kind;

    #[test]
    fn a_password_is_as_old_as_its_last_change_not_as_its_entry() {
        let mut item = Item::new(Kind::Login).with(Field::Password, "one");
        item.created_at = 100;
        assert_eq!(since(&item), 100);
        let renamed = item.changed(200, |item| item.name = "Other".into());
        assert_eq!(since(&renamed), 100);
        let changed = renamed.changed(300, |item| item.set(Field::Password, "two"));
        let changed = changed.changed(400, |item| item.set(Field::Password, "three"));
        assert_eq!(since(&changed), 400);
    }

    #[test]
    fn three_years_are_old_and_a_day_that_nobody_knows_is_not() {
        assert!(is_old(1, 1 + OLD));
        assert!(!is_old(1, OLD));
        assert!(!is_old(0, 10 * OLD));
        assert!(!is_old(10 * OLD, 1));
    }
}
