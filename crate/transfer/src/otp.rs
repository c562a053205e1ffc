//! Keys of one-time codes, where their settings stand beside them.

use sigill_core::otp::escaped;
use zeroize::Zeroizing;

/// Settings of one-time codes that stand beside their key.
pub(crate) struct Settings<'a> {
    /// The key, base32.
    pub(crate) secret: &'a str,
    /// Who issued it.
    pub(crate) issuer: &'a str,
    /// Whose it is.
    pub(crate) account: &'a str,
    /// `SHA1`, `SHA256` or `SHA512`, in any case.
    pub(crate) algorithm: &'a str,
    /// How many digits a code has.
    pub(crate) digits: u64,
    /// How many seconds a code lasts.
    pub(crate) period: u64,
}

impl Settings<'_> {
    /// `otpauth://totp/issuer:account?secret=…` (the key URI format of Google Authenticator).
    pub(crate) fn uri(&self) -> Zeroizing<String> {
        let (issuer, account) = (escaped(self.issuer), escaped(self.account));
        let secret = escaped(self.secret);
        let colon = if issuer.is_empty() { "" } else { ":" };
        Zeroizing::new(format!(
            "otpauth://totp/{0}{colon}{1}?secret={2}&issuer={0}&algorithm={3}&digits={4}&period={5}",
            *issuer,
            *account,
            *secret,
            *escaped(self.algorithm),
            self.digits,
            self.period
        ))
    }
}
