//! What a row of the list says of an item besides its name; never a secret.

use alloc::string::String;

use super::{Field, Item, Kind};

impl Item {
    /// The second line of its row: the user name of a login, the last four
    /// digits of a card, the address of an identity, the name of a network, …
    #[must_use]
    pub fn detail(&self) -> String {
        if self.kind == Kind::Card {
            return last_four(self.value(Field::CardNumber));
        }
        let fields: &[Field] = match self.kind {
            Kind::Login => &[Field::Username],
            Kind::Identity => &[Field::Email, Field::Phone, Field::LastName],
            Kind::Document => &[Field::Type, Field::Issuer],
            Kind::SshKey => &[Field::Fingerprint],
            Kind::WiFi => &[Field::Network],
            Kind::Passkey => &[Field::Username],
            Kind::Custom => &[Field::Type],
            Kind::Card | Kind::Note => &[],
        };
        let values = fields.iter().map(|field| self.value(*field));
        let users = self
            .passkeys
            .iter()
            .map(|passkey| passkey.user_name.as_str());
        let mut all = values.chain(users);
        all.find(|text| !text.is_empty()).unwrap_or_default().into()
    }
}

/// `•••• 4242`; nothing of a number of which four digits would say much.
fn last_four(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    match digits.len().checked_sub(4) {
        Some(start @ 4..) => ["•••• ", digits.get(start..).unwrap_or_default()].concat(),
        Some(..4) | None => String::new(),
    }
}
