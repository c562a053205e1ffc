//! Whose a secret is said to be: of the site that asks for it, or of another.

use alloc::string::String;
use alloc::vec::Vec;

use super::goal::Goal;
use super::page::{Control, Page};
use super::reading::Reading;
use super::text::plain;
use super::words::List;

/// Of a label, so many words are looked at.
const MOST_WORDS: usize = 16;
/// So many words name a site at most.
const LONGEST_NAME: usize = 3;

/// Whether a secret is said to be known at another site: "password at …", and then a name that the page speaks of
/// elsewhere too, and that isn't its own.
pub(super) fn is_another(reading: &Reading<'_>, control: &Control) -> bool {
    let labels = [&control.label, &control.aria, &control.placeholder];
    let mut names = labels.iter().filter_map(|label| name(reading, label));
    names.any(|name| !is_own(reading, &name) && is_said_again(reading, control, &name))
}

/// The name after a word for "at": it begins with a capital letter, ends the label, and says nothing else.
fn name(reading: &Reading<'_>, label: &str) -> Option<String> {
    let is_word = |word: &&str| word.contains(char::is_alphanumeric);
    let words = label.split_whitespace().filter(is_word).take(MOST_WORDS);
    let words: Vec<_> = words.collect();
    let is_at = |word: &str| {
        let is_small = word.chars().all(|c| !c.is_uppercase());
        is_small && reading.lexicon.read(word).says(List::At)
    };
    let at = words.iter().rposition(|word| is_at(word))?;
    let name = words.get(at + 1..)?;
    let is_name = name.first()?.starts_with(char::is_uppercase) && name.len() <= LONGEST_NAME;
    let said = reading.lexicon.read(&name.join(" "));
    let is_silent = said.goal().is_none() && said.sense().is_none();
    let is_name = is_name && is_silent && !said.plain.contains(|c: char| c.is_ascii_digit());
    (at > 0 && is_name).then_some(said.plain)
}

/// Whether a name is the page's own: its address has it, or its title begins with it or says that one signs in there.
fn is_own(reading: &Reading<'_>, name: &str) -> bool {
    let Page { title, url, .. } = reading.page;
    let host = url.split('/').nth(2).unwrap_or_default();
    let together: String = name.split_whitespace().collect();
    let is_in = |part: &str| {
        let part = reading.lexicon.read(part);
        let is_about = part.plain.starts_with(name) || part.goal() == Some(Goal::SignIn);
        part.plain.contains(name) && is_about
    };
    let host: String = plain(host).split_whitespace().collect();
    host.contains(&together) || title.split(SEPARATORS).any(is_in)
}

/// Between the parts of a title.
const SEPARATORS: [char; 6] = ['|', '-', '–', '—', '·', ':'];

/// Whether another control, or a text beside those of the controls, says the name too.
fn is_said_again(reading: &Reading<'_>, control: &Control, name: &str) -> bool {
    let mut others = reading
        .controls()
        .filter(|other| other.place != control.place);
    let mut headings = reading.texts().filter(|(_, text)| text.heading);
    headings.any(|(index, _)| reading.text(index).plain.contains(name))
        || others.any(|other| plain(&other.label).contains(name))
}
