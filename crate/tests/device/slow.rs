//! A line that carries 100 kB a second and is cut after every megabyte (F27).

use sigill::api::{Act, Phase};
use sigill::trouble::Trouble;
use sigill_core::vault::item::{Field, Item, Kind};

use crate::contents::import;
use crate::rig::{Fault, Person, World, another, connected, mailed, new_vault};

const MEGABYTE: usize = 1_000_000;

/// 5 kB each, no two alike.
fn entries(count: usize) -> Vec<Item> {
    let note = |number: usize| format!("{number:05} ").repeat(800);
    let all = (0..count).map(|number| {
        Item::new(Kind::Login)
            .named(&format!("entry {number}"))
            .with(Field::Password, "secret")
            .with(Field::Notes, &note(number))
    });
    all.collect()
}

/// Everything of 10,000 entries goes up once, though no request may be longer than
/// what the line carries at a time, and what is on its way is never more than that.
#[tokio::test]
async fn f27_ten_thousand_entries_take_the_clouds_place_over_a_line_that_is_cut_every_megabyte() {
    const MANY: usize = 10_000;
    let world = World::begin().await;
    connected(&world, 1).await;
    let profile = world.profile();
    let phone = profile.session();
    phone.create_vault(new_vault("Large")).await.unwrap();
    phone.import(import("a.csv", &entries(MANY))).await.unwrap();
    phone.sign_in_again().await;
    let mails = world.codes().await.len();
    profile.0.requests.borrow_mut().clear();

    profile.fault(Fault::Cut { every: MEGABYTE });
    let mut session = phone;
    let mut tries = 0;
    loop {
        tries += 1;
        assert!(tries < 20, "it never ends");
        let asked = match session.loss(Act::ReplaceCloud).await {
            Ok(loss) => session.ask(Act::ReplaceCloud, &loss.hash).await,
            Err(trouble) => Err(trouble),
        };
        match asked.map(|operation| operation.phase) {
            Ok(Phase::Asked { .. }) => break,
            Ok(Phase::Requested) | Err(Trouble::Unreachable) => {}
            other => panic!("{other:?}"),
        }
        session = profile.session(); // the browser ends the worker meanwhile
    }
    let (cuts, largest, bytes) = profile.line();
    let uploads = |method: &str, path: &str| {
        let requests = profile.0.requests.borrow();
        let is_it = |request: &&String| request.starts_with(method) && request.contains(path);
        requests.iter().filter(is_it).count()
    };
    println!(
        "{MANY} entries: {bytes} bytes on the line, {cuts} cuts, {tries} tries, largest request {largest}, \
         {} parts",
        uploads("PUT", "/v1/uploads/")
    );
    assert!(cuts > 50, "{cuts}");
    assert!(largest < MEGABYTE, "no more than that at a time: {largest}");
    assert_eq!(
        uploads("POST", "/v1/uploads"),
        1,
        "one upload, gone on with"
    );
    let needed = MANY * 5_000 * 4 / 3;
    assert!(bytes < needed * 5 / 4, "little is sent twice: {bytes}");
    assert_eq!(world.codes().await.len(), mails + 1, "one mail");

    let code = world.code().await;
    let done = loop {
        match session.prove(mailed(code.clone())).await {
            Ok(operation) => break operation,
            Err(Trouble::Unreachable) => session = profile.session(),
            Err(other) => panic!("{other:?}"),
        }
    };
    assert!(matches!(done.phase, Phase::Done { .. }), "{:?}", done.phase);
    profile.fault(Fault::None);
    let displaced = session.displaced().await.unwrap();
    assert_eq!(displaced.len(), 1, "one commit, and what was is sealed");

    let (_, other) = another(&world).await;
    let status = other.status().await.unwrap();
    let state = format!("{:?}", status.vault);
    assert!(state.contains(&format!("count: {MANY}")), "{state}");
}

/// The same over a page's worth: a worker that was killed in the midst leaves no
/// second upload behind, and what was sent is not sent again.
#[tokio::test]
async fn an_upload_goes_on_in_the_next_worker_where_the_last_one_was_killed() {
    let world = World::begin().await;
    connected(&world, 1).await;
    let profile = world.profile();
    let phone = profile.session();
    phone.create_vault(new_vault("Large")).await.unwrap();
    phone.import(import("a.csv", &entries(400))).await.unwrap();
    phone.sign_in_again().await;
    let loss = phone.loss(Act::ReplaceCloud).await.unwrap();
    let requests = || {
        let requests = profile.0.requests.borrow();
        let of = |part: &str| requests.iter().filter(|one| one.starts_with(part)).count();
        (of("POST http://127.0.0.1:8787/v1/uploads"), of("PUT "))
    };
    profile.0.requests.borrow_mut().clear();
    profile.fault(Fault::KilledBefore(17));
    let killed = phone.ask(Act::ReplaceCloud, &loss.hash).await;
    assert_eq!(killed.unwrap_err(), Trouble::Unreachable);
    profile.fault(Fault::None);
    let (_, parts) = requests();
    assert!(parts > 1, "{parts}");

    let phone = profile.session();
    let operation = phone.ask(Act::ReplaceCloud, &loss.hash).await.unwrap();
    assert!(matches!(operation.phase, Phase::Asked { .. }));
    let (begun, all) = requests();
    assert_eq!(begun, 1, "one upload");
    assert!(
        all <= 6,
        "400 entries of 5 kB are five parts, one of them twice: {all}"
    );
    assert!(!profile.rows().contains_key("upload"), "it is whole");
}
