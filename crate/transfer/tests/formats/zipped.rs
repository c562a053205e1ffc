//! Archives, made in tests as other programs make them.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A ZIP of these members, deflated.
pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    with(
        members,
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated),
    )
}

/// A ZIP of these members, in the clear.
pub(crate) fn stored(members: &[(&str, &[u8])]) -> Vec<u8> {
    with(
        members,
        SimpleFileOptions::default().compression_method(CompressionMethod::Stored),
    )
}

fn with(members: &[(&str, &[u8])], options: SimpleFileOptions) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, options).expect("a member begins");
        zip.write_all(content).expect("writing to memory");
    }
    zip.finish().expect("an archive").into_inner()
}
