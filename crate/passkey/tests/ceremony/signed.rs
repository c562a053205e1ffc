use ed25519_dalek::{Signature, SigningKey, Verifier};
use p256::pkcs8::DecodePrivateKey;
use serde_json::json;
use sha2::{Digest, Sha256};
use sigill_passkey::ceremony::Refused;

use crate::rig::{
    LATER, NOW, ORIGIN, Said, begin, bytes, creation, imported, made, public_key, request,
};

#[test]
fn what_is_signed_verifies_under_the_key_that_the_site_was_given() {
    let made = made();
    let key = public_key(&Said::of(&made.answer).data);
    let ceremony = begin(&request(), ORIGIN).unwrap();
    let said = Said::of(&ceremony.sign(&made.passkey, NOW).unwrap());
    assert!(said.is_signed_by(&key));
    assert_eq!(said.client["type"], "webauthn.get");
    assert_eq!(said.client["challenge"], "__79_Pv6-fj39vX08_Lx8A");
    assert_eq!(said.client["origin"], ORIGIN);
    assert_eq!(said.data.len(), 37);
    assert_eq!(said.data[..32], Sha256::digest("example.com")[..]);
    // UP, UV, BE, BS
    assert_eq!(said.flags(), 0b0001_1101);
    assert_eq!(said.counter(), 0);
    assert_eq!(bytes(&said.answer["response"]["userHandle"]), [1, 2, 3]);
    assert_eq!(bytes(&said.answer["rawId"]), made.passkey.credential);
    assert!(!said.is_signed_by(&public_key(&Said::of(&crate::rig::made().answer).data)));
}

#[test]
fn the_page_may_say_what_it_wants_its_origin_is_the_browsers_word() {
    let mut words = request();
    words["origin"] = json!("https://bank.example");
    words["options"]["origin"] = json!("https://bank.example");
    words["options"]["clientDataJSON"] = json!("e30");
    let ceremony = begin(&words, ORIGIN).unwrap();
    let said = Said::of(&ceremony.sign(&made().passkey, NOW).unwrap());
    assert_eq!(said.client["origin"], ORIGIN);
}

#[test]
fn another_sites_passkey_and_one_that_was_not_named_sign_nothing() {
    let made = made();
    let mut words = request();
    words["options"]["rpId"] = json!("login.example.com");
    let other = begin(&words, ORIGIN).unwrap();
    let refused = other.sign(&made.passkey, NOW).err();
    assert_eq!(refused, Some(Refused::AnotherPasskey));

    let mut words = request();
    words["options"]["allowCredentials"] = json!([{ "type": "public-key", "id": "CQkJ" }]);
    let named = begin(&words, ORIGIN).unwrap();
    assert!(!named.concerns(&made.passkey.credential));
    let refused = named.sign(&made.passkey, NOW).err();
    assert_eq!(refused, Some(Refused::AnotherPasskey));
}

#[test]
fn one_thing_is_not_taken_for_the_other() {
    let made = made();
    let create = begin(&creation(), ORIGIN).unwrap();
    assert_eq!(
        create.sign(&made.passkey, NOW).err(),
        Some(Refused::NotAsked)
    );
    let get = begin(&request(), ORIGIN).unwrap();
    assert_eq!(get.make(&[], NOW).err(), Some(Refused::NotAsked));
}

#[test]
fn who_opened_the_vault_long_ago_is_verified_first() {
    let made = made();
    for wanted in ["required", "preferred"] {
        let mut words = request();
        words["options"]["userVerification"] = json!(wanted);
        let ceremony = begin(&words, ORIGIN).unwrap();
        let refused = ceremony.sign(&made.passkey, LATER).err();
        assert_eq!(refused, Some(Refused::VerifyFirst), "{wanted}");
    }
    let mut words = request();
    words["options"]["userVerification"] = json!("discouraged");
    let ceremony = begin(&words, ORIGIN).unwrap();
    let said = Said::of(&ceremony.sign(&made.passkey, LATER).unwrap());
    // UP, BE, BS: not verified
    assert_eq!(said.flags(), 0b0001_1001);
}

/// RFC 8410, section 7: a private key of Ed25519 is 16 bytes and the seed.
#[test]
fn a_passkey_of_another_program_signs_by_its_own_algorithm() {
    let seed = [9; 32];
    let head = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ];
    let passkey = imported([&head[..], &seed].concat(), 0);
    let ceremony = begin(&request(), ORIGIN).unwrap();
    let said = Said::of(&ceremony.sign(&passkey, NOW).unwrap());
    let signature = bytes(&said.answer["response"]["signature"]);
    let signature = Signature::from_slice(&signature).unwrap();
    let key = SigningKey::from_bytes(&seed).verifying_key();
    assert!(key.verify(&said.message(), &signature).is_ok());
}

#[test]
fn a_key_that_is_none_signs_nothing() {
    let ceremony = begin(&request(), ORIGIN).unwrap();
    for private in [vec![], vec![0x30], vec![0; 138]] {
        let refused = ceremony.sign(&imported(private, 0), NOW).err();
        assert_eq!(refused, Some(Refused::BadKey));
    }
}

#[test]
fn a_counter_that_another_program_began_goes_up_with_every_use() {
    let private = made().passkey.private_key.clone();
    assert!(p256::SecretKey::from_pkcs8_der(&private).is_ok());
    let ceremony = begin(&request(), ORIGIN).unwrap();
    let counter = |count, moment| {
        let passkey = imported(private.clone(), count);
        Said::of(&ceremony.sign(&passkey, moment).unwrap()).counter()
    };
    assert_eq!(counter(0, NOW), 0);
    assert_eq!(counter(41, NOW), 1_700_000_060);
}
