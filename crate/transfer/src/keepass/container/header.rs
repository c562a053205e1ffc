//! The header, in clear: which ciphers, which derivation, which seeds.
//!
//! ```text
//! header = 9AA2D903 ‖ B54BFB67 ‖ minor (16) ‖ major (16) ‖ field … ‖ field of id 0
//! field  = id (8) ‖ length (16 in version 3, 32 in version 4) ‖ value      all little-endian
//! ```

use super::cipher::Outer;
use super::cursor::{Cursor, array};
use super::kdf::Kdf;
use super::stream::Stream;
use crate::keepass::KeePassError;

pub(super) const SIGNATURE: [u8; 8] = [0x03, 0xd9, 0xa2, 0x9a, 0x67, 0xfb, 0x4b, 0xb5];
/// KeePass 1 and the pre-release of KeePass 2 share the first half.
const FAMILY: usize = 4;

/// Ids of fields.
pub(super) mod id {
    pub(in super::super) const END: u8 = 0;
    pub(in super::super) const CIPHER: u8 = 2;
    pub(in super::super) const COMPRESSION: u8 = 3;
    pub(in super::super) const MASTER_SEED: u8 = 4;
    pub(in super::super) const TRANSFORM_SEED: u8 = 5;
    pub(in super::super) const TRANSFORM_ROUNDS: u8 = 6;
    pub(in super::super) const IV: u8 = 7;
    pub(in super::super) const STREAM_KEY: u8 = 8;
    pub(in super::super) const START_BYTES: u8 = 9;
    pub(in super::super) const STREAM: u8 = 10;
    pub(in super::super) const KDF: u8 = 11;
}

/// What differs between the versions.
pub(super) enum Version {
    /// 3.0 and 3.1: the inner stream is named here; the payload begins with known bytes.
    Three {
        /// How protected values are hidden.
        stream: Stream,
        /// What the decrypted payload begins with.
        start: [u8; 32],
    },
    /// 4.0 and 4.1.
    Four,
}

/// Whether the payload is packed.
#[derive(Clone, Copy)]
pub(super) enum Packing {
    Plain,
    Gzip,
}

/// A header that was read.
pub(super) struct Header<'a> {
    pub(super) version: Version,
    pub(super) outer: Outer,
    pub(super) packing: Packing,
    pub(super) master_seed: [u8; 32],
    pub(super) iv: &'a [u8],
    pub(super) kdf: Kdf<'a>,
    /// All of it, as it is authenticated.
    pub(super) bytes: &'a [u8],
    /// What follows it.
    pub(super) rest: &'a [u8],
}

/// Whether the bytes call themselves a file of the KeePass family.
pub(crate) fn is_kdbx(file: &[u8]) -> bool {
    file.get(..FAMILY) == SIGNATURE.get(..FAMILY)
}

impl<'a> Header<'a> {
    pub(super) fn read(file: &'a [u8]) -> Result<Self, KeePassError> {
        let mut cursor = Cursor(file);
        if cursor.array()? != SIGNATURE {
            return Err(KeePassError::Unsupported);
        }
        let (_minor, major) = (cursor.u16()?, cursor.u16()?);
        let fields = match major {
            3 => Fields::read(&mut cursor, |cursor| {
                let length = cursor.u16()?;
                cursor.take(length.into())
            })?,
            4 => Fields::read(&mut cursor, Cursor::sized)?,
            _ => return Err(KeePassError::Unsupported),
        };
        let rest = cursor.0;
        let (version, kdf) = if major == 3 {
            (fields.version_three()?, fields.aes_kdf()?)
        } else {
            (Version::Four, Kdf::read(fields.value(id::KDF)?)?)
        };
        Ok(Self {
            version,
            kdf,
            outer: Outer::of_id(&fields.array(id::CIPHER)?)?,
            packing: fields.packing()?,
            master_seed: fields.array(id::MASTER_SEED)?,
            iv: fields.value(id::IV)?,
            bytes: file.get(..file.len() - rest.len()).unwrap_or_default(),
            rest,
        })
    }
}

/// The fields by id; of one that stands twice, the last.
struct Fields<'a>([Option<&'a [u8]>; 16]);

impl<'a> Fields<'a> {
    fn read(
        cursor: &mut Cursor<'a>,
        value: impl Fn(&mut Cursor<'a>) -> Result<&'a [u8], KeePassError>,
    ) -> Result<Self, KeePassError> {
        let mut fields = Self([None; 16]);
        loop {
            let id = cursor.byte()?;
            let value = value(cursor)?;
            if id == id::END {
                return Ok(fields);
            }
            if let Some(field) = fields.0.get_mut(usize::from(id)) {
                *field = Some(value);
            }
        }
    }

    fn value(&self, id: u8) -> Result<&'a [u8], KeePassError> {
        let field = self.0.get(usize::from(id)).copied().flatten();
        field.ok_or(KeePassError::Damaged)
    }

    fn array<const N: usize>(&self, id: u8) -> Result<[u8; N], KeePassError> {
        array(self.value(id)?)
    }

    fn packing(&self) -> Result<Packing, KeePassError> {
        match u32::from_le_bytes(self.array(id::COMPRESSION)?) {
            0 => Ok(Packing::Plain),
            1 => Ok(Packing::Gzip),
            2.. => Err(KeePassError::Unsupported),
        }
    }

    fn version_three(&self) -> Result<Version, KeePassError> {
        let number = u32::from_le_bytes(self.array(id::STREAM)?);
        Ok(Version::Three {
            stream: Stream::new(number, self.value(id::STREAM_KEY)?)?,
            start: self.array(id::START_BYTES)?,
        })
    }

    fn aes_kdf(&self) -> Result<Kdf<'a>, KeePassError> {
        let rounds = u64::from_le_bytes(self.array(id::TRANSFORM_ROUNDS)?);
        Kdf::aes(self.value(id::TRANSFORM_SEED)?, rounds)
    }
}
