//! One field for three kinds of code: the form tells which it is.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::backup::BackupCode;
use crate::confirmation::code::{Code, NotACode, decimal_digits};

/// A way to take the step of the second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// The code from a text message.
    TextMessage,
    /// The code that an authenticator shows.
    Authenticator,
    /// One of the ten codes on paper.
    BackupCode,
}

/// Six digits that an authenticator showed.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct AuthenticatorCode([u8; 6]);

impl AuthenticatorCode {
    /// The digits in ASCII.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 6] {
        &self.0
    }
}

/// What was typed for the second factor.
pub enum FactorCode {
    /// Eight digits.
    TextMessage(Code),
    /// Six digits.
    Authenticator(AuthenticatorCode),
    /// Sixteen characters.
    Backup(BackupCode),
}

impl FactorCode {
    /// Reads it by its form: eight digits, six digits, or a backup code.
    ///
    /// # Errors
    /// [`NotACode`].
    pub fn parse(typed: &str) -> Result<Self, NotACode> {
        if let Ok(code) = Code::parse(typed) {
            return Ok(Self::TextMessage(code));
        }
        if let Some(digits) = decimal_digits::<6>(typed) {
            return Ok(Self::Authenticator(AuthenticatorCode(digits)));
        }
        BackupCode::parse(typed).map(Self::Backup)
    }

    /// Which way it goes.
    #[must_use]
    pub const fn way(&self) -> Way {
        match self {
            Self::TextMessage(_) => Way::TextMessage,
            Self::Authenticator(_) => Way::Authenticator,
            Self::Backup(_) => Way::BackupCode,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_tells_which_of_the_three_was_typed() {
        for (typed, way) in [
            ("4821 7730", Some(Way::TextMessage)),
            ("٤٨٢١٧٧٣٠", Some(Way::TextMessage)),
            ("482 177", Some(Way::Authenticator)),
            ("４８２１７７", Some(Way::Authenticator)),
            ("1111-1111-ZZQD-SJXV", Some(Way::BackupCode)),
            ("1111 1111 1111 1111", Some(Way::BackupCode)),
            ("", None),
            ("4821773", None),
            ("48217", None),
            ("4821-7730", None),
        ] {
            let parsed = FactorCode::parse(typed).ok().map(|code| code.way());
            assert_eq!(parsed, way, "{typed}");
        }
    }
}
