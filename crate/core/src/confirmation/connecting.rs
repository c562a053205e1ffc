//! Connecting can be taken back: for 72 hours, by the only device of the account,
//! with the master password alone (S31). Beside the table of proofs: what it ends
//! is a protection that its person has only just chosen, and nothing is erased.
//!
//! ```text
//! may be undone ⟺ no other device is signed in ∧ no hold runs ∧ now < known since + 72 h
//! ```

use super::hold::{HOLD, Hold};
use crate::wire::Seconds;

/// Seconds after a device came that its connecting can be taken back.
pub const TAKEN_BACK: Seconds = HOLD;

/// What decides, from the service's own rows.
#[derive(Debug, Clone, Copy)]
pub struct Connected {
    /// When the account first knew the device that asks.
    pub since: Seconds,
    /// Who else is signed in.
    pub company: Company,
    /// The account's hold.
    pub hold: Hold,
}

/// Whether an account has one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Company {
    /// It has.
    Alone,
    /// Others are signed in to it.
    Others,
}

/// Connecting is not to be taken back (any more) by the master password alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("connecting can't be taken back by the master password alone")]
pub struct NotTakenBack;

impl Company {
    /// Of an account in which so many devices are signed in, the one that asks among them.
    #[must_use]
    pub const fn of(devices: usize) -> Self {
        if devices == 1 {
            Self::Alone
        } else {
            Self::Others
        }
    }
}

impl Connected {
    /// Until when it can be taken back.
    ///
    /// # Errors
    /// [`NotTakenBack`].
    pub const fn taken_back_until(self, now: Seconds) -> Result<Seconds, NotTakenBack> {
        let until = self.since.saturating_add(TAKEN_BACK);
        match self.company {
            Company::Alone if now < until && !self.hold.is_on(now) => Ok(until),
            Company::Alone | Company::Others => Err(NotTakenBack),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAME: Seconds = 1_000;
    const ALONE: Connected = Connected {
        since: CAME,
        company: Company::Alone,
        hold: Hold::NONE,
    };

    #[test]
    fn the_only_device_can_for_seventy_two_hours() {
        let until = CAME + 72 * 3_600;
        assert_eq!(ALONE.taken_back_until(CAME), Ok(until));
        assert_eq!(ALONE.taken_back_until(until - 1), Ok(until));
        assert_eq!(ALONE.taken_back_until(until), Err(NotTakenBack));
    }

    #[test]
    fn one_of_several_devices_can_not() {
        let company = Company::of(2);
        let others = Connected { company, ..ALONE };
        assert_eq!(others.taken_back_until(CAME), Err(NotTakenBack));
        assert_eq!(Company::of(1), Company::Alone);
        assert_eq!(Company::of(0), Company::Others, "whoever asks is counted");
    }

    #[test]
    fn it_waits_while_a_hold_runs() {
        let hold = Hold::NONE.begin(CAME);
        let held = Connected { hold, ..ALONE };
        assert_eq!(held.taken_back_until(CAME + 1), Err(NotTakenBack));
    }
}
