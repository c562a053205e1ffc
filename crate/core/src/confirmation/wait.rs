//! The ways that take seven days: what somebody lost whom no proof of the table
//! is left to. Each puts seven days, in which every device and either address can
//! say no, in the place of **one** proof; the others are shown as ever.
//!
//! | lost | whose account | shown | then |
//! |---|---|---|---|
//! | [`Lost::Factor`] | linked, 2FA on | password, mailed code | 2FA is off |
//! | [`Lost::Address`] | linked | password, and 2FA or else an established device | another address, read before |
//! | [`Lost::Provider`] | not linked | mailed code, an established device | an account password: linked |
//! | [`Lost::Password`] | linked, 2FA on | mailed code | another account password |
//!
//! An established device is one that the account has known for three days.
//!
//! ```text
//! nothing ── ask ──▶ Waits ── day 6 ──▶ Reminded ── a day ──▶ Done
//!                      └──────── veto ─────┴──▶ Vetoed: not by the same device for seven days
//!                      └─ the account moved ┴──▶ Lapsed
//! ```
//! Nothing takes effect that nobody could have stopped: its last day begins when its
//! reminder is made, and again while a mail about it has not left.
//! Whatever was shown has to hold to the end: an account that changed meanwhile
//! (another password, address or factor) is another than the one it was asked for.

use core::str::FromStr;

use serde::{Deserialize, Serialize};

use super::hold::{HOLD, Hold};
use super::policy::{Connection, Proof, Proofs, SecondFactor, Standing};
use super::timeline::Change;
use crate::id::DeviceId;
use crate::wire::Seconds;

#[cfg(test)]
mod tests;

/// Seconds from asking to the effect. Deleting an account waits as long.
pub const WAIT: Seconds = 7 * 24 * 3_600;
/// Seconds from asking to the mail that says it is nearly over.
const REMIND: Seconds = 6 * 24 * 3_600;
/// Seconds from that mail to the effect, at the least.
const LAST_DAY: Seconds = WAIT - REMIND;

/// What was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Lost {
    /// The phone, the authenticator and the backup codes.
    Factor,
    /// The mailbox.
    Address,
    /// The account at the provider.
    Provider,
    /// The account password, with no second factor at hand.
    Password,
}

/// A step of a way, for the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It was asked for.
    Asked,
    /// Somebody said no, or the account moved.
    Stopped,
    /// It took effect.
    Done,
}

impl Lost {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Factor, Self::Address, Self::Provider, Self::Password];

    /// Its word, in addresses and rows.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Factor => "factor",
            Self::Address => "address",
            Self::Provider => "provider",
            Self::Password => "password",
        }
    }

    /// What the timeline calls a step of it.
    #[must_use]
    pub const fn change(self, step: Step) -> Change {
        match (self, step) {
            (Self::Factor, Step::Asked) => Change::LostFactorAsked,
            (Self::Factor, Step::Stopped) => Change::LostFactorStopped,
            (Self::Factor, Step::Done) => Change::LostFactorDone,
            (Self::Address, Step::Asked) => Change::LostAddressAsked,
            (Self::Address, Step::Stopped) => Change::LostAddressStopped,
            (Self::Address, Step::Done) => Change::LostAddressDone,
            (Self::Provider, Step::Asked) => Change::LostProviderAsked,
            (Self::Provider, Step::Stopped) => Change::LostProviderStopped,
            (Self::Provider, Step::Done) => Change::LostProviderDone,
            (Self::Password, Step::Asked) => Change::LostPasswordAsked,
            (Self::Password, Step::Stopped) => Change::LostPasswordStopped,
            (Self::Password, Step::Done) => Change::LostPasswordDone,
        }
    }
}

/// No way is called so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no way is called so")]
pub struct UnknownWay;

impl FromStr for Lost {
    type Err = UnknownWay;

    fn from_str(word: &str) -> Result<Self, UnknownWay> {
        let mut all = Self::ALL.into_iter();
        all.find(|known| known.word() == word).ok_or(UnknownWay)
    }
}

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Whoever shows the proofs.
    Anyone,
    /// … from a device that the account has known for three days.
    EstablishedDevice,
}

/// What a way takes; none where it is not there. Total.
#[must_use]
pub const fn needs(lost: Lost, standing: Standing) -> Option<(Proofs, By)> {
    const PASSWORD: Proofs = Proofs::PASSWORD;
    Some(match (lost, standing.connection, standing.second_factor) {
        (Lost::Factor, Connection::Linked, SecondFactor::On) => {
            (PASSWORD.and(Proof::EmailCode), By::Anyone)
        }
        (Lost::Address, Connection::Linked, SecondFactor::On) => {
            (PASSWORD.and(Proof::TextMessageCode), By::Anyone)
        }
        (Lost::Address, Connection::Linked, SecondFactor::Off) => (PASSWORD, By::EstablishedDevice),
        (Lost::Password, Connection::Linked, SecondFactor::On) => (Proofs::CODE, By::Anyone),
        (Lost::Provider, Connection::ThirdParty, _) => (Proofs::CODE, By::EstablishedDevice),
        (Lost::Factor | Lost::Password, Connection::Linked, SecondFactor::Off)
        | (Lost::Provider, Connection::Linked, _)
        | (Lost::Factor | Lost::Address | Lost::Password, Connection::ThirdParty, _)
        | (_, Connection::NotConnected, _) => return None,
    })
}

/// Where the mailed code of a way went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mailbox {
    /// To an address that the account had, or that its provider told.
    Known,
    /// To one that whoever asks typed: reading there proves nothing of the account.
    Typed,
}

/// Whether a device that is known since then is established: for three days.
#[must_use]
pub const fn is_established(known_since: Seconds, now: Seconds) -> bool {
    known_since.saturating_add(HOLD) <= now
}

/// What somebody comes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asks {
    /// What was lost.
    pub lost: Lost,
    /// As the service's rows have it.
    pub standing: Standing,
    /// What was shown.
    pub proofs: Proofs,
    /// Where a mailed code among them went.
    pub mailbox: Mailbox,
    /// The established device that the person sits at, where there is one.
    pub device: Option<DeviceId>,
    /// When the same device was last told no; browsers that no such device sent
    /// are all one.
    pub told_no: Option<Seconds>,
    /// What waits anyway.
    pub hold: Hold,
    /// Until when dangerous acts are frozen.
    pub frozen_until: Seconds,
}

/// Why nothing is begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoWait {
    /// There is no such way for this account.
    #[error("there is no such way for this account")]
    NotOffered,
    /// A proof is missing.
    #[error("a proof is missing")]
    Unproven,
    /// The code went where nobody knows the person.
    #[error("no address is known that a code could go to")]
    NoKnownAddress,
    /// It takes an established device.
    #[error("it takes a device that the account has known for three days")]
    NoEstablishedDevice,
    /// Dangerous acts are frozen.
    #[error("dangerous acts are frozen")]
    Frozen {
        /// Until then.
        until: Seconds,
    },
    /// A hold runs.
    #[error("a hold runs")]
    Held {
        /// Until then.
        until: Seconds,
    },
    /// It waits already.
    #[error("it waits already")]
    Waits {
        /// Until then.
        until: Seconds,
    },
    /// Somebody said no.
    #[error("somebody said no to the same device a short while ago")]
    Vetoed {
        /// Not before then.
        until: Seconds,
    },
}

/// How far a way is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody has said no.
    Waits,
    /// … and it was said once more, then, that it takes effect soon.
    Reminded(Seconds),
    /// Somebody said no, then.
    Vetoed(Seconds),
    /// The account was another by then.
    Lapsed(Seconds),
    /// It took effect, then.
    Done(Seconds),
}

/// One way of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// What was lost.
    pub lost: Lost,
    /// When it was asked for.
    pub asked_at: Seconds,
    /// The established device that asked; browsers that no such device sent are all one.
    pub asker: Option<DeviceId>,
    /// How far it is.
    pub state: State,
}

/// Nothing waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nothing waits")]
pub struct NothingWaits;

/// Whether the account is the one that it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// It is.
    Stands,
    /// It has another password, address or factor, or knows the asker no more.
    Moved,
}

/// Whether the mails about a way have left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mails {
    /// All that can.
    Left,
    /// One waits to.
    Wait,
}

/// What a way rests on, when it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scene {
    /// Whether the account is the one that it was asked for.
    pub base: Base,
    /// What waits anyway.
    pub hold: Hold,
    /// Whether its mails have left.
    pub mails: Mails,
}

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Nothing.
    Nothing,
    /// The mail that says it is nearly over.
    Reminder(Wait),
    /// Its last day begins anew: a mail about it has not left.
    Delay(Wait),
    /// Its end without effect.
    Lapse(Wait),
    /// Its effect.
    Effect(Wait),
}

/// Begins a way, after `before` of the same kind.
///
/// # Errors
/// [`NoWait`].
pub fn ask(before: Option<Wait>, asks: &Asks, now: Seconds) -> Result<Wait, NoWait> {
    let (proofs, by) = needs(asks.lost, asks.standing).ok_or(NoWait::NotOffered)?;
    if !asks.proofs.covers(proofs) {
        return Err(NoWait::Unproven);
    }
    if proofs.contains(Proof::EmailCode) && asks.mailbox == Mailbox::Typed {
        return Err(NoWait::NoKnownAddress);
    }
    if by == By::EstablishedDevice && asks.device.is_none() {
        return Err(NoWait::NoEstablishedDevice);
    }
    if now < asks.frozen_until {
        let until = asks.frozen_until;
        return Err(NoWait::Frozen { until });
    }
    if asks.hold.is_on(now) {
        let until = asks.hold.until;
        return Err(NoWait::Held { until });
    }
    if let Some(before) = before {
        before.lets()?;
    }
    if let Some(until) = asks.told_no.map(|at| at.saturating_add(WAIT))
        && now < until
    {
        return Err(NoWait::Vetoed { until });
    }
    Ok(Wait {
        lost: asks.lost,
        asked_at: now,
        asker: asks.device,
        state: State::Waits,
    })
}

impl Wait {
    /// When it takes effect, if nobody says no: seven days after the asking, and a
    /// day after its reminder.
    #[must_use]
    pub fn until(self) -> Seconds {
        let until = self.asked_at.saturating_add(WAIT);
        match self.state {
            State::Reminded(at) => until.max(at.saturating_add(LAST_DAY)),
            State::Waits | State::Vetoed(_) | State::Lapsed(_) | State::Done(_) => until,
        }
    }

    /// Whether somebody can say no.
    #[must_use]
    pub const fn is_on(self) -> bool {
        matches!(self.state, State::Waits | State::Reminded(_))
    }

    /// Whether another may begin after this one.
    fn lets(self) -> Result<(), NoWait> {
        if self.is_on() {
            let until = self.until();
            return Err(NoWait::Waits { until });
        }
        Ok(())
    }

    /// Somebody says no.
    ///
    /// # Errors
    /// [`NothingWaits`].
    pub const fn veto(self, now: Seconds) -> Result<Self, NothingWaits> {
        if self.is_on() {
            Ok(self.to(State::Vetoed(now)))
        } else {
            Err(NothingWaits)
        }
    }

    /// What is due of it. A hold that runs is never cut short: it takes effect
    /// behind it.
    #[must_use]
    pub fn due(self, scene: Scene, now: Seconds) -> Due {
        match self.state {
            State::Vetoed(_) | State::Lapsed(_) | State::Done(_) => Due::Nothing,
            State::Waits | State::Reminded(_) if scene.base == Base::Moved => {
                Due::Lapse(self.to(State::Lapsed(now)))
            }
            State::Waits if now >= self.asked_at.saturating_add(REMIND) => {
                Due::Reminder(self.to(State::Reminded(now)))
            }
            State::Reminded(at) if scene.mails == Mails::Wait && now > at => {
                Due::Delay(self.to(State::Reminded(now)))
            }
            State::Reminded(_) if now >= self.until() && !scene.hold.is_on(now) => {
                Due::Effect(self.to(State::Done(now)))
            }
            State::Waits | State::Reminded(_) => Due::Nothing,
        }
    }

    const fn to(self, state: State) -> Self {
        Self { state, ..self }
    }
}
