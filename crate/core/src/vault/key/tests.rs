use super::*;
use crate::vault::fixture::{EPOCH, VAULT, keys, vault_key};
use alloc::vec;

#[test]
fn a_master_password_has_1_to_1024_bytes_of_text_and_is_not_trimmed() {
    let parse = |bytes: &[u8]| MasterPassword::parse(bytes.to_vec()).map(|p| p.0.to_vec());
    assert_eq!(parse(b""), Err(MasterPasswordError::Empty));
    assert_eq!(parse(b" a "), Ok(b" a ".to_vec()));
    assert_eq!(parse(&[b'a'; 1024]), Ok(vec![b'a'; 1024]));
    let too_long = Err(MasterPasswordError::TooLong { bytes: 1025 });
    assert_eq!(parse(&[b'a'; 1025]), too_long);
    assert_eq!(parse(&[0xff]), Err(MasterPasswordError::NotText));
}

#[test]
fn each_derivation_goes_through_its_own_algorithm() {
    let password = MasterPassword::parse(b"password".to_vec()).unwrap_or_else(|_| panic!());
    let derive = |kdf| {
        *derive_root(&password, &kdf, b"somesaltsomesalt")
            .unwrap_or_else(|_| panic!())
            .expose()
    };
    let argon2 = Kdf::argon2id(19 * 1024, 2, 1).unwrap();
    let pbkdf2 = Kdf::pbkdf2(600_000).unwrap();
    let cost = Argon2Cost {
        memory_kib: 19 * 1024,
        iterations: 2,
        parallelism: 1,
    };
    let expected = primitive::argon2id(b"password", b"somesaltsomesalt", cost).unwrap();
    assert_eq!(derive(argon2), *expected);
    let expected = primitive::pbkdf2(b"password", b"somesaltsomesalt", 600_000);
    assert_eq!(derive(pbkdf2), *expected);
}

#[test]
fn the_four_keys_of_an_epoch_differ_from_each_other_and_between_epochs_and_vaults() {
    let all = [
        keys(),
        EpochKeys::derive(&vault_key(), VAULT, EPOCH + 1),
        EpochKeys::derive(&vault_key(), VaultId([99; 16]), EPOCH),
    ];
    let mut seen = vec![];
    for keys in all {
        let exported = keys.export();
        let (parts, rest) = exported.as_chunks::<32>();
        assert!(rest.is_empty());
        seen.extend_from_slice(parts);
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 12);
}

#[test]
fn exported_keys_come_back_as_they_were() {
    let keys = keys();
    let back = EpochKeys::import(&keys.export());
    assert_eq!(back.export(), keys.export());
    assert_eq!(back.head, keys.head);
    assert_eq!(back.items.key(), keys.items.key());
}
