//! Every act, with the worker killed before one step after another and the
//! browser closed then, or the disk full from one on until there is room again:
//! what comes of it is what comes of it undisturbed.

use std::rc::Rc;

use sigill::api::{Act, Displaced, NewVault, Operation, Phase, Typed, VaultState};
use sigill::session::Session;
use sigill::trouble::Trouble;

use crate::off::password;
use crate::rig::{
    Fault, OTHER_ROOT, PASSWORD, Person, Profile, World, connected, mailed, new_vault, unlock,
    unlock_anew,
};

const HOUR: u64 = 3600;

/// An act that has a clear before it where it brings something back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    ClearEverywhere,
    ClearThisDevice,
    ReplaceCloud,
    RestoreCloud,
    RestoreDevice,
    TurnSyncOff,
    Reset,
    Renew,
}

/// What an act leaves, here and at the service.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    names: Option<Vec<String>>,
    displaced: Option<usize>,
    sealed_here: Option<u32>,
    codes: usize,
}

fn anew() -> NewVault {
    NewVault {
        root: OTHER_ROOT.to_owned(),
        ..new_vault("Åsa’s vault")
    }
}

async fn done(world: &World, session: &Session<Profile>, act: Act) {
    let loss = session.loss(act.clone()).await.unwrap();
    session.ask(act, &loss.hash).await.unwrap();
    session.prove(mailed(world.code().await)).await.unwrap();
    session.dismiss().await.unwrap();
}

impl Case {
    /// What is there before it begins.
    async fn scene(self, world: &Rc<World>) -> (Profile, Session<Profile>) {
        let (profile, laptop) = connected(world, 2).await;
        match self {
            Self::RestoreCloud => done(world, &laptop, Act::ClearEverywhere).await,
            Self::RestoreDevice => done(world, &laptop, Act::ClearThisDevice).await,
            Self::Reset => drop(laptop.lock().await.unwrap()),
            Self::ClearEverywhere
            | Self::ClearThisDevice
            | Self::ReplaceCloud
            | Self::TurnSyncOff
            | Self::Renew => {}
        }
        if matches!(self, Self::RestoreCloud | Self::RestoreDevice) {
            world.pass(HOUR); // two acts an hour are all that a device has
        }
        (profile, laptop)
    }

    async fn act(self, session: &Session<Profile>) -> Act {
        match self {
            Self::ClearEverywhere => Act::ClearEverywhere,
            Self::ClearThisDevice => Act::ClearThisDevice,
            Self::ReplaceCloud => Act::ReplaceCloud,
            Self::RestoreCloud => {
                let displaced = session.displaced().await.unwrap();
                let [Displaced { generation, .. }] = displaced.as_slice() else {
                    panic!("{displaced:?}");
                };
                Act::RestoreCloud {
                    generation: generation.clone(),
                }
            }
            Self::RestoreDevice => Act::RestoreDevice,
            Self::TurnSyncOff => Act::TurnSyncOff,
            Self::Reset => Act::ResetMasterPassword,
            Self::Renew => Act::RenewMasterPassword,
        }
    }

    async fn ask(
        self,
        session: &Session<Profile>,
        (act, loss): (&Act, &str),
    ) -> Result<Operation, Trouble> {
        match self {
            Self::Reset | Self::Renew => session.ask_reset(act.clone(), anew(), loss).await,
            Self::ClearEverywhere
            | Self::ClearThisDevice
            | Self::ReplaceCloud
            | Self::RestoreCloud
            | Self::RestoreDevice
            | Self::TurnSyncOff => session.ask(act.clone(), loss).await,
        }
    }
}

/// What is asked for next.
async fn typed(world: &World, operation: &Operation) -> Result<Option<Typed>, Trouble> {
    match &operation.phase {
        Phase::Asked { required, .. } if required[0] == "account_password" => {
            Ok(Some(password(PASSWORD)))
        }
        Phase::Asked { .. } => Ok(Some(mailed(world.code().await))),
        Phase::Done { .. } => Ok(None),
        // Cut off on the way there, or back.
        Phase::Requested | Phase::Proving | Phase::Receipted => Err(Trouble::Unreachable),
        Phase::Over { how } => panic!("{how}"),
    }
}

/// Goes on with what was begun until it is done.
async fn goes_on(
    world: &World,
    session: &Session<Profile>,
    mut operation: Operation,
) -> Result<(), Trouble> {
    while let Some(typed) = typed(world, &operation).await? {
        operation = session.prove(typed).await?;
    }
    Ok(())
}

/// A new worker in a browser that was closed; a vault that can be opened is.
async fn next_worker(profile: &Profile, case: Case) -> Session<Profile> {
    profile.close_browser();
    let session = profile.session();
    if case != Case::Reset {
        opened(&session).await;
    }
    session
}

async fn opened(session: &Session<Profile>) {
    let state = session.status().await.unwrap().vault;
    if matches!(state, VaultState::Locked { .. }) && session.unlock(unlock()).await.is_err() {
        session.unlock(unlock_anew()).await.unwrap();
    }
}

async fn outcome(world: &World, session: &Session<Profile>) -> Outcome {
    let displaced = session.displaced().await.ok().map(|found| found.len());
    let sealed_here = session.restorable_view().await.unwrap();
    opened(session).await;
    let names = match session.status().await.unwrap().vault {
        VaultState::None { .. } => None,
        _ => Some(session.names().await),
    };
    Outcome {
        names,
        displaced,
        sealed_here: sealed_here.map(|sealed| sealed.count),
        codes: world.codes().await.len(),
    }
}

/// The act with the worker killed before `step`; what came of it, and whether it was killed.
async fn killed_before(case: Case, step: u32) -> (Outcome, bool) {
    let world = World::begin().await;
    let (profile, laptop) = case.scene(&world).await;
    let act = case.act(&laptop).await;
    let loss = laptop.loss(act.clone()).await.unwrap().hash;
    profile.fault(Fault::KilledBefore(step));
    let begun = case.ask(&laptop, (&act, &loss)).await;
    if let Ok(operation) = begun {
        let _ = goes_on(&world, &laptop, operation).await;
    }
    let killed = profile.steps() > step;
    profile.fault(Fault::None);
    let laptop = next_worker(&profile, case).await;
    let operation = match laptop.operation().await.unwrap() {
        Some(operation) => operation,
        // Killed before it was written down: it never began.
        None => case.ask(&laptop, (&act, &loss)).await.unwrap(),
    };
    goes_on(&world, &laptop, operation).await.unwrap();
    laptop.dismiss().await.unwrap();
    (outcome(&world, &laptop).await, killed)
}

/// The act on a disk that is full from a write on, until the person makes room and
/// goes on; what came of it, and whether the disk was missed.
async fn full_from(case: Case, write: u32) -> (Outcome, bool) {
    let world = World::begin().await;
    let (profile, laptop) = case.scene(&world).await;
    let act = case.act(&laptop).await;
    let loss = laptop.loss(act.clone()).await.unwrap().hash;
    profile.fault(Fault::FullFrom(write));
    let came = match case.ask(&laptop, (&act, &loss)).await {
        Ok(operation) => goes_on(&world, &laptop, operation).await,
        Err(trouble) => Err(trouble),
    };
    let is_said = matches!(came, Ok(()) | Err(Trouble::Full));
    assert!(is_said, "{came:?} from write {write}");
    profile.fault(Fault::None);
    let operation = match laptop.operation().await.unwrap() {
        Some(operation) => operation,
        None => case.ask(&laptop, (&act, &loss)).await.unwrap(),
    };
    goes_on(&world, &laptop, operation).await.unwrap();
    laptop.dismiss().await.unwrap();
    (outcome(&world, &laptop).await, came.is_err())
}

/// The same as on a disk with room, from whichever write on it is full.
async fn room_is_made(case: Case) {
    let (wanted, missed) = full_from(case, u32::MAX).await;
    assert!(!missed);
    for write in 0..100 {
        let (found, missed) = full_from(case, write).await;
        assert_eq!(found, wanted, "full from write {write}");
        if !missed {
            assert!(write > 3, "{write} writes can't be all");
            return;
        }
    }
    panic!("a hundred writes are too many");
}

#[tokio::test]
async fn f4_on_a_full_disk_a_clear_is_kept_and_done_once_there_is_room() {
    room_is_made(Case::ClearEverywhere).await;
}

#[tokio::test]
async fn f4_on_a_full_disk_a_restore_is_kept_and_done_once_there_is_room() {
    room_is_made(Case::RestoreDevice).await;
}

#[tokio::test]
async fn f4_on_a_full_disk_new_keys_are_kept_and_take_over_once_there_is_room() {
    room_is_made(Case::Renew).await;
}

async fn once(case: Case) {
    let (wanted, killed) = killed_before(case, u32::MAX).await;
    assert!(!killed);
    let mut step = 0;
    loop {
        let (found, killed) = killed_before(case, step).await;
        assert_eq!(found, wanted, "at step {step}");
        if !killed {
            break;
        }
        step += 1;
        assert!(step < 100);
    }
    assert!(step > 5, "{step} steps can't be all");
}

/// The same; what it leaves here, in the cloud and sealed on the device.
async fn leaves(case: Case, left: (Option<usize>, Option<usize>, Option<u32>)) {
    once(case).await;
    let (found, _) = killed_before(case, u32::MAX).await;
    let names = found.names.map(|names| names.len());
    assert_eq!((names, found.displaced, found.sealed_here), left);
    assert_eq!(found.codes, 2, "the address, and one for the act");
}

#[tokio::test]
async fn f2_clearing_everywhere_is_applied_once_and_the_old_generation_lies_sealed_here_and_there()
{
    leaves(Case::ClearEverywhere, (None, Some(1), Some(2))).await;
}

#[tokio::test]
async fn clearing_this_device_happens_once_and_the_cloud_keeps_its_own() {
    leaves(Case::ClearThisDevice, (None, Some(0), Some(2))).await;
}

#[tokio::test]
async fn replacing_the_cloud_happens_once_and_what_it_held_is_displaced() {
    leaves(Case::ReplaceCloud, (Some(2), Some(1), None)).await;
}

#[tokio::test]
async fn bringing_the_clouds_back_happens_once_wherever_the_worker_is_killed() {
    once(Case::RestoreCloud).await;
}

#[tokio::test]
async fn bringing_this_devices_back_happens_once_wherever_the_worker_is_killed() {
    once(Case::RestoreDevice).await;
}

#[tokio::test]
async fn turning_sync_off_happens_once_wherever_the_worker_is_killed() {
    once(Case::TurnSyncOff).await;
}

#[tokio::test]
async fn a_reset_happens_once_wherever_the_worker_is_killed() {
    once(Case::Reset).await;
}

#[tokio::test]
async fn a_renewal_happens_once_wherever_the_worker_is_killed() {
    once(Case::Renew).await;
}

#[tokio::test]
async fn another_code_is_asked_for_once_wherever_the_worker_is_killed() {
    for step in 0..100 {
        let world = World::begin().await;
        let (profile, laptop) = connected(&world, 2).await;
        let loss = laptop.loss(Act::ClearEverywhere).await.unwrap().hash;
        laptop.ask(Act::ClearEverywhere, &loss).await.unwrap();
        world.code().await;
        world.pass(61);
        profile.fault(Fault::KilledBefore(step));
        let _ = laptop.resend().await;
        let killed = profile.steps() > step;
        profile.fault(Fault::None);
        let laptop = next_worker(&profile, Case::ClearEverywhere).await;
        let mut operation = laptop.operation_now().await;
        if matches!(operation.phase, Phase::Asked { code_no: 1, .. }) {
            operation = laptop.resend().await.unwrap();
        }
        let is_second = matches!(
            operation.phase,
            Phase::Asked {
                code_no: 2,
                tries_left: 5,
                ..
            }
        );
        assert!(is_second, "{:?} at step {step}", operation.phase);
        assert_eq!(world.codes().await.len(), 3, "at step {step}");
        goes_on(&world, &laptop, operation).await.unwrap();
        if !killed {
            assert!(step > 1);
            return;
        }
    }
    panic!("a hundred steps are too many");
}

#[tokio::test]
async fn what_is_given_up_stays_so_wherever_the_worker_is_killed_and_changes_nothing() {
    for step in 0..100 {
        let world = World::begin().await;
        let (profile, laptop) = connected(&world, 2).await;
        let before = profile.whole(&laptop).await;
        let loss = laptop.loss(Act::ClearEverywhere).await.unwrap().hash;
        laptop.ask(Act::ClearEverywhere, &loss).await.unwrap();
        let code = world.code().await;
        profile.fault(Fault::KilledBefore(step));
        let _ = laptop.cancel().await;
        let killed = profile.steps() > step;
        profile.fault(Fault::None);
        let laptop = next_worker(&profile, Case::ClearEverywhere).await;
        if let Some(operation) = laptop.operation().await.unwrap()
            && matches!(operation.phase, Phase::Asked { .. })
        {
            laptop.cancel().await.unwrap();
        }
        assert!(laptop.prove(mailed(code)).await.is_err(), "at step {step}");
        profile.holds(&laptop, &before).await;
        if !killed {
            assert!(step > 1);
            return;
        }
    }
    panic!("a hundred steps are too many");
}
