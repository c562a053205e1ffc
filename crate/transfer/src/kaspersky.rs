//! Kaspersky Password Manager's text: sections `Websites`, `Applications`, `Other
//! Accounts` and `Notes`, each a line of its own; in them records of lines
//! `key: value`, each ended by a line `---`. The last key's value runs over many
//! lines, which may look like keys, sections or ends themselves: a record ends where
//! another record, a section or the file's end follows.

use sigill_core::vault::item::{Field, FieldKind, Kind};

use crate::draft::Draft;
use crate::entry::{Parsed, Reason};
use crate::fault::FileError;
use crate::sheet::plain;

/// A section: its heading, the key that its records begin with, the key whose value
/// runs over many lines.
struct Section {
    heading: &'static str,
    first: &'static str,
    last: &'static str,
}

const SECTIONS: [Section; 4] = [
    Section {
        heading: "Websites",
        first: "Website name",
        last: "Comment",
    },
    Section {
        heading: "Applications",
        first: "Application",
        last: "Comment",
    },
    Section {
        heading: "Other Accounts",
        first: "Account name",
        last: "Comment",
    },
    Section {
        heading: "Notes",
        first: "Name",
        last: "Text",
    },
];

const END: &str = "---";

/// Whether this text is one.
pub(crate) fn is_one(text: &[u8]) -> bool {
    let first = text.trim_ascii_start().split(|byte| *byte == b'\n').next();
    let first = first.unwrap_or_default().trim_ascii();
    let is_section = SECTIONS
        .iter()
        .any(|section| section.heading.as_bytes() == first);
    is_section
        && text
            .split(|byte| *byte == b'\n')
            .any(|line| line.trim_ascii() == END.as_bytes())
}

/// Reads a whole file.
pub(crate) fn read(bytes: &[u8]) -> Result<Parsed, FileError> {
    let text = plain(bytes)?;
    if !is_one(&text) {
        return Err(FileError::Other);
    }
    let text = str::from_utf8(&text).map_err(|_| FileError::Encoding)?;
    let lines: Vec<&str> = text.lines().collect();
    let mut parsed = Parsed::default();
    let mut section = &SECTIONS[0];
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if line.trim().is_empty() || line.trim() == END {
            at += 1;
        } else if let Some(next) = heading(line) {
            section = next;
            at += 1;
        } else {
            let length = length(lines.get(at..).unwrap_or_default());
            let record = lines.get(at..at + length).unwrap_or_default();
            let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            // Written down; the next record is told by its own first line.
            let _ = parsed.take(number, draft(section, record).map(Some));
            at += length.max(1);
        }
    }
    Ok(parsed)
}

fn heading(line: &str) -> Option<&'static Section> {
    SECTIONS
        .iter()
        .find(|section| section.heading == line.trim())
}

/// Lines until the end of a record that these begin with.
fn length(lines: &[&str]) -> usize {
    let mut ends = lines.iter().zip(0..).filter(|(line, _)| line.trim() == END);
    let is_last = |at: usize| {
        let mut rest = lines.get(at + 1..).unwrap_or_default().iter();
        let next = rest.find(|line| !line.trim().is_empty());
        next.is_none_or(|line| heading(line).is_some() || begins(line))
    };
    ends.find(|(_, at)| is_last(*at))
        .map_or(lines.len(), |(_, at)| at)
}

/// Whether a record may begin with this line.
fn begins(line: &str) -> bool {
    let key = line.split_once(':').map_or("", |(key, _)| key);
    SECTIONS.iter().any(|section| section.first == key)
}

fn draft(section: &Section, record: &[&str]) -> Result<Draft, Reason> {
    let is_note = section.last == "Text";
    let mut draft = Draft::new(if is_note { Kind::Note } else { Kind::Login });
    if !record.first().is_some_and(|line| begins(line)) {
        return Err(Reason::Shape);
    }
    for (at, line) in record.iter().enumerate() {
        let Some((key, value)) = line.split_once(':') else {
            return if line.trim().is_empty() {
                continue;
            } else {
                Err(Reason::Shape)
            };
        };
        let value = value.strip_prefix(' ').unwrap_or(value);
        if key == section.last {
            let below = record.get(at + 1..).unwrap_or_default();
            let text = [&[value], below].concat().join("\n");
            draft.notes(text.trim_end());
            break;
        }
        put(&mut draft, key, value);
    }
    Ok(draft)
}

fn put(draft: &mut Draft, key: &str, value: &str) {
    match key {
        "Website name" | "Application" | "Account name" | "Name" => draft.name(value),
        "Website URL" => draft.url(value),
        "Login" => draft.put(Field::Username, key, value),
        "Password" => draft.put(Field::Password, key, value),
        _ => draft.custom(FieldKind::Text, key, value),
    }
}
