//! What a person knows of and leaves as it is: findings that they put aside.
//!
//! A line each: whose finding, which, and what it was found of. Another password
//! makes another line, and so does another address, for what is about addresses:
//! then the finding is there again by itself. A line holds a part of a fingerprint;
//! whoever keeps the text keeps it sealed.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Finding, Fingerprint, age};
use crate::id::{Hash, ItemId};
use crate::order::sorted;
use crate::vault::item::{Field, Item};

/// What was put aside, over the text that says so.
#[derive(Default)]
pub struct Asides<'a>(Vec<&'a str>);

impl<'a> Asides<'a> {
    /// Lines that say nothing put nothing aside.
    #[must_use]
    pub fn parse(text: &'a str) -> Self {
        Self(sorted(text.lines(), Ord::cmp))
    }

    /// Which findings of an item were put aside, as it stands now.
    #[must_use]
    pub fn of(&self, id: ItemId, item: &Item) -> Vec<Finding> {
        let whose = id.to_string();
        let before = self.0.partition_point(|line| *line < whose.as_str());
        let rest = self.0.iter().skip(before);
        let its: Vec<&str> = rest
            .take_while(|line| line.starts_with(&whose))
            .copied()
            .collect();
        if its.is_empty() {
            return Vec::new(); // nearly always, and nothing is hashed for it
        }
        let is_aside = |finding: &Finding| its.contains(&line(id, item, *finding).as_str());
        Finding::ALL.into_iter().filter(is_aside).collect()
    }
}

/// The text after a finding was put aside. What is said of items that `is_here`
/// denies goes.
#[must_use]
pub fn put(
    before: &str,
    (id, item): (ItemId, &Item),
    finding: Finding,
    is_here: impl Fn(ItemId) -> bool,
) -> String {
    let mut text = line(id, item, finding);
    text.push('\n');
    let is_kept = |line: &&str| {
        let whose: Option<ItemId> = line.split(' ').next().and_then(|id| id.parse().ok());
        whose.is_some_and(&is_here)
    };
    for other in others(before, id, finding).filter(is_kept) {
        text.push_str(other);
        text.push('\n');
    }
    text
}

/// The text after a finding was taken back.
#[must_use]
pub fn taken_back(before: &str, id: ItemId, finding: Finding) -> String {
    let mut text = String::new();
    for other in others(before, id, finding) {
        text.push_str(other);
        text.push('\n');
    }
    text
}

fn others(text: &str, id: ItemId, finding: Finding) -> impl Iterator<Item = &str> {
    let which = format!("{id} {} ", finding.name());
    text.lines().filter(move |line| !line.starts_with(&which))
}

fn line(id: ItemId, item: &Item, finding: Finding) -> String {
    let password = Fingerprint::of(item.value(Field::Password)).prefix();
    let places: Vec<&str> = match finding {
        Finding::InClear | Finding::TwoFactor => item.places().collect(),
        Finding::Leaked | Finding::Reused | Finding::Weak | Finding::Old => Vec::new(),
    };
    let places = Hash::of(places.join("\n").as_bytes());
    let (name, since) = (finding.name(), age::since(item));
    format!("{id} {name} {since} {password} {places}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::item::Kind;

    const ID: ItemId = ItemId([7; 16]);
    const OTHER: ItemId = ItemId([8; 16]);

    fn login(password: &str) -> Item {
        let mut item = Item::new(Kind::Login).with_url("http://a.example");
        item.created_at = 100;
        item.with(Field::Password, password)
    }

    fn of(text: &str, item: &Item) -> Vec<Finding> {
        Asides::parse(text).of(ID, item)
    }

    fn after(before: &str, item: &Item, finding: Finding) -> String {
        put(before, (ID, item), finding, |_| true)
    }

    #[test]
    fn a_finding_is_aside_for_its_item_until_it_is_taken_back() {
        let item = login("one");
        let text = after("", &item, Finding::Weak);
        let text = after(&text, &item, Finding::Reused);
        assert_eq!(of(&text, &item), [Finding::Reused, Finding::Weak]);
        assert_eq!(Asides::parse(&text).of(OTHER, &item), []);
        let text = taken_back(&text, ID, Finding::Weak);
        assert_eq!(of(&text, &item), [Finding::Reused]);
        assert_eq!(taken_back(&text, ID, Finding::Reused), "");
    }

    #[test]
    fn it_is_there_again_once_the_password_is_another_also_within_the_same_second() {
        let item = login("one");
        let text = after("", &item, Finding::Weak);
        let again = login("one").changed(200, |item| item.set(Field::Password, "two"));
        assert_eq!(of(&text, &again), []);
        let back = again.changed(300, |item| item.set(Field::Password, "one"));
        assert_eq!(of(&text, &back), []);
        let at_once = login("one").changed(100, |item| item.set(Field::Password, "two"));
        assert_eq!(of(&text, &at_once), []);
        let renamed = login("one").changed(200, |item| item.name = "Other".into());
        assert_eq!(of(&text, &renamed), [Finding::Weak]);
    }

    #[test]
    fn what_is_about_addresses_is_there_again_once_they_are_others() {
        let item = login("one");
        let text = after("", &item, Finding::InClear);
        let text = after(&text, &item, Finding::Weak);
        let more = login("one").with_url("http://b.example");
        assert_eq!(of(&text, &more), [Finding::Weak]);
    }

    #[test]
    fn a_finding_has_one_line_and_those_of_items_that_are_gone_go() {
        let item = login("one");
        let text = after("", &item, Finding::Weak);
        let changed = login("one").changed(200, |item| item.set(Field::Password, "two"));
        let text = after(&text, &changed, Finding::Weak);
        assert_eq!(text.lines().count(), 1);
        let text = put(&text, (OTHER, &item), Finding::Old, |id| id == OTHER);
        assert_eq!(text.lines().count(), 1);
        assert_eq!(Asides::parse(&text).of(OTHER, &item), [Finding::Old]);
    }

    #[test]
    fn what_is_no_line_of_ours_puts_nothing_aside() {
        let item = login("one");
        let id = ID.to_string();
        for odd in ["", "\n", "x", &id, &[id.as_str(), " weak"].concat()] {
            assert_eq!(of(odd, &item), [], "{odd}");
        }
        let among = ["no line\n", &after("", &item, Finding::Old)].concat();
        assert_eq!(of(&among, &item), [Finding::Old]);
    }

    #[test]
    fn no_line_says_a_password_or_its_whole_fingerprint() {
        let text = after("", &login("correct horse"), Finding::Weak);
        assert!(!text.contains("correct horse"));
        assert!(text.contains(" 2F9E5 "), "{text}");
        assert!(!text.contains("2F9E5352"), "{text}");
    }
}
