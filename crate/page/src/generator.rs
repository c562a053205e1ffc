//! What the generator makes. A wish comes as `name=value` pairs with `&` between them,
//! in the words of `sigill_core::generator`; a reader of JSON for each of them was four
//! kilobytes more. `Made` goes back as JSON, and a secret leaves no copy here.

use serde::Serialize;
use sigill_core::generator::{
    Alike, Bound, Capital, Choice, DrawError, Entropy, Joint, Language, NoRandomness, Number,
    Options, Passphrase, Plan, RecipeError, Separator, Set, SiteRules, Strength, SubAddressError,
    UserName, Words, sub_address,
};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use zeroize::Zeroizing;

/// What comes of it, for TypeScript.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export type WordList = "english" | "swedish";
export type Refusal =
	| "length" | "no_letters" | "left_out" | "too_short" | "narrow"
	| "words" | "address" | "tag" | "randomness";
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

/// What is wished for. What is absent is as if it were nought.
struct Wish<'a>(&'a str);

impl<'a> Wish<'a> {
    #[inline(never)]
    fn word(&self, name: &str) -> Option<&'a str> {
        let mut pairs = self.0.split('&');
        pairs.find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    #[inline(never)]
    fn number(&self, name: &str) -> Option<u8> {
        self.word(name)?.parse().ok()
    }

    fn capital(&self) -> Capital {
        match self.word("capital") {
            Some("each") => Capital::Each,
            Some(_) | None => Capital::None,
        }
    }
}

/// A password: `length`, how many there are at least of each of `lower`, `upper`,
/// `digits` and `symbols` that it is made of, and `alike=left_out`; and by the
/// attribute `passwordrules` of a site, or "".
#[wasm_bindgen(unchecked_return_type = "string")]
#[must_use]
pub fn password(wish: &str, rules: &str) -> JsValue {
    let wish = Wish(wish);
    let sets = [
        ("lower", Set::Lower),
        ("upper", Set::Upper),
        ("digits", Set::Digits),
        ("symbols", Set::Symbols),
    ];
    let chosen = sets.into_iter().filter_map(|(name, set)| {
        let least = wish.number(name)?;
        Some(Choice { set, least })
    });
    let options = Options {
        length: wish.number("length").unwrap_or(0),
        choices: chosen.collect(),
        alike: match wish.word("alike") {
            Some("left_out") => Alike::LeftOut,
            Some(_) | None => Alike::Kept,
        },
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

/// A passphrase of the words of a `WordList`'s file: `words`, `separator`, `capital=each`, `number=one`.
#[wasm_bindgen(unchecked_return_type = "string")]
#[must_use]
pub fn passphrase(wish: &str, list: &str, file: &[u8]) -> JsValue {
    let Some(words) = words(list, file) else {
        return refused("words");
    };
    let wish = Wish(wish);
    let wish = Passphrase {
        words: wish.number("words").unwrap_or(0),
        separator: match wish.word("separator") {
            Some("space") => Separator::Space,
            Some("full_stop") => Separator::FullStop,
            Some("underscore") => Separator::Underscore,
            Some("comma") => Separator::Comma,
            Some(_) | None => Separator::Hyphen,
        },
        capital: wish.capital(),
        number: match wish.word("number") {
            Some("one") => Number::One,
            Some(_) | None => Number::None,
        },
    };
    match wish.draw(&words, &mut random) {
        Ok(value) => secret(&value, wish.entropy(&words)),
        Err(NoRandomness) => refused("randomness"),
    }
}

/// A user name of the words of a `WordList`'s file: `joint`, `capital=each`, `digits`.
#[wasm_bindgen(js_name = userName, unchecked_return_type = "string")]
#[must_use]
pub fn user_name(wish: &str, list: &str, file: &[u8]) -> JsValue {
    let Some(words) = words(list, file) else {
        return refused("words");
    };
    let wish = Wish(wish);
    let wish = UserName {
        joint: match wish.word("joint") {
            Some("full_stop") => Joint::FullStop,
            Some("underscore") => Joint::Underscore,
            Some("hyphen") => Joint::Hyphen,
            Some(_) | None => Joint::None,
        },
        capital: wish.capital(),
        digits: wish.number("digits").unwrap_or(0),
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
