use super::*;

fn receipt(signer: &ReceiptSigner) -> Receipt {
    Receipt {
        key: signer.id(),
        operation: OperationId([1; 16]),
        account: AccountId([2; 16]),
        device: DeviceId([3; 16]),
        action: Action::ReplaceCloud,
        digest: Hash([4; 32]),
        executed_at: 1_000,
        new_seq: 7,
        quarantine_until: 2_000,
    }
}

fn signed() -> (SignedReceipt, PinnedKey) {
    let signer = ReceiptSigner::new([5; 32]);
    (signer.sign(receipt(&signer)), signer.key())
}

#[test]
fn a_receipt_verifies_under_the_key_that_signed_it_and_no_other() {
    let (signed, key) = signed();
    assert_eq!(signed.verify(&key), Ok(&signed.receipt));
    let other = ReceiptSigner::new([6; 32]).key();
    assert_eq!(signed.verify(&other), Err(ReceiptError::Key));
}

#[test]
fn a_receipt_with_any_field_changed_does_not_verify() {
    let (signed, key) = signed();
    let changes: [fn(&mut Receipt); 8] = [
        |r| r.operation = OperationId([0; 16]),
        |r| r.account = AccountId([0; 16]),
        |r| r.device = DeviceId([0; 16]),
        |r| r.action = Action::ResetMasterPassword,
        |r| r.digest = Hash([0; 32]),
        |r| r.executed_at += 1,
        |r| r.new_seq += 1,
        |r| r.quarantine_until += 1,
    ];
    for change in changes {
        let mut changed = signed.clone();
        change(&mut changed.receipt);
        assert_eq!(
            changed.verify(&key),
            Err(ReceiptError::Signature),
            "{changed:?}"
        );
    }
    let mut cut = signed;
    cut.signature.0.pop();
    assert_eq!(cut.verify(&key), Err(ReceiptError::Signature));
}

#[test]
fn a_stored_receipt_reads_back_and_nothing_else_does() {
    let (signed, _) = signed();
    let bytes = signed.to_bytes();
    assert_eq!(SignedReceipt::from_bytes(&bytes), Ok(signed));
    for end in 0..bytes.len() {
        assert!(SignedReceipt::from_bytes(&bytes[..end]).is_err());
    }
    let longer = [bytes, [0].into()].concat();
    assert_eq!(
        SignedReceipt::from_bytes(&longer),
        Err(DecodeError::Trailing)
    );
}

#[test]
fn a_key_whose_name_is_not_its_own_is_refused() {
    let (_, key) = signed();
    assert_eq!(PinnedKey::parse(&key.to_wire()), Ok(key));
    let mut renamed = key.to_wire();
    renamed.id = KeyId([0; 16]);
    assert_eq!(PinnedKey::parse(&renamed), Err(NotAKey));
}
