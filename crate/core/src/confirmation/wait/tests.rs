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
fn where_less_than_a_second_factor_is_left_an_established_device_has_to_ask() {
    for lost in Lost::ALL {
        for standing in standings() {
            match needs(lost, standing) {
                Some((proofs, By::Anyone)) => {
                    assert_eq!(standing.second_factor, SecondFactor::On);
                    assert!(!proofs.is_empty());
                }
                Some((proofs, By::EstablishedDevice)) => assert!(!proofs.is_empty()),
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
                Some((_, By::EstablishedDevice)) => Some(NoWait::NoEstablishedDevice),
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
fn a_device_is_established_after_three_days() {
    assert!(!is_established(NOW, NOW + HOLD - 1));
    assert!(is_established(NOW, NOW + HOLD));
}

#[test]
fn every_word_is_read_back() {
    for lost in Lost::ALL {
        assert_eq!(lost.word().parse(), Ok(lost));
    }
    assert_eq!("vault".parse::<Lost>(), Err(UnknownWay));
}
