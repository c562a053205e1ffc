use super::*;
use crate::generator::draw::tests::seeded;
use crate::generator::plan::Plan;
use crate::generator::recipe::{Alike, Choice, Options, RecipeError, Set};
use alloc::string::String;
use proptest::prelude::*;

const ALPHANUMERIC: Letters = Letters::LOWER.and(Letters::UPPER).and(Letters::DIGITS);

/// Twenty characters with one of each set.
fn wanted() -> Recipe {
    let sets = [Set::Lower, Set::Upper, Set::Digits, Set::Symbols];
    let choices = sets.map(|set| Choice { set, least: 1 });
    Options {
        length: 20,
        choices: choices.to_vec(),
        alike: Alike::Kept,
    }
    .recipe()
}

fn recipe(attribute: &str) -> Recipe {
    SiteRules::parse(attribute).recipe(&wanted())
}

fn one(letters: Letters) -> Minimum {
    Minimum { letters, least: 1 }
}

#[test]
fn a_site_that_says_nothing_or_nonsense_gets_what_the_person_wants() {
    for nothing in [
        "",
        ";;;",
        "allowed: [åäö]",
        "allowed: upper,,",
        "allowed: upper,;",
        "allowed: upper [a]",
        "dummy: upper",
        "upper: lower",
        "max-consecutive: [ABC]",
        "max-consecutive: 1+1",
        "minlength: -8",
        "minlength:",
        "required: 1",
        "required: A",
        "required: required: upper",
        "required: [abc",
        "required: []",
        "required",
        "供: 应",
    ] {
        assert_eq!(SiteRules::parse(nothing), SiteRules::default(), "{nothing}");
        assert_eq!(recipe(nothing), wanted(), "{nothing}");
    }
}

#[test]
fn a_property_that_can_t_be_read_leaves_the_others_standing() {
    let site = recipe("allowed: upper,,; minlength: 30; colour: [;]; max-repeating: 2");
    assert_eq!((site.length, site.repeats), (30, Some(2)));
    assert_eq!(site.letters, wanted().letters);
}

#[test]
fn what_is_required_is_permitted_too_and_nothing_else_once_letters_are_named() {
    let site = recipe("required: lower, upper; required: digit; allowed: [-_]");
    assert_eq!(site.letters, ALPHANUMERIC.and(Letters::of(b"-_")));
    let site = recipe("allowed: lower, upper, digit");
    assert_eq!(site.letters, ALPHANUMERIC);
    assert!(
        site.minimums
            .iter()
            .all(|m| m.letters.are_within(ALPHANUMERIC))
    );
}

#[test]
fn names_are_read_in_any_case_with_blanks_anywhere_and_without_a_last_semicolon() {
    let spread = " REQUIRED :Lower ,UPPER ; MinLength : 24;Max-Consecutive:2 ";
    let tight = "required:lower,upper;minlength:24;max-consecutive:2";
    assert_eq!(SiteRules::parse(spread), SiteRules::parse(tight));
    assert_ne!(SiteRules::parse(tight), SiteRules::default());
}

#[test]
fn a_class_of_its_own_takes_a_hyphen_first_and_a_bracket_last() {
    let class = |text: &str| {
        let attribute = ["allowed: ", text].concat();
        SiteRules::parse(&attribute).allowed
    };
    assert_eq!(class("[abc]"), Some(Letters::of(b"abc")));
    assert_eq!(class("[-a]"), Some(Letters::of(b"-a")));
    assert_eq!(class("[a-z]"), Some(Letters::of(b"az")));
    assert_eq!(class("[ab]]"), Some(Letters::of(b"ab]")));
    assert_eq!(class("[]]"), Some(Letters::of(b"]")));
    assert_eq!(class("[;,: ]"), Some(Letters::of(b";,: ")));
    assert_eq!(class("[a], [b], digit"), Some(Letters::of(b"ab0123456789")));
    assert_eq!(class("[aåb\n]"), Some(Letters::of(b"ab")));
}

#[test]
fn the_strictest_of_several_limits_holds() {
    let several = "minlength: 8; minlength: 12; maxlength: 40; maxlength: 30; \
        max-consecutive: 4; max-consecutive: 3; max-repeating: 2";
    let rules = SiteRules::parse(several);
    assert_eq!((rules.shortest, rules.longest), (Some(12), Some(30)));
    assert_eq!((rules.repeats, rules.sequence), (Some(2), Some(3)));
}

#[test]
fn a_length_comes_as_near_to_the_wanted_one_as_the_site_lets_it() {
    let length = |attribute| recipe(attribute).length;
    assert_eq!(length("minlength: 8; maxlength: 63"), 20);
    assert_eq!(length("maxlength: 12"), 12);
    assert_eq!(length("minlength: 32"), 32);
    assert_eq!(length("minlength: 30; maxlength: 10"), 10);
    assert_eq!(length("maxlength: 1"), 4);
    assert_eq!(length("minlength: 99999999999999999999"), 128);
}

#[test]
fn required_twice_is_two_of_them() {
    let site = recipe("required: digit; required: digit; required: upper");
    let digits = site.minimums.iter().find(|m| m.letters == Letters::DIGITS);
    assert_eq!(digits.map(|m| m.least), Some(2));
}

#[test]
fn a_minimum_that_a_person_has_anyway_is_not_asked_for_again() {
    let site = recipe("required: lower, upper; required: digit");
    assert_eq!(
        site.minimums,
        [
            one(Letters::LOWER),
            one(Letters::UPPER),
            one(Letters::DIGITS)
        ]
    );
    assert_eq!(
        Plan::of(site).unwrap().entropy().bound(),
        crate::generator::Bound::Exactly
    );
}

#[test]
fn a_set_that_a_person_left_out_comes_back_where_the_site_requires_it() {
    let digits = Options {
        length: 8,
        choices: [Choice {
            set: Set::Digits,
            least: 1,
        }]
        .to_vec(),
        alike: Alike::Kept,
    };
    let rules = SiteRules::parse("required: special; allowed: digit");
    let site = rules.recipe(&digits.recipe());
    assert_eq!(site.letters, Letters::DIGITS.and(Letters::SYMBOLS));
    assert!(site.minimums.contains(&one(Letters::SYMBOLS)));
    let only_quotes = SiteRules::parse("required: ['\"]").recipe(&digits.recipe());
    assert_eq!(only_quotes.letters, Letters::of(b"'\""));
}

#[test]
fn a_person_who_chose_no_set_is_given_none_unasked() {
    let nothing = Options {
        length: 8,
        choices: Vec::new(),
        alike: Alike::Kept,
    };
    for attribute in ["", "allowed: digit"] {
        let site = SiteRules::parse(attribute).recipe(&nothing.recipe());
        assert_eq!(Plan::of(site).err(), Some(RecipeError::NoLetters));
    }
}

#[test]
fn a_person_who_asks_too_much_is_told_and_a_site_with_little_room_is_kept_to() {
    let digits = Options {
        length: 8,
        choices: [Choice {
            set: Set::Digits,
            least: 9,
        }]
        .to_vec(),
        alike: Alike::Kept,
    };
    let asked = SiteRules::default().recipe(&digits.recipe());
    let short = RecipeError::TooShort { least: 9 };
    assert_eq!(Plan::of(asked).err(), Some(short));
    let site = recipe("maxlength: 4; required: digit; required: upper, special");
    assert_eq!(site.length, 4);
    assert!(Plan::of(site).is_ok());
}

#[test]
fn a_hostile_attribute_is_read_no_further_than_its_bound() {
    let long = ["minlength: 30;", &"x".repeat(10_000_000), "; minlength: 60"].concat();
    assert_eq!(SiteRules::parse(&long).shortest, Some(30));
    let wide = ["minlength: 30;", &"å".repeat(5_000)].concat();
    assert_eq!(SiteRules::parse(&wide).shortest, Some(30));
    let mut classes = String::new();
    for letter in Letters::PRINTABLE.without(Letters::of(b"-]")).each() {
        classes.extend(["required: [", &String::from(letter), "];"]);
    }
    assert_eq!(SiteRules::parse(&classes).required.len(), MOST_REQUIRED);
    for deep in [
        "[".repeat(3_000),
        "required:".repeat(300),
        "]]]];".repeat(99),
    ] {
        assert_eq!(SiteRules::parse(&deep), SiteRules::default());
    }
}

/// What of sites' attributes is put together to any text.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(
        &[
            "required",
            "allowed",
            "minlength",
            "maxlength",
            "max-consecutive",
            "max-sequential",
            ":",
            ":",
            ":",
            ";",
            ";",
            ",",
            " ",
            "[",
            "]",
            "-",
            "upper",
            "lower",
            "digit",
            "special",
            "unicode",
            "8",
            "2",
            "0",
            "300",
            "[abc]",
            "[-;]",
            "[]]",
            "å",
            "\u{0}",
        ][..],
    );
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_and_what_comes_of_it_meets_its_own_rules(
        text in prop_oneof![pieces(), ".{0,200}"], seed: u64,
    ) {
        let recipe = recipe(&text);
        prop_assert!((4..=128).contains(&recipe.length));
        prop_assert!(!recipe.letters.is_empty());
        if let Ok(plan) = Plan::of(recipe.clone())
            && let Ok(password) = plan.draw(&mut seeded(seed))
        {
            prop_assert!(recipe.permits(&password));
        }
    }

    #[test]
    fn an_ordinary_site_gets_a_password_that_it_takes(
        shortest in 4u8..20, more in 0u8..30, row in 2u8..5, seed: u64,
    ) {
        let number = |n: u8| alloc::string::ToString::to_string(&n);
        let attribute = [
            "required: lower; required: upper; required: digit; required: [!#$%&*?@];",
            "max-consecutive:", &number(row), ";minlength:", &number(shortest),
            ";maxlength:", &number(shortest + more),
        ].concat();
        let recipe = recipe(&attribute);
        let plan = Plan::of(recipe.clone()).unwrap();
        let password = plan.draw(&mut seeded(seed)).unwrap();
        prop_assert!(recipe.permits(&password));
        prop_assert!((shortest..=shortest + more).contains(&recipe.length));
        prop_assert!(plan.entropy().bits() >= 5 * (u32::from(shortest) - 4));
    }
}
