//! The table of proofs, searched exhaustively: every standing, every action,
//! every way from one standing to another.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it can't go on"
)]

use std::collections::BTreeMap;

use sigill_core::confirmation::action::{
    Action, ClearScope, RestoreReach, RestoreSource, Weakening,
};
use sigill_core::confirmation::policy::{
    Answer, Binding, Connection, Passage, Profile, Proof, Proofs, Reach, Refusal, SecondFactor,
    Standing, Sync, binding, passage, required,
};
use sigill_core::id::{GenerationId, Hash};

fn standings() -> Vec<Standing> {
    let mut all = Vec::new();
    for connection in [
        Connection::NotConnected,
        Connection::ThirdParty,
        Connection::Linked,
    ] {
        for sync in [Sync::On, Sync::Off] {
            for second_factor in [SecondFactor::On, SecondFactor::Off] {
                for profile in [Profile::Standard, Profile::Strict] {
                    all.push(Standing {
                        connection,
                        sync,
                        second_factor,
                        profile,
                    });
                }
            }
        }
    }
    all
}

fn actions() -> Vec<Action> {
    let mut all = vec![
        Action::ResetMasterPassword,
        Action::RenewMasterPassword,
        Action::ReplaceCloud,
    ];
    all.extend(
        [ClearScope::ThisDevice, ClearScope::Everywhere].map(|scope| Action::ClearVault { scope }),
    );
    let cloud = RestoreSource::Cloud {
        generation: GenerationId([1; 16]),
    };
    let device = RestoreSource::Device {
        head_hash: Hash([2; 32]),
    };
    for source in [cloud, device] {
        for reach in [RestoreReach::SameEpoch, RestoreReach::AcrossEpochs] {
            all.push(Action::Restore { source, reach });
        }
    }
    all.extend(Weakening::ALL.iter().map(|what| Action::Weaken {
        what: *what,
        parameters: Hash([3; 32]),
    }));
    all
}

/// The table of `behaviours.md`, copied by hand: rows `N`, `T`, `L on`,
/// `L off`; `p` account password, `c` mailed code, `t` text-message code where
/// there is a second factor, `s` the same under the strict profile only;
/// `here`, `cloud` how far it reaches.
#[rustfmt::skip]
const TABLE: [(&str, [&str; 4]); 11] = [
    // action                    N              T           L, sync on    L, sync off
    ("reset",                  ["phrase",      "refuse_t", "c s cloud",   "p t here"]),
    ("replace cloud",          ["not offered", "refuse_t", "c s cloud",   "refuse_s"]),
    ("clear here",             ["phrase",      "refuse_t", "c s here",    "p t here"]),
    ("clear everywhere",       ["not offered", "refuse_t", "c s cloud",   "refuse_s"]),
    ("restore cloud same",     ["old master",  "refuse_t", "c s cloud",   "p t here"]),
    ("restore cloud across",   ["old master",  "refuse_t", "c p t cloud", "p t here"]),
    ("restore device same",    ["old master",  "refuse_t", "c s here",    "p t here"]),
    ("restore device across",  ["old master",  "refuse_t", "c p t here",  "p t here"]),
    ("turn sync on",           ["not offered", "refuse_t", "c p t cloud", "p t cloud"]),
    ("turn sync off",          ["not offered", "refuse_t", "c p t cloud", "c p t cloud"]),
    ("weaken otherwise",       ["not offered", "refuse_t", "c p t cloud", "c p t cloud"]),
];

fn row_of(action: Action) -> &'static str {
    use RestoreReach::{AcrossEpochs, SameEpoch};
    use RestoreSource::{Cloud, Device};
    match action {
        Action::ResetMasterPassword | Action::RenewMasterPassword => "reset",
        Action::ReplaceCloud => "replace cloud",
        Action::ClearVault {
            scope: ClearScope::ThisDevice,
        } => "clear here",
        Action::ClearVault {
            scope: ClearScope::Everywhere,
        } => "clear everywhere",
        Action::Restore {
            source: Cloud { .. },
            reach: SameEpoch,
        } => "restore cloud same",
        Action::Restore {
            source: Cloud { .. },
            reach: AcrossEpochs,
        } => "restore cloud across",
        Action::Restore {
            source: Device { .. },
            reach: SameEpoch,
        } => "restore device same",
        Action::Restore {
            source: Device { .. },
            reach: AcrossEpochs,
        } => "restore device across",
        Action::Weaken {
            what: Weakening::TurnSyncOn,
            ..
        } => "turn sync on",
        Action::Weaken {
            what: Weakening::TurnSyncOff,
            ..
        } => "turn sync off",
        Action::Weaken { .. } => "weaken otherwise",
    }
}

fn column_of(standing: Standing) -> usize {
    match (standing.connection, standing.sync) {
        (Connection::NotConnected, _) => 0,
        (Connection::ThirdParty, _) => 1,
        (Connection::Linked, Sync::On) => 2,
        (Connection::Linked, Sync::Off) => 3,
    }
}

fn copied(standing: Standing, action: Action) -> Answer {
    let rows: Vec<_> = TABLE
        .iter()
        .filter(|(name, _)| *name == row_of(action))
        .collect();
    assert_eq!(rows.len(), 1, "no gap and no overlap: {action:?}");
    let cell = rows[0].1[column_of(standing)];
    match cell {
        "phrase" => return Answer::TypedPhrase,
        "old master" => return Answer::OldMasterPassword,
        "not offered" => return Answer::NotOffered,
        "refuse_t" => return Answer::Refuse(Refusal::AccountNotLinked),
        "refuse_s" => return Answer::Refuse(Refusal::SyncIsOff),
        _ => {}
    }
    let has_factor = standing.second_factor == SecondFactor::On;
    let is_strict = standing.profile == Profile::Strict;
    let mut proofs = Proofs::NONE;
    let mut reach = None;
    for word in cell.split(' ') {
        match word {
            "c" => proofs = proofs.and(Proof::EmailCode),
            "p" => proofs = proofs.and(Proof::AccountPassword),
            "t" if has_factor => proofs = proofs.and(Proof::TextMessageCode),
            "s" if has_factor && is_strict => proofs = proofs.and(Proof::TextMessageCode),
            "t" | "s" => {}
            "here" => reach = Some(Reach::ThisDevice),
            "cloud" => reach = Some(Reach::Cloud),
            unknown => panic!("{unknown}"),
        }
    }
    Answer::Prove(proofs, reach.expect("every cell says how far"))
}

/// Proofs to the service; an action that can't be had takes none.
fn proofs(standing: Standing, action: Action) -> Proofs {
    match required(standing, action) {
        Answer::Prove(proofs, _) => proofs,
        Answer::TypedPhrase
        | Answer::OldMasterPassword
        | Answer::NotOffered
        | Answer::Refuse(_) => Proofs::NONE,
    }
}

#[test]
fn every_combination_has_the_one_answer_of_the_table() {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let (mut combinations, mut gaps, mut overlaps) = (0, 0, 0);
    for standing in standings() {
        for action in actions() {
            let rows = TABLE.iter().filter(|(name, _)| *name == row_of(action));
            match rows.count() {
                0 => gaps += 1,
                1 => {}
                _ => overlaps += 1,
            }
            let answer = required(standing, action);
            assert_eq!(answer, copied(standing, action), "{standing:?} {action:?}");
            let kind = format!("{answer:?}");
            let kind = kind.split('(').next().unwrap_or_default().to_owned();
            *counts.entry(kind).or_default() += 1;
            combinations += 1;
        }
    }
    println!(
        "table: {combinations} combinations ({} standings × {} actions), {gaps} gaps, {overlaps} overlaps: {counts:?}",
        standings().len(),
        actions().len()
    );
    assert_eq!((combinations, gaps, overlaps), (24 * 26, 0, 0));
    assert_eq!(counts.values().sum::<u32>(), combinations);
}

#[test]
fn what_the_service_proves_is_never_proved_by_nothing() {
    for standing in standings() {
        for action in actions() {
            if let Answer::Prove(proofs, _) = required(standing, action) {
                assert!(!proofs.is_empty(), "{standing:?} {action:?}");
            }
        }
    }
}

#[test]
fn a_text_message_is_asked_for_only_where_there_is_a_second_factor() {
    for standing in standings() {
        for action in actions() {
            let asks = proofs(standing, action).contains(Proof::TextMessageCode);
            assert!(
                !asks || standing.second_factor == SecondFactor::On,
                "{standing:?} {action:?}"
            );
        }
    }
}

#[test]
fn the_strict_profile_never_asks_for_less() {
    let mut compared = 0;
    for standard in standings()
        .into_iter()
        .filter(|s| s.profile == Profile::Standard)
    {
        let strict = Standing {
            profile: Profile::Strict,
            ..standard
        };
        for action in actions() {
            let (less, more) = (proofs(standard, action), proofs(strict, action));
            assert!(more.covers(less), "{standard:?} {action:?}");
            if standard.second_factor == SecondFactor::On && !more.is_empty() {
                assert!(
                    more.contains(Proof::TextMessageCode),
                    "{strict:?} {action:?}"
                );
            }
            compared += 1;
        }
    }
    println!("strict ⊇ standard: {compared} comparisons");
    assert_eq!(compared, 12 * 26);
}

#[test]
fn rule_w_a_change_takes_whatever_proofs_it_takes_away() {
    let (mut ways, mut closed, mut compared) = (0, 0, 0);
    for before in standings() {
        for after in standings() {
            let Some(taken) = passage(before, after).proofs(before) else {
                closed += 1;
                continue;
            };
            ways += 1;
            for action in actions() {
                let lost = proofs(before, action).without(proofs(after, action));
                assert!(
                    taken.covers(lost),
                    "{before:?} → {after:?}: {action:?} loses {lost:?}"
                );
                compared += 1;
            }
        }
    }
    println!(
        "rule W: {ways} ways and {closed} closed of {} pairs, {compared} comparisons",
        ways + closed
    );
    assert_eq!(ways + closed, 24 * 24);
    assert_eq!(compared, ways * 26);
}

#[test]
fn rule_w_holds_over_two_changes_too() {
    let mut compared = 0_u32;
    for first in standings() {
        for second in standings() {
            let Some(one) = passage(first, second).proofs(first) else {
                continue;
            };
            for third in standings() {
                let Some(two) = passage(second, third).proofs(second) else {
                    continue;
                };
                for action in actions() {
                    let lost = proofs(first, action).without(proofs(third, action));
                    assert!(
                        one.or(two).covers(lost),
                        "{first:?} → {second:?} → {third:?}: {action:?}"
                    );
                    compared += 1;
                }
            }
        }
    }
    println!("rule W over two changes: {compared} comparisons");
}

#[test]
fn each_fact_that_protects_is_given_up_by_its_own_weakening() {
    let strong = Standing {
        connection: Connection::Linked,
        sync: Sync::On,
        second_factor: SecondFactor::On,
        profile: Profile::Strict,
    };
    let named = [
        (
            Standing {
                sync: Sync::Off,
                ..strong
            },
            Weakening::TurnSyncOff,
        ),
        (
            Standing {
                second_factor: SecondFactor::Off,
                ..strong
            },
            Weakening::ChangeSecondFactor,
        ),
        (
            Standing {
                profile: Profile::Standard,
                ..strong
            },
            Weakening::DropStrictProfile,
        ),
        (
            Standing {
                connection: Connection::NotConnected,
                ..strong
            },
            Weakening::Disconnect,
        ),
    ];
    for (after, weakening) in named {
        assert_eq!(
            passage(strong, after),
            Passage::Weakens(vec![weakening]),
            "{after:?}"
        );
    }
    let unsynced = Standing {
        sync: Sync::Off,
        ..strong
    };
    assert_eq!(
        passage(unsynced, strong),
        Passage::Weakens(vec![Weakening::TurnSyncOn])
    );
    assert_eq!(passage(strong, strong), Passage::Free);
}

#[test]
fn an_account_that_is_not_linked_has_no_way_out_by_proofs() {
    for before in standings() {
        for after in standings() {
            let unlinked = before.connection == Connection::ThirdParty;
            let disconnects = after.connection == Connection::NotConnected;
            if unlinked && disconnects {
                assert_eq!(passage(before, after), Passage::Closed);
            }
        }
    }
}

#[test]
fn the_base_is_bound_wherever_the_cloud_is_reached_and_weakening_binds_its_parameters() {
    for standing in standings() {
        for action in actions() {
            let Answer::Prove(_, reach) = required(standing, action) else {
                continue;
            };
            let expected = match (action, reach) {
                (Action::Weaken { .. }, _) => Binding::Parameters,
                (_, Reach::Cloud) => Binding::CloudHead,
                (_, Reach::ThisDevice) => Binding::LocalHead,
            };
            assert_eq!(binding(action, reach), expected, "{standing:?} {action:?}");
        }
    }
}
