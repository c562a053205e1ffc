//! The formats that are read: one table.

use serde::Serialize;
use tsify::Tsify;

macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident = $id:literal $shown:literal [$($extension:literal)*])*) => {
        /// A format of another program.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Format {$(
            $(#[$doc])*
            $name,
        )*}

        impl Format {
            /// All of them, in the order in which a person chooses among them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its id across the border; the text `import_how_{id}` says how to get its file.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)*
                }
            }

            /// What it is called, alike in every language; empty for [`Format::Table`].
            #[must_use]
            pub const fn shown(self) -> &'static str {
                match self {
                    $(Self::$name => $shown,)*
                }
            }

            /// How its files' names end, without the dot.
            #[must_use]
            pub const fn extensions(self) -> &'static [&'static str] {
                match self {
                    $(Self::$name => &[$($extension),*],)*
                }
            }
        }
    };
}

formats! {
    /// [`crate::chromium`]
    Chromium = "chromium" "Chrome, Edge, Brave, Opera, Vivaldi (CSV)" ["csv"]
    /// [`crate::firefox`]
    Firefox = "firefox" "Firefox (CSV)" ["csv"]
    /// [`crate::apple`]
    Apple = "apple" "Apple Passwords, Safari (CSV)" ["csv"]
    /// [`crate::onepassword::pux`]
    OnePasswordPux = "onepassword_1pux" "1Password (1PUX)" ["1pux"]
    /// [`crate::onepassword::csv`]
    OnePasswordCsv = "onepassword_csv" "1Password (CSV)" ["csv"]
    /// [`crate::bitwarden::json`], encrypted too
    BitwardenJson = "bitwarden_json" "Bitwarden (JSON)" ["json"]
    /// [`crate::bitwarden::archive`]
    BitwardenZip = "bitwarden_zip" "Bitwarden (ZIP)" ["zip"]
    /// [`crate::bitwarden::csv`]
    BitwardenCsv = "bitwarden_csv" "Bitwarden (CSV)" ["csv"]
    /// [`crate::dashlane`]
    DashlaneZip = "dashlane_zip" "Dashlane (ZIP)" ["zip"]
    /// [`crate::dashlane`]
    DashlaneCsv = "dashlane_csv" "Dashlane (CSV)" ["csv"]
    /// [`crate::enpass`]
    Enpass = "enpass" "Enpass (JSON)" ["json"]
    /// [`crate::kaspersky`]
    Kaspersky = "kaspersky" "Kaspersky Password Manager (TXT)" ["txt"]
    /// [`crate::keepass`]: KDBX 3.1 and 4, and plain XML
    KeePass = "keepass" "KeePass, KeePassXC (KDBX, XML)" ["kdbx" "xml"]
    /// [`crate::keepassxc`]
    KeePassXcCsv = "keepassxc_csv" "KeePassXC (CSV)" ["csv"]
    /// [`crate::lastpass`]
    LastPass = "lastpass" "LastPass (CSV)" ["csv"]
    /// [`crate::nordpass`]
    NordPass = "nordpass" "NordPass (CSV)" ["csv"]
    /// [`crate::proton`]
    ProtonZip = "proton_zip" "Proton Pass (ZIP)" ["zip"]
    /// [`crate::proton`]
    ProtonJson = "proton_json" "Proton Pass (JSON)" ["json"]
    /// [`crate::roboform`]
    RoboForm = "roboform" "RoboForm (CSV)" ["csv"]
    /// [`crate::cxf`]
    Cxf = "cxf" "Credential Exchange Format (JSON)" ["json"]
    /// [`crate::mapping`]: any table, by columns that the person names
    Table = "table" "" ["csv" "tsv" "txt"]
}

impl Format {
    /// The format of that id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.id() == id)
    }
}

/// What numbers of rows count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Lines of the file, or of a member of it.
    Lines,
    /// Entries.
    Entries,
}

impl Format {
    /// What the numbers of rows count in files of this format.
    #[must_use]
    pub const fn counted(self) -> Counted {
        match self {
            Self::OnePasswordPux
            | Self::BitwardenJson
            | Self::BitwardenZip
            | Self::Enpass
            | Self::ProtonZip
            | Self::ProtonJson
            | Self::KeePass
            | Self::Cxf => Counted::Entries,
            Self::Chromium
            | Self::Firefox
            | Self::Apple
            | Self::OnePasswordCsv
            | Self::BitwardenCsv
            | Self::DashlaneZip
            | Self::DashlaneCsv
            | Self::Kaspersky
            | Self::KeePassXcCsv
            | Self::LastPass
            | Self::NordPass
            | Self::RoboForm
            | Self::Table => Counted::Lines,
        }
    }
}

/// A format, as a person chooses it.
#[derive(Serialize, Tsify)]
pub struct About {
    /// Its id.
    pub id: &'static str,
    /// What it is called; empty for a table by columns that the person names.
    pub shown: &'static str,
    /// How its files' names end, without the dot.
    pub extensions: &'static [&'static str],
}

impl From<Format> for About {
    fn from(format: Format) -> Self {
        Self {
            id: format.id(),
            shown: format.shown(),
            extensions: format.extensions(),
        }
    }
}
