use p256::pkcs8::{DecodePrivateKey, DecodePublicKey};
use serde_json::json;
use sha2::{Digest, Sha256};
use sigill_passkey::ceremony::Refused;

use crate::rig::{LATER, NOW, ORIGIN, Said, begin, bytes, creation, made, public_key};

#[test]
fn what_is_made_says_whose_it_is_for_whom_and_that_the_person_was_verified() {
    let made = made();
    let said = Said::of(&made.answer);
    assert_eq!(said.client["type"], "webauthn.create");
    assert_eq!(said.client["challenge"], "AAECAwQFBgcICQoLDA0ODw");
    assert_eq!(said.client["origin"], ORIGIN);
    assert_eq!(said.client["crossOrigin"], false);
    assert_eq!(said.data[..32], Sha256::digest("example.com")[..]);
    // UP, UV, BE, BS, AT
    assert_eq!(said.flags(), 0b0101_1101);
    assert_eq!(said.counter(), 0);
    assert_eq!(said.data[53..55], [0, 16]);
    assert_eq!(said.data[55..71], made.passkey.credential[..]);
    assert_eq!(bytes(&said.answer["rawId"]), made.passkey.credential);
    assert_eq!(said.answer["id"], said.answer["rawId"]);
    assert_eq!(said.answer["type"], "public-key");
    assert_eq!(said.answer["authenticatorAttachment"], "platform");
    assert_eq!(
        said.answer["clientExtensionResults"],
        json!({ "credProps": { "rk": true } })
    );
}

#[test]
fn the_attestation_is_none_around_the_same_data() {
    let said = Said::of(&made().answer);
    let object = bytes(&said.answer["response"]["attestationObject"]);
    // {"fmt": "none", "attStmt": {}, "authData": bytes}
    let head = [
        &[0xa3, 0x63][..],
        b"fmt",
        &[0x64],
        b"none",
        &[0x67],
        b"attStmt",
        &[0xa0, 0x68],
        b"authData",
        &[0x58, u8::try_from(said.data.len()).unwrap()],
    ];
    assert_eq!(object, [head.concat(), said.data.clone()].concat());
}

#[test]
fn the_vault_keeps_the_private_half_of_the_key_that_the_site_is_given() {
    let made = made();
    let said = Said::of(&made.answer);
    let key = public_key(&said.data);
    let private = p256::SecretKey::from_pkcs8_der(&made.passkey.private_key).unwrap();
    assert_eq!(*private.public_key().as_affine(), *key.as_affine());
    let spki = bytes(&said.answer["response"]["publicKey"]);
    let spki = p256::PublicKey::from_public_key_der(&spki).unwrap();
    assert_eq!(spki, private.public_key());
    assert_eq!(said.answer["response"]["publicKeyAlgorithm"], -7);
    assert_eq!(made.passkey.rp, "example.com");
    assert_eq!(made.passkey.user_handle, [1, 2, 3]);
    assert_eq!(made.passkey.user_name, "anna");
    assert_eq!(made.passkey.display_name, "Anna Andersson");
    assert_eq!(made.passkey.created_at, NOW.now);
}

#[test]
fn no_secret_is_in_what_the_page_is_given() {
    let made = made();
    let scalar = p256::SecretKey::from_pkcs8_der(&made.passkey.private_key).unwrap();
    let scalar = scalar.to_bytes();
    for member in [
        "clientDataJSON",
        "authenticatorData",
        "attestationObject",
        "publicKey",
    ] {
        let shown = bytes(&Said::of(&made.answer).answer["response"][member]);
        let holds = shown.windows(32).any(|window| window == &scalar[..]);
        assert!(!holds, "{member}");
    }
}

#[test]
fn two_passkeys_are_two() {
    let (one, other) = (made(), made());
    assert_ne!(one.passkey.credential, other.passkey.credential);
    assert!(one.passkey.private_key != other.passkey.private_key);
}

#[test]
fn beside_an_excluded_passkey_no_other_is_made() {
    let mut words = creation();
    words["options"]["excludeCredentials"] = json!([{ "type": "public-key", "id": "CQkJ" }]);
    let ceremony = begin(&words, ORIGIN).unwrap();
    assert!(ceremony.concerns(&[9, 9, 9]));
    let refused = ceremony.make(&[vec![1], vec![9, 9, 9]], NOW).err();
    assert_eq!(refused, Some(Refused::Excluded));
    assert!(ceremony.make(&[vec![1]], NOW).is_ok());
}

#[test]
fn who_opened_the_vault_long_ago_is_verified_first() {
    let ceremony = begin(&creation(), ORIGIN).unwrap();
    let refused = ceremony.make(&[], LATER).err();
    assert_eq!(refused, Some(Refused::VerifyFirst));

    let mut words = creation();
    words["options"]["authenticatorSelection"]["userVerification"] = json!("discouraged");
    let made = begin(&words, ORIGIN).unwrap().make(&[], LATER).unwrap();
    // UP, BE, BS, AT: not verified
    assert_eq!(Said::of(&made.answer).flags(), 0b0101_1001);
}

#[test]
fn a_site_that_does_not_ask_what_became_of_its_wishes_is_not_told() {
    let mut words = creation();
    words["options"]["extensions"] = json!({});
    let made = begin(&words, ORIGIN).unwrap().make(&[], NOW).unwrap();
    let said = Said::of(&made.answer);
    assert_eq!(said.answer["clientExtensionResults"], json!({}));
}
