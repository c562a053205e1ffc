//! The hold: a signed-out device hears of it and says no, an older one lifts it.

use sigill::api::{Held, Lifts, Unlock};
use sigill::session::Session;
use sigill::trouble::Trouble;
use sigill_core::wire::problem::Code;

use crate::rig::{
    Fault, OTHER_ROOT, Person, Profile, ROOT, World, another, connected, new_vault, unlock,
};

const DAY: u64 = 24 * 3600;

/// A laptop of four days and a phone of today; then the account password is reset by mail alone.
async fn reset(
    world: &std::rc::Rc<World>,
) -> ((Profile, Session<Profile>), (Profile, Session<Profile>)) {
    let laptop = connected(world, 2).await;
    world.pass(4 * DAY);
    let phone = another(world).await;
    world.reset_by_mail().await;
    (laptop, phone)
}

async fn held(session: &Session<Profile>) -> Option<Held> {
    session.hear().await.unwrap().held
}

fn code(trouble: &Trouble) -> Code {
    match trouble {
        Trouble::Refused(problem) => problem.error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_signed_out_device_hears_of_it_by_its_key_and_says_no_once() {
    let world = World::begin().await;
    let ((profile, laptop), _) = reset(&world).await;
    let before = profile.vault_rows();
    laptop.tick().await.unwrap();
    let status = laptop.tick().await.unwrap();
    assert!(status.account.is_none(), "the reset signed it out");
    let alarm = status.held.expect("an alarm");
    assert_eq!(alarm.until, world.now() + 3 * DAY);
    assert_eq!((alarm.lifts, alarm.can_veto), (Lifts::Elsewhere, true));

    let vetoed = laptop.veto().await.unwrap().held.expect("still held");
    assert_eq!(vetoed.until, alarm.until + 7 * DAY);
    assert!(!vetoed.can_veto);
    let again = laptop.veto().await.unwrap_err();
    assert_eq!(code(&again), Code::NotOffered);
    assert_eq!(profile.vault_rows(), before);

    world.pass(10 * DAY);
    assert_eq!(laptop.status().await.unwrap().held, None);
}

#[tokio::test]
async fn a_veto_signs_out_whoever_came_with_the_reset() {
    let world = World::begin().await;
    let ((_, laptop), _) = reset(&world).await;
    let stranger = world.profile().session();
    stranger.sign_in_again().await;
    assert!(stranger.account().await.is_ok());
    laptop.veto().await.unwrap();
    let out = stranger.account().await.unwrap_err();
    assert_eq!(code(&out), Code::SignedOut);
}

#[tokio::test]
async fn a_device_of_days_lifts_it_with_the_vault_opened_by_its_master_password() {
    let world = World::begin().await;
    let ((profile, laptop), (_, phone)) = reset(&world).await;
    laptop.sign_in_again().await;
    laptop.unlocked().await;
    let alarm = held(&laptop).await.expect("an alarm");
    assert_eq!(alarm.lifts, Lifts::ThisDevice);
    let wrong = laptop.lift_hold(OTHER_ROOT.to_owned()).await.unwrap_err();
    assert_eq!(wrong, Trouble::WrongMasterPassword);
    laptop.lock().await.unwrap();
    let locked = laptop.lift_hold(ROOT.to_owned()).await.unwrap_err();
    assert_eq!(locked, Trouble::Locked);
    assert_eq!(asked_to_lift(&profile), 0, "the service heard of neither");

    // The phone came today: it lifts nothing.
    phone.sign_in_again().await;
    phone.unlock(unlock()).await.unwrap();
    assert_eq!(
        held(&phone).await.expect("an alarm").lifts,
        Lifts::Elsewhere
    );
    let late = phone.lift_hold(ROOT.to_owned()).await.unwrap_err();
    assert_eq!(code(&late), Code::Held);

    laptop.unlock(unlock()).await.unwrap();
    assert_eq!(laptop.lift_hold(ROOT.to_owned()).await.unwrap().held, None);
    assert_eq!(held(&phone).await, None);
}

fn asked_to_lift(profile: &Profile) -> usize {
    let requests = profile.0.requests.borrow();
    let asked = requests.iter().filter(|line| line.ends_with("/hold/lift"));
    asked.count()
}

#[tokio::test]
async fn a_vault_that_is_not_the_accounts_lifts_nothing() {
    let world = World::begin().await;
    let ((profile, laptop), _) = reset(&world).await;
    let own = Unlock {
        root: OTHER_ROOT.to_owned(),
        ..unlock()
    };
    laptop.sign_in_again().await;
    laptop.unlock(unlock()).await.unwrap();
    // Whoever sits at the device puts a vault of his own there.
    profile.clear_vault();
    let session = profile.session();
    let mut vault = new_vault("Not hers");
    vault.root.clone_from(&own.root);
    session.create_vault(vault).await.unwrap();
    let refused = session.lift_hold(own.root).await.unwrap_err();
    assert_eq!(code(&refused), Code::NotOffered);
    assert_eq!(asked_to_lift(&profile), 0);
}

#[tokio::test]
async fn a_service_that_is_away_is_not_heard_and_stops_nothing_else() {
    let world = World::begin().await;
    let ((profile, laptop), _) = reset(&world).await;
    profile.fault(Fault::Offline);
    assert_eq!(laptop.hear().await.unwrap_err(), Trouble::Unreachable);
    assert!(laptop.tick().await.is_ok());
    assert_eq!(laptop.veto().await.unwrap_err(), Trouble::Unreachable);
    profile.fault(Fault::None);
    assert!(held(&laptop).await.is_some());
}

#[tokio::test]
async fn an_alarm_of_another_account_is_not_shown_here() {
    let world = World::begin().await;
    let ((profile, laptop), _) = reset(&world).await;
    profile.lie(|path, answer| {
        if path == "/v1/alarms" && answer.status == 200 {
            let text = String::from_utf8(answer.body.clone()).unwrap();
            let mut alarms: serde_json::Value = serde_json::from_str(&text).unwrap();
            alarms["alarms"][0]["account"] = "00000000000000000000000000000001".into();
            answer.body = serde_json::to_vec(&alarms).unwrap();
        }
    });
    laptop.tick().await.unwrap();
    assert_eq!(held(&laptop).await, None);
}
