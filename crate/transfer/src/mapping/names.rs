//! What columns are called, by what they go into.

use sigill_core::vault::item::Field;

use super::Target;

/// Names that columns have in English, Swedish, German, French and Spanish.
pub(super) const NAMES: &[(Target, &[&str])] = &[
    (
        Target::Name,
        &[
            "name", "title", "account", "namn", "titel", "titre", "nom", "nombre", "título",
        ],
    ),
    (
        Target::Url,
        &[
            "url",
            "urls",
            "uri",
            "website",
            "web site",
            "site",
            "address",
            "login_uri",
            "link",
            "webbplats",
            "adress",
            "webseite",
            "adresse",
            "sitio web",
        ],
    ),
    (
        Target::Folder,
        &[
            "folder", "group", "grouping", "category", "vault", "mapp", "grupp", "kategori",
            "ordner", "gruppe", "dossier", "carpeta",
        ],
    ),
    (
        Target::Tags,
        &[
            "tags",
            "labels",
            "taggar",
            "etiketter",
            "schlagwörter",
            "étiquettes",
            "etiquetas",
        ],
    ),
    (
        Target::Field(Field::Username),
        &[
            "username",
            "user name",
            "user",
            "login",
            "login name",
            "login_username",
            "e-mail",
            "email",
            "mail",
            "användarnamn",
            "användare",
            "e-post",
            "benutzername",
            "benutzer",
            "identifiant",
            "usuario",
        ],
    ),
    (
        Target::Field(Field::Password),
        &[
            "password",
            "pass",
            "pwd",
            "pw",
            "login_password",
            "passphrase",
            "lösenord",
            "passwort",
            "kennwort",
            "mot de passe",
            "contraseña",
        ],
    ),
    (
        Target::Field(Field::Totp),
        &[
            "totp",
            "otp",
            "otpauth",
            "2fa",
            "otp secret",
            "login_totp",
            "one-time password",
            "engångskod",
        ],
    ),
    (
        Target::Field(Field::Notes),
        &[
            "notes",
            "note",
            "comment",
            "comments",
            "extra",
            "memo",
            "anteckningar",
            "anteckning",
            "kommentar",
            "notizen",
            "bemerkung",
            "remarques",
            "notas",
        ],
    ),
    (
        Target::Field(Field::CardNumber),
        &[
            "card number",
            "cardnumber",
            "cc_number",
            "kortnummer",
            "kartennummer",
        ],
    ),
    (
        Target::Field(Field::Holder),
        &[
            "cardholder",
            "cardholdername",
            "card holder",
            "kortinnehavare",
        ],
    ),
    (
        Target::Field(Field::Expiry),
        &[
            "expiry",
            "expiry date",
            "expirydate",
            "expires",
            "giltigt till",
        ],
    ),
    (
        Target::Field(Field::SecurityCode),
        &["cvc", "cvv", "security code", "säkerhetskod"],
    ),
    (Target::Field(Field::Pin), &["pin"]),
];
