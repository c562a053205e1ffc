//! The corpus, replayed: what a fuzzer once found worth keeping, or a fault in.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects"
)]

use std::fs;
use std::path::PathBuf;

use base64::prelude::{BASE64_STANDARD_NO_PAD, Engine};
use sigill_fuzz::{STRICT, import_as};
use sigill_transfer::format::Format;

/// `corpus/{name}.txt`: an input a line, in Base64.
fn inputs(name: &str) -> Vec<Vec<u8>> {
    let path = [env!("CARGO_MANIFEST_DIR"), "corpus", &format!("{name}.txt")];
    let path: PathBuf = path.iter().collect();
    let lines = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let decoded = lines
        .lines()
        .map(|line| BASE64_STANDARD_NO_PAD.decode(line));
    decoded.collect::<Result<_, _>>().expect("a line is Base64")
}

#[test]
fn what_is_read_strictly_is_written_again_as_it_was() {
    for (name, target) in STRICT {
        let inputs = inputs(name);
        assert!(!inputs.is_empty(), "{name} has a corpus");
        inputs.iter().for_each(|input| target(input));
    }
}

#[test]
fn every_importer_answers_to_every_input_of_its_corpus() {
    for format in Format::ALL {
        let inputs = inputs(&format!("import-{}", format.id()));
        assert!(!inputs.is_empty(), "{} has a corpus", format.id());
        inputs
            .iter()
            .for_each(|input| import_as(Some(*format), input));
    }
}
