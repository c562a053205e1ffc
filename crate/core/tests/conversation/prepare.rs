//! What the judge refuses before any mail.

use sigill_core::confirmation::action::{Action, RestoreReach, RestoreSource};
use sigill_core::confirmation::operation::{Clearance, Refused};
use sigill_core::confirmation::policy::{Connection, Sync};
use sigill_core::id::{GenerationId, Hash};
use sigill_core::vault::head::Head;
use sigill_core::wire::Bytes;
use sigill_core::wire::operation::Ask;
use sigill_core::wire::problem::Code;

use super::device::{ASKER, CLEAR_EVERYWHERE, CLEAR_HERE, OTHER};
use super::scene::{ask, asked, confirm};
use super::service::Service;

#[test]
fn a_base_that_is_not_the_clouds_head_is_refused_before_any_mail() {
    let mut service = Service::new();
    let stale = ask(CLEAR_EVERYWHERE, &service);
    service.another_device_syncs();
    assert_eq!(service.ask(ASKER, &stale), Err(Refused::Stale));
    assert!(service.mailbox.is_empty());
}

#[test]
fn the_service_decides_from_its_own_rows_before_any_mail() {
    let refused = |change: fn(&mut Service), action: Action| {
        let mut service = Service::new();
        change(&mut service);
        let asked = ask(action, &service);
        let answer = service.ask(ASKER, &asked);
        assert!(service.mailbox.is_empty());
        assert!(service.operations.is_empty());
        answer.map_err(Refused::code)
    };
    let unlinked = |s: &mut Service| s.standing.connection = Connection::ThirdParty;
    assert_eq!(refused(unlinked, CLEAR_HERE), Err(Code::AccountNotLinked));
    let unsynced = |s: &mut Service| s.standing.sync = Sync::Off;
    assert_eq!(refused(unsynced, CLEAR_EVERYWHERE), Err(Code::SyncIsOff));
    let nowhere = |s: &mut Service| s.standing.connection = Connection::NotConnected;
    assert_eq!(refused(nowhere, CLEAR_HERE), Err(Code::NotOffered));
    let unverified = |s: &mut Service| s.clearance = Clearance::EmailNotVerified;
    assert_eq!(refused(unverified, CLEAR_HERE), Err(Code::EmailNotVerified));
    let frozen = |s: &mut Service| s.clearance = Clearance::Frozen;
    assert_eq!(refused(frozen, CLEAR_HERE), Err(Code::Frozen));
    let held = |s: &mut Service| s.clearance = Clearance::Held;
    assert_eq!(refused(held, CLEAR_HERE), Err(Code::Held));
}

#[test]
fn the_digest_is_recomputed() {
    let mut service = Service::new();
    let right = ask(CLEAR_EVERYWHERE, &service);
    let claimed = Ask {
        digest: Hash([0; 32]),
        ..right.clone()
    };
    assert_eq!(service.ask(ASKER, &claimed), Err(Refused::Digest));
    assert_eq!(
        service.ask(OTHER, &right),
        Err(Refused::Digest),
        "of another device"
    );
    assert_eq!(service.ask(ASKER, &right), Ok(()));
    let mut another = confirm(&service, "00000000");
    another.digest = Hash([0; 32]);
    let answer = service.confirm(ASKER, service.last().id, &another);
    assert_eq!(answer, Err(Refused::Digest));
    assert_eq!(service.last().tries, 0);
}

#[test]
fn a_key_is_good_for_one_request() {
    let (mut service, _, _) = asked(CLEAR_EVERYWHERE);
    let other = ask(CLEAR_HERE, &service);
    assert_eq!(service.ask(ASKER, &other), Err(Refused::KeyReused));
    assert!(service.is_pending());
}

#[test]
fn a_vault_comes_with_replace_cloud_and_with_no_other_act() {
    let service = || Service::new();
    let full = ask(Action::ReplaceCloud, &service());
    assert_eq!(service().ask(ASKER, &full), Ok(()));
    let redigested = |change: fn(&mut Ask)| {
        let mut changed = full.clone();
        change(&mut changed);
        changed.digest = changed.request.digest(ASKER.account, ASKER.device);
        service().ask(ASKER, &changed)
    };
    assert_eq!(redigested(|a| a.new_head = None), Err(Refused::Shape));
    assert_eq!(redigested(|a| a.new_slots = None), Err(Refused::Shape));
    assert_eq!(
        redigested(|a| a.request.new_head_hash = None),
        Err(Refused::Shape)
    );
    assert_eq!(
        redigested(|a| a.request.new_slots_hash = None),
        Err(Refused::Shape)
    );
    assert_eq!(
        redigested(|a| a.request.action = CLEAR_EVERYWHERE),
        Err(Refused::Shape)
    );
    assert_eq!(
        redigested(|a| a.new_slots = Some(vec![])),
        Err(Refused::Vault)
    );
    let garbage = |a: &mut Ask| {
        a.new_head = Some(Bytes(vec![1]));
        a.request.new_head_hash = Some(Hash::of(&[1]));
    };
    assert_eq!(redigested(garbage), Err(Refused::Vault));
    let other_vault = |a: &mut Ask| a.request.vault = sigill_core::id::VaultId([0; 16]);
    assert_eq!(redigested(other_vault), Err(Refused::Vault));
}

#[test]
fn a_head_that_does_not_follow_the_base_is_refused() {
    let mut service = Service::new();
    let mut late = ask(Action::ReplaceCloud, &service);
    service.another_device_syncs();
    // The same head, said to follow the new one.
    late.request.base_seq = service.cloud.seq;
    late.request.base_head_hash = service.cloud.hash;
    late.digest = late.request.digest(ASKER.account, ASKER.device);
    assert_eq!(service.ask(ASKER, &late), Err(Refused::Vault));
}

#[test]
fn a_generation_that_is_not_there_or_is_claimed_otherwise_is_refused() {
    let mut service = Service::new();
    let restore = |reach| Action::Restore {
        source: RestoreSource::Cloud {
            generation: GenerationId([7; 16]),
        },
        reach,
    };
    let absent = ask(restore(RestoreReach::SameEpoch), &service);
    assert_eq!(service.ask(ASKER, &absent), Err(Refused::NotFound));
    service.displaced.push(super::service::Displaced {
        generation: GenerationId([7; 16]),
        content: None,
        reach: RestoreReach::AcrossEpochs,
    });
    assert_eq!(
        service.ask(ASKER, &absent),
        Err(Refused::Stale),
        "claimed to need less"
    );
    let honest = ask(restore(RestoreReach::AcrossEpochs), &service);
    assert_eq!(service.ask(ASKER, &honest), Ok(()));
}

#[test]
fn a_head_over_other_slots_is_refused() {
    let mut service = Service::new();
    let mut asked = ask(Action::ReplaceCloud, &service);
    let mut head = Head::from_bytes(&asked.new_head.unwrap().0).unwrap();
    head.slots_hash = Hash([0; 32]);
    asked.request.new_head_hash = Some(head.hash());
    asked.new_head = Some(Bytes(head.to_bytes()));
    asked.digest = asked.request.digest(ASKER.account, ASKER.device);
    assert_eq!(service.ask(ASKER, &asked), Err(Refused::Vault));
}
