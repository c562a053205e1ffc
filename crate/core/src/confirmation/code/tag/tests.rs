use super::*;

fn binding() -> CodeBinding {
    CodeBinding {
        operation: OperationId([1; 16]),
        account: AccountId([2; 16]),
        device: DeviceId([3; 16]),
        action: Action::ReplaceCloud,
        digest: Hash([4; 32]),
        code_no: 1,
    }
}

fn tagged(binding: &CodeBinding, number: u32) -> CodeTag {
    let pepper = Pepper::new([9; 32]);
    binding
        .tag(&Code::of_number(number), &pepper, &[8; 16])
        .unwrap()
}

#[test]
fn a_code_is_right_for_its_own_act_and_for_no_other() {
    let stored = tagged(&binding(), 5);
    assert_eq!(stored.verdict(&tagged(&binding(), 5)), Verdict::Right);
    assert_eq!(stored.verdict(&tagged(&binding(), 6)), Verdict::Wrong);
    let others = [
        CodeBinding {
            operation: OperationId([0; 16]),
            ..binding()
        },
        CodeBinding {
            account: AccountId([0; 16]),
            ..binding()
        },
        CodeBinding {
            device: DeviceId([0; 16]),
            ..binding()
        },
        CodeBinding {
            action: Action::ResetMasterPassword,
            ..binding()
        },
        CodeBinding {
            digest: Hash([0; 32]),
            ..binding()
        },
        CodeBinding {
            code_no: 2,
            ..binding()
        },
    ];
    for other in others {
        assert_eq!(
            stored.verdict(&tagged(&other, 5)),
            Verdict::Wrong,
            "{other:?}"
        );
    }
}

#[test]
fn a_code_from_a_text_is_never_a_mailed_one() {
    let pepper = Pepper::new([9; 32]);
    let texted = binding().text_tag(&Code::of_number(5), &pepper, &[8; 16]);
    assert!(texted.unwrap() != tagged(&binding(), 5));
}

#[test]
fn a_text_is_good_for_what_it_says_only() {
    let tagged = |purpose| {
        let binding = SignInBinding {
            account: AccountId([2; 16]),
            device: DeviceId([3; 16]),
            purpose,
        };
        let pepper = Pepper::new([9; 32]);
        binding.tag(&Code::of_number(5), &pepper, &[8; 16]).unwrap()
    };
    for one in TextFor::ALL {
        for other in TextFor::ALL {
            let verdict = tagged(one).verdict(&tagged(other));
            assert_eq!(verdict == Verdict::Right, one == other);
        }
    }
}

#[test]
fn another_pepper_or_salt_makes_another_tag() {
    let code = Code::of_number(5);
    let stored = tagged(&binding(), 5);
    let other_pepper = binding()
        .tag(&code, &Pepper::new([0; 32]), &[8; 16])
        .unwrap();
    let other_salt = binding()
        .tag(&code, &Pepper::new([9; 32]), &[0; 16])
        .unwrap();
    assert_eq!(stored.verdict(&other_pepper), Verdict::Wrong);
    assert_eq!(stored.verdict(&other_salt), Verdict::Wrong);
}
