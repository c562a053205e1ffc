//! A service that is gone for good.

use sigill::api::{Act, Phase, SyncState, Unlock, VaultState};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::wire::problem::Code;

use crate::off::turn_off;
use crate::rig::{Fault, OTHER_ROOT, Person, Profile, World, connected, mailed, unlock};

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

fn refused(trouble: &Trouble) -> Code {
    match trouble {
        Trouble::Refused(problem) => problem.error,
        other => panic!("{other:?}"),
    }
}

/// Asked once now, and once at the end of `seconds`; in between nobody is there.
async fn silence(world: &World, laptop: &Session<Profile>, seconds: u64) {
    laptop.knock().await.unwrap();
    world.pass(seconds);
    laptop.unlocked().await;
    laptop.knock().await.unwrap();
}

/// The service goes, and does not come back for a week.
async fn gone(world: &World, (profile, laptop): (&Profile, &Session<Profile>)) {
    profile.fault(Fault::Offline);
    silence(world, laptop, 7 * DAY).await;
    assert!(laptop.status().await.unwrap().silent.is_some());
}

async fn contents(laptop: &Session<Profile>) -> String {
    serde_json::to_string(&laptop.all().await).unwrap()
}

async fn is_not_offered(laptop: &Session<Profile>) {
    let here = laptop.leave_service(unlock()).await.unwrap_err();
    assert_eq!(refused(&here), Code::NotOffered);
}

/// It belongs to no account, waits for nothing, and everything is here.
async fn leaves(laptop: &Session<Profile>, count: u32) {
    let before = contents(laptop).await;
    let status = laptop.leave_service(unlock()).await.unwrap();
    match status.vault {
        VaultState::Open {
            connected: false,
            count: here,
            ..
        } => assert_eq!(here, count),
        other => panic!("{other:?}"),
    }
    assert!(matches!(status.sync, SyncState::NotConnected));
    assert!(status.account.is_none() && status.unfinished.is_none());
    assert_eq!(status.silent, None);
    assert_eq!(contents(laptop).await, before);
    laptop.lock().await.unwrap();
    laptop.unlock(unlock()).await.unwrap();
    laptop.add("afterwards", "x").await;
}

#[tokio::test]
async fn after_seven_silent_days_the_vault_leaves_the_account_by_its_master_password() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 3).await;
    profile.fault(Fault::Offline);
    laptop.sync_now().await.unwrap();
    world.pass(7 * DAY - 60);
    laptop.unlocked().await;
    laptop.sync_now().await.unwrap();
    is_not_offered(&laptop).await;
    world.pass(60);
    laptop.unlocked().await;
    laptop.sync_now().await.unwrap();
    let wrong = Unlock {
        root: OTHER_ROOT.to_owned(),
        ..unlock()
    };
    let wrong = laptop.leave_service(wrong).await.unwrap_err();
    assert_eq!(wrong, Trouble::WrongMasterPassword);
    leaves(&laptop, 3).await;
}

#[tokio::test]
async fn a_service_that_answers_is_not_left_that_way() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    world.pass(8 * DAY);
    laptop.unlocked().await;
    laptop.sync_now().await.unwrap();
    is_not_offered(&laptop).await;
    // Back at the last moment, when nobody asked it yet.
    gone(&world, (&profile, &laptop)).await;
    profile.fault(Fault::None);
    is_not_offered(&laptop).await;
    assert_eq!(laptop.status().await.unwrap().silent, None);
    profile.fault(Fault::Offline);
    is_not_offered(&laptop).await;
}

#[tokio::test]
async fn a_service_that_refuses_everything_has_not_gone() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    let (_, phone) = crate::rig::another(&world).await;
    let devices = phone.account().await.unwrap().devices;
    let other = devices.iter().find(|device| !device.this).unwrap();
    phone.sign_device_out(&other.id).await.unwrap();
    silence(&world, &laptop, 8 * DAY).await;
    let _ = laptop.sync_now().await;
    is_not_offered(&laptop).await;
    profile.lie(|_, answer| {
        answer.status = 503;
        answer.body = br#"{"error":"busy"}"#.to_vec();
    });
    silence(&world, &laptop, 8 * DAY).await;
    is_not_offered(&laptop).await;
}

#[tokio::test]
async fn a_week_that_nobody_listened_to_is_no_silence() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    world.pass(21 * DAY); // switched off
    profile.fault(Fault::Offline);
    laptop.unlocked().await;
    laptop.sync_now().await.unwrap();
    is_not_offered(&laptop).await;
    silence(&world, &laptop, 31 * DAY).await;
    is_not_offered(&laptop).await;
}

#[tokio::test]
async fn one_word_in_between_begins_the_week_anew() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    profile.fault(Fault::Offline);
    silence(&world, &laptop, 6 * DAY).await;
    profile.fault(Fault::None);
    laptop.knock().await.unwrap();
    profile.fault(Fault::Offline);
    silence(&world, &laptop, 6 * DAY).await;
    is_not_offered(&laptop).await;
    silence(&world, &laptop, DAY).await;
    leaves(&laptop, 1).await;
}

#[tokio::test]
async fn a_clock_that_goes_back_or_leaps_ahead_leaves_nothing() {
    for skew in [-30 * 86_400, -8 * 86_400, -7200, 40 * 86_400] {
        let world = World::begin().await;
        let (profile, laptop) = connected(&world, 1).await;
        gone(&world, (&profile, &laptop)).await;
        profile.skew(skew);
        laptop.unlocked().await;
        is_not_offered(&laptop).await;
        assert_eq!(laptop.status().await.unwrap().silent, None, "{skew}");
        // By the clock as it is now a week has to go by.
        silence(&world, &laptop, 7 * DAY - 60).await;
        is_not_offered(&laptop).await;
        silence(&world, &laptop, 60).await;
        leaves(&laptop, 1).await;
    }
}

#[tokio::test]
async fn an_act_that_waits_for_a_service_that_is_gone_keeps_nobody() {
    for is_proving in [false, true] {
        let world = World::begin().await;
        let (profile, laptop) = connected(&world, 2).await;
        let loss = laptop.loss(Act::ClearEverywhere).await.unwrap();
        laptop.ask(Act::ClearEverywhere, &loss.hash).await.unwrap();
        let code = world.code().await;
        profile.fault(Fault::Offline);
        if is_proving {
            let sent = laptop.prove(mailed(code)).await.unwrap();
            assert!(matches!(sent.phase, Phase::Proving));
        }
        is_not_offered(&laptop).await;
        gone(&world, (&profile, &laptop)).await;
        leaves(&laptop, 2).await;
        profile.fault(Fault::None);
        laptop.tick().await.unwrap();
        assert!(laptop.operation().await.unwrap().is_none());
        assert_eq!(laptop.names().await.len(), 3);
    }
}

#[tokio::test]
async fn a_permit_that_the_service_alone_could_date_keeps_nobody_and_clears_nothing() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    crate::off::permitted(&world, &profile, &laptop).await;
    gone(&world, (&profile, &laptop)).await;
    leaves(&laptop, 2).await;
    profile.fault(Fault::None);
    laptop.tick().await.unwrap();
    assert_eq!(laptop.names().await.len(), 3);
}

#[tokio::test]
async fn with_sync_off_it_is_left_after_seven_silent_days_too() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    turn_off(&world, &laptop).await;
    laptop.add("only here", "x").await;
    is_not_offered(&laptop).await;
    gone(&world, (&profile, &laptop)).await;
    leaves(&laptop, 3).await;
}

#[tokio::test]
async fn signed_out_it_is_left_after_seven_silent_days_too() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    laptop.sign_out().await.unwrap();
    laptop.unlocked().await;
    is_not_offered(&laptop).await;
    gone(&world, (&profile, &laptop)).await;
    leaves(&laptop, 2).await;
}

#[tokio::test]
async fn a_silence_is_listened_to_every_hour_until_it_ends_and_not_before_it_began() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    laptop.sign_out().await.unwrap();
    let asked = || {
        let requests = profile.0.requests.borrow();
        let of_its_life = |request: &&String| request.ends_with("/v1/providers");
        requests.iter().filter(of_its_life).count()
    };
    let before = asked();
    world.pass(DAY);
    laptop.tick().await.unwrap();
    assert_eq!(asked(), before, "signed out, it asks for no sign of life");
    profile.fault(Fault::Offline);
    laptop.knock().await.unwrap();
    profile.fault(Fault::None);
    world.pass(HOUR - 1);
    laptop.tick().await.unwrap();
    assert_eq!(asked(), before);
    world.pass(1);
    laptop.tick().await.unwrap();
    assert_eq!(asked(), before + 1);
    world.pass(DAY);
    laptop.tick().await.unwrap();
    assert_eq!(asked(), before + 1, "it was heard");
}
