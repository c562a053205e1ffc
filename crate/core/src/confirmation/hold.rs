//! The hold: after an account password was reset by mail alone, or an account
//! was linked from a device that had just signed in, whatever reaches beyond one
//! device waits, so that whoever reads the mailbox can't erase a vault with it.

use super::action::Action;
use super::operation::Clearance;
use super::policy::Reach;
use crate::id::DeviceId;
use crate::wire::Seconds;

/// Seconds that a hold lasts.
pub const HOLD: Seconds = 72 * 3_600;
/// Seconds that one lasts after the service was restored from a backup.
pub const HOLD_RESTORED: Seconds = 24 * 3_600;
/// Seconds that a veto adds, once.
pub const VETO: Seconds = 7 * 24 * 3_600;

/// A hold on an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// When it began.
    pub from: Seconds,
    /// When it ends.
    pub until: Seconds,
    /// Whether somebody said no meanwhile.
    pub veto: Veto,
    /// The established device that asked for what it follows, where one did.
    pub asker: Option<DeviceId>,
}

/// Whether a hold was vetoed: once is all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Veto {
    /// It can be.
    Unused,
    /// It was.
    Used,
}

/// The hold was vetoed before, or is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the hold was vetoed before, or is over")]
pub struct NoVeto;

impl Hold {
    /// None.
    pub const NONE: Self = Self {
        from: 0,
        until: 0,
        veto: Veto::Unused,
        asker: None,
    };

    /// One that begins now. Where one runs it runs on, and never gets shorter.
    #[must_use]
    pub fn begin(self, now: Seconds) -> Self {
        self.begin_for((now, None), now)
    }

    /// The same for what `asker` asked for at `from`: a device or a factor that
    /// came while that waited was not there before.
    #[must_use]
    pub fn begin_for(self, asked: (Seconds, Option<DeviceId>), now: Seconds) -> Self {
        self.begin_until(asked, now.saturating_add(HOLD), now)
    }

    /// The same after the service was restored from a backup: what was done since
    /// is forgotten there, a no among it.
    #[must_use]
    pub fn begin_restored(self, now: Seconds) -> Self {
        self.begin_until((now, None), now.saturating_add(HOLD_RESTORED), now)
    }

    fn begin_until(
        self,
        (from, asker): (Seconds, Option<DeviceId>),
        until: Seconds,
        now: Seconds,
    ) -> Self {
        if self.is_on(now) {
            return Self {
                from: self.from.min(from),
                until: self.until.max(until),
                asker: self.asker.or(asker),
                ..self
            };
        }
        Self {
            from,
            until,
            veto: Veto::Unused,
            asker,
        }
    }

    /// Whether it runs.
    #[must_use]
    pub const fn is_on(self, now: Seconds) -> bool {
        now < self.until
    }

    /// Whether something that is there since `since` (a device, a second factor)
    /// was there before whoever may have caused the hold.
    #[must_use]
    pub const fn was_before(self, since: Seconds, by: Seconds) -> bool {
        since.saturating_add(by) <= self.from
    }

    /// Whether `device` lifts it by having been there for three days before. What
    /// somebody brings about who sits at an established device, they don't end there.
    #[must_use]
    pub fn is_lifted_by(self, device: DeviceId, known_since: Seconds) -> bool {
        self.asker != Some(device) && self.was_before(known_since, HOLD)
    }

    /// Somebody who was there before says no.
    ///
    /// # Errors
    /// [`NoVeto`].
    pub fn vetoed(self, now: Seconds) -> Result<Self, NoVeto> {
        match self.veto {
            Veto::Unused if self.is_on(now) => Ok(Self {
                until: self.until.saturating_add(VETO),
                veto: Veto::Used,
                ..self
            }),
            Veto::Unused | Veto::Used => Err(NoVeto),
        }
    }

    /// Whether `action` may be asked for while it runs.
    #[must_use]
    pub const fn clearance(self, (action, reach): (Action, Reach), now: Seconds) -> Clearance {
        if self.is_on(now) && waits(action, reach) {
            Clearance::Held
        } else {
            Clearance::Clear
        }
    }
}

/// Whatever reaches beyond this device, every weakening and every restore.
const fn waits(action: Action, reach: Reach) -> bool {
    match (action, reach) {
        (Action::Weaken { .. } | Action::Restore { .. }, _) | (_, Reach::Cloud) => true,
        (
            Action::ResetMasterPassword
            | Action::RenewMasterPassword
            | Action::ReplaceCloud
            | Action::ClearVault { .. },
            Reach::ThisDevice,
        ) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confirmation::action::{ClearScope, Weakening};
    use crate::id::Hash;

    #[test]
    fn after_a_restore_it_lasts_a_day_and_cuts_no_other_short() {
        let day = Hold::NONE.begin_restored(1_000);
        assert!(day.is_on(1_000 + HOLD_RESTORED - 1) && !day.is_on(1_000 + HOLD_RESTORED));
        let longer = Hold::NONE.begin(1_000).begin_restored(2_000);
        assert_eq!((longer.from, longer.until), (1_000, 1_000 + HOLD));
        let shorter = Hold::NONE.begin(1_000).begin_restored(1_000 + HOLD - 1);
        assert_eq!(shorter.until, 1_000 + HOLD - 1 + HOLD_RESTORED);
    }

    #[test]
    fn whatever_reaches_beyond_this_device_waits_and_nothing_else() {
        let hold = Hold::NONE.begin(1_000);
        let clear = Action::ClearVault {
            scope: ClearScope::ThisDevice,
        };
        let weaken = Action::Weaken {
            what: Weakening::TurnSyncOff,
            parameters: Hash::NOTHING,
        };
        let held = |action, reach, now| hold.clearance((action, reach), now) == Clearance::Held;
        assert!(held(Action::ReplaceCloud, Reach::Cloud, 1_000));
        assert!(held(weaken, Reach::Cloud, 1_000 + HOLD - 1));
        assert!(!held(weaken, Reach::Cloud, 1_000 + HOLD));
        assert!(!held(clear, Reach::ThisDevice, 1_000));
        assert!(!held(Action::ResetMasterPassword, Reach::ThisDevice, 1_000));
        assert!(held(Action::ResetMasterPassword, Reach::Cloud, 1_000));
    }

    #[test]
    fn a_veto_adds_seven_days_once() {
        let hold = Hold::NONE.begin(1_000);
        let vetoed = hold.vetoed(2_000).unwrap();
        assert_eq!(vetoed.until, hold.until + VETO);
        assert_eq!(vetoed.vetoed(2_000), Err(NoVeto));
        assert_eq!(hold.vetoed(hold.until), Err(NoVeto));
        assert_eq!(
            vetoed.begin(3_000),
            vetoed,
            "a second reset takes nothing away"
        );
    }

    #[test]
    fn what_came_while_something_waited_was_not_there_before() {
        let hold = Hold::NONE.begin_for((500_000, None), 900_000);
        assert_eq!(hold.until, 900_000 + HOLD);
        assert!(!hold.was_before(500_000, 1));
        let running = Hold::NONE
            .begin(800_000)
            .begin_for((500_000, None), 800_001);
        assert_eq!((running.from, running.until), (500_000, 800_001 + HOLD));
    }

    #[test]
    fn whoever_asked_for_what_it_follows_does_not_lift_it() {
        let [asker, other] = [1, 2].map(|byte| DeviceId([byte; 16]));
        let hold = Hold::NONE.begin_for((500_000, Some(asker)), 900_000);
        assert!(hold.is_lifted_by(other, 500_000 - HOLD));
        assert!(!hold.is_lifted_by(other, 500_001 - HOLD));
        assert!(!hold.is_lifted_by(asker, 0));
        let again = hold.begin(900_001);
        assert!(!again.is_lifted_by(asker, 0), "nor after a second reset");
        let vetoed = again.vetoed(900_002).unwrap();
        assert!(!vetoed.is_lifted_by(asker, 0));
    }

    #[test]
    fn what_was_there_in_time_was_there_before() {
        let hold = Hold::NONE.begin(500_000);
        assert!(hold.was_before(500_000 - HOLD, HOLD));
        assert!(!hold.was_before(500_001 - HOLD, HOLD));
    }
}
