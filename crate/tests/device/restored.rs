//! The service came back from yesterday's backup: what its devices make of it.

use sigill::api::{Act, PauseReason};

use crate::rig::{Person, World, another, connected, mailed};

const DAY: u64 = 24 * 60 * 60;

#[tokio::test]
async fn f22_a_device_refuses_yesterdays_cloud_and_puts_its_own_in_its_place() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    let backup = world.backup();
    laptop.add("since", "x").await;
    laptop.sync_now().await.unwrap();

    let world = world.restored(backup).await;
    let profile = profile.before(&world);
    let before = profile.vault_rows();
    let laptop = profile.session();
    laptop.unlocked().await;
    laptop.sign_in_again().await;
    let _ = laptop.sync_now().await;
    assert_eq!(laptop.paused().await, Some(PauseReason::RolledBack));
    assert_eq!(profile.vault_rows(), before, "the device keeps what it has");

    world.pass(DAY); // dangerous acts wait a day
    laptop.unlocked().await;
    let loss = laptop.loss(Act::ReplaceCloud).await.unwrap().hash;
    laptop.ask(Act::ReplaceCloud, &loss).await.unwrap();
    laptop.prove(mailed(world.code().await)).await.unwrap();
    laptop.dismiss().await.unwrap();
    laptop.sync_now().await.unwrap();
    let (_, phone) = another(&world).await;
    assert_eq!(phone.names().await, ["entry0", "since"]);
}
