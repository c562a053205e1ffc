//! KDBX: the XML of a database, packed, sealed and checked. Our own, over
//! RustCrypto (docs/adr/0039).
//!
//! | module | one idea |
//! |---|---|
//! | [`header`], [`dictionary`], [`cursor`] | what stands in clear, and reading it |
//! | [`key`], [`kdf`] | from password and key file to the keys |
//! | [`cipher`], [`stream`] | over the whole; over protected values |
//! | [`blocks`], [`gzip`] | parts that are checked; packing |
//!
//! Sources: "KDBX File Format Specification" and "KDBX 4" of keepass.info.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

mod blocks;
mod cipher;
mod cursor;
mod dictionary;
mod gzip;
mod header;
mod kdf;
mod key;
mod stream;

pub(super) use gzip::unpack as unpacked;
pub(crate) use header::is_kdbx;
pub use key::Credentials;
pub(super) use stream::Stream;

use blocks::MacKey;
use cipher::Outer;
use cursor::Cursor;
use header::{Header, Packing, SIGNATURE, Version, id};
use kdf::Kdf;

use super::{KeePassError, LARGEST_CONTENT};

/// What a file holds.
pub(super) struct Opened {
    /// The XML, protected values hidden.
    pub(super) xml: Zeroizing<Vec<u8>>,
    /// What hides them.
    pub(super) stream: Stream,
    /// SHA-256 of the header: version 3.1 says it again in the XML.
    pub(super) header_hash: [u8; 32],
    /// Contents of files: version 4 has them beside the XML.
    pub(super) files: Vec<Zeroizing<Vec<u8>>>,
}

/// Opens a file of version 3 or 4.
pub(super) fn open(file: &[u8], credentials: Credentials<'_>) -> Result<Opened, KeePassError> {
    let header = Header::read(file)?;
    let header_hash: [u8; 32] = Sha256::digest(header.bytes).into();
    let is_written = header.rest.get(..32) == Some(header_hash.as_slice());
    if matches!(header.version, Version::Four) && !is_written {
        return Err(KeePassError::Damaged);
    }
    let transformed = header.kdf.derive(&*credentials.composite()?)?;
    let key = outer_key(&header.master_seed, &transformed);
    let decrypt = |sealed: &[u8]| header.outer.decrypt(&key, header.iv, sealed);
    match header.version {
        Version::Three { stream, start } => {
            let clear = decrypt(header.rest)?;
            let (found, blocks) = clear.split_at_checked(32).ok_or(KeePassError::WrongKey)?;
            if !bool::from(found.ct_eq(&start)) {
                return Err(KeePassError::WrongKey);
            }
            let xml = unpack(header.packing, blocks::hashed(blocks)?)?;
            Ok(Opened {
                xml,
                stream,
                header_hash,
                files: Vec::new(),
            })
        }
        Version::Four => {
            let mut cursor = Cursor(header.rest);
            let (_hash, mac) = (cursor.take(32)?, cursor.take(32)?);
            let mac_key = MacKey::new(&header.master_seed, &transformed);
            mac_key.check_header(header.bytes, mac)?;
            let content = unpack(header.packing, decrypt(&mac_key.open(cursor.0)?)?)?;
            let (stream, files, rest) = inner_header(&content)?;
            let xml = Zeroizing::new(rest.to_vec());
            Ok(Opened {
                xml,
                stream,
                header_hash,
                files,
            })
        }
    }
}

/// `SHA-256(master seed ‖ transformed key)`.
fn outer_key(master_seed: &[u8; 32], transformed: &[u8; 32]) -> Zeroizing<[u8; 32]> {
    let hash = Sha256::new().chain_update(master_seed);
    Zeroizing::new(hash.chain_update(transformed).finalize().into())
}

fn unpack(
    packing: Packing,
    content: Zeroizing<Vec<u8>>,
) -> Result<Zeroizing<Vec<u8>>, KeePassError> {
    match packing {
        Packing::Gzip => gzip::unpack(&content),
        Packing::Plain if content.len() > LARGEST_CONTENT => Err(KeePassError::TooLarge),
        Packing::Plain => Ok(content),
    }
}

/// Ids of the inner header of version 4; what else stands there is passed over.
const INNER_END: u8 = 0;
const INNER_STREAM: u8 = 1;
const INNER_KEY: u8 = 2;
/// A byte of flags, and the content of a file.
const INNER_FILE: u8 = 3;

type Inner<'a> = (Stream, Vec<Zeroizing<Vec<u8>>>, &'a [u8]);

fn inner_header(content: &[u8]) -> Result<Inner<'_>, KeePassError> {
    let mut cursor = Cursor(content);
    let (mut number, mut key, mut files) = (None, None, Vec::new());
    loop {
        match (cursor.byte()?, cursor.sized()?) {
            (INNER_END, _) => break,
            (INNER_STREAM, value) => number = Some(u32::from_le_bytes(cursor::array(value)?)),
            (INNER_KEY, value) => key = Some(value),
            (INNER_FILE, value) => {
                let (_, file) = value.split_first().ok_or(KeePassError::Damaged)?;
                files.push(Zeroizing::new(file.to_vec()));
            }
            _ => {}
        }
    }
    let number = number.ok_or(KeePassError::Damaged)?;
    let stream = Stream::new(number, key.ok_or(KeePassError::Damaged)?)?;
    Ok((stream, files, cursor.0))
}

/// Random bytes for one file, never for a second.
pub struct Randomness {
    master_seed: [u8; 32],
    iv: [u8; 16],
    salt: [u8; 32],
    stream_key: Zeroizing<[u8; 64]>,
    /// What names of entries and groups are made from.
    pub(super) names: [u8; 32],
}

impl Randomness {
    /// How many bytes it takes.
    pub const LENGTH: usize = 32 + 16 + 32 + 64 + 32;

    /// Cuts them up.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; Self::LENGTH]) -> Option<Self> {
        let mut cursor = Cursor(bytes);
        Some(Self {
            master_seed: cursor.array().ok()?,
            iv: cursor.array().ok()?,
            salt: cursor.array().ok()?,
            stream_key: Zeroizing::new(cursor.array().ok()?),
            names: cursor.array().ok()?,
        })
    }

    /// What hides the protected values of the file.
    pub(super) fn stream(&self) -> Result<Stream, KeePassError> {
        Stream::new(Stream::CHACHA20, self.stream_key.as_slice())
    }
}

/// Argon2id with 64 MiB, t = 3, p = 4 (RFC 9106, second recommendation), as for vaults.
const COST: (u64, u64, u32) = (64 << 10, 3, 4);

/// Writes a file of version 4.0: AES-256, gzip.
pub(super) fn seal(
    (xml, files): (&[u8], &[&[u8]]),
    credentials: Credentials<'_>,
    random: &Randomness,
) -> Result<Vec<u8>, KeePassError> {
    let kdf = Kdf::argon2id(&random.salt, COST)?;
    let transformed = kdf.derive(&*credentials.composite()?)?;
    let mut file = outer_header(&kdf, random);
    let mac_key = MacKey::new(&random.master_seed, &transformed);
    let (hash, mac) = (Sha256::digest(&file), mac_key.header(&file)?);
    let all: usize = files.iter().map(|file| file.len() + 8).sum();
    // As large as it gets: nothing moves, and leaves itself behind.
    let mut content = Zeroizing::new(Vec::with_capacity(xml.len() + all + 128));
    let number = Stream::CHACHA20.to_le_bytes();
    field(&mut content, INNER_STREAM, &[&number]);
    field(&mut content, INNER_KEY, &[random.stream_key.as_slice()]);
    for file in files {
        // The flag asks KeePass to protect it in its memory.
        field(&mut content, INNER_FILE, &[&[1], file]);
    }
    field(&mut content, INNER_END, &[]);
    content.extend_from_slice(xml);
    let key = outer_key(&random.master_seed, &transformed);
    let sealed = Outer::seal(&key, &random.iv, &gzip::pack(&content)?)?;
    file.extend(hash);
    file.extend(mac);
    file.extend(mac_key.seal(&sealed)?);
    Ok(file)
}

fn outer_header(kdf: &Kdf<'_>, random: &Randomness) -> Vec<u8> {
    let mut header = SIGNATURE.to_vec();
    header.extend([0, 0, 4, 0]);
    field(&mut header, id::CIPHER, &[Outer::Aes.id()]);
    field(&mut header, id::COMPRESSION, &[&1_u32.to_le_bytes()]);
    field(&mut header, id::MASTER_SEED, &[&random.master_seed]);
    field(&mut header, id::IV, &[&random.iv]);
    field(&mut header, id::KDF, &[&kdf.write()]);
    field(&mut header, id::END, &[b"\r\n\r\n"]);
    header
}

/// A field, whose value is all of `parts`.
fn field(header: &mut Vec<u8>, id: u8, parts: &[&[u8]]) {
    header.push(id);
    let length: u32 = parts.iter().map(|part| length(part)).sum();
    header.extend(length.to_le_bytes());
    parts.iter().for_each(|part| header.extend_from_slice(part));
}

/// A length as it is written; nothing that we write comes near 4 GiB.
fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}
