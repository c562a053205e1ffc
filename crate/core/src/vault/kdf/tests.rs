use super::*;

#[test]
fn every_floor_and_ceiling_of_argon2id_is_kept_and_named() {
    use CostParameter::{Iterations, Memory, Parallelism};
    const MIB: u32 = 1024;
    for (cost, parameter) in [
        ((19 * MIB - 1, 2, 1), Memory),
        ((1024 * MIB + 1, 2, 1), Memory),
        ((19 * MIB, 1, 1), Iterations),
        ((19 * MIB, 17, 1), Iterations),
        ((19 * MIB, 2, 0), Parallelism),
        ((19 * MIB, 2, 17), Parallelism),
    ] {
        let named = match Kdf::argon2id(cost.0, cost.1, cost.2) {
            Err(KdfError::TooWeak { parameter, .. } | KdfError::TooHeavy { parameter, .. }) => {
                Some(parameter)
            }
            Ok(_) | Err(KdfError::UnknownAlgorithm { .. } | KdfError::Encoding(_)) => None,
        };
        assert_eq!(named, Some(parameter), "{cost:?}");
    }
    assert!(Kdf::argon2id(19 * MIB, 2, 1).is_ok());
    assert!(Kdf::argon2id(1024 * MIB, 16, 16).is_ok());
}

#[test]
fn floor_and_ceiling_of_pbkdf2_are_kept() {
    assert!(matches!(
        Kdf::pbkdf2(599_999),
        Err(KdfError::TooWeak { found: 599_999, .. })
    ));
    assert!(matches!(
        Kdf::pbkdf2(10_000_001),
        Err(KdfError::TooHeavy { .. })
    ));
    assert!(Kdf::pbkdf2(600_000).is_ok() && Kdf::pbkdf2(10_000_000).is_ok());
}

#[test]
fn the_defaults_are_within_bounds() {
    for kdf in [Kdf::DEFAULT, Kdf::DEFAULT_PBKDF2] {
        let encoding = kdf.encode(Encoder::new("")).finish();
        let read = Kdf::decode(&mut Decoder::open("", &encoding).unwrap());
        assert_eq!(read, Ok(kdf));
    }
}

#[test]
fn an_unknown_algorithm_and_a_wrong_number_of_parameters_are_refused() {
    let read = |number, cost: &[u64]| {
        let encoding = Encoder::new("")
            .integer(number)
            .list(cost.iter(), |e, value| e.integer(*value))
            .finish();
        Kdf::decode(&mut Decoder::open("", &encoding).unwrap())
    };
    assert_eq!(read(3, &[1]), Err(KdfError::UnknownAlgorithm { number: 3 }));
    let malformed = Err(KdfError::Encoding(DecodeError::Malformed));
    assert_eq!(read(Kdf::ARGON2ID, &[65_536, 3]), malformed);
    assert_eq!(read(Kdf::PBKDF2, &[600_000, 1]), malformed);
    assert_eq!(read(Kdf::PBKDF2, &[u64::MAX]), malformed);
}

#[test]
fn what_is_below_todays_default_is_raised_to_it_and_keeps_its_algorithm() {
    let argon2id = |m, t, p| Kdf::argon2id(m, t, p).unwrap();
    let rounds = |n| Kdf::pbkdf2(n).unwrap();
    for (weak, raised) in [
        (argon2id(19 * 1024, 2, 1), Kdf::DEFAULT),
        (argon2id(128 * 1024, 2, 1), argon2id(128 * 1024, 3, 4)),
        (argon2id(64 * 1024, 3, 8), argon2id(64 * 1024, 3, 8)),
        (rounds(600_000), rounds(600_000)),
        (rounds(700_000), rounds(700_000)),
    ] {
        assert_eq!(weak.raised(), raised);
        assert!(raised.is_at_least(weak));
    }
}

#[test]
fn one_weaker_parameter_or_another_algorithm_is_not_at_least() {
    let pinned = Kdf::argon2id(65_536, 3, 4).unwrap();
    for (cost, expected) in [
        ((65_536, 3, 4), true),
        ((131_072, 4, 4), true),
        ((65_535, 4, 4), false),
        ((131_072, 2, 4), false),
        ((131_072, 4, 3), false),
    ] {
        let found = Kdf::argon2id(cost.0, cost.1, cost.2).unwrap();
        assert_eq!(found.is_at_least(pinned), expected, "{cost:?}");
    }
    let rounds = |n| Kdf::pbkdf2(n).unwrap();
    assert!(!rounds(10_000_000).is_at_least(pinned));
    assert!(!pinned.is_at_least(rounds(600_000)));
    assert!(rounds(700_000).is_at_least(rounds(600_000)));
    assert!(!rounds(600_000).is_at_least(rounds(700_000)));
}
