//! Tables as text: CSV (RFC 4180) with either line ending. A spreadsheet in a country
//! of decimal commas saves it with semicolons or tabs, which is read too. A row that
//! can't be read costs no other row.

use csv::{ByteRecord, ReaderBuilder};

use crate::draft::Draft;
use crate::entry::{Parsed, Reason};
use crate::header::Header;
use crate::limit::LONGEST_FIELD;

/// Reading starts again inside a row that makes no sense, because an unclosed
/// quotation mark swallows the rows after it. A hostile file may make us read at
/// most this many times its length.
const PATIENCE: usize = 16;

/// How many cells a row has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    /// As many as the header.
    AsHeader,
    /// As many as the header, which names these columns and no other.
    Only,
    /// As many as the header, or more: what is over belongs to the last column.
    OrMore,
}

/// What a row becomes: a draft; nothing where it holds no entry.
pub(crate) type MakeRow<'a> = &'a dyn Fn(&Row<'_>) -> Result<Option<Draft>, Reason>;

/// Reads the rows below the header.
pub(crate) fn read(text: &[u8], header: &Header, width: Width, make: MakeRow<'_>) -> Parsed {
    let mut rows = Rows::new(text, header, width, make);
    while let Ended::InsideRow = rows.read_run() {}
    rows.parsed
}

/// A row of a table.
pub(crate) struct Row<'a> {
    header: &'a Header,
    record: &'a ByteRecord,
}

impl<'a> Row<'a> {
    /// What stands in the column of that name; empty where there is none.
    pub(crate) fn text(&self, name: &str) -> Result<&'a str, Reason> {
        self.header.place(name).map_or(Ok(""), |at| self.cell(at))
    }

    /// What stands in the column at that place; empty where there is none.
    pub(crate) fn cell(&self, at: usize) -> Result<&'a str, Reason> {
        let bytes = self.record.get(at).unwrap_or_default();
        if bytes.len() > LONGEST_FIELD {
            return Err(Reason::TooLong);
        }
        str::from_utf8(bytes).map_err(|_| Reason::Encoding)
    }

    /// The columns that none of these, in lower case, names, with what stands there.
    pub(crate) fn others(
        &self,
        known: &[&str],
    ) -> impl Iterator<Item = (&'a str, Result<&'a str, Reason>)> {
        let names = self.header.names().iter().map(String::as_str);
        let all = names.zip(self.header.folded()).enumerate();
        let others = all.filter(move |(_, (_, folded))| !known.contains(&folded.as_str()));
        others.map(|(at, (name, _))| (name, self.cell(at)))
    }

    /// Places of the cells from the last column on.
    pub(crate) fn rest(&self) -> core::ops::Range<usize> {
        self.header.len().saturating_sub(1)..self.record.len()
    }
}

pub(crate) fn reader(text: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
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
    header: &'a Header,
    width: Width,
    make: MakeRow<'a>,
    rest: &'a [u8],
    /// The line that `rest` begins in.
    line: u32,
    /// Bytes that may still be read again.
    patience: usize,
    parsed: Parsed,
}

impl<'a> Rows<'a> {
    fn new(text: &'a [u8], header: &'a Header, width: Width, make: MakeRow<'a>) -> Self {
        let (first, rest) = text.split_at_checked(header.end()).unwrap_or((text, &[]));
        Self {
            header,
            width,
            make,
            rest,
            line: 1 + line_ends(first),
            patience: text.len().saturating_mul(PATIENCE),
            parsed: Parsed::default(),
        }
    }

    fn read_run(&mut self) -> Ended {
        let mut reader = reader(self.rest, self.header.delimiter());
        let mut record = ByteRecord::new();
        let mut from = 0;
        // Reading from memory does not fail, and rows of any length are let through.
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let to = usize::try_from(reader.position().byte()).unwrap_or(self.rest.len());
            let raw = self.rest.get(from..to).unwrap_or_default();
            let row = without_leading_lines(raw);
            self.line += line_ends(raw) - line_ends(row);
            if let Err(reason) = self.take(row, &record)
                && self.restarts_inside(from + raw.len() - row.len(), row, reason)
            {
                return Ended::InsideRow;
            }
            self.line += line_ends(row);
            from = to;
        }
        Ended::AtTheEnd
    }

    /// Takes a row in; the reason is written down already.
    fn take(&mut self, row: &[u8], record: &ByteRecord) -> Result<(), Reason> {
        let made = if quotes_match(row, self.header.delimiter()) {
            self.draft(record)
        } else {
            Err(Reason::Quote)
        };
        self.parsed.take(self.line, made)
    }

    fn draft(&self, record: &ByteRecord) -> Result<Option<Draft>, Reason> {
        // Spreadsheets leave such rows behind.
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            return Ok(None);
        }
        let fits = match self.width {
            Width::AsHeader | Width::Only => record.len() == self.header.len(),
            Width::OrMore => record.len() >= self.header.len(),
        };
        if !fits {
            return Err(Reason::Fields);
        }
        let header = self.header;
        (self.make)(&Row { header, record })
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
