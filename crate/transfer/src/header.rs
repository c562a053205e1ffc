//! The first line of a table: which column stands where.

use csv::ByteRecord;
use zeroize::Zeroize;

use crate::table::reader;

/// Columns of the widest table; a text that is no table may seem to have more.
const MOST_COLUMNS: usize = 256;

/// The first line of a table.
pub(crate) struct Header {
    delimiter: u8,
    /// The columns' names, without blanks around them.
    names: Vec<String>,
    /// The same in lower case: columns are found by these.
    folded: Vec<String>,
    /// Bytes of the line, its end included.
    end: usize,
}

impl Header {
    /// The first line, cut as most columns come of it; none where it is no text.
    pub(crate) fn of(text: &[u8]) -> Option<Self> {
        let cut = |delimiter| Self::cut(text, delimiter);
        let all = [b',', b';', b'\t'].into_iter().filter_map(cut);
        // Of two as wide the comma's, which comes first.
        all.reduce(|best, next| if next.len() > best.len() { next } else { best })
    }

    fn cut(text: &[u8], delimiter: u8) -> Option<Self> {
        let mut reader = reader(text, delimiter);
        let mut first = ByteRecord::new();
        if !reader.read_byte_record(&mut first).ok()? || first.len() > MOST_COLUMNS {
            return None;
        }
        let name = |field: &[u8]| Some(String::from(str::from_utf8(field).ok()?.trim()));
        let names: Vec<String> = first.iter().map(name).collect::<Option<_>>()?;
        Some(Self {
            delimiter,
            folded: names.iter().map(|name| name.to_lowercase()).collect(),
            names,
            end: usize::try_from(reader.position().byte()).ok()?,
        })
    }

    /// Whether each of these columns is there, and there once.
    pub(crate) fn has(&self, names: &[&str]) -> bool {
        let once = |name: &&str| self.folded.iter().filter(|known| known == name).count() == 1;
        names.iter().all(once)
    }

    /// Where the first column of that name stands.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.folded.iter().position(|known| known == name)
    }

    /// The columns' names, as the line has them.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// The columns' names in lower case.
    pub(crate) fn folded(&self) -> &[String] {
        &self.folded
    }

    /// How many columns there are.
    pub(crate) const fn len(&self) -> usize {
        self.names.len()
    }

    /// What stands between cells.
    pub(crate) const fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Bytes of the line.
    pub(crate) const fn end(&self) -> usize {
        self.end
    }
}

/// A file without a header has secrets in its first line.
impl Drop for Header {
    fn drop(&mut self) {
        self.names.zeroize();
        self.folded.zeroize();
    }
}
