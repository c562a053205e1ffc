//! The fields that items of the known kinds have: one table.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::sorted::{Keyed, Sorted};
use alloc::string::String;

/// How the value of a field shows and is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line, in clear.
    Line,
    /// One line, in clear: an e-mail address.
    Email,
    /// One line, in clear: a telephone number.
    Phone,
    /// Many lines, in clear.
    Lines,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A month, `YYYY-MM`.
    Month,
    /// One line, as dots until shown.
    Secret,
    /// Many lines, as dots until shown.
    SecretLines,
    /// Digits in groups of four, as dots until shown.
    CardNumber,
    /// The key of one-time codes: base32 or `otpauth://…` (RFC 6238), as dots until shown.
    Totp,
}

impl Shape {
    /// Whether the value shows as dots, stays out of rows and out of the search.
    #[must_use]
    pub const fn is_secret(self) -> bool {
        match self {
            Self::Secret | Self::SecretLines | Self::CardNumber | Self::Totp => true,
            Self::Line | Self::Email | Self::Phone | Self::Lines | Self::Date | Self::Month => {
                false
            }
        }
    }
}

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $code:literal $key:literal $shape:ident)*) => {
        /// Names a field of an item.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Field {$(
            $(#[$doc])*
            $name,
        )*}

        impl Field {
            /// All of them, in the order of their codes.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Their keys as a type of TypeScript.
            pub const DECLARATION: &'static str =
                concat!("export type FieldKey =" $(, " | \"", $key, "\"")*, ";\n");

            /// Its number in the canonical encoding; never given to another field.
            #[must_use]
            pub const fn code(self) -> u64 {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// Its name across the border to TypeScript, and in the keys of texts.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }

            /// How its value shows.
            #[must_use]
            pub const fn shape(self) -> Shape {
                match self {
                    $(Self::$name => Shape::$shape,)*
                }
            }
        }
    };
}

fields! {
    /// User name.
    Username = 1 "username" Line
    /// Password: of a login, of a network.
    Password = 2 "password" Secret
    /// The key of one-time codes.
    Totp = 3 "totp" Totp
    /// Who holds the card.
    Holder = 4 "holder" Line
    /// The card's number.
    CardNumber = 5 "card_number" CardNumber
    /// Until when the card is good.
    Expiry = 6 "expiry" Month
    /// The three or four digits beside the signature.
    SecurityCode = 7 "security_code" Secret
    /// PIN.
    Pin = 8 "pin" Secret
    /// The bank that issued the card.
    Bank = 9 "bank" Line
    /// First name.
    FirstName = 10 "first_name" Line
    /// Last name.
    LastName = 11 "last_name" Line
    /// Birthday.
    Birthday = 12 "birthday" Date
    /// E-mail address.
    Email = 13 "email" Email
    /// Telephone number.
    Phone = 14 "phone" Phone
    /// Company.
    Company = 15 "company" Line
    /// Street and number.
    Street = 16 "street" Lines
    /// Postal code.
    PostalCode = 17 "postal_code" Line
    /// Town.
    City = 18 "city" Line
    /// State, province, county.
    Region = 19 "region" Line
    /// Country.
    Country = 20 "country" Line
    /// The number under which a state knows the person.
    PersonalNumber = 21 "personal_number" Secret
    /// What sort of thing it is, in the person's words: a passport, a boat licence.
    Type = 22 "type" Line
    /// The document's number.
    DocumentNumber = 23 "document_number" Secret
    /// Who issued the document.
    Issuer = 24 "issuer" Line
    /// Since when the document is good.
    IssuedOn = 25 "issued_on" Date
    /// Until when the document is good.
    ExpiresOn = 26 "expires_on" Date
    /// An SSH key's private half, as its file holds it.
    PrivateKey = 27 "private_key" SecretLines
    /// An SSH key's public half, one line as in `authorized_keys`.
    PublicKey = 28 "public_key" Lines
    /// What opens the private half.
    Passphrase = 29 "passphrase" Secret
    /// The fingerprint of the public half, `SHA256:…`.
    Fingerprint = 30 "fingerprint" Line
    /// The network's name (SSID).
    Network = 31 "network" Line
    /// How the network is protected: WPA3, WPA2, …
    Protection = 32 "protection" Line
    /// Notes.
    Notes = 33 "notes" Lines
    /// Names between the first and the last.
    MiddleName = 34 "middle_name" Line
}

impl Field {
    /// The field of that number.
    #[must_use]
    pub fn from_code(code: u64) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.code() == code)
    }

    /// The field of that key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.key() == key)
    }

    /// Whether its value shows as dots, stays out of rows and out of the search.
    #[must_use]
    pub const fn is_secret(self) -> bool {
        self.shape().is_secret()
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        Self::from_key(&key).ok_or_else(|| de::Error::custom(NoSuch))
    }
}

/// No field, or no kind, has that key.
pub(super) struct NoSuch;

impl fmt::Display for NoSuch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an unknown key")
    }
}

/// What stands in a field.
#[derive(PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Value {
    #[zeroize(skip)]
    pub(super) field: Field,
    pub(super) text: String,
}

impl Keyed for Value {
    type Key = Field;

    fn key(&self) -> &Field {
        &self.field
    }
}

/// The fields of an item that hold something.
pub type Values = Sorted<Value>;

impl Value {
    /// Which field.
    #[must_use]
    pub const fn field(&self) -> Field {
        self.field
    }

    /// What stands there; never empty.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn copy(&self) -> Self {
        Self {
            field: self.field,
            text: self.text.clone(),
        }
    }
}
