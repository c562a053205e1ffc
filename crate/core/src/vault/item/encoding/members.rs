//! What an item has many of: fields of the person's own, passkeys, files.

use alloc::string::String;
use alloc::vec::Vec;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::{FileId, Hash};
use crate::vault::item::{CustomField, FieldKind, FileRef, Passkey};

impl CustomField {
    pub(super) fn encode(&self, encoder: Encoder) -> Encoder {
        let encoder = encoder.text(&self.label).text(&self.value);
        encoder.integer(self.kind.code())
    }

    pub(super) fn decode(decoder: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            label: decoder.text()?.into(),
            value: decoder.text()?.into(),
            kind: FieldKind::decode(decoder)?,
        })
    }
}

impl FieldKind {
    pub(super) fn decode(decoder: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Self::from_code(decoder.integer()?).ok_or(DecodeError::Malformed)
    }
}

impl Passkey {
    const LABEL: &'static str = "sigill/passkey/1";

    pub(super) fn encode(&self, encoder: Encoder) -> Encoder {
        encoder
            .bytes(&self.credential)
            .text(&self.rp)
            .bytes(&self.user_handle)
            .text(&self.user_name)
            .text(&self.display_name)
            .bytes(&self.private_key)
            .integer(self.counter)
            .integer(self.created_at)
    }

    pub(super) fn decode(decoder: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            credential: decoder.bytes()?.to_vec(),
            rp: decoder.text()?.into(),
            user_handle: decoder.bytes()?.to_vec(),
            user_name: decoder.text()?.into(),
            display_name: decoder.text()?.into(),
            private_key: decoder.bytes()?.to_vec(),
            counter: decoder.integer()?,
            created_at: decoder.integer()?,
        })
    }

    /// As it goes to the program that signs: encode("sigill/passkey/1", …).
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.encode(Encoder::new(Self::LABEL)).finish())
    }

    /// Reads what [`Passkey::to_bytes`] wrote, and nothing else.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut decoder = Decoder::open(Self::LABEL, bytes)?;
        let passkey = Self::decode(&mut decoder)?;
        decoder.finish()?;
        Ok(passkey)
    }

    /// What the history keeps of it: base64url(encode("sigill/passkey/1", …)).
    pub(in crate::vault) fn to_text(&self) -> String {
        to_text(self.encode(Encoder::new(Self::LABEL)))
    }

    pub(in crate::vault::item) fn from_text(text: &str) -> Option<Self> {
        from_text(Self::LABEL, text, Self::decode)
    }
}

impl FileRef {
    const LABEL: &'static str = "sigill/file-ref/1";

    pub(super) fn encode(&self, encoder: Encoder) -> Encoder {
        let encoder = self.id.encode(encoder).text(&self.name).integer(self.size);
        self.sha256.encode(encoder).text(&self.media_type)
    }

    pub(super) fn decode(decoder: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            id: FileId::decode(decoder)?,
            name: decoder.text()?.into(),
            size: decoder.integer()?,
            sha256: Hash::decode(decoder)?,
            media_type: decoder.text()?.into(),
        })
    }

    /// What the history keeps of it: base64url(encode("sigill/file-ref/1", …)).
    pub(in crate::vault) fn to_text(&self) -> String {
        to_text(self.encode(Encoder::new(Self::LABEL)))
    }

    pub(in crate::vault::item) fn from_text(text: &str) -> Option<Self> {
        from_text(Self::LABEL, text, Self::decode)
    }
}

fn to_text(encoder: Encoder) -> String {
    URL_SAFE_NO_PAD.encode(Zeroizing::new(encoder.finish()))
}

fn from_text<T>(
    label: &'static str,
    text: &str,
    decode: fn(&mut Decoder<'_>) -> Result<T, DecodeError>,
) -> Option<T> {
    let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).ok()?);
    let mut decoder = Decoder::open(label, &bytes).ok()?;
    let member = decode(&mut decoder).ok()?;
    decoder.finish().ok()?;
    Some(member)
}
