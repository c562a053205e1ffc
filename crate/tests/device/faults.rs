//! Clocks that are wrong (F12), a service that goes away in the middle (F24), and
//! refreshes that are cut off (F28): an honest retry then succeeds.

use sigill::api::{Act, Phase, VaultState};
use sigill::trouble::Trouble;
use sigill_core::wire::problem::Code;

use crate::rig::{Fault, Person, Profile, World, connected, mailed};

const MINUTE: u64 = 60;
const DAY: i64 = 86_400;
const TEN_YEARS: i64 = 3_650 * DAY;

/// When the operation dies, as the service told this device.
async fn asked(session: &sigill::session::Session<Profile>) -> u64 {
    let loss = session.loss(Act::ClearEverywhere).await.unwrap();
    let operation = session.ask(Act::ClearEverywhere, &loss.hash).await.unwrap();
    match operation.phase {
        Phase::Asked { expires_at, .. } => expires_at,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn f12_a_devices_clock_moves_no_expiry() {
    for skew in [-TEN_YEARS, -DAY, DAY, TEN_YEARS] {
        let world = World::begin().await;
        let (profile, laptop) = connected(&world, 2).await;
        profile.skew(skew);
        laptop.unlocked().await;
        let local = world.now().saturating_add_signed(skew);
        assert_eq!(
            asked(&laptop).await,
            local + 30 * MINUTE,
            "counted down here"
        );
        let before = profile.whole(&laptop).await;
        let code = world.code().await;
        world.pass(10 * MINUTE);
        match laptop.prove(mailed(code)).await.unwrap_err() {
            Trouble::Refused(problem) => assert_eq!(problem.error, Code::CodeExpired, "{skew}"),
            other => panic!("{other:?} with {skew}"),
        }
        profile.holds(&laptop, &before).await;
        laptop.resend().await.unwrap();
        let done = laptop.prove(mailed(world.code().await)).await.unwrap();
        assert!(matches!(done.phase, Phase::Done { .. }), "{skew}");
    }
}

#[tokio::test]
async fn f6_what_never_arrived_is_no_operation_and_no_mail_and_is_asked_again_under_its_own_name() {
    let mut lost = 0;
    for step in 0..20 {
        let world = World::begin().await;
        let (profile, laptop) = connected(&world, 2).await;
        let before = profile.whole(&laptop).await;
        let mails = world.codes().await.len();
        let loss = laptop.loss(Act::ClearEverywhere).await.unwrap();
        profile.fault(Fault::KilledBefore(step));
        let _ = laptop.ask(Act::ClearEverywhere, &loss.hash).await;
        profile.fault(Fault::None);
        if has_asked(&profile) || !profile.rows().contains_key("journal") {
            continue;
        }
        lost += 1;
        let begun = laptop.status().await.unwrap().unfinished;
        let begun = begun.expect("an operation");
        assert!(matches!(begun.phase, Phase::Requested), "{:?}", begun.phase);
        assert_eq!(world.codes().await.len(), mails, "nothing was mailed");
        profile.holds(&laptop, &before).await;

        let again = profile.session();
        let operation = again.operation_now().await;
        assert_eq!(operation.key, begun.key);
        assert!(matches!(operation.phase, Phase::Asked { code_no: 1, .. }));
        assert_eq!(world.codes().await.len(), mails + 1);
        profile.holds(&again, &before).await;
        let done = again.prove(mailed(world.code().await)).await.unwrap();
        assert!(matches!(done.phase, Phase::Done { .. }), "{:?}", done.phase);
    }
    assert!(lost > 0);
}

/// Whether an operation was asked for, as far as the service.
fn has_asked(profile: &Profile) -> bool {
    let requests = profile.0.requests.borrow();
    requests.iter().any(|line| line.ends_with("/v1/operations"))
}

#[tokio::test]
async fn f24_a_service_that_goes_away_while_the_code_is_typed_erases_nothing() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    asked(&laptop).await;
    let code = world.code().await;
    let before = profile.whole(&laptop).await;
    profile.fault(Fault::Offline);
    let sent = laptop.prove(mailed(code.clone())).await.unwrap();
    assert!(matches!(sent.phase, Phase::Proving), "{:?}", sent.phase);
    let again = profile.session();
    let _ = again.operation().await;
    profile.fault(Fault::None);
    profile.holds(&again, &before).await; // nor by the next worker
    let mut phase = again.operation_now().await.phase;
    assert!(
        matches!(phase, Phase::Asked { tries_left: 5, .. }),
        "{phase:?}"
    );
    phase = again.prove(mailed(code)).await.unwrap().phase;
    assert!(matches!(phase, Phase::Done { .. }), "{phase:?}");
    let state = again.status().await.unwrap().vault;
    assert!(matches!(state, VaultState::None { .. }), "{state:?}");
}

#[tokio::test]
async fn f28_a_refresh_that_is_cut_off_anywhere_signs_nobody_out() {
    let mut step = 0;
    loop {
        let world = World::begin().await;
        let (profile, laptop) = connected(&world, 1).await;
        world.pass(11 * MINUTE); // the access token is dead
        profile.fault(Fault::KilledBefore(step));
        let _ = laptop.sync_now().await;
        let killed = profile.steps() > step;
        profile.fault(Fault::None);
        for worker in ["the next worker", "the one after it"] {
            let session = profile.session();
            let synced = session.sync_now().await;
            assert!(synced.is_ok(), "{worker} at step {step}: {synced:?}");
            world.pass(11 * MINUTE);
        }
        let refreshes = profile.0.requests.borrow();
        let refreshes = refreshes.iter().filter(|line| line.ends_with("/refresh"));
        assert!(refreshes.count() >= 2, "at step {step}");
        if !killed {
            break;
        }
        step += 1;
        assert!(step < 60);
    }
    assert!(step > 3, "{step} steps can't be all");
}
