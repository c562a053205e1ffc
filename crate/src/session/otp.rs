//! One-time codes of entries.

use sigill_core::otp::{self, Key};
use sigill_core::vault::item::OtpPlace;

use super::Session;
use super::items::parse;
use crate::api::{Codes, OneTimeCode, OtpRead};
use crate::rim::Rim;
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// The codes of an item's key by the device's clock: of its first key, or of
    /// that in the field of the person's own at `at`. The key is not given away.
    ///
    /// # Errors
    /// `not_found` where no key stands there; `locked`, `no_vault`, `damaged`.
    pub async fn one_time_code(&self, id: &str, at: Option<u32>) -> Result<Codes, Trouble> {
        let (vault, open) = self.opened().await?;
        let item = vault.item(parse(id)?, &open.keys)?;
        let key = match Key::parse(item.otp(place(at)).ok_or(Trouble::NotFound)?) {
            Ok(key) => key,
            Err(why) => {
                return Ok(Codes::Nothing {
                    why: why.key().into(),
                });
            }
        };
        let current = key.code_at(self.rim.now());
        Ok(current.map_or(Codes::Counter, |current| Codes::Clock {
            now: code(&current.code),
            next: code(&current.next),
            period: current.period,
            left: current.left,
        }))
    }

    /// The next code of a key that goes by a counter; the item keeps how far it
    /// was counted, its history does not.
    ///
    /// # Errors
    /// `not_found` where no such key stands there, or its counter is at its end;
    /// as [`Session::save`].
    pub async fn next_code(&self, id: &str, at: Option<u32>) -> Result<OneTimeCode, Trouble> {
        let id = parse(id)?;
        self.change(|session, desk| {
            let counted = desk.item(id)?.count_otp(place(at));
            let (next, item) = counted.ok_or(Trouble::NotFound)?;
            session.seal(desk, id, &item)?;
            Ok(code(&next))
        })
        .await
    }
}

/// What a text says, as the key of one-time codes.
pub(crate) fn read_otp(text: &str) -> OtpRead {
    match Key::parse(text) {
        Ok(key) => OtpRead::Key {
            text: key.to_text().as_str().into(),
            issuer: key.issuer().into(),
            account: key.account().into(),
            address: Key::is_address(text),
        },
        Err(why) => OtpRead::Nothing {
            why: why.key().into(),
        },
    }
}

fn place(at: Option<u32>) -> OtpPlace {
    at.map_or(OtpPlace::First, |at| {
        OtpPlace::Custom(usize::try_from(at).unwrap_or(usize::MAX))
    })
}

fn code(code: &otp::Code) -> OneTimeCode {
    OneTimeCode {
        text: code.text().into(),
        shown: code.shown().as_str().into(),
    }
}
