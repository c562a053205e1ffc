//! What the derived writers write, the readers here read.

use serde::Serialize;
use sigill_core::id::{AccountId, DeviceId, GenerationId, Hash, KeyId, OperationId, VaultId};
use sigill_core::wire::Bytes;

use super::*;

fn comes_back<T: Read + Serialize>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    let read: T = crate::json::parse(text.as_bytes()).unwrap_or_else(|| panic!("{text}"));
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
}

fn actions() -> [Action; 7] {
    let source = RestoreSource::Cloud {
        generation: GenerationId([1; 16]),
    };
    let kept = RestoreSource::Device {
        head_hash: Hash([2; 32]),
    };
    [
        Action::ResetMasterPassword,
        Action::RenewMasterPassword,
        Action::ReplaceCloud,
        Action::ClearVault {
            scope: ClearScope::Everywhere,
        },
        Action::Restore {
            source,
            reach: RestoreReach::SameEpoch,
        },
        Action::Restore {
            source: kept,
            reach: RestoreReach::AcrossEpochs,
        },
        Action::Weaken {
            what: Weakening::ChangeEmail,
            parameters: Hash([3; 32]),
        },
    ]
}

fn asked(mail: Mail) -> Asked {
    Asked {
        operation: OperationId([4; 16]),
        reference: ["a", "b", "c", "d"].map(Into::into),
        required: vec![Proof::AccountPassword, Proof::EmailCode],
        mail_hint: "a***@example.com".into(),
        code_no: 2,
        mail,
        resend_at: 5,
        expires_at: 6,
        tries_left: 3,
        second_factor: None,
        now: 4,
    }
}

fn receipt(action: Action) -> SignedReceipt {
    let receipt = Receipt {
        key: KeyId([1; 16]),
        operation: OperationId([2; 16]),
        account: AccountId([3; 16]),
        device: DeviceId([4; 16]),
        action,
        digest: Hash([5; 32]),
        executed_at: 6,
        new_seq: 7,
        quarantine_until: 8,
    };
    SignedReceipt {
        receipt,
        signature: Bytes(vec![9; 64]),
    }
}

#[test]
fn every_answer_about_an_operation_is_read_as_it_was_written() {
    for action in actions() {
        comes_back(&action);
        comes_back(&Confirmed::Receipt(receipt(action)));
        comes_back(&Progress::Executed {
            receipt: receipt(action),
        });
    }
    let handed_over = Mail::HandedOver {
        at: 1,
        code_until: 2,
    };
    for mail in [Mail::NotDue, Mail::Queued, handed_over, Mail::Bounced] {
        comes_back(&Progress::Pending(asked(mail)));
    }
    comes_back(&Confirmed::Next(Proof::TextMessageCode));
    for over in [
        Progress::Stale,
        Progress::Expired,
        Progress::Burnt,
        Progress::Superseded,
        Progress::Cancelled,
    ] {
        comes_back(&over);
    }
}

#[test]
fn the_cloud_is_read_as_it_was_written() {
    let head = TaggedHead {
        head: Bytes(vec![1]),
        tag: Bytes(vec![2; 32]),
    };
    let vault = CloudVault {
        vault: VaultId([1; 16]),
        epoch: 1,
        generation: GenerationId([2; 16]),
        head: head.clone(),
        slots: vec![Bytes(vec![3])],
        count: 4,
        anchoring: Anchoring::Unanchored,
        anchor_epoch: Some(3),
        voucher: Some(Bytes(vec![5; 32])),
    };
    for (vault, action) in [(None, None), (Some(vault), Some(Action::ReplaceCloud))] {
        let last_act = action.map(|action| LastAct {
            action,
            device_name: "Å".into(),
            at: 1,
            seq: 2,
        });
        let cloud = Cloud {
            seq: 5,
            head_hash: Hash([6; 32]),
            vault,
            last_act,
            epochs: vec![HighestEpoch {
                vault: VaultId([1; 16]),
                epoch: 2,
            }],
            now: 7,
        };
        comes_back(&cloud);
        let (heads, records) = (vec![head.clone()], vec![Bytes(vec![1, 2])]);
        comes_back(&Changes {
            cloud,
            heads,
            slots: vec![SlotsChanged {
                slots: vec![Bytes(vec![7])],
                nonce: Bytes(vec![8; 32]),
                signature: Bytes(vec![9; 64]),
            }],
            records,
            after: Some("x".into()),
        });
    }
}

#[test]
fn every_code_is_read_as_it_was_written() {
    for error in [
        Code::ProofRejected,
        Code::UseDpopNonce,
        Code::AlreadyExecuted,
        Code::Busy,
    ] {
        comes_back(&Problem {
            error,
            tries_left: Some(4),
            retry_after: None,
            quota: None,
        });
    }
}

#[test]
fn what_is_missing_or_of_another_kind_is_refused() {
    for text in [
        "",
        "{}",
        "[]",
        "null",
        r#"{"seq":-1,"generation":"00000000000000000000000000000000","now":1}"#,
        r#"{"seq":1.5,"generation":"00000000000000000000000000000000","now":1}"#,
        r#"{"seq":1,"generation":"zz","now":1}"#,
        r#"{"seq":1,"now":1}"#,
        r#"{"seq":1,"generation":"00000000000000000000000000000000","now":1} x"#,
    ] {
        assert!(
            crate::json::parse::<Pushed>(text.as_bytes()).is_none(),
            "{text}"
        );
    }
}
