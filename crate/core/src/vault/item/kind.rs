//! What an item is, and which fields that gives it.

use alloc::string::String;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::field::{Field, NoSuch};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal $key:literal [$($field:ident)*])*) => {
        /// What an item is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
        pub enum Kind {
            $(
                $(#[$doc])*
                $name,
            )*
        }

        impl Kind {
            /// All of them, in the order in which a person chooses among them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Their keys as a type of TypeScript.
            pub const DECLARATION: &'static str =
                concat!("export type Kind =" $(, " | \"", $key, "\"")*, ";\n");

            /// Its number in the canonical encoding; never given to another kind.
            #[must_use]
            pub const fn code(self) -> u64 {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// Its name across the border to TypeScript, in the keys of texts and in `kind:`.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }

            /// The fields that it has, in the order in which they show.
            #[must_use]
            pub const fn fields(self) -> &'static [Field] {
                match self {
                    $(Self::$name => &[$(Field::$field),*],)*
                }
            }
        }
    };
}

kinds! {
    /// A way in: user name and password.
    #[default]
    Login = 1 "login" [Username Password Totp Notes]
    /// Text.
    Note = 2 "note" [Notes]
    /// A payment card.
    Card = 3 "card" [Holder CardNumber Expiry SecurityCode Pin Bank Notes]
    /// Who the person is, for filling forms.
    Identity = 4 "identity" [
        FirstName MiddleName LastName Birthday Email Phone Company Street PostalCode City Region Country
        PersonalNumber Notes
    ]
    /// A document: its number and dates, and files of it.
    Document = 5 "document" [Type DocumentNumber Issuer IssuedOn ExpiresOn Notes]
    /// A pair of keys for SSH.
    SshKey = 6 "ssh_key" [PublicKey PrivateKey Passphrase Fingerprint Notes]
    /// A wireless network.
    WiFi = 7 "wifi" [Network Password Protection Notes]
    /// A passkey without a login of its own.
    Passkey = 8 "passkey" [Username Notes]
    /// A kind of the person's own: what it is made of are its custom fields.
    Custom = 9 "custom" [Type Notes]
}

impl Kind {
    /// The kind of that number.
    #[must_use]
    pub fn from_code(code: u64) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// The kind of that key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }

    /// Whether items of this kind say where they are used.
    #[must_use]
    pub const fn has_urls(self) -> bool {
        match self {
            Self::Login | Self::Passkey | Self::Custom => true,
            Self::Note
            | Self::Card
            | Self::Identity
            | Self::Document
            | Self::SshKey
            | Self::WiFi => false,
        }
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        Self::from_key(&key).ok_or_else(|| de::Error::custom(NoSuch))
    }
}
