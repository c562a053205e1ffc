use super::*;
use crate::generator::draw::tests::seeded;
use crate::generator::recipe::{Alike, Choice, Options, Set};
use alloc::collections::BTreeMap;
use alloc::vec;
use proptest::collection::vec as many;
use proptest::prelude::*;

/// Every password that a recipe permits, by trying all.
fn tried(recipe: &Recipe) -> Vec<String> {
    let mut texts = vec![String::new()];
    for _ in 0..recipe.length {
        let longer = |text: &String| {
            let text = text.clone();
            let letters = recipe.letters.each();
            letters.map(move |letter| [text.as_str(), &String::from(letter)].concat())
        };
        texts = texts.iter().flat_map(longer).collect();
    }
    texts.retain(|text| recipe.permits(text));
    texts
}

fn counted(count: usize) -> Natural {
    Natural::of(u128::try_from(count).unwrap())
}

fn minimum(letters: &str, least: u8) -> Minimum {
    let letters = Letters::of(letters.as_bytes());
    Minimum { letters, least }
}

fn small(letters: &str, length: u8, minimums: Vec<Minimum>) -> Recipe {
    Recipe {
        length,
        letters: Letters::of(letters.as_bytes()),
        minimums,
        repeats: None,
        sequence: None,
    }
}

fn chosen(length: u8, least: [u8; 4]) -> Recipe {
    let sets = [Set::Lower, Set::Upper, Set::Digits, Set::Symbols];
    let choices = sets.into_iter().zip(least);
    let choices = choices.map(|(set, least)| Choice { set, least }).collect();
    Options {
        length,
        choices,
        alike: Alike::Kept,
    }
    .recipe()
}

/// A recipe of few letters and any rules, small enough to try all.
fn any_small() -> impl Strategy<Value = Recipe> {
    let set = "[abc12]{1,4}";
    (
        4u8..6,
        "[abc12]{1,5}",
        many((set, 0u8..3), 0..4),
        prop::option::of(1u8..4),
        prop::option::of(1u8..4),
    )
        .prop_map(|(length, letters, minimums, repeats, sequence)| Recipe {
            repeats,
            sequence,
            ..small(
                &letters,
                length,
                minimums.iter().map(|(set, n)| minimum(set, *n)).collect(),
            )
        })
}

proptest! {
    #[test]
    fn minimums_of_disjoint_sets_are_counted_to_the_last(
        length in 4u8..7, lower in 0u8..3, digits in 0u8..3, others in 0u8..2,
    ) {
        let minimums = vec![minimum("ab", lower), minimum("1", digits), minimum("+", others)];
        let recipe = small("ab1+-", length, minimums);
        let plan = Plan::of(recipe.clone());
        prop_assume!(plan.is_ok());
        let plan = plan.unwrap_or_else(|_| unreachable!());
        prop_assert!(plan.count() == counted(tried(&recipe).len()));
        prop_assert_eq!(plan.entropy().bound(), Bound::Exactly);
    }

    #[test]
    fn no_more_bits_are_said_than_there_are_whatever_the_rules(recipe in any_small()) {
        let Ok(plan) = Plan::of(recipe.clone()) else { return Ok(()) };
        let all = counted(tried(&recipe).len());
        let said = plan.entropy();
        prop_assert!(said.hundredths() <= Entropy::of(&all, Bound::Exactly).hundredths());
        if said.bound() == Bound::Exactly {
            prop_assert!(plan.count() == all);
        }
    }

    #[test]
    fn whatever_is_drawn_is_permitted(recipe in any_small(), seed: u64) {
        let Ok(plan) = Plan::of(recipe.clone()) else { return Ok(()) };
        match plan.draw(&mut seeded(seed)) {
            Ok(password) => prop_assert!(recipe.permits(&password)),
            Err(error) => {
                prop_assert_eq!(error, DrawError::Narrow);
                prop_assert!(tried(&recipe).len() < 60);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_person_s_options_are_met_at_every_length(
        length in 4u8..=128, least in [0u8..10, 0u8..10, 0u8..10, 0u8..10], seed: u64,
    ) {
        let recipe = chosen(length, least);
        match Plan::of(recipe.clone()) {
            Ok(plan) => {
                let password = plan.draw(&mut seeded(seed)).unwrap();
                prop_assert!(recipe.permits(&password), "{}", *password);
                prop_assert_eq!(password.capacity(), usize::from(length), "it never moved");
            }
            Err(error) => {
                let least = least.into_iter().map(u32::from).sum();
                prop_assert_eq!(error, RecipeError::TooShort { least });
                prop_assert!(least > u32::from(length));
            }
        }
    }
}

/// How often each password comes in `draws`.
fn drawn(recipe: &Recipe, draws: u32) -> BTreeMap<String, u32> {
    let plan = Plan::of(recipe.clone()).unwrap();
    let mut random = seeded(7);
    let mut seen = BTreeMap::new();
    for _ in 0..draws {
        let password = plan.draw(&mut random).unwrap();
        *seen.entry((*password).clone()).or_insert(0) += 1;
    }
    seen
}

#[test]
fn every_permitted_password_comes_about_as_often_as_any_other() {
    let two_of_each = small("ab1", 4, vec![minimum("ab", 2), minimum("1", 1)]);
    let overlapping = small("ab1", 4, vec![minimum("ab", 1), minimum("b1", 2)]);
    let in_a_row = Recipe {
        repeats: Some(2),
        sequence: Some(2),
        ..small("abc", 4, Vec::new())
    };
    for recipe in [two_of_each, overlapping, in_a_row] {
        let all = tried(&recipe);
        let seen = drawn(&recipe, 400 * u32::try_from(all.len()).unwrap());
        assert_eq!(seen.keys().collect::<Vec<_>>(), sorted(&all));
        assert!(seen.values().all(|n| (300..500).contains(n)), "{seen:?}");
    }
}

fn sorted(texts: &[String]) -> Vec<&String> {
    let mut texts: Vec<_> = texts.iter().collect();
    texts.sort();
    texts
}

#[test]
fn every_letter_of_every_set_is_reached_at_every_place() {
    let seen = drawn(&chosen(8, [1, 1, 1, 1]), 4_000);
    for place in 0..8 {
        let at: String = seen.keys().filter_map(|p| p.chars().nth(place)).collect();
        let missing = Letters::of(at.as_bytes());
        let all = chosen(8, [1; 4]).letters;
        assert_eq!(all.without(missing), Letters::NONE);
    }
}

#[test]
fn the_bits_of_known_passwords() {
    let bits = |recipe| Plan::of(recipe).map(|plan| plan.entropy().hundredths());
    // log2(62^20) = 119.08…, log2(10^4) = 13.28…, log2(89^128) = 828.89…
    let alphanumeric = small(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
        20,
        Vec::new(),
    );
    assert_eq!(bits(alphanumeric), Ok(11_908));
    assert_eq!(bits(small("0123456789", 4, Vec::new())), Ok(1_328));
    assert_eq!(bits(chosen(128, [0; 4])), Ok(82_889));
    // What a minimum takes away: 62^4 less those without a digit, 52^4.
    let digit = vec![minimum("0123456789", 1)];
    let letters = small(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
        4,
        digit,
    );
    assert_eq!(
        Plan::of(letters).map(|plan| plan.count() == Natural::of(62u128.pow(4) - 52u128.pow(4))),
        Ok(true)
    );
}

#[test]
fn what_can_t_be_met_is_refused_by_its_reason() {
    let error = |recipe| Plan::of(recipe).err();
    assert_eq!(error(small("ab", 3, Vec::new())), Some(RecipeError::Length));
    assert_eq!(
        error(small("ab", 129, Vec::new())),
        Some(RecipeError::Length)
    );
    assert_eq!(
        error(small("", 4, Vec::new())),
        Some(RecipeError::NoLetters)
    );
    let out = vec![minimum("1", 1)];
    assert_eq!(error(small("ab", 4, out)), Some(RecipeError::LeftOut));
    let long = vec![minimum("a", 3), minimum("b", 2)];
    let short = RecipeError::TooShort { least: 5 };
    assert_eq!(error(small("ab", 4, long)), Some(short));
}

#[test]
fn more_minimums_than_are_counted_are_looked_at() {
    let letters = "abcdefgh";
    let each = |at: usize| minimum(&letters[at..=at], 1);
    let recipe = small(letters, 8, (0..8).map(each).collect());
    let plan = Plan::of(recipe.clone()).unwrap();
    assert_eq!(plan.groups.len(), MOST_GROUPS + 1);
    let orders = Entropy::of(&Natural::of(40_320), Bound::Exactly);
    assert_eq!(plan.entropy().bound(), Bound::AtLeast);
    assert!(plan.entropy().hundredths() <= orders.hundredths());
    assert!(recipe.permits(&plan.draw(&mut seeded(3)).unwrap()));
}

#[test]
fn rules_that_leave_nothing_end_after_a_thousand_tries() {
    let nothing = Recipe {
        repeats: Some(1),
        ..small("a", 4, Vec::new())
    };
    let plan = Plan::of(nothing).unwrap();
    assert_eq!(plan.entropy().bits(), 0);
    let mut draws = 0;
    let mut random = |bytes: &mut [u8]| {
        draws += 1;
        bytes.fill(0);
        Ok(())
    };
    assert_eq!(plan.draw(&mut random).err(), Some(DrawError::Narrow));
    assert!((1_000..20_000).contains(&draws), "{draws}");
}

#[test]
fn a_failing_source_draws_nothing() {
    let plan = Plan::of(chosen(20, [1; 4])).unwrap();
    let mut random = |_: &mut [u8]| Err(NoRandomness);
    let failed = Some(DrawError::Random(NoRandomness));
    assert_eq!(plan.draw(&mut random).err(), failed);
}
