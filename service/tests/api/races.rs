//! Many at once: what is counted, what has an effect, and what each is told.

use futures_util::future::join_all;
use sigill_core::wire::operation::Asked;
use sigill_core::wire::problem::{Code, Problem};
use sigill_service::limits::{Limits, RateLimit};

use crate::clear::receipt;
use crate::device::{Answer, TestDevice};
use crate::guards::{EMAIL, state, waiting};
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, cloud, confirm, confirmation};

on_each_database! {
    of_two_hundred_wrong_codes_at_once_at_most_five_are_verified,
    of_two_devices_at_once_one_executes_and_one_is_stale_a_hundred_times,
}

const RUNS: u64 = 100;

async fn of_two_hundred_wrong_codes_at_once_at_most_five_are_verified(service: TestService) {
    let (device, _, ask, asked) = waiting(&service).await;
    let code = service.code(EMAIL).await;
    let before = cloud(&device).await;
    let guesses = (0..201).map(|number| format!("{number:04} 7777"));
    let guesses: Vec<_> = guesses.filter(|guess| *guess != code).take(200).collect();
    let bodies: Vec<_> = guesses.iter().map(|it| confirmation(&ask, it)).collect();
    let answers = join_all(bodies.iter().map(|body| confirm(&device, &asked, body))).await;
    assert_eq!(answers.len(), 200);
    promise_no_try_that_is_not_left(&answers);
    // Only what was counted is verified, and every one that was has its row.
    let verified = service.number("select count(*) from confirmations").await;
    assert!((1..=5).contains(&verified), "{verified} were verified");
    assert_eq!(service.number("select tries from operations").await, 5);
    let share = "select count from limits where rule = 'confirm/device/day'";
    assert_eq!(service.number(share).await, 5);

    let late = confirm(&device, &asked, &confirmation(&ask, &code)).await;
    assert_eq!(late.refused(), Code::Burnt, "the right one, too late");
    assert_eq!(state(&device, &asked).await, "burnt");
    assert_eq!(cloud(&device).await, before);
}

/// Whoever hears `tries_left` hears how many were left when it was judged: the
/// first of them at most 4, the next at most 3.
fn promise_no_try_that_is_not_left(answers: &[Answer]) {
    let mut left = Vec::new();
    for answer in answers {
        match answer.refused() {
            Code::ProofRejected => left.push(answer.json::<Problem>().tries_left.unwrap()),
            Code::Burnt | Code::Busy => {}
            other => panic!("{other:?}"),
        }
    }
    left.sort_unstable_by(|one, other| other.cmp(one));
    assert!(left.len() < 5, "the fifth is the end: {left:?}");
    for (left, most) in left.iter().zip([4, 3, 2, 1]) {
        assert!(*left <= most, "{left} of {most}");
    }
}

async fn of_two_devices_at_once_one_executes_and_one_is_stale_a_hundred_times(
    mut service: TestService,
) {
    let laptop = service.signed_in(EMAIL).await;
    let phone = service.another(EMAIL, "Phone").await;
    without_limits(&mut service).await;
    let mut vault = TestVault::new();
    for run in 0..RUNS {
        let mut next = TestVault::new();
        (next.seq, next.head_hash) = (vault.seq, vault.head_hash);
        vault = next;
        vault.create(&laptop, 1).await;
        let (ours, theirs) = (
            vault.clear_everywhere(&laptop),
            vault.clear_everywhere(&phone),
        );
        let (one, other) = (asked(&laptop, &ours).await, asked(&phone, &theirs).await);
        let [code, their_code] = codes(&service, [&one, &other]).await;
        let (here, there) = (
            confirmation(&ours, &code),
            confirmation(&theirs, &their_code),
        );
        let answers = tokio::join!(
            confirm(&laptop, &one, &here),
            confirm(&phone, &other, &there)
        );
        one_executed_and_one_stale([(&laptop, &one, answers.0), (&phone, &other, answers.1)]).await;
        vault.seq += 1;
        assert_eq!(
            cloud(&laptop).await.seq,
            vault.seq,
            "one effect in run {run}"
        );
    }
    for counted in [
        "select count(*) from operations where state = 'executed'",
        "select count(*) from operations where state = 'stale'",
        "select count(*) from generations where displaced_at > 0",
    ] {
        assert_eq!(service.number(counted).await, 100, "{counted}");
    }
}

/// Two hundred acts in one afternoon are more than a person is allowed.
async fn without_limits(service: &mut TestService) {
    let none = || RateLimit {
        device: Vec::new(),
        account: Vec::new(),
        network: Vec::new(),
    };
    service.config.limits = Limits {
        operation: none(),
        code_mail: none(),
        confirm: none(),
        ..Limits::default()
    };
    service.restart().await;
}

/// The codes of these operations, by the four words in their mails.
async fn codes(service: &TestService, asked: [&Asked; 2]) -> [String; 2] {
    let mails = service.mails(EMAIL).await;
    asked.map(|asked| {
        let words = asked.reference.join(" ");
        let mail = mails.iter().find(|mail| mail.text.contains(&words));
        mail.expect("a mail for each").code()
    })
}

async fn one_executed_and_one_stale(ended: [(&TestDevice, &Asked, Answer); 2]) {
    let mut states = Vec::new();
    for (device, asked, answer) in ended {
        let state = state(device, asked).await;
        match state.as_str() {
            "executed" => drop(receipt(device, &answer)),
            _ => assert_eq!(answer.refused(), Code::Stale),
        }
        states.push(state);
    }
    states.sort_unstable();
    assert_eq!(states, ["executed", "stale"]);
}
