use super::*;
use crate::confirmation::action::{Action, ClearScope};
use crate::confirmation::operation::{Asker, Request};
use crate::confirmation::receipt::ReceiptSigner;
use crate::id::{AccountId, DeviceId, Hash, IdempotencyKey, OperationId, VaultId};
use crate::wire::operation::Mail;

const OPERATION: OperationId = OperationId([7; 16]);

fn proving(signer: &ReceiptSigner) -> Entry {
    let asker = Asker {
        account: AccountId([1; 16]),
        device: DeviceId([2; 16]),
    };
    let request = Request {
        idempotency_key: IdempotencyKey([3; 16]),
        action: Action::ClearVault {
            scope: ClearScope::Everywhere,
        },
        vault: VaultId([4; 16]),
        base_seq: 1,
        base_head_hash: Hash([5; 32]),
        new_head_hash: None,
        new_slots_hash: None,
        upload: None,
        loss_hash: Hash([6; 32]),
    };
    let entry = Entry::new(asker, signer.key(), request, Brings::Nothing).unwrap();
    let asked = Asked {
        operation: OPERATION,
        reference: Words::reference(entry.digest, OPERATION).to_strings(),
        required: vec![Proof::EmailCode],
        mail_hint: "a***@example.com".into(),
        code_no: 1,
        mail: Mail::Queued,
        resend_at: 60,
        expires_at: 1800,
        tries_left: 5,
        second_factor: None,
        now: 0,
    };
    let (entry, _) = entry.step(Event::Asked(asked));
    entry.step(Event::Prove(Proofs::default())).0
}

fn receipt(entry: &Entry, signer: &ReceiptSigner) -> Receipt {
    Receipt {
        key: signer.id(),
        operation: OPERATION,
        account: entry.asker.account,
        device: entry.asker.device,
        action: entry.request.action,
        digest: entry.digest,
        executed_at: 10,
        new_seq: 2,
        quarantine_until: 20,
    }
}

/// The service's own key signs them all: a service that lies.
#[test]
fn a_signed_receipt_is_believed_only_where_every_name_is_right() {
    let signer = ReceiptSigner::new([8; 32]);
    let entry = proving(&signer);
    let changes: [fn(&mut Receipt); 5] = [
        |r| r.operation = OperationId([0; 16]),
        |r| r.account = AccountId([0; 16]),
        |r| r.device = DeviceId([0; 16]),
        |r| r.action = Action::ReplaceCloud,
        |r| r.digest = Hash([0; 32]),
    ];
    for change in changes {
        let mut lie = receipt(&entry, &signer);
        change(&mut lie);
        let event = Event::Confirmed(Confirmed::Receipt(signer.sign(lie)));
        let (after, effects) = entry.clone().step(event);
        assert_eq!(after.phase, entry.phase);
        let why = ReceiptRejected::SomethingElse;
        assert!(matches!(
            effects.as_slice(),
            [Effect::Tell(Notice::Receipt(told))] if *told == why
        ));
    }
    let truth = signer.sign(receipt(&entry, &signer));
    let (after, effects) = entry.step(Event::Confirmed(Confirmed::Receipt(truth)));
    assert!(matches!(after.phase, Phase::Receipted(_)));
    assert!(matches!(
        effects.as_slice(),
        [Effect::Save, Effect::Apply { .. }]
    ));
}
