//! Names of things: 16 random bytes each, and [`Hash`], SHA-256 of something.
//! In JSON and URLs they are lower-case hexadecimal.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};

use crate::encode::{DecodeError, Decoder, Encoder};

/// The text is not the lower-case hexadecimal of the right length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not lower-case hexadecimal of the expected length")]
pub struct NotHex;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

fn write_hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|nibble| DIGITS.get(usize::from(nibble)))
        .map(|digit| char::from(*digit))
        .collect()
}

fn read_hex<const N: usize>(text: &str) -> Result<[u8; N], NotHex> {
    let value = |digit: &u8| {
        let position = DIGITS.iter().position(|known| known == digit)?;
        u8::try_from(position).ok()
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return Err(NotHex);
    }
    let mut bytes = [0; N];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = (value(high).ok_or(NotHex)? << 4) | value(low).ok_or(NotHex)?;
    }
    Ok(bytes)
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident [$length:literal])*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $length]);

        impl $name {
            /// Its bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8] {
                &self.0
            }

            /// Writes it as a field of the canonical encoding.
            #[must_use]
            pub fn encode(self, encoder: Encoder) -> Encoder {
                encoder.bytes(&self.0)
            }

            /// Reads it from a field of the canonical encoding.
            ///
            /// # Errors
            /// Where the field is cut off or has another length.
            pub fn decode(decoder: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                decoder.array().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&write_hex(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = NotHex;
            fn from_str(text: &str) -> Result<Self, NotHex> {
                read_hex(text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&write_hex(&self.0))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .pattern(Some(alloc::format!("^[0-9a-f]{{{}}}$", 2 * $length)))
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    )*};
}

names! {
    /// An account at the service.
    AccountId[16]
    /// A device: the first 16 bytes of
    /// `SHA-256(encode("sigill/device/1", JWK thumbprint of its key, RFC 7638))`.
    DeviceId[16]
    /// A vault, over all its epochs.
    VaultId[16]
    /// An item, over all its revisions.
    ItemId[16]
    /// A slot of a vault.
    SlotId[16]
    /// An operation, named by the service.
    OperationId[16]
    /// An operation, named by the device before the service knows of it.
    IdempotencyKey[16]
    /// One wholesale state of an account's cloud, or of a device's store.
    GenerationId[16]
    /// Records staged at the service, not yet part of any generation.
    UploadId[16]
    /// A phone, an authenticator, an address or backup codes that wait to be taken on.
    EnrolmentId[16]
    /// Items that came together (an import) and can go together.
    BatchId[16]
    /// A file of an item.
    FileId[16]
    /// The key of an epoch that its files are sealed under: derived from it, and
    /// says nothing of it. What another try at the same epoch sealed has another name.
    FilesKeyId[16]
    /// A receipt key of the service: the first 16 bytes of SHA-256 of its public half.
    KeyId[16]
    /// SHA-256 of something.
    Hash[32]
}

impl Hash {
    /// The place of a hash where there is nothing yet.
    pub const NOTHING: Self = Self([0; 32]);

    /// SHA-256 (FIPS 180-4) of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl DeviceId {
    const LABEL: &'static str = "sigill/device/1";

    /// The device whose key has this JWK thumbprint (RFC 7638, SHA-256).
    #[must_use]
    pub fn of_thumbprint(thumbprint: &[u8; 32]) -> Self {
        let Hash(hash) = Hash::of(&Encoder::new(Self::LABEL).bytes(thumbprint).finish());
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        Self(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn hex_goes_both_ways_and_refuses_everything_else() {
        let id: ItemId = "00112233445566778899aabbccddeeff".parse().unwrap();
        assert_eq!(id.to_string(), "00112233445566778899aabbccddeeff");
        for bad in [
            "",
            "00",
            "00112233445566778899AABBCCDDEEFF",
            "00112233445566778899aabbccddeefg",
            "00112233445566778899aabbccddeeff00",
        ] {
            assert_eq!(bad.parse::<ItemId>(), Err(NotHex), "{bad}");
        }
    }
}
