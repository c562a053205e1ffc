//! A service that is gone for good.

use sigill::api::{SyncState, Unlock, VaultState};
use sigill::trouble::Trouble;
use sigill_core::wire::problem::Code;

use crate::rig::{Fault, OTHER_ROOT, Person, World, connected, unlock};

const DAY: u64 = 24 * 3600;

fn refused(trouble: &Trouble) -> Code {
    match trouble {
        Trouble::Refused(problem) => problem.error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn after_seven_silent_days_the_vault_leaves_the_account_by_its_master_password() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 3).await;
    let before = serde_json::to_string(&laptop.all().await).unwrap();
    profile.fault(Fault::Offline);
    world.pass(7 * DAY - 60);
    laptop.unlocked().await;
    laptop.sync_now().await.unwrap();
    let early = laptop.leave_service(unlock()).await.unwrap_err();
    assert_eq!(refused(&early), Code::NotOffered);

    world.pass(3600);
    laptop.unlocked().await;
    laptop.sync_now().await.unwrap();
    let wrong = Unlock {
        root: OTHER_ROOT.to_owned(),
        ..unlock()
    };
    let wrong = laptop.leave_service(wrong).await.unwrap_err();
    assert_eq!(wrong, Trouble::WrongMasterPassword);
    let status = laptop.leave_service(unlock()).await.unwrap();
    assert!(matches!(
        status.vault,
        VaultState::Open {
            connected: false,
            count: 3,
            ..
        }
    ));
    assert!(matches!(status.sync, SyncState::NotConnected));
    assert!(status.account.is_none());
    assert_eq!(serde_json::to_string(&laptop.all().await).unwrap(), before);
    laptop.lock().await.unwrap();
    laptop.unlock(unlock()).await.unwrap();
    laptop.add("afterwards", "x").await;
}

#[tokio::test]
async fn a_service_that_answers_is_not_left_that_way() {
    let world = World::begin().await;
    let (_, laptop) = connected(&world, 1).await;
    world.pass(8 * DAY);
    laptop.unlocked().await;
    laptop.sync_now().await.unwrap();
    let here = laptop.leave_service(unlock()).await.unwrap_err();
    assert_eq!(refused(&here), Code::NotOffered);
}
