//! Each dangerous act, undisturbed, has its effect once.

use sigill_core::confirmation::action::{Action, RestoreReach, RestoreSource};
use sigill_core::confirmation::journal::{Event, Message, Phase};
use sigill_core::confirmation::operation::State;
use sigill_core::confirmation::policy::{Profile, Proof, SecondFactor, Sync};
use sigill_core::id::Hash;
use sigill_core::wire::SecretText;
use sigill_core::wire::operation::{Confirmed, Proofs};

use super::device::{CLEAR_EVERYWHERE, CLEAR_HERE, Device, TAG, password_of, wrong};
use super::service::Service;

fn confirmed(service: &mut Service, action: Action) -> Device {
    let mut device = Device::new(service, action, 1);
    device.asks(service);
    assert_eq!(service.effects, 0, "nothing is destroyed before the code");
    let code = service.mailed_code();
    device.types_code(service, &code);
    assert!(device.is_done(), "{:?}", device.told);
    assert_eq!((service.effects, device.applied), (1, 1));
    assert_eq!(service.last().code, None, "the code is dead");
    device
}

#[test]
fn clearing_everywhere_empties_both_sides_and_seals_the_old() {
    let mut service = Service::new();
    let device = confirmed(&mut service, CLEAR_EVERYWHERE);
    assert_eq!((device.content, service.content.as_deref()), (None, None));
    assert_eq!(service.displaced[0].content.as_deref(), Some("the cloud's"));
    assert_eq!(service.cloud.seq, 8);
}

#[test]
fn clearing_this_device_leaves_the_cloud_as_it_is() {
    let mut service = Service::new();
    let before = service.cloud;
    let device = confirmed(&mut service, CLEAR_HERE);
    assert_eq!(device.content, None);
    assert_eq!(service.content.as_deref(), Some("the cloud's"));
    assert_eq!(service.cloud, before);
}

#[test]
fn replacing_the_cloud_leaves_this_device_as_it_is() {
    let mut service = Service::new();
    let device = confirmed(&mut service, Action::ReplaceCloud);
    assert_eq!(device.content, Some("the device's"));
    assert_eq!(service.content.as_deref(), Some("the device's"));
}

#[test]
fn what_was_cleared_everywhere_comes_back_by_restore() {
    let mut service = Service::new();
    confirmed(&mut service, CLEAR_EVERYWHERE);
    service.effects = 0;
    let action = Action::Restore {
        source: RestoreSource::Cloud {
            generation: service.displaced[0].generation,
        },
        reach: RestoreReach::SameEpoch,
    };
    let mut device = Device::new(&service, action, 2);
    device.asks(&mut service);
    let code = service.mailed_code();
    device.types_code(&mut service, &code);
    assert!(device.is_done());
    assert_eq!(service.content.as_deref(), Some("the cloud's"));
    assert_eq!(service.cloud.seq, 9, "it only rises");
}

#[test]
fn what_lies_on_the_device_comes_back_there_and_nowhere_else() {
    let mut service = Service::new();
    let before = service.cloud;
    let action = Action::Restore {
        source: RestoreSource::Device {
            head_hash: Hash([8; 32]),
        },
        reach: RestoreReach::SameEpoch,
    };
    confirmed(&mut service, action);
    assert_eq!(
        (service.cloud, service.content.as_deref()),
        (before, Some("the cloud's"))
    );
}

#[test]
fn page_and_mail_show_the_same_four_words() {
    let mut service = Service::new();
    let mut device = Device::new(&service, CLEAR_EVERYWHERE, 1);
    device.asks(&mut service);
    let Phase::Asked(asked) = device.entry.phase() else {
        panic!("{:?}", device.entry.phase());
    };
    assert_eq!(asked.reference.join(" "), service.mailbox[0].words);
    assert_eq!((asked.code_no, asked.tries_left), (1, 5));
    assert_eq!(asked.required, [Proof::EmailCode]);
}

#[test]
fn the_heads_tag_is_in_the_confirmation_and_never_in_the_request() {
    let mut service = Service::new();
    let mut device = Device::new(&service, Action::ReplaceCloud, 1);
    device.feed(Event::Start);
    let Some(Message::Ask(ask)) = device.wire.front() else {
        panic!("{:?}", device.wire);
    };
    let sent = serde_json::to_string(ask).unwrap();
    let tag = serde_json::to_string(&sigill_core::wire::Bytes(TAG.to_vec())).unwrap();
    assert!(!sent.contains(tag.trim_matches('"')), "{sent}");
    let head = ask.new_head.as_ref().unwrap();
    assert!(!head.0.windows(32).any(|bytes| bytes == TAG));
    device.talk(&mut service);
    device.feed(Event::Prove(password_of("anything")));
    let Some(Message::Confirm(_, confirm)) = device.wire.front() else {
        panic!("{:?}", device.wire);
    };
    assert_eq!(
        confirm.head_tag.as_ref().map(|tag| tag.0.as_slice()),
        Some(&TAG[..])
    );
}

#[test]
fn with_sync_off_the_password_clears_this_device_and_no_mail_leaves() {
    let mut service = Service::new();
    service.standing.sync = Sync::Off;
    let mut device = Device::new(&service, CLEAR_HERE, 1);
    device.asks(&mut service);
    device.feed(Event::Prove(password_of("wrong")));
    device.talk(&mut service);
    assert_eq!((service.effects, device.applied), (0, 0));
    device.feed(Event::Prove(password_of(service.password)));
    device.talk(&mut service);
    assert!(device.is_done());
    assert!(service.mailbox.is_empty());
}

#[test]
fn with_sync_off_and_a_second_factor_the_password_is_typed_once() {
    let mut service = Service::new();
    service.standing.sync = Sync::Off;
    service.standing.second_factor = SecondFactor::On;
    let mut device = Device::new(&service, CLEAR_HERE, 1);
    device.asks(&mut service);
    device.feed(Event::Prove(password_of(service.password)));
    device.talk(&mut service);
    assert_eq!(service.effects, 0, "both are needed");
    for typed in ["0000 0000", "1234 5678"] {
        let proofs = Proofs {
            text_message_code: Some(SecretText::new(typed.into())),
            ..Proofs::default()
        };
        assert!(!device.is_done());
        device.feed(Event::Prove(proofs));
        device.talk(&mut service);
    }
    assert!(device.is_done());
}

#[test]
fn no_mail_leaves_before_a_required_password_was_right() {
    let mut service = Service::new();
    let across = RestoreReach::AcrossEpochs;
    let action = Action::Restore {
        source: RestoreSource::Device {
            head_hash: Hash([8; 32]),
        },
        reach: across,
    };
    let mut device = Device::new(&service, action, 1);
    device.asks(&mut service);
    device.feed(Event::Prove(password_of("wrong")));
    device.talk(&mut service);
    assert!(service.mailbox.is_empty());
    device.feed(Event::Prove(password_of(service.password)));
    device.talk(&mut service);
    assert_eq!(service.mailbox.len(), 1);
    let code = service.mailed_code();
    device.types_code(&mut service, &wrong(&code));
    assert!(!device.is_done(), "the password alone has no authority");
    device.types_code(&mut service, &code);
    assert!(device.is_done());
    assert_eq!(service.effects, 1);
}

#[test]
fn a_second_factor_and_the_strict_profile_need_code_and_text_together() {
    let mut service = Service::new();
    service.standing.second_factor = SecondFactor::On;
    service.standing.profile = Profile::Strict;
    let mut device = Device::new(&service, CLEAR_EVERYWHERE, 1);
    device.asks(&mut service);
    assert!(service.required().contains(Proof::TextMessageCode));
    let code = service.mailed_code();
    device.types_code(&mut service, &code);
    assert_eq!(service.effects, 0);
    for (typed, effects) in [("0000 0000", 0), ("1234 5678", 1)] {
        device.feed(Event::Prove(Proofs {
            email_code: Some(SecretText::new(code.clone())),
            account_password: None,
            text_message_code: Some(SecretText::new(typed.into())),
        }));
        device.talk(&mut service);
        assert_eq!(service.effects, effects);
    }
    assert!(device.is_done());
}

#[test]
fn a_doubled_confirmation_has_one_effect_one_receipt_and_one_try() {
    let mut service = Service::new();
    let mut device = Device::new(&service, CLEAR_EVERYWHERE, 1);
    device.asks(&mut service);
    let code = service.mailed_code();
    device.feed(Event::Prove(super::device::code_of(&code)));
    let Some(Message::Confirm(id, confirm)) = device.wire.pop_front() else {
        panic!();
    };
    let first = service.confirm(device.asker, id, &confirm).unwrap();
    let second = service.confirm(device.asker, id, &confirm).unwrap();
    assert_eq!(first, second);
    assert_eq!((service.effects, service.last().tries), (1, 1));
    device.feed(Event::Confirmed(first));
    device.feed(Event::Confirmed(second));
    assert_eq!(device.applied, 1);
    assert!(matches!(service.last().state, State::Executed { .. }));
}

#[test]
fn a_doubled_request_is_one_operation_and_one_mail() {
    let mut service = Service::new();
    let mut device = Device::new(&service, CLEAR_EVERYWHERE, 1);
    device.asks(&mut service);
    let Phase::Asked(first) = device.entry.phase().clone() else {
        panic!();
    };
    let (ask, _) = super::device::request(CLEAR_EVERYWHERE, service.cloud, 1);
    let ask = sigill_core::wire::operation::Ask {
        digest: ask.digest(device.asker.account, device.asker.device),
        request: ask,
        new_head: None,
        new_slots: None,
    };
    let Some(Event::Asked(again)) = service.handle(device.asker, Message::Ask(ask)) else {
        panic!();
    };
    assert_eq!(first.operation, again.operation);
    assert_eq!((service.operations.len(), service.mailbox.len()), (1, 1));
}

#[test]
fn an_answer_to_proofs_that_were_never_given_changes_nothing() {
    let mut service = Service::new();
    let mut device = Device::new(&service, CLEAR_EVERYWHERE, 1);
    device.asks(&mut service);
    device.feed(Event::Confirmed(Confirmed::Next(Proof::EmailCode)));
    assert!(matches!(device.entry.phase(), Phase::Asked(_)));
}

#[test]
fn a_text_code_that_comes_before_the_password_was_right_is_not_looked_at() {
    let mut service = Service::new();
    service.standing.sync = Sync::Off;
    service.standing.second_factor = SecondFactor::On;
    let mut device = Device::new(&service, CLEAR_HERE, 1);
    device.asks(&mut service);
    let both = |password: &str| Proofs {
        email_code: None,
        account_password: Some(SecretText::new(password.into())),
        text_message_code: Some(SecretText::new("1234 5678".into())),
    };
    for (password, effects) in [("wrong", 0), (service.password, 0), ("any", 1)] {
        device.feed(Event::Prove(both(password)));
        device.talk(&mut service);
        assert_eq!(service.effects, effects, "{password}");
    }
    assert!(device.is_done());
}
