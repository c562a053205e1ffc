//! The one canonical encoding.

use sigill_core::encode::{DecodeError, Decoder, Encoder};

const LABEL: &str = "l";

/// One field that was read.
enum Field<'a> {
    Bytes(&'a [u8]),
    Text(&'a str),
    Integer(u64),
    Optional(Option<u64>),
    List(Vec<&'a [u8]>),
}

/// The first byte says how many fields are read, as many bytes after it which
/// ones; from the rest they are. Written again they are the same bytes.
pub fn encoding(bytes: &[u8]) {
    let Some((count, rest)) = bytes.split_first() else {
        return;
    };
    let Some((kinds, fields)) = rest.split_at_checked(usize::from(*count)) else {
        return;
    };
    let mut encoding = Encoder::new(LABEL).finish();
    encoding.extend_from_slice(fields);
    if let Ok(read) = read(kinds, &encoding) {
        assert_eq!(written(&read), encoding);
    }
}

fn read<'a>(kinds: &[u8], encoding: &'a [u8]) -> Result<Vec<Field<'a>>, DecodeError> {
    let mut decoder = Decoder::open(LABEL, encoding)?;
    let d = &mut decoder;
    let mut fields = Vec::new();
    for kind in kinds {
        fields.push(match kind % 5 {
            0 => Field::Bytes(d.bytes()?),
            1 => Field::Text(d.text()?),
            2 => Field::Integer(d.integer()?),
            3 => Field::Optional(d.optional(Decoder::integer)?),
            _ => Field::List(d.list(Decoder::bytes)?),
        });
    }
    decoder.finish()?;
    Ok(fields)
}

fn written(fields: &[Field<'_>]) -> Vec<u8> {
    let write = |encoder: Encoder, field: &Field<'_>| match field {
        Field::Bytes(bytes) => encoder.bytes(bytes),
        Field::Text(text) => encoder.text(text),
        Field::Integer(value) => encoder.integer(*value),
        Field::Optional(value) => encoder.optional(*value, Encoder::integer),
        Field::List(members) => encoder.list(members.iter(), |e, member| e.bytes(member)),
    };
    fields.iter().fold(Encoder::new(LABEL), write).finish()
}
