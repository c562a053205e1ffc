//! The password CSV of Chrome and its kin: a header of `name,url,username,password`
//! and, since 2023, `note`; RFC 4180 with either line ending. Columns are found
//! by name, in any order; others are ignored. A spreadsheet in a country of decimal
//! commas saves it with semicolons or tabs, which is read too.

use csv::{ByteRecord, ReaderBuilder};
use sigill_core::vault::item::{Field, Item, Kind};
use sigill_core::vault::site::host;
use zeroize::Zeroizing;

use crate::entry::{FileError, Parsed, Reason, RowError};
use crate::text;

/// Bytes: some hundred thousand logins; beyond it is not a password export.
pub const LARGEST_FILE: usize = 32 << 20;

/// Bytes of one field: far beyond any password or note, far below what a vault refuses.
pub const LONGEST_FIELD: usize = 64 << 10;

/// Reading starts again inside a row that makes no sense, because an unclosed
/// quotation mark swallows the rows after it. A hostile file may make us read at
/// most this many times its length.
const PATIENCE: usize = 16;

/// Reads a whole file. A row that can't be read costs no other row.
///
/// # Errors
/// When there is nothing to read rows from: see [`FileError`].
pub fn read(bytes: &[u8]) -> Result<Parsed, FileError> {
    if bytes.len() > LARGEST_FILE {
        return Err(FileError::TooLarge);
    }
    let text = Zeroizing::new(text::decode(bytes)?.into_owned());
    if text.trim_ascii().is_empty() {
        return Err(FileError::Empty);
    }
    let columns = Columns::find(&text)?;
    let mut rows = Rows::new(&text, columns);
    while let Ended::InsideRow = rows.read_run() {}
    Ok(rows.parsed)
}

/// Where each column stands.
#[derive(Clone, Copy)]
struct Columns {
    delimiter: u8,
    count: usize,
    name: Option<usize>,
    url: usize,
    username: usize,
    password: usize,
    note: Option<usize>,
    /// Bytes of the header.
    end: usize,
}

impl Columns {
    fn find(text: &[u8]) -> Result<Self, FileError> {
        [b',', b';', b'\t']
            .into_iter()
            .find_map(|delimiter| Self::named(text, delimiter))
            .ok_or(FileError::Columns)
    }

    fn named(text: &[u8], delimiter: u8) -> Option<Self> {
        let mut reader = reader(text, delimiter);
        let mut header = ByteRecord::new();
        if !reader.read_byte_record(&mut header).ok()? {
            return None;
        }
        let columns = Self {
            delimiter,
            count: header.len(),
            name: column(&header, &["name", "title"])?,
            url: column(&header, &["url"])??,
            username: column(&header, &["username"])??,
            password: column(&header, &["password"])??,
            note: column(&header, &["note", "notes"])?,
            end: usize::try_from(reader.position().byte()).ok()?,
        };
        Some(columns)
    }
}

/// The column of one of these names: none if two claim it, `Some(None)` if no one does.
fn column(header: &ByteRecord, names: &[&str]) -> Option<Option<usize>> {
    let named = |field: &[u8]| {
        let field = field.trim_ascii();
        names
            .iter()
            .any(|name| field.eq_ignore_ascii_case(name.as_bytes()))
    };
    let mut found = (0..header.len()).filter(|at| header.get(*at).is_some_and(named));
    let first = found.next();
    match found.next() {
        Some(_) => None,
        None => Some(first),
    }
}

fn reader(text: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text)
}

/// How a run of rows ended.
enum Ended {
    /// Nothing is left.
    AtTheEnd,
    /// At a row that makes no sense; the next run begins at its second line.
    InsideRow,
}

struct Rows<'a> {
    columns: Columns,
    rest: &'a [u8],
    /// The line that `rest` begins in.
    line: u32,
    /// Bytes that may still be read again.
    patience: usize,
    parsed: Parsed,
}

impl<'a> Rows<'a> {
    fn new(text: &'a [u8], columns: Columns) -> Self {
        let (header, rest) = text.split_at_checked(columns.end).unwrap_or((text, &[]));
        Self {
            columns,
            rest,
            line: 1 + line_ends(header),
            patience: text.len().saturating_mul(PATIENCE),
            parsed: Parsed {
                items: Vec::new(),
                errors: Vec::new(),
            },
        }
    }

    fn read_run(&mut self) -> Ended {
        let mut reader = reader(self.rest, self.columns.delimiter);
        let mut record = ByteRecord::new();
        let mut from = 0;
        // Reading from memory does not fail, and rows of any length are let through.
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let to = usize::try_from(reader.position().byte()).unwrap_or(self.rest.len());
            let raw = self.rest.get(from..to).unwrap_or_default();
            let row = without_leading_lines(raw);
            self.line += line_ends(raw) - line_ends(row);
            let item = if quotes_match(row, self.columns.delimiter) {
                self.item(&record)
            } else {
                Err(Reason::Quote)
            };
            match item {
                Ok(item) => self.parsed.items.push(item),
                Err(reason) => {
                    let line = self.line;
                    self.parsed.errors.push(RowError { line, reason });
                    if self.restarts_inside(from + raw.len() - row.len(), row, reason) {
                        return Ended::InsideRow;
                    }
                }
            }
            self.line += line_ends(row);
            from = to;
        }
        Ended::AtTheEnd
    }

    /// Sets `rest` to the second line of a row whose shape is wrong, if it has one.
    fn restarts_inside(&mut self, start: usize, row: &[u8], reason: Reason) -> bool {
        if !matches!(reason, Reason::Quote | Reason::Fields) {
            return false;
        }
        let Some(end) = without_line_end(row).iter().position(|byte| *byte == b'\n') else {
            return false;
        };
        let Some(patience) = self.patience.checked_sub(row.len()) else {
            return false;
        };
        self.patience = patience;
        self.rest = self.rest.get(start + end + 1..).unwrap_or_default();
        self.line += 1;
        true
    }

    fn item(&self, record: &ByteRecord) -> Result<Item, Reason> {
        if record.len() != self.columns.count {
            return Err(Reason::Fields);
        }
        let columns = &self.columns;
        let password = field(record, Some(columns.password))?;
        if password.is_empty() {
            return Err(Reason::NoPassword);
        }
        let username = field(record, Some(columns.username))?;
        let url = field(record, Some(columns.url))?.trim();
        let named = field(record, columns.name)?.trim();
        let place = if url.contains("://") { host(url) } else { "" };
        let name = [named, place, url, username.trim()]
            .into_iter()
            .find(|name| !name.is_empty())
            .ok_or(Reason::NoName)?;
        Ok(Item::new(Kind::Login)
            .named(name)
            .with(Field::Username, username)
            .with(Field::Password, password)
            .with(Field::Notes, field(record, columns.note)?)
            .with_url(url))
    }
}

fn field(record: &ByteRecord, column: Option<usize>) -> Result<&str, Reason> {
    let bytes = column.and_then(|at| record.get(at)).unwrap_or_default();
    if bytes.len() > LONGEST_FIELD {
        return Err(Reason::TooLong);
    }
    str::from_utf8(bytes).map_err(|_| Reason::Encoding)
}

/// Whether each quotation mark that opens a field closes it too, right before a
/// delimiter or the row's end (RFC 4180 §2.5 to 2.7). The reader is laxer, and
/// would take rows for a part of a password.
fn quotes_match(row: &[u8], delimiter: u8) -> bool {
    let mut at = At::Start;
    for byte in row.iter().copied() {
        at = match (at, byte) {
            (At::Start, b'"') | (At::Closed, b'"') => At::Quoted,
            (At::Quoted, b'"') => At::Closed,
            (At::Quoted, _) => At::Quoted,
            (At::Start | At::Plain | At::Closed, byte) if byte == delimiter => At::Start,
            (At::Closed, b'\r' | b'\n') => At::Closed,
            (At::Closed, _) => return false,
            (At::Start | At::Plain, _) => At::Plain,
        };
    }
    !matches!(at, At::Quoted)
}

/// Where in a row a byte stands.
enum At {
    Start,
    Plain,
    Quoted,
    Closed,
}

fn line_ends(text: &[u8]) -> u32 {
    let count = text.iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn without_leading_lines(text: &[u8]) -> &[u8] {
    let start = text.iter().position(|byte| !matches!(byte, b'\r' | b'\n'));
    text.get(start.unwrap_or(text.len())..).unwrap_or_default()
}

fn without_line_end(text: &[u8]) -> &[u8] {
    let end = text.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n'));
    text.get(..end.map_or(0, |at| at + 1)).unwrap_or_default()
}
