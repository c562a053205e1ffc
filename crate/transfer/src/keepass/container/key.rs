//! What opens a file: a password, a key file, or both.
//!
//! ```text
//! composite = SHA-256(SHA-256(password)? ‖ key of the key file?)
//! key file  = XML 1.0: base64 · XML 2.0: hexadecimal with a hash · 32 bytes · 64 hexadecimal digits
//!           | any other file: its SHA-256
//! ```

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::keepass::KeePassError;
use crate::keepass::xml::{self, Node};

/// What a person opens a file with.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    /// The password; an empty one is another than none.
    pub password: Option<&'a str>,
    /// The content of the key file.
    pub key_file: Option<&'a [u8]>,
}

impl Credentials<'_> {
    pub(super) fn composite(&self) -> Result<Zeroizing<[u8; 32]>, KeePassError> {
        let mut hash = Sha256::new();
        if let Some(password) = self.password {
            hash.update(Zeroizing::new(<[u8; 32]>::from(Sha256::digest(password))).as_slice());
        }
        if let Some(file) = self.key_file {
            hash.update(key_of_file(file)?.as_slice());
        }
        Ok(Zeroizing::new(hash.finalize().into()))
    }
}

fn key_of_file(file: &[u8]) -> Result<Zeroizing<[u8; 32]>, KeePassError> {
    if let Some(key) = xml_key(file) {
        return key;
    }
    if let Ok(key) = file.try_into() {
        return Ok(Zeroizing::new(key));
    }
    let digits = str::from_utf8(file).ok().filter(|text| text.len() == 64);
    if let Some(key) = digits.and_then(from_hex) {
        return Ok(key);
    }
    Ok(Zeroizing::new(Sha256::digest(file).into()))
}

/// Of a file that says that it is a key file; none of any other.
fn xml_key(file: &[u8]) -> Option<Result<Zeroizing<[u8; 32]>, KeePassError>> {
    let text = str::from_utf8(file).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start();
    if !text.starts_with('<') {
        return None;
    }
    let root = xml::parse(text, Ok, |_, node| Ok(Some(node))).ok()?;
    (root.name == "KeyFile").then(|| from_xml(&root).ok_or(KeePassError::KeyFile))
}

fn from_xml(root: &Node) -> Option<Zeroizing<[u8; 32]>> {
    let version = root.child("Meta")?.child("Version")?;
    let data = root.child("Key")?.child("Data")?;
    if version.text.trim().starts_with("1.") {
        let bytes = Zeroizing::new(STANDARD.decode(data.text.trim()).ok()?);
        return bytes.as_slice().try_into().ok().map(Zeroizing::new);
    }
    let digits: String = data.text.split_ascii_whitespace().collect();
    let key = from_hex(&Zeroizing::new(digits))?;
    let hash: [u8; 32] = Sha256::digest(*key).into();
    let start: String = hash
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let is_whole = data
        .attribute("Hash")
        .is_none_or(|found| found.eq_ignore_ascii_case(&start));
    is_whole.then_some(key)
}

fn from_hex(digits: &str) -> Option<Zeroizing<[u8; 32]>> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    if pairs.len() != 32 || !rest.is_empty() {
        return None;
    }
    let mut key = Zeroizing::new([0; 32]);
    for (byte, pair) in key.iter_mut().zip(pairs) {
        let pair = str::from_utf8(pair)
            .ok()
            .filter(|pair| !pair.starts_with('+'))?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(key)
}
