//! What any bytes may not do: a function for each reader of bytes that Sigill did
//! not write itself. `npm run fuzz` runs each under libFuzzer; the inputs that it
//! found worth keeping are the corpus, which every `npm test` replays.
//!
//! Where reading is strict, more is asked than an answer: what is accepted is
//! written again as just the same bytes, or an encoding would have two readings.

mod encoding;
mod import;
mod vault;

pub use encoding::encoding;
pub use import::{import, import_as};
pub use vault::{backup, head, index, item, journal, merge, pin, receipt, record, search, slot};

/// What is called with any bytes.
pub type Target = fn(&[u8]);

/// All but the importers, by the names of their corpora.
pub const STRICT: &[(&str, Target)] = &[
    ("slot", slot),
    ("head", head),
    ("record", record),
    ("item", item),
    ("merge", merge),
    ("index", index),
    ("search", search),
    ("backup", backup),
    ("pin", pin),
    ("journal", journal),
    ("receipt", receipt),
    ("encoding", encoding),
];
