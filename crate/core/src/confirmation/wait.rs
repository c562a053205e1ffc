//! The ways that take seven days: what somebody lost whom no proof of the table
//! is left to. Each puts seven days, in which every device and either address can
//! say no, in the place of **one** proof; the others are shown as ever.
//!
//! | lost | whose account | shown | then |
//! |---|---|---|---|
//! | [`Lost::Factor`] | linked, 2FA on | password, mailed code | 2FA is off |
//! | [`Lost::Address`] | linked | password, and 2FA or else a device of old | another address, read before |
//! | [`Lost::Provider`] | not linked | mailed code, a device of old | an account password: linked |
//! | [`Lost::Password`] | linked, 2FA on | mailed code | another account password |
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
    DeviceOfOld,
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
        (Lost::Address, Connection::Linked, SecondFactor::Off) => (PASSWORD, By::DeviceOfOld),
        (Lost::Password, Connection::Linked, SecondFactor::On) => (Proofs::CODE, By::Anyone),
        (Lost::Provider, Connection::ThirdParty, _) => (Proofs::CODE, By::DeviceOfOld),
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

/// Whether a device that is known since then is one of old.
#[must_use]
pub const fn is_of_old(known_since: Seconds, now: Seconds) -> bool {
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
    /// The device of old that the person sits at, where there is one.
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
    /// It takes a device of old.
    #[error("it takes a device that the account has known for three days")]
    NoDeviceOfOld,
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
    /// The device of old that asked; browsers that no such device sent are all one.
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
    if by == By::DeviceOfOld && asks.device.is_none() {
        return Err(NoWait::NoDeviceOfOld);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confirmation::action::{Action, Weakening};
    use crate::confirmation::policy::{Answer, Profile, Sync, required};
    use crate::id::Hash;

    const NOW: Seconds = 1_000_000;
    const OLD: DeviceId = DeviceId([1; 16]);

    fn standings() -> impl Iterator<Item = Standing> {
        [
            Connection::NotConnected,
            Connection::ThirdParty,
            Connection::Linked,
        ]
        .into_iter()
        .flat_map(|connection| {
            [SecondFactor::On, SecondFactor::Off].map(|second_factor| Standing {
                connection,
                sync: Sync::On,
                second_factor,
                profile: Profile::Standard,
            })
        })
    }

    /// Everything that `lost` takes, as the first account that has such a way.
    fn asks(lost: Lost) -> Asks {
        let mut standings = standings().filter_map(|one| needs(lost, one).map(|it| (one, it)));
        let (standing, (proofs, _)) = standings.next().unwrap();
        Asks {
            lost,
            standing,
            proofs,
            mailbox: Mailbox::Known,
            device: Some(OLD),
            told_no: None,
            hold: Hold::NONE,
            frozen_until: 0,
        }
    }

    fn waits(lost: Lost) -> Wait {
        ask(None, &asks(lost), NOW).unwrap()
    }

    const CALM: Scene = Scene {
        base: Base::Stands,
        hold: Hold::NONE,
        mails: Mails::Left,
    };

    /// The same once its reminder was made.
    fn reminded(wait: Wait, now: Seconds) -> Wait {
        match wait.due(CALM, now) {
            Due::Reminder(wait) => wait,
            due @ (Due::Nothing | Due::Delay(_) | Due::Lapse(_) | Due::Effect(_)) => {
                panic!("{due:?}")
            }
        }
    }

    #[test]
    fn each_way_stands_for_one_proof_of_its_weakening_and_takes_all_the_others() {
        for (lost, what, replaced) in [
            (
                Lost::Factor,
                Weakening::ChangeSecondFactor,
                Proof::TextMessageCode,
            ),
            (Lost::Address, Weakening::ChangeEmail, Proof::EmailCode),
        ] {
            for standing in standings() {
                let Some((proofs, _)) = needs(lost, standing) else {
                    continue;
                };
                let parameters = Hash::NOTHING;
                let Answer::Prove(all, _) = required(standing, Action::Weaken { what, parameters })
                else {
                    panic!("{lost:?} where its weakening is not to be had");
                };
                let replaced = [replaced].into_iter().collect();
                assert_eq!(proofs, all.without(replaced), "{lost:?} {standing:?}");
            }
        }
    }

    #[test]
    fn where_less_than_a_second_factor_is_left_a_device_of_old_has_to_ask() {
        for lost in Lost::ALL {
            for standing in standings() {
                match needs(lost, standing) {
                    Some((proofs, By::Anyone)) => {
                        assert_eq!(standing.second_factor, SecondFactor::On);
                        assert!(!proofs.is_empty());
                    }
                    Some((proofs, By::DeviceOfOld)) => assert!(!proofs.is_empty()),
                    None => {}
                }
            }
        }
    }

    #[test]
    fn less_than_everything_begins_nothing() {
        for lost in Lost::ALL {
            let all = asks(lost);
            for proof in all.proofs.iter() {
                let less = Asks {
                    proofs: all.proofs.without([proof].into_iter().collect()),
                    ..all
                };
                assert_eq!(ask(None, &less, NOW), Err(NoWait::Unproven), "{lost:?}");
            }
        }
        for standing in standings() {
            for lost in Lost::ALL {
                let from_nowhere = Asks {
                    standing,
                    proofs: Proof::ALL.into_iter().collect(),
                    device: None,
                    ..asks(lost)
                };
                let expected = match needs(lost, standing) {
                    Some((_, By::Anyone)) => None,
                    Some((_, By::DeviceOfOld)) => Some(NoWait::NoDeviceOfOld),
                    None => Some(NoWait::NotOffered),
                };
                assert_eq!(ask(None, &from_nowhere, NOW).err(), expected);
            }
        }
    }

    #[test]
    fn a_code_to_an_address_that_was_typed_proves_nothing() {
        for lost in Lost::ALL {
            let typed = Asks {
                mailbox: Mailbox::Typed,
                ..asks(lost)
            };
            let expected = match lost {
                // Its code shows that the new address is read, no more.
                Lost::Address => None,
                Lost::Factor | Lost::Provider | Lost::Password => Some(NoWait::NoKnownAddress),
            };
            assert_eq!(ask(None, &typed, NOW).err(), expected, "{lost:?}");
        }
    }

    #[test]
    fn nothing_begins_under_a_hold_or_a_freeze() {
        for lost in Lost::ALL {
            let held = Asks {
                hold: Hold::NONE.begin(NOW),
                ..asks(lost)
            };
            let until = NOW + HOLD;
            assert_eq!(ask(None, &held, NOW), Err(NoWait::Held { until }));
            let until = NOW + 1;
            let frozen = Asks {
                frozen_until: until,
                ..asks(lost)
            };
            assert_eq!(ask(None, &frozen, NOW), Err(NoWait::Frozen { until }));
            assert!(ask(None, &frozen, until).is_ok());
        }
    }

    #[test]
    fn it_takes_effect_after_seven_days_and_not_a_second_before() {
        for lost in Lost::ALL {
            let wait = waits(lost);
            assert_eq!(wait.due(CALM, NOW + REMIND - 1), Due::Nothing);
            let wait = reminded(wait, NOW + REMIND);
            assert_eq!(wait.due(CALM, NOW + WAIT - 1), Due::Nothing);
            let Due::Effect(done) = wait.due(CALM, NOW + WAIT) else {
                panic!("no effect");
            };
            assert_eq!(done.due(CALM, NOW + 2 * WAIT), Due::Nothing, "once");
            assert_eq!(done.veto(NOW + WAIT), Err(NothingWaits));
        }
    }

    /// The service was off: nobody could say no meanwhile.
    #[test]
    fn a_late_reminder_moves_the_end() {
        for late in [REMIND + 1, WAIT, 3 * WAIT] {
            let wait = reminded(waits(Lost::Factor), NOW + late);
            let until = NOW + late + LAST_DAY;
            assert_eq!(wait.until(), until);
            assert_eq!(wait.due(CALM, until - 1), Due::Nothing);
            assert!(matches!(wait.due(CALM, until), Due::Effect(_)));
        }
    }

    #[test]
    fn while_a_mail_about_it_has_not_left_its_last_day_begins_anew() {
        let stuck = Scene {
            mails: Mails::Wait,
            ..CALM
        };
        let wait = reminded(waits(Lost::Factor), NOW + REMIND);
        assert_eq!(wait.due(stuck, NOW + REMIND), Due::Nothing, "just made");
        for now in [NOW + REMIND + 1, NOW + WAIT, NOW + 9 * WAIT] {
            let Due::Delay(delayed) = wait.due(stuck, now) else {
                panic!("not delayed");
            };
            assert_eq!(delayed.until(), now.max(NOW + REMIND) + LAST_DAY);
            assert_eq!(delayed.due(CALM, delayed.until() - 1), Due::Nothing);
            assert!(matches!(delayed.due(CALM, delayed.until()), Due::Effect(_)));
            assert!(delayed.veto(now).is_ok());
        }
        let moved = Scene {
            base: Base::Moved,
            ..stuck
        };
        assert!(matches!(wait.due(moved, NOW + WAIT), Due::Lapse(_)));
    }

    #[test]
    fn asking_again_changes_nothing() {
        let wait = waits(Lost::Factor);
        let reminded = State::Reminded(NOW + REMIND);
        for (state, now) in [(State::Waits, NOW + 1), (reminded, NOW + WAIT)] {
            let wait = Wait { state, ..wait };
            let until = NOW + WAIT;
            for device in [Some(OLD), None] {
                let asks = Asks {
                    device,
                    ..asks(Lost::Factor)
                };
                assert_eq!(ask(Some(wait), &asks, now), Err(NoWait::Waits { until }));
            }
        }
    }

    #[test]
    fn a_no_ends_it_for_good_and_keeps_the_same_device_away_for_seven_days() {
        let vetoed = waits(Lost::Factor).veto(NOW + 9).unwrap();
        assert_eq!(vetoed.due(CALM, NOW + 2 * WAIT), Due::Nothing);
        assert_eq!(vetoed.veto(NOW + 9), Err(NothingWaits));
        let until = NOW + 9 + WAIT;
        let again = |told_no, now| {
            let asks = Asks {
                told_no,
                ..asks(Lost::Factor)
            };
            ask(Some(vetoed), &asks, now)
        };
        let told = Some(NOW + 9);
        assert_eq!(again(told, until - 1), Err(NoWait::Vetoed { until }));
        assert!(again(None, until - 1).is_ok(), "another was told nothing");
        assert_eq!(again(told, until).unwrap().until(), until + WAIT);
    }

    #[test]
    fn a_no_is_remembered_whoever_asked_since() {
        let since = waits(Lost::Factor).veto(NOW + 99).unwrap();
        let asks = Asks {
            told_no: Some(NOW + 9),
            ..asks(Lost::Factor)
        };
        let until = NOW + 9 + WAIT;
        for before in [None, Some(since)] {
            let again = ask(before, &asks, until - 1);
            assert_eq!(again, Err(NoWait::Vetoed { until }));
            assert!(ask(before, &asks, until).is_ok());
        }
    }

    #[test]
    fn an_account_that_moved_ends_it_without_effect_whenever_it_is_looked_at() {
        let wait = waits(Lost::Address);
        for now in [NOW, NOW + WAIT] {
            let moved = Scene {
                base: Base::Moved,
                ..CALM
            };
            let Due::Lapse(lapsed) = wait.due(moved, now) else {
                panic!("not lapsed");
            };
            assert_eq!(lapsed.due(CALM, NOW + 2 * WAIT), Due::Nothing);
        }
    }

    #[test]
    fn a_hold_is_never_cut_short() {
        let hold = Hold::NONE.begin(NOW + WAIT - 1);
        let wait = reminded(waits(Lost::Factor), NOW + REMIND);
        let due = |now| wait.due(Scene { hold, ..CALM }, now);
        assert_eq!(due(hold.until - 1), Due::Nothing);
        assert!(matches!(due(hold.until), Due::Effect(_)));
    }

    #[test]
    fn a_device_is_of_old_after_three_days() {
        assert!(!is_of_old(NOW, NOW + HOLD - 1));
        assert!(is_of_old(NOW, NOW + HOLD));
    }

    #[test]
    fn every_word_is_read_back() {
        for lost in Lost::ALL {
            assert_eq!(lost.word().parse(), Ok(lost));
        }
        assert_eq!("vault".parse::<Lost>(), Err(UnknownWay));
    }
}
