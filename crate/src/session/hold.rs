//! The hold, on a device: heard of, lifted, vetoed.
//!
//! | right | by what |
//! |---|---|
//! | to hear of it | the device's key alone, signed in or not |
//! | to say no (once) | the same |
//! | to lift it | the vault opened here by its master password, on a device that was there 72 hours before; else a second factor that was |
//!
//! The hold itself is the service's: nothing here is changed by it.

use sigill_core::confirmation::hold::{HOLD, Hold};
use sigill_core::confirmation::policy::SecondFactor;
use sigill_core::wire::account::{self as wire, Alarm, Alarms};
use sigill_core::wire::problem::Code;
use sigill_core::wire::{Seconds, SecretText};

use super::Session;
use super::account::signed_out;
use super::open::root;
use super::rows::{AccountRow, HELD, HeldRow};
use super::service::exchange::{Call, parse};
use crate::api::{Held, Lifts, Status};
use crate::rim::{Method, Rim};
use crate::trouble::Trouble;

/// Seconds between two questions whether something is held.
const EVERY: Seconds = 60 * 60;

impl<R: Rim> Session<R> {
    /// Asks whether something is held, and where the person stands then.
    ///
    /// # Errors
    /// Why the service can't be asked.
    pub async fn hear(&self) -> Result<Status, Trouble> {
        self.ask_for_hold().await?;
        self.status().await
    }

    /// Lifts the hold, with the vault opened here by its master password.
    ///
    /// # Errors
    /// `wrong_master_password`, `locked`, `not_offered` where the vault is not the
    /// account's, `held` where the device came too late, `signed_out`, or why the
    /// service can't be asked.
    pub async fn lift_hold(&self, typed: String) -> Result<Status, Trouble> {
        let root = root(typed)?;
        let (vault, _) = self.opened().await?;
        if !vault.slots.password().matches(&root) {
            return Err(Trouble::WrongMasterPassword);
        }
        let account = self.account_known().await?.ok_or_else(signed_out)?.account;
        let link = vault.link.as_ref();
        if link.is_none_or(|link| link.account != account) {
            return Err(Trouble::refused(Code::NotOffered));
        }
        self.lift(wire::Lift::default()).await
    }

    /// The same by a second factor; without a code the text message is asked for.
    ///
    /// # Errors
    /// `second_factor_needed`, `proof_rejected`, `held`, `signed_out`, or why the
    /// service can't be asked.
    pub async fn lift_hold_by_factor(&self, code: Option<String>) -> Result<Status, Trouble> {
        let second_factor = code.map(SecretText::new);
        self.lift(wire::Lift { second_factor }).await
    }

    async fn lift(&self, lift: wire::Lift) -> Result<Status, Trouble> {
        let call = Call::post("/v1/hold/lift", &lift);
        self.ask_service(&call).await?;
        self.hear().await
    }

    /// Says no, by the device's key: what waits is cancelled, devices that came
    /// with the reset are signed out, and the hold lasts seven days more.
    ///
    /// # Errors
    /// `not_found`, `not_offered` where somebody did before, or why the service
    /// can't be asked.
    pub async fn veto(&self) -> Result<Status, Trouble> {
        let row = self.account_known().await?.ok_or(Trouble::NotFound)?;
        let path = ["/v1/alarms/", &row.account.to_string(), "/veto"].concat();
        let call = Call::empty(Method::Post, path);
        self.ask_anonymously(&row.service, &call).await?;
        self.hear().await
    }

    /// What is held, as last heard, while it lasts.
    pub(crate) async fn held(&self) -> Result<Option<Held>, Trouble> {
        let row: Option<HeldRow> = self.read(HELD).await?;
        let held = row.and_then(|row| row.held);
        Ok(held.filter(|held| self.rim.now() < held.until))
    }

    /// Asks at once where the session ended since, else once an hour.
    pub(crate) async fn hear_when_due(&self) -> Result<(), Trouble> {
        let Some(account) = self.account_known().await? else {
            return Ok(());
        };
        let heard: Option<HeldRow> = self.read(HELD).await?;
        let is_due = heard.is_none_or(|heard| {
            let since = self.rim.now().abs_diff(heard.at);
            since >= EVERY || (heard.signed_in && account.tokens.is_none())
        });
        if is_due {
            self.ask_for_hold().await
        } else {
            Ok(())
        }
    }

    async fn ask_for_hold(&self) -> Result<(), Trouble> {
        let Some(known) = self.account_known().await? else {
            return Ok(());
        };
        let call = Call::get("/v1/alarms");
        let Alarms { alarms, .. } = parse(&self.ask_anonymously(&known.service, &call).await?)?;
        let alarm = alarms.into_iter().find(|one| one.account == known.account);
        let account = match self.account_if_signed_in(&known).await {
            Ok(account) => account,
            Err(trouble) if trouble.is(Code::SignedOut) => None,
            Err(trouble) => return Err(trouble),
        };
        let row = HeldRow {
            at: self.rim.now(),
            signed_in: account.is_some(),
            held: held(&known, account.as_ref(), alarm.as_ref()),
        };
        self.write(HELD, &row).await
    }

    async fn account_if_signed_in(
        &self,
        known: &AccountRow,
    ) -> Result<Option<wire::Account>, Trouble> {
        match known.tokens {
            Some(_) => self.refresh_account().await.map(Some),
            None => Ok(None),
        }
    }
}

/// What is held and who lifts it, where the device is signed in by what the
/// account says, else by the alarm that its key alone is given.
fn held(
    known: &AccountRow,
    account: Option<&wire::Account>,
    alarm: Option<&Alarm>,
) -> Option<Held> {
    let can_veto = alarm.is_some_and(|alarm| alarm.can_veto);
    let Some(account) = account else {
        return alarm.map(|alarm| Held {
            until: alarm.until,
            lifts: Lifts::Elsewhere,
            can_veto,
        });
    };
    let mut devices = account.devices.iter();
    let own = devices.find(|one| one.device == known.device);
    let was_before = own.zip(alarm).is_some_and(|(own, alarm)| {
        let hold = Hold {
            from: alarm.from,
            ..Hold::NONE
        };
        hold.was_before(own.known_since, HOLD)
    });
    let lifts = match (was_before, account.standing.second_factor) {
        (true, _) => Lifts::ThisDevice,
        (false, SecondFactor::On) => Lifts::Factor,
        (false, SecondFactor::Off) => Lifts::Elsewhere,
    };
    account.held_until.map(|until| Held {
        until,
        lifts,
        can_veto,
    })
}
