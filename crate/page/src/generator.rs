//! What the generator makes. Wishes come as JSON in the words of
//! `sigill_core::generator`, and `Made` goes back as JSON; a secret leaves no copy here.

use serde::{Deserialize, Serialize};
use sigill_core::generator::{
    Bound, DrawError, Entropy, Language, NoRandomness, Options, Passphrase, Plan, RecipeError,
    SiteRules, Strength, SubAddressError, UserName, Words, sub_address,
};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use zeroize::Zeroizing;

/// The shapes that cross, for TypeScript.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export type CharacterSet = "lower" | "upper" | "digits" | "symbols";
export type Separator = "hyphen" | "space" | "full_stop" | "underscore" | "comma";
export type Capital = "none" | "each";
export type Joint = "none" | "full_stop" | "underscore" | "hyphen";
export type WordList = "english" | "swedish";
/** A password; `length` is 4 to 128. */
export interface PasswordWish {
	length: number;
	choices: { set: CharacterSet; least: number }[];
	alike: "kept" | "left_out";
}
/** A passphrase; `words` is 3 to 12. */
export interface PassphraseWish {
	words: number;
	separator: Separator;
	capital: Capital;
	number: "none" | "one";
}
/** A user name; `digits` is 0 to 6. */
export interface UserNameWish {
	joint: Joint;
	capital: Capital;
	digits: number;
}
export type Refusal =
	| "length" | "no_letters" | "left_out" | "too_short" | "narrow"
	| "words" | "address" | "tag" | "randomness" | "malformed";
/** What was made, or why nothing was. */
export type Made =
	| { value: string; bits: number; bound: "exactly" | "at_least"; strength: "weak" | "fair" | "strong" }
	| { value: string; bits: null; bound: null; strength: null }
	| { value: null; refused: Refusal; least: number | null };
"#;

/// Room for the JSON of the longest secret, every character of it escaped.
const ROOM: usize = 2_048;

#[derive(Default, Serialize)]
struct Made<'a> {
    value: Option<&'a str>,
    bits: Option<u32>,
    bound: Option<&'static str>,
    strength: Option<&'static str>,
    refused: Option<&'static str>,
    least: Option<u32>,
}

/// A password by a `PasswordWish`, and by the attribute `passwordrules` of a site, or "".
#[wasm_bindgen(unchecked_return_type = "string")]
#[must_use]
pub fn password(wish: &str, rules: &str) -> JsValue {
    let Some(options) = read::<Options>(wish) else {
        return refused("malformed");
    };
    let recipe = SiteRules::parse(rules).recipe(&options.recipe());
    let plan = match Plan::of(recipe) {
        Ok(plan) => plan,
        Err(RecipeError::Length) => return refused("length"),
        Err(RecipeError::NoLetters) => return refused("no_letters"),
        Err(RecipeError::LeftOut) => return refused("left_out"),
        Err(RecipeError::TooShort { least }) => {
            return json(&Made {
                refused: Some("too_short"),
                least: Some(least),
                ..Made::default()
            });
        }
    };
    match plan.draw(&mut random) {
        Ok(value) => secret(&value, plan.entropy()),
        Err(DrawError::Narrow) => refused("narrow"),
        Err(DrawError::Random(NoRandomness)) => refused("randomness"),
    }
}

/// A passphrase by a `PassphraseWish`, of the words of a `WordList`'s file.
#[wasm_bindgen(unchecked_return_type = "string")]
#[must_use]
pub fn passphrase(wish: &str, list: &str, file: &[u8]) -> JsValue {
    let Some(wish) = read::<Passphrase>(wish) else {
        return refused("malformed");
    };
    let Some(words) = words(list, file) else {
        return refused("words");
    };
    match wish.draw(&words, &mut random) {
        Ok(value) => secret(&value, wish.entropy(&words)),
        Err(NoRandomness) => refused("randomness"),
    }
}

/// A user name by a `UserNameWish`, of the words of a `WordList`'s file.
#[wasm_bindgen(js_name = userName, unchecked_return_type = "string")]
#[must_use]
pub fn user_name(wish: &str, list: &str, file: &[u8]) -> JsValue {
    let Some(wish) = read::<UserName>(wish) else {
        return refused("malformed");
    };
    let Some(words) = words(list, file) else {
        return refused("words");
    };
    match wish.draw(&words, &mut random) {
        Ok(value) => plain(&value),
        Err(NoRandomness) => refused("randomness"),
    }
}

/// An address with a tag, or the host of a URL, as its detail.
#[wasm_bindgen(js_name = subAddress, unchecked_return_type = "string")]
#[must_use]
pub fn sub_address_of(address: &str, tag: &str) -> JsValue {
    match sub_address(address, tag) {
        Ok(value) => plain(&value),
        Err(SubAddressError::Address(_)) => refused("address"),
        Err(SubAddressError::Tag) => refused("tag"),
    }
}

fn random(bytes: &mut [u8]) -> Result<(), NoRandomness> {
    getrandom::fill(bytes).map_err(|_| NoRandomness)
}

fn words<'a>(list: &str, file: &'a [u8]) -> Option<Words<'a>> {
    let language = match list {
        "english" => Language::English,
        "swedish" => Language::Swedish,
        _ => return None,
    };
    Words::read(language, file).ok()
}

fn read<'a, T: Deserialize<'a>>(json: &'a str) -> Option<T> {
    serde_json::from_str(json).ok()
}

fn refused(why: &'static str) -> JsValue {
    json(&Made {
        refused: Some(why),
        ..Made::default()
    })
}

fn plain(value: &str) -> JsValue {
    json(&Made {
        value: Some(value),
        ..Made::default()
    })
}

fn secret(value: &str, entropy: Entropy) -> JsValue {
    json(&Made {
        value: Some(value),
        bits: Some(entropy.bits()),
        bound: Some(match entropy.bound() {
            Bound::Exactly => "exactly",
            Bound::AtLeast => "at_least",
        }),
        strength: Some(match entropy.strength() {
            Strength::Weak => "weak",
            Strength::Fair => "fair",
            Strength::Strong => "strong",
        }),
        ..Made::default()
    })
}

fn json(made: &Made<'_>) -> JsValue {
    let mut text = Zeroizing::new(Vec::with_capacity(ROOM));
    if serde_json::to_writer(&mut *text, made).is_err() {
        return JsValue::UNDEFINED; // of these members none can fail
    }
    JsValue::from_str(std::str::from_utf8(&text).unwrap_or_default())
}
