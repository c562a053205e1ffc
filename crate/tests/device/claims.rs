//! Thirty and more lies of a service, each a claim with a name: none changes or
//! destroys anything on the device, and each is named for what it is.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sigill::api::{Act, Connect, PauseReason, Phase, SyncState};
use sigill::session::Session;
use sigill::trouble::Trouble;

use crate::rig::{Person, Profile, World, another, connected, mailed};

/// What the person hears.
#[derive(Debug, PartialEq)]
enum Shown {
    Failure(Trouble),
    Paused(PauseReason),
}

/// A claim, what the service says instead of the truth, and what the person hears.
struct Lie {
    claim: &'static str,
    tell: fn(&mut Value),
    shown: Shown,
}

const fn lie(claim: &'static str, tell: fn(&mut Value), shown: Shown) -> Lie {
    Lie { claim, tell, shown }
}

const GARBAGE: Shown = Shown::Failure(Trouble::Garbage);
const REJECTED: Shown = Shown::Failure(Trouble::ReceiptRejected);
const UNVERIFIED: Shown = Shown::Paused(PauseReason::Unverified);
const CLEARED: Shown = Shown::Paused(PauseReason::CloudCleared);
const DIFFERS: Shown = Shown::Paused(PauseReason::CloudDiffers);
const ROLLED_BACK: Shown = Shown::Paused(PauseReason::RolledBack);

/// Another value of the same shape.
fn other(value: &mut Value) {
    *value = match &*value {
        Value::String(text) => {
            let first = if text.starts_with('0') { '1' } else { '0' };
            Value::String(format!("{first}{}", &text[1..]))
        }
        Value::Number(number) => json!(number.as_u64().unwrap() + 1),
        unknown => panic!("{unknown}"),
    };
}

/// One bit of bytes in base64url, in the middle.
fn flip(value: &mut Value) {
    let mut bytes = URL_SAFE_NO_PAD.decode(value.as_str().unwrap()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    *value = Value::String(URL_SAFE_NO_PAD.encode(bytes));
}

fn list<'v>(value: &'v mut Value, name: &str) -> &'v mut Vec<Value> {
    value[name].as_array_mut().unwrap()
}

fn tells(profile: &Profile, path: &'static str, tell: fn(&mut Value)) {
    profile.lie(move |asked, answer| {
        if asked.starts_with(path) && answer.status == 200 {
            let mut body = serde_json::from_slice(&answer.body).unwrap();
            tell(&mut body);
            answer.body = serde_json::to_vec(&body).unwrap();
        }
    });
}

async fn what_sync_shows(laptop: &Session<Profile>) -> Shown {
    match laptop.sync_now().await {
        Err(trouble) => Shown::Failure(trouble),
        Ok(_) => match laptop.status().await.unwrap().sync {
            SyncState::Paused { reason, .. } => Shown::Paused(reason),
            state => panic!("believed: {state:?}"),
        },
    }
}

/// About what changed, while the device is behind by two heads.
#[rustfmt::skip]
const CHANGES: &[Lie] = &[
    lie("an empty answer", |v| *v = json!({}), GARBAGE),
    lie("a list for an object", |v| *v = json!([v.clone()]), GARBAGE),
    lie("no heads", |v| list(v, "heads").clear(), ROLLED_BACK),
    lie("the first head left out", |v| { list(v, "heads").remove(0); }, ROLLED_BACK),
    lie("the last head left out", |v| { list(v, "heads").pop(); }, ROLLED_BACK),
    lie("the heads swapped", |v| list(v, "heads").swap(0, 1), ROLLED_BACK),
    lie("a head with a bit flipped", |v| flip(&mut v["heads"][0]["head"]), UNVERIFIED),
    lie("a head with another tag", |v| flip(&mut v["heads"][1]["tag"]), UNVERIFIED),
    lie("a tag of the wrong length", |v| v["heads"][0]["tag"] = json!("AAAA"), GARBAGE),
    lie("heads that are no list", |v| v["heads"] = json!("all of them"), GARBAGE),
    lie("a record left out", |v| { list(v, "records").pop(); }, UNVERIFIED),
    lie("no records", |v| list(v, "records").clear(), UNVERIFIED),
    lie("a record twice", |v| { let r = v["records"][0].clone(); list(v, "records").push(r); }, GARBAGE),
    lie("a record with a bit flipped", |v| flip(&mut v["records"][0]), UNVERIFIED),
    lie("a record in the place of another", |v| v["records"][1] = v["records"][0].clone(), GARBAGE),
    lie("a record that is none", |v| v["records"][0] = json!("AAAA"), GARBAGE),
    lie("a record that is a number", |v| v["records"][0] = json!(7), GARBAGE),
    lie("a million records of nothing", |v| v["records"] = json!(vec![""; 1_000_000]), GARBAGE),
    lie("a number that is negative", |v| v["cloud"]["seq"] = json!(-1), GARBAGE),
    lie("another head than the heads end at", |v| other(&mut v["cloud"]["head_hash"]), ROLLED_BACK),
    lie("a later number than the heads reach", |v| other(&mut v["cloud"]["seq"]), ROLLED_BACK),
    lie("an earlier number", |v| v["cloud"]["seq"] = json!(1), ROLLED_BACK),
];

/// About what stands in the cloud.
#[rustfmt::skip]
const CLOUD: &[Lie] = &[
    lie("an empty cloud", |v| v["vault"] = Value::Null, CLEARED),
    lie("a cleared cloud", |v| { v["vault"] = Value::Null; v["seq"] = json!(99); }, CLEARED),
    lie("a foreign vault", |v| other(&mut v["vault"]["vault"]), DIFFERS),
    lie("another epoch", |v| other(&mut v["vault"]["epoch"]), DIFFERS),
    lie("the past", |v| v["seq"] = json!(1), ROLLED_BACK),
    lie("a number that is text", |v| v["seq"] = json!("7"), GARBAGE),
];

#[tokio::test]
async fn no_lie_about_the_cloud_changes_anything() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 1).await;
    let (_, phone) = another(&world).await;
    for name in ["one", "two"] {
        phone.add(name, "x").await;
        phone.sync_now().await.unwrap();
    }
    let before = profile.vault_rows();
    for (path, lies) in [("/v1/vault/changes", CHANGES), ("/v1/vault", CLOUD)] {
        for lie in lies {
            tells(&profile, path, lie.tell);
            let shown = what_sync_shows(&laptop).await;
            assert_eq!(shown, lie.shown, "{}", lie.claim);
            assert_eq!(profile.vault_rows(), before, "{}", lie.claim);
            assert_eq!(laptop.names().await, ["entry0"], "{}", lie.claim);
        }
    }
    profile.no_more_lies();
    laptop.sync_now().await.unwrap();
    assert_eq!(laptop.names().await, ["entry0", "one", "two"]);
}

/// About an act that the person confirmed.
#[rustfmt::skip]
const RECEIPTS: &[Lie] = &[
    lie("another digest", |v| other(&mut v["receipt"]["digest"]), REJECTED),
    lie("another operation", |v| other(&mut v["receipt"]["operation"]), REJECTED),
    lie("another account", |v| other(&mut v["receipt"]["account"]), REJECTED),
    lie("another device", |v| other(&mut v["receipt"]["device"]), REJECTED),
    lie("another key", |v| other(&mut v["receipt"]["key"]), REJECTED),
    lie("another number after it", |v| other(&mut v["receipt"]["new_seq"]), REJECTED),
    lie("another time", |v| other(&mut v["receipt"]["executed_at"]), REJECTED),
    lie("another time to bring it back", |v| other(&mut v["receipt"]["quarantine_until"]), REJECTED),
    lie("another act", |v| v["receipt"]["action"] = json!({"kind": "replace_cloud"}), REJECTED),
    lie("a wider scope", |v| v["receipt"]["action"]["scope"] = json!("everywhere"), REJECTED),
    lie("a signature with a bit flipped", |v| flip(&mut v["receipt"]["signature"]), REJECTED),
    lie("no signature", |v| v["receipt"]["signature"] = json!(""), REJECTED),
    lie("a signature of zeros", |v| v["receipt"]["signature"] = json!("A".repeat(86)), REJECTED),
    lie("no receipt", |v| v["receipt"] = Value::Null, GARBAGE),
    lie("a state that there is not", |v| v["state"] = json!("nearly"), GARBAGE),
];

#[tokio::test]
async fn no_lie_about_an_act_destroys_anything() {
    let world = World::begin().await;
    let (profile, laptop) = connected(&world, 2).await;
    let loss = laptop.loss(Act::ClearThisDevice).await.unwrap();
    laptop.ask(Act::ClearThisDevice, &loss.hash).await.unwrap();
    let code = world.code().await;
    let before = profile.vault_rows();
    // It is executed, and the answer is lost.
    profile.lie(|path, answer| {
        if path.ends_with("/confirm") {
            answer.body = b"lost".to_vec();
        }
    });
    assert_eq!(
        laptop.prove(mailed(code)).await.unwrap_err(),
        Trouble::Garbage
    );
    for lie in RECEIPTS {
        tells(&profile, "/v1/operations/", lie.tell);
        let shown = laptop.operation().await.map(|_| ()).unwrap_err();
        assert_eq!(Shown::Failure(shown), lie.shown, "{}", lie.claim);
        assert_eq!(profile.vault_rows(), before, "{}", lie.claim);
        assert!(laptop.is_open().await, "{}", lie.claim);
    }
    profile.no_more_lies();
    let phase = laptop.operation_now().await.phase;
    assert!(matches!(phase, Phase::Done { .. }), "{phase:?}");
}

/// About a vault that a new device is to take.
#[rustfmt::skip]
const VAULTS: &[Lie] = &[
    lie("no slots", |v| list(&mut v["cloud"]["vault"], "slots").clear(), GARBAGE),
    lie("a slot with a bit flipped", |v| flip(&mut v["cloud"]["vault"]["slots"][0]), GARBAGE),
    lie("a slot twice", |v| { let s = v["cloud"]["vault"]["slots"][0].clone(); list(&mut v["cloud"]["vault"], "slots").push(s); }, GARBAGE),
    lie("a derivation without cost", |v| cheap(&mut v["cloud"]["vault"]["slots"][0]), GARBAGE),
    lie("an entry left out", |v| { list(v, "records").pop(); }, GARBAGE),
    lie("an entry with a bit flipped", |v| flip(&mut v["records"][0]), GARBAGE),
    lie("no vault after all", |v| v["cloud"]["vault"] = Value::Null, GARBAGE),
    lie("a head with a bit flipped", |v| flip(&mut v["cloud"]["vault"]["head"]["head"]), GARBAGE),
];

/// 64 MiB of a slot's Argon2id become 8 KiB.
fn cheap(slot: &mut Value) {
    let mut bytes = URL_SAFE_NO_PAD.decode(slot.as_str().unwrap()).unwrap();
    let costly = 65_536_u64.to_be_bytes();
    let place = bytes.windows(8).position(|window| window == costly);
    let place = place.expect("a slot by Argon2id");
    bytes[place..place + 8].copy_from_slice(&8_u64.to_be_bytes());
    *slot = Value::String(URL_SAFE_NO_PAD.encode(bytes));
}

#[tokio::test]
async fn no_lie_puts_a_vault_on_a_new_device() {
    let world = World::begin().await;
    connected(&world, 2).await;
    let profile = world.profile();
    let phone = profile.session();
    phone.sign_in_again().await;
    for lie in VAULTS {
        tells(&profile, "/v1/vault/changes", lie.tell);
        let shown = phone.connect(Connect::Download, None).await;
        let shown = Shown::Failure(shown.map(|_| ()).unwrap_err());
        assert_eq!(shown, lie.shown, "{}", lie.claim);
        assert!(profile.vault_rows().is_empty(), "{}", lie.claim);
    }
    profile.no_more_lies();
    phone.connect(Connect::Download, None).await.unwrap();
}

#[test]
fn there_are_more_than_thirty_lies() {
    let lies = CHANGES.len() + CLOUD.len() + RECEIPTS.len() + VAULTS.len();
    println!("{lies} lies");
    assert!(lies >= 30);
}
