//! The words of mails and pages, from the one catalogue that the extension
//! has too.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use sigill_core::wire::Seconds;
use sigill_core::wire::account::Language;

#[derive(Deserialize)]
struct Entry {
    message: String,
}

type Catalogue = HashMap<String, Entry>;

static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../_locales/en/messages.json")).unwrap_or_default()
});
static SWEDISH: LazyLock<Catalogue> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../_locales/sv/messages.json")).unwrap_or_default()
});

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Texts(pub(crate) Language);

impl Texts {
    /// `en` or `sv`.
    pub(crate) const fn tag(self) -> &'static str {
        match self.0 {
            Language::English => "en",
            Language::Swedish => "sv",
        }
    }

    /// The text of `key`, its `{name}`s filled in.
    pub(crate) fn text(self, key: &str, fill: &[(&str, &str)]) -> String {
        let catalogue = match self.0 {
            Language::English => &*ENGLISH,
            Language::Swedish => &*SWEDISH,
        };
        let message = catalogue
            .get(key)
            .map_or(key, |entry| entry.message.as_str());
        filled(message, fill)
    }

    /// The text of `key_one` or `key_other`, by `count`; `{n}` is the count.
    pub(crate) fn counted(self, key: &str, count: u64) -> String {
        let form = if count == 1 { "one" } else { "other" };
        self.text(&format!("{key}_{form}"), &[("n", &count.to_string())])
    }

    /// `2026-11-23 14:05 UTC`: the same in both languages, and of one reading.
    pub(crate) fn time(self, at: Seconds) -> String {
        let at = i64::try_from(at).ok();
        let at = at.and_then(|at| time::OffsetDateTime::from_unix_timestamp(at).ok());
        at.map_or_else(String::new, |at| {
            let (date, hour, minute) = (at.date(), at.hour(), at.minute());
            format!("{date} {hour:02}:{minute:02} UTC")
        })
    }
}

/// What is filled in is not looked at again: a device named `{code}` is just that.
fn filled(message: &str, fill: &[(&str, &str)]) -> String {
    let mut text = String::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        let value = fill.iter().find(|(known, _)| *known == name);
        text.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_catalogues_have_the_same_mail_and_page_texts_with_the_same_places() {
        let places = |message: &str| {
            let mut names: Vec<String> = message
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.into()))
                .collect();
            names.sort();
            names
        };
        let ours = |key: &&String| {
            ["mail_", "notme_", "portal_", "keep_"]
                .iter()
                .any(|one| key.starts_with(one))
        };
        for (one, other) in [(&*ENGLISH, &*SWEDISH), (&*SWEDISH, &*ENGLISH)] {
            assert!(one.keys().filter(ours).count() > 20);
            for key in one.keys().filter(ours) {
                let found = other.get(key).map(|entry| places(&entry.message));
                assert_eq!(found, Some(places(&one[key].message)), "{key}");
                assert!(!one[key].message.contains('!'), "{key} shouts");
            }
        }
    }

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        let fill = [("device", "{code}"), ("code", "1234 5678")];
        assert_eq!(filled("{device}: {code}.", &fill), "{code}: 1234 5678.");
        assert_eq!(filled("{unknown}, {", &fill), ", {");
    }

    #[test]
    fn a_time_reads_the_same_in_both_languages() {
        for language in [Language::English, Language::Swedish] {
            assert_eq!(Texts(language).time(1_795_442_700), "2026-11-23 14:05 UTC");
        }
    }
}
