//! Short texts that a device keeps beside the vault, and that say something of it:
//! sealed like it, and read only while it is open.
//!
//! ```text
//! note = nonce ‖ AES-256-GCM(index key, nonce, text, aad = encode("sigill/note/1", suite, name))
//! ```

use alloc::string::String;
use alloc::vec::Vec;

use super::key::EpochKeys;
use super::primitive::{self, Nonce, NotAuthentic, SUITE};
use crate::encode::Encoder;

impl EpochKeys {
    /// Seals a text that lies under `name`. `nonce` is random.
    #[must_use]
    pub fn seal_note(&self, name: &str, text: &str, nonce: Nonce) -> Vec<u8> {
        let sealed = primitive::seal(&self.index, &nonce, &aad(name), text.as_bytes());
        [nonce.as_slice(), &sealed].concat()
    }

    /// Undoes [`EpochKeys::seal_note`].
    ///
    /// # Errors
    /// [`NotAuthentic`] under other keys or another name, and where any bit is another.
    pub fn open_note(&self, name: &str, note: &[u8]) -> Result<String, NotAuthentic> {
        let (nonce, sealed) = note.split_first_chunk().ok_or(NotAuthentic)?;
        let mut text = primitive::open(&self.index, nonce, &aad(name), sealed)?;
        String::from_utf8(core::mem::take(&mut *text)).map_err(|_| NotAuthentic)
    }
}

fn aad(name: &str) -> Vec<u8> {
    let encoder = Encoder::new("sigill/note/1").integer(SUITE);
    encoder.text(name).finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::fixture::{NONCE, keys, other_keys};

    #[test]
    fn a_note_opens_under_its_keys_and_name_and_no_others() {
        let note = keys().seal_note("a", "Hemligt/Bank", NONCE);
        assert_eq!(keys().open_note("a", &note).as_deref(), Ok("Hemligt/Bank"));
        assert_eq!(keys().open_note("b", &note), Err(NotAuthentic));
        assert_eq!(other_keys().open_note("a", &note), Err(NotAuthentic));
        for at in 0..note.len() {
            let mut other = note.clone();
            other[at] ^= 1;
            assert_eq!(keys().open_note("a", &other), Err(NotAuthentic));
            assert_eq!(keys().open_note("a", &note[..at]), Err(NotAuthentic));
        }
    }
}
